//! Transcripts of the command line: every `tests/cli/*.txt` is run in a folder of its own and compared.
//!
//! ```text
//! What it shows, in a sentence.
//!
//! <<< shop.biz
//! rent = 2_000 USD/month
//! >>>
//!
//! $ biz eval shop.biz rent
//! | 2000 USD/month
//! $ biz eval shop.biz rant
//! ! error[BIZ0101]: there is no `rant`
//! ! ...
//! ? 2
//! ```
//!
//! `|` begins a line of standard output, `!` one of standard error, `?` the exit status where it is not 0, and `| ...` or
//! `! ...` stand for any lines. `<<< NAME` … `>>>` is a file; behind `<<< NAME escaped` stand
//! `\r`, `\\`, `\xFF` for a byte, `\repeat(N,TEXT)`, and lines are joined by what is written alone. `folder NAME` makes
//! a folder, `link NAME TARGET` a link. A command may begin with `NAME=VALUE` and end with `< FILE`. With
//! `UPDATE_TRANSCRIPTS=1` in the environment the files are written anew with what was printed.

mod completed;
mod manual;
mod projects;
mod revisions;
mod stopped;
mod transcript;
mod watched;

use crate::support::files;
use crate::support::room::Room;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use transcript::{Printed, Step, Transcript};

const BIZ: &str = env!("CARGO_BIN_EXE_biz");

#[test]
fn transcripts() {
    let texts = files("tests/cli", "txt");
    assert!(!texts.is_empty(), "there are transcripts");
    let wrong: Vec<String> = texts.iter().filter_map(|file| compare(file)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What differs, if anything does.
fn compare(file: &Path) -> Option<String> {
    let text = fs::read_to_string(file).expect("a transcript is text");
    let transcript = Transcript::parse(&text);
    let room = Room::new(&file.file_stem().expect("it has a name").to_string_lossy());
    let mut wrong = String::new();
    let mut anew = Vec::new();
    for step in &transcript.steps {
        match step {
            Step::Text(line) => anew.push(line.clone()),
            Step::File { name, bytes, lines } => {
                room.write(name, bytes);
                anew.extend(lines.iter().cloned());
            }
            Step::Folder { name, line } => {
                fs::create_dir_all(room.path.join(name)).expect("a folder can be made");
                anew.push(line.clone());
            }
            Step::Link { name, target, line } => {
                link(target, &room.path.join(name));
                anew.push(line.clone());
            }
            Step::Command { line, expected } => {
                let printed = room.run(line);
                if expected.matches(&printed) {
                    anew.extend(expected.lines.iter().cloned());
                } else {
                    wrong += &format!("{}: {line}\n--- expected\n{}\n--- printed\n{}\n",
                        file.display(), expected.lines[1..].join("\n"), printed.lines().join("\n"));
                    anew.push(format!("$ {line}"));
                    anew.extend(printed.lines());
                }
            }
        }
    }
    if std::env::var_os("UPDATE_TRANSCRIPTS").is_some() && !wrong.is_empty() {
        fs::write(file, anew.join("\n") + "\n").expect("a transcript can be written");
        return None;
    }
    (!wrong.is_empty()).then_some(wrong)
}

#[cfg(unix)]
fn link(target: &str, at: &Path) {
    std::os::unix::fs::symlink(target, at).expect("a link can be made");
}

#[cfg(not(unix))]
fn link(_: &str, _: &Path) {}

impl Room {
    fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path.join(name);
        fs::create_dir_all(path.parent().expect("it lies in the folder")).expect("a folder can be made");
        fs::write(path, bytes).expect("a file can be written");
    }

    fn run(&self, line: &str) -> Printed {
        let mut words = transcript::words(line);
        let input = words.iter().position(|word| word == "<").map(|at| {
            let file = words.get(at + 1).cloned().expect("a file behind <");
            words.truncate(at);
            file
        });
        let name = words.iter().position(|word| !word.contains('=')).expect("a command");
        let arguments = words.split_off(name + 1);
        let mut command = Command::new(BIZ);
        assert_eq!(words.pop().as_deref(), Some("biz"), "only biz is run: {line}");
        for word in &words {
            let (name, value) = word.split_once('=').expect("NAME=VALUE");
            command.env(name, value);
        }
        let input = input.map_or_else(Stdio::null, |file| fs::File::open(self.path.join(file)).expect("it is there").into());
        let output = command.args(&arguments).current_dir(&self.path).stdin(input).output().expect("biz runs");
        Printed {
            out: String::from_utf8(output.stdout).expect("text"),
            err: String::from_utf8(output.stderr).expect("text"),
            code: output.status.code().expect("biz ends by itself"),
        }
    }
}

/// `biz completions bash | head -c 1`: the reader is gone before everything is written.
#[test]
fn a_closed_pipe_is_no_fault() {
    let mut child = Command::new(BIZ)
        .args(["completions", "zsh"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("biz runs");
    drop(child.stdout.take());
    let mut told = String::new();
    child.stderr.take().expect("it is piped").read_to_string(&mut told).expect("text");
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
    assert_eq!(told, "");
}

/// Every example can be begun with, and nothing else is offered.
#[test]
fn templates_are_the_examples() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let room = Room::new("templates");
    let mut names: Vec<String> = fs::read_dir(&examples)
        .expect("the folder is there")
        .filter_map(|entry| entry.expect("it can be read").file_name().to_string_lossy().strip_suffix(".biz").map(str::to_owned))
        .collect();
    names.sort();
    for name in &names {
        let printed = room.run(&format!("biz new {name}"));
        assert_eq!(printed.code, 0, "{}", printed.err);
        let (written, example) = (room.path.join(format!("{name}.biz")), examples.join(format!("{name}.biz")));
        assert_eq!(fs::read(written).expect("it was written"), fs::read(example).expect("it is there"));
    }
    let listed = room.run("biz new").out;
    let listed: Vec<&str> = listed
        .lines()
        .filter_map(|line| line.strip_prefix("  ").filter(|line| !line.starts_with(' ')))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert_eq!(listed, names);
}
