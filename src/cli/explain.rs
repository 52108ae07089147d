//! `biz explain`: the text for a code, or where a figure of a model comes from.

use super::args;
use super::fold::fold;
use super::status::Status;
use super::terminal::{Terminal, Unprintable};
use crate::diagnostic::escape::one_line;
use crate::diagnostic::explain::{self, codes};
use crate::diagnostic::suggest;

pub(super) fn explain(arguments: &args::Explain, terminal: &Terminal) -> Result<Status, Unprintable> {
    match &arguments.cell {
        Some(cell) => super::trace::trace(arguments, cell, terminal),
        None => code(&arguments.subject, terminal),
    }
}

fn code(written: &str, terminal: &Terminal) -> Result<Status, Unprintable> {
    let code = whole(written);
    if let Some(text) = explain::explain(&code) {
        terminal.print(&plain(&code, text, terminal.out.width))?;
        return Ok(Status::Fine);
    }
    terminal.remark(&unknown(written, &code));
    Ok(Status::Usage)
}

/// `201` and `biz0201` are understood too.
fn whole(written: &str) -> String {
    let upper = written.trim().to_ascii_uppercase();
    match upper.parse::<u16>() {
        Ok(number) => format!("BIZ{number:04}"),
        Err(_) => upper,
    }
}

fn unknown(written: &str, code: &str) -> String {
    let shown = one_line(written);
    if written.ends_with(".biz") {
        return format!("error: which figure of `{shown}`?\n  help: write `biz explain {shown} 'NAME[PERIOD]'`\n");
    }
    let near = suggest::nearest(code, codes().map(|code| (code, 0)));
    let help = match near.first() {
        Some(near) => format!("did you mean `{near}`?"),
        None => "a code looks like BIZ0201; errors and warnings show theirs".to_owned(),
    };
    format!("error: there is no code `{shown}`\n  help: {help}\n")
}

/// The text without the marks of Markdown: headings in words, examples set in.
fn plain(code: &str, text: &str, width: usize) -> String {
    let mut out = String::new();
    let mut inside = false;
    let mut paragraph = String::new();
    for line in text.lines() {
        if !inside && (line.is_empty() || line.starts_with("```")) && !paragraph.is_empty() {
            out.push_str(&fold(&paragraph, width, 0));
            out.push('\n');
            paragraph.clear();
        }
        match line {
            "```biz bad" => out.push_str("This fails:\n\n"),
            "```biz good" => out.push_str("This runs:\n\n"),
            "```" => {}
            _ if inside => out.push_str(&format!("{}\n", format!("    {line}").trim_end())),
            "" => out.push('\n'),
            _ => match line.strip_prefix("# ") {
                Some(title) => paragraph = format!("{code}: {title}"),
                None => paragraph.push_str(&format!("{line} ")),
            },
        }
        inside ^= line.starts_with("```");
    }
    out
}
