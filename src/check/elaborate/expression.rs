//! Expressions: literals, paths, indexing; hands operators and calls on.

use super::date::date_info;
use super::{Elaborator, Info, Known, Place, Value};
use crate::check::mistakes;
use crate::check::model::{Absence, CellId, Content, Node, Origin, Shape, Type};
use crate::check::resolve::{Broken, Owner, Target, resolve};
use crate::check::world::Scope;
use crate::diagnostic::Diagnostic;
use crate::quantity::{Factor, UnitId};
use crate::syntax::ast::{self, ExprNode, Operator};
use crate::text::{Location, Span};

impl Elaborator<'_, '_> {
    /// What an expression turns out to be.
    pub(in crate::check) fn expr(&mut self, place: &Place, id: ast::ExprId) -> Value {
        let expr = self.world.expr(place.file, id);
        let at = Location::new(place.file, expr.span);
        match &expr.node {
            ExprNode::Number(number) => self.literal(place, number, at),
            ExprNode::Date(_) => self.date(place, id, at),
            ExprNode::Text(_) => Value::Text,
            ExprNode::Flag(flag) => {
                let info = Info { ty: Type::Condition, ..Info::number(Known::Unit(UnitId::NONE), Shape::Constant) };
                Value::One(self.arena.push(Node::Number(f64::from(u8::from(*flag))), info, at))
            }
            ExprNode::Path(path) => self.path(place, path, at),
            ExprNode::Negate(x) => self.lift(place, &[*x], &mut |this, ones| this.negate(ones, at)),
            ExprNode::Not(x) => self.lift(place, &[*x], &mut |this, ones| this.not(ones, at)),
            ExprNode::Chain { first, rest } => self.chain(place, *first, rest, at),
            ExprNode::Compare { first, rest } => self.compare(place, *first, rest, at),
            ExprNode::Power(a, b) => self.power(place, *a, *b, at),
            ExprNode::To(a, b) => self.range_as_value(place, id, [*a, *b], at),
            ExprNode::If { branches, otherwise } => self.branches(place, branches, *otherwise, at),
            ExprNode::Growing(x, rate, since) => self.growing(place, [*x, *rate], *since, at),
            ExprNode::In(x, currency) => {
                self.lift(place, &[*x], &mut |this, ones| this.in_currency(ones, place, currency, at))
            }
            ExprNode::Index(x, period) => self.index(place, *x, *period, at),
            ExprNode::Call { callee, arguments } => self.call(place, *callee, arguments, at),
            ExprNode::Table { form, rows } => self.table(place, form, rows, at),
            ExprNode::List(entries) => self.list(place, entries, at),
            ExprNode::Broken => Value::Unknown,
        }
    }

    /// The unit that stands beside a name in a sum or comparison: of a literal, or of a name that is known.
    pub(super) fn unit_beside(&mut self, place: &Place, ids: &[ast::ExprId]) -> Option<UnitId> {
        ids.iter().find_map(|id| {
            let node = &self.world.expr(place.file, *id).node;
            if let Some(unit) = node.number().and_then(|number| number.unit.as_ref()) {
                let known = unit.factors.iter().all(|factor| self.arena.units.find(&factor.name.text).is_some());
                return if known { self.unit_of(place, unit) } else { None };
            }
            let cell = node.path().and_then(|path| match resolve(self.world, self.links, place.scope, path).target {
                Ok(Target::Cell(cell)) => self.states.get(cell),
                Ok(_) | Err(_) => None,
            });
            match cell.map(|state| state.info.unit) {
                Some(Known::Unit(unit)) => Some(unit),
                Some(Known::Any | Known::Unknown) | None => None,
            }
        })
    }

    fn chain(&mut self, place: &Place, first: ast::ExprId, rest: &[(Operator, ast::ExprId)], at: Location) -> Value {
        let ids: Vec<ast::ExprId> = [first].into_iter().chain(rest.iter().map(|(_, id)| *id)).collect();
        let operators: Vec<Operator> = rest.iter().map(|(operator, _)| *operator).collect();
        match operators.first() {
            Some(Operator::Add | Operator::Subtract) => {
                let beside = self.unit_beside(place, &ids);
                let outer = std::mem::replace(&mut self.wanted, beside);
                let sum = self.lift(place, &ids, &mut |this, ones| this.sum(ones, &operators, at));
                self.wanted = outer;
                sum
            }
            Some(Operator::Multiply | Operator::Divide) => self.factors(place, &ids, &operators, at),
            Some(Operator::And) => self.lift(place, &ids, &mut |this, ones| this.all(ones, at)),
            Some(Operator::Or) => self.lift(place, &ids, &mut |this, ones| this.any(ones, at)),
            Some(Operator::Otherwise) => self.otherwise(place, &ids, at),
            None => self.expr(place, first),
        }
    }

