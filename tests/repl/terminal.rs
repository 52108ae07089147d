//! A session at a real terminal: keys go in, and what is drawn comes out.

use super::{BIZ, Room};
use rexpect::session::{PtySession, spawn_command};
use std::fs;
use std::process::Command;
use std::time::Duration;

/// A slow machine is no failure.
const PATIENCE: u64 = 60_000;

/// What a prompt sends to the terminal before it reads keys: pasted text is to be marked.
const READS: &str = "\u{1b}[?2004h";
const TAB: &str = "\t";
const CTRL_C: char = 'c';
const CTRL_D: char = 'd';

fn open(room: &Room, arguments: &[&str], environment: &[(&str, &str)]) -> PtySession {
    let mut command = Command::new(BIZ);
    command.arg("repl").args(arguments).current_dir(&room.path).env("XDG_DATA_HOME", room.data()).env("TERM", "xterm").env("LC_ALL", "C.UTF-8").env_remove("NO_COLOR");
    for (name, value) in environment {
        command.env(name, value);
    }
    spawn_command(command, Some(PATIENCE)).expect("a terminal")
}

fn leave(mut session: PtySession) {
    // What is typed before the prompt is there may be lost, and who has left listens no more.
    for _ in 0..5 {
        let _ = session.send_control(CTRL_D);
        std::thread::sleep(Duration::from_millis(300));
    }
    session.exp_eof().expect("it leaves");
    let status = format!("{:?}", session.process().wait().expect("it ends"));
    assert!(status.starts_with("Exited(") && status.ends_with(", 0)"), "it leaves without a failure: {status}");
}

#[test]
fn a_terminal_is_answered() {
    let room = Room::new("answered");
    let mut session = open(&room, &[], &[("NO_COLOR", "1")]);
    session.exp_string("biz> ").expect("a prompt");
    session.send_line("price = 20 USD").expect("it listens");
    let seen = session.exp_string("price : USD").expect("what was accepted");
    assert!(!seen.contains("\u{1b}[1m") && !seen.contains("\u{1b}[3"), "NO_COLOR is heard: {seen:?}");
    // A bracket that is open goes on below.
    session.send_line("total_of = (price +").expect("it listens");
    session.exp_string("\n   > ").expect("a prompt of its own");
    session.send_line("price) * 2").expect("it listens");
    session.exp_string("total_of : USD").expect("an entry of two lines");
    session.send_line("total_of").expect("it listens");
    session.exp_string("80 USD").expect("a value");
    session.exp_string(READS).expect("the next prompt");
    // A line that is cleared is not taken, be it whole or not; what is typed right behind is.
    session.send_line("price = 99 USD\u{3}price + 1 USD").expect("it listens");
    session.exp_string("21 USD").expect("the value from before");
    session.send_line("(price + \u{3}price + 2 USD").expect("it listens");
    session.exp_string("22 USD").expect("the value from before");
    leave(session);
    // What was typed is remembered in the user's data directory.
    let history = fs::read_to_string(room.data().join("biz/history")).expect("a history");
    assert!(history.contains("price = 20 USD") && !history.contains("99 USD"), "{history}");
}

#[test]
fn colours_and_ghosts_are_shown_while_typing() {
    let room = Room::new("colours");
    let mut session = open(&room, &[], &[]);
    session.exp_string("biz> ").expect("a prompt");
    session.send_line("price = 20 USD").expect("it listens");
    session.exp_string("\u{1b}[32m20\u{1b}[0m").expect("a number in its colour");
    session.exp_string("price : USD").expect("what was accepted");
    session.send("price * 3").expect("it listens");
    // A value that comes late is shown at the next key.
    for _ in 0..20 {
        std::thread::sleep(Duration::from_millis(200));
        session.send(" \u{7f}").expect("it listens");
        session.flush().expect("it is sent");
    }
    session.exp_string("= 60 USD").expect("a ghost, before Enter");
    session.send_line("").expect("it listens");
    session.exp_string("60 USD").expect("the answer");
    session.send_line("a = 20 USD growing 5%/month").expect("it listens");
    session.send_line("b = 30 USD growing 4%/month").expect("it listens");
    session.send_line(":plot a, b").expect("it listens");
    session.exp_string("\u{1b}[36m").expect("the first line in its colour, which nothing that was typed has");
    leave(session);
}

