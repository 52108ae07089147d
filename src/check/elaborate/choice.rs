//! Choices: where an option is wanted its name means it, before it means anything else.

use super::list::List;
use super::{Elaborator, Info, Known, Place, Typed, Value};
use crate::check::choice::{Chooser, Options, named, written};
use crate::check::mistakes;
use crate::check::model::{ChoiceId, Comparison, Node, Shape, Type};
use crate::check::resolve::{BUILT_IN, Broken, resolve};
use crate::quantity::UnitId;
use crate::syntax::ast::{self, ExprNode};
use crate::text::Location;

/// What is to be chosen: the options, and of what they are.
pub(super) struct Wanted<'w> {
    pub what: &'w str,
    pub options: Options,
}

impl Elaborator<'_, '_> {
    /// An expression in a place for an option; a mistake is told.
    pub(super) fn choose(&mut self, place: &Place, id: ast::ExprId, wanted: &Wanted<'_>) -> Value {
        let at = self.location(place, id);
        let choice = self.arena.choices.intern(wanted.options.iter().map(String::as_str));
        let node = &self.world.expr(place.file, id).node;
        if let Some(name) = named(node, &wanted.options) {
            let value = self.arena.choices.value(choice, name).unwrap_or_default();
            let info = Info { ty: Type::Choice(choice), ..Info::number(Known::Unit(UnitId::NONE), Shape::Constant) };
            return Value::One(self.arena.push(Node::Number(value), info, at));
        }
        if let ExprNode::If { branches, otherwise } = node {
            let mut values = Vec::with_capacity(branches.len() * 2 + 1);
            for (condition, value) in branches {
                values.push((self.expr(place, *condition), self.location(place, *condition)));
                values.push((self.choose(place, *value, wanted), self.location(place, *value)));
            }
            values.push((self.choose(place, *otherwise, wanted), self.location(place, *otherwise)));
            return self.lift_values(values, &mut |this, ones| this.branches_of(ones, at));
        }
        if let Some(name) = self.unknown_word(place, node) {
            self.report(mistakes::choices::no_option(wanted.what, name, at, &wanted.options));
            return Value::Unknown;
        }
        let value = self.expr(place, id);
        let value = self.settled(value);
        self.chosen(value, choice, wanted, at, node)
    }

    /// A single name that means nothing else either.
    fn unknown_word<'n>(&self, place: &Place, node: &'n ExprNode) -> Option<&'n str> {
        let path = node.path()?;
        let [name] = path.names.as_slice() else { return None };
        let known = place.arguments.iter().any(|(known, _)| *known == name.text) || name.text == "base" || BUILT_IN.contains(&name.text.as_str());
        let unknown = matches!(resolve(self.world, self.links, place.scope, path).target, Err(Broken::Unknown));
        (unknown && !known).then_some(&name.text)
    }

    /// A value that has to be one of the options by itself.
    fn chosen(&mut self, value: Value, choice: ChoiceId, wanted: &Wanted<'_>, at: Location, node: &ExprNode) -> Value {
        match value {
            Value::One(one) => self.chosen_one(one, choice, wanted, at).map_or(Value::Unknown, Value::One),
            Value::Column(items) => {
                let items: Option<Vec<Typed>> = items.into_iter().map(|item| self.chosen_one(item, choice, wanted, at)).collect();
                items.map_or(Value::Unknown, Value::Column)
            }
            Value::Unknown => Value::Unknown,
            Value::Text => {
                let quoted = if let ExprNode::Text(text) = node { format!("\"{text}\"") } else { "a text".to_owned() };
                self.report(mistakes::choices::no_option(wanted.what, &quoted, at, &wanted.options));
                Value::Unknown
            }
            Value::Table(_) | Value::List(_) | Value::Instances(_) | Value::Instance(_) | Value::Nothing => {
                let given = self.noun(&value);
                self.report(mistakes::choices::option_wanted(wanted.what, given, at, &wanted.options));
                Value::Unknown
            }
        }
    }

    /// A value in a slot for a choice.
    pub(super) fn chosen_in(&mut self, value: Typed, choice: &ast::Choice, what: &str) -> Option<Typed> {
        let wanted = Wanted { what, options: written(choice) };
        let choice = self.arena.choices.intern(wanted.options.iter().map(String::as_str));
        let at = self.blamed(value);
        self.chosen_one(value, choice, &wanted, at)
    }

    fn chosen_one(&mut self, value: Typed, choice: ChoiceId, wanted: &Wanted<'_>, at: Location) -> Option<Typed> {
        let given = match value.info.ty {
            // Spoilt or open; whatever it is, it would be one of the options.
            _ if value.info.unit == Known::Unknown => {
                return Some(Typed { info: Info { ty: Type::Choice(choice), ..value.info }, ..value });
            }
            Type::Choice(own) if self.arena.choices.holds(choice, own) => {
                return Some(Typed { info: Info { ty: Type::Choice(choice), ..value.info }, ..value });
            }
            Type::Choice(_) => {
                self.report(mistakes::choices::other_options(wanted.what, at, &wanted.options));
                return None;
            }
            Type::Number | Type::Condition | Type::Date => super::operand::type_noun(value.info.ty),
        };
        self.report(mistakes::choices::option_wanted(wanted.what, given, at, &wanted.options));
        None
    }

    /// Whether an expression is a parameter whose argument was a mistake: nothing can be said beside it.
    fn is_spoilt_argument(&self, place: &Place, id: ast::ExprId) -> bool {
        let path = self.world.expr(place.file, id).node.path();
        let [name] = path.map_or(&[][..], |path| path.names.as_slice()) else { return false };
        place.arguments.iter().any(|(known, value)| *known == name.text && *value == Value::Unknown)
    }

    /// The operands of a comparison with a choice; none where it is another comparison.
    pub(super) fn compared_choices(
        &mut self,
        place: &Place,
        ids: &[ast::ExprId],
        how: &[(Comparison, ast::ExprId)],
        at: Location,
    ) -> Option<Vec<(Value, Location)>> {
        if ids.iter().any(|id| self.is_spoilt_argument(place, *id)) {
            return Some(vec![(Value::Unknown, at)]);
        }
        let choices = &self.arena.choices;
        let options = |value: &Value| -> Option<Options> {
            let first = match value {
                Value::One(one) => Some(one),
                Value::Column(items) | Value::List(List { items, .. }) => items.first(),
                Value::Table(_) | Value::Instances(_) | Value::Instance(_) => None,
                Value::Text | Value::Nothing | Value::Unknown => None,
            };
            let Type::Choice(choice) = first?.info.ty else { return None };
            Some(choices.names(choice).map(str::to_owned).collect())
        };
        let parameter = |name: &str| place.arguments.iter().find(|(known, _)| known == name).map(|(_, value)| options(value));
        let chooser = Chooser { world: self.world, links: self.links };
        let (lead, options) = chooser.compared(place.file, ids.iter().copied(), place.scope, &parameter)?;
        let ordered = how.iter().any(|(how, _)| !matches!(how, Comparison::Equal | Comparison::Unequal));
        if ordered {
            self.report(mistakes::choices::without_order(at));
            return Some(vec![(Value::Unknown, at)]);
        }
        let what = self.world.expr(place.file, lead).node.path().map_or_else(|| "this".to_owned(), ast::Path::text);
        let wanted = Wanted { what: &what, options };
        let operand = |id: &ast::ExprId| {
            let value = if *id == lead { self.expr(place, *id) } else { self.choose(place, *id, &wanted) };
            (value, self.location(place, *id))
        };
        Some(ids.iter().map(operand).collect())
    }
}
