//! Ctrl-C ends the samples and not the command.
#![cfg(unix)]

use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

/// More samples than anybody waits for; after a second and a half a SIGINT, as a terminal sends it.
#[test]
fn what_is_done_by_ctrl_c_is_told() {
    stopped(&[]);
}

#[test]
fn ctrl_c_ends_the_watch_over_samples_as_stopped() {
    let err = stopped(&["--watch"]);
    assert!(!err.contains("watching"), "{err}");
}

fn stopped(more: &[&str]) -> String {
    let model = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/bench/r1.biz");
    let child = Command::new(super::BIZ)
        .args(["simulate", model, "--only", "lowest_cash", "--samples", "500M"])
        .args(more)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("biz runs");
    let number = child.id().to_string();
    thread::sleep(Duration::from_millis(1_500));
    assert!(Command::new("kill").args(["-INT", &number]).status().expect("kill runs").success());
    let output = child.wait_with_output().expect("it ends");
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(130), "{err}");
    assert!(out.contains(" of 500,000,000 samples, seed 1"), "{out}");
    assert!(err.contains(" of 500000000 samples: what is told comes from those"), "{err}");
    assert!(out.contains("Lowest cash, USD"), "{out}");
    err.into_owned()
}
