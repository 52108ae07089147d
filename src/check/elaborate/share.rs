//! Shares: numbers without `%` where a percentage is meant, and conversions made by hand that units make by themselves.

use super::{Elaborator, Known, Place, Typed};
use crate::check::mistakes;
use crate::check::mistakes::shares::Plain;
use crate::check::model::{Content, ExprId, Factor, Node, Origin};
use crate::check::world::Scope;
use crate::quantity::UnitId;
use crate::text::{Location, Span};
use std::ops::RangeInclusive;

/// What is more likely percent than that many times the whole. What lies below may be meant, such as a retention above 1.1.
const LIKE_PERCENT: RangeInclusive<f64> = 2.0..=100.0;

/// The same of rates by which something grows: nobody writes of what doubles every year that it grows by 1/year.
const GROWS_LIKE_PERCENT: RangeInclusive<f64> = 1.0..=100.0;

/// How often a shorter time goes into a longer one, as whoever reckons by hand writes it.
const BY_HAND: [(f64, &str, &str); 3] = [(12.0, "month", "year"), (52.0, "week", "year"), (365.0, "day", "year")];

/// What names say where they tell a figure of a period.
const SAID: [(&str, &[&str]); 4] = [
    ("year", &["year", "annual", "annum", "年"]),
    ("month", &["month", "月"]),
    ("week", &["week", "周"]),
    ("day", &["day", "daily", "日", "天"]),
];

impl Elaborator<'_, '_> {
    /// `gross_margin >= 60`: always below, whatever the model says.
    pub(super) fn held_against_percentages(&mut self, ones: &[Typed]) {
        let Some((percentage, bound, number)) = self.among_percentages(ones) else { return };
        self.report(mistakes::shares::percentage_beside(&number, percentage, bound));
    }

    /// `if busy then 130% else 90`, `min(30%, 90)`, `100 - 5%`.
    pub(super) fn beside_percentages(&mut self, ones: &[Typed]) {
        // What a function of the prelude puts together may have nothing to do with each other: years, and a share of the first.
        if self.body_of.is_some_and(|file| self.world.origin(file) == Origin::Prelude) {
            return;
        }
        let Some((percentage, bound, number)) = self.among_percentages(ones) else { return };
        self.report(mistakes::shares::number_beside(&number, percentage, bound));
    }

    /// A percentage among values and a number that reads like one, where each stands, and the number.
    fn among_percentages(&self, ones: &[Typed]) -> Option<(Location, Location, Plain)> {
        let is_percent = |value: &Typed| matches!(value.info.unit, Known::Unit(unit) if self.arena.units.is_percent(unit));
        let percentage = ones.iter().find(|value| is_percent(value) && self.world.origin(self.at(**value).file) == Origin::Model)?;
        let mut others = ones.iter().filter(|value| !is_percent(value));
        let (bound, number) = others.find_map(|value| Some((*value, self.plain(*value, &LIKE_PERCENT)?)))?;
        Some((self.at(*percentage), self.at(bound), number))
    }

    /// A share, a stated percentage or the replacement of one that is a number like a percentage; `stated` says where and as what.
    pub(super) fn filled_without_percent(&mut self, value: Typed, name: &str, stated: (Location, &str)) {
        if let Some(number) = self.plain(value, &LIKE_PERCENT) {
            let at = self.at(value);
            self.report(mistakes::shares::share_without_percent(name, &number, at, stated));
        }
    }

    /// `growing 3/year`, `npv(payments, 8)`.
    pub(super) fn rate_without_percent(&mut self, rate: Typed) {
        if let Some(number) = self.plain(rate, &GROWS_LIKE_PERCENT) {
            let at = self.at(rate);
            self.report(mistakes::shares::rate_without_percent(&number, at));
        }
    }

