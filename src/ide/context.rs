//! Context: what stands around a place in a text, told from its words alone.

use crate::syntax::{Lexeme, Sort, keywords, lexemes};

/// What may stand at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// The beginning of a line in these blocks, outermost first; of each its first word.
    Line(Vec<String>),
    /// A value, in these blocks; `slot` is the name before the `=`, `like` the value to the left of the operator.
    Value {
        blocks: Vec<String>,
        slot: Option<String>,
        like: Option<String>,
    },
    /// What goes on behind a value; the word that it ends in.
    Behind(String),
    /// A unit, behind a number or a colon.
    Unit,
    /// A kind, behind `is`.
    Kind,
    /// A scenario, behind `extends`.
    Scenario,
    /// Behind the dot of a path.
    Member(String),
    /// Nothing can be told: in a text or a comment.
    Nothing,
}

/// What is wanted at the end of a text, and where the word begins that is being typed there.
pub(super) fn context(text: &str) -> (usize, Wanted) {
    let all: Vec<Lexeme<'_>> = lexemes(text).collect();
    let (typed, before) = match all.split_last() {
        Some((last, before)) if last.span.end as usize == text.len() => match last.sort {
            Sort::Name | Sort::Reserved => (Some(last), before),
            Sort::Text | Sort::Comment | Sort::Doc => return (text.len(), Wanted::Nothing),
            // `3M`, `2026-0`: a number is being typed.
            Sort::Number => return (text.len(), Wanted::Nothing),
            Sort::Open | Sort::Close | Sort::Comma | Sort::Break | Sort::Sign => (None, all.as_slice()),
        },
        _ => (None, all.as_slice()),
    };
    let start = typed.map_or(text.len(), |typed| typed.span.start as usize);
    if let Some((path, whole)) = path(before, start) {
        return (whole, Wanted::Member(path));
    }
    (start, wanted(before, start))
}

