//! Plans: from a tape to a program. Decides where each operation's values lie and in which order they are computed.
#![allow(clippy::indexing_slicing, reason = "every id is an operation of the tape, every pass one of the plan")]

use super::care::{Care, careful};
use super::depth::{Depths, fixed_delay, same_as, starts_late};
use super::draws::Draws;
use super::fuse;
use super::home::Home;
use super::program::{Instruction, Pass, Program, Stage, Task};
use super::reach::Touch;
use super::rows;
use super::source::Sources;
use super::spans::Free;
use super::stage::stages;
use crate::run::Columns;
use crate::run::value::Value;
use crate::tape::{Code, OpId, Reach, Shape, SlotId, Tape};

/// The program for some outputs, by the columns of a run without samples.
pub(super) fn plan<'t>(
    tape: &'t Tape,
    given: &Columns,
    outputs: &[OpId],
    touches: Vec<Touch>,
    draws: &'t Draws<'t>,
    sources: &'t Sources<'t>,
    care: Care,
) -> Program<'t> {
    let drawn: Vec<bool> = touches.iter().map(|touch| touch.drawn).collect();
    let passes = touches.iter().filter(|touch| touch.drawn).map(|touch| touch.pass + 1).max().unwrap_or(0);
    let depths = Depths::of(tape, given, &touches);
    let mut planner = Planner {
        tape,
        given,
        outputs,
        touches,
        depths,
        draws,
        sources,
        homes: (0..tape.ops().len() as u32).map(|id| Home::Given(OpId(id))).collect(),
        passes: vec![Pass::default(); passes as usize],
        hidden: Vec::new(),
        lagged: vec![None; tape.ops().len()],
        passing: Vec::new(),
        rows: 0,
    };
    planner.settle();
    for id in 0..tape.ops().len() as u32 {
        planner.operation(OpId(id));
    }
    let Planner { homes, mut passes, hidden, rows, draws, .. } = planner;
    careful(tape, given, &mut passes, &drawn, (draws, sources), care);
    passes.iter_mut().for_each(|pass| fuse::mark(tape, pass));
    let mut program = Program { tape, passes, homes, hidden, rows, strips: Vec::new(), draws, varied: sources.varied };
    rows::stay(&mut program);
    let fixed = program.rows;
    rows::assign(&mut program);
    let free = Free { within_step: fixed, behind: program.rows };
    for pass in &mut program.passes {
        pass.stages = stages(tape, pass, free, &mut program.strips);
    }
    program.rows += program.passes.iter().flat_map(|pass| &pass.stages).map(Stage::spread).max().unwrap_or(0);
    program
}

struct Planner<'t, 'g> {
    tape: &'t Tape,
    given: &'g Columns,
    outputs: &'g [OpId],
    touches: Vec<Touch>,
    depths: Depths,
    draws: &'t Draws<'t>,
    sources: &'t Sources<'t>,
    homes: Vec<Home>,
    passes: Vec<Pass>,
    hidden: Vec<(OpId, u32)>,
    /// Of each operation the opening that its row changes places with.
    lagged: Vec<Option<OpId>>,
    /// Rows of what looks across some steps and is handed on behind the last of them, and until when each is taken.
    passing: Vec<(u32, u32)>,
    rows: u32,
}

impl Planner<'_, '_> {
    /// Gives every operation a home, so that loops can read what is computed later in a step.
    fn settle(&mut self) {
        let read = self.read();
        for id in 0..self.tape.ops().len() as u32 {
            let op = self.tape.op(OpId(id));
            if !self.touches[id as usize].drawn {
                continue;
            }
            self.homes[id as usize] = match (op.shape, self.depths.0[id as usize]) {
                // What is varied is the same in every step.
                _ if self.sources.varied(OpId(id)).is_some() => self.row(),
                (Shape::Constant, _) => match self.streamed(OpId(id)).filter(|_| !read[id as usize]) {
                    Some((_, _, (first, end))) => self.passing_row(first, end),
                    None => self.row(),
                },
                (Shape::Series, 0) => Home::Row(rows::VIRTUAL + id),
                (Shape::Series, depth) => {
                    let first = self.rows;
                    self.rows += depth;
                    Home::Kept { first, depth }
                }
            };
        }
        self.settle_openings();
        // Where no sample touches it, it is as it was given.
        for id in (0..self.tape.ops().len()).filter(|id| self.touches[*id].drawn) {
            if let Some(of) = self.same_as(OpId(id as u32)) {
                self.homes[id] = self.homes[of.0 as usize];
            }
        }
    }

