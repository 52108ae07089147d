//! Rates at which payments are worth nothing: every zero of a sum of exponentials, each once.

use super::ln::ln;
use super::root::root;
use super::{exp, exp_m1};

/// A payment: when, and how much.
pub type Payment = (f64, f64);

/// More work than this is refused: payments times the square of the changes of sign.
const MOST_WORK: usize = 10_000_000;

/// ln(1 + r) of the lowest rate that a double can tell from −1, and of the highest there is.
const LOWEST: f64 = -36.0;
const HIGHEST: f64 = 709.0;

/// Zeros nearer than this in ln(1 + r) can't be told apart: between them the sum is lost in its own rounding.
const APART: f64 = 1e-8;

/// Every rate r above −1 at which Σ amount / (1 + r)^time is 0, from the lowest. `None` where the amounts change their sign
/// so often that looking for all would take too long.
#[must_use]
pub fn zero_rates(payments: &[Payment]) -> Option<Vec<f64>> {
    let first = Exponentials::new(payments);
    if first.terms.iter().any(|term| !term.amount.is_finite()) {
        return None;
    }
    let changes = first.changes();
    if changes.saturating_mul(changes).saturating_mul(first.terms.len()) > MOST_WORK {
        return None;
    }
    // Multiplied by e^(τu) and derived, a sum keeps its terms and loses one change of sign, if τ lies between the times
    // where the sign changes. By Rolle its zeros part those of the sum it was made of; without a change there is none.
    let mut levels = vec![first];
    while let Some(next) = levels.last().and_then(Exponentials::derived) {
        levels.push(next);
    }
    let mut zeros = Vec::new();
    for level in levels.iter().rev() {
        zeros = level.zeros(&zeros);
    }
    Some(zeros.into_iter().map(exp_m1).collect())
}

/// Every rate of even payments, one a period, between an amount at the start and one at the end: where
/// start + payment × (1 + rate × due) × (1 − (1 + rate)^−n) ÷ rate + end × (1 + rate)^−n is 0.
#[must_use]
pub fn annuity_rates(periods: f64, payment: f64, start: f64, end: f64, due: f64) -> Option<Vec<f64>> {
    if !(periods > 0.0) {
        return Some(Vec::new());
    }
    // Times 1 + rate − 1 all of it is four powers, and 0 is one zero more.
    let mut found = zero_rates(&[
        (-1.0, start + payment * due),
        (0.0, payment * (1.0 - due) - start),
        (periods - 1.0, end - payment * due),
        (periods, -end - payment * (1.0 - due)),
    ])?;
    let at_zero = start + payment * periods + end;
    let size = start.abs() + (payment * periods).abs() + end.abs();
    if at_zero.abs() > size * 1e-14 {
        let nearest = found.iter().copied().fold(f64::INFINITY, |least, rate| if rate.abs() < f64::abs(least) { rate } else { least });
        found.retain(|rate| *rate != nearest);
    }
    Some(found)
}

/// What is left of a cost after so many periods: in each the part factor ÷ life of what is left goes, or from then on the
/// even part of the rest as soon as that is more; never below salvage. Within a period it goes evenly. `None` where a life
/// or a factor is no positive number, periods are negative or too many.
#[must_use]
pub fn declining_left([cost, salvage]: [f64; 2], life: f64, periods: f64, factor: f64) -> Option<f64> {
    if !(life > 0.0 && factor > 0.0 && (0.0..=1e5).contains(&periods)) {
        return None;
    }
    let (mut left, mut at) = (cost, 0.0);
    while at < periods && left > salvage {
        let even = if at + 1.0 < life { (left - salvage) / (life - at) } else { left - salvage };
        let lost = (left * factor / life).max(even).min(left - salvage);
        left -= lost * (periods - at).min(1.0);
        at += 1.0;
    }
    Some(left)
}

/// Σ amount × e^(scale − time × u), by time.
struct Exponentials {
    terms: Vec<Term>,
}

#[derive(Clone, Copy)]
struct Term {
    time: f64,
    amount: f64,
    scale: f64,
}

/// A value, and how much of it may be rounding.
struct Measured {
    value: f64,
    noise: f64,
}

