//! The pass over all definitions: reads, order, then each elaborated after what it reads.

use super::depend::{Depend, Reads, find_function};
use super::elaborate::{Arena, Elaborator, Info, Known, Place, State, States, Variables};
use super::mistakes;
use super::model::{CellId, Content, Node, Origin};
use super::native::{Native, native};
use super::order::{Circle, Order, order};
use super::resolve::{Target, resolve, resolve_to_cell};
use super::world::{Body, Scope, World};
use crate::diagnostic::Diagnostic;
use crate::syntax::ast::{self, ExprNode};
use crate::text::{FileId, Location};
use foldhash::HashMap;

/// Everything the passes share.
pub(super) struct Pass<'a> {
    pub world: World<'a>,
    pub arena: Arena,
    pub states: States,
    pub variables: Variables,
    pub reads: Vec<Reads>,
    pub order: Order,
    pub found: Vec<Diagnostic>,
    /// Definitions of the prelude that the model's own names do not fit, and why; told only if the model asks for them.
    pub dropped: HashMap<CellId, Vec<Diagnostic>>,
    pub written_out: usize,
    /// Whether a mistake has been told of a top-level definition of the prelude.
    told_of_prelude: bool,
    /// The right sides that `--set` replaced, where they are numbers written out.
    set: HashMap<CellId, (Body<'a>, Scope)>,
}

/// Reference slots that a scenario replaces.
pub(super) type LinkMap<'a> = HashMap<CellId, (FileId, &'a ast::Value)>;

/// Among how many of the last mistakes one is looked for that blames the same place.
const MOST_TOLD: usize = 50;

/// Passes over a loop until its units stand still; more than any loop of real models needs.
const MOST_PASSES: usize = 12;

impl<'a> Pass<'a> {
    pub fn new(mut world: World<'a>, found: Vec<Diagnostic>) -> Self {
        let arena = Arena { units: std::mem::take(&mut world.units), ..Arena::default() };
        Self {
            world,
            arena,
            states: States::default(),
            variables: Variables::default(),
            reads: Vec::new(),
            order: Order::default(),
            found,
            dropped: HashMap::default(),
            written_out: 0,
            told_of_prelude: false,
            set: HashMap::default(),
        }
    }

    /// Replaces right sides by path.
    pub fn set(&mut self, sets: &'a [(ast::File, ast::Definition)]) {
        for (file, def) in sets {
            let Some(value) = &def.value else { continue };
            match resolve_to_cell(&self.world, &HashMap::default(), &def.path) {
                Some(cell) => {
                    let before = self.world.cell(cell);
                    if let Some(body) = before.body.filter(|body| self.reads_nothing(*body)) {
                        let scope = before.scope;
                        self.set.insert(cell, (body, scope));
                    }
                    if let Some(def) = self.world.cells.get_mut(cell.0 as usize) {
                        def.body = Some(Body { file: file.id, value });
                        def.scope = Scope::Global;
                        def.origin = Origin::Model;
                    }
                }
                None => self.unknown_path(file.id, &def.path),
            }
        }
    }

    /// Whether a right side is made of what is written there alone.
    fn reads_nothing(&self, body: Body<'a>) -> bool {
        let ast::Value::Equals(id) = body.value else { return false };
        self.world.expr(body.file, *id).node.number().is_some()
    }

    /// A path that a scenario, a test or `--set` wants to replace, and that is none.
    pub fn unknown_path(&mut self, file: FileId, path: &ast::Path) {
        if path.names.iter().any(|name| self.world.lost.contains(name.text.as_str())) {
            return;
        }
        let target = resolve(&self.world, &HashMap::default(), Scope::Global, path).target;
        let owner = target.as_ref().err().and_then(|broken| self.no_member(path, *broken, file));
        if let Some(mistake) = owner {
            self.found.push(Diagnostic { code: mistakes::claims::UNKNOWN_PATH, ..mistake });
            return;
        }
        if let Ok(Target::Instance(id)) = target {
            let owner = self.world.instance(id);
            let figures = self.world.kind(owner.kind).members.iter().map(|member| member.name);
            self.found.push(mistakes::claims::instance_replaced(&owner.path, figures, Location::new(file, path.span)));
            return;
        }
        let known = self.world.cells.iter().take(self.world.cell_count()).filter(|cell| cell.origin != Origin::Test).map(|cell| {
            let inner = u32::from(cell.origin == Origin::Prelude);
            (cell.path.as_str(), inner)
        });
        let text = path.names.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(".");
        self.found.push(mistakes::claims::unknown_path(&text, Location::new(file, path.span), known));
    }

    /// What every definition reads.
    fn read(&mut self) {
        let links = LinkMap::default();
        let mut depend = Depend::new(&self.world, &links);
        let reads = self.world.cells.iter().enumerate().map(|(at, def)| match def.body {
            Some(body) => depend.of_cell(CellId(at as u32), body.file, body.value, def.scope),
            None => Reads::default(),
        });
        self.reads = reads.collect();
    }