    /// What an operation is nothing but.
    fn same_as(&self, id: OpId) -> Option<OpId> {
        same_as(self.tape, self.given, &self.touches, id).filter(|_| self.sources.varied(id).is_none())
    }

    /// What is read a step later keeps its row to the end of the step, and there changes places with the row it is read from.
    fn settle_openings(&mut self) {
        for id in 0..self.tape.ops().len() as u32 {
            let op = self.tape.op(OpId(id));
            let touch = self.touches[id as usize];
            let ([of, from], Code::Opening, true) = (self.tape.args(op), op.code, touch.drawn) else { continue };
            let source = self.tape.op(*of);
            self.homes[id as usize] = if self.depths.0[id as usize] > 0 { self.homes[id as usize] } else { self.row() };
            let one = self.touches[of.0 as usize];
            let alone = self.lagged[of.0 as usize].is_none() && self.sources.varied(*of).is_none() && source.code != Code::Opening && self.same_as(*of).is_none();
            let apart = self.depths.0[of.0 as usize] == 0 && self.depths.0[id as usize] == 0;
            let same_start = source.code != Code::Accumulate || self.tape.args(source).get(1) == Some(from);
            if self.starts_late(OpId(id)) || self.starts_late(*of) && source.code == Code::Accumulate {
                continue;
            }
            if one.drawn && source.shape == Shape::Series && one.pass == touch.pass && alone && apart && same_start {
                self.lagged[of.0 as usize] = Some(OpId(id));
                self.homes[of.0 as usize] = self.row();
            }
        }
    }

    fn starts_late(&self, id: OpId) -> bool {
        self.tape.args(self.tape.op(id)).get(1).is_some_and(|from| starts_late(self.tape, &self.touches, *from))
    }

    fn row(&mut self) -> Home {
        self.rows += 1;
        Home::Row(self.rows - 1)
    }

    fn home(&self, id: OpId) -> Home {
        self.homes[id.0 as usize]
    }

    /// Puts an operation where it belongs in the program.
    fn operation(&mut self, id: OpId) {
        let op = self.tape.op(id);
        let touch = self.touches[id.0 as usize];
        if !touch.drawn {
            return;
        }
        let args: Vec<Home> = self.tape.args(op).iter().map(|arg| self.home(*arg)).collect();
        let out = self.home(id);
        let plain = |task: Task| Instruction::new(id, task, out, args.clone());
        if let Some(number) = self.sources.varied(id) {
            self.push(touch.pass, Shape::Constant, Instruction::new(id, Task::Vary(number), out, Vec::new()));
            self.emit(id, touch.pass);
            return;
        }
        match (op.code, op.code.row().reach, op.shape) {
            _ if self.same_as(id).is_some() => {}
            (Code::Draw | Code::DrawEach, ..) if self.sources.draws(id) => {
                let draw = self.draws.number(id);
                self.push(touch.pass, op.shape, plain(Task::Draw(draw)));
            }
            (Code::Opening | Code::Accumulate, ..) if self.starts_late(id) => self.push(touch.pass, op.shape, plain(Task::Past)),
            (Code::Opening, ..) => self.opening(id, touch.pass),
            (Code::Accumulate, ..) => self.accumulate(id, touch.pass),
            (Code::Smear, ..) => {
                let order = self.tape.numbers(op).first().map_or(0, |order| *order as u32);
                self.hidden.push((id, self.rows));
                self.rows += order;
                self.push(touch.pass, op.shape, plain(Task::Past));
            }
            (Code::Delay | Code::LoopDelay, ..) => {
                let task = self.fixed_delay(id).map_or(Task::Past, |(whole, part)| Task::Delay { whole, part });
                self.push(touch.pass, op.shape, plain(task));
            }
            (Code::Cohorts, ..) => self.push(touch.pass, op.shape, plain(Task::Cohorts)),
            (_, Reach::All, _) => {
                self.across(id, touch.pass);
                return;
            }
            (_, Reach::Past, _) => self.push(touch.pass, op.shape, plain(Task::Past)),
            (_, Reach::Own | Reach::One, _) => self.push(touch.pass, op.shape, plain(Task::Beside)),
        }
        self.emit(id, touch.pass);
    }

