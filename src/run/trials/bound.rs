//! Strips with their rows: what depends on the step is looked up anew in each, and little does.
#![allow(clippy::indexing_slicing, reason = "the program's own rows and strips")]
#![allow(clippy::vec_box, reason = "rows change places by their boxes")]

use super::home::Home;
use super::program::Program;
use super::row::Row;
use super::strip::{Move, Place, Play, SAME, SPAN, Source};
use crate::numeric::simd::dispatch_wide;
use crate::run::Columns;
use crate::tape::{Shape, SlotId};
use std::ops::Range;

/// One of the places of a move.
type Which = fn(&mut Move<Place>) -> Option<&mut Place>;

/// The strips of a program while it is played.
pub(super) struct Bound {
    strips: Vec<Vec<Move<Place>>>,
    /// Of each strip what is found in another row from step to step: the move, and which of its places.
    moving: Vec<Vec<(usize, Which, Source)>>,
    /// Rows of numbers that are the same in all lanes.
    same: Vec<(u32, Source)>,
}

impl Bound {
    /// Gives numbers rows of their own behind those of the program.
    pub fn new(program: &Program<'_>, given: &Columns, rows: &mut Vec<Box<Row>>) -> Self {
        let mut bound = Self { strips: Vec::new(), moving: Vec::new(), same: Vec::new() };
        for strip in &program.strips {
            let (mut moves, mut moving) = (Vec::with_capacity(strip.len()), Vec::new());
            for (at, own) in strip.iter().enumerate() {
                let sources: [(Option<Source>, Which); 3] = [
                    (own.first, |own| own.first.as_mut()),
                    (Some(own.other), |own| Some(&mut own.other)),
                    (own.put, |own| own.put.as_mut()),
                ];
                for (source, place) in sources {
                    if let Some(source @ Source::Home(Home::Kept { .. })) = source {
                        moving.push((at, place, source));
                    }
                }
                let mut place = |source: Source| bound.place(source, program, rows);
                let (first, other, put) = (own.first.map(&mut place), place(own.other), own.put.map(&mut place));
                moves.push(Move { first, verb: own.verb, other, put, noticed: own.noticed });
            }
            bound.strips.push(moves);
            bound.moving.push(moving);
        }
        bound.fill(program, given, rows, 0..1, |_| true);
        bound
    }

    /// Makes all ready for some steps.
    pub fn turn(&self, program: &Program<'_>, given: &Columns, rows: &mut [Box<Row>], steps: Range<u32>) {
        self.fill(program, given, rows, steps, |source| is_by_step(program, source));
    }

    /// Plays a strip in some steps, for so many lanes; whether all that was to be noticed is finite.
    pub fn play(&mut self, strip: u32, rows: &mut [Box<Row>], steps: Range<u32>, lanes: usize) -> bool {
        let (moves, moving) = (&mut self.strips[strip as usize], &self.moving[strip as usize]);
        for (at, which, source) in moving {
            if let (Some(own), Source::Home(Home::Kept { first, depth })) = (which(&mut moves[*at]), source) {
                *own = Place::each(first + steps.start % depth);
            }
        }
        dispatch_wide(Play { moves, rows, steps: steps.end - steps.start, lanes })
    }

    fn place(&mut self, source: Source, program: &Program<'_>, rows: &mut Vec<Box<Row>>) -> Place {
        match source {
            Source::Home(Home::Row(row) | Home::Kept { first: row, .. }) => Place::each(row),
            Source::Home(Home::Spread(row)) => Place::each(row).by_step(),
            Source::Home(Home::Given(_)) | Source::Number(_) | Source::Now => {
                let place = Place::same(self.same(source, program, rows));
                if is_by_step(program, source) { place.by_step() } else { place }
            }
        }
    }

    /// The row of a number; the first of some if it differs from step to step.
    fn same(&mut self, source: Source, program: &Program<'_>, rows: &mut Vec<Box<Row>>) -> u32 {
        let bits = |source: Source| match source {
            Source::Number(number) => Err(number.to_bits()),
            Source::Home(_) | Source::Now => Ok(source),
        };
        if let Some((row, _)) = self.same.iter().find(|(_, own)| bits(*own) == bits(source)) {
            return *row;
        }
        let row = rows.len() as u32;
        let count = if is_by_step(program, source) { SPAN } else { 1 };
        rows.extend((0..count).map(|_| Box::new(Row::of(f64::NAN))));
        self.same.push((row, source));
        row
    }

    fn fill(&self, program: &Program<'_>, given: &Columns, rows: &mut [Box<Row>], steps: Range<u32>, which: impl Fn(Source) -> bool) {
        for (row, source) in self.same.iter().filter(|(_, source)| which(*source)) {
            for (row, step) in (*row..).zip(steps.clone()) {
                let number = match source {
                    Source::Number(number) => *number,
                    Source::Now => program.tape.timeline().start(step),
                    Source::Home(Home::Given(id)) => given.packed(SlotId(id.0), step as usize, 0),
                    Source::Home(Home::Row(_) | Home::Kept { .. } | Home::Spread(_)) => f64::NAN,
                };
                rows[row as usize][..SAME].fill(number);
            }
        }
    }
}

/// Whether it differs from step to step, and not from lane to lane.
fn is_by_step(program: &Program<'_>, source: Source) -> bool {
    match source {
        Source::Now => true,
        Source::Home(Home::Given(id)) => program.tape.op(id).shape == Shape::Series,
        Source::Home(Home::Row(_) | Home::Kept { .. } | Home::Spread(_)) | Source::Number(_) => false,
    }
}
