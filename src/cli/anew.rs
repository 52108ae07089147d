//! Anew: a command again whenever a file of its models changes; the last good result stays on the screen.

use super::status::Status;
use super::terminal::{Kept, Terminal, Unprintable};
use crate::diagnostic::escape::one_line;
use crate::workspace::{STDIN, Stamp};
use signal_hook::consts::SIGINT;
use signal_hook::flag;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

/// How often files are looked at.
const OFTEN: Duration = Duration::from_millis(200);
/// How long files have to rest before they are read: some editors write in several steps.
const REST: Duration = Duration::from_millis(60);
/// How many rests a file may be away that an editor is putting in place of the old one.
const AWAY: usize = 6;

/// Runs a command, and again after each change of its files, until Ctrl-C.
pub(super) fn anew(
    files: &[String],
    terminal: &Terminal,
    command: impl Fn(&Terminal) -> Result<Status, Unprintable>,
) -> Result<Status, Unprintable> {
    if files.iter().any(|file| file == STDIN) {
        terminal.remark("error: standard input can't be watched\n  help: name a file, or leave `--watch` out\n");
        return Ok(Status::Usage);
    }
    if terminal.tells_at_the_end() {
        terminal.remark("error: a command that goes on has no end at which a document could be written\n  help: choose another `--message-format`, or leave `--watch` out\n");
        return Ok(Status::Usage);
    }
    let stop = Arc::new(AtomicBool::new(false));
    // Where the system takes no handler, Ctrl-C ends the program as ever.
    let _ = flag::register(SIGINT, Arc::clone(&stop));
    // Lives as long as the command, which is until the program ends.
    let kept: &'static Kept = Box::leak(Box::default());
    let mut good = String::new();
    loop {
        let stamp = Stamp::of(files);
        let status = command(&terminal.keeping(kept))?;
        let (out, err) = kept.take();
        show(&out, &err, &mut good, terminal)?;
        // The Ctrl-C that ended the samples ends the watch over them too.
        if status == Status::Stopped {
            return Ok(status);
        }
        terminal.remark(&format!("watching {}; Ctrl-C ends\n", one_line(&stamp.told())));
        loop {
            if stop.load(Ordering::Relaxed) {
                return Ok(Status::Fine);
            }
            thread::sleep(OFTEN);
            if stamp.has_changed() {
                break;
            }
        }
        rest(files);
    }
}

/// Waits until the files do not change any more.
fn rest(files: &[String]) {
    let mut before = Stamp::of(files);
    let mut away = 0;
    loop {
        thread::sleep(REST);
        let now = Stamp::of(files);
        away += 1;
        if now == before && (now.is_complete() || away >= AWAY) {
            return;
        }
        before = now;
    }
}

/// Shows a result; in place of one that there is not, the last.
fn show(out: &str, err: &str, good: &mut String, terminal: &Terminal) -> Result<(), Unprintable> {
    let is_new = !out.is_empty() || err.is_empty();
    if terminal.is_seen() {
        if is_new {
            out.clone_into(good);
        }
        // Home, and everything below is cleared: what was scrolled away stays.
        terminal.print(&format!("\x1b[H\x1b[2J{good}"))?;
        if !is_new && !good.is_empty() {
            terminal.remark("\nThe result above is the last good one.\n\n");
        }
    } else {
        terminal.print(out)?;
    }
    terminal.retell(err);
    if out.is_empty() && err.is_empty() {
        terminal.remark("no mistakes\n");
    }
    Ok(())
}
