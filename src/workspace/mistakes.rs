//! Mistakes of files and of the command line: code, message, places and help.

use super::cost::{Cost, bytes, counted};
use super::files::Unreadable;
use crate::diagnostic::{Code, Diagnostic, Severity, escape, suggest};
use crate::text::{Location, Source, Span};
use std::ops::Range;

/// The most bytes of one file: 4 MiB.
pub(super) const MOST_BYTES: u64 = 4 << 20;
/// The most bytes of all files of a model: 64 MiB.
pub(super) const MOST_BYTES_TOGETHER: u64 = 64 << 20;
/// The most files of a model.
pub(super) const MOST_FILES: usize = 1_000;
/// How deep imports may lie in one another.
pub(super) const MOST_DEPTH: usize = 64;

/// A mistake without a place: about a file that was named outside of every file.
fn placeless(code: Code, message: String, help: &str) -> Diagnostic {
    Diagnostic { code, severity: Severity::Error, message, labels: Vec::new(), help: Some(help.to_owned()), fixes: Vec::new(), guesses: Vec::new() }
}

pub(super) fn main_unreadable(name: &str, why: Unreadable, most: u64) -> Diagnostic {
    match why {
        Unreadable::Missing | Unreadable::Outside => placeless(
            Code("BIZ0601"),
            format!("`{name}` can't be read"),
            "it is not there, or may not be read; a path counts from the folder you are in",
        ),
        Unreadable::Folder => {
            placeless(Code("BIZ0601"), format!("`{name}` is a folder"), "name the file in it that holds the model")
        }
        Unreadable::TooLarge => placeless(Code("BIZ0605"), too_large(name, most), TOO_LARGE_HELP),
    }
}

pub(super) fn import_unreadable(written: &str, why: Unreadable, most: u64, at: Location) -> Diagnostic {
    match why {
        Unreadable::Missing => Diagnostic::error(Code("BIZ0601"), format!("`{written}` can't be read"), at, "not there, or forbidden")
            .help("a path counts from the file that names it"),
        Unreadable::Folder if written.trim().is_empty() => Diagnostic::error(Code("BIZ0601"), "an import names a file", at, "no name")
            .help("write its path from this file, such as `import \"costs.biz\"`"),
        Unreadable::Folder => Diagnostic::error(Code("BIZ0601"), format!("`{written}` is a folder"), at, "not a file")
            .help("import the files in it one by one"),
        Unreadable::Outside => import_outside(written, at),
        Unreadable::TooLarge => {
            Diagnostic::error(Code("BIZ0605"), too_large(written, most), at, "too large").help(TOO_LARGE_HELP)
        }
    }
}

const TOO_LARGE_HELP: &str = "a file may have 4 MiB, all files of a model together 64 MiB";

fn too_large(name: &str, most: u64) -> String {
    if most < MOST_BYTES {
        format!("with `{name}` the files of the model have more than 64 MiB")
    } else {
        format!("`{name}` has more than 4 MiB")
    }
}

pub(super) fn import_outside(written: &str, at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0602"), format!("`{written}` lies outside of the project"), at, "not in the folder of the main file")
        .help("a model reads only files in the folder of its main file and below: copy the file there")
}

pub(super) fn import_circle(members: &[String], at: Location) -> Diagnostic {
    let chain = members.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" → ");
    Diagnostic::error(Code("BIZ0603"), format!("files import each other in a circle: {chain}"), at, "comes back to a file above")
        .help("move what both need into a third file")
}

pub(super) fn too_many_files(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0605"), format!("a model may have {MOST_FILES} files"), at, "one too many")
        .help("put several into one")
}

pub(super) fn imports_too_deep(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0605"), format!("imports may lie {MOST_DEPTH} deep in one another"), at, "too deep")
        .help("import the file further up")
}

/// Bytes that are no text; the source holds what could be read of them.
pub(super) fn not_text(source: &Source, at: u32, imported: Option<Location>) -> Diagnostic {
    let rest = source.text.get(at as usize..).unwrap_or_default();
    let first = rest.chars().next().map_or(0, char::len_utf8);
    let place = Location::new(source.id, Span::new(at, at + first as u32));
    let message = format!("`{}` is not text in UTF-8", source.name);
    let mistake = Diagnostic::error(Code("BIZ0604"), message, place, "no text");
    let mistake = match imported {
        Some(import) => mistake.also(import, "imported here"),
        None => mistake,
    };
    mistake.help("it may be a spreadsheet, or text in an older encoding: save it as UTF-8")
}

