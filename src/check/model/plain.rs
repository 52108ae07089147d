//! Plain: what can be said of a figure without computing it: that it is nothing, or the same as another.

use super::{Aggregate, CellId, Comparison, Content, ExprId, Factor, Function, Model, Node, Origin, Reducer, Shape, Sign};
use foldhash::{HashMap, HashSet};
use std::collections::BTreeMap;

/// A sum of parts that are not looked into, each times a number; without parts it is 0.
pub type Parts = BTreeMap<Part, f64>;

/// A part of a sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// A definition: one that the model's author wrote, or that adds up instances.
    Cell(CellId),
    /// An expression that is neither a sum nor one of its parts.
    Expr(ExprId),
    /// 1: something over itself.
    One,
    /// What has accumulated of a part; by the part's number.
    Accumulated(u32),
}

/// Reads figures of the prelude down to what the model's author wrote: whatever that is, it is something.
pub struct Plain<'m> {
    model: &'m Model,
    /// What scenarios replace; it may be something in one of them.
    replaced: HashSet<CellId>,
    known: HashMap<CellId, Option<Parts>>,
    accumulated: Vec<Part>,
    /// The parts of expressions: one that a function was given may stand in more sums than can be counted.
    made: HashMap<ExprId, Parts>,
}

impl<'m> Plain<'m> {
    /// Over a model.
    #[must_use]
    pub fn new(model: &'m Model) -> Self {
        let replaced = model.named_scenarios().flat_map(|(_, scenario)| scenario.written.iter().copied()).collect();
        Self { model, replaced, known: HashMap::default(), accumulated: Vec::new(), made: HashMap::default() }
    }

    /// The parts of an expression.
    pub fn expr(&mut self, id: ExprId) -> Parts {
        if let Some(made) = self.made.get(&id) {
            return made.clone();
        }
        let parts = self.parts(id);
        self.made.insert(id, parts.clone());
        parts
    }

    fn parts(&mut self, id: ExprId) -> Parts {
        let model = self.model;
        let whole = Parts::from([(Part::Expr(id), 1.0)]);
        match &model.expr(id).node {
            Node::Number(number) if *number == 0.0 => Parts::new(),
            Node::Cell(cell) => self.cell(*cell),
            Node::Opened(cell) if self.cell(*cell).is_empty() => Parts::new(),
            Node::Scale(x, by) => self.expr(*x).into_iter().map(|(part, times)| (part, times * by)).collect(),
            Node::Negate(x) => self.sum([(Sign::Minus, *x)]),
            Node::Sum(first, rest) => self.sum([(Sign::Plus, *first)].into_iter().chain(rest.iter().copied())),
            Node::Across(Aggregate::Sum, all) => self.sum(all.iter().map(|x| (Sign::Plus, *x))),
            Node::Product(first, rest) => self.product(id, *first, rest),
            Node::If(condition, a, b) => self.branches(id, *condition, *a, *b),
            Node::Accumulate { flow, from } => self.level(*flow, *from),
            Node::Delay { flow, by, initial, order: 0 } if self.is_nothing(*by) && self.is_nothing(*initial) => self.expr(*flow),
            Node::Delay { flow, initial, .. } if self.are_nothing(&[*flow, *initial]) => Parts::new(),
            Node::Opening { value, from } | Node::Change { value, from } if self.are_nothing(&[*value, *from]) => Parts::new(),
            Node::Otherwise(all) if self.are_nothing(all) => Parts::new(),
            Node::Call(Function::Min | Function::Max | Function::Abs, all) if self.are_nothing(all) => Parts::new(),
            Node::OverTime(Reducer::Total | Reducer::Lowest | Reducer::Highest, x, _) if self.is_nothing(*x) => Parts::new(),
            Node::Number(_) | Node::Blank(_) | Node::Opened(_) | Node::Base(..) | Node::Across(..) => whole,
            Node::Power(..) | Node::Compare(..) | Node::All(_) | Node::Any(_) | Node::Not(_) | Node::Otherwise(_) => whole,
            Node::Growing { .. } | Node::Opening { .. } | Node::Change { .. } | Node::Delay { .. } | Node::Cohorts { .. } => whole,
            Node::OverTime(..) | Node::Span(..) | Node::At(..) | Node::Weighted(_) | Node::Call(..) | Node::Time => whole,
            Node::AcrossSamples(..) | Node::Period => whole,
            Node::After(_) | Node::Lookup(..) | Node::Steps(_) | Node::Linear(_) | Node::List(_) | Node::Draw(_) => whole,
            Node::ZeroRate(_) | Node::Turn(_) => whole,
        }
    }

    /// The parts of a definition.
    pub fn cell(&mut self, id: CellId) -> Parts {
        let whole = Parts::from([(Part::Cell(id), 1.0)]);
        let cell = self.model.cell(id);
        let Content::Computed(expr) = cell.content else { return whole };
        if cell.origin != Origin::Prelude || self.replaced.contains(&id) {
            return whole;
        }
        match self.known.get(&id) {
            Some(Some(known)) => return known.clone(),
            // A loop: what it leads back to is not looked into.
            Some(None) => return whole,
            None => {}
        }
        self.known.insert(id, None);
        let parts = self.expr(expr);
        let parts = if parts.len() > 1 && self.looks_across(expr) { whole } else { parts };
        self.known.insert(id, Some(parts.clone()));
        parts
    }

