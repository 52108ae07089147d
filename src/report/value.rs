//! Values as a reader meets them: in the unit they are shown in, blank where there is none.

use super::number;

/// One value, in the unit that stands beside it.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number, never NaN and never infinite.
    Number(f64),
    /// A condition.
    Condition(bool),
    /// A date as people write it: `2027-03`.
    Date(String),
    /// The name of an option.
    Choice(String),
    /// Nothing there: 0/0 and what follows from it.
    Blank,
    /// It could not be computed; a diagnostic says why.
    Fault,
}

/// A value with its unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// The value.
    pub value: Value,
    /// Its unit as the author wrote it: `USD/month`, `%`, empty for a bare number.
    pub unit: String,
}

impl Value {
    /// The number, where it is one.
    #[must_use]
    pub const fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Condition(_) | Self::Date(_) | Self::Choice(_) | Self::Blank | Self::Fault => None,
        }
    }

    /// Whether there is something to show.
    #[must_use]
    pub const fn is_there(&self) -> bool {
        match self {
            Self::Number(_) | Self::Condition(_) | Self::Date(_) | Self::Choice(_) => true,
            Self::Blank | Self::Fault => false,
        }
    }

    /// What stands for it where a number does not: `true`, `2027-03`, `–` for a blank, `!` for what has no value.
    #[must_use]
    pub fn word(&self) -> Option<&str> {
        match self {
            Self::Number(_) => None,
            Self::Condition(true) => Some("true"),
            Self::Condition(false) => Some("false"),
            Self::Date(text) | Self::Choice(text) => Some(text),
            Self::Blank => Some("–"),
            Self::Fault => Some("!"),
        }
    }
}

impl Shown {
    /// In few digits, for people: `1.23M USD`, `60%`.
    #[must_use]
    pub fn brief(&self) -> String {
        self.with(number::compact)
    }

    /// In all digits that mean something, as the language writes it: `1234567.5 USD`.
    #[must_use]
    pub fn exact(&self) -> String {
        self.with(number::plain)
    }

    fn with(&self, digits: impl Fn(f64) -> String) -> String {
        match &self.value {
            Value::Number(number) => number::with_unit(&digits(*number), &self.unit),
            Value::Condition(_) | Value::Date(_) | Value::Choice(_) | Value::Blank | Value::Fault => {
                self.value.word().unwrap_or_default().to_owned()
            }
        }
    }
}
