//! Strips with their rows: what depends on the step is looked up anew in each, and little does.
#![allow(clippy::indexing_slicing, reason = "the program's own rows and strips")]
#![allow(clippy::vec_box, reason = "rows change places by their boxes")]

use super::home::Home;
use super::program::Program;
use super::row::Row;
use super::strip::{Move, Place, Play, SAME, Source};
use crate::numeric::simd::dispatch_vectors;
use crate::run::Columns;
use crate::tape::{Shape, SlotId};

/// One of the places of a move.
type Which = fn(&mut Move<Place>) -> Option<&mut Place>;

/// The strips of a program while it is played.
pub(super) struct Bound {
    strips: Vec<Vec<Move<Place>>>,
    /// What is found in another row from step to step: the strip, the move, and which of its places.
    moving: Vec<(usize, usize, Which, Source)>,
    /// Rows of numbers that are the same in all lanes.
    same: Vec<(u32, Source)>,
}

impl Bound {
    /// Gives numbers rows of their own behind those of the program.
    pub fn new(program: &Program<'_>, given: &Columns, rows: &mut Vec<Box<Row>>) -> Self {
        let mut bound = Self { strips: Vec::new(), moving: Vec::new(), same: Vec::new() };
        for (number, strip) in program.strips.iter().enumerate() {
            let mut moves = Vec::with_capacity(strip.len());
            for (at, own) in strip.iter().enumerate() {
                let sources: [(Option<Source>, Which); 3] = [
                    (own.first, |own| own.first.as_mut()),
                    (Some(own.other), |own| Some(&mut own.other)),
                    (own.put, |own| own.put.as_mut()),
                ];
                for (source, place) in sources {
                    if let Some(source @ (Source::Home(Home::Kept { .. }) | Source::SoFar(..))) = source {
                        bound.moving.push((number, at, place, source));
                    }
                }
                let mut place = |source: Source| bound.place(source, 1, rows);
                let (first, other, put) = (own.first.map(&mut place), place(own.other), own.put.map(&mut place));
                moves.push(Move { first, verb: own.verb, other, put, noticed: own.noticed });
            }
            bound.strips.push(moves);
        }
        // What the first step finds elsewhere has to have a row as well.
        for (.., source) in bound.moving.clone() {
            bound.place(source, 0, rows);
        }
        bound.fill(program, given, rows, 0, |_| true);
        bound
    }

    /// Makes all ready for a step.
    pub fn turn(&mut self, program: &Program<'_>, given: &Columns, rows: &mut Vec<Box<Row>>, step: u32) {
        for at in 0..self.moving.len() {
            let (strip, number, which, source) = self.moving[at];
            let place = self.place(source, step, rows);
            if let Some(own) = which(&mut self.strips[strip][number]) {
                *own = place;
            }
        }
        self.fill(program, given, rows, step, |source| match source {
            Source::Now => true,
            Source::Home(Home::Given(id)) => program.tape.op(id).shape == Shape::Series,
            Source::Home(Home::Row(_) | Home::Kept { .. }) | Source::Number(_) | Source::SoFar(..) => false,
        });
    }

    /// Plays a strip; whether all that was to be noticed is finite.
    pub fn play(&self, strip: u32, rows: &mut [Box<Row>]) -> bool {
        self.strips.get(strip as usize).is_none_or(|moves| dispatch_vectors(Play { moves, rows }))
    }

    fn place(&mut self, source: Source, step: u32, rows: &mut Vec<Box<Row>>) -> Place {
        match source {
            Source::Home(Home::Row(row)) => Place::each(row),
            Source::Home(Home::Kept { first, depth }) => Place::each(first + step % depth),
            Source::SoFar(home, _) if step > 0 => self.place(Source::Home(home), step, rows),
            Source::SoFar(_, begin) => self.same(Source::Number(begin), rows),
            Source::Home(Home::Given(_)) | Source::Number(_) | Source::Now => self.same(source, rows),
        }
    }

    /// The row of a number.
    fn same(&mut self, source: Source, rows: &mut Vec<Box<Row>>) -> Place {
        let bits = |source: Source| match source {
            Source::Number(number) => Err(number.to_bits()),
            Source::Home(_) | Source::SoFar(..) | Source::Now => Ok(source),
        };
        if let Some((row, _)) = self.same.iter().find(|(_, own)| bits(*own) == bits(source)) {
            return Place::same(*row);
        }
        let row = rows.len() as u32;
        rows.push(Box::new(Row::of(f64::NAN)));
        self.same.push((row, source));
        Place::same(row)
    }

    fn fill(&self, program: &Program<'_>, given: &Columns, rows: &mut [Box<Row>], step: u32, which: impl Fn(Source) -> bool) {
        for (row, source) in self.same.iter().filter(|(_, source)| which(*source)) {
            let number = match source {
                Source::Number(number) => *number,
                Source::Now => program.tape.timeline().start(step),
                Source::Home(Home::Given(id)) => given.packed(SlotId(id.0), step as usize, 0),
                Source::Home(Home::Row(_) | Home::Kept { .. }) | Source::SoFar(..) => f64::NAN,
            };
            rows[*row as usize][..SAME].fill(number);
        }
    }
}
