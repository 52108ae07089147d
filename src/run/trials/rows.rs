//! Rows for what lives within a step: given out anew as soon as nobody reads them any more.

use super::home::Home;
use super::program::{Pass, Program};

/// Rows from here on stand for the operation whose number comes behind, until they are given a real one.
pub(super) const VIRTUAL: u32 = 1 << 31;

/// What is carried into the next step is written over what it was, where nobody reads that any more: one row instead of two
/// that change places.
pub(super) fn stay(program: &mut Program<'_>) {
    for pass in &mut program.passes {
        let swaps = std::mem::take(&mut pass.swaps);
        for (now, before) in swaps {
            let (written, read) = (Home::Row(now), Home::Row(before));
            let writer = pass.step.iter().position(|instruction| instruction.out == written);
            let last = pass.step.iter().rposition(|instruction| instruction.args.contains(&read));
            let is_saved = pass.saves.iter().any(|(home, _)| *home == read);
            if is_saved || writer.is_none_or(|writer| last.is_some_and(|last| last > writer)) {
                pass.swaps.push((now, before));
                continue;
            }
            let homes = pass.step.iter_mut().flat_map(|instruction| instruction.args.iter_mut().chain([&mut instruction.out]));
            let homes = homes.chain(pass.saves.iter_mut().map(|(home, _)| home)).chain(&mut program.homes);
            homes.filter(|home| **home == written).for_each(|home| *home = read);
        }
    }
}

/// Gives every virtual row a real one.
pub(super) fn assign(program: &mut Program<'_>) {
    let fixed = program.rows;
    let mut most = fixed;
    for pass in &mut program.passes {
        most = most.max(pass_rows(pass, fixed, &mut program.homes));
    }
    for at in 0..program.homes.len() {
        if let Some(home) = program.homes.get(at).copied() {
            let real = real(home, &program.homes);
            program.homes.get_mut(at).into_iter().for_each(|home| *home = real);
        }
    }
    program.rows = most;
}

fn pass_rows(pass: &mut Pass, fixed: u32, homes: &mut [Home]) -> u32 {
    let last = last_reads(pass);
    let mut free: Vec<u32> = Vec::new();
    let mut next = fixed;
    for (at, instruction) in pass.step.iter_mut().enumerate() {
        let read: Vec<u32> = instruction.args.iter().filter_map(|home| virtual_op(*home)).collect();
        for home in &mut instruction.args {
            *home = real(*home, homes);
        }
        // The result is written before it is put in its row, so it may take the row of what it reads.
        for op in read {
            if last.get(&op) == Some(&at)
                && let Some(Home::Row(row)) = homes.get(op as usize)
                && !free.contains(row)
            {
                free.push(*row);
            }
        }
        if let Some(op) = virtual_op(instruction.out) {
            let home = homes.get(op as usize).copied();
            if home == Some(instruction.out) {
                let row = free.pop().unwrap_or_else(|| {
                    next += 1;
                    next - 1
                });
                if let Some(home) = homes.get_mut(op as usize) {
                    *home = Home::Row(row);
                }
                if !last.contains_key(&op) {
                    free.push(row);
                }
            }
            instruction.out = real(instruction.out, homes);
        }
    }
    for (home, _) in &mut pass.saves {
        *home = real(*home, homes);
    }
    next
}

/// The place of the instruction that reads each virtual row last; what is saved at the end of the step is never free.
fn last_reads(pass: &Pass) -> std::collections::HashMap<u32, usize> {
    let mut last = std::collections::HashMap::new();
    for (at, instruction) in pass.step.iter().enumerate() {
        for op in instruction.args.iter().filter_map(|home| virtual_op(*home)) {
            last.insert(op, at);
        }
    }
    for (home, _) in &pass.saves {
        if let Some(op) = virtual_op(*home) {
            last.insert(op, usize::MAX);
        }
    }
    last
}

fn virtual_op(home: Home) -> Option<u32> {
    match home {
        Home::Row(row) if row >= VIRTUAL => Some(row - VIRTUAL),
        Home::Row(_) | Home::Given(_) | Home::Kept { .. } | Home::Spread(_) => None,
    }
}

/// Where an operation behind a virtual row lies by now.
fn real(home: Home, homes: &[Home]) -> Home {
    virtual_op(home).and_then(|op| homes.get(op as usize)).copied().unwrap_or(home)
}