pub(super) fn nothing_declared(source: &Source) -> Diagnostic {
    let place = Location::new(source.id, Span::new(0, 0));
    Diagnostic::error(Code("BIZ0609"), format!("`{}` declares nothing", source.name), place, "nothing here")
        .help("`biz new` lists models to begin with")
}

pub(super) fn unknown_scenario(source: &Source, known: &[&str]) -> Diagnostic {
    let message = format!("there is no scenario `{}`", source.text);
    let help = match known {
        [] => "the model declares no scenarios".to_owned(),
        names => format!("declared are: {}", listed(names)),
    };
    near(Diagnostic::error(Code("BIZ0110"), message, whole(source), "not a scenario"), source, known).help_if_none(help)
}

/// Scenarios are to be compared, and there are none.
pub(super) fn no_scenarios() -> Diagnostic {
    placeless(
        Code("BIZ0110"),
        "the model declares no scenarios to compare".to_owned(),
        "declare one: `scenario cheaper { price = base * 90% }`",
    )
}

/// `git:` without a revision and a file.
pub(super) fn no_revision_named(name: &str) -> Diagnostic {
    placeless(Code("BIZ0601"), format!("`{name}` names no file of a revision"), "write `git:REV:FILE`, such as `git:HEAD~1:plan.biz`")
}

/// There is no program `git`.
pub(super) fn no_git(name: &str) -> Diagnostic {
    placeless(Code("BIZ0601"), format!("`{name}` can't be read: there is no program `git`"), "install git, or name a file in place of a revision")
}

/// The folder belongs to no repository.
pub(super) fn no_repository(name: &str) -> Diagnostic {
    placeless(Code("BIZ0601"), format!("`{name}` can't be read: this folder is in no git repository"), "run it in the folder of the model")
}

/// A revision that git does not know.
pub(super) fn unknown_revision(name: &str, revision: &str) -> Diagnostic {
    placeless(
        Code("BIZ0601"),
        format!("`{name}` can't be read: git knows no revision `{revision}`"),
        "a revision is a commit, a branch or a tag: `HEAD~1`, `main`, `v1.2`; `git log` lists commits",
    )
}

/// A file that a revision does not hold.
pub(super) fn not_in_revision(name: &str, revision: &str, file: &str) -> Diagnostic {
    placeless(
        Code("BIZ0601"),
        format!("`{name}` can't be read: `{revision}` holds no `{file}`"),
        "a path counts from the folder you are in; it may have had another name then",
    )
}

/// More cells than a run may compute.
pub(super) fn too_many_cells(cost: &Cost, steps: usize, most: u64) -> Diagnostic {
    placeless(
        Code("BIZ0607"),
        format!("a run over {steps} periods may compute {} cells, and this has {}", counted(most), cost.told()),
        "take a longer step or a shorter timeline, or ask for less with `--only`; `--limit-cells` raises the limit",
    )
}

/// More samples than can be played in a while.
pub(super) fn too_many_samples(cost: &Cost, most: u64) -> Diagnostic {
    placeless(
        Code("BIZ0607"),
        format!("all samples of a run may have {} cells together, and this has {}", counted(most), cost.told()),
        "draw fewer samples, or ask for less with `--only`; `--limit-cells` raises the limit, to a thousand times as many in all samples",
    )
}

/// More memory than a run may take.
pub(super) fn too_much_memory(cost: &Cost, steps: usize, most: u64) -> Diagnostic {
    let message = format!("a run over {steps} periods may take {} of memory, and this has {}", bytes(most), cost.told());
    let help = match cost.samples {
        0 => "take a longer step or a shorter timeline, or ask for less with `--only`; `--limit-memory` raises the limit",
        _ => "draw fewer samples, or ask for less with `--only`, `--by` or `--percentiles`; `--limit-memory` raises the limit",
    };
    placeless(Code("BIZ0616"), message, help)
}

/// A part of a simulation that can't be read.
#[must_use]
pub fn part_unreadable(name: &str, why: Unreadable) -> Diagnostic {
    match why {
        Unreadable::Missing | Unreadable::Outside => main_unreadable(name, Unreadable::Missing, MOST_BYTES),
        Unreadable::Folder => placeless(Code("BIZ0601"), format!("`{name}` is a folder"), "name the parts in it, `folder/*`"),
        Unreadable::TooLarge => placeless(Code("BIZ0621"), format!("`{name}` has more than 16 GiB"), "play fewer samples in a part"),
    }
}

