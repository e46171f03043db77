//! Builds of one contender: the front, levels that do not pay, the recommendation, and the text of every format.

use crossover_reports::chart;
use crossover_reports::export::{Colour, Format, export, terminal};
use crossover_reports::report::build_matrix::{BuildMatrix, MatrixRow, Setting, slower, tally};
use crossover_reports::report::{Outcome, Report};
use crossover_reports::run::{self, Kind, Row, Run, Sample, Samples, Variant};

use crate::golden::check;
use crate::synthetic::{self, Noise};

/// One build of an invented matrix.
struct Build {
    opt_level: &'static str,
    wasm_opt: Option<&'static str>,
    simd: bool,
    /// Bytes, brotli.
    size: u64,
    /// Nanoseconds per call.
    call: f64,
    /// Spread between blocks, relative; NaN for a build without samples.
    spread: f64,
}

fn build(opt_level: &'static str, wasm_opt: &'static str, simd: bool, size: u64, call: f64) -> Build {
    Build { opt_level, wasm_opt: Some(wasm_opt), simd, size, call, spread: 0.002 }
}

fn name(build: &Build) -> String {
    let simd = if build.simd { "simd" } else { "scalar" };
    format!("opt-{}{}-{simd}", build.opt_level, build.wasm_opt.unwrap_or("-none"))
}

/// A run of these builds; the manifest's takes a millisecond.
fn run(builds: &[Build], noise: &mut Noise) -> Run {
    let blocks = 6;
    let mut run = synthetic::build_matrix(0);
    run.header.schedule.looks = vec![blocks];
    let kernel = &mut run.header.kernels[0];
    kernel.contenders = vec![synthetic::contender("wasm", Kind::Wasm)];
    for build in builds {
        let variant = Variant {
            opt_level: build.opt_level.to_owned(),
            wasm_opt: build.wasm_opt.map(str::to_owned),
            simd: build.simd,
            cargo_profile: "release".to_owned(),
            features: Vec::new(),
            target_features: if build.simd { vec!["simd128".to_owned()] } else { Vec::new() },
        };
        kernel.contenders.push(run::Contender {
            size_bytes: Some(run::Size { raw: build.size * 3, gzip: build.size * 2, brotli: build.size }),
            variant: Some(variant),
            files_sha256: None,
            imports: Vec::new(),
            ..synthetic::contender(&name(build), Kind::Wasm)
        });
    }
    let manifest = Build { spread: 0.002, ..self::build("", "", false, 0, 1e6) };
    for block in 0..blocks {
        for (build, contender) in std::iter::once(&manifest).chain(builds).zip(&kernel.contenders) {
            if build.spread.is_nan() {
                continue;
            }
            let level = build.call * (build.spread * noise.gaussian()).exp();
            let sample = |round| Sample { round, calls: 5, ns: 5.0 * level };
            let samples = Samples { call: (0..10).map(sample).collect(), ..Samples::default() };
            let cell = synthetic::cell(&kernel.name, "1MB", &contender.name);
            let outcome = run::RowOutcome::Samples(Box::new(samples));
            run.rows.push(Row { cell, block, conditions: None, outcome });
        }
    }
    run
}

fn matrix(builds: &[Build]) -> BuildMatrix {
    let mut matrices = Report::from_run(&run(builds, &mut Noise(5))).build_matrices;
    assert_eq!(matrices.len(), 1);
    matrices.remove(0)
}

fn on_front(matrix: &BuildMatrix) -> Vec<&str> {
    matrix.variants.iter().filter(|row| row.on_front).map(|row| row.contender.as_str()).collect()
}

fn recommended(matrix: &BuildMatrix) -> &str {
    &matrix.advice.as_ref().unwrap().recommended.contender
}

#[test]
fn a_larger_build_that_is_certainly_not_faster_is_off_the_front() {
    let matrix = matrix(&[
        build("3", "-O2", true, 12_000, 0.50e6),
        build("3", "-O3", true, 12_500, 0.54e6),
        build("3", "-Oz", true, 11_000, 0.55e6),
        build("s", "-O2", true, 10_000, 0.70e6),
        build("s", "-O3", true, 10_100, 0.701e6),
        build("s", "-Oz", true, 10_000, 0.80e6),
    ]);
    assert_eq!(on_front(&matrix), ["opt-3-O2-simd", "opt-3-Oz-simd", "opt-s-O2-simd"]);
}

#[test]
fn a_build_that_may_be_faster_stays_on_the_front() {
    let noisy = Build { spread: 0.1, ..build("3", "-O3", true, 13_000, 0.51e6) };
    let matrix = matrix(&[build("3", "-O2", true, 12_000, 0.50e6), noisy]);
    assert_eq!(on_front(&matrix), ["opt-3-O2-simd", "opt-3-O3-simd"]);
    assert_eq!(matrix.higher_levels[0].comparison.outcome, Outcome::Unsure);
}

