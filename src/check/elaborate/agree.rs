//! Agrees: brings values to one unit, or tells why they can't be.

use super::{Elaborator, Known, Typed};
use crate::check::mistakes;
use crate::check::mistakes::currencies::Rate;
use crate::check::mistakes::side::Side;
use crate::check::mistakes::units::Written;
use crate::check::model::{ExprId, Factor, Node, Origin, Type};
use crate::diagnostic::Diagnostic;
use crate::quantity::UnitId;
use crate::text::Location;

/// Where units have to agree, for the wording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joined {
    /// `a + b`
    Sum,
    /// `a < b`
    Comparison,
    /// `if c then a else b`
    Branches,
    /// `min(a, b)`, `sum(column)`
    Arguments,
}

impl Elaborator<'_, '_> {
    /// All values in the unit of the first that has one; beside a rate a quotient is a rate, whichever stands first. A mistake
    /// is told once, and the unit is then unknown.
    pub(super) fn agree(&mut self, values: &[Typed], how: Joined) -> (Vec<Typed>, Known) {
        let lead = values.iter().find(|value| matches!(value.info.unit, Known::Unit(_))).copied();
        let Some(lead) = lead else {
            let unknown = values.iter().any(|value| value.info.unit == Known::Unknown);
            return (values.to_vec(), if unknown { Known::Unknown } else { Known::Any });
        };
        let Known::Unit(unit) = lead.info.unit else { return (values.to_vec(), Known::Unknown) };
        let unit = self.rate_among(values, unit).unwrap_or(unit);
        let mut agreed = Vec::with_capacity(values.len());
        let mut percent = true;
        let mut spoilt = false;
        for value in values {
            match value.info.unit {
                Known::Any | Known::Unknown => agreed.push(Typed { info: super::Info { unit: Known::Unit(unit), ..value.info }, ..*value }),
                Known::Unit(other) => {
                    percent &= self.arena.units.is_percent(other);
                    match self.arena.units.scale(other, unit) {
                        Some(scale) => agreed.push(self.scaled(*value, scale, Known::Unit(unit))),
                        None => {
                            if !spoilt {
                                let told = self.found.len();
                                self.disagree(lead, *value, how);
                                let range = self.range_meant(lead, *value);
                                let guesses = self.guesses(*value, unit).into_iter().chain(self.guesses(lead, other)).chain(range).collect();
                                self.add_guesses(told, guesses);
                            }
                            spoilt = true;
                        }
                    }
                }
            }
        }
        if spoilt {
            return (values.to_vec(), Known::Unknown);
        }
        match how {
            Joined::Sum | Joined::Branches => self.beside_percentages(values),
            // Other arguments than those of `min` may be numbers of another kind.
            Joined::Comparison | Joined::Arguments => {}
        }
        // What a mistake has spoilt may have made any unit of the whole; in a loop it may still turn out to be this one.
        if !self.looped && values.iter().any(|value| value.info.unit == Known::Unknown) {
            return (agreed, Known::Unknown);
        }
        // `1 - 5%` is a bare number, `5% + 3%` a percentage.
        let shown = if self.arena.units.is_bare(unit) && self.arena.units.is_percent(unit) && !percent { UnitId::NONE } else { unit };
        (agreed, Known::Unit(shown))
    }

    /// The first percentage per time among values that measure what the first of them does.
    fn rate_among(&self, values: &[Typed], first: UnitId) -> Option<UnitId> {
        let units = &self.arena.units;
        let stated = values.iter().filter_map(|value| if let Known::Unit(unit) = value.info.unit { Some(unit) } else { None });
        stated.into_iter().find(|unit| units.is_percent(*unit) && !units.is_bare(*unit) && units.scale(first, *unit).is_some())
    }