    fn literal(&mut self, place: &Place, number: &ast::Number, at: Location) -> Value {
        let Some(unit) = &number.unit else {
            let known = match (number.percent, number.value == 0.0) {
                (true, _) => Known::Unit(UnitId::PERCENT),
                (false, true) => Known::Any,
                (false, false) => Known::Unit(UnitId::NONE),
            };
            return Value::One(self.number(number.value, known, at));
        };
        let Some(plain) = self.unit_of(place, unit) else { return Value::Unknown };
        if let Some(mistake) = self.two_readings(place, unit) {
            self.report(mistake);
            return Value::Unknown;
        }
        self.warn_of_thousands(number, unit, at);
        let base = self.arena.units.to_base(plain, number.value);
        let factors = self.arena.units.factors(plain).to_vec();
        let shown = if number.percent { self.arena.units.intern(factors, true) } else { plain };
        Value::One(self.number(base, Known::Unit(shown), at))
    }

    /// Warns of `120.000 household`: three decimals of things that are counted whole were meant for thousands.
    fn warn_of_thousands(&mut self, number: &ast::Number, unit: &ast::UnitExpr, at: Location) {
        let units = &self.arena.units;
        let [first, rest @ ..] = unit.factors.as_slice() else { return };
        let Some(name) = units.find(&first.name.text).map(|id| units.name_of(id)) else { return };
        let per_time = rest.iter().all(|factor| {
            let of_time = units.find(&factor.name.text).is_some_and(|id| units.name_of(id).atom.is_time());
            factor.exponent == -1 && factor.per == 1.0 && of_time
        });
        let by_calendar = !rest.is_empty() && rest.iter().all(|factor| {
            let singular = units.find(&factor.name.text).map(|id| units.name_of(id).singular.as_str());
            matches!(singular, Some("month" | "quarter" | "year"))
        });
        let counted = first.exponent == 1 && per_time && !name.atom.is_time();
        // Money has decimals, and so has what is measured, which nobody gives a plural.
        let sure = match number.digits {
            ast::Digits::Plain => false,
            // What is paid by the month in all is no price with mills, as one by the hour or the piece may be.
            ast::Digits::Grouped | ast::Digits::Thousands if name.currency && by_calendar => true,
            ast::Digits::Grouped => name.plural.is_some() && !name.currency && number.value >= 10.0,
            ast::Digits::Thousands if name.currency => rest.is_empty() && number.value >= 10.0,
            ast::Digits::Thousands => name.plural.is_some(),
        };
        if counted && sure && self.world.origin(at.file) == Origin::Model {
            let digits = Location::new(at.file, Span::new(at.span.start, unit.span.start));
            self.report(mistakes::shares::thousands(number.value, &first.name.text, at, digits));
        }
    }

    /// A written unit; unknown names are told.
    pub(super) fn unit_of(&mut self, place: &Place, unit: &ast::UnitExpr) -> Option<UnitId> {
        let mut factors = Vec::with_capacity(unit.factors.len());
        for factor in &unit.factors {
            let Some(name) = self.arena.units.find(&factor.name.text) else {
                let at = Location::new(place.file, factor.name.span);
                self.report(if self.world.names.contains_key(factor.name.text.as_str()) {
                    mistakes::names::name_as_unit(&factor.name.text, at, division(place, unit, factor), &self.arena.units)
                } else {
                    mistakes::names::unknown_unit(&factor.name.text, at, &self.arena.units, self.world.unit_home)
                });
                return None;
            };
            factors.push(Factor { name, exponent: factor.exponent, per: factor.per });
        }
        Some(self.arena.units.intern(factors, false))
    }

