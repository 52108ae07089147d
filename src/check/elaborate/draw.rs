//! Draws: `~` and its distributions, parameters matched and in one unit.

use super::agree::Joined;
use super::{Elaborator, Info, Known, Place, Typed, Value};
use crate::check::mistakes;
use crate::check::model::{CellId, Draw, ExprId, Node, Shape, Type};
use crate::numeric::distribution::{Family, Measure, Parameter, Signature, signatures};
use crate::quantity::UnitId;
use crate::syntax::ast::{self, ExprNode};
use crate::text::Location;

/// What a distribution is made of, before bounds.
struct Parts {
    family: Family,
    parameters: Vec<(Parameter, Typed)>,
    outcomes: Vec<(Typed, Typed)>,
}

impl Elaborator<'_, '_> {
    /// An uncertain right side.
    pub(super) fn draw(&mut self, of: CellId, place: &Place, uncertain: &ast::Uncertain, at: Location) -> Value {
        let Some(parts) = self.distribution(place, uncertain.distribution, at) else { return Value::Unknown };
        let mut bounds = [None, None];
        for (slot, bound) in bounds.iter_mut().zip([uncertain.low, uncertain.high]) {
            if let Some(id) = bound {
                let Some(value) = self.one(place, id) else { return Value::Unknown };
                *slot = Some(value);
            }
        }
        let [low, high] = bounds;
        let carries = |parameter: &Parameter| parameter.measure() == Measure::Variable;
        let measured = parts.parameters.iter().filter(|(parameter, _)| carries(parameter)).map(|(_, value)| *value);
        let measured: Vec<Typed> =
            measured.chain(parts.outcomes.iter().map(|(value, _)| *value)).chain(low).chain(high).collect();
        let weights = parts.outcomes.iter().map(|(_, weight)| *weight);
        let all = parts.parameters.iter().map(|(_, value)| *value).chain(weights).chain(measured.iter().copied());
        if let Some(series) = all.into_iter().find(|value| value.info.shape == Shape::Series) {
            let at = self.blamed(series);
            self.report(mistakes::draws::changing_parameter(at));
            return Value::Unknown;
        }
        let (agreed, unit) = self.agree(&measured, Joined::Arguments);
        let unit = if measured.is_empty() { self.unit_of_bare() } else { unit };
        let mut agreed = agreed.into_iter();
        let mut parameters: Vec<(Parameter, ExprId)> = Vec::with_capacity(parts.parameters.len());
        for (parameter, value) in parts.parameters {
            let value = if carries(&parameter) { agreed.next() } else { self.bare(value, "this parameter") };
            let Some(value) = value else { return Value::Unknown };
            parameters.push((parameter, value.id));
        }
        let mut outcomes = Vec::with_capacity(parts.outcomes.len());
        for (_, weight) in parts.outcomes {
            let (Some(value), Some(weight)) = (agreed.next(), self.bare(weight, "the weight of an outcome")) else {
                return Value::Unknown;
            };
            outcomes.push((value.id, weight.id));
        }
        let low = low.and_then(|_| agreed.next()).map(|value| value.id);
        let high = high.and_then(|_| agreed.next()).map(|value| value.id);
        let shape = if uncertain.each_period { Shape::Series } else { Shape::Constant };
        let info = Info { ty: Type::Number, unit, shape, uncertain: true, flows: false };
        let each_period = uncertain.each_period;
        let draw = Draw { of, family: parts.family, parameters, outcomes, low, high, each_period };
        Value::One(self.arena.push(Node::Draw(draw), info, at))
    }

    /// Where no parameter carries a unit, the definition's stated one counts; without it the draw is a bare number.
    fn unit_of_bare(&self) -> Known {
        let stated = self.cell.is_some_and(|cell| {
            let def = self.world.cell(cell);
            def.stated.or(def.slot).is_some()
        });
        if stated { Known::Any } else { Known::Unit(UnitId::NONE) }
    }

    fn distribution(&mut self, place: &Place, id: ast::ExprId, at: Location) -> Option<Parts> {
        let node = &self.world.expr(place.file, id).node;
        if let ExprNode::To(a, b) = node {
            return self.interval(place, *a, *b, at);
        }
        if let ExprNode::Table { form, rows } = node
            && form.text == "discrete"
        {
            return self.discrete(place, rows, at);
        }
        if let ExprNode::Call { callee, arguments } = node
            && let Some(path) = self.world.expr(place.file, *callee).node.path()
        {
            return self.named(place, path, arguments, at);
        }
        if *node != ExprNode::Broken {
            self.report(mistakes::draws::distribution_wanted(at));
        }
        None
    }

