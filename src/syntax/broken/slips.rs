//! Slips: what a line that did not parse may have been meant to be, one token more, less or otherwise. Each is worth a try.

use super::Line;
use crate::diagnostic::{Edit, Fix, Guess, Label, suggest};
use crate::syntax::form::Form;
use crate::syntax::tokens::{Kind, Token};
use crate::text::Span;

/// Words that stand between values, as they are misspelt, and as others and Chinese have them.
const WORDS: [(&str, &[&str]); 15] = [
    ("to", &["至", "到", "through", "thru", "till", "..", "...", "~", "–", "—", "-", "->", ",", "bis", "until"]),
    ("growing", &["增长", "grows", "growth"]),
    ("from", &["从", "starting", "since", "after", "自"]),
    ("until", &["直到", "till", "before", "截至"]),
    ("if", &["如果", "若", "when"]),
    ("then", &["那么", "则"]),
    ("else", &["否则", "otherwise"]),
    ("and", &["且", "并且", "&"]),
    ("or", &["或", "或者"]),
    ("otherwise", &["else"]),
    ("confidence", &["信心", "置信度", "certainty", "probability"]),
    ("*", &["乘", "乘以", "times"]),
    ("/", &["除以", "over"]),
    ("+", &["加", "plus"]),
    ("-", &["减", "减去", "minus", "less"]),
];

/// What may be missing between two tokens, the likeliest first.
const BETWEEN: [(&str, &str); 13] = [
    (",", ", "), (":", ": "), ("to", " to "), ("=", " = "), ("then", " then "), ("*", " * "), ("-", " - "), ("+", " + "), ("by", " by "), ("from", " from "),
    ("/", " / "), ("{", " { "), ("growing", " growing "),
];

/// How many of these are likelier than that a token is one too many.
const LIKELY: usize = 8;

/// How many tokens a line has at most that is tried otherwise.
const LONGEST: usize = 200;

/// What may be meant, the likeliest first.
pub(super) fn of(line: &Line<'_>, form: Form) -> Vec<Guess> {
    if line.tokens.len() > LONGEST || line.told.is_much() {
        return Vec::new();
    }
    let mut slips = Slips { line, found: Vec::new() };
    slips.whole(form);
    slips.commas();
    slips.calls();
    slips.dates();
    for index in [line.here.checked_sub(1), Some(line.here), Some(line.here + 1)].into_iter().flatten() {
        slips.word(index);
    }
    slips.joined();
    slips.between();
    slips.superfluous();
    slips.found
}

struct Slips<'l, 't> {
    line: &'l Line<'t>,
    found: Vec<Guess>,
}

impl Slips<'_, '_> {
    fn add(&mut self, doubt: u8, title: impl Into<String>, edits: Vec<(Span, String)>) {
        let edits = edits.into_iter().map(|(span, text)| Edit { at: self.line.at(span), text }).collect();
        self.found.push(Guess { fix: Fix { title: title.into(), edits }, label: None, message: None, doubt });
    }

    /// Says of the last guess what is wrong then, and where.
    fn says(&mut self, at: Span, message: String, label: &str) {
        let at = self.line.at(at);
        if let Some(last) = self.found.last_mut() {
            last.message = Some(message);
            last.label = Some(Label { at, text: label.to_owned() });
        }
    }

    /// The gap before a token.
    fn gap(&self, index: usize) -> Option<Span> {
        let (before, here) = (self.line.get(index.checked_sub(1)?)?, self.line.get(index)?);
        Some(Span::new(before.span.end, here.span.start))
    }

