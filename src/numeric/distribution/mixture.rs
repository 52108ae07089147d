//! Mixtures: one of several distributions, each with its weight.

use super::atoms::Atoms;
use super::quantile::reached;
use super::{Distribution, Reason, Truncated};
use crate::numeric::incomplete_gamma::Sides;
use crate::numeric::ln;
use crate::numeric::pair::Pair;
use crate::numeric::root::root;

/// Distributions with weights that add up to 1; none of them is a mixture itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Mixture {
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq)]
struct Part {
    of: Truncated,
    weight: f64,
}

impl Mixture {
    /// Parts with weights, which count relative to their sum; parts without weight are left out, parts that are mixtures
    /// are taken apart.
    ///
    /// # Errors
    /// When a weight is negative or no number, or none is above zero.
    pub fn weighted(parts: impl IntoIterator<Item = (Truncated, f64)>) -> Result<Self, Reason> {
        let mut flat: Vec<Part> = Vec::new();
        for (of, weight) in parts {
            if !(0.0..f64::INFINITY).contains(&weight) {
                return Err(Reason::NegativeWeight);
            }
            if let Distribution::Mixture(inner) = of.whole() {
                flat.extend(inner.parts.iter().map(|part| Part { of: part.of.clone(), weight: part.weight * weight }));
            } else {
                flat.push(Part { of, weight });
            }
        }
        flat.retain(|part| part.weight > 0.0);
        let total = sum(flat.iter().map(|part| part.weight));
        for part in &mut flat {
            part.weight /= total;
        }
        if flat.is_empty() { Err(Reason::NoValues) } else { Ok(Self { parts: flat }) }
    }

    /// What bounds leave of it, and how much that is: every part between them, weighed by what they leave of it.
    pub(super) fn between(&self, low: f64, high: f64) -> Result<(Self, f64), Reason> {
        let mut left = Vec::new();
        for Part { of, weight } in &self.parts {
            let (lowest, highest) = of.bounds();
            match of.whole().between(Some(low.max(lowest)), Some(high.min(highest))) {
                Ok(inside) => {
                    let share = weight * (inside.mass() / of.mass());
                    left.push((inside, share));
                }
                Err(Reason::NoProbability | Reason::BoundsCrossed) => {}
                Err(reason) => return Err(reason),
            }
        }
        let share = sum(left.iter().map(|(_, share)| *share));
        let left = Self::weighted(left).map_err(|_| Reason::NoProbability)?;
        Ok((left, share.min(1.0)))
    }

    /// The parts and their weights, which add up to 1.
    pub fn parts(&self) -> impl Iterator<Item = (&Truncated, f64)> {
        self.parts.iter().map(|part| (&part.of, part.weight))
    }

    /// Σ weight · mean.
    pub(super) fn mean(&self) -> f64 {
        sum(self.parts().map(|(of, weight)| weight * of.mean()))
    }

    /// Σ weight · (variance + (mean − the mixture's mean)²).
    pub(super) fn variance(&self) -> f64 {
        let mean = self.mean();
        let about = |(of, weight): (&Truncated, f64)| {
            let off = of.mean() - mean;
            weight * (of.variance() + off * off)
        };
        sum(self.parts().map(about))
    }

