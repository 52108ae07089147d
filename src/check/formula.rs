//! Formulas of age: `curve { age: EXPRESSION }` is told from rows by its one key, which is a name.

use super::world::World;
use crate::syntax::ast;
use crate::text::FileId;

/// The name of the age, where a table is a formula of one.
pub(super) fn age<'a>(world: &World<'a>, file: FileId, form: &ast::Name, rows: &[ast::Row]) -> Option<&'a ast::Name> {
    let [row] = rows else { return None };
    let key = row.key.filter(|_| form.text == "curve")?;
    let path = world.expr(file, key).node.path()?;
    if let [name] = path.names.as_slice() { Some(name) } else { None }
}