    /// `1_200 USD/orders` where `orders` is a figure as well as the plural of a unit: whoever means to divide by the figure
    /// would get an amount in the right unit and the wrong height.
    fn two_readings(&self, place: &Place, unit: &ast::UnitExpr) -> Option<Diagnostic> {
        let factor = unit.factors.iter().find(|factor| {
            let text = factor.name.text.as_str();
            let singular = self.arena.units.find(text).is_none_or(|unit| self.arena.units.name_of(unit).singular == text);
            factor.exponent < 0 && factor.per == 1.0 && !singular && self.is_figure(place, &factor.name)
        })?;
        let singular = &self.arena.units.name_of(self.arena.units.find(&factor.name.text)?).singular;
        let at = Location::new(place.file, factor.name.span);
        Some(mistakes::names::two_readings(&factor.name.text, singular, at, division(place, unit, factor)))
    }

    /// Whether a name means a figure that the model's author wrote, or an argument.
    fn is_figure(&self, place: &Place, name: &ast::Name) -> bool {
        if place.arguments.iter().any(|(known, _)| *known == name.text) {
            return true;
        }
        let path = ast::Path { names: vec![name.clone()], span: name.span };
        match resolve(self.world, self.links, place.scope, &path).target {
            Ok(Target::Cell(cell)) => self.world.cell(cell).origin != Origin::Prelude,
            Ok(Target::Cells(_) | Target::Instance(_) | Target::Instances(..) | Target::Nothing) | Err(_) => false,
        }
    }

    fn path(&mut self, place: &Place, path: &ast::Path, at: Location) -> Value {
        if let [name] = path.names.as_slice() {
            if let Some((_, value)) = place.arguments.iter().find(|(known, _)| *known == name.text) {
                return value.clone();
            }
            if name.text == "base"
                && let Some((cell, scenario)) = place.base
            {
                return self.base(cell, scenario, at);
            }
        }
        let resolved = resolve(self.world, self.links, place.scope, path);
        match resolved.target {
            Ok(Target::Cell(cell)) => self.cell_value(cell, at),
            Ok(Target::Cells(cells)) => {
                if !self.may_write_out(cells.len(), place.call.unwrap_or(at)) {
                    return Value::Unknown;
                }
                let mut column = Vec::with_capacity(cells.len());
                for cell in cells {
                    let value = self.cell_value(cell, at);
                    let Value::One(one) = value else { return value };
                    column.push(one);
                }
                Value::Column(column)
            }
            Ok(Target::Instance(id)) => Value::Instance(id),
            Ok(Target::Instances(_, ids)) => Value::Instances(ids),
            Ok(Target::Nothing) => {
                self.nothing_before(place, path);
                Value::Nothing
            }
            Err(broken) => self.broken_path(place, path, broken, at),
        }
    }

    /// `before` in a kind whose instances stand side by side at the top level, where none is above another.
    fn nothing_before(&mut self, place: &Place, path: &ast::Path) {
        let (Scope::Kind(id) | Scope::Filled(id, _)) = place.scope else { return };
        let Some(name) = path.names.first().filter(|name| name.text == "before") else { return };
        let kind = self.world.instance(id).kind;
        let all = self.world.by_kind.get(&kind).into_iter().flatten();
        let mut side_by_side = all.filter(|one| self.world.instance(**one).kind == kind && self.world.instance(**one).parent.is_none());
        // Told once, of the second.
        if side_by_side.nth(1) == Some(&id) {
            let mistake = mistakes::kinds::nothing_before(self.world.kind(kind).name, Location::new(place.file, name.span), self.head(id));
            self.report(mistake);
        }
    }

