//! Guesses: which number, in another unit, would make a value measure what is wanted.

use super::{Elaborator, Known, Typed};
use crate::check::model::{CellId, Content, ExprId, Factor, InstanceId, Node, Origin, Type, children};
use crate::diagnostic::{Edit, Fix, Guess, Label};
use crate::quantity::{Factor as UnitFactor, UnitId, Units};
use crate::syntax::ast::{self, ExprNode, Operator};
use crate::text::{FileId, Location, Span};
use foldhash::HashSet;

/// How far is looked: enough for a chain of definitions, and an end to a hostile one.
const FARTHEST: usize = 2_000;

/// How many guesses a mistake gets.
const MOST: usize = 8;

/// Numbers that measure the same and stand for one value: one alone, or the rows of a table, the ends of an interval.
struct Written {
    numbers: Vec<ExprId>,
    /// How often they count: 1 above the line, -1 below it.
    power: i8,
}

impl Elaborator<'_, '_> {
    /// The numbers of the author's in what a value is made of that would make it measure what is wanted, were their units
    /// a little different: the wrong way round, without a part, or with one too many.
    pub(super) fn guesses(&mut self, value: Typed, wanted: UnitId) -> Vec<Guess> {
        let Known::Unit(given) = value.info.unit else { return Vec::new() };
        if value.info.ty != Type::Number {
            return Vec::new();
        }
        let Some(lacks) = self.arena.units.divide(wanted, given) else { return Vec::new() };
        self.guesses_in(value.id, lacks.unit)
    }

    /// The same for an expression that lacks a factor.
    pub(super) fn guesses_in(&mut self, id: ExprId, lacks: UnitId) -> Vec<Guess> {
        let mut found: Vec<Guess> = Vec::new();
        let mut products = Vec::new();
        for written in self.numbers_in(id, &mut products) {
            let Some(guess) = self.guess(&written, lacks) else { continue };
            if !found.iter().any(|known| known.fix == guess.fix) {
                found.push(guess);
            }
        }
        for (product, power) in products {
            found.extend(self.turned(product, power, lacks));
        }
        found.sort_by_key(|guess| guess.doubt);
        found.truncate(MOST);
        found
    }

    /// The same in the slot that has bound a variable of a unit, `price : currency/B`, where a value does not fit another
    /// slot with that variable, `quantity : B/month`.
    pub(super) fn guesses_beside(&mut self, value: Typed, wanted: UnitId, (stated, file): (&ast::UnitExpr, FileId), instance: InstanceId) -> Vec<Guess> {
        let Known::Unit(given) = value.info.unit else { return Vec::new() };
        let Some(more) = self.arena.units.divide(given, wanted) else { return Vec::new() };
        let mut found = self.stated_otherwise(more.unit, stated, file, instance);
        for factor in &stated.factors {
            let Some((_, slot)) = self.variables.get(&(instance, factor.name.text.clone())) else { continue };
            let Some(cell) = self.world.member(instance, slot).filter(|cell| self.cell != Some(*cell)) else { continue };
            let Some(Content::Computed(id)) = self.states.get(cell).map(|state| state.content) else { continue };
            let Some((asked, _)) = self.world.cell(cell).slot else { continue };
            let there = asked.unit.factors.iter().find(|other| other.name.text == factor.name.text).map_or(0, |other| other.exponent);
            let lacks = self.arena.units.power(more.unit, there.saturating_mul(factor.exponent)).filter(|_| there != 0);
            found.extend(lacks.map(|lacks| self.guesses_in(id, lacks)).unwrap_or_default());
        }
        found
    }

