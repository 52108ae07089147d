//! The prelude and the examples are read without a mistake.

use super::*;

#[test]
fn prelude_and_examples() {
    let mut read_files = 0;
    for folder in ["src/prelude", "examples"] {
        for entry in std::fs::read_dir(format!("{}/{folder}", env!("CARGO_MANIFEST_DIR"))).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|end| end == "biz") {
                tree(&std::fs::read_to_string(&path).unwrap());
                read_files += 1;
            }
        }
    }
    assert!(read_files >= 10);
}
