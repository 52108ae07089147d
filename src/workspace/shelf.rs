//! The shelf: the prelude's files, each parsed when the first model needs it.

use crate::prelude;
use crate::syntax::{Glance, ast, glance, parse, words};
use crate::text::{FileId, Source};
use foldhash::{HashMap, HashSet};
use std::sync::{LazyLock, OnceLock};

/// The prelude's texts and trees; its files come first, so that their ids tell them from the model's.
#[derive(Debug)]
pub(super) struct Shelf {
    pub sources: Vec<Source>,
    files: Vec<Shelved>,
    /// The files that declare a name.
    declaring: HashMap<&'static str, Vec<usize>>,
}

#[derive(Debug)]
struct Shelved {
    /// The file without its declarations, for models that need none of them.
    blank: ast::File,
    tree: OnceLock<ast::File>,
    glance: Glance<'static>,
}

/// The prelude.
pub(super) static PRELUDE: LazyLock<Shelf> = LazyLock::new(Shelf::new);

/// The names of the prelude's files that are loaded for a model of this text.
#[must_use]
pub fn needed_files(text: &str) -> Vec<&'static str> {
    let needed = PRELUDE.choose([text]);
    prelude::texts().iter().enumerate().filter(|(at, _)| needed.contains(at)).map(|(_, (name, _))| *name).collect()
}

impl Shelf {
    fn new() -> Self {
        let texts = prelude::texts();
        let named = texts.iter().zip(0..);
        let sources = named.map(|((name, text), id)| Source::new(FileId(id), format!("<{name}>"), *text)).collect();
        let shelved = |((_, text), id): (&(_, &'static str), _)| {
            let blank = ast::File { id: FileId(id), ..ast::File::default() };
            Shelved { blank, tree: OnceLock::new(), glance: glance(text) }
        };
        let files: Vec<Shelved> = texts.iter().zip(0..).map(shelved).collect();
        let mut declaring: HashMap<&'static str, Vec<usize>> = HashMap::default();
        for (at, file) in files.iter().enumerate() {
            for name in file.glance.things.iter().chain(&file.glance.equations) {
                declaring.entry(name).or_default().push(at);
            }
        }
        Self { sources, files, declaring }
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Every file.
    pub fn whole(&self) -> Vec<&ast::File> {
        (0..self.len()).filter_map(|at| self.tree(at)).collect()
    }

    /// Every file that these texts need, and blanks in place of the others.
    pub fn needed<'t>(&self, texts: impl IntoIterator<Item = &'t str>) -> Vec<&ast::File> {
        let needed = self.choose(texts);
        let file = |at| if needed.contains(&at) { self.tree(at) } else { self.files.get(at).map(|file| &file.blank) };
        (0..self.len()).filter_map(file).collect()
    }

    fn tree(&self, at: usize) -> Option<&ast::File> {
        let (file, source) = (self.files.get(at)?, self.sources.get(at)?);
        Some(file.tree.get_or_init(|| parse(source).file))
    }

    /// The files that act unasked, those that declare a word of the texts, and so on with the words of those. A word that
    /// means something else by chance only costs time.
    fn choose<'t>(&self, texts: impl IntoIterator<Item = &'t str>) -> HashSet<usize> {
        let unasked = self.files.iter().enumerate().filter(|(_, file)| file.glance.unasked);
        let mut queue: Vec<usize> = unasked.map(|(at, _)| at).collect();
        queue.extend(texts.into_iter().flat_map(words).flat_map(|word| self.declaring(word)));
        let mut needed = HashSet::default();
        while let Some(at) = queue.pop() {
            if needed.insert(at) {
                queue.extend(self.next(at));
            }
        }
        needed
    }

    fn declaring(&self, word: &str) -> impl Iterator<Item = usize> {
        self.declaring.get(word).into_iter().flatten().copied()
    }

    /// The files that declare a word of a file.
    fn next(&self, at: usize) -> Vec<usize> {
        let Some(file) = self.files.get(at) else { return Vec::new() };
        let Glance { outside, inside, .. } = &file.glance;
        let mut next: Vec<usize> = outside.iter().flat_map(|word| self.declaring(word)).collect();
        let members = self.members(at);
        for word in inside {
            // In a kind a member goes before an equation of the same name.
            let member = members.contains(word);
            let thing = |at: &usize| self.files.get(*at).is_some_and(|file| file.glance.things.contains(word));
            next.extend(self.declaring(word).filter(|at| !member || thing(at)));
        }
        next
    }

    /// The members of a file's kinds, with those of the files whose kinds they are built on.
    fn members(&self, at: usize) -> HashSet<&'static str> {
        let mut members = HashSet::default();
        let (mut queue, mut seen) = (vec![at], HashSet::default());
        while let Some(at) = queue.pop() {
            let Some(file) = self.files.get(at).filter(|_| seen.insert(at)) else { continue };
            members.extend(&file.glance.members);
            queue.extend(file.glance.bases.iter().flat_map(|base| self.declaring(base)));
        }
        members
    }
}
