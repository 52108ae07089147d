//! Demand: which slots nobody filled although something asks for them, and what has no part in this model.

use super::claims::Claims;
use super::mistakes;
use super::model::{CellId, Content, Form, InstanceId, Origin};
use super::pass::Pass;
use super::resolve::is_reference;
use super::world::KindId;
use crate::syntax::ast::{ExprNode, Node, Value};
use foldhash::{HashMap, HashSet};

/// Definitions that can't be computed because something they need is missing.
pub(super) struct Wanting {
    /// The missing definition each needs, itself included.
    pub lacks: HashMap<CellId, CellId>,
}

impl Pass<'_> {
    /// Tells of every open slot that is asked for.
    pub fn demand(&mut self, claims: &Claims) -> Wanting {
        let lacks = self.lacking();
        let mut told: HashSet<CellId> = HashSet::default();
        let mut wants: Vec<(CellId, Option<CellId>)> = Vec::new();
        let sinks = self.sinks();
        for at in 0..self.world.cell_count() {
            let cell = CellId(at as u32);
            let def = self.world.cell(cell);
            let result = def.instance.is_some_and(|id| self.is_result(id, cell, &sinks));
            if def.origin != Origin::Prelude || result {
                wants.extend(lacks.get(&cell).map(|missing| (*missing, Some(cell))));
            }
        }
        for (requirement, needs) in &claims.requirements {
            if self.world.origin(requirement.at.file) == Origin::Model {
                wants.extend(needs.iter().filter_map(|cell| lacks.get(cell).map(|missing| (*missing, Some(*cell)))));
            }
        }
        let others = claims.tests.iter().map(|(_, needs)| needs).chain(claims.queries.iter().map(|(_, needs)| needs));
        let others = others.chain(claims.goals.iter().map(|(_, needs)| needs));
        wants.extend(others.flatten().filter_map(|cell| lacks.get(cell).map(|missing| (*missing, Some(*cell)))));
        for (missing, asker) in wants {
            if told.insert(missing) {
                self.tell(missing, asker);
            }
        }
        self.unread_lists(claims);
        Wanting { lacks }
    }

    /// A list that nobody looks across, and that is not one value a step, may have been meant to be that.
    fn unread_lists(&mut self, claims: &Claims) {
        let mut read: HashSet<CellId> = self.reads.iter().flat_map(|reads| reads.keys().copied()).collect();
        let tests = claims.tests.iter().map(|(_, needs)| needs).chain(claims.requirements.iter().map(|(_, needs)| needs));
        let tests = tests.chain(claims.goals.iter().map(|(_, needs)| needs));
        read.extend(tests.chain(claims.queries.iter().map(|(_, needs)| needs)).flatten().copied());
        read.extend(claims.statements.iter().flat_map(|(_, rows)| rows.iter().flatten()).copied());
        for cell in (0..self.world.cell_count() as u32).map(CellId).filter(|cell| !read.contains(cell)) {
            let def = self.world.cell(cell);
            let Some(Content::Table(table)) = self.states.get(cell).map(|state| state.content) else { continue };
            let list = self.arena.tables.get(table.0 as usize).filter(|table| table.form == Form::List);
            if let Some(list) = list.filter(|_| def.slot.or(def.stated).is_none()) {
                self.found.push(mistakes::time::unread_list(&def.path, list.bands.len(), &self.world.grid, list.at));
            }
        }
    }

    fn tell(&mut self, missing: CellId, asker: Option<CellId>) {
        if let Some(found) = self.dropped.get(&missing) {
            self.found.extend(found.clone());
            return;
        }
        let def = self.world.cell(missing);
        let Some(instance) = def.instance else {
            self.found.push(mistakes::kinds::no_value(&def.path, def.at));
            return;
        };
        if self.is_misfilled(instance) {
            return;
        }
        let asker = asker.filter(|asker| *asker != missing).map(|asker| self.world.cell(asker).path.clone());
        let owner = self.world.instance(instance);
        let example = self.example_of(missing);
        let body_end = crate::text::Location::new(owner.file, owner.decl.kind.span);
        self.found.push(mistakes::kinds::open_slot(&owner.path, def.name, asker.as_deref(), &example, def.name_at, body_end));
    }

    /// Whether a line of an instance could not be taken in: it may have been meant for the open slot, and is told.
    fn is_misfilled(&self, instance: InstanceId) -> bool {
        let def = self.world.instance(instance);
        let known = &self.world.kind(def.kind).by_name;
        def.decl.members.iter().any(|item| match &item.node {
            Node::Definition(line) => !known.contains_key(line.path.text().as_str()),
            Node::Broken => true,
            Node::Instance(_) | Node::Require(_) | Node::Model(_) | Node::Unit { .. } | Node::Currency(_) => false,
            Node::Rate { .. } | Node::Import(_) | Node::Kind(_) | Node::Function(_) | Node::Scenario(_) => false,
            Node::Test(_) | Node::Correlate { .. } | Node::Goal(_) | Node::Statement(_) => false,
        })
    }

    /// How the slot may be filled.
    fn example_of(&self, missing: CellId) -> String {
        let def = self.world.cell(missing);
        // A variable says nothing to who fills the slot.
        let is_variable = |name: &str| name.chars().all(char::is_uppercase) && self.arena.units.find(name).is_none();
        let stated = def.slot.map(|(stated, _)| match &stated.choice {
            Some(choice) => super::choice::written(choice).join(" | "),
            None if !stated.unit.factors.is_empty() && stated.unit.factors.iter().all(|factor| is_variable(&factor.name.text)) => {
                "a number with its unit".to_owned()
            }
            None => stated.unit.factors.iter().map(|factor| factor.name.text.as_str()).collect::<Vec<_>>().join("/"),
        });
        format!("{} = …  ({})", def.name, stated.unwrap_or_default())
    }

    /// What each definition lacks, itself or through what it reads.
    fn lacking(&self) -> HashMap<CellId, CellId> {
        let mut lacks: HashMap<CellId, CellId> = HashMap::default();
        // Twice, so that loops see what their later members lack.
        for _ in 0..2 {
            for cell in self.order.groups.iter().flatten() {
                let missing = self.states.get(*cell).is_some_and(|state| state.content == Content::Missing);
                if missing {
                    lacks.insert(*cell, *cell);
                    continue;
                }
                let Some(reads) = self.reads.get(cell.0 as usize) else { continue };
                let mut first: Vec<CellId> = reads.iter().filter(|(_, reach)| reach.is_read()).filter_map(|(read, _)| lacks.get(read)).copied().collect();
                first.sort_unstable();
                if let Some(missing) = first.first() {
                    lacks.entry(*cell).or_insert(*missing);
                }
            }
        }
        lacks
    }

    /// Whether a member is a result of its kind: an equation that no other equation of the kind reads.
    fn is_result(&self, instance: InstanceId, cell: CellId, sinks: &HashMap<KindId, HashSet<u32>>) -> bool {
        let def = self.world.instance(instance);
        if self.world.origin(def.file) == Origin::Prelude || is_reference(&self.world, cell) {
            return false;
        }
        sinks.get(&def.kind).is_some_and(|members| members.contains(&(cell.0 - def.first_cell)))
    }

    fn sinks(&self) -> HashMap<KindId, HashSet<u32>> {
        let kinds: HashSet<KindId> = self.world.instances.iter().map(|instance| instance.kind).collect();
        let mut kinds: Vec<KindId> = kinds.into_iter().collect();
        kinds.sort_unstable();
        kinds.into_iter().map(|kind| (kind, self.sinks_of(kind))).collect()
    }

    fn sinks_of(&self, kind: KindId) -> HashSet<u32> {
        let def = self.world.kind(kind);
        let mut read: HashSet<&str> = HashSet::default();
        for member in &def.members {
            let Some(Value::Equals(root)) = member.value else { continue };
            let Some(file) = self.world.trees.get(&member.file) else { continue };
            let span = file.expr(*root).span;
            // Children stand before their parents in the arena, inside the parent's span.
            let inside = file.exprs.iter().take(root.0 as usize + 1).rev().take_while(|expr| expr.span.start >= span.start);
            for expr in inside {
                if let ExprNode::Path(path) = &expr.node
                    && let Some(name) = path.names.first()
                    && name.text != member.name
                {
                    read.insert(&name.text);
                }
            }
        }
        let results = def.members.iter().enumerate().filter(|(_, member)| {
            member.stated.is_none() && member.value.is_some() && !read.contains(member.name)
        });
        results.map(|(at, _)| at as u32).collect()
    }
}
