//! Depends: which definitions an expression reads, and whether now, a step ago, or over the whole timeline.

use super::choice::{Chooser, Options, named, written};
use super::formula;
use super::model::{CellId, Origin};
use super::native::{Native, native};
use super::resolve::{Broken, Links, Target, resolve};
use super::settings;
use super::world::{FunctionDef, Scope, World};
use crate::numeric::distribution::Family;
use crate::syntax::ast::{self, ExprNode, Operator, Value};
use crate::text::FileId;
use foldhash::HashMap;

/// How an expression reads another: any mixture of the three.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Reach(u8);

impl Reach {
    /// In the same step.
    pub const NOW: Self = Self(1);
    /// As it stood a step or more ago.
    pub const LAGGED: Self = Self(2);
    /// Over the whole timeline, the future included.
    pub const WHOLE: Self = Self(4);

    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Not now, but if a scenario fills the slot it goes through.
    const UNLESS_OPEN: Self = Self(0);

    /// Whether it is read at all.
    pub const fn is_read(self) -> bool {
        self.0 != 0
    }

    const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What is read through `outer` by somebody who is himself read through `self`.
    const fn through(self, outer: Self) -> Self {
        if !self.is_read() {
            return self;
        }
        if outer.has(Self::WHOLE) || self.has(Self::WHOLE) && !self.has(Self::NOW) && !self.has(Self::LAGGED) {
            return Self::WHOLE;
        }
        if outer.has(Self::LAGGED) {
            return Self(Self::LAGGED.0 | self.0 & Self::WHOLE.0);
        }
        self
    }
}

/// Reads of one definition.
pub(super) type Reads = HashMap<CellId, Reach>;

/// Collects what definitions read; remembers functions it has seen.
pub(super) struct Depend<'w, 'a> {
    world: &'w World<'a>,
    links: Links<'w>,
    functions: HashMap<(*const ast::Function, Scope), Summary>,
    open: Vec<*const ast::Function>,
}

/// What calling a function reads: of its parameters by place, and of definitions.
#[derive(Clone, Default)]
struct Summary {
    parameters: Vec<Reach>,
    cells: Vec<(CellId, Reach)>,
}

struct Walk<'p> {
    file: FileId,
    scope: Scope,
    parameters: &'p [ast::Parameter],
    /// The ages of the formulas that are being walked through.
    ages: Vec<&'p str>,
    seen: Summary,
}

impl<'p> Walk<'p> {
    fn new(file: FileId, scope: Scope, parameters: &'p [ast::Parameter]) -> Self {
        let seen = Summary { parameters: vec![Reach::default(); parameters.len()], cells: Vec::new() };
        Self { file, scope, parameters, ages: Vec::new(), seen }
    }
}

impl<'w, 'a> Depend<'w, 'a> {
    pub fn new(world: &'w World<'a>, links: Links<'w>) -> Self {
        Self { world, links, functions: HashMap::default(), open: Vec::new() }
    }

    /// What a definition reads by a right side.
    pub fn of_cell(&mut self, cell: CellId, file: FileId, value: &Value, scope: Scope) -> Reads {
        match value {
            Value::Equals(id) => {
                let mut walk = Walk::new(file, scope, &[]);
                match self.chooser().of_cell(cell) {
                    Some(options) => self.chosen(&mut walk, *id, Reach::NOW, &options),
                    None => self.expr(&mut walk, *id, Reach::NOW),
                }
                joined(walk.seen.cells)
            }
            Value::Uncertain(uncertain) => {
                let ids: Vec<_> =
                    [uncertain.distribution].into_iter().chain(uncertain.low).chain(uncertain.high).collect();
                self.of_exprs(file, &ids, scope)
            }
        }
    }

    /// What expressions read.
    pub fn of_exprs(&mut self, file: FileId, ids: &[ast::ExprId], scope: Scope) -> Reads {
        let mut walk = Walk::new(file, scope, &[]);
        for id in ids {
            self.expr(&mut walk, *id, Reach::NOW);
        }
        joined(walk.seen.cells)
    }

    fn chooser(&self) -> Chooser<'w, 'a> {
        Chooser { world: self.world, links: self.links }
    }

