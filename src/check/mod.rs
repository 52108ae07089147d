//! Check: trees → model. Names, kinds, units, order; every mistake in plain words.

mod build;
mod choice;
mod claims;
mod dates;
mod declare;
mod demand;
mod depend;
mod elaborate;
mod formula;
mod goals;
mod hollow;
mod idle;
pub mod lint;
mod mistakes;
pub mod model;
mod native;
mod order;
mod pass;
mod rates;
mod replaced;
mod resolve;
mod ruling;
mod scenario;
mod settings;
mod supposed;
mod tied;
mod ties;
mod undeclared;
mod untie;
mod world;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::syntax::ast;
use crate::text::{FileId, Location};
use model::Model;
use foldhash::HashSet;

pub use elaborate::MOST_CALLS;
pub use mistakes::names::UNKNOWN_UNIT;
pub use mistakes::units::FLOW_AND_LEVEL;
pub use native::names as natives;
pub use settings::MOST_PERIODS;
pub use ties::MOST_TIED;

/// What is to be checked.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The prelude's files.
    pub prelude: &'a [&'a ast::File],
    /// The model's: the main file first, then its imports.
    pub files: &'a [ast::File],
    /// Definitions that replace others by path: `--set assistant.churn=4%/month`.
    pub sets: &'a [(ast::File, ast::Definition)],
    /// Expressions asked beside the model.
    pub queries: &'a [(ast::File, ast::ExprId)],
}

/// What came of it.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The model; none if there is an error.
    pub model: Option<Model>,
    /// Every mistake, by place; one for each cause.
    pub mistakes: Vec<Diagnostic>,
}

/// Checks the files of a model.
#[must_use]
pub fn check(asked: &Asked<'_>) -> Checked {
    let mut found = Vec::new();
    let sketches = declare::sketches(asked.files);
    let world = declare::declare(asked, &sketches, &mut found);
    let mut pass = pass::Pass::new(world, found);
    pass.set(asked.sets);
    pass.cells();
    pass.rates();
    let mut scenarios = pass.scenarios(asked.files);
    let claims = pass.claims(asked, &mut scenarios);
    let wanting = pass.demand(&claims);
    let replaced = pass.replacements();
    let idle = idle::idle(&pass.world, asked.files, &pass.found);
    pass.found.extend(idle);
    let stands_in = pass.world.grid_stands_in;
    let prelude = FileId(pass.world.prelude);
    let mut model = build::build(asked, pass.world, pass.arena, pass.states, &pass.reads, scenarios, claims, &wanting);
    pass.found.extend(replaced::told(&replaced, &model));
    let found = without_echoes(if stands_in { without_followers(pass.found) } else { pass.found });
    let mistakes = undeclared::joined(without_timeline(tidy(found), prelude), asked.files);
    let clean = mistakes.iter().all(|mistake| mistake.severity == Severity::Warning);
    if clean {
        supposed::suppose(&mut model);
    }
    Checked { model: clean.then_some(model), mistakes }
}

/// Without what seems to lie outside of a timeline that was not read.
fn without_followers(mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let follows = |mistake: &Diagnostic| matches!(mistake.code, Code("BIZ0305" | "BIZ0418"));
    found.retain(|mistake| !follows(mistake));
    found
}

/// Without warnings of numbers that lack their `%` where a requirement of the prelude has told of the number.
fn without_echoes(mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let ruled_out = found.iter().filter(|mistake| matches!(mistake.code, Code("BIZ0415" | "BIZ0418")));
    let mended: Vec<Location> = ruled_out.flat_map(|mistake| &mistake.fixes).flat_map(|fix| &fix.edits).map(|edit| edit.at).collect();
    let touches = |place: Location, edit: &Location| place.file == edit.file && place.span.start <= edit.span.start && edit.span.end <= place.span.end;
    found.retain(|mistake| mistake.code != Code("BIZ0219") || !mended.iter().any(|edit| touches(mistake.place(), edit)));
    found
}

/// That there is no timeline is told once: where the model's own files first look along time.
fn without_timeline(mut mistakes: Vec<Diagnostic>, prelude: FileId) -> Vec<Diagnostic> {
    let is_of_it = |mistake: &Diagnostic| mistake.code == mistakes::time::NO_TIMELINE;
    let places = || mistakes.iter().filter(|mistake| is_of_it(mistake)).map(Diagnostic::place);
    let first = places().find(|place| place.file >= prelude).or_else(|| places().next());
    mistakes.retain(|mistake| !is_of_it(mistake) || Some(mistake.place()) == first);
    mistakes
}

/// By place, each once.
fn tidy(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut seen = HashSet::default();
    let mut mistakes: Vec<Diagnostic> =
        found.into_iter().filter(|mistake| seen.insert((mistake.code, mistake.place()))).collect();
    mistakes.sort_by_key(|mistake| (mistake.place().file, mistake.place().span.start));
    mistakes
}
