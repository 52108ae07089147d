//! Files: a model loaded, read again, watched and saved.

use super::super::outcome::{Outcome, Reply};
use super::super::session::{Session, Switch};
use super::missing;
use super::setting::switched;
use crate::diagnostic::escape::one_line;
use crate::export::Style;
use crate::fmt::format;
use crate::syntax::parse;
use crate::text::{FileId, Source};
use crate::workspace::{Since, Unwritten, exists, replace};
use std::path::Path;

pub(super) fn load(session: &mut Session, file: &str, _: Style) -> Reply {
    if file.is_empty() {
        return missing("the file", ":load plan.biz");
    }
    let (entries, whats) = (session.project.entries().len(), session.project.whats().len());
    let reply = session.load(unquoted(file));
    let dropped = if reply.outcome == Outcome::Done { dropped(entries, whats) } else { String::new() };
    Reply { remark: dropped, ..reply }
}

/// What is gone with the model before, where something is.
fn dropped(entries: usize, whats: usize) -> String {
    let counted = |count: usize, one: &str, many: &str| (count > 0).then(|| format!("{count} {}", if count == 1 { one } else { many }));
    let parts: Vec<String> = [counted(entries, "entry", "entries"), counted(whats, "what-if", "what-ifs")].into_iter().flatten().collect();
    if parts.is_empty() { String::new() } else { format!("dropped: {}\n", parts.join(" and ")) }
}

/// A name may stand in quotes.
fn unquoted(file: &str) -> &str {
    file.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(file)
}

pub(super) fn reload(session: &mut Session, _: &str, _: Style) -> Reply {
    match session.file.clone() {
        Some(file) => session.reload(&file),
        None => no_file(),
    }
}

fn no_file() -> Reply {
    Reply::refused("no file is loaded", "`:load FILE` begins with one, `:save FILE` writes the session into one")
}

pub(super) fn watch(session: &mut Session, wanted: &str, _: Style) -> Reply {
    let Some(file) = session.file.clone() else { return no_file() };
    session.watches = match switched("watch", wanted, Switch::On) {
        Ok(switch) => switch,
        Err(refused) => return *refused,
    };
    let told = if session.watches == Switch::On { "watching" } else { "not watching" };
    Reply { remark: format!("{told} `{}`\n", one_line(&file)), ..Reply::default() }
}

pub(super) fn save(session: &mut Session, file: &str, _: Style) -> Reply {
    let file = unquoted(file);
    let own = session.file.as_deref().filter(|own| file.is_empty() || *own == file);
    match own {
        Some(own) if session.project.since() == Since::Changed => Reply::refused(
            &format!("`{}` has changed since it was read", one_line(own)),
            "`:reload` reads it under your entries; `:save! FILE` writes over it",
        ),
        Some(own) => {
            let own = own.to_owned();
            save_over(session, &own)
        }
        None if file.is_empty() => missing("the file", ":save plan.biz"),
        None if exists(Path::new(file)) => {
            let file = one_line(file);
            Reply::refused(&format!("`{file}` is there already"), &format!("`:save! {file}` writes over it"))
        }
        None => save_over(session, file),
    }
}

pub(super) fn save_over(session: &mut Session, file: &str) -> Reply {
    let file = unquoted(file);
    if file.is_empty() {
        return missing("the file", ":save! plan.biz");
    }
    let text = match session.project.written() {
        Ok(text) => text,
        Err(Unwritten::Elsewhere(name)) => {
            return Reply::refused(
                &format!("`{}` is declared in a file that the model imports, which is not written", one_line(&name)),
                "change it there, then `:undo` the entry here",
            );
        }
    };
    if let Err(error) = replace(Path::new(file), canonical(&text).as_bytes()) {
        return Reply::refused(&format!("`{}` can't be written: {error}", one_line(file)), "");
    }
    let whats = session.project.whats().len();
    let told = if whats > 0 { ", without what is tried" } else { "" };
    let remark = format!("written: `{}`{told}\n", one_line(file));
    // What was entered is in the file now.
    let kept = session.project.whats().to_vec();
    let before = session.clone();
    let loaded = session.load(file);
    if loaded.outcome != Outcome::Done {
        *session = before;
        return Reply { remark, ..loaded };
    }
    session.project = std::sync::Arc::new(session.project.over(Vec::new(), kept));
    session.scenario = before.scenario;
    Reply { remark, ..Reply::default() }
}

/// A model's text as the formatter lays it out.
fn canonical(text: &str) -> String {
    let source = Source::new(FileId(0), "", text);
    format(&parse(&source), &source)
}