    /// Lines with a word of their own, written anew from their names and numbers.
    fn whole(&mut self, form: Form) {
        let line = self.line;
        match form {
            Form::Correlate => {
                let number = line.tokens.iter().rposition(|token| token.kind == Kind::Number);
                let Some((number, at)) = number.and_then(|at| Some((line.get(at)?, at))) else { return };
                let sign = if line.is(at - 1, "-") { "-" } else { "" };
                let names = paths(line.tokens.get(1..at).unwrap_or(&[]));
                if names.len() > 1 {
                    let text = format!("correlate {} by {sign}{}", names.join(", "), number.text);
                    self.add(1, format!("write `{text}`"), vec![(line.span, text)]);
                    self.says(line.span, "a correlation is written `correlate NAME, NAME by 0.6`".into(), "not this way");
                }
            }
            Form::Unit => {
                let commas: Vec<&Token<'_>> = line.tokens.iter().filter(|token| token.is(",")).collect();
                let slash = commas.is_empty() || line.tokens.iter().any(|token| token.is("/"));
                let edits = commas.iter().map(|comma| (Span::new(comma.span.start, self.behind(comma)), "\nunit ".into())).collect();
                if let Some(comma) = commas.first().filter(|_| slash) {
                    self.add(1, "declare each on a line of its own", edits);
                    self.says(comma.span, "a line declares one unit".into(), "another one behind this");
                }
                if let [_, name, open, plural, close] = line.tokens.as_slice()
                    && open.is("(")
                {
                    let text = format!(" / {}", plural.text);
                    self.add(1, format!("write `{} / {}`", name.text, plural.text), vec![(Span::new(name.span.end, close.span.end), text)]);
                }
            }
            Form::Rate => {
                // `rate USD/EUR = 0.92`
                let find = |text: &str| line.tokens.iter().find(|token| token.is(text));
                if let (Some(slash), Some(equals), Some(last)) = (find("/"), find("="), line.tokens.last())
                    && slash.span.end < equals.span.start
                    && let Some(other) = line.tokens.iter().find(|token| token.span.start >= slash.span.end)
                {
                    let edits = vec![(Span::new(slash.span.start, other.span.end), String::new()), (last.span.after(), format!(" {}", other.text))];
                    self.add(1, format!("write the amount in `{}`", other.text), edits);
                }
            }
            Form::Instance | Form::Model | Form::Scenario | Form::Goal => {
                // `product "Desk" desk`
                if let [_, title, name] = line.tokens.as_slice()
                    && title.kind == Kind::Text
                    && name.kind == Kind::Word
                {
                    let text = format!("{} {}", name.text, title.text);
                    self.add(1, format!("write `{text}`"), vec![(title.span.join(name.span), text)]);
                }
                // `product desk Desk`
                if let [_, name, title] = line.tokens.as_slice()
                    && title.kind == Kind::Word
                {
                    let text = format!("\"{}\"", title.text);
                    self.add(1, format!("as a title, write `{} {text}`", name.text), vec![(title.span, text)]);
                }
            }
            Form::Kind
            | Form::Test
            | Form::Statement
            | Form::Definition
            | Form::Currency
            | Form::Import
            | Form::Function
            | Form::Require
            | Form::Given
            | Form::Expect
            | Form::Aim
            | Form::Later => {}
        }
    }

    /// Where the next token behind one begins.
    fn behind(&self, token: &Token<'_>) -> u32 {
        self.line.tokens.iter().find(|next| next.span.start >= token.span.end).map_or(token.span.end, |next| next.span.start)
    }

    /// Commas: between definitions on one line, between names of a statement, between numbers in brackets; all at once.
    fn commas(&mut self) {
        let defines = |index: usize| ["=", "~", ":"].iter().any(|sign| self.line.is(index, sign));
        let ends = |index: usize| self.line.get(index).is_some_and(Token::ends_value);
        let kind = |index: usize| self.line.get(index).map(|token| token.kind);
        let gaps = |wanted: &dyn Fn(usize) -> bool| {
            let gaps = (1..self.line.tokens.len()).filter(|index| ends(index - 1) && wanted(*index)).filter_map(|index| self.gap(index));
            gaps.map(|gap| (gap, ", ".to_owned())).collect::<Vec<_>>()
        };
        let members = gaps(&|index| kind(index) == Some(Kind::Word) && defines(index + 1) && index > 1 && !self.line.is(index - 1, "."));
        let only_names = self.line.tokens.iter().all(|token| token.kind == Kind::Word || token.is(".") || token.is(","));
        let names = gaps(&|index| only_names && kind(index) == Some(Kind::Word) && !self.line.is(index - 1, "."));
        let numbers = gaps(&|index| kind(index) == Some(Kind::Number));
        for edits in [members, names, numbers] {
            if !edits.is_empty() {
                let title = if edits.len() > 1 { "put commas between them" } else { "put a comma between them" };
                self.add(1, title, edits);
            }
        }
    }

