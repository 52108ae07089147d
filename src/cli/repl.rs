//! `biz repl`: a model asked and changed at a prompt, or by a script on standard input.

use super::args::{self, MessageFormat, Messages};
use super::status::Status;
use super::terminal::{Terminal, Unprintable};
use crate::diagnostic::Warnings;
use crate::export;
use crate::repl::{self, Manner, Outcome, Printer, Reply, Session, Switch, follower};
use std::io::{IsTerminal, Read, stdin, stdout};
use std::sync::Arc;
use std::time::Instant;

pub(super) fn repl(arguments: &args::Repl, messages: &Messages, terminal: &Terminal) -> Result<Status, Unprintable> {
    let at_prompt = stdin().is_terminal() && stdout().is_terminal();
    let manner = if at_prompt || arguments.echo { Manner::Talk } else { Manner::Script };
    let mut session = Session::empty(manner, terminal.drawing().colour, follower());
    let mut status = Status::Fine;
    if let Some(file) = &arguments.file {
        let reply = session.load(file);
        status = status.max(tell(&reply, terminal)?);
        // At a prompt another file can be loaded; what a script asks makes no sense without its own.
        if !at_prompt && reply.outcome != Outcome::Done {
            return Ok(status);
        }
    }
    if at_prompt { converse(session, messages, terminal) } else { script(session, status, arguments, terminal) }
}

/// A session at a terminal. What fails there is told and mended there, so it is no failure of the command.
fn converse(session: Session, messages: &Messages, terminal: &Terminal) -> Result<Status, Unprintable> {
    terminal.print("biz: type a definition, an expression, or :help\n")?;
    match repl::converse(session, Arc::new(Desk { form: if messages.form.is_document() { MessageFormat::Human } else { messages.form }, warnings: messages.warnings() })) {
        Ok(()) => Ok(Status::Fine),
        Err(error) => {
            terminal.remark(&format!("biz: the terminal can't be read: {error}\n"));
            Ok(Status::Usage)
        }
    }
}

/// The entries of standard input, read whole.
fn script(mut session: Session, mut status: Status, arguments: &args::Repl, terminal: &Terminal) -> Result<Status, Unprintable> {
    let mut bytes = Vec::new();
    if stdin().lock().read_to_end(&mut bytes).is_err() {
        terminal.remark("biz: standard input can't be read\n");
        return Ok(Status::Usage);
    }
    for entry in repl::entries(&String::from_utf8_lossy(&bytes)) {
        if arguments.echo {
            terminal.print(&echo(&entry, &session.prompt()))?;
        }
        if let Some(news) = session.look() {
            status = status.max(tell(&news, terminal)?);
        }
        let begun = Instant::now();
        let reply = repl::take(&mut session, &entry, terminal.layout());
        status = status.max(tell(&reply, terminal)?);
        if reply.outcome == Outcome::Leave {
            break;
        }
        if session.times() == Switch::On {
            terminal.remark(&format!("{:.1} ms\n", begun.elapsed().as_secs_f64() * 1e3));
        }
    }
    Ok(status)
}

/// An entry as it would stand at the prompt.
fn echo(entry: &str, prompt: &str) -> String {
    let prompts = [prompt].into_iter().chain(std::iter::repeat(repl::GOES_ON));
    entry.lines().zip(prompts).map(|(line, prompt)| format!("{prompt}{line}\n")).collect()
}

/// Prints an answer, and gives its status.
fn tell(reply: &Reply, terminal: &Terminal) -> Result<Status, Unprintable> {
    terminal.print(&reply.out)?;
    let model = reply.sources.last().map_or("", |source| source.name.as_str());
    terminal.tell(model, &reply.mistakes, &reply.sources);
    terminal.remark(&reply.remark);
    let denied = if terminal.warnings.fail(&reply.mistakes) { Status::Model } else { Status::Fine };
    let status = match reply.outcome {
        Outcome::Done | Outcome::Leave => Status::Fine,
        Outcome::Unmet | Outcome::Failed => Status::Model,
        Outcome::Refused => Status::Usage,
        Outcome::Stopped => Status::Stopped,
    };
    Ok(status.max(denied))
}

/// The terminal of a session, looked at anew for each answer.
struct Desk {
    /// What a document would hold is told at once, to somebody who waits for it.
    form: MessageFormat,
    warnings: Warnings,
}

impl Desk {
    fn terminal(&self) -> Terminal {
        Terminal::new(self.form, self.warnings)
    }
}

impl Printer for Desk {
    fn style(&self) -> export::Style {
        self.terminal().layout()
    }

    fn tell(&self, reply: &Reply) {
        // Who has closed the terminal reads nothing more.
        let _ = tell(reply, &self.terminal());
    }

    fn drawn(&self, reply: &Reply) -> String {
        let terminal = self.terminal();
        format!("{}{}{}", reply.out, terminal.drawn(&reply.mistakes, &reply.sources), reply.remark)
    }
}
