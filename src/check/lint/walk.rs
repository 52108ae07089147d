//! Walk: the definitions of a model's trees, each with where it stands, and the parts of their expressions.

use super::Linted;
use crate::syntax::ast::{self, Definition, Expr, ExprId, ExprNode, File, GoalNode, Item, Node, StepNode, Value};
use crate::text::{Location, Span};
use foldhash::{HashMap, HashSet};

/// What a definition stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Within {
    /// Nothing.
    Top,
    /// The instance with this place.
    Instance(Span),
    /// The kind with this place.
    Kind(Span),
}

/// A definition as written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written<'a> {
    pub file: &'a File,
    /// The declaration at the top level that holds it.
    pub outer: &'a Item,
    pub item: &'a Item,
    pub definition: &'a Definition,
    pub within: Within,
    /// The name of the instance that it stands in.
    pub owner: Option<&'a str>,
    /// Whether a declaration around it has a doc comment.
    pub told_above: bool,
}

impl<'a> Written<'a> {
    pub fn name(&self) -> String {
        self.definition.path.text()
    }

    pub fn name_at(&self) -> Location {
        Location::new(self.file.id, self.definition.path.span)
    }

    /// The right side, where it is an equation.
    pub fn equation(&self) -> Option<ExprId> {
        if let Some(Value::Equals(id)) = self.definition.value { Some(id) } else { None }
    }

    /// The expressions of the right side.
    pub fn exprs(&self) -> Vec<ExprId> {
        match &self.definition.value {
            Some(Value::Equals(id)) => vec![*id],
            Some(Value::Uncertain(uncertain)) => {
                [Some(uncertain.distribution), uncertain.low, uncertain.high].into_iter().flatten().collect()
            }
            None => Vec::new(),
        }
    }
}

/// The model's trees, looked through once.
#[derive(Default)]
pub(super) struct Trees<'a> {
    pub written: Vec<Written<'a>>,
    /// What scenarios, tests and goals put other values in place of, by path.
    replaced: HashSet<String>,
    /// The last names of those paths that lead into an instance.
    replaced_inside: HashSet<&'a str>,
    /// The first names of every path that is read.
    pub read: HashSet<&'a str>,
    /// Every name of every path that is read.
    pub named: HashSet<&'a str>,
    /// The units that numbers are written in, and that slots and definitions state.
    pub counted: HashSet<&'a str>,
    /// Every kind, the prelude's too.
    pub kinds: HashSet<&'a str>,
    /// The last names of every definition.
    defined: HashSet<&'a str>,
}

impl<'a> Trees<'a> {
    pub fn of(linted: &Linted<'a>) -> Self {
        let mut trees = Self::default();
        for text in linted.texts {
            let file = text.file;
            trees.written.extend(definitions(file));
            for item in &file.items {
                for path in replaced(item) {
                    trees.replaced.insert(path.text());
                    trees.replaced_inside.extend(last_name(path).filter(|_| path.names.len() > 1));
                }
                if let Node::Correlate { names, .. } = &item.node {
                    trees.read.extend(names.iter().filter_map(first_name));
                }
            }
            let paths = || file.exprs.iter().filter_map(|expr| expr.node.path());
            trees.read.extend(paths().filter_map(first_name));
            trees.named.extend(paths().flat_map(|path| &path.names).map(|name| name.text.as_str()));
            let numbers = file.exprs.iter().filter_map(|expr| expr.node.number()?.unit.as_ref());
            let stated = definitions(file).filter_map(|one| Some(&one.definition.stated.as_ref()?.unit));
            trees.counted.extend(numbers.chain(stated).flat_map(|unit| &unit.factors).map(|factor| factor.name.text.as_str()));
        }
        let items = linted.texts.iter().map(|text| text.file).chain(linted.prelude.iter().copied()).flat_map(|file| &file.items);
        trees.kinds = items.filter_map(|item| if let Node::Kind(kind) = &item.node { Some(kind.name.text.as_str()) } else { None }).collect();
        trees.defined = trees.written.iter().filter_map(|one| last_name(&one.definition.path)).collect();
        trees
    }

    /// Whether an expression reads a definition. What is called is a function, or a table that is defined.
    pub fn reads_names(&self, file: &File, id: ExprId) -> bool {
        let is_table = |id: &ExprId| file.expr(*id).node.path().and_then(last_name).is_some_and(|name| self.defined.contains(name));
        any(file, id, &|expr| match &expr.node {
            ExprNode::Path(_) => true,
            ExprNode::Call { callee, .. } => is_table(callee),
            ExprNode::Number(_) | ExprNode::Date(_) | ExprNode::Text(_) | ExprNode::Flag(_) | ExprNode::Negate(_) | ExprNode::Not(_)
            | ExprNode::Chain { .. } | ExprNode::Compare { .. } | ExprNode::Power(..) | ExprNode::To(..) | ExprNode::If { .. }
            | ExprNode::Growing(..) | ExprNode::In(..) | ExprNode::Index(..) | ExprNode::Table { .. } | ExprNode::List(_)
            | ExprNode::Broken => false,
        })
    }

