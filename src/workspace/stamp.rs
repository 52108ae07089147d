//! Stamps: what tells that the files of models have changed since they were read.

use super::files::Disk;
use super::load::load;
use std::fs;
use std::time::SystemTime;

/// The files of some models as they stand on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    mains: Vec<String>,
    /// By the name a reader knows each by; none for one that is not there.
    files: Vec<(String, Option<(SystemTime, u64)>)>,
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
                files.push((name.clone(), about(name)));
            }
        }
        files.sort();
        files.dedup();
        Self { mains: mains.to_vec(), files, complete }
    }

    /// Whether any of them has changed, gone, or come.
    #[must_use]
    pub fn has_changed(&self) -> bool {
        let changed = self.files.iter().any(|(name, known)| about(name) != *known);
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
        let away = |name: &String| self.files.iter().any(|(known, about)| known == name && about.is_none());
        let main = |name: &String| if away(name) { format!("for {name} to come back") } else { name.clone() };
        let mains = self.mains.iter().map(main).collect::<Vec<_>>().join(", ");
        match self.files.len().saturating_sub(self.mains.len()) {
            0 => mains,
            1 => format!("{mains} and 1 imported file"),
            more => format!("{mains} and {more} imported files"),
        }
    }
}

fn about(name: &str) -> Option<(SystemTime, u64)> {
    let about = fs::metadata(name).ok()?;
    Some((about.modified().ok()?, about.len()))
}
