//! Elaborates: turns a definition's tree into typed expressions, units inferred bottom-up.

mod across;
mod agree;
mod amounts;
mod apart;
mod arithmetic;
mod call;
mod cell;
mod choice;
mod date;
mod draw;
mod index;
mod known;
mod expression;
mod falling;
mod formula;
mod guess;
mod list;
mod logic;
mod operand;
mod paid_back;
mod percent;
mod possible;
mod range;
mod rate;
mod sample;
mod sequence;
mod share;
mod slot;
mod spaced;
mod table;
mod time;
mod unitless;

pub use call::MOST_CALLS;
pub(super) use slot::{SlotType, Variables};

use super::model::{CellId, Choices, Content, Expr, ExprId, InstanceId, Node, ScenarioId, Shape, Table, TableId, Type, children};
use super::resolve::Links;
use super::world::{Scope, World};
use crate::diagnostic::Diagnostic;
use crate::quantity::{UnitId, Units};
use crate::syntax::ast;
use crate::text::{FileId, Location};
use foldhash::{HashMap, HashSet};
use std::rc::Rc;

/// What is known of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Known {
    /// This one.
    Unit(UnitId),
    /// A bare zero fits every unit.
    Any,
    /// Not yet, or spoilt by a mistake that has been told; silent.
    Unknown,
}

/// What is known of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Info {
    pub ty: Type,
    pub unit: Known,
    pub shape: Shape,
    /// Whether a draw has a part in it.
    pub uncertain: bool,
    /// Whether it adds up over time; `Arena::push` finds out.
    pub flows: bool,
}

/// One value: its expression and what is known of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Typed {
    pub id: ExprId,
    pub info: Info,
}

/// The type that values have to share: that of the first of which anything is known.
fn leading_type(values: &[Typed]) -> Type {
    values.iter().find(|value| value.info.unit != Known::Unknown).map_or(Type::Number, |value| value.info.ty)
}

/// What an expression turned out to be.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// A number, condition, date or choice.
    One(Typed),
    /// One an instance.
    Column(Vec<Typed>),
    /// `[a, b, c]`: not yet one value a step, nor a column.
    List(list::List),
    /// A table that wants to be read.
    Table(TableId),
    /// Instances of a kind.
    Instances(Vec<InstanceId>),
    /// An instance.
    Instance(InstanceId),
    /// A text.
    Text,
    /// `none`, or `before` of the first: a blank where a value is wanted.
    Nothing,
    /// Spoilt by a mistake that has been told.
    Unknown,
}

/// What is known of a table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct TableInfo {
    /// The unit it is read at.
    pub key: Known,
    /// The unit of what is read.
    pub result: Known,
    pub uncertain: bool,
    pub shape: Shape,
    /// Of one price for all quantities, `graduated { beyond: 2 USD/call plus 5 USD }`, the rate and the flat fee: what
    /// it is read at decides what it gives.
    pub open: Option<(Typed, Option<Typed>)>,
}

impl TableInfo {
    /// Of a table whose rows say all there is to know.
    pub const fn of(key: Known, result: Known, info: Info) -> Self {
        Self { key, result, uncertain: info.uncertain, shape: info.shape, open: None }
    }
}

/// A definition as far as it has been elaborated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct State {
    pub content: Content,
    pub info: Info,
    /// Whether it is built by `accumulate` or `cohorts`, so that its opening is known.
    pub level: bool,
}

/// Expressions, tables and units, as they grow.
#[derive(Debug, Default)]
pub(super) struct Arena {
    pub exprs: Vec<Expr>,
    pub tables: Vec<Table>,
    pub table_infos: Vec<TableInfo>,
    /// What stands behind the tables that are formulas.
    pub formulas: HashMap<TableId, formula::Formula>,
    pub units: Units,
    pub choices: Choices,
    /// How many names have been told to be unknown: near ones are looked for only for the first.
    pub unknown_names: u32,
    /// Definitions whose value has decided the form of others.
    pub shaping: HashSet<CellId>,
}

/// States of definitions: the model's, and over them those of a scenario.
#[derive(Debug, Default)]
pub(super) struct States {
    pub base: Vec<Option<State>>,
    pub layers: HashMap<CellId, State>,
}

impl States {
    pub fn get(&self, cell: CellId) -> Option<State> {
        self.layers.get(&cell).copied().or_else(|| self.base.get(cell.0 as usize).copied().flatten())
    }
}

/// What elaborating needs to know.
pub(super) struct Elaborator<'w, 'a> {
    pub world: &'w World<'a>,
    pub arena: &'w mut Arena,
    pub states: &'w States,
    pub opened: &'w HashSet<(CellId, CellId)>,
    pub links: Links<'w>,
    /// What each instance's unit variables stand for.
    pub variables: &'w mut Variables,
    pub found: Vec<Diagnostic>,
    /// The definition in hand.
    pub cell: Option<CellId>,
    /// How many expressions function calls have been written out to.
    pub written_out: usize,
    /// How many formulas are being written out in each other.
    pub formulas: u32,
    /// Whether the definition in hand belongs to a loop, so that a unit that is unknown may still come; elsewhere a mistake
    /// has spoilt it.
    pub looped: bool,
    /// The file of the function whose body is in hand, where one is written out.
    pub body_of: Option<FileId>,
    /// The unit that fits where the expression in hand stands, for what a wrong name may have been meant to be.
    pub wanted: Option<UnitId>,
}

