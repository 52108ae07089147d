//! Lines: figures over time, each a stroke through its points; of several each has a letter.

use super::dots::{ACROSS, DOWN, Dots};
use super::field::{Field, Tint, tinted};
use super::frame::Frame;
use super::{Style, titled, told};
use crate::report::number::{compact, plain, with_unit};
use crate::report::plot::{Line, Lines};

/// The dots of points without a gap between them.
type Run = Vec<(usize, usize)>;

/// How far apart a figure's letter stands on its line.
const LETTERS: usize = 18;

pub(super) fn lines(lines: &Lines, style: Style) -> String {
    let title = titled(&lines.title, &lines.unit);
    let mut out = if title.is_empty() { String::new() } else { told("", &title, style) };
    let frame = Frame::new(&lines.axis, &lines.unit, style);
    let mut field = Field::new(frame.columns, frame.rows);
    let several = lines.lines.len() > 1;
    let strokes: Vec<(usize, Vec<Run>)> = lines.lines.iter().enumerate().map(|(at, line)| (at, places(line, &frame))).collect();
    for (at, runs) in &strokes {
        let tint = if several { Tint::Figure(*at) } else { Tint::Plain };
        stroked(runs, &frame).onto(&mut field, style.signs, if several { letter(*at) } else { '*' }, tint);
    }
    if several {
        // Behind all strokes, so that none is hidden by another.
        strokes.iter().for_each(|(at, runs)| letters(*at, strokes.len(), runs, &mut field));
    }
    out += &frame.around(field, &lines.times, style);
    if several {
        for (at, line) in lines.lines.iter().enumerate() {
            let tint = tinted(&letter(at).to_string(), Tint::Figure(at), style.colour);
            out += &told("  X  ", &line.label, style).replacen('X', &tint, 1);
        }
    }
    out + &ends(lines, &frame, style)
}

/// `a`, `b`, …; from the 27th on capitals, then again.
fn letter(at: usize) -> char {
    let letters = ('a'..='z').chain('A'..='Z');
    letters.cycle().nth(at % 52).unwrap_or('a')
}

/// The dots of a line's points, in runs without a gap.
fn places(line: &Line, frame: &Frame) -> Vec<Run> {
    let count = line.points.len();
    let mut runs: Vec<Run> = vec![Run::new()];
    for (at, point) in line.points.iter().enumerate() {
        match (point, runs.last_mut()) {
            (Some(value), Some(run)) => run.push((frame.across(at, count, ACROSS), frame.dot(*value, DOWN))),
            (None, _) | (_, None) => runs.push(Vec::new()),
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

fn stroked(runs: &[Run], frame: &Frame) -> Dots {
    let mut dots = Dots::new(frame.columns, frame.rows);
    for run in runs {
        let next = run.iter().skip(1).chain(run.last());
        run.iter().zip(next).for_each(|(from, to)| dots.stroke(*from, *to));
    }
    dots
}

/// Puts the letter of a line on it: at its last point, and now and then before, each line's somewhere else.
fn letters(figure: usize, of: usize, runs: &[Run], field: &mut Field) {
    let points: Vec<(usize, usize)> = runs.iter().flatten().map(|(x, y)| (x / ACROSS, y / DOWN)).collect();
    let Some(last) = points.last().copied() else { return };
    let first = LETTERS * (figure + 1) / (of + 1);
    let mut next = first;
    let mut marks = Vec::new();
    for pair in points.windows(2) {
        let [from, to] = pair else { continue };
        while next <= to.0 {
            if next >= from.0 {
                marks.push((next, between(*from, *to, next)));
            }
            next += LETTERS;
        }
    }
    // The end may be shared by lines: there the last drawn is seen, and the others along their way.
    marks.retain(|(column, _)| column.abs_diff(last.0) > 2);
    for (column, row) in marks.into_iter().chain([last]) {
        field.put(column, row, letter(figure), Tint::Figure(figure));
    }
}

fn between(from: (usize, usize), to: (usize, usize), column: usize) -> usize {
    let (across, along) = ((to.0 - from.0).max(1), column - from.0);
    let moved = (from.1.abs_diff(to.1) * along * 2 + across) / (across * 2);
    if to.1 >= from.1 { from.1 + moved } else { from.1 - moved }
}

/// What a reader can't see from the drawing: the ends of one figure, gaps, and the numbers that had no room.
fn ends(lines: &Lines, frame: &Frame, style: Style) -> String {
    let is_brief = frame.is_numbered() && (frame.scale.steps == 0 || compact(lines.axis.low) != compact(lines.axis.high));
    let shown = |value: f64| {
        let digits = if is_brief { compact(value) } else { plain(value) };
        with_unit(&digits, &lines.unit)
    };
    let mut out = String::new();
    let period = |at: usize| lines.times.labels.get(at).map_or("", String::as_str);
    if let [line] = lines.lines.as_slice() {
        let there = || line.points.iter().enumerate().filter_map(|(at, point)| Some((at, (*point)?)));
        let lowest = there().min_by(|one, other| one.1.total_cmp(&other.1));
        // The first of the highest.
        let highest = there().rev().max_by(|one, other| one.1.total_cmp(&other.1));
        out += &match (lowest, highest) {
            // Shares have an axis with steps also where all of them are the same.
            (Some(low), Some(high)) if frame.scale.steps > 0 && low.1 < high.1 => {
                told("", &format!("lowest {} in {}, highest {} in {}", shown(low.1), period(low.0), shown(high.1), period(high.0)), style)
            }
            (Some(low), Some(_)) => told("", &format!("{} throughout", shown(low.1)), style),
            (None, _) | (_, None) => told("", "nothing to draw: blank in every period", style),
        };
    } else if !frame.is_numbered() {
        out += &told("", &format!("from {} to {}", shown(lines.axis.low), shown(lines.axis.high)), style);
    }
    for line in &lines.lines {
        let blank = line.points.iter().filter(|point| point.is_none()).count();
        if blank > 0 && blank < line.points.len() {
            let of = if lines.lines.len() > 1 { format!("{}: ", line.label) } else { String::new() };
            out += &told("", &format!("{of}no value in {blank} of {} periods", line.points.len()), style);
        }
    }
    out
}
