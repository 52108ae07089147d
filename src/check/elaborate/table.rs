//! Tables: over dates they are series, over quantities and ages they wait to be read.

use super::agree::Joined;
use super::leading_type;
use super::{Elaborator, Info, Known, Place, TableInfo, Typed, Value};
use crate::check::{dates, formula, mistakes};
use crate::check::model::{Band, ExprId, Form, Node, Origin, Table, TableId, Type};
use crate::check::settings;
use crate::quantity::UnitId;
use crate::syntax::ast::{self, ExprNode};
use crate::text::{FileId, Location};

/// The forms of a table, as written.
pub(in crate::check) const FORMS: [&str; 10] =
    ["step", "linear", "graduated", "volume", "package", "stairstep", "curve", "schedule", "discrete", "mixture"];

impl Elaborator<'_, '_> {
    pub(super) fn table(&mut self, place: &Place, form: &ast::Name, rows: &[ast::Row], at: Location) -> Value {
        let form_at = Location::new(place.file, form.span);
        if rows.is_empty() {
            self.report(mistakes::tables::empty_table(&form.text, at));
            return Value::Unknown;
        }
        if let (Some(age), [row]) = (formula::age(self.world, place.file, form, rows), rows) {
            return self.formula(place, age, row, at);
        }
        match form.text.as_str() {
            "step" => self.over_dates(place, rows, at, Node::Steps),
            "linear" => self.over_dates(place, rows, at, Node::Linear),
            "graduated" => self.bands(place, Form::Graduated, rows, at),
            "volume" => self.bands(place, Form::Volume, rows, at),
            "package" => self.bands(place, Form::Package, rows, at),
            "stairstep" => self.bands(place, Form::Stairstep, rows, at),
            "curve" => self.bands(place, Form::Curve, rows, at),
            "schedule" => self.by_day(place, rows, at),
            "discrete" | "mixture" => {
                self.report(mistakes::draws::distribution_as_value(at, self.sign_of(at)));
                Value::Unknown
            }
            unknown => {
                self.report(mistakes::tables::unknown_form(unknown, form_at, &FORMS));
                Value::Unknown
            }
        }
    }

    /// `step { 2026-01: 49 USD, 2027-01: 59 USD }`
    fn over_dates(
        &mut self,
        place: &Place,
        rows: &[ast::Row],
        at: Location,
        node: fn(Vec<(f64, ExprId)>) -> Node,
    ) -> Value {
        if !self.world.grid.timed() {
            self.report(mistakes::time::needs_timeline("a table over dates", at, self.world.settings_at));
            return Value::Unknown;
        }
        let world = self.world;
        let Some(file) = world.trees.get(&place.file) else { return Value::Unknown };
        let mut dates = Vec::with_capacity(rows.len());
        for row in rows {
            let row_at = Location::new(place.file, row.span);
            let moment = row.key.and_then(|key| settings::moment(file, key));
            let Some(moment) = moment else {
                self.report(mistakes::tables::date_key_wanted(row_at, &meant_keys(file, rows)));
                return Value::Unknown;
            };
            let number = moment.number(self.world.grid.family());
            if dates.last().is_some_and(|last| *last >= number) {
                self.report(mistakes::tables::keys_out_of_order(row_at, row_above(place.file, rows, &dates, number)));
                return Value::Unknown;
            }
            dates.push(number);
        }
        let ids: Vec<ast::ExprId> = rows.iter().map(|row| row.value).collect();
        self.lift_settled(place, &ids, &mut |this, ones| {
            let ty = leading_type(ones);
            // Between two of anything else there is no straight line.
            let drawn = matches!(node(Vec::new()), Node::Linear(_));
            let ty = if drawn && ty != Type::Date { Type::Number } else { ty };
            if !ones.iter().all(|one| this.expect_type(*one, ty)) {
                return Value::Unknown;
            }
            let (agreed, unit) = this.agree(ones, Joined::Branches);
            let info = Info::of(ty, unit, &agreed).series();
            let rows = dates.iter().copied().zip(agreed.iter().map(|value| value.id)).collect();
            Value::One(this.arena.push(node(rows), info, at))
        })
    }

