//! The first screen: what it answers, and that its controls decide as the command line does.

use std::path::Path;

use crossover_reports::report::{DecisionRow, Report, finding};
use crossover_reports::run::{Run, Scenario};
use playwright_rs::{Browser, BrowserContextOptions, Viewport};
use serde_json::{Value, json};

use crate::common::browser::Tab;
use crate::{READY, open, page, synthetic};

/// What every row says, by job, and the heading.
const ROWS: &str = "(() => ({
    title: document.getElementById('answers-title').textContent,
    rows: Object.fromEntries([...document.querySelectorAll('.jobs > li')].map((item) => [item.dataset.kernel, {
        ...Object.fromEntries(['decision', 'option', 'call', 'versus', 'first', 'download'].map((name) =>
            [name, (item.querySelector(`summary .${name}`)?.lastChild ?? item).textContent])),
        versus: item.querySelector('summary .versus').textContent.trim(),
        advice: item.querySelector('.advice').textContent,
    }])),
}))()";

/// The same from the report, as `report --calls N` would judge.
fn expected(run: &Run, scenario: &Scenario) -> Value {
    let mut run = run.clone();
    for kernel in &mut run.header.kernels {
        kernel.scenarios = vec![scenario.clone()];
    }
    let report = Report::from_run(&run);
    let headlines = report.headlines();
    let rows = headlines.iter().map(|headline| {
        let row = DecisionRow::of(&report, headline.kernel, headline.decision.unwrap());
        let note = if row.note.is_empty() { String::new() } else { format!(" · {}", row.note) };
        let texts = json!({
            "decision": row.words, "option": row.option, "call": row.call,
            "versus": format!("{} {}{note}", row.factor, row.other).trim(),
            "first": row.first_result, "download": row.download, "advice": headline.sentence(),
        });
        (headline.kernel.name.clone(), texts)
    });
    json!({ "title": finding::tally(&headlines), "rows": rows.collect::<serde_json::Map<_, _>>() })
}

/// Twenty settings, each with every figure of every row.
pub async fn live_controls_agree_with_the_command_line(browser: &Browser, folder: &Path) {
    let run = synthetic::four_kernels(6);
    let file = page(folder, "live.html", &run, Vec::new());
    for calls in [1, 2, 7, 200, 12_345] {
        for (hidden, network) in [(false, None), (true, None), (false, Some(1.6)), (false, Some(9.0))] {
            let start = if hidden { "&start=hidden" } else { "" };
            let speed = network.map(|megabits: f64| format!("&network={megabits}")).unwrap_or_default();
            let tab = open(browser, &file, &format!("?calls={calls}{start}{speed}")).await;
            let scenario =
                Scenario { hidden_startup: hidden, megabits_per_s: network, ..Scenario::of_calls("as asked", calls) };
            assert_eq!(tab.ask(ROWS).await, expected(&run, &scenario), "{scenario:?}");
            tab.close().await;
        }
    }
}

/// The same without Wasm: what is said of each input, in the row and in the section.
const HEADROOM: &str = "(() => {
    const texts = (selector) => [...document.querySelectorAll(selector)].map((part) => part.textContent);
    return {
        title: texts('#answers-title')[0], decision: texts('.jobs summary .decision')[0], advice: texts('.advice')[0],
        row: texts('.jobs summary .why .advised'), reach: texts('.headrooms .advised'), factors: texts('.jobs summary .versus, .jobs .interval'),
    };
})()";

fn expected_headroom(run: &Run, scenario: &Scenario) -> Value {
    let mut run = run.clone();
    run.header.kernels[0].scenarios = vec![scenario.clone()];
    let report = Report::from_run(&run);
    let headlines = report.headlines();
    let advice = || report.headrooms.iter().map(|one| &one.advice);
    json!({
        "title": finding::tally(&headlines), "decision": headlines[0].finding(), "advice": headlines[0].sentence(),
        "row": advice().map(|advice| &advice[0]).collect::<Vec<_>>(),
        "reach": advice().map(|advice| advice.join(" ")).collect::<Vec<_>>(), "factors": [],
    })
}

/// Where no Wasm is written yet, every input is decided anew, and no factor appears.
pub async fn live_controls_decide_every_input(browser: &Browser, folder: &Path) {
    let mut one = synthetic::unwritten(6);
    one.header.kernels[0].inputs.remove(1);
    for (name, run) in
        [("inputs.html", synthetic::unwritten(6)), ("input.html", one), ("start.html", synthetic::unwritten(1))]
    {
        let file = page(folder, name, &run, Vec::new());
        for (calls, hidden, network) in
            [(1, false, None), (1000, false, None), (7, true, None), (3000, true, None), (200, false, Some(1.6))]
        {
            let start = if hidden { "&start=hidden" } else { "" };
            let speed = network.map(|megabits: f64| format!("&network={megabits}")).unwrap_or_default();
            let tab = open(browser, &file, &format!("?calls={calls}{start}{speed}")).await;
            let scenario =
                Scenario { hidden_startup: hidden, megabits_per_s: network, ..Scenario::of_calls("as asked", calls) };
            assert_eq!(tab.ask(HEADROOM).await, expected_headroom(&run, &scenario), "{name}: {scenario:?}");
            tab.close().await;
        }
    }
}

/// How many to port, which, with what, against whom and by how much, and from how many calls on: without scrolling.
pub async fn the_first_screen_answers(browser: &Browser, file: &Path) {
    let options = BrowserContextOptions::builder().viewport(Viewport { width: 1280, height: 900 });
    let tab = Tab::open(browser, file, "", options.build()).await;
    tab.until(READY).await;
    let seen = tab
        .text(
            "[...document.querySelectorAll('h1, .trust, summary')].filter((part) => part.checkVisibility() && \
             part.getBoundingClientRect().bottom <= innerHeight).map((part) => part.innerText).join('\\n')",
        )
        .await;
    for words in
        ["2 of 4 jobs", "Port it", "hashing-blake3", "wasm-simd", "× faster", "than ", "browser starts per job"]
    {
        assert!(seen.contains(words), "no `{words}` in:\n{seen}");
    }
    let height = tab.ask("document.documentElement.scrollHeight").await;
    assert!(height.as_u64().unwrap() < 2000, "{height}");
    tab.close().await;
}

pub async fn a_row_opens_and_the_address_leads_to_it(browser: &Browser, file: &Path) {
    let options = BrowserContextOptions::builder().viewport(Viewport { width: 1280, height: 900 });
    let tab = Tab::open(browser, file, "#hashing-blake3-chromium", options.build()).await;
    tab.until(READY).await;
    let is_open = "document.getElementById('hashing-blake3-chromium').checkVisibility()";
    assert_eq!(tab.ask(is_open).await, true);
    let others = "document.querySelectorAll('.job[open]').length";
    assert_eq!(tab.ask(others).await, 1);
    tab.page.locator("input[name=job]").fill("HIGHLIGHT", None).await.unwrap();
    let shown = "[...document.querySelectorAll('.jobs > li')].filter((item) => item.checkVisibility()).map((item) => item.dataset.kernel)";
    assert_eq!(tab.ask(shown).await, json!(["text-highlight"]));
    assert_eq!(tab.text("location.search").await, "?job=HIGHLIGHT");
    tab.close().await;
}
