//! Spoken: dates, money and time as people and spreadsheets write them, and how the language writes the same.

mod date;
mod words;

pub use date::{date, dates, financial_year, month};
pub(in crate::syntax) use date::{Reading, read};
pub use words::{money, percent, time};
