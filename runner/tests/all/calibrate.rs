//! `crossover calibrate` as a user meets it: what it prints, saves, keeps when interrupted, and what later runs quote.
use crate::common;
use std::fs;
use std::path::Path;

use crate::common::{Suite, crossover, rows};
use serde_json::Value;

fn read(file: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

#[cfg(unix)]
#[test]
fn an_interrupt_keeps_every_finished_repetition_resume_goes_on_and_a_later_run_quotes_the_figures() {
    let suite = Suite::new();
    let folder = "target/crossover/calibration";
    let file = suite.path().join(folder).join("calibration.json");
    let arguments =
        |count| ["calibrate", "--preset", "quick", "--seed", "3", "--json", "--out", folder, "--comparisons", count];
    let mut child = common::start(&arguments("1000"), suite.path());
    // The file has one line per field, and is written after the first repetition.
    common::wait_for_rows(&file, 10, std::time::Duration::from_secs(900));
    common::interrupt(child.id());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    let saved = read(&file);
    let repetitions = saved["sessions"].as_u64().unwrap();
    assert!(repetitions >= 1);
    // One in JavaScript and one in Wasm.
    assert_eq!(saved["aa"]["comparisons"], 2 * repetitions);

    let one_more = 2 * (repetitions + 1);
    let output = crossover(&["calibrate", "--preset", "quick", "--out", folder, "--resume"], suite.path());
    assert_eq!(output.code, 2, "{}", output.stderr);
    assert!(output.stderr.contains("calibration.json: was made with another seed"), "{}", output.stderr);
    assert_eq!(read(&file), saved);
    let count = one_more.to_string();
    let output = crossover(&[&arguments(&count)[..], &["--resume"]].concat(), suite.path());
    assert_eq!(output.code, 0, "{}", output.stderr);
    let printed: Value = serde_json::from_str(&output.stdout).expect("JSON and nothing else on stdout");
    assert_eq!(printed, read(&file));
    let [before, after] = [&saved, &printed].map(|found| found["comparisons"].as_array().unwrap());
    assert!(after.starts_with(before), "{after:?}");

    assert_eq!(printed["schema"], "crossover/calibration/2");
    assert_eq!((&printed["preset"], &printed["seed"]), (&"quick".into(), &3.into()));
    assert_eq!(printed["sessions"], repetitions + 1);
    assert!(printed["aa"]["different"].is_u64());
    let injected = printed["injected"].as_array().unwrap();
    assert_eq!(injected.iter().map(|one| one["percent"].as_u64().unwrap()).collect::<Vec<_>>(), [2, 5, 10]);
    for one in injected.iter().chain([&printed["aa"]]) {
        assert_eq!(one["comparisons"], one_more);
    }
    assert!(injected.iter().all(|one| one["detected"].is_u64() && one["wrong_sign"].is_u64()), "{injected:?}");
    assert!(printed["smallest_difference_percent"].as_f64().unwrap() >= 1.0);
    for kind in ["js", "wasm"] {
        assert_eq!(printed["by_kind"][kind]["aa"]["comparisons"], repetitions + 1, "{kind}");
    }
    assert_eq!(after.len() as u64, one_more * 4);
    assert!(after.iter().all(|one| one["blocks"] == 6 && one["ci"].is_array()), "{after:?}");
    assert!(printed["stratum"]["runtime"]["version"].is_string() && printed["machine"]["cpu"].is_string());

    let output = crossover(&["run", "sum", "--preset", "quick", "--out", "out", "-q"], suite.path());
    assert_eq!(output.code, 0, "{}", output.stderr);
    assert!(output.stdout.contains("On this machine and browser, calibration found"), "{}", output.stdout);
    let header = &rows(&suite.path().join("out/run.jsonl"))[0];
    assert_eq!(header["calibration"]["comparisons"], one_more);
}

#[test]
fn wrong_usage_is_refused_before_anything_is_measured() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    let cases: [(&[&str], &str); 5] = [
        (&["--comparisons", "0"], "--comparisons"),
        (&["--comparisons", "many"], "--comparisons"),
        (&["--preset", "fast"], "[possible values: quick, standard, thorough]"),
        (&["hashing-blake3"], "unexpected argument"),
        (&["--out", "file/below"], "name another one with --out"),
    ];
    for (arguments, message) in cases {
        let output = crossover(&[&["calibrate"], arguments].concat(), folder.path());
        assert_eq!(output.code, 2, "{arguments:?}: {}", output.stderr);
        assert!(output.stderr.contains(message), "no `{message}` in: {}", output.stderr);
    }
}

#[test]
fn a_browser_that_is_not_there_is_an_environment_that_is_not_able() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["calibrate", "--browser-path", "/no/such/browser", "--no-setup", "--out", "."];
    let output = crossover(&arguments, folder.path());
    assert_eq!(output.code, 3, "{}", output.stderr);
}

#[test]
fn the_suite_of_known_differences_is_no_part_of_the_repositorys_own() {
    let output = crossover(&["list"], &common::root());
    assert_eq!(output.code, 0, "{}", output.stderr);
    assert!(!output.stdout.contains("calibration"), "{}", output.stdout);
}
