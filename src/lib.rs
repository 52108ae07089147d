//! Biz, the language for business models: a library, and the thin binary `biz` over it.

pub mod calendar;
pub mod check;
pub mod compile;
pub mod diagnostic;
pub mod export;
pub mod numeric;
pub mod prelude;
pub mod quantity;
pub mod report;
pub mod run;
pub mod syntax;
pub mod tape;
pub mod text;