    /// Elaborates every definition, in order.
    pub fn cells(&mut self) {
        self.read();
        self.states.base = vec![None; self.world.cells.len()];
        self.order = self.ordered(&self.reads, &HashMap::default());
        self.circles();
        let groups = std::mem::take(&mut self.order.groups);
        for group in &groups {
            match group.as_slice() {
                [only] if !self.order.looped.contains(only) => {
                    let (state, found) = self.define(*only);
                    self.settle(*only, state, found);
                }
                _ => self.looped(group),
            }
        }
        self.order.groups = groups;
    }

    /// The order of definitions by what they read; `replaced` are other right sides.
    pub fn ordered(&self, reads: &[Reads], replaced: &HashMap<CellId, Body<'a>>) -> Order {
        order(self.world.cells.len(), reads, |cell| {
            let def = self.world.cell(cell);
            let body = replaced.get(&cell).copied().or(def.body);
            body.is_some_and(|body| self.is_level(body, def.scope))
        })
    }

    /// Whether a right side is `accumulate(…)` or `cohorts(…)` itself.
    fn is_level(&self, body: Body<'a>, scope: Scope) -> bool {
        let ast::Value::Equals(id) = body.value else { return false };
        let ExprNode::Call { callee, .. } = &self.world.expr(body.file, *id).node else { return false };
        let ExprNode::Path(path) = &self.world.expr(body.file, *callee).node else { return false };
        find_function(&self.world, &HashMap::default(), (body.file, scope), path).is_some_and(|(function, _)| {
            let bound = native(&function.decl.name.text);
            function.decl.body.is_none() && matches!(bound, Some(Native::Accumulate | Native::Cohorts))
        })
    }

    fn circles(&mut self) {
        let circles = std::mem::take(&mut self.order.circles);
        for (cells, kind) in &circles {
            let members: Vec<(String, Location)> =
                cells.iter().map(|cell| (self.world.cell(*cell).path.clone(), self.place_of(*cell))).collect();
            self.found.push(match kind {
                Circle::SamePeriod => mistakes::time::circle(&members),
                Circle::Future => mistakes::time::circle_through_future(&members),
            });
        }
        self.order.circles = circles;
    }

    /// Where a modeller finds a definition: its own line, or the head of the instance it was written out for.
    pub fn place_of(&self, cell: CellId) -> Location {
        let def = self.world.cell(cell);
        if def.origin == Origin::Prelude { def.name_at } else { def.at }
    }

