//! Did you mean.

use biz::diagnostic::suggest::nearest;

fn check(wrong: &str, candidates: &[(&str, u32)], expected: &[&str]) {
    assert_eq!(nearest(wrong, candidates.iter().copied()), expected, "{wrong}");
}

#[test]
fn slips_of_the_pen() {
    check("prise", &[("price", 0), ("prose", 0), ("cash", 0)], &["price", "prose"]);
    check("szie", &[("size", 0), ("share", 0)], &["size"]);
    check("reveneu", &[("revenue", 0), ("review", 0)], &["revenue"]);
    check("x", &[("y", 0), ("z", 0)], &[]);
    check("ab", &[("ac", 0), ("cd", 0)], &["ac"]);
    check("price", &[("price", 0)], &[]);
    check("", &[("a", 0)], &[]);
}

#[test]
fn capitals_and_underscores_win() {
    check("unitCost", &[("unit_cost", 5), ("unit_cast", 0)], &["unit_cost"]);
    check("Price", &[("prices", 0), ("price", 9)], &["price"]);
}

#[test]
fn forms_and_parts() {
    check("seat", &[("seats", 0), ("heat", 1)], &["seats", "heat"]);
    check("companies", &[("company", 0)], &["company"]);
    check("rev", &[("revenue", 0)], &["revenue"]);
    check("size", &[("smb.size", 0)], &["smb.size"]);
    check("ads.conversion", &[("chat.ads.conversion", 0), ("chat.loads.conversion", 0)], &["chat.ads.conversion"]);
    check("margin", &[("gross_margin", 0), ("margarine", 0)], &["gross_margin"]);
}

#[test]
fn the_fitting_one_comes_first() {
    check("pricee", &[("price", 2), ("priced", 1), ("prices", 0)], &["prices", "priced", "price"]);
    check("prico", &[("price", 1), ("pricy", 1), ("prick", 0), ("prico2", 3)], &["prick", "price", "pricy"]);
}

#[test]
fn chinese_names() {
    check("价值", &[("价格", 0), ("客户", 0), ("收入", 0)], &["价格"]);
    check("价", &[("价格", 0), ("量", 0)], &["价格"]);
    check("市场规摸", &[("市场规模", 0), ("市场", 0)], &["市场", "市场规模"]);
}
