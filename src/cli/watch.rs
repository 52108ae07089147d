//! Watch: the clock, the progress bar and Ctrl-C of a run.

use super::args::Follow;
use super::terminal::{Terminal, Unprintable};
use crate::run::{Stage, Watch};
use crate::workspace::Facts;
use signal_hook::consts::SIGINT;
use signal_hook::flag;
use std::fmt::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

/// How long a run is quiet before it shows how far it is, and how often it does then.
const QUIET: Duration = Duration::from_millis(500);
const OFTEN: Duration = Duration::from_millis(100);
/// Columns of the bar.
const BAR: u64 = 24;

/// The status of a command that Ctrl-C has ended, as shells count it.
pub(super) const STOPPED: u8 = 130;

/// Who follows a run for the person at the terminal.
#[derive(Debug)]
pub(super) struct Watcher {
    /// Set by Ctrl-C.
    stop: Arc<AtomicBool>,
    seen: Mutex<Seen>,
    bar: Mutex<Bar>,
    terminal: Terminal,
    lists: bool,
}

/// What has gone by.
#[derive(Debug, Default)]
struct Seen {
    now: Option<(Stage, Instant)>,
    spent: Vec<(Stage, Duration)>,
    listing: String,
}

/// The bar, if it is to be seen.
#[derive(Debug)]
struct Bar {
    since: Instant,
    drawn: Option<Instant>,
}

/// There is one run at a time, and threads ask while it lasts.
static WATCHER: OnceLock<Watcher> = OnceLock::new();

/// Who follows this run.
pub(super) fn watcher(follow: &Follow, terminal: &Terminal) -> &'static Watcher {
    WATCHER.get_or_init(|| Watcher {
        stop: Arc::new(AtomicBool::new(false)),
        seen: Mutex::default(),
        bar: Mutex::new(Bar { since: Instant::now(), drawn: None }),
        terminal: terminal.clone(),
        lists: follow.dump_tape,
    })
}

impl Watch for Watcher {
    fn begins(&self, stage: Stage) {
        let mut seen = locked(&self.seen);
        // Under `--watch` one run follows another, and each is told by itself.
        if stage == Stage::Read {
            *seen = Seen::default();
        }
        seen.end();
        seen.now = Some((stage, Instant::now()));
        if stage == Stage::Sample {
            self.listen();
        }
        self.clear();
    }

    fn goes_on(&self, done: u64, of: u64) -> bool {
        if self.terminal.draws()
            && let Ok(mut bar) = self.bar.try_lock()
        {
            bar.draw(done, of, &self.terminal);
        }
        !self.stop.load(Ordering::Relaxed)
    }

    fn sees(&self, listing: &dyn Fn() -> String) {
        if self.lists {
            locked(&self.seen).listing.push_str(&listing());
        }
    }
}

impl Watcher {
    /// From here on Ctrl-C ends the samples, not the program; a second time it ends the program.
    fn listen(&self) {
        static ONCE: OnceLock<()> = OnceLock::new();
        ONCE.get_or_init(|| {
            // Where the system takes no handler, Ctrl-C ends the program as ever.
            if flag::register_conditional_shutdown(SIGINT, i32::from(STOPPED), Arc::clone(&self.stop)).is_ok() {
                let _ = flag::register(SIGINT, Arc::clone(&self.stop));
            }
        });
    }

    fn clear(&self) {
        let mut bar = locked(&self.bar);
        if bar.drawn.take().is_some() {
            self.terminal.remark("\r\x1b[K");
        }
        bar.since = Instant::now();
    }

    /// What was to be played, in place of the results.
    pub fn list(&self) -> Result<bool, Unprintable> {
        if self.lists {
            self.terminal.print(&locked(&self.seen).listing)?;
        }
        Ok(self.lists)
    }

    /// Where the time of this run went.
    pub fn tell(&self, facts: &Facts) {
        let mut seen = locked(&self.seen);
        seen.end();
        let mut out = String::new();
        if let Some(cost) = facts.cost {
            // Writing to a string can't fail.
            let _ = writeln!(out, "expected: {}", cost.told());
        }
        let all = || Stage::ALL.into_iter().map(|stage| (stage, seen.of(stage))).filter(|(_, spent)| !spent.is_zero());
        for (stage, spent) in all() {
            let _ = writeln!(out, "{:>10.1} ms  {}", spent.as_secs_f64() * 1e3, stage.name());
        }
        let whole: Duration = all().map(|(_, spent)| spent).sum();
        let _ = writeln!(out, "{:>10.1} ms  in all", whole.as_secs_f64() * 1e3);
        self.terminal.remark(&out);
    }
}

impl Seen {
    fn end(&mut self) {
        if let Some((stage, since)) = self.now.take() {
            self.spent.push((stage, since.elapsed()));
        }
    }

    fn of(&self, stage: Stage) -> Duration {
        self.spent.iter().filter(|(known, _)| *known == stage).map(|(_, spent)| *spent).sum()
    }
}

impl Bar {
    fn draw(&mut self, done: u64, of: u64, terminal: &Terminal) {
        let spent = self.since.elapsed();
        if spent < QUIET || self.drawn.is_some_and(|drawn| drawn.elapsed() < OFTEN) {
            return;
        }
        self.drawn = Some(Instant::now());
        terminal.remark(&line(done, of, spent));
    }
}

/// ` 42% ##########--------------  420000 samples, 3 s left`
fn line(done: u64, of: u64, spent: Duration) -> String {
    let part = done as f64 / of.max(1) as f64;
    let full = ((part * BAR as f64) as u64).min(BAR);
    let left = spent.as_secs_f64() * (1.0 - part) / part.max(1e-9);
    let bar: String = (0..BAR).map(|at| if at < full { '#' } else { '-' }).collect();
    format!("\r{:3.0}% {bar}  {done} samples, {left:.0} s left\x1b[K", part * 100.0)
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::line;
    use std::time::Duration;

    #[test]
    fn a_bar_tells_how_far_it_is() {
        let told = line(250_000, 1_000_000, Duration::from_secs(2));
        assert_eq!(told, "\r 25% ######------------------  250000 samples, 6 s left\x1b[K");
        assert_eq!(line(0, 0, Duration::ZERO), "\r  0% ------------------------  0 samples, 0 s left\x1b[K");
    }
}
