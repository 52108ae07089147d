//! `biz test`: the tests that models declare.

use super::anew::anew;
use super::args::{self, Changes};
use super::check::open;
use super::status::Status;
use super::terminal::{Terminal, Unprintable};
use super::watch::watcher;
use crate::export;
use crate::report::TestResult;
use crate::workspace::{Ask, tested_models};

pub(super) fn test(arguments: &args::Test, terminal: &Terminal) -> Result<Status, Unprintable> {
    let found = if arguments.files.is_empty() { tested_models(".") } else { arguments.files.clone() };
    if found.is_empty() {
        terminal.remark("no model in this folder declares a test\n");
        return Ok(Status::Fine);
    }
    if arguments.watch {
        return anew(&found, terminal, |terminal| once(arguments, &found, terminal));
    }
    once(arguments, &found, terminal)
}

fn once(arguments: &args::Test, found: &[String], terminal: &Terminal) -> Result<Status, Unprintable> {
    let mut status = Status::Fine;
    let (mut passed, mut failed) = (0, 0);
    for file in found {
        let mut facts = open(file, &Changes::default(), Ask { samples: arguments.draws.samples(), ..args::Follow::default().ask(watcher(&args::Follow::default(), terminal)) });
        if let Some(results) = facts.tests() {
            let good = results.iter().filter(|result| result.passed()).count();
            passed += good;
            failed += results.len() - good;
            terminal.judge(&facts.name, export::verdict::tests(&results));
            terminal.print(&headed(file, &results, terminal))?;
        }
        status = status.max(Status::told(&facts, terminal));
    }
    terminal.print(&format!("{passed} passed, {failed} failed\n"))?;
    Ok(if failed > 0 { status.max(Status::Model) } else { status })
}

fn headed(file: &str, results: &[TestResult], terminal: &Terminal) -> String {
    if results.is_empty() {
        return format!("{file}: no tests\n");
    }
    format!("{file}\n{}", export::answer::tests(results, terminal.layout()))
}
