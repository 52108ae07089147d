//! Entries: declarations over the files of a model; what is declared later takes the place of what was declared before.

use super::load::Loaded;
use super::shelf::PRELUDE;
use crate::syntax::ast::{self, Node};
use crate::syntax::{Fragment, Parsed, Typed, parse, replacement, typed};
use crate::text::{FileId, Source};

/// What a declaration is known by: a later one that is known by the same takes its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Model,
    /// A definition or an instance.
    Value(String),
    Unit(String),
    Rate(String),
    Kind(String),
    Function(String),
    Scenario(String),
    Goal(String),
    Statement(String),
    Test(String),
    Correlation(Vec<String>),
}

/// What a declaration is known by, if by anything.
pub(super) fn key(node: &Node) -> Option<Key> {
    let title = |text: &Option<ast::Text>| text.as_ref().map(|text| text.text.clone());
    match node {
        Node::Model(_) => Some(Key::Model),
        Node::Definition(definition) => Some(Key::Value(definition.path.text())),
        Node::Instance(instance) => instance.name.as_ref().map(|name| Key::Value(name.text.clone())),
        Node::Unit { name, .. } => Some(Key::Unit(name.text.clone())),
        Node::Rate { currency, .. } => Some(Key::Rate(currency.text.clone())),
        Node::Kind(kind) => Some(Key::Kind(kind.name.text.clone())),
        Node::Function(function) => Some(Key::Function(function.name.text.clone())),
        Node::Scenario(scenario) => Some(Key::Scenario(scenario.name.text.clone())),
        Node::Goal(goal) => Some(Key::Goal(goal.name.text.clone())),
        Node::Statement(statement) => title(&statement.title).map(Key::Statement),
        Node::Test(test) => title(&test.title).map(Key::Test),
        Node::Correlate { names, .. } => {
            let mut names: Vec<String> = names.iter().map(ast::Path::text).collect();
            names.sort();
            Some(Key::Correlation(names))
        }
        Node::Currency(_) | Node::Import(_) | Node::Require(_) | Node::Broken => None,
    }
}

/// The files with entries over them, each a text of its own, and what-ifs over those. What is wrong with any is among the
/// mistakes.
pub(super) fn over(files: &Loaded, entries: &[String], whats: &[String]) -> Loaded {
    let mut whole = files.clone();
    for (at, text) in entries.iter().enumerate() {
        let source = whole.next(&format!("<entry {}>", at + 1), text);
        match typed(&source) {
            Typed::Declarations(Parsed { file, mistakes, .. }) => {
                for key in file.items.iter().filter_map(|item| key(&item.node)) {
                    whole.leave_out(&key);
                }
                whole.mistakes.extend(mistakes);
                whole.files.push(file);
            }
            Typed::Replacement(Fragment { file, node, mistakes }) => {
                whole.mistakes.extend(mistakes);
                whole.sets.extend(node.map(|definition| (file, definition)));
            }
            // What is asked declares nothing.
            Typed::Question(Fragment { mistakes, .. }) => whole.mistakes.extend(mistakes),
        }
        whole.sources.push(source);
    }
    for text in whats {
        let source = whole.next("<what-if>", text);
        let Fragment { file, node, mistakes } = replacement(&source);
        whole.mistakes.extend(mistakes);
        whole.sets.extend(node.map(|definition| (file, definition)));
        whole.sources.push(source);
    }
    whole
}

/// What a what-if replaces, if it can be read.
#[must_use]
pub fn replaced_by(what: &str) -> Option<String> {
    replacement(&Source::new(FileId(0), "<what-if>", what)).node.map(|definition| definition.path.text())
}

impl Loaded {
    /// A text as the next of the sources.
    fn next(&self, name: &str, text: &str) -> Source {
        Source::new(FileId((PRELUDE.len() + self.sources.len()) as u32), name, text)
    }

    /// Leaves out what an entry takes the place of, with all that was put in place of its parts.
    fn leave_out(&mut self, known: &Key) {
        for file in &mut self.files {
            file.items.retain(|item| key(&item.node).as_ref() != Some(known));
        }
        if let Key::Value(name) = known {
            self.sets.retain(|(_, definition)| definition.path.names.first().is_none_or(|first| first.text != *name));
        }
    }
}

/// Why a session can't be written into one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unwritten {
    /// An imported file declares what an entry takes the place of.
    Elsewhere(String),
}

