//! Fills: what drafts need computed, and the plot out of that.

use super::bridge::{Bridge, SpanPart};
use super::draft::{Draft, DraftForm, Point};
use super::{Axis, Bands, Bars, FAN, Fall, FallSort, Line, Lines, Panel, Plot, PlotBar, SpreadRow, Spreads, Times, Waterfall};
use crate::check::model::Type;
use crate::compile::Target;
use crate::quantity::{UnitId, Units};
use crate::report::outcome::Outcome;
use crate::report::spread::Spread;
use crate::report::value::Value;
use crate::run;
use crate::text::Location;

/// What drafts need computed.
#[must_use]
pub fn draft_targets(drafts: &[Draft]) -> Vec<Target> {
    let of_draft = |draft: &Draft| -> Vec<Target> {
        let bridges = match &draft.form {
            DraftForm::Waterfall(bridges) => bridges.as_slice(),
            DraftForm::Line | DraftForm::Bar | DraftForm::Fan | DraftForm::FanIfDrawn | DraftForm::Share => &[],
        };
        let spans = bridges.iter().flat_map(|bridge| &bridge.spans).map(|span| span.target);
        draft.points.iter().map(|point| point.target).chain([draft.target]).chain(spans).collect()
    };
    drafts.iter().flat_map(of_draft).collect()
}

/// What of that is looked at across samples.
#[must_use]
pub fn plot_spreads(drafts: &[Draft]) -> Vec<Target> {
    let mut targets: Vec<Target> = Vec::new();
    for draft in drafts.iter().filter(|draft| draft.form.is_sampled()) {
        for point in &draft.points {
            // A series is one target for all its steps.
            if targets.last() != Some(&point.target) {
                targets.push(point.target);
            }
        }
    }
    targets
}

/// The plot of a run that computed the targets of its drafts.
#[must_use]
pub fn plot(outcome: &Outcome<'_>, drafts: &[Draft]) -> Plot {
    let model = outcome.model;
    let mut filler = Filler { outcome, units: model.units.clone(), panels: Vec::new() };
    drafts.iter().for_each(|draft| filler.add(draft));
    let scenario = drafts.iter().find_map(|draft| draft.target.scenario);
    let fans = filler.panels.iter().any(|panel| matches!(panel, Panel::Bands(_) | Panel::Spreads(_)));
    let shares = drafts.iter().any(|draft| matches!(draft.form, DraftForm::Share));
    Plot {
        title: model.title.clone().or_else(|| model.name.clone()),
        scenario: outcome.scenario_name(scenario),
        drawn: outcome.spreads.filter(|_| fans || shares).map(|spreads| spreads.drawn),
        panels: filler.panels.into_iter().map(titled).collect(),
    }
}

/// What has one figure is called as it is.
fn titled(panel: Panel) -> Panel {
    match panel {
        Panel::Lines(mut one) => {
            if let ([line], true) = (one.lines.as_mut_slice(), one.title.is_empty()) {
                one.title = std::mem::take(&mut line.label);
            }
            Panel::Lines(one)
        }
        other @ (Panel::Bars(_) | Panel::Waterfall(_) | Panel::Bands(_) | Panel::Spreads(_)) => other,
    }
}

struct Filler<'a> {
    outcome: &'a Outcome<'a>,
    units: Units,
    panels: Vec<Panel>,
}

