//! The operations, one row of a table each: name, arity, shape, what it does.

/// How many slots an operation reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arity {
    /// So many.
    Exactly(u8),
    /// So many or more.
    AtLeast(u8),
}

/// What shape an operation's slot has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// A series as soon as it reads one.
    Follows,
    /// Always a series.
    Series,
    /// Always one value.
    Constant,
    /// The shape of the second slot it reads.
    Second,
}

/// Which steps an operation reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Its own; it can be computed for all of them at once.
    Own,
    /// Its own, but of all it reads only one slot.
    One,
    /// Its own and those before.
    Past,
    /// Any.
    All,
}

/// A row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The operation.
    pub code: Code,
    /// Its name.
    pub name: &'static str,
    /// How many slots it reads.
    pub arity: Arity,
    /// What shape its slot has.
    pub rule: Rule,
    /// Which steps it reads.
    pub reach: Reach,
    /// What it does; numbers stand in brackets.
    pub doc: &'static str,
}

macro_rules! ops {
    ($($code:ident $name:literal $arity:ident($count:literal) $rule:ident $reach:ident $doc:literal)*) => {
        /// What an operation does.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $(#[doc = $doc] $code,)* }

        const ROWS: &[Row] =
            &[$(Row {
                code: Code::$code,
                name: $name,
                arity: Arity::$arity($count),
                rule: Rule::$rule,
                reach: Reach::$reach,
                doc: $doc,
            },)*];
    };
}

