//! Outcome: what became of an entry, as texts to be printed by whoever holds the terminal.

use crate::diagnostic::{Diagnostic, Severity};
use crate::text::{FileId, Source};
use crate::workspace::{Facts, Stopped};

/// What is answered to an entry.
#[derive(Clone, Debug, Default)]
pub struct Reply {
    /// Results.
    pub out: String,
    /// Errors and warnings.
    pub mistakes: Vec<Diagnostic>,
    /// The texts that they point at.
    pub sources: Vec<Source>,
    /// What is said beside the results.
    pub remark: String,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of an entry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// It was taken.
    #[default]
    Done,
    /// It was taken, and a requirement in it is not met.
    Unmet,
    /// It has errors, or its answer has.
    Failed,
    /// It is no command, or asks for what is not there, such as a file that can't be read.
    Refused,
    /// Ctrl-C ended it.
    Stopped,
    /// The session ends.
    Leave,
}

impl Reply {
    /// Results alone.
    pub fn of(out: impl Into<String>) -> Self {
        Self { out: out.into(), ..Self::default() }
    }

    /// A refusal in a sentence, and what helps.
    pub fn refused(why: &str, help: &str) -> Self {
        let help = if help.is_empty() { String::new() } else { format!("  help: {help}\n") };
        Self { remark: format!("error: {why}\n{help}"), outcome: Outcome::Refused, ..Self::default() }
    }

    /// Both, one after the other. What was found with each is in texts of its own: those of the second get numbers behind
    /// those of the first.
    #[must_use]
    pub fn then(mut self, mut next: Self) -> Self {
        if !self.mistakes.is_empty() && !next.mistakes.is_empty() {
            let behind = self.sources.iter().map(|source| source.id.0 + 1).max().unwrap_or(0);
            let moved = |file: &mut FileId| file.0 += behind;
            next.sources.iter_mut().for_each(|source| moved(&mut source.id));
            for mistake in &mut next.mistakes {
                mistake.labels.iter_mut().for_each(|label| moved(&mut label.at.file));
                mistake.fixes.iter_mut().flat_map(|fix| &mut fix.edits).for_each(|edit| moved(&mut edit.at.file));
            }
        }
        // Texts without a mistake are not looked at.
        if self.mistakes.is_empty() {
            self.sources.clear();
        }
        if !next.mistakes.is_empty() {
            self.sources.append(&mut next.sources);
            self.mistakes.append(&mut next.mistakes);
        }
        self.out += &next.out;
        self.remark += &next.remark;
        self.outcome = self.outcome.max(next.outcome);
        self
    }

    /// Results with what was found on the way to them; `told` says of which warnings.
    pub fn found(out: String, facts: Facts, told: impl Fn(&Diagnostic) -> bool) -> Self {
        let unreadable = facts.is_unreadable();
        let Facts { sources, mistakes, stopped, .. } = facts;
        let is_error = |mistake: &Diagnostic| mistake.severity == Severity::Error;
        let outcome = match stopped {
            Some(_) => Outcome::Stopped,
            None if unreadable => Outcome::Refused,
            None if mistakes.iter().any(is_error) => Outcome::Failed,
            None => Outcome::Done,
        };
        let part = |Stopped { done, of }| format!("stopped after {done} of {of} samples: what is told comes from those\n");
        let mistakes = mistakes.into_iter().filter(|mistake| is_error(mistake) || told(mistake)).collect();
        Self { out, mistakes, sources, remark: stopped.map_or_else(String::new, part), outcome }
    }
}
