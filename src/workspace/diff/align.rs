//! Aligns: which of two outlines' pieces are the same piece, where they have no name of their own to tell.

use super::outline::Entry;
use foldhash::HashMap;

/// Gives pieces of one key numbers, so that what says the same in both has the same one, and what is left goes in order.
pub(super) fn align(a: &mut [Entry], b: &mut [Entry]) {
    let mut groups: HashMap<String, [Vec<usize>; 2]> = HashMap::default();
    for (side, entries) in [&*a, &*b].into_iter().enumerate() {
        for (at, entry) in entries.iter().enumerate() {
            groups.entry(entry.key.clone()).or_default().get_mut(side).into_iter().for_each(|list| list.push(at));
        }
    }
    let mut groups: Vec<(String, [Vec<usize>; 2])> = groups.into_iter().collect();
    groups.sort();
    for (key, [old, new]) in groups {
        let mut left: Vec<usize> = (0..old.len()).collect();
        let said = |entries: &[Entry], at: Option<&usize>| at.and_then(|at| entries.get(*at)).map(|entry| entry.whole.clone());
        // Those that say the same first, so that they do not change places with their neighbours.
        let mut numbers: Vec<Option<usize>> = new
            .iter()
            .map(|at| {
                let same = left.iter().position(|number| said(a, old.get(*number)) == said(b, Some(at)));
                same.map(|place| left.remove(place))
            })
            .collect();
        let mut rest = left.into_iter().chain(old.len()..);
        numbers.iter_mut().filter(|number| number.is_none()).for_each(|number| *number = rest.next());
        let named = |number: usize| if number == 0 { key.clone() } else { format!("{key} {}", number + 1) };
        for (number, at) in old.iter().enumerate() {
            a.get_mut(*at).into_iter().for_each(|entry| entry.key = named(number));
        }
        for (number, at) in numbers.iter().zip(&new) {
            b.get_mut(*at).into_iter().for_each(|entry| entry.key = named(number.unwrap_or(0)));
        }
    }
    for entry in b {
        let before = a.iter_mut().find(|before| before.key == entry.key).and_then(|before| before.lines.as_mut());
        if let (Some(old), Some(new)) = (before, &mut entry.lines) {
            align(old, new);
        }
    }
}
