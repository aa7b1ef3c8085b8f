//! The rule files that ship say what they do and do what they say.

use room_review::lint::lint;
use std::path::Path;

/// Every mistake at once: whoever edits a pack should not have to run this once for each.
#[test]
fn no_rule_file_has_a_mistake() {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let mistakes = lint(&rules).mistakes;
    let lines: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
    assert!(lines.is_empty(), "{} mistakes:\n{}", lines.len(), lines.join("\n"));
}
