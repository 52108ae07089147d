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
    let mut list = |title: &str, instructions: &[Instruction]| {
        if !instructions.is_empty() {
            let _ = writeln!(out, "  {title}");
        }
        for instruction in instructions {
            let name = program.tape.op(instruction.op).code.row().name;
            let args: Vec<String> = instruction.args.iter().map(home).collect();
            let look = match instruction.look {
                Look::Spared => " unchecked",
                Look::Noticed => " noticed",
                Look::Repaired => "",
            };
            let (to, task) = (home(&instruction.out), format!("{:?}", instruction.task));
            if let Task::Strip(number) = instruction.task {
                let _ = writeln!(out, "    {task} from %{}", instruction.op.0);
                for own in program.strips.get(number as usize).into_iter().flatten() {
                    let _ = writeln!(out, "      {own:?}");
                }
            } else {
                let _ = writeln!(out, "    {to} = {task} %{} {name}({}){look}", instruction.op.0, args.join(", "));
            }
        }
    };
    list("before the first step", &pass.before);
    for stage in &pass.stages {
        let steps = format!("in steps {} to {}", stage.steps.start, stage.steps.end - 1);
        match &stage.played {
            Played::Steps(instructions) => list(&steps, instructions),
            Played::Spans { strip, span, shown } => {
                let whole = shown.first().or(pass.step.first()).map(|own| Instruction { task: Task::Strip(*strip), ..own.clone() });
                let whole: Vec<Instruction> = whole.into_iter().chain(shown.iter().cloned()).collect();
                list(&format!("{steps}, {span} in one go"), &whole);
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

fn home(home: &Home) -> String {
    match home {
        Home::Given(op) => format!("given %{}", op.0),
        Home::Row(row) => format!("row {row}"),
        Home::Kept { first, depth } => format!("rows {first}..{}", first + depth),
    }
}
