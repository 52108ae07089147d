//! Asked: the texts of a command line, read like files of their own, so that mistakes in them have a place.

use super::cost::Limits;
use super::sampling::Samples;
use crate::diagnostic::Diagnostic;
use crate::run::Watch;
use crate::syntax::{Fragment, ast, expression, replacement};
use crate::text::{FileId, Source};

/// What is asked of a model.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ask<'a> {
    /// The scenario that is computed; none for the model itself.
    pub scenario: Option<&'a str>,
    /// Definitions that replace others: `smb.size=2M company`.
    pub sets: &'a [String],
    /// Expressions asked beside the model.
    pub queries: &'a [String],
    /// Names that will be asked for, so that the prelude's are there.
    pub mentions: &'a [String],
    /// How samples are drawn; as many as are needed where nothing is said.
    pub samples: Option<Samples>,
    /// How much a run may take.
    pub limits: Limits,
    /// Who follows what is done; nobody if none.
    pub watch: Option<&'static dyn Watch>,
}

/// What was asked, as trees.
#[derive(Debug, Default)]
pub(super) struct Asked {
    pub sources: Vec<Source>,
    pub sets: Vec<(ast::File, ast::Definition)>,
    pub queries: Vec<(ast::File, ast::ExprId)>,
    pub mistakes: Vec<Diagnostic>,
    first: u32,
}

impl Asked {
    /// Reads what is asked; ids begin at `first`.
    pub fn read(ask: &Ask<'_>, first: u32) -> Self {
        let mut asked = Self { first, ..Self::default() };
        for text in ask.sets {
            let source = asked.source("--set", text);
            if let Some(set) = asked.take(replacement(&source), source) {
                asked.sets.push(set);
            }
        }
        for text in ask.queries {
            let source = asked.source("<expression>", text);
            if let Some(query) = asked.take(expression(&source), source) {
                asked.queries.push(query);
            }
        }
        asked
    }

    /// A text of the command line under the name of its option.
    pub fn source(&self, name: &str, text: &str) -> Source {
        Source::new(FileId(self.first + self.sources.len() as u32), name, text)
    }

    fn take<T>(&mut self, read: Fragment<T>, source: Source) -> Option<(ast::File, T)> {
        let Fragment { file, node, mistakes } = read;
        self.sources.push(source);
        let clean = mistakes.is_empty();
        self.mistakes.extend(mistakes);
        node.filter(|_| clean).map(|node| (file, node))
    }
}
