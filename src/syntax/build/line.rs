//! Lines: declarations without a block.

use super::Builder;
use super::salvaged::{function_named, in_pieces};
use crate::syntax::ast::{Choice, Definition, ExprId, ExprNode, Function, Name, Node, Parameter, Path, Require, Severity, Stated, StepNode, Uncertain, UnitExpr, Value};
use crate::syntax::broken;
use crate::syntax::form::{Form, meant};
use crate::syntax::grammar::Rule;
use crate::syntax::layout::Entry;
use crate::syntax::letters::{path, word};
use crate::syntax::mistakes::declarations;
use crate::text::Span;
use pest::iterators::Pair;

#[allow(clippy::wildcard_enum_match_arm, reason = "the rules are pest's, and a line has few parts")]
impl<'s> Builder<'s> {
    /// A line with a word of its own before it.
    pub(super) fn line(&mut self, entry: &Entry, form: Form) -> Node {
        let head = entry.head;
        let node = match form {
            Form::Unit => match self.strict(Rule::unit_line, head, form) {
                Some(pair) => Some(self.unit_line(pair)),
                None => self.salvaged_unit(head),
            },
            Form::Currency => self.strict(Rule::currency_line, head, form).map(|pair| Node::Currency(self.names(pair))),
            Form::Rate => self.strict(Rule::rate_line, head, form).map(|pair| self.rate_line(pair)),
            Form::Import => self.strict(Rule::import_line, head, form).map(|pair| self.import_line(pair)),
            Form::Correlate => self.strict(Rule::correlate_line, head, form).map(|pair| self.correlate_line(pair)),
            Form::Function => match self.strict(Rule::function_line, head, form) {
                Some(pair) => Some(self.function_line(pair, head)),
                None => Some(self.defined(entry)),
            },
            Form::Require => self.strict(Rule::require_line, head, form).map(|pair| self.require_line(pair)),
            Form::Model
            | Form::Kind
            | Form::Instance
            | Form::Scenario
            | Form::Test
            | Form::Statement
            | Form::Definition
            | Form::Given
            | Form::Expect
            | Form::Goal
            | Form::Aim
            | Form::Later => None,
        };
        node.unwrap_or(Node::Broken)
    }

