//! Models that assert in the language itself.

use crate::support::{files, read};
use biz::compile::compile;
use biz::report::{Outcome, Verdict, test_targets, tests};
use biz::run::{Inputs, run};

#[test]
fn every_expectation_of_the_models_holds() {
    let paths = files("tests/run/models", "biz");
    assert!(paths.len() >= 8, "the models are there");
    for path in paths {
        let read = read(&std::fs::read_to_string(&path).unwrap());
        let Some(model) = &read.model else { panic!("{}\n{}", path.display(), read.drawing()) };
        let compiled = compile(model, &test_targets(model));
        let columns = run(&compiled.tape, &Inputs::once());
        let outcome = Outcome { model, sources: &read.sources, compiled: &compiled, columns: &columns };
        let results = tests(&outcome);
        assert!(results.iter().any(|test| !test.expectations.is_empty()), "{} asserts nothing", path.display());
        for one in results.iter().flat_map(|test| &test.expectations) {
            assert_eq!(one.verdict, Verdict::Passed, "{}: {} {:?} {:?}", path.display(), one.text, one.left, one.right);
        }
    }
}
