//! The drawing for people.

use super::*;
use biz::diagnostic::{Edit, Fix};
use insta::assert_snapshot;

const PLAN: &str = "model shop {\n  timeline = 2026-01 to 2026-12\n}\n\ncash    = 100 USD\nrevenue = 20 USD/month\nprofit  = cash + revenue\n";

#[test]
fn several_labels_help_and_fix() {
    let source = source(PLAN);
    let sum = at(&source, "cash + revenue");
    let left = span(&source, sum.span.start, sum.span.start + 4);
    let right = span(&source, sum.span.end - 7, sum.span.end);
    let mistake = error("a flow and a level can't be added", right, "a flow: USD/month")
        .also(left, "a level: USD")
        .also(at(&source, "100 USD"), "its unit comes from here")
        .help("`accumulate` turns a flow into a level, `total` sums it over the timeline")
        .fix("write `total(revenue)`", right, "total(revenue)");
    assert_snapshot!(draw(&source, mistake));
}

#[test]
fn overlapping_labels_are_drawn_one_below_the_other() {
    let source = source(PLAN);
    let sum = at(&source, "cash + revenue");
    let mistake = error("a flow and a level can't be added", sum, "this sum")
        .also(span(&source, sum.span.start, sum.span.start + 4), "a level: USD")
        .also(span(&source, sum.span.end - 7, sum.span.end), "a flow: USD/month")
        .also(sum, "said twice");
    assert_snapshot!(draw(&source, mistake));
}

#[test]
fn labels_in_other_files() {
    let plan = source(PLAN);
    let other = Source::new(FileId(1), "costs.biz", "# costs\nrevenue = 3 seat\n");
    let mistake = error("`revenue` is defined twice", at(&plan, "revenue"), "defined here")
        .also(at(&other, "revenue"), "and here")
        .also(Location::new(FileId(9), Span::new(0, 3)), "and in a file that is gone")
        .help("keep one of them");
    assert_snapshot!(render::human(&[mistake], &[plan, other], Style::default()));
}

#[test]
fn wide_characters_and_tabs_align() {
    let source = source("市场规模\t= 1.2亿 客户\n\t收入 = 市场规模 + 价格 * 客户é\n");
    let mistake = error("单位不同，不能相加", at(&source, "价格 * 客户é"), "USD，每个月")
        .also(at(&source, "市场规模 +"), "客户")
        .fix("写成 `市场规模 * 价格`", at(&source, "市场规模 + 价格 * 客户é"), "市场规模 * 价格");
    assert_snapshot!(draw(&source, mistake));
}

#[test]
fn forty_columns() {
    let source = source(PLAN);
    let text = "a_long_name = another_name_that_is_long + and_yet_another_name_at_the_end * 3 USD/month/seat\n";
    let long = Source::new(FileId(0), "plan.biz", text);
    let mistake = |source: &Source, what: &str| {
        error("a flow and a level can't be added to each other here", at(source, what), "a flow: USD/month, as its price is one a month")
            .help("`accumulate` turns a flow into a level, `total` sums it over the timeline")
            .fix("write `total(x)`", at(source, what), "total(x)")
    };
    let mut out = draw_at(&source, mistake(&source, "revenue\n").also(at(&source, "cash +"), "a level: USD"), 40);
    out += &draw_at(&long, mistake(&long, "and_yet_another_name_at_the_end").also(at(&long, "a_long_name"), "a level"), 1);
    out += &draw_at(&long, mistake(&long, "USD/month/seat"), 40);
    assert!(out.lines().all(|line| unicode_width::UnicodeWidthStr::width(line) <= 40), "{out}");
    assert_snapshot!(out);
}

#[test]
fn a_line_of_a_megabyte_is_cut() {
    let mut text = String::from("x = 1");
    text.push_str(&" + 1".repeat(250_000));
    let middle = text.len() / 2;
    text.insert_str(middle, " + wrong");
    text.push_str("\ny = x\n");
    let source = source(&text);
    let wrong = at(&source, "wrong");
    let mistake = error("`wrong` is unknown", wrong, "no such name")
        .also(at(&source, "x"), "in this equation")
        .also(span(&source, 4, 1_000_000), "all of this")
        .fix("write `1`", wrong, "1");
    let out = draw(&source, mistake);
    assert!(out.len() < 4_000);
    assert_snapshot!(out);
}

#[test]
fn empty_source_and_end_of_file() {
    let mut out = String::new();
    for text in ["", "\n", "x = 1", "x = 1\n", "x = 1\n\n"] {
        let source = source(text);
        let end = text.len() as u32;
        out += &draw(&source, error("something is missing", span(&source, end, end), "here").fix("write `}`", span(&source, end, end), "}"));
        out += "-----\n";
    }
    assert_snapshot!(out);
}

