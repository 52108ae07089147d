//! Guesses: what brackets, commas and signs may have been meant, by the text round a mistake. Each is worth a try.

use super::letters::starts_name;
use super::tokens::{Kind, Token, tokens};
use crate::diagnostic::{Diagnostic, Edit, Fix, Guess};
use crate::text::{Location, Source, Span};

/// How many brackets are tried at different places of a line.
const MOST_PLACES: usize = 10;

/// What may mend a mistake of a text, beside what it offers by itself. `called` are names of functions, whose bracket may be lost.
#[must_use]
pub fn guesses(source: &Source, mistake: &Diagnostic, called: &[&str]) -> Vec<Guess> {
    let at = mistake.place();
    let line = Lined::of(source, at.span.start);
    match mistake.code.0 {
        "BIZ0010" => line.text_opened_before(at.span),
        "BIZ0011" => line.closed_behind(at.span),
        "BIZ0012" => line.closed_here(),
        "BIZ0014" => line.opened_before(at.span, called),
        "BIZ0015" => mistake.labels.get(1).map(|opening| line.opened_otherwise(opening.at, at)).unwrap_or_default(),
        "BIZ0052" | "BIZ0055" | "BIZ0056" | "BIZ0057" | "BIZ0058" | "BIZ0060" | "BIZ0061" => line.with_another_sign(at.span),
        "BIZ0216" => line.called_otherwise(at.span, "total", "sum"),
        "BIZ0405" => mistake.labels.get(1).and_then(|above| row_moved(source, at.span, above.at.span)).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// A row of a table that belongs before another, moved there with what divides it from its neighbours.
fn row_moved(source: &Source, row: Span, above: Span) -> Option<Guess> {
    let text = source.text.get(row.range())?;
    let before = source.text.get(above.end as usize..row.start as usize)?;
    let blanks = before.len() - before.trim_end_matches([' ', '\t', ',', '\n', '\r']).len();
    let line = source.line_span(source.line_of(above.start));
    let indent = source.text.get(line.start as usize..above.start as usize)?;
    // Rows of one line are divided by commas, others by line breaks.
    let divider = if before.contains('\n') && indent.trim().is_empty() { format!("\n{indent}") } else { ", ".to_owned() };
    let edit = |span: Span, text: String| Edit { at: Location::new(source.id, span), text };
    let edits = vec![edit(Span::new(above.start, above.start), format!("{text}{divider}")), edit(Span::new(row.start - blanks as u32, row.end), String::new())];
    Some(Guess { fix: Fix { title: "move the row".into(), edits }, label: None, message: None, doubt: 1 })
}

/// A line of a text, its comment left off.
struct Lined<'s> {
    source: &'s Source,
    tokens: Vec<Token<'s>>,
}

impl<'s> Lined<'s> {
    fn of(source: &'s Source, at: u32) -> Self {
        let span = source.line_span(source.line_of(at));
        let mut tokens = tokens(source.text.get(span.range()).unwrap_or("").trim_end(), span.start);
        let comment = tokens.iter().position(|token| token.text == "#").unwrap_or(tokens.len());
        tokens.truncate(comment);
        Self { source, tokens }
    }

    fn guess(&self, doubt: u8, title: impl Into<String>, edits: &[(Span, &str)]) -> Guess {
        let edits = edits.iter().map(|(span, text)| Edit { at: Location::new(self.source.id, *span), text: (*text).to_owned() });
        Guess { fix: Fix { title: title.into(), edits: edits.collect() }, label: None, message: None, doubt }
    }

    fn is(&self, index: usize, text: &str) -> bool {
        self.tokens.get(index).is_some_and(|token| token.is(text))
    }

    /// Where the line ends.
    fn end(&self) -> Span {
        self.tokens.last().map_or_else(Span::default, |token| token.span.after())
    }

    /// `market teams Teams" { … }`: a quote that closes what nothing has opened; the text may begin at any word before it.
    fn text_opened_before(&self, quote: Span) -> Vec<Guess> {
        let behind = self.source.text.get(quote.start as usize + 1..).and_then(|rest| rest.lines().next()).unwrap_or("");
        if !behind.trim_start().is_empty() && !behind.trim_start().starts_with(['{', '#', '}']) {
            return Vec::new();
        }
        let words = self.tokens.iter().rev().filter(|token| token.span.end <= quote.start && token.begins_value());
        let guess = |(at, token): (usize, &Token<'_>)| {
            self.guess(1 + at as u8, "begin the text", &[(Span::new(token.span.start, token.span.start), "\"")])
        };
        words.take(MOST_PLACES).enumerate().map(guess).collect()
    }

    /// `total(product.revenue)`, where what is wanted lies across instances and not across time.
    fn called_otherwise(&self, at: Span, word: &str, meant: &str) -> Vec<Guess> {
        let callee = self.tokens.iter().find(|token| token.span.start == at.start && token.is(word));
        callee.map(|callee| self.guess(1, format!("write `{meant}(…)`"), &[(callee.span, meant)])).into_iter().collect()
    }

    /// `cost rent { amount = 3 USD/month`
    fn closed_here(&self) -> Vec<Guess> {
        vec![self.guess(0, "add `}`", &[(self.end(), " }")])]
    }

    /// `lowest(cash >= 0 USD`: the bracket may end behind any value.
    fn closed_behind(&self, opening: Span) -> Vec<Guess> {
        let closing = if self.tokens.iter().any(|token| token.span == opening && token.is("[")) { "]" } else { ")" };
        let behind: Vec<&Token<'_>> = self.tokens.iter().filter(|token| token.span.start >= opening.end).collect();
        let ends = behind.iter().enumerate().filter(|(at, token)| {
            let next = behind.get(at + 1);
            // Within a unit no bracket ends.
            token.ends_value() && next.is_none_or(|next| next.span.start > token.span.end || next.kind != Kind::Sign && next.kind != Kind::Open)
        });
        ends.take(MOST_PLACES).map(|(_, token)| self.guess(1, format!("add `{closing}`"), &[(token.span.after(), closing)])).collect()
    }

    /// `fee * 1 - share)`: the bracket may belong before any value.
    fn opened_before(&self, closing: Span, called: &[&str]) -> Vec<Guess> {
        let (opening, what) = if self.tokens.iter().any(|token| token.span == closing && token.is("]")) { ("[", "`[`") } else { ("(", "`(`") };
        let before: Vec<&Token<'_>> = self.tokens.iter().filter(|token| token.span.end <= closing.start).collect();
        let mut found = Vec::new();
        for (index, token) in before.iter().enumerate().rev() {
            if found.len() >= MOST_PLACES {
                break;
            }
            let previous = index.checked_sub(1).and_then(|index| before.get(index));
            let gap = previous.map(|previous| Span::new(previous.span.end, token.span.start));
            match previous {
                // `lowest cash)`
                Some(name) if name.kind == Kind::Word && token.begins_value() => found.extend(gap.map(|gap| self.guess(1, format!("add {what}"), &[(gap, opening)]))),
                Some(sign) if !sign.ends_value() && token.begins_value() => {
                    found.push(self.guess(2, format!("add {what}"), &[(Span::new(token.span.start, token.span.start), opening)]));
                }
                Some(_) | None => {}
            }
            // `lowestcash)`
            let call = called.iter().filter(|name| token.kind == Kind::Word && token.text.len() > name.len() && token.text.starts_with(**name)).max_by_key(|name| name.len());
            if let Some(name) = call {
                let place = token.span.start + name.len() as u32;
                found.push(self.guess(1, format!("add {what}"), &[(Span::new(place, place), opening)]));
            }
        }
        found
    }

    /// `graduated ( … }`
    fn opened_otherwise(&self, opening: Location, closing: Location) -> Vec<Guess> {
        let text = self.source.text.get(closing.span.range()).unwrap_or("");
        let opener = match text {
            "}" => "{",
            "]" => "[",
            _ => "(",
        };
        vec![self.guess(1, format!("begin with `{opener}`"), &[(opening.span, opener)])]
    }

    /// `correlate a, b = 0.3`, `unit: visit / visits`, `timeline = 2026-01, 2027-12`, `article presses price = 3 USD }`
    fn with_another_sign(&self, at: Span) -> Vec<Guess> {
        let mut found = Vec::new();
        let sign = self.tokens.iter().find(|token| matches!(token.text, "=" | "~" | ":" | "with"));
        if let Some(sign) = sign.filter(|_| self.is(0, "correlate")) {
            let before = if self.source.text.get(..sign.span.start as usize).is_some_and(|text| text.ends_with(' ')) { "by" } else { " by" };
            found.push(self.guess(1, "write `by`", &[(sign.span, before)]));
        }
        if let ([word, colon, next, ..], true) = (self.tokens.as_slice(), self.is(1, ":") || self.is(1, "="))
            && matches!(word.text, "unit" | "currency" | "rate" | "require" | "expect" | "import" | "correlate" | "given")
        {
            found.push(self.guess(1, format!("take `{}` out", colon.text), &[(Span::new(word.span.end, next.span.start), " ")]));
        }
        // Two dates with a comma between them.
        let here = self.tokens.iter().position(|token| token.span.start == at.start).filter(|here| *here > 1);
        if let Some(here) = here
            && self.is(here - 1, ",")
            && let (Some(first), Some(second)) = (self.tokens.get(here - 2), self.tokens.get(here))
        {
            found.push(self.guess(1, "write `to`", &[(Span::new(first.span.end, second.span.start), " to ")]));
        }
        // `currency: GBP`, `currency GBP`
        let behind = self.tokens.iter().position(|token| token.span.start >= at.start);
        if let Some((word, next)) = behind.and_then(|behind| Some((self.tokens.get(behind)?, self.tokens.get(behind + 1)?))) {
            if word.kind == Kind::Word && next.kind != Kind::Sign {
                found.push(self.guess(2, "add `=`", &[(Span::new(word.span.end, next.span.start), " = ")]));
            }
            let colons = self.tokens.iter().filter(|token| token.is(":"));
            if let Some(colon) = colons.min_by_key(|colon| colon.span.start.abs_diff(at.start)) {
                found.push(self.guess(2, "write `=`", &[(colon.span, " =")]));
            }
        }
        self.braces(&mut found);
        found
    }

    /// A head whose `{` is missing, perhaps with its `}`.
    fn braces(&self, found: &mut Vec<Guess>) {
        let defines = |index: usize| ["=", "~"].iter().any(|sign| self.is(index, sign));
        let Some(first) = (1..self.tokens.len()).find(|index| defines(index + 1)) else { return };
        let head = self.tokens.get(..first).unwrap_or(&[]);
        let is_head = head.len() < 4 && head.iter().all(|token| token.kind == Kind::Text || token.text.starts_with(starts_name));
        let (Some(before), Some(name)) = (head.last(), self.tokens.get(first)) else { return };
        if !is_head {
            return;
        }
        let gap = Span::new(before.span.end, name.span.start);
        found.push(self.guess(1, "add `{`", &[(gap, " { ")]));
        found.push(self.guess(1, "put it in braces", &[(gap, " { "), (self.end(), " }")]));
    }
}