    /// `percentile(x, 95)`
    pub(super) fn percentile_without_percent(&mut self, share: Typed) {
        if let Some(number) = self.plain(share, &LIKE_PERCENT) {
            let at = self.at(share);
            self.report(mistakes::shares::percentile_without_percent(&number, at));
        }
    }

    /// `price * (1 - 20)`: what takes off more than all there is was written without `%`.
    fn whole_and_number(&mut self, ones: &[Typed]) {
        for one in ones {
            let Node::Sum(first, rest) = &self.arena.expr(one.id).node else { continue };
            let [(_, part)] = rest.as_slice() else { continue };
            let whole = self.arena.expr(*first);
            if !matches!(whole.node, Node::Number(1.0)) || self.world.origin(whole.at.file) != Origin::Model {
                continue;
            }
            let (whole, part) = (whole.at, *part);
            let Some(number) = self.plain_of(part, self.arena.expr(part).unit, &LIKE_PERCENT).filter(|number| number.per.is_empty()) else { continue };
            let at = self.arena.expr(part).at;
            self.report(mistakes::shares::one_and_number(&number, whole, at));
        }
    }

    /// What a product says that units say already: `3% / 100`, a monthly flow `* 12`; and `* (1 - 20)`.
    pub(super) fn told_by_hand(&mut self, place: &Place, ones: &[Typed], product: Typed) {
        // A test writes out what it expects in any way.
        if matches!(place.scope, Scope::Test(_)) || self.world.origin(place.file) == Origin::Prelude || ones.iter().any(|one| !matches!(one.info.unit, Known::Unit(_))) {
            return;
        }
        if !matches!(product.info.unit, Known::Unit(unit) if self.arena.units.is_bare(unit)) {
            self.whole_and_number(ones);
        }
        let mut node = product.id;
        while let Node::Scale(inner, _) = self.arena.expr(node).node {
            node = inner;
        }
        let Node::Product(first, rest) = self.arena.expr(node).node.clone() else { return };
        let factors = [(Factor::Times, first)].into_iter().chain(rest);
        for (index, (factor, number)) in factors.enumerate() {
            let Some(value) = self.written_here(place, number) else { continue };
            let at = self.arena.expr(number).at;
            let whole = self.with_its_sign(at, index.checked_sub(1).and_then(|before| ones.get(before)), ones.get(1));
            let percentage = ones.iter().find(|one| self.is_written_percentage(**one)).filter(|_| factor == Factor::Over && value == 100.0);
            if let Some(percentage) = percentage.map(|percentage| self.at(*percentage)) {
                self.report(mistakes::shares::percentage_by_hundred(percentage, at, whole));
            }
            let periods = self.periods_by_hand(ones, product, value).filter(|periods| {
                // Twelve may be so many people or shops as well: unless it is a rate, the name has to say what it turns into.
                factor == Factor::Over && ones.iter().any(|one| self.is_rate(*one)) || self.is_named_for(factor, *periods)
            });
            if let Some(periods) = periods {
                let unit = if let Known::Unit(unit) = product.info.unit { self.arena.units.text(unit) } else { String::new() };
                self.report(mistakes::shares::time_by_hand(factor, value, periods, &unit, at, whole));
            }
        }
    }

    /// A number with the sign between it and what stands before it, or, of the first, behind it.
    fn with_its_sign(&self, number: Location, before: Option<&Typed>, second: Option<&Typed>) -> Option<Location> {
        let span = match before {
            Some(before) => Span::new(self.at(*before).span.end, number.span.end),
            None => Span::new(number.span.start, self.at(*second?).span.start),
        };
        let beside = before.or(second).is_some_and(|other| self.at(*other).file == number.file);
        (beside && span.start <= number.span.start && span.end >= number.span.end).then(|| Location::new(number.file, span))
    }

    /// A bare number of the model's text at this very place; what an argument or a name stands for is written elsewhere.
    fn written_here(&self, place: &Place, id: ExprId) -> Option<f64> {
        let expr = self.arena.expr(id);
        let Node::Number(value) = expr.node else { return None };
        (expr.unit == UnitId::NONE && expr.at.file == place.file && self.world.origin(expr.at.file) == Origin::Model).then_some(value)
    }

