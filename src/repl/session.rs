//! Session: the list of accepted entries over a file. An entry joins if the whole still checks; undo drops one.

use super::outcome::{Outcome, Reply};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::export::{self, Style};
use crate::report::Evaluation;
use crate::run::Watch;
use crate::workspace::{Ask, Disk, Facts, Files, Memory, Project, Samples};
use std::collections::HashSet;
use std::sync::Arc;

/// The model that a session without a file begins with. Never today's date: the same entries give the same answers on any day.
pub const EMPTY: &str = "model session {\n  timeline = 2026-01 to 2030-12\n  currency = USD\n}\n";

/// The name of a model that no file holds.
const UNNAMED: &str = "<session>";

/// For whom a session is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// A person at a prompt: what is accepted is said.
    Talk,
    /// A script: results alone.
    Script,
}

/// A session.
#[derive(Clone, Debug)]
pub struct Session {
    pub(super) project: Arc<Project>,
    /// The file that was loaded.
    pub(super) file: Option<String>,
    /// What-ifs over the model: `price = 25 USD`.
    pub(super) whats: Vec<String>,
    pub(super) scenario: Option<String>,
    pub(super) samples: Option<Samples>,
    pub(super) manner: Manner,
    pub(super) watch: &'static dyn Watch,
    /// Warnings that have been told.
    told: HashSet<(Code, String)>,
}

impl Session {
    /// A session over an empty model.
    #[must_use]
    pub fn empty(manner: Manner, watch: &'static dyn Watch) -> Self {
        let project = Project::read(&Memory::new([(UNNAMED, EMPTY.as_bytes())]));
        let (whats, told) = (Vec::new(), HashSet::new());
        Self { project: Arc::new(project), file: None, whats, scenario: None, samples: None, manner, watch, told }
    }

    /// Begins anew with a file; as it was where the file has errors.
    pub fn load(&mut self, file: &str) -> Reply {
        let project = Project::read(&Disk::of(file));
        let facts = project.facts(&Ask { watch: Some(self.watch), ..Ask::default() });
        let reply = Reply::found(String::new(), facts, |_| true);
        if reply.outcome == Outcome::Done {
            let told = reply.mistakes.iter().map(known).collect();
            let fresh = Self::empty(self.manner, self.watch);
            *self = Self { project: Arc::new(project), file: Some(file.to_owned()), samples: self.samples, told, ..fresh };
        }
        reply
    }

    /// What is asked of the model as the session stands.
    pub(super) fn ask(&self) -> Ask<'_> {
        Ask {
            scenario: self.scenario.as_deref(),
            sets: &self.whats,
            samples: self.samples,
            watch: Some(self.watch),
            ..Ask::default()
        }
    }

    /// The facts about the model as the session stands, and some questions.
    pub(super) fn facts(&self, queries: &[String]) -> Facts {
        self.project.facts(&Ask { queries, ..self.ask() })
    }

    /// What was found, without the warnings that have been told.
    pub(super) fn found(&self, out: String, facts: Facts) -> Reply {
        Reply::found(out, facts, |mistake| !self.told.contains(&known(mistake)))
    }

    /// Puts another project in place of the session's, if it checks.
    pub(super) fn change(&mut self, project: Project) -> Reply {
        let facts = project.facts(&self.ask());
        let reply = self.found(String::new(), facts);
        if reply.outcome == Outcome::Done {
            self.told.extend(reply.mistakes.iter().map(known));
            self.project = Arc::new(project);
        }
        reply
    }

    /// Takes a declaration.
    pub(super) fn declare(&mut self, text: &str) -> Reply {
        self.change(self.project.with(text))
    }

    /// Computes an expression.
    pub(super) fn question(&self, text: &str, style: Style) -> Reply {
        let mut facts = self.facts(&[text.to_owned()]);
        let evaluations: Vec<Evaluation> = facts.evaluate().unwrap_or_default();
        let out = export::answer::evaluations(&evaluations, style);
        self.found(out, facts)
    }
}

fn known(mistake: &Diagnostic) -> (Code, String) {
    debug_assert!(mistake.severity == Severity::Warning || mistake.severity == Severity::Error, "there is nothing else");
    (mistake.code, mistake.message.clone())
}
