//! `--watch`: a command again whenever its files change; the last good result is not taken away by a mistake.
#![cfg(unix)]

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// Longer than any machine takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a stream has said so far.
fn gathered(mut stream: impl Read + Send + 'static) -> Arc<Mutex<String>> {
    let gathered = Arc::new(Mutex::new(String::new()));
    let into = Arc::clone(&gathered);
    thread::spawn(move || {
        let mut bytes = [0; 4096];
        while let Ok(count @ 1..) = stream.read(&mut bytes) {
            into.lock().expect("nobody panics").push_str(&String::from_utf8_lossy(&bytes[..count]));
        }
    });
    gathered
}

struct Watched {
    child: Child,
    out: Arc<Mutex<String>>,
    err: Arc<Mutex<String>>,
}

impl Watched {
    fn begin(arguments: &[&str], folder: &Path) -> Self {
        let mut child = Command::new(super::BIZ)
            .args(arguments)
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("biz runs");
        let out = gathered(child.stdout.take().expect("it is piped"));
        let err = gathered(child.stderr.take().expect("it is piped"));
        Self { child, out, err }
    }

    /// Waits until something is said for the so-and-so-manieth time.
    fn until(&self, stream: &Arc<Mutex<String>>, wanted: &str, times: usize) {
        let since = Instant::now();
        while stream.lock().expect("nobody panics").matches(wanted).count() < times {
            assert!(since.elapsed() < PATIENCE, "`{wanted}` is not said {times} times: {:?} {:?}", self.out, self.err);
            thread::sleep(Duration::from_millis(20));
        }
    }

    fn end(mut self) {
        assert!(Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().expect("kill runs").success());
        assert_eq!(self.child.wait().expect("it ends").code(), Some(0));
    }
}

fn model(price: u32) -> String {
    format!("import \"costs.biz\"\nmodel stall {{ timeline = 2026-01 to 2026-12, currency = USD }}\nsales = {price} USD/month\nleft = sales - rent\n")
}

#[test]
fn a_run_follows_its_files() {
    let room = super::Room::new("watched");
    room.write("stall.biz", model(700).as_bytes());
    room.write("costs.biz", b"rent = 200 USD/month\n");
    let watched = Watched::begin(&["run", "stall.biz", "--watch", "--only", "left", "--by", "month", "--format", "csv"], &room.path);
    watched.until(&watched.err, "watching stall.biz and 1 imported file; Ctrl-C ends", 1);
    watched.until(&watched.out, ",500\r", 1);
    // The model, then a file that it imports.
    room.write("stall.biz", model(1_700).as_bytes());
    watched.until(&watched.out, ",1500\r", 1);
    room.write("costs.biz", b"rent = 900 USD/month\n");
    watched.until(&watched.out, ",800\r", 1);
    // A mistake is told and nothing is printed in place of the result.
    let before = watched.out.lock().expect("nobody panics").len();
    room.write("costs.biz", b"rent = 900 USD/month + nothing\n");
    watched.until(&watched.err, "there is no `nothing`", 1);
    // A file that has gone is waited for.
    fs::remove_file(room.path.join("stall.biz")).expect("it is there");
    watched.until(&watched.err, "watching for stall.biz to come back", 1);
    assert_eq!(watched.out.lock().expect("nobody panics").len(), before);
    room.write("costs.biz", b"rent = 100 USD/month\n");
    room.write("stall.biz", model(500).as_bytes());
    watched.until(&watched.out, ",400\r", 1);
    watched.end();
}

#[test]
fn a_check_says_that_all_is_well() {
    let room = super::Room::new("watched-check");
    room.write("a.biz", b"rent = 2 USD/month +\n");
    let watched = Watched::begin(&["check", "a.biz", "--watch"], &room.path);
    watched.until(&watched.err, "error[", 1);
    room.write("a.biz", b"model a { currency = USD }\nrent = 2 USD/month\ndouble = rent * 2\n");
    watched.until(&watched.err, "no mistakes", 1);
    watched.end();
}

/// A mistake takes no results away: those of its own file stand as they were, beside those of the others.
#[test]
fn a_mistake_leaves_the_results_of_tests() {
    let room = super::Room::new("watched-tests");
    let model = |rent: &str| format!("model a {{ currency = USD }}\nrent = {rent}\ntest \"rent\" {{ expect rent == 2 USD/month }}\n");
    room.write("a.biz", model("2 USD/month").as_bytes());
    room.write("b.biz", model("2 USD/month").as_bytes());
    let watched = Watched::begin(&["test", "a.biz", "b.biz", "--watch"], &room.path);
    watched.until(&watched.out, "2 passed, 0 failed", 1);
    room.write("a.biz", model("2 USD/month +").as_bytes());
    watched.until(&watched.out, "a.biz, as it was before the mistake\npassed  rent", 1);
    watched.until(&watched.out, "1 passed, 0 failed", 1);
    // Where nothing could be run, nothing is printed.
    room.write("b.biz", model("2 USD/month +").as_bytes());
    watched.until(&watched.err, "b.biz:2:", 1);
    let before = watched.out.lock().expect("nobody panics").len();
    room.write("a.biz", model("3 USD/month").as_bytes());
    watched.until(&watched.out, "0 passed, 1 failed", 1);
    let out = watched.out.lock().expect("nobody panics").clone();
    assert!(out[before..].starts_with("a.biz\n"), "{out}");
    watched.end();
}

#[test]
fn what_a_round_took_is_told_of_it_alone() {
    let room = super::Room::new("watched-timings");
    room.write("a.biz", b"model a { currency = USD }\nrent = 2 USD/month\n");
    let watched = Watched::begin(&["run", "a.biz", "--watch", "--timings", "--dump-tape"], &room.path);
    watched.until(&watched.err, "ms  in all", 1);
    let first = watched.out.lock().expect("nobody panics").clone();
    room.write("a.biz", b"model a { currency = USD }\nrent = 3 USD/month\n");
    watched.until(&watched.err, "ms  in all", 2);
    watched.until(&watched.err, "watching a.biz", 2);
    let both = watched.out.lock().expect("nobody panics").clone();
    assert_eq!(both.len(), 2 * first.len(), "the tape of each round stands once:\n{both}");
    watched.end();
}

#[test]
fn standard_input_can_not_be_watched() {
    let output = Command::new(super::BIZ).args(["check", "-", "--watch"]).stdin(Stdio::null()).output().expect("biz runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("standard input can't be watched"));
}
