//! Snippets: one for each kind of the prelude, each of which makes a model without a mistake.

use super::json;
use crate::support::read;
use biz::syntax::ast::{Node, Text};
use biz::text::{FileId, Source};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// What a snippet may name: each unless the snippet itself declares it.
const AROUND: [(&str, &str); 20] = [
    ("frame", "model frame { timeline = 2026-01 to 2028-12, currency = USD }"),
    ("customer", "unit customer / customers"),
    ("person", "unit person / persons"),
    ("request", "unit request / requests"),
    ("token", "unit token / tokens"),
    ("view", "unit view / views"),
    ("order", "unit order / orders"),
    ("message", "unit message / messages"),
    ("ticket", "unit ticket / tickets"),
    ("device", "unit device / devices"),
    ("credit", "unit credit / credits"),
    ("label", "unit label / labels"),
    ("gpu", "unit gpu / gpus"),
    ("seat", "unit seat / seats"),
    ("opening_cash", "opening_cash = 500k USD"),
    ("buyers", "market buyers { size = 10k customer, demand = 100 token/customer/month }"),
    ("plan", "pricing plan { subscription = 20 USD/customer/month }"),
    ("main", "product main { market = buyers, pricing = plan, churn = 3%/month }"),
    ("share_of_orders", "take_rate share_of_orders { basket = 40 USD/order, rate = 15% }"),
    ("funnel", "pipeline funnel { inflow = 10 customer/month, stage talk { duration = 1 month, conversion = 30% } }"),
];

/// What holds the kinds that stand in another's braces.
const HOLDERS: [(&str, &str); 13] = [
    ("channel", "product outer { market = buyers, pricing = plan"),
    ("referral", "product outer { market = buyers, pricing = plan"),
    ("direct_sales", "product outer { market = buyers, pricing = plan"),
    ("grant", "wallet outer { used = 8k credit/month"),
    ("segment", "market outer { size = 100k customer\nsegment large { share = 30% }"),
    ("stage", "pipeline outer { inflow = 100 customer/month"),
    ("bottleneck", "pipeline outer { inflow = 100 customer/month"),
    ("meter", "pricing outer { subscription = 20 USD/customer/month"),
    ("point", "line_fit outer { point { x = 1, y = 12 USD }\npoint { x = 2, y = 15 USD }"),
    (
        "bass_period",
        "bass_fit outer { bass_period { adopted = 100 customer }\nbass_period { adopted = 160 customer }\nbass_period { adopted = 230 customer }",
    ),
    ("renewal", "sbg_fit outer { cohort = 1_000 customer\nrenewal { left = 870 customer }\nrenewal { left = 790 customer }"),
    ("rival", "competition outer { rival other { attraction = 5 }"),
    ("logit_rival", "logit_competition outer { price_effect = -0.2/USD\nlogit_rival other { appeal = 1, price = 8 USD }"),
];

/// The kinds of the prelude, with what is said of them.
fn kinds() -> BTreeMap<String, Option<Text>> {
    let sources = biz::prelude::texts().iter().map(|(name, text)| Source::new(FileId(0), *name, *text));
    let items = sources.flat_map(|source| biz::syntax::parse(&source).file.items);
    items
        .filter_map(|item| match item.node {
            Node::Kind(kind) => Some((kind.name.text, item.doc)),
            _ => None,
        })
        .collect()
}

/// The text of a snippet as it is inserted.
fn inserted(body: &str) -> String {
    let mut out = String::new();
    let mut letters = body.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => out.extend(letters.next()),
            // `${1:what}`
            '$' => {
                assert_eq!(letters.next(), Some('{'), "{body}");
                assert!(letters.by_ref().take_while(|letter| *letter != ':').all(|letter| letter.is_ascii_digit()), "{body}");
                while let Some(letter) = letters.next().filter(|letter| *letter != '}') {
                    if letter == '\\' { out.extend(letters.next()) } else { out.push(letter) }
                }
            }
            _ => out.push(letter),
        }
    }
    out
}

#[test]
fn every_kind_has_a_snippet_and_every_snippet_checks() {
    let snippets = json("vscode/snippets/biz.json");
    let snippets = snippets.as_object().expect("snippets by name");
    let kinds = kinds();
    let missing: Vec<_> = kinds.keys().filter(|kind| !snippets.contains_key(*kind)).collect();
    assert!(missing.is_empty(), "kinds without a snippet: {missing:?}");
    let keywords: BTreeSet<&str> = biz::syntax::keywords().into_iter().collect();
    for (name, snippet) in snippets {
        assert!(kinds.contains_key(name) || keywords.contains(name.as_str()), "{name} is neither a kind nor a word");
        assert_eq!(snippet["prefix"], name.as_str());
        let lines: Vec<&str> = snippet["body"].as_array().expect("lines").iter().filter_map(|line| line.as_str()).collect();
        let text = inserted(&lines.join("\n"));
        assert!(text.starts_with(&format!("{name} ")), "{name}: {text}");
        let model = in_a_model(name, &text);
        let read = read(&model);
        // What a snippet declares is named by what is written next.
        let sound = read.mistakes.iter().all(|mistake| mistake.code == biz::diagnostic::Code("BIZ0419"));
        assert!(sound, "the snippet {name} has mistakes:\n{model}\n{}", read.drawing());
        if let Some(doc) = kinds.get(name) {
            let doc = doc.as_ref().map(|doc| doc.text.replace('\n', " ")).unwrap_or_default();
            let told = snippet["description"].as_str().unwrap_or_default();
            assert!(!told.is_empty() && doc.starts_with(told.trim_end_matches('.')), "{name} says {told:?}, the prelude {doc:?}");
        }
    }
}

fn in_a_model(name: &str, snippet: &str) -> String {
    let declares = |word: &str| {
        let mut lines = snippet.lines().map(|line| line.split(' ').collect::<Vec<_>>());
        lines.any(|words| words.get(1) == Some(&word) && !snippet.starts_with(&format!("{word} ")))
    };
    let mut model = String::new();
    for (word, declaration) in AROUND {
        if !declares(word) && (word != "frame" || name != "model") {
            writeln!(model, "{declaration}").expect("a text takes all");
        }
    }
    match HOLDERS.iter().find(|(kind, _)| *kind == name) {
        Some((_, holder)) => write!(model, "{holder}\n{snippet}\n}}\n"),
        None => writeln!(model, "{snippet}"),
    }
    .expect("a text takes all");
    model
}
