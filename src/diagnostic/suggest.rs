//! "Did you mean": the names nearest to a wrong one.

use std::collections::BTreeMap;

use strsim::osa_distance;

/// How many names are offered.
const OFFERED: usize = 3;

/// The names nearest to `wrong`, best first, at most three. Each candidate comes with a rank: smaller fits its place
/// better (the right kind and unit first). A name that differs only in capitals or underscores wins outright; then
/// come other forms of it (`seats` for `seat`, `revenue` for `rev`, `smb.size` for `size`) and names at most a third of
/// its letters away. Among names about equally near the rank decides.
pub fn nearest<'a>(wrong: &str, candidates: impl Iterator<Item = (&'a str, u32)>) -> Vec<&'a str> {
    let plain = plain(wrong);
    let mut ranked: BTreeMap<&'a str, u32> = BTreeMap::new();
    for (name, rank) in candidates {
        let best = ranked.entry(name).or_insert(rank);
        *best = rank.min(*best);
    }
    let mut near: Vec<(Nearness, u32, usize, &'a str)> = ranked
        .into_iter()
        .filter(|(name, _)| *name != wrong)
        .filter_map(|(name, rank)| measure(&plain, name).map(|(nearness, distance)| (nearness, rank, distance, name)))
        .collect();
    near.sort_unstable();
    // A name that is the same but for capitals leaves no doubt.
    if near.first().is_some_and(|best| best.0 == Nearness::Same) {
        near.retain(|one| one.0 == Nearness::Same);
    }
    near.into_iter().take(OFFERED).map(|(.., name)| name).collect()
}

/// How near a name is, in steps within which the rank decides.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    /// The same but for capitals and underscores.
    Same,
    /// Another form of the word, or one or two slips of the pen.
    Near,
    /// Three slips and more, in a long name.
    Far,
}

fn measure(wrong: &str, name: &str) -> Option<(Nearness, usize)> {
    let right = plain(name);
    if right == wrong {
        return Some((Nearness::Same, 0));
    }
    if is_form(wrong, &right) || is_part(wrong, name) {
        return Some((Nearness::Near, 1));
    }
    let (long, other) = (wrong.chars().count(), right.chars().count());
    let allowed = (long / 3).max(1);
    // Two names of one or two letters are always near; they have to share one to be meant.
    if long.abs_diff(other) > allowed || !wrong.chars().any(|letter| right.contains(letter)) {
        return None;
    }
    let distance = osa_distance(wrong, &right);
    let nearness = if distance <= 2 { Nearness::Near } else { Nearness::Far };
    (distance <= allowed).then_some((nearness, distance))
}

/// Without capitals and underscores.
fn plain(name: &str) -> String {
    name.chars().filter(|letter| *letter != '_').flat_map(char::to_lowercase).collect()
}

/// One is the plural of the other, or begins with it.
fn is_form(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let plural = [("", "s"), ("", "es"), ("y", "ies")]
        .iter()
        .any(|(end, plural)| short.strip_suffix(end).is_some_and(|stem| long.strip_suffix(plural) == Some(stem)));
    // `heads` for `headcount`
    let stem = short.strip_suffix('s').filter(|stem| stem.chars().count() > 3).unwrap_or(short);
    plural || (says_something(short) && long.starts_with(stem))
}

/// `size` of `smb.size`, `ads.reach` of `chat.ads.reach`, `margin` of `gross_margin`.
fn is_part(wrong: &str, name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or(name);
    let ends = plain(name).strip_suffix(wrong).is_some_and(|before| before.ends_with('.'));
    ends || (says_something(wrong) && last.split('_').any(|part| part != last && part.to_lowercase() == wrong))
}

/// Long enough to stand for a longer name: three letters, or one of a script that writes words with one.
fn says_something(text: &str) -> bool {
    text.chars().count() >= 3 || text.chars().any(|letter| letter >= '\u{2e80}')
}