/// A file that is no part.
pub(super) fn no_part(name: &str) -> Diagnostic {
    let help = "a part is what `biz simulate FILE --shard 1/4 --out PART` writes";
    placeless(Code("BIZ0621"), format!("`{name}` is no part of a simulation"), help)
}

/// A part that was cut or changed.
pub(super) fn part_damaged(name: &str) -> Diagnostic {
    placeless(Code("BIZ0621"), format!("`{name}` is damaged: it is not what was written"), "copy it again, or play that part again")
}

/// A part of another version, whose bits are not comparable.
pub(super) fn part_of_other_version(name: &str, version: Option<&str>) -> Diagnostic {
    let by = version.map_or_else(|| "another version".to_owned(), |version| format!("another build of biz ({})", escape::one_line(version)));
    placeless(Code("BIZ0621"), format!("`{name}` was made by {by}"), "play every part and merge them with the same version of biz")
}

/// Parts of two runs.
pub(super) fn part_of_other_run(name: &str, beside: &str, difference: &str) -> Diagnostic {
    let help = "the parts of a run are made from the same model with the same options, only `--shard` and `--threads` differ";
    placeless(Code("BIZ0622"), format!("`{name}` is not of the same run as `{beside}`: {difference}"), help)
}

/// Samples that two parts hold.
pub(super) fn parts_overlap(name: &str, both: &Range<u64>) -> Diagnostic {
    let message = format!("`{name}` holds {} that a part before it holds too", samples(both));
    placeless(Code("BIZ0622"), message, "each part is merged once")
}

/// Samples that no part holds.
pub(super) fn parts_missing(gaps: &[Range<u64>], of: u64) -> Diagnostic {
    let first: Vec<String> = gaps.iter().take(3).map(samples).collect();
    let more = if gaps.len() > first.len() { format!(", and {} more ranges", gaps.len() - first.len()) } else { String::new() };
    let message = format!("no part holds {}{more} of {of}", first.join(", "));
    placeless(Code("BIZ0622"), message, "name every part of the run; `--out` joins those that are there to a larger part")
}

fn samples(range: &Range<u64>) -> String {
    format!("the samples {} to {}", range.start + 1, range.end)
}

/// Parts that do not fit the model that they hold.
pub(super) fn parts_unfit() -> Diagnostic {
    placeless(Code("BIZ0621"), "the parts do not fit the model that they hold".to_owned(), "play them again")
}

/// A percentile that does not lie where the parts looked for it.
pub(super) fn share_missed(whose: &str, share: f64) -> Diagnostic {
    let message = format!("the {}% percentile of {whose} does not lie where the pilot of the parts said", share * 100.0);
    let help = "play the parts again with a larger `--pilot`, or with `--pilot 0`, which keeps every value";
    placeless(Code("BIZ0623"), message, help)
}

/// A name behind `--only`, or a cell to be explained, that the model does not have.
pub(super) fn unknown_name(source: &Source, known: &[&str]) -> Diagnostic {
    let message = format!("there is no `{}` in the model", source.text);
    near(Diagnostic::error(Code("BIZ0101"), message, whole(source), "not defined anywhere"), source, known)
        .help_if_none("names are written in full, such as `smb.size`".to_owned())
}

/// A period of a figure that the timeline does not have, and the timeline's ends.
pub(super) fn unknown_period(source: &Source, period: &str, ends: Option<(String, String)>) -> Diagnostic {
    let message = format!("the timeline has no `{period}`");
    let help = match ends {
        Some((first, last)) => format!("it runs from {first} to {last}"),
        None => "the model has no timeline".to_owned(),
    };
    Diagnostic::error(Code("BIZ0305"), message, whole(source), "not on the timeline").help(help)
}

fn near(mistake: Diagnostic, source: &Source, known: &[&str]) -> Diagnostic {
    let near = suggest::nearest(&source.text, known.iter().map(|name| (*name, 0)));
    match near.as_slice() {
        [] => mistake,
        names => mistake.help(format!("did you mean {}?", listed(names).replace(", ", " or "))),
    }
}

