//! Decide: the arguments of the commands that answer what a decision needs.

use super::values::kept_count;
use super::{ModelArguments, Results, Streams};
use clap::Args;

#[derive(Args, Debug)]
pub(in crate::cli) struct Sweep {
    #[command(flatten)]
    pub model: ModelArguments,

    /// The figures, one number each: `final(cash)`, `revenue[2027]`
    #[arg(required = true, value_name = "TARGET")]
    pub targets: Vec<String>,

    /// An input and its values, once or twice: `'price from 40 USD to 60 USD by 5 USD'`, or `… in 4 steps`
    #[arg(long, required = true, value_name = "RANGE")]
    pub vary: Vec<String>,

    #[command(flatten)]
    pub results: Results,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Sensitivity {
    #[command(flatten)]
    pub model: ModelArguments,

    /// The figure, one number: `final(cash)`, `revenue[2027]`
    #[arg(value_name = "TARGET")]
    pub target: String,

    /// Move every input by a tenth too, not only what is uncertain
    #[arg(long)]
    pub all: bool,

    /// How many samples each of the two sets has; 0 for none
    #[arg(long, value_name = "N", default_value_t = 16_384, value_parser = kept_count)]
    pub samples: u64,

    #[command(flatten)]
    pub streams: Streams,

    #[command(flatten)]
    pub results: Results,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Value {
    /// The file of the model; `-` is standard input
    pub file: String,

    /// The figure to choose by, one number: `final(cash)`
    #[arg(value_name = "TARGET")]
    pub target: String,

    /// The scenarios to choose between; `base` is the model itself
    #[arg(long, required = true, value_name = "SCENARIO", value_delimiter = ',')]
    pub between: Vec<String>,

    /// The lower the figure, the better
    #[arg(long)]
    pub lowest: bool,

    /// Replace a definition, as often as you like: `--set 'smb.size=2M company'`
    #[arg(long, value_name = "PATH=EXPR")]
    pub set: Vec<String>,

    /// How many samples are drawn
    #[arg(long, value_name = "N", default_value_t = 16_384, value_parser = kept_count)]
    pub samples: u64,

    #[command(flatten)]
    pub streams: Streams,

    #[command(flatten)]
    pub results: Results,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Solve {
    #[command(flatten)]
    pub model: ModelArguments,

    /// The goal of the model; all of them without a name
    #[arg(value_name = "GOAL", conflicts_with = "vary")]
    pub goal: Option<String>,

    /// An input and its range, once or twice: `'price from 20 USD to 80 USD'`
    #[arg(long, value_name = "RANGE", requires = "aim")]
    pub vary: Vec<String>,

    /// The comparison that has to just hold: `'lowest(cash) >= 0 USD'`
    #[arg(long, value_name = "CONDITION", group = "aim", requires = "vary")]
    pub until: Option<String>,

    /// The figure that has to be as high as can be
    #[arg(long, value_name = "TARGET", group = "aim", requires = "vary")]
    pub maximize: Option<String>,

    /// The figure that has to be as low as can be
    #[arg(long, value_name = "TARGET", group = "aim", requires = "vary")]
    pub minimize: Option<String>,

    /// Only where every requirement of the model is met
    #[arg(long, conflicts_with = "until", requires = "vary")]
    pub subject_to_requirements: bool,

    /// How many samples are drawn where something looks across them
    #[arg(long, value_name = "N", default_value_t = 10_000, value_parser = kept_count)]
    pub samples: u64,

    #[command(flatten)]
    pub streams: Streams,

    #[command(flatten)]
    pub results: Results,
}
