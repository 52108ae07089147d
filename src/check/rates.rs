//! Rates: what one of a currency is worth is an amount of another.

use super::elaborate::{Known, Typed};
use super::mistakes;
use super::model::{CellId, Content, Node};
use super::pass::{LinkMap, Pass};
use crate::quantity::UnitNameId;
use crate::text::{Location, Span};

impl Pass<'_> {
    /// Tells of every declared rate that is none, once, and not where it is asked for.
    pub fn rates(&mut self) {
        let mut rates: Vec<(UnitNameId, CellId)> = self.world.rates.iter().map(|(currency, cell)| (*currency, *cell)).collect();
        rates.sort_unstable_by_key(|(_, cell)| *cell);
        for (currency, cell) in &rates {
            self.rate(*currency, *cell);
        }
        self.rates_in_circles(&rates);
    }

    /// What a currency is worth has one way to be told: of rates that lead back to where they begin, one is too many.
    fn rates_in_circles(&mut self, rates: &[(UnitNameId, CellId)]) {
        let mut told = Vec::new();
        for (first, _) in rates {
            let mut circle = vec![*first];
            let mut next = self.worth_in(*first);
            while let Some(into) = next.filter(|into| !circle.contains(into)) {
                circle.push(into);
                next = self.worth_in(into);
            }
            if next != Some(*first) || told.contains(first) {
                continue;
            }
            let in_order = rates.iter().filter(|(currency, _)| circle.contains(currency));
            let places: Vec<_> = in_order.map(|(currency, cell)| (self.arena.units.name_of(*currency).singular.clone(), self.world.cell(*cell).at)).collect();
            self.found.extend(mistakes::currencies::rates_in_a_circle(&places));
            told.extend(circle);
        }
    }

    /// The currency in which a declared rate says what one of another is worth.
    fn worth_in(&self, currency: UnitNameId) -> Option<UnitNameId> {
        let state = self.states.get(*self.world.rates.get(&currency)?)?;
        let Known::Unit(unit) = state.info.unit else { return None };
        self.arena.units.currencies(unit).find(|name| *name != currency)
    }

    fn rate(&mut self, currency: UnitNameId, cell: CellId) {
        let Some(state) = self.states.get(cell) else { return };
        let (Content::Computed(id), Known::Unit(_) | Known::Any) = (state.content, state.info.unit) else { return };
        let unit = if let Known::Unit(unit) = state.info.unit { unit } else { crate::quantity::UnitId::NONE };
        let units = &self.arena.units;
        let factors = units.factors(unit);
        let exponent = |name: UnitNameId| factors.iter().filter(|factor| factor.name == name).map(|factor| factor.exponent).sum::<i8>();
        let other = units.currencies(unit).find(|name| *name != currency);
        let own = exponent(currency);
        let upside_down = other.filter(|other| exponent(*other) == -1 && own == 1 && factors.len() == 2);
        let is_rate = other.is_some_and(|other| exponent(other) == 1 && matches!((own, factors.len()), (0, 1) | (-1, 2)));
        let name = |id: UnitNameId| units.name_of(id).singular.clone();
        if is_rate {
            let expr = self.arena.expr(id);
            let sign = if let Node::Negate(number) = expr.node { Some(self.arena.expr(number).at) } else { None };
            let sign = sign.map(|number| Location::new(number.file, Span::new(expr.at.span.start, number.span.start)));
            let mistake = mistakes::currencies::rate_of_nothing(&name(currency), expr.at, sign);
            let links = LinkMap::default();
            let value = self.elaborator(&links).known_value(id);
            self.found.extend(value.filter(|value| *value <= 0.0).map(|_| mistake));
            return;
        }
        let (this, other) = (name(currency), upside_down.map(name));
        let home = self.world.currency.filter(|home| *home != currency).map(name);
        let links = LinkMap::default();
        let side = self.elaborator(&links).side(Typed { id, info: state.info });
        self.found.push(match other {
            Some(other) => mistakes::currencies::rate_upside_down(&this, &other, &side),
            None => mistakes::currencies::rate_in_nothing(&this, &side, home.as_deref()),
        });
    }
}
