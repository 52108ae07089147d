//! The binary: calls the command line, nothing else.

use std::process::ExitCode;

fn main() -> ExitCode {
    biz::cli::main(std::env::args_os())
}
