//! Faults: cells without a value, told as diagnostics; one message for a culprit, none for what follows from it.

use super::outcome::{Outcome, computed};
use super::pick::cells;
use super::View;
use crate::check::model::{CellId, ExprId, Factor, Function, Model, Node, ScenarioId};
use crate::compile::{Culprit, Target, What, is_known};
use crate::diagnostic::{Code, Diagnostic};
use crate::run::{self, Fault, FaultKind};
use crate::tape::{Shape, SlotId};
use crate::text::{FileId, Location};
use std::collections::{BTreeMap, BTreeSet};

/// What went wrong in the targets of a run, by place.
#[must_use]
pub fn faults(outcome: &Outcome<'_>, targets: &[Target]) -> Vec<Diagnostic> {
    let mut first: BTreeMap<u32, Fault> = BTreeMap::new();
    let mut spoilt: BTreeMap<u32, BTreeSet<CellId>> = BTreeMap::new();
    for target in targets {
        let Some(slot) = outcome.compiled.slot(*target) else { continue };
        let steps = if outcome.columns.shape(slot) == Shape::Series { outcome.columns.steps() } else { 1 };
        for step in 0..steps {
            if let run::Value::Fault(fault) = outcome.columns.value(slot, step, 0) {
                let known = first.entry(fault.op.0).or_insert(fault);
                known.step = known.step.min(fault.step);
                if let What::Cell(cell) = target.what {
                    spoilt.entry(fault.op.0).or_default().insert(cell);
                }
            }
        }
    }
    // What only some samples can't compute is a mistake of the model as well.
    for (op, of_samples) in outcome.spreads.iter().flat_map(|spreads| &spreads.faults) {
        first.entry(op.0).or_insert(of_samples.fault);
    }
    let mut told: Vec<(Location, Diagnostic)> = Vec::new();
    let mut seen: BTreeSet<(Option<CellId>, Option<ExprId>, FaultKind)> = BTreeSet::new();
    let culprits = first.values().map(|fault| (outcome.compiled.culprit(fault.op), *fault));
    // The model itself before its scenarios: what is wrong in both is told once.
    let mut culprits: Vec<(Culprit, Fault)> = culprits.collect();
    culprits.sort_by_key(|(culprit, fault)| (culprit.scenario, fault.op));
    let mut late: BTreeSet<(FileId, u32)> = BTreeSet::new();
    for (culprit, fault) in culprits {
        if seen.insert((culprit.cell, culprit.expr, fault.kind)) {
            let telling = Telling { outcome, culprit, fault };
            // A table that begins too late is told once, whatever adds it up.
            let table = if fault.kind == FaultKind::BlankInLevel { telling.late_table() } else { None };
            if table.is_some_and(|at| !late.insert((at.file, at.span.start))) {
                continue;
            }
            let mut diagnostic = telling.told();
            for cell in spoilt.get(&fault.op.0).into_iter().flat_map(|cells| alike(outcome.model, cells, culprit)) {
                let at = outcome.model.cell(cell).at;
                diagnostic = diagnostic.also(at, format!("`{}` holds the same", outcome.model.cell(cell).path));
            }
            told.push((diagnostic.place(), diagnostic));
        }
    }
    told.sort_by_key(|(at, _)| (at.file, at.span.start));
    told.into_iter().map(|(_, diagnostic)| diagnostic).collect()
}

/// Definitions that hold the same calculation as the culprit: spoilt, although nothing that they read is.
fn alike(model: &Model, spoilt: &BTreeSet<CellId>, culprit: Culprit) -> Vec<CellId> {
    let others = spoilt.iter().copied().filter(|cell| Some(*cell) != culprit.cell);
    let own = others.filter(|cell| {
        let Some(expr) = computed(model, *cell, culprit.scenario) else { return false };
        let is_spoilt = |id: ExprId| {
            let (Node::Cell(read) | Node::Opened(read) | Node::Base(read, _)) = model.expr(id).node else { return false };
            spoilt.contains(&read) || Some(read) == culprit.cell
        };
        !model.within(expr).any(is_spoilt)
    });
    // A few are enough to find the others by.
    own.take(4).collect()
}

/// What looks across samples where the run drew none: in what the questions of `eval` read, or where nothing is asked, in
/// the definitions of a view.
#[must_use]
pub fn sampleless(model: &Model, view: &View) -> Vec<Diagnostic> {
    let roots: Vec<ExprId> = if model.queries.is_empty() {
        cells(model, view).into_iter().filter_map(|cell| computed(model, cell, view.scenario)).collect()
    } else {
        model.queries.iter().map(|query| query.expr).collect()
    };
    across_samples(model, roots, view.scenario)
        .into_iter()
        .map(|at| {
            let message = "this looks across samples, and the run drew none";
            Diagnostic::error(Code("BIZ0706"), message, at, "nothing to look at").help("draw samples, or ask for the value itself")
        })
        .collect()
}

