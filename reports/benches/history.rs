//! A history of 10 000 runs of 20 cells: how long adding one more takes, how long its trend, and how large its file is.
//!
//! `cargo bench -p crossover-reports --bench history`. It panics if a limit is exceeded.
#![allow(clippy::unwrap_used, reason = "a benchmark may panic")]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use crossover_reports::history::{Entry, Filter, History, Key, SeriesFigure, Trend, followed};

const RUNS: u32 = 10_000;
const MOST_BYTES: u64 = 200_000_000;
const LONGEST_ADD: Duration = Duration::from_millis(50);
const LONGEST_TREND: Duration = Duration::from_secs(2);

fn history(criterion: &mut Criterion) {
    let file = Scratch::new();
    let mut noise = Noise(7);
    let began = Instant::now();
    let mut history = History::create(&file.0).unwrap();
    for run in 0..RUNS {
        history.add(&entry(run, &mut noise)).unwrap();
    }
    let bytes = std::fs::metadata(&file.0).unwrap().len();
    let each = began.elapsed() / RUNS;
    println!("{RUNS} runs: {:.1} MB, each added in {each:.1?}", bytes as f64 / 1e6);
    drop(history);

    let began = Instant::now();
    History::create(&file.0).unwrap().add(&entry(RUNS, &mut noise)).unwrap();
    let add = began.elapsed();
    let began = Instant::now();
    let trend = trend(&file.0);
    let took = began.elapsed();
    let (changes, series) = (trend.changes().len(), trend.series.len());
    println!("opening and adding one: {add:.1?}; trend: {took:.2?}, {changes} changes in {series} series");
    assert!(bytes < MOST_BYTES, "the file is too large");
    assert!(add < LONGEST_ADD, "adding takes too long");
    assert!(took < LONGEST_TREND, "the trend takes too long");

    let mut group = criterion.benchmark_group("history");
    group.sample_size(10);
    let mut run = RUNS;
    group.bench_function("open and add one", |bencher| {
        bencher.iter(|| {
            run += 1;
            History::create(&file.0).unwrap().add(&entry(run, &mut noise)).unwrap()
        });
    });
    group.bench_function("open and trend", |bencher| bencher.iter(|| self::trend(&file.0)));
    group.finish();
}

fn trend(file: &Path) -> Trend {
    Trend::of(&History::open(file).unwrap().read(&Filter::default()).unwrap())
}

/// Two kernels on two inputs with five contenders, all five metrics of each cell and its size. Every contender has a step
/// of 5 % in each two thousand runs.
fn entry(run: u32, noise: &mut Noise) -> Entry {
    let mut figures = Vec::new();
    for kernel in ["hashing-blake3", "image-thumbnail"] {
        for (number, contender) in (0..).zip(["js", "js-tuned", "wasm", "wasm-simd", "platform"]) {
            for input in ["64KB", "1MB"] {
                for metric in followed() {
                    let is_size = metric.is_exact();
                    if is_size && input == "1MB" {
                        continue;
                    }
                    let compared = metric.is_followed_as_ratio() && contender != "js";
                    let text = |text: &str| (!is_size).then(|| text.to_owned());
                    let key = Key {
                        kernel: kernel.to_owned(),
                        runtime: text("chromium"),
                        emulation: None,
                        machine: "Debian GNU/Linux 12, x86_64, AMD EPYC 7B13, 2 cores, 8 GiB".to_owned(),
                        metric,
                        input: text(input),
                        input_sha256: text("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
                        contender: contender.to_owned(),
                        baseline: compared.then(|| "js".to_owned()),
                    };
                    let level = 1.05_f64.powi(((run + 400 * number) / 2000) as i32 % 2);
                    let ratio = 0.4 * level * (0.015 * noise.gaussian()).exp();
                    let figure = if is_size { 12_000.0 + f64::from(run / 500) } else { 1e6 * ratio };
                    let ratio = compared.then_some((ratio, Some([ratio * 0.99, ratio * 1.01])));
                    figures.push(SeriesFigure { key, figure, ratio });
                }
            }
        }
    }
    Entry {
        id: format!("{}-{run:04x}", 1_772_357_400 + run * 3600),
        // Hourly, in months of 28 days.
        started_at: format!(
            "{}-{:02}-{:02}T{:02}:00:00Z",
            2026 + run / 8064,
            run / 672 % 12 + 1,
            run / 24 % 28 + 1,
            run % 24
        ),
        revision: Some(format!("{:040x}", u128::from(run) * 0x9e37_79b9_7f4a_7c15_f39c)),
        software: vec![
            ("crossover".to_owned(), "0.1.0".to_owned()),
            ("chromium".to_owned(), format!("{}.0.7499.40", 140 + run / 1000)),
            ("rustc".to_owned(), "rustc 1.96.0".to_owned()),
        ],
        figures,
    }
}

/// A file that is removed at the end.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Self {
        Self(std::env::temp_dir().join(format!("crossover-bench-{}.sqlite", std::process::id())))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// SplitMix64 and Box–Muller.
struct Noise(u64);

impl Noise {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (((z ^ (z >> 31)) >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    fn gaussian(&mut self) -> f64 {
        let (u, v) = (self.uniform(), self.uniform());
        (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos()
    }
}

criterion_group!(benches, history);
criterion_main!(benches);
