//! The whole chain in a real Chromium: two kernels measured, and the report opened as a reader opens it.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "all/common/mod.rs"]
mod common;

use std::path::Path;

use common::browser::{ask, browser, launch};
use common::{Output, crossover, root, rows_that_count};
use playwright_rs::{BrowserContextOptions, Page, Viewport};
use serde_json::Value;

const KERNELS: [&str; 2] = ["hashing-blake3", "inference-classifier"];

#[test]
fn two_kernels_go_through_the_whole_chain_and_the_report_shows_them() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_string_lossy().into_owned();
    // Without the peers: large ones take minutes to compress, and not every browser has what they need.
    let own = ["--contender", "js*", "--contender", "wasm*"];
    let run = ["run", KERNELS[0], KERNELS[1], "--preset", "quick", "--verbose", "--out", &out];
    let output = crossover(&[&run[..], &own].concat(), &root());
    assert_eq!(output.code, 0, "{}\n{}", output.stdout, output.stderr);
    the_summary_names_every_contender(&output);
    the_results_file_holds_every_block(&folder.path().join("run.jsonl"));
    the_json_report_is_complete(folder.path());
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(the_page_is_as_a_reader_wants_it(&folder.path().join("report.html")));
}

fn the_summary_names_every_contender(output: &Output) {
    for word in ["BLAKE3 hash", "Which language", "hand-tuned JS", "Rust + SIMD", "vs. hand-tuned JS", "faster", "ms"] {
        assert!(output.stdout.contains(word), "no `{word}` in:\n{}", output.stdout);
    }
}

fn the_results_file_holds_every_block(run: &Path) {
    let rows = rows_that_count(run);
    assert_eq!(rows[0]["schema"], "crossover/run/2");
    assert!(rows[0]["strata"][0]["cross_origin_isolated"].as_bool().unwrap());
    // 6 blocks of 4 contenders each.
    assert_eq!(rows.len(), 1 + 6 * (4 + 4));
    for row in &rows[1..] {
        let samples = &row["samples"];
        assert!(samples["call"].as_array().is_some_and(|call| call.len() >= 3), "{row}");
        for cold in samples["cold_start"].as_array().unwrap() {
            let total = cold["total_ns"].as_f64().unwrap();
            let phases: Vec<f64> = ["fetch", "compile", "instantiate", "evaluate", "setup", "first_call"]
                .into_iter()
                .filter_map(|phase| cold[phase].as_f64())
                .collect();
            assert!(phases.iter().all(|ns| *ns >= 0.0), "{cold}");
            let sum: f64 = phases.iter().sum();
            assert!((sum / total - 1.0).abs() < 0.05, "the phases of {cold} add up to {sum}");
        }
    }
}

fn the_json_report_is_complete(folder: &Path) {
    let output = crossover(&["report", "run.jsonl", "--format", "json"], folder);
    let report: Value = serde_json::from_str(&output.stdout).unwrap();
    for cell in report["cells"].as_array().unwrap() {
        let is_wasm = cell["kind"] == "wasm";
        assert!(cell["call_ns"]["median"].as_f64().unwrap() > 0.0, "{cell}");
        assert!(cell["size_bytes"]["brotli"].as_u64().unwrap() > 0, "{cell}");
        assert!(cell["cold_start_ns"]["median"].as_f64().unwrap() > 0.0, "{cell}");
        assert_eq!(cell["boundary_ns"].is_object(), is_wasm, "{cell}");
        assert_eq!(cell["memory_bytes"]["linear_peak"].is_u64(), is_wasm, "{cell}");
        assert!(cell["memory_bytes"]["js_heap"].is_i64(), "{cell}");
    }
    let of = |candidate: &str, baseline: &str| {
        let comparisons = report["comparisons"].as_array().unwrap();
        let found = comparisons.iter().find(|row| {
            row["kernel"] == KERNELS[0]
                && row["metric"] == "call_ns"
                && row["candidate"] == candidate
                && row["baseline"] == baseline
        });
        found.unwrap_or_else(|| panic!("no comparison of {candidate} with {baseline}"))["outcome"].clone()
    };
    // A direction known from elsewhere; by how much is for benchmarks to say.
    assert_eq!(of("wasm-simd", "js"), "faster");
}

async fn the_page_is_as_a_reader_wants_it(page: &Path) {
    let playwright = launch().await;
    let browser = browser(&playwright).await;
    for (width, height) in [(1280, 900), (360, 740)] {
        let viewport = Viewport { width, height };
        let context = browser
            .new_context_with_options(BrowserContextOptions::builder().viewport(viewport).build())
            .await
            .unwrap();
        let tab = context.new_page().await.unwrap();
        tab.goto(&format!("file://{}", page.display()), None).await.unwrap();
        a_reader_sees_the_answer(&tab).await;
        assert_eq!(ask(&tab, "document.documentElement.scrollWidth - innerWidth").await, 0, "scrolls at {width} px");
        context.close().await.unwrap();
    }
    browser.close().await.unwrap();
    playwright.shutdown().await.unwrap();
}

async fn a_reader_sees_the_answer(tab: &Page) {
    // Texts and not what is laid out: sections that are far away are not yet.
    let text = ask(tab, "document.body.textContent").await;
    let text = text.as_str().unwrap();
    for word in [KERNELS[0], KERNELS[1], "js-tuned", "wasm-simd", "brotli", "SHA-256", "chromium"] {
        assert!(text.contains(word), "a reader sees no `{word}`");
    }
    // The answer comes first: before any chart.
    let answer = ask(tab, "document.body.innerText.search(/[0-9.]+(×| %) (faster|slower)/)").await;
    assert!((0..4000).contains(&answer.as_i64().unwrap()), "the first factor is at {answer}");
    assert!(ask(tab, "document.querySelectorAll('svg[role=img]').length").await.as_i64().unwrap() >= 4);
    let nameless = "[...document.querySelectorAll('svg[role=img]')].filter((svg) => !svg.ariaLabel).length";
    assert_eq!(ask(tab, nameless).await, 0, "a chart has no name for screen readers");
    assert_eq!(ask(tab, "document.querySelectorAll('table:not(:has(caption))').length").await, 0);
    assert_eq!(ask(tab, "document.documentElement.lang").await, "en");
    let requests = "performance.getEntriesByType('resource').filter(({ name }) => !name.startsWith('data:')).length";
    assert_eq!(ask(tab, requests).await, 0, "the page fetches something");
}
