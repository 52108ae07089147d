//! Scenarios: replacements laid over the model; only what they can change is elaborated again.

use super::depend::{Depend, Reads, readers};
use super::elaborate::{Elaborator, State};
use super::mistakes;
use super::model::{CellId, Content, Origin, ScenarioId, Scenario};
use super::order::Circle;
use super::pass::{LinkMap, Pass};
use super::resolve::{is_reference, resolve_to_cell};
use super::world::{Body, Scope};
use crate::syntax::ast::{self, Node};
use crate::text::{FileId, Location};
use foldhash::{HashMap, HashSet};

/// Scenarios and overlays of tests.
#[derive(Default)]
pub(super) struct Scenarios<'a> {
    pub all: Vec<Scenario>,
    /// By name.
    pub by_name: HashMap<&'a str, ScenarioId>,
    /// What each changed, for the expressions asked under it.
    pub layers: Vec<HashMap<CellId, State>>,
    bodies: Vec<HashMap<CellId, Body<'a>>>,
}

/// A scenario as declared.
struct Declared<'a> {
    file: FileId,
    decl: &'a ast::Scenario,
}

impl<'a> Scenarios<'a> {
    /// What the lines of a named scenario write, without those of the one it extends.
    pub fn lines(&self, at: usize) -> Option<HashMap<CellId, Body<'a>>> {
        let (scenario, bodies) = self.all.get(at).filter(|scenario| scenario.name.is_some()).zip(self.bodies.get(at))?;
        Some(scenario.written.iter().filter_map(|cell| Some((*cell, *bodies.get(cell)?))).collect())
    }

    /// The right sides that scenarios and tests give a definition.
    pub fn replacements(&self, cell: CellId) -> impl Iterator<Item = Body<'a>> {
        self.bodies.iter().filter_map(move |bodies| bodies.get(&cell)).copied()
    }
}

/// What replaces what.
struct Overlay<'a> {
    name: Option<&'a ast::Name>,
    title: Option<String>,
    parent: Option<ScenarioId>,
    lines: Vec<(&'a ast::Definition, Location)>,
    file: FileId,
    scope: Scope,
    at: Location,
}