#[test]
fn names_are_completed_by_what_fits() {
    let room = Room::new("completed");
    fs::write(room.path.join("plan.biz"), "unit seat\nseats_sold = 3 seat\n").expect("it can be written");
    let mut session = open(&room, &[], &[("NO_COLOR", "1")]);
    session.exp_string("biz> ").expect("a prompt");
    session.send(&format!(":lo{TAB}")).expect("it listens");
    session.send(&format!(" pl{TAB}")).expect("it listens");
    session.send_line("").expect("it listens");
    session.exp_string("biz> ").expect("it is loaded");
    session.send(&format!("seats{TAB}")).expect("it listens");
    session.send_line(" * 2").expect("it listens");
    session.exp_string("6 seat").expect("the completed name's value");
    leave(session);
}

#[test]
fn a_watched_file_is_read_again_and_may_vanish() {
    let room = Room::new("watched");
    let file = room.path.join("plan.biz");
    fs::write(&file, "rent = 2 USD\n").expect("it can be written");
    let mut session = open(&room, &["plan.biz"], &[("NO_COLOR", "1")]);
    session.exp_string("biz> ").expect("a prompt");
    session.send_line(":watch").expect("it listens");
    session.exp_string("watching `plan.biz`").expect("it watches");
    // Some systems count the time of a file in seconds; its length tells.
    fs::write(&file, "rent = 3000 USD\n").expect("it can be written");
    session.exp_string("`plan.biz` has changed: read again").expect("it is read again");
    session.send_line("rent").expect("it listens");
    session.exp_string("3000 USD").expect("the new value");
    fs::remove_file(&file).expect("it can be removed");
    session.exp_string("`plan.biz` is gone").expect("it is told");
    session.send_line("rent * 2").expect("it listens");
    session.exp_string("6000 USD").expect("what was read is still there");
    fs::write(&file, "rent = = USD\n").expect("it can be written");
    session.exp_string("the session stays as it was").expect("a broken file changes nothing");
    session.send_line("rent * 3").expect("it listens");
    session.exp_string("9000 USD").expect("what was read is still there");
    leave(session);
}

#[test]
fn a_run_is_stopped_and_the_session_goes_on() {
    let room = Room::new("stopped");
    fs::write(room.path.join("plan.biz"), "model plan { timeline = 2026-01 to 2035-12 }\nunit user\na ~ 1 user to 9 user\nb ~ normal(3 user, 1 user) each period\nc = accumulate(a * b / 1 user / 1 month, from: 0 user)\n").expect("it can be written");
    let mut session = open(&room, &["plan.biz"], &[("NO_COLOR", "1")]);
    session.exp_string("biz> ").expect("a prompt");
    session.send_line(":set samples 10M").expect("it listens");
    session.exp_string("biz> ").expect("it is set");
    session.send_line("final(c)").expect("it listens");
    std::thread::sleep(Duration::from_millis(1_500));
    session.send_control(CTRL_C).expect("it listens");
    session.exp_regex("stop").expect("it is told");
    session.send_line(":set samples 0").expect("it listens");
    session.send_line("1 + 2").expect("it listens");
    session.exp_string("\n3\r\n").expect("the session goes on");
    leave(session);
}

#[test]
fn a_narrow_terminal_is_no_fault() {
    let room = Room::new("narrow");
    fs::write(room.path.join("plan.biz"), "model plan { timeline = 2026-01 to 2030-12 }\n市场 = 3万 USD/month growing 10%/year\n").expect("it can be written");
    // The shell sets the size of the terminal before the session begins.
    let mut command = Command::new("sh");
    let line = format!("stty cols 20 rows 10; exec '{BIZ}' repl plan.biz");
    command.args(["-c", &line]).current_dir(&room.path).env("XDG_DATA_HOME", room.data()).env("TERM", "xterm").env("LC_ALL", "C.UTF-8").env("NO_COLOR", "1");
    let mut session = spawn_command(command, Some(PATIENCE)).expect("a terminal");
    session.exp_string("biz> ").expect("a prompt");
    for line in ["市场", ":list", ":help", ":table", ":plot 市场", ":what 市场 = 4万 USD/month", ":diff", ":why 市场", "市场 +"] {
        session.send_line(line).expect("it listens");
    }
    session.send_line("1 USD/month").expect("it listens");
    session.send_line("40 + 2").expect("it listens");
    session.exp_string("\n42\r\n").expect("an answer behind all the others");
    leave(session);
}
