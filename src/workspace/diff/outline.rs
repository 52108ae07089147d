//! Outlines: a model as named pieces of text, whatever files they stand in and however they are laid out.

use super::same::canonical;
use crate::report::on_one_line;
use crate::syntax::ast::{self, Node};
use crate::text::{Location, Source, Span};
use crate::workspace::load::Loaded;

/// A declaration, or a line of one.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// By which it is found again: `instance market smb`; pieces without a name are numbered.
    pub key: String,
    /// What it is: `definition`.
    pub what: &'static str,
    /// Whether it can move a figure.
    pub effect: Effect,
    /// What it is called: `smb.size`.
    pub name: String,
    /// The names it gives.
    pub gives: Vec<String>,
    /// What it says, apart from layout and comments; of a block, what its head says.
    pub says: String,
    /// What it says with all of its lines.
    pub whole: String,
    /// As written.
    pub text: String,
    /// The lines of a block; none for what is taken whole.
    pub lines: Option<Vec<Entry>>,
    pub at: Location,
}

/// Whether a declaration can move a figure of the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    Moves,
    Idle,
}

/// The pieces of a model, imports put in.
pub(super) fn outline(loaded: &Loaded) -> Vec<Entry> {
    let mut entries = Vec::new();
    for file in &loaded.files {
        let Some(source) = loaded.sources.iter().find(|source| source.id == file.id) else { continue };
        let outline = Outline { file, source };
        entries.extend(outline.entries(&file.items, &Above { before: String::new(), effect: Effect::Moves, what: "definition" }));
    }
    entries
}

struct Outline<'a> {
    file: &'a ast::File,
    source: &'a Source,
}

/// What a line stands in.
struct Above {
    /// `smb.`
    before: String,
    effect: Effect,
    what: &'static str,
}

