//! Follow: the clock of an answer, and Ctrl-C while it is computed.

use crate::run::{Stage, Watch};
use signal_hook::consts::SIGINT;
use signal_hook::flag;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Room for the deepest formula that the limits allow.
const STACK: usize = 64 << 20;
/// How often Ctrl-C is looked for while an answer is computed.
const OFTEN: Duration = Duration::from_millis(20);
/// How long samples have to end by themselves behind Ctrl-C, so that those that were played can be told.
const GRACE: Duration = Duration::from_millis(500);

/// Who follows the answers of a session.
#[derive(Debug, Default)]
pub struct Follower {
    stop: Arc<AtomicBool>,
    seen: Mutex<Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    now: Option<(Stage, Instant)>,
    spent: Vec<(Stage, Duration)>,
}

/// There is one session at a time.
static FOLLOWER: LazyLock<Follower> = LazyLock::new(Follower::default);

/// Who follows the answers of the session.
pub fn follower() -> &'static Follower {
    &FOLLOWER
}

/// What became of a work that Ctrl-C may stop.
pub enum Done<T> {
    /// It is done; the samples of it may have been stopped.
    With(T),
    /// It was given up.
    Stopped,
    /// It has failed by a fault of the program.
    Broken,
}

impl Follower {
    /// From here on Ctrl-C stops an answer and not the program.
    pub fn listen(&self) {
        // Where the system takes no handler, Ctrl-C ends the program as ever.
        let _ = flag::register(SIGINT, Arc::clone(&self.stop));
    }

    /// Does a work on a thread of its own, so that Ctrl-C ends it whatever it does.
    pub fn aside<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Done<T> {
        self.stop.store(false, Ordering::Relaxed);
        let (told, heard) = channel();
        let worker = thread::Builder::new().stack_size(STACK).spawn(move || told.send(work()));
        if worker.is_err() {
            return Done::Broken;
        }
        let mut stopped: Option<Instant> = None;
        loop {
            match heard.recv_timeout(OFTEN) {
                Ok(done) => return Done::With(done),
                Err(RecvTimeoutError::Disconnected) => return Done::Broken,
                Err(RecvTimeoutError::Timeout) => {}
            }
            if self.stop.load(Ordering::Relaxed) && stopped.get_or_insert_with(Instant::now).elapsed() > GRACE {
                return Done::Stopped;
            }
        }
    }

    /// Begins to measure anew.
    pub fn reset(&self) {
        *self.locked() = Seen::default();
    }

    /// Where the time went: `check 3.1 ms, run 0.4 ms`.
    #[must_use]
    pub fn told(&self) -> String {
        let mut seen = self.locked();
        seen.end();
        let of = |stage: Stage| seen.spent.iter().filter(|(known, _)| *known == stage).map(|(_, spent)| *spent).sum::<Duration>();
        let parts = Stage::ALL.into_iter().map(|stage| (stage, of(stage))).filter(|(_, spent)| !spent.is_zero());
        parts.map(|(stage, spent)| format!("{} {:.1} ms", stage.name(), spent.as_secs_f64() * 1e3)).collect::<Vec<_>>().join(", ")
    }

    fn locked(&self) -> std::sync::MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Watch for Follower {
    fn begins(&self, stage: Stage) {
        let mut seen = self.locked();
        seen.end();
        seen.now = Some((stage, Instant::now()));
    }

    fn goes_on(&self, _: u64, _: u64) -> bool {
        !self.stop.load(Ordering::Relaxed)
    }

    fn sees(&self, _: &dyn Fn() -> String) {}
}

impl Seen {
    fn end(&mut self) {
        if let Some((stage, since)) = self.now.take() {
            self.spent.push((stage, since.elapsed()));
        }
    }
}
