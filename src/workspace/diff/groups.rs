//! Groups: which changes make a model alone, and which only together.

use super::changes::{Changed, made};
use super::outline::Entry;
use super::figures::{Wanted, figures};
use crate::report::{ChangeSort, Figure, Measured};
use crate::syntax::words;
use crate::workspace::asked::Ask;
use crate::workspace::facts::Facts;
use crate::workspace::files::Memory;
use crate::workspace::sampling::Samples;
use foldhash::HashSet;
use std::collections::BTreeSet;

/// How the first model is read with some of the changes made.
pub(super) struct Merging<'e> {
    pub a: &'e [Entry],
    pub b: &'e [Entry],
    pub queries: &'e [String],
    pub samples: Option<Samples>,
    pub wanted: &'e [Wanted],
}

/// Changes that are made together, and what the figures come to with them alone; nothing where they are all that there is.
pub(super) struct Grouped {
    pub changes: Vec<usize>,
    pub measured: Option<Vec<(Figure, Measured)>>,
}

impl Merging<'_> {
    /// The figures with some changes made; none where that is no model.
    fn measured(&self, found: &[Changed<'_>], group: &[usize]) -> Option<Vec<(Figure, Measured)>> {
        let chosen: HashSet<&str> = group.iter().filter_map(|at| found.get(*at)).map(|change| change.path.as_str()).collect();
        let text = made(self.a, self.b, "", &chosen);
        // A figure of the prelude is there only where something asks for it.
        let mentions: Vec<String> = self.wanted.iter().map(|wanted| wanted.path.clone().unwrap_or_else(|| wanted.text.clone())).collect();
        let open = |queries: &[String]| {
            let ask = Ask { queries, mentions: &mentions, samples: self.samples, ..Ask::default() };
            Facts::open(&Memory::new([("merged.biz", text.as_bytes())]), &ask)
        };
        let facts = open(self.queries);
        // What was asked may name what these changes have not made yet.
        let facts = if facts.model.is_none() && !self.queries.is_empty() { open(&[]) } else { facts };
        figures(&facts, self.wanted)
    }
}

/// Every change that can move a figure: alone where that makes a model, else with those that it names or that name it,
/// else with all others that make none.
pub(super) fn groups(merging: &Merging<'_>, found: &[Changed<'_>]) -> Vec<Grouped> {
    let moving: Vec<usize> = (0..found.len()).filter(|at| found.get(*at).is_some_and(Changed::moves)).collect();
    if moving.len() < 2 {
        return moving.into_iter().map(|at| Grouped { changes: vec![at], measured: None }).collect();
    }
    let singles: Vec<Vec<usize>> = moving.iter().map(|at| vec![*at]).collect();
    let (mut sound, unsound) = tried(merging, found, singles);
    if unsound.is_empty() {
        return sound;
    }
    let mut clusters: Vec<BTreeSet<usize>> = Vec::new();
    for at in unsound.iter().flatten() {
        let near = moving.iter().copied().filter(|other| other != at && is_related(found, *at, *other));
        clusters = joined(clusters, [*at].into_iter().chain(near).collect());
    }
    let (together, apart) = tried(merging, found, clusters.into_iter().map(|cluster| cluster.into_iter().collect()).collect());
    sound.retain(|group| !together.iter().any(|cluster| group.changes.iter().any(|at| cluster.changes.contains(at))));
    sound.extend(together);
    let left: Vec<usize> = apart.into_iter().flatten().collect();
    if !left.is_empty() {
        sound.retain(|group| !group.changes.iter().any(|at| left.contains(at)));
        let (rest, _) = tried(merging, found, vec![left]);
        if rest.is_empty() {
            return vec![Grouped { changes: moving, measured: None }];
        }
        sound.extend(rest);
    }
    sound.sort_by_key(|group| group.changes.first().copied());
    sound
}

/// The groups that make a model, and the others.
fn tried(merging: &Merging<'_>, found: &[Changed<'_>], groups: Vec<Vec<usize>>) -> (Vec<Grouped>, Vec<Vec<usize>>) {
    let (mut sound, mut unsound) = (Vec::new(), Vec::new());
    for changes in groups {
        match merging.measured(found, &changes) {
            Some(measured) => sound.push(Grouped { changes, measured: Some(measured) }),
            None => unsound.push(changes),
        }
    }
    (sound, unsound)
}

/// Clusters with one more, which joins those it has something in common with.
fn joined(clusters: Vec<BTreeSet<usize>>, one: BTreeSet<usize>) -> Vec<BTreeSet<usize>> {
    let (touched, mut others): (Vec<_>, Vec<_>) = clusters.into_iter().partition(|cluster| !cluster.is_disjoint(&one));
    others.push(touched.into_iter().flatten().chain(one).collect());
    others
}

/// Whether one of two changes gives or takes a name that the other says.
fn is_related(found: &[Changed<'_>], one: usize, other: usize) -> bool {
    let (Some(one), Some(other)) = (found.get(one), found.get(other)) else { return false };
    let named = |gives: &Changed<'_>, says: &Changed<'_>| {
        let names: Vec<&String> = gives.from.iter().chain(&gives.to).flat_map(|entry| &entry.gives).collect();
        gives.sort() != ChangeSort::Changed && says.from.iter().chain(&says.to).any(|entry| {
            words(&entry.text).any(|word| names.iter().any(|name| *name == word))
                || names.iter().any(|name| entry.text.contains(&format!(".{name}")))
        })
    };
    named(one, other) || named(other, one)
}
