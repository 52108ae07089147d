//! Commands: the one table that help, completion and "did you mean" read.

mod ask;
mod change;
mod diff;
mod file;
mod list;
mod setting;

pub use list::{LISTED, declared};
pub use setting::SETTINGS;

use super::outcome::{Outcome, Reply};
use super::session::Session;
use crate::diagnostic::escape::one_line;
use crate::diagnostic::suggest;
use crate::export::Style;
use crate::export::listing::listing;

/// A command of a session.
pub struct Command {
    /// Its name behind the colon.
    pub name: &'static str,
    /// What it takes: `PATH = EXPR`.
    pub takes: &'static str,
    /// What completes what it takes.
    pub fits: Fits,
    /// What it does, in a line.
    pub about: &'static str,
    /// What else is to be known of it.
    pub more: &'static str,
    run: fn(&mut Session, &str, Style) -> Reply,
}

/// What completes what a command takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fits {
    Nothing,
    Command,
    File,
    /// The language itself: an expression, or a definition.
    Language,
    /// A name alone.
    Name,
    /// A name, or a sort of things that are listed.
    List,
    Scenario,
    WhatIf,
    Setting,
}

/// A row of the table.
const fn row(name: &'static str, takes: &'static str, fits: Fits, about: &'static str, more: &'static str, run: fn(&mut Session, &str, Style) -> Reply) -> Command {
    Command { name, takes, fits, about, more, run }
}

/// Every command, in the order of the help.
pub static COMMANDS: &[Command] = &[
    row("help", "[COMMAND]", Fits::Command, "list the commands, or tell more of one", "", help),
    row("load", "FILE", Fits::File, "begin anew with a model",
        "Entries, what-ifs and the scenario are dropped. A file with errors is told of and changes nothing.", file::load),
    row("reload", "", Fits::Nothing, "read the file again",
        "What was entered stays over it. If the whole does not check any more, the session stays as it was.", file::reload),
    row("watch", "[on|off]", Fits::Nothing, "read the file again whenever it changes",
        "Its imports are watched too. A file that vanishes is told of once; the session goes on with what was read.", file::watch),
    row("save", "[FILE]", Fits::File, "write the model with what was entered",
        "Without a file the one that was loaded is written. What-ifs are not written. `:save! FILE` writes over another file.", file::save),
    row("list", "[WORD]", Fits::List, "list names with their values",
        "With a word: the names that contain it, those of the prelude too. `:list kinds`, `:list functions`, `:list units`, `:list scenarios` and `:list entries` tell of those.", list::list),
    row("show", "NAME", Fits::Name, "show what a name says and where it stands",
        "Kinds, functions and scenarios too; those of the prelude are written in Biz as well.", list::show),
    row("unit", "EXPR", Fits::Language, "tell the unit of an expression", "", ask::unit),
    row("why", "CELL[PERIOD]", Fits::Name, "tell where a figure comes from",
        "Equation by equation: `:why cash[2027-03]`, `:why revenue[2027]`. Without a period it is the last.", ask::why),
    row("what", "PATH = EXPR", Fits::Language, "try another value over the unchanged model",
        "Every answer is then given under it, until `:drop`. Alone it lists what is tried.", change::what),
    row("diff", "[EXPR]", Fits::Language, "compare what is tried with the model itself",
        "Without an expression: the figures of the report that moved.", diff::diff),
    row("drop", "[PATH]", Fits::WhatIf, "give up what is tried; alone, all of it", "", change::drop),
    row("undo", "[N]", Fits::Nothing, "take back the last entry, or the last N", "What-ifs are no entries; `:drop` takes those back.", change::undo),
    row("scenario", "[NAME|base]", Fits::Scenario, "answer under a scenario; alone, list them", "", change::scenario),
    row("set", "[NAME VALUE]", Fits::Setting, "change a setting; alone, list them", "", setting::set),
    row("plot", "EXPR", Fits::Language, "draw a figure, or names between commas", "", ask::plot),
    row("table", "[NAME,…]", Fits::Language, "show the report or a part of it",
        "`:table` is the whole, `:table cash,smb` what these names say by year, `:table EXPR` every period of an expression.", ask::table),
    row("time", "[on|off]", Fits::Nothing, "tell how long each answer took", "", setting::time),
    row("quit", "", Fits::Nothing, "leave; Ctrl-D does too", "", quit),
];

/// What can be written and is no command of its own: `:save!`.
const FORCED: &str = "save!";

/// Does what a command says.
pub fn take(session: &mut Session, text: &str, style: Style) -> Reply {
    let (name, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    if name == FORCED {
        return file::save_over(session, rest.trim());
    }
    match meant(name).as_slice() {
        [command] => (command.run)(session, rest.trim(), style),
        [] => unknown(name),
        several => {
            let names: Vec<String> = several.iter().map(|command| format!("`:{}`", command.name)).collect();
            Reply::refused(&format!("`:{name}` begins several commands"), &format!("write {}", names.join(" or ")))
        }
    }
}

/// The commands that a name may mean: the one of that name, else all that it begins.
pub fn meant(name: &str) -> Vec<&'static Command> {
    let begun: Vec<&Command> = COMMANDS.iter().filter(|command| !name.is_empty() && command.name.starts_with(name)).collect();
    begun.iter().find(|command| command.name == name).map_or_else(|| begun.clone(), |command| vec![*command])
}

fn unknown(name: &str) -> Reply {
    let near = suggest::nearest(name, COMMANDS.iter().map(|command| (command.name, 0)));
    let help = match near.first() {
        Some(near) => format!("did you mean `:{near}`?"),
        None => "`:help` lists the commands".to_owned(),
    };
    Reply::refused(&format!("there is no command `:{}`", one_line(name)), &help)
}

fn help(_: &mut Session, name: &str, style: Style) -> Reply {
    let name = name.trim_start_matches(':');
    if name.is_empty() {
        let intro = "Type a definition to make or replace it, an expression to compute it, or a command:\n";
        let rows: Vec<Vec<String>> = COMMANDS.iter().map(|command| vec![usage(command), command.about.to_owned()]).collect();
        return Reply::of(format!("{intro}{}", listing(&rows, &[], style)));
    }
    match COMMANDS.iter().find(|command| command.name == name) {
        Some(command) => {
            let texts = [command.about, command.more].into_iter().filter(|text| !text.is_empty());
            let rows: Vec<Vec<String>> = texts.map(|text| vec![text.to_owned()]).collect();
            Reply::of(format!("{}\n{}", usage(command), listing(&rows, &[], style)))
        }
        None => unknown(name),
    }
}

fn usage(command: &Command) -> String {
    format!(":{} {}", command.name, command.takes).trim_end().to_owned()
}

fn quit(_: &mut Session, _: &str, _: Style) -> Reply {
    Reply { outcome: Outcome::Leave, ..Reply::default() }
}

/// What a command lacks.
fn missing(what: &str, example: &str) -> Reply {
    Reply::refused(&format!("{what} is missing"), &format!("write `{example}`"))
}
