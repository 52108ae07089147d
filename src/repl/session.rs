//! Session: the list of accepted entries over a file. An entry joins if the whole still checks; undo drops one.

use super::outcome::{Outcome, Reply};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::export::plot::Colour;
use crate::report::{Evaluation, Requirement};
use crate::run::Watch;
use crate::workspace::{Ask, Disk, Facts, Memory, Project, Samples, Since};
use foldhash::HashSet;
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

/// Whether something is told or done beside the answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switch {
    /// It is.
    On,
    /// It is not.
    Off,
}

/// A session. What is done to it is done to a copy, so that what fails or is stopped changes nothing.
#[derive(Clone, Debug)]
pub struct Session {
    pub(super) project: Arc<Project>,
    /// The file that was loaded.
    pub(super) file: Option<String>,
    pub(super) scenario: Option<String>,
    pub(super) samples: Option<Samples>,
    pub(super) manner: Manner,
    /// Whether drawings and what is typed are coloured.
    pub(super) colour: Colour,
    pub(super) watch: &'static dyn Watch,
    /// Whether the file is read again as soon as it changes.
    pub(super) watches: Switch,
    /// Whether the time of each answer is told.
    pub(super) times: Switch,
    /// Whether a value is shown while its expression is typed.
    pub(super) previews: Switch,
    /// The file that is known to be gone.
    gone: Option<String>,
    /// Warnings that have been told.
    told: HashSet<(Code, String)>,
}

impl Session {
    /// A session over an empty model.
    #[must_use]
    pub fn empty(manner: Manner, colour: Colour, watch: &'static dyn Watch) -> Self {
        Self {
            project: Arc::new(Project::read(&Memory::new([(UNNAMED, EMPTY.as_bytes())]))),
            file: None,
            scenario: None,
            samples: None,
            manner,
            colour,
            watch,
            watches: Switch::Off,
            times: Switch::Off,
            previews: Switch::On,
            gone: None,
            told: HashSet::default(),
        }
    }

    /// Begins anew with a file; stays as it was where the file has errors.
    pub fn load(&mut self, file: &str) -> Reply {
        let project = Project::read(&Disk::of(file));
        let facts = project.facts(&Ask { watch: Some(self.watch), ..Ask::default() });
        let reply = Reply::found(String::new(), facts, |_| true);
        if reply.outcome == Outcome::Done {
            self.told = reply.mistakes.iter().map(known).collect();
            self.project = Arc::new(project);
            self.file = Some(file.to_owned());
            (self.scenario, self.gone) = (None, None);
        }
        reply
    }

    /// Reads the file again under the entries; stays as it was where the whole does not check.
    pub(super) fn reload(&mut self, file: &str) -> Reply {
        self.told.clear();
        let reply = self.change(self.project.again(&Disk::of(file)));
        if reply.outcome == Outcome::Done {
            self.gone = None;
        }
        reply
    }

    /// Looks after a file that is watched; none where nothing has happened to it.
    pub fn look(&mut self) -> Option<Reply> {
        let file = self.file.clone().filter(|_| self.watches == Switch::On)?;
        match self.project.since() {
            Since::Same => {
                self.gone = None;
                None
            }
            Since::Gone(name) => {
                let news = self.gone.as_ref() != Some(&name);
                self.gone = Some(name.clone());
                let remark = format!("`{name}` is gone; the session goes on with what was read\n");
                news.then(|| Reply { remark, ..Reply::default() })
            }
            Since::Changed => {
                let mut reply = self.reload(&file);
                let done = reply.outcome == Outcome::Done;
                reply.remark = if done { format!("`{file}` has changed: read again\n") } else { format!("`{file}` has changed; the session stays as it was\n") };
                if !done {
                    // It is told once, not again and again until it is mended.
                    self.project = Arc::new(self.project.seen());
                }
                Some(reply)
            }
        }
    }

    /// What is asked of the model as the session stands.
    pub(super) fn ask(&self) -> Ask<'_> {
        Ask { scenario: self.scenario.as_deref(), samples: self.samples, watch: Some(self.watch), ..Ask::default() }
    }

    /// The facts about the model as the session stands, with questions.
    pub(super) fn facts(&self, queries: &[String]) -> Facts {
        self.project.facts(&Ask { queries, ..self.ask() })
    }

    /// What was found, without the warnings that have been told.
    pub(super) fn found(&self, out: String, facts: Facts) -> Reply {
        Reply::found(out, facts, |mistake| !self.has_told(mistake))
    }

    /// Whether it is a warning of the model that has been told.
    pub(super) fn has_told(&self, mistake: &Diagnostic) -> bool {
        mistake.severity == Severity::Warning && self.told.contains(&known(mistake))
    }

    /// Puts another project in place of the session's, if it checks.
    pub(super) fn change(&mut self, project: Project) -> Reply {
        self.change_saying(project, |_| String::new())
    }

    /// The same; where it checks, something is said of it.
    pub(super) fn change_saying(&mut self, project: Project, say: impl FnOnce(&Facts) -> String) -> Reply {
        let facts = project.facts(&self.ask());
        let out = if self.manner == Manner::Talk && facts.model().is_some() { say(&facts) } else { String::new() };
        let project = project.checked(&facts);
        let reply = self.found(out, facts);
        if reply.outcome == Outcome::Done {
            self.told.extend(reply.mistakes.iter().map(known));
            self.project = Arc::new(project);
        }
        reply
    }

    /// The value of an expression under what-ifs that change no more than numbers; none where it takes a look at the whole.
    pub(super) fn retry(&self, query: &str) -> Option<Evaluation> {
        self.project.retry(&Ask { queries: &[query.to_owned()], ..self.ask() })?.into_iter().next()
    }

    /// Computes expressions; what was found with them is in the facts.
    pub(super) fn evaluate(&self, queries: &[String]) -> (Vec<Evaluation>, Facts) {
        let mut facts = self.facts(queries);
        (facts.evaluate().unwrap_or_default(), facts)
    }

    /// What became of the requirements of the last entry; what was found with them is in the facts.
    pub(super) fn required(&self) -> (Vec<Requirement>, Facts) {
        let mut facts = self.facts(&[]);
        let entry = self.project.last_entry();
        (entry.and_then(|file| facts.required(file)).unwrap_or_default(), facts)
    }

    /// What stands before the place where entries are typed.
    #[must_use]
    pub fn prompt(&self) -> String {
        let scenario = self.scenario.as_ref().map_or_else(String::new, |name| format!(" {name}"));
        let whats = self.project.whats().len();
        let over = if whats > 0 { format!(" +{whats}") } else { String::new() };
        format!("biz{scenario}{over}> ")
    }

    /// Whether answers are told without samples of each value.
    pub(super) fn draws_none(&self) -> bool {
        self.samples.is_none()
    }

    /// Whether the time of each answer is told.
    #[must_use]
    pub fn times(&self) -> Switch {
        self.times
    }
}

fn known(mistake: &Diagnostic) -> (Code, String) {
    (mistake.code, mistake.message.clone())
}
