//! Counts between bounds: their mean and variance, summed outwards from the likeliest count.

use super::Distribution;

/// The weight of k + 1 over that of k.
type Ratio = Box<dyn Fn(f64) -> f64>;

impl Distribution {
    /// The mean of a Poisson or binomial between two counts that leave some probability; `None` for other families.
    ///
    /// Weights are taken relative to the likeliest count between the bounds and follow from each other by the ratio of
    /// neighbours, so nothing cancels or underflows, however far in a tail the bounds lie.
    pub(super) fn count_mean_between(&self, low: f64, high: f64) -> Option<f64> {
        let (ratio, mode) = self.counted()?;
        let peak = mode.clamp(low, high);
        Some(peak + outwards(ratio, peak, low, high, |away| away))
    }

    /// The mean of (count − `centre`)² between two counts; `None` for other families.
    pub(super) fn count_spread_between(&self, low: f64, high: f64, centre: f64) -> Option<f64> {
        let (ratio, mode) = self.counted()?;
        let peak = mode.clamp(low, high);
        let off = centre - peak;
        Some(outwards(ratio, peak, low, high, |away| (away - off) * (away - off)))
    }

    /// The ratio of neighbours, and the likeliest count.
    fn counted(&self) -> Option<(Ratio, f64)> {
        match *self {
            Self::Poisson { mean } => Some((Box::new(move |k: f64| mean / (k + 1.0)), mean.floor())),
            Self::Binomial { trials, probability } => {
                let odds = probability / (1.0 - probability);
                Some((Box::new(move |k: f64| (trials - k) / (k + 1.0) * odds), ((trials + 1.0) * probability).floor()))
            }
            Self::Normal { .. }
            | Self::Lognormal { .. }
            | Self::Uniform { .. }
            | Self::Triangular { .. }
            | Self::Pert { .. }
            | Self::Beta { .. }
            | Self::Gamma { .. }
            | Self::Exponential { .. }
            | Self::Bernoulli { .. }
            | Self::Discrete(_)
            | Self::Empirical(_)
            | Self::Mixture(_) => None,
        }
    }
}

/// What a weight may be to end the sum: later ones fall faster than geometrically.
const NEGLIGIBLE: f64 = 1e-22;

/// The mean of `value(k − peak)` over the counts k from `low` to `high`, where `ratio(k)` is the weight of k + 1 over that of k.
fn outwards(ratio: impl Fn(f64) -> f64, peak: f64, low: f64, high: f64, value: impl Fn(f64) -> f64) -> f64 {
    let (mut mass, mut moment) = (1.0, value(0.0));
    let (mut weight, mut away) = (1.0, 0.0);
    while peak + away < high && weight > NEGLIGIBLE {
        weight *= ratio(peak + away);
        away += 1.0;
        mass += weight;
        moment += weight * value(away);
    }
    (weight, away) = (1.0, 0.0);
    while peak - away > low && weight > NEGLIGIBLE {
        away += 1.0;
        weight /= ratio(peak - away);
        mass += weight;
        moment += weight * value(-away);
    }
    moment / mass
}