    /// Tells why two values do not fit, as specifically as can be.
    fn disagree(&mut self, left: Typed, right: Typed, how: Joined) {
        // A number that lacks a unit is more likely the slip than one that has it: it is pointed at first.
        let plain = |value: Typed| matches!(value.info.unit, Known::Unit(unit) if self.arena.units.is_bare(unit));
        let (left, right) = if plain(left) && !plain(right) { (right, left) } else { (left, right) };
        if let Some(mistake) = self.instances_disagree(left, right) {
            return self.report(mistake);
        }
        if self.tell_unitless_of(left, right) {
            return;
        }
        let (a, b) = (self.side(left), self.side(right));
        let (Known::Unit(u), Known::Unit(v)) = (left.info.unit, right.info.unit) else { return };
        let units = &self.arena.units;
        let percent = |unit: UnitId| units.is_percent(unit) && units.is_bare(unit);
        let bare_other = |unit: UnitId| !units.is_bare(unit);
        let currencies = |unit: UnitId| units.currencies(unit).collect::<Vec<_>>();
        let flows = (units.time_exponent(u), units.time_exponent(v));
        let is_rate = |unit: UnitId| units.is_percent(unit) && bare_other(unit);
        let mistake = if how == Joined::Sum && !is_rate(u) && !is_rate(v) && (percent(v) && bare_other(u) || percent(u) && bare_other(v)) {
            mistakes::shares::percent_of_amount(&a, &b)
        } else if !currencies(u).is_empty() && !currencies(v).is_empty() && currencies(u) != currencies(v) {
            let name = |unit| currencies(unit).first().map(|id| units.name_of(*id).singular.clone()).unwrap_or_default();
            let is_rated = [u, v].into_iter().flat_map(currencies).any(|id| self.world.rates.contains_key(&id));
            let rate = if is_rated { Rate::Declared } else { Rate::Missing };
            mistakes::currencies::currencies_mixed(&a, &b, &name(v), &name(u), rate)
        } else if how == Joined::Sum && self.only_time_differs(u, v) && (flows.0 - flows.1).abs() == 1 {
            mistakes::units::flow_and_level(&a, &b, flows.0 < flows.1)
        } else {
            match how {
                Joined::Sum => mistakes::units::sum(&a, &b),
                Joined::Comparison => mistakes::units::comparison(&a, &b, self.written(right)),
                Joined::Branches => mistakes::units::branches(&a, &b),
                Joined::Arguments => mistakes::units::arguments(&a, &b),
            }
        };
        let mistake = match (how, self.growth_rate_of(left, right)) {
            (Joined::Sum, Some(rate)) => mistakes::units::growth_of_sum(mistake, rate, &b),
            (Joined::Sum | Joined::Comparison | Joined::Branches | Joined::Arguments, _) => mistake,
        };
        let mistake = if how == Joined::Comparison && self.only_time_differs(u, v) && (flows.0 - flows.1).abs() == 1 {
            let level = if flows.0 < flows.1 { right } else { left };
            let written = matches!(self.arena.expr(level.id).node, Node::Number(_)).then(|| self.at(level));
            let flow = if flows.0 < flows.1 { left } else { right };
            mistakes::units::total_beside_flow(mistake, written, self.bare_factor(flow).map(|at| (at, time_of(&self.side(flow).unit))))
        } else {
            mistake
        };
        let units = &self.arena.units;
        let quoted = [u, v].map(|unit| currencies(unit).iter().map(|id| units.name_of(*id).singular.clone()).collect::<Vec<_>>());
        let mistake = match quoted.iter().find(|names| names.len() > 1).map(Vec::as_slice) {
            Some([from, to, ..]) => mistakes::currencies::quoted_currencies(mistake, from, to),
            Some(_) | None => mistake,
        };
        self.report(mistake);
    }

    /// The bare number in `3 * operating_costs`, where it is written out.
    fn bare_factor(&self, value: Typed) -> Option<Location> {
        let Node::Product(first, rest) = &self.arena.expr(value.id).node else { return None };
        let times = rest.iter().filter(|(factor, _)| *factor == Factor::Times).map(|(_, id)| *id);
        let is_bare = |id: &ExprId| matches!(self.arena.expr(*id).node, Node::Number(_)) && self.arena.expr(*id).unit == UnitId::NONE;
        let number = std::iter::once(*first).chain(times).find(is_bare)?;
        let at = self.arena.expr(number).at;
        (self.world.origin(at.file) == Origin::Model).then_some(at)
    }

    fn written(&self, value: Typed) -> Written {
        if matches!(self.arena.expr(value.id).node, Node::Number(_)) { Written::Here } else { Written::Elsewhere }
    }

    /// Of a column two elements, each told by its instance: where the column is written they can't be told apart.
    fn instances_disagree(&self, left: Typed, right: Typed) -> Option<Diagnostic> {
        let element = |value: Typed| {
            let Node::Cell(cell) = self.arena.expr(value.id).node else { return None };
            let def = self.world.cell(cell);
            let at = if def.origin == Origin::Model { def.at } else { self.head(def.instance?) };
            def.instance.map(|_| (def.path.as_str(), Side { at, part: None, ..self.side(value) }))
        };
        let asked = self.at(left);
        let ((one, left), (other, right)) = element(left).zip(element(right).filter(|_| asked == self.at(right)))?;
        Some(mistakes::units::instances((one, &left), (other, &right), asked))
    }

