//! Calls: natives, functions written out, tables read.

use super::choice::Wanted;
use super::{Elaborator, Known, Place, Typed, Value};
use crate::check::choice::written;
use crate::check::depend::find_function;
use crate::check::mistakes;
use crate::check::model::{Absence, Node, Origin};
use crate::check::native::{Native, native};
use crate::check::world::{FunctionDef, Scope};
use crate::diagnostic::{Edit, Fix, Guess, Label, Severity};
use crate::numeric::distribution::Family;
use crate::syntax::ast::{self, ExprNode};
use crate::text::{Location, Span};
use std::rc::Rc;

/// How many calls of functions and elements of columns may be written out in one model.
pub const MOST_CALLS: usize = 4_000_000;

/// Of how many arguments two are tried in each other's place.
const MOST_TURNED: usize = 4;

/// The arguments of a native, by parameter.
pub(super) struct Arguments {
    pub name: &'static str,
    pub at: Location,
    /// Where each argument's expression stands; a default stands in the prelude.
    values: Vec<Option<(Place, ast::ExprId)>>,
}

impl Arguments {
    /// The argument of a parameter.
    pub fn get(&self, at: usize) -> Option<&(Place, ast::ExprId)> {
        self.values.get(at).and_then(Option::as_ref)
    }
}

impl Elaborator<'_, '_> {
    pub(super) fn call(
        &mut self,
        place: &Place,
        callee: ast::ExprId,
        arguments: &[ast::Argument],
        at: Location,
    ) -> Value {
        let ExprNode::Path(path) = &self.world.expr(place.file, callee).node else {
            let value = self.expr(place, callee);
            return self.read(place, callee, value, arguments, at);
        };
        let parameter = path.names.len() == 1 && {
            let name = path.names.first().map(|name| name.text.as_str());
            place.arguments.iter().any(|(known, _)| Some(known.as_str()) == name)
        };
        let found = if parameter { None } else { find_function(self.world, self.links, (place.file, place.scope), path) };
        if let Some((function, scope)) = found {
            return match function.decl.body {
                Some(body) => self.write_out(place, function, scope, body, arguments, at),
                None => self.native(place, function, arguments, at),
            };
        }
        let resolved = crate::check::resolve::resolve(self.world, self.links, place.scope, path);
        if let ([name], Err(crate::check::resolve::Broken::Unknown), false) = (path.names.as_slice(), resolved.target, parameter) {
            let known = self.world.functions.keys().copied();
            let name_at = Location::new(place.file, name.span);
            if Family::from_name(&name.text).is_some() {
                self.report(mistakes::draws::distribution_as_value(at, self.sign_of(at)));
                return Value::Unknown;
            }
            let mistake = mistakes::names::unknown_function(&name.text, name_at, known);
            let parts: Vec<Location> = arguments.iter().map(|argument| self.location(place, argument.value)).collect();
            self.report(match (name.text.eq_ignore_ascii_case("if"), parts.as_slice()) {
                (true, [condition, then, otherwise]) => mistakes::names::if_of_spreadsheets(mistake, name_at, [*condition, *then, *otherwise]),
                _ => mistake,
            });
            return Value::Unknown;
        }
        let value = self.expr(place, callee);
        self.read(place, callee, value, arguments, at)
    }

    /// `usage(90k token)`: a table read at a quantity.
    fn read(&mut self, place: &Place, callee: ast::ExprId, value: Value, arguments: &[ast::Argument], at: Location) -> Value {
        match value {
            Value::Table(table) if !self.is_schedule(table) => {
                let [argument] = arguments else {
                    self.report(mistakes::kinds::table_arguments(arguments.len(), at));
                    return Value::Unknown;
                };
                self.lift(place, &[argument.value], &mut |this, ones| this.look_up(table, ones, at))
            }
            Value::Unknown => Value::Unknown,
            // A table that is left out, or a function of an instance that is, gives nothing.
            Value::Nothing => Value::Nothing,
            // What it calls is an open slot, which is told if anything asks for it.
            Value::One(value) if self.arena.expr(value.id).node == Node::Blank(Absence::First) => Value::One(value),
            Value::One(value) if value.info.unit == Known::Unknown => Value::Unknown,
            Value::One(_) | Value::Column(_) | Value::List(_) | Value::Table(_) | Value::Instances(_) | Value::Instance(_) | Value::Text => {
                let period = match arguments {
                    [only] if only.name.is_none() && self.names_period(place, only.value) => Some(self.location(place, only.value)),
                    _ => None,
                };
                self.report(mistakes::kinds::not_callable(at, self.location(place, callee), period));
                Value::Unknown
            }
        }
    }

    /// Whether an expression is a date that is written out, or a number that can be a year.
    fn names_period(&self, place: &Place, id: ast::ExprId) -> bool {
        let node = &self.world.expr(place.file, id).node;
        matches!(node, ExprNode::Date(_)) || node.number().is_some_and(|number| number.unit.is_none() && (1900.0..2200.0).contains(&number.value))
    }

