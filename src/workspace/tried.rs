//! Tried: mends that are tried out. Of mistakes that follow from one another the one is told whose mend leaves nothing wrong.

use super::load::Loaded;
use crate::check::{FLOW_AND_LEVEL, UNKNOWN_UNIT, natives};
use crate::diagnostic::{Diagnostic, Edit, Fix, Guess, Severity};
use crate::syntax::{guesses, parse};
use crate::text::{FileId, Location, Source, Span};

/// How many bytes are read again for all trials of a model together, and what the prelude counts for.
const MOST_BYTES: usize = 4 << 20;
const PRELUDE_BYTES: usize = 100_000;

/// How many mends are tried at most.
const MOST_TRIALS: usize = 48;

/// Among how many errors causes are looked for.
const MOST_ERRORS: usize = 64;

/// How many of those that help a mistake offers.
const MOST_OFFERED: usize = 3;

/// Who tells what is wrong with a model.
pub(super) type Check<'c> = &'c dyn Fn(&Loaded) -> Vec<Diagnostic>;

/// One mend and the mistakes that it heals.
struct Trial {
    /// The mistake that offers it.
    owner: usize,
    by: By,
    doubt: u8,
    heals: Vec<usize>,
    /// How many errors are left.
    left: usize,
}

/// What a mistake offers: a mend of its own, or a guess; by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Fix(usize),
    Guess(usize),
}

/// The mistakes of a model less those that vanish with the mend of another, each with the mends that were found to help.
pub(super) fn tried(loaded: &Loaded, found: Vec<Diagnostic>, check: Check<'_>) -> Vec<Diagnostic> {
    let errors: Vec<usize> = (0..found.len()).filter(|at| found.get(*at).is_some_and(|one| one.severity == Severity::Error)).collect();
    let bytes = PRELUDE_BYTES + loaded.sources.iter().map(|source| source.text.len()).sum::<usize>();
    let most = MOST_TRIALS.min(MOST_BYTES / bytes);
    if loaded.incomplete || errors.is_empty() || errors.len() > MOST_ERRORS {
        return found;
    }
    let mut found = found;
    let called: Vec<&str> = natives().collect();
    for mistake in &mut found {
        if let Some(source) = loaded.sources.iter().find(|source| source.id == mistake.place().file) {
            mistake.guesses.extend(guesses(source, mistake, &called));
        }
    }
    let trials = trials(loaded, &found, &errors, most, check);
    let mut told = told(found, &trials);
    drop_followers(loaded, &mut told, check);
    let hidden = hidden(loaded, &told, most, check);
    told.extend(hidden.unwrap_or_default());
    told
}

/// Takes out warnings that are gone where all that is wrong is mended: `what is declared is left out` of a line that can't be read.
fn drop_followers(loaded: &Loaded, told: &mut Vec<Diagnostic>, check: Check<'_>) {
    let (errors, warnings): (Vec<&Diagnostic>, Vec<&Diagnostic>) = told.iter().partition(|one| one.severity == Severity::Error);
    if warnings.is_empty() {
        return;
    }
    let Some(edits) = first_edits(errors.into_iter()) else { return };
    let Some(left) = mended(loaded, &edits).map(|mended| check(&mended)) else { return };
    if left.iter().all(|one| one.severity == Severity::Warning) {
        told.retain(|one| one.severity == Severity::Error || left.iter().any(|other| is_same(one, other, &edits)));
    }
}

