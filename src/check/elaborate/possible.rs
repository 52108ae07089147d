//! Possible: whether parameters that are known before a run make a distribution at all.

use super::Elaborator;
use crate::check::mistakes::draws::{self, Shown};
use crate::check::model::{ExprId, Node, Part};
use crate::numeric::distribution::{Distribution, Family, Parameter, Reason, resolve};
use crate::quantity::UnitId;
use crate::text::Location;

/// A draw whose parts are in one unit, and where each was written.
pub(super) struct Candidate<'p> {
    pub parts: &'p [Part],
    pub places: &'p [Location],
    pub low: Option<ExprId>,
    pub high: Option<ExprId>,
    pub unit: UnitId,
}

impl Elaborator<'_, '_> {
    /// Whether a draw can be, as far as its parameters are written out; told where not.
    pub(super) fn is_possible(&mut self, draw: &Candidate<'_>) -> bool {
        let mut known: Vec<Option<Distribution>> = Vec::with_capacity(draw.parts.len());
        for (part, place) in draw.parts.iter().zip(draw.places) {
            match self.resolved(part) {
                Some(Err(reason)) => {
                    self.told_impossible(part, reason, *place, draw.unit);
                    return false;
                }
                other => known.push(other.and_then(Result::ok)),
            }
        }
        self.weights_are_possible(draw.parts, draw.places) && self.leaves_something(draw, &known)
    }

    /// The distribution of a part; none where a parameter is not known yet.
    fn resolved(&self, part: &Part) -> Option<Result<Distribution, Reason>> {
        let mut given = Vec::with_capacity(part.parameters.len() + 2 * part.outcomes.len());
        for (parameter, id) in &part.parameters {
            given.push((*parameter, self.known_value(*id)?));
        }
        for (value, weight) in &part.outcomes {
            given.push((Parameter::Value, self.known_value(*value)?));
            if part.family != Family::Empirical {
                given.push((Parameter::Weight, self.known_value(*weight)?));
            }
        }
        Some(resolve(part.family, &given))
    }

    fn told_impossible(&mut self, part: &Part, reason: Reason, place: Location, unit: UnitId) {
        let find = |wanted: Parameter| part.parameters.iter().find(|(parameter, _)| *parameter == wanted);
        let shown = |wanted: Parameter| find(wanted).map(|(parameter, id)| self.shown(*parameter, *id, unit));
        let family = part.family.name();
        let mistake = match reason {
            Reason::NotPositive(p)
            | Reason::Negative(p)
            | Reason::NotAShare(p)
            | Reason::NotInsideUnit(p)
            | Reason::NotWhole(p)
            | Reason::TooLarge(p)
            | Reason::LevelOutside(p)
            | Reason::NotFinite(p) => match shown(p) {
                Some(parameter) => draws::impossible(family, reason, &parameter),
                None => draws::impossible_whole(family, reason, place),
            },
            Reason::LowNotBelowHigh => match (shown(Parameter::Low), shown(Parameter::High)) {
                (Some(low), Some(high)) => draws::crossed(family, &low, &high),
                _ => draws::impossible_whole(family, reason, place),
            },
            Reason::ModeOutside => match shown(Parameter::Mode) {
                Some(mode) => draws::impossible(family, reason, &mode),
                None => draws::impossible_whole(family, reason, place),
            },
            Reason::QuantilesNotIncreasing => match part.parameters.as_slice() {
                [one, other] => {
                    let (one, other) = (self.shown(one.0, one.1, unit), self.shown(other.0, other.1, unit));
                    draws::quantiles(family, &one, &other)
                }
                _ => draws::impossible_whole(family, reason, place),
            },
            Reason::WeightsDoNotSumToOne(sum) => {
                let weights: Vec<_> = part.outcomes.iter().map(|(_, weight)| self.shown(Parameter::Weight, *weight, UnitId::NONE)).collect();
                draws::weights(sum, place, &weights)
            }
            Reason::NegativeWeight => {
                let below = |id: &&(ExprId, ExprId)| self.known_value(id.1).is_some_and(|weight| weight < 0.0);
                let weight = part.outcomes.iter().find(below).map(|(_, id)| *id);
                let weight = weight.map(|id| self.shown(Parameter::Weight, id, UnitId::NONE));
                weight.map_or_else(|| draws::impossible_whole(family, reason, place), |weight| draws::impossible(family, reason, &weight))
            }
            Reason::NoValues
            | Reason::WeightsDoNotMatch
            | Reason::WrongParameters(_)
            | Reason::NoFit(_)
            | Reason::BoundsCrossed
            | Reason::NoProbability => draws::impossible_whole(family, reason, place),
        };
        self.report(mistake);
    }