    /// `quantity : B` in a kind of the author's, where all instances give `B/month`.
    fn stated_otherwise(&mut self, more: UnitId, stated: &ast::UnitExpr, file: FileId, instance: InstanceId) -> Vec<Guess> {
        let at = Location::new(file, stated.span);
        let Some(below) = self.arena.units.power(more, -1).filter(|_| self.world.origin(file) == Origin::Model) else { return Vec::new() };
        let mut texts: Vec<String> = Vec::new();
        if self.arena.units.is_only_time(below) && self.arena.units.time_exponent(below) == 1 {
            texts.push(format!("/{}", self.arena.units.text(below)));
        }
        let units = &self.arena.units;
        let bound = self.variables.iter().filter(|((owner, _), (bound, _))| *owner == instance && !units.is_bare(*bound) && units.scale(*bound, below).is_some());
        texts.extend(bound.map(|((_, variable), _)| format!("/{variable}")));
        texts.sort_unstable();
        let guess = |text: String| {
            let label = Some(Label { at, text: format!("with `{text}` behind it the rest fits") });
            let edit = Edit { at: Location::new(file, stated.span.after()), text: text.clone() };
            Guess { fix: Fix { title: format!("add `{text}`"), edits: vec![edit] }, label, message: None, doubt: 1 }
        };
        texts.into_iter().map(guess).collect()
    }

    /// `seats + price`, where the units of both cancel each other: what was meant is their product.
    pub(super) fn meant_as_product(&mut self, ones: &[Typed], operators: &[Operator]) -> Vec<Guess> {
        let mut found = Vec::new();
        for (pair, operator) in ones.windows(2).zip(operators) {
            let [left, right] = pair else { continue };
            let (Known::Unit(one), Known::Unit(other)) = (left.info.unit, right.info.unit) else { continue };
            let Some(product) = self.arena.units.multiply(one, other) else { continue };
            let units = &self.arena.units;
            let powers = |unit: UnitId| units.factors(unit).iter().map(|factor| u32::from(factor.exponent.unsigned_abs())).sum::<u32>();
            let (at, behind) = (self.at(*left), self.at(*right));
            if *operator != Operator::Add || powers(product.unit) >= powers(one) + powers(other) || at.file != behind.file || at.span.end >= behind.span.start {
                continue;
            }
            let edit = Edit { at: Location::new(at.file, Span::new(at.span.end, behind.span.start)), text: " * ".into() };
            found.push(Guess { fix: Fix { title: "multiply them".into(), edits: vec![edit] }, label: None, message: None, doubt: 1 });
        }
        found
    }

    /// Adds guesses to the mistakes that were told since there were so many.
    pub(super) fn add_guesses(&mut self, since: usize, guesses: Vec<Guess>) {
        if let Some(mistake) = self.found.get_mut(since..).and_then(<[_]>::last_mut) {
            mistake.guesses.extend(guesses);
        }
    }

    fn guess(&mut self, written: &Written, lacks: UnitId) -> Option<Guess> {
        let first = *written.numbers.first()?;
        let unit = self.arena.expr(first).unit;
        let lacks = if written.power < 0 { self.arena.units.power(lacks, -1)? } else { lacks };
        let other = self.arena.units.multiply(unit, lacks)?.unit;
        let other = spelled(&mut self.arena.units, other, unit);
        let doubt = doubt(&self.arena.units, unit, other, lacks)?;
        let text = self.arena.units.text(other);
        let edits: Option<Vec<Edit>> = written.numbers.iter().map(|number| self.edit(*number, &text)).collect();
        let at = self.arena.expr(first).at;
        let shown = |unit: &str| if unit.is_empty() { "a bare number".into() } else { format!("`{unit}`") };
        let label = format!("this is {}; with {} the rest fits", shown(&self.arena.units.text(unit)), shown(&text));
        let title = if text.is_empty() { "take the unit off".into() } else { format!("write `{text}`") };
        Some(Guess { fix: Fix { title, edits: edits? }, label: Some(Label { at, text: label }), message: None, doubt })
    }

