//! Browsers side by side on a slide.

use crossover_reports::run::Kind;

use super::{all, named, names, telling, written};
use crate::across::in_browsers;
use crate::synthetic;
use crate::verdicts::{Costs, JS, MS, WASM};

const SLOW: Costs = ("wasm", Kind::Wasm, 25.0 * MS, 4.0 * MS, 0.0);

#[test]
fn a_job_has_a_row_for_each_browser_and_its_answer_as_title() {
    let slides = all(&in_browsers(&[("chromium", &[JS, WASM]), ("firefox", &[JS, SLOW])]));
    let slide = named(&slides, "across");
    assert!(slide.title.starts_with("job – flips: port in Chromium (×"), "{}", slide.title);
    let texts = written(slide);
    for text in ["Chromium", "Firefox", "wasm vs. js"] {
        assert!(texts.iter().any(|one| one == text), "no {text} in {texts:?}");
    }
}

#[test]
fn all_browsers_of_a_job_are_on_one_slide() {
    let slides = all(&synthetic::large(8, 3, 3));
    let across: Vec<_> = names(&slides).into_iter().filter(|name| name.starts_with("across")).collect();
    assert_eq!(across, ["across", "across-2"]);
    let texts = written(named(&slides, "across-2"));
    assert_eq!(texts.iter().filter(|text| text.starts_with("WebKit")).count(), 2, "{texts:?}");
}

#[test]
fn several_browsers_are_among_the_slides_that_tell_most() {
    let names_of = |browsers| names(&telling(&synthetic::large(3, browsers, 3)).slides).join(" ");
    assert_eq!(names_of(3), "summary across");
    assert!(!names_of(1).contains("across"));
}
