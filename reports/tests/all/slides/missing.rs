//! Slides that cannot be drawn, and the reasons.

use crossover_reports::chart::slide::{Deck, LeftOut, Only, Selection, SlideKind, deck};
use crossover_reports::report::Report;
use crossover_reports::run::{Failure, RowOutcome, Run, Stage};

use super::{selected, telling};
use crate::{boundary, hostile, synthetic};

fn reasons(left_out: &[LeftOut]) -> Vec<String> {
    left_out.iter().map(ToString::to_string).collect()
}

#[test]
fn what_was_not_measured_has_no_slide_and_a_reason() {
    let nothing = Run { header: synthetic::header(0), rows: Vec::new(), truncated: false };
    let Deck { slides, left_out, .. } = selected(&nothing, None, &Selection::default());
    let left_out = reasons(&left_out);
    assert!(slides.is_empty() && left_out.iter().any(|why| why.starts_with("summary: ")), "{left_out:?}");

    let failure = Failure { stage: Stage::Runtime, reason: "no browser was found".to_owned() };
    let failed = hostile::run(&["js", "wasm", "64KB", "other"], |_, _| RowOutcome::Failure(failure.clone()));
    let Deck { slides, left_out, .. } = selected(&failed, None, &Selection::default());
    assert!(slides.is_empty(), "{slides:?}");
    let left_out = reasons(&left_out);
    for why in ["summary: ", "speed-up of js in Chromium: ", "no browser was found"] {
        assert!(left_out.iter().any(|left_out| left_out.contains(why)), "no `{why}` in {left_out:?}");
    }
    assert!(!left_out.iter().any(|why| why.contains("trend")), "a history was not asked for: {left_out:?}");
    let Deck { slides, left_out, more } = telling(&failed);
    assert!(slides.is_empty() && more == 0 && !left_out.is_empty(), "a deck that is empty says why");
}

#[test]
fn what_has_no_slides_says_so() {
    let only = |run: &Run, name: &str| {
        let report = Report::from_run(run);
        let only = Only::named(&[name.to_owned()], &report).unwrap();
        let Deck { slides, left_out, .. } = deck(&report, None, &Selection { only, ..Selection::default() }).unwrap();
        assert!(slides.is_empty(), "{slides:?}");
        reasons(&left_out).join("; ")
    };
    let boundary = boundary::run("string-ascii", 4, boundary::usual);
    assert_eq!(only(&boundary, "speed-up"), "speed-up: no selected job has any");
    assert_eq!(only(&boundary, "trend"), "trend: a trend needs a history; name its file with --history FILE");
    let builds = synthetic::build_matrix(3);
    assert!(only(&builds, "summary").contains("a build matrix has no slides"));
}

#[test]
fn slides_that_are_missing_for_one_reason_are_one_line() {
    let missing = |kind, of: &str, why: &str| LeftOut { kind, of: of.to_owned(), why: why.to_owned(), others: 0 };
    let size = "it has no size";
    let all = [
        missing(SlideKind::Size, "a", size),
        missing(SlideKind::Trend, "", "there is no history"),
        missing(SlideKind::Size, "b", size),
        missing(SlideKind::Boundary, "a", size),
        missing(SlideKind::Boundary, "b", size),
        missing(SlideKind::Boundary, "c", size),
    ];
    assert_eq!(
        reasons(&LeftOut::grouped(&all)),
        [
            "size of a and 1 other: it has no size",
            "trend: there is no history",
            "boundary of a and 2 others: it has no size"
        ]
    );
}
