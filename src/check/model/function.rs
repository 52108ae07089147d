//! Functions of numbers, each the same at every step.

/// A function of numbers, the same at every step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Function {
    /// `min(a, b, …)`
    Min,
    /// `max(a, b, …)`
    Max,
    /// `abs(x)`
    Abs,
    /// `floor(x)`, in the unit shown
    Floor,
    /// `ceil(x)`
    Ceil,
    /// `round(x)`: to whole numbers, half to even
    Round,
    /// `sqrt(x)`
    Sqrt,
    /// `exp(x)`
    Exp,
    /// `ln(x)`
    Ln,
    /// `element(list, at)`: the first operand is the place, counted from 1; the values follow it
    Element,
    /// `ranked(column, at)`: the first operand is the place in order of size, counted from the smallest; the values follow it
    Ranked,
    /// `annuity_rate(n, payment, start, end, due)`: the rate of even payments between two amounts
    AnnuityRate,
    /// `declining_left(cost, salvage, life, periods, factor)`: what is left of an amount that declines
    DecliningLeft,
    /// `ln_gamma(x)`
    LnGamma,
    /// `hypergeometric(b, c, x, a)`
    Hypergeometric,
    /// `gamma_cdf(x, shape)`
    GammaCdf,
    /// `gamma_tail(x, shape)`
    GammaTail,
    /// `beta_cdf(x, alpha, beta)`
    BetaCdf,
    /// `normal_cdf(x)`
    NormalCdf,
    /// `normal_quantile(p)`
    NormalQuantile,
    /// A date that is counted in months, counted in days
    InDays,
    /// A date that is counted in days, counted in months
    InMonths,
    /// A date that is counted in months, so many months later; whole ones keep the day
    MonthsLater,
}
