//! The binary: calls the command line, nothing else.

fn main() {}
