//! `biz sweep`: figures over a grid of one or two inputs.

use super::args::{self, Format};
use super::check::open;
use super::status::Status;
use super::terminal::{Terminal, Unprintable};
use crate::diagnostic::escape::one_line;
use crate::export::decision::{self, Form};
use crate::workspace::{Aims, Ask, AskedLine, Spacing};

/// Steps of a range that says nothing of them.
const STEPS: usize = 10;

pub(super) fn sweep(arguments: &args::Sweep, terminal: &Terminal) -> Result<Status, Unprintable> {
    let mut aims = Aims::default();
    let mut spacings = Vec::new();
    for range in &arguments.vary {
        let Some((text, spacing)) = spaced(range, &mut aims.steps) else {
            let shown = one_line(range);
            terminal.remark(&format!(
                "error: `{shown}` is no range with steps\n  help: write `price from 40 USD to 60 USD by 5 USD`, or `price from 40 USD to 60 USD in 4 steps`\n"
            ));
            return Ok(Status::Usage);
        };
        aims.vary.push(AskedLine::new("--vary", "vary ", text));
        spacings.push(spacing);
    }
    aims.aims = arguments.targets.iter().map(|target| AskedLine::new("TARGET", "maximize ", target)).collect();
    let mut facts = open(&arguments.model.file, &arguments.model.changes, Ask { aims: Some(&aims), ..Ask::default() });
    if let Some(sweep) = facts.sweep(&spacings) {
        terminal.print(&decision::sweep(&sweep, form(arguments.results.format, terminal)))?;
    }
    Ok(Status::told(&facts, terminal))
}

/// The range without its steps, and those: `by 5 USD`, `in 4 steps`. None if it is no range, or its steps lead nowhere.
fn spaced(range: &str, steps: &mut Vec<AskedLine>) -> Option<(String, Spacing)> {
    let (path, rest) = range.split_once(" from ")?;
    if let Some((ends, step)) = rest.rsplit_once(" by ") {
        let digits = step.trim().chars().take_while(|sign| !sign.is_whitespace());
        if step.trim().starts_with('-') || digits.filter(char::is_ascii_digit).all(|digit| digit == '0') && step.contains('0') {
            return None;
        }
        steps.push(AskedLine::new("--vary", format!("vary {path} from 0 to "), step));
        return Some((format!("{path} from {ends}"), Spacing::Apart));
    }
    let counted = rest.rsplit_once(" in ").and_then(|(ends, count)| {
        let count = count.trim().strip_suffix("steps").or_else(|| count.trim().strip_suffix("step"))?;
        Some((ends, count.trim()))
    });
    let Some((ends, count)) = counted else { return Some((range.to_owned(), Spacing::Steps(STEPS))) };
    let count = count.replace('_', "").parse::<usize>().ok().filter(|count| *count > 0)?;
    Some((format!("{path} from {ends}"), Spacing::Steps(count)))
}

/// The form of a decision.
pub(super) fn form(format: Format, terminal: &Terminal) -> Form {
    match format {
        Format::Table => Form::Table(terminal.layout()),
        Format::Json => Form::Json,
        Format::Csv => Form::Csv,
        Format::Markdown => Form::Markdown,
    }
}
