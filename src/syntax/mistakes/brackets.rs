//! Brackets that are not closed, not opened, or closed by others.

use super::{after, short};
use crate::diagnostic::{Code, Diagnostic, Edit};
use crate::text::Location;

/// `(2_000 + 300`
pub fn unclosed(at: Location, ends: Location, end: char) -> Diagnostic {
    Diagnostic::error(Code("BIZ0011"), format!("`{end}` is missing"), at, "this bracket is never closed")
        .also(ends, "it may have ended here")
        .fix(format!("add `{end}`"), ends, end.to_string())
}

/// `graduated { 50k token: …` and no `}`.
pub fn unclosed_table(at: Location, ends: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0012"), "the table that begins here is never closed", at, "this `{` has no `}`")
        .also(ends, "it may have ended here")
        .fix("add `}`", ends, " }")
}

/// `kind shop {` and no `}`.
pub fn unclosed_block(at: Location, ends: Location, head: &str, closing: String) -> Diagnostic {
    Diagnostic::error(Code("BIZ0012"), format!("the block of `{}` is never closed", short(head)), at, "this `{` has no `}`")
        .also(ends, "it may have ended here")
        .fix("add `}`", ends, closing)
}

/// What is wrong with a block that has no `{`.
pub const WITHOUT_BRACE: Code = Code("BIZ0013");

/// The `}` of a block that has neither brace.
pub fn closing(ends: Location, text: String) -> Edit {
    Edit { at: ends, text }
}

/// `market smb: {`, `market smb = {`
pub fn sign_in_head(at: Location, sign: &str) -> Diagnostic {
    Diagnostic::error(Code("BIZ0056"), format!("the head of a block holds no `{sign}`"), at, "not needed")
        .help("it is written `KIND NAME \"Title\" { … }`")
        .fix("take it out", at, "")
}

/// `kind shop` with lines below that belong to it.
pub fn block_without_brace(at: Location, head: &str) -> Diagnostic {
    Diagnostic::error(WITHOUT_BRACE, format!("`{}` begins a block, but its `{{` is missing", short(head)), at, "`{` belongs behind this")
        .fix("add `{`", after(at), " {")
}

/// `market smb:` with lines below that belong to it.
pub fn colon_for_brace(at: Location, head: &str) -> Diagnostic {
    Diagnostic::error(WITHOUT_BRACE, format!("the block of `{}` begins with `{{`", short(head)), at, "`{` belongs here")
        .help("and ends with `}`, which stands on a line of its own where the block has several")
        .fix("write `{`", at, " {")
}

/// `2_000 + 300)`
pub fn closes_nothing(at: Location, end: char) -> Diagnostic {
    Diagnostic::error(Code("BIZ0014"), format!("`{end}` closes nothing"), at, "no bracket is open here")
        .help("take it out, or add the one that opens it")
        .fix("take it out", at, "")
}

/// `(2_000 + 300]`
pub fn closed_by_another(at: Location, opening: Location, wanted: char, found: char) -> Diagnostic {
    Diagnostic::error(Code("BIZ0015"), format!("`{found}` stands where `{wanted}` belongs"), at, format!("write `{wanted}`"))
        .also(opening, "this bracket is open")
        .fix(format!("write `{wanted}`"), at, wanted.to_string())
}
