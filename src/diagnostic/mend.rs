//! A fix drawn as the lines it leads to, ready to be copied.

use std::collections::BTreeMap;
use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use super::clip::{Focus, Room, clip, width_up_to};
use super::excerpt::Look;
use super::mark::find;
use super::shape::Fix;
use crate::text::Source;

/// How many lines of a fix are drawn.
const TALLEST: usize = 8;

/// The blanks before each line.
const INDENT: &str = "        ";

/// The mended lines, each with what is new underlined; nothing where a fix has no place in the sources.
pub(super) fn draw(fix: &Fix, sources: &[Source], look: &Look) -> Vec<String> {
    let mut files: BTreeMap<u32, Vec<(Range<usize>, &str)>> = BTreeMap::new();
    for edit in &fix.edits {
        if let Some((source, span)) = find(sources, edit.at) {
            files.entry(source.id.0).or_default().push((span.range(), &edit.text));
        }
    }
    let mut mended = Vec::new();
    for source in sources {
        for cluster in clusters(source, files.remove(&source.id.0).unwrap_or_default()) {
            mended.extend(mend(source, &cluster));
        }
    }
    let more = mended.len().saturating_sub(TALLEST);
    let margin = mended.iter().filter(|line| !line.text.trim().is_empty()).map(Mended::margin).min().unwrap_or(0);
    let mut lines: Vec<String> = mended.iter().take(TALLEST).flat_map(|line| drawn(line, margin, look)).collect();
    if more > 0 {
        lines.push(format!("{INDENT}{}", look.ellipsis));
    }
    lines
}

/// One line after the fix, and what is new in it.
struct Mended {
    text: String,
    new: Vec<Range<usize>>,
}

impl Mended {
    fn margin(&self) -> usize {
        self.text.len() - self.text.trim_start().len()
    }
}

/// The edits in order, those that touch a common line together.
fn clusters<'e>(source: &Source, mut edits: Vec<(Range<usize>, &'e str)>) -> Vec<Vec<(Range<usize>, &'e str)>> {
    edits.sort_by_key(|edit| (edit.0.start, edit.0.end));
    let mut clusters: Vec<Vec<(Range<usize>, &str)>> = Vec::new();
    let mut last = None;
    for edit in edits {
        let (first, end) = (source.line_of(edit.0.start as u32), source.line_of(edit.0.end as u32));
        match clusters.last_mut().filter(|_| last.is_some_and(|last| first <= last)) {
            Some(cluster) => cluster.push(edit),
            None => clusters.push(vec![edit]),
        }
        last = last.max(Some(end));
    }
    clusters
}

/// The lines that the edits of one cluster touch, with the edits made.
fn mend(source: &Source, edits: &[(Range<usize>, &str)]) -> Vec<Mended> {
    let first = edits.first().map_or(0, |edit| edit.0.start);
    let last = edits.iter().map(|edit| last_byte(source, edit)).max().unwrap_or(first);
    let mut at = source.line_span(source.line_of(first as u32)).start as usize;
    let end = (source.line_span(source.line_of(last as u32)).end as usize).max(last);
    let mut text = String::new();
    let mut new = Vec::new();
    for (range, by) in edits {
        text.push_str(source.text.get(at..range.start).unwrap_or(""));
        new.push(text.len()..text.len() + by.len());
        text.push_str(by);
        at = at.max(range.end);
    }
    text.push_str(source.text.get(at..end).unwrap_or(""));
    split(&text, &new)
}

/// The end of an edit; one that takes whole lines does not touch the line behind them.
fn last_byte(source: &Source, (range, by): &(Range<usize>, &str)) -> usize {
    let whole = source.text.get(range.clone()).is_some_and(|old| old.ends_with('\n')) && (by.is_empty() || by.ends_with('\n'));
    range.end - usize::from(whole)
}

/// Cuts a text into lines, and each range at their ends. A line that held nothing but what was taken out is dropped.
fn split(text: &str, new: &[Range<usize>]) -> Vec<Mended> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let end = start + line.len();
        let shown = line.trim_end();
        let inside = |range: &Range<usize>| range.start.clamp(start, start + shown.len()) - start..range.end.clamp(start, start + shown.len()) - start;
        let touched = new.iter().filter(|range| range.start <= end && range.end >= start).map(inside);
        lines.push(Mended { text: shown.to_owned(), new: touched.filter(|range| !range.is_empty()).collect() });
        start = end + 1;
    }
    lines.retain(|line| !line.text.is_empty());
    lines
}

/// The new part of a line, wholly in sight where it fits, and a little behind it.
fn focus(text: &str, range: &Range<usize>, room: Room) -> Focus {
    let wide = width_up_to(text.get(range.clone()).unwrap_or(""), room.columns);
    Focus { range: range.clone(), need: (wide.div_ceil(2) + 4).min(room.columns / 2) }
}

fn drawn(line: &Mended, margin: usize, look: &Look) -> Vec<String> {
    let room = Room { columns: look.width.saturating_sub(INDENT.len()), ellipsis: look.ellipsis };
    let text = line.text.get(margin..).unwrap_or("");
    let places: Vec<Range<usize>> = line.new.iter().map(|new| new.start.saturating_sub(margin)..new.end.saturating_sub(margin)).collect();
    let foci: Vec<Focus> = places.first().map(|range| focus(text, range, room)).into_iter().collect();
    let clipped = clip(text, &foci, &places, room);
    let mut lines = vec![format!("{INDENT}{}", clipped.text)];
    let mut under = String::new();
    // A line that is new as a whole needs no underline.
    let old = text.trim().len() > places.iter().map(|place| text.get(place.clone()).unwrap_or("").trim().len()).sum();
    for place in clipped.places.iter().filter(|_| old) {
        let before = clipped.text.get(..place.start).unwrap_or("").width();
        let wide = clipped.text.get(place.clone()).unwrap_or("").width();
        under.extend(std::iter::repeat_n(' ', before.saturating_sub(under.width())));
        under.extend(std::iter::repeat_n(look.theme.characters.underline, wide));
    }
    if !under.trim().is_empty() {
        lines.push(format!("{INDENT}{}", look.theme.styles.help.style(under)));
    }
    lines
}
