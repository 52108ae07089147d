//! Outline: the names of a model that can be asked for, also of one that has mistakes.

use super::asked::Ask;
use super::facts::Facts;
use super::files::Files;
use super::load::load;
use super::shelf::PRELUDE;
use crate::check::model::{CellId, Content, ExprId, Model, Node, Origin, Role};
use crate::syntax::ast;

/// The names of a model. Of one with mistakes those that its author wrote, as far as it can be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// Its scenarios.
    pub scenarios: Vec<Named>,
    /// Its goals.
    pub goals: Vec<Named>,
    /// Its instances, whose figures have longer paths.
    pub instances: Vec<Named>,
    /// What has a value.
    pub figures: Vec<Named>,
    /// What its author wrote without reading another name.
    pub inputs: Vec<Named>,
}

/// A name and what it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The name, or the path.
    pub path: String,
    /// A title or a comment.
    pub about: Option<String>,
}

impl Named {
    fn new(path: impl Into<String>, about: Option<String>) -> Self {
        Self { path: path.into(), about }
    }
}

/// The names of a model; nothing is computed.
#[must_use]
pub fn outline(files: &dyn Files) -> Outline {
    match Facts::open(files, &Ask::default()).model {
        Some(model) => checked(&model),
        None => written(&load(files, PRELUDE.len() as u32).files),
    }
}

fn checked(model: &Model) -> Outline {
    let mut outline = Outline::default();
    for (_, scenario) in model.named_scenarios() {
        outline.scenarios.extend(scenario.name.as_ref().map(|name| Named::new(name, scenario.title.clone())));
    }
    outline.goals = model.goals.iter().map(|goal| Named::new(&goal.name, goal.title.clone())).collect();
    for at in 0..model.cells.len() {
        let cell = model.cell(CellId(at as u32));
        let Content::Computed(expr) = cell.content else { continue };
        if !cell.touched || cell.origin == Origin::Test || cell.role == Role::Other {
            continue;
        }
        let named = Named::new(&cell.path, cell.doc.clone());
        if cell.origin == Origin::Model && reads_nothing(model, expr) {
            outline.inputs.push(named.clone());
        }
        outline.figures.push(named);
    }
    // An instance without a name has a path that nobody can write.
    let nameable = model.instances.iter().filter(|instance| !instance.path.contains(' '));
    outline.instances = nameable.map(|instance| Named::new(&instance.path, instance.title.clone())).collect();
    outline.figures.retain(|named| !named.path.contains(' '));
    outline.inputs.retain(|named| !named.path.contains(' '));
    outline
}

fn reads_nothing(model: &Model, expr: ExprId) -> bool {
    !model.within(expr).any(|id| matches!(model.expr(id).node, Node::Cell(_) | Node::Opened(_) | Node::Base(..)))
}

/// What can be read of files that have mistakes.
fn written(files: &[ast::File]) -> Outline {
    let mut outline = Outline::default();
    for file in files {
        for item in &file.items {
            take(file, item, "", &mut outline);
        }
    }
    outline
}

fn take(file: &ast::File, item: &ast::Item, before: &str, outline: &mut Outline) {
    let text = |text: &Option<ast::Text>| text.as_ref().map(|text| text.text.clone());
    match &item.node {
        ast::Node::Scenario(scenario) => outline.scenarios.push(Named::new(&scenario.name.text, text(&scenario.title))),
        ast::Node::Goal(goal) => outline.goals.push(Named::new(&goal.name.text, text(&goal.title))),
        ast::Node::Definition(definition) => {
            let named = Named::new(format!("{before}{}", definition.path.text()), text(&item.doc));
            if definition.value.as_ref().is_some_and(|value| is_plain(file, value)) {
                outline.inputs.push(named.clone());
            }
            outline.figures.push(named);
        }
        ast::Node::Instance(instance) => {
            let Some(name) = &instance.name else { return };
            let path = format!("{before}{}", name.text);
            for member in &instance.members {
                take(file, member, &format!("{path}."), outline);
            }
            outline.instances.push(Named::new(path, text(&instance.title)));
        }
        ast::Node::Model(_)
        | ast::Node::Unit { .. }
        | ast::Node::Currency(_)
        | ast::Node::Rate { .. }
        | ast::Node::Import(_)
        | ast::Node::Kind(_)
        | ast::Node::Function(_)
        | ast::Node::Require(_)
        | ast::Node::Test(_)
        | ast::Node::Correlate { .. }
        | ast::Node::Statement(_)
        | ast::Node::Broken => {}
    }
}

fn is_plain(file: &ast::File, value: &ast::Value) -> bool {
    match value {
        ast::Value::Equals(expr) => file.expr(*expr).node.number().is_some(),
        ast::Value::Uncertain(_) => true,
    }
}