    /// Whether a definition is a figure that the modeller gives: a number, a table or a distribution that reads no name.
    pub fn is_input(&self, one: &Written<'_>) -> bool {
        let exprs = one.exprs();
        let is_number = |expr: &Expr| expr.node.number().is_some();
        exprs.iter().any(|id| any(one.file, *id, &is_number)) && !exprs.iter().any(|id| self.reads_names(one.file, *id))
    }

    /// Definitions at the top level by name.
    pub fn top(&self) -> HashMap<String, Written<'a>> {
        self.written.iter().filter(|one| one.within == Within::Top).map(|one| (one.name(), *one)).collect()
    }

    /// Whether a scenario, a test or a goal gives a definition another value.
    pub fn is_replaced(&self, one: &Written<'_>) -> bool {
        match one.within {
            Within::Top => self.replaced.contains(&one.name()),
            Within::Instance(_) | Within::Kind(_) => last_name(&one.definition.path).is_some_and(|name| self.replaced_inside.contains(name)),
        }
    }
}

fn first_name(path: &ast::Path) -> Option<&str> {
    path.names.first().map(|name| name.text.as_str())
}

fn last_name(path: &ast::Path) -> Option<&str> {
    path.names.last().map(|name| name.text.as_str())
}

/// The definitions of a file, in the order written.
pub(super) fn definitions(file: &File) -> impl Iterator<Item = Written<'_>> {
    file.items.iter().flat_map(move |item| declared(file, item))
}

/// The definitions of a declaration at the top level, in the order written.
fn declared<'a>(file: &'a File, outer: &'a Item) -> Vec<Written<'a>> {
    let mut found = Vec::new();
    let mut open = vec![(outer, Within::Top, None, false)];
    while let Some((item, within, owner, told_above)) = open.pop() {
        let told = told_above || item.doc.is_some();
        match &item.node {
            Node::Definition(definition) => found.push(Written { file, outer, item, definition, within, owner, told_above }),
            Node::Instance(instance) => {
                let owner = instance.name.as_ref().map(|name| name.text.as_str());
                open.extend(instance.members.iter().rev().map(|member| (member, Within::Instance(item.span), owner, told)));
            }
            Node::Kind(kind) => {
                open.extend(kind.members.iter().rev().map(|member| (member, Within::Kind(item.span), None, told)));
            }
            Node::Model(_) | Node::Unit { .. } | Node::Currency(_) | Node::Rate { .. } | Node::Import(_) | Node::Function(_)
            | Node::Require(_) | Node::Scenario(_) | Node::Test(_) | Node::Correlate { .. } | Node::Statement(_) | Node::Goal(_)
            | Node::Broken => {}
        }
    }
    found
}

/// The paths that a scenario, a test or a goal puts other values in place of.
fn replaced(item: &Item) -> Vec<&ast::Path> {
    if let Node::Scenario(scenario) = &item.node {
        scenario.replacements.iter().filter_map(|line| line.node.definition()).map(|definition| &definition.path).collect()
    } else if let Node::Test(test) = &item.node {
        let steps = test.steps.iter().map(|step| &step.node);
        steps.filter_map(|step| if let StepNode::Given(definition) = step { Some(&definition.path) } else { None }).collect()
    } else if let Node::Goal(goal) = &item.node {
        goal.lines.iter().filter_map(|line| if let GoalNode::Vary { path, .. } = &line.node { Some(path) } else { None }).collect()
    } else {
        Vec::new()
    }
}

/// The expressions directly in another; of a call its arguments, for what is called is no value.
pub(super) fn parts(node: &ExprNode) -> Vec<ExprId> {
    match node {
        ExprNode::Number(_) | ExprNode::Date(_) | ExprNode::Text(_) | ExprNode::Flag(_) | ExprNode::Path(_) | ExprNode::Broken => Vec::new(),
        ExprNode::Negate(x) | ExprNode::Not(x) | ExprNode::In(x, _) => vec![*x],
        ExprNode::Chain { first, rest } => std::iter::once(*first).chain(rest.iter().map(|(_, x)| *x)).collect(),
        ExprNode::Compare { first, rest } => std::iter::once(*first).chain(rest.iter().map(|(_, x)| *x)).collect(),
        ExprNode::Power(a, b) | ExprNode::To(a, b) | ExprNode::Index(a, b) => vec![*a, *b],
        ExprNode::If { branches, otherwise } => branches.iter().flat_map(|(c, x)| [*c, *x]).chain([*otherwise]).collect(),
        ExprNode::Growing(x, rate, since) => [*x, *rate].into_iter().chain(*since).collect(),
        ExprNode::Call { arguments, .. } => arguments.iter().map(|argument| argument.value).collect(),
        ExprNode::Table { rows, .. } => rows.iter().flat_map(|row| row.key.into_iter().chain([row.value]).chain(row.plus)).collect(),
        ExprNode::List(all) => all.clone(),
    }
}

/// Whether something holds for an expression or for one in it.
pub(super) fn any(file: &File, id: ExprId, holds: &dyn Fn(&Expr) -> bool) -> bool {
    let expr = file.expr(id);
    holds(expr) || parts(&expr.node).into_iter().any(|part| any(file, part, holds))
}
