//! Draws: `~` and its distributions, parameters matched and in one unit.

use super::agree::Joined;
use super::possible::Candidate;
use super::{Elaborator, Info, Known, Place, Typed, Value};
use crate::check::mistakes;
use crate::check::model::{CellId, Draw, ExprId, Node, Part, Shape, Type};
use crate::numeric::distribution::{Family, Measure, Parameter, Signature, signatures};
use crate::quantity::UnitId;
use crate::syntax::ast::{self, ExprNode};
use crate::text::Location;

/// What a distribution is made of, before bounds.
struct Parts {
    family: Family,
    parameters: Vec<(Parameter, Typed)>,
    outcomes: Vec<(Typed, Typed)>,
    /// In a mixture.
    weight: Option<Typed>,
    at: Location,
}

impl Parts {
    /// The values that carry the unit of what is drawn.
    fn measured(&self) -> impl Iterator<Item = Typed> + '_ {
        let parameters = self.parameters.iter().filter(|(parameter, _)| carries(*parameter)).map(|(_, value)| *value);
        parameters.chain(self.outcomes.iter().map(|(value, _)| *value))
    }

    /// The others.
    fn bare(&self) -> impl Iterator<Item = Typed> + '_ {
        let parameters = self.parameters.iter().filter(|(parameter, _)| !carries(*parameter)).map(|(_, value)| *value);
        parameters.chain(self.outcomes.iter().map(|(_, weight)| *weight)).chain(self.weight)
    }
}

fn carries(parameter: Parameter) -> bool {
    parameter.measure() == Measure::Variable
}

impl Elaborator<'_, '_> {
    /// An uncertain right side.
    pub(super) fn draw(&mut self, of: CellId, place: &Place, uncertain: &ast::Uncertain, at: Location) -> Value {
        let Some(parts) = self.parts(place, uncertain.distribution, at) else { return Value::Unknown };
        let mut bounds = [None, None];
        for (slot, bound) in bounds.iter_mut().zip([uncertain.low, uncertain.high]) {
            if let Some(id) = bound {
                let Some(value) = self.one(place, id) else { return Value::Unknown };
                *slot = Some(value);
            }
        }
        let [low, high] = bounds;
        let mut measured: Vec<Typed> = parts.iter().flat_map(Parts::measured).chain(low).chain(high).collect();
        let all = parts.iter().flat_map(Parts::bare).chain(measured.iter().copied());
        if let Some(series) = all.into_iter().find(|value| value.info.shape == Shape::Series) {
            let at = self.blamed(series);
            self.report(mistakes::draws::changing_parameter(at));
            return Value::Unknown;
        }
        if self.tell_turned(&parts, at) {
            return Value::Unknown;
        }
        if parts.len() > 1 && !measured.is_empty() {
            // What has no unit in its parameters, such as a beta, stands for bare numbers among the others.
            let silent = parts.iter().filter(|part| part.measured().next().is_none()).map(|part| part.at);
            let silent: Vec<Location> = silent.collect();
            measured.extend(silent.into_iter().map(|at| self.number(1.0, Known::Unit(UnitId::NONE), at)));
        }
        let (agreed, unit) = self.agree(&measured, Joined::Arguments);
        self.beside_percentages(&measured);
        let unit = if measured.is_empty() { self.unit_of_bare() } else { unit };
        let mut agreed = agreed.into_iter();
        let mut drawn: Vec<Part> = Vec::with_capacity(parts.len());
        let places: Vec<Location> = parts.iter().map(|part| part.at).collect();
        for part in parts {
            let Some(part) = self.part(part, &mut agreed) else { return Value::Unknown };
            drawn.push(part);
        }
        let low = low.and_then(|_| agreed.next()).map(|value| value.id);
        let high = high.and_then(|_| agreed.next()).map(|value| value.id);
        let known = if let Known::Unit(unit) = unit { unit } else { UnitId::NONE };
        if unit != Known::Unknown && !self.is_possible(&Candidate { parts: &drawn, places: &places, low, high, unit: known }) {
            return Value::Unknown;
        }
        let each_period = uncertain.each_period;
        let shape = if each_period { Shape::Series } else { Shape::Constant };
        let info = Info { ty: Type::Number, unit, shape, uncertain: true, flows: false };
        let draw = Draw { of, parts: drawn, low, high, each_period };
        Value::One(self.arena.push(Node::Draw(draw), info, at))
    }

