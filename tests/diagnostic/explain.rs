//! Every code's text.

use biz::diagnostic::explain::{codes, explain, title};

#[test]
fn every_file_is_in_the_table() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/diagnostic/explain");
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("it can be read").file_name().to_string_lossy().trim_end_matches(".md").to_owned())
        .collect();
    files.sort();
    assert_eq!(files, codes().collect::<Vec<_>>());
    assert!(codes().is_sorted());
}

/// A text should hold nothing invisible, nothing that is no text, and nothing huge.
const WITHOUT_BAD_EXAMPLE: [&str; 15] = [
    "BIZ0003", "BIZ0004", "BIZ0604", "BIZ0605", "BIZ0607", "BIZ0611", "BIZ0612", "BIZ0613", "BIZ0614", "BIZ0616", "BIZ0620",
    "BIZ0621", "BIZ0622", "BIZ0623", "BIZ0640",
];

#[test]
fn every_text_has_its_parts() {
    for code in codes() {
        let text = explain(code).expect("it is in the table");
        let bad = text.find("\n```biz bad\n").or_else(|| WITHOUT_BAD_EXAMPLE.contains(&code).then_some(0));
        let bad = bad.unwrap_or_else(|| panic!("{code} has no bad example"));
        let good = text.find("\n```biz good\n").unwrap_or_else(|| panic!("{code} has no good example"));
        assert!(text.starts_with("# "), "{code} has no title");
        assert!(bad < good, "{code}: the bad example comes first");
        assert_eq!(text.matches("```").count(), if bad == 0 { 2 } else { 4 }, "{code}: two blocks");
        assert!(text.ends_with("```\n"), "{code} ends with its good example");
        assert!(text.lines().all(|line| line.chars().count() <= 120), "{code} has a long line");
    }
    assert_eq!(explain("biz0101"), explain("BIZ0101"));
    assert_eq!(explain("BIZ9999"), None);
    assert_eq!(title("BIZ0101"), Some("A name that nothing defines"));
}
