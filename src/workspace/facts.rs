//! Facts: everything that is known about a model, and what can be asked of it.

use super::apart::{Apart, apart, is_made};
use super::asked::{Ask, Asked};
use super::files::Files;
use super::linted::remarked;
use super::load::{Loaded, load};
use super::mistakes;
use super::cost::{Cost, Limits};
use super::sampling::{Computed, How, Samples, Stopped};
use super::shelf::PRELUDE;
use super::tried::tried;
use crate::check::model::{Model, ScenarioId};
use crate::check::{self, check};
use crate::diagnostic::{Diagnostic, Severity};
use crate::report::describe::{Described, described};
use crate::run::{Nobody, Stage, Watch};
use crate::syntax::ast;
use crate::text::{FileId, Source};
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// A model and what was found about it.
#[derive(Debug)]
pub struct Facts {
    /// The main file, as a reader knows it.
    pub name: String,
    /// Every text that a diagnostic may point at: the prelude's, the model's, those of the command line.
    pub sources: Vec<Source>,
    /// Mistakes and warnings, in the order of the files.
    pub mistakes: Vec<Diagnostic>,
    pub(super) model: Option<Model>,
    pub(super) scenario: Option<ScenarioId>,
    /// What each replacement of the scenarios is alone, where that was wanted.
    pub(super) apart: Apart,
    /// How samples are drawn, if anything was said about it.
    pub(super) samples: Option<Samples>,
    /// How much a run may take.
    limits: Limits,
    watch: Option<&'static dyn Watch>,
    /// What the last run was to take.
    pub cost: Option<Cost>,
    /// Whether the last run was of what looks across samples.
    pub across: bool,
    /// The samples of a run that was stopped before all were played.
    pub stopped: Option<Stopped>,
    /// The first text that is no file.
    asked: FileId,
    unreadable: bool,
}

/// Who can mend what is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blame {
    /// Nothing is.
    Nobody,
    /// Who wrote the model.
    Model,
    /// Who asked: the file can't be read, or what was asked makes no sense.
    Asker,
}

impl Facts {
    /// Reads and checks a model.
    #[must_use]
    pub fn open(files: &dyn Files, ask: &Ask<'_>) -> Self {
        ask.watch.unwrap_or(&Nobody).begins(Stage::Read);
        Self { name: files.name(files.main()), ..Self::of(&load(files, PRELUDE.len() as u32), ask) }
    }

    /// Checks the files of a model.
    pub(super) fn of(loaded: &Loaded, ask: &Ask<'_>) -> Self {
        let watch = ask.watch.unwrap_or(&Nobody);
        let first = (PRELUDE.sources.len() + loaded.sources.len()) as u32;
        let asked = Asked::read(ask, first);
        watch.begins(Stage::Check);
        let (model, mistakes) = checked(loaded, &asked, ask.mentions);
        let (model, apart) = match (model, ask.apart) {
            (Some(model), Some(names)) => {
                let (model, apart) = taken_apart(model, loaded, &asked, ask, names);
                (Some(model), apart)
            }
            (model, _) => (model, Apart::default()),
        };
        let sources = PRELUDE.sources.iter().chain(&loaded.sources).cloned().chain(asked.sources);
        let mut facts = Self {
            name: loaded.sources.first().map_or_else(String::new, |source| source.name.clone()),
            sources: sources.collect(),
            mistakes,
            model,
            scenario: None,
            apart,
            samples: ask.samples,
            limits: ask.limits,
            watch: ask.watch,
            cost: None,
            across: false,
            stopped: None,
            asked: FileId(first),
            unreadable: loaded.unreadable,
        };
        if let Some(name) = ask.scenario {
            facts.choose(name);
        }
        facts
    }

    /// The model, if nothing is wrong with it.
    #[must_use]
    pub fn model(&self) -> Option<&Model> {
        self.model.as_ref()
    }

    /// What the values of each question are, before any is computed.
    #[must_use]
    pub fn described(&self) -> Vec<Described> {
        self.model.as_ref().map(described).unwrap_or_default()
    }

    /// How samples are drawn.
    pub(super) fn samples(&self) -> Samples {
        self.samples.unwrap_or_default()
    }

    /// How a run is made.
    pub(super) fn how(&self) -> How {
        How { samples: self.samples(), limits: self.limits, watch: self.watch.unwrap_or(&Nobody) }
    }

    /// Remembers what a run was to take and how far it came, or why it was refused.
    pub(super) fn done(&mut self, computed: Result<Computed, Box<Diagnostic>>) -> Option<Computed> {
        let computed = computed.map_err(|refused| self.mistakes.push(*refused)).ok()?;
        self.cost = Some(computed.cost);
        self.across = computed.across;
        self.stopped = computed.stopped();
        self.how().watch.begins(Stage::Report);
        Some(computed)
    }

