//! Reports made by hand: nothing in them is computed.

use biz::report::{Origin, 
    Breach, Driver, Kind, Moment, Report, Requirement, Row, Scalar, Series, Severity, Shown, Statement, Status, Value,
};
use biz::text::Location;

pub fn number(value: f64) -> Value {
    Value::Number(value)
}

pub fn shown(value: f64, unit: &str) -> Shown {
    Shown { value: Value::Number(value), unit: unit.to_owned() }
}

pub fn row(label: &str, unit: &str, values: &[Value], trend: &[f64]) -> Row {
    Row {
        label: label.to_owned(),
        path: Some(label.to_lowercase().replace(' ', "_")),
        unit: unit.to_owned(),
        values: values.to_vec(),
        trend: trend.iter().map(|figure| Some(*figure)).collect(),
    }
}

fn numbers(values: &[f64]) -> Vec<Value> {
    values.iter().map(|value| Value::Number(*value)).collect()
}

pub fn statement(title: &str, first: i32, rows: Vec<Row>) -> Statement {
    let count = rows.iter().map(|row| row.values.len()).max().unwrap_or(0) as i32;
    Statement { title: Some(title.to_owned()), buckets: (first..first + count).map(|year| year.to_string()).collect(), rows }
}

pub fn scalar(path: &str, title: &str, kind: Kind, value: Shown) -> Scalar {
    Scalar { path: path.to_owned(), title: title.to_owned(), kind, value }
}

pub fn moment(step: usize, period: &str, value: Shown, bound: Shown) -> Moment {
    Moment { step, period: Some(period.to_owned()), value: Some(value), bound: Some(bound) }
}

fn requirement(text: &str, status: Status, severity: Severity, breaches: Vec<Breach>) -> Requirement {
    Requirement {
        text: text.to_owned(),
        message: None,
        instance: None,
        origin: Origin::Model,
        status,
        severity,
        confidence: None,
        chance: None,
        breaches,
        at: Location::default(),
    }
}

/// Five years of a plan: money in millions, a margin, cash below zero, a blank and a value that has none.
pub fn plan() -> Report {
    let profit = vec![
        row("Revenue", "USD", &numbers(&[0.0, 1_250_000.0, 4_800_000.0, 12_345_678.0, 31_000_000.0]), &[0.0, 1.0, 4.0, 12.0, 31.0]),
        row("Cost of goods", "USD", &numbers(&[-80_000.0, -500_000.0, -1_900_000.0, -4_200_000.0, -9_876_543.0]), &[-8.0, -50.0, -190.0, -420.0, -987.0]),
        row("Gross margin", "%", &[Value::Blank, number(60.0), number(60.4), number(65.98), number(68.14)], &[60.0, 60.4, 65.98, 68.14]),
        row("Cost of one more", "USD/1k token", &[Value::Fault, number(0.004), number(0.0041), number(0.0042), number(0.0043)], &[4.0, 4.1, 4.2, 4.3]),
    ];
    let cash = vec![row("Cash", "USD", &numbers(&[-2_000_000.0, -900.0, 1_000_000.0, 5_000_000.0, 20_000_000.0]), &[-2e6, -9e2, 1e6, 5e6, 2e7])];
    Report {
        name: Some("support".to_owned()),
        title: Some("Smart customer service".to_owned()),
        scenario: Some("price_war".to_owned()),
        periods: vec!["2026-01".to_owned(), "2026-02".to_owned()],
        cut: Vec::new(),
        uncounted: Vec::new(),
        statements: vec![statement("Profit and loss", 2026, profit), statement("Cash", 2026, cash)],
        figures: vec![
            scalar("break_even", "Break-even", Kind::Level, Shown { value: Value::Date("2028-03".to_owned()), unit: String::new() }),
            scalar("npv", "Net present value", Kind::Level, shown(-1_234_567.0, "USD")),
            scalar("runway", "Runway", Kind::Level, Shown { value: Value::Blank, unit: "month".to_owned() }),
        ],
        series: vec![
            Series {
                path: "assistant.revenue".to_owned(),
                title: "Revenue, \"gross\"".to_owned(),
                unit: "USD/month".to_owned(),
                kind: Kind::Flow,
                values: vec![number(0.1 + 0.2), Value::Blank],
            },
            Series {
                path: "市场.份额".to_owned(),
                title: "=1+1".to_owned(),
                unit: "%".to_owned(),
                kind: Kind::Ratio,
                values: vec![number(-4.5), number(1e21)],
            },
        ],
        scalars: vec![
            scalar("smb.size", "Companies\nof the region", Kind::Input, shown(1_800_000.0, "company")),
            scalar("launch", "Launch", Kind::Input, Shown { value: Value::Date("2026-04".to_owned()), unit: String::new() }),
            scalar("ready", "Ready", Kind::Level, Shown { value: Value::Condition(true), unit: String::new() }),
            scalar("runway", "Runway", Kind::Level, Shown { value: Value::Blank, unit: "month".to_owned() }),
        ],
        requirements: claims(),
        drawn: None,
    }
}

fn claims() -> Vec<Requirement> {
    let war = Breach {
        scenario: Some("price_war".to_owned()),
        reason: None,
        first: Some(moment(12, "2027-01", shown(58.25, "%"), shown(60.0, "%"))),
        worst: Some(moment(30, "2028-07", shown(41.0, "%"), shown(60.0, "%"))),
        missed: (20, 48),
        drivers: vec![Driver {
            path: "metered.subscription".to_owned(),
            input: shown(49.0, "USD/company/month"),
            effect: shown(3.1, "%"),
            at: Location::default(),
        }],
    };
    let calm = Breach { scenario: None, reason: None, worst: war.first.clone(), missed: (1, 48), drivers: Vec::new(), ..war.clone() };
    let mut margin = requirement("gross_margin >= 60% from 2027-01", Status::Failed, Severity::Require, vec![calm, war.clone()]);
    margin.message = Some("inference has to stay cheap".to_owned());
    let unknown = Breach {
        scenario: None,
        reason: Some("it asks for a share of the samples, and there are none".to_owned()),
        first: None,
        worst: None,
        missed: (0, 1),
        drivers: Vec::new(),
    };
    let thin = Breach {
        scenario: None,
        reason: None,
        first: Some(Moment { step: 0, period: None, value: Some(shown(999_960.0, "USD")), bound: Some(shown(1_000_000.0, "USD")) }),
        worst: None,
        missed: (1, 1),
        drivers: Vec::new(),
    };
    let mut share = requirement("0% <= penetration <= 100%", Status::Met, Severity::Require, Vec::new());
    share.instance = Some("smb".to_owned());
    vec![
        share,
        margin,
        requirement("lowest(cash) >= 0 USD with 90% confidence", Status::Undefined, Severity::Require, vec![unknown]),
        requirement("final(cash) >= 1M USD", Status::Warning, Severity::Expect, vec![thin]),
    ]
}

/// Names in Chinese, a long label and a long unit.
pub fn chinese() -> Report {
    let rows = vec![
        row("收入", "元", &numbers(&[12_000.0, 340_000.0]), &[1.0, 34.0]),
        row("市场规模与渗透率之积", "元/家/月", &numbers(&[1.5, 2.25]), &[1.5, 2.25]),
        row("Average revenue per paying account", "CNY/company/month", &numbers(&[1e-7, 3e20]), &[0.0, 3.0]),
    ];
    Report { title: Some("智能客服".to_owned()), statements: vec![statement("利润表", 2026, rows)], ..Report::default() }
}
