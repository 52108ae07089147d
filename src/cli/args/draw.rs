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
