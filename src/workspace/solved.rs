//! Solved: the value of an input at which a condition just holds, or a figure is as high or as low as can be.

use super::asked::asked_goal;
use super::board::{Answers, Board};
use super::facts::Facts;
use super::mistakes;
use super::swept::find;
use crate::check::model::{Aim, Better, Comparison, ExprId, Goal, Model, Node, Requirement, ScenarioId, Severity, Under, Vary, holds_nearly};
use crate::report::{self, Answered, Found, Shown, Side, Solution, Value, number};
use crate::run::seek::{Best, Crossing, Scan, Score, best, crossings};
use crate::text::{Location, Source, Span};

/// Points of the first look along one input, and a side of a grid over two; and the same where each takes samples.
const POINTS: [usize; 2] = [257, 41];
const SAMPLED_POINTS: [usize; 2] = [33, 9];
/// How much of the range a best point may lie off, the same way.
const NARROW: f64 = 1e-10;
const SAMPLED_NARROW: f64 = 1e-5;
/// What is left of a zero by rounding, as a part of what a figure is elsewhere in the range.
const ROUNDING: f64 = 1e-12;

impl Facts {
    /// The answers to the goals of a name, to all of the model, or to that of the command line; none if there is an error,
    /// which is then among the mistakes.
    pub fn solve(&mut self, name: Option<&str>) -> Option<Vec<Solution>> {
        let model = self.model.as_ref()?;
        let asked = find(model, &asked_goal(0));
        let declared = || model.goals.iter().filter(|goal| !goal.name.contains(' '));
        let goals: Vec<&Goal> = match (asked, name) {
            (Some(asked), _) => vec![asked],
            (None, Some(name)) => declared().filter(|goal| goal.name == name.trim()).collect(),
            (None, None) => declared().collect(),
        };
        if goals.is_empty() {
            let known: Vec<String> = declared().map(|goal| goal.name.clone()).collect();
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            let mistake = match name {
                Some(name) => {
                    let source = self.add_source("GOAL", name);
                    mistakes::unknown_goal(&source, &known)
                }
                None => mistakes::no_goals(),
            };
            self.mistakes.push(mistake);
            return None;
        }
        let how = self.samples();
        let solved = goals.into_iter().map(|goal| {
            let solver = Solver { model, sources: &self.sources, scenario: self.scenario, goal };
            solver.solved(how)
        });
        Some(solved.collect())
    }
}

struct Solver<'a> {
    model: &'a Model,
    sources: &'a [Source],
    scenario: Option<ScenarioId>,
    goal: &'a Goal,
}