    fn named(&mut self, place: &Place, path: &ast::Path, arguments: &[ast::Argument], at: Location) -> Option<Parts> {
        let name = path.text();
        let family = Family::from_name(&name);
        if family.is_none() {
            let known = Family::ALL.iter().map(|family| family.name());
            let name_at = Location::new(place.file, path.span);
            self.report(mistakes::draws::unknown_distribution(&name, name_at, known));
        }
        self.family(place, family?, arguments, at)
    }

    /// `a to b`: the 90 % interval, lognormal where both ends are positive.
    fn interval(&mut self, place: &Place, a: ast::ExprId, b: ast::ExprId, at: Location) -> Option<Parts> {
        let low = self.one(place, a)?;
        let high = self.one(place, b)?;
        let ends = self.shaping_value(low.id).zip(self.shaping_value(high.id));
        let Some((from, to)) = ends else {
            self.report(mistakes::draws::interval_ends(at));
            return None;
        };
        if from >= to {
            self.report(mistakes::draws::interval_backwards(at));
            return None;
        }
        let family = if from > 0.0 { Family::Lognormal } else { Family::Normal };
        let parameters = vec![(Parameter::Quantile(0.05), low), (Parameter::Quantile(0.95), high)];
        Some(Parts { family, parameters, outcomes: Vec::new() })
    }

    fn discrete(&mut self, place: &Place, rows: &[ast::Row], at: Location) -> Option<Parts> {
        let mut outcomes = Vec::with_capacity(rows.len());
        for row in rows {
            let Some(key) = row.key else {
                self.report(mistakes::draws::parameters(Family::Discrete, at));
                return None;
            };
            let value = self.one(place, key)?;
            outcomes.push((value, self.one(place, row.value)?));
        }
        Some(Parts { family: Family::Discrete, parameters: Vec::new(), outcomes })
    }

    fn family(&mut self, place: &Place, family: Family, arguments: &[ast::Argument], at: Location) -> Option<Parts> {
        let mut parameters = Vec::with_capacity(arguments.len());
        let mut outcomes = Vec::new();
        let positional = positional(family, arguments.len());
        for (position, argument) in arguments.iter().enumerate() {
            let value = self.one(place, argument.value)?;
            let parameter = match &argument.name {
                Some(name) => Parameter::from_name(&name.text),
                None => positional.get(position).copied(),
            };
            match parameter {
                _ if family == Family::Empirical && argument.name.is_none() => {
                    let weight = self.number(1.0, Known::Unit(UnitId::NONE), at);
                    outcomes.push((value, weight));
                }
                Some(parameter) => parameters.push((parameter, value)),
                None => {
                    self.report(mistakes::draws::parameters(family, self.location(place, argument.value)));
                    return None;
                }
            }
        }
        let given: Vec<Parameter> = parameters.iter().map(|(parameter, _)| *parameter).collect();
        let fits = if family == Family::Empirical {
            !outcomes.is_empty() && given.is_empty()
        } else {
            signatures(family).iter().any(|signature| takes(signature, &given))
        };
        if !fits {
            self.report(mistakes::draws::parameters(family, at));
            return None;
        }
        Some(Parts { family, parameters, outcomes })
    }
}

/// The parameters that arguments without names stand for.
fn positional(family: Family, count: usize) -> &'static [Parameter] {
    let fits = signatures(family).iter().find_map(|signature| match signature {
        Signature::Parameters(parameters) if parameters.len() == count => Some(*parameters),
        Signature::Parameters(_) | Signature::Quantiles(_) | Signature::Weighted | Signature::Listed => None,
    });
    fits.unwrap_or(&[])
}

fn takes(signature: &Signature, given: &[Parameter]) -> bool {
    match signature {
        Signature::Parameters(wanted) => {
            wanted.len() == given.len() && wanted.iter().all(|parameter| given.contains(parameter))
        }
        Signature::Quantiles(count) => {
            let all = given.iter().all(|parameter| matches!(parameter, Parameter::Quantile(_)));
            let different = given.iter().enumerate().all(|(at, parameter)| given.iter().skip(at + 1).all(|other| other != parameter));
            given.len() == *count && all && different
        }
        Signature::Weighted | Signature::Listed => false,
    }
}
