//! Goals: their inputs found, their ranges in the inputs' units, and their aims one figure each.

use super::elaborate::{Known, State, Typed};
use super::mistakes;
use super::model::{Aim, CellId, Content, ExprId, Goal, Node, Shape, Type, Vary};
use super::pass::Pass;
use super::resolve::{Broken, Owner, Target, resolve};
use super::world::Scope;
use crate::diagnostic::Diagnostic;
use crate::syntax::ast::{self, GoalNode};
use crate::text::{FileId, Location, Span};
use foldhash::{HashMap, HashSet};

impl<'a> Pass<'a> {
    /// A goal, and the definitions it needs.
    pub(super) fn goal(&mut self, file: FileId, decl: &'a ast::Goal) -> Option<(Goal, Vec<CellId>)> {
        let (mut vary, mut aims, mut needs) = (Vec::new(), Vec::new(), Vec::new());
        let (mut varied, mut aimed, mut sound) = (0, 0, true);
        for line in &decl.lines {
            match &line.node {
                GoalNode::Vary { path, range } => {
                    varied += 1;
                    vary.extend(self.vary(file, path, *range, line.span));
                }
                GoalNode::Until(condition) => {
                    aimed += 1;
                    needs.extend(self.needs(file, &[*condition], Scope::Global));
                    aims.extend(self.until(file, *condition));
                }
                GoalNode::Best { better, value, under } => {
                    aimed += 1;
                    needs.extend(self.needs(file, &[*value], Scope::Global));
                    let at = Location::new(file, self.world.expr(file, *value).span);
                    let before = Location::new(file, Span::new(line.span.start, at.span.start));
                    let until = (*under == ast::Under::Nothing).then_some(before);
                    let found = self.figure_of(file, *value, *better, until).filter(|value| self.stands_still(*value));
                    aims.extend(found.map(|value| Aim::Best { better: *better, value: value.id, under: *under, at }));
                }
                GoalNode::Broken => sound = false,
            }
        }
        let name_at = Location::new(file, decl.name.span);
        let roots = decl.lines.iter().any(|line| matches!(line.node, GoalNode::Until(_)));
        let most = if roots { 1 } else { 2 };
        if sound && (varied == 0 || varied > most) {
            self.found.push(mistakes::goals::vary_count(&decl.name.text, varied, most, name_at));
        }
        if sound && aimed != 1 {
            self.found.push(mistakes::goals::aim_count(&decl.name.text, aimed, name_at));
        }
        let aim = aims.pop().filter(|_| aimed == 1 && vary.len() == varied && sound)?;
        if decl.part == ast::Part::Wanted {
            self.is_varied(&vary, &aim, &needs);
        }
        let title = decl.title.as_ref().map(|title| title.text.clone());
        Some((Goal { name: decl.name.text.clone(), title, vary, aim, at: name_at }, needs))
    }

    /// What stands between the numbers of `50% - 150%`.
    fn dash(&self, file: FileId, expr: &ast::Expr) -> Option<Location> {
        let ast::ExprNode::Chain { first, rest } = &expr.node else { return None };
        let [(ast::Operator::Subtract, second)] = rest.as_slice() else { return None };
        let (first, second) = (self.world.expr(file, *first), self.world.expr(file, *second));
        let written = first.node.number().is_some() && second.node.number().is_some();
        written.then(|| Location::new(file, Span::new(first.span.end, second.span.start)))
    }

    fn vary(&mut self, file: FileId, path: &'a ast::Path, range: ast::ExprId, line: Span) -> Option<Vary> {
        let at = Location::new(file, path.span);
        let (cell, number) = self.input(path, at)?;
        let expr = self.world.expr(file, range);
        let ast::ExprNode::To(low, high) = expr.node else {
            if expr.node != ast::ExprNode::Broken {
                self.found.push(mistakes::goals::range(Location::new(file, expr.span), self.dash(file, expr)));
            }
            return None;
        };
        let [low, high] = [low, high].map(|end| self.end(file, end, cell, number));
        let (low, high) = (low?, high?);
        if low >= high {
            self.found.push(mistakes::goals::range_backwards(Location::new(file, expr.span)));
            return None;
        }
        Some(Vary { cell, number, low, high, at: Location::new(file, line) })
    }

