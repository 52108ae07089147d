//! Arguments: what can be written behind `biz`.

mod check;
mod decide;
mod draw;
mod messages;
mod tools;
mod values;
mod why;

pub(super) use check::MoreLints;
pub(super) use decide::{Sensitivity, Solve, Sweep, Value};
pub(super) use draw::{Graph, GraphFormat, Plot, PlotKind, Through};
pub(super) use messages::{MessageFormat, Messages};
pub(super) use tools::{Completions, Fmt, Man, Repl};
pub(super) use why::{Compare, Diff, Explain, WrittenFormat};

use self::values::{bytes, count, percentile, shard};
use crate::run::Watch;
use crate::workspace::{self, Ask, Limits, Samples};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::num::NonZero;
use std::path::PathBuf;

/// Business models that a machine can check.
#[derive(Parser, Debug)]
#[command(name = "biz", version, max_term_width = 100, infer_subcommands = false)]
#[command(after_help = "Begin with `biz new`. `-` in place of a file is standard input.")]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub command: Command,

    #[command(flatten)]
    pub messages: Messages,
}

// In the order in which somebody new to them has a use for them, as `biz --help` lists them.
#[derive(Subcommand, Debug)]
pub(super) enum Command {
    /// Write a new model from a template, or list the templates
    New(New),
    /// Check a model without computing it
    Check(Check),
    /// Compute a model and show its statements, key figures and requirements
    Run(Run),
    /// Run the tests that models declare
    Test(Test),
    /// Print the value of expressions, one a line, each with its unit
    Eval(Eval),
    /// Explain a code of an error, or where a figure of a model comes from
    Explain(Explain),
    /// Draw figures: over time, beside each other, spread over samples, or a sum by its terms
    Plot(Plot),
    /// Show scenarios side by side, and what each of their replacements does to the key figures
    Compare(Compare),
    /// Show what differs between two models, and what each change does to the key figures
    Diff(Diff),
    /// Draw samples of the uncertain values and show how the figures are spread
    Simulate(Simulate),
    /// Join the parts of a simulation that were made with `simulate --shard`, and show what one run would
    Merge(Merge),
    /// Show what moves a figure most, one name at a time and by their shares of its variance
    Sensitivity(Sensitivity),
    /// Compute figures over a grid of one or two inputs
    Sweep(Sweep),
    /// Find the value of an input that a goal asks for
    Solve(Solve),
    /// Compare scenarios under the same draws, and what it is worth to know what is uncertain before choosing
    Value(Value),
    /// Ask and change a model at a prompt
    Repl(Repl),
    /// Lay models out in their one canonical form
    Fmt(Fmt),
    /// Show which figures read which, for programs that draw graphs
    Graph(Graph),
    /// Write the script that completes commands, options and the names of a model in a shell
    Completions(Completions),
    /// Write the manual as pages for `man`
    Man(Man),
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

    /// Again whenever a file of the model changes, until Ctrl-C
    #[arg(long)]
    pub watch: bool,

    /// Add figures up by longer periods
    #[arg(long, value_enum, value_name = "PERIOD")]
    pub by: Option<By>,

    /// Show only these definitions, or instances with all of theirs
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub only: Vec<String>,

    #[command(flatten)]
    pub results: Results,

    #[command(flatten)]
    pub follow: Follow,

    #[command(flatten)]
    pub draws: Draws,
}

#[derive(Args, Debug)]
pub(super) struct Simulate {
    #[command(flatten)]
    pub model: ModelArguments,

    /// Again whenever a file of the model changes, until Ctrl-C
    #[arg(long, conflicts_with = "shard")]
    pub watch: bool,

    #[command(flatten)]
    pub draws: Draws,

    #[command(flatten)]
    pub follow: Follow,

    /// The parts of the samples whose values are told, in percent
    #[arg(long, value_name = "P,…", value_delimiter = ',', default_value = "5,25,50,75,95", value_parser = percentile)]
    pub percentiles: Vec<f64>,

    /// Add figures up by longer periods
    #[arg(long, value_enum, value_name = "PERIOD")]
    pub by: Option<By>,

    /// Show only these definitions, or instances with all of theirs
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub only: Vec<String>,

    #[command(flatten)]
    pub results: Results,

    #[command(flatten)]
    pub sharding: Sharding,
}

/// Which part of the samples is played, and where it goes.
#[derive(Args, Debug, Default)]
pub(super) struct Sharding {
    /// Play only the K-th of N parts of the samples, for `biz merge`
    #[arg(long, value_name = "K/N", value_parser = shard, requires = "out", conflicts_with = "format")]
    pub shard: Option<(u64, u64)>,

    /// The file that the part is written to
    #[arg(long, value_name = "PART", requires = "shard")]
    pub out: Option<PathBuf>,

    /// How many samples every part plays first to learn where to look for percentiles; 0 to keep every value
    #[arg(long, value_name = "N", value_parser = count, requires = "shard")]
    pub pilot: Option<u64>,
}