#[test]
fn two_alike_are_both_on_the_front() {
    let matrix = matrix(&[build("3", "-O2", false, 9_000, 1e6), build("3", "-O3", false, 9_000, 1e6)]);
    assert_eq!(on_front(&matrix).len(), 2);
    assert_eq!(matrix.variants.iter().filter(|row| row.comparison.outcome == Outcome::Same).count(), 2);
}

#[test]
fn a_higher_level_that_is_slower_is_named_with_its_interval() {
    let matrix = matrix(&[
        build("3", "-O2", false, 9_000, 1.0e6),
        build("3", "-O3", false, 9_100, 1.08e6),
        build("s", "-O2", false, 8_000, 1.0e6),
        build("3", "-O2", true, 9_500, 0.5e6),
    ]);
    let pairs: Vec<_> = matrix
        .higher_levels
        .iter()
        .map(|pair| (pair.setting, &*pair.comparison.baseline, &*pair.comparison.candidate, pair.comparison.outcome))
        .collect();
    assert_eq!(
        pairs,
        [
            (Setting::OptLevel, "opt-s-O2-scalar", "opt-3-O2-scalar", Outcome::Same),
            (Setting::WasmOpt, "opt-3-O2-scalar", "opt-3-O3-scalar", Outcome::Slower),
            (Setting::Simd, "opt-3-O2-scalar", "opt-3-O2-simd", Outcome::Faster),
        ]
    );
    let [sentence] = &slower(&matrix)[..] else { panic!("one pair is slower") };
    assert!(sentence.starts_with("wasm-opt -O3 is ×1.08 slower (×1.0"), "{sentence}");
    assert!(sentence.ends_with(") than wasm-opt -O2 with opt-level 3, scalar."), "{sentence}");
    assert!(tally(&matrix).unwrap().contains("faster in 1, the same in 1, slower in 1, and in 0 it is unsure"));
}

#[test]
fn of_those_as_fast_the_smallest_is_recommended() {
    let matrix = matrix(&[
        build("3", "-O3", true, 12_000, 0.500e6),
        build("3", "-Oz", true, 11_000, 0.501e6),
        build("s", "-O3", true, 9_000, 0.520e6),
        build("s", "-Oz", true, 8_000, 0.700e6),
    ]);
    let advice = matrix.advice.as_ref().unwrap();
    assert_eq!(advice.recommended.contender, "opt-3-Oz-simd");
    assert_eq!(advice.recommended.cargo_toml, "[profile.release]\nopt-level = 3\n");
    let kernel_toml = "[contender.wasm]\ntarget-features = [\"simd128\"]\nwasm-opt = \"-Oz\"\n";
    assert_eq!(advice.recommended.kernel_toml, kernel_toml);
    let smaller = advice.smaller.as_ref().unwrap();
    assert_eq!(smaller.contender, "opt-s-O3-simd");
    assert_eq!(smaller.cargo_toml, "[profile.release]\nopt-level = \"s\"\n");
    assert!(smaller.reason.contains("9.00 kB instead of 11.0 kB") && smaller.reason.contains("slower"), "{smaller:?}");
}

#[test]
fn speed_that_is_certainly_given_up_is_not_recommended() {
    let matrix = matrix(&[build("3", "-O3", true, 12_000, 0.5e6), build("s", "-Oz", true, 6_000, 0.6e6)]);
    assert_eq!(recommended(&matrix), "opt-3-O3-simd");
    let advice = matrix.advice.as_ref().unwrap();
    assert_eq!(advice.smaller, None);
    assert_eq!(advice.recommended.reason, "opt-level 3, wasm-opt -O3, SIMD is certainly the fastest.");
}

#[test]
fn what_is_not_known_well_enough_is_not_recommended_for_its_size() {
    let noisy = Build { spread: 0.1, ..build("s", "-Oz", true, 6_000, 0.51e6) };
    let matrix = matrix(&[build("3", "-O3", true, 12_000, 0.5e6), noisy]);
    let reason = &matrix.advice.as_ref().unwrap().recommended.reason;
    // Either of the two may have come out ahead.
    assert!(reason.contains("the fastest so far. Another one is not known well enough to decide"), "{reason}");
}

#[test]
fn what_was_not_measured_is_a_row_and_neither_on_the_front_nor_recommended() {
    let unmeasured = |opt_level| Build { spread: f64::NAN, ..build(opt_level, "-Oz", true, 1_000, 0.1e6) };
    let matrix = matrix(&[build("3", "-O3", true, 12_000, 0.5e6), unmeasured("s")]);
    let MatrixRow { call_ns, comparison, on_front: is_on_front, failure, .. } = &matrix.variants[1];
    assert_eq!((call_ns, comparison.ratio, is_on_front), (&None, None, &false));
    assert!(failure.as_ref().unwrap().starts_with("the run ended before this was measured"), "{failure:?}");
    assert_eq!((on_front(&matrix), recommended(&matrix)), (vec!["opt-3-O3-simd"], "opt-3-O3-simd"));
    let nothing = self::matrix(&[unmeasured("s"), unmeasured("3")]);
    assert_eq!((nothing.advice, nothing.variants.len()), (None, 2));
}