    /// A part with its values in the unit that all agreed on, and the others bare.
    fn part(&mut self, part: Parts, agreed: &mut impl Iterator<Item = Typed>) -> Option<Part> {
        let mut parameters: Vec<(Parameter, ExprId)> = Vec::with_capacity(part.parameters.len());
        for (parameter, value) in part.parameters {
            let value = if carries(parameter) { agreed.next() } else { self.bare(value, "this parameter") };
            parameters.push((parameter, value?.id));
        }
        let mut outcomes = Vec::with_capacity(part.outcomes.len());
        for (_, weight) in part.outcomes {
            outcomes.push((agreed.next()?.id, self.bare(weight, "the weight of an outcome")?.id));
        }
        let weight = match part.weight {
            Some(weight) => Some(self.bare(weight, "the weight of a part")?.id),
            None => None,
        };
        Some(Part { family: part.family, parameters, outcomes, weight })
    }

    /// One distribution, or those of a mixture.
    fn parts(&mut self, place: &Place, id: ast::ExprId, at: Location) -> Option<Vec<Parts>> {
        let ExprNode::Table { form, rows } = &self.world.expr(place.file, id).node else {
            return self.distribution(place, id, at).map(|part| vec![part]);
        };
        if form.text != "mixture" {
            return self.distribution(place, id, at).map(|part| vec![part]);
        }
        if rows.len() < 2 {
            self.report(mistakes::draws::lone_part(at));
            return None;
        }
        let mut parts = Vec::with_capacity(rows.len());
        for row in rows {
            let Some(key) = row.key.filter(|_| row.plus.is_none()) else {
                self.report(mistakes::draws::mixture_row(self.location(place, row.value)));
                return None;
            };
            let key_at = self.location(place, key);
            let has_form = |id| matches!(self.world.expr(place.file, id).node, ExprNode::To(..) | ExprNode::Table { .. } | ExprNode::Call { .. });
            let part = if has_form(key) {
                self.distribution(place, key, key_at)?
            } else if self.is_distribution(place, row.value) {
                self.report(mistakes::draws::mixture_turned(key_at, self.location(place, row.value)));
                return None;
            } else {
                // A plain value is there with its weight.
                let outcome = (self.one(place, key)?, self.number(1.0, Known::Unit(UnitId::NONE), key_at));
                Parts { family: Family::Empirical, parameters: Vec::new(), outcomes: vec![outcome], weight: None, at: key_at }
            };
            parts.push(Parts { weight: Some(self.one(place, row.value)?), ..part });
        }
        Some(parts)
    }

    /// Whether an expression can be nothing but a distribution.
    fn is_distribution(&self, place: &Place, id: ast::ExprId) -> bool {
        let node = &self.world.expr(place.file, id).node;
        if let ExprNode::Call { callee, .. } = node {
            let path = self.world.expr(place.file, *callee).node.path();
            return path.is_some_and(|path| Family::from_name(&path.text()).is_some());
        }
        matches!(node, ExprNode::To(..))
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
        if let ExprNode::Table { form, .. } = node
            && !super::table::FORMS.contains(&form.text.as_str())
        {
            let forms = ["discrete", "mixture"];
            self.report(mistakes::tables::unknown_form(&form.text, Location::new(place.file, form.span), &forms));
            return None;
        }
        if *node != ExprNode::Broken {
            let dash = self.dashed(place, node);
            let sign = self.world.trees.get(&place.file).filter(|_| node.number().is_some()).and_then(|tree| tree.sign_before(id));
            self.report(mistakes::draws::distribution_wanted(at, dash, sign));
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
            let completed = self.completed(place, a, b);
            self.report(mistakes::draws::interval_backwards(at, completed));
            return None;
        }
        let family = if from > 0.0 { Family::Lognormal } else { Family::Normal };
        let parameters = vec![(Parameter::Quantile(0.05), low), (Parameter::Quantile(0.95), high)];
        Some(Parts { family, parameters, outcomes: Vec::new(), weight: None, at })
    }

    fn discrete(&mut self, place: &Place, rows: &[ast::Row], at: Location) -> Option<Parts> {
        let mut outcomes = Vec::with_capacity(rows.len());
        for row in rows {
            let Some(key) = row.key else {
                self.report(mistakes::draws::parameters(Family::Discrete, at, "not one of its forms"));
                return None;
            };
            let value = self.one(place, key)?;
            outcomes.push((value, self.one(place, row.value)?));
        }
        Some(Parts { family: Family::Discrete, parameters: Vec::new(), outcomes, weight: None, at })
    }

