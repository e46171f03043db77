//! Browsers side by side: what the script writes for other scenarios is what the page has when it is written for them.

use std::collections::BTreeMap;
use std::path::Path;

use crossover_reports::run::{RowOutcome, Run, Scenario};
use playwright_rs::Browser;

use crate::{open, page, synthetic};

/// Jobs that agree, that flip, and that are not known in a browser.
fn run() -> Run {
    let mut run = synthetic::large(6, 3, 6);
    for row in &mut run.rows {
        let RowOutcome::Samples(samples) = &mut row.outcome else { continue };
        let slower = match (&*row.cell.kernel, &*row.cell.stratum, &*row.cell.contender) {
            ("text-invented-1", "firefox", "wasm" | "wasm-simd") => 9.0,
            ("image-invented-2", "webkit", _) if row.block % 2 == 0 && row.cell.contender != "js" => 4.0,
            ("compression-invented-3", "webkit", "wasm-simd") => 30.0,
            _ => continue,
        };
        samples.call.iter_mut().for_each(|sample| sample.ns *= slower);
    }
    run.rows.retain(|row| (&*row.cell.kernel, &*row.cell.stratum) != ("inference-invented-4", "webkit"));
    run
}

/// What every row says of all browsers, and every cell of what it opens.
const SAID: &str = "JSON.stringify([...document.querySelectorAll('.jobs > li')].map((item) => [
    item.dataset.kernel,
    item.querySelector('summary .across').className,
    ...[...item.querySelectorAll('.across, .side-by-side .scenario, .side-by-side td, .side-by-side tbody th')]
        .map((part) => `${part.className} ${part.textContent}`),
]).sort())";

pub async fn browsers_side_by_side_follow_the_controls(browser: &Browser, folder: &Path) {
    let shares: [&[(&str, f64)]; 3] =
        [&[("chromium", 70.0), ("firefox", 20.0), ("webkit", 10.0)], &[("chromium", 1.0), ("firefox", 2.0)], &[]];
    let mut all = String::new();
    for (at, share) in shares.into_iter().enumerate() {
        let mut run = run();
        run.header.share = share.iter().map(|(id, share)| ((*id).to_owned(), *share)).collect::<BTreeMap<_, _>>();
        let file = page(folder, "across.html", &run, Vec::new());
        for (calls, hidden, network) in [
            (1, false, None),
            (10, false, Some(1.6)),
            (200, true, None),
            (500, false, None),
            (12_345, false, Some(9.0)),
        ] {
            if at > 0 && calls > 10 {
                continue;
            }
            let scenario =
                Scenario { hidden_startup: hidden, megabits_per_s: network, ..Scenario::of_calls("as asked", calls) };
            let mut written = run.clone();
            written.header.kernels.iter_mut().for_each(|kernel| kernel.scenarios = vec![scenario.clone()]);
            let written = open(browser, &page(folder, "across-written.html", &written, Vec::new()), "").await;
            let expected = written.text(SAID).await;
            written.close().await;
            let start = if hidden { "&start=hidden" } else { "" };
            let speed = network.map(|megabits: f64| format!("&network={megabits}")).unwrap_or_default();
            let asked = open(browser, &file, &format!("?calls={calls}{start}{speed}")).await;
            assert_eq!(asked.text(SAID).await, expected, "{scenario:?} {share:?}");
            asked.close().await;
            all.push_str(&expected);
        }
    }
    for words in [
        "everywhere (",
        "Flips: ",
        "can't tell yet in ",
        "; worst: ",
        " % Firefox",
        "not measured in WebKit",
        " less (",
    ] {
        assert!(all.contains(words), "no `{words}` in {all}");
    }
}
