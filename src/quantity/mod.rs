//! Quantities: units as products of atoms, hash-consed; never knows a currency by name.

pub mod algebra;
pub mod factor;
pub mod unit;

pub use algebra::{Converted, MOST_POWERS};
pub use factor::{Atom, Factor, Multiple, UnitName, UnitNameId};
pub use unit::{UnitId, Units};
