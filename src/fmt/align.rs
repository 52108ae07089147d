//! Alignment: neighbouring lines of one shape share their columns, and the comments behind lines theirs.

use super::STEP;
use super::fold::{Fold, fold};
use unicode_width::UnicodeWidthStr;

/// A line before it is drawn.
pub(super) struct Line<'s> {
    /// Whether a blank line stands before it.
    pub blank: bool,
    pub indent: usize,
    pub shape: Shape,
    /// What stands side by side in it.
    pub cells: Vec<String>,
    /// What its last cell is made of, where that is too long for one line.
    pub fold: Option<Fold<'s>>,
    /// The comment at its end.
    pub comment: Option<&'s str>,
}

/// What a line is; only lines of one shape are aligned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// `name`, `= value`
    Definition,
    /// `key:`, `value`
    Row,
    /// `kind name`, `"Title"`, `{ … }`
    Block,
    /// `require condition`, `"message"`
    Claim,
    /// A comment on a line of its own.
    Comment,
    /// What stays as it is written, indentation included.
    Raw,
    /// Anything else.
    Other,
}

/// A first cell wider than this moves no other.
const WIDEST_NAME: usize = 40;

/// A line wider than this moves no comment and no message of shorter lines.
const WIDEST_BEFORE: usize = 60;

/// Lines longer than that whose lengths differ by no more than this have a column of their own.
const ABOUT_EQUAL: usize = 8;

impl<'s> Line<'s> {
    pub fn new(indent: usize, shape: Shape, cells: Vec<String>) -> Self {
        Self { blank: false, indent, shape, cells, fold: None, comment: None }
    }

    fn cell(&self, at: usize) -> usize {
        self.cells.get(at).map_or(0, |cell| cell.width())
    }
}

/// A line as it will stand, its comment still apart.
struct Drawn<'s> {
    blank: bool,
    text: String,
    comment: Option<&'s str>,
    /// Its comment stands by itself: the line is one, or is kept as it was.
    apart: bool,
}

/// The text of all lines.
pub(super) fn draw(lines: Vec<Line<'_>>) -> String {
    let mut drawn = Vec::with_capacity(lines.len());
    let mut rest = lines.as_slice();
    while let Some(first) = rest.first() {
        let same = |line: &&Line<'_>| line.shape == first.shape && line.indent == first.indent && !line.blank;
        let run = 1 + rest.iter().skip(1).take_while(same).count();
        let (now, later) = rest.split_at(run);
        let columns = columns(now);
        now.iter().for_each(|line| physical(line, &columns, &mut drawn));
        rest = later;
    }
    written(&drawn)
}

/// The widths that the first cells of a run are padded to.
fn columns(run: &[Line<'_>]) -> [usize; 2] {
    let widest = |at: usize, limit: usize| {
        let padded = run.iter().filter(|line| line.cells.len() > at + 1 || line.fold.is_some() && line.cells.len() == at + 1);
        padded.map(|line| line.cell(at)).filter(|width| *width <= limit).max().unwrap_or(0)
    };
    match run.first().map(|line| line.shape) {
        Some(Shape::Definition | Shape::Row) => [widest(0, WIDEST_NAME), 0],
        Some(Shape::Block) => [widest(0, WIDEST_NAME), widest(1, WIDEST_NAME)],
        Some(Shape::Claim) => [widest(0, WIDEST_BEFORE), 0],
        Some(Shape::Comment | Shape::Raw | Shape::Other) | None => [0, 0],
    }
}

fn physical<'s>(line: &Line<'s>, columns: &[usize; 2], drawn: &mut Vec<Drawn<'s>>) {
    let gap = if line.shape == Shape::Claim { STEP } else { 1 };
    let mut text = if line.shape == Shape::Raw { String::new() } else { " ".repeat(line.indent) };
    let last = line.cells.len() + usize::from(line.fold.is_some());
    for (at, cell) in line.cells.iter().enumerate() {
        text.push_str(cell);
        if at + 1 < last {
            let column = columns.get(at).copied().unwrap_or(0);
            text.extend(std::iter::repeat_n(' ', column.saturating_sub(cell.width()) + gap));
        }
    }
    let apart = matches!(line.shape, Shape::Raw | Shape::Comment);
    match &line.fold {
        None => drawn.push(Drawn { blank: line.blank, text, comment: line.comment, apart }),
        Some(told) => {
            let lines = fold(told, &text, line.indent);
            let last = lines.len().saturating_sub(1);
            for (at, text) in lines.into_iter().enumerate() {
                let comment = line.comment.filter(|_| at == last);
                drawn.push(Drawn { blank: line.blank && at == 0, text, comment, apart });
            }
        }
    }
}

/// Lines with their comments in columns, which end at blank lines.
fn written(drawn: &[Drawn<'_>]) -> String {
    let mut out = String::new();
    let mut rest = drawn;
    while !rest.is_empty() {
        let paragraph = 1 + rest.iter().skip(1).take_while(|line| !line.blank).count();
        let (now, later) = rest.split_at(paragraph);
        let (short, long) = comment_columns(now);
        for line in now {
            if line.blank && !out.is_empty() {
                out.push('\n');
            }
            out.push_str(&line.text);
            if let Some(comment) = line.comment {
                let width = line.text.width();
                let column = if width <= WIDEST_BEFORE { short } else { long.max(width) };
                out.extend(std::iter::repeat_n(' ', column.saturating_sub(width) + STEP));
                out.push_str(comment);
            }
            out.push('\n');
        }
        rest = later;
    }
    out
}

/// Behind which column the comments of short lines begin, and those of long ones.
fn comment_columns(paragraph: &[Drawn<'_>]) -> (usize, usize) {
    let widths = || paragraph.iter().filter(|line| line.comment.is_some() && !line.apart).map(|line| line.text.width());
    let short = widths().filter(|width| *width <= WIDEST_BEFORE).max().unwrap_or(0);
    let long = || widths().filter(|width| *width > WIDEST_BEFORE);
    let (least, most) = (long().min().unwrap_or(0), long().max().unwrap_or(0));
    (short, if most - least <= ABOUT_EQUAL { most } else { 0 })
}
