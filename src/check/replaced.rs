//! Replaced: what counts nowhere any more because the model defines a figure of the statements itself.

use super::depend::{Depend, Reads};
use super::mistakes;
use super::model::plain::Plain;
use super::model::{CellId, InstanceId, Model, Origin};
use super::pass::{LinkMap, Pass};
use crate::diagnostic::Diagnostic;
use crate::text::Location;
use foldhash::HashSet;
use std::collections::BTreeSet;

/// A definition of the model that took the place of the prelude's, and the figures of instances that it leaves out.
pub(super) struct Replaced {
    path: String,
    at: Location,
    left_out: BTreeSet<CellId>,
}

impl Pass<'_> {
    /// What the model's own definitions of the statements' figures leave out: figures that the prelude's definition
    /// would have read, of instances of which they read nothing.
    pub fn replacements(&self) -> Vec<Replaced> {
        let world = &self.world;
        let links = LinkMap::default();
        let own: Vec<CellId> = world.replaced.iter().map(|replaced| replaced.own).collect();
        let counted: HashSet<InstanceId> = self.all_reads(&own).into_iter().filter_map(|cell| world.cell(cell).instance).collect();
        let mut told = HashSet::default();
        let replaced = world.replaced.iter().map(|replaced| {
            let first = Depend::new(world, &links).of_cell(replaced.own, replaced.body.file, replaced.body.value, world.top(replaced.body.file));
            let wanted = self.figures_of_instances(&first);
            let left_out = wanted.into_iter().filter(|cell| world.cell(*cell).instance.is_some_and(|id| !counted.contains(&id)));
            let own = world.cell(replaced.own);
            let left_out = left_out.filter(|cell| told.insert(*cell)).collect();
            Replaced { path: own.path.clone(), at: own.name_at, left_out }
        });
        replaced.collect()
    }

    /// Everything that definitions read, and so on.
    fn all_reads(&self, from: &[CellId]) -> HashSet<CellId> {
        let mut seen: HashSet<CellId> = from.iter().copied().collect();
        let mut open = from.to_vec();
        while let Some(cell) = open.pop() {
            open.extend(self.reads_of(cell).filter(|read| seen.insert(*read)));
        }
        seen
    }

    fn reads_of(&self, cell: CellId) -> impl Iterator<Item = CellId> {
        self.reads.get(cell.0 as usize).into_iter().flat_map(|reads| reads.keys().copied())
    }

    /// The figures of the model's instances that a definition of the prelude reads, by itself or through others of the
    /// prelude; what the model defines itself answers for itself.
    fn figures_of_instances(&self, first: &Reads) -> BTreeSet<CellId> {
        let (mut seen, mut figures) = (HashSet::default(), BTreeSet::new());
        let mut open: Vec<CellId> = first.keys().copied().collect();
        while let Some(cell) = open.pop() {
            let def = self.world.cell(cell);
            match def.instance {
                Some(id) if self.world.origin(self.world.instance(id).file) == Origin::Model => {
                    figures.insert(cell);
                }
                None if def.origin == Origin::Prelude => open.extend(self.reads_of(cell).filter(|read| seen.insert(*read))),
                Some(_) | None => {}
            }
        }
        figures
    }
}

/// Tells of figures that are left out, where they are something.
pub(super) fn told(replaced: &[Replaced], model: &Model) -> Vec<Diagnostic> {
    let mut plain = Plain::new(model);
    let mut told = Vec::new();
    for one in replaced {
        let left: Vec<&str> = one
            .left_out
            .iter()
            .filter(|cell| !plain.cell(**cell).is_empty())
            .map(|cell| model.cell(*cell).path.as_str())
            .collect();
        if !left.is_empty() {
            told.push(mistakes::claims::leaves_out(&one.path, one.at, &left));
        }
    }
    told
}
