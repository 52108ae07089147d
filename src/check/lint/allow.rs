//! Allow: comments that turn a warning off, `# allow BIZ0801: the rate is fixed by law`, and what is wrong with them.

use super::{Commented, Lint};
use crate::check::mistakes::lints;
use crate::diagnostic::{Diagnostic, Severity};
use crate::syntax::Comment;
use crate::syntax::ast::{Item, Node};
use crate::text::{FileId, Location, Span};
use foldhash::HashMap;

/// Warnings of the checker that are none of a lint's.
const WARNINGS: [&str; 12] =
    ["BIZ0219", "BIZ0224", "BIZ0225", "BIZ0308", "BIZ0414", "BIZ0418", "BIZ0419", "BIZ0420", "BIZ0502", "BIZ0507", "BIZ0509", "BIZ0510"];

/// What is left to tell.
#[derive(Clone, Debug, Default)]
pub struct Allowed {
    /// What no comment turns off.
    pub kept: Vec<Diagnostic>,
    /// What is wrong with the comments: one without a reason, of a code that can't be turned off, or for nothing.
    pub remarks: Vec<Diagnostic>,
}

/// A code in a comment that turns it off.
struct Note {
    code: String,
    at: Location,
    /// The line, from 0, that it speaks of.
    line: u32,
    /// What deletes the comment where it names no other code.
    only: Option<Location>,
    known: bool,
    used: bool,
    /// A warning on its line that no comment turns off.
    meant: Option<&'static str>,
}

/// A line of a file, from 0.
type Line = (FileId, u32);

