//! Parts: a share of a simulation, made anywhere, kept in a file, and joined with the others to what one run tells.
//!
//! A part holds the text of its model with everything that was asked, so that the report comes from the same code as that
//! of one run, needs no other file, and two parts are of one run exactly if these are equal to the byte.

use super::asked::Ask;
use super::facts::Facts;
use super::files::Files;
use super::kept::Keeping;
use super::mistakes;
use super::plan::{Plan, Question};
use super::sampling::{How, Stopped};
use crate::diagnostic::Diagnostic;
use crate::report::Simulation;
use crate::run::record::{Reader, Writer, checksum};
use crate::run::{Across, Aim, Misfit, Partial, Sampled, SampledPart, Seeds, sampled_from, sampled_part, share_of};
use crate::tape::Tape;
use std::collections::BTreeMap;
use std::ops::Range;

/// What a part begins with; the last byte is the version of its form.
const MARK: &[u8; 8] = b"bizpart\x01";

/// Which share of the samples is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// Its number, from 1 on.
    pub number: u64,
    /// Of how many.
    pub of: u64,
    /// How many samples every share plays to learn where to look for percentiles; 0 to keep every value.
    pub pilot: Option<u64>,
}

/// What some of the samples of a simulation came to.
#[derive(Clone, Debug)]
pub struct Part {
    plan: Plan,
    partial: Partial,
    across: Across,
}

impl Facts {
    /// Plays a share of the samples of a model; no part if there is an error, which is then among the mistakes.
    #[must_use]
    pub fn part(files: &dyn Files, ask: &Ask<'_>, question: Question, share: Share) -> (Self, Option<Part>) {
        let keeping = Keeping::new(files);
        let mut facts = Self::open(&keeping, ask);
        let How { samples, watch, .. } = facts.how();
        let usual = Aim::at(samples.count);
        let aim = Aim { pilot: share.pilot.unwrap_or(usual.pilot).min(samples.count), ..usual };
        let range = share_of(samples.count, share.number, share.of);
        let mut played = None;
        let play = |tape: &Tape, seeds: &Seeds, outputs: &[_]| {
            let found = sampled_part(tape, seeds, outputs, samples.threads, &range, aim, watch);
            let columns = found.columns.clone();
            played = Some(found);
            Ok(Sampled { columns, summaries: Vec::new(), done: samples.count, faults: BTreeMap::new() })
        };
        if facts.simulate_by(question.by, &question.only, &question.shares, play).is_none() {
            return (facts, None);
        }
        let (partial, across) = match played {
            Some(SampledPart { partial, across, whole: true, .. }) => (partial, across),
            Some(SampledPart { whole: false, .. }) => {
                facts.stopped = Some(Stopped { done: 0, of: range.end - range.start });
                return (facts, None);
            }
            // There is nothing to look at.
            None => (Partial::of(&range, 0), Across::default()),
        };
        let plan = Plan::new(keeping.kept(), ask, question, samples, aim);
        (facts, Some(Part { plan, partial, across }))
    }
}

impl Part {
    /// Which samples it holds.
    #[must_use]
    pub fn ranges(&self) -> &[Range<u64>] {
        self.partial.ranges()
    }

    /// How many samples the whole run has.
    #[must_use]
    pub const fn samples(&self) -> u64 {
        self.plan.samples.count
    }

    /// Whether the model asks for figures across samples, for which every part plays all of them.
    #[must_use]
    pub const fn looks_across(&self) -> bool {
        !self.across.is_empty()
    }