    pub(super) fn support(&self) -> (f64, f64) {
        let ends = self.parts().map(|(of, _)| of.bounds());
        ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), (lowest, highest)| (low.min(lowest), high.max(highest)))
    }

    /// The probabilities of at most `x` and of more.
    pub(crate) fn sides(&self, x: f64) -> Sides {
        self.summed(|of| of.sides(x))
    }

    /// The probabilities of less than `x` and of at least `x`.
    pub(crate) fn sides_before(&self, x: f64) -> Sides {
        self.summed(|of| of.sides_before(x))
    }

    fn summed(&self, sides: impl Fn(&Truncated) -> Sides) -> Sides {
        let add = |sum: Sides, (of, weight): (&Truncated, f64)| {
            let Sides { lower, upper } = sides(of);
            Sides { lower: sum.lower + weight * lower, upper: sum.upper + weight * upper }
        };
        self.parts().fold(Sides { lower: 0.0, upper: 0.0 }, add)
    }

    /// The lowest value that reaches the target: it lies between the parts' own, then between two single values with
    /// weight, and if it is none of these, where the probability crosses the target.
    pub(super) fn quantile(&self, target: Sides) -> f64 {
        let ends = self.parts().map(|(of, _)| of.at(target.lower, target.upper));
        let (mut low, mut high) = ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| (a.min(x), b.max(x)));
        if low >= high || reached(self.sides(low), target) {
            return low;
        }
        for (of, _) in self.parts() {
            let Some(singles) = of.whole().singles() else { continue };
            let (below, reaching) = singles.around(low, high, |x| reached(self.sides(x), target));
            if let Some(reaching) = reaching {
                if !reached(self.sides_before(reaching), target) {
                    return reaching;
                }
                high = high.min(reaching);
            }
            low = below.map_or(low, |below| low.max(below));
        }
        // Halve exponents first: a straight line says nothing across many of them.
        while low >= 0.0 && high > 4.0 * low.max(f64::MIN_POSITIVE) {
            let middle = low.max(f64::MIN_POSITIVE).sqrt() * high.sqrt();
            if miss(self.sides(middle), target) >= 0.0 {
                high = middle;
            } else {
                low = middle;
            }
        }
        root(|x| miss(self.sides(x), target), low, high).unwrap_or(high)
    }

    /// Whether single values have all the weight.
    pub(crate) fn is_counted(&self) -> bool {
        self.parts().all(|(of, _)| of.whole().singles().is_some())
    }

    /// The single values with weight in increasing order, but for the lowest, which only shares below `rare`
    /// of their part lead to, and the highest, beyond 1 − `rare_above`; `None` where they are more than `most`.
    pub(crate) fn single_values(&self, rare: f64, rare_above: f64, most: usize) -> Option<Vec<f64>> {
        let mut values = Vec::new();
        for (of, _) in self.parts() {
            let (from, to) = (of.at(rare, 1.0), of.at(1.0, rare_above));
            match of.whole().singles() {
                Some(Singles::Counts) if to - from >= most as f64 => return None,
                Some(Singles::Counts) => values.extend((0..=(to - from) as u64).map(|k| from + k as f64)),
                Some(Singles::Listed(atoms)) => {
                    values.extend(atoms.iter().map(|(value, _)| value).filter(|x| (from..=to).contains(x)));
                }
                None => {}
            }
        }
        values.sort_by(f64::total_cmp);
        values.dedup();
        (values.len() <= most).then_some(values)
    }

    /// Where the density of a part jumps or bends.
    pub(crate) fn bends(&self) -> impl Iterator<Item = f64> {
        let mode = |of: &Truncated| if let Distribution::Triangular { mode, .. } = of.whole() { *mode } else { f64::NAN };
        self.parts().flat_map(move |(of, _)| [of.bounds().0, of.bounds().1, mode(of)]).filter(|x| x.is_finite())
    }
}

/// By how much a probability exceeds the target, the smaller sides compared, relative to it.
fn miss(sides: Sides, target: Sides) -> f64 {
    if target.lower <= target.upper { ln(sides.lower / target.lower) } else { ln(target.upper / sides.upper) }
}

/// Single values with weight, in increasing order.
enum Singles<'d> {
    /// Whole numbers.
    Counts,
    Listed(&'d Atoms),
}

impl Distribution {
    fn singles(&self) -> Option<Singles<'_>> {
        match self {
            Self::Poisson { .. } | Self::Binomial { .. } | Self::Bernoulli { .. } => Some(Singles::Counts),
            Self::Discrete(atoms) | Self::Empirical(atoms) => Some(Singles::Listed(atoms)),
            Self::Normal { .. }
            | Self::Lognormal { .. }
            | Self::Uniform { .. }
            | Self::Triangular { .. }
            | Self::Pert { .. }
            | Self::Beta { .. }
            | Self::Gamma { .. }
            | Self::Exponential { .. }
            | Self::Mixture(_) => None,
        }
    }
}

impl Singles<'_> {
    /// The last value above `low` that doesn't reach, and the first up to `high` that does.
    fn around(&self, low: f64, high: f64, reaches: impl Fn(f64) -> bool) -> (Option<f64>, Option<f64>) {
        let inside = |value: f64| value > low && value <= high;
        match self {
            Self::Counts => {
                let (mut below, mut above) = (low.floor(), high.floor() + 1.0);
                while above - below > 1.0 {
                    let middle = (0.5 * (below + above)).floor();
                    if reaches(middle) {
                        above = middle;
                    } else {
                        below = middle;
                    }
                }
                (Some(below).filter(|x| inside(*x)), Some(above).filter(|x| inside(*x)))
            }
            Self::Listed(atoms) => {
                let (below, above) = atoms.around(|value| value > low && reaches(value));
                (below.filter(|x| inside(*x)), above.filter(|x| inside(*x)))
            }
        }
    }
}

fn sum(numbers: impl Iterator<Item = f64>) -> f64 {
    numbers.fold(Pair::ZERO, Pair::plus_double).value()
}
