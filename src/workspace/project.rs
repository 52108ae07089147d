//! Project: the files of a model, read once, with entries over them. What a session asks again and again.

use super::entries::{self, Unwritten, replaced_by};
use super::facts::Facts;
use super::files::{Files, Mark, mark};
use super::load::{Loaded, load};
use super::retried::{Move, Retried};
use super::shelf::PRELUDE;
use super::sampling::Samples;
use super::Ask;
use crate::report::Evaluation;
use crate::syntax::ast;
use crate::text::{FileId, Source};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The files of a model as they were read, what was entered since, and what-ifs over both.
#[derive(Clone, Debug)]
pub struct Project {
    /// As they were read.
    files: Arc<Loaded>,
    /// When and how long each was then.
    marks: Vec<(String, Mark)>,
    /// What was entered, in its order.
    entries: Vec<String>,
    /// Definitions that take the place of others for now.
    whats: Vec<String>,
    /// All of it.
    whole: Loaded,
    /// What the what-ifs move, if they do no more than that; none while that is not known.
    moves: Option<Vec<Move>>,
    /// What was asked last under what-ifs over these files and entries.
    retried: Arc<Mutex<Option<Retried>>>,
}

impl Project {
    /// Reads the files of a model.
    #[must_use]
    pub fn read(files: &dyn Files) -> Self {
        Self::of(load(files, PRELUDE.len() as u32), Vec::new(), Vec::new())
    }

    fn of(files: Loaded, entries: Vec<String>, whats: Vec<String>) -> Self {
        let whole = entries::over(&files, &entries, &whats);
        let moves = whats.is_empty().then(Vec::new);
        let marks = files.sources.iter().map(|source| (source.name.clone(), mark(&source.name))).collect();
        Self { files: Arc::new(files), marks, entries, whats, whole, moves, retried: Arc::default() }
    }

    /// Other entries and what-ifs over the same files.
    #[must_use]
    pub fn over(&self, entries: Vec<String>, whats: Vec<String>) -> Self {
        let whole = entries::over(&self.files, &entries, &whats);
        let moves = whats.is_empty().then(Vec::new);
        let retried = if entries == self.entries { Arc::clone(&self.retried) } else { Arc::default() };
        Self { files: Arc::clone(&self.files), marks: self.marks.clone(), entries, whats, whole, moves, retried }
    }

    /// One entry more.
    #[must_use]
    pub fn with(&self, entry: &str) -> Self {
        self.over(self.entries.iter().cloned().chain([entry.to_owned()]).collect(), self.whats.clone())
    }

    /// The same entries and what-ifs over files that were read anew.
    #[must_use]
    pub fn again(&self, files: &dyn Files) -> Self {
        Self::of(load(files, PRELUDE.len() as u32), self.entries.clone(), self.whats.clone())
    }

    /// What became of the files since they were read, by their names.
    #[must_use]
    pub fn since(&self) -> Since {
        let mut since = Since::Same;
        for (name, before) in &self.marks {
            let now = mark(name);
            if now == Mark::Missing && *before != Mark::Missing {
                return Since::Gone(name.clone());
            }
            if now != *before {
                since = Since::Changed;
            }
        }
        since
    }

    /// The same, with the files as they are now taken for those that were read.
    #[must_use]
    pub fn seen(&self) -> Self {
        let marks = self.marks.iter().map(|(name, _)| (name.clone(), mark(name))).collect();
        Self { marks, ..self.clone() }
    }

    /// What was entered, in its order.
    #[must_use]
    pub fn entries(&self) -> &[String] {
        &self.entries
    }

    /// The text of the last entry among the sources.
    #[must_use]
    pub fn last_entry(&self) -> Option<FileId> {
        let at = self.files.sources.len() + self.entries.len().checked_sub(1)?;
        self.whole.sources.get(at).map(|source| source.id)
    }

    /// The what-ifs, in their order.
    #[must_use]
    pub fn whats(&self) -> &[String] {
        &self.whats
    }

    /// The text of the main file as it was read.
    #[must_use]
    pub fn text(&self) -> &str {
        self.files.sources.first().map_or("", |source| source.text.as_str())
    }

    /// The facts about the model with all that was entered.
    #[must_use]
    pub fn facts(&self, ask: &Ask<'_>) -> Facts {
        Facts::of(&self.whole, ask)
    }

    /// The same, with what is known of its what-ifs now that the whole has been checked.
    #[must_use]
    pub fn checked(self, facts: &Facts) -> Self {
        let of = |what: &String| Move::of(facts.model()?, &replaced_by(what)?);
        let moves = self.whats.iter().map(of).collect();
        Self { moves, ..self }
    }

    /// The answers to the questions under the what-ifs, where all that those do is to give inputs of the model other numbers:
    /// then only what depends on them is computed, and only the first time the whole. None where that can't be done, and for
    /// the model itself unless its columns are at hand.
    #[must_use]
    pub fn retry(&self, ask: &Ask<'_>) -> Option<Vec<Evaluation>> {
        let moves = self.moves.as_ref()?;
        // A scenario may replace what a what-if moves, and samples are played all of them.
        if ask.scenario.is_some() || ask.samples.is_some_and(|samples| samples != Samples::NONE) {
            return None;
        }
        // Who computes holds no lock: he may be given up in the middle of it.
        let known = self.retried().take().filter(|known| known.is_of(ask));
        let base = || Retried::of(self.over(self.entries.clone(), Vec::new()).facts(ask), ask);
        let mut retried = if moves.is_empty() { known? } else { known.or_else(base)? };
        let answers = retried.under(moves, ask);
        *self.retried() = Some(retried);
        answers
    }

    fn retried(&self) -> MutexGuard<'_, Option<Retried>> {
        self.retried.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Every tree with its text: the prelude's, the model's, those of the entries.
    pub fn trees(&self) -> impl Iterator<Item = (&ast::File, &Source)> {
        let prelude = PRELUDE.whole().into_iter().zip(&PRELUDE.sources);
        let source = |file: &ast::File| self.whole.sources.iter().find(|source| source.id == file.id);
        prelude.chain(self.whole.files.iter().filter_map(move |file| Some((file, source(file)?))))
    }

    /// The text of the main file with the entries written into it.
    ///
    /// # Errors
    /// If one of them takes the place of what an imported file declares.
    pub fn written(&self) -> Result<String, Unwritten> {
        entries::written(&self.files, &self.entries)
    }
}

/// What became of files since they were read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Since {
    /// Nothing.
    Same,
    /// One of them is another.
    Changed,
    /// One of them is not there any more.
    Gone(String),
}
