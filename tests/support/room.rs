//! Rooms: a folder of its own for each test that runs `biz`.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A folder of its own, gone at the end.
pub struct Room {
    pub whole: PathBuf,
    /// The folder commands run in, one below, so that there is something outside of it.
    pub path: PathBuf,
}

impl Room {
    /// One that no other test has, with a name that tells whose it is.
    pub fn new(name: &str) -> Self {
        static MADE: AtomicUsize = AtomicUsize::new(0);
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let whole = std::env::temp_dir().join(format!("biz-{name}-{}-{number}", std::process::id()));
        let _ = fs::remove_dir_all(&whole);
        let path = whole.join("project");
        fs::create_dir_all(&path).expect("a folder can be made");
        Self { whole, path }
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.whole);
    }
}
