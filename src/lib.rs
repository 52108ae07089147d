//! Biz, the language for business models: a library, and the thin binary `biz` over it.
//!
//! The map, from the top floor to the ground. A room names only rooms that lie lower; a datum's walk is
//! `syntax::parse` → `check::check` → `compile::compile` → `run::run` → `report::report` → `export::…`, and only
//! [`workspace`] calls these in a row.
//!
//! - 8 [`cli`]: arguments, one file a command, and the only printing.
//! - 7 [`export`]: reports and answers → text. One file a format; computes nothing.
//! - 7 [`workspace`]: files → facts. The only room that parses, checks, compiles, runs and reports in a row: a run once
//!   (`answers`), over samples (`simulated`) or a `part` of them, over a `board` of inputs for decisions (`swept`, `solved`,
//!   `sensitive`, `worth`), each within the limits of its `cost`.
//! - 6 [`report`]: model and columns → plain data. Knows no format.
//! - 5 [`compile`]: model → tape. Only what the targets need, common parts once, and of a scenario only what it changes.
//! - 4 [`check`]: trees → model. Names, kinds, units, order; every mistake in plain words.
//! - 3 [`syntax`]: text → tree, comments, mistakes. The only user of pest.
//! - 2 [`run`]: tape and inputs → columns. Whole series at once where it can, step by step where something loops through time,
//!   loops of one form in `lockstep`. `trials` plays a tape for many samples, all of them or a part, `sampled` fills in what
//!   looks across them, `sweep` plays it at many values of its inputs, and `seek` looks for the value that is wanted.
//! - 2 [`diagnostic`]: facts about a mistake, and their drawing on a terminal.
//! - 1 [`text`]: spans, sources and their line index. Imports nothing.
//! - 1 [`quantity`]: units as products of atoms, hash-consed; never knows a currency by name.
//! - 1 [`calendar`]: dates as numbers, periods, and the grid of steps a model runs on. Never asks the clock.
//! - 1 [`tape`]: a model as a flat list of operations over slots. Data only; `compile` builds it, `run` plays it.
//! - 1 [`numeric`]: our own exp, ln, pow and the distributions, the same bits on every machine; streams of draws that belong to
//!   a name (`stream`), their values (`sampler`), and sums without rounding (`exact_sum`).
//! - 1 [`prelude`]: the business domain, written in Biz and embedded.

pub mod calendar;
pub mod check;
pub mod cli;
pub mod compile;
pub mod diagnostic;
pub mod export;
pub mod numeric;
pub mod prelude;
pub mod quantity;
pub mod report;
pub mod run;
pub mod syntax;
pub mod tape;
pub mod text;
pub mod workspace;
