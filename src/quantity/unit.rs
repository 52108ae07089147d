//! Units: products of factors, interned, and how they are written.

use super::factor::{Atom, Factor, Multiple, UnitName, UnitNameId};
use foldhash::HashMap;

/// An interned unit. Two units of one dimension may differ in how they are shown: `USD/month`, `USD/year`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitId(pub u32);

impl UnitId {
    /// A bare number.
    pub const NONE: Self = Self(0);
    /// A bare number that is shown in percent.
    pub const PERCENT: Self = Self(1);
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Unit {
    pub factors: Vec<Factor>,
    /// Whether it is shown in percent.
    pub percent: bool,
    /// Exponent of each atom, by atom, none of them 0.
    pub dimension: Vec<(Atom, i8)>,
    /// Base value of one shown unit, as a quotient: 1 above 1000 for `/1k token`, so that both ways are exact.
    above: f64,
    below: f64,
}

/// A unit by its factors (name, exponent, bits of `per`), and whether it is shown in percent.
type UnitKey = (Vec<(u32, i8, u64)>, bool);

/// All names of units and all units in use.
#[derive(Clone, Debug)]
pub struct Units {
    names: Vec<UnitName>,
    by_name: HashMap<String, UnitNameId>,
    units: Vec<Unit>,
    by_factors: HashMap<UnitKey, UnitId>,
    days_per_month: f64,
    atoms: u32,
}

impl Default for Units {
    fn default() -> Self {
        Self::new(365.0 / 12.0)
    }
}

impl Units {
    /// The units of time, and nothing else.
    #[must_use]
    pub fn new(days_per_month: f64) -> Self {
        let mut units = Self {
            names: Vec::new(),
            by_name: HashMap::default(),
            units: Vec::new(),
            by_factors: HashMap::default(),
            days_per_month,
            atoms: 2,
        };
        for (singular, atom, factor) in [
            ("month", Atom::MONTH, Multiple::whole(1.0)),
            ("quarter", Atom::MONTH, Multiple::whole(3.0)),
            ("year", Atom::MONTH, Multiple::whole(12.0)),
            ("day", Atom::DAY, Multiple::whole(1.0)),
            ("week", Atom::DAY, Multiple::whole(7.0)),
            ("hour", Atom::DAY, Multiple { above: 1.0, below: 24.0 }),
            ("second", Atom::DAY, Multiple { above: 1.0, below: 86_400.0 }),
        ] {
            let plural = Some(format!("{singular}s"));
            units.name(UnitName { singular: singular.into(), plural, atom, factor, currency: false });
        }
        units.intern(Vec::new(), false);
        units.intern(Vec::new(), true);
        units
    }

    /// Sets how many days a month has where the two families of time meet.
    pub fn set_days_per_month(&mut self, days: f64) {
        self.days_per_month = days;
    }

    /// How many days a month has where the two families of time meet.
    #[must_use]
    pub const fn days_per_month(&self) -> f64 {
        self.days_per_month
    }

    /// Declares a unit of its own kind, or a currency.
    pub fn declare(&mut self, singular: &str, plural: Option<&str>, currency: bool) -> UnitNameId {
        let atom = Atom(self.atoms);
        self.atoms += 1;
        self.name(UnitName { singular: singular.into(), plural: plural.map(Into::into), atom, factor: Multiple::whole(1.0), currency })
    }

    fn name(&mut self, name: UnitName) -> UnitNameId {
        let id = UnitNameId(self.names.len() as u32);
        self.by_name.insert(name.singular.clone(), id);
        if let Some(plural) = &name.plural {
            self.by_name.insert(plural.clone(), id);
        }
        self.names.push(name);
        id
    }

    /// The unit a singular or plural names.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<UnitNameId> {
        self.by_name.get(name).copied()
    }

    /// Every declared name, in the order of declaration.
    #[must_use]
    pub fn names(&self) -> &[UnitName] {
        &self.names
    }

    /// What a name stands for.
    #[must_use]
    #[allow(clippy::indexing_slicing, reason = "ids come from this table")]
    pub fn name_of(&self, id: UnitNameId) -> &UnitName {
        &self.names[id.0 as usize]
    }

    #[allow(clippy::indexing_slicing, reason = "ids come from this table")]
    pub(super) fn unit(&self, id: UnitId) -> &Unit {
        &self.units[id.0 as usize]
    }

    /// The unit with these factors, in this order. Factors of one name and scale are merged.
    pub fn intern(&mut self, factors: Vec<Factor>, percent: bool) -> UnitId {
        let mut merged: Vec<Factor> = Vec::with_capacity(factors.len());
        for factor in factors {
            match merged.iter_mut().find(|known| known.name == factor.name && known.per == factor.per) {
                Some(known) => known.exponent = known.exponent.saturating_add(factor.exponent),
                None => merged.push(factor),
            }
        }
        merged.retain(|factor| factor.exponent != 0);
        let key = (merged.iter().map(|f| (f.name.0, f.exponent, f.per.to_bits())).collect(), percent);
        if let Some(known) = self.by_factors.get(&key) {
            return *known;
        }
        let id = UnitId(self.units.len() as u32);
        let unit = self.measure(merged, percent);
        self.units.push(unit);
        self.by_factors.insert(key, id);
        id
    }

