//! Names: new ones for what a mend gives a name, and where their definitions go.

use super::walk::{Written, definitions};
use super::{Commented, Linted};
use crate::check::mistakes::lints::Naming;
use crate::check::model::Model;
use crate::syntax::ast;
use crate::text::{Location, Span};
use foldhash::{HashMap, HashSet};

/// Every name that a new one could be taken for.
pub(super) struct Names<'a> {
    taken: HashSet<&'a str>,
    model: &'a Model,
    given: HashSet<String>,
    /// The number from which on a name may be free: a hostile equation asks for one name many times.
    next: HashMap<String, u32>,
}

impl<'a> Names<'a> {
    pub fn new(linted: &Linted<'a>) -> Self {
        let files = linted.texts.iter().map(|text| text.file).chain(linted.prelude.iter().copied());
        let mut taken = HashSet::default();
        let mut of_path = |path: &'a ast::Path| taken.extend(path.names.iter().map(|name| name.text.as_str()));
        for file in files {
            file.exprs.iter().filter_map(|expr| expr.node.path()).for_each(&mut of_path);
            definitions(file).for_each(|one| of_path(&one.definition.path));
        }
        Self { taken, model: linted.model, given: HashSet::default(), next: HashMap::default() }
    }

    /// A definition of a part of an equation, above the declaration that holds it.
    pub fn naming(&mut self, text: &Commented<'_>, one: &Written<'_>, wanted: &str, written: &str) -> Naming {
        let name = self.fresh(wanted);
        let doc = one.outer.doc.as_ref().map_or(one.outer.span, |doc| doc.span.join(one.outer.span));
        let line = text.source.line_start(text.source.line_of(doc.start));
        Naming { line: format!("{name} = {written}\n"), above: Location::new(one.file.id, Span::new(line, line)), name }
    }

    /// The name, with a number behind it where it is taken.
    fn fresh(&mut self, wanted: &str) -> String {
        let is_free = |name: &String| {
            let is_instance = self.model.instances.iter().any(|instance| instance.path == *name);
            !is_instance && !self.taken.contains(name.as_str()) && !self.given.contains(name) && self.model.units.find(name).is_none()
        };
        let from = self.next.get(wanted).copied().unwrap_or(1);
        let mut numbered = (from..).map(|number| (number, if number < 2 { wanted.to_owned() } else { format!("{wanted}_{number}") }));
        let (number, name) = numbered.find(|(_, name)| is_free(name)).unwrap_or_default();
        self.next.insert(wanted.to_owned(), number.saturating_add(1));
        self.given.insert(name.clone());
        name
    }
}
