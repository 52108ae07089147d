//! `biz man`: the manual as pages for `man`, from the same tree of arguments.

use super::args::{self, Arguments};
use super::status::Status;
use super::terminal::{Terminal, Unprintable};
use crate::diagnostic::escape::one_line;
use crate::diagnostic::suggest;
use crate::workspace::{create_folder, replace};
use clap::{Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};
use std::io;
use std::path::Path;

/// What a script may rely on, told on every page.
const STATUS: [(&str, &str); 4] = [
    ("0", "All is well."),
    ("1", "The model has errors, a requirement or a test fails, a goal has no answer, or there are warnings and they are denied."),
    ("2", "Wrong usage, or a file that can't be read."),
    ("130", "Ctrl-C ended the samples; what is told comes from those before."),
];

pub(super) fn man(arguments: &args::Man, terminal: &Terminal) -> Result<Status, Unprintable> {
    let whole = Arguments::command().disable_help_subcommand(true);
    let mut whole = whole.subcommand_value_name("command").subcommand_help_heading("COMMANDS");
    whole.build();
    if let Some(folder) = &arguments.out {
        return write(&whole, folder, terminal);
    }
    let Some(name) = &arguments.command else {
        terminal.print(&page(&whole))?;
        return Ok(Status::Fine);
    };
    if let Some(command) = whole.find_subcommand(name) {
        terminal.print(&page(command))?;
        return Ok(Status::Fine);
    }
    let near = suggest::nearest(name, whole.get_subcommands().map(|command| (command.get_name(), 0)));
    let help = match near.first() {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`biz --help` lists the commands".to_owned(),
    };
    terminal.remark(&format!("error: there is no command `{}`\n  help: {help}\n", one_line(name)));
    Ok(Status::Usage)
}

/// Every page into a file of its own: `biz.1`, `biz-run.1`.
fn write(whole: &Command, folder: &Path, terminal: &Terminal) -> Result<Status, Unprintable> {
    let shown = one_line(&folder.to_string_lossy());
    let commands: Vec<&Command> = [whole].into_iter().chain(whole.get_subcommands()).collect();
    let one = |command: &&Command| replace(&folder.join(format!("{}.1", title(command))), page(command).as_bytes());
    let written: io::Result<()> = create_folder(folder).and_then(|()| commands.iter().try_for_each(one));
    if let Err(error) = written {
        terminal.remark(&format!("error: the pages can't be written to `{shown}`: {error}\n"));
        return Ok(Status::Usage);
    }
    terminal.print(&format!("wrote {} pages to {shown}\nnext: man -l {}\n", commands.len(), one_line(&folder.join("biz.1").to_string_lossy())))?;
    Ok(Status::Fine)
}

/// `biz-run`
fn title(command: &Command) -> String {
    command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned()
}

fn page(command: &Command) -> String {
    let man = Man::new(command.clone());
    let mut out = head(command).into_bytes();
    // Writing to memory can't fail.
    let _ = man.render_name_section(&mut out);
    let _ = man.render_synopsis_section(&mut out);
    let _ = man.render_description_section(&mut out);
    let _ = man.render_options_section(&mut out);
    if command.has_subcommands() {
        let _ = man.render_subcommands_section(&mut out);
    }
    let _ = closing(command).to_writer(&mut out);
    // A grave accent is a quotation mark to roff, and code to the texts of the commands.
    String::from_utf8_lossy(&out).replace('`', "\\(ga")
}

/// The title, with no date: the same program writes the same pages on any day.
fn head(command: &Command) -> String {
    let (title, version) = (title(command).to_uppercase(), env!("CARGO_PKG_VERSION"));
    format!(".TH \"{title}\" 1 \"\" \"biz {version}\" \"Biz manual\"\n")
}

fn closing(command: &Command) -> Roff {
    let mut roff = Roff::default();
    if let Some(more) = command.get_after_help() {
        roff.control("SH", ["NOTES"]);
        roff.text([roman(more.to_string())]);
    }
    roff.control("SH", ["EXIT STATUS"]);
    for (status, meaning) in STATUS {
        roff.control("TP", []);
        roff.text([bold(status)]);
        roff.text([roman(meaning)]);
    }
    if !command.has_subcommands() {
        roff.control("SH", ["SEE ALSO"]);
        roff.text([bold("biz"), roman("(1)")]);
    }
    roff
}
