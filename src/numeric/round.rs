//! Rounding to decimals, defined on the shortest decimal that reads back as the number.

use std::fmt::Write;

/// Where a number between two decimals goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Rounding {
    /// To the nearest; from the middle to the even digit: 0.125 → 0.12, 0.135 → 0.14.
    #[default]
    HalfEven,
    /// To the nearest; from the middle away from zero: 0.125 → 0.13.
    HalfAway,
    /// Away from zero.
    Up,
    /// Towards zero.
    Down,
    /// Towards −∞.
    Floor,
    /// Towards +∞.
    Ceil,
}

/// `x` rounded to `decimals` places after the point (before it when negative).
///
/// The digits are those people see: 1.005 is rounded as 1.005, although the double lies a little below, so half-even
/// gives 1.00 and half-away 1.01. The result is the double nearest to the rounded decimal; a zero has no sign; NaN and
/// infinities stay. Decimals beyond ±400 can't change anything and count as ±400.
#[must_use]
pub fn round(x: f64, decimals: i32, rounding: Rounding) -> f64 {
    if !x.is_finite() {
        return x;
    }
    if decimals >= 0 && x.abs() < 9e15 && (x as i64) as f64 == x {
        return x + 0.0;
    }
    let mut shortest = Digits::default();
    if write!(shortest, "{:e}", x.abs()).is_err() {
        return x;
    }
    let (digits, exponent) = shortest.decimal();
    // The value is d.ddd · 10^exponent: this many leading digits stay.
    let kept = i64::from(exponent) + 1 + i64::from(decimals.clamp(-400, 400));
    if kept >= digits.count() {
        return x + 0.0;
    }
    let whole = digits.first(kept);
    let rest = digits.behind(kept);
    let magnitude = if goes_up(rounding, x < 0.0, whole % 2 == 1, rest) { whole + 1 } else { whole };
    let value = Digits::read(magnitude, -decimals.clamp(-400, 400));
    if x < 0.0 && value != 0.0 { -value } else { value }
}

/// How what is cut off compares with half a unit of the last digit kept.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rest {
    Nothing,
    BelowHalf,
    Half,
    AboveHalf,
}

fn goes_up(rounding: Rounding, negative: bool, odd: bool, rest: Rest) -> bool {
    if rest == Rest::Nothing {
        return false;
    }
    match rounding {
        Rounding::HalfEven => rest == Rest::AboveHalf || (rest == Rest::Half && odd),
        Rounding::HalfAway => rest != Rest::BelowHalf,
        Rounding::Up => true,
        Rounding::Down => false,
        Rounding::Floor => negative,
        Rounding::Ceil => !negative,
    }
}

/// Significant digits of a decimal, at most seventeen, as one whole number.
#[derive(Clone, Copy)]
struct Significand(u64);

impl Significand {
    fn count(self) -> i64 {
        i64::from(self.0.checked_ilog10().unwrap_or(0)) + 1
    }

    /// The first `kept` digits; 0 when `kept` isn't positive.
    fn first(self, kept: i64) -> u64 {
        self.unit(kept).map_or(0, |unit| self.0 / unit)
    }

    /// What lies behind the first `kept` digits.
    fn behind(self, kept: i64) -> Rest {
        if self.0 == 0 {
            return Rest::Nothing;
        }
        let Some(unit) = self.unit(kept) else {
            return Rest::BelowHalf;
        };
        let rest = self.0 % unit;
        match (rest, (rest * 2).cmp(&unit)) {
            (0, _) => Rest::Nothing,
            (_, std::cmp::Ordering::Less) => Rest::BelowHalf,
            (_, std::cmp::Ordering::Equal) => Rest::Half,
            (_, std::cmp::Ordering::Greater) => Rest::AboveHalf,
        }
    }

    /// 10^(digits cut off); `None` where even the first digit stands behind the one after the cut.
    fn unit(self, kept: i64) -> Option<u64> {
        let cut = u32::try_from(self.count() - kept).ok()?;
        if kept < 0 { None } else { 10_u64.checked_pow(cut) }
    }
}

/// A short text on the stack: `1.2345e-7`.
#[derive(Default)]
struct Digits {
    bytes: [u8; 32],
    length: usize,
}

impl Digits {
    /// Digits and exponent of the text: 1.2345e-7 is (12345, −7).
    fn decimal(&self) -> (Significand, i32) {
        let mut digits = 0_u64;
        let mut exponent = 0_i32;
        let mut sign = 1;
        let mut behind_e = false;
        for &byte in self.bytes.iter().take(self.length) {
            match byte {
                b'0'..=b'9' if behind_e => exponent = exponent * 10 + i32::from(byte - b'0'),
                b'0'..=b'9' => digits = digits * 10 + u64::from(byte - b'0'),
                b'e' => behind_e = true,
                b'-' => sign = -1,
                _ => {}
            }
        }
        (Significand(digits), sign * exponent)
    }

    /// digits · 10^exponent, correctly rounded by the standard reader of decimals.
    fn read(digits: u64, exponent: i32) -> f64 {
        let mut text = Self::default();
        if digits == 0 || write!(text, "{digits}e{exponent}").is_err() {
            return 0.0;
        }
        let used = text.bytes.get(..text.length).and_then(|bytes| std::str::from_utf8(bytes).ok());
        used.and_then(|text| text.parse().ok()).unwrap_or(f64::NAN)
    }
}

impl Write for Digits {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        let end = self.length + text.len();
        let place = self.bytes.get_mut(self.length..end).ok_or(std::fmt::Error)?;
        place.copy_from_slice(text.as_bytes());
        self.length = end;
        Ok(())
    }
}
