//! How fast a file is parsed and laid out: megabytes a second for 1, 2 and 4 MiB, which must not fall with the size.

use biz::fmt::format;
use biz::syntax::parse;
use biz::text::{FileId, Source};
use std::time::Instant;

const MEBIBYTE: usize = 1024 * 1024;

/// A text of a little less than `size` bytes made of one piece.
fn repeated(start: &str, piece: &str, end: &str, size: usize) -> String {
    let times = (size - start.len() - end.len()) / piece.len();
    format!("{start}{}{end}", piece.repeat(times))
}

fn main() {
    let model = include_str!("../syntax/good/support.biz");
    let texts: [(&str, &str, &str, &str); 8] = [
        ("models", "", model, ""),
        ("one chain", "a = 1", " + customers.x * 3", ""),
        ("one list", "a = [", "1,", "]"),
        ("one table", "a = step {", "2026-01: 3 USD/month\n", "}"),
        ("one comment", "# ", "x", ""),
        ("broken lines", "", "a = 1 +\n", ""),
        ("open brackets", "", "a = (1 + 2\n", ""),
        ("one broken line", "a = 1", " 1", ""),
    ];
    let print = |line: String| {
        use std::io::Write;
        writeln!(std::io::stdout(), "{line}").ok();
    };
    for (name, start, piece, end) in texts {
        let (mut parsing, mut layout) = (format!("{name:16} parsed  "), format!("{:16} laid out", ""));
        for size in [MEBIBYTE, 2 * MEBIBYTE, 4 * MEBIBYTE] {
            let source = Source::new(FileId(0), "bench.biz", repeated(start, piece, end, size));
            let speed = |begin: Instant| format!("  {} MiB {:6.1} MB/s", size / MEBIBYTE, source.text.len() as f64 / 1e6 / begin.elapsed().as_secs_f64());
            let begin = Instant::now();
            let parsed = parse(&source);
            parsing += &speed(begin);
            assert!(!parsed.file.items.is_empty() || !parsed.comments.is_empty());
            let begin = Instant::now();
            let text = format(&parsed, &source);
            layout += &speed(begin);
            assert!(!text.is_empty());
        }
        print(parsing);
        print(layout);
    }
}
