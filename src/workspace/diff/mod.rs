//! Differences: what changed between two models, and what each change does to the figures of the first.

mod align;
mod changes;
mod figures;
mod groups;
mod outline;
mod requirements;
mod same;

use super::asked::Ask;
use super::facts::Facts;
use super::files::Files;
use super::kept::Keeping;
use super::load::load;
use super::sampling::{Samples, computed};
use super::shelf::PRELUDE;
use crate::check::model::{Content, Shape};
use crate::report::{
    self, Change, Difference, Figure, Group, Measured, Shown, Split, on_one_line,
};
use align::align;
use changes::{Changed, changes};
use figures::{Wanted, figures};
use groups::{Grouped, Merging, groups};
use outline::{Entry, outline};
use requirements::requirements;

/// Two models, read and checked.
#[derive(Debug)]
pub struct Pair {
    /// The first.
    pub before: Facts,
    /// The second.
    pub after: Facts,
    outlines: [Vec<Entry>; 2],
    names: [String; 2],
    queries: Vec<String>,
    samples: Option<Samples>,
}

impl Pair {
    /// Reads two models, each from where it lies, under the names they are told by.
    #[must_use]
    pub fn open(before: (&str, &dyn Files), after: (&str, &dyn Files), queries: &[String], samples: Option<Samples>) -> Self {
        let ask = Ask { queries, samples, ..Ask::default() };
        // A pipe can be read once.
        let read = |files: &dyn Files| {
            let keeping = Keeping::new(files);
            let facts = Facts::open(&keeping, &ask);
            (facts, outline(&load(&keeping.kept(), PRELUDE.len() as u32)))
        };
        let names = [before.0.to_owned(), after.0.to_owned()];
        let (before, mut a) = read(before.1);
        let (after, mut b) = read(after.1);
        align(&mut a, &mut b);
        Self {
            before,
            after,
            outlines: [a, b],
            names,
            queries: queries.to_vec(),
            samples,
        }
    }

    /// What differs; none if one of the two has an error, which is then among its mistakes.
    pub fn difference(&mut self) -> Option<Difference> {
        let reports = [self.before.run(None, &[]), self.after.run(None, &[])];
        let [Some(old), Some(new)] = reports else { return None };
        let ([a, b], [before, after]) = (&self.outlines, &self.names);
        let mut found = Vec::new();
        changes(a, b, "", &mut found);
        let wanted = self.wanted()?;
        let base = figures(&self.before, &wanted)?;
        let value = figures(&self.after, &wanted)?;
        let merging = Merging { a, b, queries: &self.queries, samples: self.samples, wanted: &wanted };
        let grouped = groups(&merging, &found);
        let mut splits = Vec::new();
        for (at, (base, value)) in base.iter().zip(&value).enumerate() {
            // What makes no model without everything else is everything.
            let of = |group: &Grouped| group.measured.as_ref().and_then(|all| all.get(at)).map_or_else(|| value.1.clone(), |(_, measured)| measured.clone());
            let alone: Vec<Measured> = grouped.iter().map(of).collect();
            splits.push(Split::of(&base.1, &value.1, &alone));
        }
        let figures = base.into_iter().zip(&value).map(|((told, measured), (other, _))| joined(told, &measured, other)).collect();
        Some(Difference {
            before: before.clone(),
            after: after.clone(),
            title: new.title.clone().or(new.name.clone()),
            changes: found.iter().filter_map(|change| self.told(change)).collect(),
            groups: grouped.into_iter().map(|group| Group { changes: group.changes }).collect(),
            figures,
            splits,
            requirements: requirements(&old, &new, &found),
        })
    }

    /// The names of the figures: those of the model after, then those that only the one before has.
    fn wanted(&self) -> Option<Vec<Wanted>> {
        let mut wanted = Vec::new();
        for facts in [&self.after, &self.before] {
            let model = facts.model.as_ref()?;
            let keys = if model.queries.is_empty() { report::keys(model) } else { report::asked_keys(model) };
            for (at, key) in keys.iter().enumerate() {
                let path = key.path(model);
                let query = if model.queries.is_empty() { None } else { Some(at) };
                let text = key.label_in(model, &facts.sources);
                let same = |known: &Wanted| if path.is_some() { known.path == path } else { known.text == text && known.path.is_none() };
                if !wanted.iter().any(same) {
                    wanted.push(Wanted { text, path, query });
                }
            }
        }
        Some(wanted)
    }

    fn told(&self, change: &Changed<'_>) -> Option<Change> {
        let entry = change.entry()?;
        let facts = if change.to.is_some() { &self.after } else { &self.before };
        let source = facts.sources.iter().find(|source| source.id == entry.at.file);
        let place = source.map_or_else(report::Place::default, |source| report::Place {
            file: source.name.clone(),
            line: source.position(entry.at.span.start).line,
        });
        let defines = matches!(entry.what, "definition" | "setting" | "replacement");
        let text = |entry: &Entry| {
            let line = on_one_line(&entry.text);
            if defines { report::right_side(&line).to_owned() } else { line }
        };
        let value = |facts: &Facts, entry: Option<&Entry>| {
            let certain = |entry: &&Entry| entry.what == "definition" && !text(entry).starts_with('~');
            entry.filter(certain).and_then(|entry| constant(facts, &entry.name))
        };
        Some(Change {
            sort: change.sort(),
            what: entry.what,
            name: entry.name.clone(),
            from: change.from.map(text),
            to: change.to.map(text),
            values: [value(&self.before, change.from), value(&self.after, change.to)],
            place,
        })
    }
}

/// A figure before, with the unit of the one after where it is new.
fn joined(told: Figure, before: &Measured, other: &Figure) -> Figure {
    if before.unit.is_empty() && before.value == report::Value::Blank {
        return Figure { unit: other.unit.clone(), apart: other.apart.clone(), ..told };
    }
    told
}

/// The value of a definition that does not change over time.
fn constant(facts: &Facts, name: &str) -> Option<Shown> {
    let model = facts.model.as_ref()?;
    let cell = model.find(name)?;
    let Content::Computed(expr) = model.content(cell, None) else { return None };
    if model.expr(expr).shape != Shape::Constant {
        return None;
    }
    let target = report::of_cell(cell, None);
    let run = computed(model, &[target], &[], &facts.how()).ok()?;
    Some(run.outcome(model, &facts.sources).shown_cell(cell, None))
}
