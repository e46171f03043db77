//! What the report's page does in a real Chromium, on invented runs: nothing is measured.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "../all/common/mod.rs"]
mod common;

mod across;
mod copies;
mod decisions;
mod jobs;
mod print;

#[path = "../../../reports/tests/all/synthetic/mod.rs"]
#[allow(dead_code, unused_imports, reason = "the tests of the reports use the rest of it")]
mod synthetic;

use std::fs;
use std::path::{Path, PathBuf};

use common::browser::{Tab, browser, launch};
use copies::{CAUGHT, choose};
use crossover_reports::export::{Page, html};
use crossover_reports::profile::Profile;
use crossover_reports::report::Report;
use crossover_reports::run::{Failure, RowOutcome, Run, Stage};
use playwright_rs::{Browser, BrowserContextOptions, Viewport};
use serde_json::{Value, json};

const KERNEL: &str = "<img src=x onerror=alert(1)>";
const REASON: &str = "=1+1 | </script><script>alert(2)</script>";
const READY: &str = "performance.getEntriesByName('crossover-ready').length > 0";

/// Four kernels, of which one has a name, and one a failure, that no manifest should have.
fn hostile() -> Run {
    let mut run = synthetic::with_sessions(3);
    run.header.kernels[3].name = KERNEL.to_owned();
    run.header.kernels[3].contenders[1].build.push("</script>".to_owned());
    for row in &mut run.rows {
        if row.cell.kernel == "compression-zstd" {
            row.cell.kernel = KERNEL.to_owned();
        }
        if let RowOutcome::Failure(failure) = &mut row.outcome {
            failure.reason = REASON.to_owned();
        }
    }
    // Sessions of one contender end early; the page has one failure, which tests of tables want.
    run.header.kernels[0].contenders.retain(|contender| contender.name != "platform");
    run.rows.retain(|row| row.cell.contender != "platform");
    run
}

fn page(folder: &Path, name: &str, run: &Run, profiles: Vec<Profile>) -> PathBuf {
    let report = Report::from_run(run).with_profiles(profiles);
    let file = folder.join(name);
    fs::write(&file, html(&Page { run: Some(run), ..Page::of(&report) }).unwrap()).unwrap();
    file
}

#[test]
fn the_page_does_what_its_readers_ask() {
    let folder = tempfile::tempdir().unwrap();
    let profile = synthetic::profile_of(KERNEL, "wasm-simd", &["run", KERNEL, REASON]);
    let usual = page(folder.path(), "usual.html", &hostile(), vec![profile]);
    let many = page(folder.path(), "many.html", &synthetic::large(6, 2, 2), Vec::new());
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let playwright = launch().await;
        let browser = browser(&playwright).await;
        decisions::live_controls_agree_with_the_command_line(&browser, folder.path()).await;
        decisions::live_controls_decide_every_input(&browser, folder.path()).await;
        decisions::the_first_screen_answers(&browser, &usual).await;
        decisions::a_row_opens_and_the_address_leads_to_it(&browser, &usual).await;
        columns_are_sorted(&browser, &many).await;
        filters_hold_for_the_table(&browser, &many).await;
        the_address_keeps_what_was_asked(&browser, &many).await;
        tips_follow_pointer_and_keys(&browser, &usual).await;
        copies::tables_are_copied(&browser, &usual).await;
        copies::charts_are_copied(&browser, &usual).await;
        copies::a_row_is_copied_as_a_picture(&browser, &usual).await;
        flame_graphs_have_the_width_of_the_page(&browser, &usual).await;
        copies::without_a_clipboard_it_is_saved(&browser, &usual).await;
        copies::data_is_saved_without_a_script(&browser, &usual, folder.path()).await;
        without_a_script_all_is_there(&browser, &usual).await;
        names_are_texts(&browser, &usual).await;
        it_fits_a_phone(&browser, &usual).await;
        jobs::many_browsers_share_a_row(&browser, &many).await;
        jobs::what_differs_by_browser_is_named(&browser, folder.path()).await;
        across::browsers_side_by_side_follow_the_controls(&browser, folder.path()).await;
        jobs::rows_are_grouped(&browser, &many).await;
        jobs::one_job_leads_to_the_next(&browser, &usual).await;
        jobs::links_open_what_is_folded_without_a_script(&browser, &usual).await;
        let looks = [("light", 1280), ("dark", 1280), ("light", 360), ("dark", 360)];
        everyone_can_use_it(&browser, &usual, "", &looks).await;
        everyone_can_use_it(&browser, &many, "?group=domain", &looks[1..3]).await;
        print::it_prints_whole(&browser, &usual).await;
        print::a_page_of_seventeen_jobs_is_short(&browser, folder.path()).await;
        odd_runs_are_pages_as_well(&browser, folder.path()).await;
        browser.close().await.unwrap();
        playwright.shutdown().await.unwrap();
    });
}

