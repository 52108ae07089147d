//! Differences: the model under what is tried against the model itself.

use super::super::outcome::{Outcome, Reply};
use super::super::session::Session;
use crate::diagnostic::escape::one_line;
use crate::export::Style;
use crate::export::listing::{Side, listing};
use crate::report::{Answer, Evaluation, Report, Shown, Value, number, unrounded};
use crate::workspace::{Ask, Facts};

/// A figure on both sides.
struct Pair {
    name: String,
    base: Shown,
    tried: Shown,
}

impl Pair {
    /// By how much it moves; none where a side is no number.
    fn apart(&self) -> Option<f64> {
        let (base, tried) = (self.base.value.number()?, self.tried.value.number()?);
        Some(unrounded(tried - base, base.abs().max(tried.abs())))
    }

    /// Whether it moves at all.
    fn differs(&self) -> bool {
        self.base != self.tried && (self.base.unit != self.tried.unit || self.apart() != Some(0.0))
    }
}

pub(super) fn diff(session: &mut Session, text: &str, style: Style) -> Reply {
    if session.project.whats().is_empty() {
        return Reply::refused("nothing is tried, so there is nothing to compare", "`:what PATH = EXPR` tries something");
    }
    let base = session.project.over(session.project.entries().to_vec(), Vec::new());
    let queries: Vec<String> = Some(text.to_owned()).filter(|text| !text.is_empty()).into_iter().collect();
    let ask = Ask { queries: &queries, ..session.ask() };
    if !queries.is_empty()
        && let (Some(tried), Some(untried)) = (session.project.retry(&ask), base.retry(&ask))
    {
        return Reply::of(table(&of_values(&untried, &tried, text), style));
    }
    let (mut before, mut after) = (base.facts(&ask), session.project.facts(&ask));
    let pairs = if queries.is_empty() {
        of_reports(&mut before, &mut after).into_iter().filter(Pair::differs).collect()
    } else {
        of_values(&before.evaluate().unwrap_or_default(), &after.evaluate().unwrap_or_default(), text)
    };
    let reply = session.found(String::new(), after);
    if reply.outcome != Outcome::Done {
        return reply;
    }
    let out = if pairs.is_empty() { "no figure of the report moves\n".to_owned() } else { table(&pairs, style) };
    Reply { out, ..reply }
}

/// The key figures, and of each row of the statements the last year.
fn of_reports(before: &mut Facts, after: &mut Facts) -> Vec<Pair> {
    let (Some(before), Some(after)) = (before.run(None, &[]), after.run(None, &[])) else { return Vec::new() };
    let (base, tried) = (figures(&before), figures(&after));
    let other = |name: &String| tried.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
    base.into_iter().filter_map(|(name, base)| Some(Pair { tried: other(&name)?, name, base })).collect()
}

fn figures(report: &Report) -> Vec<(String, Shown)> {
    let mut figures: Vec<(String, Shown)> = Vec::new();
    for statement in &report.statements {
        let Some(bucket) = statement.buckets.last() else { continue };
        for row in &statement.rows {
            let Some(value) = row.values.last() else { continue };
            let named = (format!("{} in {bucket}", one_line(&row.label)), Shown { value: value.clone(), unit: row.unit.clone() });
            // Several statements may have a row in common.
            if !figures.contains(&named) {
                figures.push(named);
            }
        }
    }
    figures.extend(report.figures.iter().map(|figure| (one_line(&figure.title), figure.value.clone())));
    figures
}

/// An expression: a series at its last period.
fn of_values(base: &[Evaluation], tried: &[Evaluation], text: &str) -> Vec<Pair> {
    let last = |evaluation: &Evaluation| -> Option<(String, Shown)> {
        let shown = |value: &Value| Shown { value: value.clone(), unit: evaluation.unit.clone() };
        match &evaluation.answer {
            Answer::Once(value) => Some((one_line(text), shown(value))),
            Answer::Series { periods, values } => Some((format!("{} in {}", one_line(text), periods.last()?), shown(values.last()?))),
            Answer::Spread { periods, spreads } => {
                let period = periods.last().map_or_else(String::new, |period| format!(" in {period}"));
                Some((format!("mean of {}{period}", one_line(text)), shown(&spreads.last()?.mean)))
            }
        }
    };
    let pair = |(base, tried): (&Evaluation, &Evaluation)| {
        let ((name, base), (_, tried)) = (last(base)?, last(tried)?);
        Some(Pair { name, base, tried })
    };
    base.iter().zip(tried).filter_map(pair).collect()
}

fn table(pairs: &[Pair], style: Style) -> String {
    let heading = ["", "base", "tried", "change"].map(str::to_owned).to_vec();
    let row = |pair: &Pair| vec![pair.name.clone(), pair.base.brief(), pair.tried.brief(), change(pair)];
    let rows: Vec<Vec<String>> = [heading].into_iter().chain(pairs.iter().map(row)).collect();
    listing(&rows, &[Side::Left, Side::Right, Side::Right], style)
}

/// `+12.5%`; of percentages the points between them, and of what turns from a loss into a gain the amount.
fn change(pair: &Pair) -> String {
    let (Some(base), Some(tried)) = (pair.base.value.number(), pair.tried.value.number()) else { return String::new() };
    let Some(apart) = pair.apart() else { return String::new() };
    let sign = if apart > 0.0 { "+" } else { "" };
    let turns = base == 0.0 || tried != 0.0 && base.signum() != tried.signum();
    match pair.base.unit.as_str() {
        "%" => format!("{sign}{} points", number::compact(apart)),
        _ if !turns => format!("{}{}%", sign, number::compact(apart / base.abs() * 100.0)),
        unit => format!("{sign}{}", number::with_unit(&number::compact(apart), unit)),
    }
}
