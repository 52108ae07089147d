//! The manual: pages that `groff` and `mandoc` find nothing wrong with.

use super::Room;
use std::fs;
use std::process::Command;

#[test]
fn every_command_has_a_page() {
    let room = Room::new("manual");
    let printed = room.run("biz man --out pages");
    assert_eq!((printed.code, printed.err.as_str()), (0, ""));
    let mut pages: Vec<String> = fs::read_dir(room.path.join("pages"))
        .expect("the folder was made")
        .map(|entry| entry.expect("it can be read").file_name().to_string_lossy().into_owned())
        .collect();
    pages.sort();
    let commands = room.run("biz --help").out;
    let listed = commands.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names = listed.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help");
    let mut expected: Vec<String> = names.map(|name| format!("biz-{name}.1")).chain(["biz.1".to_owned()]).collect();
    expected.sort();
    assert_eq!(pages, expected);
    let text = |page: &str| fs::read_to_string(room.path.join("pages").join(page)).expect("it is text");
    assert_eq!(text("biz.1"), room.run("biz man").out);
    assert_eq!(text("biz-run.1"), room.run("biz man run").out);
    for page in &pages {
        let text = text(page);
        assert!(text.starts_with(".TH \"BIZ") && text.contains(".SH \"EXIT STATUS\""), "{page}: {text}");
        assert!(!text.contains('`'), "{page}: a grave accent is a quotation mark to roff");
        checked_by(&["groff", "-man", "-ww", "-z", "-Kutf8"], &room, page);
        checked_by(&["mandoc", "-Tlint", "-Werror"], &room, page);
    }
}

/// Where the program is there, it has nothing to say of the page.
fn checked_by(command: &[&str], room: &Room, page: &str) {
    let file = room.path.join("pages").join(page);
    let Ok(output) = Command::new(command[0]).args(&command[1..]).arg(file).output() else { return };
    let told = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && told.is_empty(), "{page}: {told}");
}
