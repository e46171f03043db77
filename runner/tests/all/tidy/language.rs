//! Comments, messages and documents are in plain English: phrases that readers have stumbled over stay out.

use std::fs;
use std::path::Path;

use super::root;

/// Phrases that do not come back, and what to write in their place.
const PHRASES: &[(&str, &str)] = &[
    ("told", "reported, printed, shown or known"),
    ("tells", "reports, says, shows or returns"),
    ("borne", "allowed or accepted"),
    ("whoever", "the one that is meant, such as the user, the caller or the contender"),
    ("nobody", "no one of those that are meant, such as no contender or no process"),
    ("somebody", "the one that is meant, such as the user or a client"),
    ("anybody", "the one that is meant, such as any client"),
    ("who may", "contenders, or users, that may"),
    ("what there is to", "the thing itself"),
    ("mend", "fix"),
    ("mends", "fixes"),
    ("dearer", "more expensive"),
    ("surely", "certainly, or with its whole interval"),
    ("heed", "use"),
    ("heeded", "used"),
    ("beyond use", "unusable"),
];

/// Where the phrases are looked for.
const PLACES: [&str; 13] = [
    ".ci",
    ".github",
    "crossover.toml",
    "runner",
    "reports",
    "kernels",
    "js-baselines",
    "docs",
    "npm",
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
];

/// What is no text of this repository's, or has the phrases as its subject.
const LEFT_OUT: [&str; 6] =
    ["node_modules", "target", "fixtures", "runner/tests/gallery", "runner/tests/all/tidy/language.rs", "docs/book"];

#[test]
fn texts_are_in_plain_english() {
    let mut found = Vec::new();
    for place in PLACES {
        look(&root().join(place), &mut found);
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Adds a line for every phrase in a file, or in the files below a folder.
fn look(path: &Path, found: &mut Vec<String>) {
    let name = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
    if LEFT_OUT.iter().any(|part| name.contains(part)) {
        return;
    }
    if path.is_dir() {
        fs::read_dir(path).unwrap().for_each(|entry| look(&entry.unwrap().path(), found));
        return;
    }
    let is_code = match path.extension().and_then(|extension| extension.to_str()) {
        Some("rs" | "js" | "mjs") => true,
        Some("md" | "toml" | "yml" | "sh") => false,
        Some("json") if name.contains("/schema/") => false,
        _ => return,
    };
    // A string goes on in the next line after a backslash.
    let mut is_string = false;
    for (at, line) in fs::read_to_string(path).unwrap().lines().enumerate() {
        let text = if is_code && !is_string { prose(line) } else { line.to_owned() };
        is_string = is_code && line.ends_with('\\');
        for (phrase, better) in phrases(&text) {
            found.push(format!("{name}:{}: write {better}, not `{phrase}`", at + 1));
        }
    }
}

/// The comments and strings of a line of code, without the variables in a string.
fn prose(line: &str) -> String {
    let trimmed = line.trim_start();
    if trimmed.starts_with('*') || trimmed.starts_with("//") {
        return line.to_owned();
    }
    let mut found = String::new();
    let mut quote = None;
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        match quote {
            None if c == '/' && rest.peek() == Some(&'/') => {
                found.extend(rest.by_ref());
            }
            None if matches!(c, '"' | '`' | '\'') => quote = Some(c),
            Some(_) if c == '\\' => {
                rest.next();
            }
            Some(_) if c == '{' => {
                rest.by_ref().find(|c| *c == '}');
            }
            Some(end) if c == end => {
                quote = None;
                found.push('\n');
            }
            Some(_) => found.push(c),
            None => {}
        }
    }
    found
}

/// The phrases that stand in a text as whole words.
fn phrases(text: &str) -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    let words = text.to_lowercase().split(|c: char| !c.is_alphanumeric() && c != '_').collect::<Vec<_>>().join(" ");
    let words = format!(" {words} ");
    PHRASES.iter().filter(move |(phrase, _)| words.contains(&format!(" {phrase} ")))
}

#[test]
fn phrases_are_found_in_comments_and_strings_as_whole_words() {
    let found = |line: &str| phrases(&prose(line)).map(|(phrase, _)| *phrase).collect::<Vec<_>>();
    assert_eq!(found("    /// Is told what there is to do."), ["told", "what there is to"]);
    assert_eq!(found("    x(told); // Nobody."), ["nobody"]);
    assert_eq!(found("    say(\"it is told\", told);"), ["told"]);
    assert_eq!(found("    say(\"it is {told}\", is_told, \"amended\");"), Vec::<&str>::new());
}
