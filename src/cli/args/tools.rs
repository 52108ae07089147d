//! What is said to the tools around a model: its layout, a session, the manual, completions.

use clap::Args;
use std::path::PathBuf;

#[derive(Args, Debug)]
pub struct Fmt {
    /// Models, and folders with all models in and below them; `-` takes one from standard input and prints it
    #[arg(required = true, value_name = "FILE|FOLDER")]
    pub files: Vec<String>,

    /// Write nothing; name the files that would change, and fail if there are any
    #[arg(long)]
    pub check: bool,

    /// Write nothing; show what would change
    #[arg(long)]
    pub diff: bool,
}

#[derive(Args, Debug)]
pub struct Repl {
    /// The file of a model; without one the session begins with an empty model
    #[arg(value_name = "FILE")]
    pub file: Option<String>,

    /// Write each entry before its answer, and say what is accepted, as at a prompt
    #[arg(long)]
    pub echo: bool,
}

#[derive(Args, Debug)]
pub struct Man {
    /// The command; without one the page of `biz` itself
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,

    /// Write every page into this folder: biz.1, biz-run.1 and so on
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    pub out: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}