/// A page as a reader opens it.
async fn folded(browser: &Browser, file: &Path, after: &str) -> Tab {
    let options = BrowserContextOptions::builder().viewport(Viewport { width: 1280, height: 900 });
    let tab = Tab::open(browser, file, after, options.build()).await;
    tab.until(READY).await;
    tab
}

/// A page with everything that is folded opened.
async fn open(browser: &Browser, file: &Path, after: &str) -> Tab {
    let tab = folded(browser, file, after).await;
    open_all(&tab).await;
    tab
}

/// Opens everything that is folded, so that it can be looked at.
async fn open_all(tab: &Tab) {
    tab.ask("document.querySelectorAll('details').forEach((part) => { part.open = true; })").await;
}

/// Texts of a column of the rows that are shown.
fn column(number: usize) -> String {
    format!(
        "[...document.querySelectorAll('#overview-candidates-table tbody tr:not([hidden])')].map((row) => row.cells[{number}].textContent)"
    )
}

/// What is sorted by, from top to bottom.
async fn numbers(tab: &Tab, number: usize) -> Vec<f64> {
    let rows = "[...document.querySelectorAll('#overview-candidates-table tbody tr')]";
    let keys = tab.ask(&format!("{rows}.map((row) => Number(row.cells[{number}].dataset.v))")).await;
    keys.as_array().unwrap().iter().map(|key| key.as_f64().unwrap()).collect()
}

async fn columns_are_sorted(browser: &Browser, file: &Path) {
    let tab = open(browser, file, "").await;
    let sort = |number: usize| format!("#overview-candidates-table th:nth-child({number}) .sort");
    for number in [5, 6, 7, 8] {
        tab.click(&sort(number)).await;
        let ascending = numbers(&tab, number - 1).await;
        assert!(ascending.is_sorted() && ascending.len() == 48, "{ascending:?}");
        tab.click(&sort(number)).await;
        let descending = numbers(&tab, number - 1).await;
        assert!(descending.iter().rev().is_sorted(), "{descending:?}");
        let sorted = "[...document.querySelectorAll('[aria-sort]')].map((th) => [th.cellIndex, th.ariaSort])";
        assert_eq!(tab.ask(sorted).await, json!([[number - 1, "descending"]]));
    }
    tab.click(&sort(1)).await;
    let names = tab.ask(&column(0)).await;
    assert_eq!((&names[0], &names[47]), (&json!("compression-invented-3"), &json!("text-invented-1")));
    assert_eq!(tab.text("location.search").await, "?sort=job");
    tab.close().await;
}

