//! Editor: the line editor of a terminal. With `keys` the only user of rustyline.

use super::commands::{COMMANDS, Fits, LISTED, SETTINGS, meant};
use super::follow::{Done, Follower, follower};
use super::history;
use super::keys::{Cleared, GOES_ON, Keys, entered, prompted, wants_more};
use super::outcome::{Outcome, Reply};
use super::paint;
use super::preview::Preview;
use super::session::{Session, Switch};
use super::turn::{is_question, take};
use crate::export::Style;
use crate::export::glimpse::glimpse;
use crate::export::plot::Colour;
use crate::ide::completion::complete;
use crate::ide::names::Names;
use crate::workspace::{paths, replaced_by};
use rustyline::completion::{Completer, Pair};
use rustyline::error::ReadlineError;
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::{Hint, Hinter};
use rustyline::history::FileHistory;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{ColorMode, CompletionType, Config, Context, Editor, Event, EventHandler, ExternalPrinter, Helper};
use std::borrow::Cow;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::thread;
use std::time::{Duration, Instant};
use unicode_width::UnicodeWidthStr;

/// How often a watched file is looked after.
const LOOK: Duration = Duration::from_millis(250);
/// Characters of what is told of a candidate: several stand in a row.
const DETAIL: usize = 36;
/// Candidates that are told, so that they fit a screen of 24 lines: where they do not, the editor waits for a key before each
/// line more and swallows what is typed meanwhile.
const TOLD: usize = 20;
/// Entries that are remembered from session to session.
const REMEMBERED: usize = 5_000;

/// Who prints for a session.
pub trait Printer: Send + Sync {
    /// How results are laid out, now: a terminal may change its size.
    fn style(&self) -> Style;
    /// Prints an answer.
    fn tell(&self, reply: &Reply);
    /// An answer as it would be printed.
    fn drawn(&self, reply: &Reply) -> String;
}

/// What the editor, the prompt and the watch over the file share.
struct Table {
    session: Mutex<Session>,
    /// Held while an entry is taken or a file is read again, so that neither undoes the other.
    busy: Mutex<()>,
    printer: Arc<dyn Printer>,
    preview: Preview,
    /// The names of the model as it is, found when they are first asked for.
    names: Mutex<Option<Arc<Names>>>,
}

/// Holds a session at a terminal, until it is left.
///
/// # Errors
/// If the terminal can't be read.
pub fn converse(session: Session, printer: Arc<dyn Printer>) -> std::io::Result<()> {
    let table = Arc::new(Table { session: Mutex::new(session), busy: Mutex::new(()), printer, preview: Preview::new(), names: Mutex::new(None) });
    let cleared = Cleared::default();
    let mut editor = editor(&table, &cleared).map_err(std::io::Error::other)?;
    let path = history::path();
    if let Some(path) = &path {
        // There is none yet in the first session.
        let _ = editor.load_history(path);
    }
    follower().listen();
    if let Ok(printer) = editor.create_external_printer() {
        look_after(&Arc::downgrade(&table), printer);
    }
    loop {
        let prompt = table.session().prompt();
        let line = match editor.readline(&prompt) {
            Ok(line) => line,
            Err(ReadlineError::Interrupted) => continue,
            Err(ReadlineError::Eof) => return Ok(()),
            // The size of the window has changed, which is no end of it.
            Err(ReadlineError::Signal(_)) => continue,
            Err(ReadlineError::Io(error)) => return Err(error),
            Err(error) => return Err(std::io::Error::other(error)),
        };
        if cleared.take() || line.trim().is_empty() {
            continue;
        }
        if let (Ok(true), Some(path)) = (editor.add_history_entry(line.as_str()), &path) {
            // What can't be remembered is not worth a word.
            let _ = editor.append_history(path);
        }
        if table.turn(entered(&line), follower()) == Outcome::Leave {
            return Ok(());
        }
    }
}

fn editor(table: &Arc<Table>, cleared: &Cleared) -> rustyline::Result<Editor<Assistant, FileHistory>> {
    let colour = table.session().colour;
    let config = Config::builder()
        .max_history_size(REMEMBERED)?
        .history_ignore_dups(true)?
        .history_ignore_space(true)
        .completion_type(CompletionType::List)
        // What is drawn without colours has prompts on lines that go on all the same; NO_COLOR would forbid these too.
        .color_mode(ColorMode::Forced)
        .build();
    let mut editor = Editor::with_config(config)?;
    editor.set_helper(Some(Assistant { table: Arc::clone(table), colour, cleared: cleared.clone() }));
    editor.bind_sequence(Event::Any, EventHandler::Conditional(Box::new(Keys(cleared.clone()))));
    Ok(editor)
}

