//! Table: a simulation for a terminal, a fan of every figure by period.

use super::{fan, words};
use crate::diagnostic::escape::one_line;
use crate::export::columns::{self, Column, Names, Stand};
use crate::export::layout::{hanging, signs};
use crate::export::table::requirements;
use crate::export::Style;
use crate::report::number::with_unit;
use crate::report::{Fan, Simulation, Sort, Spread};

/// How wide the drawing of a fan may be, from the best down.
const DRAWINGS: [usize; 4] = [24, 16, 10, 0];
/// Columns of the narrowest names.
const NARROW: usize = 16;

/// The simulation as text of at most `style.width` columns.
#[must_use]
pub fn table(simulation: &Simulation, style: Style) -> String {
    let mut parts: Vec<String> = vec![heading(simulation, style)];
    let drawn: Vec<&Fan> = simulation.fans.iter().filter(|fan| fan.is_drawn()).collect();
    parts.extend(drawn.into_iter().map(|fan| over_time(fan, simulation, style)));
    if !simulation.figures.is_empty() {
        parts.push(figures(simulation, style));
    }
    parts.extend(words::over(simulation).map(|told| hanging("", told, style)));
    parts.extend(words::certain(simulation).map(|told| hanging("", &one_line(&told), style)));
    if !simulation.requirements.is_empty() {
        let mut told = requirements(&simulation.requirements, simulation.scenario.as_deref(), style);
        if let Some(without) = words::without_confidence(simulation) {
            told += &hanging("  ", without, style);
        }
        parts.push(told);
    }
    parts.extend(words::known(simulation).map(|told| hanging("", &told, style)));
    signs(&parts.join("\n"), style)
}

fn heading(simulation: &Simulation, style: Style) -> String {
    let title = simulation.title.as_ref().or(simulation.name.as_ref()).map(|title| one_line(title));
    let scenario = simulation.scenario.as_ref().map(|name| format!("scenario {}", one_line(name)));
    let words: Vec<String> = title.into_iter().chain(scenario).collect();
    let mut out = if words.is_empty() { String::new() } else { hanging("", &words.join(" · "), style) };
    out += &hanging("", &words::drawn(simulation), style);
    out
}

/// A figure period by period: what it is called, then a line a period.
fn over_time(fan: &Fan, simulation: &Simulation, style: Style) -> String {
    let mut out = hanging("", &titled(fan), style);
    let spreads: Vec<(&Fan, &Spread)> = fan.spreads.iter().map(|spread| (fan, spread)).collect();
    if fan.sort == Sort::Condition {
        let line = |(period, spread): (&String, &Spread)| hanging(&format!("  {period}  "), &words::holds(spread), style);
        return out + &fan.periods.iter().zip(&fan.spreads).map(line).collect::<String>();
    }
    let figures = shares(&spreads, &simulation.shares);
    let drawn = |columns: usize| {
        let cells = fan::fans(&fan.spreads, fan.sort, columns, style);
        (!cells.is_empty()).then(|| Column::new(Vec::new(), cells, Stand::Left))
    };
    let way = |width: usize| (Names::in_one_line(&fan.periods), figures.iter().cloned().chain(drawn(width)).collect());
    out += &columns::table(&fan.periods, DRAWINGS.map(way).to_vec(), style);
    out
}

/// Figures that are one value, a line each.
fn figures(simulation: &Simulation, style: Style) -> String {
    let mut out = String::from("Key figures\n");
    let (drawn, certain): (Vec<&Fan>, Vec<&Fan>) = simulation.figures.iter().partition(|fan| fan.is_drawn());
    let (conditions, drawn): (Vec<&Fan>, Vec<&Fan>) = drawn.into_iter().partition(|fan| fan.sort == Sort::Condition);
    // Dates are wider than numbers: in a table of their own neither costs the other a column.
    let (numbers, dates): (Vec<&Fan>, Vec<&Fan>) = drawn.into_iter().partition(|fan| fan.sort == Sort::Number);
    for group in [numbers, dates].into_iter().filter(|group| !group.is_empty()) {
        let spreads: Vec<(&Fan, &Spread)> = group.into_iter().filter_map(|fan| Some((fan, fan.spreads.first()?))).collect();
        let labels: Vec<String> = spreads.iter().map(|(fan, _)| titled(fan)).collect();
        let shares = shares(&spreads, &simulation.shares);
        // Names folded more narrowly pay where they keep all columns side by side.
        let rooms = [style.width * 9 / 20, style.width / 3, style.width / 5].map(|room| room.max(NARROW));
        let ways = rooms.map(|room| (Names::folded(&labels, room), shares.clone()));
        out += &columns::table(&labels, ways.to_vec(), style);
    }
    let mut line = |fan: &Fan, told: &str| out += &hanging("  ", &format!("{}: {told}", one_line(&fan.title)), style);
    for fan in conditions {
        fan.spreads.first().into_iter().for_each(|spread| line(fan, &words::holds(spread)));
    }
    for fan in certain {
        let Some(value) = fan.spreads.first().and_then(|spread| words::texts(fan, spread).into_iter().next()) else { continue };
        let value = with_unit(&value, if fan.unit == "%" { "" } else { &fan.unit });
        line(fan, &format!("{value} in every sample"));
    }
    out
}

/// `Cash, USD`; percentages carry their sign.
fn titled(fan: &Fan) -> String {
    let title = one_line(&fan.title);
    if matches!(fan.unit.as_str(), "" | "%") { title } else { format!("{title}, {}", fan.unit) }
}

/// A column for the mean, the deviation, every share, and what is not there.
fn shares(spreads: &[(&Fan, &Spread)], shares: &[f64]) -> Vec<Column> {
    let texts: Vec<Vec<String>> = spreads.iter().map(|(fan, spread)| words::texts(fan, spread)).collect();
    let headings = ["mean".to_owned(), "deviation".to_owned()].into_iter().chain(shares.iter().map(|share| words::share(*share)));
    let column = |(at, heading)| {
        let cells = texts.iter().map(|texts| texts.get(at).cloned().unwrap_or_else(|| "–".to_owned()));
        Column::new(vec![heading], cells.collect(), Stand::Right)
    };
    let mut columns: Vec<Column> = headings.enumerate().map(column).collect();
    let cells: Vec<String> = spreads.iter().map(|(fan, spread)| words::absent(fan, spread)).collect();
    if cells.iter().any(|cell| !cell.is_empty()) {
        columns.push(Column::new(Vec::new(), cells, Stand::Left));
    }
    columns
}