impl Filler<'_> {
    fn add(&mut self, draft: &Draft) {
        let unit = if draft.is_summed() && self.outcome.model.expr(draft.expr).flows { self.units.added_up(draft.unit) } else { draft.unit };
        match &draft.form {
            DraftForm::Line => self.line(draft, unit),
            DraftForm::Bar => self.bars(draft, unit),
            DraftForm::Waterfall(bridges) => bridges.iter().zip(&draft.points).for_each(|(bridge, point)| self.waterfall(draft, bridge, point, unit)),
            DraftForm::Fan => self.fan(draft, unit),
            DraftForm::Share => self.shares(draft),
            DraftForm::FanIfDrawn if self.is_drawn(draft) => self.fan(draft, unit),
            DraftForm::FanIfDrawn if draft.points.len() > 1 => self.line(draft, unit),
            DraftForm::FanIfDrawn => self.bars(draft, unit),
        }
    }

    fn is_drawn(&self, draft: &Draft) -> bool {
        let drawn = |point: &Point| self.outcome.spreads.and_then(|spreads| spreads.at(point.target, point.step)).is_some_and(|summary| summary.drawn);
        draft.points.iter().any(drawn)
    }

    fn words(&self, label: &Result<String, Location>) -> String {
        match label {
            Ok(name) => name.clone(),
            // A question is a text of its own, so that its brackets are kept.
            Err(at) => match self.outcome.source(*at) {
                Some(source) if source.name.starts_with('<') => source.text.trim().to_owned(),
                Some(_) | None => self.outcome.text(*at),
            },
        }
    }

    fn value(&self, target: Target, step: usize, unit: UnitId) -> Value {
        self.outcome.in_unit(&self.units, self.outcome.raw(target, step), unit, Type::Number)
    }

    fn times(&self, draft: &Draft) -> Times {
        Times::of(&self.outcome.model.grid, &draft.spans(), draft.by)
    }

    /// A line, beside those above it that share its unit and its periods.
    fn line(&mut self, draft: &Draft, unit: UnitId) {
        let times = self.times(draft);
        if times.labels.is_empty() {
            return self.bars(draft, unit);
        }
        let line = Line { label: self.words(&draft.label), points: draft.points.iter().map(|point| self.value(point.target, point.step, unit).number()).collect() };
        let axis = Axis::over(line.points.iter().flatten().copied());
        self.beside(Lines { title: draft.group.clone(), unit: self.units.text(unit), times, axis, lines: vec![line] });
    }

    /// Lines beside those above them that share their unit and their periods.
    fn beside(&mut self, new: Lines) {
        if let Some(Panel::Lines(last)) = self.panels.last_mut()
            && last.unit == new.unit && last.times == new.times && last.title == new.title
        {
            let has_any = |lines: &[Line]| lines.iter().any(|line| line.points.iter().any(Option::is_some));
            if !has_any(&last.lines) {
                last.axis = new.axis;
            } else if has_any(&new.lines) {
                last.axis = last.axis.with(new.axis);
            }
            last.lines.extend(new.lines);
            return;
        }
        self.panels.push(Panel::Lines(new));
    }

    /// In which part of the samples a condition holds: over time as a line, else as a bar, on the axis of all shares.
    fn shares(&mut self, draft: &Draft) {
        let share = |point: &Point| {
            let spread = Spread::of(self.outcome, &self.units, point.target, point.step, draft.unit, Type::Condition);
            spread.and_then(|spread| spread.probability()).map(|share| share * 100.0)
        };
        let points: Vec<Option<f64>> = draft.points.iter().map(share).collect();
        let name = self.words(&draft.label);
        let labelled = |name: &str| format!("{name}, share of the samples");
        let (title, unit, axis) = (draft.group.clone(), "%".to_owned(), Axis { low: 0.0, high: 100.0 });
        if let [point] = points.as_slice() {
            let span = draft.points.first().and_then(|point| point.span.as_ref()).filter(|_| title.is_empty());
            let name = span.map_or(name.clone(), |span| format!("{name} {}", span.label));
            let bar = PlotBar { label: labelled(&name), value: point.map_or(Value::Blank, Value::Number) };
            return self.below(Bars { title, unit, axis, bars: vec![bar] });
        }
        self.beside(Lines { title, unit, times: self.times(draft), axis, lines: vec![Line { label: labelled(&name), points }] });
    }

    /// Bars: of one figure by period, or beside those above that are one value each, too.
    fn bars(&mut self, draft: &Draft, unit: UnitId) {
        let name = self.words(&draft.label);
        let values = draft.points.iter().map(|point| (point, self.value(point.target, point.step, unit)));
        let several = draft.points.len() > 1;
        let label = |point: &Point| match (&point.span, several) {
            (Some(span), true) => span.label.clone(),
            (Some(span), false) if draft.group.is_empty() => format!("{name} {}", span.label),
            (Some(_) | None, _) => name.clone(),
        };
        let bars: Vec<PlotBar> = values.map(|(point, value)| PlotBar { label: label(point), value }).collect();
        let title = match (several, draft.group.is_empty()) {
            (true, true) => name.clone(),
            (true, false) => format!("{}, {name}", draft.group),
            (false, _) => draft.group.clone(),
        };
        let unit = self.units.text(unit);
        let axis = Axis::over(bars.iter().filter_map(|bar| bar.value.number())).with_zero();
        self.below(Bars { title, unit, axis, bars });
    }

    /// Bars, those of one value each below others of their unit.
    fn below(&mut self, new: Bars) {
        if let Some(Panel::Bars(last)) = self.panels.last_mut()
            && new.bars.len() <= 1 && last.unit == new.unit && last.title == new.title
        {
            last.axis = last.axis.with(new.axis);
            last.bars.extend(new.bars);
            return;
        }
        self.panels.push(Panel::Bars(new));
    }

    fn fan(&mut self, draft: &Draft, unit: UnitId) {
        let of = |point: &Point| -> Option<Vec<f64>> {
            let spread = Spread::of(self.outcome, &self.units, point.target, point.step, unit, Type::Number)?;
            let values: Vec<f64> = spread.shares.iter().filter_map(Value::number).collect();
            (values.len() == FAN.len()).then_some(values)
        };
        let spreads: Vec<Option<Vec<f64>>> = draft.points.iter().map(of).collect();
        let (name, text) = (self.words(&draft.label), self.units.text(unit));
        let own = Axis::over(spreads.iter().flatten().flatten().copied());
        if spreads.len() > 1 {
            let title = if draft.group.is_empty() { name } else { format!("{}, {name}", draft.group) };
            self.panels.push(Panel::Bands(Bands { title, unit: text, times: self.times(draft), axis: own, shares: FAN.to_vec(), spreads }));
            return;
        }
        let span = draft.points.first().and_then(|point| point.span.as_ref()).filter(|_| draft.group.is_empty());
        let label = span.map_or(name.clone(), |span| format!("{name} {}", span.label));
        let row = SpreadRow { label, values: spreads.into_iter().next().flatten() };
        if let Some(Panel::Spreads(last)) = self.panels.last_mut()
            && last.unit == text && last.title == draft.group
        {
            last.rows.push(row);
            last.axis = Axis::over(last.rows.iter().filter_map(|row| row.values.as_ref()).flatten().copied());
            return;
        }
        self.panels.push(Panel::Spreads(Spreads { title: draft.group.clone(), unit: text, axis: own, shares: FAN.to_vec(), rows: vec![row] }));
    }

    fn waterfall(&mut self, draft: &Draft, bridge: &Bridge, point: &Point, unit: UnitId) {
        let name = self.words(&draft.label);
        let title = point.span.as_ref().map_or(name.clone(), |span| format!("{name}, {}", span.label));
        let mut falls: Vec<Fall> = Vec::new();
        let mut level = 0.0;
        for span in &bridge.spans {
            let value = match self.outcome.raw(span.target, span.step) {
                run::Value::Number(number) => self.outcome.in_unit(&self.units, run::Value::Number(span.times * number), unit, Type::Number),
                other @ (run::Value::Blank(_) | run::Value::Fault(_)) => self.outcome.in_unit(&self.units, other, unit, Type::Number),
            };
            let number = value.number().unwrap_or(0.0);
            match span.part {
                SpanPart::Term => {
                    // What adds nothing is not drawn.
                    if value.number() != Some(0.0) {
                        falls.push(Fall { label: self.words(&span.label), value, from: level, to: level + number, sort: FallSort::Term });
                    }
                    level += number;
                }
                SpanPart::Sum => {
                    let size = falls.iter().map(|fall| (fall.to - fall.from).abs()).fold(level.abs(), f64::max);
                    if value.number().is_some() && (number - level).abs() > size * 1e-9 {
                        let rest = Value::Number(number - level);
                        falls.push(Fall { label: "The rest".to_owned(), value: rest, from: level, to: number, sort: FallSort::Term });
                    }
                    level = if value.number().is_some() { number } else { level };
                    let last = falls.last().is_some_and(|fall| fall.sort == FallSort::Sum);
                    if !last {
                        falls.push(Fall { label: self.words(&span.label), value, from: 0.0, to: number, sort: FallSort::Sum });
                    }
                }
            }
        }
        let axis = Axis::over(falls.iter().flat_map(|fall| [fall.from, fall.to])).with_zero();
        self.panels.push(Panel::Waterfall(Waterfall { title, unit: self.units.text(unit), axis, falls }));
    }
}
