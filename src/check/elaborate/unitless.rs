//! Unitless: where two units differ by one alone, the definition that is a number without it.

use super::{Elaborator, Known, Typed};
use crate::check::mistakes;
use crate::check::mistakes::units::Unitless;
use crate::check::model::{CellId, Content, ExprId, Factor, Node, Origin, Type, children};
use crate::quantity::UnitId;
use crate::text::Location;
use foldhash::HashSet;

/// How far is looked: enough for any chain of the prelude, and an end to a hostile one.
const FARTHEST: usize = 2_000;

/// On which side of a division something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Stands {
    Above,
    Below,
}

/// A definition that is a number without a unit.
struct Candidate {
    cell: CellId,
    number: ExprId,
    stands: Stands,
}

impl Elaborator<'_, '_> {
    /// Tells of the one definition without a unit in what a value is made of, if that unit is all that parts the value from
    /// what is wanted.
    pub(super) fn tell_unitless(&mut self, value: Typed, wanted: UnitId) -> bool {
        let Some(found) = self.unitless(value, wanted) else { return false };
        let side = self.side(value);
        let wanted = self.arena.units.text(wanted);
        self.report(mistakes::units::without_unit(&found, &side, &wanted));
        true
    }

    /// The same of one of two values that do not fit each other.
    pub(super) fn tell_unitless_of(&mut self, left: Typed, right: Typed) -> bool {
        let (Known::Unit(a), Known::Unit(b)) = (left.info.unit, right.info.unit) else { return false };
        self.tell_unitless(left, b) || self.tell_unitless(right, a)
    }

    /// A definition that is a bare number, and is replaced by what has a unit.
    pub(super) fn tell_bare_definition(&mut self, cell: CellId, value: Typed, wanted: UnitId) -> bool {
        let Known::Unit(given) = value.info.unit else { return false };
        if self.arena.units.scale(given, wanted).is_some() || !self.arena.units.is_bare(wanted) {
            return false;
        }
        let Some(Content::Computed(id)) = self.states.base.get(cell.0 as usize).copied().flatten().map(|state| state.content) else { return false };
        let Node::Number(number) = self.arena.expr(id).node else { return false };
        let (at, unit) = (self.arena.expr(id).at, self.arena.expr(id).unit);
        if !self.is_count(cell, at, unit, number) {
            return false;
        }
        let found = Unitless { name: self.world.cell(cell).path.clone(), number: at, unit: self.arena.units.text(given) };
        let side = self.side(value);
        self.report(mistakes::units::without_unit(&found, &side, ""));
        true
    }

    /// The definition that lacks the unit, of what a slot is filled with that another slot has to go with.
    pub(super) fn unitless_of_slot(&self, cell: CellId, needed: &str) -> Option<Unitless> {
        let state = self.states.get(cell)?;
        let Content::Computed(id) = state.content else { return None };
        let only = self.candidate(id, Some(cell))?;
        (only.stands == Stands::Above && self.counts(&only)).then(|| self.found(&only, needed.to_owned()))
    }

    fn unitless(&mut self, value: Typed, wanted: UnitId) -> Option<Unitless> {
        let Known::Unit(given) = value.info.unit else { return None };
        if self.looped || value.info.ty != Type::Number || self.arena.units.scale(given, wanted).is_some() {
            return None;
        }
        let only = self.candidate(value.id, None)?;
        let is_named = matches!(self.arena.expr(value.id).node, Node::Cell(cell) if self.is_name_of(cell, only.cell));
        if is_named && self.arena.units.is_bare(given) {
            return Some(self.found(&only, self.arena.units.text(wanted)));
        }
        let lacks = self.arena.units.divide(wanted, given)?.unit;
        let lacks = if only.stands == Stands::Above { lacks } else { self.arena.units.power(lacks, -1)? };
        let units = &self.arena.units;
        let factors = units.factors(lacks);
        let is_time = factors.iter().any(|factor| units.name_of(factor.name).atom.is_time());
        // What is counted, `company`, or what one of that costs, `USD/company`.
        let counts = matches!(factors, [one] if one.exponent == 1 && !units.name_of(one.name).currency) && self.counts(&only);
        let costs = matches!(factors, [one, other] if one.exponent + other.exponent == 0 && units.currencies(lacks).count() == 1);
        ((counts || costs) && !is_time).then(|| self.found(&only, units.text(lacks)))
    }

