//! What tests of several rooms share: a text, parsed and checked with the prelude.

pub mod room;

use biz::check::model::Model;
use biz::check::{Asked, check};
use biz::diagnostic::{Diagnostic, Style, render};
use biz::syntax::{self, ast};
use biz::text::{FileId, Source};
use biz::workspace::{Ask, Facts, Lint, Memory};
use std::path::{Path, PathBuf};

/// A text after parsing and checking.
pub struct Read {
    /// The prelude's sources, then the text's.
    pub sources: Vec<Source>,
    /// The model, where there is no error.
    pub model: Option<Model>,
    /// Everything that is wrong, by place.
    pub mistakes: Vec<Diagnostic>,
}

impl Read {
    /// The drawing of every mistake, 80 columns wide.
    pub fn drawing(&self) -> String {
        render::human(&self.mistakes, &self.sources, Style::default())
    }
}

/// Parses and checks a text as `plan.biz`.
pub fn read(text: &str) -> Read {
    let mut sources: Vec<Source> = biz::prelude::texts()
        .iter()
        .enumerate()
        .map(|(at, (name, text))| Source::new(FileId(at as u32), *name, *text))
        .collect();
    let prelude: Vec<ast::File> = sources.iter().map(|source| syntax::parse(source).file).collect();
    let source = Source::new(FileId(sources.len() as u32), "plan.biz", text);
    let parsed = syntax::parse(&source);
    sources.push(source);
    let mut mistakes = parsed.mistakes;
    let files = [parsed.file];
    let checked = check(&Asked { prelude: &prelude.iter().collect::<Vec<_>>(), files: &files, sets: &[], queries: &[] });
    mistakes.extend(checked.mistakes);
    mistakes.sort_by_key(|mistake| (mistake.place().file, mistake.place().span.start));
    let clean = mistakes.iter().all(|mistake| mistake.severity == biz::diagnostic::Severity::Warning);
    Read { sources, model: checked.model.filter(|_| clean), mistakes }
}

/// Files of a folder below the repository's root, by name.
pub fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut found: Vec<PathBuf> = std::fs::read_dir(&folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("it can be listed").path())
        .filter(|path| path.extension().is_some_and(|known| known == extension))
        .collect();
    found.sort();
    found
}

/// The block of an explanation that is marked `biz bad` or `biz good`.
pub fn example<'t>(text: &'t str, mark: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(&format!("\n```biz {mark}\n"))?;
    rest.split_once("```").map(|(block, _)| block)
}

/// Reads a text as `plan.biz` as `biz check` does, with what these lints find.
pub fn linted(text: &str, lints: &[Lint]) -> Read {
    let facts = Facts::open(&Memory::new([("plan.biz", text.as_bytes())]), &Ask { lints, ..Ask::default() });
    Read { sources: facts.sources, model: None, mistakes: facts.mistakes }
}
