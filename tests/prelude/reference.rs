//! The reference of the prelude: written from its trees and doc comments into `grammar/reference.md`, between two marks.
//! When it is stale, `BIZ_ACCEPT=1 cargo test prelude::reference` writes it again.

use biz::prelude::texts;
use biz::syntax::ast::{Choice, Definition, Expr, ExprId, Function, Item, Kind, Node, Require, Severity, Statement, Value};
use biz::syntax::{Parsed, parse, words};
use biz::text::{FileId, Source, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

const OPENING: &str = "<!-- prelude -->\n";
const CLOSING: &str = "<!-- end of prelude -->\n";

/// One file of the prelude: a topic.
struct Topic {
    source: Source,
    parsed: Parsed,
    heading: String,
    opening: String,
}

fn topics() -> Vec<Topic> {
    let topic = |(at, (name, text)): (usize, &(&str, &str))| {
        let source = Source::new(FileId(at as u32), *name, *text);
        let parsed = parse(&source);
        let opening: Vec<&str> = text.lines().map_while(|line| line.strip_prefix("# ")).collect();
        let opening = opening.join(" ");
        let (heading, rest) = opening.split_once(": ").or_else(|| opening.split_once(". ")).unwrap_or((&opening, ""));
        Topic { source, parsed, heading: heading.trim_end_matches('.').to_owned(), opening: capital(rest) }
    };
    let mut topics: Vec<Topic> = texts().iter().enumerate().map(topic).collect();
    // What a model is made of comes before what is called in its formulas.
    topics.sort_by_key(|topic| !topic.parsed.file.items.iter().any(|item| matches!(item.node, Node::Kind(_) | Node::Definition(_))));
    topics
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The anchor that Markdown gives a heading.
fn anchor(heading: &str) -> String {
    let kept = heading.to_lowercase();
    kept.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c)).map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// Text of a cell of a table.
fn cell(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}

fn code(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("`{}`", cell(text)) }
}

/// A table, but for its columns that hold nothing.
fn table(out: &mut String, heads: &[&str], rows: &[Vec<String>]) {
    if rows.is_empty() {
        return;
    }
    let kept: Vec<usize> = (0..heads.len()).filter(|at| rows.iter().any(|row| !row[*at].is_empty())).collect();
    let mut line = |cells: Vec<&str>| writeln!(out, "| {} |", cells.join(" | ")).unwrap();
    line(kept.iter().map(|at| heads[*at]).collect());
    line(kept.iter().map(|_| "---").collect());
    rows.iter().for_each(|row| line(kept.iter().map(|at| row[*at].as_str()).collect()));
    out.push('\n');
}

fn doc(item: &Item) -> String {
    item.doc.as_ref().map(|doc| capital(&cell(&doc.text))).unwrap_or_default()
}

impl Topic {
    fn expr(&self, id: ExprId) -> &Expr {
        self.parsed.file.expr(id)
    }

    /// A piece of the text on one line, comments left out.
    fn slice(&self, span: Span) -> String {
        let lines = self.source.slice(span).lines().map(|line| line.split(" #").next().unwrap_or(line).trim());
        lines.collect::<Vec<_>>().join(" ").replace("( ", "(").replace(" )", ")")
    }

    fn written(&self, id: ExprId) -> String {
        self.slice(self.expr(id).span)
    }

    fn value(&self, def: &Definition) -> String {
        match def.value {
            Some(Value::Equals(id)) => self.written(id),
            Some(Value::Uncertain(ref uncertain)) => format!("~ {}", self.written(uncertain.distribution)),
            None => String::new(),
        }
    }

    /// The comment that stands above a group of declarations, where it stands between a place and an item.
    fn caption(&self, from: u32, item: &Item) -> String {
        let line = |span: Span| self.source.line_of(span.start);
        let alone = |span: Span| self.source.slice(Span::new(self.source.line_start(line(span)), span.start)).trim().is_empty();
        let comments = self.parsed.comments.iter().filter(|comment| !comment.doc && alone(comment.span)).map(|comment| comment.span);
        let mut above = comments.filter(|span| (from..item.span.start).contains(&span.start)).rev().peekable();
        let mut lines = Vec::new();
        while let Some(span) = above.next() {
            lines.insert(0, self.source.slice(span).trim_start_matches('#').trim());
            if above.peek().is_none_or(|next| line(*next) + 1 != line(span)) {
                break;
            }
        }
        lines.join(" ")
    }

