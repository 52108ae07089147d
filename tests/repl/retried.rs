//! A what-if of an input is computed by playing only what depends on it, and says what a run of the whole would say.

use crate::support::files;
use biz::check::model::{Cell, Content, Model, Origin};
use biz::workspace::{Ask, Disk, Project};

/// What-ifs for the numbers that are written out in a model: each times a factor.
fn whats(project: &Project, model: &Model, factor: f64) -> Vec<String> {
    let sources: Vec<_> = project.trees().map(|(_, source)| source.clone()).collect();
    let literal = |cell: &&Cell| matches!(cell.content, Content::Computed(expr) if model.is_literal(expr));
    let what = |cell: &Cell| {
        let source = sources.iter().find(|source| source.id == cell.at.file)?;
        let (_, value) = source.slice(cell.at.span).split_once("= ")?;
        let end = value.find(|letter: char| !letter.is_ascii_digit() && !"._".contains(letter)).unwrap_or(value.len());
        if value[end..].starts_with('-') {
            // A date.
            return None;
        }
        let number: f64 = value[..end].replace('_', "").parse().ok()?;
        Some(format!("{} = {}{}", cell.path, number * factor, &value[end..]))
    };
    model.cells.iter().filter(|cell| cell.origin == Origin::Model && !cell.path.contains(' ')).filter(literal).filter_map(what).collect()
}

/// The last figures of a model that are computed.
fn figures(model: &Model) -> Vec<String> {
    let is_figure = |cell: &&Cell| cell.touched && cell.origin != Origin::Test && !cell.path.contains(' ') && matches!(cell.content, Content::Computed(_));
    model.cells.iter().rev().filter(is_figure).take(8).map(|cell| cell.path.clone()).chain(["final(cash)".to_owned()]).collect()
}

#[test]
fn what_depends_on_an_input_says_the_same_as_the_whole() {
    let mut compared = 0;
    for file in files("examples", "biz") {
        let project = Project::read(&Disk::of(&file.to_string_lossy()));
        let facts = project.facts(&Ask::default());
        let model = facts.model().expect("an example is sound");
        let queries = figures(model);
        let ask = Ask { queries: &queries, ..Ask::default() };
        let mut tried: Vec<String> = Vec::new();
        for (at, what) in whats(&project, model, 1.1).into_iter().chain(whats(&project, model, 0.5)).enumerate().take(12) {
            // One alone, then several.
            tried.truncate(at % 3);
            tried.retain(|other| other.split(" =").next() != what.split(" =").next());
            tried.push(what);
            let over = project.over(Vec::new(), tried.clone());
            let mut whole = over.facts(&ask);
            let Some(expected) = whole.evaluate().filter(|_| whole.mistakes.is_empty() && !whole.across) else { continue };
            let found = over.checked(&whole).retry(&ask);
            assert_eq!(found.as_ref(), Some(&expected), "{}: {tried:?}", file.display());
            compared += 1;
        }
    }
    assert!(compared > 50, "{compared} are compared");
}

#[test]
fn what_is_more_than_another_number_takes_a_look_at_the_whole() {
    let project = |text: &str| Project::read(&biz::workspace::Memory::new([("plan.biz", text.as_bytes())]));
    let model = project("model plan { timeline = 2026-01 to 2026-12, currency = USD }\nprice = 3 USD\nother ~ 1 USD to 2 USD\nsum_of = price + other\n");
    let retried = |what: &str, query: &str| {
        let over = model.over(Vec::new(), vec![what.to_owned()]);
        let queries = [query.to_owned()];
        let ask = Ask { queries: &queries, ..Ask::default() };
        let facts = over.facts(&ask);
        assert!(facts.model().is_some(), "{what}: {:?}", facts.mistakes);
        over.checked(&facts).retry(&ask).is_some()
    };
    assert!(retried("price = 4 USD", "sum_of"));
    // What is derived, uncertain or in another unit, and what looks across samples.
    assert!(!retried("price = other * 2", "sum_of"));
    assert!(!retried("price ~ 1 USD to 4 USD", "sum_of"));
    assert!(!retried("price = 1k EUR / 1 EUR * 1 USD", "sum_of"));
    assert!(!retried("other = 2 USD", "sum_of"));
    assert!(!retried("price = 4 USD", "p95(sum_of * other)"));
}