    pub fn elaborator<'w>(&'w mut self, links: &'w LinkMap<'a>) -> Elaborator<'w, 'a> {
        Elaborator {
            world: &self.world,
            arena: &mut self.arena,
            states: &self.states,
            opened: &self.order.opened,
            links,
            variables: &mut self.variables,
            found: Vec::new(),
            cell: None,
            written_out: self.written_out,
            formulas: 0,
            looped: false,
            body_of: None,
            wanted: None,
        }
    }

    fn define(&mut self, cell: CellId) -> (State, Vec<Diagnostic>) {
        let links = LinkMap::default();
        let looped = self.order.looped.contains(&cell);
        // What `--set` puts in the place of a number measures the same, and is shown so.
        let before = self.set.get(&cell).copied();
        if let Some((body, scope)) = before {
            let state = self.elaborator(&links).stand_for(cell, body, scope);
            self.keep(cell, state);
        }
        let mut elaborator = Elaborator { looped, ..self.elaborator(&links) };
        let state = if before.is_some() { elaborator.set(cell) } else { elaborator.define(cell) };
        let (found, written_out) = (elaborator.found, elaborator.written_out);
        self.written_out = written_out;
        (state, found)
    }

    fn keep(&mut self, cell: CellId, state: State) {
        if let Some(place) = self.states.base.get_mut(cell.0 as usize) {
            *place = Some(state);
        }
    }

    /// Takes a definition's state; a top-level one of the prelude that does not fit this model drops out.
    fn settle(&mut self, cell: CellId, state: State, found: Vec<Diagnostic>) {
        let def = self.world.cell(cell);
        let optional = def.origin == Origin::Prelude && def.instance.is_none();
        // One figure of the prelude that does not fit what the author declared is told; the others follow from it. Only of
        // the statements': a metric that a model has no use for may well not fit it.
        let stated = def.body.is_some_and(|body| self.world.makes_statements(body.file));
        let told = !self.told_of_prelude && stated && self.is_fed_by_model(cell);
        self.told_of_prelude |= optional && !found.is_empty() && told;
        if optional && !found.is_empty() && !told {
            self.dropped.insert(cell, found);
            self.keep(cell, State { content: Content::Missing, info: Info::unknown(), level: false });
            return;
        }
        // One slip in an instance shows in several of its figures.
        let is_told = |mistake: &Diagnostic, known: &[Diagnostic]| {
            known.iter().rev().take(MOST_TOLD).any(|known| known.code == mistake.code && known.place() == mistake.place())
        };
        for mistake in found {
            if !is_told(&mistake, &self.found) {
                self.found.push(mistake);
            }
        }
        self.keep(cell, state);
    }

    /// Whether a definition reads instances that the model's author declared: then it has to fit them.
    fn is_fed_by_model(&self, cell: CellId) -> bool {
        let of_author = |read: &CellId| {
            let instance = self.world.cell(*read).instance;
            instance.is_some_and(|id| self.world.origin(self.world.instance(id).file) == Origin::Model)
        };
        self.reads.get(cell.0 as usize).is_some_and(|reads| reads.keys().any(of_author))
    }

    /// Elaborates a loop: again and again until the units of its members stand still, then once for good.
    fn looped(&mut self, group: &[CellId]) {
        self.seed(group);
        let mut last: Vec<Option<(Info, bool)>> = vec![None; group.len()];
        let mut earlier = Vec::new();
        for pass in 0..MOST_PASSES {
            let (exprs, tables) = (self.arena.exprs.len(), self.arena.tables.len());
            let mut outcome = Vec::with_capacity(group.len());
            for cell in group {
                let (state, found) = self.define(*cell);
                // What waits for another member may be known in the next try; till then its start tells its unit.
                if !(state.info.unit == Known::Unknown && found.is_empty() && self.is_seeded(*cell)) {
                    self.keep(*cell, state);
                }
                outcome.push((state, found));
            }
            let now: Vec<Option<(Info, bool)>> = outcome.iter().map(|(state, _)| Some((state.info, state.level))).collect();
            if now == last || pass + 1 == MOST_PASSES {
                // A mistake can spoil what it was seen by, so that the last try is silent about it.
                let silent = outcome.iter().all(|(_, found)| found.is_empty());
                if silent && outcome.iter().any(|(state, _)| state.info.unit == Known::Unknown) {
                    self.found.append(&mut earlier);
                }
                for (cell, (state, found)) in group.iter().zip(outcome) {
                    self.settle(*cell, state, found);
                }
                return;
            }
            last = now;
            if earlier.is_empty() {
                earlier = outcome.into_iter().flat_map(|(_, found)| found).collect();
            }
            self.arena.exprs.truncate(exprs);
            self.arena.tables.truncate(tables);
            self.arena.table_infos.truncate(tables);
            self.blank_out(group, exprs);
        }
    }

    /// Gives the levels of a loop the unit of their start, so that who reads them first knows it.
    fn seed(&mut self, group: &[CellId]) {
        for cell in group {
            let (exprs, tables) = (self.arena.exprs.len(), self.arena.tables.len());
            let Some(start) = self.start_of_level(*cell) else { continue };
            let links = LinkMap::default();
            let info = self.elaborator(&links).start(&start.0, start.1);
            self.arena.exprs.truncate(exprs);
            self.arena.tables.truncate(tables);
            self.arena.table_infos.truncate(tables);
            let Some(info) = info.filter(|info| matches!(info.unit, Known::Unit(_))) else { continue };
            let at = self.world.cell(*cell).at;
            let stand_in = self.arena.push(Node::Number(0.0), info, at);
            self.keep(*cell, State { content: Content::Computed(stand_in.id), info, level: true });
        }
    }

    /// The start of what is `accumulate(flow, from: start)` itself, and where its names are looked up.
    fn start_of_level(&self, cell: CellId) -> Option<(Place, ast::ExprId)> {
        let def = self.world.cell(cell);
        let body = def.body.filter(|body| self.is_level(*body, def.scope))?;
        let ast::Value::Equals(id) = body.value else { return None };
        let ExprNode::Call { arguments, .. } = &self.world.expr(body.file, *id).node else { return None };
        let named = |argument: &&ast::Argument| argument.name.as_ref().is_some_and(|name| name.text == "from");
        let start = arguments.iter().find(named)?;
        Some((Place::new(body.file, def.scope), start.value))
    }

    fn is_seeded(&self, cell: CellId) -> bool {
        self.states.get(cell).is_some_and(|state| state.level && matches!(state.info.unit, Known::Unit(_)))
    }

    /// The expressions of the last try are gone; what is known of them stays.
    fn blank_out(&mut self, group: &[CellId], exprs: usize) {
        let at = group.first().map_or(Location::default(), |cell| self.world.cell(*cell).at);
        let stand_in = self.arena.push(Node::Number(0.0), Info::number(Known::Any, super::model::Shape::Series), at);
        debug_assert_eq!(stand_in.id.0 as usize, exprs, "the stand-in takes the first free place");
        for cell in group {
            if let Some(Some(state)) = self.states.base.get_mut(cell.0 as usize)
                && let Content::Computed(_) = state.content
            {
                state.content = Content::Computed(stand_in.id);
            }
        }
    }

    /// A place in a file's top level.
    pub fn top(&self, file: FileId) -> Place {
        Place::new(file, self.world.top(file))
    }
}
