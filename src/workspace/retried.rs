//! Retried: a question asked again while inputs of the model are tried out, played only as far as they reach.

use super::asked::Ask;
use super::facts::Facts;
use super::sampling::computed;
use crate::check::model::{Cell, CellId, Content, ExprId, Model, Node, Type};
use crate::compile::Compiled;
use crate::report::{self, Evaluation, Outcome, View};
use crate::run::{Columns, Given, Inputs, Nobody, Stage, rerun};
use crate::tape::InputId;

/// A what-if that gives an input another number, in the unit in which the model has it. Nothing of the model changes with
/// it but that number.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Move {
    path: String,
    number: f64,
    unit: String,
}

impl Move {
    /// What the model says of a path, where it is a number that is written out.
    pub fn of(model: &Model, path: &str) -> Option<Self> {
        let cell = model.cell(model.find(path)?);
        Some(Self { path: path.to_owned(), number: literal(model, cell)?, unit: model.units.text(cell.unit) })
    }

    /// The input of a model that it moves; none if the model has something else there.
    fn input(&self, model: &Model) -> Option<CellId> {
        let id = model.find(&self.path)?;
        let cell = model.cell(id);
        (literal(model, cell).is_some() && model.units.text(cell.unit) == self.unit).then_some(id)
    }
}

/// The number that a definition is, in base units, if it is one that is written out.
fn literal(model: &Model, cell: &Cell) -> Option<f64> {
    let Content::Computed(expr) = cell.content else { return None };
    (model.expr(expr).ty == Type::Number).then(|| number(model, expr))?
}

fn number(model: &Model, expr: ExprId) -> Option<f64> {
    let node = &model.expr(expr).node;
    if let Node::Scale(inner, by) = node {
        return Some(number(model, *inner)? * by);
    }
    if let Node::Negate(inner) = node {
        return Some(-number(model, *inner)?);
    }
    if let Node::Number(number) = node { Some(*number) } else { None }
}

/// Questions over the model without what-ifs, and their columns under those that were tried last.
#[derive(Debug)]
pub(super) struct Retried {
    queries: Vec<String>,
    facts: Facts,
    compiled: Compiled,
    columns: Columns,
    moved: Vec<InputId>,
}

impl Retried {
    /// Computes the questions of the model itself. None if anything is wrong with it or to be told of them, or where samples
    /// are looked at.
    pub fn of(facts: Facts, ask: &Ask<'_>) -> Option<Self> {
        let model = facts.model().filter(|_| !facts.tells_of_questions())?;
        let computed = computed(model, &report::query_targets(model, &View::default()), &[], &facts.how()).ok()?;
        if computed.across {
            return None;
        }
        Some(Self { queries: ask.queries.to_vec(), facts, compiled: computed.compiled, columns: computed.columns, moved: Vec::new() })
    }

    /// Whether these are its questions.
    pub fn is_of(&self, ask: &Ask<'_>) -> bool {
        self.queries == ask.queries
    }

    /// The answers with some inputs moved. None if something can't be computed then, which is for a whole run to tell, and
    /// where a move is of something else than an input.
    pub fn under(&mut self, moves: &[Move], ask: &Ask<'_>) -> Option<Vec<Evaluation>> {
        ask.watch.unwrap_or(&Nobody).begins(Stage::Run);
        let model = self.facts.model()?;
        let cells: Vec<(CellId, f64)> = moves.iter().map(|one| Some((one.input(model)?, one.number))).collect::<Option<_>>()?;
        // What no question reads has no place on the tape.
        let inputs: Vec<(InputId, f64)> = cells.iter().filter_map(|(cell, number)| Some((self.compiled.input(*cell)?, *number))).collect();
        let tape = &self.compiled.tape;
        let given = inputs.iter().flat_map(|(input, number)| tape.scaled(*input).map(|op| (op, Given::Values(vec![*number]))));
        let now: Vec<InputId> = inputs.iter().map(|(input, _)| *input).collect();
        let changed: Vec<InputId> = self.moved.iter().chain(&now).copied().collect();
        rerun(&mut self.columns, tape, &Inputs { given: given.collect(), ..Inputs::once() }, &changed);
        self.moved = now;
        let outcome = Outcome { model, sources: &self.facts.sources, compiled: &self.compiled, columns: &self.columns, spreads: None };
        let targets = report::query_targets(model, &View::default());
        let sound = report::faults(&outcome, &targets).is_empty() && report::undecided(&outcome, &targets).is_empty();
        sound.then(|| (0..model.queries.len()).filter_map(|question| report::evaluate(&outcome, &View::default(), question)).collect())
    }
}
