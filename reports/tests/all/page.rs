//! Contents of the page, as far as they can be tested without a browser.

use std::io::Read as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use crossover_reports::export::{Format, Page, export, html};
use crossover_reports::report::Report;
use flate2::read::GzDecoder;
use sha2::{Digest as _, Sha256};

use crate::scratch::Scratch;
use crate::synthetic;

/// A page's own markup: without the one script that every page has, and without what is packed, which may happen to spell
/// anything. Other texts stay as they are.
pub fn markup_of(page: &str) -> String {
    let parts = [("<script type=\"module\">", "</script>"), ("<template id=\"tips\">", "<"), ("gzip;base64,", "\"")];
    parts.iter().fold(page.to_owned(), |page, (begin, end)| match page.split_once(begin) {
        Some((before, part)) => before.to_owned() + part.split_once(end).unwrap().1,
        None => page,
    })
}

fn between<'a>(text: &'a str, begin: &str, end: &str) -> &'a str {
    text.split_once(begin).unwrap_or_else(|| panic!("no {begin}")).1.split_once(end).unwrap().0
}

fn unpacked(base64: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    GzDecoder::new(&STANDARD.decode(base64).unwrap()[..]).read_to_end(&mut bytes).unwrap();
    bytes
}

#[test]
fn the_policy_allows_the_pages_own_script_and_style_and_no_request() {
    let page = export(&Report::from_run(&synthetic::four_kernels(2)), Format::Html).unwrap();
    let policy = between(&page, "Content-Security-Policy\" content=\"", "\"");
    let hash = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)));
    let script = hash(between(&page, "<script type=\"module\">", "</script>"));
    let style = hash(between(&page, "<style>", "</style>"));
    assert_eq!(
        policy,
        format!(
            "default-src 'none'; style-src {style}; script-src {script}; img-src data:; base-uri 'none'; form-action 'none'"
        )
    );
    assert_eq!(page.matches("<script").count(), 1);
    for forbidden in [" style=", " onclick", " onload", "javascript:", "http://", "<link", "@import", "url("] {
        assert!(!markup_of(&page).contains(forbidden), "{forbidden}");
    }
}

#[test]
fn the_script_is_small_and_makes_no_markup_of_texts() {
    let page = export(&Report::from_run(&synthetic::four_kernels(2)), Format::Html).unwrap();
    let script = between(&page, "<script type=\"module\">", "</script>");
    assert!(script.len() < 46_000, "{} bytes", script.len());
    for forbidden in ["innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "Function(", "document.write", "fetch("]
    {
        assert!(!script.contains(forbidden), "{forbidden}");
    }
}

#[test]
fn without_its_script_the_page_has_no_control() {
    let page = export(&Report::from_run(&synthetic::with_sessions(2)), Format::Html).unwrap();
    let page = markup_of(&page);
    for control in ["<button", "<input", "<select", "tabindex=\"-1\""] {
        assert!(!page.contains(control), "{control}");
    }
}

#[test]
fn report_and_samples_are_in_the_page() {
    let run = synthetic::with_sessions(2);
    let report = Report::from_run(&run);
    let page = html(&Page { run: Some(&run), ..Page::of(&report) }).unwrap();
    let link = |name: &str| between(&page, &format!("download={name} href=\"data:application/gzip;base64,"), "\"");
    let back: Report = serde_json::from_slice(&unpacked(link("report.json.gz"))).unwrap();
    assert_eq!(back.kernels, report.kernels);
    assert_eq!(back.failures, report.failures);
    for (back, cell) in back.cells.iter().zip(&report.cells) {
        let [back, ns] = [back, cell].map(|cell| cell.call_ns.map(|call| call.median));
        assert!(back == ns || (back.unwrap() / ns.unwrap() - 1.0).abs() < 1e-6, "{back:?} {ns:?}");
    }
    let file = Scratch::with("page-samples", &String::from_utf8(unpacked(link("run.jsonl.gz"))).unwrap());
    assert_eq!(file.read().unwrap(), run);
}

#[test]
fn a_page_without_samples_says_where_they_are() {
    let run = synthetic::large(3, 3, 20);
    let report = Report::from_run(&run);
    for (run, said) in [(Some(&run), "left out, because"), (None, "beside where this page was written")] {
        let page = html(&Page { run, ..Page::of(&report) }).unwrap();
        assert!(page.contains(said) && !page.contains("run.jsonl.gz"), "{said}");
    }
}

#[test]
fn tips_show_figures_in_full() {
    let page = export(&Report::from_run(&synthetic::with_sessions(3)), Format::Html).unwrap();
    let tips = String::from_utf8(unpacked(between(&page, "<template id=\"tips\">", "</template>"))).unwrap();
    for said in [
        "hashing-blake3-chromium-ratio\n",
        "wasm-simd against js: ×",
        "; ratio 0.0",
        ", 95 % interval 0.0",
        ", 3 blocks",
        "; compile ",
        "Start and 10 calls. ",
        "over 50 sessions",
    ] {
        assert!(tips.contains(said), "no `{said}` in:\n{tips}");
    }
    for line in tips.lines().filter(|line| line.contains('\t')) {
        let numbers: Vec<i32> = line.split('\t').next().unwrap().split(' ').map(|n| n.parse().unwrap()).collect();
        assert!(numbers.len() == 4 && numbers[2] > 0 && numbers[3] > 0, "{line}");
    }
    assert!(!page.contains("class=\"tips\"") && !page.contains("class=tips"));
}

#[test]
fn what_ships_stands_once_for_all_browsers() {
    let page = export(&Report::from_run(&synthetic::large(2, 3, 2)), Format::Html).unwrap();
    assert_eq!(page.matches("<span>What ships, and its added download").count(), 2);
    assert_eq!(page.matches("What ships is the same in every browser; see chromium.").count(), 4);
}

#[test]
fn a_page_of_many_sections_shows_the_charts_that_it_has_room_for() {
    let page = |kernels| export(&Report::from_run(&synthetic::large(kernels, 3, 1)), Format::Html).unwrap();
    let charts = |page: &str, kind: &str| page.matches(&format!("-{kind} viewBox")).count();
    let small = page(2);
    assert_eq!([charts(&small, "ratio"), charts(&small, "cold-start"), charts(&small, "memory")], [6; 3]);
    assert!(!small.contains("leaves out some charts"));

    let large = page(48);
    assert!(large.len() < 3_000_000, "{} bytes", large.len());
    assert_eq!(charts(&large, "ratio"), 144, "the answer is always drawn");
    let missing = large.matches("leaves out some charts: ").count();
    assert!((96..=144).contains(&missing), "{missing}");
}