impl Table {
    fn session(&self) -> MutexGuard<'_, Session> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes an entry; a copy of the session does, which is then the session.
    fn turn(&self, line: String, follower: &'static Follower) -> Outcome {
        let _turn = self.busy.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut copy, style) = (self.session().clone(), self.printer.style());
        follower.reset();
        let begun = Instant::now();
        // What was found while it was typed need not be found again.
        if let Some(evaluation) = self.preview.known(line.trim()).filter(|_| copy.draws_none() && is_question(&line)) {
            self.printer.tell(&Reply::of(glimpse(&evaluation, style)));
            self.time(begun, "known while it was typed");
            return Outcome::Done;
        }
        let done = follower.aside(move || {
            let reply = take(&mut copy, &line, style);
            (copy, reply)
        });
        let reply = match done {
            Done::With((session, reply)) => {
                self.put(session);
                reply
            }
            Done::Stopped => Reply { remark: "stopped; the session stays as it was\n".to_owned(), outcome: Outcome::Stopped, ..Reply::default() },
            Done::Broken => Reply { remark: "the session stays as it was\n".to_owned(), outcome: Outcome::Failed, ..Reply::default() },
        };
        self.printer.tell(&reply);
        if reply.outcome != Outcome::Leave {
            self.time(begun, &follower.told());
        }
        reply.outcome
    }

    /// Tells how long an answer took, if that is to be told.
    fn time(&self, begun: Instant, parts: &str) {
        if self.session().times() == Switch::On {
            let spent = begun.elapsed().as_secs_f64() * 1e3;
            self.printer.tell(&Reply { remark: format!("{spent:.1} ms: {parts}\n"), ..Reply::default() });
        }
    }

    fn put(&self, session: Session) {
        *self.session() = session;
        self.preview.forget();
        *self.names.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn names(&self) -> Arc<Names> {
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(names.get_or_insert_with(|| {
            let session = self.session().clone();
            let facts = session.facts(&[]);
            Arc::new(Names::of(session.project.trees(), facts.model()))
        }))
    }
}

/// Looks after the file that is watched, as long as the session lasts, and prints above the prompt.
fn look_after(table: &Weak<Table>, mut printer: impl ExternalPrinter + Send + 'static) {
    let table = Weak::clone(table);
    // Without a thread nothing is watched, and `:reload` is still there.
    let _ = thread::Builder::new().stack_size(64 << 20).spawn(move || {
        loop {
            thread::sleep(LOOK);
            let Some(table) = table.upgrade() else { return };
            let Ok(_turn) = table.busy.try_lock() else { continue };
            let mut copy = table.session().clone();
            let Some(reply) = copy.look() else { continue };
            table.put(copy);
            if printer.print(table.printer.drawn(&reply)).is_err() {
                return;
            }
        }
    });
}

/// What helps while typing.
struct Assistant {
    table: Arc<Table>,
    colour: Colour,
    cleared: Cleared,
}

impl Helper for Assistant {}

impl Validator for Assistant {
    fn validate(&self, context: &mut ValidationContext<'_>) -> rustyline::Result<ValidationResult> {
        // What is given up need not be whole.
        let is_taken = self.cleared.is_set() || !wants_more(context.input());
        Ok(if is_taken { ValidationResult::Valid(None) } else { ValidationResult::Incomplete })
    }
}

/// A ghost behind what is typed; it is never taken over.
struct Ghost(String);

impl Hint for Ghost {
    fn display(&self) -> &str {
        &self.0
    }

    fn completion(&self) -> Option<&str> {
        None
    }
}

impl Hinter for Assistant {
    type Hint = Ghost;

    fn hint(&self, line: &str, position: usize, _: &Context<'_>) -> Option<Ghost> {
        if position < line.len() || line.trim().is_empty() {
            return None;
        }
        let (session, style) = (self.table.session().clone(), self.table.printer.style());
        let last = line.lines().last().unwrap_or_default().width() + if line.contains('\n') { 0 } else { session.prompt().width() };
        let room = style.width.saturating_sub(last + 1);
        if let Some(command) = line.strip_prefix(':') {
            let found = COMMANDS.iter().find(|known| known.name == command)?;
            let text = format!(" {}", found.takes);
            return (!found.takes.is_empty() && text.width() <= room).then_some(Ghost(text));
        }
        if session.previews == Switch::Off || wants_more(line) {
            return None;
        }
        let ghost = self.table.preview.of(&entered(line), &session, Style { width: room.saturating_sub(4), ..style })?;
        Some(Ghost(format!("  = {ghost}")))
    }
}