    /// The bytes of its file: the same for the same samples of the same question, whoever played and joined them.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        self.plan.write(&mut writer);
        writer.list(&self.plan.files.names(), |to, (path, name)| {
            to.text(path);
            to.text(name);
        });
        self.across.write(&mut writer);
        self.partial.write(&mut writer);
        let mut bytes = MARK.to_vec();
        bytes.extend(writer.finish());
        let sum = checksum(&bytes);
        bytes.extend(sum.to_le_bytes());
        bytes
    }

    /// A part from the bytes of the file with a name.
    ///
    /// # Errors
    /// If they are no part, are damaged, or were made by another version.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, Box<Diagnostic>> {
        let (form, mark) = MARK.split_last().unwrap_or((&0, &[]));
        let known = bytes.strip_prefix(mark).and_then(|rest| rest.split_first());
        match known {
            None => return Err(Box::new(mistakes::no_part(name))),
            Some((found, _)) if found != form => return Err(Box::new(mistakes::part_of_other_version(name, None))),
            Some(_) => {}
        }
        let damaged = || Box::new(mistakes::part_damaged(name));
        let (rest, sum) = bytes.split_last_chunk().ok_or_else(damaged)?;
        if checksum(rest) != u64::from_le_bytes(*sum) {
            return Err(damaged());
        }
        let mut reader = Reader::new(rest.get(MARK.len()..).unwrap_or_default());
        let plan = Plan::read(&mut reader).ok_or_else(damaged)?;
        if !plan.is_of_this_build() {
            return Err(Box::new(mistakes::part_of_other_version(name, Some(plan.version()))));
        }
        Self::behind(plan, &mut reader).ok_or_else(damaged)
    }

    /// What stands behind the plan.
    fn behind(mut plan: Plan, reader: &mut Reader<'_>) -> Option<Self> {
        let names = reader.list(16, |from| Some((from.text()?, from.text()?)))?;
        let across = Across::read(reader)?;
        let partial = Partial::read(reader, plan.samples.count)?;
        plan.files = plan.files.named(names);
        reader.is_at_end().then_some(Self { plan, partial, across })
    }

    /// Joins parts of one run, each with the name of its file; none of none.
    ///
    /// # Errors
    /// If they are of different runs, or two hold the same samples.
    pub fn merge(parts: Vec<(String, Self)>) -> Result<Option<Self>, Box<Diagnostic>> {
        let mut parts = parts.into_iter();
        let Some((first, mut whole)) = parts.next() else { return Ok(None) };
        let mut names = vec![first];
        for (name, part) in parts {
            let beside = names.first().map_or("", String::as_str);
            if let Some(difference) = whole.plan.difference(&part.plan) {
                return Err(Box::new(mistakes::part_of_other_run(&name, beside, difference)));
            }
            let bits = |part: &Self| {
                let mut writer = Writer::default();
                part.across.write(&mut writer);
                writer.finish()
            };
            let other = "its numbers are not those of the same run";
            if bits(&whole) != bits(&part) {
                return Err(Box::new(mistakes::part_of_other_run(&name, beside, other)));
            }
            // The names of the files are those of the part with the first samples, whatever the order.
            let first = |part: &Self| (part.ranges().first().map_or(u64::MAX, |range| range.start), part.plan.files.names());
            if first(&part) < first(&whole) {
                whole.plan.files = part.plan.files;
            }
            whole.partial.merge(part.partial).map_err(|misfit| {
                Box::new(match misfit {
                    Misfit::Overlap(range) => mistakes::parts_overlap(&name, &range),
                    Misfit::Foreign => mistakes::part_of_other_run(&name, beside, other),
                })
            })?;
            names.push(name);
        }
        Ok(Some(whole))
    }

    /// What the run tells whose parts these are, within the limits and before the eyes of who asks; no simulation if there is an error, which is then among the mistakes.
    ///
    /// # Errors
    /// If samples are missing.
    pub fn told(self, ask: &Ask<'_>) -> Result<(Facts, Option<Simulation>), Box<Diagnostic>> {
        let Self { plan, partial, across } = self;
        let samples = plan.samples.count;
        let gaps = partial.gaps(samples);
        if !gaps.is_empty() {
            return Err(Box::new(mistakes::parts_missing(&gaps, samples)));
        }
        let mut facts = Facts::open(&plan.files, &Ask { limits: ask.limits, watch: ask.watch, ..plan.ask() });
        let Question { by, only, shares } = &plan.question;
        let play = |tape: &Tape, _: &Seeds, outputs: &[_]| sampled_from(tape, samples, outputs, partial, across);
        let told = facts.simulate_by(*by, only, shares, play);
        Ok((facts, told))
    }
}
