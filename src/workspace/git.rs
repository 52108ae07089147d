//! Git: the files of a project as they were at a revision, read by the program `git`.

use super::files::{Files, Unreadable};
use super::mistakes;
use crate::diagnostic::Diagnostic;
use std::process::{Command, Stdio};

/// What a name begins with that means a revision: `git:HEAD~1:plan.biz`.
const PREFIX: &str = "git:";

/// A project at a revision. Paths count from the folder that the command runs in, as those of files do.
#[derive(Clone, Debug)]
pub struct Git {
    /// The revision, as git numbers it.
    commit: String,
    /// What stands before a path to name a file: `git:HEAD~1:plans/`.
    before: String,
    /// The folder of the main file, with a `/` at its end; empty for that of the command.
    folder: String,
    main: String,
}

impl Git {
    /// The project of `git:REV:FILE`; none where a name means something else.
    #[must_use]
    pub fn named(name: &str) -> Option<Result<Self, Box<Diagnostic>>> {
        let rest = name.strip_prefix(PREFIX)?;
        Some(match rest.split_once(':').filter(|(revision, file)| !revision.is_empty() && !file.is_empty()) {
            Some((revision, file)) => Self::open(name, revision, file),
            None => Err(Box::new(mistakes::no_revision_named(name))),
        })
    }

    fn open(name: &str, revision: &str, file: &str) -> Result<Self, Box<Diagnostic>> {
        // What begins with a dash would be an option of git.
        let commit = if revision.starts_with('-') { Some(None) } else { asked(&["rev-parse", "--verify", "--quiet", &format!("{revision}^{{commit}}")]) };
        let Some(commit) = commit else { return Err(Box::new(mistakes::no_git(name))) };
        let Some(commit) = commit.and_then(|bytes| String::from_utf8(bytes).ok()) else {
            let inside = asked(&["rev-parse", "--git-dir"]).flatten().is_some();
            return Err(Box::new(if inside { mistakes::unknown_revision(name, revision) } else { mistakes::no_repository(name) }));
        };
        let (folder, main) = match file.rsplit_once('/') {
            Some((folder, main)) => (format!("{folder}/"), main),
            None => (String::new(), file),
        };
        let git = Self { commit: commit.trim().to_owned(), before: format!("{PREFIX}{revision}:{folder}"), folder, main: main.to_owned() };
        if git.sort(main).is_none() {
            return Err(Box::new(mistakes::not_in_revision(name, revision, file)));
        }
        Ok(git)
    }

    fn object(&self, path: &str) -> String {
        format!("{}:./{}{path}", self.commit, self.folder)
    }

    /// `blob` or `tree`; none where there is nothing.
    fn sort(&self, path: &str) -> Option<String> {
        let told = asked(&["cat-file", "-t", &self.object(path)])??;
        Some(String::from_utf8_lossy(&told).trim().to_owned())
    }
}

impl Files for Git {
    fn main(&self) -> &str {
        &self.main
    }

    fn name(&self, path: &str) -> String {
        format!("{}{path}", self.before)
    }

    fn find(&self, path: &str) -> Result<String, Unreadable> {
        self.sort(path).map(|_| path.to_owned()).ok_or(Unreadable::Missing)
    }

    fn read(&self, path: &str, most: u64) -> Result<Vec<u8>, Unreadable> {
        if self.sort(path).ok_or(Unreadable::Missing)? == "tree" {
            return Err(Unreadable::Folder);
        }
        let object = self.object(path);
        let size = asked(&["cat-file", "-s", &object]).flatten().and_then(|size| String::from_utf8_lossy(&size).trim().parse::<u64>().ok());
        if size.ok_or(Unreadable::Missing)? > most {
            return Err(Unreadable::TooLarge);
        }
        asked(&["cat-file", "blob", &object]).flatten().ok_or(Unreadable::Missing)
    }
}

/// What git answers: none where there is no such program, nothing where it refuses.
fn asked(arguments: &[&str]) -> Option<Option<Vec<u8>>> {
    let output = Command::new("git").args(arguments).stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    Some(output.status.success().then_some(output.stdout))
}
