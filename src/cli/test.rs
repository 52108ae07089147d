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
use std::cell::RefCell;
use foldhash::HashMap;

pub(super) fn test(arguments: &args::Test, terminal: &Terminal) -> Result<Status, Unprintable> {
    let found = if arguments.files.is_empty() { tested_models(".") } else { arguments.files.clone() };
    if found.is_empty() {
        terminal.remark("no model in this folder declares a test\n");
        return Ok(Status::Fine);
    }
    let last = RefCell::new(Ran::default());
    let once = |terminal: &Terminal| once(arguments, &found, &mut last.borrow_mut(), terminal);
    if arguments.watch { anew(&found, terminal, once) } else { once(terminal) }
}

/// What the tests of each file came to when they ran last.
type Ran = HashMap<String, Vec<TestResult>>;

/// Runs the tests of all files. Beside those of others a file that can't be run keeps the results that it had.
fn once(arguments: &args::Test, found: &[String], last: &mut Ran, terminal: &Terminal) -> Result<Status, Unprintable> {
    let mut status = Status::Fine;
    let (mut passed, mut failed, mut ran) = (0, 0, 0);
    let mut told = String::new();
    let follow = args::Follow::default();
    for file in found {
        let mut facts = open(file, &Changes::default(), Ask { samples: arguments.draws.samples(), ..follow.ask(watcher(&follow, terminal)) });
        if let Some(results) = facts.tests() {
            let good = results.iter().filter(|result| result.passed()).count();
            (passed, failed, ran) = (passed + good, failed + results.len() - good, ran + 1);
            terminal.judge(&facts.name, export::verdict::tests(&results));
            told += &headed(file, &results, terminal);
            last.insert(file.clone(), results);
        } else if let Some(results) = last.get(file) {
            told += &headed(&format!("{file}, as it was before the mistake"), results, terminal);
        }
        status = status.max(Status::told(&facts, terminal));
    }
    // Where nothing ran, nothing is told in place of what was before.
    if ran > 0 {
        // Of one file its own lines tell as much.
        let sum = if found.len() > 1 { format!("{passed} passed, {failed} failed\n") } else { String::new() };
        terminal.print(&format!("{told}{sum}"))?;
    }
    Ok(if failed > 0 { status.max(Status::Model) } else { status })
}

fn headed(file: &str, results: &[TestResult], terminal: &Terminal) -> String {
    if results.is_empty() {
        return format!("{file}: no tests\n");
    }
    format!("{file}\n{}", export::answer::tests(results, terminal.layout()))
}
