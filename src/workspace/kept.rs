//! Kept: the files that a model was read from, so that it can be read again elsewhere.

use super::files::{Files, Unreadable};
use crate::run::record::{Reader, Writer};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// Files as they were read once.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Kept {
    main: String,
    /// The bytes by path.
    texts: BTreeMap<String, Vec<u8>>,
    /// The path that each path led to.
    found: BTreeMap<String, String>,
    /// The names a reader knows the files by.
    names: BTreeMap<String, String>,
}

impl Kept {
    /// The files themselves, whatever folder they lay in.
    pub fn write(&self, to: &mut Writer) {
        let texts: Vec<(&String, &Vec<u8>)> = self.texts.iter().collect();
        let found: Vec<(&String, &String)> = self.found.iter().collect();
        to.text(&self.main);
        to.list(&texts, |to, (path, bytes)| {
            to.text(path);
            to.bytes(bytes);
        });
        to.list(&found, |to, (asked, path)| {
            to.text(asked);
            to.text(path);
        });
    }

    pub fn read(from: &mut Reader<'_>) -> Option<Self> {
        let main = from.text()?;
        let texts = from.list(16, |from| Some((from.text()?, from.bytes()?.to_vec())))?.into_iter().collect();
        let found = from.list(16, |from| Some((from.text()?, from.text()?)))?.into_iter().collect();
        Some(Self { main, texts, found, names: BTreeMap::new() })
    }

    /// What they were called where they were read.
    pub fn names(&self) -> Vec<(String, String)> {
        self.names.clone().into_iter().collect()
    }

    /// The same files under other names.
    pub fn named(self, names: Vec<(String, String)>) -> Self {
        Self { names: names.into_iter().collect(), ..self }
    }
}

impl Files for Kept {
    fn main(&self) -> &str {
        &self.main
    }

    fn name(&self, path: &str) -> String {
        self.names.get(path).cloned().unwrap_or_else(|| path.to_owned())
    }

    fn find(&self, path: &str) -> Result<String, Unreadable> {
        self.found.get(path).cloned().ok_or(Unreadable::Missing)
    }

    fn read(&self, path: &str, most: u64) -> Result<Vec<u8>, Unreadable> {
        let bytes = self.texts.get(path).ok_or(Unreadable::Missing)?;
        if bytes.len() as u64 > most { Err(Unreadable::TooLarge) } else { Ok(bytes.clone()) }
    }
}

/// Files that keep what is read from them.
pub(super) struct Keeping<'f> {
    files: &'f dyn Files,
    kept: RefCell<Kept>,
}

impl<'f> Keeping<'f> {
    pub fn new(files: &'f dyn Files) -> Self {
        Self { files, kept: RefCell::new(Kept { main: files.main().to_owned(), ..Kept::default() }) }
    }

    pub fn kept(self) -> Kept {
        self.kept.into_inner()
    }
}

impl Files for Keeping<'_> {
    fn main(&self) -> &str {
        self.files.main()
    }

    fn name(&self, path: &str) -> String {
        let name = self.files.name(path);
        self.kept.borrow_mut().names.insert(path.to_owned(), name.clone());
        name
    }

    fn find(&self, path: &str) -> Result<String, Unreadable> {
        let found = self.files.find(path)?;
        self.kept.borrow_mut().found.insert(path.to_owned(), found.clone());
        Ok(found)
    }

    fn read(&self, path: &str, most: u64) -> Result<Vec<u8>, Unreadable> {
        let bytes = self.files.read(path, most)?;
        self.kept.borrow_mut().texts.insert(path.to_owned(), bytes.clone());
        Ok(bytes)
    }
}
