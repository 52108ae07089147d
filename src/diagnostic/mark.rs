//! Labels made fit to draw: inside their file, on whole characters, short, no two alike.

use super::escape::one_line;
use super::shape::Diagnostic;
use super::tally::counted;
use crate::text::{Location, Source, Span};

/// A label of more lines than this is drawn on its first line only.
const TALLEST: u32 = 6;

/// How many labels of one diagnostic are drawn.
const MOST: usize = 12;

/// A label that can be drawn.
#[derive(Clone, Debug)]
pub(super) struct Mark<'a> {
    /// The file.
    pub source: &'a Source,
    /// Where in it, on character bounds.
    pub span: Span,
    /// First and last line, from 0.
    pub lines: (u32, u32),
    /// What to say there, in one line; may be empty.
    pub text: String,
    /// Whether this is the place to edit.
    pub primary: bool,
}

impl Mark<'_> {
    /// Whether it stands on one line.
    pub fn is_flat(&self) -> bool {
        self.lines.0 == self.lines.1
    }
}

/// The marks of a diagnostic in the order of its labels, and a note for what can't be drawn.
pub(super) fn marks<'a>(diagnostic: &Diagnostic, sources: &'a [Source]) -> (Vec<Mark<'a>>, Vec<String>) {
    let mut marks: Vec<Mark<'a>> = Vec::new();
    let mut notes = Vec::new();
    for (index, label) in diagnostic.labels.iter().enumerate() {
        let text = one_line(&label.text);
        let Some((source, span)) = find(sources, label.at) else {
            notes.extend((!text.is_empty()).then_some(text));
            continue;
        };
        let mark = mark(source, span, text, index == 0);
        let twin = marks.iter_mut().find(|other| other.source.id == source.id && other.span == mark.span);
        match twin {
            Some(twin) if mark.text.is_empty() || twin.text == mark.text => {}
            Some(twin) if twin.text.is_empty() => twin.text = mark.text,
            Some(twin) => twin.text = format!("{}; {}", twin.text, mark.text),
            None => marks.push(mark),
        }
    }
    if marks.len() > MOST {
        notes.push(format!("{} not shown", counted(marks.len() - MOST, "more place")));
        marks.truncate(MOST);
    }
    (marks, notes)
}

/// The source of a place, and the place moved inside the text and onto whole characters.
pub(super) fn find(sources: &[Source], at: Location) -> Option<(&Source, Span)> {
    let source = sources
        .get(at.file.0 as usize)
        .filter(|source| source.id == at.file)
        .or_else(|| sources.iter().find(|source| source.id == at.file))?;
    let start = source.text.floor_char_boundary(at.span.start as usize);
    let end = source.text.ceil_char_boundary(at.span.end as usize).max(start);
    Some((source, Span::new(start as u32, end as u32)))
}

fn mark(source: &Source, span: Span, text: String, primary: bool) -> Mark<'_> {
    let mut span = without_margins(source, span);
    let mut text = text;
    let first = source.line_of(span.start);
    let mut last = source.line_of(span.end);
    if last - first >= TALLEST {
        text = format!("{text}{}up to line {}", if text.is_empty() { "" } else { ", " }, last + 1);
        span.end = source.line_span(first).end.max(span.start);
        last = first;
    }
    Mark { source, span, lines: (first, last), text, primary }
}

/// A span that reaches over a line break, without the blanks at its ends: nobody wants the line behind it marked.
fn without_margins(source: &Source, span: Span) -> Span {
    let slice = source.slice(span);
    if !slice.contains('\n') {
        return span;
    }
    let start = span.start + (slice.len() - slice.trim_start().len()) as u32;
    let text = slice.trim();
    if text.is_empty() { Span::new(span.start, span.start) } else { Span::new(start, start + text.len() as u32) }
}
