//! Diagnostics: facts about a mistake, and their drawing on a terminal.

pub mod shape;

pub use shape::{Code, Diagnostic, Edit, Fix, Label, Severity};
