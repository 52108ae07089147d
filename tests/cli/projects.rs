//! Projects of many files, in memory: each is read once, and none beyond the limits.

use biz::workspace::load::{Loaded, load};
use biz::workspace::{Ask, Facts, Files, Limits, Memory, Unreadable};

fn loaded(files: &[(String, String)]) -> Loaded {
    load(&Memory::new(files.iter().map(|(path, text)| (path.as_str(), text.as_bytes()))), 0)
}

fn codes(loaded: &Loaded) -> Vec<&'static str> {
    loaded.mistakes.iter().map(|mistake| mistake.code.0).collect()
}

fn names(loaded: &Loaded) -> Vec<&str> {
    loaded.sources.iter().map(|source| source.name.as_str()).collect()
}

fn file(path: &str, text: &str) -> (String, String) {
    (path.to_owned(), text.to_owned())
}

/// `depth` files, each importing the next.
fn chain(depth: usize) -> Vec<(String, String)> {
    (0..depth).map(|at| file(&format!("{at}.biz"), &format!("import \"{}.biz\"\n", at + 1))).chain([file(&format!("{depth}.biz"), "x = 1\n")]).collect()
}

#[test]
fn paths_count_from_the_file_that_names_them() {
    let files = [
        file("main.biz", "import \"parts/one.biz\"\nimport \"./parts//two.biz\"\n"),
        file("parts/one.biz", "import \"two.biz\"\nimport \"../three.biz\"\n"),
        file("parts/two.biz", "import \"./../parts/../three.biz\"\n"),
        file("three.biz", "x = 1\n"),
    ];
    let loaded = loaded(&files);
    assert_eq!(codes(&loaded), [""; 0]);
    assert_eq!(names(&loaded), ["main.biz", "parts/one.biz", "parts/two.biz", "three.biz"], "each once");
    assert_eq!(loaded.files.len(), 4);
}

#[test]
fn nothing_above_the_root_is_read() {
    for path in ["../x.biz", "parts/../../x.biz", "/x.biz", "./../main.biz"] {
        let loaded = loaded(&[file("main.biz", &format!("import \"{path}\"\n")), file("x.biz", "x = 1\n")]);
        assert_eq!(codes(&loaded), ["BIZ0602"], "{path}");
        assert_eq!(loaded.sources.len(), 1);
    }
}

#[test]
fn imports_lie_sixty_four_deep() {
    assert_eq!(codes(&loaded(&chain(64))), [""; 0]);
    assert_eq!(codes(&loaded(&chain(65))), ["BIZ0605"]);
}

#[test]
fn a_model_has_a_thousand_files() {
    let project = |count: usize| {
        let imports: String = (1..count).map(|at| format!("import \"{at}.biz\"\n")).collect();
        let others = (1..count).map(|at| file(&format!("{at}.biz"), ""));
        loaded(&std::iter::once(file("main.biz", &imports)).chain(others).collect::<Vec<_>>())
    };
    assert_eq!(codes(&project(1_000)), [""; 0]);
    assert_eq!(codes(&project(1_001)), ["BIZ0605"]);
}

#[test]
fn bytes_are_counted_together() {
    // Sixteen files of 4 MiB are 64 MiB; beside the main file only fifteen fit.
    let large = format!("#{}", "x".repeat((4 << 20) - 1));
    let imports: String = (1..=16).map(|at| format!("import \"{at}.biz\"\n")).collect();
    let mut files = vec![file("main.biz", &imports)];
    files.extend((1..=16).map(|at| file(&format!("{at}.biz"), &large)));
    let loaded = loaded(&files);
    assert_eq!(codes(&loaded), ["BIZ0605"]);
    assert_eq!(loaded.sources.len(), 16);
    assert!(loaded.mistakes[0].message.contains("64 MiB"), "{}", loaded.mistakes[0].message);
}

#[test]
fn a_file_has_four_mebibytes() {
    let of = |bytes: usize| codes(&loaded(&[file("main.biz", &"#".repeat(bytes))])).to_vec();
    assert_eq!(of(4 << 20), [""; 0]);
    assert_eq!(of((4 << 20) + 1), ["BIZ0605"]);
}

#[test]
fn memory_holds_what_it_was_given() {
    let memory = Memory::new([("main.biz", "x = 1".as_bytes())]);
    assert_eq!(memory.main(), "main.biz");
    assert_eq!(memory.read("main.biz", 5), Ok(b"x = 1".to_vec()));
    assert_eq!(memory.read("main.biz", 4), Err(Unreadable::TooLarge));
    assert_eq!(memory.find("other.biz"), Err(Unreadable::Missing));
}

#[test]
fn what_would_not_fit_is_refused_before_it_is_computed() {
    let mut text = String::from("model long { timeline = 1026-01 to 2025-12, currency = USD }\n");
    text.extend((0..8_400).map(|at| format!("x{at} = {at} USD\n")));
    let mut facts = Facts::open(&Memory::new([("main.biz", text.as_bytes())]), &Ask::default());
    assert!(facts.mistakes.is_empty(), "it is sound");
    assert!(facts.run(None, &[]).is_none());
    // 8,400 names × 12,000 months.
    assert_eq!(facts.mistakes[0].code.0, "BIZ0616");
    let message = &facts.mistakes[0].message;
    assert!(message.starts_with("a run over 12000 periods may take 4 GiB of memory, and this has 101 million cells"), "{message}");
    facts.mistakes.clear();
    let report = facts.run(None, &["x7".to_owned()]).expect("one name is not too many");
    assert_eq!(report.scalars.len(), 1);
}

#[test]
fn a_run_takes_what_it_may_and_no_more() {
    let mut text = String::from("model steps { timeline = 2026-01 to 2027-12, currency = USD }\nx0 = 1 USD growing 1%/month\n");
    text.extend((1..100).map(|at| format!("x{at} = x{} + sqrt(x0 * x0)\n", at - 1)));
    let run = |limits: Limits| {
        let mut facts = Facts::open(&Memory::new([("main.biz", text.as_bytes())]), &Ask { limits, ..Ask::default() });
        let done = facts.run(None, &["x99".to_owned()]).is_some();
        (done, facts.mistakes.first().map_or("", |mistake| mistake.code.0), facts.cost.unwrap_or_default())
    };
    let (_, _, cost) = run(Limits::USUAL);
    assert!(cost.cells > 24, "more is computed than shown");
    for (more, done) in [(-1, false), (0, true), (1, true)] {
        let cells = cost.cells.saturating_add_signed(more);
        let (ran, code, _) = run(Limits { cells, ..Limits::USUAL });
        assert_eq!((ran, code), (done, if done { "" } else { "BIZ0607" }), "{cells} of {cost:?}");
        let bytes = cost.bytes.saturating_add_signed(more);
        let (ran, code, _) = run(Limits { bytes, ..Limits::USUAL });
        assert_eq!((ran, code), (done, if done { "" } else { "BIZ0616" }), "{bytes} of {cost:?}");
    }
}
