//! Names: which argument is completed by which names of a model.

use super::words::Line;
use crate::cli::args::Arguments;
use crate::diagnostic::escape::one_line;
use crate::diagnostic::explain::{codes, title};
use crate::workspace::{Disk, Named, Outline, outline};
use clap::{Arg, Command, CommandFactory};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate, PathCompleter, ValueCompleter};
use std::ffi::OsStr;
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// The names of the model on the line, read when they are asked for.
#[derive(Clone, Debug)]
struct Names {
    file: Option<String>,
    outline: Arc<OnceLock<Outline>>,
}

impl Names {
    fn of(line: &Line) -> Self {
        Self { file: line.model(), outline: Arc::default() }
    }

    /// Nothing is read but a stored file: a pipe would wait for somebody to write.
    fn outline(&self) -> &Outline {
        let file = self.file.as_deref().filter(|file| Path::new(file).is_file());
        self.outline.get_or_init(|| file.map(|file| outline(&Disk::of(file))).unwrap_or_default())
    }
}

/// The tree of arguments with what completes them; they go by their names, in every command alike.
pub(super) fn command(line: &Line) -> Command {
    let names = Names::of(line);
    Arguments::command().mut_subcommands(move |command| {
        let names = names.clone();
        command.mut_args(move |argument| with(argument, &names))
    })
}

fn with(argument: Arg, names: &Names) -> Arg {
    let way: fn(&Outline, &str) -> Vec<CompletionCandidate> = match argument.get_id().as_str() {
        "file" | "files" => return argument.add(ArgValueCompleter::new(models())),
        "parts" => return argument.add(ArgValueCompleter::new(PathCompleter::file())),
        "subject" => return argument.add(ArgValueCompleter::new(subjects)),
        "scenario" => |outline, typed| named(&outline.scenarios, typed),
        "between" => between,
        "goal" => |outline, typed| named(&outline.goals, typed),
        "only" => only,
        "set" => set,
        "vary" => |outline, typed| if typed.contains(' ') { Vec::new() } else { paths(&outline.inputs, &outline.instances, typed) },
        "expressions" | "names" | "figures" | "target" | "targets" | "cell" | "until" | "maximize" | "minimize" => expression,
        _ => return argument,
    };
    let names = names.clone();
    argument.add(ArgValueCompleter::new(move |typed: &OsStr| typed.to_str().map_or_else(Vec::new, |typed| way(names.outline(), typed))))
}

/// Models, and the folders that may hold some.
fn models() -> PathCompleter {
    PathCompleter::any().filter(|path| path.extension().is_some_and(|end| end == "biz"))
}

/// Models, and once something is typed the codes of mistakes.
fn subjects(typed: &OsStr) -> Vec<CompletionCandidate> {
    let mut found = models().complete(typed);
    let typed = typed.to_string_lossy().to_ascii_uppercase();
    let codes = codes().filter(|code| !typed.is_empty() && code.starts_with(&typed));
    found.extend(codes.map(|code| CompletionCandidate::new(code).help(title(code).map(|title| title.to_owned().into()))));
    found
}

fn candidate(path: String, named: &Named) -> CompletionCandidate {
    let about = named.about.as_ref().and_then(|about| about.trim().lines().next()).map(one_line);
    CompletionCandidate::new(path).help(about.map(Into::into))
}

fn named(all: &[Named], typed: &str) -> Vec<CompletionCandidate> {
    all.iter().filter(|one| one.path.starts_with(typed)).map(|one| candidate(one.path.clone(), one)).collect()
}

fn between(outline: &Outline, typed: &str) -> Vec<CompletionCandidate> {
    let base = Named { path: "base".to_owned(), about: Some("the model itself".to_owned()) };
    named(&[base], typed).into_iter().chain(named(&outline.scenarios, typed)).collect()
}

/// Paths, one name at a time: `smb.`, and only behind its dot what it holds.
fn paths(all: &[Named], instances: &[Named], typed: &str) -> Vec<CompletionCandidate> {
    let behind = typed.rfind('.').map_or(0, |dot| dot + 1);
    let is_next = |path: &str| path.starts_with(typed) && !path.get(behind..).unwrap_or_default().contains('.');
    let mut found: Vec<CompletionCandidate> =
        all.iter().filter(|one| is_next(&one.path)).map(|one| candidate(one.path.clone(), one)).collect();
    for instance in instances.iter().filter(|instance| is_next(&instance.path)) {
        let inside = format!("{}.", instance.path);
        if all.iter().any(|one| one.path.starts_with(&inside)) {
            found.push(candidate(inside, instance));
        }
    }
    found
}

/// Figures, and instances with all of theirs.
fn only(outline: &Outline, typed: &str) -> Vec<CompletionCandidate> {
    let behind = typed.rfind('.').map_or(0, |dot| dot + 1);
    let whole = outline.instances.iter().filter(|one| !one.path.get(behind..).unwrap_or_default().contains('.')).cloned();
    named(&whole.collect::<Vec<_>>(), typed).into_iter().chain(paths(&outline.figures, &outline.instances, typed)).collect()
}

/// What may be replaced, with the sign behind it; what comes then is the author's to say.
fn set(outline: &Outline, typed: &str) -> Vec<CompletionCandidate> {
    if typed.contains('=') {
        return Vec::new();
    }
    let ended = |one: CompletionCandidate| {
        let path = one.get_value().to_string_lossy().into_owned();
        if path.ends_with('.') { one } else { CompletionCandidate::new(format!("{path}=")).help(one.get_help().cloned()) }
    };
    paths(&outline.inputs, &outline.instances, typed).into_iter().map(ended).collect()
}

/// The last name of an expression: `lowest(ca` ends in `ca`.
fn expression(outline: &Outline, typed: &str) -> Vec<CompletionCandidate> {
    let is_name = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '.');
    let at = typed.char_indices().rev().take_while(|(_, letter)| is_name(*letter)).last().map_or(typed.len(), |(at, _)| at);
    let (before, name) = typed.split_at(at);
    if name.starts_with(|letter: char| letter.is_ascii_digit()) {
        return Vec::new();
    }
    paths(&outline.figures, &outline.instances, name).into_iter().map(|one| one.add_prefix(before)).collect()
}
