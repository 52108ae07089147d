//! Strips: a run of operations played in one go, some lanes after the other, so that a value on its way stays in registers.
#![allow(clippy::inline_always, reason = "what is inlined is compiled for the widest vectors")]
#![allow(clippy::indexing_slicing, reason = "links name rows of the program; lanes lie within a row")]

use super::home::Home;
use super::row::{LANES, Row};
use crate::numeric::simd::{Kernel, Simd};
use crate::run::value::blank;
use crate::tape::{Blank, Relation};

/// One move of a strip: it works on a value a lane, the one at hand, and another from some place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Move<P> {
    /// What is taken at hand before; none if the move before has left it there.
    pub first: Option<P>,
    /// What becomes of it and the other.
    pub verb: Verb,
    /// The other.
    pub other: P,
    /// Where it is put; none if only the next move needs it.
    pub put: Option<P>,
    /// Whether it is noticed if it is no finite number.
    pub noticed: bool,
}

/// What becomes of the value at hand and another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    /// Their sum.
    Plus,
    /// It − the other.
    Minus,
    /// The other − it.
    From,
    /// Their product.
    Times,
    /// It ÷ the other.
    Over,
    /// The other ÷ it.
    Under,
    /// The other if that is less.
    Least,
    /// The other if that is more.
    Most,
    /// It if that is less than the other, else the other: of two equal zeros not the same as the least.
    Lower,
    /// It if that is more than the other, else the other.
    Higher,
    /// 1 if it is less than the other, else 0.
    IsLess,
    /// 1 if it is at most the other, else 0.
    IsAtMost,
    /// 1 if it is more than the other, else 0.
    IsMore,
    /// 1 if it is at least the other, else 0.
    IsAtLeast,
    /// 1 if it equals the other, else 0.
    Equals,
    /// 0 if it equals the other, else 1.
    Differs,
    /// The other if it is not 0; else nothing, as NaN.
    Where,
    /// It, but the other where that is a number.
    Unless,
    /// It where that is a number, else the other.
    Else,
    /// It as it is.
    Keep,
}

impl From<Relation> for Verb {
    fn from(relation: Relation) -> Self {
        match relation {
            Relation::Less => Self::IsLess,
            Relation::AtMost => Self::IsAtMost,
            Relation::More => Self::IsMore,
            Relation::AtLeast => Self::IsAtLeast,
            Relation::Equal => Self::Equals,
            Relation::Unequal => Self::Differs,
        }
    }
}

/// Where a move finds a value before a step is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Source {
    /// Where an operation lies.
    Home(Home),
    /// A number.
    Number(f64),
    /// The time.
    Now,
}

/// Where a move finds a value in a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    row: u32,
    /// All bits if the next vectors that are played together find theirs farther in the row; none if its first lanes stand for
    /// all. As a mask it costs less than a choice.
    lanes: u32,
    /// All bits if the next step finds its own in the next row; none if all steps find it in the same.
    steps: u32,
}

impl Place {
    /// In a row.
    pub const fn each(row: u32) -> Self {
        Self { row, lanes: u32::MAX, steps: 0 }
    }

    /// In a row whose first lanes stand for all.
    pub const fn same(row: u32) -> Self {
        Self { row, lanes: 0, steps: 0 }
    }

    /// The same, each step in a row of its own, one behind the other.
    pub const fn by_step(self) -> Self {
        Self { steps: u32::MAX, ..self }
    }

    /// The row in a step, counted from the first of those that are played in one go.
    #[inline(always)]
    const fn row(self, step: u32) -> usize {
        (self.row + (step & self.steps)) as usize
    }
}

/// How many steps are played over some lanes before the next lanes: so few that what is known by step stays in the first
/// cache beside what those lanes hold.
pub(super) const SPAN: u32 = 8;

/// How many vectors are played together.
const WIDTH: usize = 8;

/// How many lanes of a row hold a number that is the same in all of them: as many as the widest vectors play together.
pub(super) const SAME: usize = 8 * WIDTH;