    fn push(&mut self, pass: u32, shape: Shape, instruction: Instruction) {
        let pass = &mut self.passes[pass as usize];
        match shape {
            Shape::Constant => pass.before.push(instruction),
            Shape::Series => pass.step.push(instruction),
        }
    }

    fn emit(&mut self, id: OpId, pass: u32) {
        for instruction in self.emitted(id) {
            self.push(pass, self.tape.op(id).shape, instruction);
        }
    }

    /// Hands an operation on as each output that it is.
    fn emitted(&self, id: OpId) -> Vec<Instruction> {
        let home = self.home(id);
        let places = self.outputs.iter().enumerate().filter(|(_, output)| **output == id);
        places.map(|(at, _)| Instruction::new(id, Task::Emit(at as u32), home, vec![home])).collect()
    }

    /// What was in the step before; in the first step what it opens with.
    fn opening(&mut self, id: OpId, pass: u32) {
        let op = self.tape.op(id);
        let [of, from] = self.tape.args(op) else { return };
        let (of, start) = (*of, self.home(*from));
        let out = self.home(id);
        let started = Instruction::new(id, Task::Copy, out, vec![start]);
        if self.lagged[of.0 as usize] == Some(id) {
            if let (Home::Row(now), Home::Row(before)) = (self.home(of), out) {
                self.passes[pass as usize].before.push(started);
                self.passes[pass as usize].swaps.push((now, before));
            }
            return;
        }
        match out {
            Home::Row(row) if self.touches[of.0 as usize].pass == pass || self.tape.op(of).shape == Shape::Constant => {
                self.passes[pass as usize].before.push(started);
                let home = self.home(of);
                self.passes[pass as usize].saves.push((home, row));
            }
            Home::Row(_) | Home::Kept { .. } | Home::Spread(_) | Home::Given(_) => {
                let args = vec![self.home(of), start];
                self.push(pass, Shape::Series, Instruction::new(id, Task::Past, out, args));
            }
        }
    }

    /// A level: what it was, plus what flows in.
    fn accumulate(&mut self, id: OpId, pass: u32) {
        let [flow, from] = self.tape.args(self.tape.op(id)) else { return };
        let (flow, start, home) = (self.home(*flow), self.home(*from), self.home(id));
        // An opening of it already holds what it was.
        let before = match (self.lagged[id.0 as usize], home) {
            (Some(opening), _) => self.home(opening),
            (None, Home::Row(row)) if row < rows::VIRTUAL => home,
            (None, _) => self.row(),
        };
        let out = if self.lagged[id.0 as usize].is_some() { home } else { before };
        let pass = &mut self.passes[pass as usize];
        if self.lagged[id.0 as usize].is_none() {
            pass.before.push(Instruction::new(id, Task::Copy, before, vec![start]));
        }
        pass.step.push(Instruction::new(id, Task::Accumulate, out, vec![before, flow]));
        if out != home {
            match home {
                Home::Kept { .. } => pass.step.push(Instruction::new(id, Task::Copy, home, vec![out])),
                Home::Row(_) | Home::Spread(_) | Home::Given(_) => self.homes[id.0 as usize] = out,
            }
        }
    }

