//! Lists: `[a, b, c]` is undecided until somebody wants one value a step of it, or a column.

use super::agree::Joined;
use super::leading_type;
use super::{Elaborator, Info, Known, Place, TableInfo, Typed, Value};
use crate::check::mistakes;
use crate::check::model::{Band, Content, ExprId, Form, Node, Reducer, Shape, Steps, Table, TableId, Type, children};
use crate::syntax::ast;
use crate::text::Location;
use foldhash::HashMap;

/// Of how many expressions a list may be made: so deep a walk through them goes.
const MOST_MADE: usize = 500;

/// Values in their order, and where the list was written.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::check) struct List {
    pub items: Vec<Typed>,
    pub at: Location,
}

impl Elaborator<'_, '_> {
    /// `[a, b, c]`
    pub(super) fn list(&mut self, place: &Place, entries: &[ast::ExprId], at: Location) -> Value {
        let mut items = Vec::with_capacity(entries.len());
        for entry in entries {
            let Some(value) = self.one(place, *entry) else { return Value::Unknown };
            items.push(value);
        }
        let ty = leading_type(&items);
        if !items.iter().all(|item| self.expect_type(*item, ty)) {
            return Value::Unknown;
        }
        Value::List(List { items, at })
    }

    /// A list as one value a step; anything else as it is.
    pub(super) fn settled(&mut self, value: Value) -> Value {
        let Value::List(list) = value else { return value };
        if list.items.len() != self.world.grid.len() {
            self.report(mistakes::time::list_length(list.items.len(), &self.world.grid, list.at));
            return Value::Unknown;
        }
        let ty = leading_type(&list.items);
        let (agreed, unit) = self.agree(&list.items, Joined::Arguments);
        self.beside_percentages(&list.items);
        let info = Info::of(ty, unit, &agreed).series();
        Value::One(self.arena.push(Node::List(agreed.iter().map(|value| value.id).collect()), info, list.at))
    }

    /// Operands that go element by element; where a series or a column of instances stands beside a list, that is one
    /// value a step.
    pub(super) fn decided(&mut self, values: Vec<(Value, Location)>) -> Vec<(Value, Location)> {
        let stays = |value: &Value| match value {
            Value::One(one) => one.info.shape == Shape::Constant,
            Value::Column(_) => false,
            Value::Table(_) | Value::Instances(_) | Value::Instance(_) | Value::Text | Value::Nothing | Value::Unknown => true,
            Value::List(_) => true,
        };
        if values.iter().all(|(value, _)| stays(value)) {
            return values;
        }
        values.into_iter().map(|(value, at)| (self.settled(value), at)).collect()
    }

    /// The elements of a list, of a definition that holds one, or of what is made of such one by one.
    pub(super) fn elements(&mut self, value: &Value) -> Option<Vec<Typed>> {
        if let Value::List(list) = value {
            return Some(list.items.clone());
        }
        let Value::One(one) = value else { return None };
        let count = self.listed(one.id, &mut HashMap::default())?;
        let at = self.at(*one);
        let element = |this: &mut Self, step: u32| {
            let steps = Steps { first: step, end: step + 1 };
            this.arena.push(Node::OverTime(Reducer::Final, one.id, steps), one.info.constant(), at)
        };
        Some((0..count).map(|step| element(self, step)).collect())
    }

    /// How many elements there are in what is one value a step because lists are, none of which changes by itself.
    fn listed(&self, id: ExprId, known: &mut HashMap<ExprId, Option<u32>>) -> Option<u32> {
        if let Some(known) = known.get(&id) {
            return *known;
        }
        if known.len() > MOST_MADE {
            return None;
        }
        // A definition that reads itself is no list.
        known.insert(id, None);
        let found = self.listed_by(&self.arena.expr(id).node, known);
        known.insert(id, found);
        found
    }

    fn listed_by(&self, node: &Node, known: &mut HashMap<ExprId, Option<u32>>) -> Option<u32> {
        let constant = |item: &ExprId| self.arena.expr(*item).shape == Shape::Constant;
        if let Node::List(items) = node {
            return items.iter().all(constant).then_some(items.len() as u32);
        }
        if let Node::Cell(cell) = node {
            let Some(Content::Computed(expr)) = self.states.get(*cell).map(|state| state.content) else { return None };
            return self.listed(expr, known);
        }
        if !matches!(node, Node::Scale(..) | Node::Sum(..) | Node::Product(..) | Node::Negate(_) | Node::Power(..) | Node::Call(..)) {
            return None;
        }
        let mut parts = Vec::new();
        children(node, &mut |part| parts.push(part));
        parts.retain(|part| !constant(part));
        let counts: Option<Vec<u32>> = parts.iter().map(|part| self.listed(*part, known)).collect();
        counts.and_then(|counts| counts.first().copied())
    }

    /// Whether a definition keeps a list as it is: one that has not as many values as the timeline has steps.
    pub(super) fn stays_list(&self, list: &List) -> bool {
        list.items.len() != self.world.grid.len()
    }

    /// A list for a definition to hold, in one unit.
    pub(super) fn kept(&mut self, list: &List) -> TableId {
        let (agreed, unit) = self.agree(&list.items, Joined::Arguments);
        let info = Info::of(Type::Number, unit, &agreed);
        let bands = agreed.iter().enumerate().map(|(at, item)| Band { bound: at as f64, value: item.id, flat: None }).collect();
        self.arena.tables.push(Table { form: Form::List, bands, at: list.at });
        let known = TableInfo::of(Known::Any, unit, info);
        self.arena.table_infos.push(known);
        TableId(self.arena.tables.len() as u32 - 1)
    }

    /// What a definition holds that is no figure: a list is one again.
    pub(super) fn held(&self, id: TableId) -> Value {
        match self.arena.tables.get(id.0 as usize) {
            Some(table) if table.form == Form::List => Value::List(List { items: self.values(id), at: table.at }),
            Some(_) | None => Value::Table(id),
        }
    }

    /// The values of a table, row by row.
    pub(super) fn values(&self, id: TableId) -> Vec<Typed> {
        let known = self.arena.table_info(id);
        let bands = self.arena.tables.get(id.0 as usize).map_or(&[][..], |table| &table.bands);
        let value = |band: &Band| {
            let expr = self.arena.expr(band.value);
            Typed { id: band.value, info: Info { ty: expr.ty, unit: known.result, shape: expr.shape, uncertain: known.uncertain, flows: expr.flows } }
        };
        bands.iter().map(value).collect()
    }
}
