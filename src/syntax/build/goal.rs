//! Goals: what they vary, and what for.

use super::{Builder, is_sound};
use crate::syntax::ast::{Better, GoalLine, GoalNode, Under};
use crate::syntax::broken;
use crate::syntax::form::Form;
use crate::syntax::grammar::Rule;
use crate::syntax::layout::Entry;
use pest::iterators::Pair;

#[allow(clippy::wildcard_enum_match_arm, reason = "the rules are pest's, and a line of a goal has few parts")]
impl Builder<'_> {
    /// The lines of a goal. `until` goes on the line above it, as behind `require`, and is a line of its own here.
    pub(super) fn goal_lines(&mut self, entries: &[Entry]) -> Vec<GoalLine> {
        let mut lines = Vec::with_capacity(entries.len() + 1);
        for entry in entries {
            let broken = GoalLine { span: entry.span(), node: GoalNode::Broken };
            if !is_sound(entry) {
                lines.push(broken);
                continue;
            }
            if let Some(block) = &entry.block {
                self.told.tell(|at| crate::syntax::mistakes::declarations::no_block(at, Form::Aim), block.span);
            }
            match self.parse(Rule::goal_line, entry.head) {
                Ok(line) => lines.extend(line.into_inner().filter_map(|part| self.goal_part(part))),
                Err(at) => {
                    let mistake = broken::line(self, entry.head, at, Form::Aim);
                    self.told.push(mistake);
                    lines.push(broken);
                }
            }
        }
        lines
    }

    fn goal_part(&mut self, part: Pair<'_, Rule>) -> Option<GoalLine> {
        let span = self.span(&part);
        let rule = part.as_rule();
        if !matches!(rule, Rule::vary | Rule::aimed | Rule::best) {
            return None;
        }
        let (mut path, mut value, mut better, mut under) = (None, None, Better::More, Under::Nothing);
        for inner in part.into_inner() {
            match inner.as_rule() {
                Rule::path => path = Some(self.path(&inner)),
                Rule::expression => value = Some(self.expression(inner)),
                Rule::kw_minimize => better = Better::Less,
                Rule::subject => under = Under::Requirements,
                _ => {}
            }
        }
        let node = match (rule, path, value) {
            (Rule::vary, Some(path), Some(range)) => GoalNode::Vary { path, range },
            (Rule::aimed, _, Some(condition)) => GoalNode::Until(condition),
            (_, _, Some(value)) => GoalNode::Best { better, value, under },
            (_, _, None) => GoalNode::Broken,
        };
        Some(GoalLine { span, node })
    }
}
