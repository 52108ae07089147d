//! Plots: every kind at every width, by signs and by letters alone; extremes where they must be, and no line too wide.

use biz::calendar::{Grid, Period, Step};
use biz::export::Signs;
use biz::export::plot::{Colour, Style, plot};
use biz::report::Value;
use biz::report::plot::{
    Axis, Bands, Bars, FAN, Fall, FallSort, Line, Lines, Panel, Plot, PlotBar, SpreadRow, Spreads, Times, Waterfall,
};
use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

const WIDTHS: [usize; 4] = [20, 40, 80, 120];

fn at(width: usize) -> Style {
    Style { width, ..Style::default() }
}

fn ascii(width: usize) -> Style {
    Style { width, signs: Signs::Ascii, ..Style::default() }
}

fn of(panel: Panel) -> Plot {
    Plot { title: None, scenario: None, drawn: None, panels: vec![panel] }
}

/// The plot at every width, a rule above each.
fn everywhere(drawn: &Plot) -> String {
    let styles = WIDTHS.map(at).into_iter().chain([ascii(40)]);
    styles.map(|style| format!("{}\n{}", "=".repeat(style.width), plot(drawn, style))).collect()
}

fn months(count: usize) -> Times {
    let last = 2026 * 12 + count as i32 - 1;
    let until = Period::Month(last.div_euclid(12), (last.rem_euclid(12) + 1) as u8);
    let grid = Grid::new(Period::Month(2026, 1), until, Step::Month).expect("it ends after it starts");
    Times::of(&grid, &grid.buckets(Step::Month), Step::Month)
}

fn line(label: &str, points: &[Option<f64>]) -> Line {
    Line { label: label.to_owned(), points: points.to_vec() }
}

fn lines(title: &str, unit: &str, lines: Vec<Line>) -> Plot {
    let axis = Axis::over(lines.iter().flat_map(|line| &line.points).flatten().copied());
    let times = months(lines[0].points.len());
    of(Panel::Lines(Lines { title: title.to_owned(), unit: unit.to_owned(), times, axis, lines }))
}

fn numbers(values: impl IntoIterator<Item = f64>) -> Vec<Option<f64>> {
    values.into_iter().map(Some).collect()
}

/// Falls for a year, then rises over three.
fn cash() -> Vec<Option<f64>> {
    numbers((0..48).map(|month| 400e3 - 60e3 * f64::from(month) + 1.9e3 * f64::from(month * month)))
}

#[test]
fn one_line() {
    insta::assert_snapshot!(everywhere(&lines("Cash", "USD", vec![line("", &cash())])));
}

#[test]
fn several_lines() {
    let costs = numbers((0..48).map(|month| 20e3 + 500.0 * f64::from(month)));
    let sales = numbers((0..48).map(|month| 1.2e3 * f64::from(month)));
    insta::assert_snapshot!(everywhere(&lines("", "USD/month", vec![line("收入（全部产品）", &sales), line("Costs", &costs)])));
}

#[test]
fn gaps_stay_open() {
    let points = [None, None, Some(60.0), Some(65.0), None, Some(71.0), None, None, Some(40.0), Some(45.0), Some(44.0), None];
    insta::assert_snapshot!(everywhere(&lines("毛利率", "%", vec![line("", &points)])));
}

fn bars() -> Plot {
    let bar = |label: &str, value: Value| PlotBar { label: label.to_owned(), value };
    let bars = vec![
        bar("Pro plan", Value::Number(960_000.0)),
        bar("智能客服与语音助手", Value::Number(484_000.0)),
        bar("Credits for summaries that teams buy", Value::Number(8_486.0)),
        bar("A loss", Value::Number(-120_000.0)),
        bar("Nothing", Value::Number(0.0)),
        bar("Blank", Value::Blank),
    ];
    let axis = Axis::over(bars.iter().filter_map(|bar| bar.value.number())).with_zero();
    of(Panel::Bars(Bars { title: "offer.profit[2027]".to_owned(), unit: "USD".to_owned(), axis, bars }))
}

#[test]
fn bars_both_ways() {
    insta::assert_snapshot!(everywhere(&bars()));
}

