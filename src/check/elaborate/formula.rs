//! Formulas of age: `curve { age: EXPRESSION }`, written out wherever one is read.

use super::call::MOST_CALLS;
use super::{Elaborator, Info, Known, Place, TableInfo, Typed, Value};
use crate::check::mistakes;
use crate::check::model::{Band, ExprId, Factor, Form, Function, Node, Shape, Sign, Table, TableId, Type, children};
use crate::syntax::ast;
use crate::text::Location;
use std::rc::Rc;

/// Formulas that read each other deeper than this are refused before the stack is full.
const DEEPEST: u32 = 200;

/// A formula, and the place it stands in: what it names is what was meant there.
#[derive(Clone, Debug)]
pub(in crate::check) struct Formula {
    place: Place,
    age: String,
    body: ast::ExprId,
}

impl Elaborator<'_, '_> {
    /// `curve { age: EXPRESSION }`; what is wrong with it is told here, once.
    pub(super) fn formula(&mut self, place: &Place, age: &ast::Name, row: &ast::Row, at: Location) -> Value {
        let name_at = Location::new(place.file, age.span);
        if self.arena.units.find(&age.text).is_some() {
            self.report(mistakes::tables::age_like_a_unit(&age.text, name_at));
            return Value::Unknown;
        }
        if row.plus.is_some() {
            self.report(mistakes::tables::no_flat_here(Location::new(place.file, row.span)));
            return Value::Unknown;
        }
        let formula = Formula { place: place.clone(), age: age.text.clone(), body: row.value };
        let sample = self.sample_age(name_at);
        let Some(value) = self.at_age(&formula, sample, at) else { return Value::Unknown };
        if value.info.shape == Shape::Series && value.info.unit != Known::Unknown {
            let changing = self.changing(value.id);
            self.report(mistakes::tables::formula_over_time(&age.text, self.arena.expr(changing).at));
            return Value::Unknown;
        }
        let (key, info) = (Known::Unit(self.time_unit()), value.info);
        let known = TableInfo::of(key, info.unit, info.constant());
        let id = self.push_formula(Vec::new(), known, at);
        self.arena.formulas.insert(id, formula);
        Value::Table(id)
    }

    fn push_formula(&mut self, bands: Vec<Band>, known: TableInfo, at: Location) -> TableId {
        let id = TableId(self.arena.tables.len() as u32);
        self.arena.tables.push(Table { form: Form::Formula, bands, at });
        self.arena.table_infos.push(known);
        id
    }

    /// The formula behind a table, if it is one.
    pub(super) fn formula_of(&self, id: TableId) -> Option<Formula> {
        let table = self.arena.tables.get(id.0 as usize)?;
        if table.form == Form::Formula { self.arena.formulas.get(&id).cloned() } else { None }
    }

    /// `retention(5 month)`
    pub(super) fn read_formula(&mut self, formula: &Formula, age: Typed, at: Location) -> Value {
        let Some(age) = self.duration(age, "the age of a curve") else { return Value::Unknown };
        self.at_age(formula, age, at).map_or(Value::Unknown, Value::One)
    }

    /// A formula as `cohorts` reads it: a bare number a step, the age in the place of the step.
    pub(super) fn by_step(&mut self, formula: &Formula, known: TableInfo, at: Location) -> Option<TableId> {
        let age = self.age_of_steps(at);
        let value = self.at_age(formula, age, at)?;
        let band = Band { bound: 0.0, value: value.id, flat: None };
        Some(self.push_formula(vec![band], known, at))
    }

    /// The formula with its age put in.
    fn at_age(&mut self, formula: &Formula, age: Typed, at: Location) -> Option<Typed> {
        let more = if self.formulas > DEEPEST { MOST_CALLS + 1 } else { 1 };
        let call = formula.place.call.unwrap_or(at);
        if !self.may_write_out(more, call) {
            return None;
        }
        let mut arguments = vec![(formula.age.clone(), Value::One(age))];
        arguments.extend(formula.place.arguments.iter().cloned());
        let inner = Place { arguments: Rc::new(arguments), ..formula.place.clone() };
        self.formulas += 1;
        let value = self.one(&inner, formula.body);
        self.formulas -= 1;
        value.filter(|value| self.expect_type(*value, Type::Number))
    }

    /// An age that stays the same and that nobody knows, to try a formula with.
    fn sample_age(&mut self, at: Location) -> Typed {
        let unit = Known::Unit(self.time_unit());
        let number = self.number(self.world.grid.period(), unit, at);
        self.arena.push(Node::Call(Function::Max, vec![number.id]), Info::number(unit, Shape::Constant), at)
    }

    /// How old somebody is in each step who joined in the first: so many steps, each a period long.
    fn age_of_steps(&mut self, at: Location) -> Typed {
        let unit = Known::Unit(self.time_unit());
        let info = Info::number(unit, Shape::Series);
        let time = self.arena.push(Node::Time, Info { ty: Type::Date, ..info }, at);
        let start = self.number(self.world.grid.start(0), unit, at);
        let period = self.number(self.world.grid.period(), unit, at);
        let passed = self.arena.push(Node::Sum(time.id, vec![(Sign::Minus, start.id)]), info, at);
        let steps = self.arena.push(Node::Product(passed.id, vec![(Factor::Over, period.id)]), info, at);
        // A timeline that begins inside of a month begins at a broken number, and its steps are whole ones all the same.
        let whole = self.arena.push(Node::Call(Function::Round, vec![steps.id]), info, at);
        self.arena.push(Node::Product(whole.id, vec![(Factor::Times, period.id)]), info, at)
    }

    /// The innermost part of a value that changes over time.
    fn changing(&self, mut id: ExprId) -> ExprId {
        loop {
            let mut inner = None;
            children(&self.arena.expr(id).node, &mut |child| {
                if inner.is_none() && self.arena.expr(child).shape == Shape::Series {
                    inner = Some(child);
                }
            });
            match inner {
                Some(child) => id = child,
                None => return id,
            }
        }
    }
}