/// What a misspelt unit hides: nothing is held against what is measured in it. Told only where the whole is sound with all mends.
fn hidden(loaded: &Loaded, told: &[Diagnostic], most: usize, check: Check<'_>) -> Option<Vec<Diagnostic>> {
    let is_error = |one: &&Diagnostic| one.severity == Severity::Error;
    let is_slip = |one: &Diagnostic| one.code == UNKNOWN_UNIT && one.fixes.first().is_some_and(|fix| fix.edits.iter().all(|edit| !edit.at.span.is_empty()));
    if !told.iter().any(is_slip) {
        return None;
    }
    let edits = first_edits(told.iter().filter(is_error))?;
    let mended = mended(loaded, &edits)?;
    let left = check(&mended);
    let errors: Vec<usize> = (0..left.len()).filter(|at| left.get(*at).is_some_and(|one| one.severity == Severity::Error)).collect();
    let of_units = |at: &usize| left.get(*at).is_some_and(|one| one.code.0.starts_with("BIZ02"));
    if errors.is_empty() || !errors.iter().all(of_units) {
        return None;
    }
    let trials = trials(&mended, &left, &errors, most, check);
    let found: Vec<Diagnostic> = self::told(left, &trials).into_iter().filter(|one| is_error(&one)).collect();
    let sound = self::mended(&mended, &first_edits(found.iter())?)?;
    if check(&sound).iter().any(|one| one.severity == Severity::Error) {
        return None;
    }
    found.into_iter().map(|one| moved_back(one, &edits)).collect()
}

/// The edits of the first mend of each mistake; none where one has none, or where two touch the same place.
fn first_edits<'d>(mistakes: impl Iterator<Item = &'d Diagnostic>) -> Option<Vec<Edit>> {
    let mut edits: Vec<Edit> = Vec::new();
    for mistake in mistakes {
        for edit in &mistake.fixes.first()?.edits {
            let touches = |known: &Edit| known.at.file == edit.at.file && known.at.span.start <= edit.at.span.end && edit.at.span.start <= known.at.span.end;
            if edits.iter().any(touches) {
                return None;
            }
            edits.push(edit.clone());
        }
    }
    Some(edits)
}

/// A mistake of a text with edits, at its places in the text without them; none where it lies in what they wrote.
fn moved_back(mut mistake: Diagnostic, edits: &[Edit]) -> Option<Diagnostic> {
    let position = |file: FileId, position: u32| {
        let mut edits: Vec<&Edit> = edits.iter().filter(|edit| edit.at.file == file).collect();
        edits.sort_by_key(|edit| edit.at.span.start);
        let mut grown = 0_i64;
        for edit in edits {
            let start = i64::from(edit.at.span.start) + grown;
            let end = start + edit.text.len() as i64;
            if i64::from(position) <= start {
                break;
            }
            if i64::from(position) < end {
                return None;
            }
            grown += edit.text.len() as i64 - i64::from(edit.at.span.len());
        }
        u32::try_from(i64::from(position) - grown).ok()
    };
    let back = |at: Location| Some(Location::new(at.file, Span::new(position(at.file, at.span.start)?, position(at.file, at.span.end)?)));
    for label in &mut mistake.labels {
        label.at = back(label.at)?;
    }
    for edit in mistake.fixes.iter_mut().flat_map(|fix| &mut fix.edits) {
        edit.at = back(edit.at)?;
    }
    Some(mistake)
}

/// Tries what the mistakes offer.
fn trials(loaded: &Loaded, found: &[Diagnostic], errors: &[usize], most: usize, check: Check<'_>) -> Vec<Trial> {
    let mut trials: Vec<Trial> = Vec::new();
    let mut known: Vec<&[Edit]> = Vec::new();
    for (owner, by, doubt, fix) in offers(loaded, found, errors) {
        if known.len() >= most {
            break;
        }
        if known.contains(&fix.edits.as_slice()) || is_served(&trials, owner, doubt) {
            continue;
        }
        known.push(&fix.edits);
        let Some(mended) = mended(loaded, &fix.edits) else { continue };
        let left = check(&mended);
        let left: Vec<&Diagnostic> = left.iter().filter(|one| one.severity == Severity::Error).collect();
        let is_same = |at: &usize, other: &Diagnostic| found.get(*at).is_some_and(|one| is_same(one, other, &fix.edits));
        let line = |at: Location| mended.sources.iter().find(|source| source.id == at.file).map(|source| (at.file, source.line_of(at.span.start)));
        let is_on_line = |at: &usize, other: &Diagnostic| found.get(*at).is_some_and(|one| line(moved(one.place(), &fix.edits)) == line(other.place()));
        // What is told otherwise where something was wrong already is no new mistake, but nothing is healed there.
        let otherwise: Vec<&Diagnostic> = left.iter().copied().filter(|other| !errors.iter().any(|at| is_same(at, other))).collect();
        let stays = |at: &usize| left.iter().any(|other| is_same(at, other)) || otherwise.iter().any(|other| is_on_line(at, other));
        let heals: Vec<usize> = errors.iter().copied().filter(|at| !stays(at)).collect();
        if heals.contains(&owner) && otherwise.iter().all(|other| errors.iter().any(|at| is_on_line(at, other))) {
            trials.push(Trial { owner, by, doubt, heals, left: left.len() });
        }
    }
    trials
}