// Everywhere: of what it reads the first fault wins, else the first blank, unless the row says otherwise.
ops! {
    Number "number" Exactly(0) Follows Own "[value]"
    Blank "blank" Exactly(0) Follows Own "nothing [reason]"
    Circle "circle" Exactly(0) Follows Own "a fault: it needs itself in the same step"
    Input "input" Exactly(1) Follows Own "x times the factor of its lane [input]"
    Scale "scale" Exactly(1) Follows Own "x × [scale]"
    Negate "negate" Exactly(1) Follows Own "-x"
    Sum "sum" AtLeast(1) Follows Own "a ± b ± …, from the left [1 or -1 for each]"
    Product "product" AtLeast(1) Follows Own "a × b / …, from the left [1, or -1 for a divisor, for each]; 0/0 is blank"
    Power "power" Exactly(2) Follows Own "a ^ b"
    Compare "compare" AtLeast(2) Follows Own "1 where every neighbouring pair holds, else 0 [relations]"
    All "all" AtLeast(1) Follows Own "0 where one is 0, whatever the others; else 1"
    Any "any" AtLeast(1) Follows Own "1 where one is not 0, whatever the others; else 0"
    Not "not" Exactly(1) Follows Own "1 for 0, else 0"
    If "if" Exactly(3) Follows Own "b where a is not 0, else c; the other is not read"
    Otherwise "otherwise" AtLeast(1) Follows Own "the first that is not blank; those behind it are not read"
    Min "min" AtLeast(1) Follows Own "the smallest"
    Max "max" AtLeast(1) Follows Own "the largest"
    Abs "abs" Exactly(1) Follows Own "|x|"
    Floor "floor" Exactly(1) Follows Own "down to a whole number"
    Ceil "ceil" Exactly(1) Follows Own "up to a whole number"
    Round "round" Exactly(1) Follows Own "to the nearest whole number, half to even"
    Sqrt "sqrt" Exactly(1) Follows Own "√x"
    Exp "exp" Exactly(1) Follows Own "e ^ x"
    Ln "ln" Exactly(1) Follows Own "natural logarithm"
    Element "element" AtLeast(2) Follows Own "place, values: the value at a place, counted from 1; the others are not read"
    Ranked "ranked" AtLeast(2) Follows Own "place, values: the value at a place in order of size, the smallest at 1"
    LnGamma "ln_gamma" Exactly(1) Follows Own "ln Γ(x)"
    Hypergeometric "hypergeometric" Exactly(4) Follows Own "b, c, x, a: Σ (a)ₜ (b)ₜ / (c)ₜ / t! × xᵗ"
    GammaCdf "gamma_cdf" Exactly(2) Follows Own "x, shape: the share of a gamma distribution of scale 1 up to x"
    GammaTail "gamma_tail" Exactly(2) Follows Own "x, shape: the share of it above x"
    BetaCdf "beta_cdf" Exactly(3) Follows Own "x, alpha, beta: the share of a beta distribution up to x"
    NormalCdf "normal_cdf" Exactly(1) Follows Own "the share of the standard normal up to x"
    NormalQuantile "normal_quantile" Exactly(1) Follows Own "the value up to which a share of the standard normal lies"
    InDays "in_days" Exactly(1) Follows Own "a date counted in months, counted in days"
    InMonths "in_months" Exactly(1) Follows Own "a date counted in days, counted in months"
    MonthsLater "months_later" Exactly(2) Follows Own "date, months: a date counted in months, so many later; whole ones keep the day"
    Time "time" Exactly(0) Series Own "the date at the start of the step"
    After "after" Exactly(1) Series Own "the share of the step behind a date"
    Steps "steps" AtLeast(1) Series One "the last whose date is not after the start of the step [dates]; blank before the first"
    Linear "linear" AtLeast(1) Series Own "on the line between neighbouring dates [dates]; blank before the first, level behind the last"
    List "list" AtLeast(1) Series One "the one at the place of the step"
    Graduated "graduated" AtLeast(3) Follows Own "q, rates, fees: each band entered at its rate plus its fee [bounds]"
    Volume "volume" AtLeast(3) Follows Own "q, rates, fees: all of q at the rate of its band plus its fee [bounds]"
    Package "package" AtLeast(3) Follows Own "q, price, fee: each started package at the price, plus the fee [size]"
    Stairstep "stairstep" AtLeast(3) Follows Own "q, prices, fees: the price of q's band plus its fee [bounds]"
    Curve "curve" AtLeast(2) Follows Own "age, values: on the line between neighbouring ages [ages]; level outside"
    Ages "ages" AtLeast(1) Series Own "values: the curve at each age, the age in the place of the step [ages]"
    Compound "compound" Exactly(1) Series Own "(1 + rate) ^ (time since the first step / [per])"
    Stepwise "stepwise" Exactly(1) Series Past "1, then times (1 + rate) ^ (period / [per]) in each step, by the rate of that step"
    Opening "opening" Exactly(2) Series Past "a of the step before; b of the first step in the first"
    Accumulate "accumulate" Exactly(2) Series Past "opening + a × period; opens with b of the first step; a blank is a fault"
    Delay "delay" Exactly(3) Series Past "flow, by, initial: the flow of `by` ago, even within a step"
    LoopDelay "loop_delay" Exactly(3) Series Past "delay of a flow that needs it: `by` is a step or longer, else a fault"
    Smear "smear" Exactly(3) Series Past "flow, by, initial: out of the last of [order] stocks in a row, by / order in each; a blank is a fault"
    Cohorts "cohorts" Exactly(2) Series Past "flow, shares by age: Σ flow × period × share at the age since joining; a blank is a fault"
    Vintages "vintages" AtLeast(2) Series Past "flow, values: cohorts by a curve [ages] that is read when they join; a blank is a fault"
    Total "total" Exactly(1) Constant All "Σ x × period over the steps [first, end]"
    Lowest "lowest" Exactly(1) Constant All "the lowest over the steps [first, end]"
    Highest "highest" Exactly(1) Constant All "the highest over the steps [first, end]"
    Average "average" Exactly(1) Constant All "Σ x / count over the steps [first, end]"
    Final "final" Exactly(1) Constant All "the value of the last of the steps [first, end]"
    When "when" Exactly(1) Constant All "the start of the first of the steps [first, end] in which x holds; blank if none"
    At "at" Exactly(2) Second All "x in the step that holds a date, times [weight]"
    ZeroRate "zero_rate" AtLeast(0) Follows Own "amounts: the rate where Σ amount / (1 + r)^time is 0 [which, times]; blank if none or several"
    ZeroRateOver "zero_rate_over" AtLeast(1) Constant All "x: the same for a series, each step an amount [which, times]"
    Turn "turn" AtLeast(0) Follows Own "amounts: the time at which their running sum first rises to 0 [times]; blank if it never does"
    AnnuityRate "annuity_rate" Exactly(5) Follows Own "n, payment, start, end, due: the rate at which all of it is worth 0; blank if none or several"
    DecliningLeft "declining_left" Exactly(5) Follows Own "cost, salvage, life, periods, factor: what is left of what declines, by the straight line as soon as that is more"
    Draw "draw" AtLeast(0) Follows Own "a draw; without samples the mean of its distribution [whose, low, high, parts: family, count, parameters]"
    Moment "moment" AtLeast(3) Follows Own "asked, scale, shift, parameters: what is known of scale × draw + shift [moment, whose, low, high, parts]"
    DrawEach "draw_each" AtLeast(0) Series Own "a draw for each step; without samples the mean of its distribution [whose, low, high, parts: family, count, parameters]"
    Statistic "statistic" AtLeast(1) Follows Own "x, share: what x comes to across all samples; without samples blank [statistic]"
}

