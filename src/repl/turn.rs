//! Turn: an entry is taken, a command or a text of the language, and answered.

use super::commands;
use super::outcome::Reply;
use super::session::Session;
use crate::export::Style;
use crate::syntax::{Typed, typed};
use crate::text::{FileId, Source};

/// Takes an entry and answers it.
pub fn take(session: &mut Session, text: &str, style: Style) -> Reply {
    let trimmed = text.trim();
    if let Some(command) = trimmed.strip_prefix(':') {
        return commands::take(session, command, style);
    }
    match typed(&Source::new(FileId(0), "<entry>", trimmed)) {
        Typed::Declarations(_) | Typed::Replacement(_) => session.declare(trimmed),
        Typed::Question(_) => session.question(trimmed, style),
    }
}
