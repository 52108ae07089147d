//! The lines around marks, cut to the width and drawn by miette.

use std::fmt;

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use unicode_width::UnicodeWidthStr;

use super::clip::{Focus, Room, TAB, clip, middle, width_up_to};
use super::escape::one_line;
use super::mark::Mark;
use super::wrap::wrap;
use crate::text::Source;

/// The narrowest column a label's text is folded into.
const NARROWEST: usize = 12;

/// How the drawings look.
#[derive(Clone, Debug)]
pub(super) struct Look {
    /// Signs and colours.
    pub theme: GraphicalTheme,
    /// Whether to use colours, and bold letters with them.
    pub colour: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// What stands for a part left out.
    pub ellipsis: &'static str,
}

/// Draws the marks, each file's in turn: lines near each other in one snippet, marks that overlap in several.
pub(super) fn draw(marks: &[Mark<'_>], look: &Look) -> String {
    let mut out = String::new();
    let mut rest: Vec<&Mark<'_>> = marks.iter().collect();
    while let Some(source) = rest.first().map(|mark| mark.source) {
        let (here, elsewhere): (Vec<_>, Vec<_>) = rest.into_iter().partition(|mark| mark.source.id == source.id);
        let room = room(&here, look);
        for layer in layers(here, room) {
            for block in blocks(layer) {
                out.push_str(&snippet(source, &block, room, look));
            }
        }
        rest = elsewhere;
    }
    out
}

/// The columns left for a file's text beside line numbers and brackets.
fn room(marks: &[&Mark<'_>], look: &Look) -> Room {
    let last = marks.iter().map(|mark| mark.lines.1 + 2).max().unwrap_or(1);
    let tall = marks.iter().filter(|mark| !mark.is_flat()).count();
    let gutter = last.to_string().len() + 4 + if tall > 0 { tall + 3 } else { 0 };
    Room { columns: look.width.saturating_sub(gutter).max(20), ellipsis: look.ellipsis }
}

/// Marks that can be drawn together, in the order of their importance.
fn layers<'m, 'a>(marks: Vec<&'m Mark<'a>>, room: Room) -> Vec<Vec<&'m Mark<'a>>> {
    let mut layers: Vec<Vec<&Mark<'_>>> = Vec::new();
    for mark in marks {
        match layers.iter_mut().find(|layer| layer.iter().all(|other| fit(mark, other, room))) {
            Some(layer) => layer.push(mark),
            None => layers.push(vec![mark]),
        }
    }
    layers
}

/// Whether two marks can stand in one drawing: on different lines, or side by side within the width.
fn fit(one: &Mark<'_>, other: &Mark<'_>, room: Room) -> bool {
    if !one.is_flat() && !other.is_flat() {
        return one.lines.1 < other.lines.0 || other.lines.1 < one.lines.0;
    }
    if !one.is_flat() || !other.is_flat() || one.lines != other.lines {
        return true;
    }
    let (left, right) = if one.span.start <= other.span.start { (one, other) } else { (other, one) };
    if right.span.start < left.span.end.max(left.span.start + 1) {
        return false;
    }
    let between = left.source.text.get(left.span.start as usize..right.span.start as usize).unwrap_or("");
    let under = right.source.slice(right.span);
    // How wide a tab is depends on what stands before it, and the line may be cut there.
    let slack = if between.contains('\t') || under.contains('\t') { TAB } else { 0 };
    let start = slack + width_up_to(between, room.columns);
    let end = start + width_up_to(under, room.columns);
    middle(start, end, room) + need(right) + room.ellipsis.width() <= room.columns
}

/// The columns a mark's text wants, from the middle of the mark.
fn need(mark: &Mark<'_>) -> usize {
    4 + mark.text.width().min(NARROWEST + 4)
}

/// Lines drawn in one snippet, and the marks in them.
struct Block<'m, 'a> {
    first: u32,
    last: u32,
    marks: Vec<&'m Mark<'a>>,
}

/// The marks by line, those near each other together; the place to edit comes first.
fn blocks<'m, 'a>(mut marks: Vec<&'m Mark<'a>>) -> Vec<Block<'m, 'a>> {
    marks.sort_by_key(|mark| mark.span);
    let mut blocks: Vec<Block<'m, 'a>> = Vec::new();
    for mark in marks {
        let (first, last) = with_neighbours(mark);
        match blocks.last_mut().filter(|block| first <= block.last + 2) {
            Some(block) => {
                block.last = block.last.max(last);
                block.first = block.first.min(first);
                block.marks.push(mark);
            }
            None => blocks.push(Block { first, last, marks: vec![mark] }),
        }
    }
    blocks.sort_by_key(|block| !block.marks.iter().any(|mark| mark.primary));
    blocks
}

/// A mark's lines and, where they say something, the lines above and below.
fn with_neighbours(mark: &Mark<'_>) -> (u32, u32) {
    let says = |line: u32| !mark.source.slice(mark.source.line_span(line)).trim().is_empty();
    let (first, last) = mark.lines;
    let above = first.checked_sub(1).filter(|line| says(*line)).unwrap_or(first);
    let below = Some(last + 1).filter(|line| *line < mark.source.line_count() && says(*line)).unwrap_or(last);
    (above, below)
}

fn snippet(source: &Source, block: &Block<'_, '_>, room: Room, look: &Look) -> String {
    let mut text = String::new();
    let mut spans = vec![(0, 0); block.marks.len()];
    let mut texts: Vec<String> = block.marks.iter().map(|mark| folded(&mark.text, room.columns - 2)).collect();
    for line in block.first..=block.last {
        let span = source.line_span(line);
        let (mut places, mut owners, mut foci) = (Vec::new(), Vec::new(), Vec::new());
        for (index, mark) in block.marks.iter().enumerate() {
            if mark.lines.0 != line && mark.lines.1 != line {
                continue;
            }
            let local = |byte: u32| byte.clamp(span.start, span.end) as usize - span.start as usize;
            let range = local(mark.span.start)..local(mark.span.end);
            if mark.is_flat() {
                foci.push(Focus { range: range.clone(), need: need(mark) });
            }
            places.push(range);
            owners.push((index, mark));
        }
        let clipped = clip(source.slice(span), &foci, &places, room);
        for ((index, mark), place) in owners.into_iter().zip(&clipped.places) {
            let Some(drawn) = spans.get_mut(index) else { continue };
            if mark.lines.0 == line {
                drawn.0 = text.len() + place.start;
            }
            if mark.lines.1 == line {
                drawn.1 = text.len() + place.end;
            }
            if let (true, Some(label)) = (mark.is_flat(), texts.get_mut(index)) {
                let before = clipped.text.get(..place.start).unwrap_or("").width();
                let under = clipped.text.get(place.clone()).unwrap_or("").width();
                *label = folded(&mark.text, room.columns.saturating_sub(middle(before, before + under, room) + 4));
            }
        }
        text.push_str(&clipped.text);
        text.push('\n');
    }
    let labels = spans
        .iter()
        .zip(texts)
        .map(|(span, text)| LabeledSpan::new(Some(text).filter(|text| !text.is_empty()), span.0, span.1.saturating_sub(span.0)))
        .collect();
    let excerpt = Excerpt { name: heading(source, block), first: block.first as usize, count: (block.last - block.first + 1) as usize, text };
    excerpt.draw(labels, &block.marks, look)
}

/// A label's text, folded to the columns left for it.
fn folded(text: &str, columns: usize) -> String {
    wrap(text, columns.max(NARROWEST)).join("\n")
}

/// `plan.biz:4:11`, the place of the block's first mark in the order of the diagnostic.
fn heading(source: &Source, block: &Block<'_, '_>) -> String {
    let mark = block.marks.iter().find(|mark| mark.primary).or(block.marks.first());
    let at = source.position(mark.map_or(0, |mark| mark.span.start));
    format!("{}:{}:{}", one_line(&source.name), at.line, at.column)
}

/// Some lines of a file, as they are drawn. What miette reads is always the whole of it: the file's own line index
/// has cut it out already, and columns are ours, in code points.
#[derive(Debug)]
struct Excerpt {
    name: String,
    first: usize,
    count: usize,
    text: String,
}

impl Excerpt {
    fn draw(self, labels: Vec<LabeledSpan>, marks: &[&Mark<'_>], look: &Look) -> String {
        let mut theme = look.theme.clone();
        let other = theme.styles.advice;
        let primary = if look.colour { theme.styles.error.bold() } else { theme.styles.error };
        theme.styles.highlights = marks.iter().map(|mark| if mark.primary { primary } else { other }).collect();
        let handler = GraphicalReportHandler::new_themed(theme)
            .with_width(look.width)
            .with_wrap_lines(false)
            .without_primary_span_start()
            .without_syntax_highlighting()
            .with_context_lines(0);
        let mut out = String::new();
        // Fails only where the excerpt can't be read, and it always can.
        let _ = handler.render_report(&mut out, &Drawing { labels, excerpt: self });
        out.strip_prefix('\n').map(str::to_owned).unwrap_or(out)
    }
}

impl SourceCode for Excerpt {
    fn read_span<'a>(&'a self, _: &SourceSpan, _: usize, _: usize) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let whole = SourceSpan::from((0, self.text.len()));
        let contents = MietteSpanContents::new_named(self.name.clone(), self.text.as_bytes(), whole, self.first, 0, self.count);
        Ok(Box::new(contents))
    }
}

/// What miette is given: labels in an excerpt, no message.
#[derive(Debug)]
struct Drawing {
    labels: Vec<LabeledSpan>,
    excerpt: Excerpt,
}

impl fmt::Display for Drawing {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Drawing {}

impl miette::Diagnostic for Drawing {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}
