//! Layout: one pass over the text that finds items, blocks and comments before anything is parsed, without recursion.

mod bracket;
mod line;
mod scan;
mod sign;

use super::comments::Comment;
use super::limits::DEEPEST;
use super::mistakes::Told;
use crate::text::{Source, Span};

/// A text split into items.
pub(super) struct Layout {
    /// The text, byte for byte, with comments and the breaks inside of lines as blanks.
    pub masked: String,
    /// The items outside of all blocks.
    pub entries: Vec<Entry>,
    /// Every comment.
    pub comments: Vec<Comment>,
    /// What is wrong with characters and brackets.
    pub told: Told,
}

/// One logical line, with its block if it begins one.
#[derive(Debug)]
pub(super) struct Entry {
    /// The line, without the block.
    pub head: Span,
    /// What stands in braces behind a head.
    pub block: Option<Block>,
    /// Whether it can be parsed.
    pub health: Health,
    /// What divides it from the one before.
    pub before: Divider,
    /// Its `##` comments.
    pub docs: Vec<Span>,
}

/// What stands in the braces of a declaration.
#[derive(Debug)]
pub(super) struct Block {
    /// Both braces included.
    pub span: Span,
    /// The items.
    pub entries: Vec<Entry>,
}

/// Whether a line can be parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Health {
    /// Nothing is known against it.
    Sound,
    /// A mistake has been told; parsing would only tell more of the same.
    Spoilt,
}

/// What stands between two items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Divider {
    /// The beginning of a line or of a block.
    Break,
    /// A comma.
    Comma,
}

impl Entry {
    /// Head and block.
    pub fn span(&self) -> Span {
        self.block.as_ref().map_or(self.head, |block| self.head.join(block.span))
    }
}

/// Splits a file into its items.
pub(super) fn file(source: &Source) -> Layout {
    let scanned = Scanner::new(source, Trust::Braces).run();
    // Where a `}` is missing, the indentation tells best which one.
    if scanned.unclosed { Scanner::new(source, Trust::Indentation).run().layout } else { scanned.layout }
}

/// Takes a whole text as one item: an expression or a definition that was typed somewhere.
pub(super) fn single(source: &Source) -> Layout {
    Scanner::new(source, Trust::Nothing).run().layout
}

/// What ends a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trust {
    /// Its `}`.
    Braces,
    /// Its `}`, or a line that stands no deeper than the block's own: some `}` is known to be missing.
    Indentation,
    /// There are no blocks, and lines do not end.
    Nothing,
}

struct Scanned {
    layout: Layout,
    unclosed: bool,
}

/// The state of the one pass.
struct Scanner<'s> {
    text: &'s str,
    trust: Trust,
    at: usize,
    masked: Vec<u8>,
    comments: Vec<Comment>,
    told: Told,
    /// Every bracket that waits for its end.
    open: Vec<Open>,
    /// How many `if` stand in one another, over all open brackets.
    ifs: usize,
    /// The items of the innermost block so far.
    entries: Vec<Entry>,
    /// The item that is being read.
    item: Option<Item>,
    divider: Divider,
    /// `##` lines that wait for their item.
    above: Vec<Span>,
    line: Line,
    /// Behind the last token or comma.
    last_end: usize,
    /// Line breaks before this byte are known to divide nothing.
    joined_up_to: usize,
    /// Quotes before this byte are known to have no partner.
    quotes_dead_up_to: usize,
    /// There is no `*/` any more.
    no_comment_end: bool,
    unclosed: bool,
}

/// The line the scanner is in.
struct Line {
    start: usize,
    /// Where its first token stands.
    first: Option<usize>,
    /// It holds a comment.
    comment: bool,
}

/// A bracket that is open.
struct Open {
    bracket: Bracket,
    span: Span,
    /// How many `if` were open outside.
    ifs: usize,
    /// The line it was opened in.
    line: usize,
    /// Of a block: its head and what stood before it.
    parked: Option<Parked>,
}

