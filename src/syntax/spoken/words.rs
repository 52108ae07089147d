//! Words for money and for units of time, as they are called in English and in Chinese, with how they are written.

/// Currencies.
const MONEY: [(&str, &str); 20] = [
    ("dollar", "USD"), ("dollars", "USD"), ("euro", "EUR"), ("euros", "EUR"), ("pound", "GBP"), ("pounds", "GBP"), ("yen", "JPY"), ("yuan", "CNY"), ("RMB", "CNY"),
    ("rmb", "CNY"), ("元", "CNY"), ("人民币", "CNY"), ("块", "CNY"), ("美元", "USD"), ("美金", "USD"), ("欧元", "EUR"), ("日元", "JPY"), ("港元", "HKD"), ("港币", "HKD"),
    ("英镑", "GBP"),
];

/// Units of time.
const TIME: [(&str, &str); 31] = [
    ("mo", "month"), ("mth", "month"), ("mon", "month"), ("月", "month"), ("个月", "month"), ("每月", "month"), ("monthly", "month"),
    ("yr", "year"), ("yrs", "year"), ("y", "year"), ("annum", "year"), ("年", "year"), ("每年", "year"), ("yearly", "year"), ("annual", "year"),
    ("qtr", "quarter"), ("季度", "quarter"), ("每季度", "quarter"), ("quarterly", "quarter"),
    ("wk", "week"), ("周", "week"), ("每周", "week"), ("weekly", "week"),
    ("d", "day"), ("天", "day"), ("日", "day"), ("每天", "day"), ("daily", "day"),
    ("h", "hour"), ("hr", "hour"), ("小时", "hour"),
];

/// The three letters of a currency that a word calls.
#[must_use]
pub fn money(word: &str) -> Option<&'static str> {
    MONEY.iter().find(|(spoken, _)| *spoken == word).map(|(_, code)| *code)
}

/// The unit of time that a word calls.
#[must_use]
pub fn time(word: &str) -> Option<&'static str> {
    let plural = word.strip_suffix('s').filter(|one| *one == "hr");
    TIME.iter().find(|(spoken, _)| *spoken == plural.unwrap_or(word)).map(|(_, unit)| *unit)
}
