//! Project: the files of a model, read once, with entries over them. What a session asks again and again.

use super::entries::{self, Unwritten};
use super::facts::Facts;
use super::files::{Files, Mark, mark};
use super::load::{Loaded, load};
use super::shelf::PRELUDE;
use super::Ask;
use crate::syntax::ast;
use crate::text::Source;
use std::sync::Arc;

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
}

impl Project {
    /// Reads the files of a model.
    #[must_use]
    pub fn read(files: &dyn Files) -> Self {
        Self::of(load(files, PRELUDE.len() as u32), Vec::new(), Vec::new())
    }

    fn of(files: Loaded, entries: Vec<String>, whats: Vec<String>) -> Self {
        let whole = entries::over(&files, &entries, &whats);
        let marks = files.sources.iter().map(|source| (source.name.clone(), mark(&source.name))).collect();
        Self { files: Arc::new(files), marks, entries, whats, whole }
    }

    /// Other entries and what-ifs over the same files.
    #[must_use]
    pub fn over(&self, entries: Vec<String>, whats: Vec<String>) -> Self {
        let whole = entries::over(&self.files, &entries, &whats);
        Self { files: Arc::clone(&self.files), marks: self.marks.clone(), entries, whats, whole }
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
