//! Runs at the edge of what a run can be: extreme numbers, nothing, failures alone, a single block.

use crossover_reports::chart;
use crossover_reports::export::{Colour, Format, export, terminal};
use crossover_reports::report::Report;
use crossover_reports::run::{Failure, Row, RowOutcome, Run, Stage};

use crate::hostile::{everything, run, samples};
use crate::page;
use crate::scratch::Scratch;
use crate::synthetic;

/// The formats for people.
fn for_people(report: &Report) -> [String; 3] {
    let [markdown, html] = [Format::Markdown, Format::Html].map(|format| export(report, format).unwrap());
    [terminal(report, Colour::Never), markdown, html]
}

/// A run whose samples all take so long, as the text of its file has it.
fn with_times(name: &str, ns: &str) -> Run {
    let header = run(&["js", "wasm", "1MB", "wasm-simd"], |_, _| samples(1.0)).header;
    let mut text = serde_json::to_string(&header).unwrap() + "\n";
    for block in 0..2 {
        for contender in &header.kernels[0].contenders {
            let cell = synthetic::cell(&header.kernels[0].name, "1MB", &contender.name);
            let row = Row { cell, block, conditions: None, outcome: samples(7777.0) };
            text.push_str(&(serde_json::to_string(&row).unwrap().replace("7777.0", ns) + "\n"));
        }
    }
    Scratch::with(name, &text).read().unwrap()
}

#[test]
fn invalid_times_are_missing_in_every_format_and_never_0() {
    for (name, ns) in [("null", "null"), ("zero", "0"), ("negative", "-1"), ("tiny", "1e-12"), ("beyond", "1e16")] {
        let run = with_times(name, ns);
        let report = Report::from_run(&run);
        for text in for_people(&report) {
            let text = page::markup_of(&text);
            assert!(text.contains("samples left out: no time"), "{ns}: {text}");
            assert!(
                text.contains("not measured") && !text.contains("0 ns") && !text.contains("faster ("),
                "{ns}: {text}"
            );
        }
        let csv = export(&report, Format::Csv).unwrap();
        assert!(csv.lines().skip(1).all(|line| line.contains(",chromium,,,,,,,,,,,")), "{csv}");
        assert!(report.cells.iter().all(|cell| cell.call_ns.is_none() && cell.calls_by_block.is_empty()));
        assert!(chart::all(&report).unwrap().is_empty(), "{ns}");
        assert!(everything(&run).iter().all(|text| !text.contains("\"latency\"")), "{ns}");
    }
}

#[test]
fn the_longest_time_has_a_unit_that_people_know() {
    let report = Report::from_run(&with_times("longest", "1e15"));
    for text in for_people(&report) {
        assert!(text.contains("11.6 days") && !text.contains("1000000 s"), "{text}");
    }
}

#[test]
fn extreme_values_make_every_format() {
    for (first, second) in [(0.0, 1.0), (1e-12, 1.0), (1e15, 1e-3), (1e-3, 1e15), (1e15, 1e15), (f64::NAN, 1.0)] {
        let names = ["js", "wasm", "1MB", "wasm-simd"];
        let alternating = |i: usize, block: u32| (i + block as usize).is_multiple_of(2);
        for run in [
            run(&names, |i, block| samples(if alternating(i, block) { first } else { second })),
            run(&names, |i, _| samples(if i == 0 { first } else { second })),
        ] {
            for text in everything(&run) {
                let text = page::markup_of(&text);
                assert!(!text.contains("NaN") && !text.contains("inf "), "{first} {second}: {text}");
            }
            for text in for_people(&Report::from_run(&run)).iter().take(2) {
                let longest = text.split(|c: char| !c.is_ascii_digit()).max_by_key(|digits| digits.len());
                assert!(longest.is_none_or(|digits| digits.len() <= 7), "{longest:?} is too long to be read: {text}");
            }
        }
    }
}

#[test]
fn a_run_without_anything_says_so() {
    let nothing = Run { header: synthetic::header(0), rows: Vec::new(), truncated: true };
    let report = Report::from_run(&nothing);
    for text in for_people(&report) {
        assert!(text.contains("This run measured nothing"), "{text}");
        assert!(text.contains("stopped before its end"), "{text}");
    }
    assert_eq!(export(&report, Format::Csv).unwrap().lines().count(), 1, "the headings");
    assert!(export(&report, Format::Json).unwrap().contains("\"cells\": []"));
    assert!(chart::all(&report).unwrap().is_empty());
}

#[test]
fn a_run_of_failures_says_why() {
    let reason = "no browser was found: </script><!-- <img src=x onerror=alert(1)>";
    let failure = Failure { stage: Stage::Runtime, reason: reason.to_owned() };
    let run = run(&["js", "wasm", "64KB", "other"], |_, _| RowOutcome::Failure(failure.clone()));
    let report = Report::from_run(&run);
    assert_eq!(report.headlines()[0].finding(), "not measured");
    let [terminal, markdown, html] = for_people(&report);
    assert!(terminal.contains("no browser was found: </script>"), "as it is: {terminal}");
    for text in [markdown, html] {
        assert!(text.contains("no browser was found: &lt;/script&gt;&lt;"), "{text}");
        assert!(!text.contains("<!--") && !text.contains("<img"), "{text}");
    }
    for format in [Format::Json, Format::Csv] {
        assert!(export(&report, format).unwrap().contains(reason));
    }
    assert!(chart::all(&report).unwrap().is_empty());
}

#[test]
fn a_run_of_one_block_says_that_it_has_no_interval() {
    let report = Report::from_run(&synthetic::four_kernels(1));
    for text in for_people(&report) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains("no interval") && text.contains("too few browser starts for an interval"), "{text}");
    }
    let ratio =
        chart::all(&report).unwrap().into_iter().find(|(name, _)| name.contains("hashing-blake3-chromium-ratio"));
    assert!(ratio.unwrap().1.contains("no interval"));
    let csv = export(&report, Format::Csv).unwrap();
    let js = csv.lines().find(|line| line.starts_with("hashing-blake3,1MB,js,")).unwrap();
    assert_eq!(js.split(',').skip(7).take(2).collect::<Vec<_>>(), ["", ""], "{js}");
}