    /// The end of the comment that opens the file.
    fn opening_end(&self) -> u32 {
        self.source.text.find("\n\n").unwrap_or(0) as u32
    }

    fn choice(&self, choice: &Choice) -> String {
        choice.options.iter().map(|option| option.text.as_str()).collect::<Vec<_>>().join(" | ")
    }

    fn stated(&self, def: &Definition) -> String {
        let Some(stated) = &def.stated else { return String::new() };
        let unit = stated.choice.as_ref().map_or_else(|| self.slice(stated.unit.span), |choice| self.choice(choice));
        if stated.many { format!("many {unit}") } else { unit }
    }

    fn signature(&self, function: &Function) -> String {
        let parameters = function.params.iter().map(|parameter| {
            let choice = parameter.choice.as_ref().map(|choice| format!(" : {}", self.choice(choice))).unwrap_or_default();
            let default = parameter.default.map(|id| format!(" = {}", self.written(id))).unwrap_or_default();
            format!("{}{choice}{default}", parameter.name.text)
        });
        format!("{}({})", function.name.text, parameters.collect::<Vec<_>>().join(", "))
    }

    fn requirement(&self, require: &Require) -> String {
        let message = require.message.as_ref().map(|message| format!(": {}", message.text)).unwrap_or_default();
        let weight = if require.severity == Severity::Expect { " (else a warning)" } else { "" };
        format!("{}{weight}{message}", code(&self.written(require.condition)))
    }
}

fn name(def: &Definition) -> &str {
    def.path.names.first().map_or("", |name| name.text.as_str())
}

/// What is known of the kinds while they are written: docs of their members, those of the kinds they are built on too.
#[derive(Default)]
struct Writer {
    members: BTreeMap<String, BTreeMap<String, String>>,
    /// What is declared without a word about it.
    silent: Vec<String>,
    out: String,
}

impl Writer {
    /// The doc of an item; that it has none is noted.
    fn told(&mut self, item: &Item, what: &str) -> String {
        let doc = doc(item);
        if doc.is_empty() {
            self.silent.push(what.to_owned());
        }
        doc
    }

    fn contents(&mut self, topics: &[Topic]) {
        for topic in topics {
            let (mut kinds, mut figures, mut functions) = (Vec::new(), Vec::new(), Vec::new());
            for item in &topic.parsed.file.items {
                match &item.node {
                    Node::Kind(kind) => kinds.push(format!("[`{0}`](#kind-{0})", kind.name.text)),
                    Node::Definition(def) => figures.push(code(name(def))),
                    Node::Function(function) => functions.push(code(&function.name.text)),
                    _ => {}
                }
            }
            let parts = [("", kinds), ("figures ", figures), ("functions ", functions)];
            let parts = parts.iter().filter(|(_, names)| !names.is_empty()).map(|(what, names)| format!("{what}{}", names.join(", ")));
            let parts = parts.collect::<Vec<_>>().join("; ");
            let parts = if parts.is_empty() { parts } else { format!(": {parts}") };
            writeln!(self.out, "- [{}](#{}){parts}", topic.heading, anchor(&topic.heading)).unwrap();
        }
        self.out.push('\n');
    }