    fn measure(&self, factors: Vec<Factor>, percent: bool) -> Unit {
        let mut dimension: Vec<(Atom, i8)> = Vec::new();
        let mut above = 1.0;
        let mut below = if percent { 100.0 } else { 1.0 };
        for factor in &factors {
            let name = self.name_of(factor.name);
            for _ in 0..factor.exponent.unsigned_abs() {
                let (above, below) = if factor.exponent > 0 { (&mut above, &mut below) } else { (&mut below, &mut above) };
                *above *= name.factor.above * factor.per;
                *below *= name.factor.below;
            }
            match dimension.iter_mut().find(|(atom, _)| *atom == name.atom) {
                Some((_, exponent)) => *exponent = exponent.saturating_add(factor.exponent),
                None => dimension.push((name.atom, factor.exponent)),
            }
        }
        dimension.retain(|(_, exponent)| *exponent != 0);
        dimension.sort_unstable();
        Unit { factors, percent, dimension, above, below }
    }

    /// The base value of an amount in a unit: 0.03 for 3 in `%`, 10 for 120 in `/year`.
    #[must_use]
    pub fn to_base(&self, id: UnitId, shown: f64) -> f64 {
        let unit = self.unit(id);
        shown * unit.above / unit.below
    }

    /// The amount in a unit of a base value.
    #[must_use]
    pub fn to_shown(&self, id: UnitId, base: f64) -> f64 {
        let unit = self.unit(id);
        base * unit.below / unit.above
    }

    /// The unit's factors as written.
    #[must_use]
    pub fn factors(&self, id: UnitId) -> &[Factor] {
        &self.unit(id).factors
    }

    /// Whether values are shown in percent.
    #[must_use]
    pub fn is_percent(&self, id: UnitId) -> bool {
        self.unit(id).percent
    }

    /// Whether it measures nothing: a bare number or a percentage.
    #[must_use]
    pub fn is_bare(&self, id: UnitId) -> bool {
        self.unit(id).dimension.is_empty()
    }

    /// The exponent of time, whichever family: −1 for a flow.
    #[must_use]
    pub fn time_exponent(&self, id: UnitId) -> i8 {
        self.unit(id).dimension.iter().filter(|(atom, _)| atom.is_time()).map(|(_, exponent)| exponent).sum()
    }

    /// Whether it is the unit of a flow: something per unit of time, which may itself change by the month. A percentage
    /// per time, such as 5 % a month, is none: a year's rate is not the sum of its months'.
    #[must_use]
    pub fn is_flow(&self, id: UnitId) -> bool {
        self.time_exponent(id) <= -1 && !(self.is_percent(id) && self.is_only_time(id))
    }

    /// Whether time is all it measures: `month`, `/year`.
    #[must_use]
    pub fn is_only_time(&self, id: UnitId) -> bool {
        let unit = self.unit(id);
        !unit.dimension.is_empty() && unit.dimension.iter().all(|(atom, _)| atom.is_time())
    }

    /// Whether it is that of a ratio: bare, a stretch of time, or so much for each of something, such as `USD/order`.
    #[must_use]
    pub fn is_ratio(&self, id: UnitId) -> bool {
        let unit = self.unit(id);
        let stretch = unit.dimension.iter().all(|(atom, exponent)| atom.is_time() && *exponent > 0);
        stretch || unit.dimension.iter().any(|(atom, exponent)| !atom.is_time() && *exponent < 0)
    }

    /// The currencies in a unit.
    pub fn currencies(&self, id: UnitId) -> impl Iterator<Item = UnitNameId> + '_ {
        self.unit(id).factors.iter().map(|factor| factor.name).filter(|name| self.name_of(*name).currency)
    }

    /// The unit as a modeller writes it: `USD/1k token`, `%/month`, empty for a bare number.
    #[must_use]
    pub fn text(&self, id: UnitId) -> String {
        let unit = self.unit(id);
        let mut out = String::from(if unit.percent { "%" } else { "" });
        let power = |exponent: u8| if exponent == 1 { String::new() } else { format!("^{exponent}") };
        for factor in unit.factors.iter().filter(|factor| factor.exponent > 0) {
            if !out.is_empty() {
                out.push(if unit.percent && out == "%" { ' ' } else { '*' });
            }
            out += &self.name_of(factor.name).singular;
            out += &power(factor.exponent.unsigned_abs());
        }
        for factor in unit.factors.iter().filter(|factor| factor.exponent < 0) {
            out += &format!("/{}", per_text(factor.per));
            out += &self.name_of(factor.name).singular;
            out += &power(factor.exponent.unsigned_abs());
        }
        out
    }
}

fn per_text(per: f64) -> String {
    for (scale, suffix) in [(1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k")] {
        if per >= scale && per % scale == 0.0 {
            return format!("{}{suffix} ", per / scale);
        }
    }
    if per == 1.0 { String::new() } else { format!("{per} ") }
}