async fn filters_hold_for_the_table(browser: &Browser, file: &Path) {
    let tab = open(browser, file, "").await;
    let count = "document.querySelector('.filters [role=status]').textContent";
    assert_eq!(tab.text(count).await, "48 of 48 shown");
    tab.page.locator("select[name=domain]").select_option("hashing", None).await.unwrap();
    tab.page.locator("select[name=runtime]").select_option("firefox", None).await.unwrap();
    tab.page.locator("select[name=kind]").select_option("wasm", None).await.unwrap();
    assert_eq!(tab.text(count).await, "4 of 48 shown");
    let domains = "[...document.querySelectorAll('#overview-candidates-table tbody tr:not([hidden])')].map(({ dataset }) => dataset.domain)";
    assert_eq!(tab.ask(domains).await, json!(vec!["hashing"; 4]));
    tab.page.locator("input[name=kernel]").fill("NOTHING", None).await.unwrap();
    assert_eq!(tab.text(count).await, "0 of 48 shown");
    tab.click(".filters button").await;
    assert_eq!(tab.text(count).await, "48 of 48 shown");
    assert_eq!(tab.text("location.search").await, "");
    // A dimension of one value is none to choose from.
    let one = open(browser, &file.with_file_name("usual.html"), "").await;
    assert_eq!(
        one.ask("[...document.querySelectorAll('.filters select')].map(({ name }) => name)").await,
        json!(["kind", "track", "domain"])
    );
    one.close().await;
    tab.close().await;
}

async fn the_address_keeps_what_was_asked(browser: &Browser, file: &Path) {
    let tab = open(browser, file, "?sort=-first-result&kind=js&kernel=invented-2").await;
    let shown = |tab: &Tab| {
        let page = tab.page.clone();
        async move { page.evaluate::<(), Value>(&column(0), None).await.unwrap() }
    };
    assert_eq!(shown(&tab).await, json!(vec!["image-invented-2"; 2]));
    let kept = "[...document.querySelectorAll('.filters [name]')].map(({ value }) => value).join()";
    assert_eq!(tab.text(kept).await, "invented-2,,js,,");
    tab.page.locator("select[name=kind]").select_option("wasm", None).await.unwrap();
    let search = tab.text("location.search").await;
    assert_eq!(search, "?sort=-first-result&kind=wasm&kernel=invented-2");
    let before = shown(&tab).await;
    tab.page.reload(None).await.unwrap();
    tab.until(READY).await;
    open_all(&tab).await;
    assert_eq!(shown(&tab).await, before);
    assert_eq!(tab.text("location.search").await, search);
    // What is followed from here is kept as well.
    tab.click("#overview-candidates-table tbody tr:not([hidden]) a >> nth=0").await;
    assert_eq!(tab.text("location.search").await, search);
    assert!(tab.text("location.hash").await.starts_with("#image-invented-2"));
    tab.close().await;
    let odd = open(browser, file, "?sort=%3Cimg%3E&kind=no-such&domain=&other=kept").await;
    assert_eq!(shown(&odd).await.as_array().unwrap().len(), 48, "an unknown value chooses nothing");
    odd.close().await;
}

/// Scrolls to something, and waits until what came near on the way is laid out.
async fn come_to(tab: &Tab, id: &str) {
    let come = format!(
        "(async () => {{ for (let turn = 0; turn < 6; turn += 1) {{
            document.getElementById('{id}').scrollIntoView({{ block: 'center' }});
            await new Promise(requestAnimationFrame);
        }} }})()"
    );
    tab.ask(&come).await;
}