    fn topic(&mut self, topic: &Topic) {
        write!(self.out, "### {}\n\n", topic.heading).unwrap();
        if !topic.opening.is_empty() {
            write!(self.out, "{}\n\n", topic.opening).unwrap();
        }
        let items = &topic.parsed.file.items;
        for item in items {
            if let Node::Kind(kind) = &item.node {
                self.kind(topic, item, kind);
            }
        }
        self.figures(topic, items);
        self.functions(topic, topic.opening_end(), items);
        for item in items {
            match &item.node {
                Node::Currency(names) => {
                    let names: Vec<String> = names.iter().map(|name| code(&name.text)).collect();
                    writeln!(self.out, "{}", names.join(" ")).unwrap();
                }
                Node::Unit { name, .. } => {
                    let doc = self.told(item, &format!("unit {}", name.text));
                    write!(self.out, "Unit `{}`: {doc}\n\n", name.text).unwrap();
                }
                Node::Statement(statement) => self.statement(topic, statement),
                _ => {}
            }
        }
        let line = items.last().is_some_and(|item| matches!(item.node, Node::Currency(_)));
        self.out.push_str(if line { "\n" } else { "" });
        self.requirements(topic, items);
    }

    fn statement(&mut self, topic: &Topic, statement: &Statement) {
        let title = statement.title.as_ref().map_or("", |title| title.text.as_str());
        let rows: Vec<String> = statement.rows.iter().map(|row| code(&topic.written(*row))).collect();
        write!(self.out, "Statement “{title}”: {}.\n\n", rows.join(", ")).unwrap();
    }

    fn figures(&mut self, topic: &Topic, items: &[Item]) {
        let mut rows = Vec::new();
        for item in items {
            let Node::Definition(def) = &item.node else { continue };
            let doc = self.told(item, &format!("figure {}", name(def)));
            rows.push((topic.caption(topic.opening_end(), item), vec![code(name(def)), doc, code(&topic.stated(def)), code(&topic.value(def))]));
        }
        self.groups(&["figure", "what it is", "unit", "formula"], &rows);
    }

    fn functions<'i>(&mut self, topic: &Topic, from: u32, items: impl IntoIterator<Item = &'i Item>) {
        let mut rows = Vec::new();
        for item in items {
            let Node::Function(function) = &item.node else { continue };
            let doc = self.told(item, &format!("function {}", function.name.text));
            let body = function.body.map(|body| code(&topic.written(body))).unwrap_or_default();
            rows.push((topic.caption(from, item), vec![code(&topic.signature(function)), doc, body]));
        }
        self.groups(&["function", "what it gives", "formula"], &rows);
    }

    /// Rows in tables, each under the caption that stands above them.
    fn groups(&mut self, heads: &[&str], rows: &[(String, Vec<String>)]) {
        for group in rows.chunk_by(|one, next| one.0 == next.0) {
            if let Some((caption, _)) = group.first().filter(|(caption, _)| !caption.is_empty()) {
                write!(self.out, "*{}*\n\n", caption.trim_end_matches('.')).unwrap();
            }
            let rows: Vec<Vec<String>> = group.iter().map(|(_, row)| row.clone()).collect();
            table(&mut self.out, heads, &rows);
        }
    }

    fn requirements(&mut self, topic: &Topic, items: &[Item]) {
        let requirement = |item: &Item| if let Node::Require(require) = &item.node { Some(topic.requirement(require)) } else { None };
        let told: Vec<String> = items.iter().filter_map(requirement).collect();
        if let [only] = told.as_slice() {
            write!(self.out, "Requires {only}.\n\n").unwrap();
        } else if !told.is_empty() {
            writeln!(self.out, "Requires:\n").unwrap();
            told.iter().for_each(|line| writeln!(self.out, "- {line}").unwrap());
            self.out.push('\n');
        }
    }

    fn kind(&mut self, topic: &Topic, item: &Item, kind: &Kind) {
        let kind_name = kind.name.text.as_str();
        write!(self.out, "#### Kind `{kind_name}`\n\n").unwrap();
        let doc_of_kind = self.told(item, &format!("kind {kind_name}"));
        let base = kind.is.as_ref().map(|base| format!(" All of [`{0}`](#kind-{0}) is part of it.", base.text)).unwrap_or_default();
        write!(self.out, "{doc_of_kind}{base}\n\n").unwrap();
        let inherited = kind.is.as_ref().and_then(|base| self.members.get(&base.text));
        let mut members: BTreeMap<String, String> = inherited.cloned().unwrap_or_default();
        for item in &kind.members {
            if let Node::Definition(def) = &item.node {
                let doc = doc(item);
                let known = members.entry(name(def).to_owned()).or_default();
                if !doc.is_empty() {
                    *known = doc;
                }
            }
        }
        let is_told = |member: &&Item| member.doc.is_some() || matches!(&member.node, Node::Definition(def) if members.get(name(def)).is_some_and(|doc| !doc.is_empty()));
        // Steps on the way to a figure are told together, by the comment above them.
        let caption = |member: &Item| topic.caption(item.span.start, member);
        let is_step = |member: &&Item| matches!(member.node, Node::Definition(_) | Node::Function(_)) && !is_told(member) && !caption(member).is_empty();
        let mut workings: Vec<String> = kind.members.iter().filter(is_step).map(caption).collect();
        workings.dedup();
        let shown: Vec<&Item> = kind.members.iter().filter(|member| !is_step(member)).collect();
        let (mut slots, mut equations) = (Vec::new(), Vec::new());
        for member in &shown {
            let Node::Definition(def) = &member.node else { continue };
            let doc = members.get(name(def)).cloned().unwrap_or_default();
            if doc.is_empty() {
                self.silent.push(format!("{kind_name}.{}", name(def)));
            }
            let (stated, value) = (topic.stated(def), topic.value(def));
            // What has a type and reads no other member is there to be filled.
            let row = vec![code(name(def)), doc, code(&stated), code(&value)];
            let computed = stated.is_empty() || words(&value).any(|word| members.contains_key(word));
            if computed { equations.push(row) } else { slots.push(row) }
        }
        table(&mut self.out, &["slot", "what it is", "type", "default"], &slots);
        table(&mut self.out, &["equation", "what it is", "unit", "formula"], &equations);
        for caption in workings {
            write!(self.out, "Workings. {caption}\n\n").unwrap();
        }
        self.functions(topic, item.span.end, shown);
        self.requirements(topic, &kind.members);
        self.members.insert(kind_name.to_owned(), members);
    }
}

