//! Repl: a session at a prompt. What was accepted, the commands, and the line editor.

mod commands;
mod outcome;
mod script;
mod session;
mod turn;

pub use outcome::{Outcome, Reply};
pub use script::entries;
pub use session::{Manner, Session};
pub use turn::take;