impl Solver<'_> {
    fn solved(&self, how: super::sampling::Samples) -> Solution {
        match &self.goal.aim {
            Aim::Until { left, comparison, right, at, .. } => {
                let targets = [*left, *right].map(|side| report::of_expr(side, self.scenario));
                let board = Board::new(self.model, &self.goal.vary, &targets, &[], how);
                self.until(&board, [*left, *right], *comparison, *at)
            }
            Aim::Best { better, value, under, at } => self.best(how, *better, *value, *under, *at),
        }
    }

    fn solution(&self, aim: String, answers: Vec<Answered>, notes: Vec<String>) -> Solution {
        let own = !self.goal.name.contains(' ');
        Solution {
            goal: own.then(|| self.goal.name.clone()),
            title: self.goal.title.clone(),
            aim,
            scenario: Board::scenario_name(self.model, self.scenario),
            answers,
            notes,
        }
    }

    fn until(&self, board: &Board<'_>, sides: [ExprId; 2], comparison: Comparison, at: Location) -> Solution {
        let aim = format!("until {}", report::text_at(self.sources, at));
        let Some(vary) = self.goal.vary.first() else { return self.solution(aim, Vec::new(), Vec::new()) };
        // Above zero where the condition holds.
        let sign = match comparison {
            Comparison::Less | Comparison::AtMost => -1.0,
            Comparison::More | Comparison::AtLeast | Comparison::Equal | Comparison::Unequal => 1.0,
        };
        // Where both sides are equal, `>` and `<` do not hold.
        let is_strict = matches!(comparison, Comparison::More | Comparison::Less);
        let mut gap = |points: &[f64]| {
            let rows: Vec<Vec<f64>> = points.iter().map(|point| vec![*point]).collect();
            let answers = board.at(&rows);
            let one = |point| {
                let side = |side| board.number(&answers, side, 0, point);
                let gap = sign * (side(0)? - side(1)?);
                Some(if gap == 0.0 && is_strict { -f64::MIN_POSITIVE } else { gap })
            };
            (0..points.len()).map(one).collect::<Vec<Option<f64>>>()
        };
        let (points, narrow) = if board.is_sampled() { (SAMPLED_POINTS[0], 1e-9) } else { (POINTS[0], 0.0) };
        let scan = crossings((vary.low, vary.high), points, narrow, &mut gap);
        let is_equal = comparison == Comparison::Equal;
        let mut answers: Vec<Answered> = Vec::new();
        let mut notes = Vec::new();
        let size = largest(scan.points.iter().filter_map(|(_, value)| *value));
        for crossing in &scan.crossings {
            let (holds, _) = crossing.holds;
            let side = if is_equal { Side::At } else if crossing.fails.0 < holds { Side::Above } else { Side::Below };
            let found = self.found(vary, holds, if is_equal { None } else { Some(side) });
            let rows = board.at(&[vec![holds]]);
            let figures = sides.iter().enumerate().filter(|(_, side)| !self.model.is_literal(**side));
            let figures = figures.map(|(at, side)| self.figure(board, &rows, at, *side, size)).collect();
            if jumps(crossing, &scan) {
                notes.push(self.jump(vary, crossing, sides[0]));
            }
            answers.push(Answered { inputs: vec![found], figures, holds: Some(side) });
        }
        if answers.is_empty() {
            notes.extend(self.never(vary, &scan, sides, sign, is_equal));
        } else if answers.len() > 1 {
            notes.insert(0, format!("it turns {} times in the range; each of these is an answer", answers.len()));
        }
        notes.extend(gaps(&scan));
        self.solution(aim, answers, notes)
    }

    /// Why no value of the range is an answer.
    fn never(&self, vary: &Vary, scan: &Scan, sides: [ExprId; 2], sign: f64, is_equal: bool) -> Vec<String> {
        let unit = self.model.expr(sides[0]).unit;
        let shown = |gap: f64| self.shown(unit, gap).brief();
        let path = &self.model.cell(vary.cell).path;
        let at = |value: f64| self.shown(self.model.expr(vary.number).unit, value).exact();
        let known: Vec<(f64, f64)> = scan.points.iter().filter_map(|(point, value)| Some((*point, (*value)?))).collect();
        let (Some(first), Some(last)) = (known.first(), known.last()) else {
            return vec!["no answer: the figure has no value anywhere in the range".to_owned()];
        };
        let range = format!("`{path}` from {} to {}", at(vary.low), at(vary.high));
        let holds = first.1 >= 0.0;
        if holds && !is_equal {
            return vec![format!("no turning point: it holds for every {range}, so every value of the range will do")];
        }
        let nearest = known.iter().min_by(|one, other| one.1.abs().total_cmp(&other.1.abs())).unwrap_or(first);
        let side = |(point, gap): (f64, f64)| {
            let over = if gap * sign >= 0.0 { "above" } else { "below" };
            format!("{} {over} the bound at {}", shown(gap.abs()), at(point))
        };
        let mut notes = vec![
            format!("no answer: it holds for no {range}"),
            format!("it is {} and {}", side(*first), side(*last)),
        ];
        if nearest.0 != first.0 && nearest.0 != last.0 {
            notes.push(format!("it comes nearest between the ends: {}", side(*nearest)));
        }
        notes
    }

    fn jump(&self, vary: &Vary, crossing: &Crossing, side: ExprId) -> String {
        let unit = self.model.expr(side).unit;
        let at = self.shown(self.model.expr(vary.number).unit, crossing.holds.0).brief();
        let size = self.shown(unit, (crossing.holds.1 - crossing.fails.1).abs()).brief();
        format!("at {at} the figure jumps by {size}, past the bound")
    }

    fn best(&self, how: super::sampling::Samples, better: Better, value: ExprId, under: Under, at: Location) -> Solution {
        let requirements: Vec<&Requirement> = match under {
            Under::Nothing => Vec::new(),
            Under::Requirements => self.requirements().collect(),
        };
        let mut targets = vec![report::of_expr(value, self.scenario)];
        let mut chances = Vec::new();
        for one in &requirements {
            match one.confidence {
                Some(confidence) => chances.push(report::of_expr(confidence.always, self.scenario)),
                None => {
                    targets.push(report::of_expr(one.condition, self.scenario));
                    let sides = one.comparisons.iter().flat_map(|(left, _, right)| [*left, *right]);
                    targets.extend(sides.map(|side| report::of_expr(side, self.scenario)));
                }
            }
        }
        let board = Board::new(self.model, &self.goal.vary, &targets, &chances, how);
        let sign = if better == Better::More { 1.0 } else { -1.0 };
        let mut score = |points: &[Vec<f64>]| {
            let answers = board.at(points);
            let one = |point| match board.number(&answers, 0, 0, point) {
                None => Score::Nothing,
                Some(value) => match self.missed(&board, &answers, &requirements, point) {
                    Some(by) => Score::Barred(sign * value, by),
                    None => Score::Allowed(sign * value),
                },
            };
            (0..points.len()).map(one).collect::<Vec<Score>>()
        };
        let ranges: Vec<(f64, f64)> = self.goal.vary.iter().map(|vary| (vary.low, vary.high)).collect();
        let (points, narrow) = if board.is_sampled() { (SAMPLED_POINTS, SAMPLED_NARROW) } else { (POINTS, NARROW) };
        let side = if ranges.len() > 1 { points[1] } else { points[0] };
        let (found, first) = best(&ranges, side, narrow, &mut score);
        let word = if better == Better::More { "maximize" } else { "minimize" };
        let text = report::text_at(self.sources, at);
        let subject = if under == Under::Requirements { " subject to requirements" } else { "" };
        let aim = format!("{word} {text}{subject}");
        let Some(found) = found.map(|found| on_zero(found, &ranges, &mut score)) else {
            return self.solution(aim, Vec::new(), self.impossible(&first, &requirements));
        };
        let size = largest(first.iter().filter_map(|score| if let Score::Allowed(value) = score { Some(*value) } else { None }));
        let rows = board.at(std::slice::from_ref(&found.at));
        let inputs = self.goal.vary.iter().zip(&found.at).map(|(vary, at)| self.found(vary, *at, None)).collect();
        let figures = vec![self.figure(&board, &rows, 0, value, size)];
        let notes = if is_flat(&first) { vec![format!("{text} is the same over the whole range")] } else { self.limits(&found, &requirements) };
        self.solution(aim, vec![Answered { inputs, figures, holds: None }], notes)
    }

    /// The requirements that an answer has to keep.
    fn requirements(&self) -> impl Iterator<Item = &Requirement> {
        let own = |one: &&Requirement| one.severity == Severity::Require && one.scenario.is_none_or(|scenario| Some(scenario) == self.scenario);
        self.model.requirements.iter().filter(own)
    }

    /// The first requirement that is not met at a point.
    fn missed(&self, board: &Board<'_>, answers: &Answers, requirements: &[&Requirement], point: usize) -> Option<usize> {
        let (mut target, mut chance) = (1, 0);
        for (number, one) in requirements.iter().enumerate() {
            if let Some(confidence) = one.confidence {
                let share = board.chance(answers, chance, point);
                chance += 1;
                if share.is_none_or(|share| share < confidence.share) {
                    return Some(number);
                }
                continue;
            }
            let own = target;
            target += 1 + 2 * one.comparisons.len();
            let met = |step: usize| {
                board.number(answers, own, step, point).is_some_and(|holds| holds != 0.0)
                    || self.is_rounding(board, answers, one, own, step, point)
            };
            if !(one.steps.first as usize..one.steps.end as usize).all(met) {
                return Some(number);
            }
        }
        None
    }

    /// Whether what is missed is a rounding of the figures compared.
    fn is_rounding(&self, board: &Board<'_>, answers: &Answers, one: &Requirement, own: usize, step: usize, point: usize) -> bool {
        let near = |(at, (_, comparison, _)): (usize, &(ExprId, Comparison, ExprId))| {
            let side = |side: usize| board.number(answers, own + 1 + 2 * at + side, step, point);
            side(0).zip(side(1)).is_some_and(|(left, right)| holds_nearly(*comparison, left, right))
        };
        let condition = &self.model.expr(one.condition).node;
        matches!(condition, Node::Compare(..)) && !one.comparisons.is_empty() && one.comparisons.iter().enumerate().all(near)
    }

    /// What keeps the best point from being better.
    fn limits(&self, found: &Best, requirements: &[&Requirement]) -> Vec<String> {
        let mut notes = Vec::new();
        if let Some(one) = found.barred_by.and_then(|by| requirements.get(by)) {
            notes.push(format!("more is stopped by `require {}`", self.written(one)));
        }
        for (vary, at) in self.goal.vary.iter().zip(&found.at) {
            let near = 1e-9 * (vary.high - vary.low);
            let end = if (at - vary.low).abs() <= near { "lower" } else if (at - vary.high).abs() <= near { "upper" } else { continue };
            notes.push(format!("`{}` lies at the {end} end of its range", self.model.cell(vary.cell).path));
        }
        notes
    }

    fn impossible(&self, first: &[Score], requirements: &[&Requirement]) -> Vec<String> {
        let barred = |wanted: usize| first.iter().filter(move |score| matches!(score, Score::Barred(_, by) if *by == wanted)).count();
        let nothing = first.iter().filter(|score| matches!(score, Score::Nothing)).count();
        if nothing == first.len() {
            return vec!["no answer: the figure has no value anywhere in the range".to_owned()];
        }
        let mut counts: Vec<(usize, &&Requirement)> = requirements.iter().enumerate().map(|(at, one)| (barred(at), one)).collect();
        counts.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        counts.retain(|(count, _)| *count > 0);
        let told = counts.iter().map(|(count, one)| match *count == first.len() {
            true => format!("`require {}` is missed over the whole range", self.written(one)),
            false => format!("`require {}` is missed in {count} of {} points", self.written(one), first.len()),
        });
        ["no answer: no value of the range meets the requirements".to_owned()].into_iter().chain(told).collect()
    }

    fn written(&self, one: &Requirement) -> String {
        report::text_at(self.sources, one.at)
    }

    /// A figure at an answer; what is left of a zero by rounding, beside its `size` elsewhere in the range, is told as 0.
    fn figure(&self, board: &Board<'_>, answers: &Answers, target: usize, expr: ExprId, size: f64) -> (String, Shown) {
        let about = self.model.expr(expr);
        let value = report::in_unit(&self.model.units, board.value(answers, target, 0, 0), about.unit);
        let is_left = board.number(answers, target, 0, 0).is_some_and(|value| value.abs() <= ROUNDING * size);
        let value = if is_left { Value::Number(0.0) } else { value };
        (report::text_at(self.sources, about.at), Shown { value, unit: self.model.units.text(about.unit) })
    }

    fn shown(&self, unit: crate::quantity::UnitId, base: f64) -> Shown {
        Shown { value: Value::Number(self.model.units.to_shown(unit, base)), unit: self.model.units.text(unit) }
    }

    /// The value of an input, rounded so that what holds at it still does.
    fn found(&self, vary: &Vary, at: f64, side: Option<Side>) -> Found {
        let cell = self.model.cell(vary.cell);
        let number_at = self.model.expr(vary.number).at;
        let unit = self.model.expr(vary.number).unit;
        let exact = self.model.units.to_shown(unit, at);
        let rounded = rounded(exact, side);
        let value = Shown { value: Value::Number(rounded), unit: self.model.units.text(unit) };
        // What it grows by stays.
        let rest = Location::new(cell.at.file, Span::new(number_at.span.end.max(cell.at.span.start), cell.at.span.end.max(number_at.span.end)));
        let grows = number_at.file == cell.at.file && number_at.span.end <= cell.at.span.end;
        let rest = if grows { report::text_at(self.sources, rest) } else { String::new() };
        let space = if rest.is_empty() { "" } else { " " };
        Found { path: cell.path.clone(), set: format!("{}={}{space}{rest}", cell.path, value.exact()), value }
    }
}

