//! `biz run`: a model computed, and everything it tells.

use super::anew::anew;
use super::args::{self, By, Format};
use super::check::open;
use super::status::Status;
use super::terminal::{Terminal, Unprintable};
use super::watch::watcher;
use crate::calendar::Step;
use crate::diagnostic::Warnings;
use crate::diagnostic::escape::one_line;
use crate::export;
use crate::report::{Report, Requirement};
use crate::workspace::Ask;

pub(super) fn run(arguments: &args::Run, terminal: &Terminal) -> Result<Status, Unprintable> {
    if arguments.watch {
        let files = std::slice::from_ref(&arguments.model.file);
        return anew(files, terminal, |terminal| once(arguments, terminal));
    }
    once(arguments, terminal)
}

fn once(arguments: &args::Run, terminal: &Terminal) -> Result<Status, Unprintable> {
    let watcher = watcher(&arguments.follow, terminal);
    let ask = Ask { mentions: &arguments.only, samples: arguments.draws.samples(), ..arguments.follow.ask(watcher) };
    let mut facts = open(&arguments.model.file, &arguments.model.changes, ask);
    let by = arguments.by.map(step);
    let report = facts.run(by, &arguments.only);
    let Some(report) = report else {
        return Ok(Status::told(&facts, terminal));
    };
    if !watcher.list()? {
        terminal.print(&written(&report, arguments.results.format, terminal))?;
    }
    let status = Status::told(&facts, terminal);
    if arguments.results.format == Format::Csv {
        terminal.remark(&unmet(&report.requirements));
    }
    let denied = judge(&facts.name, &report.requirements, report.scenario.as_deref(), terminal);
    if arguments.follow.timings {
        watcher.tell(&facts);
    }
    let failed = if report.fails() { Status::Model } else { Status::Fine };
    Ok(failed.max(status).max(denied))
}

/// Notes what became of requirements; expectations that do not hold fail where warnings do.
pub(super) fn judge(model: &str, requirements: &[Requirement], scenario: Option<&str>, terminal: &Terminal) -> Status {
    terminal.judge(model, export::verdict::requirements(requirements, scenario, terminal.warnings));
    let unmet = requirements.iter().filter(|one| one.status == crate::report::Status::Warning).count();
    if unmet == 0 || terminal.warnings == Warnings::Allowed {
        return Status::Fine;
    }
    let told = if unmet == 1 { "1 expectation does not hold".to_owned() } else { format!("{unmet} expectations do not hold") };
    terminal.remark(&format!("{told}, warnings are denied\n"));
    Status::Model
}

fn written(report: &Report, format: Format, terminal: &Terminal) -> String {
    match format {
        Format::Table => export::table::table(report, terminal.layout()),
        Format::Json => export::json::json(report),
        Format::Csv => export::csv::csv(report),
        Format::Markdown => export::markdown::markdown(report),
    }
}

/// What the other formats say about requirements, in a line each.
pub(super) fn unmet(requirements: &[Requirement]) -> String {
    let failing = requirements.iter().filter(|requirement| requirement.fails());
    failing.map(|requirement| format!("not met: {}\n", one_line(&requirement.text))).collect()
}

pub(super) fn step(by: By) -> Step {
    match by {
        By::Month => Step::Month,
        By::Quarter => Step::Quarter,
        By::Year => Step::Year,
    }
}