    /// Whether so much more may be written out: calls of functions, and elements of columns. That it may not is told once.
    pub(super) fn may_write_out(&mut self, more: usize, at: Location) -> bool {
        let before = self.written_out;
        self.written_out = before.saturating_add(more);
        if before <= MOST_CALLS && self.written_out > MOST_CALLS {
            self.report(mistakes::kinds::too_much_written_out(MOST_CALLS, at));
        }
        self.written_out <= MOST_CALLS
    }

    fn write_out(
        &mut self,
        place: &Place,
        function: FunctionDef<'_>,
        scope: Scope,
        body: ast::ExprId,
        arguments: &[ast::Argument],
        at: Location,
    ) -> Value {
        let key = std::ptr::from_ref(function.decl);
        if place.functions.contains(&key) {
            let name = &function.decl.name;
            let declared = Location::new(function.file, name.span);
            self.report(mistakes::kinds::calls_itself(&name.text, place.call.unwrap_or(at), declared));
            return Value::Unknown;
        }
        // Calls nested very deep are refused like too many, before the stack is.
        let more = if place.functions.len() > 200 { MOST_CALLS + 1 } else { 1 };
        if !self.may_write_out(more, place.call.unwrap_or(at)) {
            return Value::Unknown;
        }
        let Some(values) = self.bind(place, function, arguments, at) else { return Value::Unknown };
        let mut bound = Vec::with_capacity(values.len());
        for (parameter, (from, id)) in function.decl.params.iter().zip(values.into_iter().flatten()) {
            let name = &parameter.name.text;
            let value = match &parameter.choice {
                Some(choice) => self.choose(&from, id, &Wanted { what: name, options: written(choice) }),
                None => self.expr(&from, id),
            };
            bound.push((name.clone(), value));
        }
        let mut functions = place.functions.as_ref().clone();
        functions.push(key);
        let inner = Place {
            file: function.file,
            scope,
            arguments: Rc::new(bound),
            functions: Rc::new(functions),
            call: Some(place.call.unwrap_or(at)),
            base: None,
        };
        let before = self.found.len();
        let outer = self.body_of.replace(function.file);
        let value = self.expr(&inner, body);
        self.body_of = outer;
        self.try_in_other_order(before, function.decl, arguments, place);
        if place.call.is_none() && self.world.origin(at.file) != Origin::Prelude {
            return self.called(value, before, &function.decl.name.text, at);
        }
        value
    }

    /// What an author's call comes to. Of what is wrong inside, the first is told: the rest follows from the arguments.
    fn called(&mut self, value: Value, before: usize, name: &str, at: Location) -> Value {
        self.at_call(before, name, at);
        let mut errors = 0;
        let mut place = 0;
        self.found.retain(|mistake| {
            place += 1;
            let follows = place > before && mistake.severity == Severity::Error;
            errors += usize::from(follows);
            !follows || errors == 1
        });
        if errors > 0 { Value::Unknown } else { value }
    }

    /// Points at the author's call, where a mistake was found inside of a function of the prelude.
    fn at_call(&mut self, before: usize, name: &str, at: Location) {
        for mistake in self.found.iter_mut().skip(before) {
            if self.world.origin(mistake.place().file) == Origin::Prelude {
                mistake.labels.insert(0, Label { at, text: format!("`{name}` can't take this") });
            }
        }
    }

    fn native(&mut self, place: &Place, function: FunctionDef<'_>, arguments: &[ast::Argument], at: Location) -> Value {
        let name = &function.decl.name;
        let Some((bound, text)) = native(&name.text).zip(crate::check::native::name_of(&name.text)) else {
            self.report(mistakes::names::unbound_native(&name.text, Location::new(function.file, name.span)));
            return Value::Unknown;
        };
        let values = if variadic(bound) {
            arguments.iter().map(|argument| Some((place.clone(), argument.value))).collect()
        } else {
            match self.bind(place, function, arguments, at) {
                Some(values) => values,
                None => return Value::Unknown,
            }
        };
        let before = self.found.len();
        let value = self.bound(bound, &Arguments { name: text, at, values });
        self.try_in_other_order(before, function.decl, arguments, place);
        value
    }

    /// What may mend a mistake that was told since there were so many: two arguments in each other's place, which is
    /// written by naming them.
    fn try_in_other_order(&mut self, before: usize, function: &ast::Function, arguments: &[ast::Argument], place: &Place) {
        let is_plain = arguments.iter().all(|argument| argument.name.is_none()) && (2..=MOST_TURNED).contains(&arguments.len());
        let is_of_model = self.world.origin(place.file) == Origin::Model;
        if self.found.len() == before || !is_plain || !is_of_model {
            return;
        }
        let named: Vec<(Location, &str)> =
            arguments.iter().zip(&function.params).map(|(argument, parameter)| (self.location(place, argument.value), parameter.name.text.as_str())).collect();
        let mut guesses = Vec::new();
        for (index, (at, name)) in named.iter().enumerate() {
            for (other_at, other) in named.iter().skip(index + 1) {
                let edit = |at: &Location, name: &str| Edit { at: Location::new(at.file, Span::new(at.span.start, at.span.start)), text: format!("{name}: ") };
                let fix = Fix { title: format!("name the arguments: `{other}: …`, `{name}: …`"), edits: vec![edit(at, other), edit(other_at, name)] };
                let whole = Location::new(at.file, at.span.join(other_at.span));
                let label = Label { at: whole, text: format!("as `{other}` and `{name}` these two fit") };
                let message = format!("`{}` takes `{name}` before `{other}`", function.name.text);
                guesses.push(Guess { fix, label: Some(label), message: Some(message), doubt: 0 });
            }
        }
        self.add_guesses(before, guesses);
    }

