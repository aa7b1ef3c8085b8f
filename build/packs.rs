//! Writes the built-in rules as tables that `src/rules/builtin.rs` includes.

use crate::rules::fingerprint::fingerprint;
use crate::rules::folder::{Folder, pack_files, read_packs, read_words};
use crate::rules::{KeyParts, KeyTable, Layer, Mistakes, Numbers, Weights};
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// Compiles the rules in `dir` into files in `out`; an error has a line a mistake.
pub fn write(dir: &Path, out: &Path) -> Result<(), String> {
    let lines = |mistakes| Mistakes(mistakes).to_string();
    let folder = Folder::read(dir);
    let (compiled, mut mistakes) = read_packs(&folder);
    mistakes.extend(folder.mistakes.clone());
    if !mistakes.is_empty() {
        return Err(lines(mistakes));
    }
    if let Some(pattern) = compiled.patterns.first() {
        // They would be compiled at every start.
        return Err(format!("{} regular expressions are for an operator's rules", pattern.mistake));
    }
    let layer = compiled.layer;
    let table = table(&compiled.keys, &layer)?;
    let words = read_words(&folder).map_err(lines)?;
    let policy = policy(&dir.join("policy.toml"))?;
    let weights = weights(&dir.join("weights/words.txt"))?;
    let mut source = String::new();
    let _ = writeln!(source, "pub static POLICY: &str = {policy:?};");
    let (needles, rules) = (&layer.needles, &layer.rules);
    let tables = [
        ("needle_words", bytes(&needles.words)),
        ("needle_places", short(&needles.places)?),
        ("needle_roles", bytes(&needles.roles)),
        ("needle_beginnings", bytes(&needles.beginnings)),
        ("phrases", bytes(&layer.phrases)),
        ("leads", bytes(&layer.leads)),
        ("sequences", bytes(&layer.sequences)),
        ("lists", short(&layer.lists)?),
        ("accents", bytes(&layer.accents)),
        ("rule_numbers", short(&rules.numbers)?),
        ("rule_records", short(&rules.records)?),
        ("rule_shared", bytes(&rules.shared)),
        ("rule_cues", short(&rules.cues)?),
        ("rule_accents", bytes(&rules.accents)),
        ("rule_groups", short(&rules.groups)?),
        ("words_sets", bytes(&words.sets)),
        ("words_languages", bytes(&words.languages)),
        ("words_slots", bytes(&words.slots)),
        ("weight_moves", bytes(&weights.moves)),
        ("weight_slots", bytes(&weights.slots)),
        ("moves", bytes(&table.moves)),
        ("firsts", bytes(&table.firsts)),
        ("prints", bytes(&table.prints)),
        ("filter", bytes(&table.filter)),
    ];
    let strings = [("rule_ids", &rules.ids), ("vocabulary", &layer.vocabulary), ("words", &words.words)];
    let of_strings = strings.iter().flat_map(|(_, strings)| [strings.text.as_bytes(), bytes(&strings.lengths)]);
    let all = tables.iter().map(|(_, table)| *table).chain([source.as_bytes()]).chain(of_strings);
    let version = fingerprint(all.flatten().copied());
    let _ =
        writeln!(source, "/// Changes whenever a built-in rule does.\npub static VERSION: &str = \"{version:016x}\";");
    let put = |name: &str, bytes: &[u8]| fs::write(out.join(name), bytes).map_err(|error| format!("{name}: {error}"));
    put("packs.rs", source.as_bytes())?;
    for (name, table) in tables {
        put(&format!("{name}.bin"), table)?;
    }
    for (name, strings) in strings {
        put(&format!("{name}.txt"), strings.text.as_bytes())?;
        put(&format!("{name}_starts.bin"), bytes(&strings.starts))?;
        put(&format!("{name}_lengths.bin"), bytes(&strings.lengths))?;
    }
    Ok(())
}

/// The bytes of numbers that are stored in two each.
fn short(numbers: &Numbers) -> Result<&[u8], String> {
    match numbers {
        Numbers::Short(numbers) => Ok(bytes(numbers)),
        Numbers::Long(_) => {
            Err("the built-in rules have too many needles or lists for their tables, whose numbers have 16 bits"
                .to_owned())
        }
    }
}

/// What finds the keys of a layer.
fn table(keys: &[Vec<u8>], layer: &Layer) -> Result<KeyTable, String> {
    let parts = |number: usize| KeyParts::of(&layer.keys, number).ok_or("a key is missing");
    let parts = (0..keys.len()).map(parts).collect::<Result<Vec<_>, _>>()?;
    KeyTable::new(keys.iter().map(Vec::as_slice).zip(parts))
}

/// The policy without its comments: every start parses it.
fn policy(path: &Path) -> Result<String, String> {
    let wrong = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let written = fs::read_to_string(path).map_err(|error| wrong(&error))?;
    let policy: toml::Table = toml::from_str(&written).map_err(|error| wrong(&error))?;
    toml::to_string(&policy).map_err(|error| wrong(&error))
}

/// What words weigh.
fn weights(path: &Path) -> Result<Weights, String> {
    let wrong = |error: &dyn std::fmt::Display| format!("{}:{error}", path.display());
    let written = fs::read_to_string(path).map_err(|error| wrong(&error))?;
    Weights::read(&written).map_err(|error| wrong(&error))
}

/// The source of `pack_sources.rs`: the packs as they are written, by path, for the command line to show. Only its own binary
/// includes it.
pub fn sources(dir: &Path) -> String {
    let packs = pack_files(dir);
    let mut source = format!("static PACKS: [(&str, &str); {}] = [", packs.len());
    for path in packs {
        let path = path.to_str().expect("the paths of packs are ASCII");
        let _ = writeln!(
            source,
            "({path:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {:?}))),",
            format!("/{path}")
        );
    }
    source.push_str("];\n");
    source
}

fn bytes<T: bytemuck::NoUninit>(numbers: &[T]) -> &[u8] {
    bytemuck::cast_slice(numbers)
}
