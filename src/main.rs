//! The binary: calls the command line, nothing else.

use std::process::ExitCode;

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    biz::cli::main(std::env::args_os())
}