fn waterfall() -> Plot {
    let fall = |label: &str, value: f64, from: f64, to: f64, sort| Fall { label: label.to_owned(), value: Value::Number(value), from, to, sort };
    let falls = vec![
        fall("Revenue", 606_500.0, 0.0, 606_500.0, FallSort::Term),
        fall("Cost of goods", -74_100.0, 606_500.0, 532_400.0, FallSort::Term),
        fall("毛利", 532_400.0, 0.0, 532_400.0, FallSort::Sum),
        fall("Operating costs", -713_600.0, 532_400.0, -181_200.0, FallSort::Term),
        fall("Grants", 25_000.0, -181_200.0, -156_200.0, FallSort::Term),
        fall("EBITDA", -156_200.0, 0.0, -156_200.0, FallSort::Sum),
    ];
    let axis = Axis::over(falls.iter().flat_map(|fall| [fall.from, fall.to])).with_zero();
    of(Panel::Waterfall(Waterfall { title: "EBITDA, 2027".to_owned(), unit: "USD".to_owned(), axis, falls }))
}

#[test]
fn a_waterfall_through_zero() {
    insta::assert_snapshot!(everywhere(&waterfall()));
}

fn bands() -> Plot {
    let spread = |month: i32| {
        let middle = 10e3 * f64::from(month);
        (month != 7).then(|| [0.4, 0.8, 1.0, 1.3, 1.9].map(|part| part * middle - 20e3).to_vec())
    };
    let spreads: Vec<Option<Vec<f64>>> = (0..24).map(spread).collect();
    let axis = Axis::over(spreads.iter().flatten().flatten().copied());
    let (title, unit) = ("Cash".to_owned(), "USD".to_owned());
    of(Panel::Bands(Bands { title, unit, times: months(24), axis, shares: FAN.to_vec(), spreads }))
}

#[test]
fn a_fan_over_time() {
    insta::assert_snapshot!(everywhere(&bands()));
}

#[test]
fn spreads_side_by_side() {
    let row = |label: &str, values: Option<[f64; 5]>| SpreadRow { label: label.to_owned(), values: values.map(|values| values.to_vec()) };
    let rows = vec![
        row("Cash at the end of the plan", Some([-2e6, 0.5e6, 1.5e6, 2.5e6, 7e6])),
        row("净现值", Some([1e6, 1e6, 1e6, 1e6, 1e6])),
        row("Never", None),
    ];
    let axis = Axis::over(rows.iter().filter_map(|row| row.values.as_ref()).flatten().copied());
    let spreads = Spreads { title: String::new(), unit: "USD".to_owned(), axis, shares: FAN.to_vec(), rows };
    insta::assert_snapshot!(everywhere(&of(Panel::Spreads(spreads))));
}

#[test]
fn ranges_that_are_hard_to_draw() {
    let cases: [(&str, Vec<Option<f64>>); 8] = [
        ("All equal", numbers([7.5; 5])),
        ("All zero", numbers([0.0; 5])),
        ("A single point", numbers([42.0])),
        ("Nothing at all", vec![None; 4]),
        ("Below zero", numbers([-5.0, -9.0, -7.5])),
        ("Very large", numbers([-1e300, 5e299, 1e300])),
        ("Very small", numbers([1e-300, 3e-300])),
        ("Very close", numbers([1.000_000_1, 1.000_000_2, 1.000_000_15])),
    ];
    let drawn = cases.map(|(title, points)| plot(&lines(title, "USD", vec![line("", &points)]), at(40)));
    insta::assert_snapshot!(drawn.join("\n"));
}

#[test]
fn colours_only_where_they_are_known() {
    for drawn in [bars(), waterfall(), bands(), lines("", "USD", vec![line("a", &cash()), line("b", &cash())])] {
        let (plain, coloured) = (plot(&drawn, at(80)), plot(&drawn, Style { colour: Colour::Ansi, ..at(80) }));
        assert!(!plain.contains('\u{1b}'), "{plain}");
        assert!(coloured.contains("\u{1b}["), "{coloured}");
        let mut stripped = String::new();
        let mut parts = coloured.split("\u{1b}[");
        stripped += parts.next().unwrap_or_default();
        parts.for_each(|part| stripped += part.split_once('m').expect("a colour ends").1);
        assert_eq!(plain, stripped);
    }
}

#[test]
fn a_label_can_not_steer_the_terminal() {
    let text = plot(&lines("a\u{1b}[31mb", "", vec![line("c\u{1b}[2J", &cash()), line("d\ne", &cash())]), at(80));
    assert!(!text.contains('\u{1b}') && text.contains("a\\u{1b}[31mb") && text.contains("d e"), "{text}");
}

#[test]
fn letters_alone_where_nothing_else_is_known() {
    for drawn in [bars(), waterfall(), bands(), lines("", "USD", vec![line("a", &cash()), line("b", &cash())])] {
        let text = plot(&drawn, ascii(60)).replace("智能客服与语音助手", "").replace("毛利", "");
        assert!(text.is_ascii(), "{text}");
    }
}

