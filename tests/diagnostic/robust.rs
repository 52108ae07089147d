//! Whatever the text, the places and the terminal: no panic, nothing hidden, and no line wider than the terminal.

use super::*;
use biz::diagnostic::escape::is_hidden;
use biz::diagnostic::{Edit, Fix, json, short};
use proptest::prelude::*;

fn text() -> impl Strategy<Value = String> {
    let signs = prop::sample::select(vec![
        "a", "b ", " ", "\n", "\r\n", "\r", "\t", "市", "é", "e\u{301}", "\u{1b}[1m", "\u{202e}", "👩‍👩‍👧", "🇩🇪", "\u{0}", "\n\n", "revenue = price * 3 USD/month ", "ﷺ",
    ]);
    prop::collection::vec(signs, 0..60).prop_map(|signs| signs.concat())
}

fn place() -> impl Strategy<Value = (u32, u32, u32)> {
    prop_oneof![(0..3u32, 0..200u32, 0..200u32), (0..3u32, any::<u32>(), any::<u32>())]
}

fn location((file, start, end): (u32, u32, u32)) -> Location {
    Location::new(FileId(file), Span::new(start, end))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_place_can_be_drawn(
        one in text(), two in text(), message in text(),
        places in prop::collection::vec((place(), text()), 0..8),
        edits in prop::collection::vec((place(), text()), 0..4),
        width in 0..120usize, colour: bool, unicode: bool,
    ) {
        let sources = [Source::new(FileId(0), "plan.biz", one), Source::new(FileId(1), "市\u{1b}.biz", two)];
        let mut mistake = error(&message, Location::default(), "").help(message.clone());
        mistake.labels = places.into_iter().map(|(at, text)| biz::diagnostic::Label { at: location(at), text }).collect();
        let edits = edits.into_iter().map(|(at, text)| Edit { at: location(at), text }).collect();
        mistake.fixes.push(Fix { title: message, edits });
        let mistakes = [mistake];
        let drawn = render::human(&mistakes, &sources, Style { colour, width, unicode });
        prop_assert!(drawn.ends_with("\n1 error\n"));
        prop_assert!(!drawn.contains("Failed to read"));
        if !colour {
            prop_assert!(drawn.chars().all(|sign| sign == '\n' || !is_hidden(sign)), "{drawn:?}");
        }
        prop_assert_eq!(short::short(&mistakes, &sources).matches('\n').count(), 1);
        prop_assert_eq!(json::lines(&mistakes, &sources).matches('\n').count(), 1);
    }

    #[test]
    fn drawings_keep_to_the_width(
        words in prop::collection::vec(prop::sample::select(vec!["price ", "* ", "+ ", "市场 ", "\n", "3 USD/month ", "\t"]), 1..60),
        places in prop::collection::vec((0..200u32, 0..12u32, 0..6usize), 1..5),
        width in 40..100usize,
    ) {
        let source = source(&words.concat());
        let labels = ["", "a flow", "a level: USD", "its price is a flow, so much each month, not a level", "市场规模是公司数", "here"];
        let mut mistake = error("a flow and a level can't be added", Location::default(), "");
        mistake.labels = places
            .into_iter()
            .map(|(start, len, text)| biz::diagnostic::Label { at: span(&source, start, start + len), text: labels[text].into() })
            .collect();
        let drawn = draw_at(&source, mistake, width);
        let widest = drawn.lines().map(unicode_width::UnicodeWidthStr::width).max().unwrap_or(0);
        prop_assert!(widest <= width, "{widest} > {width}\n{drawn}");
    }

    #[test]
    fn names_are_offered_without_panic(wrong in text(), names in prop::collection::vec(text(), 0..10)) {
        let near = biz::diagnostic::suggest::nearest(&wrong, names.iter().map(|name| (name.as_str(), 0)));
        prop_assert!(near.len() <= 3);
    }
}

#[test]
fn long_lines_are_cheap() {
    let text = "市 + ".repeat(800_000);
    let source = source(&text);
    let size = source.text.len() as u32;
    let mistakes: Vec<Diagnostic> = (0..100)
        .map(|step| error("wrong", span(&source, size - 7 - step * 900, size), "here").fix("write `x`", span(&source, size / 2, size / 2 + 3), "x"))
        .collect();
    let start = std::time::Instant::now();
    let drawn = render::human(&mistakes, &[source], Style::default());
    assert!(drawn.len() < 200_000);
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
}
