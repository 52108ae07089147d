//! What editors read is well-formed, Sublime's grammar is VS Code's, and every folder says how to install it.

use super::{json, path, text};
use serde_json::Value;
use std::fmt::Write;

#[test]
fn json_is_well_formed_and_names_files_that_are_there() {
    json("vscode/language-configuration.json");
    let package = json("vscode/package.json");
    let contributes = &package["contributes"];
    for list in ["languages", "grammars", "snippets"] {
        for part in contributes[list].as_array().expect("a list") {
            let name = part["configuration"].as_str().or(part["path"].as_str()).expect("a file");
            json(&format!("vscode/{}", name.trim_start_matches("./")));
        }
    }
    assert_eq!(package["version"], env!("CARGO_PKG_VERSION"), "the extension has the version of the language");
    let packed = concat!("editors/vscode/biz-", env!("CARGO_PKG_VERSION"), ".vsix");
    for readme in ["vscode/README.md", "../README.md", "../README.zh-CN.md"] {
        assert!(text(readme).contains(packed), "{readme} says how the extension is called: {packed}");
    }
}

#[test]
fn xml_is_well_formed() {
    for name in ["kate/biz.xml", "sublime/Biz.tmLanguage", "sublime/Comments.tmPreferences"] {
        balanced(name, &text(name));
    }
}

/// That every element of an XML text is closed.
fn balanced(name: &str, text: &str) {
    let mut open: Vec<&str> = Vec::new();
    for part in text.split('<').skip(1) {
        assert!(part.contains('>'), "{name}: `<{part}` does not end");
        let inside = part.split('>').next().unwrap_or("");
        let element = inside.trim_start_matches('/').split([' ', '/', '\n']).next().unwrap_or("");
        match inside.as_bytes() {
            [b'?' | b'!', ..] | [.., b'/'] => {}
            [b'/', ..] => assert_eq!(open.pop(), Some(element), "{name}"),
            _ => open.push(element),
        }
    }
    assert!(open.is_empty(), "{name}: not closed: {open:?}");
}

/// Sublime reads grammars in the older form of the same content; `BIZ_ACCEPT=1` writes it.
#[test]
fn the_grammar_of_sublime_is_that_of_vs_code() {
    let mut made = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \
         \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n<!-- Made of vscode/syntaxes/biz.tmLanguage.json by a test. -->\n\
         <plist version=\"1.0\">\n",
    );
    property_list(&json("vscode/syntaxes/biz.tmLanguage.json"), 0, &mut made);
    made.push_str("</plist>\n");
    let kept = "sublime/Biz.tmLanguage";
    if std::env::var_os("BIZ_ACCEPT").is_some() {
        std::fs::write(path(kept), &made).expect("it can be written");
    }
    assert!(text(kept) == made, "editors/{kept} is not what the grammar makes: BIZ_ACCEPT=1 writes it");
}

fn property_list(value: &Value, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    match value {
        Value::Object(parts) => {
            writeln!(out, "{indent}<dict>").expect("a text takes all");
            for (key, part) in parts {
                writeln!(out, "{indent}  <key>{}</key>", escaped(key)).expect("a text takes all");
                property_list(part, depth + 1, out);
            }
            writeln!(out, "{indent}</dict>").expect("a text takes all");
        }
        Value::Array(parts) => {
            writeln!(out, "{indent}<array>").expect("a text takes all");
            parts.iter().for_each(|part| property_list(part, depth + 1, out));
            writeln!(out, "{indent}</array>").expect("a text takes all");
        }
        Value::String(text) => writeln!(out, "{indent}<string>{}</string>", escaped(text)).expect("a text takes all"),
        Value::Null | Value::Bool(_) | Value::Number(_) => panic!("a grammar holds none of these: {value}"),
    }
}

#[test]
fn every_folder_says_in_five_lines_how_to_install_it() {
    for folder in ["vscode", "vim", "helix", "emacs", "sublime", "kate", "jetbrains", "tree-sitter-biz"] {
        let readme = text(&format!("{folder}/README.md"));
        let install = readme.split("\n## Install\n").nth(1).unwrap_or_else(|| panic!("{folder}/README.md has no `## Install`"));
        let lines: Vec<&str> = install.split("\n## ").next().unwrap_or("").lines().filter(|line| !line.trim().is_empty()).collect();
        let numbered = lines.iter().enumerate().all(|(at, line)| line.starts_with(&format!("{}. ", at + 1)));
        assert!(lines.len() <= 5 && !lines.is_empty() && numbered, "{folder}/README.md: five numbered lines at the most: {lines:#?}");
    }
}
