//! Loads: the main file and what it imports, each once, none from outside of the project.

use super::files::{Disk, Files, models_in};
use super::mistakes::{self, MOST_BYTES, MOST_BYTES_TOGETHER, MOST_DEPTH, MOST_FILES};
use crate::diagnostic::Diagnostic;
use crate::syntax::ast::{self, Node};
use crate::syntax::{Comment, Parsed, parse};
use crate::text::{FileId, Location, Source};
use foldhash::HashMap;
use std::path::{Component, Path};

/// The files of a model.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// Their texts: the main file first, then its imports as they are met.
    pub sources: Vec<Source>,
    /// Their trees, of all that could be read as text.
    pub files: Vec<ast::File>,
    /// Definitions that take the place of others: `smb.size = 2M company`.
    pub sets: Vec<(ast::File, ast::Definition)>,
    /// What is wrong with the files and with their syntax.
    pub mistakes: Vec<Diagnostic>,
    /// Whether the main file could not be read.
    pub unreadable: bool,
    /// Whether a file could not be taken in, so that names may be missing.
    pub incomplete: bool,
    /// The comments of each file.
    pub comments: Vec<Vec<Comment>>,
}

/// Reads the main file and everything it imports. Ids begin at `first`.
#[must_use]
pub fn load(files: &dyn Files, first: u32) -> Loaded {
    let mut loading = Loading { files, first, loaded: Loaded::default(), seen: HashMap::default(), open: Vec::new(), bytes: 0 };
    let main = files.main().to_owned();
    let most = loading.most();
    match files.read(&main, most) {
        Ok(bytes) => loading.enter(&main, bytes, None),
        Err(why) => {
            loading.loaded.mistakes.push(mistakes::main_unreadable(&files.name(&main), why, most));
            loading.loaded.unreadable = true;
            loading.loaded.incomplete = true;
        }
    }
    loading.loaded
}

struct Loading<'f> {
    files: &'f dyn Files,
    first: u32,
    loaded: Loaded,
    /// Every file met, by path.
    seen: HashMap<String, FileId>,
    /// The files that are being read, from the main one to the innermost import.
    open: Vec<String>,
    bytes: u64,
}

impl Loading<'_> {
    fn most(&self) -> u64 {
        MOST_BYTES.min(MOST_BYTES_TOGETHER.saturating_sub(self.bytes))
    }

    /// Takes a file in, and then what it imports.
    fn enter(&mut self, path: &str, bytes: Vec<u8>, imported: Option<Location>) {
        let id = FileId(self.first + self.loaded.sources.len() as u32);
        self.seen.insert(path.to_owned(), id);
        self.bytes += bytes.len() as u64;
        let name = self.files.name(path);
        let (text, broken) = decode(bytes);
        let source = Source::new(id, name, text);
        if let Some(at) = broken {
            self.loaded.mistakes.push(mistakes::not_text(&source, at, imported));
            self.loaded.unreadable |= imported.is_none();
            self.loaded.incomplete = true;
            self.loaded.sources.push(source);
            return;
        }
        let Parsed { file, comments, mistakes } = parse(&source);
        self.loaded.comments.push(comments);
        self.loaded.mistakes.extend(mistakes);
        self.loaded.sources.push(source);
        let imports = file.items.iter().filter_map(|item| if let Node::Import(text) = &item.node { Some(text.clone()) } else { None });
        let imports: Vec<ast::Text> = imports.collect();
        self.loaded.files.push(file);
        self.open.push(path.to_owned());
        for import in imports {
            let at = Location::new(id, import.span);
            if let Err(mistake) = self.import(path, &import.text, at) {
                self.loaded.mistakes.push(*mistake);
                self.loaded.incomplete = true;
            }
        }
        self.open.pop();
    }

    fn import(&mut self, importer: &str, written: &str, at: Location) -> Result<(), Box<Diagnostic>> {
        let unreadable = |why, most| Box::new(mistakes::import_unreadable(written, why, most, at));
        let most = self.most();
        let path = resolve(importer, written).ok_or_else(|| Box::new(mistakes::import_outside(written, at)))?;
        let path = self.files.find(&path).map_err(|why| unreadable(why, most))?;
        if let Some(start) = self.open.iter().position(|open| *open == path) {
            let circle = self.open.iter().skip(start).chain([&path]);
            let members: Vec<String> = circle.map(|member| self.files.name(member)).collect();
            return Err(Box::new(mistakes::import_circle(&members, at)));
        }
        if self.seen.contains_key(&path) {
            return Ok(());
        }
        if self.seen.len() >= MOST_FILES {
            return Err(Box::new(mistakes::too_many_files(at)));
        }
        if self.open.len() > MOST_DEPTH {
            return Err(Box::new(mistakes::imports_too_deep(at)));
        }
        let bytes = self.files.read(&path, most).map_err(|why| unreadable(why, most))?;
        self.enter(&path, bytes, Some(at));
        Ok(())
    }
}