    /// `triangular { 1, 2, 3 }`, `if(c, a, b)`, an `otherwise` for an `else`, a `with` without its `confidence`.
    fn calls(&mut self) {
        let line = self.line;
        let find = |text: &str| line.tokens.iter().position(|token| token.is(text));
        if let (Some(open), Some(close)) = (find("{"), line.tokens.iter().rposition(|token| token.is("}")))
            && let (Some(name), Some(opening), Some(closing)) = (open.checked_sub(1).and_then(|at| line.get(at)), line.get(open), line.get(close))
            && name.kind == Kind::Word
        {
            self.add(2, "write `(…)`", vec![(Span::new(name.span.end, opening.span.end), "(".into()), (closing.span, ")".into())]);
        }
        if let (Some(word), Some(close)) = (find("if").filter(|at| line.is(at + 1, "(")), line.tokens.iter().rposition(|token| token.is(")"))) {
            let (mut depth, mut commas) = (0_usize, Vec::new());
            for token in line.tokens.iter().take(close).skip(word + 1) {
                match token.kind {
                    Kind::Open => depth += 1,
                    Kind::Close => depth = depth.saturating_sub(1),
                    Kind::Divider if depth == 1 => commas.push(token.span),
                    Kind::Word | Kind::Reserved | Kind::Number | Kind::Text | Kind::Divider | Kind::Sign => {}
                }
            }
            if let ([first, second], Some(open), Some(close)) = (commas.as_slice(), line.get(word + 1), line.get(close)) {
                let edits = vec![(open.span, " ".into()), (*first, " then".into()), (*second, " else".into()), (close.span, String::new())];
                self.add(1, "write `if … then … else …`", edits);
            }
        }
        if let Some(word) = find("otherwise").and_then(|at| line.get(at)) {
            self.add(2, "write `else`", vec![(word.span, "else".into())]);
        }
        if find("with").is_some() && find("confidence").is_none() {
            self.add(2, "add `confidence`", vec![(line.behind(line.here).span, " confidence".into())]);
        }
        if let (Some(first), true) = (line.get(0).filter(|first| matches!(first.text, "units" | "单位")), find(",").is_some()) {
            let commas: Vec<(Span, String)> = line.tokens.iter().filter(|token| token.is(",")).map(|comma| (Span::new(comma.span.start, self.behind(comma)), "\nunit ".into())).collect();
            let edits = std::iter::once((first.span, "unit".to_owned())).chain(commas).collect();
            self.add(1, "declare each on a line of its own", edits);
        }
    }

    /// `2026-01-2027-12`: two dates with a dash between them.
    fn dates(&mut self) {
        for token in self.line.tokens.iter().filter(|token| token.kind == Kind::Number) {
            let second = token.text.get(4..).and_then(|rest| rest.find("-20").map(|at| at + 4));
            let is_year = |at: &usize| token.text.get(at + 1..at + 5).is_some_and(|year| year.bytes().all(|byte| byte.is_ascii_digit()));
            if let Some(at) = second.filter(is_year) {
                let start = token.span.start + at as u32;
                self.add(1, "write `to`", vec![(Span::new(start, start + 1), " to ".into())]);
            }
        }
    }

    /// A word or sign that is another one misspelt.
    fn word(&mut self, index: usize) {
        let Some(token) = self.line.get(index) else { return };
        if !matches!(token.kind, Kind::Word | Kind::Reserved | Kind::Sign | Kind::Divider) {
            return;
        }
        // `2%到5%`
        let glued = WORDS.iter().find_map(|(word, others)| others.iter().filter(|other| !other.is_ascii()).find_map(|other| Some((*word, token.text.strip_prefix(other)?))));
        if let Some((word, rest)) = glued.filter(|(_, rest)| rest.starts_with(|next: char| next.is_ascii_digit())) {
            let gap = Span::new(self.line.behind(index).span.end, token.span.end);
            self.add(2, format!("write `{word}`"), vec![(gap, format!(" {word} {rest}"))]);
        }
        // `2 USD .. 3 USD`
        if let (true, Some(second)) = (token.is("."), self.line.get(index + 1).filter(|second| second.is("."))) {
            let span = token.span.join(second.span);
            self.add(2, "write `to`", vec![(Span::new(self.line.behind(index).span.end, self.behind(second)), " to ".into())]);
            self.add(3, "write `,`", vec![(span, ",".into())]);
        }
        let known = WORDS.iter().filter(|(_, others)| others.contains(&token.text)).map(|(word, _)| *word);
        let near = suggest::nearest(token.text, WORDS.iter().map(|(word, _)| (*word, 0)));
        let mut meant: Vec<&str> = known.chain(near.into_iter().filter(|_| token.kind == Kind::Word)).collect();
        meant.truncate(3);
        let (start, end) = (self.line.behind(index).span.end, self.behind(token));
        for word in meant {
            let before = if start < token.span.start || index == 0 { (token.span.start, "") } else { (token.span.start, " ") };
            let after = if end > token.span.end || index + 1 >= self.line.tokens.len() { "" } else { " " };
            let edits = vec![(Span::new(before.0, token.span.end), format!("{}{word}{after}", before.1))];
            // `2.8~3.6 GBP/loaf`: each end has its unit.
            let lacks = self.unit_behind(index + 1).filter(|_| word == "to" && index > 0 && self.line.get(index - 1).is_some_and(|low| low.kind == Kind::Number));
            if let Some(unit) = lacks {
                let completed = vec![(Span::new(start, token.span.end), format!("{unit} {word}{}", if end > token.span.end { "" } else { " " }))];
                self.add(2, format!("write `{word}`, and the unit at both ends"), completed);
                self.says(token.span, format!("`{}` stands where `{word}` belongs", token.text), "no word of the language here");
            }
            self.add(2, format!("write `{word}`"), edits);
            self.says(token.span, format!("`{}` stands where `{word}` belongs", token.text), "no word of the language here");
        }
        let signs: &[&str] = match token.text {
            "=" => &[":"],
            ":" => &["="],
            "," => &[":"],
            "." => &[","],
            _ => &[],
        };
        for sign in signs {
            self.add(3, format!("write `{sign}`"), vec![(token.span, (*sign).to_owned())]);
        }
    }

