//! The terminal: what it can show, and the only printing.

use super::args::MessageFormat;
use super::fold::narrowed;
use crate::diagnostic::document::{Case, Document};
use crate::diagnostic::{Diagnostic, Style, Warnings, github, json, junit, render, sarif, short};
use crate::export::{self, Signs, plot};
use crate::text::Source;
use std::env;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use terminal_size::{Width, terminal_size_of};

/// Columns where there is no terminal to ask.
const COLUMNS: usize = 80;

/// Columns of a drawing where there is no terminal to ask.
const DRAWING: usize = 100;

/// Where results and diagnostics go.
#[derive(Clone, Debug)]
pub(super) struct Terminal {
    /// What standard output can show.
    pub out: Style,
    /// What standard error can show.
    err: Style,
    redraws: bool,
    /// Whether messages are read at a terminal, to whose width they are folded.
    folds: bool,
    /// Whether results go to no terminal.
    piped: bool,
    /// Where everything goes instead, to be shown later.
    kept: Option<&'static Kept>,
    messages: MessageFormat,
    /// What becomes of warnings.
    pub warnings: Warnings,
    /// What was told, in a form that is written as a whole.
    document: Arc<Mutex<Document>>,
}

impl Terminal {
    /// Looks at the streams and the environment, once.
    pub fn new(messages: MessageFormat, warnings: Warnings) -> Self {
        let out = style(io::stdout().is_terminal(), terminal_size_of(io::stdout()).map(|(width, _)| width));
        let err = style(io::stderr().is_terminal(), terminal_size_of(io::stderr()).map(|(width, _)| width));
        let folds = io::stderr().is_terminal();
        let redraws = folds && err.unicode && !messages.is_document();
        let document = Document { warnings, ..Document::default() };
        let piped = !io::stdout().is_terminal();
        Self { out, err, redraws, folds, piped, kept: None, messages, warnings, document: Arc::new(Mutex::new(document)) }
    }

    /// Whether a line on standard error can be drawn again, for somebody to see.
    pub const fn draws(&self) -> bool {
        self.redraws && self.kept.is_none()
    }

    /// Whether results are seen as they are printed, by somebody at a terminal.
    pub const fn is_seen(&self) -> bool {
        !self.piped
    }

    /// The same terminal, but what is printed is kept.
    pub fn keeping(&self, kept: &'static Kept) -> Self {
        Self { kept: Some(kept), ..self.clone() }
    }

    /// Whether what is told is written as one document at the end.
    pub const fn tells_at_the_end(&self) -> bool {
        self.messages.is_document()
    }

    /// How results are laid out.
    pub const fn layout(&self) -> export::Style {
        let signs = if self.out.unicode { Signs::Unicode } else { Signs::Ascii };
        export::Style { width: self.out.width, signs }
    }

    /// How results are drawn.
    pub const fn drawing(&self) -> plot::Style {
        let export::Style { width, signs } = self.layout();
        let colour = if self.out.colour { plot::Colour::Ansi } else { plot::Colour::Plain };
        plot::Style { width: if self.piped { DRAWING } else { width }, signs, colour }
    }

    /// Prints results. A reader that has gone away (`biz run x | head`) has read enough.
    pub fn print(&self, text: &str) -> Result<(), Unprintable> {
        if let Some(kept) = self.kept {
            kept.out.lock().unwrap_or_else(PoisonError::into_inner).push_str(text);
            return Ok(());
        }
        let mut out = io::stdout().lock();
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Unprintable(error)),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// Prints errors and warnings about a model. Nobody can be told when that fails.
    pub fn tell(&self, model: &str, diagnostics: &[Diagnostic], sources: &[Source]) {
        if self.messages.is_document() {
            return self.document().add(model, |page| {
                page.diagnostics.extend_from_slice(diagnostics);
                page.sources = sources.to_vec();
            });
        }
        self.write(&self.drawn(diagnostics, sources));
    }

