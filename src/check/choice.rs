//! Choices: where the name of an option means the option. Known by names alone, since what a definition reads depends on it.

use super::model::CellId;
use super::resolve::{Links, Target, resolve};
use super::world::{Scope, World};
use crate::syntax::ast::{self, ExprNode};
use crate::text::FileId;

/// The names of the options that are wanted somewhere.
pub(super) type Options = Vec<String>;

/// Definitions that take each other's choice over; a chain longer than this is a circle.
const LONGEST_CHAIN: u32 = 64;

/// The options of a parameter, by its name; none where it is no parameter, or no choice.
pub(super) type Parameters<'p> = &'p dyn Fn(&str) -> Option<Option<Options>>;

/// Looks for the options of expressions.
#[derive(Clone, Copy)]
pub(super) struct Chooser<'c, 'a> {
    pub world: &'c World<'a>,
    pub links: Links<'c>,
}

/// The options as written.
pub(super) fn written(choice: &ast::Choice) -> Options {
    choice.options.iter().map(|option| option.text.clone()).collect()
}

/// The option that an expression names.
pub(super) fn named<'n>(node: &'n ExprNode, options: &Options) -> Option<&'n str> {
    match node.path()?.names.as_slice() {
        [name] if options.contains(&name.text) => Some(&name.text),
        [_, ..] | [] => None,
    }
}

impl Chooser<'_, '_> {
    /// The options that the first operand of a comparison that is a choice has.
    pub fn compared(
        self,
        file: FileId,
        operands: impl IntoIterator<Item = ast::ExprId>,
        scope: Scope,
        parameters: Parameters<'_>,
    ) -> Option<(ast::ExprId, Options)> {
        operands.into_iter().find_map(|id| Some((id, self.of_expr(file, id, scope, parameters, 0)?)))
    }

    fn of_expr(self, file: FileId, id: ast::ExprId, scope: Scope, parameters: Parameters<'_>, depth: u32) -> Option<Options> {
        let node = &self.world.expr(file, id).node;
        if let ExprNode::If { branches, otherwise } = node {
            let mut values = branches.iter().map(|(_, value)| *value).chain([*otherwise]);
            return values.find_map(|value| self.of_expr(file, value, scope, parameters, depth));
        }
        if let ExprNode::Index(value, _) = node {
            return self.of_expr(file, *value, scope, parameters, depth);
        }
        let path = node.path()?;
        if let [name] = path.names.as_slice()
            && let Some(parameter) = parameters(&name.text)
        {
            return parameter;
        }
        match resolve(self.world, self.links, scope, path).target {
            Ok(Target::Cell(cell)) => self.of_cell_below(cell, depth + 1),
            Ok(Target::Cells(cells)) => self.of_cell_below(*cells.first()?, depth + 1),
            Ok(Target::Instance(_) | Target::Instances(..) | Target::Nothing) | Err(_) => None,
        }
    }

    /// The options of a definition: those it states, else those of what it takes over.
    pub fn of_cell(self, cell: CellId) -> Option<Options> {
        self.of_cell_below(cell, 0)
    }

    fn of_cell_below(self, cell: CellId, depth: u32) -> Option<Options> {
        let def = self.world.cell(cell);
        if let Some((stated, _)) = def.slot.or(def.stated) {
            return stated.choice.as_ref().map(written);
        }
        let body = def.body.filter(|_| depth < LONGEST_CHAIN)?;
        let ast::Value::Equals(id) = body.value else { return None };
        self.of_expr(body.file, *id, def.scope, &|_| None, depth)
    }
}
