//! The schemas of `rules/schema/`, and `room-review schema`.

use super::support::{folder, room_review_in};
use boon::{Compiler, SchemaIndex, Schemas};
use room_review::detect::links::LinkRules;
use room_review::policy::Policy;
use room_review::rules::{LANGUAGES, Pack, Source, pack_files};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn rules() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("rules")
}

fn schema(name: &str) -> Value {
    let text = std::fs::read_to_string(rules().join("schema").join(format!("{name}.json"))).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// A schema, ready to hold files to it.
struct Checker(Schemas, SchemaIndex);

impl Checker {
    fn new(name: &str) -> Self {
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.add_resource("schema.json", schema(name)).unwrap();
        let index = compiler.compile("schema.json", &mut schemas).unwrap();
        Self(schemas, index)
    }

    fn check(&self, value: &Value) -> Result<(), String> {
        self.0.validate(value, self.1).map_err(|error| error.to_string())
    }
}

/// A TOML text as JSON, if it is any.
fn json(text: &str) -> Option<Value> {
    serde_json::to_value(toml::from_str::<toml::Value>(text).ok()?).ok()
}

#[test]
fn every_file_that_ships_is_what_its_schema_says() {
    let mut files: Vec<(&str, PathBuf)> = pack_files(&rules()).into_iter().map(|file| ("pack", file)).collect();
    files.push(("policy", rules().join("policy.toml")));
    files.push(("links", rules().join("links/default.toml")));
    let checkers = ["pack", "policy", "links"].map(|name| (name, Checker::new(name)));
    let mut wrong = Vec::new();
    for (name, file) in &files {
        let (_, checker) = checkers.iter().find(|(known, _)| known == name).unwrap();
        let value = json(&std::fs::read_to_string(file).unwrap()).unwrap();
        wrong.extend(checker.check(&value).err().map(|error| format!("{}: {error}", file.display())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(files.len() > 100);
}

/// What the parser says that it knows in the place of `?` in a text: it is asked with a word that it does not know.
fn known<T: DeserializeOwned>(text: &str) -> BTreeSet<String> {
    let source = Source { path: "asked.toml".into(), text: text.replace('?', "xyzzyxyzzy") };
    let (_, mistakes) = source.toml::<T>();
    let about = mistakes.iter().find(|mistake| mistake.message.contains("`xyzzyxyzzy`")).expect(text);
    about.message.split('`').skip(1).step_by(2).filter(|name| *name != "xyzzyxyzzy").map(str::to_owned).collect()
}

/// The keys, or the words, that a schema has at a place.
fn listed(schema: &Value, place: &str) -> BTreeSet<String> {
    let place = schema.pointer(place).unwrap_or_else(|| panic!("{place}"));
    match place {
        Value::Array(words) => words.iter().map(|word| word.as_str().unwrap().to_owned()).collect(),
        Value::Object(keys) => keys.keys().cloned().collect(),
        _ => panic!("{place}"),
    }
}

#[test]
fn schemas_and_parser_know_the_same_keys_and_words() {
    let (pack, policy, links) = (schema("pack"), schema("policy"), schema("links"));
    let rule = "language = \"en\"\ncategory = \"hate\"\n[[rule]]\n";
    let in_rule = |line: &str| format!("{rule}{line}\n");
    let cases = [
        (known::<Pack>("? = 1"), listed(&pack, "/properties")),
        (known::<Pack>("category = \"?\""), listed(&pack, "/properties/category/enum")),
        (known::<Pack>(&in_rule("? = 1")), listed(&pack, "/definitions/rule/properties")),
        (known::<Pack>(&in_rule("severity = \"?\"")), listed(&pack, "/definitions/rule/properties/severity/enum")),
        (known::<Pack>(&in_rule("inflect = \"?\"")), listed(&pack, "/definitions/rule/properties/inflect/enum")),
        (known::<Policy>("? = 1"), listed(&policy, "/properties")),
        (known::<Policy>("mode = \"?\""), listed(&policy, "/properties/mode/enum")),
        (known::<Policy>("on_timeout = \"?\""), listed(&policy, "/properties/on_timeout/enum")),
        (known::<Policy>("on_internal_error = \"?\""), listed(&policy, "/properties/on_internal_error/enum")),
        (known::<Policy>("[actions]\n? = 1"), listed(&policy, "/properties/actions/properties")),
        (known::<Policy>("[actions]\nhate = \"?\""), listed(&policy, "/definitions/actions/oneOf/0/enum")),
        (known::<Policy>("[actions]\nhate = { ? = 1 }"), listed(&policy, "/definitions/actions/oneOf/1/properties")),
        (known::<Policy>("[actions]\nlink = \"?\""), listed(&policy, "/definitions/link_actions/oneOf/0/enum")),
        (known::<Policy>("[rules]\n\"en.x\" = \"?\""), listed(&policy, "/definitions/change/oneOf/0/enum")),
        (known::<Policy>("[rules]\n\"link.ip\" = \"?\""), listed(&policy, "/definitions/link_change/oneOf/0/enum")),
        (
            known::<Policy>("[rules]\n\"en.x\" = { severity = \"?\" }"),
            listed(&policy, "/definitions/change/oneOf/1/properties/severity/enum"),
        ),
        (known::<Policy>("[mask]\nstyle = \"?\""), listed(&policy, "/properties/mask/properties/style/enum")),
        (known::<Policy>("[reasons.de]\n? = 1"), listed(&policy, "/properties/reasons/properties")),
        (known::<Policy>("[reasons]\n? = 1"), listed(&policy, "/properties/reasons/properties")),
        (known::<Policy>("[mask]\n? = 1"), listed(&policy, "/properties/mask/properties")),
        (known::<Policy>("[[roles]]\n? = 1"), listed(&policy, "/properties/roles/items/properties")),
        (
            known::<Policy>("[[roles]]\nexempt = [\"?\"]"),
            listed(&policy, "/properties/roles/items/properties/exempt/oneOf/1/items/enum"),
        ),
        (known::<Policy>("[[rooms]]\n? = 1"), listed(&policy, "/properties/rooms/items/properties")),
        (
            known::<Policy>("[[rooms]]\nactions = { ? = 1 }"),
            listed(&policy, "/properties/rooms/items/properties/actions/properties"),
        ),
        (
            known::<Policy>("[[rooms]]\nlinks = { ? = 1 }"),
            listed(&policy, "/properties/rooms/items/properties/links/properties"),
        ),
        (known::<Policy>("[flood]\n? = 1"), listed(&policy, "/properties/flood/properties")),
        (known::<LinkRules>("? = 1"), listed(&links, "/properties")),
    ];
    let wrong: Vec<_> = cases.iter().filter(|(parser, schema)| parser != schema).collect();
    assert!(wrong.is_empty(), "what the parser knows, and what the schema says: {wrong:#?}");

    let languages: BTreeSet<String> = LANGUAGES.into_iter().chain(["*"]).map(str::to_owned).collect();
    assert_eq!(listed(&pack, "/properties/language/enum"), languages);
    let harmless_in = listed(&pack, "/definitions/rule/properties/harmless_in/items/enum");
    assert_eq!(harmless_in, LANGUAGES.map(str::to_owned).into());
    let codes = listed(&policy, "/properties/reasons_in/enum");
    assert_eq!(codes, LANGUAGES.map(str::to_owned).into());
    let languages: BTreeSet<String> = LANGUAGES.into_iter().chain(["all"]).map(str::to_owned).collect();
    assert_eq!(listed(&policy, "/definitions/languages/properties"), languages);
}

/// The defaults that a schema names are those of the policy that ships.
#[test]
fn a_schema_names_the_true_defaults() {
    let policy = schema("policy");
    let mut text = String::new();
    for table in ["", "/flood/properties"] {
        let keys = policy.pointer(&format!("/properties{table}")).unwrap().as_object().unwrap();
        if table == "/flood/properties" {
            text.push_str("[flood]\n");
        }
        for (key, of) in keys {
            text.extend(of.get("default").map(|default| format!("{key} = {default}\n")));
        }
    }
    text.push_str("[mask]\ncharacter = \"*\"\n");
    let written: Policy = toml::from_str(&text).unwrap();
    assert_eq!(written, toml::from_str("").unwrap(), "{text}");
}

/// Nobody has to read Rust to learn what the keys of `[flood]` are.
#[test]
fn the_readme_has_every_key_of_flooding_with_its_default() {
    let (policy, readme) = (schema("policy"), std::fs::read_to_string(rules().join("README.md")).unwrap());
    let keys = policy.pointer("/properties/flood/properties").unwrap().as_object().unwrap();
    let written = keys.iter().map(|(key, of)| format!("`{key} = {}`", of["default"]));
    let missing: Vec<String> = written.filter(|written| !readme.contains(written)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// An editor shows the mistakes of `mistakes/` too, but for those that only the rules know of.
#[test]
fn schemas_refuse_what_lint_refuses() {
    let beyond = [
        "An id",
        "Terms that",
        "Regular expressions that",
        "A regular expression with",
        "A term that no match",
        "An example",
        "A near miss",
        "An exception",
        "What `new-rule`",
        "Two rules",
        "An amount that",
        "A rule that",
        "A mask that",
        "Actions of rules that",
        "The id of a rule without",
        "Reasons in a language",
    ];
    let mut wrong = Vec::new();
    for (file, name) in [("rules", "pack"), ("policy", "policy"), ("links", "links")] {
        let checker = Checker::new(name);
        let path = format!("{}/tests/authoring/mistakes/{file}.txt", env!("CARGO_MANIFEST_DIR"));
        let cases = std::fs::read_to_string(path).unwrap();
        for case in cases.split("## ").filter(|case| !case.is_empty()) {
            let (heading, rest) = case.split_once("\n\n").unwrap();
            let value = json(rest.split_once("=> lint says").unwrap().0);
            let taken = value.is_some_and(|value| checker.check(&value).is_ok());
            if taken && !beyond.iter().any(|begin| heading.starts_with(begin)) {
                wrong.push(heading.to_owned());
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_command_line_brings_them() {
    let dir = folder("schema", &[]);
    let said = room_review_in(&dir, &["schema", "pack"]);
    assert_eq!((said.code, serde_json::from_str::<Value>(&said.out).unwrap()), (0, schema("pack")));
    assert_eq!(room_review_in(&dir, &["schema", "--out", "rules/schema"]).code, 0);
    for name in ["pack", "policy", "links"] {
        let text = std::fs::read_to_string(dir.join(format!("rules/schema/{name}.json"))).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), schema(name));
    }
    // They are no rule files, and nobody takes them for some.
    assert_eq!(room_review_in(&dir, &["lint", "rules"]).out, "0 rules, 0 terms, fine\n");
    assert_eq!(room_review_in(&dir, &["schema"]).code, 2);
}