fn listed(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn whole(source: &Source) -> Location {
    Location::new(source.id, Span::new(0, source.text.len() as u32))
}

/// Help for those that have none yet.
trait HelpIfNone {
    fn help_if_none(self, help: String) -> Self;
}

impl HelpIfNone for Diagnostic {
    fn help_if_none(self, help: String) -> Self {
        if self.help.is_some() { self } else { self.help(help) }
    }
}

/// More points than there is memory for.
pub(super) fn too_many_points(points: usize, most: usize) -> Diagnostic {
    placeless(
        Code("BIZ0607"),
        format!("{points} points are too many: with what each computes, {most} fit into memory"),
        "take larger steps, or vary one input at a time",
    )
}

/// More points of a sweep than a table can show.
pub(super) fn too_many_swept(points: f64, most: f64) -> Diagnostic {
    let told = if points < 1e15 { format!("{} points", counted(points as u64)) } else { "so many points".into() };
    placeless(
        Code("BIZ0607"),
        format!("{told} are too many: a sweep has a {} at most", counted(most as u64).trim_start_matches("1 ")),
        "take larger steps, or vary one input at a time",
    )
}

/// More points than can be played in minutes, each by samples of its own.
pub(super) fn too_many_sampled_points(points: usize, most: usize, samples: u64) -> Diagnostic {
    placeless(
        Code("BIZ0607"),
        format!("{points} points are too many where each draws {} samples: {most} may be asked", counted(samples)),
        "take larger steps, or vary one input at a time",
    )
}

/// An input that a scenario has put something else in place of.
pub(super) fn not_read(path: &str, at: Location) -> Diagnostic {
    Diagnostic::warning(Code("BIZ0620"), format!("varying `{path}` changes nothing here"), at, "has no part in what is asked")
        .help("a scenario or `--set` may have put something else in its place")
}

/// A figure with a value for every step, where one is wanted.
pub(super) fn not_one_figure(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0620"), "a decision is about one figure, and this has a value for every step", at, "a value for every step")
        .help("say which: `lowest(cash)`, `final(cash)`, `total(revenue)`, or that of a period, `revenue[2027]`")
}

/// A figure that is no number.
pub(super) fn not_a_number(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0620"), "a decision is about a number, and this is none", at, "not a number")
        .help("ask for an amount, such as `final(cash)`")
}

/// A figure across samples, where one of each sample is wanted.
pub(super) fn across_samples(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0620"), "this looks across samples, so it is the same in all of them", at, "one figure for all samples")
        .help("ask for the figure itself: `final(cash)` in place of `p10(final(cash))`")
}

/// A figure that no sample has.
pub(super) fn no_value_in_samples(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0620"), "in no sample has this a value under every scenario", at, "no value")
        .help("`biz eval` computes it, and says what is wrong")
}

/// A figure without a value, whatever is moved.
pub(super) fn no_value_moved(at: Location) -> Diagnostic {
    Diagnostic::error(Code("BIZ0620"), "this has no value, whatever is moved", at, "no value")
        .help("`biz eval` computes it, and says what is wrong")
}

/// A goal that the model does not declare.
pub(super) fn unknown_goal(source: &Source, known: &[&str]) -> Diagnostic {
    let message = format!("there is no goal `{}`", source.text);
    let help = match known {
        [] => "the model declares no goals; write `goal NAME { vary price from 10 USD to 90 USD, until … }`".to_owned(),
        names => format!("declared are: {}", listed(names)),
    };
    near(Diagnostic::error(Code("BIZ0101"), message, whole(source), "not a goal"), source, known).help_if_none(help)
}

/// Goals are asked for, and there are none.
pub(super) fn no_goals() -> Diagnostic {
    placeless(
        Code("BIZ0620"),
        "the model declares no goals".to_owned(),
        "declare one, or ask with `--vary 'price from 20 USD to 80 USD' --until 'lowest(cash) >= 0 USD'`",
    )
}

/// An instance where a figure is to be drawn, and one of its figures.
pub(super) fn no_figure(source: &Source, figure: Option<&str>) -> Diagnostic {
    let help = figure.map_or_else(|| "name one of its figures".to_owned(), |figure| format!("name one of its figures, such as `{figure}`"));
    Diagnostic::error(Code("BIZ0640"), format!("`{}` holds many figures", source.text), whole(source), "which of them?").help(help)
}

/// A condition, a date or an option where a number is to be drawn.
pub(super) fn no_number_to_draw(source: &Source) -> Diagnostic {
    Diagnostic::error(Code("BIZ0640"), format!("`{}` is no number, and only numbers are drawn", source.text), whole(source), "not a number")
        .help("`biz eval` prints it; of a condition `--kind fan` draws the share of the samples in which it holds")
}

/// A figure without terms where a waterfall is to be drawn.
pub(super) fn no_terms(source: &Source) -> Diagnostic {
    Diagnostic::error(Code("BIZ0640"), format!("`{}` is no sum, so a waterfall has no steps", source.text), whole(source), "no terms")
        .help("draw a figure that adds or subtracts others, such as a profit, or leave `--kind waterfall` out")
}
