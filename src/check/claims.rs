//! Claims: requirements, tests, statements, correlations and questions, elaborated over finished definitions.

use super::depend::Depend;
use super::elaborate::{Elaborator, Place, Typed, Value};
use super::mistakes;
use super::model::{
    CellId, Comparison, Confidence, CorrelationGroup, Expectation, ExprId, Goal, InstanceId, Node, Origin, Query, Reducer,
    Requirement, ScenarioId,
    Shape, Statement, StatementRow, Steps, Test, Tolerance,
};
use super::pass::{LinkMap, Pass};
use super::scenario::Scenarios;
use super::ties::Ties;
use super::world::Scope;
use crate::diagnostic::Diagnostic;
use crate::syntax::ast;
use crate::text::{FileId, Location, Span};
use foldhash::HashMap;

/// Everything that is claimed or asked, and which definitions each needs.
#[derive(Default)]
pub(super) struct Claims {
    pub requirements: Vec<(Requirement, Vec<CellId>)>,
    pub tests: Vec<(Test, Vec<CellId>)>,
    pub statements: Vec<(Statement, Vec<Vec<CellId>>)>,
    pub correlations: Vec<CorrelationGroup>,
    pub goals: Vec<(Goal, Vec<CellId>)>,
    pub queries: Vec<(Query, Vec<CellId>)>,
}

impl<'a> Pass<'a> {
    /// Elaborates what is claimed and asked.
    pub fn claims(&mut self, asked: &super::Asked<'a>, scenarios: &mut Scenarios<'a>) -> Claims {
        let mut claims = Claims::default();
        let mut test = 0;
        let mut goals: HashMap<&str, Location> = HashMap::default();
        let mut ties = Ties::new(asked.sets);
        for file in asked.prelude.iter().copied().chain(asked.files) {
            for item in &file.items {
                match &item.node {
                    ast::Node::Require(require) => {
                        let claim = self.require(file.id, require, item.span, None, scenarios);
                        claim.iter().for_each(|(requirement, _)| self.rule_out(requirement));
                        claims.requirements.extend(claim);
                    }
                    ast::Node::Test(decl) => {
                        let overlay = self.given(file.id, decl, test, scenarios);
                        claims.tests.push(self.test(file.id, decl, test, overlay, scenarios, item.span));
                        test += 1;
                    }
                    ast::Node::Goal(decl) => {
                        let earlier = goals.insert(&decl.name.text, Location::new(file.id, decl.name.span));
                        match earlier {
                            Some(earlier) => {
                                let at = Location::new(file.id, decl.name.span);
                                self.found.push(mistakes::names::defined_twice(&decl.name.text, at, earlier));
                            }
                            None => claims.goals.extend(self.goal(file.id, decl)),
                        }
                    }
                    ast::Node::Statement(decl) => claims.statements.extend(self.statement(file.id, decl)),
                    ast::Node::Correlate { names, by } => ties.line(self, Location::new(file.id, item.span), names, *by),
                    ast::Node::Instance(_) | ast::Node::Model(_) | ast::Node::Unit { .. } | ast::Node::Currency(_) => {}
                    ast::Node::Rate { .. } | ast::Node::Import(_) | ast::Node::Kind(_) | ast::Node::Definition(_) => {}
                    ast::Node::Function(_) | ast::Node::Scenario(_) | ast::Node::Broken => {}
                }
            }
        }
        claims.correlations = ties.groups(self, scenarios);
        self.instance_requirements(&mut claims, scenarios);
        self.rule_out_in_scenarios(&claims.requirements, scenarios);
        for (file, id) in asked.queries {
            if let Some((value, needs)) = self.asked(file.id, *id, Scope::Global) {
                claims.queries.push((Query { expr: value.id }, needs));
            }
        }
        claims
    }

