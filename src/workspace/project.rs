//! Project: the files of a model, read once, with entries over them. What a session asks again and again.

use super::entries::{self, Unwritten};
use super::facts::Facts;
use super::files::Files;
use super::load::{Loaded, load};
use super::shelf::PRELUDE;
use super::Ask;

/// The files of a model as they were read, and what was entered since.
#[derive(Clone, Debug)]
pub struct Project {
    /// As they were read.
    files: Loaded,
    /// What was entered, in its order.
    entries: Vec<String>,
    /// The files with the entries over them.
    whole: Loaded,
}

impl Project {
    /// Reads the files of a model.
    #[must_use]
    pub fn read(files: &dyn Files) -> Self {
        Self::of(load(files, PRELUDE.len() as u32), Vec::new())
    }

    fn of(files: Loaded, entries: Vec<String>) -> Self {
        let whole = entries::over(&files, &entries);
        Self { files, entries, whole }
    }

    /// The same files with one entry more.
    #[must_use]
    pub fn with(&self, entry: &str) -> Self {
        let entries = self.entries.iter().cloned().chain([entry.to_owned()]).collect();
        Self::of(self.files.clone(), entries)
    }

    /// The same files with the first entries alone.
    #[must_use]
    pub fn with_first(&self, count: usize) -> Self {
        Self::of(self.files.clone(), self.entries.iter().take(count).cloned().collect())
    }

    /// The same entries over files that were read anew.
    #[must_use]
    pub fn again(&self, files: &dyn Files) -> Self {
        Self::of(load(files, PRELUDE.len() as u32), self.entries.clone())
    }

    /// What was entered, in its order.
    #[must_use]
    pub fn entries(&self) -> &[String] {
        &self.entries
    }

    /// The text of the main file as it was read.
    #[must_use]
    pub fn text(&self) -> &str {
        self.files.sources.first().map_or("", |source| source.text.as_str())
    }

    /// The facts about the model with all that was entered.
    #[must_use]
    pub fn facts(&self, ask: &Ask<'_>) -> Facts {
        Facts::of(self.whole.clone(), ask)
    }

    /// The text of the main file with the entries written into it.
    ///
    /// # Errors
    /// If one of them takes the place of what an imported file declares.
    pub fn written(&self) -> Result<String, Unwritten> {
        entries::written(&self.files, &self.entries)
    }
}
