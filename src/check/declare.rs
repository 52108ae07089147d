//! Declares: gathers units, kinds, functions, instances and definitions into the world.

use super::mistakes;
use super::model::{CellId, InstanceId, Origin};
use super::settings;
use super::world::{Body, CellDef, Fill, FunctionDef, InstanceDef, KindDef, KindId, Member, Named, Scope, World};
use crate::calendar::Grid;
use crate::diagnostic::Diagnostic;
use crate::quantity::{UnitNameId, Units};
use crate::syntax::ast::{self, Node};
use crate::text::{FileId, Location};
use std::collections::{HashMap, HashSet};

/// Gathers every declaration of the files; `sets` replace the bodies of definitions by path.
pub(super) fn declare<'a>(asked: &super::Asked<'a>, found: &mut Vec<Diagnostic>) -> World<'a> {
    let extra = asked.sets.iter().map(|(file, _)| file).chain(asked.queries.iter().map(|(file, _)| file));
    let world = World {
        trees: asked.prelude.iter().chain(asked.files).chain(extra).map(|file| (file.id, file)).collect(),
        prelude: asked.prelude.len() as u32,
        kinds: Vec::new(),
        kind_ids: HashMap::new(),
        functions: HashMap::new(),
        instances: Vec::new(),
        cells: Vec::new(),
        names: HashMap::new(),
        test_names: Vec::new(),
        rates: HashMap::new(),
        units: Units::default(),
        grid: Grid::timeless(),
        currency: None,
        by_kind: HashMap::new(),
    };
    let mut declarer = Declarer { world, found, places: HashMap::new(), units_at: HashMap::new(), unnamed: HashMap::new() };
    let files: Vec<&'a ast::File> = asked.prelude.iter().chain(asked.files).collect();
    declarer.each(&files, Declarer::unit);
    settings::read(&files, &mut declarer.world, declarer.found);
    declarer.each(&files, Declarer::kind);
    declarer.inherit();
    declarer.each(&files, Declarer::function);
    // The model's own definitions take the places of the prelude's, so they come first.
    declarer.each(asked.files.iter().collect::<Vec<_>>().as_slice(), Declarer::named);
    declarer.each(asked.prelude.iter().collect::<Vec<_>>().as_slice(), Declarer::named);
    declarer.each(asked.files.iter().collect::<Vec<_>>().as_slice(), Declarer::test);
    declarer.clashes();
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
            Node::Correlate { .. } | Node::Statement(_) | Node::Broken => {}
        }
    }

    fn kind(&mut self, file: FileId, item: &'a ast::Item) {
        let Node::Kind(decl) = &item.node else { return };
        if !self.claim(Space::Kind, file, &decl.name) {
            return;
        }
        let id = KindId(self.world.kinds.len() as u32);
        self.world.kind_ids.insert(&decl.name.text, id);
        self.world.kinds.push(KindDef {
            name: &decl.name.text,
            file,
            decl,
            is: None,
            members: Vec::new(),
            by_name: HashMap::new(),
            functions: HashMap::new(),
            requires: Vec::new(),
        });
    }

    /// Resolves `is`, then writes members out, a parent's before its children's.
    fn inherit(&mut self) {
        for at in 0..self.world.kinds.len() {
            let Some(def) = self.world.kinds.get(at) else { continue };
            let Some(name) = &def.decl.is else { continue };
            let place = Location::new(def.file, name.span);
            let parent = self.world.kind_ids.get(name.text.as_str()).copied();
            match parent {
                None => {
                    let known = self.world.kind_ids.keys().copied();
                    self.found.push(mistakes::names::unknown_kind(&name.text, place, known));
                }
                Some(parent) if self.world.is_kind(parent, KindId(at as u32)) => {
                    self.found.push(mistakes::kinds::own_ancestor(def.name, place));
                }
                Some(parent) => {
                    if let Some(def) = self.world.kinds.get_mut(at) {
                        def.is = Some(parent);
                    }
                }
            }
        }
        let mut done = HashSet::new();
        for at in 0..self.world.kinds.len() {
            self.members(KindId(at as u32), &mut done);
        }
    }

    fn members(&mut self, id: KindId, done: &mut HashSet<KindId>) {
        // The chain of ancestors, written out from the oldest: no recursion over what a file may make long.
        let mut chain = vec![id];
        while let Some(parent) = chain.last().and_then(|last| self.world.kind(*last).is) {
            chain.push(parent);
        }
        while let Some(id) = chain.pop() {
            if done.insert(id) {
                self.own_members(id);
            }
        }
    }

    fn own_members(&mut self, id: KindId) {
        let (file, decl, parent) = (self.world.kind(id).file, self.world.kind(id).decl, self.world.kind(id).is);
        let mut members = parent.map_or_else(Vec::new, |parent| self.world.kind(parent).members.clone());
        let mut by_name = parent.map_or_else(HashMap::new, |parent| self.world.kind(parent).by_name.clone());
        let mut functions = parent.map_or_else(HashMap::new, |parent| self.world.kind(parent).functions.clone());
        let mut requires = parent.map_or_else(Vec::new, |parent| self.world.kind(parent).requires.clone());
        let mut own: HashMap<&'a str, Location> = HashMap::new();
        for item in &decl.members {
            match &item.node {
                Node::Definition(def) => {
                    let Some(name) = def.path.names.first() else { continue };
                    let at = Location::new(file, name.span);
                    if let Some(earlier) = own.insert(&name.text, at) {
                        self.found.push(mistakes::names::defined_twice(&name.text, at, earlier));
                        continue;
                    }
                    let inherited = by_name.get(name.text.as_str()).and_then(|at| members.get(*at as usize).copied());
                    let member = Member {
                        name: &name.text,
                        stated: def.stated.as_ref().or(inherited.and_then(|known: Member<'a>| known.stated)),
                        value: def.value.as_ref(),
                        doc: item.doc.as_ref().or(inherited.and_then(|known| known.doc)),
                        at: item.span,
                        file,
                    };
                    match by_name.get(name.text.as_str()).and_then(|at| members.get_mut(*at as usize)) {
                        Some(place) => *place = member,
                        None => {
                            by_name.insert(&name.text, members.len() as u32);
                            members.push(member);
                        }
                    }
                }
                Node::Function(function) => {
                    functions.insert(&function.name.text, FunctionDef { file, decl: function });
                }
                Node::Require(require) => requires.push((file, require, item.span)),
                Node::Broken => {}
                Node::Model(_) | Node::Unit { .. } | Node::Currency(_) | Node::Rate { .. } | Node::Import(_) => {}
                Node::Kind(_) | Node::Instance(_) | Node::Scenario(_) | Node::Test(_) => {}
                Node::Correlate { .. } | Node::Statement(_) => {}
            }
        }
        if let Some(def) = self.world.kinds.get_mut(id.0 as usize) {
            (def.members, def.by_name, def.functions, def.requires) = (members, by_name, functions, requires);
        }
    }

    fn function(&mut self, file: FileId, item: &'a ast::Item) {
        let Node::Function(decl) = &item.node else { return };
        if self.claim(Space::Function, file, &decl.name) {
            self.world.functions.insert(&decl.name.text, FunctionDef { file, decl });
        }
    }

    fn named(&mut self, file: FileId, item: &'a ast::Item) {
        match &item.node {
            Node::Definition(def) => self.definition(file, item, def),
            Node::Instance(decl) => {
                if let Some(id) = self.instance(file, decl, None) {
                    if let Some(name) = &decl.name {
                        if self.claim(Space::Name, file, name) {
                            self.world.names.insert(&name.text, Named::Instance(id));
                        }
                    }
                }
            }
            Node::Rate { currency, value } => self.rate(file, item, currency, value),
            Node::Model(_) | Node::Unit { .. } | Node::Currency(_) | Node::Import(_) | Node::Kind(_) => {}
            Node::Function(_) | Node::Require(_) | Node::Scenario(_) | Node::Test(_) => {}
            Node::Correlate { .. } | Node::Statement(_) | Node::Broken => {}
        }
    }

    fn definition(&mut self, file: FileId, item: &'a ast::Item, def: &'a ast::Definition) {
        let Some(name) = def.path.names.first() else { return };
        if def.path.names.len() > 1 {
            self.found.push(mistakes::names::dotted_definition(Location::new(file, def.path.span)));
            return;
        }
        if self.world.origin(file) == Origin::Prelude && self.world.names.contains_key(name.text.as_str()) {
            // The model defines it itself; the prelude's unit stays as what the statement expects.
            self.expect_unit(name, def, file);
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
            scope: Scope::Global,
            stated: def.stated.as_ref().map(|stated| (stated, file)),
            slot: None,
            doc: item.doc.as_ref().map(|doc| doc.text.as_str()),
            at: Location::new(file, item.span),
            name_at: Location::new(file, name.span),
            origin: self.world.origin(file),
        });
        self.world.names.insert(&name.text, Named::Cell(id));
    }

    fn expect_unit(&mut self, name: &ast::Name, def: &'a ast::Definition, file: FileId) {
        if let Some(Named::Cell(id)) = self.world.names.get(name.text.as_str()).copied() {
            if let Some(cell) = self.world.cells.get_mut(id.0 as usize) {
                cell.slot = def.stated.as_ref().map(|stated| (stated, file));
            }
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
            scope: Scope::Global,
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

    fn instance(&mut self, file: FileId, decl: &'a ast::Instance, parent: Option<InstanceId>) -> Option<InstanceId> {
        let Some(kind) = self.world.kind_ids.get(decl.kind.text.as_str()).copied() else {
            let known = self.world.kind_ids.keys().copied();
            let place = Location::new(file, decl.kind.span);
            self.found.push(mistakes::names::unknown_kind(&decl.kind.text, place, known));
            return None;
        };
        let id = InstanceId(self.world.instances.len() as u32);
        let path = self.path_of(decl, parent);
        let above = parent.map(|parent| self.world.children_of(parent, kind)).unwrap_or_default();
        self.world.instances.push(InstanceDef {
            kind,
            file,
            decl,
            path,
            parent,
            before: above.last().copied(),
            children: Vec::new(),
            first_cell: self.world.cells.len() as u32,
        });
        let mut at = Some(kind);
        while let Some(kind) = at {
            self.world.by_kind.entry(kind).or_default().push(id);
            at = self.world.kind(kind).is;
        }
        self.instance_cells(id, file, decl, kind);
        self.children(id, file, decl);
        Some(id)
    }

    fn path_of(&mut self, decl: &'a ast::Instance, parent: Option<InstanceId>) -> String {
        let own = match &decl.name {
            Some(name) => name.text.clone(),
            None => {
                let count = self.unnamed.entry((parent, &decl.kind.text)).or_default();
                *count += 1;
                format!("{} {count}", decl.kind.text)
            }
        };
        parent.map_or(own.clone(), |parent| format!("{}.{own}", self.world.instance(parent).path))
    }

    fn instance_cells(&mut self, id: InstanceId, file: FileId, decl: &'a ast::Instance, kind: KindId) {
        let filled = self.filled(file, decl, kind);
        let path = self.world.instance(id).path.clone();
        let count = self.world.kind(kind).members.len();
        for at in 0..count {
            let Some(member) = self.world.kind(kind).members.get(at).copied() else { continue };
            let fill = if member.stated.is_some() { Fill::Slot } else { Fill::Equation };
            let own = filled.get(member.name);
            let slot = member.stated.map(|stated| (stated, member.file));
            let def = match own {
                Some((item, def)) => CellDef {
                    name: member.name,
                    path: format!("{path}.{}", member.name),
                    instance: Some(id),
                    body: def.value.as_ref().map(|value| Body { file, value }),
                    scope: Scope::Filled(id, fill),
                    stated: def.stated.as_ref().map(|stated| (stated, file)),
                    slot,
                    doc: item.doc.as_ref().or(member.doc).map(|doc| doc.text.as_str()),
                    at: Location::new(file, item.span),
                    name_at: Location::new(file, def.path.span),
                    origin: self.world.origin(file),
                },
                None => CellDef {
                    name: member.name,
                    path: format!("{path}.{}", member.name),
                    instance: Some(id),
                    body: member.value.map(|value| Body { file: member.file, value }),
                    scope: Scope::Kind(id),
                    stated: None,
                    slot,
                    doc: member.doc.map(|doc| doc.text.as_str()),
                    at: Location::new(member.file, member.at),
                    name_at: Location::new(file, decl.name.as_ref().map_or(decl.kind.span, |name| name.span)),
                    origin: self.world.origin(member.file),
                },
            };
            self.cell(def);
        }
    }

    /// The lines of an instance by the name they fill; tells of unknown slots and of names filled twice.
    fn filled(
        &mut self,
        file: FileId,
        decl: &'a ast::Instance,
        kind: KindId,
    ) -> HashMap<&'a str, (&'a ast::Item, &'a ast::Definition)> {
        let mut filled: HashMap<&'a str, (&'a ast::Item, &'a ast::Definition)> = HashMap::new();
        for item in &decl.members {
            let Node::Definition(def) = &item.node else { continue };
            let Some(name) = def.path.names.first() else { continue };
            let at = Location::new(file, def.path.span);
            if def.path.names.len() > 1 || !self.world.kind(kind).by_name.contains_key(name.text.as_str()) {
                let members = &self.world.kind(kind).members;
                let known = members.iter().map(|member| (member.name, u32::from(filled.contains_key(member.name))));
                let wrong = def.path.names.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(".");
                self.found.push(mistakes::names::unknown_slot(&wrong, self.world.kind(kind).name, at, known));
            } else if let Some((_, earlier)) = filled.get(name.text.as_str()) {
                self.found.push(mistakes::names::defined_twice(&name.text, at, Location::new(file, earlier.path.span)));
            } else {
                filled.insert(&name.text, (item, def));
            }
        }
        filled
    }

    fn children(&mut self, id: InstanceId, file: FileId, decl: &'a ast::Instance) {
        let mut names: HashMap<&'a str, Location> = HashMap::new();
        for item in &decl.members {
            let Node::Instance(nested) = &item.node else { continue };
            if let Some(name) = &nested.name {
                let at = Location::new(file, name.span);
                if let Some(earlier) = names.insert(&name.text, at) {
                    self.found.push(mistakes::names::defined_twice(&name.text, at, earlier));
                    continue;
                }
            }
            if !self.may_nest(id, nested) {
                let owner = self.world.kind(self.world.instance(id).kind).name;
                let place = Location::new(file, nested.kind.span);
                self.found.push(mistakes::kinds::not_nested_here(&nested.kind.text, owner, place));
                continue;
            }
            if let Some(child) = self.instance(file, nested, Some(id)) {
                if let Some(parent) = self.world.instances.get_mut(id.0 as usize) {
                    parent.children.push(child);
                }
            }
        }
    }

    /// Whether the kind has a slot that the nested kind fits; an unknown kind gets its own message.
    fn may_nest(&self, parent: InstanceId, nested: &ast::Instance) -> bool {
        let Some(kind) = self.world.kind_ids.get(nested.kind.text.as_str()) else { return true };
        self.world.kind(self.world.instance(parent).kind).members.iter().filter_map(|member| member.stated).any(|stated| {
            let slot = stated.unit.factors.first().and_then(|factor| self.world.kind_ids.get(factor.name.text.as_str()));
            slot.is_some_and(|slot| self.world.is_kind(*kind, *slot))
        })
    }

    fn test(&mut self, file: FileId, item: &'a ast::Item) {
        let Node::Test(test) = &item.node else { return };
        let at = self.world.test_names.len() as u32;
        let mut names = HashMap::new();
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

    /// A name of the model that is also one of its units, or a unit of time.
    fn clashes(&mut self) {
        let cells = self.world.cells.iter().filter(|cell| cell.instance.is_none() && !cell.path.contains(' '));
        let cells = cells.filter(|cell| cell.origin != Origin::Prelude).map(|cell| (cell.name, cell.name_at));
        let instances = self.world.instances.iter().filter_map(|instance| {
            instance.decl.name.as_ref().map(|name| (name.text.as_str(), Location::new(instance.file, name.span)))
        });
        let mut clashes = Vec::new();
        for (name, at) in cells.chain(instances) {
            let Some(unit) = self.world.units.find(name) else { continue };
            let declared = self.units_at.get(&unit).copied();
            if declared.is_none_or(|at| at.file.0 >= self.world.prelude) {
                clashes.push(mistakes::names::also_a_unit(name, at, declared));
            }
        }
        self.found.extend(clashes);
    }
}
