//! Choices: policies that a modeller names. The value of an option is its number here, the same wherever it is an option.

/// A set of options.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChoiceId(u32);

/// Every option of a model, and the sets of them that values are taken from.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    options: Vec<String>,
    /// Each sorted.
    sets: Vec<Vec<u32>>,
}

impl Choices {
    /// The set of some options; the same whatever their order.
    pub fn intern<'n>(&mut self, names: impl IntoIterator<Item = &'n str>) -> ChoiceId {
        let mut set: Vec<u32> = names.into_iter().map(|name| self.number(name)).collect();
        set.sort_unstable();
        let known = self.sets.iter().position(|known| *known == set);
        let at = known.unwrap_or_else(|| {
            self.sets.push(set);
            self.sets.len() - 1
        });
        ChoiceId(at as u32)
    }

    fn number(&mut self, name: &str) -> u32 {
        let known = self.options.iter().position(|known| known == name);
        let at = known.unwrap_or_else(|| {
            self.options.push(name.to_owned());
            self.options.len() - 1
        });
        at as u32
    }

    /// The value of an option, if it is one of a set.
    #[must_use]
    pub fn value(&self, set: ChoiceId, name: &str) -> Option<f64> {
        self.set(set).iter().find(|option| self.name_at(**option) == name).map(|option| f64::from(*option))
    }

    /// The name of the option that a value stands for.
    #[must_use]
    pub fn name(&self, value: f64) -> &str {
        self.name_at(value as u32)
    }

    /// The names of a set.
    pub fn names(&self, set: ChoiceId) -> impl Iterator<Item = &str> {
        self.set(set).iter().map(|option| self.name_at(*option))
    }

    /// Whether every option of one set is one of another's.
    #[must_use]
    pub fn holds(&self, outer: ChoiceId, inner: ChoiceId) -> bool {
        let outer = self.set(outer);
        self.set(inner).iter().all(|option| outer.contains(option))
    }

    fn set(&self, id: ChoiceId) -> &[u32] {
        self.sets.get(id.0 as usize).map_or(&[], Vec::as_slice)
    }

    fn name_at(&self, option: u32) -> &str {
        self.options.get(option as usize).map_or("", String::as_str)
    }
}