impl Outline<'_> {
    fn entries(&self, items: &[ast::Item], above: &Above) -> Vec<Entry> {
        items.iter().filter_map(|item| self.entry(item, above)).collect()
    }

    fn entry(&self, item: &ast::Item, above: &Above) -> Option<Entry> {
        let says = canonical(self.file, &item.node);
        let named = |what: &'static str, effect: Effect, key: String, gives: Vec<String>| Entry {
            key: format!("{what} {key}"),
            what,
            effect,
            name: format!("{}{key}", above.before),
            gives,
            says: says.clone(),
            whole: says.clone(),
            text: self.source.slice(item.span).to_owned(),
            lines: None,
            at: Location::new(self.file.id, item.span),
        };
        let unnamed = |what: &'static str, effect| Entry { key: says.clone(), name: self.line(item.span), ..named(what, effect, String::new(), Vec::new()) };
        Some(match &item.node {
            Node::Import(_) | Node::Broken => return None,
            Node::Model(model) => {
                let entry = named("settings", Effect::Moves, "model".to_owned(), Vec::new());
                let named = model.name.as_ref().map(|name| &name.text);
                let head = format!("{named:?}{:?}", model.title.as_ref().map(|title| &title.text));
                let above = Above { before: String::new(), effect: Effect::Moves, what: "setting" };
                self.block(entry, head, &model.settings, &above)
            }
            Node::Unit { name, plural } => {
                let gives = [name].into_iter().chain(plural).map(|name| name.text.clone()).collect();
                named("unit", Effect::Moves, name.text.clone(), gives)
            }
            Node::Currency(names) => {
                let gives: Vec<String> = names.iter().map(|name| name.text.clone()).collect();
                named("currency", Effect::Moves, gives.join(", "), gives)
            }
            Node::Rate { currency, .. } => named("rate", Effect::Moves, currency.text.clone(), Vec::new()),
            Node::Kind(kind) => {
                let entry = named("kind", Effect::Moves, kind.name.text.clone(), vec![kind.name.text.clone()]);
                let head = format!("{:?}", kind.is.as_ref().map(|is| &is.text));
                self.block(entry, head, &kind.members, &Above { before: format!("{}.", kind.name.text), effect: Effect::Moves, what: "definition" })
            }
            Node::Instance(instance) => self.instance(instance, above, &named),
            Node::Definition(definition) => {
                let path = definition.path.text();
                let gives = definition.path.names.last().map(|name| name.text.clone()).into_iter().collect();
                named(above.what, above.effect, path, gives)
            }
            Node::Function(function) => named("function", Effect::Moves, function.name.text.clone(), vec![function.name.text.clone()]),
            // One with another bound is the same requirement.
            Node::Require(_) => {
                let line = self.line(item.span);
                let compared = line.split(['<', '>', '=', '!']).next().unwrap_or_default().trim().to_owned();
                Entry { key: format!("requirement {compared}"), ..unnamed("requirement", Effect::Idle) }
            }
            Node::Scenario(scenario) => {
                let name = &scenario.name.text;
                let entry = named("scenario", Effect::Idle, name.clone(), vec![name.clone()]);
                let title = scenario.title.as_ref().map(|title| &title.text);
                let head = format!("{title:?}{:?}", scenario.extends.as_ref().map(|extends| &extends.text));
                self.block(entry, head, &scenario.replacements, &Above { before: format!("{name}: "), effect: Effect::Idle, what: "replacement" })
            }
            Node::Test(_) => unnamed("test", Effect::Idle),
            Node::Correlate { names, .. } => {
                let names: Vec<String> = names.iter().map(ast::Path::text).collect();
                named("correlation", Effect::Moves, names.join(", "), Vec::new())
            }
            Node::Statement(statement) => {
                let title = statement.title.as_ref().map(|title| title.text.clone()).unwrap_or_default();
                named("statement", Effect::Idle, title, Vec::new())
            }
            Node::Goal(goal) => named("goal", Effect::Idle, goal.name.text.clone(), vec![goal.name.text.clone()]),
        })
    }

    fn instance(
        &self,
        instance: &ast::Instance,
        above: &Above,
        named: &dyn Fn(&'static str, Effect, String, Vec<String>) -> Entry,
    ) -> Entry {
        let kind = &instance.kind.text;
        let name = instance.name.as_ref().map(|name| name.text.clone());
        let called = name.clone().unwrap_or_else(|| kind.clone());
        let mut entry = named("instance", above.effect, called.clone(), name.iter().cloned().collect());
        entry.key = format!("instance {kind} {}", name.unwrap_or_default());
        let title = instance.title.as_ref().map(|title| &title.text);
        // Where the order of what is nested means something, another order is another block.
        let nested = instance.members.iter().filter_map(|member| match &member.node {
            Node::Instance(inner) => inner.name.as_ref().map(|name| name.text.clone()),
            Node::Definition(_) | Node::Require(_) | Node::Broken | Node::Model(_) | Node::Unit { .. } | Node::Currency(_) => None,
            Node::Rate { .. } | Node::Import(_) | Node::Kind(_) | Node::Function(_) | Node::Scenario(_) | Node::Test(_) => None,
            Node::Correlate { .. } | Node::Statement(_) | Node::Goal(_) => None,
        });
        let head = format!("{title:?}{:?}", nested.collect::<Vec<String>>());
        self.block(entry, head, &instance.members, &Above { before: format!("{}{called}.", above.before), effect: above.effect, what: "definition" })
    }

    fn block(&self, entry: Entry, head: String, items: &[ast::Item], above: &Above) -> Entry {
        if opening(&entry.text).is_none() {
            return entry;
        }
        Entry { says: head, lines: Some(self.entries(items, above)), ..entry }
    }

    fn line(&self, span: Span) -> String {
        on_one_line(self.source.slice(span))
    }
}

/// Where the block of a declaration opens: the first brace outside of quotes.
pub(super) fn opening(text: &str) -> Option<usize> {
    let (mut quoted, mut escaped) = (false, false);
    for (at, letter) in text.char_indices() {
        match letter {
            '"' if !escaped => quoted = !quoted,
            '{' if !quoted => return Some(at),
            _ => {}
        }
        escaped = quoted && letter == '\\' && !escaped;
    }
    None
}
