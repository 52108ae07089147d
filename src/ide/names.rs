//! Names: everything that can be named in a model and beside it, with what a reader wants to know of each.

use crate::check::model::{Content, Model, Origin};
use crate::quantity::Units;
use crate::syntax::ast::{self, Item, Node};
use crate::text::Source;

/// What can be named.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Definitions of the model and of the prelude that the model touches: `cash`, `smb.size`.
    pub values: Vec<Value>,
    /// Instances by their paths.
    pub instances: Vec<Instance>,
    /// Kinds.
    pub kinds: Vec<Kind>,
    /// Functions.
    pub functions: Vec<Function>,
    /// Units and currencies.
    pub units: Vec<Unit>,
    /// Scenarios.
    pub scenarios: Vec<String>,
}

/// A definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// Its path.
    pub path: String,
    /// The unit it is shown in.
    pub unit: String,
    /// What its comment says.
    pub about: Option<String>,
    /// Whether it can be computed: tables, texts and references can't.
    pub computed: bool,
    /// Whether the model's author wrote it.
    pub own: bool,
}

/// An instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    /// Its path.
    pub path: String,
    /// Its kind.
    pub kind: String,
    /// Its title.
    pub title: Option<String>,
}

/// A kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kind {
    /// Its name.
    pub name: String,
    /// The kind it is built on.
    pub is: Option<String>,
    /// What its comment says.
    pub about: Option<String>,
    /// Slots and equations, its own alone.
    pub members: Vec<Member>,
}

/// A slot or an equation of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// What it takes: `B`, `share`, `many meter`; empty for an equation.
    pub takes: String,
    /// The kind of which it takes instances, many or one.
    pub holds: Option<(String, Many)>,
    /// What its comment says.
    pub about: Option<String>,
    /// Whether it is a slot that an instance fills.
    pub slot: bool,
}

/// How many instances a slot takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Many {
    /// One, named behind `=`.
    One,
    /// Any number, nested in the instance.
    Nested,
}

/// A function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// `clamp(x, low, high)`
    pub signature: String,
    /// What its comment says.
    pub about: Option<String>,
}

/// A unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its name.
    pub name: String,
    /// `unit`, `currency`, `plural of company`
    pub about: String,
}

impl Names {
    /// The names of files with their texts, and of the model that they are, where it is sound.
    #[must_use]
    pub fn of<'a>(files: impl IntoIterator<Item = (&'a ast::File, &'a Source)>, model: Option<&Model>) -> Self {
        let mut names = Self::default();
        for (file, source) in files {
            file.items.iter().for_each(|item| names.declared(item, source));
        }
        // Nobody declares those of time.
        for unit in Units::new(1.0).names() {
            let both = [Some(&unit.singular), unit.plural.as_ref()].into_iter().flatten();
            names.units.extend(both.map(|name| Unit { name: name.to_string(), about: "time".to_owned() }));
        }
        if let Some(model) = model {
            names.computed(model);
        }
        names
    }

    fn declared(&mut self, item: &Item, source: &Source) {
        let about = item.doc.as_ref().map(|doc| joined(&doc.text));
        match &item.node {
            Node::Unit { name, plural } => {
                self.units.push(Unit { name: name.text.clone(), about: "unit".to_owned() });
                self.units.extend(plural.iter().map(|plural| Unit { name: plural.text.clone(), about: format!("plural of {}", name.text) }));
            }
            Node::Currency(currencies) => {
                self.units.extend(currencies.iter().map(|name| Unit { name: name.text.clone(), about: "currency".to_owned() }));
            }
            Node::Kind(kind) => {
                let members = kind.members.iter().filter_map(|member| self::member(member, source)).collect();
                let is = kind.is.as_ref().map(|name| name.text.clone());
                self.kinds.retain(|other| other.name != kind.name.text);
                self.kinds.push(Kind { name: kind.name.text.clone(), is, about, members });
            }
            Node::Function(function) => {
                let parameters: Vec<&str> = function.params.iter().map(|one| one.name.text.as_str()).collect();
                let signature = format!("{}({})", function.name.text, parameters.join(", "));
                self.functions.retain(|other| other.name != function.name.text);
                self.functions.push(Function { name: function.name.text.clone(), signature, about });
            }
            Node::Scenario(scenario) => self.scenarios.push(scenario.name.text.clone()),
            Node::Model(_)
            | Node::Rate { .. }
            | Node::Import(_)
            | Node::Instance(_)
            | Node::Definition(_)
            | Node::Require(_)
            | Node::Test(_)
            | Node::Correlate { .. }
            | Node::Statement(_)
            | Node::Goal(_)
            | Node::Broken => {}
        }
    }

    fn computed(&mut self, model: &Model) {
        for cell in model.cells.iter().filter(|cell| cell.origin != Origin::Test) {
            let computed = matches!(cell.content, Content::Computed(_));
            self.values.push(Value {
                path: cell.path.clone(),
                unit: if computed { model.units.text(cell.unit) } else { String::new() },
                about: cell.doc.as_deref().map(joined),
                computed,
                own: cell.origin == Origin::Model,
            });
        }
        // An instance without a name can't be named.
        let named = model.instances.iter().filter(|instance| !instance.path.contains(' '));
        self.instances.extend(named.map(|one| Instance { path: one.path.clone(), kind: one.kind.clone(), title: one.title.clone() }));
    }

    /// The kind of a name.
    #[must_use]
    pub fn kind(&self, name: &str) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.name == name)
    }

    /// The members of a kind and of those it is built on, its own first, each name once.
    #[must_use]
    pub fn members(&self, kind: &str) -> Vec<&Member> {
        let mut members: Vec<&Member> = Vec::new();
        let (mut next, mut left) = (self.kind(kind), self.kinds.len());
        while let Some(kind) = next {
            let fresh: Vec<&Member> = kind.members.iter().filter(|one| members.iter().all(|known| known.name != one.name)).collect();
            members.extend(fresh);
            left = left.saturating_sub(1);
            next = kind.is.as_ref().filter(|_| left > 0).and_then(|is| self.kind(is));
        }
        members
    }

    /// Whether a kind is another or built on it.
    #[must_use]
    pub fn is_kind(&self, kind: &str, wanted: &str) -> bool {
        let (mut next, mut left) = (Some(kind), self.kinds.len() + 1);
        while let Some(name) = next.filter(|_| left > 0) {
            if name == wanted {
                return true;
            }
            left -= 1;
            next = self.kind(name).and_then(|kind| kind.is.as_deref());
        }
        false
    }
}

fn member(item: &Item, source: &Source) -> Option<Member> {
    let definition = item.node.definition()?;
    let name = definition.path.names.first()?.text.clone();
    let about = item.doc.as_ref().map(|doc| joined(&doc.text));
    let Some(stated) = &definition.stated else {
        return Some(Member { name, takes: String::new(), holds: None, about, slot: false });
    };
    let written = stated.choice.as_ref().map_or(stated.unit.span, |choice| choice.span);
    let takes = format!("{}{}", if stated.many { "many " } else { "" }, source.slice(written));
    let single = match stated.unit.factors.as_slice() {
        [one] if one.exponent == 1 => Some(one.name.text.clone()),
        _ => None,
    };
    let many = if stated.many { Many::Nested } else { Many::One };
    Some(Member { name, takes, holds: single.map(|name| (name, many)), about, slot: true })
}

/// A comment as one line.
fn joined(text: &str) -> String {
    text.lines().map(str::trim).collect::<Vec<_>>().join(" ")
}