    /// Parses a line, or tells why it can't be.
    fn strict(&mut self, rule: Rule, span: Span, form: Form) -> Option<Pair<'s, Rule>> {
        match self.parse(rule, span) {
            Ok(pair) => Some(pair),
            Err(at) => {
                let mistake = broken::line(self, span, at, form);
                self.told.push(mistake);
                None
            }
        }
    }

    fn names(&mut self, pair: Pair<'_, Rule>) -> Vec<Name> {
        pair.into_inner().filter(|part| part.as_rule() == Rule::name).map(|part| self.name(&part)).collect()
    }

    fn unit_line(&mut self, pair: Pair<'_, Rule>) -> Node {
        let mut names = self.names(pair).into_iter();
        names.next().map_or(Node::Broken, |name| Node::Unit { name, plural: names.next() })
    }

    /// The names of a line that can't be parsed, so that what is counted in them is not wrong, too.
    fn salvaged_unit(&mut self, span: Span) -> Option<Node> {
        let mut names = self.salvage(span, Form::Unit).names.into_iter();
        names.next().map(|name| Node::Unit { name, plural: names.next() })
    }

    /// `units seat`: the word is told, and the unit is there.
    pub(super) fn unit_meant(&mut self, entry: &Entry) -> Option<Node> {
        let text = self.masked.get(entry.head.range()).unwrap_or("");
        if entry.block.is_some() || meant(word(text), self.place) != Some("unit") || text.contains(['=', '~', ':']) {
            return None;
        }
        self.salvaged_unit(entry.head)
    }

    fn rate_line(&mut self, pair: Pair<'_, Rule>) -> Node {
        let (mut currency, mut value) = (None, None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::name => currency = Some(self.name(&part)),
                Rule::equals | Rule::uncertain => value = Some(self.value(part)),
                _ => {}
            }
        }
        match (currency, value) {
            (Some(currency), Some(value)) => Node::Rate { currency, value },
            _ => Node::Broken,
        }
    }

    fn import_line(&mut self, pair: Pair<'_, Rule>) -> Node {
        let text = pair.into_inner().find(|part| part.as_rule() == Rule::text);
        text.map_or(Node::Broken, |text| Node::Import(self.text(&text)))
    }

    fn correlate_line(&mut self, pair: Pair<'_, Rule>) -> Node {
        let (mut names, mut by) = (Vec::new(), None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::path => names.push(self.path(&part)),
                Rule::expression => by = Some(self.expression(part)),
                _ => {}
            }
        }
        by.map_or(Node::Broken, |by| Node::Correlate { names, by })
    }

    fn function_line(&mut self, pair: Pair<'_, Rule>, span: Span) -> Node {
        let (mut native, mut name, mut params, mut body) = (false, None, Vec::new(), None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::kw_native => native = true,
                Rule::name => name = Some(self.name(&part)),
                Rule::parameters => params = part.into_inner().map(|part| self.parameter(part)).collect(),
                Rule::body => body = Some(self.inner(part)),
                _ => {}
            }
        }
        let Some(name) = name else { return Node::Broken };
        match (native, body) {
            (true, Some(_)) => self.told.tell(declarations::native_with_body, span),
            (false, None) => {
                self.told.tell(|at| declarations::function_without_body(at, &name.text), span);
                body = Some(self.broken(span));
            }
            (true, None) | (false, Some(_)) => {}
        }
        Node::Function(Function { name, params, body })
    }

    fn parameter(&mut self, pair: Pair<'_, Rule>) -> Parameter {
        let mut parameter = Parameter { name: Name { text: String::new(), span: self.span(&pair) }, choice: None, default: None };
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::label => parameter.name = self.name(&part),
                Rule::choice => parameter.choice = Some(self.choice(part)),
                _ => parameter.default = Some(self.inner(part)),
            }
        }
        parameter
    }

    fn require_line(&mut self, pair: Pair<'_, Rule>) -> Node {
        let span = self.span(&pair);
        let mut require =
            Require { severity: Severity::Require, condition: ExprId(0), from: None, until: None, scenario: None, confidence: None, message: None };
        let mut condition = None;
        for part in pair.into_inner() {
            let at = self.span(&part);
            let scenario = require.scenario.is_some();
            let twice = match part.as_rule() {
                Rule::kw_expect => {
                    require.severity = Severity::Expect;
                    false
                }
                Rule::expression => {
                    condition = Some(self.claim(part, &mut require.scenario));
                    false
                }
                Rule::low => require.from.replace(self.bounded(part, &mut require.scenario)).is_some(),
                Rule::high => require.until.replace(self.bounded(part, &mut require.scenario)).is_some(),
                Rule::in_scenario => {
                    let name = part.into_inner().find(|part| part.as_rule() == Rule::name);
                    require.scenario = name.map(|name| self.name(&name));
                    scenario
                }
                Rule::with_confidence => {
                    let confidence = self.inner(part);
                    require.confidence.replace(confidence).is_some()
                }
                Rule::text => {
                    let text = self.text(&part);
                    require.message.replace(text).is_some()
                }
                _ => false,
            };
            if twice {
                self.told.tell(|at| declarations::clause_twice(at, self.source.slice(at.span)), at);
            }
        }
        require.condition = condition.unwrap_or_else(|| self.broken(span));
        Node::Require(require)
    }

    /// The expression of `from …` and `until …`.
    fn bounded(&mut self, pair: Pair<'_, Rule>, scenario: &mut Option<Name>) -> ExprId {
        let span = self.span(&pair);
        match pair.into_inner().find(|part| part.as_rule() == Rule::expression) {
            Some(part) => self.claim(part, scenario),
            None => self.broken(span),
        }
    }

    /// An expression of a requirement. What looks like a conversion at its end, `… in lean`, names the scenario,
    /// unless the name is in capitals as those of currencies are.
    fn claim(&mut self, pair: Pair<'_, Rule>, scenario: &mut Option<Name>) -> ExprId {
        let span = self.span(&pair);
        let mut pairs = pair.into_inner();
        let mut later: Option<Span> = None;
        while let Some(clause) = pairs.clone().next_back().filter(|last| last.as_rule() == Rule::conversion) {
            let at = self.span(&clause);
            let name = clause.into_inner().find(|part| part.as_rule() == Rule::name);
            let Some(name) = name.filter(|name| is_scenario(name.as_str())) else { break };
            pairs.next_back();
            if scenario.is_some() {
                let second = later.unwrap_or(at);
                self.told.tell(|at| declarations::clause_twice(at, self.source.slice(at.span)), second);
            }
            later = Some(at);
            *scenario = Some(self.name(&name));
        }
        self.fold(pairs, span).id
    }

    /// A definition; none if it can't be read, which is told.
    pub(super) fn definition(&mut self, entry: &Entry, rule: Rule) -> Option<Definition> {
        let form = if rule == Rule::given_line { Form::Given } else { Form::Definition };
        let span = entry.head;
        let pair = match self.parse(rule, span) {
            Ok(pair) => pair,
            Err(at) => {
                let mistake = broken::line(self, span, at, form);
                self.told.push(mistake);
                return None;
            }
        };
        Some(self.defined_by(pair))
    }

    pub(super) fn defined_by(&mut self, pair: Pair<'_, Rule>) -> Definition {
        // A `given` holds its definition, a definition only names and values.
        if let Some(inner) = pair.clone().into_inner().find(|part| part.as_rule() == Rule::definition) {
            return self.defined_by(inner);
        }
        let span = self.span(&pair);
        let mut definition = Definition { path: Path { names: Vec::new(), span }, stated: None, value: None };
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::path => definition.path = self.path(&part),
                Rule::stated => definition.stated = self.stated(part),
                Rule::equals | Rule::uncertain => definition.value = Some(self.value(part)),
                _ => {}
            }
        }
        definition
    }

    fn stated(&mut self, pair: Pair<'_, Rule>) -> Option<Stated> {
        let mut many = false;
        let mut unit = None;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::kw_many => many = true,
                Rule::choice => {
                    let choice = self.choice(part);
                    let unit = UnitExpr { span: choice.span, factors: Vec::new() };
                    return Some(Stated { many, unit, choice: Some(choice) });
                }
                _ => unit = Some(self.unit(&part)),
            }
        }
        unit.map(|unit| Stated { many, unit, choice: None })
    }

    /// `daily | monthly`
    fn choice(&mut self, pair: Pair<'_, Rule>) -> Choice {
        let span = self.span(&pair);
        let mut options: Vec<Name> = Vec::new();
        for option in self.names(pair) {
            if options.iter().any(|known| known.text == option.text) {
                self.told.tell(|at| declarations::option_twice(at, &option.text), option.span);
            } else {
                options.push(option);
            }
        }
        Choice { span, options }
    }

    fn value(&mut self, pair: Pair<'_, Rule>) -> Value {
        if pair.as_rule() == Rule::equals {
            return Value::Equals(self.inner(pair));
        }
        let span = self.span(&pair);
        let mut distribution = None;
        let (mut low, mut high, mut each_period) = (None, None, false);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::expression => distribution = Some(self.expression(part)),
                Rule::low => low = Some(self.inner(part)),
                Rule::high => high = Some(self.inner(part)),
                Rule::between => {
                    let mut bounds = part.into_inner().filter(|part| part.as_rule() == Rule::bound);
                    low = bounds.next().map(|bound| self.expression(bound));
                    high = bounds.next().map(|bound| self.expression(bound));
                }
                _ => each_period = true,
            }
        }
        let distribution = distribution.unwrap_or_else(|| self.broken(span));
        Value::Uncertain(Uncertain { distribution, low, high, each_period })
    }

    /// A definition whose right side can't be read: its name is there for those who refer to it.
    pub(super) fn defined(&mut self, entry: &Entry) -> Node {
        let text = self.masked.get(entry.head.range()).unwrap_or("");
        if let Some((start, name)) = function_named(text) {
            return self.defined_at(entry, name, Span::new(entry.head.start + start, entry.head.start + start + name.len() as u32));
        }
        if let Some((name, length)) = in_pieces(text) {
            return self.defined_as(entry, &name, length);
        }
        let name = path(text);
        let rest = text.get(name.len()..).unwrap_or("").trim_start_matches([' ', '\t']);
        // `rent 2_000 USD` lacks its sign; a name that runs into a number is no name.
        let lacks_sign = rest.starts_with(|first: char| first.is_ascii_digit()) && text.len() > name.len() + rest.len();
        let is_defined = rest.starts_with(['=', '~', ':']) || lacks_sign;
        if name.is_empty() || name.contains('.') || crate::syntax::letters::is_reserved(name) || !is_defined {
            return Node::Broken;
        }
        self.defined_as(entry, name, name.len() as u32)
    }

    /// A definition of a name whose value can't be read; `length` is what is written for the name.
    fn defined_as(&mut self, entry: &Entry, name: &str, length: u32) -> Node {
        let start = entry.head.start;
        self.defined_at(entry, name, Span::new(start, start + length))
    }

    fn defined_at(&mut self, entry: &Entry, name: &str, span: Span) -> Node {
        let span = self.whole(span);
        let name = self.name_of(name, span);
        let value = self.add(entry.head, ExprNode::Broken, 0);
        Node::Definition(Definition { path: Path { names: vec![name], span }, stated: None, value: Some(Value::Equals(value)) })
    }

    /// `expect e == v within tol`
    pub(super) fn expectation(&mut self, entry: &Entry) -> StepNode {
        match self.parse(Rule::expect_line, entry.head) {
            Ok(pair) => {
                let parts = pair.into_inner().filter(|part| part.as_rule() == Rule::expression);
                let mut parts = parts.map(|part| self.expression(part)).collect::<Vec<_>>().into_iter();
                let condition = parts.next().unwrap_or_else(|| self.broken(entry.head));
                StepNode::Expect { condition, within: parts.next() }
            }
            Err(at) => {
                let mistake = broken::line(self, entry.head, at, Form::Expect);
                self.told.push(mistake);
                StepNode::Broken
            }
        }
    }

    /// A text that is one expression.
    pub(super) fn only_expression(&mut self, span: Span) -> ExprId {
        match self.parse(Rule::only_expression, span) {
            Ok(pair) => self.expression(pair),
            Err(at) => {
                let mistake = broken::expression(self, span, at);
                self.told.push(mistake);
                self.add(span, ExprNode::Broken, 0)
            }
        }
    }
}

/// Whether a name behind `in` can't be a currency's: those are written in capitals.
fn is_scenario(name: &str) -> bool {
    name.chars().any(char::is_lowercase) || !name.is_ascii()
}
