//! Means of counts between bounds, summed outwards from the likeliest count.

use super::Distribution;

impl Distribution {
    /// The mean of a Poisson or binomial between two counts that leave some probability; `None` for other families.
    ///
    /// Weights are taken relative to the likeliest count between the bounds and follow from each other by the ratio of
    /// neighbours, so nothing cancels or underflows, however far in a tail the bounds lie.
    pub(super) fn count_mean_between(&self, low: f64, high: f64) -> Option<f64> {
        let (ratio, mode): (Box<dyn Fn(f64) -> f64>, f64) = match *self {
            Self::Poisson { mean } => (Box::new(move |k: f64| mean / (k + 1.0)), mean.floor()),
            Self::Binomial { trials, probability } => {
                let odds = probability / (1.0 - probability);
                (Box::new(move |k: f64| (trials - k) / (k + 1.0) * odds), ((trials + 1.0) * probability).floor())
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
            | Self::Empirical(_) => return None,
        };
        Some(outwards(ratio, mode.clamp(low, high), low, high))
    }
}

/// What a weight may be to end the sum: later ones fall faster than geometrically.
const NEGLIGIBLE: f64 = 1e-22;

/// Mean of the counts from `low` to `high` where `ratio(k)` is the weight of k + 1 over that of k, from `peak` on.
fn outwards(ratio: impl Fn(f64) -> f64, peak: f64, low: f64, high: f64) -> f64 {
    let (mut mass, mut moment) = (1.0, 0.0);
    let (mut weight, mut away) = (1.0, 0.0);
    while peak + away < high && weight > NEGLIGIBLE {
        weight *= ratio(peak + away);
        away += 1.0;
        mass += weight;
        moment += weight * away;
    }
    (weight, away) = (1.0, 0.0);
    while peak - away > low && weight > NEGLIGIBLE {
        away += 1.0;
        weight /= ratio(peak - away);
        mass += weight;
        moment -= weight * away;
    }
    peak + moment / mass
}
