//! Arguments: what can be written behind `biz`.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Business models that a machine can check.
#[derive(Parser, Debug)]
#[command(name = "biz", version, max_term_width = 100, infer_subcommands = false)]
#[command(after_help = "Begin with `biz new`. `-` in place of a file is standard input.")]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub command: Command,

    /// How errors and warnings are written
    #[arg(long, global = true, value_enum, default_value_t = MessageFormat::Human, value_name = "FORM")]
    pub message_format: MessageFormat,
}

#[derive(Subcommand, Debug)]
pub(super) enum Command {
    /// Write a new model from a template, or list the templates
    New(New),
    /// Compute a model and show its statements, key figures and requirements
    Run(Run),
    /// Draw samples of the uncertain values and show how the figures are spread
    Simulate(Simulate),
    /// Compute figures over a grid of one or two inputs
    Sweep(Sweep),
    /// Show what moves a figure most, one name at a time and by their shares of its variance
    Sensitivity(Sensitivity),
    /// Find the value of an input that a goal asks for
    Solve(Solve),
    /// Compare scenarios under the same draws, and what it is worth to know what is uncertain before choosing
    Value(Value),
    /// Check a model without computing it
    Check(Check),
    /// Print the value of expressions, one a line, each with its unit
    Eval(Eval),
    /// Explain a code of an error, or where a figure of a model comes from
    Explain(Explain),
    /// Run the tests that models declare
    Test(Test),
    /// Write the completions of a shell
    Completions(Completions),
}

#[derive(Args, Debug)]
pub(super) struct New {
    /// The template; without one they are listed
    pub template: Option<String>,
    /// The file to write, or the folder to write it in
    pub path: Option<PathBuf>,
}

/// Which model, and what of it is replaced.
#[derive(Args, Debug)]
pub(super) struct ModelArguments {
    /// The file of the model; `-` is standard input
    pub file: String,

    #[command(flatten)]
    pub changes: Changes,
}

/// What is asked of a model in place of what it says.
#[derive(Args, Debug, Default)]
pub(super) struct Changes {
    /// Compute a scenario of the model
    #[arg(long, value_name = "NAME")]
    pub scenario: Option<String>,

    /// Replace a definition, as often as you like: `--set 'smb.size=2M company'`
    #[arg(long, value_name = "PATH=EXPR")]
    pub set: Vec<String>,
}

#[derive(Args, Debug)]
pub(super) struct Run {
    #[command(flatten)]
    pub model: ModelArguments,

    /// Add figures up by longer periods
    #[arg(long, value_enum, value_name = "PERIOD")]
    pub by: Option<By>,

    /// Show only these definitions, or instances with all of theirs
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub only: Vec<String>,

    /// The form of the results
    #[arg(long, value_enum, default_value_t = Format::Table, value_name = "FORM")]
    pub format: Format,
}

#[derive(Args, Debug)]
pub(super) struct Simulate {
    #[command(flatten)]
    pub model: ModelArguments,

    /// How many samples are drawn
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    pub samples: u64,

    /// What decides every draw
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,

    /// Add figures up by longer periods
    #[arg(long, value_enum, value_name = "PERIOD")]
    pub by: Option<By>,

    /// Show only these definitions, or instances with all of theirs
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub only: Vec<String>,
    /// How many threads
    #[arg(long, value_name = "N")]
    pub threads: Option<std::num::NonZero<usize>>,
}

#[derive(Args, Debug)]
pub(super) struct Sweep {
    #[command(flatten)]
    pub model: ModelArguments,

    /// The figures, one number each: `final(cash)`, `revenue[2027]`
    #[arg(required = true, value_name = "TARGET")]
    pub targets: Vec<String>,

    /// An input and its values, once or twice: `'price from 40 USD to 60 USD by 5 USD'`, or `… in 4 steps`
    #[arg(long, required = true, value_name = "RANGE")]
    pub vary: Vec<String>,

    /// The form of the results
    #[arg(long, value_enum, default_value_t = Format::Table, value_name = "FORM")]
    pub format: Format,
}

#[derive(Args, Debug)]
pub(super) struct Sensitivity {
    #[command(flatten)]
    pub model: ModelArguments,

    /// The figure, one number: `final(cash)`, `revenue[2027]`
    #[arg(value_name = "TARGET")]
    pub target: String,

    /// Move every input by a tenth too, not only what is uncertain
    #[arg(long)]
    pub all: bool,

    /// How many samples each of the two sets has; 0 for none
    #[arg(long, value_name = "N", default_value_t = 16_384)]
    pub samples: u64,

    /// What decides every draw
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,

    /// How many threads
    #[arg(long, value_name = "N")]
    pub threads: Option<std::num::NonZero<usize>>,

    /// The form of the results
    #[arg(long, value_enum, default_value_t = Format::Table, value_name = "FORM")]
    pub format: Format,
}

#[derive(Args, Debug)]
pub(super) struct Value {
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
    #[arg(long, value_name = "N", default_value_t = 16_384)]
    pub samples: u64,

    /// What decides every draw
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,

    /// How many threads
    #[arg(long, value_name = "N")]
    pub threads: Option<std::num::NonZero<usize>>,

    /// The form of the results
    #[arg(long, value_enum, default_value_t = Format::Table, value_name = "FORM")]
    pub format: Format,
}

#[derive(Args, Debug)]
pub(super) struct Solve {
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
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    pub samples: u64,

    /// What decides every draw
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,

    /// The form of the results
    #[arg(long, value_enum, default_value_t = Format::Table, value_name = "FORM")]
    pub format: Format,
}

#[derive(Args, Debug)]
pub(super) struct Check {
    #[command(flatten)]
    pub model: ModelArguments,
}

#[derive(Args, Debug)]
pub(super) struct Eval {
    #[command(flatten)]
    pub model: ModelArguments,

    /// Expressions over the names of the model: `lowest(cash)`; `--` before those that begin with `-`
    #[arg(required = true, allow_negative_numbers = true, value_name = "EXPR")]
    pub expressions: Vec<String>,

    /// The form of the results
    #[arg(long, value_enum, default_value_t = EvalFormat::Table, value_name = "FORM")]
    pub format: EvalFormat,
}

#[derive(Args, Debug)]
pub(super) struct Explain {
    /// A code, such as BIZ0201, or the file of a model
    #[arg(value_name = "CODE|FILE")]
    pub subject: String,

    /// The figure to explain, with its period: `'cash[2027-03]'`
    #[arg(value_name = "CELL[PERIOD]")]
    pub cell: Option<String>,

    #[command(flatten)]
    pub changes: Changes,
}

#[derive(Args, Debug)]
pub(super) struct Test {
    /// The models; without any, those of this folder that declare tests
    #[arg(value_name = "FILE")]
    pub files: Vec<String>,
}

#[derive(Args, Debug)]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MessageFormat {
    /// Drawings with the lines of the model
    Human,
    /// One line each
    Short,
    /// One JSON object a line
    Json,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    Month,
    Quarter,
    Year,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// For people
    Table,
    /// For programs
    Json,
    /// For spreadsheets
    Csv,
    /// For documents
    Markdown,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EvalFormat {
    /// For people
    Table,
    /// For programs
    Json,
}
