//! What is pasted as a whole: its entries one by one, and everything that was found with each of them.

use biz::diagnostic::render::{self, Style as Look};
use biz::export::Style;
use biz::export::plot::Colour;
use biz::repl::{Manner, Outcome, Session, take};
use biz::run::Nobody;

#[test]
fn what_was_found_with_each_entry_is_told_with_its_own_text() {
    let mut session = Session::empty(Manner::Script, Colour::Plain, &Nobody);
    let pasted = "price = 2 USD\ntwice = price * 2\nthrice = price * 3\nscenario first { twice = 3 USD }\nprice\nscenario second { thrice = 5 USD }\nprice + 3\ntwice";
    let reply = take(&mut session, pasted, Style::default());
    let told: Vec<_> = reply.mistakes.iter().map(|mistake| mistake.code.0).collect();
    assert_eq!(told, ["BIZ0502", "BIZ0502", "BIZ0201"], "two warnings, then the entry that fails");
    assert_eq!(reply.outcome, Outcome::Failed);
    let drawn = render::human(&reply.mistakes, &reply.sources, Look::default());
    for line in ["scenario first { twice = 3 USD }", "scenario second { thrice = 5 USD }", "price + 3"] {
        assert!(drawn.contains(line), "{line} in\n{drawn}");
    }
}
