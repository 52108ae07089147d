//! Kinds: members and functions, inherited ones written out.

use super::{Declarer, Space};
use crate::check::mistakes;
use crate::check::world::{FunctionDef, KindDef, KindId, Member};
use crate::syntax::ast::{self, Node};
use crate::text::{FileId, Location};
use foldhash::{HashMap, HashSet};

/// How many kinds a kind may be built on.
const MOST_BELOW: u32 = 64;

impl<'a> Declarer<'a, '_> {
    pub(super) fn kind(&mut self, file: FileId, item: &'a ast::Item) {
        let Node::Kind(decl) = &item.node else { return };
        if !self.claim(Space::Kind, file, &decl.name) {
            return;
        }
        let id = KindId(self.world.kinds.len() as u32);
        self.world.kind_ids.insert(&decl.name.text, id);
        self.world.kinds.push(KindDef {
            name: &decl.name.text,
            file,
            decl,
            is: None,
            members: Vec::new(),
            by_name: HashMap::default(),
            functions: HashMap::default(),
            requires: Vec::new(),
        });
    }

    /// Resolves `is`, then writes members out, a parent's before its children's.
    pub(super) fn inherit(&mut self) {
        for at in 0..self.world.kinds.len() {
            let Some(def) = self.world.kinds.get(at) else { continue };
            let Some(name) = &def.decl.is else { continue };
            let place = Location::new(def.file, name.span);
            let parent = self.world.kind_ids.get(name.text.as_str()).copied();
            match parent {
                None => {
                    let known = self.world.kind_ids.keys().copied();
                    self.found.push(mistakes::names::unknown_kind(&name.text, place, known, &[]));
                }
                Some(parent) if self.world.is_kind(parent, KindId(at as u32)) => {
                    self.found.push(mistakes::kinds::own_ancestor(def.name, place));
                }
                Some(parent) => {
                    if let Some(def) = self.world.kinds.get_mut(at) {
                        def.is = Some(parent);
                    }
                }
            }
        }
        self.cut_long_chains();
        let mut done = HashSet::default();
        for at in 0..self.world.kinds.len() {
            self.members(KindId(at as u32), &mut done);
        }
    }

    /// Every kind holds what those below it hold, so a long chain would grow with its square.
    fn cut_long_chains(&mut self) {
        let mut depths: Vec<u32> = Vec::with_capacity(self.world.kinds.len());
        for at in 0..self.world.kinds.len() {
            let mut below = 0;
            let mut id = self.world.kind(KindId(at as u32)).is;
            while let Some(parent) = id.filter(|_| below <= MOST_BELOW) {
                // Kinds that stand earlier in the file are counted already.
                below += depths.get(parent.0 as usize).map_or(1, |known| known + 1);
                id = if depths.len() > parent.0 as usize { None } else { self.world.kind(parent).is };
            }
            depths.push(below);
            if below > MOST_BELOW
                && let Some(def) = self.world.kinds.get_mut(at)
                && let Some(name) = &def.decl.is
            {
                def.is = None;
                let place = Location::new(def.file, name.span);
                self.found.push(mistakes::kinds::long_chain(def.name, MOST_BELOW, place));
            }
        }
    }

    fn members(&mut self, id: KindId, done: &mut HashSet<KindId>) {
        // The chain of ancestors, written out from the oldest: no recursion over what a file may make long.
        let mut chain = vec![id];
        while let Some(parent) = chain.last().and_then(|last| self.world.kind(*last).is) {
            chain.push(parent);
        }
        while let Some(id) = chain.pop() {
            if done.insert(id) {
                self.own_members(id);
            }
        }
    }

    fn own_members(&mut self, id: KindId) {
        let (file, decl, parent) = (self.world.kind(id).file, self.world.kind(id).decl, self.world.kind(id).is);
        let mut members = parent.map_or_else(Vec::new, |parent| self.world.kind(parent).members.clone());
        let mut by_name = parent.map_or_else(HashMap::default, |parent| self.world.kind(parent).by_name.clone());
        let mut functions = parent.map_or_else(HashMap::default, |parent| self.world.kind(parent).functions.clone());
        let mut requires = parent.map_or_else(Vec::new, |parent| self.world.kind(parent).requires.clone());
        let mut own: HashMap<&'a str, Location> = HashMap::default();
        for item in &decl.members {
            match &item.node {
                Node::Definition(def) => {
                    let Some(name) = def.path.names.first() else { continue };
                    let at = Location::new(file, name.span);
                    if let Some(earlier) = own.insert(&name.text, at) {
                        self.found.push(mistakes::names::defined_twice(&name.text, at, earlier));
                        continue;
                    }
                    let inherited = by_name.get(name.text.as_str()).and_then(|at| members.get(*at as usize).copied());
                    let member = Member {
                        name: &name.text,
                        stated: def.stated.as_ref().or(inherited.and_then(|known: Member<'a>| known.stated)),
                        value: def.value.as_ref(),
                        doc: item.doc.as_ref().or(inherited.and_then(|known| known.doc)),
                        at: item.span,
                        file,
                    };
                    match by_name.get(name.text.as_str()).and_then(|at| members.get_mut(*at as usize)) {
                        Some(place) => *place = member,
                        None => {
                            by_name.insert(&name.text, members.len() as u32);
                            members.push(member);
                        }
                    }
                }
                Node::Function(function) => {
                    functions.insert(&function.name.text, FunctionDef { file, decl: function });
                }
                Node::Require(require) => requires.push((file, require, item.span)),
                Node::Broken => {}
                Node::Model(_) | Node::Unit { .. } | Node::Currency(_) | Node::Rate { .. } | Node::Import(_) => {}
                Node::Kind(_) | Node::Instance(_) | Node::Scenario(_) | Node::Test(_) => {}
                Node::Correlate { .. } | Node::Goal(_) | Node::Statement(_) => {}
            }
        }
        if let Some(def) = self.world.kinds.get_mut(id.0 as usize) {
            (def.members, def.by_name, def.functions, def.requires) = (members, by_name, functions, requires);
        }
    }
}