    /// Errors and warnings as they are printed; nothing where they stand in a document.
    pub fn drawn(&self, diagnostics: &[Diagnostic], sources: &[Source]) -> String {
        match self.messages {
            MessageFormat::Human => render::drawn(diagnostics, sources, self.err, self.warnings),
            MessageFormat::Short => short::lines(diagnostics, sources, self.warnings),
            MessageFormat::Json => json::lines(diagnostics, sources),
            MessageFormat::Github => github::commands(diagnostics, sources, self.warnings),
            MessageFormat::Sarif | MessageFormat::Junit => String::new(),
        }
    }

    /// Notes what became of a model's requirements and tests, for the forms that tell it beside mistakes.
    pub fn judge(&self, model: &str, cases: Vec<Case>) {
        if self.messages.is_document() {
            self.document().add(model, |page| page.cases.extend(cases));
        }
    }

    /// Prints lines for people beside the results.
    pub fn remark(&self, text: &str) {
        if !self.messages.is_document() {
            self.write(self.narrow(text).as_deref().unwrap_or(text));
        } else if !text.is_empty() {
            self.document().remarks.push(text.to_owned());
        }
    }

    /// What was kept, as it was told: it has been folded, or is not for people.
    pub fn retell(&self, kept: &str) {
        self.write(kept);
    }

    /// A message in the width of its terminal; none where it fits, or goes to no terminal.
    pub fn narrow(&self, text: &str) -> Option<String> {
        Some(narrowed(text, self.err.width)).filter(|folded| self.folds && folded != text)
    }

    /// Writes what was told as a whole, where its form asks for that.
    pub fn close(&self, status: u8) {
        let mut document = self.document();
        document.status = status;
        match self.messages {
            MessageFormat::Sarif => self.write(&sarif::document(&document)),
            MessageFormat::Junit => self.write(&junit::document(&document)),
            MessageFormat::Human | MessageFormat::Short | MessageFormat::Json | MessageFormat::Github => {}
        }
    }

    fn document(&self) -> MutexGuard<'_, Document> {
        self.document.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self, text: &str) {
        if let Some(kept) = self.kept {
            kept.err.lock().unwrap_or_else(PoisonError::into_inner).push_str(text);
            return;
        }
        let mut err = io::stderr().lock();
        let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
    }
}

/// What was printed and not yet shown.
#[derive(Debug, Default)]
pub(super) struct Kept {
    out: Mutex<String>,
    err: Mutex<String>,
}

impl Kept {
    /// Results, and what was said beside them; nothing of it is kept any longer.
    pub fn take(&self) -> (String, String) {
        let taken = |text: &Mutex<String>| mem::take(&mut *text.lock().unwrap_or_else(PoisonError::into_inner));
        (taken(&self.out), taken(&self.err))
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
        unicode: !(is_terminal && (dumb || is_ascii(&["LC_ALL", "LC_CTYPE", "LANG"].map(|name| env::var(name).unwrap_or_default())))),
    }
}

/// Whether a locale says that its terminals know ASCII or some older encoding; the first that is set counts. One that says
/// nothing of its encoding leaves it open.
fn is_ascii(locales: &[String]) -> bool {
    let locale = locales.iter().find(|locale| !locale.is_empty()).map_or("", String::as_str);
    let encoding = locale.split('@').next().and_then(|name| name.split_once('.')).map(|(_, encoding)| encoding.to_ascii_lowercase());
    match encoding.as_deref() {
        Some(encoding) => !matches!(encoding, "utf-8" | "utf8"),
        None => matches!(locale, "C" | "POSIX"),
    }
}

#[cfg(test)]
mod tests {
    use super::is_ascii;

    #[test]
    fn the_first_locale_that_is_set_tells_the_encoding() {
        let told = |locales: [&str; 3]| is_ascii(&locales.map(str::to_owned));
        assert!(told(["C", "", "en_US.UTF-8"]) && told(["", "POSIX", ""]) && told(["", "", "de_DE.ISO-8859-1@euro"]));
        assert!(!told(["C.UTF-8", "", "C"]) && !told(["", "", "zh_CN.utf8"]) && !told(["", "", "en_US"]) && !told(["", "", ""]));
    }
}
