//! Changes: what two outlines differ in, and the text of the first with some of that made.

use super::outline::{Effect, Entry, opening};
use crate::report::ChangeSort;
use foldhash::{HashMap, HashSet};

/// A change from one outline to another.
#[derive(Clone, Debug)]
pub(super) struct Changed<'e> {
    /// Its place in the blocks: the keys on the way.
    pub path: String,
    pub from: Option<&'e Entry>,
    pub to: Option<&'e Entry>,
}

impl<'e> Changed<'e> {
    pub fn sort(&self) -> ChangeSort {
        match (self.from, self.to) {
            (None, _) => ChangeSort::Added,
            (Some(_), None) => ChangeSort::Removed,
            (Some(_), Some(_)) => ChangeSort::Changed,
        }
    }

    /// What it is about, as it is now; as it was where it is gone.
    pub fn entry(&self) -> Option<&'e Entry> {
        self.to.or(self.from)
    }

    pub fn moves(&self) -> bool {
        self.entry().is_some_and(|entry| entry.effect == Effect::Moves)
    }
}

/// Every change, in the order of the second; what is gone follows.
pub(super) fn changes<'e>(a: &'e [Entry], b: &'e [Entry], above: &str, out: &mut Vec<Changed<'e>>) {
    let known: HashMap<&str, &Entry> = a.iter().map(|entry| (entry.key.as_str(), entry)).collect();
    for entry in b {
        let path = format!("{above}/{}", entry.key);
        match known.get(entry.key.as_str()) {
            None => out.push(Changed { path, from: None, to: Some(entry) }),
            Some(before) => match (&before.lines, &entry.lines) {
                (Some(old), Some(new)) if before.says == entry.says => changes(old, new, &path, out),
                (None, None) if before.says == entry.says => {}
                _ => out.push(Changed { path, from: Some(before), to: Some(entry) }),
            },
        }
    }
    let kept: HashSet<&str> = b.iter().map(|entry| entry.key.as_str()).collect();
    for entry in a.iter().filter(|entry| !kept.contains(entry.key.as_str())) {
        out.push(Changed { path: format!("{above}/{}", entry.key), from: Some(entry), to: None });
    }
}

/// The text of the first with some changes made, without what can't move a figure.
pub(super) fn made(a: &[Entry], b: &[Entry], above: &str, chosen: &HashSet<&str>) -> String {
    let after: HashMap<&str, &Entry> = b.iter().map(|entry| (entry.key.as_str(), entry)).collect();
    let before: HashSet<&str> = a.iter().map(|entry| entry.key.as_str()).collect();
    let mut lines: Vec<(&str, String)> = Vec::new();
    for entry in a.iter().filter(|entry| entry.effect == Effect::Moves) {
        let path = format!("{above}/{}", entry.key);
        let is_chosen = chosen.contains(path.as_str());
        let text = match (after.get(entry.key.as_str()), &entry.lines) {
            (None, _) if is_chosen => continue,
            (Some(after), _) if is_chosen => whole(after),
            (Some(after), Some(old)) if after.says == entry.says => {
                let inner = made(old, after.lines.as_deref().unwrap_or_default(), &path, chosen);
                block(entry, &inner)
            }
            (None | Some(_), _) => whole(entry),
        };
        lines.push((entry.key.as_str(), text));
    }
    // What is new stands behind what it stands behind in the second.
    let mut last: Option<&str> = None;
    for entry in b.iter().filter(|entry| entry.effect == Effect::Moves) {
        let path = format!("{above}/{}", entry.key);
        if !before.contains(entry.key.as_str()) {
            if !chosen.contains(path.as_str()) {
                continue;
            }
            let place = last.and_then(|last| lines.iter().position(|(key, _)| *key == last)).map_or(0, |at| at + 1);
            lines.insert(place, (entry.key.as_str(), whole(entry)));
        }
        if lines.iter().any(|(key, _)| *key == entry.key) {
            last = Some(entry.key.as_str());
        }
    }
    lines.into_iter().map(|(_, text)| text + "\n").collect()
}

/// An entry without what can't move a figure.
fn whole(entry: &Entry) -> String {
    let Some(lines) = &entry.lines else { return entry.text.clone() };
    if lines.iter().all(|line| line.effect == Effect::Moves) {
        return entry.text.clone();
    }
    let inner: String = lines.iter().filter(|line| line.effect == Effect::Moves).map(|line| whole(line) + "\n").collect();
    block(entry, &inner)
}

fn block(entry: &Entry, inner: &str) -> String {
    let head = opening(&entry.text).and_then(|at| entry.text.get(..at)).unwrap_or_default();
    format!("{head}{{\n{inner}}}")
}
