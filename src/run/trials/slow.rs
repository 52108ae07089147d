//! The way without a program: the machine plays the whole tape for a few lanes at a time. For the tapes that have none,
//! and the measure that programs are tested against.

use super::chunk::Sink;
use super::draws::Draws;
use super::row::{LANES, Row};
use super::source::Varied;
use crate::run::machine::Machine;
use crate::run::{Columns, Given, Inputs};
use crate::tape::{Code, OpId, Shape, SlotId, Tape};

/// The most values that are held at a time: 128 MiB.
const MOST_VALUES: usize = 16 << 20;

/// A tape that is played whole.
#[derive(Clone, Copy)]
pub(super) struct Whole<'p> {
    pub tape: &'p Tape,
    pub given: &'p Columns,
    pub outputs: &'p [OpId],
    pub draws: &'p Draws<'p>,
    pub varied: &'p [Varied],
}

impl Whole<'_> {
    /// Plays the samples from `first` on, of which there are `live`.
    pub fn play(&self, first: u64, live: usize, sink: &mut impl Sink) {
        let steps = |id: &OpId| if self.tape.op(*id).shape == Shape::Constant { 1 } else { self.tape.timeline().steps };
        let mut rows: Vec<Vec<Row>> = self.outputs.iter().map(|id| vec![Row::of(0.0); steps(id) as usize]).collect();
        let draws = self.drawn(first);
        let lanes = (MOST_VALUES / self.tape.values(1).max(1)).clamp(1, LANES);
        for start in (0..live).step_by(lanes) {
            let lanes = lanes.min(live - start);
            let inputs = Inputs { lanes, scaled: Vec::new(), given: self.part(&draws, first, start, lanes) };
            let columns = Columns::new(self.tape, lanes, Machine::new(self.tape, &inputs).play());
            for (id, rows) in self.outputs.iter().zip(&mut rows) {
                for (step, row) in rows.iter_mut().enumerate() {
                    for (lane, value) in row.iter_mut().skip(start).take(lanes).enumerate() {
                        *value = columns.packed(SlotId(id.0), step, lane);
                    }
                }
            }
        }
        for (output, rows) in rows.iter().enumerate() {
            rows.iter().enumerate().for_each(|(step, row)| sink.take(output as u32, step as u32, row, live));
        }
    }

    /// Whether an input is another than what it reads in the run without samples.
    fn is_replaced(&self, at: usize) -> bool {
        let op = self.tape.ops().get(at).filter(|op| op.code == Code::Input);
        let of = op.and_then(|op| self.tape.args(op).first());
        let is_varied = self.varied.iter().any(|varied| varied.op.0 as usize == at);
        let bits = |id: u32| self.given.packed(SlotId(id), 0, 0).to_bits();
        of.is_some_and(|of| !is_varied && bits(of.0) != bits(at as u32))
    }

    /// Every draw in every step, and whether it is still a uniform.
    fn drawn(&self, first: u64) -> Vec<(OpId, bool, Vec<Row>)> {
        let steps = |id: OpId| if self.tape.op(id).shape == Shape::Constant { 1 } else { self.tape.timeline().steps };
        let draws = self.draws.ops().enumerate().map(|(number, id)| {
            let mut drawn = true;
            let rows = (0..steps(id)).map(|step| {
                let (mut uniforms, mut row) = (Row::of(0.0), Row::of(0.0));
                self.draws.uniforms(number as u32, first, step, &mut uniforms);
                drawn = self.draws.sample(number as u32, &uniforms, &mut row);
                if drawn { row } else { uniforms }
            });
            let rows = rows.collect();
            (id, drawn, rows)
        });
        draws.collect()
    }

    /// What stands in place of operations in some lanes: draws, what is varied, and what is known across samples.
    fn part(&self, draws: &[(OpId, bool, Vec<Row>)], first: u64, start: usize, lanes: usize) -> Vec<(OpId, Given)> {
        let mut given: Vec<(OpId, Given)> = Vec::new();
        for (id, drawn, rows) in draws {
            let values = rows.iter().flat_map(|row| row.iter().skip(start).take(lanes).copied()).collect();
            given.push((*id, if *drawn { Given::Values(values) } else { Given::Uniforms(values) }));
        }
        for Varied { op, values } in self.varied {
            let steps = if self.tape.op(*op).shape == Shape::Constant { 1 } else { self.tape.timeline().steps as usize };
            let part = values.iter().skip(first as usize + start).take(lanes).copied();
            let part: Vec<f64> = part.chain(std::iter::repeat(f64::NAN)).take(lanes).collect();
            given.push((*op, Given::Values(part.repeat(steps))));
        }
        for (at, op) in self.tape.ops().iter().enumerate().filter(|(at, op)| op.code == Code::Statistic || self.is_replaced(*at)) {
            let steps = if op.shape == Shape::Constant { 1 } else { self.tape.timeline().steps as usize };
            let known = |step| std::iter::repeat_n(self.given.packed(SlotId(at as u32), step, 0), lanes);
            given.push((OpId(at as u32), Given::Values((0..steps).flat_map(known).collect())));
        }
        given
    }
}