/// The section, and what is declared without a doc comment.
fn written() -> (String, Vec<String>) {
    let topics = topics();
    let mut writer = Writer::default();
    writer.contents(&topics);
    topics.iter().for_each(|topic| writer.topic(topic));
    (writer.out, writer.silent)
}

#[test]
fn everything_is_explained() {
    let (_, silent) = written();
    assert!(silent.is_empty(), "no `##` comment at: {silent:#?}");
    for topic in topics() {
        assert!(!topic.opening.is_empty(), "{} opens with `# Topic: what it is about.`", topic.source.name);
    }
}

#[test]
fn the_reference_of_the_prelude_is_fresh() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/grammar/reference.md");
    let text = std::fs::read_to_string(path).expect("it is there");
    let (before, rest) = text.split_once(OPENING).expect("the section's first mark");
    let (kept, after) = rest.split_once(CLOSING).expect("the section's last mark");
    let (section, _) = written();
    if kept == section {
        return;
    }
    if std::env::var_os("BIZ_ACCEPT").is_some() {
        std::fs::write(path, format!("{before}{OPENING}{section}{CLOSING}{after}")).expect("it can be written");
        return;
    }
    let differs = kept.lines().zip(section.lines()).find(|(old, new)| old != new);
    panic!("`BIZ_ACCEPT=1 cargo test prelude::reference` writes the section again; first change: {differs:#?}");
}

#[test]
fn every_link_of_the_reference_leads_somewhere_and_no_heading_is_twice() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/grammar/reference.md");
    let text = std::fs::read_to_string(path).expect("it is there");
    let mut anchors = BTreeSet::new();
    let mut block = false;
    for line in text.lines() {
        block ^= line.starts_with("```");
        if let Some(heading) = line.trim_start_matches('#').strip_prefix(' ').filter(|_| line.starts_with('#') && !block) {
            assert!(anchors.insert(anchor(heading)), "two headings `{heading}`");
        }
    }
    for link in text.split("](#").skip(1).filter_map(|rest| rest.split(')').next()) {
        assert!(anchors.contains(link), "no heading for `#{link}`");
    }
}