impl Exponentials {
    fn new(payments: &[Payment]) -> Self {
        let mut sorted = payments.to_vec();
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut terms: Vec<Term> = Vec::with_capacity(sorted.len());
        for (time, amount) in sorted {
            match terms.last_mut() {
                Some(last) if last.time == time => last.amount += amount,
                Some(_) | None => terms.push(Term { time, amount, scale: 0.0 }),
            }
        }
        terms.retain(|term| term.amount != 0.0);
        Self { terms }
    }

    fn pairs(&self) -> impl Iterator<Item = (&Term, &Term)> {
        self.terms.iter().zip(self.terms.iter().skip(1))
    }

    /// How often the amounts change their sign: there are no more zeros (Descartes, Laguerre).
    fn changes(&self) -> usize {
        self.pairs().filter(|(a, b)| (a.amount < 0.0) != (b.amount < 0.0)).count()
    }

    /// The derivative by u of the sum times e^(τu), τ in the gap of the first change of sign; none without a change.
    fn derived(&self) -> Option<Self> {
        let (before, behind) = self.pairs().find(|(a, b)| (a.amount < 0.0) != (b.amount < 0.0))?;
        let gap = before.time + (behind.time - before.time) / 2.0;
        let terms = self.terms.iter().map(|term| {
            let distance = gap - term.time;
            Term { amount: term.amount * distance.signum(), scale: term.scale + ln(distance.abs()), ..*term }
        });
        Some(Self { terms: terms.collect() })
    }

    fn largest_exponent(&self, u: f64) -> f64 {
        self.terms.iter().map(|term| term.scale - term.time * u).fold(f64::NEG_INFINITY, f64::max)
    }

    /// The sum by its largest power: of the same sign, and never out of range.
    fn at(&self, u: f64) -> f64 {
        let largest = self.largest_exponent(u);
        self.terms.iter().fold(0.0, |sum, term| sum + term.amount * exp(term.scale - term.time * u - largest))
    }

    fn measured(&self, u: f64) -> Measured {
        let largest = self.largest_exponent(u);
        let mut measured = Measured { value: 0.0, noise: 0.0 };
        for term in &self.terms {
            let exponent = term.scale - term.time * u;
            let part = term.amount * exp(exponent - largest);
            measured.value += part;
            // A hair of the exponent is so much of the power.
            measured.noise += part.abs() * (exponent.abs() + largest.abs() + 8.0) * f64::EPSILON;
        }
        measured
    }

    /// The zeros, rising; `turns` part them: the sum, times a power, goes one way between two of these.
    fn zeros(&self, turns: &[f64]) -> Vec<f64> {
        if self.changes() == 0 {
            return Vec::new();
        }
        let (low, high) = (self.bound(-1.0, LOWEST), self.bound(1.0, HIGHEST));
        let mut found = Vec::new();
        let mut last = (low, self.at(low));
        let inside = turns.iter().copied().filter(|turn| *turn > low && *turn < high);
        for turn in inside.chain([high]) {
            let here = self.measured(turn);
            // It only touches zero: a double zero.
            let touches = turn < high && here.value.abs() <= here.noise;
            let value = if touches { 0.0 } else { here.value };
            if touches {
                found.push(turn);
            } else if last.1 * value.signum() < 0.0 {
                found.extend(root(|u| self.at(u), last.0, turn));
            }
            last = (turn, value);
        }
        found.dedup_by(|next, last| (*next - *last).abs() <= APART);
        found
    }

    /// Where one end of the sum outweighs all the rest, and so on from there; the limit where it never does.
    fn bound(&self, from: f64, limit: f64) -> f64 {
        let mut u = from;
        while u.abs() < limit.abs() {
            let largest = self.largest_exponent(u);
            let size = |term: &Term| term.amount.abs() * exp(term.scale - term.time * u - largest);
            let end = if from > 0.0 { self.terms.first() } else { self.terms.last() };
            let all: f64 = self.terms.iter().map(size).sum();
            if end.is_some_and(|end| 2.0 * size(end) > all) {
                return u;
            }
            u *= 2.0;
        }
        limit
    }
}
