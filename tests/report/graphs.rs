//! Graphs: who reads whom, in every format, with names that mean something there.

use biz::export::graph::{dot::dot, json::json, mermaid::mermaid};
use biz::report::Through;
use biz::report::graph::Graph;
use biz::workspace::{Ask, Facts, Memory};

/// Names that are words of Mermaid or DOT, titles with quotes, a loop through time, a table.
const ODD: &str = r##"
model 计划 "a \"quoted\" <title>" { timeline = 2026-01 to 2026-12, currency = USD }
unit 杯

价格 = 3 USD/杯             ## 售价 "含税" <b> & #1; \ back
subgraph = 900 杯/month    ## end
销量 ~ 800 杯/month to 1_000 杯/month
销售额 = 价格 * subgraph + 价格 * 销量
left = accumulate(销售额 - rent, from: 0 USD)
rent = if opening(left, from: 0 USD) > 0 USD then 100 USD/month else 0 USD/month
class = step { 2026-01: 价格, 2026-06: 2 USD/杯 }
require lowest(left) >= 0 USD "不能 \"破产\" `x`"
"##;

/// Everything between what is written and what is asked is the prelude's.
const PLAN: &str = r#"
model notes { timeline = 2026-01 to 2026-12, currency = USD }
unit seat / seats
market teams { size = 400k seat, penetration = 3% }
pricing plan { subscription = 9 USD/seat/month }
product notes { market = teams, pricing = plan, churn = 2.5%/month }
require final(revenue) >= 1 USD/month
"#;

fn graph(text: &str, figures: &[&str], depth: Option<usize>, through: Through) -> Graph {
    let figures: Vec<String> = figures.iter().map(|name| (*name).to_owned()).collect();
    let ask = Ask { mentions: &figures, ..Ask::default() };
    let mut facts = Facts::open(&Memory::new([("plan.biz", text.as_bytes())]), &ask);
    let graph = facts.graph(&figures, depth, through);
    graph.unwrap_or_else(|| panic!("{:?}", facts.mistakes))
}

fn names(graph: &Graph) -> Vec<&str> {
    graph.nodes.iter().map(|node| node.name.as_str()).collect()
}

#[test]
fn odd_names_in_mermaid() {
    insta::assert_snapshot!(mermaid(&graph(ODD, &[], None, Through::Model)));
}

#[test]
fn odd_names_in_dot() {
    insta::assert_snapshot!(dot(&graph(ODD, &[], None, Through::Model)));
}

#[test]
fn odd_names_in_json() {
    insta::assert_snapshot!(json(&graph(ODD, &["left"], Some(1), Through::Model)));
}

#[test]
fn a_figure_with_what_it_is_made_of() {
    assert_eq!(names(&graph(ODD, &["left"], None, Through::Model)), ["价格", "subgraph", "销量", "销售额", "left", "rent"]);
    assert_eq!(names(&graph(ODD, &["left"], Some(1), Through::Model)), ["销售额", "left", "rent"]);
    assert_eq!(names(&graph(ODD, &["left"], Some(0), Through::Model)), ["left"]);
}

#[test]
fn the_prelude_is_passed_through_unless_asked_for() {
    let short = graph(PLAN, &[], None, Through::Model);
    let wanted =
        ["teams.size", "teams.penetration", "plan.subscription", "notes.churn", "revenue", "final(revenue) >= 1 USD/month"];
    assert_eq!(names(&short), wanted);
    let place = |name: &str| names(&short).iter().position(|known| *known == name).expect("it is there");
    for input in wanted.iter().take(4) {
        let reads = |edge: &biz::report::graph::GraphEdge| edge.from == place(input) && edge.to == place("revenue");
        assert!(short.edges.iter().any(reads), "{input}");
    }
    let long = graph(PLAN, &["revenue"], None, Through::All);
    assert!(names(&long).contains(&"notes.revenue") && long.nodes.len() > short.nodes.len(), "{:?}", names(&long));
}
