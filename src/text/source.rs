//! A file's text and its line index, built once.

use super::span::{FileId, Span};

/// One text with a name, and where its lines begin.
#[derive(Clone, Debug)]
pub struct Source {
    /// Which file of the workspace it is.
    pub id: FileId,
    /// The name a reader knows it by: a path as given, `<stdin>`, `<prelude/market.biz>`.
    pub name: String,
    /// The text, without a byte-order mark.
    pub text: String,
    /// Byte offset of the first byte of each line.
    lines: Vec<u32>,
}

/// A place as people count: from 1, columns in code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in code points, from 1.
    pub column: u32,
}

impl Source {
    /// Takes a text; a leading byte-order mark is dropped.
    #[must_use]
    pub fn new(id: FileId, name: impl Into<String>, text: impl Into<String>) -> Self {
        let mut text: String = text.into();
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        let mut lines = vec![0];
        lines.extend(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at as u32 + 1));
        Self { id, name: name.into(), text, lines }
    }

    /// The text a span covers; empty where the span is not on character bounds.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or("")
    }

    /// Line and column of a byte.
    #[must_use]
    pub fn position(&self, byte: u32) -> Position {
        let line = self.line_of(byte);
        let start = self.line_start(line);
        let before = self.text.get(start as usize..byte as usize).unwrap_or("");
        Position { line: line + 1, column: before.chars().count() as u32 + 1 }
    }

    /// The line, counted from 0, that holds a byte.
    #[must_use]
    pub fn line_of(&self, byte: u32) -> u32 {
        (self.lines.partition_point(|start| *start <= byte) as u32).saturating_sub(1)
    }

    /// First byte of a line counted from 0; the end of the text behind the last.
    #[must_use]
    pub fn line_start(&self, line: u32) -> u32 {
        self.lines.get(line as usize).copied().unwrap_or(self.text.len() as u32)
    }

    /// A line's span, counted from 0, without its line break.
    #[must_use]
    pub fn line_span(&self, line: u32) -> Span {
        let start = self.line_start(line);
        let text = self.text.get(start as usize..self.line_start(line + 1) as usize).unwrap_or("");
        Span::new(start, start + text.trim_end_matches(['\n', '\r']).len() as u32)
    }

    /// How many lines the text has; an empty text has one.
    #[must_use]
    pub fn line_count(&self) -> u32 {
        self.lines.len() as u32
    }
}
