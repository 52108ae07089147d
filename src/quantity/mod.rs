//! Quantities: units as products of atoms, hash-consed; never knows a currency by name.

pub mod factor;
pub mod unit;

pub use factor::{Atom, Factor, Multiple, UnitName, UnitNameId};
pub use unit::{Converted, MOST_POWERS, UnitId, Units};
