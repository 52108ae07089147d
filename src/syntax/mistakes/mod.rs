//! Mistakes of syntax: one function each, with code, message, places, help and mend.

pub(super) mod brackets;
pub(super) mod characters;
pub(super) mod declarations;
pub(super) mod expressions;
pub(super) mod limits;
pub(super) mod neighbours;
pub(super) mod numbers;

use super::limits::MOST_MISTAKES;
use crate::diagnostic::{Code, Diagnostic, Edit, Fix};
use crate::text::{FileId, Location, Source, Span};
use characters::LOOKALIKE;
use foldhash::HashSet;

/// Up to how many mistakes it is looked for what was meant by a line.
const MOST_LOOKED_INTO: usize = 64;

/// The mistakes found in a file.
#[derive(Debug)]
pub(super) struct Told {
    file: FileId,
    found: Vec<Diagnostic>,
}

impl Told {
    pub fn new(file: FileId) -> Self {
        Self { file, found: Vec::new() }
    }

    /// A span as a place of this file.
    pub fn at(&self, span: Span) -> Location {
        Location::new(self.file, span)
    }

    /// Tells of a mistake at a place.
    pub fn tell(&mut self, mistake: impl FnOnce(Location) -> Diagnostic, span: Span) {
        if self.found.len() < MOST_MISTAKES {
            let at = self.at(span);
            self.found.push(mistake(at));
        }
    }

    /// Tells of a mistake.
    pub fn push(&mut self, mistake: Diagnostic) {
        if self.found.len() < MOST_MISTAKES {
            self.found.push(mistake);
        }
    }

    /// Adds an edit to the mend of the last mistake of a code that touches a place.
    pub fn mend_with(&mut self, code: Code, at: Location, edit: Edit) {
        let touches = |mistake: &&mut Diagnostic| {
            let place = mistake.place().span;
            mistake.code == code && (place.end == at.span.start || place.start == at.span.start)
        };
        if let Some(fix) = self.found.iter_mut().rev().find(touches).and_then(|mistake| mistake.fixes.first_mut()) {
            fix.edits.push(edit);
        }
    }

    /// Whether nothing has been told.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Whether more has been told than anyone mends in one go, so that what was meant need not be looked for.
    pub fn is_much(&self) -> bool {
        self.found.len() > MOST_LOOKED_INTO
    }

    /// Every mistake, by place; of those with one code at one place the first.
    pub fn sorted(mut self, source: &Source) -> Vec<Diagnostic> {
        self.found.sort_by_key(|mistake| mistake.place().span.start);
        self.found.dedup_by(|later, earlier| later.code == earlier.code && later.place() == earlier.place());
        // A sign that looks like another is read as that: where that does not fit either, this is what is wrong.
        let others: HashSet<Span> = self.found.iter().filter(|mistake| mistake.code != LOOKALIKE).map(|mistake| mistake.place().span).collect();
        self.found.retain(|mistake| mistake.code != LOOKALIKE || !others.contains(&mistake.place().span));
        joined(self.found, source)
    }
}

/// Signs of one line that look like others are told at once, and so is what is wrong twice in one way.
fn joined(found: Vec<Diagnostic>, source: &Source) -> Vec<Diagnostic> {
    let mut mistakes: Vec<Diagnostic> = Vec::with_capacity(found.len());
    for mistake in found {
        let line = |known: &Diagnostic| source.position(known.place().span.start).line;
        let alike = |known: &Diagnostic| mistake.code == LOOKALIKE || (mistake.code, &mistake.message, &mistake.help) == (known.code, &known.message, &known.help);
        let is_one = |fixes: &[Fix]| if let [only] = fixes { only.edits.len() == 1 } else { false };
        let once = |known: &Diagnostic| is_one(&mistake.fixes) && known.fixes.len() == 1 && known.fixes.first().map(|fix| &fix.title) == mistake.fixes.first().map(|fix| &fix.title);
        let same = mistakes.last_mut().filter(|known| {
            known.code == mistake.code && line(known) == line(&mistake) && alike(known) && (mistake.code == LOOKALIKE || once(known))
        });
        match same.and_then(|known| Some((known.fixes.first_mut()?, &mut known.labels))) {
            Some((fix, labels)) => {
                if mistake.fixes.iter().all(|other| other.title != fix.title) {
                    fix.title = "write plain signs".into();
                }
                fix.edits.extend(mistake.fixes.into_iter().flat_map(|fix| fix.edits));
                labels.extend(mistake.labels);
            }
            None => mistakes.push(mistake),
        }
    }
    mistakes
}

/// A text cut to what a message can show: one line, and not a long one.
fn short(text: &str) -> String {
    let line = text.lines().next().unwrap_or("").trim_end();
    match line.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or("")),
        None => line.to_owned(),
    }
}

/// The place just in front of a span.
fn before(at: Location) -> Location {
    Location::new(at.file, Span::new(at.span.start, at.span.start))
}

/// The place just behind a span.
fn after(at: Location) -> Location {
    Location::new(at.file, at.span.after())
}
