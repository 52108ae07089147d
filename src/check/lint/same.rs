//! Same: the text of an expression without its layout, equal for expressions that compute the same.

use crate::syntax::ast::{Comparison, Expr, ExprId, ExprNode, File, Number, Operator};

/// The expression as a text: operands of sums, products, `and` and `or` are in order.
pub(super) fn text(file: &File, id: ExprId) -> String {
    let Expr { node, .. } = file.expr(id);
    let of = |id: &ExprId| text(file, *id);
    match node {
        ExprNode::Number(number) => self::number(number),
        ExprNode::Date(date) => format!("{date:?}"),
        ExprNode::Text(text) => format!("{text:?}"),
        ExprNode::Flag(flag) => flag.to_string(),
        ExprNode::Path(path) => path.text(),
        ExprNode::Negate(x) => format!("-({})", of(x)),
        ExprNode::Not(x) => format!("not({})", of(x)),
        ExprNode::Chain { first, rest } => chain(file, *first, rest),
        ExprNode::Compare { first, rest } => {
            let rest = rest.iter().map(|(comparison, x)| format!(" {} {}", sign(*comparison), of(x)));
            format!("({}{})", of(first), rest.collect::<String>())
        }
        ExprNode::Power(a, b) => format!("({}^{})", of(a), of(b)),
        ExprNode::To(a, b) => format!("({} to {})", of(a), of(b)),
        ExprNode::If { branches, otherwise } => {
            let branches = branches.iter().map(|(condition, x)| format!("{}?{}:", of(condition), of(x)));
            format!("({}{})", branches.collect::<String>(), of(otherwise))
        }
        ExprNode::Growing(x, rate, since) => format!("({} growing {} {})", of(x), of(rate), since.as_ref().map_or_else(String::new, of)),
        ExprNode::In(x, currency) => format!("({} in {})", of(x), currency.text),
        ExprNode::Index(x, at) => format!("{}[{}]", of(x), of(at)),
        ExprNode::Call { callee, arguments } => {
            let arguments = arguments.iter().map(|argument| {
                let name = argument.name.as_ref().map_or("", |name| name.text.as_str());
                format!("{name}:{},", of(&argument.value))
            });
            format!("{}({})", of(callee), arguments.collect::<String>())
        }
        ExprNode::Table { form, rows } => {
            let rows = rows.iter().map(|row| {
                let [key, plus] = [row.key, row.plus].map(|id| id.as_ref().map_or_else(String::new, of));
                format!("{key}:{}+{plus},", of(&row.value))
            });
            format!("{}{{{}}}", form.text, rows.collect::<String>())
        }
        ExprNode::List(all) => format!("[{}]", all.iter().map(of).collect::<Vec<_>>().join(",")),
        ExprNode::Broken => "?".to_owned(),
    }
}

fn number(number: &Number) -> String {
    let factors = number.unit.iter().flat_map(|unit| &unit.factors);
    let factors = factors.map(|factor| format!(" {}^{}/{}", factor.name.text, factor.exponent, factor.per));
    format!("{}{}", number.value, factors.collect::<String>())
}

fn chain(file: &File, first: ExprId, rest: &[(Operator, ExprId)]) -> String {
    let before_first = match rest.first().map(|(operator, _)| *operator) {
        Some(Operator::Add | Operator::Subtract) | None => "+",
        Some(Operator::Multiply | Operator::Divide) => "*",
        Some(Operator::And) => "and",
        Some(Operator::Or) => "or",
        Some(Operator::Otherwise) => "otherwise",
    };
    let rest = rest.iter().map(|(operator, x)| (word(*operator), text(file, *x)));
    let mut operands: Vec<(&str, String)> = std::iter::once((before_first, text(file, first))).chain(rest).collect();
    if before_first != "otherwise" {
        operands.sort();
    }
    format!("({})", operands.into_iter().map(|(operator, x)| format!("{operator}{x}")).collect::<String>())
}

const fn word(operator: Operator) -> &'static str {
    match operator {
        Operator::Add => "+",
        Operator::Subtract => "-",
        Operator::Multiply => "*",
        Operator::Divide => "/",
        Operator::And => "and",
        Operator::Or => "or",
        Operator::Otherwise => "otherwise",
    }
}

const fn sign(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Less => "<",
        Comparison::AtMost => "<=",
        Comparison::More => ">",
        Comparison::AtLeast => ">=",
        Comparison::Equal => "==",
        Comparison::Unequal => "!=",
    }
}