    /// `schedule { 2026-01-15: -100 USD }`: days of the calendar, whatever the grid; several payments may share one.
    fn by_day(&mut self, place: &Place, rows: &[ast::Row], at: Location) -> Value {
        let world = self.world;
        let Some(file) = world.trees.get(&place.file) else { return Value::Unknown };
        let mut days: Vec<f64> = Vec::with_capacity(rows.len());
        for row in rows {
            let row_at = Location::new(place.file, row.span);
            let Some(period) = row.key.and_then(|key| settings::period(file, key)) else {
                self.report(mistakes::tables::date_key_wanted(row_at, &meant_keys(file, rows)));
                return Value::Unknown;
            };
            let day = period.first().days() as f64;
            if days.last().is_some_and(|last| *last > day) {
                self.report(mistakes::tables::keys_out_of_order(row_at, row_above(place.file, rows, &days, day)));
                return Value::Unknown;
            }
            if row.plus.is_some() {
                self.report(mistakes::tables::no_flat_here(row_at));
                return Value::Unknown;
            }
            days.push(day);
        }
        let ids: Vec<ast::ExprId> = rows.iter().map(|row| row.value).collect();
        self.lift_settled(place, &ids, &mut |this, ones| this.schedule(&days, ones, at))
    }

    /// A table over quantities or ages.
    fn bands(&mut self, place: &Place, form: Form, rows: &[ast::Row], at: Location) -> Value {
        let Some((bounds, key)) = self.bounds(place, form, rows, at) else { return Value::Unknown };
        let mut values = Vec::with_capacity(rows.len());
        let mut flats = Vec::with_capacity(rows.len());
        for row in rows {
            let Some(value) = self.one(place, row.value) else { return Value::Unknown };
            values.push(value);
            let flat = match row.plus {
                Some(_) if matches!(form, Form::Curve | Form::Stairstep | Form::Package) => {
                    self.report(mistakes::tables::no_flat_here(Location::new(place.file, row.span)));
                    return Value::Unknown;
                }
                Some(plus) => match self.one(place, plus) {
                    Some(flat) => Some(flat),
                    None => return Value::Unknown,
                },
                None => None,
            };
            flats.push(flat);
        }
        let (values, unit) = self.agree(&values, Joined::Branches);
        let open = match (form, values.first(), flats.first()) {
            (Form::Graduated | Form::Volume, Some(rate), Some(flat)) if key == Known::Any => Some((*rate, *flat)),
            _ => None,
        };
        let (values, flats, result) = self.result(form, key, unit, values, flats);
        let parts: Vec<Typed> = values.iter().copied().chain(flats.iter().copied().flatten()).collect();
        let info = Info::of(Type::Number, result, &parts);
        let bands = bounds.iter().zip(&values).zip(&flats);
        let bands = bands.map(|((bound, value), flat)| Band { bound: *bound, value: value.id, flat: flat.map(|flat| flat.id) });
        let table = Table { form, bands: bands.collect(), at };
        let places: Vec<Location> = rows.iter().map(|row| Location::new(place.file, row.span)).collect();
        self.warn_of_falling(&table, key, result, &places);
        let id = TableId(self.arena.tables.len() as u32);
        self.arena.tables.push(table);
        self.arena.table_infos.push(TableInfo { open, ..TableInfo::of(key, result, info) });
        Value::Table(id)
    }

