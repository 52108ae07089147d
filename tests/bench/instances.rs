//! The engine at R2: its text read, checked and compiled, and its tape played over columns that are there already.

use crate::measure::{Figures, time};
use crate::r2;
use biz::check::model::{CellId, Content, Model};
use biz::check::{Asked, check};
use biz::compile::{Compiled, Target, What, compile};
use biz::run::{Columns, Inputs, Value, again, rerun, run};
use biz::syntax::{ast, parse};
use biz::tape::InputId;
use biz::text::{FileId, Source};

/// R2, ready to run.
struct Ready {
    compiled: Compiled,
    /// The revenue of all products, which is what is compared.
    all: Target,
    /// The price of one product.
    price: InputId,
}

/// Every definition that is computed.
fn every_cell(model: &Model) -> Vec<Target> {
    let computed = |at: &usize| matches!(model.cells[*at].content, Content::Computed(_));
    let cells = (0..model.cells.len()).filter(computed).map(|at| CellId(at as u32));
    cells.map(|cell| Target { what: What::Cell(cell), scenario: None, over: None }).collect()
}

fn ready() -> Ready {
    let texts = biz::prelude::texts().iter().enumerate();
    let sources: Vec<Source> = texts.map(|(at, (name, text))| Source::new(FileId(at as u32), *name, *text)).collect();
    let prelude: Vec<ast::File> = sources.iter().map(|source| parse(source).file).collect();
    let source = Source::new(FileId(sources.len() as u32), "bench.biz", r2::text(1_000, 10));
    let asked = Asked { prelude: &prelude.iter().collect::<Vec<_>>(), files: &[parse(&source).file], sets: &[], queries: &[] };
    let model = check(&asked).model.unwrap();
    let cell = |path: &str| CellId(model.cells.iter().position(|cell| cell.path == path).unwrap() as u32);
    let compiled = compile(&model, &every_cell(&model));
    let all = Target { what: What::Cell(cell("all")), scenario: None, over: None };
    Ready { price: compiled.input(cell("p500.first")).unwrap(), compiled, all }
}

impl Ready {
    /// The revenue of all products in the last month.
    fn last(&self, columns: &Columns) -> Vec<[f64; 4]> {
        match columns.value(self.compiled.slot(self.all).unwrap(), columns.steps() - 1, 0) {
            Value::Number(number) => vec![[number; 4]],
            other @ (Value::Blank(_) | Value::Fault(_)) => panic!("no number but {other:?}"),
        }
    }
}

/// Everything, in every round.
pub fn everything(rounds: usize) -> Figures {
    let ready = ready();
    let tape = &ready.compiled.tape;
    let mut columns = run(tape, &Inputs::once());
    time(rounds, |_| {
        again(&mut columns, tape, &Inputs::once());
        ready.last(&columns)
    })
}

/// Everything, into memory that the system has just handed out.
pub fn afresh(rounds: usize) -> Figures {
    let ready = ready();
    time(rounds, |_| ready.last(&run(&ready.compiled.tape, &Inputs::once())))
}

/// What depends on the price of one product, which changes from round to round and ends where it was.
pub fn one_price(rounds: usize) -> Figures {
    let ready = ready();
    let tape = &ready.compiled.tape;
    let mut columns = run(tape, &Inputs::once());
    time(rounds, |round| {
        let factor = if round % 2 == 0 { 1.0 } else { 1.1 };
        let inputs = Inputs::scaled(1, vec![(ready.price, vec![factor])]);
        rerun(&mut columns, tape, &inputs, &[ready.price]);
        ready.last(&columns)
    })
}
