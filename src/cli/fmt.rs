//! `biz fmt`: models in their canonical layout, written in place, shown or only compared.

use super::args;
use super::status::Status;
use super::terminal::{Terminal, Unprintable};
use crate::diagnostic::escape::one_line;
use crate::fmt::format;
use crate::workspace::{self, Alone, alone, is_folder, models_below};
use similar::TextDiff;
use std::path::Path;

/// The name of standard input.
const STDIN: &str = "-";

pub(super) fn fmt(arguments: &args::Fmt, terminal: &Terminal) -> Result<Status, Unprintable> {
    let mut status = Status::Fine;
    for name in &arguments.files {
        if name != STDIN && is_folder(Path::new(name)) {
            let models = models_below(name);
            if models.is_empty() {
                terminal.remark(&format!("no model in `{}` or below it\n", one_line(name)));
            }
            for model in models {
                status = status.max(one(&model, arguments, terminal)?);
            }
        } else {
            status = status.max(one(name, arguments, terminal)?);
        }
    }
    Ok(status)
}

fn one(name: &str, arguments: &args::Fmt, terminal: &Terminal) -> Result<Status, Unprintable> {
    let Alone { text, source, parsed } = match alone(name) {
        Ok(alone) => alone,
        Err(told) => {
            terminal.tell(name, std::slice::from_ref(&told.0), &told.1);
            return Ok(Status::Usage);
        }
    };
    let laid = format(&parsed, &source);
    match parsed.mistakes.len() {
        0 => {}
        count => terminal.remark(&format!(
            "{}: {count} {} in it: lines that can't be read stay as they are; `biz check` tells why\n",
            source.name,
            if count == 1 { "mistake" } else { "mistakes" }
        )),
    }
    if arguments.diff && laid != text {
        let (old, new) = (format!("a/{}", source.name), format!("b/{}", source.name));
        terminal.print(&TextDiff::from_lines(&text, &laid).unified_diff().header(&old, &new).to_string())?;
    }
    if arguments.check || arguments.diff {
        if arguments.check && !arguments.diff && laid != text {
            terminal.print(&format!("{}\n", source.name))?;
        }
        return Ok(if arguments.check && laid != text { Status::Model } else { Status::Fine });
    }
    if name == STDIN {
        terminal.print(&laid)?;
    } else if laid != text {
        if let Err(error) = workspace::rewrite(name, laid.as_bytes()) {
            terminal.remark(&format!("error: `{}` can't be written: {error}\n", source.name));
            return Ok(Status::Usage);
        }
        terminal.print(&format!("formatted {}\n", source.name))?;
    }
    Ok(Status::Fine)
}
