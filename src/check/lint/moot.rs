//! Moot: a replacement by what stands there already, a branch that is never taken, or that is the same as all others.

use super::walk::{Trees, Within, any, parts};
use super::{Commented, Linted, same};
use crate::check::mistakes::lints;
use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::syntax::ast::{Comparison, Expr, ExprId, ExprNode, File, Node, Operator, Scenario, Value};
use crate::text::{Location, Span};
use foldhash::HashMap;

/// Among how many branches those are looked for that are never taken: each is held against all before it.
const MOST_BRANCHES: usize = 64;

/// What changes nothing.
pub(super) fn moot(linted: &Linted<'_>, trees: &Trees<'_>) -> Vec<Diagnostic> {
    let mut told = Vec::new();
    let mut replacing: HashMap<String, usize> = HashMap::default();
    for scenario in linted.texts.iter().flat_map(|text| scenarios(text.file)) {
        replaced(scenario).for_each(|(path, _)| *replacing.entry(path).or_default() += 1);
    }
    for text in linted.texts {
        // What another scenario replaced may be taken back.
        let scenarios = scenarios(text.file).filter(|scenario| scenario.extends.is_none());
        told.extend(scenarios.flat_map(|scenario| unchanged(&replacing, text.file, scenario, trees)));
        told.extend(text.file.exprs.iter().filter_map(|expr| in_if(text, expr)));
    }
    // A test may show that something is nothing.
    told.extend(trees.written.iter().flat_map(|one| one.exprs().into_iter().flat_map(|id| cancelled(one.file, id))));
    told
}

/// What is added and taken away again, or multiplied and divided by, in one sum or product: `fee * seats / seats`.
fn cancelled(file: &File, id: ExprId) -> Vec<Diagnostic> {
    let mut told: Vec<Diagnostic> = parts(&file.expr(id).node).into_iter().flat_map(|part| cancelled(file, part)).collect();
    let ExprNode::Chain { first, rest } = &file.expr(id).node else { return told };
    let is_inverse = |operator: Operator| matches!(operator, Operator::Subtract | Operator::Divide);
    let is_sum_or_product = rest.iter().all(|(operator, _)| !matches!(operator, Operator::And | Operator::Or | Operator::Otherwise));
    // Numbers bring units in and out.
    let names = |id: &ExprId| any(file, *id, &|expr| expr.node.path().is_some());
    let taken: Vec<ExprId> = rest.iter().filter(|(operator, id)| is_inverse(*operator) && names(id)).map(|(_, id)| *id).collect();
    if taken.is_empty() || !is_sum_or_product {
        return told;
    }
    let given = std::iter::once(*first).chain(rest.iter().filter(|(operator, _)| !is_inverse(*operator)).map(|(_, id)| *id));
    let mut given: HashMap<String, ExprId> = given.map(|id| (same::text(file, id), id)).collect();
    let place = |id: ExprId| Location::new(file.id, file.expr(id).span);
    told.extend(taken.into_iter().filter_map(|taken| given.remove(&same::text(file, taken)).map(|given| lints::cancelled(place(taken), place(given)))));
    told
}

/// Replacements by the very value that the model has. Where other scenarios replace the same, one of them may well be the
/// plan itself, with all that differs between them written out.
fn unchanged(replacing: &HashMap<String, usize>, file: &File, scenario: &Scenario, trees: &Trees<'_>) -> Vec<Diagnostic> {
    let mut told = Vec::new();
    for (path, id) in replaced(scenario).filter(|(path, _)| replacing.get(path) == Some(&1)) {
        let own = trees.written.iter().find(|one| match (one.within, one.owner) {
            (Within::Top, _) => one.name() == path,
            (Within::Instance(_), Some(owner)) => path.strip_prefix(owner).and_then(|rest| rest.strip_prefix('.')) == Some(one.name().as_str()),
            (Within::Instance(_), None) | (Within::Kind(_), _) => false,
        });
        let is_own = own.is_some_and(|own| own.equation().is_some_and(|equation| same::text(own.file, equation) == same::text(file, id)));
        if is_own || is_base(file, id) {
            told.push(lints::unchanged(&path, Location::new(file.id, file.expr(id).span), own.filter(|_| is_own).map(|own| own.name_at())));
        }
    }
    told
}

fn scenarios(file: &File) -> impl Iterator<Item = &Scenario> {
    file.items.iter().filter_map(|item| if let Node::Scenario(scenario) = &item.node { Some(scenario) } else { None })
}

