//! Distributions between bounds: `x ~ normal(…) between A and B`.

use super::probability::{normal, unit_beta};
use super::{Distribution, Reason, pert_shapes};
use crate::numeric::incomplete_gamma::Sides;
use crate::numeric::quadrature::mean_under;
use crate::numeric::{exp, incomplete_gamma, ln, normal_density};

/// A distribution given that its value lies between two bounds, both included.
#[derive(Clone, Debug, PartialEq)]
pub struct Truncated {
    pub(super) distribution: Distribution,
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) window: Window,
    mass: f64,
}

/// What lies before the lower bound and up to the upper one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Window {
    pub before: Sides,
    pub up_to: Sides,
}

impl Distribution {
    /// This distribution between bounds; `None` is no bound.
    ///
    /// # Errors
    /// When the bounds cross, one is no number, or nothing is left between them.
    pub fn between(&self, low: Option<f64>, high: Option<f64>) -> Result<Truncated, Reason> {
        let (lowest, highest) = self.support();
        let (low, high) = (low.unwrap_or(f64::NEG_INFINITY), high.unwrap_or(f64::INFINITY));
        if !(low <= high) {
            return Err(Reason::BoundsCrossed);
        }
        let (low, high) = self.narrowed(low.max(lowest), high.min(highest));
        if !(low <= high) {
            return Err(Reason::NoProbability);
        }
        if let Self::Mixture(mixture) = self {
            let (left, mass) = mixture.between(low, high)?;
            let window = Window { before: Sides::ALL_ABOVE, up_to: Sides::ALL_BELOW };
            let (low, high) = left.support();
            return Ok(Truncated { distribution: Self::Mixture(left), low, high, window, mass });
        }
        let before = if low <= lowest { Sides::ALL_ABOVE } else { self.sides_before(low) };
        let up_to = if high >= highest { Sides::ALL_BELOW } else { self.sides(high) };
        let window = Window { before, up_to };
        let mass = window.mass();
        if mass > 0.0 {
            Ok(Truncated { distribution: self.clone(), low, high, window, mass })
        } else {
            Err(Reason::NoProbability)
        }
    }

    /// The mean given that the value lies between the bounds, both included; `None` is no bound.
    ///
    /// # Errors
    /// When the bounds cross, one is no number, or nothing is left between them.
    pub fn mean_between(&self, low: Option<f64>, high: Option<f64>) -> Result<f64, Reason> {
        self.between(low, high).map(|truncated| truncated.mean())
    }

    /// Bounds drawn in to values the distribution can take, where these are counted.
    fn narrowed(&self, low: f64, high: f64) -> (f64, f64) {
        match self {
            Self::Poisson { .. } | Self::Binomial { .. } | Self::Bernoulli { .. } => (low.ceil(), high.floor()),
            Self::Discrete(atoms) | Self::Empirical(atoms) => {
                let inside = || atoms.iter().map(|(value, _)| value).filter(|&value| value >= low && value <= high);
                (inside().next().unwrap_or(f64::NAN), inside().last().unwrap_or(f64::NAN))
            }
            Self::Normal { .. }
            | Self::Lognormal { .. }
            | Self::Uniform { .. }
            | Self::Triangular { .. }
            | Self::Pert { .. }
            | Self::Beta { .. }
            | Self::Gamma { .. }
            | Self::Exponential { .. }
            | Self::Mixture(_) => (low, high),
        }
    }
}

impl Truncated {
    /// The distribution without its bounds; of a mixture, whose parts are bounded each, what is left.
    #[must_use]
    pub const fn whole(&self) -> &Distribution {
        &self.distribution
    }

    /// The bounds, drawn in to values the distribution can take; infinite where there is none.
    #[must_use]
    pub const fn bounds(&self) -> (f64, f64) {
        (self.low, self.high)
    }

    /// The probability the bounds leave of the whole distribution.
    #[must_use]
    pub const fn mass(&self) -> f64 {
        self.mass
    }