    /// An expression in a place for an option: the name of one reads nothing.
    fn chosen(&mut self, walk: &mut Walk<'a>, id: ast::ExprId, reach: Reach, options: &Options) {
        let node = &self.world.expr(walk.file, id).node;
        if named(node, options).is_some() {
            return;
        }
        let ExprNode::If { branches, otherwise } = node else { return self.expr(walk, id, reach) };
        for (condition, value) in branches {
            self.expr(walk, *condition, reach);
            self.chosen(walk, *value, reach, options);
        }
        self.chosen(walk, *otherwise, reach, options);
    }

    fn compare(&mut self, walk: &mut Walk<'a>, ids: &[ast::ExprId], reach: Reach) {
        let (parameters, ages) = (walk.parameters, walk.ages.clone());
        let parameter = |name: &str| {
            if ages.contains(&name) {
                return Some(None);
            }
            let known = parameters.iter().find(|known| known.name.text == name);
            known.map(|known| known.choice.as_ref().map(written))
        };
        let compared = self.chooser().compared(walk.file, ids.iter().copied(), walk.scope, &parameter);
        for id in ids {
            match &compared {
                Some((lead, options)) if lead != id => self.chosen(walk, *id, reach, options),
                Some(_) | None => self.expr(walk, *id, reach),
            }
        }
    }

    fn expr(&mut self, walk: &mut Walk<'a>, id: ast::ExprId, reach: Reach) {
        let expr = self.world.expr(walk.file, id);
        match &expr.node {
            ExprNode::Number(_) | ExprNode::Date(_) | ExprNode::Text(_) | ExprNode::Flag(_) | ExprNode::Broken => {}
            ExprNode::Path(path) => self.path(walk, path, reach),
            ExprNode::Negate(x) | ExprNode::Not(x) => self.expr(walk, *x, reach),
            ExprNode::In(x, _) => {
                self.expr(walk, *x, reach);
                let mut rates: Vec<CellId> = self.world.rates.values().copied().collect();
                rates.sort_unstable();
                walk.seen.cells.extend(rates.into_iter().map(|cell| (cell, reach)));
            }
            ExprNode::Chain { first, rest } => {
                let ids = [*first].into_iter().chain(rest.iter().map(|(_, x)| *x));
                match rest.first() {
                    Some((Operator::Otherwise, _)) => self.otherwise(walk, ids, reach),
                    Some(_) | None => ids.for_each(|x| self.expr(walk, x, reach)),
                }
            }
            ExprNode::Compare { first, rest } => {
                let ids: Vec<ast::ExprId> = [*first].into_iter().chain(rest.iter().map(|(_, x)| *x)).collect();
                self.compare(walk, &ids, reach);
            }
            ExprNode::Power(a, b) | ExprNode::To(a, b) => {
                self.expr(walk, *a, reach);
                self.expr(walk, *b, reach);
            }
            ExprNode::Growing(a, b, since) => [*a, *b].into_iter().chain(*since).for_each(|x| self.expr(walk, x, reach)),
            ExprNode::If { branches, otherwise } => {
                branches.iter().flat_map(|(c, x)| [*c, *x]).for_each(|x| self.expr(walk, x, reach));
                self.expr(walk, *otherwise, reach);
            }
            ExprNode::Index(x, at) => {
                self.expr(walk, *x, Reach::WHOLE);
                if self.world.trees.get(&walk.file).is_some_and(|file| settings::period(file, *at).is_none()) {
                    self.expr(walk, *at, reach);
                }
            }
            ExprNode::Call { callee, arguments } => self.call(walk, *callee, arguments, reach),
            ExprNode::Table { form, rows } => {
                if let Some(age) = formula::age(self.world, walk.file, form, rows) {
                    walk.ages.push(&age.text);
                    rows.iter().for_each(|row| self.expr(walk, row.value, reach));
                    walk.ages.pop();
                    return;
                }
                let parts = rows.iter().flat_map(|row| row.key.into_iter().chain([row.value]).chain(row.plus));
                parts.for_each(|x| self.expr(walk, x, reach));
            }
            ExprNode::List(entries) => entries.iter().for_each(|x| self.expr(walk, *x, reach)),
        }
    }