    /// What stands behind the digits of a number: `%/month`, ` GBP/loaf`.
    fn unit_behind(&self, number: usize) -> Option<String> {
        let mut text = String::new();
        let mut end = self.line.get(number).filter(|token| token.kind == Kind::Number)?.span.end;
        for token in self.line.tokens.iter().skip(number + 1) {
            let is_tight = token.span.start == end;
            let goes_on = token.kind == Kind::Word && (is_tight || text.is_empty()) || is_tight && matches!(token.text, "/" | "%" | "*");
            if !goes_on {
                break;
            }
            text += if is_tight { "" } else { " " };
            text += token.text;
            end = token.span.end;
        }
        (!text.is_empty()).then_some(text)
    }

    /// Several words that are one name: `cost of goods`.
    fn joined(&mut self) {
        let is_word = |index: usize| self.line.get(index).is_some_and(|token| matches!(token.kind, Kind::Word | Kind::Reserved));
        let mut first = self.line.here;
        while first > 0 && is_word(first - 1) {
            first -= 1;
        }
        let mut last = self.line.here;
        while is_word(last) {
            last += 1;
        }
        for from in first..self.line.here {
            for to in (self.line.here + 1..=last).rev() {
                let words = self.line.tokens.get(from..to).unwrap_or(&[]);
                let (Some(one), Some(other)) = (words.first(), words.last()) else { continue };
                if (2..=5).contains(&words.len()) {
                    let text = words.iter().map(|word| word.text).collect::<Vec<_>>().join("_");
                    let span = one.span.join(other.span);
                    self.add(2, format!("write `{text}`"), vec![(span, text)]);
                    self.says(span, "a name is one word".into(), "several words");
                }
            }
        }
    }

    /// A sign or word that is missing.
    fn between(&mut self) {
        let here = self.line.here;
        for index in [Some(here), here.checked_sub(1).filter(|index| *index > 0), Some(here + 1)].into_iter().flatten() {
            let Some(gap) = self.gap(index) else { continue };
            for (at, (sign, text)) in BETWEEN.into_iter().enumerate() {
                let doubt = if index == here && at < LIKELY { 4 } else if at < 2 { 5 } else { 7 };
                self.add(doubt, format!("add `{sign}`"), vec![(gap, text.to_owned())]);
            }
        }
    }

    /// A token that is one too many.
    fn superfluous(&mut self) {
        for index in [Some(self.line.here), self.line.here.checked_sub(1)].into_iter().flatten() {
            let Some(token) = self.line.get(index).filter(|token| token.kind != Kind::Number) else { continue };
            let start = self.line.behind(index).span.end;
            let span = if index == 0 { Span::new(token.span.start, self.behind(token)) } else { Span::new(start, token.span.end) };
            self.add(6, format!("take `{}` out", token.text.trim()), vec![(span, String::new())]);
        }
    }
}

/// The dotted names among tokens.
fn paths(tokens: &[Token<'_>]) -> Vec<String> {
    let mut paths: Vec<String> = Vec::new();
    let mut dotted = false;
    for token in tokens {
        match token.kind {
            Kind::Word if dotted => paths.last_mut().into_iter().for_each(|path| *path += &format!(".{}", token.text)),
            Kind::Word if !matches!(token.text, "with" | "by") => paths.push(token.text.to_owned()),
            Kind::Word | Kind::Reserved | Kind::Number | Kind::Text | Kind::Open | Kind::Close | Kind::Divider | Kind::Sign => {}
        }
        dotted = token.is(".");
    }
    paths
}