/// The main file with the entries written into it: each where what it takes the place of stood, else at the end.
pub(super) fn written(files: &Loaded, entries: &[String]) -> Result<String, Unwritten> {
    let mut text = files.sources.first().map_or_else(String::new, |source| source.text.clone());
    for entry in entries {
        let source = Source::new(FileId(0), "<entry>", entry);
        match typed(&source) {
            Typed::Declarations(Parsed { file, .. }) => {
                for (at, item) in file.items.iter().enumerate() {
                    let end = file.items.get(at + 1).map_or(entry.len(), start);
                    let own = entry.get(if at == 0 { 0 } else { start(item) }..end).unwrap_or_default().trim();
                    text = put(files, &text, own, item)?;
                }
            }
            Typed::Replacement(Fragment { node, .. }) => {
                if let Some(definition) = node {
                    text = put_in(&text, entry.trim(), &definition)?;
                }
            }
            Typed::Question(_) => {}
        }
    }
    Ok(text)
}

/// Where a declaration begins, with the comment that explains it.
fn start(item: &ast::Item) -> usize {
    let doc = item.doc.as_ref().map(|doc| doc.span.start).filter(|doc| *doc < item.span.start);
    doc.unwrap_or(item.span.start) as usize
}

/// One declaration in place of the one it is known like, else at the end.
fn put(files: &Loaded, text: &str, own: &str, item: &ast::Item) -> Result<String, Unwritten> {
    let file = parse(&Source::new(FileId(0), "", text)).file;
    let known = key(&item.node);
    let same = |other: &&ast::Item| known.is_some() && key(&other.node) == known;
    if let Some(other) = file.items.iter().find(same) {
        // A comment that explains the old stays with the new, unless that brings one.
        let from = if item.doc.is_some() { start(other) } else { other.span.start as usize };
        return Ok(replaced(text, from..other.span.end as usize, own));
    }
    let imported = files.files.iter().skip(1).flat_map(|file| &file.items).find(same);
    match (imported, known) {
        (Some(_), Some(known)) => Err(Unwritten::Elsewhere(known.told())),
        _ => Ok(format!("{}{own}\n", if text.is_empty() || text.ends_with('\n') { text.to_owned() } else { format!("{text}\n") })),
    }
}

/// A definition of an instance, in its block.
fn put_in(text: &str, own: &str, definition: &ast::Definition) -> Result<String, Unwritten> {
    let file = parse(&Source::new(FileId(0), "", text)).file;
    let elsewhere = || Unwritten::Elsewhere(definition.path.text());
    let (last, above) = definition.path.names.split_last().ok_or_else(elsewhere)?;
    let mut items = file.items.as_slice();
    let mut block = None;
    for name in above {
        let named = |item: &&ast::Item| matches!(&item.node, Node::Instance(one) if one.name.as_ref().is_some_and(|own| own.text == name.text));
        let item = items.iter().find(named).ok_or_else(elsewhere)?;
        if let Node::Instance(instance) = &item.node {
            items = &instance.members;
        }
        block = Some(item.span);
    }
    let inner = own.get(last.span.start as usize..).unwrap_or(own);
    let is_it = |item: &&ast::Item| item.node.definition().is_some_and(|one| one.path.text() == last.text);
    if let Some(item) = items.iter().find(is_it) {
        return Ok(replaced(text, item.span.range(), inner));
    }
    let brace = block.map_or(text.len(), |block| block.end.saturating_sub(1) as usize);
    let before = text.get(..brace).unwrap_or(text);
    // A brace on a line of its own stays on one.
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let indent = text.get(line..brace).filter(|lead| lead.trim().is_empty());
    Ok(match indent {
        Some(indent) => replaced(text, line..line, &format!("{indent}  {inner}\n")),
        None => replaced(text, before.trim_end().len()..brace, &format!(", {inner} ")),
    })
}

fn replaced(text: &str, range: std::ops::Range<usize>, by: &str) -> String {
    let (before, behind) = (text.get(..range.start).unwrap_or(text), text.get(range.end..).unwrap_or_default());
    format!("{before}{by}{behind}")
}

impl Key {
    /// As a reader knows it.
    fn told(&self) -> String {
        match self {
            Self::Model => "model".to_owned(),
            Self::Value(name)
            | Self::Unit(name)
            | Self::Rate(name)
            | Self::Kind(name)
            | Self::Function(name)
            | Self::Scenario(name)
            | Self::Goal(name)
            | Self::Statement(name)
            | Self::Test(name) => name.clone(),
            Self::Correlation(names) => names.join(", "),
        }
    }
}