    /// Whether a file of the model can't be read.
    #[must_use]
    pub const fn is_unreadable(&self) -> bool {
        self.unreadable
    }

    /// Who can mend what is wrong.
    #[must_use]
    pub fn blame(&self) -> Blame {
        self.blame_for(&self.mistakes)
    }

    /// Who can mend these mistakes.
    pub(super) fn blame_for(&self, mistakes: &[Diagnostic]) -> Blame {
        let mut errors = mistakes.iter().filter(|mistake| mistake.severity == Severity::Error).peekable();
        if errors.peek().is_none() {
            Blame::Nobody
        } else if self.unreadable || errors.all(|error| error.place().file >= self.asked) {
            Blame::Asker
        } else {
            Blame::Model
        }
    }

    /// Whether something was found in what was asked, and not in the model.
    pub(super) fn tells_of_questions(&self) -> bool {
        self.mistakes.iter().any(|mistake| mistake.place().file >= self.asked)
    }

    /// A text of the command line, so that a mistake in it has a place.
    pub(super) fn add_source(&mut self, name: &str, text: &str) -> Source {
        let source = Source::new(FileId(self.sources.len() as u32), name, text);
        self.sources.push(source.clone());
        source
    }

    /// Takes the scenario with a name.
    fn choose(&mut self, name: &str) {
        self.scenario = self.declared(name);
        if self.scenario.is_some() {
            return;
        }
        self.unknown_scenario("--scenario", name);
        self.model = None;
    }

    /// The scenario with a name, as the model declares it.
    pub(super) fn declared(&self, name: &str) -> Option<ScenarioId> {
        let wanted: String = name.trim().nfc().collect();
        let found = self.model.as_ref()?.named_scenarios().find(|(_, scenario)| scenario.name.as_ref() == Some(&wanted));
        found.map(|(id, _)| id)
    }

    /// Tells that there is no scenario of a name.
    pub(super) fn unknown_scenario(&mut self, option: &str, name: &str) {
        let Some(model) = &self.model else { return };
        let known = model.named_scenarios().filter_map(|(_, scenario)| scenario.name.clone());
        let known: Vec<String> = known.filter(|name| !is_made(Some(name))).collect();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let source = self.add_source(option, name);
        self.mistakes.push(mistakes::unknown_scenario(&source, &known));
    }
}

/// The model, if nothing is wrong; and what is.
fn checked(loaded: &Loaded, asked: &Asked, mentions: &[String]) -> (Option<Model>, Vec<Diagnostic>) {
    let mut found: Vec<Diagnostic> = loaded.mistakes.iter().chain(&asked.mistakes).cloned().collect();
    if let ([file], [source], true) = (loaded.files.as_slice(), loaded.sources.as_slice(), found.is_empty())
        && file.items.is_empty()
    {
        return (None, vec![mistakes::nothing_declared(source)]);
    }
    // What a file that can't be read would have defined is not known; to miss each of its names helps nobody.
    if loaded.incomplete {
        return (None, asked.placed(found));
    }
    let readable = found.is_empty();
    let queries = &asked.queries;
    let certain = asked.certain(&loaded.files);
    let own: Vec<_> = certain.iter().chain(&asked.sets).cloned().collect();
    let sets = &last_of_each(loaded.sets.iter().chain(&own));
    let files = match &asked.goals {
        Some(goals) => Cow::Owned(loaded.files.iter().chain([goals]).cloned().collect::<Vec<_>>()),
        None => Cow::Borrowed(loaded.files.as_slice()),
    };
    let with = |prelude: &[&ast::File]| check(&check::Asked { prelude, files: &files, sets, queries });
    let written = loaded.sources.iter().chain(&asked.sources).map(|source| source.text.as_str());
    let mut checked = with(&PRELUDE.needed(written.chain(mentions.iter().map(String::as_str))));
    if checked.model.is_none() {
        // What is told of a mistake may name anything that there is.
        checked = with(&PRELUDE.whole());
    }
    let mut told = checked.mistakes;
    let doubtful = match &checked.model {
        Some(model) => measures_else(loaded, model, &own),
        None => readable && !sets.is_empty(),
    };
    if doubtful && let Some(found) = of_sets(loaded, sets) {
        told = found;
        checked.model = None;
    }
    found.extend(told);
    if checked.model.is_none() || !readable {
        found = tried(loaded, found, &|mended| {
            let files: Vec<ast::File> = mended.files.iter().chain(&asked.goals).cloned().collect();
            let written = mended.sources.iter().chain(&asked.sources).map(|source| source.text.as_str());
            let prelude = PRELUDE.needed(written.chain(mentions.iter().map(String::as_str)));
            let told = check(&check::Asked { prelude: &prelude, files: &files, sets, queries }).mistakes;
            mended.mistakes.iter().chain(&asked.mistakes).cloned().chain(told).collect()
        });
    }
    let model = checked.model.filter(|_| readable);
    let mut found = remarked(loaded, model.as_ref(), asked.placed(found), &asked.lints);
    found.sort_by_key(|mistake| (mistake.place().file, mistake.place().span.start));
    (model, found)
}

