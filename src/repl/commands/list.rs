//! Lists: the names there are, and what one of them says.

use super::super::outcome::Reply;
use super::super::session::{Manner, Session};
use super::change::first_line;
use super::missing;
use crate::check::model::{Content, Model, Origin};
use crate::diagnostic::escape::one_line;
use crate::diagnostic::suggest;
use crate::export::glimpse::{brief, glimpse, small};
use crate::export::listing::{Side, listing};
use crate::export::Style;
use crate::ide::names::Names;
use crate::report::Evaluation;
use crate::syntax::ast::{Item, Node};
use crate::text::Source;
use crate::workspace::{Ask, Facts};

/// What is listed beside names.
pub const LISTED: [&str; 5] = ["kinds", "functions", "units", "scenarios", "entries"];

/// The most names that a word lists.
const MOST: usize = 60;
/// Columns of a series in a list.
const DRAWING: usize = 8;

pub(super) fn list(session: &mut Session, word: &str, style: Style) -> Reply {
    let rows: Vec<Vec<String>> = match word {
        "kinds" => names(session).kinds.iter().map(|kind| vec![kind.name.clone(), about(kind.about.as_deref())]).collect(),
        "functions" => names(session).functions.iter().map(|one| vec![one.signature.clone(), about(one.about.as_deref())]).collect(),
        "units" => names(session).units.iter().map(|unit| vec![unit.name.clone(), unit.about.clone()]).collect(),
        "scenarios" => return super::change::scenario(session, "", style),
        "entries" => session.project.entries().iter().enumerate().map(|(at, entry)| vec![(at + 1).to_string(), first_line(entry)]).collect(),
        word => return values(session, word, style),
    };
    if rows.is_empty() {
        return Reply { remark: format!("there are no {word}\n"), ..Reply::default() };
    }
    Reply::of(listing(&rows, &[], style))
}

fn names(session: &Session) -> Names {
    Names::of(session.project.trees(), None)
}

/// The first sentence of a comment.
fn about(text: Option<&str>) -> String {
    let whole = text.map_or_else(String::new, one_line);
    let end = whole.find(". ").or_else(|| whole.find("; ")).or_else(|| whole.find(": "));
    end.and_then(|end| whole.get(..end)).unwrap_or(&whole).trim_end_matches('.').to_owned()
}

/// Names with their values: the author's own, or those that contain a word.
fn values(session: &Session, word: &str, style: Style) -> Reply {
    let facts = session.project.facts(&Ask { mentions: &[word.to_owned()], ..session.ask() });
    let Some(model) = facts.model() else { return session.found(String::new(), facts) };
    let is_asked = |cell: &crate::check::model::Cell| match word {
        "" => cell.origin == Origin::Model,
        word => cell.origin != Origin::Test && cell.touched && cell.path.contains(word),
    };
    let computed = |cell: &&crate::check::model::Cell| matches!(cell.content, Content::Computed(_)) && is_asked(cell) && !cell.path.contains(' ');
    let cells: Vec<(String, String)> = model.cells.iter().filter(computed).map(|cell| (cell.path.clone(), about(cell.doc.as_deref()))).collect();
    if cells.is_empty() {
        let why = if word.is_empty() { "nothing is defined yet".to_owned() } else { format!("no name contains `{}`", one_line(word)) };
        return Reply::refused(&why, "`:list kinds`, `:list functions` and `:list units` tell what there is to build on");
    }
    let paths: Vec<String> = cells.iter().take(MOST).map(|(path, _)| path.clone()).collect();
    let (evaluations, facts) = session.evaluate(&paths);
    let row = |(at, (path, about)): (usize, &(String, String))| {
        let told = |tell: &dyn Fn(&Evaluation) -> String| evaluations.get(at).map_or_else(String::new, tell);
        vec![path.clone(), told(&|one| small(one, DRAWING, style)), told(&|one| brief(one, style)), about.clone()]
    };
    let rows: Vec<Vec<String>> = cells.iter().take(MOST).enumerate().map(row).collect();
    let mut out = listing(&rows, &[Side::Left, Side::Left, Side::Right], style);
    if cells.len() > MOST {
        out += &format!("and {} more; `:list WORD` lists those that contain a word\n", cells.len() - MOST);
    }
    session.found(out, facts)
}

