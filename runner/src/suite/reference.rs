//! Tests that `MANIFEST.md` has every key that the parser accepts, and no other. The parser itself lists the keys when it
//! gets one that it does not know.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde::de::DeserializeOwned;

use super::generate::Generate;
use super::manifest::{CheckToml, KernelToml, SuiteToml};

const REFERENCE: &str = include_str!("../../MANIFEST.md");

/// A key that no file has.
const NONE: &str = "no-such-key";

/// Stands for a name that the user chooses: of a kernel, an asset, a contender or a scenario.
const NAME: &str = "NAME";

type Keys = BTreeSet<String>;

/// Adds every key at and below `path` to `found`. `parse` parses a file with a value there and returns the parser's message.
fn explore(path: &str, parse: &dyn Fn(&str) -> String, found: &mut Keys) {
    let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    let message = parse(&format!("{{ {NONE} = 1 }}"));
    if message.starts_with("unknown variant") {
        found.extend(named(&message).map(below));
    } else if message.starts_with("unknown field") {
        for key in named(&message) {
            found.insert(below(key));
            explore(&below(key), &|value| parse(&format!("{{ {key} = {value} }}")), found);
        }
    } else if message.starts_with("invalid type: map, expected a sequence") {
        explore(path, &|value| parse(&format!("[{value}]")), found);
    } else if message.is_empty() || message.starts_with("missing field") {
        // A table of values by a name that the user chooses.
        found.insert(below(NAME));
    } else if message.starts_with("invalid type: integer `1`") {
        found.insert(below(NAME));
        explore(&below(NAME), &|value| parse(&format!("{{ {NONE} = {value} }}")), found);
    } else {
        // The second is the message for a date.
        let is_value =
            message.starts_with("invalid type: map, expected") || message == "expected field with custom name";
        assert!(is_value, "{path}: unexpected message of the parser: {message}");
        // A string may be one of a few values.
        let message = parse(&format!("\"{NONE}\""));
        if message.starts_with("unknown variant") {
            found.extend(named(&message).map(below));
        }
    }
}

/// The names that the parser would have accepted.
fn named(message: &str) -> impl Iterator<Item = &str> {
    let (_, expected) = message.split_once(", expected ").unwrap_or_else(|| panic!("no names in: {message}"));
    in_ticks(expected)
}

fn in_ticks(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The parser's message for a file with this content. Empty if it accepts the file.
fn message<T: DeserializeOwned>(value: &str) -> String {
    let parsed = toml::from_str::<BTreeMap<String, T>>(&format!("it = {value}"));
    parsed.err().map_or_else(String::new, |error| error.message().to_owned())
}

/// Every key of a file, and every value of a key that has a few. Keys that several tables share are there once, as on the page.
fn accepted<T: DeserializeOwned>() -> Keys {
    let mut found = Keys::new();
    explore("", &message::<T>, &mut found);
    let shared = |key: String| {
        let part = ["generate", "check"].into_iter().find_map(|part| {
            let (_, below) = key.split_once(&format!("{part}."))?;
            Some(format!("{part}.{below}"))
        });
        part.unwrap_or(key)
    };
    found.into_iter().map(shared).collect()
}

/// The keys in the tables of a chapter, and the values that their types list.
fn documented(chapter: &str) -> Keys {
    let mut keys = Keys::new();
    for section in self::chapter(chapter).split("\n### ").skip(1) {
        let (heading, text) = section.split_once('\n').unwrap();
        let table = match heading.trim_matches(['`', '[', ']']) {
            "Top level" => String::new(),
            table => {
                // A heading that ends with a chosen name is a key itself.
                keys.extend(table.ends_with(NAME).then(|| table.to_owned()));
                format!("{table}.")
            }
        };
        for row in text.lines().filter_map(|line| line.strip_prefix("| `")) {
            let (key, rest) = row.split_once("` | ").unwrap_or_else(|| panic!("no key in: {row}"));
            let kind = rest.split(" | ").next().unwrap_or_default();
            assert!(keys.insert(format!("{table}{key}")), "`{table}{key}` is there twice");
            keys.extend(in_ticks(kind).map(|value| format!("{table}{key}.{value}")));
        }
    }
    keys
}

fn chapter(title: &str) -> &'static str {
    let (_, text) = REFERENCE.split_once(&format!("\n## {title}\n")).unwrap();
    text.split("\n## ").next().unwrap()
}

fn assert_complete(chapter: &str, accepted: &Keys) {
    let documented = documented(chapter);
    let missing: Vec<_> = accepted.difference(&documented).collect();
    let invented: Vec<_> = documented.difference(accepted).collect();
    assert!(missing.is_empty() && invented.is_empty(), "{chapter}: missing {missing:?}, invented {invented:?}");
}

#[test]
fn every_key_of_a_suite_is_documented_and_no_other() {
    assert_complete("crossover.toml", &accepted::<SuiteToml>());
}

#[test]
fn every_key_of_a_kernel_is_documented_and_no_other() {
    let accepted = accepted::<KernelToml>();
    // The parser was asked at every depth.
    for key in
        ["summary", "generate.records.form.array", "check.psnr_db", "asset.NAME.generate", "contender.NAME.needs.clang"]
    {
        assert!(accepted.contains(key), "no {key} in {accepted:?}");
    }
    assert_complete("kernel.toml", &accepted);
}

#[test]
fn the_examples_are_parsed() {
    let examples =
        |title: &str| chapter(title).split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    for example in examples("crossover.toml") {
        toml::from_str::<SuiteToml>(example).unwrap_or_else(|error| panic!("{error}"));
    }
    let mut kinds = BTreeSet::new();
    for example in examples("kernel.toml") {
        for line in example.lines().filter(|_| !example.contains("\n[")) {
            match line.split_once(" = ").unwrap() {
                ("generate", value) => {
                    assert_eq!(toml::from_str::<Generate>(&inner(value)).unwrap().validate(), Ok(()))
                }
                ("check", value) => drop(value.parse::<toml::Value>().unwrap().try_into::<CheckToml>().unwrap()),
                (key, _) => panic!("an example of an unknown key: {key}"),
            }
            kinds.insert("line");
        }
        if example.contains("\n[") {
            toml::from_str::<KernelToml>(example).unwrap_or_else(|error| panic!("{error}"));
            kinds.insert("file");
        }
    }
    assert_eq!(kinds.len(), 2);
}

/// An inline table as a document.
fn inner(table: &str) -> String {
    let table: toml::Table = toml::from_str(&format!("it = {table}")).unwrap();
    toml::to_string(&table["it"]).unwrap()
}

#[test]
fn every_variable_of_crossover_is_documented_and_no_other() {
    let mut read = Keys::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else {
                read.extend(variables(&fs::read_to_string(path).unwrap(), |c| c == '"'));
            }
        }
    }
    // The npm package starts the program with this.
    let launcher = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../npm/launcher/crossover")).unwrap();
    read.extend(variables(&launcher, |c| c != '_' && !c.is_ascii_uppercase()));
    assert_eq!(variables(chapter("Environment variables"), |c| c == '`').collect::<Keys>(), read);
}

/// The names of crossover's environment variables that stand between two such characters.
fn variables(text: &str, is_end: fn(char) -> bool) -> impl Iterator<Item = String> {
    let is_variable = |word: &&str| {
        word.strip_prefix("CROSSOVER_")
            .is_some_and(|rest| !rest.is_empty() && rest.chars().all(|c| c.is_ascii_uppercase() || c == '_'))
    };
    text.split(is_end).filter(is_variable).map(str::to_owned)
}