impl Sharding {
    /// The part that is asked for, if one is.
    pub fn share(&self) -> Option<workspace::Share> {
        self.shard.map(|(number, of)| workspace::Share { number, of, pilot: self.pilot })
    }
}

#[derive(Args, Debug)]
pub(super) struct Merge {
    /// The parts, in any order
    #[arg(required = true, value_name = "PART")]
    pub parts: Vec<String>,

    /// Write one part that holds what these hold, instead of results
    #[arg(long, value_name = "PART", conflicts_with = "format")]
    pub out: Option<PathBuf>,

    #[command(flatten)]
    pub results: Results,

    #[command(flatten)]
    pub follow: Follow,
}

/// How samples are drawn, where something needs them.
#[derive(Args, Debug, Default)]
pub(super) struct Draws {
    /// How many samples are drawn, such as 10k; 0 for none [default: 10k where they are needed]
    #[arg(long, value_name = "N", value_parser = count)]
    pub samples: Option<u64>,

    /// How the samples are spread [default: sobol]
    #[arg(long, value_enum, value_name = "WAY")]
    pub sampling: Option<Sampling>,

    #[command(flatten)]
    pub streams: Streams,
}

/// What samples are made from.
#[derive(Args, Clone, Copy, Debug, Default)]
pub(super) struct Streams {
    /// What decides every draw [default: 1]
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,

    /// How many threads draw the samples [default: as many as the machine has]
    #[arg(long, value_name = "N")]
    pub threads: Option<NonZero<usize>>,
}

impl Streams {
    /// So many samples.
    pub fn samples(self, count: u64) -> Samples {
        let usual = Samples::default();
        Samples { count, seed: self.seed.unwrap_or(usual.seed), threads: self.threads, ..usual }
    }
}

impl Draws {
    /// What was said of samples, if anything was.
    pub fn samples(&self) -> Option<Samples> {
        let Self { samples, sampling, streams } = *self;
        let said = samples.is_some() || sampling.is_some() || streams.seed.is_some() || streams.threads.is_some();
        let drawn = streams.samples(samples.unwrap_or(Samples::default().count));
        said.then(|| Samples { sampling: sampling.map_or(drawn.sampling, Sampling::way), ..drawn })
    }
}

/// What a run may take, and what is told of it beside the results.
#[derive(Args, Debug, Default)]
pub(super) struct Follow {
    /// Refuse a run that would take more memory, such as 8GiB [default: 4GiB]
    #[arg(long, value_name = "BYTES", value_parser = bytes)]
    pub limit_memory: Option<u64>,

    /// Refuse a run that would compute more cells, names times periods times scenarios [default: 1000M]
    #[arg(long, value_name = "N", value_parser = count)]
    pub limit_cells: Option<u64>,

    /// Tell on standard error where the time went
    #[arg(long)]
    pub timings: bool,

    /// Print what is played in place of the results: the tape and, for samples, the program
    #[arg(long)]
    pub dump_tape: bool,
}

impl Follow {
    /// What that asks for.
    pub fn ask(&self, watch: &'static dyn Watch) -> Ask<'static> {
        let usual = Limits::default();
        let (cells, bytes) = (self.limit_cells.unwrap_or(usual.cells), self.limit_memory.unwrap_or(usual.bytes));
        Ask { limits: Limits { cells, bytes }, watch: Some(watch), ..Ask::default() }
    }
}

#[derive(Args, Debug)]
pub(super) struct Check {
    /// Remarks beside the usual ones
    #[arg(long, value_enum, value_name = "NAME", value_delimiter = ',')]
    pub lint: Vec<MoreLints>,

    #[command(flatten)]
    pub model: ModelArguments,

    /// Again whenever a file of the model changes, until Ctrl-C
    #[arg(long)]
    pub watch: bool,
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

    #[command(flatten)]
    pub draws: Draws,
}

#[derive(Args, Debug)]
pub(super) struct Test {
    /// The models; without any, those of this folder that declare tests
    #[arg(value_name = "FILE")]
    pub files: Vec<String>,

    /// Again whenever a file of the model changes, until Ctrl-C
    #[arg(long)]
    pub watch: bool,

    #[command(flatten)]
    pub draws: Draws,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    Month,
    Quarter,
    Year,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sampling {
    /// Each sample by itself
    Random,
    /// One in each of as many equal parts as there are samples
    Latin,
    /// A scrambled net, even in the parts of several names at once
    Sobol,
}

impl Sampling {
    const fn way(self) -> workspace::Sampling {
        match self {
            Self::Random => workspace::Sampling::Random,
            Self::Latin => workspace::Sampling::Latin,
            Self::Sobol => workspace::Sampling::Sobol,
        }
    }
}

/// In which form results are written.
#[derive(Args, Clone, Copy, Debug)]
pub(super) struct Results {
    /// The form of the results
    #[arg(long, value_enum, default_value_t = Format::Table, value_name = "FORM")]
    pub format: Format,
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
