//! The command line: arguments, one file a command, and the only printing.

mod anew;
mod args;
mod check;
mod compare;
mod complete;
mod completions;
mod diff;
mod eval;
mod explain;
mod fmt;
mod fold;
mod graph;
mod man;
mod merge;
mod new;
mod part;
mod plot;
mod repl;
mod run;
mod sensitivity;
mod simulate;
mod solve;
mod status;
mod sweep;
mod templates;
mod terminal;
mod test;
mod trace;
mod value;
mod watch;

use crate::diagnostic::Warnings;
use args::{Arguments, Command};
use clap::Parser;
use status::Status;
use std::ffi::OsString;
use std::io::{self, ErrorKind};
use std::process::ExitCode;
use std::{panic, thread};
use terminal::{Terminal, Unprintable};

/// Room for the deepest formula that the limits allow, on every system.
const STACK: usize = 64 << 20;

/// The status that tells of a fault of the program itself.
const FAULT: u8 = 70;

/// Does what the arguments ask; the status is 0 if all is well, 1 for errors in the model or a requirement that is not
/// met, 2 for wrong usage or a file that can't be read.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    if let Some(shell) = complete::asking() {
        return complete(&shell, arguments);
    }
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => return ExitCode::from(told(&error)),
    };
    panic::set_hook(Box::new(|about| {
        let place = about.location().map(ToString::to_string).unwrap_or_default();
        let terminal = Terminal::new(args::MessageFormat::Short, Warnings::Allowed);
        terminal.remark(&format!("biz: this is a fault of biz, not of the model, at {place}; please report it\n"));
    }));
    let worker = thread::Builder::new().stack_size(STACK).spawn(move || dispatch(&arguments));
    match worker.map(thread::JoinHandle::join) {
        Ok(Ok(code)) => ExitCode::from(code),
        Ok(Err(_)) | Err(_) => ExitCode::from(FAULT),
    }
}

/// Help goes to standard output, wrong usage to standard error.
fn told(error: &clap::Error) -> u8 {
    let terminal = Terminal::new(args::MessageFormat::Human, Warnings::Allowed);
    if error.use_stderr() {
        match terminal.narrow(&error.render().to_string()) {
            Some(folded) => terminal.remark(&folded),
            // Nobody can be told when that fails.
            None => drop(error.print()),
        }
        return Status::Usage.code();
    }
    match error.print() {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => unprintable(&error, &terminal),
        Ok(()) | Err(_) => Status::Fine.code(),
    }
}

fn unprintable(error: &io::Error, terminal: &Terminal) -> u8 {
    terminal.remark(&format!("biz: the results can't be written: {error}\n"));
    Status::Usage.code()
}

/// Answers a shell. Whatever happens, nothing is told in the middle of a line that somebody types.
fn complete(shell: &str, arguments: Vec<OsString>) -> ExitCode {
    panic::set_hook(Box::new(|_| {}));
    let shell = shell.to_owned();
    let worker = thread::Builder::new().stack_size(STACK).spawn(move || complete::answer(&shell, &arguments));
    if let Ok(Ok(Some(answer))) = worker.map(thread::JoinHandle::join) {
        let _ = Terminal::new(args::MessageFormat::Short, Warnings::Allowed).print(&answer);
    }
    ExitCode::SUCCESS
}

fn dispatch(arguments: &Arguments) -> u8 {
    let terminal = Terminal::new(arguments.messages.form, arguments.messages.warnings());
    let done = match &arguments.command {
        Command::New(new) => new::new(new, &terminal),
        Command::Check(check) => check::check(check, &terminal),
        Command::Run(run) => run::run(run, &terminal),
        Command::Test(test) => test::test(test, &terminal),
        Command::Eval(eval) => eval::eval(eval, &terminal),
        Command::Explain(explain) => explain::explain(explain, &terminal),
        Command::Plot(plot) => plot::plot(plot, &terminal),
        Command::Compare(compare) => compare::compare(compare, &terminal),
        Command::Diff(diff) => diff::diff(diff, &terminal),
        Command::Simulate(simulate) => simulate::simulate(simulate, &terminal),
        Command::Merge(merge) => merge::merge(merge, &terminal),
        Command::Sensitivity(sensitivity) => sensitivity::sensitivity(sensitivity, &terminal),
        Command::Sweep(sweep) => sweep::sweep(sweep, &terminal),
        Command::Solve(solve) => solve::solve(solve, &terminal),
        Command::Value(value) => value::value(value, &terminal),
        Command::Repl(repl) => repl::repl(repl, &arguments.messages, &terminal),
        Command::Fmt(fmt) => fmt::fmt(fmt, &terminal),
        Command::Graph(graph) => graph::graph(graph, &terminal),
        Command::Completions(completions) => completions::completions(completions, &terminal),
        Command::Man(man) => man::man(man, &terminal),
    };
    let code = match done {
        Ok(status) => status.code(),
        Err(Unprintable(error)) => unprintable(&error, &terminal),
    };
    terminal.close(code);
    code
}
