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
    assert!(script.len() < 66_000, "{} bytes", script.len());
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
fn a_page_that_is_not_final_says_so() {
    let report = Report::from_run(&synthetic::with_sessions(2));
    let says_so = |is_final| html(&Page { is_final, ..Page::of(&report) }).unwrap().contains("Not final.");
    assert!(says_so(false) && !says_so(true));
}

/// The headings of a table.
fn headings(page: &str, table: &str) -> String {
    let head = between(page, &format!("id={table}"), "<tbody>").split_once("<thead>").unwrap().1;
    head.replace("<tr>", "").replace(" class=n", "").replace(" class=head", "").replace("<th>", "|")
}

#[test]
fn columns_with_one_value_are_left_out() {
    let page =
        |browsers, blocks| export(&Report::from_run(&synthetic::large(2, browsers, blocks)), Format::Html).unwrap();
    let (one, several) = (page(1, 6), page(2, 6));
    let rest = "|Option|Decision|Against the baseline|Time per call|First result|Download, brotli";
    assert_eq!(headings(&one, "overview-candidates-table"), format!("|Job{rest}"));
    assert_eq!(headings(&several, "overview-candidates-table"), format!("|Job|Runtime{rest}"));
    // Rows are filtered by what has no column.
    assert!(one.contains("<tr data-runtime=chromium data-kind=wasm data-track=controlled data-domain=hashing>"));
    // These kernels have one input.
    assert!(headings(&one, "hashing-invented-0-chromium-calls-table").starts_with("|Option|Median|"));
    let inputs = export(&Report::from_run(&synthetic::four_kernels(2)), Format::Html).unwrap();
    assert!(headings(&inputs, "hashing-blake3-chromium-calls-table").starts_with("|Input|Option|Median|"));
}

#[test]
fn the_page_speaks_of_decisions() {
    let page = export(&Report::from_run(&synthetic::four_kernels(6)), Format::Html).unwrap();
    let table = between(&page, "id=overview-candidates-table", "</table>");
    let decision = |option: &str| {
        let row =
            table.split("<tr").find(|row| row.contains(">hashing-blake3</a>") && row.contains(&format!(">{option}<")));
        between(row.unwrap(), "<td class=\"reason brief\">", "<td").to_owned()
    };
    assert_eq!([decision("wasm-simd"), decision("js-tuned")], ["Port it at 10, 200, 10000 calls", "–"]);
    assert_eq!(decision("platform"), "Use the browser at 1 call");
}

#[test]
fn flags_are_folded() {
    let page = export(&Report::from_run(&synthetic::four_kernels(2)), Format::Html).unwrap();
    for (title, flags) in
        [("Build flags", "+simd128, wasm-opt -O3"), ("Flags", "--disable-background-timer-throttling")]
    {
        let fold =
            page.split("<details class=fold>").find(|fold| fold.starts_with(&format!("<summary>{title}</summary>")));
        assert!(fold.unwrap().split("</details>").next().unwrap().contains(flags), "{title}");
    }
}

#[test]
fn jobs_lead_to_their_neighbours_without_a_script() {
    let report = Report::from_run(&synthetic::large(3, 2, 6));
    let page = export(&report, Format::Html).unwrap();
    let lines: Vec<&str> =
        page.split("<span class=neighbours>").skip(1).map(|line| line.split("</span>").next().unwrap()).collect();
    // A line for each section, of which the first of each job has links.
    let links: Vec<usize> = lines.iter().map(|line| line.matches("<a href=#").count()).collect();
    assert_eq!(links, [1, 0, 2, 0, 1, 0], "{lines:?}");
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
    assert_eq!(page.matches("What ships is the same in every browser; see Chromium.").count(), 4);
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
