//! Draw: the arguments of the commands that draw figures and models.

use super::{By, Draws, ModelArguments};
use clap::{Args, ValueEnum};

#[derive(Args, Debug)]
pub(in crate::cli) struct Plot {
    #[command(flatten)]
    pub model: ModelArguments,

    /// The figures: `cash`, `revenue[2027]`, `product.revenue` for every product, or an expression
    #[arg(required = true, value_name = "NAME")]
    pub names: Vec<String>,

    /// How they are drawn [default: what each is best seen as]
    #[arg(long, value_enum, value_name = "KIND")]
    pub kind: Option<PlotKind>,

    /// Add figures up by longer periods
    #[arg(long, value_enum, value_name = "PERIOD")]
    pub by: Option<By>,

    #[command(flatten)]
    pub draws: Draws,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum PlotKind {
    /// Over time
    Line,
    /// A bar for each value
    Bar,
    /// A sum, broken into its terms
    Waterfall,
    /// How a figure is spread over samples
    Fan,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Graph {
    #[command(flatten)]
    pub model: ModelArguments,

    /// Figures, or instances with all of theirs, and what they are made of; the whole model without any
    #[arg(value_name = "FIGURE")]
    pub figures: Vec<String>,

    /// The form of the graph
    #[arg(long, value_enum, default_value_t = GraphFormat::Mermaid, value_name = "FORM")]
    pub format: GraphFormat,

    /// How far from the figures, in steps [default: all the way]
    #[arg(long, value_name = "N")]
    pub depth: Option<usize>,

    /// Whose figures are shown
    #[arg(long, value_enum, default_value_t = Through::Model, value_name = "WHOSE")]
    pub through: Through,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum GraphFormat {
    /// For documents that draw it themselves
    Mermaid,
    /// For Graphviz
    Dot,
    /// For programs
    Json,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Through {
    /// Those of the model and those that it names
    Model,
    /// All, those of the prelude between them too
    All,
}