impl Code {
    /// Its row of the table.
    #[must_use]
    #[allow(clippy::indexing_slicing, reason = "the table has a row for each code, in their order")]
    pub fn row(self) -> &'static Row {
        &ROWS[self as usize]
    }

    /// The table.
    #[must_use]
    pub const fn rows() -> &'static [Row] {
        ROWS
    }

    /// Whether the slot at a place is read only as it stood in the steps before.
    #[must_use]
    pub const fn lags(self, place: usize) -> bool {
        matches!(self, Self::Opening | Self::LoopDelay | Self::Smear) && place == 0
    }
}

/// Why there is nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Blank {
    /// 0/0.
    ZeroByZero,
    /// `before` of the first instance, or the largest of none.
    First,
    /// It asks across samples, and there are none.
    Samples,
    /// Before the first date of a table.
    BeforeTable,
    /// `when` of a condition that never holds.
    Never,
    /// Payments that no rate makes worth nothing.
    NoRate,
    /// Payments that several rates make worth nothing.
    SeveralRates,
    /// Payments that change their sign too often to look for all of their rates.
    TooManyRates,
}

/// Which of the rates at which payments are worth nothing; the nearest is next to the first slot read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The only one.
    Only,
    /// The one next to a given rate.
    Nearest,
    /// How many there are.
    Count,
}

impl Which {
    /// All of them, by number.
    pub const ALL: [Self; 3] = [Self::Only, Self::Nearest, Self::Count];

    /// Its number on a tape.
    #[must_use]
    pub const fn number(self) -> f64 {
        self as u8 as f64
    }

    /// The one of a number on a tape.
    #[must_use]
    pub fn from_number(number: f64) -> Self {
        Self::ALL.get(number as usize).copied().unwrap_or(Self::Only)
    }
}

impl Blank {
    /// All reasons, by number.
    pub const ALL: [Self; 8] = [
        Self::ZeroByZero,
        Self::First,
        Self::Samples,
        Self::BeforeTable,
        Self::Never,
        Self::NoRate,
        Self::SeveralRates,
        Self::TooManyRates,
    ];

    /// Its number on a tape.
    #[must_use]
    pub const fn number(self) -> f64 {
        self as u8 as f64
    }
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
    /// `==`
    Equal,
    /// `!=`
    Unequal,
}

impl Relation {
    /// All of them, by number.
    pub const ALL: [Self; 6] = [Self::Less, Self::AtMost, Self::More, Self::AtLeast, Self::Equal, Self::Unequal];

    /// Its number on a tape.
    #[must_use]
    pub const fn number(self) -> f64 {
        self as u8 as f64
    }

    /// The relation of a number on a tape.
    #[must_use]
    pub fn from_number(number: f64) -> Self {
        Self::ALL.get(number as usize).copied().unwrap_or(Self::Unequal)
    }

    /// Whether it holds between two numbers.
    #[must_use]
    pub fn holds(self, a: f64, b: f64) -> bool {
        match self {
            Self::Less => a < b,
            Self::AtMost => a <= b,
            Self::More => a > b,
            Self::AtLeast => a >= b,
            Self::Equal => a == b,
            Self::Unequal => a != b,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn every_code_finds_its_own_row_and_no_name_stands_twice() {
        let names: std::collections::BTreeSet<&str> = Code::rows().iter().map(|row| row.name).collect();
        assert_eq!(names.len(), Code::rows().len());
        for row in Code::rows() {
            assert_eq!(row.code.row(), row);
        }
    }
}