impl Highlighter for Assistant {
    fn highlight<'l>(&self, line: &'l str, _: usize) -> Cow<'l, str> {
        match (self.colour, line.contains('\n')) {
            (Colour::Ansi, _) => Cow::Owned(prompted(&paint::line(line), &paint::prompt(GOES_ON))),
            (Colour::Plain, true) => Cow::Owned(prompted(line, GOES_ON)),
            (Colour::Plain, false) => Cow::Borrowed(line),
        }
    }

    fn highlight_prompt<'b, 's: 'b, 'p: 'b>(&'s self, prompt: &'p str, _: bool) -> Cow<'b, str> {
        if self.colour == Colour::Ansi { Cow::Owned(paint::prompt(prompt)) } else { Cow::Borrowed(prompt) }
    }

    fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
        if self.colour == Colour::Ansi { Cow::Owned(paint::ghost(hint)) } else { Cow::Borrowed(hint) }
    }

    fn highlight_char(&self, line: &str, _: usize, _: CmdKind) -> bool {
        self.colour == Colour::Ansi || line.contains('\n')
    }
}

impl Completer for Assistant {
    type Candidate = Pair;

    fn complete(&self, line: &str, position: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<Pair>)> {
        let before = line.get(..position).unwrap_or(line);
        let (start, candidates) = match before.trim_start().strip_prefix(':') {
            Some(command) => self.of_command(command, before.len() - command.len()),
            None => self.of_language(before, 0),
        };
        Ok((start, few(candidates)))
    }
}

impl Assistant {
    /// What completes a text of the language that begins at `base`.
    fn of_language(&self, text: &str, base: usize) -> (usize, Vec<Pair>) {
        let completion = complete(&self.table.names(), text, text.len());
        let pair = |candidate: crate::ide::completion::Candidate| {
            let about = if candidate.detail.is_empty() { candidate.about.unwrap_or_default() } else { candidate.detail };
            Pair { display: detailed(&candidate.text, &about), replacement: candidate.text }
        };
        (base + completion.start, completion.candidates.into_iter().map(pair).collect())
    }

    /// What completes a command, or what it takes.
    fn of_command(&self, text: &str, base: usize) -> (usize, Vec<Pair>) {
        let fitting = |start: usize, typed: &str, words: Vec<(String, String)>| {
            let pair = |(word, about): (String, String)| Pair { display: detailed(&word, &about), replacement: word };
            (start, words.into_iter().filter(|(word, _)| word.starts_with(typed)).map(pair).collect())
        };
        let commands = || COMMANDS.iter().map(|command| (command.name.to_owned(), command.about.to_owned())).collect();
        let Some((name, rest)) = text.split_once(' ') else { return fitting(base, text, commands()) };
        let start = base + name.len() + 1;
        let plain = |words: Vec<String>| words.into_iter().map(|word| (word, String::new())).collect::<Vec<_>>();
        let fits = match meant(name.trim_end_matches('!')).as_slice() {
            [command] => command.fits,
            _ => Fits::Nothing,
        };
        match fits {
            Fits::Nothing => (start, Vec::new()),
            Fits::Command => fitting(start, rest, commands()),
            Fits::File => fitting(start, rest, plain(paths(rest))),
            Fits::Scenario => {
                let names = self.table.names();
                fitting(start, rest, plain(names.scenarios.iter().cloned().chain(["base".to_owned()]).collect()))
            }
            Fits::WhatIf => fitting(start, rest, plain(self.table.session().project.whats().iter().filter_map(|what| replaced_by(what)).collect())),
            Fits::Setting => fitting(start, rest, SETTINGS.iter().map(|one| (one.name.to_owned(), one.about.to_owned())).collect()),
            fits @ (Fits::Name | Fits::List) => {
                let names = self.table.names();
                let sorts = LISTED.iter().filter(|_| fits == Fits::List).map(|sort| ((*sort).to_owned(), String::new()));
                let values = names.values.iter().filter(|value| value.computed).map(|value| (value.path.clone(), value.unit.clone()));
                let instances = names.instances.iter().map(|one| (one.path.clone(), one.kind.clone()));
                let kinds = names.kinds.iter().map(|kind| (kind.name.clone(), "kind".to_owned()));
                let functions = names.functions.iter().map(|one| (one.name.clone(), one.signature.clone()));
                fitting(start, rest, sorts.chain(instances).chain(values).chain(kinds).chain(functions).collect())
            }
            Fits::Language => self.of_language(rest, start),
        }
    }
}

/// The first of many, and how many more there are: that begins with nothing, so that nothing is taken over.
fn few(mut candidates: Vec<Pair>) -> Vec<Pair> {
    let more = candidates.len().saturating_sub(TOLD);
    if more > 0 {
        candidates.truncate(TOLD);
        candidates.push(Pair { display: format!("… and {more} more"), replacement: String::new() });
    }
    candidates
}

/// A candidate with what is to be known of it.
fn detailed(word: &str, about: &str) -> String {
    let mut short: String = about.chars().take(DETAIL).collect();
    if short.len() < about.len() {
        short.push('…');
    }
    if short.is_empty() { word.to_owned() } else { format!("{word}  {short}") }
}
