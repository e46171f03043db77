//! The rows of the first screen: their groups, what several browsers have in one, and the way from one to the next.

use std::path::Path;

use playwright_rs::{Browser, BrowserContextOptions};
use serde_json::json;

use crate::common::browser::Tab;
use crate::{folded, page, synthetic};

/// The jobs that are shown, from top to bottom, with the headings of groups.
const SHOWN: &str =
    "[...document.querySelectorAll('#jobs > h2:not([hidden]), #jobs > :not([hidden]) > li:not([hidden])')]
    .map((part) => part.dataset.kernel ?? part.textContent)";

pub async fn many_browsers_share_a_row(browser: &Browser, file: &Path) {
    let tab = folded(browser, file, "").await;
    assert_eq!(tab.ask("document.querySelectorAll('.jobs > li').length").await, 6);
    let marks = "[...document.querySelectorAll('.jobs svg.interval')].map((picture) => picture.querySelectorAll('.point').length)";
    assert_eq!(tab.ask(marks).await, json!(vec![2; 6]));
    let filled = "[...document.querySelectorAll('.jobs svg.interval')].map((picture) => [...picture.querySelectorAll('.point:not(.other)')].map((mark) => mark.getAttribute('href')).join())";
    assert_eq!(tab.ask(filled).await, json!(vec!["#mark-0"; 6]));
    let legend = tab.text("document.querySelector('.legend').textContent").await;
    assert!(legend.contains("Chromium  Firefox"), "{legend}");
    // Both browsers are in the opened row, one below the other.
    let sections = "[...document.querySelector('.jobs > li').querySelectorAll('h2')].map(({ textContent }) => textContent.split(' in ')[1])";
    assert_eq!(tab.ask(sections).await, json!(["Chromium", "Firefox"]));
    tab.close().await;
}

/// A filter leaves the jobs whose browsers need different answers.
pub async fn what_differs_by_browser_is_named(browser: &Browser, folder: &Path) {
    let run = synthetic::large(6, 3, 3);
    let file = page(folder, "browsers.html", &run, Vec::new());
    let tab = folded(browser, &file, "").await;
    let before = tab.ask(SHOWN).await.as_array().unwrap().len();
    tab.click("input[name=differs]").await;
    assert_eq!(tab.ask(SHOWN).await, json!(["hashing-invented-0"]));
    assert_eq!(tab.text("location.search").await, "?differs=only");
    assert_eq!(tab.text("document.querySelector('.controls [role=status]').textContent").await, "1 of 6 shown");
    tab.click("input[name=differs]").await;
    assert_eq!(tab.ask(SHOWN).await.as_array().unwrap().len(), before);
    tab.close().await;
    // With one browser there is nothing to differ.
    let one = folded(browser, &folder.join("usual.html"), "?differs=only").await;
    assert_eq!(one.ask("document.querySelectorAll('[name=differs]').length").await, 0);
    assert_eq!(one.ask("document.querySelectorAll('.jobs > li:not([hidden])').length").await, 4);
    one.close().await;
}

pub async fn rows_are_grouped(browser: &Browser, file: &Path) {
    let tab = folded(browser, file, "").await;
    let by_decision = tab.ask(SHOWN).await;
    let group = async |by: &str| {
        tab.page.locator("select[name=group]").select_option(by, None).await.unwrap();
        tab.ask(SHOWN).await
    };
    let by_domain = group("domain").await;
    let headings = "[...document.querySelectorAll('#jobs > h2')].map(({ textContent }) => textContent)";
    assert_eq!(tab.ask(headings).await, json!(["compression", "hashing", "image", "inference", "text"]));
    assert_eq!(by_domain.as_array().unwrap()[..2], [json!("compression"), json!("compression-invented-3")]);
    // Each list is named by its heading.
    let named = "[...document.querySelectorAll('#jobs > ol')].every((list) => list.ariaLabel === list.previousSibling.textContent)";
    assert_eq!(tab.ask(named).await, true);
    assert_eq!(tab.text("location.search").await, "?group=domain");
    // A heading without a row is hidden, and the filter finds domains.
    tab.page.locator("input[name=job]").fill("hashing", None).await.unwrap();
    assert_eq!(tab.ask(SHOWN).await.as_array().unwrap().len(), 3);
    tab.page.locator("input[name=job]").fill("", None).await.unwrap();
    let by_name = group("nothing").await;
    let names: Vec<&str> = by_name.as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    assert!(names.is_sorted() && names.len() == 6, "{names:?}");
    assert_eq!(group("decision").await, by_decision);
    assert_eq!(tab.text("location.search").await, "");
    tab.close().await;
    let odd = folded(browser, file, "?group=no-such").await;
    assert_eq!(odd.ask(SHOWN).await, by_decision, "an unknown group is none");
    odd.close().await;
    let asked = folded(browser, file, "?group=domain&calls=10").await;
    assert_eq!(asked.ask(headings).await.as_array().unwrap().len(), 5, "groups outlast another scenario");
    asked.close().await;
}

