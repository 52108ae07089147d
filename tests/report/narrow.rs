//! Narrow terminals: what the decisions, simulations and explanations of a model tell has room, whatever its names.

use crate::decide::facts;
use biz::export::decision::{self, Form};
use biz::export::{Signs, Style, comparison, simulation, table, trace};
use biz::workspace::{Aims, Ask, AskedLine, Facts, Movable, Samples, Spacing};
use unicode_width::UnicodeWidthStr;

const STALL: &str = r#"
model stall "A stall at the market" { timeline = 2026-01 to 2026-03, currency = USD }
unit cup / cups

price_of_a_cup  = 3 USD/cup                ## what the neighbours ask
cups_sold       ~ 90 cup/month to 120 cup/month  ## counted in spring
rent_and_wages  = 200 USD/month
takings         = price_of_a_cup * cups_sold
surplus         = takings - rent_and_wages  ## what is left at the end of a month
left            = total(surplus)
paid            = surplus > 80 USD/month

scenario dearer_and_larger "Dearer, and more are sold" { price_of_a_cup = 4 USD/cup, rent_and_wages = base * 2 }
"#;

const TEAHOUSE: &str = r#"
model 茶馆 "街角的茶馆" { timeline = 2026-01 to 2026-03, currency = CNY }
unit 杯

每杯的价格 = 30 CNY/杯                  ## 邻居的价格
每月的销量 ~ 9000 杯/month to 1.2万 杯/month  ## 春天数过
房租与工资 = 5万 CNY/month
收入 = 每杯的价格 * 每月的销量
盈余 = 收入 - 房租与工资                ## 每月末剩下的钱
合计 = total(盈余)
够用 = 盈余 > 20万 CNY/month

scenario 涨价 "价格上涨，房租加倍" { 每杯的价格 = 36 CNY/杯, 房租与工资 = base * 2 }
"#;

/// What a model is asked, by the names of its own language.
struct Asked {
    text: &'static str,
    figure: &'static str,
    flow: &'static str,
    ranges: [&'static str; 2],
}

const ASKED: [Asked; 2] = [
    Asked {
        text: STALL,
        figure: "left",
        flow: "surplus",
        ranges: ["price_of_a_cup from 2 USD/cup to 4 USD/cup", "rent_and_wages from 100 USD/month to 300 USD/month"],
    },
    Asked {
        text: TEAHOUSE,
        figure: "合计",
        flow: "盈余",
        ranges: ["每杯的价格 from 20 CNY/杯 to 40 CNY/杯", "房租与工资 from 4万 CNY/month to 6万 CNY/month"],
    },
];

fn found<T>(found: Option<T>, facts: &Facts) -> T {
    found.unwrap_or_else(|| panic!("{:?}", facts.mistakes))
}

impl Asked {
    fn samples() -> Option<Samples> {
        Some(Samples { count: 512, ..Samples::default() })
    }

    fn swept(&self, axes: usize, style: Style) -> String {
        let vary = self.ranges.iter().take(axes).map(|range| AskedLine::new("--vary", "vary ", *range)).collect();
        let aims = Aims { vary, aims: vec![AskedLine::new("TARGET", "maximize ", self.figure)], ..Aims::default() };
        let mut facts = facts(self.text, Ask { aims: Some(&aims), ..Ask::default() });
        let sweep = facts.sweep(&vec![Spacing::Steps(2); axes]);
        decision::sweep(&found(sweep, &facts), Form::Table(style))
    }

    fn moved(&self, style: Style) -> String {
        let queries = [self.figure.to_owned()];
        let mut facts = facts(self.text, Ask { queries: &queries, samples: Self::samples(), ..Ask::default() });
        let told = facts.sensitivity(Movable::All);
        decision::sensitivity(&found(told, &facts), Form::Table(style))
    }

    fn compared(&self, style: Style) -> String {
        let mut facts = facts(self.text, Ask { apart: Some(&[]), ..Ask::default() });
        let told = facts.compare(&[]);
        comparison::comparison(&found(told, &facts), Form::Table(style))
    }

    fn explained(&self, style: Style) -> String {
        let cell = format!("{}[2026-02]", self.flow);
        let mentions = [cell.clone()];
        let mut facts = facts(self.text, Ask { mentions: &mentions, ..Ask::default() });
        let told = facts.explained(&cell, 9);
        trace::explanation(&found(told, &facts), Form::Table(style))
    }

    fn simulated(&self, style: Style) -> String {
        let mut facts = facts(self.text, Ask { samples: Self::samples(), ..Ask::default() });
        let told = facts.simulate(None, &[], &[0.05, 0.25, 0.5, 0.75, 0.95]);
        simulation::table::table(&found(told, &facts), style)
    }

    fn run(&self, style: Style) -> String {
        let mut facts = facts(self.text, Ask::default());
        let told = facts.run(None, &[]);
        table::table(&found(told, &facts), style)
    }

    fn all(&self, style: Style) -> String {
        let told = [
            ("run", self.run(style)),
            ("sweep", self.swept(1, style)),
            ("sweep of two", self.swept(2, style)),
            ("sensitivity", self.moved(style)),
            ("compare", self.compared(style)),
            ("explain", self.explained(style)),
            ("simulate", self.simulated(style)),
        ];
        told.map(|(command, text)| format!("== {command}\n{text}")).join("\n")
    }
}

fn fits(text: &str, width: usize) {
    for line in text.lines() {
        assert!(line.width() <= width, "{} of {width} columns: {line}", line.width());
    }
}

#[test]
fn everything_in_20_columns() {
    for asked in ASKED {
        let text = asked.all(Style { width: 20, ..Style::default() });
        fits(&text, 20);
        insta::assert_snapshot!(text);
    }
}

#[test]
fn everything_in_40_columns() {
    for asked in ASKED {
        let text = asked.all(Style { width: 40, ..Style::default() });
        fits(&text, 40);
        insta::assert_snapshot!(text);
    }
}

/// Where signs take more columns than those they stand for, too.
#[test]
fn no_line_is_too_wide_in_between() {
    for asked in ASKED {
        for width in 20..60 {
            for signs in [Signs::Unicode, Signs::Ascii] {
                fits(&asked.all(Style { width, signs }), width);
            }
        }
    }
}

/// Every number of a wide terminal stands in a narrow one.
#[test]
fn no_figure_is_lost() {
    for asked in ASKED {
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        let wide = asked.compared(Style { width: 200, ..Style::default() });
        let narrow = squeezed(&asked.compared(Style { width: 20, ..Style::default() }));
        let figures = wide.split_whitespace().filter(|word| word.contains(|digit: char| digit.is_ascii_digit()) && !word.contains(':'));
        for figure in figures {
            assert!(narrow.contains(figure), "{figure} is not in {narrow}");
        }
    }
}