    /// What looks across the steps of what it reads: along with them where it can, and handed on behind the last.
    fn across(&mut self, id: OpId, pass: u32) {
        let out = self.home(id);
        match self.streamed(id) {
            Some((task, of, (first, end))) => {
                let of = vec![self.home(of)];
                self.push(pass - 1, Shape::Series, Instruction::new(id, task, out, of).within(first, end));
                for instruction in self.emitted(id) {
                    self.push(pass - 1, Shape::Series, instruction.within(end - 1, end));
                }
            }
            None => {
                let op = self.tape.op(id);
                let args = self.tape.args(op).iter().map(|arg| self.home(*arg)).collect();
                let task = if self.looks_at_same(id) { Task::Throughout } else { Task::Past };
                self.push(pass, op.shape, Instruction::new(id, task, out, args));
                self.emit(id, pass);
            }
        }
    }

    #[allow(clippy::wildcard_enum_match_arm, reason = "only what looks across time comes here")]
    /// How what looks across time follows along, what it reads, and in which steps; none where it can't.
    fn streamed(&self, id: OpId) -> Option<(Task, OpId, (u32, u32))> {
        let op = self.tape.op(id);
        if op.code.row().reach != Reach::All {
            return None;
        }
        let numbers = self.tape.numbers(op);
        match self.tape.args(op) {
            [of] if self.is_series(*of) && op.code != Code::ZeroRateOver => {
                let [first, end] = [0, 1].map(|at| numbers.get(at).map_or(0, |step| *step as u32));
                Some(match op.code {
                    _ if end <= first => return None,
                    Code::Final => (Task::Capture { weight: 1.0 }, *of, (end - 1, end)),
                    // What waits for something begins with the first step, whenever it looks.
                    Code::When => (Task::Across, *of, (0, end)),
                    _ => (Task::Across, *of, (first, end)),
                })
            }
            [of, date] if op.code == Code::At && self.is_series(*of) => {
                let weight = numbers.first().copied().unwrap_or(1.0);
                self.place_of(*date).map(|step| (Task::Capture { weight }, *of, (step, step + 1)))
            }
            _ => None,
        }
    }

    /// Whether it adds up or compares, over steps in which what it reads stays the same.
    fn looks_at_same(&self, id: OpId) -> bool {
        let op = self.tape.op(id);
        let reaches = matches!(self.tape.numbers(op), [first, end] if first < end);
        let joins = matches!(op.code, Code::Total | Code::Average | Code::Lowest | Code::Highest);
        reaches && joins && matches!(self.tape.args(op), [of] if self.tape.op(*of).shape == Shape::Constant)
    }

    /// A row for some steps.
    fn passing_row(&mut self, first: u32, end: u32) -> Home {
        if let Some((row, until)) = self.passing.iter_mut().find(|(_, until)| *until <= first) {
            *until = end;
            return Home::Row(*row);
        }
        self.rows += 1;
        self.passing.push((self.rows - 1, end));
        Home::Row(self.rows - 1)
    }

    /// Which operations another that samples touch reads.
    fn read(&self) -> Vec<bool> {
        let mut read = vec![false; self.tape.ops().len()];
        for (op, _) in self.tape.ops().iter().zip(&self.touches).filter(|(_, touch)| touch.drawn) {
            self.tape.args(op).iter().for_each(|arg| read[arg.0 as usize] = true);
        }
        read
    }

    fn is_series(&self, id: OpId) -> bool {
        self.touches[id.0 as usize].drawn && self.tape.op(id).shape == Shape::Series
    }

    /// The step that holds a date that is known and does not change.
    fn place_of(&self, date: OpId) -> Option<u32> {
        let known = !self.touches[date.0 as usize].drawn && self.tape.op(date).shape == Shape::Constant;
        let timeline = self.tape.timeline();
        let place = match self.given.value(SlotId(date.0), 0, 0) {
            Value::Number(date) if known => ((date - timeline.first) / timeline.period).floor(),
            Value::Number(_) | Value::Blank(_) | Value::Fault(_) => return None,
        };
        (0.0..f64::from(timeline.steps)).contains(&place).then_some(place as u32)
    }

    fn fixed_delay(&self, id: OpId) -> Option<(u32, f64)> {
        fixed_delay(self.tape, self.given, &self.touches, id).filter(|_| {
            let flow = self.tape.args(self.tape.op(id)).first();
            flow.is_some_and(|flow| matches!(self.home(*flow), Home::Kept { .. }))
        })
    }
}
