//! The tree as text a person can read: one line an item, expressions with all their brackets.

use biz::syntax::Parsed;
use biz::syntax::ast::*;
use std::fmt::Write;

/// The whole tree of a file and its comments.
pub fn dump(parsed: &Parsed) -> String {
    let mut dump = Dump { file: &parsed.file, out: String::new() };
    dump.items(&parsed.file.items, 0);
    for comment in &parsed.comments {
        writeln!(dump.out, "{} {}..{}", if comment.doc { "doc" } else { "comment" }, comment.span.start, comment.span.end).unwrap();
    }
    dump.out
}

/// One expression of a file.
pub fn expression(file: &File, id: ExprId) -> String {
    Dump { file, out: String::new() }.expr(id)
}

/// One definition of a file.
pub fn definition(file: &File, definition: &Definition) -> String {
    Dump { file, out: String::new() }.definition(definition)
}

struct Dump<'f> {
    file: &'f File,
    out: String,
}

impl Dump<'_> {
    fn line(&mut self, indent: usize, text: &str) {
        writeln!(self.out, "{}{text}", "  ".repeat(indent)).unwrap();
    }

    fn items(&mut self, items: &[Item], indent: usize) {
        for item in items {
            if let Some(doc) = &item.doc {
                self.line(indent, &format!("## {:?}", doc.text));
            }
            self.item(item, indent);
        }
    }

    fn item(&mut self, item: &Item, indent: usize) {
        match &item.node {
            Node::Model(model) => {
                self.line(indent, &format!("model {}{}", name(&model.name), title(&model.title)));
                self.items(&model.settings, indent + 1);
            }
            Node::Unit { name, plural } => {
                let plural = plural.as_ref().map_or(String::new(), |plural| format!(" / {}", plural.text));
                self.line(indent, &format!("unit {}{plural}", name.text));
            }
            Node::Currency(names) => {
                let names: Vec<&str> = names.iter().map(|name| name.text.as_str()).collect();
                self.line(indent, &format!("currency {}", names.join(" ")));
            }
            Node::Rate { currency, value } => {
                let value = self.value(value);
                self.line(indent, &format!("rate {} {value}", currency.text));
            }
            Node::Import(text) => self.line(indent, &format!("import {:?}", text.text)),
            Node::Kind(kind) => {
                let is = kind.is.as_ref().map_or(String::new(), |is| format!(" is {}", is.text));
                self.line(indent, &format!("kind {}{is}", kind.name.text));
                self.items(&kind.members, indent + 1);
            }
            Node::Instance(instance) => {
                self.line(indent, &format!("instance of {}: {}{}", instance.kind.text, name(&instance.name), title(&instance.title)));
                self.items(&instance.members, indent + 1);
            }
            Node::Definition(definition) => {
                let text = self.definition(definition);
                self.line(indent, &text);
            }
            Node::Function(function) => {
                let params: Vec<String> = function.params.iter().map(|param| self.parameter(param)).collect();
                let body = function.body.map_or("native".to_owned(), |body| self.expr(body));
                self.line(indent, &format!("fn {}({}) = {body}", function.name.text, params.join(", ")));
            }
            Node::Require(require) => {
                let text = self.require(require);
                self.line(indent, &text);
            }
            Node::Scenario(scenario) => {
                let extends = scenario.extends.as_ref().map_or(String::new(), |name| format!(" extends {}", name.text));
                self.line(indent, &format!("scenario {}{}{extends}", scenario.name.text, title(&scenario.title)));
                self.items(&scenario.replacements, indent + 1);
            }
            Node::Test(test) => {
                self.line(indent, &format!("test{}", title(&test.title)));
                for step in &test.steps {
                    let text = self.step(&step.node);
                    self.line(indent + 1, &text);
                }
            }
            Node::Correlate { names, by } => {
                let text = format!("correlate {} by {}", names.iter().map(path).collect::<Vec<_>>().join(" "), self.expr(*by));
                self.line(indent, &text);
            }
            Node::Statement(statement) => {
                self.line(indent, &format!("statement{}", title(&statement.title)));
                for row in &statement.rows {
                    let text = self.expr(*row);
                    self.line(indent + 1, &text);
                }
            }
            Node::Goal(goal) => {
                self.line(indent, &format!("goal {}{}", goal.name.text, title(&goal.title)));
                for line in &goal.lines {
                    let text = match &line.node {
                        GoalNode::Vary { path: input, range } => format!("vary {} from {}", path(input), self.expr(*range)),
                        GoalNode::Until(condition) => format!("until {}", self.expr(*condition)),
                        GoalNode::Best { better, value, under } => format!("{better:?} {} under {under:?}", self.expr(*value)),
                        GoalNode::Broken => "BROKEN".into(),
                    };
                    self.line(indent + 1, &text);
                }
            }
            Node::Broken => self.line(indent, "BROKEN"),
        }
    }

    fn parameter(&self, parameter: &Parameter) -> String {
        let default = parameter.default.map_or(String::new(), |default| format!(" = {}", self.expr(default)));
        let choice = parameter.choice.as_ref().map_or(String::new(), |choice| format!(" : {}", options(choice)));
        format!("{}{choice}{default}", parameter.name.text)
    }

    fn definition(&self, definition: &Definition) -> String {
        let stated = definition.stated.as_ref().map_or(String::new(), |stated| {
            let what = stated.choice.as_ref().map_or_else(|| unit(&stated.unit), options);
            format!(" : {}{what}", if stated.many { "many " } else { "" })
        });
        let value = definition.value.as_ref().map_or(String::new(), |value| format!(" {}", self.value(value)));
        format!("{}{stated}{value}", path(&definition.path))
    }

    fn value(&self, value: &Value) -> String {
        match value {
            Value::Equals(expr) => format!("= {}", self.expr(*expr)),
            Value::Uncertain(uncertain) => {
                let mut out = format!("~ {}", self.expr(uncertain.distribution));
                if let Some(low) = uncertain.low {
                    write!(out, " above {}", self.expr(low)).unwrap();
                }
                if let Some(high) = uncertain.high {
                    write!(out, " below {}", self.expr(high)).unwrap();
                }
                if uncertain.each_period {
                    out += " each period";
                }
                out
            }
        }
    }

    fn require(&self, require: &Require) -> String {
        let mut out = match require.severity {
            Severity::Require => "require ".to_owned(),
            Severity::Expect => "expect ".to_owned(),
        };
        out += &self.expr(require.condition);
        for (word, expr) in [("from", require.from), ("until", require.until), ("confidence", require.confidence)] {
            if let Some(expr) = expr {
                write!(out, " {word} {}", self.expr(expr)).unwrap();
            }
        }
        if let Some(scenario) = &require.scenario {
            write!(out, " scenario {}", scenario.text).unwrap();
        }
        out + &title(&require.message)
    }

    fn step(&self, step: &StepNode) -> String {
        match step {
            StepNode::Given(definition) => format!("given {}", self.definition(definition)),
            StepNode::Define(definition) => format!("define {}", self.definition(definition)),
            StepNode::Expect { condition, within } => {
                let within = within.map_or(String::new(), |within| format!(" within {}", self.expr(within)));
                format!("expect {}{within}", self.expr(*condition))
            }
            StepNode::Broken => "BROKEN".to_owned(),
        }
    }

    fn expr(&self, id: ExprId) -> String {
        let list = |ids: &[ExprId]| ids.iter().map(|id| self.expr(*id)).collect::<Vec<_>>().join(", ");
        match &self.file.expr(id).node {
            ExprNode::Number(number) => {
                let unit = number.unit.as_ref().map_or(String::new(), |stated| format!(" {}", unit(stated)));
                if number.percent { format!("{}(%){unit}", number.value) } else { format!("{}{unit}", number.value) }
            }
            ExprNode::Date(DateLiteral::Day(year, month, day)) => format!("<{year}-{month}-{day}>"),
            ExprNode::Date(DateLiteral::Month(year, month)) => format!("<{year}-{month}>"),
            ExprNode::Date(DateLiteral::Minute(year, month, day, minute)) => {
                format!("<{year}-{month}-{day} minute {minute}>")
            }
            ExprNode::Date(DateLiteral::Quarter(year, quarter)) => format!("<{year} quarter {quarter}>"),
            ExprNode::Text(text) => format!("{text:?}"),
            ExprNode::Flag(flag) => flag.to_string(),
            ExprNode::Path(names) => path(names),
            ExprNode::Negate(of) => format!("-({})", self.expr(*of)),
            ExprNode::Not(of) => format!("not({})", self.expr(*of)),
            ExprNode::Chain { first, rest } => {
                let rest: String = rest.iter().map(|(operator, id)| format!(" {} {}", sign(*operator), self.expr(*id))).collect();
                format!("({}{rest})", self.expr(*first))
            }
            ExprNode::Compare { first, rest } => {
                let rest: String = rest.iter().map(|(operator, id)| format!(" {} {}", comparison(*operator), self.expr(*id))).collect();
                format!("({}{rest})", self.expr(*first))
            }
            ExprNode::Power(base, power) => format!("({} ^ {})", self.expr(*base), self.expr(*power)),
            ExprNode::To(from, to) => format!("({} to {})", self.expr(*from), self.expr(*to)),
            ExprNode::If { branches, otherwise } => {
                let branches: String = branches.iter().map(|(c, v)| format!("if {} then {} else ", self.expr(*c), self.expr(*v))).collect();
                format!("({branches}{})", self.expr(*otherwise))
            }
            ExprNode::Growing(of, rate, since) => {
                let since = since.map_or_else(String::new, |date| format!(" since {}", self.expr(date)));
                format!("({} growing {}{since})", self.expr(*of), self.expr(*rate))
            }
            ExprNode::In(of, currency) => format!("({} in {})", self.expr(*of), currency.text),
            ExprNode::Index(of, index) => format!("{}[{}]", self.expr(*of), self.expr(*index)),
            ExprNode::Call { callee, arguments } => {
                let argument = |argument: &Argument| {
                    let name = argument.name.as_ref().map_or(String::new(), |name| format!("{}: ", name.text));
                    format!("{name}{}", self.expr(argument.value))
                };
                format!("{}({})", self.expr(*callee), arguments.iter().map(argument).collect::<Vec<_>>().join(", "))
            }
            ExprNode::Table { form, rows } => {
                let row = |row: &Row| {
                    let key = row.key.map_or("beyond".to_owned(), |key| self.expr(key));
                    let plus = row.plus.map_or(String::new(), |plus| format!(" plus {}", self.expr(plus)));
                    format!("{key}: {}{plus}", self.expr(row.value))
                };
                format!("{} {{ {} }}", form.text, rows.iter().map(row).collect::<Vec<_>>().join(" | "))
            }
            ExprNode::List(values) => format!("[{}]", list(values)),
            ExprNode::Broken => "BROKEN".to_owned(),
        }
    }
}

