//! Slots: what stands behind a colon, matched against what was given; unit variables bind here.

use super::{Elaborator, Info, Known, Typed};
use crate::check::mistakes;
use crate::check::mistakes::currencies::Rate;
use crate::check::mistakes::units::{Bound, Filling};
use crate::check::model::{Absence, Content, InstanceId, Node, Origin, Type};
use crate::quantity::{Factor, UnitId};
use crate::syntax::ast;
use crate::text::{FileId, Location};
use foldhash::HashMap;

/// What each instance's unit variables stand for, and which slot bound them.
pub(in crate::check) type Variables = HashMap<(InstanceId, String), (UnitId, String)>;

/// What a slot wants.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::check) enum SlotType<'a> {
    /// A ratio, shown in percent.
    Share,
    Date,
    Text,
    Table,
    Condition,
    /// One of several options.
    Choice(&'a ast::Choice),
    /// A unit, perhaps with variables.
    Unit(&'a ast::UnitExpr),
}

impl<'a> SlotType<'a> {
    /// What a stated unit or type means; kinds are told apart before.
    pub fn of(stated: &'a ast::Stated) -> Self {
        if let Some(choice) = &stated.choice {
            return Self::Choice(choice);
        }
        match stated.unit.factors.as_slice() {
            [only] if only.exponent == 1 => match only.name.text.as_str() {
                "share" => Self::Share,
                "date" => Self::Date,
                "text" => Self::Text,
                "table" => Self::Table,
                "condition" => Self::Condition,
                _ => Self::Unit(&stated.unit),
            },
            _ => Self::Unit(&stated.unit),
        }
    }
}

/// What a figure is that would fill a slot.
pub(super) fn type_wanted(stated: &ast::Stated) -> Type {
    match SlotType::of(stated) {
        SlotType::Date => Type::Date,
        SlotType::Condition => Type::Condition,
        SlotType::Share | SlotType::Text | SlotType::Table | SlotType::Choice(_) | SlotType::Unit(_) => Type::Number,
    }
}

/// The known part of a pattern, and the variables that are still free.
struct Pattern {
    known: UnitId,
    free: Vec<(String, i8)>,
    percent: bool,
}

impl Elaborator<'_, '_> {
    /// A value in what its slot or its own stated unit asks for; none where a mistake was told.
    pub(super) fn fitted(
        &mut self,
        value: Typed,
        stated: &ast::Stated,
        file: FileId,
        instance: Option<InstanceId>,
        name: &str,
    ) -> Option<Typed> {
        let stated_at = Location::new(file, stated.unit.span);
        match SlotType::of(stated) {
            SlotType::Share => {
                if !self.expect_type(value, Type::Number) {
                    return None;
                }
                let share = self.in_unit(value, UnitId::PERCENT, |side, _| mistakes::shares::share_wanted(name, side, stated_at));
                if share.is_some() {
                    self.filled_without_percent(value, name, (stated_at, "a share asked for here"));
                }
                share
            }
            SlotType::Date => self.fitted_type(value, Type::Date),
            SlotType::Condition => self.fitted_type(value, Type::Condition),
            SlotType::Choice(choice) => self.chosen_in(value, choice, name),
            SlotType::Text | SlotType::Table => {
                let at = self.blamed(value);
                self.report(mistakes::kinds::wrong_content(name, &stated.unit.factors.first()?.name.text, at, stated_at));
                None
            }
            SlotType::Unit(unit) => {
                if !self.expect_type(value, Type::Number) {
                    return None;
                }
                self.fitted_unit(value, unit, file, instance, name)
            }
        }
    }

    /// `expiry : date = none` is a date that is not known.
    fn fitted_type(&mut self, value: Typed, wanted: Type) -> Option<Typed> {
        let expr = self.arena.expr(value.id);
        if expr.node == Node::Blank(Absence::First) {
            let (at, info) = (expr.at, Info { ty: wanted, ..value.info });
            return Some(self.arena.push(Node::Blank(Absence::First), info, at));
        }
        self.expect_type(value, wanted).then_some(value)
    }

    fn fitted_unit(
        &mut self,
        value: Typed,
        unit: &ast::UnitExpr,
        file: FileId,
        instance: Option<InstanceId>,
        name: &str,
    ) -> Option<Typed> {
        let pattern = self.pattern(unit, file, instance)?;
        let stated_at = Location::new(file, unit.span);
        match (pattern.free.as_slice(), value.info.unit) {
            ([], _) => {
                let wanted = self.shown_as(pattern.known, pattern.percent, value, instance.is_some());
                if self.tell_unitless(value, wanted) {
                    return None;
                }
                let money = self.other_money(value, wanted);
                // Of money in another currency the currency is told, and not what the other slots measure.
                let bound = if money.is_none() { self.bound_by(unit, instance, value, pattern.known) } else { None };
                if self.tell_bound(value, wanted, bound.as_ref()) {
                    return None;
                }
                let slot = instance.is_some();
                let told = self.found.len();
                let fitted = self.in_unit(value, wanted, |side, text| {
                    let mistake = mistakes::units::stated(name, side, &text, stated_at, slot, bound);
                    match money {
                        Some((from, to, rate)) => mistakes::currencies::other_currency(mistake, side, &from, &to, rate),
                        None => mistake,
                    }
                });
                if pattern.percent && fitted.is_some() {
                    self.filled_without_percent(value, name, (stated_at, "stated here"));
                }
                if self.found.len() > told {
                    let guesses = instance.map(|instance| self.guesses_beside(value, wanted, (unit, file), instance)).unwrap_or_default();
                    self.add_guesses(told, guesses);
                }
                fitted
            }
            ([_], Known::Unit(given)) if self.is_per_time(pattern.known) && !self.is_per_time(given) => {
                let side = self.side(value);
                let time = self.arena.units.text(pattern.known);
                self.report(mistakes::units::without_time(name, &side, &time, stated_at));
                None
            }
            ([_], Known::Unit(_)) if let Some((from, to, rate)) = self.other_money(value, pattern.known) => {
                let side = self.side(value);
                self.report(mistakes::currencies::slot_in_other(name, &side, [&from, &to], stated_at, rate));
                None
            }
            ([(variable, exponent)], Known::Unit(given)) => {
                let Some(rest) = self.arena.units.divide(given, pattern.known) else {
                    self.report(mistakes::powers::too_many(self.at(value)));
                    return None;
                };
                let bound = if *exponent == 1 { Some(rest.unit) } else if *exponent == -1 { self.arena.units.power(rest.unit, -1) } else { None };
                if let (Some(bound), Some(instance)) = (bound, instance) {
                    self.variables.insert((instance, variable.clone()), (bound, name.to_owned()));
                }
                Some(value)
            }
            // A zero, or several unknowns at once: nothing to hold against it yet.
            (_, Known::Any | Known::Unknown | Known::Unit(_)) => Some(value),
        }
    }

    /// Whether a unit is written with a time below its line: `USD/month`, also `hour/month`.
    fn is_per_time(&self, unit: UnitId) -> bool {
        let units = &self.arena.units;
        units.factors(unit).iter().any(|factor| factor.exponent < 0 && units.name_of(factor.name).atom.is_time())
    }

    /// The currency of a value, the other one that is wanted, and whether a rate of either is known.
    fn other_money(&self, value: Typed, wanted: UnitId) -> Option<(String, String, Rate)> {
        let Known::Unit(given) = value.info.unit else { return None };
        let units = &self.arena.units;
        let (from, to) = (units.currencies(given).next()?, units.currencies(wanted).next()?);
        let name = |id| units.name_of(id).singular.clone();
        let rate = if [from, to].iter().any(|id| self.world.rates.contains_key(id)) { Rate::Declared } else { Rate::Missing };
        let has_both = units.currencies(given).any(|id| id == to);
        (!has_both).then(|| (name(from), name(to), rate))
    }

    /// Slots show what the modeller wrote; a stated unit of his own is how he wants it shown. A stretch of time stays in
    /// its family: behind a date ten days are ten days, and not a share of some month.
    fn shown_as(&mut self, known: UnitId, percent: bool, value: Typed, slot: bool) -> UnitId {
        let units = &self.arena.units;
        let is_stretch = |unit: UnitId| units.is_only_time(unit) && units.time_exponent(unit) == 1;
        match value.info.unit {
            Known::Unit(given) if slot && units.scale(given, known) == Some(1.0) => {
                // What a slot states as a percentage per time is a rate and no flow, but over the time that was written.
                if percent && units.is_flow(given) { self.percentage(given) } else { given }
            }
            Known::Unit(given) if slot && is_stretch(given) && is_stretch(known) => given,
            Known::Unit(_) | Known::Any | Known::Unknown if percent => self.percentage(known),
            Known::Unit(_) | Known::Any | Known::Unknown => known,
        }
    }

    /// The same unit as a percentage.
    fn percentage(&mut self, of: UnitId) -> UnitId {
        let factors = self.arena.units.factors(of).to_vec();
        self.arena.units.intern(factors, true)
    }

    /// The slot that fixed a variable of a unit, for the message; `value` would fill another slot, which wants `known`.
    fn bound_by(&mut self, unit: &ast::UnitExpr, instance: Option<InstanceId>, value: Typed, known: UnitId) -> Option<Bound> {
        let instance = instance?;
        let (slot, exponent) = unit.factors.iter().find_map(|factor| {
            self.variables.get(&(instance, factor.name.text.clone())).map(|(_, slot)| (slot.clone(), factor.exponent))
        })?;
        // What `--set` gives another value bound its own variable before.
        let cell = self.world.member(instance, &slot).filter(|cell| self.cell != Some(*cell))?;
        let def = self.world.cell(cell);
        let Some((Content::Computed(expr), Known::Unit(unit))) = self.states.get(cell).map(|state| (state.content, state.info.unit)) else {
            return Some(Bound { slot, written: None, unit: String::new(), unitless: None });
        };
        let written = def.body.filter(|body| self.world.origin(body.file) == Origin::Model).map(|_| Filling {
            at: def.at,
            number: (unit == UnitId::NONE && matches!(self.arena.expr(expr).node, Node::Number(_))).then(|| self.arena.expr(expr).at),
            needed: self.needed_for(def.slot, exponent, value, known),
        });
        // What the prelude fills the slot with goes back to what the author wrote.
        let needed = if written.is_none() { self.needed_for(def.slot, exponent, value, known) } else { None };
        let unitless = needed.and_then(|needed| self.unitless_of_slot(cell, &needed));
        Some(Bound { slot, written, unit: self.arena.units.text(unit), unitless })
    }

    /// Tells of the definition without a unit by which another slot has bound a variable, where the value does not fit that.
    fn tell_bound(&mut self, value: Typed, wanted: UnitId, bound: Option<&Bound>) -> bool {
        let Known::Unit(given) = value.info.unit else { return false };
        let fits = self.arena.units.scale(given, wanted).is_some();
        let Some(found) = bound.and_then(|bound| bound.unitless.as_ref()).filter(|_| !fits && !self.looped) else { return false };
        let side = self.side(value);
        let wanted = self.arena.units.text(wanted);
        self.report(mistakes::units::without_unit(found, &side, &wanted));
        true
    }

    /// What a slot that is bare, and measured in a variable alone, would have to measure for a value to fit another slot.
    fn needed_for(&mut self, slot: Option<(&ast::Stated, FileId)>, exponent: i8, value: Typed, known: UnitId) -> Option<String> {
        let alone = slot.is_some_and(|(stated, _)| matches!(stated.unit.factors.as_slice(), [only] if only.exponent == 1));
        let Known::Unit(given) = value.info.unit else { return None };
        let rest = self.arena.units.divide(given, known)?.unit;
        let rest = if exponent == 1 { Some(rest) } else { self.arena.units.power(rest, -1).filter(|_| exponent == -1) };
        let rest = rest.filter(|rest| alone && !self.arena.units.is_bare(*rest) && !self.is_per_time(*rest))?;
        Some(self.arena.units.text(rest))
    }

    fn pattern(&mut self, unit: &ast::UnitExpr, file: FileId, instance: Option<InstanceId>) -> Option<Pattern> {
        let mut known: Vec<Factor> = Vec::new();
        let mut free: Vec<(String, i8)> = Vec::new();
        let mut percent = false;
        // What the prelude states per month of every company is told per step: `USD/year` on steps of a year.
        let of_step = (instance.is_none() && self.world.origin(file) == Origin::Prelude).then(|| self.world.grid.step().name());
        for factor in &unit.factors {
            let name = factor.name.text.as_str();
            if name == "%" || name == "share" {
                percent = true;
            } else if name == "number" {
            } else if name == "currency" && self.arena.units.find(name).is_none() {
                match self.world.currency {
                    Some(name) => known.push(Factor { name, exponent: factor.exponent, per: factor.per }),
                    // No currency named anywhere: whatever money there is has no unit to fit.
                    None => free.push(("currency".into(), factor.exponent)),
                }
            } else if let Some(name) = self.arena.units.find(of_step.filter(|_| name == "month" && factor.exponent < 0).unwrap_or(name)) {
                known.push(Factor { name, exponent: factor.exponent, per: factor.per });
            } else if let Some(id) = instance.filter(|_| is_variable(name)) {
                match self.variables.get(&(id, name.to_owned())) {
                    Some((bound, _)) => {
                        let factors = self.arena.units.factors(*bound).to_vec();
                        known.extend(factors.into_iter().map(|f| Factor { exponent: f.exponent.saturating_mul(factor.exponent), ..f }));
                    }
                    None => match free.iter_mut().find(|(known, _)| known == name) {
                        Some((_, exponent)) => *exponent = exponent.saturating_add(factor.exponent),
                        None => free.push((name.to_owned(), factor.exponent)),
                    },
                }
            } else {
                let at = Location::new(file, factor.name.span);
                self.report(mistakes::names::unknown_unit(name, at, &self.arena.units, self.world.unit_home));
                return None;
            }
        }
        Some(Pattern { known: self.arena.units.intern(known, false), free, percent })
    }
}

/// Unit variables begin with a capital letter: `B`, `Demand`.
fn is_variable(name: &str) -> bool {
    name.chars().next().is_some_and(char::is_uppercase)
}