/// The places that look across samples in some expressions and in all they read, each once.
fn across_samples(model: &Model, roots: Vec<ExprId>, scenario: Option<ScenarioId>) -> Vec<Location> {
    let mut seen: BTreeSet<ExprId> = roots.iter().copied().collect();
    let (mut open, mut found) = (roots, Vec::new());
    while let Some(id) = open.pop() {
        let expr = model.expr(id);
        if let Node::AcrossSamples(sampled, x) = expr.node
            && !is_known(model, sampled, x, scenario)
        {
            found.push(expr.at);
        }
        open.extend(behind(model, id, scenario).into_iter().filter(|next| seen.insert(*next)));
    }
    found.sort_by_key(|at| (at.file, at.span.start));
    found.dedup();
    found
}

/// What an expression is made of, and what the definitions hold that it reads.
fn behind(model: &Model, id: ExprId, scenario: Option<ScenarioId>) -> Vec<ExprId> {
    let node = &model.expr(id).node;
    let mut next = Vec::new();
    if let Node::Cell(cell) | Node::Opened(cell) = node {
        next.extend(computed(model, *cell, scenario));
    }
    if let Node::Base(cell, other) = node {
        next.extend(computed(model, *cell, *other));
    }
    model.below(id, &mut next);
    next
}

struct Telling<'a> {
    outcome: &'a Outcome<'a>,
    culprit: Culprit,
    fault: Fault,
}