    /// Where the rate stands of something that grows, if what is added to it is a rate of growth itself.
    fn growth_rate_of(&self, grown: Typed, added: Typed) -> Option<Location> {
        let Node::Growing { rate, .. } = self.arena.expr(grown.id).node else { return None };
        let Known::Unit(unit) = added.info.unit else { return None };
        let units = &self.arena.units;
        let (rate, added) = (self.arena.expr(rate).at, self.arena.expr(added.id).at);
        let written = rate.file == added.file && rate.span.end <= added.span.start;
        (written && units.is_only_time(unit) && units.time_exponent(unit) == -1).then_some(rate)
    }

    fn only_time_differs(&self, u: UnitId, v: UnitId) -> bool {
        let mut units = self.arena.units.clone();
        let (u, v) = (units.without_time(u), units.without_time(v));
        units.scale(u, v).is_some()
    }

    /// A value in a wanted unit; tells with `mistake` if it can't be.
    pub(in crate::check) fn in_unit(
        &mut self,
        value: Typed,
        wanted: UnitId,
        mistake: impl FnOnce(&mistakes::side::Side, String) -> Diagnostic,
    ) -> Option<Typed> {
        match value.info.unit {
            Known::Any => Some(Typed { info: super::Info { unit: Known::Unit(wanted), ..value.info }, ..value }),
            // What a mistake has spoilt is taken for what is wanted, so that nothing that reads it is called wrong.
            Known::Unknown => {
                let flows = value.info.ty == Type::Number && self.arena.units.is_flow(wanted);
                Some(Typed { info: super::Info { unit: Known::Unit(wanted), flows, ..value.info }, ..value })
            }
            Known::Unit(unit) => match self.arena.units.scale(unit, wanted) {
                Some(scale) => Some(self.scaled(value, scale, Known::Unit(wanted))),
                None => {
                    let side = self.side(value);
                    let text = self.arena.units.text(wanted);
                    let told = self.found.len();
                    self.report(mistake(&side, text));
                    if self.found.len() > told {
                        let guesses = self.guesses(value, wanted);
                        self.add_guesses(told, guesses);
                    }
                    None
                }
            },
        }
    }

    /// A value that measures nothing.
    pub(super) fn bare(&mut self, value: Typed, what: &'static str) -> Option<Typed> {
        if !self.expect_type(value, Type::Number) {
            return None;
        }
        self.in_unit(value, UnitId::NONE, |side, _| mistakes::units::bare_wanted(what, side))
    }

    /// The unit of time of the grid: month or day.
    pub(super) fn time_unit(&mut self) -> UnitId {
        let name = match self.world.grid.family() {
            crate::calendar::Family::Month => "month",
            crate::calendar::Family::Day => "day",
        };
        self.unit_named(name)
    }

    /// How long a step is, as a unit: `year` on steps of a year.
    pub(super) fn step_unit(&mut self) -> UnitId {
        self.unit_named(self.world.grid.step().name())
    }

    pub(super) fn unit_named(&mut self, name: &str) -> UnitId {
        match self.arena.units.find(name) {
            Some(name) => self.arena.units.intern(vec![crate::quantity::Factor { name, exponent: 1, per: 1.0 }], false),
            None => UnitId::NONE,
        }
    }

    /// A stretch of time in the grid's unit.
    pub(super) fn duration(&mut self, value: Typed, what: &'static str) -> Option<Typed> {
        if !self.expect_type(value, Type::Number) {
            return None;
        }
        let unit = self.time_unit();
        self.in_unit(value, unit, |side, wanted| mistakes::units::argument(what, side, &wanted))
    }

    /// A flow, scaled to the grid's unit of time, and the unit of what it adds up to.
    pub(super) fn flow(&mut self, value: Typed, who: &'static str, at: Location) -> Option<(Typed, Known)> {
        if !self.expect_type(value, Type::Number) {
            return None;
        }
        let Known::Unit(unit) = value.info.unit else { return Some((value, value.info.unit)) };
        // Once per time at least: what is earned a month may itself change by the month.
        if self.arena.units.time_exponent(unit) >= 0 {
            let side = self.side(value);
            let told = self.found.len();
            self.report(mistakes::units::flow_wanted(who, &side, at));
            let time = self.time_unit();
            let lacks = self.arena.units.power(time, -1 - self.arena.units.time_exponent(unit));
            let guesses = lacks.map(|lacks| self.guesses_in(value.id, lacks)).unwrap_or_default();
            self.add_guesses(told, guesses);
            return None;
        }
        let time = self.time_unit();
        let Some(added) = self.arena.units.multiply(unit, time) else {
            self.report(mistakes::powers::too_many(at));
            return None;
        };
        let scaled = self.scaled(value, added.scale, Known::Unit(unit));
        Some((scaled, Known::Unit(added.unit)))
    }
}

/// The last unit that another is per: `month` of `USD/month`.
fn time_of(unit: &str) -> String {
    unit.rsplit('/').next().unwrap_or(unit).to_owned()
}
