//! Sessions of `biz repl`: every `tests/repl/*.txt` is typed in a folder of its own, and what is printed is compared.
//!
//! ```text
//! What it shows, in a sentence.
//!
//! <<< shop.biz
//! rent = 2k USD/month
//! >>>
//!
//! $ biz repl --echo shop.biz
//! biz> rent * 2
//! 4000 USD/month
//! biz> total(
//!    > rent)
//! 120000 USD
//! ```
//!
//! Behind `$ biz repl --echo` stands the session as a reader sees it, up to the next `$` or the end. What is typed stands
//! behind `biz> ` (or the prompt of a scenario or of what-ifs), and behind `   > ` where an entry goes on; all else is what is
//! printed, results and errors in their order. `? 1` as a last line is the exit status. `<<< NAME` … `>>>` is a file, and
//! `= NAME` … `>>>` what one holds at the end. A line that begins with `-- ` is a word to the reader. A command may begin with
//! `NAME=VALUE`. With `UPDATE_TRANSCRIPTS=1` in the environment the files are written anew with what was printed.

mod pasted;
mod retried;
#[cfg(unix)]
mod terminal;

use crate::support::files;
use crate::support::room::Room;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

pub const BIZ: &str = env!("CARGO_BIN_EXE_biz");

#[test]
fn sessions() {
    let texts = files("tests/repl", "txt");
    assert!(!texts.is_empty(), "there are sessions");
    let wrong: Vec<String> = texts.iter().filter_map(|file| compare(file)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What differs, if anything does.
fn compare(file: &Path) -> Option<String> {
    let text = fs::read_to_string(file).expect("a session is text");
    let room = Room::new(&file.file_stem().expect("it has a name").to_string_lossy());
    let (mut anew, mut wrong) = (String::new(), String::new());
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        anew += &format!("{line}\n");
        if let Some(name) = line.strip_prefix("<<< ") {
            let content = until_end(&mut lines);
            anew += &format!("{content}>>>\n");
            fs::write(room.path.join(name), content).expect("a file can be written");
        } else if let Some(name) = line.strip_prefix("= ") {
            let content = until_end(&mut lines);
            let there = fs::read_to_string(room.path.join(name)).unwrap_or_else(|error| format!("{error}\n"));
            anew += &format!("{there}>>>\n");
            if there != content {
                wrong += &format!("{}: {name}\n--- expected\n{content}--- there\n{there}", file.display());
            }
        } else if let Some(command) = line.strip_prefix("$ ") {
            let mut expected = String::new();
            while let Some(line) = lines.next_if(|line| !["$ ", "<<< ", "= ", "-- "].iter().any(|mark| line.starts_with(mark))) {
                expected += &format!("{line}\n");
            }
            // Blank lines before what follows are for the reader.
            let printed = room.session(command, &typed(&expected));
            if printed.trim_end() != expected.trim_end() {
                wrong += &format!("{}: {command}\n--- expected\n{expected}--- printed\n{printed}", file.display());
            }
            anew += printed.trim_end();
            anew += if lines.peek().is_some() { "\n\n" } else { "\n" };
        }
    }
    if std::env::var_os("UPDATE_TRANSCRIPTS").is_some() && !wrong.is_empty() {
        fs::write(file, anew).expect("a session can be written");
        return None;
    }
    (!wrong.is_empty()).then_some(wrong)
}

fn until_end<'t>(lines: &mut impl Iterator<Item = &'t str>) -> String {
    lines.take_while(|line| *line != ">>>").map(|line| format!("{line}\n")).collect()
}

/// What is typed in a session.
fn typed(session: &str) -> String {
    let mut typed = String::new();
    for line in session.lines() {
        let prompt = line.split_once('>').map(|(prompt, _)| prompt);
        let is_prompt = prompt.is_some_and(|prompt| prompt.starts_with("biz") || prompt.len() > 2 && prompt.chars().all(|letter| letter == ' '));
        if is_prompt {
            typed += &format!("{}\n", line.split_once('>').map_or("", |(_, rest)| rest.strip_prefix(' ').unwrap_or(rest)));
        }
    }
    typed
}

