//! Unplaced: a tree without its places, so that two texts that say the same have equal trees.

use super::{
    Choice, Definition, ExprNode, File, GoalNode, Item, Name, Node, Number, Parameter, Path, Require, Stated, StepNode, Text, UnitExpr,
};
use crate::text::Span;

/// The place of everything in a tree that has none.
const NOWHERE: Span = Span::new(0, 0);

impl File {
    /// The tree with every span at the same place.
    #[must_use]
    pub fn unplaced(mut self) -> Self {
        self.items.iter_mut().for_each(Item::unplace);
        for expr in &mut self.exprs {
            expr.span = NOWHERE;
            expr.node.unplace();
        }
        self
    }
}

impl Name {
    fn unplace(&mut self) {
        self.span = NOWHERE;
    }
}

impl Text {
    fn unplace(&mut self) {
        self.span = NOWHERE;
    }
}

impl Path {
    fn unplace(&mut self) {
        self.span = NOWHERE;
        self.names.iter_mut().for_each(Name::unplace);
    }
}

impl UnitExpr {
    fn unplace(&mut self) {
        self.span = NOWHERE;
        self.factors.iter_mut().for_each(|factor| factor.name.unplace());
    }
}

impl Choice {
    fn unplace(&mut self) {
        self.span = NOWHERE;
        self.options.iter_mut().for_each(Name::unplace);
    }
}

impl Stated {
    fn unplace(&mut self) {
        self.unit.unplace();
        self.choice.iter_mut().for_each(Choice::unplace);
    }
}

impl Definition {
    fn unplace(&mut self) {
        self.path.unplace();
        self.stated.iter_mut().for_each(Stated::unplace);
    }
}

impl Parameter {
    fn unplace(&mut self) {
        self.name.unplace();
        self.choice.iter_mut().for_each(Choice::unplace);
    }
}

impl Require {
    fn unplace(&mut self) {
        self.scenario.iter_mut().for_each(Name::unplace);
        self.message.iter_mut().for_each(Text::unplace);
    }
}

impl ExprNode {
    fn unplace(&mut self) {
        match self {
            Self::Number(Number { unit, .. }) => unit.iter_mut().for_each(UnitExpr::unplace),
            Self::Path(path) => path.unplace(),
            Self::In(_, name) => name.unplace(),
            Self::Call { arguments, .. } => arguments.iter_mut().filter_map(|argument| argument.name.as_mut()).for_each(Name::unplace),
            Self::Table { form, rows } => {
                form.unplace();
                rows.iter_mut().for_each(|row| row.span = NOWHERE);
            }
            Self::Date(_)
            | Self::Text(_)
            | Self::Flag(_)
            | Self::Negate(_)
            | Self::Not(_)
            | Self::Chain { .. }
            | Self::Compare { .. }
            | Self::Power(..)
            | Self::To(..)
            | Self::If { .. }
            | Self::Growing(..)
            | Self::Index(..)
            | Self::List(_)
            | Self::Broken => {}
        }
    }
}

impl Item {
    fn unplace(&mut self) {
        self.span = NOWHERE;
        self.doc.iter_mut().for_each(Text::unplace);
        match &mut self.node {
            Node::Model(model) => {
                model.name.iter_mut().for_each(Name::unplace);
                model.title.iter_mut().for_each(Text::unplace);
                model.settings.iter_mut().for_each(Self::unplace);
            }
            Node::Unit { name, plural } => [name].into_iter().chain(plural).for_each(Name::unplace),
            Node::Currency(names) => names.iter_mut().for_each(Name::unplace),
            Node::Rate { currency, .. } => currency.unplace(),
            Node::Import(text) => text.unplace(),
            Node::Kind(kind) => {
                [&mut kind.name].into_iter().chain(&mut kind.is).for_each(Name::unplace);
                kind.members.iter_mut().for_each(Self::unplace);
            }
            Node::Instance(instance) => {
                [&mut instance.kind].into_iter().chain(&mut instance.name).for_each(Name::unplace);
                instance.title.iter_mut().for_each(Text::unplace);
                instance.members.iter_mut().for_each(Self::unplace);
            }
            Node::Definition(definition) => definition.unplace(),
            Node::Function(function) => {
                function.name.unplace();
                function.params.iter_mut().for_each(Parameter::unplace);
            }
            Node::Require(require) => require.unplace(),
            Node::Scenario(scenario) => {
                [&mut scenario.name].into_iter().chain(&mut scenario.extends).for_each(Name::unplace);
                scenario.title.iter_mut().for_each(Text::unplace);
                scenario.replacements.iter_mut().for_each(Self::unplace);
            }
            Node::Test(test) => {
                test.title.iter_mut().for_each(Text::unplace);
                for step in &mut test.steps {
                    step.span = NOWHERE;
                    match &mut step.node {
                        StepNode::Given(definition) | StepNode::Define(definition) => definition.unplace(),
                        StepNode::Expect { .. } | StepNode::Broken => {}
                    }
                }
            }
            Node::Correlate { names, .. } => names.iter_mut().for_each(Path::unplace),
            Node::Statement(statement) => statement.title.iter_mut().for_each(Text::unplace),
            Node::Goal(goal) => {
                goal.name.unplace();
                goal.title.iter_mut().for_each(Text::unplace);
                for line in &mut goal.lines {
                    line.span = NOWHERE;
                    match &mut line.node {
                        GoalNode::Vary { path, .. } => path.unplace(),
                        GoalNode::Until(_) | GoalNode::Best { .. } | GoalNode::Broken => {}
                    }
                }
            }
            Node::Broken => {}
        }
    }
}
