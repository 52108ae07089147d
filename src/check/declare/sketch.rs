//! Sketches: an instance without fillings of every kind that has none, so that its equations are checked all the same.

use super::Declarer;
use crate::check::model::InstanceId;
use crate::check::world::{InstanceDef, KindId};
use crate::syntax::ast::{self, Node};
use crate::text::FileId;
use foldhash::{HashMap, HashSet};

/// An empty instance for every kind that the files declare.
pub(in crate::check) fn sketches(files: &[ast::File]) -> Vec<(FileId, ast::Instance)> {
    let of_file = |file: &ast::File| {
        let name = |item: &ast::Item| if let Node::Kind(kind) = &item.node { Some(kind.name.clone()) } else { None };
        let kinds = file.items.iter().filter_map(name);
        kinds.map(|kind| (file.id, ast::Instance { kind, name: None, title: None, members: Vec::new() })).collect::<Vec<_>>()
    };
    files.iter().flat_map(of_file).collect()
}

impl<'a> Declarer<'a, '_> {
    /// Declares the sketches that are needed, behind everything else. They stand in no column and in no model.
    pub(super) fn sketch(&mut self, sketches: &'a [(FileId, ast::Instance)]) {
        self.world.first_sketch = InstanceId(self.world.instances.len() as u32);
        let drawn: HashMap<KindId, &'a (FileId, ast::Instance)> = sketches
            .iter()
            .filter_map(|sketch| Some((*self.world.kind_ids.get(sketch.1.kind.text.as_str())?, sketch)))
            .filter(|(kind, _)| !self.world.by_kind.contains_key(kind))
            .collect();
        let mut kinds: Vec<KindId> = drawn.keys().copied().collect();
        kinds.sort_unstable();
        let mut done = HashMap::default();
        for kind in &kinds {
            self.sketch_of(*kind, &drawn, &mut done);
        }
    }

    /// Draws a kind's sketch inside of one that it may be nested in, that one first.
    fn sketch_of(
        &mut self,
        kind: KindId,
        drawn: &HashMap<KindId, &'a (FileId, ast::Instance)>,
        done: &mut HashMap<KindId, InstanceId>,
    ) {
        // The chain of owners outwards; kinds that nest in each other cut it.
        let mut chain: Vec<KindId> = Vec::new();
        let mut seen = HashSet::default();
        let mut at = Some(kind);
        while let Some(kind) = at.filter(|kind| seen.insert(*kind) && !done.contains_key(kind)) {
            chain.push(kind);
            at = self.owner_of(kind);
        }
        for kind in chain.into_iter().rev() {
            let parent = self.owner_of(kind).and_then(|owner| self.an_instance(owner, done));
            let Some((file, decl)) = drawn.get(&kind).copied() else { continue };
            let id = InstanceId(self.world.instances.len() as u32);
            self.world.instances.push(InstanceDef {
                kind,
                file: *file,
                decl,
                path: decl.kind.text.clone(),
                parent,
                before: None,
                children: Vec::new(),
                first_cell: self.world.cells.len() as u32,
            });
            self.instance_cells(id, *file, decl, kind);
            done.insert(kind, id);
        }
    }

    fn an_instance(&self, kind: KindId, done: &HashMap<KindId, InstanceId>) -> Option<InstanceId> {
        done.get(&kind).copied().or_else(|| self.world.by_kind.get(&kind).and_then(|ids| ids.first()).copied())
    }

    /// A kind with a slot for many of this kind.
    fn owner_of(&self, kind: KindId) -> Option<KindId> {
        let owns = |owner: &KindId| *owner != kind && self.world.nests(*owner, kind);
        // A kind of the prelude whose name the model gives to another is nobody's owner.
        let named = |owner: &KindId| self.world.kind_ids.get(self.world.kind(*owner).name) == Some(owner);
        (0..self.world.kinds.len() as u32).map(KindId).filter(named).find(owns)
    }
}
