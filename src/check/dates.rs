//! Dates in other forms, where they can be read as something else: `Mar-26` subtracts, `03/2026` divides, `"April 2026"` is a text.

use crate::syntax::ast::{self, ExprNode, Operator};
use crate::syntax::spoken;

/// The date that an expression seems to mean, in our form.
pub(super) fn meant(file: &ast::File, id: ast::ExprId) -> Option<String> {
    let node = &file.expr(id).node;
    if let ExprNode::Text(text) = node {
        return spoken::date(text);
    }
    if let Some(number) = node.bare_number() {
        // `20260315`; a year alone is a period already.
        return spoken::date(&number.to_string()).filter(|_| number >= 1e7);
    }
    if let ExprNode::Number(ast::Number { value, percent: false, unit: Some(unit), .. }) = node {
        // `2026 Q1`
        let [quarter] = unit.factors.as_slice() else { return None };
        return spoken::date(&format!("{value} {}", quarter.name.text));
    }
    if let Some(name) = spelt(file, id) {
        return spoken::financial_year(&name);
    }
    let ExprNode::Chain { first, rest } = node else { return None };
    let first = spelt(file, *first)?;
    match rest.as_slice() {
        [(Operator::Subtract, second)] => spoken::date(&format!("{first}-{}", number(file, *second)?)),
        [(Operator::Divide, second)] => spoken::date(&format!("{first}/{}", number(file, *second)?)),
        [(Operator::Subtract, second), (Operator::Subtract, third)] => {
            spoken::date(&format!("{first}-{}-{}", spelt(file, *second)?, number(file, *third)?))
        }
        _ => None,
    }
}

/// A name of one word, or a number, as it is written.
fn spelt(file: &ast::File, id: ast::ExprId) -> Option<String> {
    let names = file.expr(id).node.path().map(|path| path.names.as_slice());
    if let Some([only]) = names { Some(only.text.clone()) } else { number(file, id) }
}

/// A bare whole number; what was written `01` is 1 by now, and read the same.
fn number(file: &ast::File, id: ast::ExprId) -> Option<String> {
    let number = file.expr(id).node.bare_number().filter(|number| number.fract() == 0.0 && (0.0..1e9).contains(number))?;
    Some(format!("{number:02}"))
}