    /// The definition to be varied, and the number in it.
    fn input(&mut self, path: &'a ast::Path, at: Location) -> Option<(CellId, ExprId)> {
        let text = path.text();
        let target = resolve(&self.world, &HashMap::default(), Scope::Global, path).target;
        let cell = match target {
            Ok(Target::Cell(cell)) => cell,
            Ok(Target::Cells(_) | Target::Instance(_) | Target::Instances(..) | Target::Nothing) => {
                self.found.push(mistakes::goals::not_named(&text, at));
                return None;
            }
            Err(broken) => {
                if let Some(mistake) = self.no_member(path, broken, at.file) {
                    self.found.push(mistake);
                    return None;
                }
                let rate = self.arena.units.find(&text).and_then(|unit| self.world.rates.get(&unit).copied());
                match rate {
                    Some(rate) => rate,
                    None => {
                        self.unknown_input(&text, at);
                        return None;
                    }
                }
            }
        };
        if self.is_spoilt(cell) {
            return None;
        }
        let content = self.states.get(cell).map(|state| state.content);
        let number = if let Some(Content::Computed(expr)) = content { self.number_in(expr) } else { None };
        if number.is_none() {
            self.told_no_input(&text, cell, at);
        }
        number.map(|number| (cell, number))
    }

    /// The mistake of a path whose beginning is known: `plan.prise`.
    pub(super) fn no_member(&self, path: &ast::Path, broken: Broken, file: FileId) -> Option<Diagnostic> {
        let Broken::NoMember(index, Owner::Instance(id)) = broken else { return None };
        let name = path.names.get(index)?;
        let owner = self.world.instance(id);
        let kind = self.world.kind(owner.kind);
        let members = kind.members.iter().map(|member| member.name);
        Some(mistakes::names::unknown_member(&name.text, &owner.path, kind.name, Location::new(file, name.span), members))
    }

    /// Whether a definition holds a mistake, which is told.
    fn is_spoilt(&self, cell: CellId) -> bool {
        let spoilt = |state: State| matches!(state.content, Content::Computed(_)) && state.info.unit == Known::Unknown;
        self.states.get(cell).is_some_and(spoilt)
    }

    fn unknown_input(&mut self, text: &str, at: Location) {
        let inputs: Vec<CellId> = (0..self.world.cell_count() as u32).map(CellId).filter(|cell| self.is_number(*cell)).collect();
        let known = inputs.iter().map(|cell| (self.world.cell(*cell).path.as_str(), 0)).collect();
        let mistake = mistakes::names::unknown_name(text, at, known, &[], false);
        self.found.push(mistake);
    }

    fn is_number(&self, cell: CellId) -> bool {
        match self.states.get(cell).map(|state| state.content) {
            Some(Content::Computed(expr)) => self.number_in(expr).is_some(),
            Some(Content::Table(_) | Content::Reference(_) | Content::Text | Content::Missing) | None => false,
        }
    }

    /// A number written out, with its sign and its unit; where it grows, what it grows from.
    fn number_in(&self, expr: ExprId) -> Option<ExprId> {
        let mut id = expr;
        if self.arena.expr(expr).ty != Type::Number {
            return None;
        }
        if let Node::Growing { value, .. } = self.arena.expr(id).node {
            id = value;
        }
        let number = id;
        while let Node::Scale(inner, _) | Node::Negate(inner) = self.arena.expr(id).node {
            id = inner;
        }
        matches!(self.arena.expr(id).node, Node::Number(_)).then_some(number)
    }

    fn told_no_input(&mut self, text: &str, cell: CellId, at: Location) {
        let (mut seen, mut open, mut inputs) = (HashSet::from_iter([cell]), vec![cell], Vec::new());
        while let Some(next) = open.pop() {
            if self.is_number(next) {
                inputs.push(next);
            }
            let reads = self.reads.get(next.0 as usize).into_iter().flatten();
            open.extend(reads.map(|(read, _)| *read).filter(|read| seen.insert(*read)));
        }
        inputs.sort_unstable();
        let def = self.world.cell(cell);
        let drawn = def.body.is_some_and(|body| matches!(body.value, ast::Value::Uncertain(_)));
        // A default of a kind is no line of the instance's own.
        if let Some(owner) = def.instance.filter(|_| drawn && matches!(def.scope, Scope::Kind(_))) {
            let owner = self.world.instance(owner);
            let kind = self.world.kind(owner.kind).name;
            self.found.push(mistakes::goals::uncertain_default(text, def.name, &owner.path, kind, at, def.at));
            return;
        }
        let is = if drawn {
            "is uncertain"
        } else if !inputs.is_empty() {
            "is calculated"
        } else {
            "is no number"
        };
        let inputs: Vec<&str> = inputs.iter().map(|cell| self.world.cell(*cell).path.as_str()).collect();
        let mistake = mistakes::goals::no_input(text, is, at, def.at, if drawn { &[] } else { &inputs });
        self.found.push(mistake);
    }

