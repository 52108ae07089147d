//! Completion as a shell asks for it: a real bash loads the script, and completes lines by what is on them.
#![cfg(unix)]

use super::{BIZ, Room};
use std::path::Path;
use std::process::Command;

const MODEL: &str = r#"model plan "Plan" { timeline = 2026-01 to 2026-03, currency = USD }

unit company / companies

market smb "Small firms" {
  size = 1_000 company
}

rent = 2_000 USD/month      ## of the shop
房租 = 3_000 USD/month
half = rent / 2

scenario cheap "A cheap year" { rent = 1_000 USD/month }
scenario 淡季 { rent = 500 USD/month }

goal floor { vary rent from 1 USD/month to 9_000 USD/month, until total(half) >= 10_000 USD }
"#;

/// Lines to complete, the cursor at their end, and what bash makes of it: a word with a blank behind it is written
/// whole, several candidates stand with `|` between them.
const LINES: [(&str, &str); 18] = [
    ("biz ru", "run"),
    ("biz run plan.biz --scenario ", "cheap|淡季"),
    ("biz run plan.biz --scenario=", "cheap|淡季"),
    ("biz run plan.biz --scenario=c", "cheap"),
    ("biz run --scenario  plan.biz", "cheap|淡季"),
    ("biz run 'my plan.biz' --scenario c", "cheap"),
    ("biz run my\\ plan.biz --scenario c", "cheap"),
    ("biz run broken.biz --scenario ", "cheap|淡|cut"),
    ("biz run none.biz --scenario ", ""),
    ("biz run my", "my\\ plan.biz"),
    ("biz run plan.biz --only half,re", "half,rent"),
    ("biz run plan.biz --only sm", "smb|smb."),
    ("biz run plan.biz --set 房", "房租="),
    ("biz run plan.biz --set rent=", ""),
    ("biz run plan.biz --set smb.si", "smb.size="),
    ("biz eval plan.biz 'lowest(ha", "lowest(half"),
    ("biz solve plan.biz ", "floor"),
    ("biz explain BIZ020", "BIZ0201|BIZ0202|BIZ0203|BIZ0204|BIZ0205|BIZ0206|BIZ0207|BIZ0208|BIZ0209"),
];

#[test]
fn bash_completes_by_the_model_on_the_line() {
    let room = Room::new("completed");
    room.write("plan.biz", MODEL.as_bytes());
    room.write("my plan.biz", MODEL.as_bytes());
    room.write("broken.biz", format!("{MODEL}\nscenario cut {{ half =\n").replace("scenario 淡季", "scenario 淡 季").as_bytes());
    let folder = Path::new(BIZ).parent().expect("it lies in a folder");
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap_or_default());
    // COMP_WORDS and `$2` as bash itself makes them: blanks and `=` part words outside of quotes, and the word at the
    // cursor comes without the quote that opens it.
    let script = r#"
source <(biz completions bash)
complete -p biz >&2
while IFS=$'\t' read -r COMP_CWORD current rest; do
    IFS=$'\t' read -r -a COMP_WORDS <<< "$rest"
    for at in "${!COMP_WORDS[@]}"; do [[ ${COMP_WORDS[at]} == @ ]] && COMP_WORDS[at]=""; done
    [[ $current == @ ]] && current=""
    _biz biz "$current" ""
    (IFS='|'; echo "${COMPREPLY[*]}")
done
"#;
    let mut given = String::new();
    for (line, _) in LINES {
        let (words, at) = comp_words(line);
        let shown = |word: &str| if word.is_empty() { "@".to_owned() } else { word.to_owned() };
        let current = if words[at] == "=" { String::new() } else { words[at].trim_start_matches('\'').to_owned() };
        let all: Vec<String> = words.iter().map(|word| shown(word)).collect();
        given += &format!("{at}\t{}\t{}\n", shown(&current), all.join("\t"));
    }
    room.write("lines", given.as_bytes());
    let output = Command::new("bash")
        .args(["--norc", "-c", script])
        .env("PATH", path)
        .env("LC_ALL", "C.UTF-8")
        .current_dir(&room.path)
        .stdin(std::fs::File::open(room.path.join("lines")).expect("it was written"))
        .output();
    // A machine without bash completes nothing by it.
    let Ok(output) = output else { return };
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(err.contains("-F _biz biz"), "the script registers: {err}");
    assert_eq!(err.lines().count(), 1, "nothing else is told: {err}");
    let out = String::from_utf8(output.stdout).expect("text");
    let found: Vec<(&str, &str)> = LINES.iter().map(|(line, _)| *line).zip(out.lines()).collect();
    // Options are offered where a name may stand too.
    let without_options = |told: &str| told.split('|').filter(|one| !one.starts_with('-')).collect::<Vec<_>>().join("|");
    for ((line, told), (_, expected)) in found.iter().zip(LINES) {
        assert_eq!(without_options(told), expected, "{line}");
    }
    assert_eq!(found.len(), LINES.len());
}

/// The words as bash parts them, and the one at the cursor: the end of the line, or the first of two blanks in a row.
fn comp_words(line: &str) -> (Vec<String>, usize) {
    let mut words = vec![String::new()];
    let (mut quoted, mut escaped, mut cursor) = (false, false, None);
    for letter in line.chars() {
        let word = words.last_mut().expect("one at least");
        match letter {
            ' ' if !quoted && !escaped => {
                if word.is_empty() {
                    cursor = Some(words.len() - 1);
                }
                words.push(String::new());
            }
            '=' if !quoted => {
                if word.is_empty() {
                    word.push('=');
                } else {
                    words.push("=".to_owned());
                }
                words.push(String::new());
            }
            _ => {
                quoted ^= letter == '\'';
                word.push(letter);
            }
        }
        escaped = letter == '\\';
    }
    // Behind `=` nothing is a word yet.
    if words.len() > 1 && words.last().is_some_and(String::is_empty) && words[words.len() - 2] == "=" {
        words.pop();
    }
    let at = cursor.unwrap_or(words.len() - 1);
    (words, at)
}

/// Where there is a fish, it takes its script and completes the same way.
#[test]
fn fish_completes_by_the_model_on_the_line() {
    let room = Room::new("completed-fish");
    room.write("my plan.biz", MODEL.as_bytes());
    let folder = Path::new(BIZ).parent().expect("it lies in a folder");
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap_or_default());
    for (line, expected) in [
        ("biz run 'my plan.biz' --scenario ", "cheap\tA cheap year\n淡季\n"),
        ("biz run my\\ plan.biz --set 房", "房租=\n"),
        ("biz run my", "my plan.biz\n"),
    ] {
        let output = Command::new("fish")
            .args(["--no-config", "-c", "biz completions fish | source; complete -C $argv[1]", "--", line])
            .env("PATH", &path)
            .env("HOME", &room.path)
            .env("LC_ALL", "C.UTF-8")
            .current_dir(&room.path)
            .output();
        let Ok(output) = output else { return };
        assert_eq!(String::from_utf8_lossy(&output.stdout), expected, "{line}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

/// Every shell has a script that asks the program by its name.
#[test]
fn every_shell_has_a_script() {
    let room = Room::new("scripts");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let printed = room.run(&format!("biz completions {shell}"));
        assert_eq!((printed.code, printed.err.as_str()), (0, ""), "{shell}");
        assert!(printed.out.contains("BIZ_COMPLETE"), "{shell}: {}", printed.out);
        assert!(!printed.out.contains('/') || !printed.out.contains("target/"), "no place of this machine: {}", printed.out);
    }
}
