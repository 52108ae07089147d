//! The names units are built of, and their factors.

/// A dimension that no other can be turned into. The two families of time are atoms too; only they convert.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Atom(pub u32);

impl Atom {
    /// Month, quarter and year; counted in months.
    pub const MONTH: Self = Self(0);
    /// Hour, day and week; counted in days.
    pub const DAY: Self = Self(1);

    /// Whether it is one of the families of time.
    #[must_use]
    pub const fn is_time(self) -> bool {
        self.0 < 2
    }
}

/// A declared name of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitNameId(pub u32);

/// A name of a unit: `month`, `USD`, `company`.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitName {
    /// The singular, by which it is printed.
    pub singular: String,
    /// The plural, where one was declared.
    pub plural: Option<String>,
    /// What it measures.
    pub atom: Atom,
    /// How many of the atom's base it is: 12 for `year`, 1 of 24 for `hour`.
    pub factor: Multiple,
    /// Whether it is money.
    pub currency: bool,
}

/// A multiple as a quotient of whole numbers, so that an hour is exact in days.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Multiple {
    /// Above the line.
    pub above: f64,
    /// Below the line.
    pub below: f64,
}

impl Multiple {
    /// A whole multiple.
    #[must_use]
    pub const fn whole(above: f64) -> Self {
        Self { above, below: 1.0 }
    }
}

/// One factor of a unit as written: `USD`, `/1k token`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Factor {
    /// The name.
    pub name: UnitNameId,
    /// How often it counts; never 0.
    pub exponent: i8,
    /// How many of it make one: 1000 in `/1k token`.
    pub per: f64,
}