    fn bound(&mut self, bound: Native, arguments: &Arguments) -> Value {
        match bound {
            Native::Opening | Native::Change => self.opening(arguments, bound),
            Native::Accumulate => self.accumulate(arguments),
            Native::Delay => self.delay(arguments),
            Native::Cohorts => self.cohorts(arguments),
            Native::InStep => self.in_step(arguments),
            Native::OverTime(reducer) => self.over_time(arguments, reducer),
            Native::After => self.after(arguments),
            Native::Across(aggregate) => self.across(arguments, aggregate),
            Native::Count => self.count(arguments),
            Native::Element(function) => self.element(arguments, function),
            Native::Weighted => self.weighted(arguments),
            Native::Discounted => self.discounted(arguments),
            Native::Present => self.present(arguments),
            Native::InternalRate => self.internal_rate(arguments),
            Native::InternalRates => self.internal_rates(arguments),
            Native::ToLast => self.last_of_payments(arguments),
            Native::EvenRate => self.even_rate(arguments),
            Native::PaidBack => self.paid_back(arguments),
            Native::Dated => self.by_date(arguments),
            Native::OfAmounts(function, first, end) => self.of_amounts(arguments, function, &(first..end)),
            Native::Number(function) => self.function(arguments, function),
            Native::One => self.one_unit(arguments),
            Native::Between(family) => self.between(arguments, family),
            Native::Calendar(what) => self.of_calendar(arguments, what),
            Native::AcrossSamples(asks) => self.across_samples(arguments, asks),
        }
    }

    /// Arguments in the order of the parameters; defaults where they are left out.
    fn bind(
        &mut self,
        place: &Place,
        function: FunctionDef<'_>,
        arguments: &[ast::Argument],
        at: Location,
    ) -> Option<Vec<Option<(Place, ast::ExprId)>>> {
        let parameters = &function.decl.params;
        let name = function.decl.name.text.as_str();
        let mut values: Vec<Option<(Place, ast::ExprId)>> = vec![None; parameters.len()];
        for (position, argument) in arguments.iter().enumerate() {
            let slot = match &argument.name {
                None => Some(position),
                Some(wanted) => parameters.iter().position(|parameter| parameter.name.text == wanted.text),
            };
            let known = parameters.iter().map(|parameter| parameter.name.text.as_str());
            match slot.and_then(|slot| values.get_mut(slot)) {
                Some(slot) if slot.is_none() => *slot = Some((place.clone(), argument.value)),
                Some(_) | None => {
                    let place = self.location(place, argument.value);
                    let written = argument.name.as_ref().map(|name| (name.text.as_str(), Location::new(place.file, name.span)));
                    self.report(mistakes::kinds::wrong_argument(name, written, place, known));
                    return None;
                }
            }
        }
        for (slot, parameter) in values.iter_mut().zip(parameters) {
            if let (None, Some(default)) = (&slot, parameter.default) {
                *slot = Some((Place::new(function.file, self.world.top(function.file)), default));
            }
        }
        // A native's last parameters may be left out; it then chooses by itself.
        let optional = function.decl.body.is_none() && matches!(name, "opening" | "change");
        let needed = if optional { 1 } else { parameters.len() };
        if let Some(missing) = values.iter().take(needed).position(Option::is_none) {
            let parameter = parameters.get(missing).map_or("", |parameter| parameter.name.text.as_str());
            self.report(mistakes::kinds::missing_argument(name, parameter, at));
            return None;
        }
        Some(values)
    }

    /// An argument's one value.
    pub(super) fn argument(&mut self, arguments: &Arguments, at: usize) -> Option<Typed> {
        let (place, id) = arguments.get(at)?.clone();
        self.one(&place, id)
    }

    /// Combines the first argument, element by element where it is a column.
    pub(super) fn over_argument(
        &mut self,
        arguments: &Arguments,
        combine: &mut dyn FnMut(&mut Self, Typed) -> Value,
    ) -> Value {
        let Some((place, id)) = arguments.get(0).cloned() else { return Value::Unknown };
        self.lift_settled(&place, &[id], &mut |this, ones| match ones.first() {
            Some(value) => combine(this, *value),
            None => Value::Unknown,
        })
    }
}

/// Natives that take any number of arguments.
fn variadic(native: Native) -> bool {
    use crate::check::model::Function;
    matches!(native, Native::Number(Function::Min | Function::Max))
}
