//! Declares: gathers units, kinds, functions, instances and definitions into the world.

mod instance;
mod kind;
mod sketch;

pub(super) use sketch::sketches;

use super::mistakes;
use super::model::{CellId, InstanceId, Origin};
use super::settings;
use super::world::{Body, CellDef, FunctionDef, Named, ReplacedDef, Scope, World};
use crate::calendar::Grid;
use crate::diagnostic::Diagnostic;
use crate::quantity::{UnitNameId, Units};
use crate::syntax::ast::{self, Node};
use crate::text::{FileId, Location};
use foldhash::{HashMap, HashSet};

/// Gathers every declaration of the files; `sets` replace the bodies of definitions by path.
pub(super) fn declare<'a>(
    asked: &super::Asked<'a>,
    sketches: &'a [(FileId, ast::Instance)],
    found: &mut Vec<Diagnostic>,
) -> World<'a> {
    let extra = asked.sets.iter().map(|(file, _)| file).chain(asked.queries.iter().map(|(file, _)| file));
    let world = World {
        trees: asked.prelude.iter().copied().chain(asked.files).chain(extra).map(|file| (file.id, file)).collect(),
        prelude: asked.prelude.len() as u32,
        kinds: Vec::new(),
        kind_ids: HashMap::default(),
        functions: HashMap::default(),
        functions_of_prelude: HashMap::default(),
        instances: Vec::new(),
        cells: Vec::new(),
        names: HashMap::default(),
        test_names: Vec::new(),
        rates: HashMap::default(),
        units: Units::default(),
        grid: Grid::timeless(),
        grid_stands_in: false,
        currency: None,
        lost: HashSet::default(),
        unit_home: asked.files.first().map(super::undeclared::home),
        settings_at: None,
        by_kind: HashMap::default(),
        replaced: Vec::new(),
        first_sketch: InstanceId(u32::MAX),
    };
    let mut declarer = Declarer { world, found, places: HashMap::default(), units_at: HashMap::default(), unnamed: HashMap::default() };
    let files: Vec<&'a ast::File> = asked.prelude.iter().copied().chain(asked.files).collect();
    declarer.each(&files, Declarer::unit);
    settings::read(&files, &mut declarer.world, declarer.found);
    declarer.each(&files, Declarer::kind);
    declarer.inherit();
    declarer.each(&files, Declarer::function);
    // The model's own definitions take the places of the prelude's, so they come first.
    declarer.each(asked.files.iter().collect::<Vec<_>>().as_slice(), Declarer::named);
    declarer.each(asked.prelude, Declarer::named);
    declarer.each(asked.files.iter().collect::<Vec<_>>().as_slice(), Declarer::test);
    declarer.clashes();
    declarer.sketch(sketches);
    declarer.world
}