    /// `seats / tickets_a_seat` for `seats * tickets_a_seat`, and the other way round.
    fn turned(&mut self, product: ExprId, power: i8, lacks: UnitId) -> Option<Guess> {
        let Node::Product(_, rest) = &self.arena.expr(product).node else { return None };
        let rest = rest.clone();
        let at = self.arena.expr(product).at;
        let exprs = &self.world.trees.get(&at.file)?.exprs;
        let mut chains = exprs.iter().filter(|expr| expr.span == at.span);
        let (first, operands) = chains.find_map(|expr| if let ExprNode::Chain { first, rest } = &expr.node { Some((*first, rest)) } else { None })?;
        let mut before = first;
        for ((factor, id), (_, operand)) in rest.into_iter().zip(operands) {
            let (sign, twice) = if factor == Factor::Over { ("*", 2) } else { ("/", -2) };
            let turns = self.arena.units.power(self.arena.expr(id).unit, twice * power);
            let fits = turns.is_some_and(|turns| self.arena.units.scale(turns, lacks).is_some() && !self.arena.units.is_bare(turns));
            if fits {
                let gap = Span::new(self.world.expr(at.file, before).span.end, self.world.expr(at.file, *operand).span.start);
                let edit = Edit { at: Location::new(at.file, gap), text: format!(" {sign} ") };
                let label = Some(Label { at: Location::new(at.file, self.world.expr(at.file, *operand).span), text: format!("with `{sign}` before this the rest fits") });
                return Some(Guess { fix: Fix { title: format!("write `{sign}`"), edits: vec![edit] }, label, message: None, doubt: 1 });
            }
            before = *operand;
        }
        None
    }

    /// Puts another unit behind a number.
    fn edit(&self, number: ExprId, text: &str) -> Option<Edit> {
        let at = self.arena.expr(number).at;
        let written = self.number_at(at)?;
        let text = if written.percent { text.strip_prefix('%')? } else { text };
        let tight = text.is_empty() || text.starts_with(['/', '%', ' ']);
        let (span, text) = match &written.unit {
            None if tight => (at.span.after(), text.to_owned()),
            None => (at.span.after(), format!(" {text}")),
            // A unit that begins with `/` stands tight behind the digits, another one blank behind them.
            Some(unit) => {
                let stood_tight = unit.factors.first().is_some_and(|factor| factor.exponent < 0);
                let start = unit.span.start - u32::from(tight && !stood_tight);
                let text = if !tight && stood_tight { format!(" {text}") } else { text.to_owned() };
                (Span::new(start, unit.span.end), text)
            }
        };
        Some(Edit { at: Location::new(at.file, span), text })
    }

    /// The number that is written at a place.
    fn number_at(&self, at: Location) -> Option<&ast::Number> {
        let exprs = &self.world.trees.get(&at.file)?.exprs;
        exprs.iter().filter(|expr| expr.span == at.span).find_map(|expr| if let ExprNode::Number(number) = &expr.node { Some(number) } else { None })
    }

    /// The numbers of the author's that the unit of an expression comes from, the nearest first; and his products on the way.
    fn numbers_in(&self, id: ExprId, products: &mut Vec<(ExprId, i8)>) -> Vec<Written> {
        let mut found = Vec::new();
        let mut seen: HashSet<(CellId, i8)> = HashSet::default();
        let mut queue = std::collections::VecDeque::from([(id, 1_i8)]);
        for _ in 0..FARTHEST {
            let Some((id, power)) = queue.pop_front() else { break };
            let node = &self.arena.expr(id).node;
            if let Node::Number(_) = node {
                found.extend(self.is_authors(id).then(|| Written { numbers: vec![id], power }));
            } else if let Node::Cell(cell) | Node::Opened(cell) = *node {
                if let Some(Content::Computed(inner)) = self.states.get(cell).map(|state| state.content)
                    && seen.insert((cell, power))
                {
                    queue.push_back((inner, power));
                }
            } else if let Node::Growing { value, .. } = *node {
                queue.push_back((value, power));
            } else if let Node::If(_, one, other) = *node {
                queue.extend([(one, power), (other, power)]);
            } else if let Node::Product(first, rest) = node {
                products.extend(self.is_authors(id).then_some((id, power)));
                queue.push_back((*first, power));
                queue.extend(rest.iter().map(|(factor, id)| (*id, if *factor == Factor::Over { -power } else { power })));
            } else if let Node::Steps(_) | Node::Linear(_) | Node::Draw(_) = node {
                let mut rows = Vec::new();
                children(node, &mut |child| rows.push(child));
                match self.alike(&rows) {
                    true => found.push(Written { numbers: rows, power }),
                    false => queue.extend(rows.into_iter().map(|row| (row, power))),
                }
            } else {
                if let Node::Lookup(table, _) = *node {
                    let bands = self.arena.tables.get(table.0 as usize).into_iter().flat_map(|table| &table.bands);
                    queue.extend(bands.map(|band| (band.value, power)));
                }
                children(node, &mut |child| queue.push_back((child, power)));
            }
        }
        found
    }

