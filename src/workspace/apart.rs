//! Apart: each replacement of a scenario alone, as a scenario of its own that no name of a model is written like.

use super::asked::Asked;
use super::load::Loaded;
use crate::check::model::{CellId, Model, ScenarioId};
use crate::syntax::ast;
use crate::text::{FileId, Location};

/// The mark in the name of a scenario made here; no name of a model holds it.
const MARK: char = ' ';

/// Scenarios and what each of their replacements is alone.
#[derive(Clone, Debug, Default)]
pub(super) struct Apart {
    pub scenarios: Vec<Taken>,
}

impl Apart {
    /// The parts of a scenario; none where it was not taken apart.
    pub fn parts(&self, scenario: ScenarioId) -> &[Part] {
        self.scenarios.iter().find(|taken| taken.scenario == scenario).map_or(&[], |taken| &taken.parts)
    }
}

/// A scenario taken apart.
#[derive(Clone, Debug)]
pub(super) struct Taken {
    pub scenario: ScenarioId,
    /// In the order written, what it takes over from others first.
    pub parts: Vec<Part>,
}

/// Replacements that are made together; one, unless one alone makes no model.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub replaced: Vec<Replaced>,
    /// The scenario that makes only these.
    pub alone: ScenarioId,
}

/// A definition that is replaced, and the line that does.
#[derive(Clone, Copy, Debug)]
pub(super) struct Replaced {
    pub cell: CellId,
    pub line: Location,
}

/// Whether a scenario was made here.
pub(super) fn is_made(name: Option<&String>) -> bool {
    name.is_some_and(|name| name.contains(MARK))
}

/// A scenario as it is declared.
struct Written<'a> {
    file: FileId,
    decl: &'a ast::Scenario,
    /// The definition that each line replaces, and the line.
    lines: Vec<(CellId, &'a ast::Item)>,
}

/// Takes the scenarios of some names apart, all without any: the model that holds them too. `check` is how the files make
/// a model, if they do.
pub(super) fn apart(model: Model, loaded: &Loaded, asked: &Asked, wanted: &[ScenarioId], check: &dyn Fn(&[ast::File]) -> Option<Model>) -> (Model, Apart) {
    let files: Vec<ast::File> = loaded.files.iter().chain(&asked.goals).cloned().collect();
    let written: Vec<Option<Written<'_>>> = (0..model.scenarios.len()).map(|at| written(&model, &files, at)).collect();
    let chains: Vec<(ScenarioId, Vec<&Written<'_>>)> = wanted.iter().map(|id| (*id, chain(&model, &written, *id))).collect();
    let mut plans: Vec<Plan<'_>> = chains.into_iter().map(|(scenario, chain)| Plan::new(scenario, chain)).collect();
    let made = with(&files, &plans);
    let sound = check(&made).or_else(|| {
        // Some replacement needs another: those that make no model alone are made together, if need be with all.
        plans.iter_mut().for_each(|plan| plan.join(&|one| check(&with(&files, std::slice::from_ref(one))).is_some()));
        check(&with(&files, &plans))
    });
    let Some(found) = sound else { return (model, Apart::default()) };
    let scenarios = plans.iter().filter_map(|plan| plan.taken(&model, &found)).collect();
    (found, Apart { scenarios })
}

fn written<'a>(model: &Model, files: &'a [ast::File], at: usize) -> Option<Written<'a>> {
    let scenario = model.scenarios.get(at)?;
    let (name, file) = (scenario.name.as_ref()?, files.iter().find(|file| file.id == scenario.at.file)?);
    let scenarios = file.items.iter().filter_map(|item| if let ast::Node::Scenario(decl) = &item.node { Some(decl) } else { None });
    let decl = scenarios.into_iter().find(|decl| decl.name.text == *name)?;
    let items = decl.replacements.iter().filter(|item| item.node.definition().is_some_and(|def| def.value.is_some()));
    Some(Written { file: file.id, decl, lines: scenario.written.iter().copied().zip(items).collect() })
}

/// A scenario behind those it starts from.
fn chain<'a, 'w>(model: &Model, written: &'w [Option<Written<'a>>], of: ScenarioId) -> Vec<&'w Written<'a>> {
    let mut chain = Vec::new();
    let mut at = Some(of);
    while let Some(id) = at.filter(|_| chain.len() <= model.scenarios.len()) {
        chain.extend(written.get(id.0 as usize).and_then(Option::as_ref));
        at = model.scenarios.get(id.0 as usize).and_then(|scenario| scenario.extends);
    }
    chain.reverse();
    chain
}

