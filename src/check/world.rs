//! The world of a model: everything that is declared, each in its table, before anything is looked up.

use super::model::{CellId, InstanceId, Origin};
use super::mistakes::names::Home;
use crate::calendar::Grid;
use crate::quantity::{UnitNameId, Units};
use crate::syntax::ast;
use crate::text::{FileId, Location, Span};
use foldhash::{HashMap, HashSet};

/// A kind's place in the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct KindId(pub u32);

/// A definition's right side, and the file whose arena it lives in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Body<'a> {
    pub file: FileId,
    pub value: &'a ast::Value,
}

/// Which names an expression sees first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Scope {
    /// Top-level names.
    Global,
    /// The same for a line of the prelude, which knows no instance of the model: the name of a kind is the kind there.
    Prelude,
    /// A kind's equation, written out for an instance.
    Kind(InstanceId),
    /// A line of an instance. The second tells whether it fills a slot: then its own name means the one outside.
    Filled(InstanceId, Fill),
    /// A line of a test.
    Test(u32),
}

/// What a line of an instance does to its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Fill {
    /// It fills a slot.
    Slot,
    /// It replaces an equation.
    Equation,
}

/// A slot or an equation of a kind, inherited ones included.
#[derive(Clone, Copy, Debug)]
pub(super) struct Member<'a> {
    pub name: &'a str,
    pub stated: Option<&'a ast::Stated>,
    pub value: Option<&'a ast::Value>,
    pub doc: Option<&'a ast::Text>,
    pub at: Span,
    pub file: FileId,
}

#[derive(Debug)]
pub(super) struct KindDef<'a> {
    pub name: &'a str,
    pub file: FileId,
    pub decl: &'a ast::Kind,
    pub is: Option<KindId>,
    /// Inherited members first; a replaced one keeps its place.
    pub members: Vec<Member<'a>>,
    pub by_name: HashMap<&'a str, u32>,
    pub functions: HashMap<&'a str, FunctionDef<'a>>,
    pub requires: Vec<(FileId, &'a ast::Require, Span)>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct FunctionDef<'a> {
    pub file: FileId,
    pub decl: &'a ast::Function,
}

#[derive(Debug)]
pub(super) struct InstanceDef<'a> {
    pub kind: KindId,
    pub file: FileId,
    pub decl: &'a ast::Instance,
    pub path: String,
    pub parent: Option<InstanceId>,
    /// The instance of the same kind above it in its parent.
    pub before: Option<InstanceId>,
    pub children: Vec<InstanceId>,
    /// Its cells are `first_cell + member`.
    pub first_cell: u32,
}

#[derive(Debug)]
pub(super) struct CellDef<'a> {
    pub name: &'a str,
    pub path: String,
    pub instance: Option<InstanceId>,
    pub body: Option<Body<'a>>,
    pub scope: Scope,
    /// `: UNIT` of the definition itself.
    pub stated: Option<(&'a ast::Stated, FileId)>,
    /// `: TYPE` of the kind's slot that it fills.
    pub slot: Option<(&'a ast::Stated, FileId)>,
    pub doc: Option<&'a str>,
    pub at: Location,
    pub name_at: Location,
    pub origin: Origin,
}

/// A top-level name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    Cell(CellId),
    Instance(InstanceId),
}

/// A definition of the model, and that of the prelude which it took the place of.
#[derive(Clone, Copy, Debug)]
pub(super) struct ReplacedDef<'a> {
    pub own: CellId,
    pub body: Body<'a>,
}

/// Everything that is declared.
#[derive(Debug)]
pub(super) struct World<'a> {
    pub trees: HashMap<FileId, &'a ast::File>,
    pub prelude: u32,
    pub kinds: Vec<KindDef<'a>>,
    pub kind_ids: HashMap<&'a str, KindId>,
    pub functions: HashMap<&'a str, FunctionDef<'a>>,
    /// The prelude's own: what a model calls by the same name changes nothing that the prelude says.
    pub functions_of_prelude: HashMap<&'a str, FunctionDef<'a>>,
    pub instances: Vec<InstanceDef<'a>>,
    pub cells: Vec<CellDef<'a>>,
    pub names: HashMap<&'a str, Named>,
    /// Names of each test's own.
    pub test_names: Vec<HashMap<&'a str, CellId>>,
    pub rates: HashMap<UnitNameId, CellId>,
    pub units: Units,
    pub grid: Grid,
    /// The timeline was not read, which is told: what the grid seems to make wrong is not.
    pub grid_stands_in: bool,
    /// Where the main file can declare a unit.
    pub unit_home: Option<Home>,
    /// Where the first setting of a `model` stands.
    pub settings_at: Option<Location>,
    pub currency: Option<UnitNameId>,
    /// Names of instances whose kind there is not: that is told, and what they would hold is not known.
    pub lost: HashSet<&'a str>,
    /// Instances of a kind and of the kinds that are one, in the order written.
    pub by_kind: HashMap<KindId, Vec<InstanceId>>,
    /// Definitions of the model that took the places of figures of the statements.
    pub replaced: Vec<ReplacedDef<'a>>,
    /// From here on instances are sketches of kinds that have none.
    pub first_sketch: InstanceId,
}