pub(super) fn show(session: &mut Session, name: &str, style: Style) -> Reply {
    if name.is_empty() {
        return missing("the name", ":show NAME");
    }
    if let Some(reply) = declared(session, name) {
        return reply;
    }
    let (evaluations, facts) = session.evaluate(&[name.to_owned()]);
    if facts.model().is_some() {
        let out = stated(&facts, name).unwrap_or_default();
        return session.found(out + &evaluations.iter().map(|one| glimpse(one, style)).collect::<String>(), facts);
    }
    // It is no name, or one of a table, a text or a reference.
    let facts = session.project.facts(&Ask { mentions: &[name.to_owned()], ..session.ask() });
    let Some(model) = facts.model() else { return session.found(String::new(), facts) };
    match stated(&facts, name) {
        Some(out) => Reply::of(out),
        None => unknown(session, model, name),
    }
}

/// What a name says that has no value, as it is written: an instance, a kind, a function. None for all others.
pub fn declared(session: &Session, name: &str) -> Option<Reply> {
    let found = session.project.trees().filter_map(|(file, source)| Some((find(&file.items, name)?, source))).last();
    let (item, source) = found.filter(|(item, _)| item.node.definition().is_none())?;
    let doc = item.doc.as_ref().map(|doc| doc.text.as_str());
    let out = placed(source.slice(item.span), source, item.span.start, doc);
    let has_figures = session.manner == Manner::Talk && matches!(item.node, Node::Instance(_));
    Some(Reply { remark: if has_figures { format!("its figures: `:list {name}.`\n") } else { String::new() }, ..Reply::of(out) })
}

/// The declaration of a name: `coast`, and nested in it `coast.second`.
fn find<'a>(items: &'a [Item], name: &str) -> Option<&'a Item> {
    let inside = |(outer, inner): (&str, &str)| {
        let Node::Instance(instance) = &items.iter().find(|item| is_named(item, outer))?.node else { return None };
        find(&instance.members, inner).filter(|item| matches!(item.node, Node::Instance(_)))
    };
    items.iter().find(|item| is_named(item, name)).or_else(|| name.split_once('.').and_then(inside))
}

/// What a definition of the model says, that of a what-if in its place.
fn stated(facts: &Facts, name: &str) -> Option<String> {
    let model = facts.model()?;
    let cell = model.cell(model.find(name)?);
    let source = facts.sources.iter().find(|source| source.id == cell.at.file)?;
    Some(placed(source.slice(cell.at.span), source, cell.at.span.start, cell.doc.as_deref()))
}

fn is_named(item: &Item, name: &str) -> bool {
    let own = match &item.node {
        Node::Definition(definition) => Some(definition.path.text()),
        Node::Instance(instance) => instance.name.as_ref().map(|name| name.text.clone()),
        Node::Unit { name, .. } => Some(name.text.clone()),
        Node::Kind(kind) => Some(kind.name.text.clone()),
        Node::Function(function) => Some(function.name.text.clone()),
        Node::Scenario(scenario) => Some(scenario.name.text.clone()),
        Node::Goal(goal) => Some(goal.name.text.clone()),
        Node::Rate { currency, .. } => Some(currency.text.clone()),
        Node::Model(_) => Some("model".to_owned()),
        Node::Currency(_) | Node::Import(_) | Node::Require(_) | Node::Test(_) | Node::Correlate { .. } | Node::Statement(_) | Node::Broken => None,
    };
    own.is_some_and(|own| own == name)
}

/// What was written, behind a comment with its place; what is explained first.
fn placed(text: &str, source: &Source, start: u32, doc: Option<&str>) -> String {
    let doc: String = doc.into_iter().flat_map(str::lines).map(|line| format!("## {}\n", one_line(line))).collect();
    let text: String = text.lines().map(|line| format!("{}\n", visible(line))).collect();
    format!("# {}:{}\n{doc}{text}", one_line(&source.name), source.position(start).line)
}

/// Nothing that steers a terminal reaches it.
fn visible(line: &str) -> String {
    let indent = line.len() - line.trim_start_matches(' ').len();
    format!("{}{}", " ".repeat(indent), one_line(line.get(indent..).unwrap_or(line)))
}

fn unknown(session: &Session, model: &Model, name: &str) -> Reply {
    let things = Names::of(session.project.trees(), Some(model));
    let values = things.values.iter().map(|value| (value.path.as_str(), 0));
    let others = things.kinds.iter().map(|kind| (kind.name.as_str(), 1)).chain(things.functions.iter().map(|one| (one.name.as_str(), 1)));
    let near = suggest::nearest(name, values.chain(others));
    let help = near.first().map_or_else(|| "`:list` lists names".to_owned(), |near| format!("did you mean `{near}`?"));
    Reply::refused(&format!("there is no `{}`", one_line(name)), &help)
}
