//! Biz, the language for business models: a library, and the thin binary `biz` over it.

pub mod diagnostic;
pub mod numeric;
pub mod syntax;
pub mod text;
