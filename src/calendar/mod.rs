//! Calendar: dates as numbers, periods, and the grid of steps a model runs on. Never asks the clock.

pub mod date;
pub mod grid;
pub mod moment;

pub use date::{Date, Family, Period};
pub use grid::{Bucket, Grid, Step};
pub use moment::Moment;