    /// A percentage that is written out, here or by the name that stands here.
    fn is_written_percentage(&self, value: Typed) -> bool {
        let Known::Unit(unit) = value.info.unit else { return false };
        let id = self.behind_name(value.id);
        self.arena.units.is_percent(unit) && matches!(self.arena.expr(id).node, Node::Number(_))
    }

    /// A flow a month times 12, or one a year by 12: it is the same flow in another unit, and now twelve times as much, or a
    /// twelfth.
    fn periods_by_hand(&self, ones: &[Typed], product: Typed, value: f64) -> Option<(&'static str, &'static str)> {
        let (_, short, long) = BY_HAND.iter().find(|(count, ..)| *count == value)?;
        let Known::Unit(unit) = product.info.unit else { return None };
        let units = &self.arena.units;
        if units.time_exponent(unit) != -1 {
            return None;
        }
        // Only what is per one of the two: other factors may turn one period into the other.
        let flow = ones.iter().find_map(|one| if let Known::Unit(own) = one.info.unit { Some(own).filter(|own| units.time_exponent(*own) == -1) } else { None })?;
        let is_either = |name: &str| name == *short || name == *long;
        units.factors(flow).iter().any(|one| one.exponent == -1 && is_either(&units.name_of(one.name).singular)).then_some((*short, *long))
    }

    /// `8%/year`
    fn is_rate(&self, one: Typed) -> bool {
        let units = &self.arena.units;
        matches!(one.info.unit, Known::Unit(unit) if units.time_exponent(unit) == -1 && units.factors(unit).iter().all(|factor| factor.exponent == -1))
    }

    /// Whether the definition in hand is called for the period that a flow would be turned into: `rent_a_year`, `monthly_rent`.
    fn is_named_for(&self, factor: Factor, (short, long): (&str, &str)) -> bool {
        let wanted = if factor == Factor::Over { short } else { long };
        let name = self.cell.map_or("", |cell| self.world.cell(cell).name).to_lowercase();
        SAID.iter().filter(|(period, _)| *period == wanted).flat_map(|(_, said)| *said).any(|said| name.contains(said))
    }

    /// The definition behind a name, where it is computed.
    fn behind_name(&self, id: ExprId) -> ExprId {
        if let Node::Cell(cell) = self.arena.expr(id).node
            && let Some(Content::Computed(inner)) = self.states.get(cell).map(|state| state.content)
        {
            return inner;
        }
        id
    }

    fn plain(&self, value: Typed, like: &RangeInclusive<f64>) -> Option<Plain> {
        let Known::Unit(unit) = value.info.unit else { return None };
        // What the prelude does with a number is told where a slot takes it.
        let is_of_model = self.world.origin(self.at(value).file) == Origin::Model;
        self.plain_of(value.id, unit, like).filter(|_| is_of_model)
    }

    /// A number that the model's author wrote out without `%`, here or in the definition that is named here, in a range.
    fn plain_of(&self, id: ExprId, unit: UnitId, like: &RangeInclusive<f64>) -> Option<Plain> {
        let expr = self.arena.expr(self.behind_name(id));
        let Node::Number(base) = expr.node else { return None };
        let units = &self.arena.units;
        let is_plain = !units.is_percent(expr.unit) && !units.is_percent(unit) && self.world.origin(expr.at.file) == Origin::Model;
        // Twelve digits: what units do to a number leaves no traces.
        let value = format!("{:.11e}", units.to_shown(expr.unit, base)).parse::<f64>().ok()?;
        let per = units.text(expr.unit);
        let is_share = per.is_empty() || per.starts_with('/');
        (is_plain && is_share && like.contains(&value)).then_some(Plain { value, per, at: expr.at })
    }
}
