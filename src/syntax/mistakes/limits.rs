//! What is too long, too deep or too large.

use super::short;
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::limits::{DEEPEST, LONGEST_CHAIN, LONGEST_LIST, LONGEST_NAME, LONGEST_NUMBER, LONGEST_SOURCE, LONGEST_TEXT};
use crate::text::Location;

/// A file of more than 4 MiB.
pub fn source_too_long(at: Location, bytes: usize) -> Diagnostic {
    let message = format!("the file has {bytes} bytes, and {LONGEST_SOURCE} are the limit");
    Diagnostic::error(Code("BIZ0605"), message, at, "not read").help("split the model into files and `import` them")
}

/// Brackets in brackets in brackets.
pub fn too_deep(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0610"), format!("this stands more than {DEEPEST} deep"), at, "too deep")
        .help("give a part of it a name of its own")
}

/// `a + b + …` without end.
pub fn chain_too_long(at: Location, parts: usize) -> Diagnostic {
    Diagnostic::error(Code("BIZ0611"), format!("{parts} values in a row, and {LONGEST_CHAIN} are the limit"), at, "too many in a row")
        .help("give parts of it names of their own")
}

/// A list, the arguments of a call, the rows of a table.
pub fn list_too_long(at: Location, parts: usize) -> Diagnostic {
    Diagnostic::error(Code("BIZ0611"), format!("{parts} in a row, and {LONGEST_LIST} are the limit"), at, "too many in a row")
        .help("give parts of it names of their own, or read them from a file")
}

/// A name of more than 256 bytes.
pub fn name_too_long(at: Location, name: &str) -> Diagnostic {
    let message = format!("the name `{}` has {} bytes, and {LONGEST_NAME} are the limit", short(name), name.len());
    Diagnostic::error(Code("BIZ0612"), message, at, "too long").help("what there is to say stands in a comment: `## source, year`")
}

/// A text of more than 64 KiB.
pub fn text_too_long(at: Location, bytes: usize) -> Diagnostic {
    Diagnostic::error(Code("BIZ0613"), format!("the text has {bytes} bytes, and {LONGEST_TEXT} are the limit"), at, "too long")
}

/// A number of more than 1,000 characters.
pub fn number_too_long(at: Location, characters: usize) -> Diagnostic {
    let message = format!("the number has {characters} characters, and {LONGEST_NUMBER} are the limit");
    Diagnostic::error(Code("BIZ0614"), message, at, "too many digits").help("the first seventeen digits are all that count")
}

/// `1e400`
pub fn number_too_large(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0615"), "the number is too large", at, "the largest is about 1.8e308")
}
