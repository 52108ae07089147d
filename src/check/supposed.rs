//! Supposed: draws of few outcomes at each of these, so that what follows from them alone is known across samples without any.

use super::model::{
    CellId, Content, Draw, Expr, ExprId, Model, Node, Sampled, Scenario, ScenarioId, Shape, Sign, Supposed, Type, children,
};
use crate::numeric::distribution::Family;
use crate::quantity::UnitId;
use foldhash::{HashMap, HashSet};
use std::collections::BTreeSet;

/// At how many outcomes in all a figure is looked at.
const MOST_OUTCOMES: usize = 32;

/// Values and how much each weighs.
type Outcomes = Vec<(ExprId, ExprId)>;

/// Fills in, of everything that is asked across samples, the outcomes of the draws behind it, where these are few.
pub(super) fn suppose(model: &mut Model) {
    let asked = |expr: &Expr| if let Node::AcrossSamples(Sampled::Mean | Sampled::Deviation | Sampled::Probability, x) = expr.node { Some(x) } else { None };
    let asked: BTreeSet<ExprId> = model.exprs.iter().filter_map(asked).collect();
    let scenarios: Vec<Option<ScenarioId>> = [None].into_iter().chain((0..model.scenarios.len()).map(|at| Some(ScenarioId(at as u32)))).collect();
    let mut known: HashMap<(Option<ScenarioId>, BTreeSet<CellId>), Vec<Supposed>> = HashMap::default();
    for scenario in scenarios.into_iter().filter(|_| !asked.is_empty()) {
        for x in &asked {
            let Some(draws) = draws_behind(model, *x, scenario).filter(|draws| !draws.is_empty() && are_apart(model, draws)) else { continue };
            let key = (scenario, draws);
            if !known.contains_key(&key) {
                let supposed = all_outcomes(model, scenario, &key.1).map(|all| made(model, scenario, &all)).unwrap_or_default();
                known.insert(key.clone(), supposed);
            }
            if let Some(supposed) = known.get(&key).filter(|supposed| !supposed.is_empty()) {
                model.supposed.insert((*x, scenario), supposed.clone());
            }
        }
    }
}

/// The draws that have a part in an expression; none where not all of them could be replaced.
fn draws_behind(model: &Model, x: ExprId, scenario: Option<ScenarioId>) -> Option<BTreeSet<CellId>> {
    let (mut seen, mut open, mut draws) = (HashSet::from_iter([x]), vec![x], BTreeSet::new());
    while let Some(id) = open.pop() {
        let node = &model.expr(id).node;
        if let Node::Draw(draw) = node {
            draws.insert(draw.of);
            continue;
        }
        if let Node::AcrossSamples(..) = node {
            continue;
        }
        // What is read from below a scenario would be read as it is drawn.
        if let Node::Base(..) = node {
            return None;
        }
        let mut add = |read: ExprId| if seen.insert(read) { open.push(read) };
        if let Node::Cell(cell) | Node::Opened(cell) = node
            && let Content::Computed(expr) = model.content(*cell, scenario)
        {
            add(expr);
        }
        if let Node::Lookup(table, _) | Node::Cohorts { curve: table, .. } = node {
            model.table(*table).bands.iter().flat_map(|band| [band.value].into_iter().chain(band.flat)).for_each(&mut add);
        }
        children(node, &mut add);
    }
    Some(draws)
}

/// Whether no two of some draws are tied.
fn are_apart(model: &Model, draws: &BTreeSet<CellId>) -> bool {
    model.correlations.iter().all(|group| group.members.iter().filter(|member| draws.contains(member)).count() <= 1)
}

/// Each draw with its outcomes; none where one has others than a few that are certain.
fn all_outcomes(model: &mut Model, scenario: Option<ScenarioId>, draws: &BTreeSet<CellId>) -> Option<Vec<(CellId, Outcomes)>> {
    let (mut all, mut count) = (Vec::new(), 1);
    for cell in draws {
        let Content::Computed(expr) = model.content(*cell, scenario) else { return None };
        let Node::Draw(draw) = model.expr(expr).node.clone() else { return None };
        let outcomes = outcomes(model, scenario, expr, &draw)?;
        count *= outcomes.len();
        if count > MOST_OUTCOMES {
            return None;
        }
        all.push((*cell, outcomes));
    }
    Some(all)
}

fn outcomes(model: &mut Model, scenario: Option<ScenarioId>, expr: ExprId, draw: &Draw) -> Option<Outcomes> {
    let [part] = draw.parts.as_slice() else { return None };
    if draw.each_period || draw.low.is_some() || draw.high.is_some() {
        return None;
    }
    let parameters = part.parameters.iter().map(|(_, value)| *value);
    let mut read = parameters.chain(part.outcomes.iter().flat_map(|(value, weight)| [*value, *weight]));
    if !read.all(|id| draws_behind(model, id, scenario).is_some_and(|draws| draws.is_empty()) && model.expr(id).shape == Shape::Constant) {
        return None;
    }
    let own = model.expr(expr).clone();
    let mut push = |node: Node, unit: UnitId| {
        model.exprs.push(Expr { node, unit, ty: Type::Number, shape: Shape::Constant, flows: own.flows, at: own.at });
        ExprId(model.exprs.len() as u32 - 1)
    };
    match part.family {
        Family::Discrete => Some(part.outcomes.clone()),
        Family::Empirical => {
            let one = push(Node::Number(1.0), UnitId::NONE);
            Some(part.outcomes.iter().map(|(value, _)| (*value, one)).collect())
        }
        Family::Bernoulli => {
            let (_, probability) = part.parameters.first()?;
            let [no, yes] = [0.0, 1.0].map(|value| push(Node::Number(value), own.unit));
            let fails = push(Node::Sum(yes, vec![(Sign::Minus, *probability)]), UnitId::NONE);
            Some(vec![(yes, *probability), (no, fails)])
        }
        Family::Normal | Family::Lognormal | Family::Uniform | Family::Triangular | Family::Pert | Family::Beta => None,
        Family::Gamma | Family::Exponential | Family::Poisson | Family::Binomial => None,
    }
}

/// A nameless scenario for every outcome of all draws together.
fn made(model: &mut Model, scenario: Option<ScenarioId>, all: &[(CellId, Outcomes)]) -> Vec<Supposed> {
    let mut together: Vec<Vec<(CellId, ExprId, ExprId)>> = vec![Vec::new()];
    for (cell, outcomes) in all {
        let with = |chosen: &Vec<_>, (value, weight): &(ExprId, ExprId)| chosen.iter().copied().chain([(*cell, *value, *weight)]).collect();
        together = together.iter().flat_map(|chosen| outcomes.iter().map(move |outcome| with(chosen, outcome))).collect();
    }
    let parent = scenario.and_then(|id| model.scenarios.get(id.0 as usize)).cloned();
    let one = |chosen: Vec<(CellId, ExprId, ExprId)>| {
        let mut contents = parent.as_ref().map(|parent| parent.contents.clone()).unwrap_or_default();
        contents.extend(chosen.iter().map(|(cell, value, _)| (*cell, Content::Computed(*value))));
        let at = parent.as_ref().map(|parent| parent.at).unwrap_or_default();
        model.scenarios.push(Scenario { name: None, title: None, extends: scenario, written: Vec::new(), contents, at });
        Supposed { scenario: ScenarioId(model.scenarios.len() as u32 - 1), weights: chosen.iter().map(|(.., weight)| *weight).collect() }
    };
    together.into_iter().map(one).collect()
}