    /// What goes through a slot that nobody fills is not asked for where something else stands behind `otherwise`.
    fn otherwise(&mut self, walk: &mut Walk<'a>, ids: impl Iterator<Item = ast::ExprId>, reach: Reach) {
        let mut ids = ids.peekable();
        while let Some(id) = ids.next() {
            match self.through_open_slot(walk, id).filter(|_| ids.peek().is_some()) {
                Some(slots) => walk.seen.cells.extend(slots.into_iter().map(|cell| (cell, Reach::UNLESS_OPEN))),
                None => self.expr(walk, id, reach),
            }
        }
    }

    /// The slots on the way of a path or a call, if one of them is open.
    fn through_open_slot(&self, walk: &Walk<'_>, id: ast::ExprId) -> Option<Vec<CellId>> {
        let node = &self.world.expr(walk.file, id).node;
        let callee = if let ExprNode::Call { callee, .. } = node { Some(*callee) } else { None };
        let path = callee.map_or(node, |callee| &self.world.expr(walk.file, callee).node).path()?;
        let (_, owner) = path.names.split_last()?;
        let first = owner.first()?;
        if walk.parameters.iter().any(|known| known.name.text == first.text) {
            return None;
        }
        let owner = ast::Path { names: owner.to_vec(), span: path.span };
        let resolved = resolve(self.world, self.links, walk.scope, &owner);
        matches!(resolved.target, Err(Broken::Unfilled(_))).then_some(resolved.through)
    }

    fn path(&mut self, walk: &mut Walk<'a>, path: &ast::Path, reach: Reach) {
        if let [name] = path.names.as_slice()
            && walk.ages.contains(&name.text.as_str())
        {
            return;
        }
        if let [name] = path.names.as_slice()
            && let Some(at) = walk.parameters.iter().position(|known| known.name.text == name.text)
        {
            if let Some(known) = walk.seen.parameters.get_mut(at) {
                *known = known.or(reach);
            }
            return;
        }
        let resolved = resolve(self.world, self.links, walk.scope, path);
        walk.seen.cells.extend(resolved.through.into_iter().map(|cell| (cell, Reach::LAGGED)));
        match resolved.target {
            Ok(Target::Cell(cell)) => walk.seen.cells.push((cell, reach)),
            Ok(Target::Cells(cells)) => walk.seen.cells.extend(cells.into_iter().map(|cell| (cell, reach))),
            Ok(Target::Instance(_) | Target::Instances(..) | Target::Nothing) | Err(_) => {}
        }
    }

    fn call(&mut self, walk: &mut Walk<'a>, callee: ast::ExprId, arguments: &[ast::Argument], reach: Reach) {
        let ExprNode::Path(path) = &self.world.expr(walk.file, callee).node else {
            self.expr(walk, callee, reach);
            arguments.iter().for_each(|argument| self.expr(walk, argument.value, reach));
            return;
        };
        let Some((function, scope)) = find_function(self.world, self.links, (walk.file, walk.scope), path) else {
            // Of a function that does not exist only that is told, and no circle through what it is given.
            if self.is_unknown(walk, path) {
                return;
            }
            // A table that is read: its definition, and what it is read at.
            self.path(walk, path, reach);
            arguments.iter().for_each(|argument| self.expr(walk, argument.value, reach));
            return;
        };
        let parameters = &function.decl.params;
        let summary = self.summary(function, scope);
        walk.seen.cells.extend(summary.cells.iter().map(|(cell, inner)| (*cell, inner.through(reach))));
        for (at, argument) in arguments.iter().enumerate() {
            let named = argument.name.as_ref().and_then(|name| parameters.iter().position(|p| p.name.text == name.text));
            let place = named.unwrap_or(at);
            let inner = summary.parameters.get(place).copied().unwrap_or(Reach::NOW).through(reach);
            match parameters.get(place).and_then(|parameter| parameter.choice.as_ref()) {
                Some(choice) => self.chosen(walk, argument.value, inner, &written(choice)),
                None => self.expr(walk, argument.value, inner),
            }
        }
    }