/// Where an expression stands.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub file: FileId,
    pub scope: Scope,
    /// Arguments of the function that is being written out.
    pub arguments: Rc<Vec<(String, Value)>>,
    /// The functions that are being written out, for circles.
    pub functions: Rc<Vec<*const ast::Function>>,
    /// Where the outermost call stands.
    pub call: Option<Location>,
    /// What `base` means.
    pub base: Option<(CellId, Option<ScenarioId>)>,
}

impl Place {
    pub fn new(file: FileId, scope: Scope) -> Self {
        Self { file, scope, arguments: Rc::default(), functions: Rc::default(), call: None, base: None }
    }
}

impl Info {
    pub const fn number(unit: Known, shape: Shape) -> Self {
        Self { ty: Type::Number, unit, shape, uncertain: false, flows: false }
    }

    pub const fn unknown() -> Self {
        Self { ty: Type::Number, unit: Known::Unknown, shape: Shape::Series, uncertain: false, flows: false }
    }

    /// A value made of others: a series or uncertain as soon as one of them is.
    pub fn of(ty: Type, unit: Known, parts: &[Typed]) -> Self {
        let shape = parts.iter().map(|part| part.info.shape).max().unwrap_or(Shape::Constant);
        Self { ty, unit, shape, uncertain: parts.iter().any(|part| part.info.uncertain), flows: false }
    }

    pub const fn constant(mut self) -> Self {
        self.shape = Shape::Constant;
        self
    }

    pub const fn series(mut self) -> Self {
        self.shape = Shape::Series;
        self
    }
}

impl Arena {
    pub fn push(&mut self, node: Node, info: Info, at: Location) -> Typed {
        let unit = match info.unit {
            Known::Unit(unit) => unit,
            Known::Any | Known::Unknown => UnitId::NONE,
        };
        let id = ExprId(self.exprs.len() as u32);
        let flows = info.ty == Type::Number && self.units.is_flow(unit) && !self.stands(&node, unit, info);
        self.exprs.push(Expr { node, unit, ty: info.ty, shape: info.shape, flows, at });
        Typed { id, info: Info { flows, ..info } }
    }

    /// Whether something per time is a level all the same: `accumulate` and `cohorts` make levels, and what is made of
    /// such a level and of no flow is one.
    fn stands(&self, node: &Node, unit: UnitId, info: Info) -> bool {
        if matches!(node, Node::Accumulate { .. } | Node::Cohorts { .. } | Node::Opened(_)) {
            return true;
        }
        if matches!(node, Node::Cell(_) | Node::Base(..)) {
            return !info.flows;
        }
        let (mut level, mut flow) = (false, false);
        children(node, &mut |id| {
            let child = self.expr(id);
            flow |= child.flows;
            let per_time = child.ty == Type::Number && self.units.is_flow(child.unit) && !child.flows;
            level |= per_time && self.units.time_exponent(child.unit) == self.units.time_exponent(unit);
        });
        level && !flow
    }

    #[allow(clippy::indexing_slicing, reason = "ids come from this arena")]
    pub fn expr(&self, id: ExprId) -> &Expr {
        &self.exprs[id.0 as usize]
    }

    pub fn table_info(&self, id: TableId) -> TableInfo {
        let unknown = TableInfo::of(Known::Unknown, Known::Unknown, Info::unknown().constant());
        self.table_infos.get(id.0 as usize).copied().unwrap_or(unknown)
    }
}

impl Elaborator<'_, '_> {
    /// A value times a scale that units ask for.
    fn scaled(&mut self, value: Typed, scale: f64, unit: Known) -> Typed {
        let info = Info { unit, ..value.info };
        // A quotient that is stated to be a percentage per time is a rate: it is no flow any more, and not summed over a year.
        let is_rate = matches!(unit, Known::Unit(unit) if !self.arena.units.is_flow(unit));
        let becomes_rate = value.info.flows && is_rate;
        if becomes_rate && let Node::Number(number) = self.arena.expr(value.id).node {
            return self.number(number * scale, unit, self.at(value));
        }
        if scale == 1.0 && !becomes_rate {
            return Typed { info, ..value };
        }
        let at = self.at(value);
        self.arena.push(Node::Scale(value.id, scale), info, at)
    }

    fn at(&self, value: Typed) -> Location {
        self.arena.expr(value.id).at
    }

    fn number(&mut self, value: f64, unit: Known, at: Location) -> Typed {
        self.arena.push(Node::Number(value), Info::number(unit, Shape::Constant), at)
    }

    fn location(&self, place: &Place, id: ast::ExprId) -> Location {
        Location::new(place.file, self.world.expr(place.file, id).span)
    }
}