/// What a block's end goes back to.
struct Parked {
    head: Item,
    before: Vec<Entry>,
    /// Blanks before its first line, where that is a line of its own.
    inner: Option<usize>,
    /// A block that has no `{`, told already.
    implied: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bracket {
    /// `( … )`
    Round,
    /// `[ … ]`
    Square,
    /// `graduated { … }`
    Table,
    /// `market smb { … }`
    Block,
}

/// The item being read.
struct Item {
    start: usize,
    /// Behind its last token.
    end: usize,
    /// Blanks before the line it begins in.
    indent: usize,
    /// That line.
    line: usize,
    first_word: Span,
    words: usize,
    shape: Shape,
    last: Last,
    health: Health,
    before: Divider,
    docs: Vec<Span>,
    told_deep: bool,
}

/// What an item has been made of so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// Words and texts: it may be the head of a block.
    Head,
    /// It defines: an `=`, `~` or `:` was there.
    Defines,
    /// Anything else.
    Other,
}

/// The last token of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Last {
    Value,
    Operator,
    /// The word `else`: an `if` behind it goes on flat.
    Else,
}

impl<'s> Scanner<'s> {
    fn new(source: &'s Source, trust: Trust) -> Self {
        let text = source.text.as_str();
        Self {
            text,
            trust,
            at: 0,
            masked: text.as_bytes().to_vec(),
            comments: Vec::new(),
            told: Told::new(source.id),
            open: Vec::new(),
            ifs: 0,
            entries: Vec::new(),
            item: None,
            divider: Divider::Break,
            above: Vec::new(),
            line: Line { start: 0, first: None, comment: false },
            last_end: 0,
            joined_up_to: 0,
            quotes_dead_up_to: 0,
            no_comment_end: false,
            unclosed: false,
        }
    }

    fn run(mut self) -> Scanned {
        while let Some(byte) = self.byte(self.at) {
            self.token(byte);
        }
        self.end_of_text();
        // Only whole characters were overwritten.
        let masked = String::from_utf8(self.masked).unwrap_or_default();
        let layout = Layout { masked, entries: self.entries, comments: self.comments, told: self.told };
        Scanned { layout, unclosed: self.unclosed }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn rest(&self, at: usize) -> &'s str {
        self.text.get(at..).unwrap_or("")
    }

    /// The word at a place.
    fn word_of(&self, span: Span) -> &'s str {
        self.text.get(span.range()).unwrap_or("")
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(start as u32, end as u32)
    }

    /// Overwrites bytes with blanks, or with a plain spelling and blanks.
    fn mask(&mut self, start: usize, end: usize, with: &str) {
        let plain = with.bytes().chain(std::iter::repeat(b' '));
        if let Some(range) = self.masked.get_mut(start..end) {
            range.iter_mut().zip(plain).for_each(|(byte, by)| *byte = by);
        }
    }

    /// The innermost open bracket of the item itself, if any.
    fn inline(&self) -> Option<Bracket> {
        self.open.last().map(|open| open.bracket).filter(|bracket| *bracket != Bracket::Block)
    }

    /// How deep the next bracket or `if` would stand.
    fn depth(&self) -> usize {
        self.open.len() + self.ifs
    }

    /// Takes a token from `self.at` up to `end` into the item, beginning one where there is none.
    fn take(&mut self, end: usize, last: Last) {
        self.begin();
        self.at = end;
        self.last_end = end;
        if let Some(item) = &mut self.item {
            item.end = end;
            item.last = last;
        }
    }

    /// Notes that the item can't be a head any more.
    fn shape(&mut self, shape: Shape) {
        let inline = self.inline().is_some();
        if let Some(item) = self.item.as_mut().filter(|item| item.shape != Shape::Defines && !inline) {
            item.shape = shape;
        }
    }

    /// Notes that a mistake has been told about the item.
    fn spoil(&mut self) {
        self.begin();
        if let Some(item) = &mut self.item {
            item.health = Health::Spoilt;
        }
    }

    /// Refuses an item that nests too deeply, once.
    fn check_depth(&mut self, at: Span) {
        if self.depth() < DEEPEST {
            return;
        }
        self.spoil();
        if let Some(item) = self.item.as_mut().filter(|item| !item.told_deep) {
            item.told_deep = true;
            self.told.tell(super::mistakes::limits::too_deep, at);
        }
    }
}

