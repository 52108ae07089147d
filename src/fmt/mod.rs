//! Layout: tree and comments → the one canonical text. Moves blanks and line breaks, and nothing else.

mod align;
mod fold;
mod lines;
mod outline;
mod page;
mod token;

use crate::syntax::{Parsed, parse};
use crate::text::Source;

/// The most columns of a line without its comment, and without a text that can't be divided.
pub const WIDEST: usize = 120;

/// Blanks for each level of braces, and for a line that goes on.
const STEP: usize = 2;

/// The canonical text of a file. What could not be read stays as it is, byte for byte; the line ends are those of the text.
#[must_use]
pub fn format(parsed: &Parsed, source: &Source) -> String {
    let laid = page::lay(parsed, source).filter(|text| stays(parsed, source, text));
    let ends = source.text.find('\n').is_some_and(|end| source.text.get(..end).is_some_and(|line| line.ends_with('\r')));
    match laid {
        Some(text) if ends => text.replace('\n', "\r\n"),
        Some(text) => text,
        None => source.text.clone(),
    }
}

/// Whether a text says what the one before it did, and would be laid out no further. Where brackets are missing, indentation
/// tells what belongs to what, so a new one may change that: then nothing is changed.
fn stays(parsed: &Parsed, source: &Source, text: &str) -> bool {
    let again = Source::new(source.id, source.name.as_str(), text);
    let now = parse(&again);
    let codes = |parsed: &Parsed| {
        let mut codes: Vec<&str> = parsed.mistakes.iter().map(|mistake| mistake.code.0).collect();
        codes.sort_unstable();
        codes
    };
    let comments = |parsed: &Parsed, source: &Source| -> Vec<String> {
        parsed.comments.iter().map(|comment| source.slice(comment.span).replace('\r', "").trim_end().to_owned()).collect()
    };
    codes(parsed) == codes(&now)
        && comments(parsed, source) == comments(&now, &again)
        && page::lay(&now, &again).as_deref() == Some(text)
        && parsed.file.clone().unplaced() == now.file.unplaced()
}
