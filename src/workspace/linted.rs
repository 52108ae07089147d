//! Linted: what lints remark on a sound model, less what comments turn off.

use super::load::Loaded;
use super::shelf::PRELUDE;
use crate::check::lint::{Allowed, Commented, Lint, Linted, allow, lint};
use crate::check::model::Model;
use crate::diagnostic::Diagnostic;

/// What was found and what lints find, without the warnings that comments turn off. What is wrong with such a comment is
/// told where lints are asked for.
pub(super) fn remarked(loaded: &Loaded, model: Option<&Model>, mut found: Vec<Diagnostic>, lints: &[Lint]) -> Vec<Diagnostic> {
    let texts = loaded.sources.iter().zip(&loaded.files).zip(&loaded.comments);
    let texts: Vec<Commented<'_>> = texts.map(|((source, file), comments)| Commented { source, file, comments }).collect();
    let asked = model.filter(|_| !lints.is_empty());
    if let Some(model) = asked {
        let prelude = PRELUDE.whole();
        found.extend(lint(&Linted { prelude: &prelude, texts: &texts, model }, lints));
    }
    let Allowed { mut kept, remarks } = allow(found, &texts, lints);
    if asked.is_some() {
        kept.extend(remarks);
    }
    kept
}