    /// The value below which the share `p` of what is left lies; always between the bounds.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        if !(0.0..=1.0).contains(&p) {
            return f64::NAN;
        }
        self.at(p, 1.0 - p)
    }

    /// The value with these shares of what is left below and above it; the smaller of the two decides.
    pub(crate) fn at(&self, lower: f64, upper: f64) -> f64 {
        self.distribution.at(self.window.target(lower, upper)).max(self.low).min(self.high)
    }

    /// What lies before the bounds and up to them.
    pub(crate) const fn window(&self) -> Window {
        self.window
    }

    /// The mean of what is left.
    ///
    /// Closed forms by the probability of the same window under a neighbouring distribution (normal: densities at the
    /// bounds; lognormal: shifted by σ; gamma: shape + 1; beta: alpha + 1), sums for counts and lists. A window so narrow
    /// that these would cancel is integrated by Gauss and Legendre's rule.
    #[must_use]
    pub fn mean(&self) -> f64 {
        if self.window.is_all() {
            return self.distribution.mean();
        }
        let (low, high) = (self.low, self.high);
        let mean = match &self.distribution {
            Distribution::Normal { mean, deviation } => self.normal(*mean, *deviation),
            Distribution::Lognormal { mu, sigma } => self.lognormal(*mu, *sigma),
            Distribution::Uniform { .. } => 0.5 * low + 0.5 * high,
            Distribution::Triangular { low: left, mode, high: right } => {
                triangular_mean(*left, *mode, *right, low, high)
            }
            Distribution::Pert { low: left, mode, high: right } => {
                let (alpha, beta) = pert_shapes(*left, *mode, *right);
                let width = right - left;
                left + width * self.beta(alpha, beta, |x| (x - left, right - x, width))
            }
            Distribution::Beta { alpha, beta } => self.beta(*alpha, *beta, |x| (x, 1.0 - x, 1.0)),
            Distribution::Gamma { shape, scale } => self.gamma(*shape, *scale),
            Distribution::Exponential { mean } => self.gamma(1.0, *mean),
            Distribution::Poisson { .. } | Distribution::Binomial { .. } => {
                self.distribution.count_mean_between(low, high).unwrap_or(f64::NAN)
            }
            Distribution::Bernoulli { probability } => {
                // Both outcomes left is the whole distribution; so it is one of them.
                if low < high { *probability } else { low }
            }
            Distribution::Discrete(atoms) | Distribution::Empirical(atoms) => {
                atoms.mean_of_between(low, high, |value| value).unwrap_or(f64::NAN)
            }
            Distribution::Mixture(mixture) => mixture.mean(),
        };
        mean.max(low).min(high)
    }

    /// mean + deviation · (φ(α) − φ(β)) / (Φ(β) − Φ(α)).
    fn normal(&self, mean: f64, deviation: f64) -> f64 {
        let z = |x: f64| (x - mean) / deviation;
        if self.window.is_narrow() && z(self.high) - z(self.low) < 1.0 {
            let start = z(self.low);
            let log_ratio = |x: f64| -0.5 * (z(x) - start) * (z(x) + start);
            return mean_under(log_ratio, |x| x, self.low, self.high);
        }
        mean + deviation * ((normal_density(z(self.low)) - normal_density(z(self.high))) / self.window.mass())
    }

    /// e^(μ + σ²/2) times the window's probability when μ is moved up by σ².
    fn lognormal(&self, mu: f64, sigma: f64) -> f64 {
        let z = |x: f64| if x > 0.0 { (ln(x) - mu) / sigma } else { f64::NEG_INFINITY };
        let (low, high) = (z(self.low), z(self.high));
        if self.window.is_narrow() && high - low < 1.0 && sigma * (high - low) < 1.0 {
            let log_ratio = |y: f64| -0.5 * (y - low) * (y + low);
            let rise = |y: f64| self.low * exp(sigma * (y - low));
            return mean_under(log_ratio, rise, low, high);
        }
        let moved = Window { before: normal(low - sigma), up_to: normal(high - sigma) };
        exp(mu + 0.5 * sigma * sigma) * (moved.mass() / self.window.mass())
    }

    /// shape · scale · the window's probability with shape + 1.
    fn gamma(&self, shape: f64, scale: f64) -> f64 {
        let (low, high) = (self.low / scale, self.high / scale);
        if self.window.is_narrow() && high - low < 0.5 * low {
            let log_ratio = |x: f64| (shape - 1.0) * ln(x / low) - (x - low);
            return scale * mean_under(log_ratio, |x| x, low, high);
        }
        let moved = Window {
            before: incomplete_gamma::both(shape + 1.0, low),
            up_to: incomplete_gamma::both(shape + 1.0, high),
        };
        shape * scale * (moved.mass() / self.window.mass())
    }

    /// The mean on 0 … 1: alpha/(alpha + beta) times the window's probability with alpha + 1. `place` gives a value's
    /// distances from both ends and the width of the range.
    fn beta(&self, alpha: f64, beta: f64, place: impl Fn(f64) -> (f64, f64, f64)) -> f64 {
        let (from_left, to_right, width) = place(self.low);
        let (_, room, _) = place(self.high);
        let span = self.high - self.low;
        if self.window.is_narrow() && span < 0.5 * from_left && span < 0.5 * room {
            let log_ratio = |x: f64| {
                let (left, right, _) = place(x);
                (alpha - 1.0) * ln(left / from_left) + (beta - 1.0) * ln(right / to_right)
            };
            return mean_under(log_ratio, |x| place(x).0 / width, self.low, self.high);
        }
        let sides = |x: f64| {
            let (left, right, width) = place(x);
            unit_beta(alpha + 1.0, beta, left, right, width)
        };
        let moved = Window { before: sides(self.low), up_to: sides(self.high) };
        alpha / (alpha + beta) * (moved.mass() / self.window.mass())
    }
}

