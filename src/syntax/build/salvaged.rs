//! Salvaged: the name that a line defines, although it is no name or the line no definition.

use crate::syntax::form::{Place, meant};
use crate::syntax::letters::{is_reserved, starts_name, word};

/// The name of `def f(x) = …` and `fn f(x): …`, and where it begins.
pub(super) fn function_named(text: &str) -> Option<(u32, &str)> {
    let first = word(text);
    if first != "fn" && meant(first, Place::File) != Some("fn") {
        return None;
    }
    let rest = text.get(first.len()..)?.trim_start();
    let name = word(rest);
    let called = rest.get(name.len()..)?.trim_start().starts_with('(') && rest.starts_with(starts_name) && !is_reserved(name);
    called.then(|| ((text.len() - rest.len()) as u32, name))
}

/// The name that is meant by `ticket cost = …` and `ticket-cost = …`, and the bytes that are written for it.
pub(super) fn in_pieces(text: &str) -> Option<(String, u32)> {
    let (written, _) = text.split_once(['=', '~']).filter(|(_, value)| !value.starts_with('='))?;
    let written = written.trim_end();
    let pieces: Vec<&str> = written.split([' ', '-']).filter(|piece| !piece.is_empty()).collect();
    if matches!(pieces.first(), Some(&("fn" | "native"))) {
        return None;
    }
    let is_piece = |piece: &&str| word(piece).len() == piece.len() && !is_reserved(piece);
    let fits = pieces.len() > 1 && written.starts_with(starts_name) && pieces.iter().all(is_piece);
    // `let rent = …`
    let kept = if matches!(pieces.as_slice(), ["let" | "var" | "const" | "set" | "def", _]) { pieces.get(1..)? } else { pieces.as_slice() };
    fits.then(|| (kept.join("_"), written.len() as u32))
}