/// How a scenario is taken apart.
struct Plan<'w> {
    scenario: ScenarioId,
    chain: Vec<&'w Written<'w>>,
    /// The definitions that are replaced together.
    groups: Vec<Vec<CellId>>,
}

impl<'w> Plan<'w> {
    fn new(scenario: ScenarioId, chain: Vec<&'w Written<'w>>) -> Self {
        let mut groups: Vec<Vec<CellId>> = Vec::new();
        for (cell, _) in chain.iter().flat_map(|written| &written.lines) {
            if !groups.iter().any(|group| group.contains(cell)) {
                groups.push(vec![*cell]);
            }
        }
        Self { scenario, chain, groups }
    }

    /// The scenarios that make a group alone: one for every scenario of the chain that writes some of it.
    fn made(&self, group: usize) -> Vec<(FileId, ast::Scenario)> {
        let Some(cells) = self.groups.get(group) else { return Vec::new() };
        let mut made: Vec<(FileId, ast::Scenario)> = Vec::new();
        for written in &self.chain {
            let lines: Vec<ast::Item> = written.lines.iter().filter(|(cell, _)| cells.contains(cell)).map(|(_, item)| (*item).clone()).collect();
            if lines.is_empty() {
                continue;
            }
            let name = self.name(group, made.len());
            let name = ast::Name { text: name, span: written.decl.name.span };
            let extends = made.last().map(|(_, parent)| parent.name.clone());
            made.push((written.file, ast::Scenario { name, title: None, extends, replacements: lines }));
        }
        made
    }

    fn name(&self, group: usize, link: usize) -> String {
        format!("{}{MARK}{group}{MARK}{link}", self.scenario.0)
    }

    /// Puts the groups that make no model alone together; where that makes none, all of them.
    fn join(&mut self, is_sound: &dyn Fn(&Plan<'w>) -> bool) {
        let alone = |groups: Vec<Vec<CellId>>| Plan { scenario: self.scenario, chain: self.chain.clone(), groups };
        let (sound, unsound): (Vec<Vec<CellId>>, Vec<Vec<CellId>>) =
            self.groups.iter().cloned().partition(|group| is_sound(&alone(vec![group.clone()])));
        if unsound.is_empty() {
            return;
        }
        let joined: Vec<CellId> = unsound.into_iter().flatten().collect();
        self.groups = if is_sound(&alone(vec![joined.clone()])) {
            sound.into_iter().chain([joined]).collect()
        } else {
            vec![self.groups.iter().flatten().copied().collect()]
        };
    }

    /// Where the groups stand in the model that was made.
    fn taken(&self, model: &Model, found: &Model) -> Option<Taken> {
        let named = |name: &String| found.named_scenarios().find(|(_, scenario)| scenario.name.as_ref() == Some(name)).map(|(id, _)| id);
        let scenario = named(model.scenarios.get(self.scenario.0 as usize)?.name.as_ref()?)?;
        let part = |(group, cells): (usize, &Vec<CellId>)| {
            let links = self.chain.iter().filter(|written| written.lines.iter().any(|(cell, _)| cells.contains(cell))).count();
            let alone = named(&self.name(group, links.checked_sub(1)?))?;
            let replaced = cells.iter().filter_map(|cell| {
                let lines = self.chain.iter().flat_map(|written| written.lines.iter().map(|line| (written.file, line)));
                let (file, (_, item)) = lines.rev().find(|(_, (own, _))| own == cell)?;
                Some(Replaced { cell: *cell, line: Location::new(file, item.span) })
            });
            Some(Part { replaced: replaced.collect(), alone })
        };
        let parts = self.groups.iter().enumerate().map(part).collect::<Option<Vec<Part>>>()?;
        Some(Taken { scenario, parts })
    }
}

/// The files with the scenarios that plans make.
fn with(files: &[ast::File], plans: &[Plan<'_>]) -> Vec<ast::File> {
    let mut files = files.to_vec();
    for (file, scenario) in plans.iter().flat_map(|plan| (0..plan.groups.len()).flat_map(|group| plan.made(group))) {
        let span = scenario.name.span;
        let item = ast::Item { span, doc: None, node: ast::Node::Scenario(scenario) };
        files.iter_mut().filter(|known| known.id == file).for_each(|known| known.items.push(item.clone()));
    }
    files
}
