//! `biz diff`: what differs between two models, and what each change does.

use super::args;
use super::status::Status;
use super::terminal::{Terminal, Unprintable};

pub(super) fn diff(arguments: &args::Diff, terminal: &Terminal) -> Result<Status, Unprintable> {
    let _ = arguments;
    terminal.print("")?;
    Ok(Status::Fine)
}
