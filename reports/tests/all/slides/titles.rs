//! Titles state the finding.

use crossover_reports::chart::slide::{Palette, Selection, SlideKind};
use crossover_reports::run::{Kind, RowOutcome, Scenario};

use super::{all, copied, every_kind, named, one_job, selected, written};
use crate::{golden, history, hostile, synthetic, verdicts};

#[test]
fn titles_say_the_finding_with_its_interval() {
    let slides = every_kind();
    let has = |name: &str, parts: &[&str]| {
        let title = &named(&slides, name).title;
        assert!(parts.iter().all(|part| title.contains(part)), "{title}");
    };
    has(
        "speed-up-hashing-blake3-chromium",
        &["hashing-blake3: wasm-simd is 1.", "× faster than platform, 95 % interval 1.", "×"],
    );
    has("speed-up-text-highlight-chromium", &["text-highlight: js is 1.", "× faster than wasm, 95 % interval 1."]);
    has(
        "speed-up-chromium",
        &["2 of 4 jobs get faster with the best option, up to 3.", "× (image-thumbnail); 1 would get slower, up to 1."],
    );
    has("break-even-hashing-blake3-chromium", &["hashing-blake3: wasm-simd takes less time than platform"]);
    has("crossover-hashing-blake3-chromium", &["is faster than", "at every size"]);
    has("cold-start-hashing-blake3-chromium", &["first answer after", " ms, ", "× ", "95 % interval "]);
    has("size-hashing-blake3", &["wasm-simd ships 13.0 kB (brotli), 1.60× larger than js"]);
    has("summary", &["Port 2 of 4 jobs to WebAssembly"]);
    let of = |kind| slides.iter().filter(move |slide| slide.kind == kind).map(|slide| slide.title.as_str());
    assert!(of(SlideKind::Trend).any(|title| title.contains("% slower since 2026-03-")), "a step is named");
    assert!(of(SlideKind::Trend).any(|title| title.contains("kept its level")));
    assert!(
        of(SlideKind::Boundary)
            .any(|title| title.starts_with("crossing: 1 MB of string-ascii takes ") && title.ends_with(" out of it"))
    );
}

#[test]
fn a_crossing_is_marked_and_described() {
    let mut run = synthetic::four_kernels(4);
    for row in &mut run.rows {
        let is_slowed = row.cell.contender == "wasm-simd" && row.cell.input == "64KB";
        if let (true, RowOutcome::Samples(samples)) = (is_slowed, &mut row.outcome) {
            samples.call.iter_mut().for_each(|sample| sample.ns *= 4.0);
        }
    }
    let slides = all(&run);
    let slide = named(&slides, "crossover-hashing-blake3-chromium");
    assert!(slide.title.starts_with("hashing-blake3: wasm-simd is faster than platform from "), "{}", slide.title);
    assert!(slide.title.contains("(65.5 kB – 1.05 MB)"), "{}", slide.title);
    assert!(written(slide).iter().any(|text| text.contains("crossing at ")));
}

#[test]
fn what_is_unsure_is_said_to_be() {
    let run = hostile::run(&["js", "wasm", "1MB", "other"], |i, block| {
        hostile::samples(1e6 * (1.0 + f64::from(block % 2) * if i == 0 { 0.5 } else { -0.5 }))
    });
    let slides = all(&run);
    let title = &slides.iter().find(|slide| slide.kind == SlideKind::SpeedUp).unwrap().title;
    assert!(title.contains("it is unsure whether"), "{title}");
}

#[test]
fn one_block_has_no_interval_and_says_so() {
    let slides = all(&synthetic::four_kernels(1));
    let slide = named(&slides, "speed-up-hashing-blake3-chromium");
    assert!(slide.title.contains("unsure") && slide.title.contains("no interval"), "{}", slide.title);
}

#[test]
fn a_break_even_is_the_one_that_the_decision_has() {
    let calls = Scenario::of_calls("200 calls", 200);
    let run = verdicts::run(&[verdicts::JS, verdicts::WASM], vec![calls]);
    let slides = all(&one_job(run));
    let slide = named(&slides, "break-even-job-chromium");
    assert!(slide.title.starts_with("job: wasm takes less time than js from 2"), "{}", slide.title);
    let from = slide.title.split(" js ").last().unwrap();
    assert!(written(slide).iter().any(|text| text == from), "{from} is marked in {:?}", written(slide));
}

#[test]
fn a_placeholder_is_no_winner() {
    let placeholder = ("free-30kB", Kind::StandIn, 25.0 * verdicts::MS, 0.001 * verdicts::MS, 0.0);
    let worth = verdicts::run(&[verdicts::JS, placeholder], vec![Scenario::of_calls("200 calls", 200)]);
    let not = verdicts::run(&[verdicts::JS, placeholder], vec![Scenario::of_calls("5 calls", 5)]);
    let title = |run| named(&all(&one_job(run)), "break-even-job-chromium").title.clone();
    let (worth, not) = (title(worth), title(not));
    assert!(worth.starts_with("job: a port at its best takes less time than js from 2"), "{worth}");
    assert!(not.starts_with("job: a port at its best takes less time than js from 2"), "{not}");
    let both = copied(verdicts::run(&[verdicts::JS, placeholder], vec![Scenario::of_calls("200 calls", 200)]), 2);
    for slide in all(&both) {
        if matches!(slide.kind, SlideKind::Summary | SlideKind::SpeedUp | SlideKind::BreakEven) {
            let written = written(&slide).join(" ");
            assert!(!written.contains("× faster"), "{}: {written}", slide.name);
        }
    }
}

#[test]
fn jobs_and_options_have_the_names_that_people_read() {
    let mut run = synthetic::four_kernels(6);
    for kernel in &mut run.header.kernels {
        kernel.title = Some(format!("Job {}", kernel.domain));
        kernel.inputs.iter_mut().for_each(|input| input.label = Some(format!("input of {} bytes", input.bytes)));
        for (number, contender) in (1..).zip(&mut kernel.contenders) {
            contender.label = Some(format!("Option {number}"));
        }
    }
    let trend = history::invented_trend();
    for slide in selected(&run, Some(&trend), &Selection::default()).slides {
        let words = format!("{} {}", slide.title, written(&slide).join(" "));
        assert!(words.contains("Job ") || slide.kind == SlideKind::Summary, "{}: {words}", slide.name);
        for name in run.header.kernels.iter().flat_map(|kernel| {
            let contenders = kernel.contenders.iter().map(|contender| contender.name.as_str());
            contenders.chain([kernel.name.as_str(), "1MB", "64KB"])
        }) {
            let is_shown = words.split([' ', ',', ':', ';', '(', ')']).any(|word| word == name);
            assert!(!is_shown, "{} shows {name}: {words}", slide.name);
        }
    }
}

#[test]
fn goldens() {
    let slides = every_kind();
    for name in [
        "summary",
        "speed-up-hashing-blake3-chromium",
        "break-even-hashing-blake3-chromium",
        "crossover-hashing-blake3-chromium",
    ] {
        let svg = named(&slides, name).svg(&Palette::light());
        let (before, rest) = svg.split_once("<style>").unwrap();
        let (_, after) = rest.split_once("</style>\n").unwrap();
        golden::check(&format!("tests/golden/slide-{name}.svg"), &format!("{before}{after}"));
    }
}