/// The model with each replacement of some scenarios alone; names that there are not are left to who asks for them.
fn taken_apart(model: Model, loaded: &Loaded, asked: &Asked, ask: &Ask<'_>, names: &[String]) -> (Model, Apart) {
    let names: Vec<String> = names.iter().map(|name| name.trim().nfc().collect()).collect();
    let is_wanted = |name: &Option<String>| names.is_empty() || name.as_ref().is_some_and(|name| names.contains(name));
    let wanted: Vec<ScenarioId> = model.named_scenarios().filter(|(_, scenario)| is_wanted(&scenario.name)).map(|(id, _)| id).collect();
    let written = loaded.sources.iter().chain(&asked.sources).map(|source| source.text.as_str());
    let prelude = PRELUDE.needed(written.chain(ask.mentions.iter().map(String::as_str)));
    let Asked { sets, queries, .. } = asked;
    let sound = |files: &[ast::File]| check(&check::Asked { prelude: &prelude, files, sets, queries }).model;
    apart(model, loaded, asked, &wanted, &sound)
}

/// Of definitions that take the same place, the last.
fn last_of_each<'a>(sets: impl DoubleEndedIterator<Item = &'a (ast::File, ast::Definition)>) -> Vec<(ast::File, ast::Definition)> {
    let mut kept: Vec<(ast::File, ast::Definition)> = Vec::new();
    for set in sets.rev() {
        if kept.iter().all(|(_, other)| other.path.text() != set.1.path.text()) {
            kept.push(set.clone());
        }
    }
    kept.reverse();
    kept
}

/// Whether something put in place of a definition is in another unit. Where nothing else holds it to its unit, the model stays sound, and
/// its figures are something else.
fn measures_else(loaded: &Loaded, model: &Model, sets: &[(ast::File, ast::Definition)]) -> bool {
    if sets.is_empty() {
        return false;
    }
    let prelude = PRELUDE.needed(loaded.sources.iter().map(|source| source.text.as_str()));
    let Some(plain) = check(&check::Asked { prelude: &prelude, files: &loaded.files, sets: &[], queries: &[] }).model else { return false };
    let unit = |model: &Model, path: &str| model.find(path).map(|cell| model.units.text(model.cell(cell).unit));
    sets.iter().any(|(_, definition)| {
        let path = definition.path.text();
        unit(&plain, &path) != unit(model, &path)
    })
}

/// A definition put in place of another can make lines of the model wrong that are right. Where the model is sound
/// without them, they are checked as a scenario is, against what they replace. None if that finds nothing.
fn of_sets(loaded: &Loaded, sets: &[(ast::File, ast::Definition)]) -> Option<Vec<Diagnostic>> {
    let prelude = PRELUDE.whole();
    let plain = |files: &[ast::File]| check(&check::Asked { prelude: &prelude, files, sets: &[], queries: &[] });
    plain(&loaded.files).model?;
    let as_scenarios = sets.iter().map(|(file, definition)| {
        let item = |node| ast::Item { span: definition.path.span, doc: None, node };
        // No name of the model is written so.
        let name = ast::Name { text: format!("--set {}", file.id.0), span: definition.path.span };
        let replacements = vec![item(ast::Node::Definition(definition.clone()))];
        let scenario = ast::Scenario { name, title: None, extends: None, replacements };
        ast::File { items: vec![item(ast::Node::Scenario(scenario))], ..file.clone() }
    });
    let files: Vec<ast::File> = loaded.files.iter().cloned().chain(as_scenarios).collect();
    let is_of_set = |mistake: &Diagnostic| sets.iter().any(|(file, _)| file.id == mistake.place().file);
    let told = plain(&files).mistakes.into_iter();
    let told: Vec<Diagnostic> = told.filter(|mistake| mistake.severity == Severity::Error && is_of_set(mistake)).collect();
    (!told.is_empty()).then_some(told)
}
