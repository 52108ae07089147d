//! Turn: an entry is taken, a command or a text of the language, and answered.

use super::commands;
use super::outcome::{Outcome, Reply};
use super::script::entries;
use super::session::Session;
use crate::export::{self, Style};
use crate::syntax::ast::{self, Node};
use crate::syntax::{Parsed, Typed, typed};
use crate::text::{FileId, Source};
use crate::report::Requirement;
use crate::workspace::Facts;

/// Takes an entry and answers it.
pub fn take(session: &mut Session, text: &str, style: Style) -> Reply {
    let trimmed = text.trim();
    if let Some(command) = trimmed.strip_prefix(':') {
        return commands::take(session, command, style);
    }
    match typed(&Source::new(FileId(0), "<entry>", trimmed)) {
        Typed::Declarations(parsed) if parsed.mistakes.is_empty() => declare(session, trimmed, &parsed, style),
        Typed::Declarations(_) | Typed::Question(_) if several(trimmed) => one_by_one(session, trimmed, style),
        Typed::Declarations(parsed) => declare(session, trimmed, &parsed, style),
        Typed::Replacement(fragment) => {
            let names: Vec<String> = fragment.node.iter().map(|definition| definition.path.text()).collect();
            session.change_saying(session.project.with(trimmed), |facts| accepted(facts, &names))
        }
        Typed::Question(_) if trimmed.lines().all(|line| line.trim_start().starts_with('#') || line.trim().is_empty()) => Reply::default(),
        Typed::Question(_) => question(session, trimmed, style),
    }
}

/// Whether a text asks for a value and changes nothing.
pub fn is_question(text: &str) -> bool {
    matches!(typed(&Source::new(FileId(0), "<entry>", text.trim())), Typed::Question(_))
}

/// Whether a text that was pasted holds several entries.
fn several(text: &str) -> bool {
    text.contains('\n') && entries(text).len() > 1
}

/// Takes the entries of a text until one fails; those before it stay.
fn one_by_one(session: &mut Session, text: &str, style: Style) -> Reply {
    let mut whole = Reply::default();
    for entry in entries(text) {
        whole = whole.then(take(session, &entry, style));
        if whole.outcome > Outcome::Unmet {
            break;
        }
    }
    whole
}

fn declare(session: &mut Session, text: &str, parsed: &Parsed, style: Style) -> Reply {
    if parsed.file.items.iter().any(|item| matches!(item.node, Node::Import(_))) {
        return Reply::refused("an import stands in a file, and this is none", "write it into the file and `:reload`, or `:load` the other file");
    }
    let names: Vec<String> = parsed.file.items.iter().map(|item| called(&item.node)).collect();
    let reply = session.change_saying(session.project.with(text), |facts| accepted(facts, &names));
    let requires = parsed.file.items.iter().any(|item| matches!(item.node, Node::Require(_)));
    if requires && reply.outcome == Outcome::Done { judged(session, reply, style) } else { reply }
}

/// What was accepted, with whether its requirements are met.
fn judged(session: &Session, accepted: Reply, style: Style) -> Reply {
    let (verdicts, facts) = session.required();
    let told = export::table::verdicts(&verdicts, session.scenario.as_deref(), style);
    let mut judged = session.found(accepted.out + &told, facts);
    // Its warnings have been counted as told, and are told here.
    judged.mistakes.splice(0..0, accepted.mistakes);
    if verdicts.iter().any(Requirement::fails) { Reply { outcome: judged.outcome.max(Outcome::Unmet), ..judged } } else { judged }
}

/// What a declaration is called when it is accepted.
fn called(node: &Node) -> String {
    let title = |word: &str, title: &Option<ast::Text>| title.as_ref().map_or(word.to_owned(), |title| format!("{word} \"{}\"", title.text));
    match node {
        Node::Model(_) => "model".to_owned(),
        Node::Definition(definition) => definition.path.text(),
        Node::Instance(instance) => instance.name.as_ref().map_or(instance.kind.text.clone(), |name| format!("{} {}", instance.kind.text, name.text)),
        Node::Unit { name, .. } => format!("unit {}", name.text),
        Node::Currency(names) => format!("currency {}", names.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(", ")),
        Node::Rate { currency, .. } => format!("rate {}", currency.text),
        Node::Import(text) => format!("import \"{}\"", text.text),
        Node::Kind(kind) => format!("kind {}", kind.name.text),
        Node::Function(function) => format!("fn {}", function.name.text),
        Node::Scenario(scenario) => format!("scenario {}", scenario.name.text),
        Node::Test(test) => title("test", &test.title),
        Node::Correlate { .. } => "correlate".to_owned(),
        Node::Statement(statement) => title("statement", &statement.title),
        Node::Goal(goal) => format!("goal {}", goal.name.text),
        // Whether it is met is told.
        Node::Require(_) | Node::Broken => String::new(),
    }
}

/// What is said of what was accepted: of a definition its unit.
fn accepted(facts: &Facts, names: &[String]) -> String {
    let line = |name: &String| {
        let cell = facts.model().and_then(|model| model.find(name).map(|id| (model, model.cell(id))));
        let unit = cell.map(|(model, cell)| model.units.text(cell.unit)).filter(|unit| !unit.is_empty());
        unit.map_or_else(|| format!("{name}\n"), |unit| format!("{name} : {unit}\n"))
    };
    names.iter().filter(|name| !name.is_empty()).map(line).collect()
}

fn question(session: &Session, text: &str, style: Style) -> Reply {
    if let Some(evaluation) = session.retry(text) {
        return Reply::of(export::glimpse::glimpse(&evaluation, style));
    }
    let (evaluations, facts) = session.evaluate(&[text.to_owned()]);
    // An instance, a kind or a function is no value, but who names it wants to see it.
    if facts.model().is_none()
        && let Some(reply) = commands::declared(session, text)
    {
        return reply;
    }
    let out = evaluations.iter().map(|one| export::glimpse::glimpse(one, style)).collect();
    session.found(out, facts)
}
