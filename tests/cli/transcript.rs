//! The form of a transcript: files, commands and what they print.

/// A transcript, step by step.
pub struct Transcript {
    pub steps: Vec<Step>,
}

/// A part of a transcript.
pub enum Step {
    /// Words for the reader.
    Text(String),
    File { name: String, bytes: Vec<u8>, lines: Vec<String> },
    Folder { name: String, line: String },
    Link { name: String, target: String, line: String },
    Command { line: String, expected: Expected },
}

/// What a command should print.
#[derive(Default)]
pub struct Expected {
    out: Vec<Line>,
    err: Vec<Line>,
    code: i32,
    /// As written, the command first.
    pub lines: Vec<String>,
}

enum Line {
    Is(String),
    /// `| ...`
    Any,
}

/// What a command printed.
pub struct Printed {
    pub out: String,
    pub err: String,
    pub code: i32,
}

impl Transcript {
    pub fn parse(text: &str) -> Self {
        let mut steps = Vec::new();
        let mut lines = text.lines().peekable();
        while let Some(line) = lines.next() {
            let step = if let Some(head) = line.strip_prefix("<<< ") {
                let mut written = vec![line.to_owned()];
                for line in lines.by_ref() {
                    written.push(line.to_owned());
                    if line == ">>>" {
                        break;
                    }
                }
                assert_eq!(written.last().map(String::as_str), Some(">>>"), "a file ends with >>>");
                file(head, written)
            } else if let Some(name) = line.strip_prefix("folder ") {
                Step::Folder { name: name.to_owned(), line: line.to_owned() }
            } else if let Some(rest) = line.strip_prefix("link ") {
                let (name, target) = rest.split_once(' ').expect("a name and a target");
                Step::Link { name: name.to_owned(), target: target.to_owned(), line: line.to_owned() }
            } else if let Some(command) = line.strip_prefix("$ ") {
                let mut expected = Expected { lines: vec![line.to_owned()], ..Expected::default() };
                while let Some(line) = lines.next_if(|line| Expected::is_line(line)) {
                    expected.push(line);
                }
                Step::Command { line: command.to_owned(), expected }
            } else {
                Step::Text(line.to_owned())
            };
            steps.push(step);
        }
        Self { steps }
    }
}

fn file(head: &str, lines: Vec<String>) -> Step {
    let content = &lines[1..lines.len() - 1];
    match head.strip_suffix(" escaped") {
        Some(name) => Step::File { name: name.to_owned(), bytes: unescape(&content.join("")), lines },
        None => {
            let text: String = content.iter().map(|line| format!("{line}\n")).collect();
            Step::File { name: head.to_owned(), bytes: text.into_bytes(), lines }
        }
    }
}

fn unescape(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        bytes.extend(before.bytes());
        rest = if let Some(after) = after.strip_prefix("repeat(") {
            let (inside, behind) = after.split_once(')').expect("a closed repeat");
            let (count, what) = inside.split_once(',').expect("a number and a text");
            bytes.extend(what.repeat(count.parse().expect("a number")).bytes());
            behind
        } else if let Some(after) = after.strip_prefix('x') {
            let (digits, behind) = after.split_at(2);
            bytes.push(u8::from_str_radix(digits, 16).expect("two digits"));
            behind
        } else {
            let (what, behind) = after.split_at(1);
            bytes.push(match what {
                "r" => b'\r',
                "n" => b'\n',
                "\\" => b'\\',
                other => panic!("\\{other} means nothing"),
            });
            behind
        };
    }
    bytes.extend(rest.bytes());
    bytes
}

impl Expected {
    fn is_line(line: &str) -> bool {
        line.starts_with("? ") || ["|", "!"].iter().any(|mark| line == *mark || line.starts_with(&format!("{mark} ")))
    }

    fn push(&mut self, line: &str) {
        self.lines.push(line.to_owned());
        let rest = line.get(2..).unwrap_or_default();
        let content = || if rest == "..." { Line::Any } else { Line::Is(rest.to_owned()) };
        match line.chars().next() {
            Some('|') => self.out.push(content()),
            Some('!') => self.err.push(content()),
            _ => self.code = rest.trim().parse().expect("a status"),
        }
    }

    pub fn matches(&self, printed: &Printed) -> bool {
        self.code == printed.code && same(&self.out, &printed.out) && same(&self.err, &printed.err)
    }
}

fn same(expected: &[Line], printed: &str) -> bool {
    let lines: Vec<&str> = printed.lines().map(str::trim_end).collect();
    fits(expected, &lines)
}

fn fits(expected: &[Line], lines: &[&str]) -> bool {
    match expected.split_first() {
        None => lines.is_empty(),
        Some((Line::Any, rest)) => (0..=lines.len()).any(|at| fits(rest, &lines[at..])),
        Some((Line::Is(line), rest)) => lines.first() == Some(&line.as_str()) && fits(rest, &lines[1..]),
    }
}

impl Printed {
    /// As a transcript writes it.
    pub fn lines(&self) -> Vec<String> {
        let marked = |mark: &'static str, text: &str| -> Vec<String> {
            text.lines().map(|line| format!("{mark} {line}").trim_end().to_owned()).collect()
        };
        let mut lines = marked("|", &self.out);
        lines.extend(marked("!", &self.err));
        if self.code != 0 {
            lines.push(format!("? {}", self.code));
        }
        lines
    }
}

/// The words of a command; `'…'` and `"…"` hold blanks.
pub fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for letter in line.chars() {
        match (quote, letter) {
            (Some(open), _) if letter == open => quote = None,
            (Some(_), _) => word.get_or_insert_default().push(letter),
            (None, '\'' | '"') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (None, ' ') => words.extend(word.take()),
            (None, _) => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    words
}