    /// The bounds in base units, and the unit the table is read at.
    fn bounds(&mut self, place: &Place, form: Form, rows: &[ast::Row], at: Location) -> Option<(Vec<f64>, Known)> {
        let mut bounds: Vec<f64> = Vec::with_capacity(rows.len());
        let mut unit: Option<(UnitId, Location)> = None;
        for (index, row) in rows.iter().enumerate() {
            let row_at = Location::new(place.file, row.span);
            let Some(key) = row.key else {
                if index + 1 < rows.len() {
                    self.report(mistakes::tables::beyond_not_last(row_at));
                    return None;
                }
                bounds.push(f64::INFINITY);
                continue;
            };
            let key_at = self.location(place, key);
            let ExprNode::Number(number) = &self.world.expr(place.file, key).node else {
                let word = self.world.expr(place.file, key).node.path().map(ast::Path::text);
                self.report(mistakes::tables::literal_key_wanted(key_at, word.as_deref()));
                return None;
            };
            let own = match &number.unit {
                Some(unit) => self.unit_of(place, unit)?,
                None => UnitId::NONE,
            };
            let mut bound = self.arena.units.to_base(own, number.value);
            match unit {
                None if number.unit.is_none() && number.value == 0.0 => {}
                None => unit = Some((own, key_at)),
                Some((known, first)) => match self.arena.units.scale(own, known) {
                    Some(scale) => bound *= scale,
                    None if number.unit.is_none() && number.value == 0.0 => {}
                    None => {
                        let (a, b) = (self.arena.units.text(known), self.arena.units.text(own));
                        let keys = self.keys_with(at, if a.is_empty() { &b } else { &a });
                        self.report(mistakes::tables::keys_disagree((&a, first), (&b, key_at), keys));
                        return None;
                    }
                },
            }
            if bounds.last().is_some_and(|last| *last >= bound) {
                self.report(mistakes::tables::keys_out_of_order(row_at, row_above(place.file, rows, &bounds, bound)));
                return None;
            }
            bounds.push(bound);
        }
        self.closed(form, &bounds, at)?;
        Some((bounds, unit.map_or(Known::Any, |(unit, _)| Known::Unit(unit))))
    }

    fn closed(&mut self, form: Form, bounds: &[f64], at: Location) -> Option<()> {
        let open = bounds.last().is_some_and(|last| last.is_infinite());
        match form {
            Form::Graduated | Form::Volume | Form::Stairstep if !open => {
                self.report(mistakes::tables::no_last_band(at));
                None
            }
            Form::Package if bounds.len() != 1 || open || bounds.first().is_some_and(|size| *size <= 0.0) => {
                self.report(mistakes::tables::one_package(at));
                None
            }
            Form::Curve if open && bounds.len() == 1 => Some(()),
            Form::Graduated | Form::Volume | Form::Stairstep | Form::Package | Form::Curve | Form::Formula | Form::List | Form::Schedule => Some(()),
        }
    }

    /// The unit of what is read, the rates that lead to it and the flat fees in it.
    fn result(
        &mut self,
        form: Form,
        key: Known,
        value: Known,
        values: Vec<Typed>,
        flats: Vec<Option<Typed>>,
    ) -> (Vec<Typed>, Vec<Option<Typed>>, Known) {
        let by_rate = matches!(form, Form::Graduated | Form::Volume);
        let (result, scale) = match (by_rate, key, value) {
            (false, _, value) => (value, 1.0),
            (true, Known::Unit(key), Known::Unit(value)) => {
                let Some(charged) = self.arena.units.multiply(value, key) else {
                    let at = values.first().map(|first| self.at(*first));
                    at.into_iter().for_each(|at| self.report(mistakes::powers::too_many(at)));
                    return (values, flats, Known::Unknown);
                };
                (Known::Unit(charged.unit), charged.scale)
            }
            (true, Known::Any | Known::Unknown, Known::Unit(_)) | (true, _, Known::Unknown) => (Known::Unknown, 1.0),
            (true, _, Known::Any) => (flats.iter().flatten().map(|flat| flat.info.unit).find(|unit| matches!(unit, Known::Unit(_))).unwrap_or(Known::Any), 1.0),
        };
        let Known::Unit(unit) = result else { return (values, flats, result) };
        let values = values.into_iter().map(|rate| self.scaled(rate, scale, value)).collect();
        let flats = flats.into_iter().map(|flat| flat.and_then(|flat| self.flat_fee(flat, unit)));
        let flats = flats.collect();
        (values, flats, result)
    }

    fn flat_fee(&mut self, flat: Typed, unit: UnitId) -> Option<Typed> {
        self.in_unit(flat, unit, |side, wanted| mistakes::tables::flat_fee(side, &wanted))
    }