#[test]
fn carriage_returns_are_no_columns() {
    let source = source("a = 1\r\nb = a +\r\nc = 2\r\n");
    let mistake = error("the line ends too early", at(&source, "+\r\n"), "a value has to follow")
        .also(at(&source, "b = a +\r\nc"), "both lines are one equation")
        .fix("write `+ 1`", at(&source, "+"), "+ 1");
    assert_snapshot!(draw(&source, mistake));
}

#[test]
fn places_of_several_lines() {
    let mut text = String::from("product assistant {\n  price = 3\n  churn = 4\n}\nkind big {\n");
    for line in 0..40 {
        text.push_str(&format!("  a{line} = {line}\n"));
    }
    text.push_str("}\n");
    let source = source(&text);
    let start = text.find("kind big").expect("it is there") as u32;
    let mistake = error("a slot isn't filled", at(&source, "product assistant {\n  price = 3\n  churn = 4\n}\n"), "`unit_cost` is missing")
        .also(at(&source, "price"), "this one is there")
        .also(span(&source, start, text.len() as u32), "the kind");
    assert_snapshot!(draw(&source, mistake));
}

#[test]
fn text_of_the_model_steers_no_terminal() {
    let source = Source::new(FileId(0), "a\u{1b}[2J.biz", "x = \"\u{1b}[31mred\u{7}\" + \u{202e}txt\n");
    let mistake = error("`\u{1b}[2J` is\nunknown", at(&source, "\u{202e}txt"), "this\u{9b}1m\nhere")
        .help("first line\n  second\u{1b}]0;title\u{7}")
        .fix("write `\u{200f}x`", at(&source, "\u{202e}txt"), "\u{1b}x");
    let out = draw(&source, mistake);
    assert!(out.chars().all(|one| one == '\n' || !biz::diagnostic::escape::is_hidden(one)), "{out:?}");
    assert_snapshot!(out);
}

#[test]
fn ascii_and_colour() {
    let source = source(PLAN);
    let mistake = Diagnostic::warning(Code("BIZ0502"), "the scenario replaces a calculation", at(&source, "profit"), "is calculated")
        .also(at(&source, "cash"), "from this")
        .fix("write `gain`", at(&source, "profit"), "gain");
    let ascii = Style { colour: false, width: 60, unicode: false };
    let plain = render::human(std::slice::from_ref(&mistake), std::slice::from_ref(&source), ascii);
    assert!(plain.is_ascii());
    let colour = render::human(&[mistake], &[source], Style { colour: true, width: 60, unicode: true });
    assert_snapshot!(format!("{plain}{}", colour.replace('\u{1b}', "ESC")));
}

#[test]
fn fixes_of_several_edits() {
    let source = source("market smb {\n  size = 3\n  size = 4\n  demand = 1\n}\n");
    let edit = |what: &str, text: &str| Edit { at: at(&source, what), text: text.into() };
    let mut mistake = error("defined twice", at(&source, "size"), "here");
    mistake.fixes.push(Fix { title: "take the second out".into(), edits: vec![edit("  size = 4\n", "")] });
    mistake.fixes.push(Fix { title: "rename both".into(), edits: vec![edit("size = 4", "b = 4"), edit("size = 3", "a = 3"), edit("demand", "c")] });
    mistake.fixes.push(Fix { title: "add slots".into(), edits: vec![edit("}", "  x = 1\n  y = 2\n}")] });
    assert_snapshot!(draw(&source, mistake));
}

#[test]
fn more_than_a_hundred() {
    let source = source(PLAN);
    let mistakes = vec![error("wrong", at(&source, "cash"), ""); 130];
    let out = render::human(&mistakes, &[source], Style::default());
    assert_eq!(out.matches("error[").count(), 100);
    assert!(out.ends_with("\n130 errors, 30 more not shown\n"));
    assert_eq!(render::human(&[], &[], Style::default()), "");
}

#[test]
fn without_a_place() {
    let mut mistake = error("the file can't be read", Location::default(), "");
    mistake.labels.clear();
    assert_snapshot!(render::human(&[mistake.help("look at its name")], &[], Style::default()));
}

#[test]
fn many_labels() {
    let text = "x = 1 + 2\n".repeat(100);
    let source = source(&text);
    let mut mistake = error("a circle", span(&source, 0, 1), "begins here");
    for line in 1..40 {
        mistake = mistake.also(span(&source, line * 20, line * 20 + 1), "goes on");
    }
    assert_snapshot!(draw(&source, mistake));
}