/// Whether enough was found that leaves nothing wrong, and more surely than what is to be tried.
fn is_served(trials: &[Trial], owner: usize, doubt: u8) -> bool {
    let mut helping = trials.iter().filter(|trial| trial.owner == owner && trial.left == 0 && trial.doubt <= doubt);
    doubt > OWN && helping.clone().any(|trial| matches!(trial.by, By::Fix(_))) || helping.nth(MOST_OFFERED - 1).is_some()
}

/// The doubt of a mend that stands in the message.
const OWN: u8 = 1;

/// All mends that are on offer: first what is surest, then those that stand in the messages, of each mistake in turn, then guesses.
fn offers<'d>(loaded: &Loaded, found: &'d [Diagnostic], errors: &[usize]) -> Vec<(usize, By, u8, &'d Fix)> {
    let mut offers = Vec::new();
    let of = |at: &usize| found.get(*at).map(|mistake| (*at, mistake));
    // What was asked beside the model is to be mended where it was asked.
    let of_model = |mistake: &Diagnostic| loaded.sources.iter().any(|source| source.id == mistake.place().file);
    for (at, mistake) in errors.iter().filter_map(of).filter(|(_, mistake)| of_model(mistake)) {
        offers.extend(mistake.fixes.iter().enumerate().map(|(number, fix)| (OWN, at, By::Fix(number), fix)));
        offers.extend(mistake.guesses.iter().enumerate().map(|(number, guess)| (if guess.doubt == 0 { 0 } else { OWN + guess.doubt }, at, By::Guess(number), &guess.fix)));
    }
    offers.sort_by_key(|(doubt, ..)| *doubt);
    offers.into_iter().map(|(doubt, at, by, fix)| (at, by, doubt, fix)).collect()
}

/// The model with edits made; none where they are not of its files.
fn mended(loaded: &Loaded, edits: &[Edit]) -> Option<Loaded> {
    let mut mended = loaded.clone();
    let mut files: Vec<FileId> = edits.iter().map(|edit| edit.at.file).collect();
    files.sort_unstable();
    files.dedup();
    for id in files {
        let at = mended.sources.iter().position(|source| source.id == id)?;
        let source = mended.sources.get_mut(at)?;
        let mut edits: Vec<&Edit> = edits.iter().filter(|edit| edit.at.file == id).collect();
        edits.sort_by_key(|edit| std::cmp::Reverse((edit.at.span.start, edit.at.span.end)));
        let mut text = source.text.clone();
        for edit in edits {
            text.get(edit.at.span.range())?;
            text.replace_range(edit.at.span.range(), &edit.text);
        }
        *source = Source::new(id, source.name.clone(), text);
        let parsed = parse(source);
        mended.mistakes.retain(|mistake| mistake.place().file != id);
        mended.mistakes.extend(parsed.mistakes);
        *mended.files.iter_mut().find(|file| file.id == id)? = parsed.file;
        *mended.comments.get_mut(at)? = parsed.comments;
    }
    Some(mended)
}

/// Whether a mistake is still there after edits: it has its code at its place.
fn is_same(before: &Diagnostic, after: &Diagnostic, edits: &[Edit]) -> bool {
    before.code == after.code && moved(before.place(), edits).span.start == after.place().span.start
}

