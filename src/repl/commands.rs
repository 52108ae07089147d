//! Commands: the one table that help, completion and "did you mean" read.

use super::outcome::{Outcome, Reply};
use super::session::Session;
use crate::diagnostic::suggest;
use crate::export::Style;

/// A command of a session.
pub struct Command {
    /// Its name behind the colon.
    pub name: &'static str,
    /// What it takes: `PATH = EXPR`.
    pub takes: &'static str,
    /// What it does.
    pub about: &'static str,
    run: fn(&mut Session, &str, Style) -> Reply,
}

/// Every command, in the order of the help.
pub static COMMANDS: &[Command] = &[
    Command { name: "help", takes: "[COMMAND]", about: "tell what there is, or more of one command", run: help },
    Command { name: "load", takes: "FILE", about: "begin anew with a model", run: |session, file, _| session.load(file) },
    Command { name: "quit", takes: "", about: "leave; Ctrl-D does too", run: quit },
];

/// Does what a command says.
pub fn take(session: &mut Session, text: &str, style: Style) -> Reply {
    let (name, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    match COMMANDS.iter().find(|command| command.name == name) {
        Some(command) => (command.run)(session, rest.trim(), style),
        None => unknown(name),
    }
}

fn unknown(name: &str) -> Reply {
    let near = suggest::nearest(name, COMMANDS.iter().map(|command| (command.name, 0)));
    let help = match near.first() {
        Some(near) => format!("did you mean `:{near}`?"),
        None => "`:help` lists the commands".to_owned(),
    };
    Reply::refused(&format!("there is no command `:{name}`"), &help)
}

fn help(_: &mut Session, _: &str, _: Style) -> Reply {
    let lines = COMMANDS.iter().map(|command| format!("  {:24}{}\n", format!(":{} {}", command.name, command.takes), command.about));
    Reply::of(lines.collect::<String>())
}

fn quit(_: &mut Session, _: &str, _: Style) -> Reply {
    Reply { outcome: Outcome::Leave, ..Reply::default() }
}
