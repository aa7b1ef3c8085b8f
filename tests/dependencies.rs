//! Every direct dependency stands in `docs/dependencies.md` with why it is there, and no other does.

use std::collections::BTreeSet;

#[test]
fn every_dependency_has_a_reason() {
    let manifest: toml::Table = toml::from_str(include_str!("../Cargo.toml")).expect("cargo reads it too");
    let tables = ["dependencies", "build-dependencies", "dev-dependencies"];
    let of = |table: &&str| manifest[*table].as_table().expect("a table").keys().cloned().collect::<Vec<_>>();
    let used: BTreeSet<String> = tables.iter().flat_map(of).collect();
    let rows = include_str!("../docs/dependencies.md").lines().filter_map(|line| {
        let (name, why) = line.strip_prefix("| `")?.split_once("` | ")?;
        (why.len() > 10).then(|| name.to_owned())
    });
    let listed: BTreeSet<String> = rows.collect();
    let [missing, stale] = [&used - &listed, &listed - &used];
    assert!(missing.is_empty() && stale.is_empty(), "without a reason: {missing:?}; no longer there: {stale:?}");
}
