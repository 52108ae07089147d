//! Workers: the threads that play samples, and how what they have seen is joined.

use super::chunk::{Chunk, Sink};
use super::row::{LANES, Row};
use super::slow::Whole;
use super::tally::Tally;
use crate::run::Watch;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

/// Up to so many samples nobody stops a run.
const ALWAYS: u64 = 2_048;

/// How far the samples are.
pub(super) struct Progress<'a> {
    pub watch: &'a dyn Watch,
    pub done: AtomicU64,
    pub of: u64,
}

impl Progress<'_> {
    pub fn goes_on(&self) -> bool {
        self.watch.goes_on(self.done.load(Ordering::Relaxed), self.of)
    }
}

/// Who plays chunks.
pub(super) enum Player<'p, 't> {
    Chunk(Chunk<'p, 't>),
    Whole(Whole<'p>),
}

/// Blocks of samples that wait for a worker: a core that others use as well takes fewer of them.
pub(super) struct Blocks {
    next: AtomicU64,
    end: u64,
}

impl Blocks {
    pub fn of(samples: Range<u64>) -> Self {
        Self { next: AtomicU64::new(samples.start), end: samples.end }
    }

    /// The first sample of the next block, and how many it has.
    fn take(&self) -> Option<(u64, usize)> {
        let first = self.next.fetch_add(LANES as u64, Ordering::Relaxed);
        (first < self.end).then(|| (first, (self.end - first).min(LANES as u64) as usize))
    }
}

/// A thread's part.
pub(super) struct Worker<'p, 't> {
    pub player: Player<'p, 't>,
    pub tallies: Vec<Tally>,
}

impl Worker<'_, '_> {
    /// Plays one block after the other, as long as there is one that no other worker has taken.
    pub fn play(&mut self, blocks: &Blocks, starts: &[usize], progress: &Progress<'_>) {
        while let Some((first, live)) = blocks.take() {
            let mut sink = Taking { tallies: &mut self.tallies, starts, first };
            match &mut self.player {
                Player::Chunk(chunk) => chunk.play(first, live, &mut sink),
                Player::Whole(whole) => whole.play(first, live, &mut sink),
            }
            progress.done.fetch_add(live as u64, Ordering::Relaxed);
            // The first samples are always played, so that there is something to tell.
            if first >= ALWAYS && !progress.goes_on() {
                return;
            }
        }
    }
}

struct Taking<'a> {
    tallies: &'a mut [Tally],
    starts: &'a [usize],
    first: u64,
}

impl Sink for Taking<'_> {
    fn take(&mut self, output: u32, step: u32, row: &Row, live: usize) {
        let start = self.starts.get(output as usize).copied().unwrap_or(usize::MAX);
        if let Some(tally) = self.tallies.get_mut(start.saturating_add(step as usize)) {
            tally.take(row, self.first, live);
        }
    }

    fn doubt(&mut self) {
        self.tallies.iter_mut().take(1).for_each(|tally| tally.suspect = true);
    }
}

/// What comes after a leg.
#[derive(Clone, Copy)]
pub(super) struct Next {
    /// How many standard errors of its rank a share is looked for to either side.
    pub errors: f64,
    /// How many values are to come, in the leg that brings most of them, for each that lies where a share is looked for.
    pub more: f64,
}

/// Joins what the workers have seen; where more is to come, all know from here on where to look.
pub(super) fn gather(tallies: &mut [Tally], workers: &mut [Worker<'_, '_>], next: Option<Next>) {
    let workers_each = workers.len().max(1) as f64;
    let part = tallies.len().div_ceil(workers.len().max(1)).max(1);
    let mut parts: Vec<(&mut [Tally], Vec<&mut [Tally]>)> = tallies.chunks_mut(part).map(|own| (own, Vec::new())).collect();
    for worker in workers {
        for ((_, theirs), chunk) in parts.iter_mut().zip(worker.tallies.chunks_mut(part)) {
            theirs.push(chunk);
        }
    }
    on_threads(parts, |(own, mut theirs)| {
        for (at, tally) in own.iter_mut().enumerate() {
            theirs.iter_mut().filter_map(|tallies| tallies.get_mut(at)).for_each(|other| tally.absorb(other));
            if let Some(Next { errors, more }) = next {
                tally.draw_in(errors);
                tally.make_room(more);
                theirs.iter_mut().filter_map(|tallies| tallies.get_mut(at)).for_each(|other| other.look_where(tally, more / workers_each));
            }
        }
    });
}

/// What becomes of each of some things, in their order; so many threads work on them.
pub(super) fn side_by_side<T: Send, R: Send>(things: Vec<T>, threads: usize, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    let part = things.len().div_ceil(threads.max(1)).max(1);
    let mut things = things.into_iter();
    let parts = std::iter::from_fn(|| Some(things.by_ref().take(part).collect::<Vec<T>>()).filter(|part| !part.is_empty()));
    let results = on_threads(parts.collect(), |part: Vec<T>| part.into_iter().map(&work).collect::<Vec<R>>());
    results.into_iter().flatten().collect()
}

/// What becomes of each of some things, in their order, each on a thread of its own, of which the last is this one.
pub(super) fn on_threads<T: Send, R: Send>(mut things: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    let Some(last) = things.pop() else { return Vec::new() };
    let work = &work;
    std::thread::scope(|scope| {
        let others: Vec<_> = things.into_iter().map(|thing| scope.spawn(move || work(thing))).collect();
        let last = work(last);
        let joined = others.into_iter().map(|other| other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        joined.collect::<Vec<R>>().into_iter().chain([last]).collect()
    })
}