async fn tips_follow_pointer_and_keys(browser: &Browser, file: &Path) {
    let tab = open(browser, file, "").await;
    let tip =
        "document.getElementById('tip').matches(':popover-open') ? document.getElementById('tip').textContent : ''";
    come_to(&tab, "hashing-blake3-chromium-ratio").await;
    let place = tab
        .ask("(() => { const { left, top, width } = document.getElementById('hashing-blake3-chromium-ratio').getBoundingClientRect(); return [left, top, width]; })()")
        .await;
    let [left, top, width] = [0, 1, 2].map(|at| place[at].as_f64().unwrap());
    let pixel = width / 400.0;
    tab.page.mouse().move_to(left + 200.0 * pixel, top + 90.0 * pixel, None).await.unwrap();
    tab.until(&format!("({tip}) !== ''")).await;
    let expected = tab.text(tip).await;
    assert!(
        expected.starts_with("js-tuned against js: ×14.")
            && expected.ends_with(", 3 blocks")
            && expected.contains("95 % interval 0.0"),
        "{expected}"
    );
    let inside = "(() => { const box = document.getElementById('tip').getBoundingClientRect(); return box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight; })()";
    assert_eq!(tab.ask(inside).await, true);
    tab.press("Escape").await;
    assert_eq!(tab.text(tip).await, "");
    tab.page.mouse().move_to(5.0, 5.0, None).await.unwrap();
    tab.page.locator("#hashing-blake3-chromium-cold-start").focus().await.unwrap();
    let first = tab.text(tip).await;
    assert!(first.starts_with("js, cold: ") && first.contains("; first call "), "{first}");
    tab.press("ArrowDown").await;
    assert!(tab.text(tip).await.starts_with("js, warm: "));
    tab.press("ArrowUp").await;
    assert_eq!(tab.text(tip).await, first);
    tab.press("Tab").await;
    assert_eq!(tab.text(tip).await, "");
    let described = "[...document.querySelectorAll('.chart svg')].every((svg) => svg.ariaLabel && (svg.ariaDescription ?? svg.querySelector('desc').textContent).length > 20)";
    assert_eq!(tab.ask(described).await, true);
    tab.close().await;
}

async fn flame_graphs_have_the_width_of_the_page(browser: &Browser, file: &Path) {
    let tab = open(browser, file, "").await;
    open_all(&tab).await;
    let shares = "[...document.querySelectorAll('.flame svg')].map((svg) => svg.clientWidth / svg.closest('section').clientWidth)";
    let shares = tab.ask(shares).await;
    let shares: Vec<f64> = shares.as_array().unwrap().iter().map(|share| share.as_f64().unwrap()).collect();
    assert!(shares.len() == 2 && shares.iter().all(|share| *share > 0.9), "{shares:?}");
    // The button that copies one is below it, and not upon it.
    let below = "[...document.querySelectorAll('.flame')].every((figure) => \
                 figure.querySelector('.copy').getBoundingClientRect().top >= figure.querySelector('svg').getBoundingClientRect().bottom)";
    assert_eq!(tab.ask(below).await, true);
    tab.close().await;
}

async fn without_a_script_all_is_there(browser: &Browser, file: &Path) {
    let scripted = open(browser, file, "").await;
    let figures = "[...document.querySelectorAll('main td, main th, main p, main svg text')].length";
    let all = scripted.ask(figures).await;
    scripted.close().await;
    let options = BrowserContextOptions::builder().javascript_enabled(false).build();
    let tab = Tab::open(browser, file, "", options).await;
    open_all(&tab).await;
    assert_eq!(tab.ask(figures).await, all);
    let twice = "(() => { const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id); return ids.filter((id, at) => ids.indexOf(id) !== at); })()";
    assert_eq!(tab.ask(twice).await, json!([]), "an id that two have");
    let unseen = "[...document.querySelectorAll('main section, main figure, main table, main svg')].filter((part) => !part.checkVisibility()).length";
    assert_eq!(tab.ask(unseen).await, 0);
    let dead = "document.querySelectorAll('button, input, select, [role=menu], #tip').length";
    assert_eq!(tab.ask(dead).await, 0);
    tab.close().await;
}

async fn names_are_texts(browser: &Browser, file: &Path) {
    let tab = open(browser, file, "").await;
    assert_eq!(tab.ask("document.querySelectorAll('main img, body script').length").await, 0);
    let body = tab.text("document.querySelector('main').textContent").await;
    assert!(body.contains(KERNEL) && body.contains(REASON));
    let last = "[...document.querySelectorAll('.chart svg')].findLast((svg) => svg.id.startsWith('k-img'))";
    assert!(tab.text(&format!("{last}.ariaLabel")).await.contains(KERNEL));
    tab.page.locator("input[name=kernel]").fill("<IMG", None).await.unwrap();
    assert_eq!(tab.ask(&column(0)).await, json!([KERNEL]));
    tab.ask(CAUGHT).await;
    choose(&tab, ".chart:has(svg[id^=k-img]) >> nth=0 >> .copy", "Copy as SVG").await;
    assert!(tab.text("got").await.contains("&lt;img src=x onerror=alert(1)&gt;"));
    assert_eq!(tab.ask("document.querySelectorAll('main img').length").await, 0);
    tab.close().await;
}