    /// Weights of a mixture are not below zero, and not all zero.
    fn weights_are_possible(&mut self, parts: &[Part], places: &[Location]) -> bool {
        let weights: Vec<ExprId> = parts.iter().filter_map(|part| part.weight).collect();
        let known: Vec<Option<f64>> = weights.iter().map(|id| self.known_value(*id)).collect();
        let below = weights.iter().zip(&known).find(|(_, weight)| weight.is_some_and(|weight| weight < 0.0));
        if let Some((id, _)) = below {
            let shown = self.shown(Parameter::Weight, *id, UnitId::NONE);
            self.report(draws::impossible("mixture", Reason::NegativeWeight, &shown));
            return false;
        }
        if !known.is_empty() && known.iter().all(|weight| *weight == Some(0.0)) {
            let place = places.first().zip(places.last()).map(|(first, last)| Location::new(first.file, first.span.join(last.span)));
            self.report(draws::nothing_weighs(place.unwrap_or_default()));
            return false;
        }
        true
    }

    /// Whether the bounds leave something of the parts, so far as both are known.
    fn leaves_something(&mut self, draw: &Candidate<'_>, known: &[Option<Distribution>]) -> bool {
        let value = |this: &Self, bound: Option<ExprId>| bound.map(|id| this.known_value(id));
        let (low, high) = (value(self, draw.low), value(self, draw.high));
        if low == Some(None) || high == Some(None) {
            return true;
        }
        let (low, high) = (low.flatten(), high.flatten());
        let (from, until) = (
            draw.low.map(|id| self.shown(Parameter::Low, id, draw.unit)),
            draw.high.map(|id| self.shown(Parameter::High, id, draw.unit)),
        );
        if let (Some(from), Some(until), Some(low), Some(high)) = (&from, &until, low, high)
            && low > high
        {
            self.report(draws::bounds_crossed(from, until));
            return false;
        }
        let Some(bound) = from.as_ref().or(until.as_ref()) else { return true };
        let mut reach: Option<(f64, f64)> = None;
        for distribution in known {
            let Some(distribution) = distribution else { return true };
            if distribution.between(low, high).is_ok() {
                return true;
            }
            let (lowest, highest) = distribution.support();
            reach = Some(reach.map_or((lowest, highest), |(a, b)| (lowest.min(a), highest.max(b))));
        }
        let Some((lowest, highest)) = reach else { return true };
        // The ends of several parts say nothing of what lies between them.
        let one = known.len() == 1;
        let ends = [lowest, highest].map(|end| (one && end.is_finite()).then(|| self.written_as(end, draw.unit)));
        let place = draw.places.first().copied().unwrap_or_default();
        let mistake = draws::nothing_left(bound, until.as_ref().filter(|_| from.is_some()), place, &ends);
        self.report(mistake);
        false
    }

    /// A known value for a message; where it is written out, its text can be put elsewhere.
    pub(super) fn shown(&self, parameter: Parameter, id: ExprId, unit: UnitId) -> Shown {
        let mut inner = id;
        while let Node::Scale(next, _) | Node::Negate(next) = self.arena.expr(inner).node {
            inner = next;
        }
        let written = matches!(self.arena.expr(inner).node, Node::Number(_));
        let bare = parameter.measure() != crate::numeric::distribution::Measure::Variable;
        let own = self.arena.expr(inner).unit;
        let unit = if bare && self.arena.units.is_bare(own) { own } else { unit };
        let value = self.known_value(id).unwrap_or(f64::NAN);
        Shown { parameter, value, text: self.written_as(value, unit), opposite: self.written_as(-value, unit), at: self.arena.expr(id).at, written, percent: self.arena.units.is_percent(unit) }
    }

    /// A value with its unit, as one may write it.
    pub(in crate::check) fn written_as(&self, value: f64, unit: UnitId) -> String {
        let units = self.arena.units.text(unit);
        let value = self.arena.units.to_shown(unit, value);
        // Twelve digits: what units and percent do to a number leaves no traces.
        let value = format!("{value:.11e}").parse::<f64>().unwrap_or(value);
        let blank = if units.is_empty() || units.starts_with('%') || units.starts_with('/') { "" } else { " " };
        format!("{value}{blank}{units}")
    }
}