impl Telling<'_> {
    fn told(&self) -> Diagnostic {
        let subject = self.subject();
        let when = self.when();
        let (code, message, label, help) = match self.fault.kind {
            FaultKind::DivisionByZero => return self.division(&subject, &when),
            FaultKind::Overflow => (
                Code("BIZ0702"),
                format!("{subject} is too large for a number{when}"),
                "the value leaves the range of numbers here".to_owned(),
                "look for a rate that compounds in every step and was meant for a year".to_owned(),
            ),
            FaultKind::BlankInLevel => return self.blank(&subject, &when),
            FaultKind::OutsideTimeline => (
                Code("BIZ0704"),
                format!("{subject} looks past the timeline{when}"),
                "the timeline has no such date".to_owned(),
                "make the timeline longer, or ask for a date inside of it".to_owned(),
            ),
            FaultKind::InvalidArgument => return self.argument(&subject, &when),
            FaultKind::Parameter => return self.parameter(&subject, &when),
            FaultKind::TableEnd => (
                Code("BIZ0406"),
                format!("{subject} reads a table behind its last band{when}"),
                "the quantity is larger than the last bound".to_owned(),
                "add a band, or `beyond: …` for everything above".to_owned(),
            ),
            FaultKind::ShortDelay => (
                Code("BIZ0708"),
                format!("{subject} is delayed by less than it may{when}"),
                "the delay is too short".to_owned(),
                "a delay can't be negative, and in a loop it has to be a step or longer".to_owned(),
            ),
            FaultKind::Circle => (
                Code("BIZ0301"),
                format!("{subject} needs itself{when}"),
                "this leads back to where it is defined, within one step".to_owned(),
                "read the step before with `opening`, or take one of the names out of the circle".to_owned(),
            ),
        };
        self.owned(Diagnostic::error(code, message, self.at(), label).help(help))
    }

    /// A blank that a level was to add up; at the place it comes from, if that is a table that has not begun.
    fn blank(&self, subject: &str, when: &str) -> Diagnostic {
        let (message, adds) = (format!("a blank reaches {subject}{when}"), "this adds up a value that is blank");
        match self.late_table() {
            Some(table) => self
                .owned(Diagnostic::error(Code("BIZ0703"), message, table, "this table is blank before its first row").also(self.at(), adds))
                .help("begin the table where the timeline begins, or say with `otherwise` what counts before it"),
            None => self
                .owned(Diagnostic::error(Code("BIZ0703"), message, self.at(), adds))
                .help("say what counts instead with `otherwise`, such as `x otherwise 0`"),
        }
    }

    /// A table over dates that what is at fault reads, and whose first row is still to come.
    fn late_table(&self) -> Option<Location> {
        let (model, scenario) = (self.outcome.model, self.culprit.scenario);
        let now = model.grid.start(self.fault.step as usize);
        let mut open: Vec<ExprId> = self.culprit.expr.into_iter().collect();
        let mut seen: BTreeSet<ExprId> = open.iter().copied().collect();
        let mut found = Vec::new();
        while let Some(id) = open.pop() {
            let expr = model.expr(id);
            if let Node::Steps(rows) | Node::Linear(rows) = &expr.node
                && rows.first().is_some_and(|(date, _)| *date > now)
            {
                found.push(expr.at);
            }
            open.extend(behind(model, id, scenario).into_iter().filter(|next| seen.insert(*next)));
        }
        found.into_iter().min_by_key(|at| (at.file, at.span.start))
    }

    fn division(&self, subject: &str, when: &str) -> Diagnostic {
        let (at, label) = self.divisor().unwrap_or_else(|| (self.at(), "the divisor is zero here".to_owned()));
        let diagnostic = Diagnostic::error(Code("BIZ0701"), format!("{subject} is divided by zero{when}"), at, label);
        self.owned(diagnostic.help("guard the division: `if` the divisor is not zero `then` divide `else` say what counts instead"))
    }

    /// The only divisor of a quotient.
    fn divisor(&self) -> Option<(Location, String)> {
        let model = self.outcome.model;
        let Node::Product(_, rest) = &model.expr(self.culprit.expr?).node else { return None };
        let mut divisors = rest.iter().filter(|(factor, _)| *factor == Factor::Over).map(|(_, expr)| model.expr(*expr));
        let only = divisors.next().filter(|_| divisors.next().is_none())?;
        Some((only.at, "this is zero".to_owned()))
    }

    fn argument(&self, subject: &str, when: &str) -> Diagnostic {
        let node = self.culprit.expr.map(|expr| &self.outcome.model.expr(expr).node);
        let (message, label, help) = if let Some(Node::Lookup(..)) = node {
            (
                format!("{subject} reads a table below zero{when}"),
                "the quantity is negative here",
                "bands begin at zero: guard the quantity with `max(0, …)`, or mend what makes it negative",
            )
        } else if let Some(Node::Call(Function::Element | Function::Ranked, _)) = node {
            (
                format!("{subject} asks for an element that is not there{when}"),
                "no element at this place",
                "elements are counted by whole numbers from 1 to `count(…)` of them",
            )
        } else if let Some(Node::Call(Function::NormalQuantile, _) | Node::AcrossSamples(..)) = node {
            (
                format!("{subject} has no real value{when}"),
                "no value lies at this share",
                "a share for a percentile lies between 0% and 100%: `90%`, not `90`",
            )
        } else {
            (
                format!("{subject} has no real value{when}"),
                "nothing real comes of this number",
                "roots and broken powers need a number that is not negative, logarithms and `ln_gamma` one above zero",
            )
        };
        self.owned(Diagnostic::error(Code("BIZ0705"), message, self.at(), label).help(help))
    }

    fn parameter(&self, subject: &str, when: &str) -> Diagnostic {
        let reason = run::reason(&self.outcome.compiled.tape, self.outcome.columns, self.fault, 0);
        let label = reason.map_or_else(|| "these parameters contradict each other".to_owned(), |reason| reason.to_string());
        let message = format!("{subject} can't have this distribution{when}");
        self.owned(Diagnostic::error(Code("BIZ0707"), message, self.at(), label))
    }

    /// The definition, or what was asked.
    fn subject(&self) -> String {
        match self.culprit.cell {
            Some(cell) => format!("`{}`", self.outcome.model.cell(cell).path),
            None => "this".to_owned(),
        }
    }

    /// ` in 2026-03 (scenario price_war)`, behind the samples where it is some of them
    fn when(&self) -> String {
        let is_series = self.outcome.compiled.tape.op(self.fault.op).shape == Shape::Series;
        let period = self.outcome.period(self.fault.step as usize).filter(|_| is_series);
        let period = period.map_or_else(String::new, |period| format!(" in {period}"));
        let scenario = self.outcome.scenario_name(self.culprit.scenario);
        let scenario = scenario.map_or_else(String::new, |name| format!(" (scenario {name})"));
        self.samples() + &period + &scenario
    }

    /// ` in 124 of 10000 samples, first in sample 17`; nothing where the run without samples has the same fault.
    fn samples(&self) -> String {
        let (op, step) = (self.fault.op, self.fault.step as usize);
        if let run::Value::Fault(fault) = self.outcome.columns.value(SlotId(op.0), step, 0)
            && fault.op == op
        {
            return String::new();
        }
        let found = self.outcome.spreads.and_then(|spreads| Some((spreads.drawn.count, spreads.faults.get(&op)?)));
        found.map_or_else(String::new, |(drawn, found)| {
            format!(" in {} of {drawn} samples, first in sample {}", found.count, found.sample + 1)
        })
    }

    /// The expression, else the definition.
    fn at(&self) -> Location {
        let model = self.outcome.model;
        let expr = self.culprit.expr.map(|expr| model.expr(expr).at);
        expr.or(self.culprit.cell.map(|cell| model.cell(cell).at)).unwrap_or_default()
    }

    /// Points at the instance too, where the equation is its kind's.
    fn owned(&self, diagnostic: Diagnostic) -> Diagnostic {
        let model = self.outcome.model;
        let owner = self.culprit.cell.and_then(|cell| model.cell(cell).instance).map(|id| model.instance(id));
        match owner {
            Some(owner) if owner.at.file != diagnostic.place().file => diagnostic.also(owner.at, format!("it is of this {}", owner.kind)),
            Some(_) | None => diagnostic,
        }
    }
}
