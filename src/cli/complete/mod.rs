//! Completion: what may stand at the cursor of a shell, the names of the model on the line among it.

mod bash;
mod names;
mod words;

use clap_complete::Shell;
use clap_complete::env::{Bash, EnvCompleter, Shells};
use names::command;
use std::env;
use std::ffi::OsString;
use words::{Line, unquoted};

/// The variable by which the script of a shell asks, with the name of the shell.
const ASKS: &str = "BIZ_COMPLETE";

/// The variable in which the scripts of clap tell the word at the cursor.
const INDEX: &str = "_CLAP_COMPLETE_INDEX";

/// The script for zsh: what ends in `=`, `.` or `/` goes on without a blank.
const ZSH: &str = r#"#compdef biz
_biz() {
    local line told=1
    local -a whole begun
    for line in "${(@f)$(BIZ_COMPLETE=zsh _CLAP_COMPLETE_INDEX=$((CURRENT - 1)) _CLAP_IFS=$'\n' biz -- "${words[@]}" 2>/dev/null)}"; do
        [[ -z $line ]] && continue
        if [[ ${line%%:*} == *[=./] ]]; then begun+=("$line"); else whole+=("$line"); fi
    done
    (( $#whole )) && _describe -V 'values' whole && told=0
    (( $#begun )) && _describe -V 'values' begun -S '' && told=0
    return told
}
if [[ ${funcstack[1]} == _biz ]]; then _biz "$@"; else compdef _biz biz; fi
"#;

/// The shell that asks, if one does.
pub(super) fn asking() -> Option<String> {
    env::var(ASKS).ok().filter(|shell| !shell.is_empty())
}

/// What may stand at the cursor, as the shell wants to read it. The words of its line stand behind `--`.
pub(super) fn answer(shell: &str, arguments: &[OsString]) -> Option<String> {
    let behind = arguments.iter().position(|word| word == "--")? + 1;
    let written = arguments.get(behind..).filter(|words| !words.is_empty())?;
    let asking = Shells::builtins();
    let asking = asking.completer(shell)?;
    if asking.name() == Bash.name() {
        return bash::answer(written);
    }
    let index = env::var(INDEX).ok().and_then(|index| index.parse().ok());
    let line = Line::plain(written, index.unwrap_or(written.len() - 1));
    // Zsh hands its words over as they are typed.
    let words = if asking.name() == "zsh" { line.words.iter().map(|word| unquoted(word)).collect() } else { line.words.clone() };
    let line = Line { words, ..line };
    let mut out = Vec::new();
    let words = line.words.iter().map(OsString::from).collect();
    let here = env::current_dir().ok();
    asking.write_complete(&mut command(&line), words, here.as_deref(), &mut out).ok()?;
    String::from_utf8(out).ok()
}

/// The script by which a shell asks from then on.
pub(super) fn script(shell: Shell) -> String {
    if shell == Shell::Bash {
        return bash::SCRIPT.to_owned();
    }
    if shell == Shell::Zsh {
        return ZSH.to_owned();
    }
    let shells = Shells::builtins();
    let mut out = Vec::new();
    if let Some(asking) = shells.completer(&shell.to_string()) {
        // Writing to memory can't fail.
        let _ = asking.write_registration(ASKS, "biz", "biz", "biz", &mut out);
    }
    String::from_utf8_lossy(&out).trim_start_matches('\n').to_owned()
}
