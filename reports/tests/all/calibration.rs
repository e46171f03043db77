//! Counting by example, the file's form, and what later runs quote.

use crossover_reports::calibration::{Calibration, CalibrationSetup, KnownComparison, SCHEMA, Tally};
use crossover_reports::export::{Colour, Format, export, terminal};
use crossover_reports::report::{Outcome, Report};
use crossover_reports::run::{Kind, Machine, Runtime, Stratum};

use crate::golden::{check, rounded};
use crate::synthetic;

fn setting() -> CalibrationSetup {
    let mut header = synthetic::header(10);
    header.schedule.looks.insert(0, 6);
    CalibrationSetup {
        tool_version: header.tool_version,
        started_at: header.started_at,
        seed: header.seed,
        schedule: header.schedule,
        machine: header.machine,
        stratum: header.strata.remove(0),
    }
}

/// A comparison whose interval reaches 1 % to both sides.
fn compared(session: u32, kind: Kind, percent: u32, ratio: f64, outcome: Outcome) -> KnownComparison {
    KnownComparison {
        session,
        seed: 7,
        kind,
        percent,
        ratio,
        ci: Some([ratio / 1.01, ratio * 1.01]),
        blocks: 6,
        outcome,
    }
}

fn calibration() -> Calibration {
    use Outcome::{Faster, Same, Slower, Unsure};
    let mut calibration = Calibration::new(setting());
    calibration.add([
        compared(1, Kind::Js, 0, 0.998, Same),
        compared(1, Kind::Js, 2, 1.019, Slower),
        compared(1, Kind::Js, 5, 1.052, Slower),
        compared(1, Kind::Js, 10, 1.098, Slower),
        compared(1, Kind::Wasm, 0, 1.03, Slower),
        compared(1, Kind::Wasm, 2, 1.008, Unsure),
        compared(1, Kind::Wasm, 5, 0.97, Faster),
        compared(1, Kind::Wasm, 10, 1.101, Slower),
    ]);
    calibration.add([compared(2, Kind::Js, 0, 0.96, Faster), compared(2, Kind::Wasm, 0, 0.999, Same)]);
    calibration
}

#[test]
fn every_comparison_is_counted_once_and_in_its_kind() {
    let Calibration { all, by_kind, sessions, .. } = calibration();
    assert_eq!(sessions, 2);
    let aa = |tally: &Tally| (tally.aa.comparisons, tally.aa.different, tally.aa.faster, tally.aa.slower);
    assert_eq!((aa(&all), aa(&by_kind.js), aa(&by_kind.wasm)), ((4, 2, 1, 1), (2, 1, 1, 0), (2, 1, 0, 1)));
    assert_eq!((all.aa.below_1, all.aa.above_1, all.aa.covered), (3, 1, 2));
    let injected: Vec<_> =
        all.injected.iter().map(|one| (one.percent, one.comparisons, one.detected, one.wrong_sign)).collect();
    assert_eq!(injected, [(2, 2, 1, 0), (5, 2, 1, 1), (10, 2, 2, 0)]);
    assert_eq!(all.injected.iter().map(|one| one.covered).collect::<Vec<_>>(), [1, 1, 2]);
}

#[test]
fn nothing_measured_has_no_figures() {
    let none = Calibration::new(setting());
    assert_eq!(none.all.smallest_difference_percent, None);
    assert_eq!(none.all.aa.different_rate_ci, None);
    assert_eq!(none.all.injected.len(), 3);
    assert_eq!(none.quote(), None);
    assert!(none.summary().contains("0 sessions"));
}

#[test]
fn a_comparison_without_an_interval_is_counted_and_has_no_spread() {
    let mut calibration = Calibration::new(setting());
    calibration.add([KnownComparison { ci: None, blocks: 1, ..compared(1, Kind::Js, 0, 1.0, Outcome::Unsure) }]);
    assert_eq!((calibration.all.aa.comparisons, calibration.all.aa.covered), (1, 0));
    assert_eq!(calibration.all.smallest_difference_percent, None);
}

#[test]
fn only_the_same_machine_and_browser_are_spoken_for() {
    let calibration = calibration();
    let CalibrationSetup { machine, stratum, .. } = setting();
    assert!(calibration.is_of(&Machine { memory_bytes: Some(1), ..machine.clone() }, &stratum));
    assert!(!calibration.is_of(&Machine { cores: 4, ..machine.clone() }, &stratum));
    assert!(
        !calibration
            .is_of(&machine, &Stratum { runtime: Runtime { version: "144".to_owned(), ..stratum.runtime }, ..stratum })
    );
}

#[test]
fn what_is_saved_is_read_back_and_anything_else_is_refused() {
    let folder = std::env::temp_dir().join(format!("crossover-calibration-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("calibration.json");
    assert_eq!(Calibration::read(&file).unwrap(), None);
    calibration().save(&file).unwrap();
    assert_eq!(Calibration::read(&file).unwrap(), Some(calibration()));
    let other = calibration().json().unwrap().replace(SCHEMA, "crossover/calibration/9");
    for (text, message) in [(other.as_str(), "crossover/calibration/9"), ("{", "EOF")] {
        std::fs::write(&file, text).unwrap();
        let error = Calibration::read(&file).unwrap_err().to_string();
        assert!(error.contains("calibration.json") && error.contains(message), "{error}");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn the_table_and_the_file_are_as_published() {
    check("tests/golden/calibration.txt", &calibration().summary());
    check("tests/golden/calibration.json", &rounded(&calibration().json().unwrap()));
}

#[test]
fn a_report_quotes_it_in_every_format() {
    let mut run = synthetic::four_kernels(6);
    run.header.calibration = calibration().quote();
    let report = Report::from_run(&run);
    let sentence = "calibration found 2 false differences in 4 comparisons of code with itself";
    for format in [Format::Html, Format::Markdown] {
        assert!(export(&report, format).unwrap().contains(sentence), "{}", format.name());
    }
    // Lines are broken in a terminal.
    let text = terminal(&report, Colour::Never).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains(sentence), "{text}");
    let json: serde_json::Value = serde_json::from_str(&export(&report, Format::Json).unwrap()).unwrap();
    assert_eq!(json["run"]["calibration"]["different"], 2);
}
