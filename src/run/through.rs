//! What reads other steps than its own: openings, levels, delays, cohorts, and what looks across the timeline.

use super::level::{accumulated, level};
use super::place::Place;
use super::scalar::power;
use super::rate;
use super::table;
use super::value::{FaultKind, blank, decisive, is_blank, is_fault};
use crate::tape::{Blank, Code, OpId, Tape};

/// What holds the values of a tape, by operation, step and lane, so that other steps can be read.
pub(super) trait Through<'a> {
    /// The tape that is played.
    fn tape(&self) -> &'a Tape;

    /// The value of an operation in a step and a lane; that of a constant in any step.
    fn value(&self, id: OpId, step: u32, lane: usize) -> f64;

    /// A hidden row behind a series: the stocks of a smeared delay.
    fn hidden(&mut self, id: OpId, row: u32, lane: usize) -> &mut f64;

    /// The place an operation computes at.
    fn here(&self, id: OpId, step: u32) -> Place<'a> {
        let tape = self.tape();
        Place { op: id, step, timeline: tape.timeline(), numbers: tape.numbers(tape.op(id)) }
    }

    /// The fault of a value that can't be computed here.
    fn fault(&self, id: OpId, step: u32, kind: FaultKind) -> f64 {
        self.here(id, step).fault(kind)
    }

    /// The result of an operation that reads other steps, in one step and lane.
    fn result(&mut self, id: OpId, step: u32, lane: usize) -> f64 {
        let tape = self.tape();
        let op = tape.op(id);
        match (op.code, tape.args(op)) {
            (Code::Opening, [of, from]) => match step.checked_sub(1) {
                Some(before) => self.value(*of, before, lane),
                None => self.value(*from, 0, lane),
            },
            (Code::Accumulate, [flow, from]) => {
                let level = match step.checked_sub(1) {
                    Some(before) => self.value(id, before, lane),
                    None => self.value(*from, 0, lane),
                };
                accumulated(&self.here(id, step), level, self.value(*flow, step, lane))
            }
            (Code::Stepwise, [rate]) => self.stepwise(id, *rate, step, lane),
            (Code::Delay | Code::LoopDelay, [flow, by, initial]) => self.delayed(id, [*flow, *by, *initial], step, lane),
            (Code::Smear, [flow, by, initial]) => self.smeared(id, [*flow, *by, *initial], step, lane),
            (Code::Cohorts, [flow, shares]) => {
                let here = self.here(id, step);
                self.cohorts(&here, *flow, step, lane, |this, age, _| this.value(*shares, age, lane))
            }
            (Code::Vintages, [flow, values @ ..]) => {
                let here = self.here(id, step);
                self.cohorts(&here, *flow, step, lane, |this, age, joined| {
                    let age = f64::from(age) * here.timeline.period;
                    let read = |at: usize| values.get(at).map_or(f64::NAN, |value| this.value(*value, joined, lane));
                    table::curve(here.numbers, age, read, &here)
                })
            }
            (Code::At, [of, date]) => self.at(id, *of, *date, step, lane),
            (Code::ZeroRateOver, [near @ .., of]) => {
                let steps = 0..self.tape().timeline().steps;
                let near = near.iter().map(|near| self.value(*near, 0, lane));
                let read: Vec<f64> = near.chain(steps.map(|step| self.value(*of, step, lane))).collect();
                rate::zero_rate(&self.here(id, 0), &read)
            }
            (_, [of]) => self.over_time(id, *of, lane),
            _ => self.fault(id, step, FaultKind::Circle),
        }
    }

    /// Growth by a rate that changes: the rate of a step leads into it.
    fn stepwise(&self, id: OpId, rate: OpId, step: u32, lane: usize) -> f64 {
        let Some(before) = step.checked_sub(1) else { return 1.0 };
        let here = self.here(id, step);
        let (grown, rate) = (self.value(id, before, lane), self.value(rate, step, lane));
        if is_fault(grown) || is_fault(rate) {
            return decisive([grown, rate]).unwrap_or(grown);
        }
        if rate.is_nan() {
            return here.fault(FaultKind::BlankInLevel);
        }
        let factor = power(&here, 1.0 + rate, here.timeline.period / here.number(0));
        if factor.is_nan() { factor } else { here.finite(grown * factor) }
    }

    /// A flow shifted by a fixed time: of what flows in during a step, the part (1 - broken part) arrives so many whole
    /// steps later, the rest in the step behind.
    fn delayed(&self, id: OpId, [flow, by, initial]: [OpId; 3], step: u32, lane: usize) -> f64 {
        let by = self.value(by, step, lane);
        if by.is_nan() {
            return by;
        }
        let shift = by / self.tape().timeline().period;
        if shift < 0.0 || self.tape().op(id).code == Code::LoopDelay && shift < 1.0 {
            return self.fault(id, step, FaultKind::ShortDelay);
        }
        let (whole, broken) = (shift.floor(), shift - shift.floor());
        let read = |back: f64| {
            let at = f64::from(step) - back;
            if at < 0.0 { self.value(initial, 0, lane) } else { self.value(flow, at as u32, lane) }
        };
        let near = read(whole);
        if broken == 0.0 {
            return near;
        }
        let far = read(whole + 1.0);
        decisive([near, far]).unwrap_or_else(|| self.here(id, step).finite((1.0 - broken) * near + broken * far))
    }

    /// Stocks in a row; each lets out what it held at the opening over the time it holds it, `by` / order and no less
    /// than a step. Before the first step all of them are in balance with the initial flow.
    fn smeared(&mut self, id: OpId, [flow, by, initial]: [OpId; 3], step: u32, lane: usize) -> f64 {
        let here = self.here(id, step);
        let (order, period) = (here.number(0) as u32, here.timeline.period);
        let held = |by: f64| (by / f64::from(order)).max(period);
        let by_now = self.value(by, step, lane);
        let Some(before) = step.checked_sub(1) else {
            let initial = self.value(initial, 0, lane);
            let state = level(&here, [by_now, initial], || {
                if by_now < 0.0 { here.fault(FaultKind::ShortDelay) } else { here.finite(initial * held(by_now)) }
            });
            (0..order).for_each(|stock| *self.hidden(id, stock, lane) = state);
            return if state.is_nan() { state } else { here.finite(state / held(by_now)) };
        };
        let by_before = self.value(by, before, lane);
        let mut entering = self.value(flow, before, lane);
        for stock in 0..order {
            let stock = self.hidden(id, stock, lane);
            let leaving = decisive([*stock, by_before]).unwrap_or(*stock / held(by_before));
            *stock = level(&here, [*stock, entering, by_before], || {
                here.finite(*stock + (entering - leaving) * period)
            });
            entering = leaving;
        }
        let last = *self.hidden(id, order - 1, lane);
        level(&here, [last, by_now], || {
            if by_now < 0.0 { here.fault(FaultKind::ShortDelay) } else { here.finite(last / held(by_now)) }
        })
    }

    /// Σ flow × period × share over everybody who has joined up to now, the oldest first. Who joins in a step is, at the
    /// end of it, of age 0, and a step older in each that follows.
    fn cohorts(
        &self,
        here: &Place<'_>,
        flow: OpId,
        step: u32,
        lane: usize,
        share: impl Fn(&Self, u32, u32) -> f64,
    ) -> f64 {
        let period = here.timeline.period;
        let mut left = 0.0;
        for joined in 0..=step {
            left += self.value(flow, joined, lane) * period * share(self, step - joined, joined);
        }
        if left.is_finite() {
            return left;
        }
        let parts = (0..=step).flat_map(|joined| [self.value(flow, joined, lane), share(self, step - joined, joined)]);
        match decisive(parts) {
            Some(value) if is_fault(value) => value,
            Some(_) => here.fault(FaultKind::BlankInLevel),
            None => here.fault(FaultKind::Overflow),
        }
    }

    fn at(&self, id: OpId, of: OpId, date: OpId, step: u32, lane: usize) -> f64 {
        let here = self.here(id, step);
        let date = self.value(date, step, lane);
        if date.is_nan() {
            return date;
        }
        let place = ((date - here.timeline.first) / here.timeline.period).floor();
        if place < 0.0 || place >= f64::from(here.timeline.steps) {
            return here.fault(FaultKind::OutsideTimeline);
        }
        let value = self.value(of, place as u32, lane);
        if value.is_nan() { value } else { here.finite(value * here.number(0)) }
    }

    /// What looks over the steps from the first number up to before the second.
    fn over_time(&self, id: OpId, of: OpId, lane: usize) -> f64 {
        let here = self.here(id, 0);
        let (first, end) = (here.number(0) as u32, here.number(1) as u32);
        let code = self.tape().op(id).code;
        let values = || (first..end).map(|step| self.value(of, step, lane));
        if code == Code::Final {
            return values().next_back().unwrap_or_else(|| blank(Blank::First));
        }
        if code == Code::When {
            return self.when(id, of, lane);
        }
        if let Some(absent) = decisive(values()) {
            return absent;
        }
        let period = here.timeline.period;
        let Some(start) = values().next() else { return blank(Blank::First) };
        if code == Code::Lowest {
            values().fold(start, |least, value| if value < least { value } else { least })
        } else if code == Code::Highest {
            values().fold(start, |most, value| if value > most { value } else { most })
        } else if code == Code::Average {
            here.finite(values().fold(0.0, |sum, value| sum + value) / f64::from(end - first))
        } else {
            here.finite(values().fold(0.0, |sum, value| sum + value * period))
        }
    }

    /// A blank condition doesn't hold; a fault before the first step that does is a fault.
    fn when(&self, id: OpId, of: OpId, lane: usize) -> f64 {
        let here = self.here(id, 0);
        for step in here.number(0) as u32..here.number(1) as u32 {
            let value = self.value(of, step, lane);
            if is_fault(value) {
                return value;
            }
            if !is_blank(value) && value != 0.0 {
                return here.timeline.start(step);
            }
        }
        blank(Blank::Never)
    }
}
