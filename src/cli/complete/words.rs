//! Words: a command line as a shell hands it over, and as it is meant.

use crate::cli::args::Arguments;
use clap::CommandFactory;
use std::ffi::OsString;

/// The words of a command line, the name of the program first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub words: Vec<String>,
    /// The word at the cursor.
    pub at: usize,
    /// What of that word the shell takes for another one before it.
    pub before: String,
}

impl Line {
    /// The words as they are.
    pub fn plain(words: &[OsString], at: usize) -> Self {
        let mut words: Vec<String> = words.iter().map(|word| word.to_string_lossy().into_owned()).collect();
        if at == words.len() {
            words.push(String::new());
        }
        Self { words, at, before: String::new() }
    }

    /// The words of bash, which makes words of their own of `=` and of what is on its sides: `--set a.b=` is three.
    pub fn of_bash(written: &[OsString], at: usize, current: &str) -> Self {
        let mut line = Self { words: Vec::new(), at: 0, before: String::new() };
        let mut joined = false;
        for (index, word) in written.iter().enumerate() {
            let word = word.to_string_lossy();
            if word == "=" && let Some(last) = line.words.last_mut() {
                joined = !last.starts_with("--");
                last.push_str(if joined { "=" } else { "" });
                if index != at {
                    continue;
                }
            }
            let text = if index == at { unquoted(current) } else { unquoted(&word) };
            match line.words.last_mut() {
                Some(last) if joined => {
                    if index == at {
                        line.before.clone_from(last);
                    }
                    last.push_str(&text);
                }
                Some(_) | None => line.words.push(text),
            }
            joined = false;
            if index == at {
                line.at = line.words.len() - 1;
            }
        }
        line
    }

    /// The file of the model on the line.
    pub fn model(&self) -> Option<String> {
        // The word at the cursor holds its place: without it an option would take the file for its value.
        let words = self.words.iter().map(|word| if word.is_empty() { "?" } else { word });
        let matches = Arguments::command().ignore_errors(true).try_get_matches_from(words).ok()?;
        let (_, inner) = matches.subcommand()?;
        let named = |id: &str| inner.try_get_one::<String>(id).ok().flatten().cloned();
        ["file", "subject", "files", "after"].into_iter().find_map(named)
    }
}

/// A word without the quotes and backslashes by which a shell reads it as one; it may be unfinished.
pub(super) fn unquoted(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut quote = None;
    let mut letters = word.chars();
    while let Some(letter) = letters.next() {
        match (quote, letter) {
            (Some(open), _) if letter == open => quote = None,
            (None, '\'' | '"') => quote = Some(letter),
            (None | Some('"'), '\\') => out.extend(letters.next()),
            (Some(_) | None, _) => out.push(letter),
        }
    }
    out
}