pub async fn one_job_leads_to_the_next(browser: &Browser, file: &Path) {
    let tab = folded(browser, file, "").await;
    let opened = "[...document.querySelectorAll('.job[open]')].map((job) => job.parentElement.dataset.kernel)";
    let names = tab.ask("[...document.querySelectorAll('.jobs > li')].map(({ dataset }) => dataset.kernel)").await;
    tab.click(".jobs > li >> nth=0 >> summary >> nth=0").await;
    let links = "[...document.querySelector('.job[open] .neighbours').children].map(({ textContent }) => textContent)";
    assert_eq!(tab.ask(links).await, json!([format!("{} ›", names[1].as_str().unwrap())]));
    // By keys: the link has a visible focus, leads to the next job, opens it and closes this one.
    tab.page.locator(".job[open] .neighbours a").focus().await.unwrap();
    tab.press("Shift+Tab").await;
    tab.press("Tab").await;
    let outline = "getComputedStyle(document.activeElement).outlineStyle";
    assert_eq!(tab.text(outline).await, "solid");
    tab.press("Enter").await;
    assert_eq!(tab.ask(opened).await, json!([names[1]]));
    let top = "document.querySelector('.job[open] > section').getBoundingClientRect().top";
    assert!((0.0..100.0).contains(&tab.ask(top).await.as_f64().unwrap()), "it is in view");
    assert_eq!(tab.ask(links).await.as_array().unwrap().len(), 2);
    tab.click(".job[open] .neighbours a >> nth=0").await;
    assert_eq!(tab.ask(opened).await, json!([names[0]]));
    tab.click(".job[open] .around > a").await;
    assert_eq!(tab.ask(opened).await, json!([]));
    assert_eq!(tab.text("location.hash").await, "#answers");
    // Neighbours are those that the reader sees.
    tab.page.locator("select[name=group]").select_option("nothing", None).await.unwrap();
    tab.page.locator("input[name=job]").fill("a", None).await.unwrap();
    let next = "(() => { const shown = [...document.querySelectorAll('.jobs > li:not([hidden])')];
        return shown.slice(1).every((item, at) => shown[at].querySelector('.neighbours').lastChild.hash === `#${item.querySelector('section').id}`); })()";
    assert_eq!(tab.ask(next).await, true);
    tab.close().await;
}

/// Every link within the page shows what it leads to.
pub async fn links_open_what_is_folded_without_a_script(browser: &Browser, file: &Path) {
    let options = BrowserContextOptions::builder().javascript_enabled(false).build();
    let tab = Tab::open(browser, file, "", options).await;
    for (link, shown) in [("#data", ".data"), ("#method", ".prose"), ("#overview", "table")] {
        tab.click(&format!(".when a[href='{link}']")).await;
        let is_seen = format!(
            "(() => {{ const part = document.querySelector('{link} {shown}'); const box = part.getBoundingClientRect(); \
             return part.checkVisibility() && box.height > 20 && box.top < innerHeight; }})()"
        );
        assert_eq!(tab.ask(&is_seen).await, true, "{link}");
    }
    tab.click("#overview a >> nth=0").await;
    let target = "document.querySelector(':target .advice').checkVisibility()";
    assert_eq!(tab.ask(target).await, true);
    tab.click(":target .neighbours a >> nth=0").await;
    assert_eq!(tab.ask(target).await, true);
    tab.close().await;
}