/// The path from the root of what a file names; none if it leads out of the root.
fn resolve(importer: &str, written: &str) -> Option<String> {
    let mut names: Vec<&str> = importer.split('/').collect();
    names.pop();
    for part in Path::new(written).components() {
        match part {
            Component::Normal(name) => names.push(name.to_str()?),
            Component::CurDir => {}
            Component::ParentDir => {
                names.pop()?;
            }
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(names.join("/"))
}

/// The text of some bytes, and where they stop being one: at the first that is no UTF-8, or a NUL.
fn decode(bytes: Vec<u8>) -> (String, Option<u32>) {
    let nul = bytes.iter().position(|byte| *byte == 0);
    let (text, invalid) = match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            (String::from_utf8_lossy(error.as_bytes()).into_owned(), Some(at))
        }
    };
    // A byte-order mark is dropped from the source and counts in no place.
    let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let broken = match (nul, invalid) {
        (Some(nul), Some(invalid)) => Some(nul.min(invalid)),
        (one, other) => one.or(other),
    };
    (text, broken.map(|at| at.saturating_sub(mark) as u32))
}

/// One file by itself, without what it imports; `-` is standard input.
#[derive(Clone, Debug)]
pub struct Alone {
    /// Its text as it is stored.
    pub text: String,
    /// The same as it is read.
    pub source: Source,
    /// Its tree, its comments, and what is wrong with its syntax.
    pub parsed: Parsed,
}

/// Reads one file by itself.
///
/// # Errors
/// If it can't be read, or is no text; with the source where there is one to draw.
pub fn alone(name: &str) -> Result<Alone, Box<(Diagnostic, Vec<Source>)>> {
    let disk = Disk::of(name);
    let unreadable = |why| Box::new((mistakes::main_unreadable(&disk.name(disk.main()), why, MOST_BYTES), Vec::new()));
    let bytes = disk.read(disk.main(), MOST_BYTES).map_err(unreadable)?;
    let (text, broken) = decode(bytes);
    let source = Source::new(FileId(0), disk.name(disk.main()), text.as_str());
    if let Some(at) = broken {
        return Err(Box::new((mistakes::not_text(&source, at, None), vec![source])));
    }
    let parsed = parse(&source);
    Ok(Alone { text, source, parsed })
}

/// The models of a folder that declare tests, by name.
#[must_use]
pub fn tested_models(folder: &str) -> Vec<String> {
    let declares_tests = |name: &String| {
        let disk = Disk::of(name);
        let Ok(bytes) = disk.read(disk.main(), MOST_BYTES) else { return false };
        let (text, _) = decode(bytes);
        let items = parse(&Source::new(FileId(0), name, text)).file.items;
        items.iter().any(|item| matches!(item.node, Node::Test(_)))
    };
    models_in(folder).into_iter().filter(declares_tests).collect()
}
