//! Stamps: what tells that the files of models have changed since they were read.

use super::files::{Disk, Mark, mark};
use super::load::load;

/// The files of some models as they stand on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    mains: Vec<String>,
    /// By the name a reader knows each by.
    files: Vec<(String, Mark)>,
    /// Whether all could be taken in that the models name.
    complete: bool,
}

impl Stamp {
    /// The main files, and what they import.
    #[must_use]
    pub fn of(mains: &[String]) -> Self {
        let (mut files, mut complete) = (Vec::new(), true);
        for main in mains {
            let loaded = load(&Disk::of(main), 0);
            complete &= !loaded.incomplete;
            let imports = loaded.sources.iter().map(|source| &source.name).filter(|name| *name != main);
            for name in [main].into_iter().chain(imports) {
                files.push((name.clone(), mark(name)));
            }
        }
        files.sort();
        files.dedup();
        Self { mains: mains.to_vec(), files, complete }
    }

    /// Whether any of them has changed, gone, or come.
    #[must_use]
    pub fn has_changed(&self) -> bool {
        let changed = self.files.iter().any(|(name, known)| mark(name) != *known);
        // What is missing has no place yet that could be looked at.
        changed || !self.complete && Self::of(&self.mains) != *self
    }

    /// Whether nothing is missing.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.complete
    }

    /// `plan.biz and 2 files that it imports`
    #[must_use]
    pub fn told(&self) -> String {
        let away = |name: &String| self.files.iter().any(|(known, mark)| known == name && *mark == Mark::Missing);
        let main = |name: &String| if away(name) { format!("for {name} to come back") } else { name.clone() };
        let mains = self.mains.iter().map(main).collect::<Vec<_>>().join(", ");
        match self.files.len().saturating_sub(self.mains.len()) {
            0 => mains,
            1 => format!("{mains} and 1 imported file"),
            more => format!("{mains} and {more} imported files"),
        }
    }
}
