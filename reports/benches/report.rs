//! A report of 40 kernels, 5 contenders, 3 browsers and 20 blocks: how long its page takes to make, and how large it is.
//!
//! `cargo bench -p crossover-reports --bench report`. It panics if a limit is exceeded.
#![allow(clippy::unwrap_used, reason = "a benchmark may panic")]

use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use crossover_reports::export::{Format, export};
use crossover_reports::report::Report;
use crossover_reports::run::Run;

#[path = "../tests/all/synthetic/mod.rs"]
#[allow(dead_code, unused_imports, reason = "the tests use the rest of it")]
mod synthetic;

const MOST_BYTES: usize = 3_000_000;
const LONGEST: Duration = Duration::from_secs(2);

fn report(criterion: &mut Criterion) {
    let run = synthetic::large(40, 3, 20);
    let began = Instant::now();
    let report = Report::from_run(&run);
    let figures = began.elapsed();
    let page = export(&report, Format::Html).unwrap();
    let took = began.elapsed();
    println!("{:.2} MB, made in {took:.2?}, of which {figures:.2?} for the figures", page.len() as f64 / 1e6);
    if let Some(file) = std::env::var_os("CROSSOVER_BENCH_PAGE") {
        std::fs::write(file, &page).unwrap();
    }
    assert!(page.len() < MOST_BYTES, "the page is too large");
    assert!(took < LONGEST, "the page takes too long");

    let mut group = criterion.benchmark_group("report");
    group.sample_size(10);
    group.bench_function("a page of 120 sections", |bencher| bencher.iter(|| self::page(&run)));
    group.finish();
}

fn page(run: &Run) -> String {
    export(&Report::from_run(run), Format::Html).unwrap()
}

criterion_group!(benches, report);
criterion_main!(benches);