impl Window {
    /// The probability inside, as a difference of the smaller sides.
    pub fn mass(&self) -> f64 {
        if self.before.upper < 0.5 {
            self.before.upper - self.up_to.upper
        } else if self.up_to.lower < 0.5 {
            self.up_to.lower - self.before.lower
        } else {
            1.0 - self.before.lower - self.up_to.upper
        }
    }

    /// The shares of the whole below and above the value with these shares of the window below and above.
    pub fn target(&self, lower: f64, upper: f64) -> Sides {
        let mass = self.mass();
        Sides { lower: self.before.lower + lower * mass, upper: self.up_to.upper + upper * mass }
    }

    /// Whether the difference loses two digits or more.
    fn is_narrow(&self) -> bool {
        let larger = self.before.upper.min(self.up_to.lower);
        self.mass() < 0.01 * larger
    }

    pub fn is_all(&self) -> bool {
        self.before.lower == 0.0 && self.up_to.upper == 0.0
    }
}

/// The density is two straight pieces; each is a trapezoid, whose mass and moment have no differences to cancel.
fn triangular_mean(left: f64, mode: f64, right: f64, low: f64, high: f64) -> f64 {
    // Heights relative to the peak.
    let rising = |x: f64| if mode > left { (x - left) / (mode - left) } else { 1.0 };
    let falling = |x: f64| if right > mode { (right - x) / (right - mode) } else { 1.0 };
    let (mut mass, mut moment) = (0.0, 0.0);
    let mut add = |from: f64, to: f64, first: f64, last: f64| {
        let span = to - from;
        if span > 0.0 {
            let area = 0.5 * span * (first + last);
            mass += area;
            moment += area * (from - low) + span * span * (first + 2.0 * last) / 6.0;
        }
    };
    let (end, start) = (high.min(mode), low.max(mode));
    add(low, end, rising(low), rising(end));
    add(start, high, falling(start), falling(high));
    low + moment / mass
}
