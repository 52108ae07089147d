//! Instances: every member of the kind becomes a definition.

use super::Declarer;
use crate::check::mistakes;
use crate::check::model::InstanceId;
use crate::check::world::{Body, CellDef, Fill, InstanceDef, KindId, Scope};
use crate::syntax::ast::{self, Node};
use crate::text::{FileId, Location};
use foldhash::HashMap;

/// Words of the language that begin a block.
const BLOCKS: [&str; 6] = ["model", "kind", "scenario", "test", "statement", "goal"];

impl<'a> Declarer<'a, '_> {
    pub(super) fn instance(&mut self, file: FileId, decl: &'a ast::Instance, parent: Option<InstanceId>) -> Option<InstanceId> {
        let Some(kind) = self.world.kind_ids.get(decl.kind.text.as_str()).copied() else {
            let known = self.world.kind_ids.keys().copied();
            let place = Location::new(file, decl.kind.span);
            self.found.push(mistakes::names::unknown_kind(&decl.kind.text, place, known, &BLOCKS));
            // `notes { … }` without its kind is known by that word.
            self.world.lost.insert(decl.name.as_ref().unwrap_or(&decl.kind).text.as_str());
            return None;
        };
        let id = InstanceId(self.world.instances.len() as u32);
        let path = self.path_of(decl, parent);
        let row = |parent: InstanceId| self.world.row_of(self.world.instance(parent).kind, kind).unwrap_or(kind);
        let above = parent.map(|parent| self.world.children_of(parent, row(parent))).unwrap_or_default();
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

    pub(super) fn instance_cells(&mut self, id: InstanceId, file: FileId, decl: &'a ast::Instance, kind: KindId) {
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
        let mut filled: HashMap<&'a str, (&'a ast::Item, &'a ast::Definition)> = HashMap::default();
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
        let mut names: HashMap<&'a str, Location> = HashMap::default();
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
            if let Some(child) = self.instance(file, nested, Some(id))
                && let Some(parent) = self.world.instances.get_mut(id.0 as usize)
            {
                parent.children.push(child);
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
}
