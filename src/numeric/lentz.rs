//! Continued fractions by Lentz's method, as Thompson and Barnett changed it.

/// What stands in place of a zero that would be divided by.
const TINY: f64 = 1e-300;

/// A continued fraction a₁/(b₁ + a₂/(b₂ + …)) as far as it has been taken.
pub(super) struct Lentz {
    /// What it comes to so far.
    value: f64,
    /// The numerator of the last convergent over the one before.
    c: f64,
    /// The denominator of the one before over that of the last.
    d: f64,
}

impl Lentz {
    /// `whole` + a₁/(b₁ + a₂/(b₂ + …))
    pub const fn above(whole: f64) -> Self {
        Self { value: whole, c: whole, d: 0.0 }
    }

    /// 1/(`first` + a₁/(b₁ + a₂/(b₂ + …)))
    pub const fn under(first: f64) -> Self {
        Self { value: 1.0 / first, c: 1.0 / TINY, d: 1.0 / first }
    }

    /// The value after as many terms as change it, `most` at the most. Of each term, counted from 1, what stands above and
    /// below the line.
    pub fn taken(self, most: f64, mut term: impl FnMut(f64) -> (f64, f64)) -> f64 {
        let Self { mut value, mut c, mut d } = self;
        let mut n = 0.0;
        while n < most {
            n += 1.0;
            let (above, below) = term(n);
            d = above * d + below;
            c = below + above / c;
            d = 1.0 / if d == 0.0 { TINY } else { d };
            c = if c == 0.0 { TINY } else { c };
            let factor = c * d;
            value *= factor;
            // Up to the double behind 1: rounding may keep the factor there for good.
            if !((factor - 1.0).abs() > 2.5e-16) {
                break;
            }
        }
        value
    }
}

#[cfg(test)]
mod tests {
    use super::Lentz;

    /// The golden ratio is 1 + 1/(1 + 1/(1 + …)), and its inverse 1/(1 + 1/(1 + …)).
    #[test]
    fn ones_make_the_golden_ratio() {
        let golden = (1.0 + 5.0_f64.sqrt()) / 2.0;
        assert!((Lentz::above(1.0).taken(100.0, |_| (1.0, 1.0)) - golden).abs() < 1e-15);
        assert!((Lentz::under(1.0).taken(100.0, |_| (1.0, 1.0)) - 1.0 / golden).abs() < 1e-15);
    }
}
