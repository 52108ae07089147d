//! Limits of a file, each refused with a mistake of its own: a stranger's file is safe to read.

/// Bytes of a source.
pub const LONGEST_SOURCE: usize = 4 * 1024 * 1024;

/// How deep brackets, blocks, `if` and operators may stand in one another.
pub const DEEPEST: usize = 256;

/// Operands of one flat chain: `a + b + …`.
pub const LONGEST_CHAIN: usize = 250_000;

/// Values of a list, arguments of a call, rows of a table.
pub const LONGEST_LIST: usize = 100_000;

/// Bytes of a name.
pub const LONGEST_NAME: usize = 256;

/// Bytes of a text, quotes not counted.
pub const LONGEST_TEXT: usize = 64 * 1024;

/// Characters of a number.
pub const LONGEST_NUMBER: usize = 1_000;

/// Mistakes told of one file; what is wrong beyond them is broken without a word.
pub const MOST_MISTAKES: usize = 1_000;