    fn broken_path(&mut self, place: &Place, path: &ast::Path, broken: Broken, at: Location) -> Value {
        let name_at = |index: usize| path.names.get(index).map_or(at, |name| Location::new(place.file, name.span));
        let text = |index: usize| path.names.get(index).map_or("", |name| name.text.as_str());
        match broken {
            Broken::Unknown => {
                if let Some(value) = self.built_in(text(0), path.names.len(), at) {
                    return value;
                }
                if text(0) == "base" {
                    self.report(mistakes::claims::base_outside(name_at(0)));
                    return Value::Unknown;
                }
                if !self.world.lost.contains(text(0)) {
                    let mistake = self.spaced_unit(path, place.file).unwrap_or_else(|| self.unknown_name(place, text(0), name_at(0)));
                    self.report(mistake);
                }
            }
            Broken::NoMember(index, owner) => {
                let (kind, title) = match owner {
                    Owner::Instance(id) => (self.world.instance(id).kind, self.world.instance(id).path.clone()),
                    Owner::Kind(id) => (id, self.world.kind(id).name.to_owned()),
                };
                let members = self.world.kind(kind).members.iter().map(|member| member.name);
                let mistake = mistakes::names::unknown_member(
                    text(index),
                    &title,
                    self.world.kind(kind).name,
                    name_at(index),
                    members,
                );
                self.report(mistake);
            }
            Broken::NotInside(index) => {
                let before = text(index.saturating_sub(1));
                self.report(mistakes::names::not_inside(text(index), before, name_at(index)));
            }
            Broken::Outside(id, home) => {
                let kind = self.world.kind(self.world.instance(id).kind).name;
                let mistake = mistakes::kinds::outside(kind, self.world.kind(home).name, self.head(id));
                self.report(mistake);
            }
            // Told once for the instance, if anything asks for it.
            Broken::Unfilled(_) => {
                return Value::One(self.arena.push(Node::Blank(Absence::First), Info::unknown(), at));
            }
        }
        Value::Unknown
    }

    /// `time`, `period`, `start`: what the timeline offers by itself.
    fn built_in(&mut self, name: &str, length: usize, at: Location) -> Option<Value> {
        if length != 1 {
            return None;
        }
        match name {
            "time" | "start" | "finish" if !self.world.grid.timed() => {
                self.report(mistakes::time::needs_timeline(&format!("`{name}`"), at, self.world.settings_at));
                Some(Value::Unknown)
            }
            "time" => Some(Value::One(self.arena.push(Node::Time, date_info(Shape::Series), at))),
            "start" => Some(Value::One(self.arena.push(Node::Number(self.world.grid.start(0)), date_info(Shape::Constant), at))),
            "finish" => {
                let end = self.world.grid.start(self.world.grid.len());
                Some(Value::One(self.arena.push(Node::Number(end), date_info(Shape::Constant), at)))
            }
            "year_begins" => {
                let month = f64::from(self.world.grid.year_begins());
                Some(Value::One(self.number(month, Known::Unit(UnitId::NONE), at)))
            }
            "period" => {
                let unit = self.step_unit();
                Some(Value::One(self.arena.push(Node::Period, Info::number(Known::Unit(unit), Shape::Constant), at)))
            }
            _ => None,
        }
    }

    pub(super) fn cell_value(&mut self, cell: CellId, at: Location) -> Value {
        let opened = self.cell.is_some_and(|reader| self.opened.contains(&(reader, cell)));
        let node = if opened { Node::Opened(cell) } else { Node::Cell(cell) };
        let Some(state) = self.states.get(cell) else {
            return Value::One(self.arena.push(node, Info::unknown(), at));
        };
        match state.content {
            Content::Computed(_) => Value::One(self.arena.push(node, state.info, at)),
            Content::Table(table) => self.held(table),
            Content::Text => Value::Text,
            Content::Reference(Some(id)) => Value::Instance(id),
            Content::Reference(None) => Value::Nothing,
            // Whether it was asked for is told at the end, once.
            Content::Missing => Value::One(self.arena.push(Node::Blank(Absence::First), state.info, at)),
        }
    }

    fn base(&mut self, cell: CellId, scenario: Option<crate::check::model::ScenarioId>, at: Location) -> Value {
        let Some(state) = self.states.get(cell) else { return Value::Unknown };
        match state.content {
            Content::Computed(_) => Value::One(self.arena.push(Node::Base(cell, scenario), state.info, at)),
            Content::Table(table) => self.held(table),
            Content::Reference(_) | Content::Text | Content::Missing => Value::Unknown,
        }
    }
}

/// The last factor of a unit with its `/`, which may have been meant as a division.
fn division(place: &Place, unit: &ast::UnitExpr, factor: &ast::UnitFactor) -> Option<Location> {
    let name = factor.name.span;
    let is_division = factor.exponent == -1 && factor.per == 1.0 && name.end == unit.span.end;
    is_division.then(|| Location::new(place.file, Span::new(name.start.saturating_sub(1), name.end)))
}