/// Plays moves over rows, in so many steps and in the vectors that so many lanes need. Whether all that was to be noticed is finite.
pub(super) struct Play<'a> {
    pub moves: &'a [Move<Place>],
    pub rows: &'a mut [Box<Row>],
    pub steps: u32,
    pub lanes: usize,
}

/// An expression for each of the vectors.
macro_rules! each {
    ($at:ident => $value:expr) => {
        [
            { const $at: usize = 0; $value },
            { const $at: usize = 1; $value },
            { const $at: usize = 2; $value },
            { const $at: usize = 3; $value },
            { const $at: usize = 4; $value },
            { const $at: usize = 5; $value },
            { const $at: usize = 6; $value },
            { const $at: usize = 7; $value },
        ]
    };
}

impl Kernel for Play<'_> {
    type Output = bool;

    #[inline(always)]
    fn run<S: Simd>(self, simd: S) -> bool {
        let Self { moves, rows, steps, lanes } = self;
        let (zero, one) = (simd.splat_f64s(0.0), simd.splat_f64s(1.0));
        let mut finite = simd.equal_f64s(zero, zero);
        let groups = lanes.min(LANES).div_ceil(WIDTH * S::F64_LANES);
        for (place, step) in (0..groups).flat_map(|place| (0..steps).map(move |step| (place, step))) {
            let mut held = [zero; WIDTH];
            for own in moves {
                if let Some(first) = own.first {
                    held = *group::<S>(rows, first, step, place);
                }
                let other = group::<S>(rows, own.other, step, place);
                held = match own.verb {
                    Verb::Plus => each!(AT => simd.add_f64s(held[AT], other[AT])),
                    Verb::Minus => each!(AT => simd.sub_f64s(held[AT], other[AT])),
                    Verb::From => each!(AT => simd.sub_f64s(other[AT], held[AT])),
                    Verb::Times => each!(AT => simd.mul_f64s(held[AT], other[AT])),
                    Verb::Over => each!(AT => simd.div_f64s(held[AT], other[AT])),
                    Verb::Under => each!(AT => simd.div_f64s(other[AT], held[AT])),
                    Verb::Least => each!(AT => simd.select_f64s(simd.less_than_f64s(other[AT], held[AT]), other[AT], held[AT])),
                    Verb::Most => each!(AT => simd.select_f64s(simd.less_than_f64s(held[AT], other[AT]), other[AT], held[AT])),
                    Verb::Lower => each!(AT => simd.select_f64s(simd.less_than_f64s(held[AT], other[AT]), held[AT], other[AT])),
                    Verb::Higher => each!(AT => simd.select_f64s(simd.less_than_f64s(other[AT], held[AT]), held[AT], other[AT])),
                    Verb::IsLess => each!(AT => simd.select_f64s(simd.less_than_f64s(held[AT], other[AT]), one, zero)),
                    Verb::IsAtMost => each!(AT => simd.select_f64s(simd.less_than_or_equal_f64s(held[AT], other[AT]), one, zero)),
                    Verb::IsMore => each!(AT => simd.select_f64s(simd.less_than_f64s(other[AT], held[AT]), one, zero)),
                    Verb::IsAtLeast => each!(AT => simd.select_f64s(simd.less_than_or_equal_f64s(other[AT], held[AT]), one, zero)),
                    Verb::Equals => each!(AT => simd.select_f64s(simd.equal_f64s(held[AT], other[AT]), one, zero)),
                    Verb::Differs => each!(AT => simd.select_f64s(simd.equal_f64s(held[AT], other[AT]), zero, one)),
                    Verb::Where => {
                        let never = simd.splat_f64s(blank(Blank::Never));
                        each!(AT => simd.select_f64s(simd.equal_f64s(held[AT], zero), never, other[AT]))
                    }
                    Verb::Else => each!(AT => simd.select_f64s(simd.equal_f64s(held[AT], held[AT]), held[AT], other[AT])),
                    Verb::Keep => held,
                    Verb::Unless => each!(AT => simd.select_f64s(simd.equal_f64s(other[AT], other[AT]), other[AT], held[AT])),
                };
                if own.noticed {
                    // What is no finite number, less itself, is no number.
                    for own in each!(AT => simd.equal_f64s(simd.sub_f64s(held[AT], held[AT]), zero)) {
                        finite = simd.and_m64s(finite, own);
                    }
                }
                if let Some(put) = own.put {
                    S::as_mut_simd_f64s(&mut rows[put.row(step)][..]).0.as_chunks_mut().0[place] = held;
                }
            }
        }
        simd.first_true_m64s(simd.not_m64s(finite)) == S::F64_LANES
    }
}

