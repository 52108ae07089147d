//! How long a start takes: a small model opened as a command does, against reading the whole prelude.
#![allow(clippy::print_stdout, missing_docs, reason = "a bench prints")]

use biz::prelude::texts;
use biz::syntax::{glance, parse};
use biz::text::{FileId, Source};
use biz::workspace::{Ask, Facts, Memory, needed_files};
use std::hint::black_box;
use std::time::Instant;

/// The fastest of some tries, in milliseconds.
fn fastest(mut work: impl FnMut()) -> f64 {
    let mut once = || {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64() * 1e3
    };
    (0..50).map(|_| once()).fold(f64::INFINITY, f64::min)
}

fn main() {
    let model = "model plan { timeline = 2026-01 to 2026-12, currency = USD }\nrent = 1k USD/month\n";
    let sources: Vec<Source> = texts().iter().map(|(name, text)| Source::new(FileId(0), *name, *text)).collect();
    let needed = needed_files(model);
    let bytes = |wanted: &dyn Fn(&str) -> bool| texts().iter().filter(|(name, _)| wanted(name)).map(|(_, text)| text.len()).sum::<usize>();
    let read = |wanted: &dyn Fn(&str) -> bool| {
        fastest(|| sources.iter().filter(|source| wanted(&source.name)).for_each(|source| drop(black_box(parse(source)))))
    };
    let (whole, part) = (read(&|_| true), read(&|name| needed.contains(&name)));
    let looking = fastest(|| texts().iter().for_each(|(_, text)| drop(black_box(glance(text)))));
    // The trees are there already, so this is the check alone.
    let files = Memory::new([("plan.biz", model.as_bytes())]);
    let opening = fastest(|| drop(black_box(Facts::open(&files, &Ask::default()))));
    println!("reading the whole prelude: {whole:.2} ms ({} bytes in {} files)", bytes(&|_| true), texts().len());
    println!("looking at it:             {looking:.2} ms");
    println!("reading what is needed:    {part:.2} ms ({} bytes in {} files)", bytes(&|name| needed.contains(&name)), needed.len());
    println!("checking a small model:    {opening:.2} ms");
    println!("a start is {:.0} % of reading and checking everything", (looking + part + opening) / (whole + opening) * 100.0);
}