    /// Whether a number may be one of things: a factor is hardly whole, and months and hours have numbers of their own.
    fn counts(&self, candidate: &Candidate) -> bool {
        let Node::Number(value) = self.arena.expr(candidate.number).node else { return false };
        let of_calendar = [7.0, 12.0, 24.0, 52.0, 365.0].contains(&value);
        !of_calendar && (value.fract() == 0.0 || value.abs() >= 100.0)
    }

    /// Whether a name is that of a definition, or of one that is nothing but its name.
    fn is_name_of(&self, name: CellId, cell: CellId) -> bool {
        let mut name = name;
        for _ in 0..FARTHEST {
            if name == cell {
                return true;
            }
            let Some(Content::Computed(id)) = self.states.get(name).map(|state| state.content) else { return false };
            let Node::Cell(next) = self.arena.expr(id).node else { return false };
            name = next;
        }
        false
    }

    fn found(&self, candidate: &Candidate, unit: String) -> Unitless {
        let def = self.world.cell(candidate.cell);
        Unitless { name: def.path.clone(), number: self.arena.expr(candidate.number).at, unit }
    }

    /// The only candidate there is; where it stands above a line as well as below one, that above.
    fn candidate(&self, id: ExprId, whole: Option<CellId>) -> Option<Candidate> {
        let found = self.candidates(id, whole);
        let first = found.first()?.cell;
        if found.iter().any(|other| other.cell != first) {
            return None;
        }
        let above = found.iter().position(|candidate| candidate.stands == Stands::Above).unwrap_or(0);
        found.into_iter().nth(above)
    }

    /// The definitions of the model's author that are a bare number, and no share, in what an expression is made of; `whole`
    /// is the definition that the expression is.
    fn candidates(&self, id: ExprId, whole: Option<CellId>) -> Vec<Candidate> {
        let mut found = Vec::new();
        let mut seen: HashSet<(CellId, Stands)> = self.cell.into_iter().flat_map(|cell| [(cell, Stands::Above), (cell, Stands::Below)]).collect();
        let mut queue = vec![(id, Stands::Above, whole)];
        for _ in 0..FARTHEST {
            let Some((id, stands, whole)) = queue.pop() else { break };
            let expr = self.arena.expr(id);
            let node = &expr.node;
            if let Node::Number(value) = *node {
                let cell = whole.filter(|cell| self.is_count(*cell, expr.at, expr.unit, value));
                found.extend(cell.map(|cell| Candidate { cell, number: id, stands }));
            } else if let Node::Cell(cell) | Node::Opened(cell) = *node {
                if let Some(Content::Computed(inner)) = self.states.get(cell).map(|state| state.content)
                    && seen.insert((cell, stands))
                {
                    queue.push((inner, stands, Some(cell)));
                }
            } else if let Node::Scale(inner, _) | Node::Growing { value: inner, .. } = *node {
                queue.push((inner, stands, whole));
            } else if let Node::Product(first, rest) = node {
                queue.push((*first, stands, None));
                queue.extend(rest.iter().map(|(factor, id)| match (factor, stands) {
                    (Factor::Times, _) => (*id, stands, None),
                    (Factor::Over, Stands::Above) => (*id, Stands::Below, None),
                    (Factor::Over, Stands::Below) => (*id, Stands::Above, None),
                }));
            } else {
                children(node, &mut |child| queue.push((child, stands, None)));
            }
        }
        found
    }

    /// Whether a number may have been meant to count something: it is a definition of its own, bare, and more than one.
    fn is_count(&self, cell: CellId, at: Location, unit: UnitId, value: f64) -> bool {
        let units = &self.arena.units;
        let def = self.world.cell(cell);
        let of_author = def.origin == Origin::Model && self.world.origin(at.file) == Origin::Model;
        let is_date = self.states.get(cell).is_some_and(|state| state.info.ty != Type::Number);
        of_author && !is_date && value.abs() > 1.0 && units.is_bare(unit) && !units.is_percent(unit)
    }
}