/// Takes out the warnings that comments turn off. `looked` are the lints that have looked at the model.
#[must_use]
pub fn allow(found: Vec<Diagnostic>, texts: &[Commented<'_>], looked: &[Lint]) -> Allowed {
    let mut allowed = Allowed::default();
    let mut notes: HashMap<Line, Vec<Note>> = HashMap::default();
    let mut lines = Vec::new();
    for text in texts {
        for note in text.comments.iter().flat_map(|comment| read(text, *comment, &mut allowed.remarks)) {
            let line = (text.file.id, note.line);
            lines.push(line);
            notes.entry(line).or_default().push(note);
        }
    }
    if notes.is_empty() {
        return Allowed { kept: found, ..allowed };
    }
    for diagnostic in found {
        let lines = lines_of(&diagnostic, texts);
        let code = diagnostic.code.0;
        let on_line = |line: &Line| notes.get(line).and_then(|notes| notes.iter().position(|note| note.known && note.code == code));
        // An error is mended, also one whose code is that of a warning elsewhere.
        let is_warning = diagnostic.severity == Severity::Warning;
        let note = lines.iter().filter(|_| is_warning).find_map(|line| Some((*line, on_line(line)?)));
        match note.and_then(|(line, at)| notes.get_mut(&line)?.get_mut(at)) {
            Some(note) => note.used = true,
            None => {
                // What a comment with a wrong code may have meant.
                for line in lines.iter().filter(|_| is_allowable(code)) {
                    notes.get_mut(line).into_iter().flatten().for_each(|note| note.meant = note.meant.or(Some(code)));
                }
                allowed.kept.push(diagnostic);
            }
        }
    }
    lines.dedup();
    for note in lines.iter().filter_map(|line| notes.get(line)).flatten().filter(|note| !note.used) {
        let lint = Lint::ALL.iter().find(|lint| lint.code() == note.code);
        if !note.known {
            allowed.remarks.push(lints::not_allowable(&note.code, note.at, note.meant));
        } else if lint.is_none_or(|lint| looked.contains(lint)) {
            allowed.remarks.push(lints::allows_nothing(&note.code, note.at, note.only));
        }
    }
    allowed
}

/// The lines by which a comment can speak of a warning: its own, and that where the definition begins that holds it.
fn lines_of(diagnostic: &Diagnostic, texts: &[Commented<'_>]) -> Vec<Line> {
    let at = diagnostic.place();
    let text = texts.iter().find(|text| text.file.id == at.file).filter(|_| diagnostic.severity == Severity::Warning);
    let Some(text) = text else { return Vec::new() };
    let innermost = innermost(&text.file.items, at.span).unwrap_or(at.span);
    [at.span.start, innermost.start].map(|byte| (at.file, text.source.line_of(byte))).to_vec()
}

/// The innermost line or declaration that holds a place. Declarations stand in the order written.
fn innermost(items: &[Item], place: Span) -> Option<Span> {
    let holds = |span: Span| span.holds(place);
    let before = items.partition_point(|item| item.span.start <= place.start);
    let item = items.get(before.checked_sub(1)?).filter(|item| holds(item.span))?;
    let inside = match &item.node {
        Node::Model(model) => innermost(&model.settings, place),
        Node::Kind(kind) => innermost(&kind.members, place),
        Node::Instance(instance) => innermost(&instance.members, place),
        Node::Scenario(scenario) => innermost(&scenario.replacements, place),
        Node::Test(test) => test.steps.iter().map(|step| step.span).find(|span| holds(*span)),
        Node::Goal(goal) => goal.lines.iter().map(|line| line.span).find(|span| holds(*span)),
        Node::Unit { .. } | Node::Currency(_) | Node::Rate { .. } | Node::Import(_) | Node::Definition(_) | Node::Function(_)
        | Node::Require(_) | Node::Correlate { .. } | Node::Statement(_) | Node::Broken => None,
    };
    Some(inside.unwrap_or(item.span))
}

/// The codes that a comment turns off; none for one that says something else.
fn read(text: &Commented<'_>, comment: Comment, remarks: &mut Vec<Diagnostic>) -> Vec<Note> {
    let source = text.source;
    let written = source.slice(comment.span);
    let Some(rest) = written.trim_start_matches('#').trim_start().strip_prefix("allow").filter(|_| !comment.doc) else { return Vec::new() };
    let (codes, reason) = rest.split_once([':', '：']).map_or((rest, None), |(codes, reason)| (codes, Some(reason)));
    if !codes.trim_start().to_ascii_uppercase().starts_with("BIZ") || !rest.starts_with(char::is_whitespace) {
        return Vec::new();
    }
    let at = Location::new(source.id, comment.span);
    if !reason.is_some_and(|reason| reason.contains(char::is_alphanumeric)) {
        remarks.push(lints::allow_without_reason(at, if reason.is_some() { " WHY" } else { ": WHY" }));
    }
    let (line, whole) = reach(text, comment);
    let words: Vec<&str> = words(codes).into_iter().filter(|word| reason.is_some() || looks_like_code(word)).collect();
    let only = (words.len() == 1).then_some(Location::new(source.id, whole));
    let note = |word: &str| {
        let at = Location::new(source.id, place_in(written, word, comment.span.start));
        let code = word.to_ascii_uppercase();
        Note { known: is_allowable(&code), code, at, line, only, used: false, meant: None }
    };
    words.into_iter().map(note).collect()
}

/// Whether a comment can turn a code off.
fn is_allowable(code: &str) -> bool {
    WARNINGS.contains(&code) || Lint::ALL.iter().any(|lint| lint.code() == code)
}

fn words(codes: &str) -> Vec<&str> {
    codes.split(|letter: char| letter.is_whitespace() || [',', '，', '、'].contains(&letter)).filter(|word| !word.is_empty()).collect()
}

fn looks_like_code(word: &str) -> bool {
    word.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("BIZ"))
}

/// Where a word, a part of a text that begins at a byte, stands.
fn place_in(whole: &str, word: &str, start: u32) -> Span {
    let before = whole.find(word).unwrap_or(0) as u32;
    Span::new(start + before, start + before + word.len() as u32)
}

/// The line that a comment speaks of: its own, or the next where nothing else stands on its own. And what goes with the
/// comment when it is taken away.
fn reach(text: &Commented<'_>, comment: Comment) -> (u32, Span) {
    let source = text.source;
    let own = source.line_of(comment.span.start);
    let before = source.slice(Span::new(source.line_start(own), comment.span.start));
    if !before.trim().is_empty() {
        let kept = before.trim_end().len() as u32;
        return (own, Span::new(source.line_start(own) + kept, comment.span.end));
    }
    let is_comment = |line: u32| source.slice(source.line_span(line)).trim_start().starts_with('#');
    let line = (own + 1..source.line_count()).find(|line| !is_comment(*line)).unwrap_or(own);
    (line, Span::new(source.line_start(own), source.line_start(own + 1)))
}
