//! `biz new`: a model from a template.

use super::args;
use super::fold::fold;
use super::status::Status;
use super::templates::{TEMPLATES, Template};
use super::terminal::{Terminal, Unprintable};
use crate::diagnostic::escape::one_line;
use crate::diagnostic::suggest;
use crate::workspace::{create, is_folder};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The fewest columns in which something is said beside a name.
const BESIDE: usize = 24;

pub(super) fn new(arguments: &args::New, terminal: &Terminal) -> Result<Status, Unprintable> {
    let Some(name) = &arguments.template else {
        terminal.print(&list(terminal.out.width))?;
        return Ok(Status::Fine);
    };
    let Some(template) = TEMPLATES.iter().find(|template| template.name == name) else {
        terminal.remark(&unknown(name));
        return Ok(Status::Usage);
    };
    let path = target(template, arguments.path.as_deref());
    let shown = one_line(&path.to_string_lossy());
    match create(&path, template.text) {
        Ok(()) => {
            terminal.print(&format!("wrote {shown}\nnext: biz run {shown}\n"))?;
            Ok(Status::Fine)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            terminal.remark(&format!("error: `{shown}` is there already, and nothing is written over it\n"));
            Ok(Status::Usage)
        }
        Err(error) => {
            terminal.remark(&format!("error: `{shown}` can't be written: {error}\n"));
            Ok(Status::Usage)
        }
    }
}

fn list(width: usize) -> String {
    let longest = TEMPLATES.iter().map(|template| template.name.len()).max().unwrap_or_default();
    let mut out = String::from("Templates:\n\n");
    // Where too little is left beside the names, what is said of them stands below.
    let below = width < longest + 4 + BESIDE;
    for template in TEMPLATES {
        if below {
            let about = fold(&template.about(), width.saturating_sub(4), 0).replace('\n', "\n    ");
            out.push_str(&format!("  {}\n    {about}\n", template.name));
            continue;
        }
        let about = fold(&template.about(), width.saturating_sub(longest + 4), 0);
        for (at, line) in about.lines().enumerate() {
            let name = if at == 0 { template.name } else { "" };
            out.push_str(&format!("  {name:longest$}  {line}\n"));
        }
    }
    format!("{out}\n{}\n", fold("Write one with `biz new TEMPLATE [FILE or FOLDER]`.", width, 2))
}

fn unknown(name: &str) -> String {
    let near = suggest::nearest(name, TEMPLATES.iter().map(|template| (template.name, 0)));
    let help = match near.first() {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`biz new` lists the templates".to_owned(),
    };
    format!("error: there is no template `{}`\n  help: {help}\n", one_line(name))
}

/// A folder, or what is written like one, gets a file named like the template.
fn target(template: &Template, path: Option<&Path>) -> PathBuf {
    let file = format!("{}.biz", template.name);
    match path {
        None => PathBuf::from(file),
        Some(path) if is_folder(path) || path.to_string_lossy().ends_with('/') => path.join(file),
        Some(path) => path.to_path_buf(),
    }
}
