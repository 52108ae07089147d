//! What editors show: completion by what fits at a place, from a model as it is read.

use biz::ide::completion::{Candidate, Sort, complete};
use biz::ide::names::Names;
use biz::workspace::{Ask, Memory, Project};

const SHOP: &str = "
model shop { timeline = 2026-01 to 2028-12, currency = USD }
unit cup / cups
unit company / companies
price = 3 USD/cup                      ## what a cup costs
sold = 1k cup/month
sales = price * sold
fixed = 2k USD/month
market smb \"Small companies\" { size = 1.8M company }
pricing simple { subscription = 49 USD/company/month }
product app { market = smb, pricing = simple, churn = 2%/month, launch = 2026-04 }
scenario lean { sold = 500 cup/month }
";

/// What may stand where a text ends.
fn at_end(text: &str) -> (usize, Vec<Candidate>) {
    let project = Project::read(&Memory::new([("shop.biz", SHOP.as_bytes())]));
    let facts = project.facts(&Ask::default());
    assert!(facts.model().is_some(), "{:?}", facts.mistakes);
    let names = Names::of(project.trees(), facts.model());
    let completion = complete(&names, text, text.len());
    (completion.start, completion.candidates)
}

fn texts(text: &str) -> Vec<String> {
    at_end(text).1.into_iter().map(|candidate| candidate.text).collect()
}

fn holds(text: &str, wanted: &[&str], unwanted: &[&str]) {
    let found = texts(text);
    let has = |word: &&&str| found.iter().any(|known| known == **word);
    let missing: Vec<_> = wanted.iter().filter(|word| !has(word)).collect();
    let more: Vec<_> = unwanted.iter().filter(has).collect();
    assert!(missing.is_empty() && more.is_empty(), "`{text}` lacks {missing:?} and has {more:?} in {found:?}");
}

#[test]
fn names_come_with_their_units() {
    let (start, candidates) = at_end("x = pri");
    assert_eq!(start, 4);
    let price = candidates.iter().find(|candidate| candidate.text == "price").expect("a name");
    assert_eq!((price.sort, price.detail.as_str(), price.about.as_deref()), (Sort::Value, "USD/cup", Some("what a cup costs")));
}

#[test]
fn what_fits_is_offered_and_nothing_else() {
    // Units behind a number, kinds and names at the beginning of a line, both in any capitals.
    holds("x = 3 c", &["cup", "cups", "company"], &["cash", "cost"]);
    holds("Mark", &["market"], &["smb"]);
    holds("x = 49 USD/mo", &["month"], &["model"]);
    // To an amount of money in time only such is added.
    holds("x = sales - ", &["fixed", "sales", "total"], &["price", "sold"]);
    holds("x = 2 * ", &["fixed", "price", "sold", "app"], &["cups", "then", "growing"]);
    // Behind a value stands what goes on with it, and behind a kind a name that is new.
    holds("x = sales ", &["growing", "otherwise", "in"], &["fixed", "if", "price"]);
    holds("x = 3 USD/month g", &["growing"], &[]);
    holds("require ", &["sales", "fixed"], &["then"]);
    holds("market ", &[], &["fixed", "then", "market"]);
    // A slot that takes a market takes markets alone; a product's own slots come in its braces.
    holds("product b {\n  market = ", &["smb"], &["simple", "price"]);
    holds("product b {\n  ", &["market", "pricing", "churn", "channel", "require"], &["price_war", "smb"]);
    holds("pricing p { meter m { ", &["included", "usage"], &["subscription"]);
    holds("model m { ", &["timeline", "currency"], &["price"]);
    // Behind a dot stands what an instance or a kind has.
    holds("smb.", &["size", "penetration"], &["price"]);
    holds("x = sum(product.re", &["revenue"], &["requests"]);
    holds("scenario worse extends ", &["lean"], &["price"]);
    assert!(texts("# comm").is_empty() && texts("\"tex").is_empty());
}

#[test]
fn no_text_is_too_broken_to_be_completed() {
    for text in ["", "{", "}}}", "= = =", "a.b.c.", "..", "3 ", "x = (", "\"", "市场", "product { { {", "if then else"] {
        let (start, _) = at_end(text);
        assert!(start <= text.len() && text.is_char_boundary(start), "{text}");
    }
}
