//! Algebra: what becomes of units that are multiplied, divided, raised and added up.

use super::factor::{Atom, Factor, UnitNameId};
use super::unit::{Unit, UnitId, Units};

/// A unit, and what a value in base units has to be multiplied by to be in it. The scale is 1 but where the two
/// families of time meet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Converted {
    /// The unit.
    pub unit: UnitId,
    /// The scale.
    pub scale: f64,
}

/// All powers of a unit together. Nothing that a business counts comes near; beyond it two units could not be told apart.
pub const MOST_POWERS: u32 = 127;

fn fits(factors: &[Factor]) -> bool {
    factors.iter().map(|factor| u32::from(factor.exponent.unsigned_abs())).sum::<u32>() <= MOST_POWERS
}

impl Units {
    /// The scale that turns a base value in `from` into one in `to`; none if they measure different things.
    #[must_use]
    pub fn scale(&self, from: UnitId, to: UnitId) -> Option<f64> {
        let (from, to) = (self.unit(from), self.unit(to));
        if from.dimension == to.dimension {
            return Some(1.0);
        }
        let others = |unit: &Unit| unit.dimension.iter().filter(|(atom, _)| !atom.is_time()).copied().collect::<Vec<_>>();
        let of = |unit: &Unit, wanted: Atom| {
            unit.dimension.iter().find(|(atom, _)| *atom == wanted).map_or(0, |(_, exponent)| i32::from(*exponent))
        };
        let time = |unit: &Unit| of(unit, Atom::MONTH) + of(unit, Atom::DAY);
        if others(from) != others(to) || time(from) != time(to) {
            return None;
        }
        // A month is `days_per_month` days: each factor of month turned into day multiplies.
        let turned = of(from, Atom::MONTH) - of(to, Atom::MONTH);
        Some(self.days_to(turned))
    }

    fn days_to(&self, power: i32) -> f64 {
        let mut scale = 1.0;
        for _ in 0..power.unsigned_abs() {
            scale *= self.days_per_month();
        }
        if power < 0 { 1.0 / scale } else { scale }
    }

    /// The unit of a product; none where its powers would leave their range.
    pub fn multiply(&mut self, left: UnitId, right: UnitId) -> Option<Converted> {
        self.combine(left, right, 1)
    }

    /// The unit of a quotient; none where its powers would leave their range.
    pub fn divide(&mut self, left: UnitId, right: UnitId) -> Option<Converted> {
        self.combine(left, right, -1)
    }

    /// The unit of a whole power; none where an exponent would leave its range.
    pub fn power(&mut self, base: UnitId, exponent: i8) -> Option<UnitId> {
        let mut factors = self.unit(base).factors.clone();
        for factor in &mut factors {
            factor.exponent = factor.exponent.checked_mul(exponent)?;
        }
        if !fits(&factors) {
            return None;
        }
        let percent = exponent == 1 && self.unit(base).percent;
        Some(self.intern(factors, percent))
    }

    /// The unit of a square root; none where an exponent is odd.
    pub fn root(&mut self, base: UnitId) -> Option<UnitId> {
        let mut factors = self.unit(base).factors.clone();
        if factors.iter().any(|factor| factor.exponent % 2 != 0) {
            return None;
        }
        for factor in &mut factors {
            factor.exponent /= 2;
        }
        Some(self.intern(factors, false))
    }

    /// What a flow comes to that is added up over time: its unit, once less per time.
    pub fn added_up(&mut self, id: UnitId) -> UnitId {
        let unit = self.unit(id);
        let percent = unit.percent;
        let mut factors = unit.factors.clone();
        let per_time = factors.iter_mut().find(|f| f.exponent < 0 && self.name_of(f.name).atom.is_time());
        if let Some(factor) = per_time {
            factor.exponent += 1;
        }
        factors.retain(|factor| factor.exponent != 0);
        self.intern(factors, percent)
    }

    /// A unit's factors but time.
    pub fn without_time(&mut self, id: UnitId) -> UnitId {
        let unit = self.unit(id);
        let percent = unit.percent;
        let factors = unit.factors.clone().into_iter().filter(|f| !self.name_of(f.name).atom.is_time()).collect();
        self.intern(factors, percent)
    }

    fn combine(&mut self, left: UnitId, right: UnitId, sign: i8) -> Option<Converted> {
        let percent = self.percent_of(left, right, sign);
        let mut factors = self.unit(left).factors.clone();
        for factor in self.unit(right).factors.clone() {
            self.cancel(&mut factors, Factor { exponent: factor.exponent.saturating_mul(sign), ..factor });
        }
        let scale = self.join_time(&mut factors);
        fits(&factors).then(|| Converted { unit: self.intern(factors, percent), scale })
    }

    /// Percent survives among percentages and beside bare time: `3%/month * 2 month` is 6 %, `5% * 100 USD` is money.
    fn percent_of(&self, left: UnitId, right: UnitId, sign: i8) -> bool {
        let (a, b) = (self.unit(left), self.unit(right));
        let shown = |x: &Unit, y: UnitId| x.percent && (self.is_only_time(y) || self.unit(y).percent);
        if sign > 0 { shown(a, right) || shown(b, left) } else { a.percent && self.is_only_time(right) && !b.percent }
    }

    /// Adds a factor to a list, first against factors of the other sign that measure the same.
    fn cancel(&self, factors: &mut Vec<Factor>, mut added: Factor) {
        let atom = self.name_of(added.name).atom;
        for exact in [true, false] {
            for known in factors.iter_mut() {
                let same = if exact { known.name == added.name && known.per == added.per } else { self.name_of(known.name).atom == atom };
                if same && known.exponent.signum() == -added.exponent.signum() {
                    let taken = known.exponent.unsigned_abs().min(added.exponent.unsigned_abs()) as i8;
                    known.exponent -= taken * known.exponent.signum();
                    added.exponent -= taken * added.exponent.signum();
                }
            }
        }
        factors.retain(|factor| factor.exponent != 0);
        if added.exponent != 0 {
            factors.push(added);
        }
    }

    /// Where both families of time stand in one unit, turns the later into the earlier.
    fn join_time(&self, factors: &mut Vec<Factor>) -> f64 {
        let atom = |factor: &Factor| self.name_of(factor.name).atom;
        let Some(kept) = factors.iter().find(|factor| atom(factor).is_time()).copied() else { return 1.0 };
        let (family, other) = (atom(&kept), if atom(&kept) == Atom::MONTH { Atom::DAY } else { Atom::MONTH });
        let moved: i32 = factors.iter().filter(|f| atom(f) == other).map(|f| i32::from(f.exponent)).sum();
        if moved == 0 {
            return 1.0;
        }
        factors.retain(|factor| atom(factor) != other);
        let base = Factor { name: if family == Atom::MONTH { UnitNameId(0) } else { UnitNameId(3) }, exponent: moved as i8, per: 1.0 };
        self.cancel(factors, base);
        // day^e is (1 / days_per_month)^e months, and the other way round.
        self.days_to(if family == Atom::MONTH { -moved } else { moved })
    }
}
