//! `biz repl`: a model asked and changed at a prompt, or by a script on standard input.

use super::args;
use super::status::Status;
use super::terminal::{Terminal, Unprintable};
use crate::repl::{self, Manner, Outcome, Reply, Session};
use crate::run::Nobody;
use std::io::{IsTerminal, Read, stdin};

pub(super) fn repl(arguments: &args::Repl, terminal: &Terminal) -> Result<Status, Unprintable> {
    let mut session = Session::empty(Manner::Script, &Nobody);
    let mut status = Status::Fine;
    if let Some(file) = &arguments.file {
        let reply = session.load(file);
        status = status.max(tell(&reply, terminal)?);
    }
    let _ = stdin().is_terminal();
    let mut bytes = Vec::new();
    if stdin().lock().read_to_end(&mut bytes).is_err() {
        terminal.remark("biz: standard input can't be read\n");
        return Ok(Status::Usage);
    }
    for entry in repl::entries(&String::from_utf8_lossy(&bytes)) {
        let reply = repl::take(&mut session, &entry, terminal.layout());
        status = status.max(tell(&reply, terminal)?);
        if reply.outcome == Outcome::Leave {
            break;
        }
    }
    Ok(status)
}

/// Prints an answer, and gives its status.
fn tell(reply: &Reply, terminal: &Terminal) -> Result<Status, Unprintable> {
    terminal.print(&reply.out)?;
    terminal.tell(&reply.mistakes, &reply.sources);
    terminal.remark(&reply.remark);
    Ok(match reply.outcome {
        Outcome::Done | Outcome::Leave => Status::Fine,
        Outcome::Failed => Status::Model,
        Outcome::Refused => Status::Usage,
        Outcome::Stopped => Status::Stopped,
    })
}
