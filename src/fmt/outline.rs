//! Outline: the declarations of a file and the lines of their blocks, as places in its text.

use crate::syntax::Comment;
use crate::syntax::ast::{ExprId, ExprNode, File, Goal, GoalNode, Item, Node, Step, StepNode, Test};
use crate::text::{Source, Span};

/// A declaration, or a line of a block.
pub(super) struct Piece {
    /// All of it.
    pub span: Span,
    /// How it begins.
    pub lead: Lead,
    /// What stands in its braces, if it has some.
    pub members: Option<Vec<Self>>,
    /// Whether a `given` above goes on here: the comma between the two has to stay.
    pub goes_on: bool,
    /// Whether it could not be read.
    pub broken: bool,
}

/// How a piece begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lead {
    /// With what it is about: `rent = 3`, a row of a statement.
    Plain,
    /// With a word of the language: `unit`, `expect`, `vary`.
    Word,
    /// `fn`, `native fn`
    Function,
    /// `require`, and `expect` outside of tests: a text may stand at its end.
    Claim,
    /// The head of a block.
    Head,
}

/// The pieces of a file.
pub(super) fn outline(file: &File, comments: &[Comment], source: &Source) -> Vec<Piece> {
    let outline = Outline { file, comments, source };
    file.items.iter().map(|item| outline.item(item)).collect()
}

struct Outline<'f> {
    file: &'f File,
    comments: &'f [Comment],
    source: &'f Source,
}

impl Outline<'_> {
    fn item(&self, item: &Item) -> Piece {
        let span = item.span;
        match &item.node {
            Node::Model(model) => self.block(span, &model.settings),
            Node::Kind(kind) => self.block(span, &kind.members),
            Node::Instance(instance) => self.block(span, &instance.members),
            Node::Scenario(scenario) => self.block(span, &scenario.replacements),
            Node::Test(test) => head(span, self.steps(test)),
            Node::Goal(goal) => head(span, self.aims(goal)),
            Node::Statement(statement) => {
                let rows = statement.rows.iter().map(|row| Piece { broken: self.is_broken(*row), ..line(self.file.expr(*row).span, Lead::Plain) });
                head(span, self.whole_rows(rows.collect()))
            }
            Node::Definition(_) => line(span, Lead::Plain),
            Node::Function(_) => line(span, Lead::Function),
            Node::Require(_) => line(span, Lead::Claim),
            Node::Unit { .. } | Node::Currency(_) | Node::Rate { .. } | Node::Import(_) | Node::Correlate { .. } => line(span, Lead::Word),
            Node::Broken => Piece { broken: true, ..line(span, Lead::Plain) },
        }
    }

    fn is_broken(&self, id: ExprId) -> bool {
        matches!(self.file.expr(id).node, ExprNode::Broken)
    }

    fn block(&self, span: Span, items: &[Item]) -> Piece {
        head(span, items.iter().map(|item| self.item(item)).collect())
    }

    fn steps(&self, test: &Test) -> Vec<Piece> {
        test.steps.iter().map(|step| self.step(step)).collect()
    }

    fn step(&self, step: &Step) -> Piece {
        match &step.node {
            StepNode::Given(definition) if definition.path.span.start > step.span.start => line(step.span, Lead::Word),
            StepNode::Given(_) => Piece { goes_on: true, ..line(step.span, Lead::Plain) },
            StepNode::Define(_) => line(step.span, Lead::Plain),
            StepNode::Expect { .. } => line(step.span, Lead::Word),
            StepNode::Broken => Piece { broken: true, ..line(step.span, Lead::Plain) },
        }
    }

    fn aims(&self, goal: &Goal) -> Vec<Piece> {
        let aims = goal.lines.iter().map(|aim| match &aim.node {
            GoalNode::Vary { .. } | GoalNode::Until(_) | GoalNode::Best { .. } => line(self.trimmed(aim.span), Lead::Word),
            GoalNode::Broken => Piece { broken: true, ..line(aim.span, Lead::Word) },
        });
        aims.collect()
    }

    /// Rows with the brackets that stand round them, which the span of an expression leaves out.
    fn whole_rows(&self, mut rows: Vec<Piece>) -> Vec<Piece> {
        for row in &mut rows {
            row.span = self.trimmed(row.span);
            let text = self.source.text.as_str();
            loop {
                let before = text.get(..row.span.start as usize).unwrap_or("").trim_end_matches([' ', '\t', '\n', '\r']);
                let behind = text.get(row.span.end as usize..).unwrap_or("");
                let inner = behind.trim_start_matches([' ', '\t', '\n', '\r']);
                if !before.ends_with('(') || !inner.starts_with(')') {
                    break;
                }
                row.span = Span::new(before.len() as u32 - 1, (row.span.end as usize + behind.len() - inner.len() + 1) as u32);
            }
        }
        rows
    }

    /// A span without the blanks and comments at its end, which the parser does not see.
    fn trimmed(&self, span: Span) -> Span {
        let mut end = span.end;
        loop {
            end = span.start + self.source.slice(Span::new(span.start, end)).trim_end().len() as u32;
            let before = self.comments.partition_point(|comment| comment.span.start < end);
            match before.checked_sub(1).and_then(|last| self.comments.get(last)).filter(|last| last.span.end >= end && last.span.start >= span.start) {
                Some(last) => end = last.span.start,
                None => return Span::new(span.start, end),
            }
        }
    }
}

fn head(span: Span, members: Vec<Piece>) -> Piece {
    Piece { members: Some(members), ..line(span, Lead::Head) }
}

const fn line(span: Span, lead: Lead) -> Piece {
    Piece { span, lead, members: None, goes_on: false, broken: false }
}
