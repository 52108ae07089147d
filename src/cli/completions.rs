//! `biz completions`: a shell's completions, from the same tree of arguments.

use super::args::{self, Arguments};
use super::status::Status;
use super::terminal::{Terminal, Unprintable};
use clap::CommandFactory;

pub(super) fn completions(arguments: &args::Completions, terminal: &Terminal) -> Result<Status, Unprintable> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "biz", &mut script);
    terminal.print(&String::from_utf8_lossy(&script))?;
    Ok(Status::Fine)
}
