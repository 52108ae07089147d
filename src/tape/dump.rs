//! A tape as text, one operation a line, for people and for tests.

use super::{Block, Op, OpId, Shape, Tape};
use std::fmt::Write;

impl Tape {
    /// The whole tape as text: `%3 series sum(%1, %2) [1 -1]`; loops are indented.
    #[must_use]
    pub fn dump(&self) -> String {
        let line = self.timeline();
        let mut out = format!("steps {} from {} by {}\n", line.steps, line.first, line.period);
        for block in self.blocks() {
            let (range, indent) = match block {
                Block::Whole(range) => (range, ""),
                Block::Loop(range) => {
                    out.push_str("loop\n");
                    (range, "  ")
                }
            };
            for id in range.clone() {
                out.push_str(indent);
                self.dump_op(&mut out, OpId(id));
            }
        }
        out
    }

    fn dump_op(&self, out: &mut String, id: OpId) {
        let op: &Op = self.op(id);
        let shape = match op.shape {
            Shape::Constant => "constant",
            Shape::Series => "series",
        };
        let args: Vec<String> = self.args(op).iter().map(|arg| format!("%{}", arg.0)).collect();
        let numbers: Vec<String> = self.numbers(op).iter().map(|number| format!("{number}")).collect();
        // Writing to a string can't fail.
        let _ = write!(out, "%{} {shape} {}", id.0, op.code.row().name);
        if !args.is_empty() {
            let _ = write!(out, "({})", args.join(", "));
        }
        if !numbers.is_empty() {
            let _ = write!(out, " [{}]", numbers.join(" "));
        }
        out.push('\n');
    }
}
