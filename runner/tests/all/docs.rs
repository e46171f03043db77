//! The book and the documents beside it: every page is in the summary, and every link and anchor leads somewhere.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::common::root;

/// Documents of the repository that are looked at as well.
const BESIDE: [&str; 4] = ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "docs/llms.txt"];

fn source() -> PathBuf {
    root().join("docs/src")
}

/// Every page below a folder, as a path from the book's source.
fn pages(folder: &Path, found: &mut Vec<PathBuf>) {
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            pages(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "md") && !path.ends_with("SUMMARY.md") {
            found.push(path.strip_prefix(source()).unwrap().to_owned());
        }
    }
}

fn all_pages() -> Vec<PathBuf> {
    let mut found = Vec::new();
    pages(&source(), &mut found);
    found.sort();
    found
}

/// A page as the book shows it, with what it includes; and whether it includes the file of its own path in the repository.
fn shown(page: &Path) -> (String, bool) {
    let file = source().join(page);
    let text = fs::read_to_string(&file).unwrap();
    let mut mirrors = file.canonicalize().unwrap() != root().join("docs/src").join(page);
    let line = |line: &str| {
        let Some(path) = line.trim().strip_prefix("{{#include ").and_then(|rest| rest.strip_suffix("}}")) else {
            return line.to_owned();
        };
        let (path, part) = path.split_once(':').map_or((path, None), |(path, part)| (path, Some(part)));
        let included = file.parent().unwrap().join(path).canonicalize();
        let included = included.unwrap_or_else(|_| panic!("{}: includes {path}, which is not there", page.display()));
        mirrors |= included == root().join(page);
        let text = fs::read_to_string(included).unwrap();
        let Some(part) = part else { return text };
        let (start, end) = (format!("<!-- ANCHOR: {part} -->\n"), format!("<!-- ANCHOR_END: {part} -->"));
        let inner = text.split_once(&start).and_then(|(_, rest)| rest.split_once(&end));
        inner.unwrap_or_else(|| panic!("{path} has no part {part}")).0.to_owned()
    };
    let text = text.lines().map(line).collect::<Vec<_>>().join("\n");
    (text, mirrors)
}

/// The text without its blocks of code.
fn prose(text: &str) -> String {
    let mut is_code = false;
    let is_kept = |line: &&str| {
        let is_fence = line.trim_start().starts_with("```");
        is_code ^= is_fence;
        !is_code && !is_fence
    };
    text.lines().filter(is_kept).collect::<Vec<_>>().join("\n")
}