#[allow(clippy::indexing_slicing, reason = "ids come from these tables")]
impl<'a> World<'a> {
    pub fn kind(&self, id: KindId) -> &KindDef<'a> {
        &self.kinds[id.0 as usize]
    }

    pub fn instance(&self, id: InstanceId) -> &InstanceDef<'a> {
        &self.instances[id.0 as usize]
    }

    pub fn cell(&self, id: CellId) -> &CellDef<'a> {
        &self.cells[id.0 as usize]
    }

    /// The expression behind an id of a file.
    pub fn expr(&self, file: FileId, id: ast::ExprId) -> &'a ast::Expr {
        self.trees[&file].expr(id)
    }

    /// Whether a definition belongs to a sketch, which no model holds.
    pub fn is_sketch(&self, cell: CellId) -> bool {
        self.cell(cell).instance.is_some_and(|id| id >= self.first_sketch)
    }

    /// How many definitions are not of a sketch; those stand behind all others.
    pub fn cell_count(&self) -> usize {
        let first = self.instances.get(self.first_sketch.0 as usize).map(|sketch| sketch.first_cell as usize);
        first.unwrap_or(self.cells.len())
    }

    /// Who wrote a file.
    pub fn origin(&self, file: FileId) -> Origin {
        if file.0 < self.prelude { Origin::Prelude } else { Origin::Model }
    }

    /// What a top-level line of a file sees.
    pub fn top(&self, file: FileId) -> Scope {
        match self.origin(file) {
            Origin::Prelude => Scope::Prelude,
            Origin::Model | Origin::Test => Scope::Global,
        }
    }

    /// Whether a file of the prelude makes statements: its figures are every model's.
    pub fn makes_statements(&self, file: FileId) -> bool {
        let speaks = |item: &ast::Item| matches!(item.node, ast::Node::Statement(_) | ast::Node::Require(_));
        self.origin(file) == Origin::Prelude && self.trees.get(&file).is_some_and(|tree| tree.items.iter().any(speaks))
    }

    /// The cell of an instance's member.
    pub fn member(&self, instance: InstanceId, name: &str) -> Option<CellId> {
        let def = self.instance(instance);
        let at = self.kind(def.kind).by_name.get(name)?;
        Some(CellId(def.first_cell + at))
    }

    /// The instance nested in another under a name.
    pub fn child(&self, instance: InstanceId, name: &str) -> Option<InstanceId> {
        let named = |id: &&InstanceId| self.instance(**id).decl.name.as_ref().is_some_and(|known| known.text == name);
        self.instance(instance).children.iter().find(named).copied()
    }

    /// Whether a kind is another, by itself or by what it takes over.
    pub fn is_kind(&self, kind: KindId, wanted: KindId) -> bool {
        let mut at = Some(kind);
        // A circle of kinds has been cut when it was reported.
        while let Some(id) = at {
            if id == wanted {
                return true;
            }
            at = self.kind(id).is;
        }
        false
    }

    /// A kind, what it takes over, and so on.
    pub fn kinds_of(&self, kind: KindId) -> impl Iterator<Item = &KindDef<'a>> {
        std::iter::successors(Some(self.kind(kind)), |kind| kind.is.map(|id| self.kind(id)))
    }

    /// The nearest enclosing instance of a kind, not counting the instance itself.
    pub fn enclosing(&self, instance: InstanceId, kind: KindId) -> Option<InstanceId> {
        let mut at = self.instance(instance).parent;
        while let Some(id) = at {
            if self.is_kind(self.instance(id).kind, kind) {
                return Some(id);
            }
            at = self.instance(id).parent;
        }
        None
    }

    /// Whether a kind has a slot for many of another.
    pub fn nests(&self, kind: KindId, nested: KindId) -> bool {
        self.row_of(kind, nested).is_some()
    }

    /// The kind of the slot for many in which instances of a kind stand in a row: `stage`, of a stage of any kind.
    pub fn row_of(&self, kind: KindId, nested: KindId) -> Option<KindId> {
        self.kind(kind).members.iter().filter_map(|member| member.stated.filter(|stated| stated.many)).find_map(|stated| {
            let slot = stated.unit.factors.first().and_then(|factor| self.kind_ids.get(factor.name.text.as_str()));
            slot.copied().filter(|slot| self.is_kind(nested, *slot))
        })
    }

    /// The nested instances of a kind.
    pub fn children_of(&self, instance: InstanceId, kind: KindId) -> Vec<InstanceId> {
        let fits = |id: &InstanceId| self.is_kind(self.instance(*id).kind, kind);
        self.instance(instance).children.iter().copied().filter(fits).collect()
    }

    /// The function a name calls, seen from an instance's kind, else from the top level.
    pub fn method(&self, instance: InstanceId, name: &str) -> Option<FunctionDef<'a>> {
        self.kind(self.instance(instance).kind).functions.get(name).copied()
    }
}
