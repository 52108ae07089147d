//! Why: the arguments of the commands that tell where figures come from and why they differ.

use super::values::depth;
use super::{Changes, Draws, Results};
use clap::{Args, ValueEnum};

#[derive(Args, Debug)]
pub(in crate::cli) struct Explain {
    /// A code, such as BIZ0201, or the file of a model
    #[arg(value_name = "CODE|FILE")]
    pub subject: String,

    /// The figure to explain, with its period: `'cash[2027-03]'`
    #[arg(value_name = "CELL[PERIOD]")]
    pub cell: Option<String>,

    /// How many equations deep a figure is explained; `all` to the end
    #[arg(long, value_name = "N", default_value = "2", value_parser = depth)]
    pub depth: usize,

    #[command(flatten)]
    pub written: Written,

    #[command(flatten)]
    pub changes: Changes,

    #[command(flatten)]
    pub draws: Draws,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Compare {
    /// The file of the model; `-` is standard input
    pub file: String,

    /// The figures, such as `revenue` or `final(cash)`; the key figures without any
    #[arg(value_name = "TARGET")]
    pub targets: Vec<String>,

    /// Compare only these scenarios with the model itself
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub scenario: Vec<String>,

    /// Replace a definition, as often as you like: `--set 'smb.size=2M company'`
    #[arg(long, value_name = "PATH=EXPR")]
    pub set: Vec<String>,

    #[command(flatten)]
    pub results: Results,

    #[command(flatten)]
    pub draws: Draws,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Diff {
    /// The model before: a file, or `git:REV:FILE`
    #[arg(value_name = "BEFORE")]
    pub before: String,

    /// The model after: a file, or `git:REV:FILE`
    #[arg(value_name = "AFTER")]
    pub after: String,

    /// The figures, such as `revenue` or `final(cash)`; the key figures without any
    #[arg(value_name = "TARGET")]
    pub targets: Vec<String>,

    #[command(flatten)]
    pub written: Written,

    #[command(flatten)]
    pub draws: Draws,
}

/// The form of results that are no rows, so that CSV is none of them.
#[derive(Args, Debug)]
pub(in crate::cli) struct Written {
    /// The form of the results
    #[arg(long, value_enum, default_value_t = WrittenFormat::Table, value_name = "FORM")]
    pub format: WrittenFormat,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum WrittenFormat {
    /// For people
    Table,
    /// For programs
    Json,
    /// For documents
    Markdown,
}
