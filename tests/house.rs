//! The house rules: who may name whom, how large a thing may grow, and that no fact stands twice.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The floors, from the ground up. A room names another only when that one lies lower.
const FLOORS: [&[&str]; 11] = [
    &["text", "quantity", "calendar", "tape", "numeric", "prelude"],
    &["run", "diagnostic"],
    &["syntax"],
    &["check", "fmt"],
    &["compile"],
    &["report"],
    &["export", "workspace"],
    &["ide"],
    &["repl"],
    &["cli"],
    &["main"],
];

/// Files beyond 400 lines, each with its reason; the list only shrinks.
const LARGER_FILES: [(&str, &str); 0] = [];

/// Functions beyond 80 lines, each with its reason; the list only shrinks.
const LARGER_FUNCTIONS: [(&str, &str); 0] = [];

/// Words of the trade, which belong into the prelude.
const BUSINESS: [&str; 13] = [
    "revenue", "customer", "churn", "ebitda", "subscription", "invoice", "salary", "payroll", "pricing_", "retention",
    "funnel", "depreciation", "payback",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files_under(folder: &str, extension: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("the folder is there") {
            let path: PathBuf = entry.expect("it can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|known| known == extension) {
                let name = path.strip_prefix(root()).expect("inside the root").to_string_lossy().into_owned();
                found.push((name, std::fs::read_to_string(&path).expect("it is a text")));
            }
        }
    }
    found.sort();
    found
}

fn sources() -> Vec<(String, String)> {
    files_under("src", "rs")
}

/// `src/check/order.rs` → `check`; `src/main.rs` → `main`; `src/lib.rs` → none.
fn room(file: &str) -> Option<&str> {
    let inner = file.strip_prefix("src/")?;
    let room = inner.split('/').next()?.trim_end_matches(".rs");
    (room != "lib").then_some(room)
}

fn floor(room: &str) -> usize {
    FLOORS.iter().position(|rooms| rooms.contains(&room)).unwrap_or_else(|| panic!("room `{room}` has no floor"))
}

/// The code of a file without comments, strings left in, and without its test module.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap_or("");
    text.lines().map(|line| line.split("//").next().unwrap_or("")).collect::<Vec<_>>().join("\n")
}

fn without_strings(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut inside = false;
    let mut escaped = false;
    for letter in text.chars() {
        match letter {
            '"' if !escaped => inside = !inside,
            _ if !inside => kept.push(letter),
            _ => {}
        }
        escaped = letter == '\\' && !escaped;
    }
    kept
}

