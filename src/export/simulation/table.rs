//! Table: a simulation for a terminal, a fan of every figure by period.

use super::{fan, words};
use crate::diagnostic::escape::one_line;
use crate::export::columns::{Column, blocks, lay, width_of_names};
use crate::export::layout::{hanging, line_into, signs, wrap};
use crate::export::table::requirements;
use crate::export::Style;
use crate::report::number::with_unit;
use crate::report::{Fan, Simulation, Sort, Spread};

/// How wide the drawing of a fan may be, from the best down.
const DRAWINGS: [usize; 4] = [24, 16, 10, 0];

/// The simulation as text of at most `style.width` columns.
#[must_use]
pub fn table(simulation: &Simulation, style: Style) -> String {
    let mut parts: Vec<String> = vec![heading(simulation, style)];
    let drawn: Vec<&Fan> = simulation.fans.iter().filter(|fan| fan.is_drawn()).collect();
    parts.extend(drawn.into_iter().map(|fan| over_time(fan, simulation, style)));
    if !simulation.figures.is_empty() {
        parts.push(figures(simulation, style));
    }
    parts.extend(words::over(simulation).map(|told| hanging("", told, style.width)));
    parts.extend(words::certain(simulation).map(|told| hanging("", &one_line(&told), style.width)));
    if !simulation.requirements.is_empty() {
        let mut told = requirements(&simulation.requirements, simulation.scenario.as_deref(), style);
        if let Some(without) = words::without_confidence(simulation) {
            told += &hanging("  ", without, style.width);
        }
        parts.push(told);
    }
    parts.extend(words::known(simulation).map(|told| hanging("", &told, style.width)));
    signs(&parts.join("\n"), style)
}

fn heading(simulation: &Simulation, style: Style) -> String {
    let title = simulation.title.as_ref().or(simulation.name.as_ref()).map(|title| one_line(title));
    let scenario = simulation.scenario.as_ref().map(|name| format!("scenario {}", one_line(name)));
    let words: Vec<String> = title.into_iter().chain(scenario).collect();
    let mut out = if words.is_empty() { String::new() } else { hanging("", &words.join(" · "), style.width) };
    out += &hanging("", &words::drawn(simulation), style.width);
    out
}

/// A figure period by period: what it is called, then a line a period.
fn over_time(fan: &Fan, simulation: &Simulation, style: Style) -> String {
    let title = if matches!(fan.unit.as_str(), "" | "%") { fan.title.clone() } else { format!("{}, {}", fan.title, fan.unit) };
    let mut out = hanging("", &one_line(&title), style.width);
    let names: Vec<Vec<String>> = fan.periods.iter().map(|period| vec![format!("  {period}")]).collect();
    let spreads: Vec<(&Fan, &Spread)> = fan.spreads.iter().map(|spread| (fan, spread)).collect();
    if fan.sort == Sort::Condition {
        let line = |(period, spread): (&String, &Spread)| hanging(&format!("  {period}  "), &words::holds(spread), style.width);
        return out + &fan.periods.iter().zip(&fan.spreads).map(line).collect::<String>();
    }
    let figures = columns(&spreads, &simulation.shares);
    let drawn = |columns: usize| {
        let cells = fan::fans(&fan.spreads, fan.sort, columns, style);
        (!cells.is_empty()).then(|| Column { heading: String::new(), cells, drawn: true })
    };
    let tries = DRAWINGS.map(|width| figures.iter().map(Column::clone).chain(drawn(width)).collect::<Vec<Column>>());
    let best = tries.iter().min_by_key(|columns| blocks(columns, &names, style).len());
    put(&mut out, best.map_or(&[], Vec::as_slice), &names, style);
    out
}

/// Figures that are one value, a line each.
fn figures(simulation: &Simulation, style: Style) -> String {
    let mut out = String::from("Key figures\n");
    let name = |fan: &Fan, room: usize| -> Vec<String> {
        let title = one_line(&fan.title);
        let both = if matches!(fan.unit.as_str(), "" | "%") { title } else { format!("{title}, {}", fan.unit) };
        wrap(&both, room - 4).into_iter().enumerate().map(|(at, line)| format!("{}{line}", if at == 0 { "  " } else { "    " })).collect()
    };
    let (drawn, certain): (Vec<&Fan>, Vec<&Fan>) = simulation.figures.iter().partition(|fan| fan.is_drawn());
    let (conditions, drawn): (Vec<&Fan>, Vec<&Fan>) = drawn.into_iter().partition(|fan| fan.sort == Sort::Condition);
    // Dates are wider than numbers: in a table of their own neither costs the other a column.
    let (numbers, dates): (Vec<&Fan>, Vec<&Fan>) = drawn.into_iter().partition(|fan| fan.sort == Sort::Number);
    for group in [numbers, dates].into_iter().filter(|group| !group.is_empty()) {
        let spreads: Vec<(&Fan, &Spread)> = group.into_iter().filter_map(|fan| Some((fan, fan.spreads.first()?))).collect();
        let columns = columns(&spreads, &simulation.shares);
        // Names folded more narrowly pay where they keep all columns side by side.
        // On the narrowest terminals a name leaves room for the widest heading.
        let least = 16.min(style.width * 2 / 5);
        let rooms = [style.width * 9 / 20, style.width / 3, style.width / 5].map(|room| room.max(least));
        let tries = rooms.map(|room| spreads.iter().map(|(fan, _)| name(fan, room)).collect::<Vec<_>>());
        let best = tries.iter().min_by_key(|names| blocks(&columns, names, style).len());
        put(&mut out, &columns, best.map_or(&[], Vec::as_slice), style);
    }
    let mut line = |fan: &Fan, told: &str| out += &hanging("  ", &format!("{}: {told}", one_line(&fan.title)), style.width);
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

/// A column for the mean, the deviation, every share, and what is not there.
fn columns(spreads: &[(&Fan, &Spread)], shares: &[f64]) -> Vec<Column> {
    let texts: Vec<Vec<String>> = spreads.iter().map(|(fan, spread)| words::texts(fan, spread)).collect();
    let headings = ["mean".to_owned(), "deviation".to_owned()].into_iter().chain(shares.iter().map(|share| words::share(*share)));
    let column = |(at, heading)| {
        let cells = texts.iter().map(|texts| texts.get(at).cloned().unwrap_or_else(|| "–".to_owned()));
        Column { heading, cells: cells.collect(), drawn: false }
    };
    let mut columns: Vec<Column> = headings.enumerate().map(column).collect();
    let cells: Vec<String> = spreads.iter().map(|(fan, spread)| words::absent(fan, spread)).collect();
    if cells.iter().any(|cell| !cell.is_empty()) {
        columns.push(Column { heading: String::new(), cells, drawn: true });
    }
    columns
}

fn put(out: &mut String, columns: &[Column], names: &[Vec<String>], style: Style) {
    if columns.is_empty() || width_of_names(names) == 0 {
        names.iter().flatten().for_each(|line| line_into(out, line));
        return;
    }
    for (at, block) in blocks(columns, names, style).into_iter().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        lay(out, names, block);
    }
}
