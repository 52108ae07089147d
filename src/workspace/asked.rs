//! Asked: the texts of a command line, read like files of their own, so that mistakes in them have a place.

use super::cost::Limits;
use super::sampling::Samples;
use crate::check::lint::Lint;
use crate::diagnostic::Diagnostic;
use crate::run::Watch;
use crate::syntax::{Fragment, Parsed, ast, expression, parse, replacement};
use crate::text::{FileId, Location, Source, Span};

/// What is asked of a model.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ask<'a> {
    /// The scenario that is computed; none for the model itself.
    pub scenario: Option<&'a str>,
    /// Definitions that replace others: `smb.size=2M company`.
    pub sets: &'a [String],
    /// Expressions asked beside the model.
    pub queries: &'a [String],
    /// What is to be varied and what for, beside the goals of the model.
    pub aims: Option<&'a Aims>,
    /// Names that will be asked for, so that the prelude's are there.
    pub mentions: &'a [String],
    /// The scenarios of which each replacement is wanted alone too; empty for all.
    pub apart: Option<&'a [String]>,
    /// How samples are drawn; as many as are needed where nothing is said.
    pub samples: Option<Samples>,
    /// How much a run may take.
    pub limits: Limits,
    /// The lints that look at the model, if it has no errors; none but where a person or an editor asks for remarks.
    pub lints: &'a [Lint],
    /// Who follows what is done; nobody if none.
    pub watch: Option<&'static dyn Watch>,
}

/// A question about inputs: the lines of goals that the command line asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aims {
    /// `vary price from 20 USD to 80 USD`, one or two.
    pub vary: Vec<AskedLine>,
    /// `vary price from 0 to 5 USD`: how far the values of each lie apart, where that is asked.
    pub steps: Vec<AskedLine>,
    /// `until …`, `maximize …`, `minimize …`.
    pub aims: Vec<AskedLine>,
}

/// A line of a goal, most of it written on the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedLine {
    /// Where it was written: `--vary`, `TARGET`.
    pub option: &'static str,
    /// What belongs before it: `vary `.
    pub before: String,
    /// What was written.
    pub text: String,
    /// What belongs behind it: ` subject to requirements`.
    pub behind: &'static str,
}

impl AskedLine {
    /// A line that ends with what was written.
    #[must_use]
    pub fn new(option: &'static str, before: impl Into<String>, text: impl Into<String>) -> Self {
        Self { option, before: before.into(), text: text.into(), behind: "" }
    }
}

/// The name of a goal of the command line; no name of a model is written so.
pub(super) fn asked_goal(number: usize) -> String {
    format!("asked {number}")
}

/// The name of the goal that holds how far values lie apart.
pub(super) const STEPS: &str = "asked steps";

/// What was asked, as trees.
#[derive(Debug, Default)]
pub(super) struct Asked {
    pub sources: Vec<Source>,
    pub sets: Vec<(ast::File, ast::Definition)>,
    pub queries: Vec<(ast::File, ast::ExprId)>,
    /// A file of goals.
    pub goals: Option<ast::File>,
    pub mistakes: Vec<Diagnostic>,
    /// The lints that are to look at the model.
    pub lints: Vec<Lint>,
    /// What was written of the lines of the goals.
    written: Vec<Written>,
    first: u32,
}

/// What was written of a line of the goals.
#[derive(Debug)]
struct Written {
    /// Where the line ends in the text of the goals.
    end: u32,
    /// What was written of it.
    span: Span,
    /// That by itself.
    source: FileId,
}

impl Asked {
    /// Reads what is asked; ids begin at `first`.
    pub fn read(ask: &Ask<'_>, first: u32) -> Self {
        let mut asked = Self { first, lints: ask.lints.to_vec(), ..Self::default() };
        for text in ask.sets {
            let source = asked.source("--set", text);
            if let Some(set) = asked.take(replacement(&source), source) {
                asked.sets.push(set);
            }
        }
        for text in ask.queries {
            let source = asked.source("<expression>", text);
            if let Some(query) = asked.take(expression(&source), source) {
                asked.queries.push(query);
            }
        }
        if let Some(aims) = ask.aims {
            asked.aims(aims);
        }
        asked
    }