    /// An end of a range, in the unit of the number it is for.
    fn end(&mut self, file: FileId, id: ast::ExprId, cell: CellId, number: ExprId) -> Option<f64> {
        let (path, defined) = (self.world.cell(cell).path.clone(), self.world.cell(cell).at);
        let unit = self.arena.expr(number).unit;
        let at = Location::new(file, self.world.expr(file, id).span);
        let place = self.top(file);
        let (value, found) = self.apart(|elaborator| {
            let value = elaborator.value_of(&place, id)?;
            let value = elaborator.in_unit(value, unit, |side, wanted| mistakes::goals::range_unit(&path, &wanted, side, at, defined))?;
            Some(elaborator.known_value(value.id))
        });
        let clean = found.is_empty();
        self.found.extend(found);
        match value.filter(|_| clean)? {
            Some(value) => Some(value),
            None => {
                self.found.push(mistakes::goals::range_ends(at));
                None
            }
        }
    }

    fn figure_of(&mut self, file: FileId, id: ast::ExprId, better: ast::Better, until: Option<Location>) -> Option<Typed> {
        let place = self.top(file);
        let (value, found) = self.apart(|elaborator| elaborator.value_of(&place, id));
        self.found.extend(found);
        let value = value?;
        if value.info.ty == Type::Condition {
            let word = match better {
                ast::Better::More => "maximize",
                ast::Better::Less => "minimize",
            };
            self.found.push(mistakes::goals::condition_as_best(word, Location::new(file, self.world.expr(file, id).span), until));
            return None;
        }
        let (fits, found) = self.apart(|elaborator| elaborator.expect_type(value, Type::Number));
        self.found.extend(found);
        fits.then_some(value)
    }

    fn until(&mut self, file: FileId, id: ast::ExprId) -> Option<Aim> {
        let place = self.top(file);
        let (value, found) = self.apart(|elaborator| elaborator.condition(&place, id));
        self.found.extend(found);
        let value = value?;
        let at = Location::new(file, self.world.expr(file, id).span);
        let pairs = self.comparisons(value.id);
        let [(left, comparison, right)] = pairs.as_slice() else {
            self.found.push(mistakes::goals::one_comparison(at));
            return None;
        };
        let (left, comparison, right) = (*left, *comparison, *right);
        if self.arena.expr(left).ty != Type::Number || comparison == ast::Comparison::Unequal {
            self.found.push(mistakes::goals::one_comparison(at));
            return None;
        }
        let still = [left, right].map(|side| self.side_stands_still(side));
        (still == [true, true]).then_some(Aim::Until { condition: value.id, left, comparison, right, at })
    }

    fn stands_still(&mut self, value: Typed) -> bool {
        self.side_stands_still(value.id)
    }

    /// Whether a figure is one for the whole timeline; told where not.
    fn side_stands_still(&mut self, id: ExprId) -> bool {
        let expr = self.arena.expr(id);
        if expr.shape == Shape::Constant {
            return true;
        }
        let (at, flows) = (expr.at, expr.flows);
        self.found.push(mistakes::goals::changes(at, flows));
        false
    }

    /// Whether the aim depends on what is varied; told where not.
    fn is_varied(&mut self, vary: &[Vary], aim: &Aim, needs: &[CellId]) {
        let mut seen: HashSet<CellId> = needs.iter().copied().collect();
        let mut open: Vec<CellId> = needs.to_vec();
        while let Some(cell) = open.pop() {
            let reads = self.reads.get(cell.0 as usize).into_iter().flatten();
            open.extend(reads.map(|(read, _)| *read).filter(|read| seen.insert(*read)));
        }
        // What it would read, were it not for a mistake, is not known.
        let spoilt = seen.iter().any(|cell| self.is_spoilt(*cell));
        let (Aim::Until { at, .. } | Aim::Best { at, .. }) = *aim;
        let mut told = HashSet::default();
        for one in vary {
            let path = &self.world.cell(one.cell).path;
            if !told.insert(one.cell) {
                self.found.push(mistakes::goals::varied_twice(path, one.at));
            } else if !spoilt && !seen.contains(&one.cell) {
                self.found.push(mistakes::goals::no_part(path, at, one.at));
            }
        }
    }
}
