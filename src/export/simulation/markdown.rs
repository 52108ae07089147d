//! Markdown: a simulation as headings and tables.

use super::words;
use crate::export::markdown::{line, requirements, safe};
use crate::report::{Fan, Simulation, Spread};

/// The simulation as Markdown, with tables as GitHub writes them.
#[must_use]
pub fn markdown(simulation: &Simulation) -> String {
    let mut parts = vec![heading(simulation)];
    parts.extend(simulation.fans.iter().filter(|fan| fan.is_drawn()).map(|fan| over_time(fan, simulation)));
    if !simulation.figures.is_empty() {
        parts.push(figures(simulation));
    }
    parts.extend(words::over(simulation).map(|told| format!("{told}\n")));
    parts.extend(words::certain(simulation).map(|told| format!("{}\n", safe(&told))));
    if !simulation.requirements.is_empty() {
        parts.push(requirements(&simulation.requirements, simulation.scenario.as_deref()));
        parts.extend(words::without_confidence(simulation).map(|told| format!("{told}\n")));
    }
    parts.extend(words::known(simulation).map(|told| format!("{}\n", safe(&told))));
    parts.join("\n")
}

fn heading(simulation: &Simulation) -> String {
    let title = simulation.title.as_ref().or(simulation.name.as_ref());
    let mut out = title.map_or_else(String::new, |title| format!("# {}\n\n", safe(title)));
    if let Some(name) = &simulation.scenario {
        out += &format!("Scenario {}\n\n", safe(name));
    }
    out + &safe(&words::drawn(simulation)) + "\n"
}

fn titled(fan: &Fan) -> String {
    if matches!(fan.unit.as_str(), "" | "%") { safe(&fan.title) } else { safe(&format!("{}, {}", fan.title, fan.unit)) }
}

fn over_time(fan: &Fan, simulation: &Simulation) -> String {
    let mut out = format!("## {}\n\n", titled(fan));
    head(&mut out, simulation);
    for (period, spread) in fan.periods.iter().zip(&fan.spreads) {
        row(&mut out, safe(period), fan, spread, simulation);
    }
    out
}

fn figures(simulation: &Simulation) -> String {
    let mut out = "## Key figures\n\n".to_owned();
    head(&mut out, simulation);
    for fan in &simulation.figures {
        fan.spreads.first().into_iter().for_each(|spread| row(&mut out, titled(fan), fan, spread, simulation));
    }
    out
}

fn head(out: &mut String, simulation: &Simulation) {
    let shares = simulation.shares.iter().map(|share| words::share(*share));
    let mut cells: Vec<String> = ["", "Mean", "Deviation"].map(str::to_owned).into_iter().chain(shares).collect();
    cells.push(String::new());
    line(out, &cells);
    let rules = std::iter::once("---").chain(std::iter::repeat_n("---:", cells.len() - 1)).map(str::to_owned);
    line(out, &rules.collect::<Vec<_>>());
}

fn row(out: &mut String, name: String, fan: &Fan, spread: &Spread, simulation: &Simulation) {
    let mut texts = words::texts(fan, spread);
    texts.resize(simulation.shares.len() + 2, String::new());
    texts.push(words::absent(fan, spread));
    line(out, &std::iter::once(name).chain(texts.iter().map(|text| safe(text))).collect::<Vec<_>>());
}
