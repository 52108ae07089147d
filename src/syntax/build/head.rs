//! Heads: declarations with a block.

use super::{Builder, is_sound};
use crate::syntax::ast::{Goal, GoalLine, GoalNode, Instance, Kind, Model, Name, Node, Part, Scenario, Statement, Test, Text};
use crate::syntax::broken;
use crate::syntax::form::{Form, Place};
use crate::syntax::grammar::Rule;
use crate::syntax::layout::Entry;
use crate::syntax::letters::{is_reserved, name_of, starts_name, word};
use crate::syntax::mistakes::declarations;
use crate::text::Span;
use pest::iterators::Pair;

/// What a head says, whatever it begins.
#[derive(Default)]
pub(super) struct Head {
    pub(super) names: Vec<Name>,
    title: Option<Text>,
}

impl Builder<'_> {
    /// A declaration with its block.
    pub(super) fn declaration(&mut self, entry: &Entry, form: Form) -> Node {
        let head = self.head(entry, form);
        let mut names = head.names.into_iter();
        let (title, entries) = (head.title, entry.block.as_ref().map_or(&[][..], |block| &block.entries));
        match form {
            Form::Model => Node::Model(Model { name: names.next(), title, settings: self.items(entries, Place::Model) }),
            Form::Test => Node::Test(Test { title, steps: self.steps(entries) }),
            Form::Statement => Node::Statement(Statement { title, rows: self.statement_rows(entries) }),
            Form::Goal => {
                let lines = match &entry.block {
                    Some(_) => self.goal_lines(entries),
                    // That the block is missing is told, and nothing of what it would have said.
                    None => vec![GoalLine { span: entry.head, node: GoalNode::Broken }],
                };
                names.next().map_or(Node::Broken, |name| Node::Goal(Goal { name, title, lines, part: Part::Wanted }))
            }
            Form::Kind => {
                let members = self.items(entries, Place::Kind);
                names.next().map_or(Node::Broken, |name| Node::Kind(Kind { name, is: names.next(), members }))
            }
            Form::Scenario => {
                let replacements = self.items(entries, Place::Scenario);
                names.next().map_or(Node::Broken, |name| {
                    Node::Scenario(Scenario { name, title, extends: names.next(), replacements })
                })
            }
            Form::Instance => {
                let members = self.items(entries, Place::Instance);
                names.next().map_or(Node::Broken, |kind| Node::Instance(Instance { kind, name: names.next(), title, members }))
            }
            Form::Definition
            | Form::Unit
            | Form::Currency
            | Form::Rate
            | Form::Import
            | Form::Correlate
            | Form::Function
            | Form::Require
            | Form::Given
            | Form::Expect
            | Form::Aim
            | Form::Later => {
                self.items(entries, Place::File);
                Node::Broken
            }
        }
    }

    fn head(&mut self, entry: &Entry, form: Form) -> Head {
        let rule = match form {
            Form::Model => Rule::model_head,
            Form::Kind => Rule::kind_head,
            Form::Scenario => Rule::scenario_head,
            Form::Test => Rule::test_head,
            Form::Statement => Rule::statement_head,
            Form::Goal => Rule::goal_head,
            Form::Instance
            | Form::Definition
            | Form::Unit
            | Form::Currency
            | Form::Rate
            | Form::Import
            | Form::Correlate
            | Form::Function
            | Form::Require
            | Form::Given
            | Form::Expect
            | Form::Aim
            | Form::Later => Rule::instance_head,
        };
        match self.parse(rule, entry.head) {
            Ok(pair) => {
                if entry.block.is_none() {
                    let text = self.source.slice(entry.head);
                    self.told.tell(|at| declarations::head_without_block(at, text, form), entry.head);
                }
                self.parts(pair)
            }
            Err(at) => {
                if is_sound(entry) {
                    let mistake = broken::head(self, entry.head, at, form);
                    self.told.push(mistake);
                }
                self.salvage(entry.head, form)
            }
        }
    }

    #[allow(clippy::wildcard_enum_match_arm, reason = "the rules are pest's, and a head has few parts")]
    fn parts(&mut self, pair: Pair<'_, Rule>) -> Head {
        let mut head = Head::default();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::name => {
                    let name = self.name(&part);
                    head.names.push(name);
                }
                Rule::text => head.title = Some(self.text(&part)),
                _ => {}
            }
        }
        head
    }

    /// The names of a head that does not fit its form, so that those who refer to it are not wrong, too.
    pub(super) fn salvage(&mut self, span: Span, form: Form) -> Head {
        let text = self.masked.get(span.range()).unwrap_or("");
        let skip = usize::from(form != Form::Instance);
        let mut head = Head::default();
        let mut at = 0;
        let mut words = 0;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let word = if rest.starts_with(starts_name) { word(rest) } else { "" };
            if word.is_empty() {
                at += rest.chars().next().map_or(1, char::len_utf8);
                continue;
            }
            let start = span.start + at as u32;
            let divider = matches!(word, "is" | "extends");
            if words >= skip && !divider && !is_reserved(word) && head.names.len() < 2 {
                let name = self.name_of(word, Span::new(start, start + word.len() as u32));
                head.names.push(name);
            }
            words += 1;
            at += word.len();
            let rest = text.get(at..).unwrap_or("");
            if let Some(title) = rest.trim_start().strip_prefix('"') {
                // `scenario "price_war" { … }`
                let inside = title.split_once('"').map(|(inside, _)| inside).filter(|inside| !name_of(inside).is_empty());
                if let Some(inside) = inside.filter(|_| words == skip && form != Form::Test) {
                    let start = span.start + (text.len() - title.len()) as u32;
                    let name = self.name_of(&name_of(inside), Span::new(start, start + inside.len() as u32));
                    head.names.push(name);
                }
                break;
            }
        }
        head
    }
}