#[test]
fn identical_builds_are_seldom_called_different_in_any_row_or_pair() {
    let mut noise = Noise(41);
    let (mut different, matrices) = (0, 200);
    for _ in 0..matrices {
        let builds: Vec<Build> = [false, true]
            .into_iter()
            .flat_map(|simd| ["3", "s"].map(|level| (simd, level)))
            .flat_map(|(simd, level)| ["-O2", "-O3", "-Oz"].map(|opt| build(level, opt, simd, 9_000, 1e6)))
            .map(|build| Build { spread: 0.03, ..build })
            .collect();
        let matrix = Report::from_run(&run(&builds, &mut noise)).build_matrices.remove(0);
        let is_different = |outcome| matches!(outcome, Outcome::Faster | Outcome::Slower);
        let rows = matrix.variants.iter().map(|row| row.comparison.outcome).any(is_different);
        let pairs = matrix.higher_levels.iter().map(|pair| pair.comparison.outcome).any(is_different);
        // Each of the two tables may err in 5 % of matrices.
        different += u32::from(rows) + u32::from(pairs);
    }
    assert!(f64::from(different) <= 0.058 * 2.0 * f64::from(matrices), "{different} tables of {}", 2 * matrices);
}

#[test]
fn a_kernel_of_builds_is_no_contest_of_javascript_and_wasm() {
    let report = Report::from_run(&synthetic::build_matrix(6));
    assert!(report.headlines().is_empty() && !report.is_empty());
    assert!(Report::from_run(&synthetic::four_kernels(1)).build_matrices.is_empty());
}

#[test]
fn more_variants_than_there_are_levels_are_no_matrix() {
    let builds: Vec<Build> = (0..129).map(|_| build("3", "-O3", true, 9_000, 1e6)).collect();
    assert!(Report::from_run(&run(&builds, &mut Noise(1))).build_matrices.is_empty());
}

#[test]
fn formats() {
    let report = Report::from_run(&synthetic::build_matrix(6));
    check("tests/golden/build-matrix.txt", &terminal(&report, Colour::Never));
    check("tests/golden/build-matrix.md", &export(&report, Format::Markdown).unwrap());
    let charts = chart::all(&report).unwrap();
    let [(name, svg)] = &charts[..] else { panic!("one chart: {}", charts.len()) };
    check(&format!("tests/golden/{name}"), svg);
    let html = export(&report, Format::Html).unwrap();
    for part in
        ["Which build of wasm in hashing-blake3?", "Recommended", "parse exception", "pairs that differ in one setting"]
    {
        assert!(html.contains(part), "no `{part}`");
    }
}

#[test]
fn hostile_names_and_figures_break_no_format() {
    const NAME: &str = "<img src=x>`|\"\\\u{1b}[2J\n</code>";
    let mut run = synthetic::build_matrix(2);
    let kernel = &mut run.header.kernels[0];
    (kernel.contenders[0].name, kernel.baseline) = (NAME.to_owned(), NAME.to_owned());
    for contender in &mut kernel.contenders[1..4] {
        let name = NAME.to_owned();
        let Variant { opt_level, wasm_opt, cargo_profile, features, target_features, .. } =
            contender.variant.as_mut().unwrap();
        (*opt_level, *wasm_opt, *cargo_profile) = (name.clone(), Some(name.clone()), name.clone());
        (*features, *target_features) = (vec![name.clone()], vec![name]);
        contender.size_bytes = Some(run::Size { raw: u64::MAX, gzip: 0, brotli: u64::MAX });
    }
    for row in &mut run.rows {
        if row.cell.contender == "wasm" {
            row.cell.contender = NAME.to_owned();
        }
    }
    let report = Report::from_run(&run);
    let markup = [Format::Html, Format::Markdown].map(|format| export(&report, format).unwrap());
    let svgs = chart::all(&report).unwrap().into_iter().map(|(_, svg)| svg);
    let markup: Vec<String> = markup.into_iter().chain(svgs).collect();
    for text in &markup {
        assert!(!text.contains("<img") && !text.contains("</code>`"), "{text}");
    }
    for text in markup.iter().chain([&terminal(&report, Colour::Never)]) {
        assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text}");
        // What is packed may have any letters.
        let mut parts = text.split(['"', '=', '>', ',']).filter(|part| !part.starts_with("H4sI"));
        assert!(parts.all(|part| !part.contains("NaN") && !part.contains("inf ")), "{text}");
    }
}