    /// The requirements of kinds and those written inside instances.
    fn instance_requirements(&mut self, claims: &mut Claims, scenarios: &Scenarios<'a>) {
        for at in 0..self.world.instances.len() {
            let id = InstanceId(at as u32);
            let def = self.world.instance(id);
            let (file, decl) = (def.file, def.decl);
            let kinds: Vec<(FileId, &'a ast::Require, Span)> = self.world.kind(def.kind).requires.clone();
            for (file, require, span) in kinds {
                let claim = self.require(file, require, span, Some((id, Scope::Kind(id))), scenarios);
                let claim = claim.filter(|_| id < self.world.first_sketch);
                claim.iter().for_each(|(requirement, _)| self.rule_out(requirement));
                claims.requirements.extend(claim);
            }
            for item in &decl.members {
                let ast::Node::Require(require) = &item.node else { continue };
                let scope = Scope::Filled(id, super::world::Fill::Equation);
                let claim = self.require(file, require, item.span, Some((id, scope)), scenarios);
                claims.requirements.extend(claim);
            }
        }
    }

    /// Runs the elaborator over a piece of text outside of any definition.
    pub(super) fn apart<T>(&mut self, elaborate: impl FnOnce(&mut Elaborator<'_, 'a>) -> T) -> (T, Vec<Diagnostic>) {
        let links = LinkMap::default();
        let mut elaborator = self.elaborator(&links);
        let outcome = elaborate(&mut elaborator);
        let (found, written_out) = (std::mem::take(&mut elaborator.found), elaborator.written_out);
        self.written_out = written_out;
        (outcome, found)
    }

    pub(super) fn needs(&self, file: FileId, ids: &[ast::ExprId], scope: Scope) -> Vec<CellId> {
        let links = LinkMap::default();
        let mut needs: Vec<CellId> = Depend::new(&self.world, &links).of_exprs(file, ids, scope).into_keys().collect();
        needs.sort_unstable();
        needs
    }

    fn asked(&mut self, file: FileId, id: ast::ExprId, scope: Scope) -> Option<(Typed, Vec<CellId>)> {
        let place = Place::new(file, scope);
        let (value, found) = self.apart(|elaborator| elaborator.value_of(&place, id));
        self.found.extend(found);
        value.map(|value| (value, self.needs(file, &[id], scope)))
    }

    fn require(
        &mut self,
        file: FileId,
        require: &'a ast::Require,
        span: Span,
        owner: Option<(InstanceId, Scope)>,
        scenarios: &Scenarios<'a>,
    ) -> Option<(Requirement, Vec<CellId>)> {
        let (instance, scope) = owner.map_or((None, self.world.top(file)), |(id, scope)| (Some(id), scope));
        let place = Place::new(file, scope);
        let asked_in = match &require.scenario {
            Some(name) => match scenarios.by_name.get(name.text.as_str()) {
                Some(id) => Some(*id),
                None => {
                    let known = scenarios.by_name.keys().copied();
                    let at = Location::new(file, name.span);
                    self.found.push(mistakes::names::unknown_scenario(&name.text, at, known));
                    return None;
                }
            },
            None => None,
        };
        let confidence = self.confidence(file, require.confidence);
        let ((condition, steps), found) = self.apart(|elaborator| {
            let condition = elaborator.condition(&place, require.condition);
            let steps = elaborator.range(&place, require.from, require.until);
            (condition, steps)
        });
        let origin = self.world.origin(file);
        // What the prelude asks of every model falls away where its names do not fit this one.
        if origin == Origin::Model || instance.is_some() {
            self.found.extend(found);
        }
        let (condition, (steps, guards)) = condition.zip(steps)?;
        let condition_at = Location::new(file, self.world.expr(file, require.condition).span);
        if origin == Origin::Model {
            self.hollow_requirement(condition.id, condition_at);
        }
        let comparisons = self.comparisons(condition.id);
        let condition = self.guarded(condition, &guards);
        let confidence = confidence.filter(|_| condition.info.uncertain).map(|share| self.always(condition, steps, share));
        let ids: Vec<ast::ExprId> = [require.condition].into_iter().chain(require.from).chain(require.until).collect();
        let requirement = Requirement {
            severity: require.severity,
            message: require.message.as_ref().map(|message| message.text.clone()),
            condition: condition.id,
            comparisons,
            steps,
            scenario: asked_in,
            confidence,
            instance,
            origin,
            at: condition_at,
            line: Location::new(file, span),
        };
        Some((requirement, self.needs(file, &ids, scope)))
    }

    /// Of a condition that changes over time a sample has to meet every step of the range.
    fn always(&mut self, condition: Typed, steps: Steps, share: f64) -> Confidence {
        let always = match condition.info.shape {
            Shape::Constant => condition.id,
            Shape::Series => {
                let at = self.arena.expr(condition.id).at;
                self.arena.push(Node::OverTime(Reducer::Lowest, condition.id, steps), condition.info.constant(), at).id
            }
        };
        Confidence { share, always }
    }

    /// Outside of the steps its dates name, a condition holds.
    fn guarded(&mut self, condition: Typed, outside: &[Typed]) -> Typed {
        if outside.is_empty() {
            return condition;
        }
        let at = self.arena.expr(condition.id).at;
        let parts = outside.iter().copied().chain([condition]).map(|part| part.id).collect();
        let info = super::elaborate::Info { shape: Shape::Series, ..condition.info };
        self.arena.push(Node::Any(parts), info, at)
    }

    fn confidence(&mut self, file: FileId, id: Option<ast::ExprId>) -> Option<f64> {
        let id = id?;
        let expr = self.world.expr(file, id);
        let share = expr.node.bare_number().filter(|share| (0.0..=1.0).contains(share));
        if share.is_none() {
            self.found.push(mistakes::claims::confidence(Location::new(file, expr.span), expr.node.bare_number()));
        }
        share
    }

    pub(super) fn comparisons(&self, condition: ExprId) -> Vec<(ExprId, Comparison, ExprId)> {
        let Node::Compare(first, rest) = &self.arena.expr(condition).node else { return Vec::new() };
        let mut left = *first;
        rest.iter()
            .map(|(comparison, right)| {
                let pair = (left, *comparison, *right);
                left = *right;
                pair
            })
            .collect()
    }

    fn test(
        &mut self,
        file: FileId,
        decl: &'a ast::Test,
        at: u32,
        overlay: Option<ScenarioId>,
        scenarios: &mut Scenarios<'a>,
        span: Span,
    ) -> (Test, Vec<CellId>) {
        let place = Place::new(file, Scope::Test(at));
        let layers = overlay.and_then(|id| scenarios.layers.get_mut(id.0 as usize)).map(std::mem::take);
        let layered = layers.is_some();
        self.states.layers = layers.unwrap_or_default();
        let mut expectations = Vec::new();
        let mut needs = Vec::new();
        for step in &decl.steps {
            let ast::StepNode::Expect { condition, within } = &step.node else { continue };
            let (value, found) = self.apart(|elaborator| elaborator.condition(&place, *condition));
            // Sides that do not fit each other are one mistake; a distance has nothing to be held against then.
            let fits = found.is_empty();
            self.found.extend(found);
            let told = self.found.len();
            let (tolerance, found) = self.apart(|elaborator| {
                within.zip(value).filter(|_| fits).and_then(|(id, value)| elaborator.distance(&place, id, value.id))
            });
            self.found.extend(found);
            needs.extend(self.needs(file, &[*condition], Scope::Test(at)));
            needs.extend(self.needs(file, within.as_slice(), Scope::Test(at)));
            let Some(value) = value else { continue };
            let within = tolerance.map(|value| self.tolerance(file, *within, value));
            if fits && self.found.len() == told {
                self.hollow_expectation(value.id, within, Location::new(file, self.world.expr(file, *condition).span), span);
            }
            expectations.push(Expectation {
                condition: value.id,
                comparisons: self.comparisons(value.id),
                within,
                at: Location::new(file, self.world.expr(file, *condition).span),
            });
        }
        let layers = std::mem::take(&mut self.states.layers);
        if let Some(place) = overlay.filter(|_| layered).and_then(|id| scenarios.layers.get_mut(id.0 as usize)) {
            *place = layers;
        }
        let is_broken = |step: &ast::Step| step.node == ast::StepNode::Broken;
        if !decl.steps.iter().any(|step| matches!(step.node, ast::StepNode::Expect { .. }) || is_broken(step)) {
            let at = decl.title.as_ref().map_or(span, |title| title.span);
            self.found.push(mistakes::claims::expects_nothing(Location::new(file, at)));
        }
        let title = decl.title.as_ref().map(|title| title.text.clone());
        (Test { title, overlay, expectations, at: Location::new(file, span) }, needs)
    }

    /// `within 0.1%` is a share of the right side, `within 0.01 USD` an amount, in the unit that is compared in.
    fn tolerance(&self, file: FileId, id: Option<ast::ExprId>, value: Typed) -> Tolerance {
        let number = id.and_then(|id| self.world.expr(file, id).node.number());
        let percent = number.is_some_and(|number| number.percent && number.unit.is_none());
        if percent { Tolerance::Relative(value.id) } else { Tolerance::Absolute(value.id) }
    }

    /// A statement; rows of the prelude that do not fit this model drop out.
    fn statement(&mut self, file: FileId, decl: &'a ast::Statement) -> Option<(Statement, Vec<Vec<CellId>>)> {
        let origin = self.world.origin(file);
        let (mut rows, mut needs) = (Vec::new(), Vec::new());
        for id in &decl.rows {
            let place = self.top(file);
            let (value, found) = self.apart(|elaborator| elaborator.value_of(&place, *id));
            if origin == Origin::Model {
                self.found.extend(found);
            } else if !found.is_empty() {
                continue;
            }
            let Some(value) = value else { continue };
            let cell = if let Node::Cell(cell) = self.arena.expr(value.id).node { Some(cell) } else { None };
            let at = Location::new(file, self.world.expr(file, *id).span);
            rows.push(StatementRow { cell, expr: value.id, at, touched: false });
            needs.push(self.needs(file, &[*id], place.scope));
        }
        let title = decl.title.as_ref().map(|title| title.text.clone());
        Some((Statement { title, rows, origin }, needs))
    }
}

impl Elaborator<'_, '_> {
    /// One value out of an expression that stands by itself.
    pub(super) fn value_of(&mut self, place: &Place, id: ast::ExprId) -> Option<Typed> {
        let value = self.expr(place, id);
        match value {
            Value::One(one) => Some(one),
            Value::Unknown => None,
            Value::Column(_) | Value::List(_) | Value::Table(_) | Value::Instances(_) | Value::Instance(_) | Value::Text | Value::Nothing => {
                self.figure(place, id, value)
            }
        }
    }

    /// The steps between `from` and `until`; dates that are not written out become conditions that let the rest pass.
    fn range(
        &mut self,
        place: &Place,
        from: Option<ast::ExprId>,
        until: Option<ast::ExprId>,
    ) -> Option<(Steps, Vec<Typed>)> {
        let mut steps = Steps { first: 0, end: self.world.grid.len() as u32 };
        let mut outside = Vec::new();
        for (id, first) in from.map(|id| (id, true)).into_iter().chain(until.map(|id| (id, false))) {
            match self.steps(place, id) {
                Some(Some(found)) if first => steps.first = found.first,
                Some(Some(found)) => steps.end = found.end,
                Some(None) => return None,
                None => {
                    let comparison = if first { Comparison::Less } else { Comparison::More };
                    outside.push(self.time_compared(place, id, comparison)?);
                }
            }
        }
        Some((steps, outside))
    }
}
