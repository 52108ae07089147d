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

/// `百分之三`: percent as they are said, as they are written.
#[must_use]
pub fn percent(word: &str) -> Option<String> {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let said = word.strip_prefix("百分之").filter(|said| !said.is_empty())?;
    if said.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(format!("{said}%"));
    }
    let digit = |text: &str| if text.is_empty() { Some(None) } else { DIGITS.iter().position(|known| text == known.to_string()).map(Some) };
    let value = match said.split_once('十') {
        Some((tens, ones)) => digit(tens)?.unwrap_or(1) * 10 + digit(ones)?.unwrap_or(0),
        None => digit(said)??,
    };
    Some(format!("{value}%"))
}

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
