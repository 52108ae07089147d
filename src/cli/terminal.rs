//! The terminal: what it can show, and the only printing.

use super::args::MessageFormat;
use crate::diagnostic::{Diagnostic, Style, json, render, short};
use crate::export::{self, Signs};
use crate::text::Source;
use std::env;
use std::io::{self, ErrorKind, IsTerminal, Write};
use terminal_size::{Width, terminal_size_of};

/// Columns where there is no terminal to ask.
const COLUMNS: usize = 80;

/// Where results and diagnostics go.
#[derive(Clone, Copy, Debug)]
pub(super) struct Terminal {
    /// What standard output can show.
    pub out: Style,
    /// What standard error can show.
    err: Style,
    redraws: bool,
    messages: MessageFormat,
}

impl Terminal {
    /// Looks at the streams and the environment, once.
    pub fn new(messages: MessageFormat) -> Self {
        let out = style(io::stdout().is_terminal(), terminal_size_of(io::stdout()).map(|(width, _)| width));
        let err = style(io::stderr().is_terminal(), terminal_size_of(io::stderr()).map(|(width, _)| width));
        Self { out, err, redraws: io::stderr().is_terminal() && err.unicode, messages }
    }

    /// Whether a line on standard error can be drawn again, for somebody to see.
    pub const fn draws(&self) -> bool {
        self.redraws
    }

    /// How results are laid out.
    pub const fn layout(&self) -> export::Style {
        let signs = if self.out.unicode { Signs::Unicode } else { Signs::Ascii };
        export::Style { width: self.out.width, signs }
    }

    /// Prints results. A reader that has gone away (`biz run x | head`) has read enough.
    pub fn print(&self, text: &str) -> Result<(), Unprintable> {
        let mut out = io::stdout().lock();
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Unprintable(error)),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// Prints errors and warnings. Nobody can be told when that fails.
    pub fn tell(&self, diagnostics: &[Diagnostic], sources: &[Source]) {
        self.remark(&self.drawn(diagnostics, sources));
    }

    /// Errors and warnings as they are printed.
    pub fn drawn(&self, diagnostics: &[Diagnostic], sources: &[Source]) -> String {
        match self.messages {
            MessageFormat::Human => render::human(diagnostics, sources, self.err),
            MessageFormat::Short => short::short(diagnostics, sources),
            MessageFormat::Json => json::lines(diagnostics, sources),
        }
    }

    /// Prints a line for people beside the results.
    pub fn remark(&self, text: &str) {
        let mut err = io::stderr().lock();
        let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
    }
}

/// The results could not be written.
#[derive(Debug)]
pub(super) struct Unprintable(pub io::Error);

fn style(is_terminal: bool, width: Option<Width>) -> Style {
    let is_set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    let dumb = env::var_os("TERM").is_some_and(|term| term == "dumb");
    Style {
        colour: is_terminal && !dumb && !is_set("NO_COLOR"),
        width: if is_terminal { width.map_or(COLUMNS, |width| usize::from(width.0)) } else { COLUMNS },
        unicode: !(is_terminal && dumb),
    }
}
