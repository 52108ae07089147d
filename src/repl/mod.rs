//! Repl: a session at a prompt. What was accepted, the commands, and the line editor.

mod commands;
mod editor;
mod follow;
mod history;
mod keys;
mod outcome;
mod paint;
mod preview;
mod script;
mod session;
mod turn;

pub use commands::{COMMANDS, Command};
pub use editor::{Printer, converse};
pub use follow::{Follower, follower};
pub use keys::GOES_ON;
pub use outcome::{Outcome, Reply};
pub use script::entries;
pub use session::{EMPTY, Manner, Session, Switch};
pub use turn::take;
