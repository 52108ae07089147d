//! Documents: everything told by one command, kept until it can be written as a whole.

use super::shape::Diagnostic;
use super::tally::Warnings;
use crate::text::Source;

/// What one command told.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Of each model, in the order told.
    pub pages: Vec<Page>,
    /// Lines for people that belong to no place.
    pub remarks: Vec<String>,
    /// Whether warnings fail.
    pub warnings: Warnings,
    /// The exit status: up to 1 the question was answered.
    pub status: u8,
}

/// What was told of one model.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The model's file.
    pub name: String,
    /// Its mistakes and warnings.
    pub diagnostics: Vec<Diagnostic>,
    /// What these point at.
    pub sources: Vec<Source>,
    /// What became of its requirements and tests.
    pub cases: Vec<Case>,
}

/// Something that holds or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// What it is: a requirement as written, the title of a test.
    pub name: String,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It holds, and this is to be said of it; may be empty.
    Passed(String),
    /// It does not hold.
    Failed(Reason),
    /// It can't be told whether it holds.
    Undecided(Reason),
}

/// Why a case is not passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Which sort of failure: a code, `requirement`, `test`.
    pub kind: String,
    /// In one line.
    pub message: String,
    /// In full.
    pub text: String,
}

impl Document {
    /// Adds to the page of a model, which is begun if there is none yet.
    pub fn add(&mut self, name: &str, add: impl FnOnce(&mut Page)) {
        if let Some(page) = self.pages.iter_mut().find(|page| page.name == name) {
            return add(page);
        }
        let mut page = Page { name: name.to_owned(), ..Page::default() };
        add(&mut page);
        self.pages.push(page);
    }
}
