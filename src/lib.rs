//! Biz, the language for business models: a library, and the thin binary `biz` over it.
//!
//! The map, from the top floor to the ground. A room names only rooms that lie lower; a datum's walk is
//! `syntax::parse` → `check::check` → `compile::compile` → `run::run` → `report::report` → `export::…`, and only
//! [`workspace`] calls these in a row.
//!
//! - 10 [`cli`]: arguments, one file a command, and the only printing.
//! - 9 [`repl`]: a session at a prompt. What was accepted, the commands, and the line editor.
//! - 8 [`ide`]: a text and a place in it → what an editor shows there, as plain data.
//! - 7 [`export`]: reports and answers → text. One file a format; computes nothing.
//!   `plot` draws lines, bars, waterfalls and fans in signs; `graph` writes who reads whom for programs that draw it.
//! - 7 [`workspace`]: files → facts. The only room that parses, checks, compiles, runs and reports in a row.
//!   A run once is `answers`, one over samples `simulated`, a share of it a `part`; decisions ask a `board` of inputs (`swept`,
//!   `solved`) or the samples (`sensitive`, `worth`). Scenarios are taken `apart` to be `compared`, a figure is `explained`, two
//!   models have a `diff`, of files or by `git`. A session asks a `project`: files, with `entries` and what-ifs over them,
//!   of which those that move an input are `retried` without the whole. Mends are `tried` on a model that has mistakes.
//!   `cost` knows what each takes, and refuses what is beyond the limits.
//! - 6 [`report`]: model and columns → plain data. Knows no format.
//!   `plot` holds what is drawn, with its axes; `graph` which figures read which.
//! - 5 [`compile`]: model → tape. Only what the targets need, common parts once, and of a scenario only what it changes.
//! - 4 [`check`]: trees → model. Names, kinds, units, order; every mistake in plain words.
//!   `lint` remarks on a sound model, one file a remark, and reads the comments that turn warnings off.
//! - 4 [`fmt`]: tree and comments → the one canonical text. Moves blanks and line breaks, and nothing else.
//! - 3 [`syntax`]: text → tree, comments, mistakes. The only user of pest.
//! - 2 [`run`]: tape and inputs → columns. Whole series at once where it can, step by step where something loops through time.
//!   `lockstep` steps loops of one `form` side by `side`, with the same vector `work` as whole series; `rerun` plays only what has
//!   changed. `trials` plays a tape for many samples, all or a part of them, and `sampled` fills in what looks across them.
//!   `sweep` plays it at many values of its inputs, and `seek` looks for the value that is wanted.
//! - 2 [`diagnostic`]: facts about a mistake, their drawing on a terminal, and the documents that other programs read.
//! - 1 [`text`]: spans, sources and their line index. Imports nothing.
//! - 1 [`quantity`]: units as products of atoms, hash-consed; never knows a currency by name.
//! - 1 [`calendar`]: dates as numbers, periods, and the grid of steps a model runs on. Never asks the clock.
//! - 1 [`tape`]: a model as a flat list of operations over slots. Data only; `compile` builds it, `run` plays it.
//! - 1 [`numeric`]: our own exp, ln, pow and the distributions, the same bits on every machine.
//!   `stream` holds the draws that belong to a name, `sampler` makes values of them, `exact_sum` adds without rounding.
//! - 1 [`prelude`]: the business domain, written in Biz and embedded.

pub mod calendar;
pub mod check;
pub mod cli;
pub mod compile;
pub mod diagnostic;
pub mod export;
pub mod fmt;
pub mod ide;
pub mod numeric;
pub mod prelude;
pub mod quantity;
pub mod repl;
pub mod report;
pub mod run;
pub mod syntax;
pub mod tape;
pub mod text;
pub mod workspace;
