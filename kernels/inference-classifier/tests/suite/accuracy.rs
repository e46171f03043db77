//! The accuracy on committed snippets of projects that the training never saw.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::common::{classifier, json};

#[derive(Deserialize)]
struct Snippet {
    language: String,
    project: String,
    text: String,
}

#[derive(Deserialize)]
struct Project {
    project: String,
    side: String,
}

#[test]
fn nine_in_ten_held_out_snippets_are_told_right() {
    let snippets: Vec<Snippet> = json("held-out.json");
    let mut classifier = classifier();
    let mut by_language: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for snippet in &snippets {
        let probabilities = classifier.probabilities(&snippet.text);
        let likeliest = (0..probabilities.len()).max_by(|&a, &b| probabilities[a].total_cmp(&probabilities[b]));
        let (right, all) = by_language.entry(&snippet.language).or_default();
        *right += usize::from(likeliest.map(|index| &classifier.labels()[index]) == Some(&snippet.language));
        *all += 1;
    }
    assert!(snippets.len() >= 300, "{} snippets are too few to say anything", snippets.len());
    assert!(by_language.len() >= 8, "{} languages", by_language.len());
    let right: usize = by_language.values().map(|(right, _)| right).sum();
    let accuracy = right as f64 / snippets.len() as f64;
    assert!(accuracy >= 0.9, "{accuracy:.3} of {} right; right and all per language: {by_language:?}", snippets.len());
}

#[test]
fn no_held_out_project_was_trained_on() {
    let projects: Vec<Project> = json("projects.json");
    let test: BTreeSet<&str> = projects.iter().filter(|p| p.side == "test").map(|p| p.project.as_str()).collect();
    for project in &projects {
        assert!(
            project.side == "test" || !test.contains(project.project.as_str()),
            "{} is on two sides",
            project.project
        );
    }
    for snippet in json::<Vec<Snippet>>("held-out.json") {
        assert!(test.contains(snippet.project.as_str()), "{} is no test project", snippet.project);
    }
}