/// The targets of links and images, without those to other sites.
fn targets(text: &str) -> Vec<String> {
    let text = prose(text);
    let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let images = text.split("src=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let hrefs = text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let is_ours = |target: &&str| !target.contains("://") && !target.starts_with("mailto:");
    links.chain(images).chain(hrefs).filter(is_ours).map(str::to_owned).collect()
}

/// The anchors of a text's headings, as mdBook and GitHub make them.
fn anchors(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for heading in prose(text).lines().filter(|line| line.starts_with('#')) {
        // A link in a heading counts with its words.
        let words = heading.trim_start_matches('#').trim().split("](").map(|part| match part.split_once(')') {
            Some((_, rest)) => rest,
            None => part,
        });
        let kept = words.collect::<String>();
        let letters = kept.chars().filter_map(|c| match c {
            c if c.is_alphanumeric() || c == '_' || c == '-' => Some(c.to_lowercase().collect::<String>()),
            ' ' => Some("-".to_owned()),
            _ => None,
        });
        let anchor: String = letters.collect();
        let next = (0..).map(|n| if n == 0 { anchor.clone() } else { format!("{anchor}-{n}") });
        found.extend(next.into_iter().find(|name| !found.contains(name)));
    }
    found
}

/// The path without `.` and `..`; `None` where it climbs out.
fn plain(path: &Path) -> Option<PathBuf> {
    let mut found = PathBuf::new();
    for part in path.components() {
        match part {
            Component::Normal(name) => found.push(name),
            Component::ParentDir if !found.pop() => return None,
            _ => {}
        }
    }
    Some(found)
}

/// The text of the page or document that a target leads to, if it has headings; or why it leads nowhere.
fn follow(base: &Path, from: &Path, target: &str) -> Result<(), String> {
    let (path, anchor) = target.split_once('#').map_or((target, None), |(path, anchor)| (path, Some(anchor)));
    let whole = if path.is_empty() { from.to_owned() } else { from.parent().unwrap().join(path) };
    let whole = plain(&whole).ok_or("leaves the repository")?;
    let mut file = base.join(&whole);
    if file.is_dir() && file.join("README.md").is_file() {
        file.push("README.md");
    }
    if !file.exists() {
        return Err("leads nowhere".to_owned());
    }
    let Some(anchor) = anchor else { return Ok(()) };
    let text = match file.strip_prefix(source()) {
        Ok(page) => shown(page).0,
        Err(_) => fs::read_to_string(&file).map_err(|error| error.to_string())?,
    };
    if anchors(&text).contains(anchor) { Ok(()) } else { Err("has no such heading".to_owned()) }
}

#[test]
fn every_page_is_in_the_summary_once() {
    let summary = fs::read_to_string(source().join("SUMMARY.md")).unwrap();
    let mut listed: Vec<PathBuf> = targets(&summary).into_iter().map(PathBuf::from).collect();
    listed.sort();
    assert_eq!(listed, all_pages());
}

#[test]
fn every_page_is_in_the_list_for_programs() {
    let list = fs::read_to_string(root().join("docs/llms.txt")).unwrap();
    let mut listed: Vec<PathBuf> = targets(&list).into_iter().map(PathBuf::from).collect();
    listed.sort();
    let pages = all_pages().into_iter().map(|page| Path::new("src").join(page)).collect::<Vec<_>>();
    assert_eq!(listed, pages);
}

#[test]
fn every_link_leads_somewhere() {
    let mut dead = Vec::new();
    for page in all_pages() {
        let (text, mirrors) = shown(&page);
        for target in targets(&text) {
            // What a file of the repository links to may be outside of the book: repository.mjs sees to that.
            let outside = || if mirrors { follow(&root(), &page, &target) } else { Err(String::new()) };
            if let Err(why) = follow(&source(), &page, &target)
                && outside().is_err()
            {
                dead.push(format!("docs/src/{}: {target} {why}", page.display()));
            }
        }
    }
    for document in BESIDE {
        for target in targets(&fs::read_to_string(root().join(document)).unwrap()) {
            if let Err(why) = follow(&root(), Path::new(document), &target) {
                dead.push(format!("{document}: {target} {why}"));
            }
        }
    }
    assert!(dead.is_empty(), "{}", dead.join("\n"));
}

#[test]
fn every_page_begins_with_its_one_title() {
    for page in all_pages() {
        let text = prose(&shown(&page).0);
        let titles = text.lines().filter(|line| line.starts_with("# ")).count();
        assert!(text.starts_with("# ") && titles == 1, "{}: {titles} titles", page.display());
    }
}

/// Texts of code below a folder, with the lines of a string joined.
fn code(folder: &Path, found: &mut String) {
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            code(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs" || extension == "js") {
            let text = fs::read_to_string(&path).unwrap();
            let mut parts = text.split("\\\n");
            found.push_str(parts.next().unwrap_or_default());
            parts.for_each(|part| found.push_str(part.trim_start()));
        }
    }
}

/// The parts of a message that are not a name, a number or left out.
fn fixed_parts(message: &str) -> Vec<String> {
    let is_place = |word: &str| {
        let letters = word.trim_matches(|c: char| !c.is_alphanumeric()).rsplit(':').next().unwrap_or_default();
        let is_name = letters.len() > 1 && letters.chars().all(char::is_uppercase);
        // The last one is a constant in the code.
        is_name || word.contains('…') || ["N", "X", "Y", "crossover.toml"].contains(&letters)
    };
    let words: Vec<&str> = message.split(' ').collect();
    let parts = words.split(|word| is_place(word)).map(|part| part.join(" "));
    parts.filter(|part| part.len() >= 8).collect()
}

#[test]
fn every_message_of_the_page_of_errors_is_in_the_code() {
    let mut all = String::new();
    for folder in ["runner/src", "runner/page", "reports/src"] {
        code(&root().join(folder), &mut all);
    }
    // Code may hold a word in backticks.
    let all = all.replace('`', "");
    let (text, _) = shown(Path::new("answers/errors.md"));
    let rows = text.lines().filter_map(|line| line.strip_prefix("| `")?.split(" | ").next());
    let mut count = 0;
    for message in rows.flat_map(|row| row.trim_end_matches('`').split("`, `")) {
        for part in fixed_parts(message) {
            assert!(all.contains(&part), "no message has: {part}");
            count += 1;
        }
    }
    assert!(count > 40, "{count} messages");
}

#[test]
fn anchors_are_those_of_mdbook() {
    let text = "# A title\n## `kernel.toml`: why?\n### `[contender.NAME]`\n## A title\n```sh\n# no\n```\n## [Words](x.md) of it";
    let expected = ["a-title", "a-title-1", "contendername", "kerneltoml-why", "words-of-it"];
    assert_eq!(anchors(text), expected.map(str::to_owned).into());
    assert_eq!(targets("[a](b.md#c) ![d](e.png) [f](https://g.h) <img src=\"i.png\">"), ["b.md#c", "e.png", "i.png"]);
}