/// The path before a dot that stands right before a place, and where it begins.
fn path(before: &[Lexeme<'_>], start: usize) -> Option<(String, usize)> {
    let mut names: Vec<&str> = Vec::new();
    let mut end = start;
    let mut rest = before;
    while let [front @ .., name, dot] = rest
        && dot.text == "."
        && dot.span.end as usize == end
        && name.sort == Sort::Name
        && name.span.end == dot.span.start
    {
        names.push(name.text);
        end = name.span.start as usize;
        rest = front;
    }
    names.reverse();
    (!names.is_empty()).then(|| (names.join("."), start))
}

fn wanted(before: &[Lexeme<'_>], start: usize) -> Wanted {
    let scene = Scene::of(before);
    let Some(last) = before.last() else { return Wanted::Line(scene.blocks) };
    let tight = last.span.end as usize == start;
    match last.sort {
        Sort::Break => Wanted::Line(scene.blocks),
        Sort::Open if last.text == "{" && scene.in_block() => Wanted::Line(scene.blocks),
        Sort::Comma if scene.in_block() => Wanted::Line(scene.blocks),
        Sort::Number => Wanted::Unit,
        Sort::Sign if last.text == "%" => Wanted::Value { blocks: scene.blocks, slot: None, like: None },
        Sort::Sign if last.text == ":" && scene.states() => Wanted::Unit,
        // `USD/` goes on with a unit, `x / ` with a value.
        Sort::Sign if last.text == "/" && tight && scene.unit => Wanted::Unit,
        Sort::Name if last.text == "is" => Wanted::Kind,
        Sort::Name if last.text == "extends" => Wanted::Scenario,
        Sort::Reserved if last.text == "in" => Wanted::Unit,
        // Words that are names elsewhere begin a line: `require cash`.
        Sort::Name if !keywords().contains(&last.text) || scene.unit => Wanted::Behind(last.text.to_owned()),
        Sort::Close => Wanted::Behind(last.text.to_owned()),
        Sort::Sign | Sort::Open | Sort::Comma | Sort::Reserved | Sort::Name | Sort::Text | Sort::Comment | Sort::Doc => {
            Wanted::Value { blocks: scene.blocks, slot: scene.slot, like: like(before) }
        }
    }
}

/// The value on the left of an operator that wants both sides alike.
fn like(before: &[Lexeme<'_>]) -> Option<String> {
    let (operator, left) = before.split_last()?;
    if !matches!(operator.text, "+" | "-" | "<" | "<=" | ">" | ">=" | "==" | "!=") {
        return None;
    }
    let count = left.iter().rev().take_while(|lexeme| lexeme.sort == Sort::Name || lexeme.text == ".").count();
    let path: String = left.iter().skip(left.len() - count).map(|lexeme| lexeme.text).collect();
    let behind = left.len().checked_sub(count + 1).and_then(|at| left.get(at));
    // What is multiplied has another unit than each factor.
    let alone = behind.is_none_or(|behind| !matches!(behind.text, "*" | "/" | "^"));
    (!path.is_empty() && alone).then_some(path)
}

/// What is open at a place.
#[derive(Debug, Default)]
struct Scene {
    /// The first words of the blocks that are open, outermost first.
    blocks: Vec<String>,
    /// The brackets that are open.
    open: Vec<Bracket>,
    /// The name that is being defined.
    slot: Option<String>,
    /// Whether the last words are a unit.
    unit: bool,
    /// The line so far: its first word, and whether something behind it defines.
    first: Option<String>,
    defines: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bracket {
    Block,
    Other,
}

impl Scene {
    fn of(lexemes: &[Lexeme<'_>]) -> Self {
        let mut scene = Self::default();
        lexemes.iter().for_each(|lexeme| scene.take(lexeme));
        scene
    }

    fn in_block(&self) -> bool {
        self.open.last() == Some(&Bracket::Block)
    }

    /// Whether a colon states a unit here.
    fn states(&self) -> bool {
        self.open.last() != Some(&Bracket::Other)
    }

    fn take(&mut self, lexeme: &Lexeme<'_>) {
        let outside = self.open.last() != Some(&Bracket::Other);
        match lexeme.sort {
            Sort::Open if lexeme.text == "{" && outside && !self.defines => {
                self.blocks.push(self.first.take().unwrap_or_default());
                self.open.push(Bracket::Block);
                self.ends();
            }
            Sort::Open => self.open.push(Bracket::Other),
            Sort::Close => {
                if self.open.pop() == Some(Bracket::Block) {
                    self.blocks.pop();
                }
            }
            Sort::Break | Sort::Comma if outside => self.ends(),
            Sort::Sign if matches!(lexeme.text, "=" | "~" | ":") && outside => {
                if !self.defines {
                    self.slot.clone_from(&self.first);
                }
                self.defines = true;
            }
            Sort::Name if self.first.is_none() => self.first = Some(lexeme.text.to_owned()),
            Sort::Name | Sort::Reserved | Sort::Number | Sort::Text | Sort::Break | Sort::Comma | Sort::Sign | Sort::Comment | Sort::Doc => {}
        }
        self.unit = match lexeme.sort {
            Sort::Number => true,
            Sort::Name => self.unit,
            Sort::Sign => matches!(lexeme.text, "/" | "%") && self.unit,
            Sort::Reserved | Sort::Text | Sort::Open | Sort::Close | Sort::Comma | Sort::Break | Sort::Comment | Sort::Doc => false,
        };
    }

    /// A line of a block or of the file ends.
    fn ends(&mut self) {
        (self.first, self.slot, self.defines) = (None, None, false);
    }
}

#[cfg(test)]
mod tests {
    use super::{Wanted, context};

    fn value(blocks: &[&str], slot: Option<&str>, like: Option<&str>) -> Wanted {
        let owned = |text: &str| text.to_owned();
        Wanted::Value { blocks: blocks.iter().map(|block| owned(block)).collect(), slot: slot.map(owned), like: like.map(owned) }
    }

    #[test]
    fn what_stands_around_tells_what_fits() {
        assert_eq!(context("ca"), (0, Wanted::Line(vec![])));
        assert_eq!(context("x = ca"), (4, value(&[], Some("x"), None)));
        assert_eq!(context("cash + re"), (7, value(&[], None, Some("cash"))));
        assert_eq!(context("2 * cash + re").1, value(&[], None, None));
        assert_eq!(context("smb.size > "), (11, value(&[], None, Some("smb.size"))));
        assert_eq!(context("x = 49 US"), (7, Wanted::Unit));
        assert_eq!(context("x = 49 USD/mo"), (11, Wanted::Unit));
        assert_eq!(context("x / mo").1, value(&[], None, None));
        assert_eq!(context("x : US").1, Wanted::Unit);
        assert_eq!(context("smb.si"), (4, Wanted::Member("smb".to_owned())));
        assert_eq!(context("x = a.b."), (8, Wanted::Member("a.b".to_owned())));
        assert_eq!(context("product a {\n  mar"), (14, Wanted::Line(vec!["product".to_owned()])));
        assert_eq!(context("product a {\n  market = s").1, value(&["product"], Some("market"), None));
        assert_eq!(context("pricing a { meter b { pr").1, Wanted::Line(vec!["pricing".to_owned(), "meter".to_owned()]));
        assert_eq!(context("pricing a { meter b { price = 1 }, us").1, Wanted::Line(vec!["pricing".to_owned()]));
        assert_eq!(context("x = linear { 2026-01: 3, 2027-01: pr").1, value(&[], Some("x"), None));
        assert_eq!(context("x = cash gr").1, Wanted::Behind("cash".to_owned()));
        assert_eq!(context("x = 3 USD/month gr").1, Wanted::Behind("month".to_owned()));
        assert_eq!(context("x = (1 + 2) o").1, Wanted::Behind(")".to_owned()));
        assert_eq!(context("require ca").1, value(&[], None, None));
        assert_eq!(context("kind a is pro").1, Wanted::Kind);
        assert_eq!(context("\"tex").1, Wanted::Nothing);
        assert_eq!(context("# no").1, Wanted::Nothing);
    }
}