struct Declarer<'a, 'f> {
    world: World<'a>,
    found: &'f mut Vec<Diagnostic>,
    /// Where each top-level name, kind and function was declared.
    places: HashMap<(Space, &'a str), Location>,
    units_at: HashMap<UnitNameId, Location>,
    /// How many instances of a kind without a name there were, by parent.
    unnamed: HashMap<(Option<InstanceId>, &'a str), u32>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Space {
    Name,
    Kind,
    Function,
    Unit,
}

impl<'a> Declarer<'a, '_> {
    fn each(&mut self, files: &[&'a ast::File], declare: fn(&mut Self, FileId, &'a ast::Item)) {
        for file in files {
            for item in &file.items {
                declare(self, file.id, item);
            }
        }
    }

    /// Whether a name is free; tells of the earlier declaration if not.
    fn claim(&mut self, space: Space, file: FileId, name: &'a ast::Name) -> bool {
        let at = Location::new(file, name.span);
        match self.places.get(&(space, name.text.as_str())) {
            // What the prelude declares, a model may declare again: its own wins.
            Some(earlier) if earlier.file.0 >= self.world.prelude || file.0 < self.world.prelude => {
                self.found.push(mistakes::names::defined_twice(&name.text, at, *earlier));
                false
            }
            Some(_) | None => {
                self.places.insert((space, &name.text), at);
                true
            }
        }
    }

    fn unit(&mut self, file: FileId, item: &'a ast::Item) {
        match &item.node {
            Node::Unit { name, plural } => {
                let at = Location::new(file, name.span);
                let time = self.world.units.find(&name.text).filter(|id| !self.units_at.contains_key(id));
                if time.is_some() {
                    self.found.push(mistakes::names::built_in_unit(&name.text, at));
                } else if self.claim(Space::Unit, file, name) {
                    if let Some(plural) = plural.as_ref().filter(|plural| plural.text != name.text) {
                        self.claim(Space::Unit, file, plural);
                    }
                    let id = self.world.units.declare(&name.text, plural.as_ref().map(|name| name.text.as_str()), false);
                    self.units_at.insert(id, at);
                }
            }
            Node::Currency(names) => {
                for name in names {
                    if self.claim(Space::Unit, file, name) {
                        let id = self.world.units.declare(&name.text, None, true);
                        self.units_at.insert(id, Location::new(file, name.span));
                    }
                }
            }
            Node::Model(_) | Node::Rate { .. } | Node::Import(_) | Node::Kind(_) | Node::Instance(_) => {}
            Node::Definition(_) | Node::Function(_) | Node::Require(_) | Node::Scenario(_) | Node::Test(_) => {}
            Node::Correlate { .. } | Node::Goal(_) | Node::Statement(_) | Node::Broken => {}
        }
    }

    fn function(&mut self, file: FileId, item: &'a ast::Item) {
        let Node::Function(decl) = &item.node else { return };
        if self.claim(Space::Function, file, &decl.name) {
            self.world.functions.insert(&decl.name.text, FunctionDef { file, decl });
            if self.world.origin(file) == Origin::Prelude {
                self.world.functions_of_prelude.insert(&decl.name.text, FunctionDef { file, decl });
            }
        }
    }

    fn named(&mut self, file: FileId, item: &'a ast::Item) {
        match &item.node {
            Node::Definition(def) => self.definition(file, item, def),
            Node::Instance(decl) => {
                if let (Some(id), Some(name)) = (self.instance(file, decl, None), &decl.name)
                    && self.claim(Space::Name, file, name)
                {
                    self.world.names.insert(&name.text, Named::Instance(id));
                }
            }
            Node::Rate { currency, value } => self.rate(file, item, currency, value),
            Node::Model(_) | Node::Unit { .. } | Node::Currency(_) | Node::Import(_) | Node::Kind(_) => {}
            Node::Function(_) | Node::Require(_) | Node::Scenario(_) | Node::Test(_) => {}
            Node::Correlate { .. } | Node::Goal(_) | Node::Statement(_) | Node::Broken => {}
        }
    }

    fn definition(&mut self, file: FileId, item: &'a ast::Item, def: &'a ast::Definition) {
        let Some(name) = def.path.names.first() else { return };
        // A dotted name has been told where it was read.
        if def.path.names.len() > 1 {
            return;
        }
        if self.world.origin(file) == Origin::Prelude && self.world.names.contains_key(name.text.as_str()) {
            self.replace(name, def, file);
            return;
        }
        if !self.claim(Space::Name, file, name) {
            return;
        }
        let id = self.cell(CellDef {
            name: &name.text,
            path: name.text.clone(),
            instance: None,
            body: def.value.as_ref().map(|value| Body { file, value }),
            scope: self.world.top(file),
            stated: def.stated.as_ref().map(|stated| (stated, file)),
            slot: None,
            doc: item.doc.as_ref().map(|doc| doc.text.as_str()),
            at: Location::new(file, item.span),
            name_at: Location::new(file, name.span),
            origin: self.world.origin(file),
        });
        self.world.names.insert(&name.text, Named::Cell(id));
    }

    /// The model defines a figure of the prelude itself. Of a statement's, the unit stays as what that expects.
    fn replace(&mut self, name: &ast::Name, def: &'a ast::Definition, file: FileId) {
        if self.world.makes_statements(file)
            && let Some(Named::Cell(own)) = self.world.names.get(name.text.as_str()).copied()
            && let Some(cell) = self.world.cells.get_mut(own.0 as usize)
        {
            cell.slot = def.stated.as_ref().map(|stated| (stated, file));
            self.world.replaced.extend(def.value.as_ref().map(|value| ReplacedDef { own, body: Body { file, value } }));
        }
    }

    fn rate(&mut self, file: FileId, item: &'a ast::Item, currency: &'a ast::Name, value: &'a ast::Value) {
        let at = Location::new(file, currency.span);
        let known = self.world.units.find(&currency.text).filter(|id| self.world.units.name_of(*id).currency);
        let Some(unit) = known else {
            self.found.push(mistakes::names::unknown_currency(&currency.text, at, &self.world.units));
            return;
        };
        if let Some(earlier) = self.world.rates.get(&unit) {
            self.found.push(mistakes::names::defined_twice(&currency.text, at, self.world.cell(*earlier).name_at));
            return;
        }
        let id = self.cell(CellDef {
            name: &currency.text,
            path: format!("rate {}", currency.text),
            instance: None,
            body: Some(Body { file, value }),
            scope: self.world.top(file),
            stated: None,
            slot: None,
            doc: item.doc.as_ref().map(|doc| doc.text.as_str()),
            at: Location::new(file, item.span),
            name_at: at,
            origin: self.world.origin(file),
        });
        self.world.rates.insert(unit, id);
    }

    fn cell(&mut self, def: CellDef<'a>) -> CellId {
        let id = CellId(self.world.cells.len() as u32);
        self.world.cells.push(def);
        id
    }

    fn test(&mut self, file: FileId, item: &'a ast::Item) {
        let Node::Test(test) = &item.node else { return };
        let at = self.world.test_names.len() as u32;
        let mut names = HashMap::default();
        for step in &test.steps {
            let ast::StepNode::Define(def) = &step.node else { continue };
            let Some(name) = def.path.names.first() else { continue };
            let place = Location::new(file, name.span);
            if let Some(earlier) = names.get(name.text.as_str()) {
                let earlier = self.world.cell(*earlier).name_at;
                self.found.push(mistakes::names::defined_twice(&name.text, place, earlier));
                continue;
            }
            let id = self.cell(CellDef {
                name: &name.text,
                path: name.text.clone(),
                instance: None,
                body: def.value.as_ref().map(|value| Body { file, value }),
                scope: Scope::Test(at),
                stated: def.stated.as_ref().map(|stated| (stated, file)),
                slot: None,
                doc: None,
                at: Location::new(file, step.span),
                name_at: place,
                origin: Origin::Test,
            });
            names.insert(name.text.as_str(), id);
        }
        self.world.test_names.push(names);
    }

    /// A name of the model that is also one of its units, or a unit of time. A plural may be a name: see `two_readings`.
    fn clashes(&mut self) {
        let cells = self.world.cells.iter().filter(|cell| cell.instance.is_none() && !cell.path.contains(' '));
        let cells = cells.filter(|cell| cell.origin != Origin::Prelude).map(|cell| (cell.name, cell.name_at));
        let instances = self.world.instances.iter().filter_map(|instance| {
            instance.decl.name.as_ref().map(|name| (name.text.as_str(), Location::new(instance.file, name.span)))
        });
        let mut clashes = Vec::new();
        for (name, at) in cells.chain(instances) {
            let Some(unit) = self.world.units.find(name).filter(|unit| self.world.units.name_of(*unit).singular == name) else {
                continue;
            };
            let declared = self.units_at.get(&unit).copied();
            // What comes behind the first is called `second`, and that is no stretch of time.
            if self.world.units.name_of(unit).singular == "second" {
                continue;
            }
            if declared.is_none_or(|at| at.file.0 >= self.world.prelude) {
                clashes.push(mistakes::names::also_a_unit(name, at, declared));
            }
        }
        self.found.extend(clashes);
    }
}
