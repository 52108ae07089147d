//! Bash: its words, its quotes and its script.

use super::names::command;
use super::words::Line;
use clap_complete::engine::complete;
use std::env;
use std::ffi::OsString;

/// Lines, not words, are read, so that blanks stay; the candidates are quoted where bash would read them otherwise.
pub(super) const SCRIPT: &str = r#"_biz() {
    local candidate
    COMPREPLY=()
    while IFS= read -r candidate; do
        COMPREPLY+=("$candidate")
    done < <(BIZ_COMPLETE=bash BIZ_COMPLETE_INDEX="$COMP_CWORD" BIZ_COMPLETE_WORD="$2" biz -- "${COMP_WORDS[@]}" 2>/dev/null)
    if [[ ${#COMPREPLY[@]} -eq 1 && "${COMPREPLY[0]}" == *[=/.] ]]; then
        compopt -o nospace 2>/dev/null
    fi
}
complete -o bashdefault -o nosort -F _biz biz 2>/dev/null || complete -o bashdefault -F _biz biz
"#;

/// One candidate a line.
pub(super) fn answer(written: &[OsString]) -> Option<String> {
    let at: usize = env::var("BIZ_COMPLETE_INDEX").ok()?.parse().ok()?;
    let typed = written.get(at).map(|word| word.to_string_lossy().into_owned()).unwrap_or_default();
    let current = env::var("BIZ_COMPLETE_WORD").unwrap_or_else(|_| typed.clone());
    let line = Line::of_bash(written, at, &current);
    let words = line.words.iter().map(OsString::from).collect();
    let here = env::current_dir().ok();
    let found = complete(&mut command(&line), words, line.at, here.as_deref()).ok()?;
    let mut out = String::new();
    for candidate in found {
        let value = candidate.get_value().to_string_lossy();
        let value = value.strip_prefix(line.before.as_str()).unwrap_or(&value);
        out.push_str(&if typed.starts_with(['\'', '"']) { value.to_owned() } else { quoted(value) });
        out.push('\n');
    }
    Some(out)
}

/// With a backslash before each character that means something to bash.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_ascii() && !letter.is_ascii_alphanumeric() && !"_-./=:,%+@^~".contains(letter) {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}
