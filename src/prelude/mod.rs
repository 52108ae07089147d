//! Prelude: the business domain, written in Biz and embedded.

/// Every file of the prelude, by the name diagnostics show.
const FILES: &[(&str, &str)] = &[
    ("prelude/functions.biz", include_str!("functions.biz")),
    ("prelude/money.biz", include_str!("money.biz")),
    ("prelude/market.biz", include_str!("market.biz")),
    ("prelude/adoption.biz", include_str!("adoption.biz")),
    ("prelude/rivals.biz", include_str!("rivals.biz")),
    ("prelude/elasticity.biz", include_str!("elasticity.biz")),
    ("prelude/statistics.biz", include_str!("statistics.biz")),
    ("prelude/regression.biz", include_str!("regression.biz")),
    ("prelude/curves.biz", include_str!("curves.biz")),
    ("prelude/retention.biz", include_str!("retention.biz")),
    ("prelude/repeat.biz", include_str!("repeat.biz")),
    ("prelude/season.biz", include_str!("season.biz")),
    ("prelude/outreach.biz", include_str!("outreach.biz")),
    ("prelude/pricing.biz", include_str!("pricing.biz")),
    ("prelude/channel.biz", include_str!("channel.biz")),
    ("prelude/offer.biz", include_str!("offer.biz")),
    ("prelude/product.biz", include_str!("product.biz")),
    ("prelude/prepaid.biz", include_str!("prepaid.biz")),
    ("prelude/freemium.biz", include_str!("freemium.biz")),
    ("prelude/account.biz", include_str!("account.biz")),
    ("prelude/sale.biz", include_str!("sale.biz")),
    ("prelude/project.biz", include_str!("project.biz")),
    ("prelude/advertising.biz", include_str!("advertising.biz")),
    ("prelude/marketplace.biz", include_str!("marketplace.biz")),
    ("prelude/credits.biz", include_str!("credits.biz")),
    ("prelude/pipeline.biz", include_str!("pipeline.biz")),
    ("prelude/capacity.biz", include_str!("capacity.biz")),
    ("prelude/recognition.biz", include_str!("recognition.biz")),
    ("prelude/cost.biz", include_str!("cost.biz")),
    ("prelude/investment.biz", include_str!("investment.biz")),
    ("prelude/staff.biz", include_str!("staff.biz")),
    ("prelude/fees.biz", include_str!("fees.biz")),
    ("prelude/compute.biz", include_str!("compute.biz")),
    ("prelude/financing.biz", include_str!("financing.biz")),
    ("prelude/loan.biz", include_str!("loan.biz")),
    ("prelude/company.biz", include_str!("company.biz")),
    ("prelude/tax.biz", include_str!("tax.biz")),
    ("prelude/cash.biz", include_str!("cash.biz")),
    ("prelude/balance.biz", include_str!("balance.biz")),
    ("prelude/finance.biz", include_str!("finance.biz")),
    ("prelude/capital.biz", include_str!("capital.biz")),
    ("prelude/daycount.biz", include_str!("daycount.biz")),
    ("prelude/distributions.biz", include_str!("distributions.biz")),
    ("prelude/stock.biz", include_str!("stock.biz")),
    ("prelude/recurring.biz", include_str!("recurring.biz")),
    ("prelude/customers.biz", include_str!("customers.biz")),
    ("prelude/efficiency.biz", include_str!("efficiency.biz")),
    ("prelude/break_even.biz", include_str!("break_even.biz")),
];

/// The prelude's files: name and text.
#[must_use]
pub const fn texts() -> &'static [(&'static str, &'static str)] {
    FILES
}