    /// The lines as one goal, which is then made one an aim: so what is wrong with a line is told once.
    fn aims(&mut self, aims: &Aims) {
        let mut text = "goal asked {\n".to_owned();
        let mut spans = Vec::new();
        for line in aims.vary.iter().chain(&aims.steps).chain(&aims.aims) {
            text += &format!("  {}", line.before);
            let start = text.len() as u32;
            text += &line.text;
            spans.push((line, Span::new(start, text.len() as u32)));
            text += &format!("{}\n", line.behind);
        }
        let source = self.source("<asked>", &format!("{text}}}\n"));
        let Parsed { mut file, mistakes, .. } = parse(&source);
        self.sources.push(source);
        for (line, span) in spans {
            let source = self.source(line.option, &line.text);
            self.written.push(Written { end: span.end + line.behind.len() as u32 + 1, span, source: source.id });
            self.sources.push(source);
        }
        self.mistakes.extend(mistakes);
        let items = std::mem::take(&mut file.items);
        for item in items {
            let ast::Node::Goal(goal) = &item.node else { continue };
            let is_vary = |line: &&ast::GoalLine| matches!(line.node, ast::GoalNode::Vary { .. });
            let (varied, wanted): (Vec<ast::GoalLine>, Vec<ast::GoalLine>) = goal.lines.iter().cloned().partition(|line| is_vary(&line));
            let part = if wanted.len() > 1 { ast::Part::Open } else { ast::Part::Wanted };
            let (vary, steps) = varied.split_at(aims.vary.len().min(varied.len()));
            let mut add = |name: String, lines: Vec<ast::GoalLine>| {
                let name = ast::Name { text: name, span: goal.name.span };
                file.items.push(ast::Item { node: ast::Node::Goal(ast::Goal { name, lines, part, ..goal.clone() }), ..item.clone() });
            };
            for (number, aim) in wanted.iter().enumerate() {
                add(asked_goal(number), vary.iter().chain([aim]).cloned().collect());
            }
            if !steps.is_empty() {
                add(STEPS.to_owned(), steps.iter().chain(wanted.first()).cloned().collect());
            }
        }
        self.goals = Some(file);
    }

    /// What is varied though it is uncertain, certain: a number in place of its distribution, first the lower end of the range.
    pub fn certain(&self, files: &[ast::File]) -> Vec<(ast::File, ast::Definition)> {
        let Some(file) = &self.goals else { return Vec::new() };
        let lines = file.items.iter().find_map(|item| if let ast::Node::Goal(goal) = &item.node { Some(&goal.lines) } else { None });
        let low = |range: ast::ExprId| {
            let expr = file.exprs.get(range.0 as usize)?;
            if let ast::ExprNode::To(low, _) = expr.node { Some(low) } else { None }
        };
        let certain = lines.into_iter().flatten().filter_map(|line| {
            let ast::GoalNode::Vary { path, range } = &line.node else { return None };
            let names: Vec<&str> = path.names.iter().map(|name| name.text.as_str()).collect();
            let drawn = files.iter().any(|file| is_drawn(&file.items, &names));
            let value = low(*range).filter(|_| drawn)?;
            Some((file.clone(), ast::Definition { path: path.clone(), stated: None, value: Some(ast::Value::Equals(value)) }))
        });
        certain.collect()
    }

    /// Mistakes in the goals with their places in what was written, each told once: a range with a step is two lines.
    pub fn placed(&self, mistakes: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let Some(goals) = self.goals.as_ref().map(|file| file.id) else { return mistakes };
        let mut told: Vec<Diagnostic> = Vec::with_capacity(mistakes.len());
        for mut mistake in mistakes {
            let asked = mistake.labels.first().is_some_and(|label| label.at.file == goals);
            // What the goal as a whole lacks follows from a line that can't be read.
            if asked && !told.is_empty() && self.written.first().is_some_and(|line| mistake.place().span.end < line.span.start) {
                continue;
            }
            let edits = mistake.fixes.iter_mut().flat_map(|fix| &mut fix.edits).map(|edit| &mut edit.at);
            for at in mistake.labels.iter_mut().map(|label| &mut label.at).chain(edits).filter(|at| at.file == goals) {
                *at = self.place(at.span).unwrap_or(*at);
            }
            if !asked || !told.iter().any(|known| known.message == mistake.message) {
                told.push(mistake);
            }
        }
        told
    }

    /// A place in the text of the goals as one in what was written: in the first line, if before it.
    fn place(&self, span: Span) -> Option<Location> {
        let line = self.written.iter().find(|line| span.start < line.end).or(self.written.last())?;
        let inside = |at: u32| at.clamp(line.span.start, line.span.end) - line.span.start;
        let whole = span.start < line.span.start && span.end <= line.span.start;
        let span = if whole { Span::new(0, line.span.len()) } else { Span::new(inside(span.start), inside(span.end)) };
        Some(Location::new(line.source, span))
    }

    /// A text of the command line under the name of its option.
    fn source(&self, name: &str, text: &str) -> Source {
        Source::new(FileId(self.first + self.sources.len() as u32), name, text)
    }

    fn take<T>(&mut self, read: Fragment<T>, source: Source) -> Option<(ast::File, T)> {
        let Fragment { file, node, mistakes } = read;
        self.sources.push(source);
        let clean = mistakes.is_empty();
        self.mistakes.extend(mistakes);
        node.filter(|_| clean).map(|node| (file, node))
    }
}

/// Whether declarations define a path by a distribution, themselves or in an instance.
fn is_drawn(items: &[ast::Item], path: &[&str]) -> bool {
    let Some((first, rest)) = path.split_first() else { return false };
    items.iter().any(|item| {
        if let ast::Node::Definition(definition) = &item.node {
            let named = definition.path.names.iter().map(|name| name.text.as_str()).eq(path.iter().copied());
            return named && matches!(definition.value, Some(ast::Value::Uncertain(_)));
        }
        if let ast::Node::Instance(instance) = &item.node {
            return instance.name.as_ref().is_some_and(|name| name.text == *first) && is_drawn(&instance.members, rest);
        }
        false
    })
}
