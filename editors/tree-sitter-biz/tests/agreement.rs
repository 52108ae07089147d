//! tree-sitter and pest find the same items at the same places, in every model of the repository that can be read.

use biz::syntax::ast::{self, ExprNode, Item, Node, StepNode};
use biz::text::{FileId, Source, Span};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What stands where: the kind of node and its bytes.
type Found = BTreeSet<(usize, usize, &'static str)>;

/// Folders of models, from the root of the repository.
const MODELS: [&str; 9] = [
    "examples",
    "src/prelude",
    "tests/models/plans",
    "tests/conformance",
    "tests/check/clean",
    "tests/run/models",
    "tests/syntax/good",
    "tests/check/fixtures",
    "tests/bench",
];

/// Nodes that both have under one name.
const NODES: [&str; 30] = [
    "model", "unit_declaration", "currency_declaration", "rate_declaration", "import", "kind", "instance", "definition",
    "function", "requirement", "scenario", "test", "correlation", "statement", "goal", "given", "vary", "until", "best",
    "number", "date", "text", "path", "conditional", "growing", "index", "call", "table", "list", "interval",
];

#[test]
fn the_same_items_at_the_same_places() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut wrong = Vec::new();
    let (mut files, mut nodes) = (0, 0);
    for path in MODELS.iter().flat_map(|folder| models(&root.join(folder))) {
        let name = path.strip_prefix(&root).expect("below the root").display().to_string();
        let text = std::fs::read_to_string(&path).expect("a model is a text");
        let parsed = biz::syntax::parse(&Source::new(FileId(0), name.clone(), text.clone()));
        if !parsed.mistakes.is_empty() {
            continue;
        }
        let by_pest = of_pest(&parsed.file, &text);
        let by_tree_sitter = of_tree_sitter(&text, &name, &mut wrong);
        files += 1;
        nodes += by_pest.len();
        for (only, other, who) in [(&by_pest, &by_tree_sitter, "pest"), (&by_tree_sitter, &by_pest, "tree-sitter")] {
            for (start, end, kind) in only.difference(other) {
                wrong.push(format!("{name}:{}: only {who} has a {kind}: {:?}", line(&text, *start), text.get(*start..*end)));
            }
        }
    }
    println!("{nodes} nodes of {files} files");
    assert!(files >= 100 && nodes > 10_000, "the models are found: {files}, with {nodes} nodes");
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.iter().take(40).cloned().collect::<Vec<_>>().join("\n"));
}

fn models(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("a folder of models").map(|entry| entry.expect("it can be listed").path()).collect();
    found.retain(|path| path.extension().is_some_and(|end| end == "biz"));
    found.sort();
    found
}

fn line(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

fn of_pest(file: &ast::File, text: &str) -> Found {
    let mut found = Found::new();
    items(&file.items, text, &mut found);
    for expr in &file.exprs {
        let kind = match &expr.node {
            ExprNode::Number(_) => "number",
            ExprNode::Date(_) => "date",
            ExprNode::Text(_) => "text",
            ExprNode::Path(_) => "path",
            ExprNode::If { .. } => "conditional",
            ExprNode::Growing(..) => "growing",
            ExprNode::Index(..) => "index",
            ExprNode::Call { .. } => "call",
            ExprNode::Table { .. } => "table",
            ExprNode::List(_) => "list",
            ExprNode::To(..) => "interval",
            _ => continue,
        };
        note(&mut found, expr.span, text, kind);
    }
    found
}

/// Notes what stands at a span; blanks at its end do not count.
fn note(found: &mut Found, span: Span, text: &str, kind: &'static str) {
    let start = span.start as usize;
    let length = text.get(span.range()).map_or(0, |text| text.trim_end().len());
    found.insert((start, start + length, kind));
}

fn items(items: &[Item], text: &str, found: &mut Found) {
    for item in items {
        let kind = match &item.node {
            Node::Model(model) => {
                self::items(&model.settings, text, found);
                "model"
            }
            Node::Unit { .. } => "unit_declaration",
            Node::Currency(_) => "currency_declaration",
            Node::Rate { .. } => "rate_declaration",
            Node::Import(_) => "import",
            Node::Kind(kind) => {
                self::items(&kind.members, text, found);
                "kind"
            }
            Node::Instance(instance) => {
                self::items(&instance.members, text, found);
                "instance"
            }
            Node::Definition(_) => "definition",
            Node::Function(_) => "function",
            Node::Require(_) => "requirement",
            Node::Scenario(scenario) => {
                self::items(&scenario.replacements, text, found);
                "scenario"
            }
            Node::Test(test) => {
                test.steps.iter().for_each(|step| self::step(step, text, found));
                "test"
            }
            Node::Correlate { .. } => "correlation",
            Node::Statement(_) => "statement",
            Node::Goal(goal) => {
                goal.lines.iter().for_each(|line| aim(line, text, found));
                "goal"
            }
            Node::Broken => "broken",
        };
        note(found, item.span, text, kind);
    }
}

fn step(step: &ast::Step, text: &str, found: &mut Found) {
    let given = text.get(step.span.range()).is_some_and(|text| text.starts_with("given "));
    let kind = match &step.node {
        StepNode::Given(_) if given => "given",
        // What goes on a `given` behind a comma is a line of its own.
        StepNode::Given(_) | StepNode::Define(_) => "definition",
        StepNode::Expect { .. } => "requirement",
        StepNode::Broken => "broken",
    };
    note(found, step.span, text, kind);
}

fn aim(line: &ast::GoalLine, text: &str, found: &mut Found) {
    let kind = match &line.node {
        ast::GoalNode::Vary { .. } => "vary",
        ast::GoalNode::Until(_) => "until",
        ast::GoalNode::Best { .. } => "best",
        ast::GoalNode::Broken => "broken",
    };
    note(found, line.span, text, kind);
}

fn of_tree_sitter(text: &str, name: &str, wrong: &mut Vec<String>) -> Found {
    let mut parser = tree_sitter::Parser::new();
    parser.set_language(&tree_sitter_biz::LANGUAGE.into()).expect("the language fits the library");
    let tree = parser.parse(text, None).expect("there is always a tree");
    let mut found = Found::new();
    let mut cursor = tree.walk();
    loop {
        let node = cursor.node();
        if node.is_error() || node.is_missing() {
            let place = line(text, node.start_byte());
            wrong.push(format!("{name}:{place}: tree-sitter can't read {:?}", text.get(node.byte_range())));
        }
        // What a declaration names is no expression, though it looks like one.
        let named = matches!(cursor.field_name(), Some("title" | "message" | "file"));
        let part = node.kind() == "path" && cursor.field_name() == Some("path");
        // `else if` is one conditional in the tree of Biz.
        let flat = node.kind() == "conditional" && cursor.field_name() == Some("else");
        let inner = node.parent().is_some_and(|parent| parent.kind() == "given" && node.kind() == "definition");
        let kind = NODES.iter().find(|kind| **kind == node.kind()).filter(|_| node.is_named() && !named && !part && !inner && !flat);
        if let Some(kind) = kind {
            found.insert((node.start_byte(), node.end_byte(), *kind));
        }
        if cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return found;
            }
        }
    }
}