/// What a scenario gives another value: its path, and the value.
fn replaced(scenario: &Scenario) -> impl Iterator<Item = (String, ExprId)> + '_ {
    scenario.replacements.iter().filter_map(|line| {
        let definition = line.node.definition()?;
        if let Some(Value::Equals(id)) = definition.value { Some((definition.path.text(), id)) } else { None }
    })
}

/// `base`, `base * 100%`
fn is_base(file: &File, id: ExprId) -> bool {
    let names_base = |id: ExprId| file.expr(id).node.path().is_some_and(|path| path.text() == "base");
    let ExprNode::Chain { first, rest } = &file.expr(id).node else { return names_base(id) };
    let is_one = |id: ExprId| file.expr(id).node.number().is_some_and(|number| number.value == 1.0 && number.unit.is_none());
    names_base(*first) && matches!(rest.as_slice(), [(Operator::Multiply | Operator::Divide, one)] if is_one(*one))
}

fn in_if(text: &Commented<'_>, expr: &Expr) -> Option<Diagnostic> {
    let ExprNode::If { branches, otherwise } = &expr.node else { return None };
    if branches.len() > MOST_BRANCHES {
        return None;
    }
    let file = text.file;
    let last = same::text(file, *otherwise);
    if branches.iter().all(|(_, value)| same::text(file, *value) == last) {
        return Some(lints::one_value(Location::new(file.id, expr.span)));
    }
    let conditions = || branches.iter().map(|(condition, _)| *condition);
    for (at, later) in conditions().enumerate() {
        let Some(earlier) = conditions().take(at).find(|earlier| implies(file, later, *earlier)) else { continue };
        let place = |id: ExprId| Location::new(file.id, file.expr(id).span);
        // Two of a row change places, each with its value.
        let value = |condition: ExprId| branches.iter().find(|(own, _)| *own == condition).map(|(_, value)| *value);
        let pairs = [Some((earlier, later)), value(earlier).zip(value(later))];
        let edits = pairs.into_iter().flatten().flat_map(|(a, b)| [swapped(text, a, b), swapped(text, b, a)]).collect();
        let fix = Fix { title: "let the two change places".into(), edits };
        // What is asked twice is asked twice in any order.
        let fix = Some(fix).filter(|_| same::text(file, later) != same::text(file, earlier));
        return Some(lints::never_taken(place(later), place(earlier), fix));
    }
    None
}

fn swapped(text: &Commented<'_>, a: ExprId, b: ExprId) -> Edit {
    let span = |id: ExprId| -> Span { text.file.expr(id).span };
    Edit { at: Location::new(text.file.id, span(a)), text: text.source.slice(span(b)).to_owned() }
}

/// Whether a condition holds only where another holds: `x > 10` and `x > 5`.
fn implies(file: &File, later: ExprId, earlier: ExprId) -> bool {
    if same::text(file, later) == same::text(file, earlier) {
        return true;
    }
    let bound = |id: ExprId| {
        let ExprNode::Compare { first, rest } = &file.expr(id).node else { return None };
        let [(comparison, number)] = rest.as_slice() else { return None };
        let ExprNode::Number(number) = &file.expr(*number).node else { return None };
        let unit = number.unit.iter().flat_map(|unit| &unit.factors).map(|factor| (factor.name.text.as_str(), factor.exponent, factor.per));
        Some((same::text(file, *first), *comparison, number.value, unit.collect::<Vec<_>>()))
    };
    let (Some((x, one, a, unit)), Some((y, other, b, other_unit))) = (bound(later), bound(earlier)) else { return false };
    let within = match (one, other) {
        (Comparison::More, Comparison::More | Comparison::AtLeast) | (Comparison::AtLeast, Comparison::AtLeast) => a >= b,
        (Comparison::AtLeast, Comparison::More) => a > b,
        (Comparison::Less, Comparison::Less | Comparison::AtMost) | (Comparison::AtMost, Comparison::AtMost) => a <= b,
        (Comparison::AtMost, Comparison::Less) => a < b,
        (Comparison::Less | Comparison::AtMost, Comparison::More | Comparison::AtLeast | Comparison::Equal | Comparison::Unequal)
        | (Comparison::More | Comparison::AtLeast, Comparison::Less | Comparison::AtMost | Comparison::Equal | Comparison::Unequal)
        | (Comparison::Equal | Comparison::Unequal, _) => false,
    };
    within && x == y && unit == other_unit
}
