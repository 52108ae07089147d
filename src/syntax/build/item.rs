//! Items: every entry of a block becomes an item; one that can't be read becomes a broken one and hurts no other.

use super::{Builder, is_sound};
use crate::syntax::ast::{Definition, ExprId, ExprNode, Item, Node, Step, StepNode};
use crate::syntax::comments;
use crate::syntax::form::{Form, Place};
use crate::syntax::layout::{Divider, Entry};
use crate::syntax::letters::{is_reserved, path, starts_name, word};
use crate::syntax::mistakes::declarations;

impl Builder<'_> {
    /// The items of a block.
    pub(super) fn items(&mut self, entries: &[Entry], place: Place) -> Vec<Item> {
        let outer = std::mem::replace(&mut self.place, place);
        let items = entries.iter().map(|entry| self.item(entry, place)).collect();
        self.place = outer;
        items
    }

    fn item(&mut self, entry: &Entry, place: Place) -> Item {
        let node = if is_sound(entry) { self.node(entry, place) } else { self.spoilt(entry, place) };
        Item { span: entry.span(), doc: comments::doc(self.source, &entry.docs), node }
    }

    fn node(&mut self, entry: &Entry, place: Place) -> Node {
        let form = self.form(entry, place);
        if !form.fits(place) {
            self.misplaced(entry, form, place);
            return Node::Broken;
        }
        match form {
            Form::Model | Form::Kind | Form::Instance | Form::Scenario | Form::Test | Form::Statement | Form::Goal => self.declaration(entry, form),
            Form::Definition => self.definition_in(entry, place),
            Form::Unit | Form::Currency | Form::Rate | Form::Import | Form::Correlate | Form::Function | Form::Require => {
                self.lines_in_vain(entry, form);
                self.line(entry, form)
            }
            Form::Later | Form::Given | Form::Expect | Form::Aim => {
                self.told.tell(|at| declarations::later(at, self.masked.get(entry.head.range()).unwrap_or("")), entry.head);
                Node::Broken
            }
        }
    }

    pub(super) fn form(&self, entry: &Entry, place: Place) -> Form {
        Form::of(self.masked.get(entry.head.range()).unwrap_or(""), place, entry.block.is_some())
    }

    /// A line that belongs elsewhere; what stands in its block is read for its own mistakes.
    fn misplaced(&mut self, entry: &Entry, form: Form, place: Place) {
        let text = self.masked.get(entry.head.range()).unwrap_or("");
        if form == Form::Later {
            return self.told.tell(|at| declarations::later(at, text), entry.head);
        }
        self.told.tell(|at| declarations::misplaced(at, text, form, place), entry.head);
        if entry.block.is_some() {
            self.declaration(entry, form);
        }
    }

    /// A line about which a mistake has been told: what it declares is kept where that can be seen.
    fn spoilt(&mut self, entry: &Entry, place: Place) -> Node {
        let form = self.form(entry, place);
        if entry.block.is_some() && form.fits(place) {
            return self.declaration(entry, form);
        }
        if form == Form::Definition { self.defined(entry) } else { Node::Broken }
    }

    /// A block behind a line that has none.
    fn lines_in_vain(&mut self, entry: &Entry, form: Form) {
        if let Some(block) = &entry.block {
            self.told.tell(|at| declarations::no_block(at, form), block.span);
        }
    }

    /// A definition, and whether its place lets it be one.
    fn definition_in(&mut self, entry: &Entry, place: Place) -> Node {
        let Some(definition) = self.definition(entry, crate::syntax::grammar::Rule::definition_line) else {
            return self.unit_meant(entry).unwrap_or_else(|| self.defined(entry));
        };
        if definition.path.names.len() > 1 && place != Place::Scenario {
            self.told.tell(|at| declarations::dotted(at, place), definition.path.span);
        }
        if definition.value.is_none() && place != Place::Kind {
            let text = self.source.slice(definition.path.span);
            self.told.tell(|at| declarations::no_value(at, text), entry.head);
            return self.defined(entry);
        }
        if definition.value.is_none() && definition.stated.is_none() {
            let text = self.source.slice(definition.path.span);
            self.told.tell(|at| declarations::bare_slot(at, text), entry.head);
        }
        Node::Definition(definition)
    }

    /// The lines of a test.
    pub(super) fn steps(&mut self, entries: &[Entry]) -> Vec<Step> {
        let outer = std::mem::replace(&mut self.place, Place::Test);
        let mut given = false;
        let mut steps = Vec::new();
        for entry in entries {
            let form = self.form(entry, Place::Test);
            given = form == Form::Given || given && entry.before == Divider::Comma && form == Form::Definition;
            let node = if is_sound(entry) { self.step(entry, form, given) } else { StepNode::Broken };
            steps.push(Step { span: entry.span(), node });
        }
        self.place = outer;
        steps
    }

    fn step(&mut self, entry: &Entry, form: Form, given: bool) -> StepNode {
        use crate::syntax::grammar::Rule;
        let rule = if form == Form::Given { Rule::given_line } else { Rule::definition_line };
        match form {
            Form::Given | Form::Definition => match self.definition(entry, rule) {
                Some(definition) => self.given_or_own(entry, definition, given),
                None => StepNode::Broken,
            },
            Form::Expect => self.expectation(entry),
            Form::Model
            | Form::Kind
            | Form::Instance
            | Form::Scenario
            | Form::Test
            | Form::Statement
            | Form::Unit
            | Form::Currency
            | Form::Rate
            | Form::Import
            | Form::Correlate
            | Form::Function
            | Form::Require
            | Form::Goal
            | Form::Aim
            | Form::Later => {
                self.misplaced(entry, form, Place::Test);
                StepNode::Broken
            }
        }
    }

    fn given_or_own(&mut self, entry: &Entry, definition: Definition, given: bool) -> StepNode {
        if definition.value.is_none() {
            let text = self.source.slice(definition.path.span);
            self.told.tell(|at| declarations::no_value(at, text), entry.head);
            return StepNode::Broken;
        }
        if given {
            return StepNode::Given(definition);
        }
        if definition.path.names.len() > 1 {
            self.told.tell(|at| declarations::dotted(at, Place::Test), definition.path.span);
        }
        StepNode::Define(definition)
    }

    /// The rows of a statement.
    pub(super) fn statement_rows(&mut self, entries: &[Entry]) -> Vec<ExprId> {
        entries.iter().map(|entry| self.statement_row(entry)).collect()
    }

    fn statement_row(&mut self, entry: &Entry) -> ExprId {
        if !is_sound(entry) {
            return self.add(entry.span(), ExprNode::Broken, 0);
        }
        let text = self.masked.get(entry.head.range()).unwrap_or("");
        let rest = text.get(path(text).len()..).unwrap_or("").trim_start_matches([' ', '\t']);
        let defines = rest.starts_with(['=', '~', ':']) && !rest.starts_with("==");
        let instance = text.ends_with('}') && rest.starts_with(starts_name) && !is_reserved(word(rest));
        if defines || instance {
            let form = if defines { Form::Definition } else { Form::Instance };
            self.told.tell(|at| declarations::misplaced(at, text, form, Place::Statement), entry.head);
            return self.add(entry.span(), ExprNode::Broken, 0);
        }
        self.only_expression(entry.head)
    }
}