/// Values of all sizes, some of them blank.
fn points() -> impl Strategy<Value = Vec<Option<f64>>> {
    let value = prop_oneof![
        3 => (-1e6..1e6f64).prop_map(Some),
        1 => (-300i32..300, -9.99..9.99f64).prop_map(|(power, digits)| Some(digits * 10f64.powi(power))),
        1 => Just(None),
        1 => Just(Some(0.0)),
    ];
    proptest::collection::vec(value, 1..200)
}

/// Where the lines of the field are, from the top: behind the axis.
fn field(text: &str) -> Vec<Vec<char>> {
    let behind = |line: &str| line.split_once(['│', '┤', '┼']).map(|(_, field)| field.chars().collect());
    text.lines().filter_map(behind).collect()
}

fn is_stroke(sign: &char) -> bool {
    ('\u{2801}'..='\u{28ff}').contains(sign)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn no_line_is_wider_than_the_terminal(first in points(), second in points(), width in 16usize..130, unicode: bool) {
        let signs = if unicode { Signs::Unicode } else { Signs::Ascii };
        let style = Style { width, signs, colour: Colour::Plain };
        let count = first.len().min(second.len());
        let both = vec![line("智能客服 and a long name behind it", &first[..count]), line("二", &second[..count])];
        let bar = |value: &Option<f64>| PlotBar { label: "市场规模与渗透率之积 of all".to_owned(), value: value.map_or(Value::Blank, Value::Number) };
        let axis = Axis::over(first.iter().flatten().copied());
        let bars = Bars { title: "柱".to_owned(), unit: "元/家/月".to_owned(), axis: axis.with_zero(), bars: first.iter().map(bar).collect() };
        let spreads: Vec<Option<Vec<f64>>> = first.iter().map(|value| value.map(|value| vec![value; 5])).collect();
        let fan = Bands { title: "扇".to_owned(), unit: "元".to_owned(), times: months(first.len()), axis, shares: FAN.to_vec(), spreads };
        for drawn in [lines("线", "CNY/company/month", both), of(Panel::Bars(bars)), of(Panel::Bands(fan))] {
            let text = plot(&drawn, style);
            for line in text.lines() {
                prop_assert!(line.width() <= width, "{} of {width} columns: {line}\n{text}", line.width());
            }
        }
    }

    /// The highest value stands at the height of its share of the axis, in the column of its period; so does the lowest.
    #[test]
    fn extremes_are_where_they_must_be(values in proptest::collection::vec(-1e6..1e6f64, 2..400), width in 30usize..130) {
        let drawn = lines("", "USD", vec![line("", &numbers(values.iter().copied()))]);
        let field = field(&plot(&drawn, at(width)));
        let used = |row: &Vec<char>| row.iter().any(is_stroke);
        let (top, bottom) = (field.iter().position(used).expect("a stroke"), field.iter().rposition(used).expect("a stroke"));
        let columns = width - plot(&drawn, at(width)).lines().find_map(|line| line.find('┤').map(|at| at + 1)).unwrap_or(1);
        let (high, low) = (values.iter().copied().fold(f64::MIN, f64::max), values.iter().copied().fold(f64::MAX, f64::min));
        for (row, extreme) in [(top, high), (bottom, low)] {
            let period = values.iter().position(|value| *value == extreme).expect("it is there");
            let column = (period as f64 * (columns * 2 - 1) as f64 / (values.len() - 1) as f64 / 2.0) as usize;
            let there = (column.saturating_sub(1)..=column + 1).any(|column| field[row].get(column).is_some_and(is_stroke));
            prop_assert!(there, "{extreme} in row {row}, column {column}");
        }
        // Between the first and the last tick the axis leaves less than a step free.
        prop_assert!(top <= field.len() / 2 && bottom >= field.len() / 2 || high / low > 0.0);
    }
}

#[test]
fn ten_thousand_points_are_drawn_at_once() {
    let values: Vec<Option<f64>> = (0..10_000).map(|at| Some(if at == 7_777 { 1_000.0 } else { f64::from(at % 10) })).collect();
    let text = plot(&lines("Once", "USD", vec![line("", &values)]), at(80));
    assert!(field(&text)[0].iter().any(is_stroke), "the one that stands out is seen: {text}");
    assert_eq!(text.lines().map(UnicodeWidthStr::width).max(), Some(80));
}