impl<'a> Pass<'a> {
    /// Elaborates every named scenario, then an overlay for every test that has a `given`.
    pub fn scenarios(&mut self, files: &'a [ast::File]) -> Scenarios<'a> {
        let mut scenarios = Scenarios::default();
        let declared = self.declared(files);
        for scenario in self.by_extension(&declared) {
            let decl = scenario.decl;
            let parent = decl.extends.as_ref().and_then(|name| scenarios.by_name.get(name.text.as_str()).copied());
            let lines = decl.replacements.iter().filter_map(|item| {
                item.node.definition().map(|def| (def, Location::new(scenario.file, item.span)))
            });
            let overlay = Overlay {
                name: Some(&decl.name),
                title: decl.title.as_ref().map(|title| title.text.clone()),
                parent,
                lines: lines.collect(),
                file: scenario.file,
                scope: Scope::Global,
                at: Location::new(scenario.file, decl.name.span),
            };
            let id = self.overlay(overlay, &mut scenarios);
            scenarios.by_name.insert(&decl.name.text, id);
        }
        scenarios
    }

    /// The overlay of a test's `given`s; none where it has none.
    pub fn given(&mut self, file: FileId, test: &'a ast::Test, at: u32, scenarios: &mut Scenarios<'a>) -> Option<ScenarioId> {
        let lines: Vec<_> = test
            .steps
            .iter()
            .filter_map(|step| match &step.node {
                ast::StepNode::Given(def) => Some((def, Location::new(file, step.span))),
                ast::StepNode::Define(_) | ast::StepNode::Expect { .. } | ast::StepNode::Broken => None,
            })
            .collect();
        let place = lines.first()?.1;
        let scope = Scope::Test(at);
        Some(self.overlay(Overlay { name: None, title: None, parent: None, lines, file, scope, at: place }, scenarios))
    }

    fn declared(&mut self, files: &'a [ast::File]) -> Vec<Declared<'a>> {
        let mut declared: Vec<Declared<'a>> = Vec::new();
        let mut places: HashMap<&'a str, Location> = HashMap::default();
        for file in files {
            for item in &file.items {
                let Node::Scenario(decl) = &item.node else { continue };
                let at = Location::new(file.id, decl.name.span);
                if decl.name.text == "base" {
                    self.found.push(mistakes::claims::scenario_named_base(at));
                    continue;
                }
                match places.get(decl.name.text.as_str()) {
                    Some(earlier) => self.found.push(mistakes::names::defined_twice(&decl.name.text, at, *earlier)),
                    None => {
                        places.insert(&decl.name.text, at);
                        declared.push(Declared { file: file.id, decl });
                    }
                }
            }
        }
        declared
    }

    /// Each behind the one it extends; unknown ones and circles are told and cut.
    fn by_extension<'d>(&mut self, declared: &'d [Declared<'a>]) -> Vec<&'d Declared<'a>> {
        let by_name: HashMap<&str, usize> =
            declared.iter().enumerate().map(|(at, scenario)| (scenario.decl.name.text.as_str(), at)).collect();
        let mut done = vec![false; declared.len()];
        let mut sorted = Vec::with_capacity(declared.len());
        for start in 0..declared.len() {
            let mut chain = Vec::new();
            let mut at = Some(start);
            while let Some(here) = at.filter(|here| done.get(*here) == Some(&false)) {
                let Some(scenario) = declared.get(here) else { break };
                if chain.contains(&here) {
                    let place = Location::new(scenario.file, scenario.decl.name.span);
                    self.found.push(mistakes::claims::extends_itself(&scenario.decl.name.text, place));
                    break;
                }
                chain.push(here);
                at = match &scenario.decl.extends {
                    Some(name) => {
                        let parent = by_name.get(name.text.as_str()).copied();
                        if parent.is_none() {
                            let place = Location::new(scenario.file, name.span);
                            let known = by_name.keys().copied();
                            self.found.push(mistakes::names::unknown_scenario(&name.text, place, known));
                        }
                        parent
                    }
                    None => None,
                };
            }
            for here in chain.into_iter().rev() {
                if let (Some(flag), Some(scenario)) = (done.get_mut(here), declared.get(here)) {
                    *flag = true;
                    sorted.push(scenario);
                }
            }
        }
        sorted
    }

    fn overlay(&mut self, overlay: Overlay<'a>, scenarios: &mut Scenarios<'a>) -> ScenarioId {
        let id = ScenarioId(scenarios.all.len() as u32);
        let parent = overlay.parent.map(|parent| parent.0 as usize);
        let mut layers = parent.and_then(|at| scenarios.layers.get(at)).cloned().unwrap_or_default();
        let mut bodies = parent.and_then(|at| scenarios.bodies.get(at)).cloned().unwrap_or_default();
        let written = self.replaced(&overlay, &mut bodies);
        std::mem::swap(&mut self.states.layers, &mut layers);
        self.lay_over(&overlay, &bodies, &written);
        std::mem::swap(&mut self.states.layers, &mut layers);
        let kept = layers.iter().filter(|(cell, _)| !self.world.is_sketch(**cell));
        let contents = kept.map(|(cell, state)| (*cell, state.content)).collect();
        scenarios.all.push(Scenario {
            name: overlay.name.map(|name| name.text.clone()),
            title: overlay.title,
            extends: overlay.parent,
            written,
            contents,
            at: overlay.at,
        });
        scenarios.layers.push(layers);
        scenarios.bodies.push(bodies);
        id
    }

    /// Finds what each line replaces; warns where that is a calculation.
    fn replaced(&mut self, overlay: &Overlay<'a>, bodies: &mut HashMap<CellId, Body<'a>>) -> Vec<CellId> {
        let mut written: Vec<CellId> = Vec::new();
        let mut places: HashMap<CellId, Location> = HashMap::default();
        for (def, _) in &overlay.lines {
            let Some(value) = &def.value else { continue };
            let Some(cell) = resolve_to_cell(&self.world, &HashMap::default(), &def.path) else {
                self.unknown_path(overlay.file, &def.path);
                continue;
            };
            let path_at = Location::new(overlay.file, def.path.span);
            if let Some(earlier) = places.insert(cell, path_at) {
                self.found.push(mistakes::names::defined_twice(&self.world.cell(cell).path, path_at, earlier));
                continue;
            }
            if overlay.name.is_some() && self.calculates(cell) {
                let (path, defined) = (self.world.cell(cell).path.clone(), self.place_of(cell));
                self.found.push(mistakes::claims::replaces_calculation(&path, path_at, defined));
            }
            bodies.insert(cell, Body { file: overlay.file, value });
            written.push(cell);
        }
        written
    }

    /// Whether a definition is computed from others; a slot that holds a literal, a table or a reference is an input.
    fn calculates(&self, cell: CellId) -> bool {
        let reads = self.reads.get(cell.0 as usize).is_some_and(|reads| !reads.is_empty());
        reads && !is_reference(&self.world, cell) && self.world.cell(cell).origin != Origin::Test
    }

    fn lay_over(&mut self, overlay: &Overlay<'a>, bodies: &HashMap<CellId, Body<'a>>, written: &[CellId]) {
        let links: LinkMap<'a> = bodies
            .iter()
            .filter(|(cell, _)| is_reference(&self.world, **cell))
            .map(|(cell, body)| (*cell, (body.file, body.value)))
            .collect();
        let reads = self.reads_under(bodies, &links, overlay.scope);
        let order = self.ordered(&reads, bodies);
        let before = std::mem::replace(&mut self.order, order);
        self.circles_of(overlay, &before);
        let mut dirty: HashSet<CellId> = written.iter().copied().collect();
        let changed_loops = self.order.opened.symmetric_difference(&before.opened).map(|(reader, _)| *reader);
        dirty.extend(changed_loops);
        let readers = readers(&reads);
        let groups = self.order.groups.clone();
        for cell in groups.iter().flatten() {
            if !dirty.contains(cell) {
                continue;
            }
            let own = bodies.get(cell).filter(|_| written.contains(cell)).copied();
            let Some(state) = self.define_under(*cell, own, bodies, overlay, &links) else { continue };
            let earlier = self.states.get(*cell);
            self.states.layers.insert(*cell, state);
            let same = earlier.is_some_and(|earlier| {
                let figure = matches!((earlier.content, state.content), (Content::Computed(_), Content::Computed(_)));
                figure && earlier.info == state.info && earlier.level == state.level
            });
            // What decided the form of its readers may have another value now.
            if !same || self.arena.shaping.contains(cell) {
                dirty.extend(readers.get(cell).into_iter().flatten());
            }
        }
        self.order = before;
    }

    fn define_under(
        &mut self,
        cell: CellId,
        own: Option<Body<'a>>,
        bodies: &HashMap<CellId, Body<'a>>,
        overlay: &Overlay<'a>,
        links: &LinkMap<'a>,
    ) -> Option<State> {
        let inherited = bodies.get(&cell).copied();
        let parent = overlay.parent;
        let looped = self.order.looped.contains(&cell);
        let mut elaborator = Elaborator { looped, ..self.elaborator(links) };
        let state = match own {
            Some(body) => elaborator.replace(cell, body, overlay.scope, parent),
            // What an ancestor replaced stands, unless what it reads has changed its nature; then it is read again.
            None => match inherited {
                Some(body) => elaborator.replace(cell, body, Scope::Global, None),
                None => elaborator.define(cell),
            },
        };
        let (found, written_out) = (elaborator.found, elaborator.written_out);
        self.written_out = written_out;
        let optional = self.world.cell(cell).origin == Origin::Prelude && self.world.cell(cell).instance.is_none();
        if optional && own.is_none() && !found.is_empty() {
            return None;
        }
        self.found.extend(found);
        Some(state)
    }

    /// What definitions read under replacements. Another reference changes what paths through it mean.
    fn reads_under(&self, bodies: &HashMap<CellId, Body<'a>>, links: &LinkMap<'a>, scope: Scope) -> Vec<Reads> {
        let mut depend = Depend::new(&self.world, links);
        let mut reads = self.reads.clone();
        for (cell, place) in reads.iter_mut().enumerate() {
            let id = CellId(cell as u32);
            let through_link = place.keys().any(|read| links.contains_key(read));
            *place = match bodies.get(&id) {
                Some(body) => depend.of_cell(id, body.file, body.value, scope),
                None if through_link => {
                    let def = self.world.cell(id);
                    def.body.map(|body| depend.of_cell(id, body.file, body.value, def.scope)).unwrap_or_default()
                }
                None => continue,
            };
        }
        reads
    }

    /// Where a line names a definition behind its sign.
    fn reads_on(&self, path: &str, line: Location) -> Vec<Location> {
        let exprs = self.world.trees.get(&line.file).map_or(&[][..], |tree| &tree.exprs);
        let inside = exprs.iter().filter(|expr| line.span.start < expr.span.start && expr.span.end <= line.span.end);
        let named = inside.filter(|expr| expr.node.path().is_some_and(|read| read.text() == path));
        named.map(|expr| Location::new(line.file, expr.span)).collect()
    }

    fn circles_of(&mut self, overlay: &Overlay<'a>, before: &super::order::Order) {
        let circles = std::mem::take(&mut self.order.circles);
        for (cells, kind) in &circles {
            if before.circles.iter().any(|(known, _)| known == cells) {
                continue;
            }
            let own = |path: &str| overlay.lines.iter().find(|(def, _)| def.path.text() == path).map(|(_, at)| *at);
            if let ([only], Circle::SamePeriod) = (cells.as_slice(), kind)
                && let Some(at) = own(&self.world.cell(*only).path)
            {
                let path = &self.world.cell(*only).path;
                let mistake = mistakes::time::replaced_by_itself(path, at, &self.reads_on(path, at));
                self.found.push(mistake);
                continue;
            }
            // What the scenario is built on has been told of.
            if overlay.parent.is_some() && cells.iter().all(|cell| own(&self.world.cell(*cell).path).is_none()) {
                continue;
            }
            let mut members: Vec<(String, Location)> =
                cells.iter().map(|cell| (self.world.cell(*cell).path.clone(), self.place_of(*cell))).collect();
            if let Some(first) = members.first_mut() {
                first.1 = overlay.at;
            }
            self.found.push(match kind {
                Circle::SamePeriod => mistakes::time::circle(&members),
                Circle::Future => mistakes::time::circle_through_future(&members),
            });
        }
    }
}
