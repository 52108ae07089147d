//! What is known across samples, by walking the trees.

use super::{Blank, Fault, Naive, Number, Outcome, finite, product, strict, sum};
use biz::check::model::{CellId, Comparison, Content, Draw, ExprId, Factor, Node, Sampled, ScenarioId, Sign, children};
use biz::numeric::distribution::{Truncated, resolve};
use biz::run::FaultKind;
use std::collections::HashSet;

type Scenario = Option<ScenarioId>;

/// The side and expression of the one part that is drawn, and the others.
type OnlyDrawn<S> = (S, ExprId, Vec<(S, ExprId)>);

/// A draw under a scenario, times a scale, plus a shift.
struct Line {
    draw: Draw,
    scenario: Scenario,
    scale: Outcome,
    shift: Outcome,
}

impl Naive<'_> {
    pub fn across_samples(&mut self, sampled: Sampled, x: ExprId, s: Scenario, step: usize) -> Outcome {
        if !self.drawn(x, s) {
            return if sampled == Sampled::Deviation { Number(0.0) } else { self.expr(x, s, step) };
        }
        match sampled {
            Sampled::Probability => self.chance(x, s, step),
            Sampled::Mean => self.asked(x, s, step, Number(0.0), |line, _, [scale, shift]| finite(scale * line.mean() + shift)),
            Sampled::Deviation => {
                self.asked(x, s, step, Number(0.0), |line, _, [scale, _]| finite(scale.abs() * line.variance().sqrt()))
            }
            Sampled::Percentile(share) => {
                let share = self.expr(share, s, step);
                self.asked(x, s, step, share, |line, share, [scale, shift]| match share {
                    _ if !(0.0..=1.0).contains(&share) => Fault(FaultKind::InvalidArgument),
                    _ if scale == 0.0 => Number(shift),
                    _ => finite(scale * line.quantile(if scale < 0.0 { 1.0 - share } else { share }) + shift),
                })
            }
        }
    }

    fn chance(&mut self, condition: ExprId, s: Scenario, step: usize) -> Outcome {
        let (condition, s) = self.behind(condition, s);
        let Node::Compare(left, rest) = self.model.expr(condition).node.clone() else { return Blank };
        let [(how, right)] = rest[..] else { return Blank };
        let (drawn, other, flipped) = match (self.drawn(left, s), self.drawn(right, s)) {
            (true, false) => (left, right, false),
            (false, true) => (right, left, true),
            _ => return Blank,
        };
        let bound = self.expr(other, s, step);
        self.asked(drawn, s, step, bound, |line, bound, [scale, shift]| {
            if scale == 0.0 {
                let (a, b) = if flipped { (bound, shift) } else { (shift, bound) };
                return Number(f64::from(u8::from(super::holds(how, a, b))));
            }
            let at = (bound - shift) / scale;
            // Turned round once by the side it stands on, once more by a negative scale.
            let (before, up_to) = (line.below(at), line.cdf(at));
            let (before, up_to) = if scale < 0.0 { (1.0 - up_to, 1.0 - before) } else { (before, up_to) };
            Number(match (how, flipped) {
                (Comparison::Less, false) | (Comparison::More, true) => before,
                (Comparison::AtMost, false) | (Comparison::AtLeast, true) => up_to,
                (Comparison::More, false) | (Comparison::Less, true) => 1.0 - up_to,
                (Comparison::AtLeast, false) | (Comparison::AtMost, true) => 1.0 - before,
                (Comparison::Equal, _) => up_to - before,
                (Comparison::Unequal, _) => 1.0 - (up_to - before),
            })
        })
    }

    fn asked(
        &mut self,
        x: ExprId,
        s: Scenario,
        step: usize,
        question: Outcome,
        answer: impl FnOnce(&Truncated, f64, [f64; 2]) -> Outcome,
    ) -> Outcome {
        let Some(line) = self.line(x, s, step) else { return Blank };
        let given = self.given(&line.draw.parts[0], line.scenario, step);
        let mut values = vec![question, line.scale, line.shift];
        values.extend(given.iter().map(|(_, value)| *value));
        let bounds: Vec<ExprId> = [line.draw.low, line.draw.high].into_iter().flatten().collect();
        values.extend(self.all(&bounds, line.scenario, step));
        strict(&values, |values| {
            let named = given.iter().map(|(parameter, _)| *parameter).zip(values[3..].iter().copied());
            let mut bounds = values[3 + given.len()..].iter().copied();
            let low = line.draw.low.and_then(|_| bounds.next());
            let high = line.draw.high.and_then(|_| bounds.next());
            let whole = resolve(line.draw.parts[0].family, &named.collect::<Vec<_>>());
            match whole.and_then(|whole| whole.between(low, high)) {
                Ok(left) => answer(&left, values[0], [values[1], values[2]]),
                Err(_) => Fault(FaultKind::Parameter),
            }
        })
    }

    fn line(&mut self, x: ExprId, s: Scenario, step: usize) -> Option<Line> {
        let (x, s) = self.behind(x, s);
        match self.model.expr(x).node.clone() {
            // Of a mixture only samples tell.
            Node::Draw(draw) if draw.parts.len() > 1 => None,
            Node::Draw(draw) => Some(Line { draw, scenario: s, scale: Number(1.0), shift: Number(0.0) }),
            Node::Scale(inner, by) => self.line(inner, s, step).map(|line| times(line, Number(by), Factor::Times)),
            Node::Negate(inner) => self.line(inner, s, step).map(|line| times(line, Number(-1.0), Factor::Times)),
            Node::Growing { value, rate, per } if !self.drawn(rate, s) => {
                let growth = self.growth(rate, per, s, step);
                self.line(value, s, step).map(|line| times(line, growth, Factor::Times))
            }
            Node::Sum(first, rest) => {
                let parts: Vec<_> = [(Sign::Plus, first)].into_iter().chain(rest).collect();
                let (sign, inner, others) = self.only_drawn(&parts, s)?;
                let sign = if sign == Sign::Plus { 1.0 } else { -1.0 };
                let mut line = times(self.line(inner, s, step)?, Number(sign), Factor::Times);
                for (sign, other) in others {
                    let more = self.expr(other, s, step);
                    line.shift = strict(&[line.shift, more], |values| sum(values, &[sign]));
                }
                Some(line)
            }
            Node::Product(first, rest) => {
                let parts: Vec<_> = [(Factor::Times, first)].into_iter().chain(rest).collect();
                let (Factor::Times, inner, others) = self.only_drawn(&parts, s)? else { return None };
                let mut line = self.line(inner, s, step)?;
                for (side, other) in others {
                    let by = self.expr(other, s, step);
                    line = times(line, by, side);
                }
                Some(line)
            }
            _ => None,
        }
    }

    fn only_drawn<S: Copy>(&self, parts: &[(S, ExprId)], s: Scenario) -> Option<OnlyDrawn<S>> {
        let (drawn, others): (Vec<_>, Vec<_>) = parts.iter().copied().partition(|(_, part)| self.drawn(*part, s));
        let [(side, part)] = drawn[..] else { return None };
        Some((side, part, others))
    }

    /// The expression behind names.
    fn behind(&self, x: ExprId, s: Scenario) -> (ExprId, Scenario) {
        let next = match self.model.expr(x).node {
            Node::Cell(cell) => self.computed(cell, s),
            Node::Base(cell, parent) => self.computed(cell, parent),
            _ => None,
        };
        next.map_or((x, s), |(x, s)| self.behind(x, s))
    }

    /// Whether a draw has a part in an expression.
    pub fn drawn(&self, x: ExprId, s: Scenario) -> bool {
        self.draws_in(x, s, &mut HashSet::new())
    }

    fn draws_in(&self, x: ExprId, s: Scenario, seen: &mut HashSet<(ExprId, Scenario)>) -> bool {
        if !seen.insert((x, s)) {
            return false;
        }
        let mut below = Vec::new();
        let node = &self.model.expr(x).node;
        match node {
            Node::Draw(_) => return true,
            Node::AcrossSamples(..) => return false,
            Node::Cell(cell) | Node::Opened(cell) => below.extend(self.computed(*cell, s)),
            Node::Base(cell, parent) => below.extend(self.computed(*cell, *parent)),
            Node::Lookup(table, _) | Node::Cohorts { curve: table, .. } => {
                let bands = &self.model.table(*table).bands;
                below.extend(bands.iter().flat_map(|band| [band.value].into_iter().chain(band.flat)).map(|x| (x, s)));
            }
            _ => {}
        }
        children(node, &mut |child| below.push((child, s)));
        below.into_iter().any(|(x, s)| self.draws_in(x, s, seen))
    }

    fn computed(&self, cell: CellId, s: Scenario) -> Option<(ExprId, Scenario)> {
        match self.model.content(cell, s) {
            Content::Computed(expr) => Some((expr, s)),
            _ => None,
        }
    }
}

fn times(line: Line, by: Outcome, side: Factor) -> Line {
    let scaled = |value: Outcome| strict(&[value, by], |values| product(values, &[side]));
    Line { scale: scaled(line.scale), shift: scaled(line.shift), ..line }
}
