//! Columns: names and what stands beside them, in blocks that fit the width.

use super::Style;
use super::layout::{hanging, left, line_into, right, unbroken, wide, wrap};

/// Blanks between columns.
pub(super) const GAP: usize = 2;

/// How a column stands in its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stand {
    /// At its right, as figures do.
    Right,
    /// At its left, as words and drawings do.
    Left,
    /// At its left beside the figures that it is a drawing of, or not at all.
    Beside,
}

/// A column of a table.
#[derive(Clone, Debug)]
pub(super) struct Column {
    /// What stands above it, from the top.
    pub heads: Vec<String>,
    pub cells: Vec<String>,
    pub stand: Stand,
}

impl Column {
    pub fn new(heads: Vec<String>, cells: Vec<String>, stand: Stand) -> Self {
        Self { heads, cells, stand }
    }

    fn width(&self) -> usize {
        widest(self.cells.iter().chain(&self.heads))
    }

    /// With its heads broken over lines, between their words, where they are wider than the cells and the room there is.
    pub fn folded(self, room: usize) -> Self {
        if self.width() <= room {
            return self;
        }
        let unbroken = self.heads.iter().map(|head| unbroken(head)).max().unwrap_or(0);
        let columns = room.max(widest(&self.cells)).max(unbroken);
        Self { heads: self.heads.iter().flat_map(|head| wrap(head, columns)).collect(), ..self }
    }
}

/// What the rows of a table begin with.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    /// What stands above them, from the top.
    pub heads: Vec<String>,
    /// Each in its lines; what belongs to a row stands beside the last.
    pub rows: Vec<Vec<String>>,
}

impl Names {
    /// Each in one line, set in.
    pub fn in_one_line(texts: &[String]) -> Self {
        Self { heads: Vec::new(), rows: texts.iter().map(|text| vec![format!("  {text}")]).collect() }
    }

    /// Each in lines of at most so many columns, those behind the first set in further. What has a word that would be cut stays in one
    /// line where it fits.
    pub fn folded(texts: &[String], columns: usize) -> Self {
        let lines = |text: &String| {
            let room = columns.saturating_sub(4);
            let whole = unbroken(text) > room && wide(text) + 2 <= columns;
            let lines = wrap(text, if whole { wide(text) } else { room }).into_iter().enumerate();
            lines.map(|(at, line)| format!("{}{line}", if at == 0 { "  " } else { "    " })).collect()
        };
        Self { heads: Vec::new(), rows: texts.iter().map(lines).collect() }
    }

    pub fn width(&self) -> usize {
        widest(self.rows.iter().flatten().chain(&self.heads))
    }
}

/// Rows in that of several ways to write them which needs the fewest blocks, the first of those. Where not even one column
/// fits beside the names in any, each of the `labels` stands above its row.
pub(super) fn table(labels: &[String], ways: Vec<(Names, Vec<Column>)>, style: Style) -> String {
    let folded = |(names, columns): &(Names, Vec<Column>)| -> Vec<Column> {
        let room = style.width.saturating_sub(names.width() + GAP);
        columns.iter().map(|column| column.clone().folded(room)).collect()
    };
    let fitted = ways.into_iter().map(|way| (folded(&way), way));
    let best = fitted.min_by_key(|(folded, (names, _))| (excess(folded, names, style), blocks(folded, names, style).len()));
    let Some((folded, (names, columns))) = best else { return String::new() };
    if excess(&folded, &names, style) > 0 {
        return stacked(labels, &columns, style);
    }
    let blocks = blocks(&folded, &names, style).into_iter().map(|block| lay(&names, &block));
    blocks.collect::<Vec<String>>().join("\n")
}

/// The columns in runs that fit beside the names; a run has at least one.
fn blocks<'a>(columns: &'a [Column], names: &Names, style: Style) -> Vec<Vec<&'a Column>> {
    let start = names.width();
    let mut blocks = vec![Vec::new()];
    let mut used = start;
    for column in columns {
        let more = GAP + column.width();
        let begun = blocks.last().is_some_and(|block| !block.is_empty());
        let is_full = used + more > style.width;
        if is_full && column.stand == Stand::Beside {
            continue;
        }
        if is_full && begun {
            blocks.push(Vec::new());
            used = start;
        }
        used += more;
        blocks.last_mut().into_iter().for_each(|block| block.push(column));
    }
    blocks
}

/// By how much a column leaves the width at most, even alone beside the names.
fn excess(columns: &[Column], names: &Names, style: Style) -> usize {
    let columns = columns.iter().filter(|column| column.stand != Stand::Beside);
    let widest = columns.map(|column| GAP + column.width()).max().unwrap_or(0);
    (names.width() + widest).saturating_sub(style.width)
}

/// One block: the names, and its columns beside them.
fn lay(names: &Names, block: &[&Column]) -> String {
    let named = names.width();
    let beside = |text: &dyn Fn(&Column) -> String| -> String {
        block.iter().map(|column| {
            let (text, width) = (text(column), column.width());
            let text = if column.stand == Stand::Right { right(&text, width) } else { left(&text, width) };
            format!("{}{text}", " ".repeat(GAP))
        }).collect()
    };
    let high = block.iter().map(|column| column.heads.len()).chain([names.heads.len()]).max().unwrap_or(0);
    let mut out = String::new();
    for at in 0..high {
        // Heads of fewer lines stand right above what they are of.
        let head = |heads: &[String]| at.checked_sub(high - heads.len()).and_then(|at| heads.get(at)).cloned().unwrap_or_default();
        let line = format!("{}{}", left(&head(&names.heads), named), beside(&|column| head(&column.heads)));
        if !line.trim().is_empty() {
            line_into(&mut out, &line);
        }
    }
    for (at, name) in names.rows.iter().enumerate() {
        let cells = beside(&|column| column.cells.get(at).cloned().unwrap_or_default());
        let (last, above) = name.split_last().map_or(("", &[][..]), |(last, above)| (last.as_str(), above));
        above.iter().for_each(|line| line_into(&mut out, line));
        line_into(&mut out, &format!("{}{cells}", left(last, named)));
    }
    out
}

/// Each label above its row: a line a column, its heads before its cell where there is room.
fn stacked(labels: &[String], columns: &[Column], style: Style) -> String {
    let head = |column: &Column| column.heads.iter().filter(|head| !head.is_empty()).cloned().collect::<Vec<_>>().join(", ");
    let kept: Vec<(String, &Column)> = columns.iter().filter(|column| column.stand != Stand::Beside).map(|column| (head(column), column)).collect();
    let headed = widest(kept.iter().map(|(head, _)| head));
    let celled = widest(kept.iter().filter(|(head, _)| !head.is_empty()).flat_map(|(_, column)| &column.cells));
    let fits = 4 + headed + GAP + celled <= style.width;
    let mut out = String::new();
    for (at, label) in labels.iter().enumerate() {
        out += &hanging("  ", label, style);
        for (head, column) in &kept {
            let cell = column.cells.get(at).map_or("", String::as_str);
            if cell.is_empty() {
                continue;
            }
            if head.is_empty() {
                out += &hanging("    ", cell, style);
            } else if fits {
                line_into(&mut out, &format!("    {}  {}", left(head, headed), right(cell, celled)));
            } else {
                out += &hanging("    ", head, style);
                out += &hanging("      ", cell, style);
            }
        }
    }
    out
}

fn widest<'a>(texts: impl IntoIterator<Item = &'a String>) -> usize {
    texts.into_iter().map(|text| wide(text)).max().unwrap_or(0)
}