fn largest(values: impl Iterator<Item = f64>) -> f64 {
    values.fold(0.0, |most, value| most.max(value.abs()))
}

/// A best point that lies off 0 by no more than it was sought to is at 0, if that is as good.
fn on_zero(found: Best, ranges: &[(f64, f64)], score: &mut dyn FnMut(&[Vec<f64>]) -> Vec<Score>) -> Best {
    let near = |(at, (low, high)): (&f64, &(f64, f64))| if at.abs() <= NARROW * (high - low) && *low <= 0.0 && *high >= 0.0 { 0.0 } else { *at };
    let at: Vec<f64> = found.at.iter().zip(ranges).map(near).collect();
    if at == found.at {
        return found;
    }
    match score(std::slice::from_ref(&at)).first() {
        Some(Score::Allowed(value)) if *value >= found.score => Best { at, score: *value, ..found },
        Some(_) | None => found,
    }
}

/// In twelve digits, to the side on which the condition holds.
fn rounded(exact: f64, side: Option<Side>) -> f64 {
    let read = |text: String| text.parse().unwrap_or(exact);
    let near: f64 = read(number::plain(exact));
    // One in the twelfth digit.
    let power = format!("{exact:e}").split_once('e').and_then(|(_, power)| power.parse::<i32>().ok()).unwrap_or(0);
    let unit = read(format!("1e{}", power - 11));
    match side {
        Some(Side::Above) if near < exact => read(number::plain(near + unit)),
        Some(Side::Below) if near > exact => read(number::plain(near - unit)),
        Some(Side::Above | Side::Below | Side::At) | None => near,
    }
}

/// Whether every point that was looked at first is as good as any other.
fn is_flat(first: &[Score]) -> bool {
    let same = |pair: &[Score]| matches!(pair, [Score::Allowed(one), Score::Allowed(other)] if one == other);
    first.len() > 1 && first.windows(2).all(same)
}

/// Whether a figure passes zero without being near it on either side.
fn jumps(crossing: &Crossing, scan: &Scan) -> bool {
    let values = scan.points.iter().filter_map(|(_, value)| *value);
    let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (value.min(low), value.max(high)));
    crossing.holds.1 - crossing.fails.1 > 1e-6 * (high - low)
}

/// What is told of points without a value.
fn gaps(scan: &Scan) -> Option<String> {
    let blank = scan.points.iter().filter(|(_, value)| value.is_none()).count();
    let all = scan.points.len();
    (0 < blank && blank < all).then(|| format!("{blank} of {all} points looked at have no value"))
}