#[test]
fn arrows_point_down() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        let Some(own) = room(&file) else { continue };
        let text = code(&text);
        let prefix = if own == "main" { "biz::" } else { "crate::" };
        for (at, _) in text.match_indices(prefix) {
            let name: String =
                text[at + prefix.len()..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if name != own && floor(&name) >= floor(own) {
                wrong.push(format!("{file}: {own} names {name}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_file_has_a_caption_and_the_map_tells_every_room() {
    let map = std::fs::read_to_string(root().join("src/lib.rs")).expect("it is there");
    for (file, text) in sources() {
        let caption = text.lines().next().and_then(|line| line.strip_prefix("//! "));
        let caption = caption.unwrap_or_else(|| panic!("{file} opens without a caption"));
        let rooms_own = file.ends_with("/mod.rs") && file.matches('/').count() == 2;
        if rooms_own {
            let room = room(&file).expect("a room");
            let line = map.lines().find(|line| line.contains(&format!("[`{room}`]:")));
            let line = line.unwrap_or_else(|| panic!("the map in lib.rs lacks {room}"));
            assert!(line.ends_with(caption.split_once(": ").map_or(caption, |(_, rest)| rest)), "{file}: the map says {line:?}");
        }
    }
}

#[test]
fn files_and_functions_stay_small() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        let lines = text.lines().count();
        if lines > 400 && !LARGER_FILES.iter().any(|(known, _)| *known == file) {
            wrong.push(format!("{file} has {lines} lines"));
        }
        for (name, length) in functions(&text) {
            let id = format!("{file}::{name}");
            if length > 80 && !LARGER_FUNCTIONS.iter().any(|(known, _)| *known == id) {
                wrong.push(format!("{id} has {length} lines"));
            }
        }
    }
    for (file, _) in LARGER_FILES {
        let text = std::fs::read_to_string(root().join(file)).expect("an exception names a file");
        assert!(text.lines().count() > 400, "{file} is no exception any more");
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Each function and how many lines it takes: from `fn` to the closing brace at the same depth.
fn functions(text: &str) -> Vec<(String, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let inner = line.trim_start();
        let Some(rest) = inner.split("fn ").nth(1) else { continue };
        let head = inner.split("fn ").next().unwrap_or("");
        if !head.split_whitespace().all(|word| word.starts_with("pub") || ["const", "in", "super)"].contains(&word)) {
            continue;
        }
        let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        let indent = line.len() - inner.len();
        let close = format!("{}}}", " ".repeat(indent));
        if let Some(length) = lines[at..].iter().position(|line| *line == close) {
            found.push((name, length + 1));
        }
    }
    found
}

#[test]
fn foreign_things_stay_in_their_rooms() {
    let owners: [(&str, &str); 8] = [
        ("pest", "src/syntax/"),
        ("miette", "src/diagnostic/"),
        ("clap", "src/cli/"),
        ("pulp", "src/numeric/simd.rs"),
        ("println!", "src/cli/"),
        ("std::fs", "src/workspace/"),
        ("terminal_size", "src/cli/"),
        ("rustyline", "src/repl/"),
    ];
    for (file, text) in sources() {
        let text = code(&text);
        for (word, owner) in owners {
            let named = text.match_indices(word).any(|(at, _)| {
                let before = text[..at].chars().next_back();
                let after = text[at + word.len()..].chars().next();
                !before.is_some_and(|c| c.is_alphanumeric() || c == '_') && !after.is_some_and(|c| c.is_alphanumeric())
            });
            // `new` writes the templates it unpacks: the one effect on files outside of the workspace.
            let allowed = file.starts_with(owner) || (word == "std::fs" && file == "src/cli/new.rs");
            assert!(!named || allowed, "{file} names {word}, which belongs into {owner}");
        }
    }
}

#[test]
fn the_text_room_imports_nothing() {
    for (file, text) in sources().into_iter().filter(|(file, _)| file.starts_with("src/text/")) {
        for line in code(&text).lines().filter(|line| line.trim_start().starts_with("use ")) {
            assert!(line.contains("super::") || line.contains("std::"), "{file}: {line}");
        }
    }
}

#[test]
fn business_words_stay_in_the_prelude() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        // Examples in messages to people speak of the trade; the code does not.
        let text = without_strings(&code(&text)).to_lowercase();
        wrong.extend(BUSINESS.iter().filter(|word| text.contains(**word)).map(|word| format!("{file}: {word}")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Keywords as the grammar has them: the words of its `kw_…` rules.
fn grammar_keywords() -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for (_, text) in files_under("grammar", "pest") {
        for line in text.lines().filter(|line| line.trim_start().starts_with("kw_")) {
            words.extend(line.split('"').nth(1).map(str::to_owned));
        }
    }
    words
}

#[test]
fn keywords_are_the_same_everywhere() {
    let grammar = grammar_keywords();
    assert!(grammar.len() > 20, "the grammar's keywords are read: {grammar:?}");
    let offered: BTreeSet<String> = biz::syntax::keywords().into_iter().map(str::to_owned).collect();
    assert_eq!(grammar, offered);
    let reference = std::fs::read_to_string(root().join("grammar/reference.md")).expect("the reference is there");
    let told: BTreeSet<String> = reference
        .lines()
        .skip_while(|line| *line != "<!-- keywords -->")
        .take_while(|line| *line != "<!-- end of keywords -->")
        .flat_map(|line| line.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>())
        .collect();
    assert_eq!(grammar, told, "the reference's list of keywords");
}

/// Codes as the source writes them: `Code("BIZ0101")`.
fn codes_in_source() -> BTreeMap<String, String> {
    let mut codes = BTreeMap::new();
    for (file, text) in sources() {
        for (at, _) in text.match_indices("Code(\"BIZ") {
            codes.entry(text[at + 6..at + 13].to_owned()).or_insert_with(|| file.clone());
        }
    }
    codes
}

#[test]
fn every_code_is_explained_and_every_explanation_is_of_a_code() {
    let used: BTreeSet<String> = codes_in_source().into_keys().collect();
    let explained: BTreeSet<String> = biz::diagnostic::explain::codes().map(str::to_owned).collect();
    let missing: Vec<_> = used.difference(&explained).collect();
    let unused: Vec<_> = explained.difference(&used).collect();
    assert!(missing.is_empty() && unused.is_empty(), "not explained: {missing:?}; explained but never given: {unused:?}");
}

#[test]
fn every_native_is_declared_in_the_prelude_and_bound() {
    let declared: BTreeSet<&str> = biz::prelude::texts()
        .iter()
        .flat_map(|(_, text)| text.lines())
        .filter_map(|line| line.strip_prefix("native fn "))
        .map(|rest| rest.split('(').next().unwrap_or(""))
        .collect();
    let bound: BTreeSet<&str> = biz::check::natives().collect();
    assert_eq!(declared, bound);
}
