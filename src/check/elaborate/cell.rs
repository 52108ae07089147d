//! Cells: a whole definition, from its right side to what it holds.

use super::choice::Wanted;
use super::slot::{SlotType, type_wanted};
use super::{Elaborator, Info, Known, Place, State, Value};
use crate::check::choice::Chooser;
use crate::check::mistakes;
use crate::check::mistakes::names::Beside;
use crate::check::model::{CellId, Content, Node, ScenarioId, Shape, Type};
use crate::check::resolve::{BUILT_IN, Broken, Target, follow, reference_kind, resolve};
use crate::check::world::{Body, KindId, Scope};
use crate::diagnostic::suggest;
use crate::syntax::{ast, spoken};
use crate::text::{FileId, Location};

/// For how many unknown names near ones are looked for; nobody reads more at once.
const MOST_NEAR: u32 = 100;

impl<'a> Elaborator<'_, 'a> {
    /// What a definition holds, by its own right side.
    pub(in crate::check) fn define(&mut self, id: CellId) -> State {
        let def = self.world.cell(id);
        self.cell = Some(id);
        if reference_kind(self.world, id).is_some() {
            return self.reference(id);
        }
        match def.body {
            Some(body) => self.body(id, body, &Place::new(body.file, def.scope)),
            None => {
                let ty = def.slot.map_or(Type::Number, |(slot, _)| type_wanted(slot));
                State { content: Content::Missing, info: Info { ty, ..Info::unknown() }, level: false }
            }
        }
    }

    /// What is known of a level by its start.
    pub(in crate::check) fn start(&mut self, place: &Place, from: ast::ExprId) -> Option<Info> {
        self.one(place, from).map(|start| start.info.series())
    }

    /// What a definition holds under a scenario that replaces its right side; `base` is what it replaces.
    pub(in crate::check) fn replace(&mut self, id: CellId, body: Body<'_>, scope: Scope, base: Option<ScenarioId>) -> State {
        self.cell = Some(id);
        if reference_kind(self.world, id).is_some() {
            return self.reference(id);
        }
        let place = Place { base: Some((id, base)), ..Place::new(body.file, scope) };
        let state = self.body(id, body, &place);
        self.same_as_before(id, state)
    }

    /// What a right side would make of a definition; what is wrong with it is not told.
    pub(in crate::check) fn stand_for(&mut self, id: CellId, body: Body<'_>, scope: Scope) -> State {
        self.cell = Some(id);
        self.body(id, body, &Place::new(body.file, scope))
    }

    /// What a definition holds that `--set` gives another right side; the states hold what it was.
    pub(in crate::check) fn set(&mut self, id: CellId) -> State {
        let state = self.define(id);
        self.same_as_before(id, state)
    }

    /// A replacement keeps the type and the unit of what it replaces.
    fn same_as_before(&mut self, id: CellId, state: State) -> State {
        let Some(before) = self.states.base.get(id.0 as usize).copied().flatten() else { return state };
        let (Content::Computed(expr), Content::Computed(_)) = (state.content, before.content) else { return state };
        if state.info.unit == Known::Unknown {
            return State { content: before.content, ..before };
        }
        // A mistake has spoilt what is replaced: what the replacement has to measure is not known, nor what reads it.
        if before.info.unit == Known::Unknown {
            return State { info: Info { unit: Known::Unknown, ..state.info }, ..state };
        }
        let value = super::Typed { id: expr, info: state.info };
        if !self.expect_type(value, before.info.ty) {
            return State { content: before.content, ..before };
        }
        let Known::Unit(wanted) = before.info.unit else { return state };
        if self.tell_bare_definition(id, value, wanted) {
            return State { content: before.content, ..before };
        }
        let path = self.world.cell(id).path.clone();
        let defined = self.world.cell(id).at;
        let written = value;
        let value = self.in_unit(value, wanted, |side, text| mistakes::units::replaced(&path, side, &text, defined));
        if value.is_some() && self.arena.units.is_percent(wanted) {
            self.filled_without_percent(written, &path, (defined, "in percent here"));
        }
        match value {
            Some(value) => State { content: Content::Computed(value.id), info: value.info, ..state },
            None => State { content: before.content, ..before },
        }
    }

    fn body(&mut self, id: CellId, body: Body<'_>, place: &Place) -> State {
        let (value, at) = match body.value {
            ast::Value::Equals(expr) => {
                let chooser = Chooser { world: self.world, links: self.links };
                let value = match chooser.of_cell(id) {
                    Some(options) => self.choose(place, *expr, &Wanted { what: self.world.cell(id).name, options }),
                    None => self.expr(place, *expr),
                };
                (value, self.location(place, *expr))
            }
            ast::Value::Uncertain(uncertain) => {
                let at = self.location(place, uncertain.distribution);
                (self.draw(id, place, uncertain, at), at)
            }
        };
        let spoilt = self.spoilt_state(at);
        let def = self.world.cell(id);
        // A list that a name holds as one value a step is a list where one is asked for.
        let listed = if self.is_for_table(id) { self.elements(&value) } else { None };
        let value = listed.map_or(value, |items| Value::List(super::list::List { items, at }));
        match value {
            Value::Table(table) => self.table_cell(id, table, at),
            Value::List(list) if self.keeps_list(id, &list) => {
                let table = self.kept(&list);
                self.table_cell(id, table, at)
            }
            Value::Text => self.text_cell(id, at),
            Value::Unknown => spoilt,
            // `retention : table = none`: left out, and what reads it is nothing too.
            Value::Nothing if self.is_for_table(id) => State { content: Content::Reference(None), ..spoilt },
            Value::One(_) | Value::Column(_) | Value::List(_) | Value::Nothing | Value::Instances(_) | Value::Instance(_) => {
                let Some(mut value) = self.one_of(value, at) else { return spoilt };
                let level = self.builds_level(value);
                for (stated, file, owner) in [(def.slot, def.instance), (def.stated, None)]
                    .into_iter()
                    .filter_map(|(stated, owner)| stated.map(|(stated, file)| (stated, file, owner)))
                {
                    match self.fitted(value, stated, file, owner, def.name) {
                        Some(fitted) => value = fitted,
                        None => return spoilt,
                    }
                }
                State { content: Content::Computed(value.id), info: value.info, level }
            }
        }
    }

    fn is_for_table(&self, id: CellId) -> bool {
        let def = self.world.cell(id);
        def.slot.or(def.stated).is_some_and(|(stated, _)| SlotType::of(stated) == SlotType::Table)
    }

    /// Whether a definition holds a list as it is: a slot for a table does, one for a figure does not, and what has no
    /// type does unless it is one value a step.
    fn keeps_list(&self, id: CellId, list: &super::list::List) -> bool {
        let def = self.world.cell(id);
        match def.slot.or(def.stated) {
            Some((stated, _)) => SlotType::of(stated) == SlotType::Table,
            None => self.stays_list(list),
        }
    }

    /// A stand-in for what a mistake has spoilt.
    fn spoilt_state(&mut self, at: Location) -> State {
        let stand_in = self.arena.push(Node::Number(0.0), Info::unknown(), at);
        State { content: Content::Computed(stand_in.id), info: Info::unknown(), level: false }
    }

    fn table_cell(&mut self, id: CellId, table: crate::check::model::TableId, at: Location) -> State {
        let def = self.world.cell(id);
        if let Some((stated, file)) = def.slot.or(def.stated)
            && SlotType::of(stated) != SlotType::Table
        {
            let stated_at = Location::new(file, stated.unit.span);
            self.report(mistakes::kinds::table_in_slot(def.name, at, stated_at));
            return self.spoilt_state(at);
        }
        let known = self.arena.table_info(table);
        let info = Info { ty: Type::Number, unit: known.result, shape: Shape::Constant, uncertain: known.uncertain, flows: false };
        State { content: Content::Table(table), info, level: false }
    }

    fn text_cell(&mut self, id: CellId, at: Location) -> State {
        let def = self.world.cell(id);
        if let Some((stated, file)) = def.slot.or(def.stated)
            && SlotType::of(stated) != SlotType::Text
        {
            let stated_at = Location::new(file, stated.unit.span);
            let written = |expr: &'a ast::Expr| if let ast::ExprNode::Text(text) = &expr.node { Some(text.as_str()).filter(|_| expr.span == at.span) } else { None };
            let inside = self.world.trees.get(&at.file).and_then(|tree| tree.exprs.iter().find_map(written)).unwrap_or_default();
            self.report(if SlotType::of(stated) == SlotType::Date {
                mistakes::kinds::text_for_date(def.name, at, stated_at, &spoken::dates(inside))
            } else {
                mistakes::kinds::text_in_slot(def.name, at, stated_at, inside)
            });
            return self.spoilt_state(at);
        }
        State { content: Content::Text, info: Info::unknown(), level: false }
    }

    fn reference(&mut self, id: CellId) -> State {
        let mut through = Vec::new();
        let target = follow(self.world, self.links, id, &mut through, 0);
        let def = self.world.cell(id);
        let mut state = State { content: Content::Reference(None), info: Info::unknown(), level: false };
        let Some((kind, many)) = reference_kind(self.world, id) else { return state };
        let written = def.body.map(|body| match body.value {
            ast::Value::Equals(expr) => (body.file, *expr),
            ast::Value::Uncertain(uncertain) => (body.file, uncertain.distribution),
        });
        let wanted = self.told_kind(def.name, kind);
        let place_at = written.map_or(def.name_at, |(file, expr)| Location::new(file, self.world.expr(file, expr).span));
        match target {
            Ok(Target::Instance(found)) if self.world.is_kind(self.world.instance(found).kind, kind) => {
                state.content = Content::Reference(Some(found));
            }
            Ok(Target::Instances(..)) if many => {}
            Ok(Target::Nothing) => {}
            Ok(Target::Instance(found)) => {
                let other = self.world.kind(self.world.instance(found).kind).name;
                let path = self.world.instance(found).path.clone();
                self.report(mistakes::kinds::wrong_kind((def.name, wanted), (&path, other), place_at, &self.instances_of(kind)));
            }
            Ok(Target::Cell(_) | Target::Cells(_) | Target::Instances(..)) => {
                self.report(mistakes::kinds::instance_wanted(def.name, wanted, place_at, &self.instances_of(kind)));
            }
            Err(Broken::Unfilled(unfilled)) if unfilled == id && written.is_some() => {
                self.report(mistakes::kinds::instance_wanted(def.name, wanted, place_at, &self.instances_of(kind)));
            }
            Err(Broken::Unfilled(_)) => state.content = Content::Missing,
            Err(Broken::Unknown | Broken::NoMember(..) | Broken::NotInside(_) | Broken::Outside(..)) => {
                let instances = self.instances_of(kind);
                let written = written.map(|written| self.broken_entry(written, def.scope));
                let place_at = written.map_or(place_at, |(file, expr)| Location::new(file, self.world.expr(file, expr).span));
                let text = self.written_path(written);
                if text.split('.').any(|name| self.world.lost.contains(name)) {
                    return state;
                }
                self.report(mistakes::names::unknown_instance(&text, wanted, place_at, instances));
            }
        }
        state
    }

    /// The name by which a modeller knows what a reference slot is for: `market : audience` is filled with a market, most
    /// often.
    fn told_kind(&self, slot: &str, kind: KindId) -> &'a str {
        let named = self.world.kind_ids.get(slot).filter(|named| self.world.is_kind(**named, kind));
        self.world.kind(*named.unwrap_or(&kind)).name
    }

    fn instances_of(&self, kind: KindId) -> Vec<String> {
        let ids = self.world.by_kind.get(&kind).cloned().unwrap_or_default();
        ids.into_iter().map(|id| self.world.instance(id).path.clone()).filter(|path| !path.contains(' ')).collect()
    }

    /// Of a list the entry that names nothing; else all of it.
    fn broken_entry(&self, (file, id): (FileId, ast::ExprId), scope: Scope) -> (FileId, ast::ExprId) {
        let ast::ExprNode::List(entries) = &self.world.expr(file, id).node else { return (file, id) };
        let is_broken = |entry: &&ast::ExprId| {
            let path = self.world.expr(file, **entry).node.path();
            path.is_some_and(|path| resolve(self.world, self.links, scope, path).target.is_err())
        };
        (file, entries.iter().find(is_broken).copied().unwrap_or(id))
    }

    fn written_path(&self, written: Option<(FileId, ast::ExprId)>) -> String {
        let Some((file, id)) = written else { return String::new() };
        self.world.expr(file, id).node.path().map(ast::Path::text).unwrap_or_default()
    }

    /// Whether a definition has the unit that is wanted where the expression in hand stands.
    fn fits_here(&self, cell: CellId) -> bool {
        let unit = self.states.get(cell).map(|state| state.info.unit);
        let (Some(Known::Unit(unit)), Some(wanted)) = (unit, self.wanted) else { return false };
        self.arena.units.scale(unit, wanted).is_some()
    }

    /// The mistake of a name that means nothing, with what it may have been meant to be; names of the fitting kind of
    /// thing come first.
    pub(super) fn unknown_name(&mut self, place: &Place, name: &str, at: Location) -> crate::diagnostic::Diagnostic {
        if let Some(mistake) = self.spoken_date(place.file, name, at) {
            return mistake;
        }
        // The more names there are to look through, the fewer times it is done.
        self.arena.unknown_names += 1 + (self.world.cells.len() / 2_000) as u32;
        if self.arena.unknown_names > MOST_NEAR {
            return mistakes::names::unknown_name(name, at, Vec::new(), &[], false);
        }
        let mut known: Vec<(&str, u32)> = Vec::new();
        if let Scope::Kind(id) | Scope::Filled(id, _) = place.scope {
            let kind = self.world.kind(self.world.instance(id).kind);
            known.extend(kind.members.iter().map(|member| (member.name, 0)));
        }
        if let Scope::Test(test) = place.scope
            && let Some(names) = self.world.test_names.get(test as usize)
        {
            known.extend(names.keys().map(|name| (*name, 0)));
        }
        known.extend(place.arguments.iter().map(|(name, _)| (name.as_str(), 0)));
        let own = self.world.cells.iter().enumerate().filter(|(_, cell)| cell.instance.is_none());
        known.extend(own.map(|(at, cell)| (cell.name, if self.fits_here(CellId(at as u32)) { 0 } else { 1 })));
        let instances = self.world.instances.iter().filter(|instance| instance.parent.is_none());
        known.extend(instances.filter_map(|instance| instance.decl.name.as_ref()).map(|name| (name.text.as_str(), 2)));
        known.extend(BUILT_IN.map(|name| (name, 3)));
        known.extend(place.base.map(|_| ("base", 3)));
        // A kind is no figure: it is what was meant only where nothing else can be.
        if suggest::nearest(name, known.iter().copied()).is_empty() {
            known.extend(self.world.kinds.iter().map(|kind| (kind.name, 4)));
        }
        let unit = self.arena.units.find(name).is_some();
        if unit && ["day", "week", "month", "quarter", "year"].contains(&name) {
            return mistakes::names::time_as_name(name, at, self.reckoned_with(at));
        }
        let mut members: Vec<String> = Vec::new();
        for cell in self.world.cells.iter().filter(|cell| cell.instance.is_some() && cell.name == name) {
            if members.len() < 3 {
                members.push(cell.path.clone());
            }
        }
        let mistake = mistakes::names::unknown_name(name, at, known, &members, unit);
        let mistake = self.of_lines(mistake, name);
        match self.hyphened(place.file, at) {
            Some((whole, name)) if self.world.names.contains_key(name.as_str()) => mistakes::names::hyphened(mistake, whole, &name),
            Some(_) | None => mistake,
        }
    }

    /// What the lines of declarations may lack where a name is unknown: `article { … }` its name, `price = currency/B` its `:`.
    fn of_lines(&self, mistake: crate::diagnostic::Diagnostic, name: &str) -> crate::diagnostic::Diagnostic {
        let at = mistake.place();
        let body = self.cell.and_then(|cell| self.world.cell(cell).body).filter(|body| body.file == at.file);
        let of_body = body.and_then(|body| if let ast::Value::Equals(id) = body.value { self.sign_of(Location::new(body.file, self.world.expr(body.file, *id).span)) } else { None });
        let mistake = match of_body.filter(|_| name == "currency" || self.arena.units.find(name).is_some()) {
            Some(sign) => mistake.guess(2, "for a slot, write `:`", sign, " : "),
            None => mistake,
        };
        let nameless = self.world.instances.iter().filter(|instance| instance.decl.name.is_none() && instance.file == at.file);
        nameless.take(3).fold(mistake, |mistake, instance| {
            let kind = &instance.decl.kind;
            mistake.guess(1, format!("name the `{}`", kind.text), Location::new(instance.file, kind.span.after()), format!(" {name}"))
        })
    }

    /// `cost-of-goods`, which reads as a subtraction: where it stands, and the name with `_`.
    fn hyphened(&self, file: FileId, at: Location) -> Option<(Location, String)> {
        let tree = self.world.trees.get(&file)?;
        let holds = |expr: &&ast::Expr| expr.span.start <= at.span.start && at.span.end <= expr.span.end;
        tree.exprs.iter().filter(holds).find_map(|expr| {
            let ast::ExprNode::Chain { first, rest } = &expr.node else { return None };
            let all: Vec<&ast::Expr> = std::iter::once(first).chain(rest.iter().map(|(_, id)| id)).map(|id| tree.expr(*id)).collect();
            let here = all.iter().position(|operand| operand.span == at.span)?;
            let touches = |pair: &[&ast::Expr]| matches!(pair, [a, b] if a.span.end + 1 == b.span.start);
            let first = (0..here).rev().take_while(|index| all.get(*index..=index + 1).is_some_and(touches)).last().unwrap_or(here);
            let last = (here..all.len()).take_while(|index| *index == here || all.get(index - 1..=*index).is_some_and(touches)).last()?;
            let words = all.get(first..=last)?;
            let names: Option<Vec<String>> = words.iter().map(|word| word.node.path().map(ast::Path::text)).collect();
            let whole = words.first()?.span.join(words.last()?.span);
            (last > first).then_some((Location::new(file, whole), names?.join("_")))
        })
    }

    /// `Mar-26`: what spreadsheets show for a month reads as a subtraction.
    fn spoken_date(&self, file: FileId, name: &str, at: Location) -> Option<crate::diagnostic::Diagnostic> {
        spoken::month(name)?;
        let tree = self.world.trees.get(&file)?;
        let holds = |expr: &&ast::Expr| expr.span.start <= at.span.start && at.span.end <= expr.span.end;
        let found = (0..tree.exprs.len() as u32).map(ast::ExprId).find_map(|id| {
            let expr = Some(tree.expr(id)).filter(holds)?;
            Some((crate::check::dates::meant(tree, id)?, Location::new(file, expr.span)))
        });
        found.map(|(date, whole)| mistakes::time::spoken_date(&date, whole))
    }

    /// What a name at a place is compared or reckoned with.
    fn reckoned_with(&self, at: Location) -> Beside {
        let Some(file) = self.world.trees.get(&at.file) else { return Beside::Nothing };
        let is_it = |id: &ast::ExprId| file.expr(*id).span == at.span;
        let beside = |compared: bool, first: ast::ExprId, rest: Vec<ast::ExprId>| {
            let all: Vec<ast::ExprId> = [first].into_iter().chain(rest).collect();
            let other = |holds: fn(&ast::ExprNode) -> bool| all.iter().any(|id| !is_it(id) && holds(&file.expr(*id).node));
            let is_date = |node: &ast::ExprNode| matches!(node, ast::ExprNode::Date(_));
            let is_number = |node: &ast::ExprNode| node.bare_number().is_some();
            all.iter().any(is_it).then(|| match compared {
                _ if other(is_date) => Beside::Date,
                true if other(is_number) => Beside::Number,
                true => Beside::Nothing,
                false => Beside::Amount,
            })
        };
        let found = file.exprs.iter().find_map(|expr| {
            if let ast::ExprNode::Compare { first, rest } = &expr.node {
                beside(true, *first, rest.iter().map(|(_, id)| *id).collect())
            } else if let ast::ExprNode::Chain { first, rest } = &expr.node {
                beside(false, *first, rest.iter().map(|(_, id)| *id).collect())
            } else {
                None
            }
        });
        found.unwrap_or(Beside::Nothing)
    }
}
