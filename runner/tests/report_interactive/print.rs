//! The page on paper, and how long it is there and on screens.

use std::fs;
use std::path::Path;

use playwright_rs::protocol::{EmulateMediaOptions, Media, PdfOptions};
use playwright_rs::{Browser, BrowserContextOptions, Viewport};
use serde_json::json;

use crate::common::browser::Tab;
use crate::{READY, folded, open_all, page, synthetic};

/// A4 less the margins of the style sheet.
const PAPER: Viewport = Viewport { width: 703, height: 1032 };

pub async fn it_prints_whole(browser: &Browser, file: &Path) {
    let (width, height) = (PAPER.width, PAPER.height);
    let options = BrowserContextOptions::builder().viewport(PAPER).build();
    let tab = Tab::open(browser, file, "", options).await;
    tab.until(READY).await;
    open_all(&tab).await;
    tab.page.emulate_media(EmulateMediaOptions::builder().media(Media::Print).build()).await.unwrap();
    let cut = format!(
        "[...document.querySelectorAll('figure, .job > summary, tr')].filter((part) => {{
            const box = part.getBoundingClientRect();
            return box.right > {width} + 1 || box.left < -1 || box.height > {height} || getComputedStyle(part).breakInside !== 'avoid';
        }}).map((part) => part.outerHTML.slice(0, 120))"
    );
    assert_eq!(tab.ask(&cut).await, json!([]));
    let controls = "[...document.querySelectorAll('button, input, select')].filter((part) => part.checkVisibility()).map((part) => part.outerHTML)";
    assert_eq!(tab.ask(&format!("{controls}.filter((html) => !html.includes('sort'))")).await, json!([]));
    let pdf = printed(&tab).await;
    assert!(pdf.starts_with(b"%PDF-") && pdf.len() > 50_000, "{} bytes", pdf.len());
    if let Some(keep) = std::env::var_os("CROSSOVER_KEEP_PDF") {
        fs::write(keep, pdf).unwrap();
    }
    tab.close().await;
}

/// Seventeen jobs are on the first screen, on two sheets of paper with one more for each that is opened, and short enough
/// to scroll on a phone.
pub async fn a_page_of_seventeen_jobs_is_short(browser: &Browser, folder: &Path) {
    let file = page(folder, "seventeen.html", &synthetic::large(17, 1, 6), Vec::new());
    let tab = folded(browser, &file, "").await;
    let height = "document.documentElement.scrollHeight";
    assert!(tab.ask(height).await.as_u64().unwrap() <= 6000);
    let lowest = "document.querySelector('.jobs').getBoundingClientRect().bottom";
    assert!(tab.ask(lowest).await.as_f64().unwrap() <= 900.0, "all rows are on a screen of 1280 × 900");
    assert!(pages(&printed(&tab).await) <= 2);
    for opened in [1, 3] {
        let open = format!(
            "[...document.querySelectorAll('.job')].slice(0, {opened}).forEach((job) => {{ job.open = true; }})"
        );
        tab.ask(&open).await;
        let pages = pages(&printed(&tab).await);
        assert!((opened..=2 + opened).contains(&pages), "{pages} pages with {opened} opened");
    }
    tab.close().await;
    let phone = BrowserContextOptions::builder().viewport(Viewport { width: 390, height: 844 }).build();
    let tab = Tab::open(browser, &file, "", phone).await;
    tab.until(READY).await;
    assert!(tab.ask(height).await.as_u64().unwrap() <= 8000);
    let row = "[...document.querySelectorAll('.jobs > li')].map((item) => item.querySelector('summary'))";
    let names =
        format!("{row}.every((line) => line.querySelector('.option').checkVisibility() && line.offsetHeight <= 100)");
    assert_eq!(tab.ask(&names).await, true, "a row is a sentence of a few lines: what is how much faster than what");
    tab.close().await;
}

async fn printed(tab: &Tab) -> Vec<u8> {
    let options = PdfOptions::builder().format("A4".to_owned()).print_background(true).build();
    tab.page.pdf(options).await.unwrap()
}

/// The pages of a PDF as Chromium writes it: each is an object with this type.
fn pages(pdf: &[u8]) -> usize {
    let text = String::from_utf8_lossy(pdf);
    text.match_indices("/Type /Page").filter(|(at, found)| !text[at + found.len()..].starts_with('s')).count()
}
