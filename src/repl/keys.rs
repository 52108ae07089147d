//! Keys: what Enter and Ctrl-C do at a prompt, and what stands before a line that goes on.

use crate::syntax::is_unfinished;
use rustyline::{Cmd, ConditionalEventHandler, Event, EventContext, KeyCode, KeyEvent, Modifiers, RepeatCount};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What stands before a line that goes on the one above.
pub const GOES_ON: &str = "   > ";
/// What holds its place in the text: the editor counts columns there, and knows no prompt but the first.
const PLACE: &str = "\n     ";

/// What was typed, without the places of prompts.
pub fn entered(text: &str) -> String {
    text.replace(PLACE, "\n")
}

/// A text as it is drawn: a prompt in each of its places.
pub fn prompted(text: &str, prompt: &str) -> String {
    text.replace(PLACE, &format!("\n{prompt}"))
}

/// Whether more is to come before a text is an entry. A command is one line.
pub fn wants_more(text: &str) -> bool {
    !text.trim_start().starts_with(':') && is_unfinished(text)
}

/// Whether Ctrl-C has given up the line that is being typed.
#[derive(Clone, Debug, Default)]
pub struct Cleared(Arc<AtomicBool>);

impl Cleared {
    /// Whether it has.
    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Whether it has; the next line has not been given up.
    pub fn take(&self) -> bool {
        self.0.swap(false, Ordering::Relaxed)
    }
}

/// Every key goes through here first.
pub struct Keys(pub Cleared);

impl ConditionalEventHandler for Keys {
    fn handle(&self, event: &Event, _: RepeatCount, _: bool, context: &EventContext<'_>) -> Option<Cmd> {
        let KeyEvent(code, modifiers) = *event.get(0)?;
        let control = |letter: char| code == KeyCode::Char(letter) && modifiers == Modifiers::CTRL;
        // At an interrupt the editor forgets what was typed behind it. So the line is taken like any other, and thrown away.
        let cleared = control('C');
        self.0.0.store(cleared, Ordering::Relaxed);
        if cleared {
            return Some(Cmd::AcceptLine);
        }
        let enters = control('J') || control('M') || code == KeyCode::Enter && modifiers == Modifiers::NONE;
        (enters && wants_more(context.line())).then(|| Cmd::Insert(1, PLACE.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::{GOES_ON, PLACE, entered, prompted};

    #[test]
    fn a_prompt_is_as_wide_as_its_place() {
        assert_eq!(PLACE.len(), GOES_ON.len() + 1);
        assert_eq!(prompted("a = (1 +\n     2)", GOES_ON), "a = (1 +\n   > 2)");
        assert_eq!(entered("cost a {\n       amount = 1\n     }"), "cost a {\n  amount = 1\n}");
        assert_eq!(entered("cost a {\n  amount = 1\n}"), "cost a {\n  amount = 1\n}");
    }
}
