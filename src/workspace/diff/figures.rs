//! The figures that are compared, found by name in models that have not much else in common.

use crate::compile::Target;
use crate::report::{self, Figure, Key, Measured};
use crate::workspace::compared::figure;
use crate::workspace::facts::Facts;
use crate::workspace::sampling::computed;

/// A figure as it is found in any of the models.
pub(super) struct Wanted {
    pub text: String,
    pub path: Option<String>,
    /// Its number among the expressions that were asked.
    pub query: Option<usize>,
}

/// What figures come to in a model, each with what it is called there; a blank where the model does not have it.
pub(super) fn figures(facts: &Facts, wanted: &[Wanted]) -> Option<Vec<(Figure, Measured)>> {
    let model = facts.model.as_ref()?;
    let (asked, own) = (report::asked_keys(model), report::keys(model));
    let find = |wanted: &Wanted| match (&wanted.path, wanted.query) {
        (Some(path), _) => report::key_of(model, path),
        (None, Some(at)) => asked.get(at).cloned(),
        (None, None) => own.iter().find(|key| key.path(model).is_none() && key.label_in(model, &facts.sources) == wanted.text).cloned(),
    };
    let keys: Vec<Option<Key>> = wanted.iter().map(find).collect();
    let targets: Vec<Target> = keys.iter().flatten().map(|key| key.target(model, None)).collect();
    let run = computed(model, &targets, &[], &facts.how()).ok()?;
    let outcome = run.outcome(model, &facts.sources);
    let read = |(key, wanted): (&Option<Key>, &Wanted)| {
        let measured = key.as_ref().map_or_else(Measured::absent, |key| key.measured(&outcome, None));
        let told = key.as_ref().map(|key| figure(key, &outcome, measured.clone()));
        let absent = || Figure { text: wanted.text.clone(), path: wanted.path.clone(), unit: String::new(), apart: String::new(), base: report::Value::Blank };
        (Figure { text: wanted.text.clone(), ..told.unwrap_or_else(absent) }, measured)
    };
    Some(keys.iter().zip(wanted).map(read).collect())
}