    /// A table read at a quantity or an age.
    pub(super) fn look_up(&mut self, id: TableId, ones: &[Typed], at: Location) -> Value {
        let Some(quantity) = ones.first().copied() else { return Value::Unknown };
        if !self.expect_type(quantity, Type::Number) {
            return Value::Unknown;
        }
        if let Some(formula) = self.formula_of(id) {
            return self.read_formula(&formula, quantity, at);
        }
        let table = self.arena.table_info(id);
        let quantity = match table.key {
            Known::Unit(key) => {
                let written = self.written_table(id);
                let unit = if let Known::Unit(unit) = quantity.info.unit { self.arena.units.text(unit) } else { String::new() };
                let keys = written.filter(|_| self.arena.units.is_bare(key)).map(|table| self.keys_with(table, &unit)).unwrap_or_default();
                let mistake = |side: &mistakes::side::Side, wanted: String| mistakes::tables::read_at(side, &wanted, at, written, keys);
                let Some(read) = self.in_unit(quantity, key, mistake) else { return Value::Unknown };
                read
            }
            Known::Any | Known::Unknown => quantity,
        };
        let read = match table.open {
            Some(open) => self.open_at(id, open, quantity),
            None => Some((id, table.result)),
        };
        let Some((id, result)) = read else { return Value::Unknown };
        let mut info = Info::of(Type::Number, result, &[quantity]);
        info.uncertain |= table.uncertain;
        info.shape = info.shape.max(table.shape);
        Value::One(self.arena.push(Node::Lookup(id, quantity.id), info, at))
    }

    /// Where a table stands, if the model's author wrote it.
    fn written_table(&self, id: TableId) -> Option<Location> {
        let at = self.arena.tables.get(id.0 as usize)?.at;
        (self.world.origin(at.file) == Origin::Model).then_some(at)
    }

    /// A table with nothing but `beyond` is read at anything; its result follows from the quantity, and its flat fee has
    /// to fit that.
    fn open_at(&mut self, id: TableId, (rate, flat): (Typed, Option<Typed>), quantity: Typed) -> Option<(TableId, Known)> {
        let (result, scale) = match (rate.info.unit, quantity.info.unit) {
            (Known::Any, _) => (flat.map_or(Known::Any, |flat| flat.info.unit), 1.0),
            (Known::Unit(rate), Known::Unit(unit)) => {
                let Some(charged) = self.arena.units.multiply(rate, unit) else {
                    self.report(mistakes::powers::too_many(self.at(quantity)));
                    return None;
                };
                (Known::Unit(charged.unit), charged.scale)
            }
            (Known::Unit(_) | Known::Unknown, _) => (Known::Unknown, 1.0),
        };
        let value = self.scaled(rate, scale, rate.info.unit).id;
        let fee = match (flat, result) {
            (Some(flat), Known::Unit(unit)) => Some(self.flat_fee(flat, unit)?.id),
            (flat, _) => flat.map(|flat| flat.id),
        };
        let table = self.arena.tables.get(id.0 as usize)?;
        let bands = table.bands.iter().map(|band| Band { value, flat: fee, ..band.clone() }).collect();
        let read = Table { bands, ..table.clone() };
        if read == *table {
            return Some((id, result));
        }
        let known = self.arena.table_info(id);
        let id = TableId(self.arena.tables.len() as u32);
        self.arena.tables.push(read);
        self.arena.table_infos.push(known);
        Some((id, result))
    }
}

/// The dates that keys in another form seem to mean.
fn meant_keys(file: &ast::File, rows: &[ast::Row]) -> Vec<(String, Location)> {
    let keys = rows.iter().filter_map(|row| row.key);
    keys.filter_map(|key| Some((dates::meant(file, key)?, Location::new(file.id, file.expr(key).span)))).collect()
}

/// The first row whose key is larger; none where one is the same.
fn row_above(file: FileId, rows: &[ast::Row], keys: &[f64], key: f64) -> Option<Location> {
    let first = keys.iter().position(|known| *known > key).filter(|_| !keys.contains(&key))?;
    rows.get(first).map(|row| Location::new(file, row.span))
}
