//! Forms: what a line means to be, told by its first words, before it is parsed.

use super::letters::{is_reserved, starts_name, word};
use crate::diagnostic::suggest::nearest;

/// What a line declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `model cafe { … }`
    Model,
    /// `kind shop { … }`
    Kind,
    /// `shop main { … }`
    Instance,
    /// `scenario lean { … }`
    Scenario,
    /// `test "…" { … }`
    Test,
    /// `statement "…" { … }`
    Statement,
    /// `rent = …`, `rent ~ …`, `rent : USD`
    Definition,
    /// `unit cup / cups`
    Unit,
    /// `currency USD, EUR`
    Currency,
    /// `rate EUR = 1.08 USD`
    Rate,
    /// `import "costs.biz"`
    Import,
    /// `correlate a, b by 0.6`
    Correlate,
    /// `fn f(a) = …`
    Function,
    /// `require c`, and outside of tests `expect c`
    Require,
    /// `given x = 3`
    Given,
    /// `expect e == v within tol` in a test
    Expect,
    /// `goal price_floor { … }`
    Goal,
    /// `vary x from a to b`, `until c`, `maximize e`: a line of a goal
    Aim,
    /// `data …`: a word of a later version
    Later,
}

/// Where a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Outside of all braces.
    File,
    /// In a `model`.
    Model,
    /// In a `kind`.
    Kind,
    /// In an instance.
    Instance,
    /// In a `scenario`.
    Scenario,
    /// In a `test`.
    Test,
    /// In a `statement`.
    Statement,
}

impl Form {
    /// The form of a line or head.
    pub fn of(text: &str, place: Place, has_block: bool) -> Self {
        let first = word(text);
        let rest = text.get(first.len()..).unwrap_or("").trim_start_matches([' ', '\t']);
        let alone = rest.is_empty() && !has_block;
        let tight = text.get(first.len()..).unwrap_or("").starts_with('-');
        if !has_block && (defines(rest) || tight) || !text.starts_with(starts_name) || is_reserved(first) {
            return Self::Definition;
        }
        match first {
            "model" if !alone || place == Place::File => Self::Model,
            "kind" => Self::Kind,
            "scenario" => Self::Scenario,
            "test" => Self::Test,
            "statement" => Self::Statement,
            "unit" => Self::Unit,
            "currency" => Self::Currency,
            "rate" if !has_block => Self::Rate,
            "import" => Self::Import,
            "correlate" => Self::Correlate,
            "fn" | "native" => Self::Function,
            "require" => Self::Require,
            "expect" if place == Place::Test => Self::Expect,
            "expect" => Self::Require,
            "given" => Self::Given,
            "goal" if !alone => Self::Goal,
            "data" if !alone => Self::Later,
            _ if has_block => Self::Instance,
            _ => Self::Definition,
        }
    }

    /// Whether lines of this form may stand in a place.
    pub fn fits(self, place: Place) -> bool {
        match self {
            Self::Definition => true,
            Self::Require => matches!(place, Place::File | Place::Kind | Place::Instance),
            Self::Function => matches!(place, Place::File | Place::Kind),
            Self::Instance => matches!(place, Place::File | Place::Instance),
            Self::Given | Self::Expect => place == Place::Test,
            Self::Aim => false,
            Self::Model
            | Self::Kind
            | Self::Scenario
            | Self::Test
            | Self::Statement
            | Self::Unit
            | Self::Currency
            | Self::Rate
            | Self::Import
            | Self::Correlate
            | Self::Goal
            | Self::Later => place == Place::File,
        }
    }

    /// How a line of this form is written.
    pub fn example(self) -> &'static str {
        match self {
            Self::Model => "model NAME \"Title\" { … }",
            Self::Kind => "kind NAME { … }` or `kind NAME is KIND { … }",
            Self::Instance => "KIND NAME \"Title\" { … }",
            Self::Scenario => "scenario NAME \"Title\" { … }` or `scenario NAME \"Title\" extends SCENARIO { … }",
            Self::Test => "test \"Title\" { … }",
            Self::Statement => "statement \"Title\" { … }",
            Self::Definition => "NAME = VALUE",
            Self::Unit => "unit NAME / PLURAL",
            Self::Currency => "currency USD, EUR",
            Self::Rate => "rate EUR = 1.08 USD",
            Self::Import => "import \"costs.biz\"",
            Self::Correlate => "correlate NAME, NAME by 0.6",
            Self::Function => "fn NAME(a, b) = VALUE",
            Self::Require => "require CONDITION from PERIOD until PERIOD in SCENARIO with 90% confidence \"why\"",
            Self::Given => "given NAME = VALUE",
            Self::Expect => "expect VALUE == VALUE within VALUE",
            Self::Goal => "goal NAME \"Title\" { vary NAME from A to B, until CONDITION }",
            Self::Aim => "vary NAME from A to B`, `until CONDITION`, `maximize VALUE` or `minimize VALUE subject to requirements",
            Self::Later => "NAME = VALUE",
        }
    }
}

/// Words that begin lines, as they are misspelt, and as other languages and Chinese have them.
const MEANT: [(&str, &[&str]); 9] = [
    ("fn", &["def", "func", "function", "fun", "函数"]),
    ("unit", &["units", "单位"]),
    ("require", &["requires", "required", "requirement", "assert", "ensure", "must", "constraint", "要求", "必须"]),
    ("expect", &["expects", "expected", "期望", "预期"]),
    ("given", &["givens", "给定", "假设"]),
    ("currency", &["currencies", "货币"]),
    ("rate", &["rates", "汇率"]),
    ("import", &["imports", "include", "using", "导入", "引入"]),
    ("correlate", &["correlates", "correlated", "correlation", "相关"]),
];

/// The word that a line may have been meant to begin with in its place.
pub(super) fn meant(first: &str, place: Place) -> Option<&'static str> {
    if place == Place::Test && matches!(first, "set" | "let" | "when") {
        return Some("given");
    }
    let known = MEANT.iter().find(|(_, others)| others.contains(&first.to_lowercase().as_str())).map(|(word, _)| *word);
    let slip = || {
        let near = nearest(first, MEANT.iter().map(|(word, _)| (*word, 0)));
        near.into_iter().next().filter(|word| word.len().abs_diff(first.len()) <= 1 && word.len() > 3)
    };
    let word = known.or_else(slip)?;
    let word = if place == Place::Test && word == "require" { "expect" } else { word };
    let form = Form::of(&format!("{word} x"), place, false);
    form.fits(place).then_some(word)
}

/// Whether a definition goes on like this behind its first name.
pub(super) fn defines(rest: &str) -> bool {
    match rest.as_bytes() {
        [b'=', b'=', ..] => false,
        [b'=' | b'~' | b':' | b'.', ..] => true,
        _ => false,
    }
}