    fn is_unknown(&self, walk: &Walk<'_>, path: &ast::Path) -> bool {
        let [name] = path.names.as_slice() else { return false };
        let is_parameter = walk.parameters.iter().any(|parameter| parameter.name.text == name.text);
        let found = resolve(self.world, self.links, walk.scope, path).target;
        !is_parameter && Family::from_name(&name.text).is_none() && found == Err(Broken::Unknown)
    }

    fn summary(&mut self, function: FunctionDef<'a>, scope: Scope) -> Summary {
        let key = std::ptr::from_ref(function.decl);
        if let Some(known) = self.functions.get(&(key, scope)) {
            return known.clone();
        }
        let count = function.decl.params.len();
        let Some(body) = function.decl.body else {
            let parameters = (0..count).map(|at| reach(&function.decl.name.text, at)).collect();
            return Summary { parameters, cells: Vec::new() };
        };
        let everything = Summary { parameters: vec![Reach::NOW; count], cells: Vec::new() };
        // A function that calls itself is told when it is written out.
        if self.open.contains(&key) || self.open.len() > 200 {
            return everything;
        }
        self.open.push(key);
        let mut walk = Walk::new(function.file, scope, &function.decl.params);
        self.expr(&mut walk, body, Reach::NOW);
        self.open.pop();
        self.functions.insert((key, scope), walk.seen.clone());
        walk.seen
    }
}

/// Reads of each definition once, however often it is read.
fn joined(cells: Vec<(CellId, Reach)>) -> Reads {
    let mut reads = Reads::default();
    for (cell, reach) in cells {
        let known = reads.entry(cell).or_default();
        *known = known.or(reach);
    }
    reads
}

/// The function that a path of a file calls, and the scope its body sees.
pub(super) fn find_function<'a>(
    world: &World<'a>,
    links: Links<'_>,
    (file, scope): (FileId, Scope),
    path: &ast::Path,
) -> Option<(FunctionDef<'a>, Scope)> {
    let (last, before) = path.names.split_last()?;
    if before.is_empty() {
        let instance = match scope {
            Scope::Kind(instance) | Scope::Filled(instance, _) => Some(instance),
            Scope::Global | Scope::Prelude | Scope::Test(_) => None,
        };
        let method = instance.and_then(|id| world.method(id, &last.text).map(|function| (function, Scope::Kind(id))));
        let name = last.text.as_str();
        let own = world.functions_of_prelude.get(name).filter(|_| world.origin(file) == Origin::Prelude);
        let function = own.or_else(|| world.functions.get(name));
        return method.or_else(|| function.map(|function| (*function, world.top(function.file))));
    }
    let owner = ast::Path { names: before.to_vec(), span: path.span };
    match resolve(world, links, scope, &owner).target {
        Ok(Target::Instance(id)) => world.method(id, &last.text).map(|function| (function, Scope::Kind(id))),
        Ok(Target::Cell(_) | Target::Cells(_) | Target::Instances(..) | Target::Nothing) | Err(_) => None,
    }
}

/// Who reads each definition.
pub(super) fn readers(reads: &[Reads]) -> HashMap<CellId, Vec<CellId>> {
    let pairs = reads.iter().enumerate().flat_map(|(reader, reads)| reads.keys().map(move |read| (*read, reader)));
    let mut readers: HashMap<CellId, Vec<CellId>> = HashMap::default();
    pairs.for_each(|(read, reader)| readers.entry(read).or_default().push(CellId(reader as u32)));
    readers
}

/// How a native reads its parameter at a place.
fn reach(name: &str, at: usize) -> Reach {
    match native(name) {
        Some(Native::Opening | Native::Delay) if at == 0 => Reach::LAGGED,
        Some(Native::OverTime(_)) => Reach::WHOLE,
        Some(Native::Present | Native::InternalRate | Native::InternalRates | Native::PaidBack | Native::ToLast | Native::EvenRate | Native::Dated) if at == 0 => Reach::WHOLE,
        Some(_) | None => Reach::NOW,
    }
}
