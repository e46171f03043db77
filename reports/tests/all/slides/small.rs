//! Small runs: their decks are never empty, and their slides have a finding.

use crossover_reports::chart::slide::{Deck, SlideKind};
use crossover_reports::run::{Failure, Kind, RowOutcome, Run, Scenario, Stage};

use super::legible::assert_legible;
use super::{copied, named, names, one_job, telling, written};
use crate::{boundary, synthetic, verdicts};

/// The names of the slides that tell most, all of them legible.
fn told(run: &Run) -> Deck {
    let deck = telling(run);
    assert_legible(&deck.slides);
    deck
}

#[test]
fn one_job_with_one_input_has_its_options_and_its_break_even() {
    let Deck { slides, more, .. } = told(&one_job(synthetic::four_kernels(6)));
    assert_eq!(names(&slides), ["summary", "break-even-hashing-blake3-chromium"]);
    assert!(more > 0);
    assert!(slides[0].title.starts_with("hashing-blake3 – Port it to WebAssembly: wasm-simd"), "{}", slides[0].title);
    let summary = written(&slides[0]);
    for shown in ["js", "js-tuned", "wasm", "wasm-simd", "platform", "per call", "first result", "download"] {
        assert!(summary.iter().any(|text| text == shown), "no {shown} in {summary:?}");
    }
}

#[test]
fn one_block_says_that_it_cannot_tell_yet() {
    let slides = told(&one_job(synthetic::four_kernels(1))).slides;
    assert_eq!(names(&slides), ["summary", "break-even-hashing-blake3-chromium"]);
    assert!(slides[0].title.contains("Can't tell yet"), "{}", slides[0].title);
    assert!(slides[1].title.contains("it is unsure from how many calls on"), "{}", slides[1].title);
    let several = told(&synthetic::four_kernels(1)).slides;
    assert_eq!(names(&several), ["summary", "speed-up-chromium"]);
    assert_eq!(several[0].title, "Can't tell yet for all 4 jobs");
}

#[test]
fn without_first_results_a_job_has_its_speed_up() {
    let mut run = one_job(synthetic::four_kernels(6));
    for row in &mut run.rows {
        if let RowOutcome::Samples(samples) = &mut row.outcome {
            samples.cold_start.clear();
        }
    }
    let slides = told(&run).slides;
    assert_eq!(names(&slides), ["summary", "speed-up-hashing-blake3-chromium"]);
    assert!(slides[1].title.contains("× faster than js"), "{}", slides[1].title);
}

#[test]
fn crossing_alone_has_its_costs() {
    let run = boundary::run("string-ascii", 4, boundary::usual);
    let Deck { slides, more, .. } = told(&run);
    assert_eq!((names(&slides), more), (vec!["boundary-crossing-string-ascii-chromium"], 0));
    let three = told(&copied(run, 3));
    assert!(
        three.slides.len() == 2 && three.more == 1 && three.slides.iter().all(|one| one.kind == SlideKind::Boundary)
    );
}

#[test]
fn a_port_that_is_not_written_yet_has_what_it_could_save() {
    let placeholder = |name| (name, Kind::StandIn, 25.0 * verdicts::MS, 0.01 * verdicts::MS, 0.0);
    let options = [verdicts::JS, placeholder("free-30kB"), placeholder("free-300kB")];
    let slides = told(&one_job(verdicts::run(&options, vec![Scenario::of_calls("200 calls", 200)]))).slides;
    assert_eq!(names(&slides), ["summary", "break-even-job-chromium"]);
    assert!(slides[0].title.starts_with("job – A port is worth a try: it could save at most "), "{}", slides[0].title);
}

#[test]
fn an_option_that_is_alone_has_its_time() {
    let mut run = one_job(synthetic::four_kernels(6));
    let reason = "clang is not installed".to_owned();
    for row in run.rows.iter_mut().filter(|row| row.cell.contender != "js") {
        row.outcome = RowOutcome::Failure(Failure { stage: Stage::Build, reason: reason.clone() });
    }
    let Deck { slides, .. } = told(&run);
    let summary = named(&slides, "summary");
    assert!(summary.title.starts_with("hashing-blake3 – only js was measured, 22."), "{}", summary.title);
    assert!(written(summary).iter().any(|text| text.contains(&reason)), "{:?}", written(summary));
}

#[test]
fn one_row_shows_every_browser_start() {
    let mut run = one_job(synthetic::four_kernels(6));
    run.header.kernels[0].contenders.retain(|contender| ["js", "wasm"].contains(&&*contender.name));
    run.rows.retain(|row| ["js", "wasm"].contains(&&*row.cell.contender));
    let slides = super::all(&run);
    let slide = named(&slides, "speed-up-hashing-blake3-chromium");
    assert!(written(slide).iter().any(|text| text == "○ one browser start"));
    assert_legible(&slides);
}
