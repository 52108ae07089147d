//! `biz completions`: the script by which a shell asks for completions.

use super::args;
use super::complete::script;
use super::status::Status;
use super::terminal::{Terminal, Unprintable};

pub(super) fn completions(arguments: &args::Completions, terminal: &Terminal) -> Result<Status, Unprintable> {
    terminal.print(&script(arguments.shell))?;
    Ok(Status::Fine)
}