    fn is_authors(&self, id: ExprId) -> bool {
        self.world.origin(self.arena.expr(id).at.file) == Origin::Model
    }

    /// Whether these are several numbers of the author's in one unit.
    fn alike(&self, rows: &[ExprId]) -> bool {
        let unit = rows.first().map(|row| self.arena.expr(*row).unit);
        let alike = |row: &ExprId| {
            let expr = self.arena.expr(*row);
            matches!(expr.node, Node::Number(_)) && Some(expr.unit) == unit && self.is_authors(*row)
        };
        rows.len() > 1 && rows.iter().all(alike)
    }
}

/// A unit in the order of the trade: what it counts, what that is per, and at the end the time.
fn spelled(units: &mut Units, unit: UnitId, like: UnitId) -> UnitId {
    let mut factors = units.factors(unit).to_vec();
    let place = |factor: &UnitFactor| match factor.exponent {
        1.. => 0,
        _ if units.name_of(factor.name).atom.is_time() => 2,
        _ => 1,
    };
    factors.sort_by_key(place);
    let percent = units.is_percent(like);
    units.intern(factors, percent)
}

/// How doubtful it is that a number is meant to be in another unit, which differs by a factor; none where nobody writes so.
fn doubt(units: &Units, unit: UnitId, other: UnitId, factor: UnitId) -> Option<u8> {
    let (before, after, between) = (units.factors(unit), units.factors(other), units.factors(factor));
    let is_simple = after.len() <= 4 && after.iter().all(|factor| factor.exponent.abs() == 1) && above(after).count() <= 1;
    if !is_simple || is_odd(units, other) || units.is_percent(unit) && !units.is_only_time(other) && !units.is_bare(other) {
        return None;
    }
    let size: i32 = between.iter().map(|factor| i32::from(factor.exponent.abs())).sum();
    // `EUR*visit`, `ticket/USD`: nobody means that.
    if is_odd(units, unit) {
        return Some(0);
    }
    match between {
        // `litre*km` for `litre/km`
        [only] if only.exponent == -2 => Some(1),
        // `seat/ticket` for `ticket/seat`
        [_, _] if between.iter().all(|factor| factor.exponent.abs() == 2) => Some(0),
        _ if units.is_bare(unit) && !units.is_percent(unit) => (after.len() <= 3 && above(after).count() > 0).then_some(3),
        // `USD` for `USD/month`, `ticket/seat` for `ticket/seat/month`; a price of a thing is hardly per something else as well.
        [only] if only.exponent == -1 && above(after).count() == above(before).count() => {
            let is_per_thing = before.iter().any(|factor| factor.exponent < 0 && !units.name_of(factor.name).atom.is_time());
            Some(if is_per_thing && units.currencies(unit).next().is_some() { 3 } else { 2 })
        }
        // `/month` for `seat/month`
        [only] if only.exponent == 1 && above(before).count() == 0 => Some(3),
        // `USD/seat` for `USD`
        [only] if size == 1 && above(after).count() == above(before).count() && only.exponent == 1 => Some(4),
        // Another currency is another amount.
        _ if units.currencies(factor).count() > 1 => None,
        // `USD/seat` for `USD/ticket`
        [_, _] if size == 2 && after.len() == before.len() => Some(5),
        // `seat/month` for `ticket/seat/month`
        _ if size == 3 && after.len() <= 3 => Some(6),
        _ => None,
    }
}

fn above(factors: &[UnitFactor]) -> impl Iterator<Item = &UnitFactor> {
    factors.iter().filter(|factor| factor.exponent > 0)
}

/// Whether a unit has money below the line and none above it, or multiplies money by anything.
fn is_odd(units: &Units, unit: UnitId) -> bool {
    let factors = units.factors(unit);
    let is_money = |factor: &&UnitFactor| units.name_of(factor.name).currency;
    let money_above = above(factors).filter(is_money).count();
    let money_below = factors.iter().filter(|factor| factor.exponent < 0).filter(is_money).count();
    money_above > 0 && above(factors).count() > 1 || money_below > money_above
}
