//! Broken lines: why a line did not parse, told from its tokens alone.

mod dates;
mod definition;
mod foreign;
mod head;
mod line;
mod neighbours;
mod slips;
mod value;

use super::build::Builder;
use super::form::{Form, Place};
use super::mistakes::Told;
use super::tokens::{Token, tokens};
use crate::diagnostic::Diagnostic;
use crate::text::{Location, Span};

/// A line that did not parse, and the place it did not get past.
struct Line<'t> {
    tokens: Vec<Token<'t>>,
    /// The first token that did not fit; behind the last one if the line breaks off.
    here: usize,
    span: Span,
    /// What it stands in.
    place: Place,
    told: &'t Told,
}

/// Why a line that is no head did not parse.
pub(super) fn line(builder: &Builder<'_>, span: Span, at: u32, form: Form) -> Diagnostic {
    let line = Line::new(builder, span, at);
    let mut mistake = match form {
        Form::Definition | Form::Given => definition::why(&line, form),
        Form::Model
        | Form::Kind
        | Form::Instance
        | Form::Scenario
        | Form::Test
        | Form::Statement
        | Form::Unit
        | Form::Currency
        | Form::Rate
        | Form::Import
        | Form::Correlate
        | Form::Function
        | Form::Require
        | Form::Expect
        | Form::Goal
        | Form::Aim
        | Form::Later => line::why(&line, form),
    };
    mistake.guesses.extend(slips::of(&line, form));
    mistake
}

/// Why the head of a block did not parse.
pub(super) fn head(builder: &Builder<'_>, span: Span, at: u32, form: Form) -> Diagnostic {
    let line = Line::new(builder, span, at);
    let mut mistake = head::why(&line, form);
    mistake.guesses.extend(slips::of(&line, form));
    mistake
}

/// Why a text that should be one expression did not parse.
pub(super) fn expression(builder: &Builder<'_>, span: Span, at: u32) -> Diagnostic {
    let line = Line::new(builder, span, at);
    let mut mistake = value::why(&line, 0);
    mistake.guesses.extend(slips::of(&line, Form::Definition));
    mistake
}

impl<'t> Line<'t> {
    fn new(builder: &'t Builder<'_>, span: Span, at: u32) -> Self {
        let mut tokens = tokens(builder.masked.get(span.range()).unwrap_or(""), span.start);
        tokens.iter_mut().for_each(|token| token.span = builder.whole(token.span));
        let here = tokens.iter().position(|token| token.span.end > at).unwrap_or(tokens.len());
        Self { tokens, here, span, place: builder.place, told: &builder.told }
    }

    fn get(&self, index: usize) -> Option<&Token<'t>> {
        self.tokens.get(index)
    }

    /// The token that did not fit.
    fn here(&self) -> Option<&Token<'t>> {
        self.get(self.here)
    }

    /// The token before it.
    fn before(&self) -> Option<&Token<'t>> {
        self.here.checked_sub(1).and_then(|index| self.get(index))
    }

    fn is(&self, index: usize, text: &str) -> bool {
        self.get(index).is_some_and(|token| token.is(text))
    }

    fn at(&self, span: Span) -> Location {
        self.told.at(span)
    }

    /// The place behind the last token before `index`.
    fn behind(&self, index: usize) -> Location {
        let end = index.checked_sub(1).and_then(|index| self.get(index)).map_or(self.span.start, |token| token.span.end);
        self.at(Span::new(end, end))
    }
}