/// Where a place lies after edits.
fn moved(at: Location, edits: &[Edit]) -> Location {
    let position = |position: u32| {
        let before = edits.iter().filter(|edit| edit.at.file == at.file && edit.at.span.end <= position && edit.at.span.start < position);
        let grown: i64 = before.map(|edit| edit.text.len() as i64 - i64::from(edit.at.span.len())).sum();
        (i64::from(position) + grown).max(0) as u32
    };
    Location::new(at.file, Span::new(position(at.span.start), position(at.span.end)))
}

/// What is told: for each mend that helps, the mistake that offers it, and what no mend heals.
fn told(mut found: Vec<Diagnostic>, trials: &[Trial]) -> Vec<Diagnostic> {
    let mut healed: Vec<usize> = Vec::new();
    let mut owners: Vec<usize> = Vec::new();
    loop {
        let fresh = |trial: &Trial| trial.heals.iter().filter(|at| !healed.contains(at)).count();
        let open = trials.iter().filter(|trial| !healed.contains(&trial.owner));
        // What can't be read is told before what follows from it.
        let code = |trial: &Trial| found.get(trial.owner).map(|one| one.code).filter(|code| code.0 < "BIZ01");
        let rank = |trial: &&Trial| (fresh(trial), code(trial).is_some(), std::cmp::Reverse((code(trial), trial.owner)));
        let Some(best) = open.max_by_key(rank) else { break };
        owners.push(best.owner);
        healed.extend(&best.heals);
        if let Some(mistake) = found.get_mut(best.owner) {
            let as_good: Vec<By> = trials.iter().filter(|trial| trial.owner == best.owner && trial.heals.len() >= best.heals.len()).map(|trial| trial.by).collect();
            offer(mistake, &as_good);
        }
    }
    let kept = found.into_iter().enumerate().filter(|(at, _)| owners.contains(at) || !healed.contains(at));
    kept.map(|(_, mistake)| mistake).collect()
}

/// Leaves a mistake with the mends that were found to help. A guess stands in for them where there is none, or where it is surer.
fn offer(mistake: &mut Diagnostic, helping: &[By]) {
    let fixes = std::mem::take(&mut mistake.fixes).into_iter().enumerate();
    let (fixes, others): (Vec<_>, Vec<_>) = fixes.partition(|(at, _)| helping.contains(&By::Fix(*at)));
    let fixes: Vec<Fix> = fixes.into_iter().map(|(_, fix)| fix).collect();
    let guesses = std::mem::take(&mut mistake.guesses).into_iter().enumerate();
    let mut guesses: Vec<Guess> = guesses.filter(|(at, _)| helping.contains(&By::Guess(*at))).map(|(_, guess)| guess).collect();
    guesses.sort_by_key(|guess| guess.doubt);
    let surest = guesses.first().map(|guess| guess.doubt);
    if surest != Some(0) && !fixes.is_empty() {
        mistake.fixes = fixes;
        // Of names that are near, one that does not fit may be meant all the same.
        if mistake.code.0.starts_with("BIZ01") {
            mistake.fixes.extend(others.into_iter().map(|(_, fix)| fix));
        }
        return;
    }
    guesses.retain(|guess| Some(guess.doubt) == surest);
    guesses.dedup_by(|one, other| one.fix.title == other.fix.title);
    if let Some(message) = guesses.first().and_then(|guess| guess.message.clone()) {
        mistake.message = message;
        mistake.labels.truncate(1);
        mistake.help = None;
    }
    if let Some(label) = guesses.first().and_then(|guess| guess.label.clone()) {
        mistake.labels.retain(|known| known.at != label.at);
        mistake.labels.insert(0, label);
        // That a flow meets a level may be meant, and is then added up.
        mistake.help = mistake.help.take().filter(|_| mistake.code == FLOW_AND_LEVEL);
    }
    mistake.fixes = guesses.into_iter().take(MOST_OFFERED).map(|guess| guess.fix).collect();
}
