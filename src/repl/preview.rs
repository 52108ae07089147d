//! Preview: the value of what is being typed, if it can be had in time.

use super::session::Session;
use crate::export::glimpse::ghost;
use crate::export::Style;
use crate::report::Evaluation;
use crate::run::Nobody;
use crate::syntax::ast::{self, Node};
use crate::syntax::{Typed, typed};
use crate::text::{FileId, Source};
use crate::workspace::{Ask, Facts, Limits, Samples};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How long a keystroke waits for a value.
const DEADLINE: Duration = Duration::from_millis(25);
/// What a preview may compute: what takes longer is not worth a ghost.
const LIMITS: Limits = Limits { cells: 2_000_000, bytes: 256 << 20 };

/// A value that was found while its expression was typed.
#[derive(Clone, Debug)]
struct Value {
    evaluation: Evaluation,
    ghost: Option<String>,
}

/// A worker that knows the value of the last text that it was given.
#[derive(Debug)]
pub struct Preview {
    desk: Arc<Desk>,
}

#[derive(Debug, Default)]
struct Desk {
    slip: Mutex<Slip>,
    news: Condvar,
}

#[derive(Debug, Default)]
struct Slip {
    /// What is to be computed next.
    wanted: Option<(String, Session, Style)>,
    /// What was computed last.
    known: Option<(String, Option<Value>)>,
    /// How often it has been forgotten: a value of an earlier model is none of this one.
    age: u64,
    closed: bool,
}

impl Preview {
    /// Begins to work.
    pub fn new() -> Self {
        let desk = Arc::new(Desk::default());
        let own = Arc::clone(&desk);
        // Without a thread there is no preview, and all else goes on.
        let _ = thread::Builder::new().stack_size(64 << 20).spawn(move || own.work());
        Self { desk }
    }

    /// The value of a text, if it is known or soon will be.
    pub fn of(&self, text: &str, session: &Session, style: Style) -> Option<String> {
        let expression = computable(text)?;
        let until = Instant::now() + DEADLINE;
        let mut slip = self.desk.locked();
        if slip.known.as_ref().is_none_or(|(known, _)| *known != expression) {
            slip.wanted = Some((expression.clone(), session.clone(), style));
            self.desk.news.notify_all();
        }
        loop {
            if let Some((_, value)) = slip.known.as_ref().filter(|(known, _)| *known == expression) {
                return value.as_ref().and_then(|value| value.ghost.clone());
            }
            let left = until.checked_duration_since(Instant::now())?;
            slip = self.desk.news.wait_timeout(slip, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// The whole value of a text, if it is known already.
    pub fn known(&self, text: &str) -> Option<Evaluation> {
        let slip = self.desk.locked();
        let (known, value) = slip.known.as_ref()?;
        value.as_ref().filter(|_| known == text).map(|value| value.evaluation.clone())
    }

    /// Forgets what it knows: the model is another.
    pub fn forget(&self) {
        let mut slip = self.desk.locked();
        (slip.wanted, slip.known) = (None, None);
        slip.age += 1;
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        self.desk.locked().closed = true;
        self.desk.news.notify_all();
    }
}

impl Desk {
    fn locked(&self) -> MutexGuard<'_, Slip> {
        self.slip.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self) {
        loop {
            let mut slip = self.locked();
            let ((text, session, style), age) = loop {
                if slip.closed {
                    return;
                }
                match slip.wanted.take() {
                    Some(wanted) => break (wanted, slip.age),
                    None => slip = self.news.wait(slip).unwrap_or_else(PoisonError::into_inner),
                }
            };
            drop(slip);
            let value = value(&text, &session, style);
            let mut slip = self.locked();
            if slip.age == age {
                slip.known = Some((text, value));
            }
            drop(slip);
            self.news.notify_all();
        }
    }
}

/// The expression whose value is worth a look: a question that can be read, or what a definition says.
fn computable(text: &str) -> Option<String> {
    let trimmed = text.trim();
    let source = Source::new(FileId(0), "<entry>", trimmed);
    let whole = match typed(&source) {
        Typed::Question(fragment) => fragment.node.is_some(),
        Typed::Declarations(parsed) => {
            let [item] = parsed.file.items.as_slice() else { return None };
            let Node::Definition(definition) = &item.node else { return None };
            let Some(ast::Value::Equals(expr)) = definition.value else { return None };
            return parsed.mistakes.is_empty().then(|| source.slice(parsed.file.expr(expr).span).to_owned());
        }
        Typed::Replacement(fragment) => {
            let Some(ast::Value::Equals(expr)) = fragment.node?.value else { return None };
            return Some(source.slice(fragment.file.expr(expr).span).to_owned());
        }
    };
    // A number alone says what it is.
    (whole && !trimmed.is_empty() && trimmed.contains(|letter: char| !letter.is_ascii_digit())).then(|| trimmed.to_owned())
}

/// None for what has mistakes, and for what samples would have to tell.
fn value(text: &str, session: &Session, style: Style) -> Option<Value> {
    let queries = [text.to_owned()];
    let ask = Ask { queries: &queries, samples: Some(Samples::NONE), limits: LIMITS, watch: Some(&Nobody), ..session.ask() };
    if let Some(evaluation) = session.project.retry(&ask).and_then(|evaluations| evaluations.into_iter().next()) {
        let ghost = ghost(&evaluation, style).filter(|ghost| ghost != text);
        return Some(Value { evaluation, ghost });
    }
    // What has not been told yet is for the answer to tell.
    let quiet = |facts: &Facts| facts.mistakes.iter().all(|mistake| session.has_told(mistake));
    let mut facts = Some(session.project.facts(&ask)).filter(quiet)?;
    let evaluation = facts.evaluate()?.into_iter().next()?;
    let found = quiet(&facts) && !facts.across;
    let ghost = ghost(&evaluation, style).filter(|ghost| ghost != text);
    found.then_some(Value { evaluation, ghost })
}