fn name(name: &Option<Name>) -> String {
    name.as_ref().map_or("_".to_owned(), |name| name.text.clone())
}

fn title(title: &Option<Text>) -> String {
    title.as_ref().map_or(String::new(), |title| format!(" {:?}", title.text))
}

fn path(path: &Path) -> String {
    path.names.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(".")
}

/// Every factor with its exponent: `USD^1 token^-1 (per 1000)`.
fn options(choice: &Choice) -> String {
    choice.options.iter().map(|option| option.text.as_str()).collect::<Vec<_>>().join(" | ")
}

fn unit(unit: &UnitExpr) -> String {
    let factor = |factor: &UnitFactor| {
        let per = if factor.per == 1.0 { String::new() } else { format!("(per {})", factor.per) };
        format!("{}^{}{per}", factor.name.text, factor.exponent)
    };
    format!("<{}>", unit.factors.iter().map(factor).collect::<Vec<_>>().join(" "))
}

fn sign(operator: Operator) -> &'static str {
    match operator {
        Operator::Add => "+",
        Operator::Subtract => "-",
        Operator::Multiply => "*",
        Operator::Divide => "/",
        Operator::And => "and",
        Operator::Or => "or",
        Operator::Otherwise => "otherwise",
    }
}

fn comparison(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Less => "<",
        Comparison::AtMost => "<=",
        Comparison::More => ">",
        Comparison::AtLeast => ">=",
        Comparison::Equal => "==",
        Comparison::Unequal => "!=",
    }
}