async fn it_fits_a_phone(browser: &Browser, file: &Path) {
    let options = BrowserContextOptions::builder().viewport(Viewport { width: 360, height: 740 }).has_touch(true);
    let tab = Tab::open(browser, file, "", options.build()).await;
    tab.until(READY).await;
    open_all(&tab).await;
    assert_eq!(tab.ask("document.documentElement.scrollWidth").await, 360);
    come_to(&tab, "hashing-blake3-chromium-ratio").await;
    tab.page.locator("#hashing-blake3-chromium-ratio").tap(None).await.unwrap();
    tab.until("document.getElementById('tip').matches(':popover-open')").await;
    let box_of = "(() => { const box = document.getElementById('tip').getBoundingClientRect(); return box.left >= 0 && box.right <= 360; })()";
    assert_eq!(tab.ask(box_of).await, true);
    assert_eq!(tab.ask("document.documentElement.scrollWidth").await, 360);
    tab.close().await;
}

/// WCAG 2.2 A and AA, and good practice, as axe-core tests them.
async fn everyone_can_use_it(browser: &Browser, file: &Path, query: &str, looks: &[(&str, u32)]) {
    let axe = fs::read_to_string(common::root().join("js-baselines/node_modules/axe-core/axe.min.js")).unwrap();
    for &(scheme, width) in looks {
        let options = BrowserContextOptions::builder()
            .viewport(Viewport { width, height: 900 })
            .color_scheme(scheme.to_owned())
            .build();
        let tab = Tab::open(browser, file, query, options).await;
        tab.until(READY).await;
        open_all(&tab).await;
        tab.page.evaluate_expression(&axe).await.unwrap();
        // Once as it opens, once with what opens: a menu, and a tip.
        for open in ["", "#failures-all-table .copy"] {
            if !open.is_empty() {
                tab.page.locator(".chart svg[tabindex] >> nth=0").focus().await.unwrap();
                tab.press("ArrowDown").await;
                tab.ask("document.getElementById('failures-all-table').querySelector('.copy').click()").await;
            }
            let violations = "axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => \
                              `${id}: ${nodes.slice(0, 3).map(({ html, failureSummary }) => html.slice(0, 200) + ' ' + failureSummary).join(' | ')}`))";
            assert_eq!(tab.ask(violations).await, json!([]), "{scheme}, {width} px, {open}");
        }
        tab.close().await;
    }
}

async fn odd_runs_are_pages_as_well(browser: &Browser, folder: &Path) {
    let nothing = Run { header: synthetic::header(0), rows: Vec::new(), truncated: true };
    let mut failures = synthetic::four_kernels(2);
    for row in &mut failures.rows {
        let reason = "no browser was found".to_owned();
        row.outcome = RowOutcome::Failure(Failure { stage: Stage::Runtime, reason });
    }
    let runs = [
        ("nothing.html", nothing, "This run measured nothing"),
        ("failures.html", failures, "Not measured: no browser was found"),
        ("once.html", synthetic::four_kernels(1), "no interval"),
    ];
    for (name, run, said) in runs {
        let tab = open(browser, &page(folder, name, &run, Vec::new()), "").await;
        let text = tab.text("document.querySelector('main').textContent").await;
        assert!(text.contains(said), "no `{said}` in {name}");
        assert!(!text.contains("NaN") && !text.contains("undefined"), "{name}");
        tab.close().await;
    }
}