    fn looks_across(&self, id: ExprId) -> bool {
        self.model.within(id).any(|id| matches!(self.model.expr(id).node, Node::Across(..)))
    }

    fn is_nothing(&mut self, id: ExprId) -> bool {
        self.expr(id).is_empty()
    }

    /// Nothing, or a difference of two numbers that are the same: `1 - goods` where all of it is goods.
    fn is_zero(&mut self, id: ExprId) -> bool {
        if let Node::Sum(first, rest) = &self.model.expr(id).node
            && let [(Sign::Minus, other)] = rest.as_slice()
            && let (Some(first), Some(other)) = (self.number(*first), self.number(*other))
        {
            return first == other;
        }
        self.is_nothing(id)
    }

    fn are_nothing(&mut self, ids: &[ExprId]) -> bool {
        ids.iter().all(|id| self.is_nothing(*id))
    }

    fn sum(&mut self, terms: impl IntoIterator<Item = (Sign, ExprId)>) -> Parts {
        let mut sum = Parts::new();
        for (sign, term) in terms {
            let times = if sign == Sign::Plus { 1.0 } else { -1.0 };
            add(&mut sum, self.expr(term), times);
        }
        sum
    }

    /// Nothing times something is nothing; something over itself is one.
    fn product(&mut self, id: ExprId, first: ExprId, rest: &[(Factor, ExprId)]) -> Parts {
        let numerator = self.expr(first);
        if numerator.is_empty() || rest.iter().any(|(factor, x)| *factor == Factor::Times && self.is_zero(*x)) {
            return Parts::new();
        }
        if let [(Factor::Over, x)] = rest
            && same(&self.expr(*x), &numerator)
        {
            return Parts::from([(Part::One, 1.0)]);
        }
        Parts::from([(Part::Expr(id), 1.0)])
    }

    fn branches(&mut self, id: ExprId, condition: ExprId, a: ExprId, b: ExprId) -> Parts {
        if self.never_holds(condition) {
            return self.expr(b);
        }
        let blank = |id: ExprId| matches!(self.model.expr(id).node, Node::Blank(_));
        let (only_a, only_b) = (blank(b), blank(a));
        let (first, second) = (self.expr(a), self.expr(b));
        if only_a || same(&first, &second) {
            first
        } else if only_b {
            second
        } else {
            Parts::from([(Part::Expr(id), 1.0)])
        }
    }

    /// Whether a condition compares what is known, and does not hold.
    fn never_holds(&mut self, id: ExprId) -> bool {
        let Node::Compare(left, rest) = &self.model.expr(id).node else { return false };
        let [(comparison, right)] = rest.as_slice() else { return false };
        let (Some(left), Some(right)) = (self.number(*left), self.number(*right)) else { return false };
        !match comparison {
            Comparison::Less => left < right,
            Comparison::AtMost => left <= right,
            Comparison::More => left > right,
            Comparison::AtLeast => left >= right,
            Comparison::Equal => left == right,
            Comparison::Unequal => left != right,
        }
    }

    /// The number that stands behind an expression in every scenario.
    fn number(&mut self, id: ExprId) -> Option<f64> {
        let node = &self.model.expr(id).node;
        if let Node::Number(number) = node {
            return Some(*number);
        }
        let Node::Cell(cell) = *node else { return self.is_nothing(id).then_some(0.0) };
        match self.model.cell(cell).content {
            Content::Computed(expr) if !self.replaced.contains(&cell) => self.number(expr),
            Content::Computed(_) | Content::Table(_) | Content::Reference(_) | Content::Text | Content::Missing => None,
        }
    }

    /// A level adds up each part of its flow by itself.
    fn level(&mut self, flow: ExprId, from: ExprId) -> Parts {
        let mut level = self.expr(from);
        let flow = self.expr(flow).into_iter().map(|(part, times)| (self.level_of(part), times)).collect();
        add(&mut level, flow, 1.0);
        level
    }

    fn level_of(&mut self, part: Part) -> Part {
        let at = self.accumulated.iter().position(|known| *known == part).unwrap_or_else(|| {
            self.accumulated.push(part);
            self.accumulated.len() - 1
        });
        Part::Accumulated(at as u32)
    }

    /// Whether a figure never changes.
    #[must_use]
    pub fn is_constant(&self, parts: &Parts) -> bool {
        let constant = |id: ExprId| self.model.expr(id).shape == Shape::Constant;
        parts.keys().all(|part| match part {
            Part::One => true,
            Part::Expr(id) => constant(*id),
            Part::Cell(id) => matches!(self.model.cell(*id).content, Content::Computed(expr) if constant(expr)),
            Part::Accumulated(_) => false,
        })
    }
}

/// Whether two figures are the same.
#[must_use]
pub fn same(a: &Parts, b: &Parts) -> bool {
    let mut difference = a.clone();
    add(&mut difference, b.clone(), -1.0);
    difference.is_empty()
}

/// Adds parts to a sum; what cancels out but for rounding is gone.
fn add(sum: &mut Parts, parts: Parts, times: f64) {
    for (part, count) in parts {
        let known = sum.entry(part).or_default();
        let now = *known + count * times;
        if now.abs() <= 1e-12 * known.abs() {
            sum.remove(&part);
        } else {
            *known = now;
        }
    }
}