impl Room {
    /// Where no test but this one keeps its history.
    pub fn data(&self) -> PathBuf {
        self.whole.join("data")
    }

    /// What a command prints to whom this is typed; results and errors go into one file, so that their order is kept.
    fn session(&self, line: &str, typed: &str) -> String {
        let words: Vec<&str> = line.split_whitespace().collect();
        let name = words.iter().position(|word| !word.contains('=')).expect("a command");
        assert_eq!(words[name], "biz", "only biz is run: {line}");
        let told = self.whole.join("told");
        let _ = fs::remove_file(&told);
        let out = OpenOptions::new().create(true).append(true).open(&told).expect("a file can be made");
        let err: File = out.try_clone().expect("it can be shared");
        let mut command = Command::new(BIZ);
        for word in &words[..name] {
            let (name, value) = word.split_once('=').expect("NAME=VALUE");
            command.env(name, value);
        }
        let mut child = command
            .args(&words[name + 1..])
            .current_dir(&self.path)
            .env("XDG_DATA_HOME", self.data())
            .stdin(Stdio::piped())
            .stdout(out)
            .stderr(err)
            .spawn()
            .expect("biz runs");
        child.stdin.take().expect("it is piped").write_all(typed.as_bytes()).expect("it listens");
        let code = child.wait().expect("it ends").code().expect("by itself");
        let printed = fs::read_to_string(&told).expect("text");
        if code == 0 { printed } else { format!("{printed}? {code}\n") }
    }
}

/// `biz repl | head -1`: the reader is gone before everything is written.
#[test]
fn a_closed_pipe_is_no_fault() {
    let mut child = Command::new(BIZ)
        .arg("repl")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("biz runs");
    drop(child.stdout.take());
    child.stdin.take().expect("it is piped").write_all(b"1 + 1\n2 + 2\n:help\n").expect("it listens");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

/// A last line without an end counts, and bytes that are no text are told of, not run away from.
#[test]
fn piped_input_is_read_whole() {
    let ask = |input: &[u8]| {
        let mut child = Command::new(BIZ).arg("repl").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("biz runs");
        child.stdin.take().expect("it is piped").write_all(input).expect("it listens");
        let output = child.wait_with_output().expect("it ends");
        (String::from_utf8(output.stdout).expect("text"), output.status.code())
    };
    assert_eq!(ask(b"x = 3 USD\nx * 2"), ("6 USD\n".to_owned(), Some(0)));
    assert_eq!(ask(b"x = (1 +\n2) * 3 USD\r\nx\r\n"), ("9 USD\n".to_owned(), Some(0)));
    assert_eq!(ask(b""), (String::new(), Some(0)));
    assert_eq!(ask(b"x = \xff\n2 * 3\n"), ("6\n".to_owned(), Some(1)));
    assert_eq!(ask(b"\0\n2 * 3\n"), ("6\n".to_owned(), Some(1)));
    // Each as long as a file may be, and read once.
    let line = "1 + ".repeat(250_000) + "1\n2 * 3\n";
    assert_eq!(ask(line.as_bytes()), ("6\n".to_owned(), Some(1)));
    let open = "(\n".repeat(500_000);
    assert_eq!(ask(open.as_bytes()), (String::new(), Some(1)));
    let name = format!(":{}\n2 * 3\n", "x".repeat(1_000_000));
    assert_eq!(ask(name.as_bytes()), ("6\n".to_owned(), Some(2)));
}

/// The reference tells every command, and no other.
#[test]
fn the_reference_tells_every_command() {
    let reference = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("grammar/reference.md")).expect("it is there");
    let section = reference.split("\n## Sessions\n").nth(1).and_then(|rest| rest.split("\n## ").next()).expect("a section");
    let rows = section.lines().filter(|line| line.starts_with("| `:"));
    let heads = rows.filter_map(|line| line.split(" | ").next()).flat_map(|head| head.split("`:").skip(1));
    let mut told: Vec<&str> = heads.map(|head| head.split([' ', '`']).next().unwrap_or("")).collect();
    let mut there: Vec<&str> = biz::repl::COMMANDS.iter().map(|command| command.name).collect();
    told.sort_unstable();
    there.sort_unstable();
    assert_eq!(told, there);
}