/// The vectors that are played together, of a row or of what is the same in all lanes.
#[inline(always)]
fn group<S: Simd>(rows: &[Box<Row>], from: Place, step: u32, place: usize) -> &[S::f64s; WIDTH] {
    let groups = S::as_simd_f64s(&rows[from.row(step)][..]).0.as_chunks().0;
    // The places of a row are a power of two, so that this is no division, and the compiler sees that it lies within.
    &groups[(place & from.lanes as usize) % (LANES / (WIDTH * S::F64_LANES))]
}

#[cfg(test)]
mod tests {
    use super::{LANES, Move, Place, Play, Row, Verb};
    use crate::numeric::simd::{Kernel, Scalar, dispatch, dispatch_wide};

    const VERBS: [Verb; 20] = [
        Verb::Plus,
        Verb::Minus,
        Verb::From,
        Verb::Times,
        Verb::Over,
        Verb::Under,
        Verb::Least,
        Verb::Most,
        Verb::Lower,
        Verb::Higher,
        Verb::IsLess,
        Verb::IsAtMost,
        Verb::IsMore,
        Verb::IsAtLeast,
        Verb::Equals,
        Verb::Differs,
        Verb::Where,
        Verb::Unless,
        Verb::Else,
        Verb::Keep,
    ];

    /// Every verb between two rows, a number and what is found by step, over three steps in one go.
    #[test]
    fn moves_are_played_alike_in_every_width() {
        let row = |seed: usize| {
            let mut row = Row::of(0.0);
            row.iter_mut().enumerate().for_each(|(lane, value)| *value = ((lane * seed) % 31) as f64 - 15.0);
            Box::new(row)
        };
        let place = |at: u32| if at == 2 { Place::same(2) } else { Place::each(at) };
        let moves: Vec<Move<Place>> = (0..)
            .zip(VERBS)
            .map(|(at, verb)| Move {
                first: (at % 3 != 2).then_some(place(at % 2)),
                verb,
                other: if at % 4 == 3 { Place::each(4).by_step() } else { place((at + 1) % 3) },
                put: (at % 5 != 4).then_some(if at % 7 == 6 { Place::each(7).by_step() } else { Place::each(10 + at) }),
                noticed: at == 1,
            })
            .collect();
        let number = |at: usize| if at == 2 { Box::new(Row::of(3.0)) } else { row((at + 1) * 7) };
        let rows = || (0..30).map(number).collect::<Vec<Box<Row>>>();
        let bits = |rows: &[Box<Row>]| rows.iter().flat_map(|row| row.iter().map(|value| value.to_bits()).collect::<Vec<u64>>()).collect::<Vec<u64>>();
        let (mut wide, mut fours, mut single) = (rows(), rows(), rows());
        let finite = dispatch_wide(Play { moves: &moves, rows: &mut wide, steps: 3, lanes: LANES });
        assert_eq!(finite, dispatch(Play { moves: &moves, rows: &mut fours, steps: 3, lanes: LANES }));
        assert_eq!(finite, Play { moves: &moves, rows: &mut single, steps: 3, lanes: LANES }.run(Scalar::new()));
        assert!(bits(&wide) == bits(&fours) && bits(&wide) == bits(&single));
    }
}
