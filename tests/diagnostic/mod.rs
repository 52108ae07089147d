//! Diagnostics as they are drawn.

mod documents;
mod short_and_json;
mod drawing;
mod robust;
mod suggest;
mod explain;

use biz::diagnostic::{Code, Diagnostic, Style, render};
use biz::text::{FileId, Location, Source, Span};

/// A place: the first occurrence of `what` in the source.
fn at(source: &Source, what: &str) -> Location {
    let start = source.text.find(what).expect("the source holds it") as u32;
    span(source, start, start + what.len() as u32)
}

fn span(source: &Source, start: u32, end: u32) -> Location {
    Location::new(source.id, Span::new(start, end))
}

fn source(text: &str) -> Source {
    Source::new(FileId(0), "plan.biz", text)
}

fn error(message: &str, at: Location, label: &str) -> Diagnostic {
    Diagnostic::error(Code("BIZ0201"), message, at, label)
}

fn draw(source: &Source, diagnostic: Diagnostic) -> String {
    draw_at(source, diagnostic, 80)
}

fn draw_at(source: &Source, diagnostic: Diagnostic, width: usize) -> String {
    render::human(&[diagnostic], std::slice::from_ref(source), Style { width, ..Style::default() })
}
