//! A program as text, one instruction a line, for people who look at what is played.

use super::home::Home;
use super::program::{Instruction, Look, Pass, Played, Program, Task};
use std::fmt::Write;

/// The whole program: its passes, what each does before the first step and in each, and what changes places after it.
pub(super) fn dump(program: &Program<'_>) -> String {
    let instructions: usize = program.passes.iter().map(|pass| pass.before.len() + pass.step.len()).sum();
    let mut out = format!("program: {} passes, {instructions} instructions, {} rows\n", program.passes.len(), program.rows);
    for (number, pass) in program.passes.iter().enumerate() {
        dump_pass(&mut out, number, pass, program);
    }
    out
}

fn dump_pass(out: &mut String, number: usize, pass: &Pass, program: &Program<'_>) {
    // Writing to a string can't fail.
    let _ = writeln!(out, "pass {number}");
    if !pass.before.is_empty() {
        let _ = writeln!(out, "  before the first step");
    }
    pass.before.iter().for_each(|instruction| dump_instruction(out, instruction, program));
    for stage in &pass.stages {
        let (first, last) = (stage.steps.start, stage.steps.end - 1);
        match &stage.played {
            Played::Steps(instructions) => {
                let _ = writeln!(out, "  in steps {first} to {last}");
                instructions.iter().for_each(|instruction| dump_instruction(out, instruction, program));
            }
            Played::Spans { ahead, strip, span, shown } => {
                let _ = writeln!(out, "  in steps {first} to {last}, {span} in one go");
                ahead.iter().for_each(|instruction| dump_instruction(out, instruction, program));
                dump_strip(out, *strip, program);
                shown.iter().for_each(|instruction| dump_instruction(out, instruction, program));
            }
        }
    }
    for (one, other) in &pass.swaps {
        let _ = writeln!(out, "    row {one} <-> row {other}");
    }
    for (from, to) in &pass.saves {
        let _ = writeln!(out, "    row {to} = {}", home(from));
    }
}

fn dump_instruction(out: &mut String, instruction: &Instruction, program: &Program<'_>) {
    if let Task::Strip(number) = instruction.task {
        dump_strip(out, number, program);
        return;
    }
    let name = program.tape.op(instruction.op).code.row().name;
    let args: Vec<String> = instruction.args.iter().map(home).collect();
    let look = match instruction.look {
        Look::Spared => " unchecked",
        Look::Noticed => " noticed",
        Look::Repaired => "",
    };
    let (to, task) = (home(&instruction.out), instruction.task);
    let _ = writeln!(out, "    {to} = {task:?} %{} {name}({}){look}", instruction.op.0, args.join(", "));
}

fn dump_strip(out: &mut String, number: u32, program: &Program<'_>) {
    let _ = writeln!(out, "    strip {number}");
    for own in program.strips.get(number as usize).into_iter().flatten() {
        let _ = writeln!(out, "      {own:?}");
    }
}

fn home(home: &Home) -> String {
    match home {
        Home::Given(op) => format!("given %{}", op.0),
        Home::Row(row) => format!("row {row}"),
        Home::Kept { first, depth } => format!("rows {first}..{}", first + depth),
        Home::Spread(first) => format!("rows {first}.."),
    }
}
