//! What a diagnostic is: code, message, places, help and fixes.

use crate::text::Location;

/// A stable code: `BIZ0201`. The first two digits tell the group: 00 syntax, 01 names, 02 units, 03 time and
/// circles, 04 kinds and tables, 05 requirements, scenarios and tests, 06 files and limits, 07 undefined cells,
/// 08 remarks of lints and the comments that turn them off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub &'static str);

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The model can't be run, or a cell has no value.
    Error,
    /// The model runs; look at it.
    Warning,
}

impl Severity {
    /// `error`, `warning`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// One mistake, told to a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable code.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// One sentence in plain words, without full stop.
    pub message: String,
    /// The places; the first is where to edit.
    pub labels: Vec<Label>,
    /// What to do, in one or two sentences.
    pub help: Option<String>,
    /// Edits that mend it.
    pub fixes: Vec<Fix>,
    /// Edits that may mend it; whoever can try them finds out.
    pub guesses: Vec<Guess>,
}

/// A place and what is to be seen there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub at: Location,
    /// What; may be empty.
    pub text: String,
}

/// A mend: edits that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does: `write smb.size`.
    pub title: String,
    /// The edits; they do not overlap.
    pub edits: Vec<Edit>,
}

/// A mend that is worth a try: it is offered only where it leads to a sound model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guess {
    /// The mend.
    pub fix: Fix,
    /// Where to look then, and what is to be seen there, if that is another place than that of the mistake.
    pub label: Option<Label>,
    /// What is wrong then, where the mistake would say something else.
    pub message: Option<String>,
    /// How surely it is meant; smaller is surer, and 0 is surer than what a mistake offers by itself.
    pub doubt: u8,
}

/// Replaces the text of a span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty to insert.
    pub at: Location,
    /// By what.
    pub text: String,
}

impl Diagnostic {
    /// An error at a place.
    #[must_use]
    pub fn error(code: Code, message: impl Into<String>, at: Location, label: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message: message.into(),
            labels: vec![Label { at, text: label.into() }],
            help: None,
            fixes: Vec::new(),
            guesses: Vec::new(),
        }
    }

    /// A warning at a place.
    #[must_use]
    pub fn warning(code: Code, message: impl Into<String>, at: Location, label: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message, at, label) }
    }

    /// Points at another place.
    #[must_use]
    pub fn also(mut self, at: Location, label: impl Into<String>) -> Self {
        self.labels.push(Label { at, text: label.into() });
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Offers to replace the text at a place.
    #[must_use]
    pub fn fix(mut self, title: impl Into<String>, at: Location, text: impl Into<String>) -> Self {
        self.fixes.push(Fix { title: title.into(), edits: vec![Edit { at, text: text.into() }] });
        self
    }

    /// Adds a mend that is worth a try at the place of the mistake.
    #[must_use]
    pub fn guess(mut self, doubt: u8, title: impl Into<String>, at: Location, text: impl Into<String>) -> Self {
        let fix = Fix { title: title.into(), edits: vec![Edit { at, text: text.into() }] };
        self.guesses.push(Guess { fix, label: None, message: None, doubt });
        self
    }

    /// `error[BIZ0201]`
    #[must_use]
    pub fn kind(&self) -> String {
        format!("{}[{}]", self.severity.word(), self.code.0)
    }

    /// The place to edit.
    #[must_use]
    pub fn place(&self) -> Location {
        self.labels.first().map(|label| label.at).unwrap_or_default()
    }
}