    fn family(&mut self, place: &Place, family: Family, arguments: &[ast::Argument], at: Location) -> Option<Parts> {
        let mut parameters = Vec::with_capacity(arguments.len());
        let mut outcomes = Vec::new();
        let positional = positional(family, arguments.len());
        for (position, argument) in arguments.iter().enumerate() {
            if family == Family::Empirical && argument.name.is_none() {
                let values = self.listed_values(place, argument.value)?;
                let weight = self.number(1.0, Known::Unit(UnitId::NONE), at);
                outcomes.extend(values.into_iter().map(|value| (value, weight)));
                continue;
            }
            let value = self.one(place, argument.value)?;
            let parameter = match &argument.name {
                Some(name) => Parameter::from_name(&name.text),
                None => positional.get(position).copied(),
            };
            match parameter {
                Some(parameter) => parameters.push((parameter, value)),
                None => {
                    let mistake = match &argument.name {
                        Some(name) => mistakes::draws::parameters(family, Location::new(place.file, name.span), "not one of its parameters"),
                        None => mistakes::draws::parameters(family, at, "not one of its forms"),
                    };
                    self.report(mistake);
                    return None;
                }
            }
        }
        if family == Family::Beta
            && let [first, second] = arguments
            && [first, second].iter().all(|one| one.name.is_none() && self.is_percent(place, one.value))
        {
            self.report(mistakes::draws::shares_of_beta([first, second].map(|one| self.location(place, one.value))));
        }
        let given: Vec<Parameter> = parameters.iter().map(|(parameter, _)| *parameter).collect();
        let fits = if family == Family::Empirical {
            !outcomes.is_empty() && given.is_empty()
        } else {
            signatures(family).iter().any(|signature| takes(signature, &given))
        };
        if !fits {
            self.report(mistakes::draws::parameters(family, at, "not one of its forms"));
            return None;
        }
        if let [(Parameter::Mu, first), (Parameter::Sigma, second)] = parameters.as_slice()
            && family == Family::Lognormal
            && arguments.iter().all(|argument| argument.name.is_none())
        {
            let (here, there) = (self.at(*first), self.at(*second));
            if self.has_unit(*first) && self.has_unit(*second) {
                self.report(mistakes::draws::of_the_logarithm(family.name(), here, there));
                return None;
            }
            if self.is_beyond_all(*first, *second) {
                self.report(mistakes::draws::beyond_all(family.name(), here, there));
                return None;
            }
        }
        Some(Parts { family, parameters, outcomes, weight: None, at })
    }
}

impl Elaborator<'_, '_> {
    /// Whether a mean and a deviation of logarithms that are written out make a mean above 10^26.
    fn is_beyond_all(&self, mean: Typed, deviation: Typed) -> bool {
        let number = |value: Typed| if let Node::Number(number) = self.arena.expr(value.id).node { Some(number) } else { None };
        number(mean).zip(number(deviation)).is_some_and(|(mean, deviation)| mean + deviation * deviation / 2.0 > 60.0)
    }

    /// `2%`
    fn is_percent(&self, place: &Place, id: ast::ExprId) -> bool {
        self.world.expr(place.file, id).node.number().is_some_and(|number| number.percent && number.unit.is_none())
    }

    /// The values of a list, written out or by the name that holds it; else the one value.
    fn listed_values(&mut self, place: &Place, id: ast::ExprId) -> Option<Vec<Typed>> {
        let value = self.expr(place, id);
        if let Some(values) = self.elements(&value) {
            return Some(values);
        }
        let at = self.location(place, id);
        self.one_of(value, at).map(|one| vec![one])
    }
}

impl Elaborator<'_, '_> {
    fn has_unit(&self, value: Typed) -> bool {
        matches!(value.info.unit, Known::Unit(unit) if !self.arena.units.is_bare(unit))
    }

    /// Whether weights stand before values; that is told.
    fn tell_turned(&mut self, parts: &[Parts], at: Location) -> bool {
        let (form, rows): (&str, Vec<(Typed, Typed)>) = match parts {
            [one] => ("discrete", if one.family == Family::Discrete { one.outcomes.clone() } else { Vec::new() }),
            many => {
                let row = |part: &Parts| Some((part.outcomes.first()?.0, part.weight?));
                ("mixture", many.iter().map_while(row).collect())
            }
        };
        if rows.is_empty() || rows.len() < parts.len() {
            return false;
        }
        let sum = |of: fn(&(Typed, Typed)) -> Typed| rows.iter().map(|row| self.known_value(of(row).id)).sum::<Option<f64>>();
        let is_whole = |sum: Option<f64>| sum.is_some_and(|sum| (sum - 1.0).abs() < 1e-9);
        let measured = rows.iter().all(|(key, value)| !self.has_unit(*key) && self.has_unit(*value));
        let bare = rows.iter().all(|(key, value)| !self.has_unit(*key) && !self.has_unit(*value));
        let swapped = form == "discrete" && bare && is_whole(sum(|row| row.0)) && !is_whole(sum(|row| row.1));
        if !(measured || swapped) {
            return false;
        }
        let shown = rows.iter().map(|(weight, value)| {
            let unit = if let Known::Unit(unit) = value.info.unit { unit } else { UnitId::NONE };
            (self.shown(Parameter::Weight, weight.id, UnitId::NONE), self.shown(Parameter::Mean, value.id, unit))
        });
        let shown: Vec<_> = shown.collect();
        self.report(mistakes::draws::weights_first(form, &shown, at));
        true
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
