//! What readers take with them: tables and charts that are copied or saved, and the data within the page.

use std::fs;
use std::io::Read as _;
use std::path::Path;

use flate2::read::GzDecoder;
use playwright_rs::{Browser, BrowserContextOptions};
use serde_json::{Value, json};

use crate::common::browser::Tab;
use crate::{KERNEL, READY, open};

/// Opens the menu beside something and chooses from it.
pub async fn choose(tab: &Tab, button: &str, choice: &str) -> String {
    tab.click(button).await;
    tab.click(&format!("#copy-menu >> text='{choice}'")).await;
    tab.until("document.querySelector('.copied').textContent !== ''").await;
    tab.text("document.querySelector('.copied').textContent").await
}

/// Has the page put into `window.got` what it copies.
pub const CAUGHT: &str = "Object.defineProperty(navigator, 'clipboard', { value: {
    writeText: async (text) => { window.got = text; },
    write: async ([item]) => { window.got = await item.getType('image/png'); },
} })";

pub async fn tables_are_copied(browser: &Browser, file: &Path) {
    let tab = open(browser, file, "").await;
    tab.ask(CAUGHT).await;
    assert_eq!(choose(&tab, "#failures-all-table .copy", "Copy as Markdown").await, "copied");
    assert_eq!(
        tab.text("got").await,
        "| Job | Input | Option | While | Reason | Browser starts |\n\
         | --- | --- | --- | --- | --- | --- |\n\
         | image-thumbnail | 64KB | wasm-simd | verify | =1+1 \\| &#60;/script&#62;&#60;script&#62;alert(2)&#60;/script&#62; | 3 |\n"
    );
    choose(&tab, "#failures-all-table .copy", "Copy as CSV").await;
    assert_eq!(
        tab.text("got").await,
        "Job,Input,Option,While,Reason,Browser starts\n\
         image-thumbnail,64KB,wasm-simd,verify,'=1+1 | </script><script>alert(2)</script>,3\n"
    );
    choose(&tab, ".controls .copy", "Copy as Markdown").await;
    let matrix = tab.text("got").await;
    assert!(
        matrix.starts_with("| Decision | Job | Best option | Per call | vs. the best alternative, per call | First result | Download |\n")
            && matrix.contains("| Port it | hashing-blake3 1MB | wasm-simd |")
            && matrix.lines().count() == 2 + 4,
        "{matrix}"
    );
    // Every row has as many cells as the headings, those that span several included.
    choose(&tab, "#image-thumbnail-chromium-calls-table .copy", "Copy as Markdown").await;
    let bars: Vec<usize> =
        tab.text("got").await.lines().map(|line| line.replace("\\|", "").matches('|').count()).collect();
    assert!(bars.len() == 8 && bars.iter().all(|count| *count == bars[0]), "{bars:?}");
    // What is filtered out is not copied.
    tab.page.locator("select[name=domain]").select_option("text", None).await.unwrap();
    choose(&tab, "#overview-candidates-table .copy", "Copy as CSV").await;
    let csv = tab.text("got").await;
    assert!(
        csv.starts_with("Job,Option,Decision,Against the baseline,Time per call,") && csv.lines().count() == 2,
        "{csv}"
    );
    tab.close().await;
}

pub async fn charts_are_copied(browser: &Browser, file: &Path) {
    let tab = open(browser, file, "").await;
    tab.ask(CAUGHT).await;
    let button = ".chart:has(#hashing-blake3-chromium-ratio) .copy";
    assert_eq!(choose(&tab, button, "Copy as SVG").await, "copied");
    let svg = tab.text("got").await;
    for part in [
        "<svg xmlns=\"http://www.w3.org/2000/svg\"",
        "width=\"400\"",
        "<title>hashing-blake3: time per call",
        "#0b7a5c",
    ] {
        assert!(svg.contains(part), "no {part} in {svg}");
    }
    for part in ["var(", "class=", "tabindex", "aria-"] {
        assert!(!svg.contains(part), "{part} in {svg}");
    }
    let parsed = "new DOMParser().parseFromString(got, 'image/svg+xml').querySelector('parsererror') === null";
    assert_eq!(tab.ask(parsed).await, true);
    // A picture takes its time, and what was said of the copy before must not stand for it.
    tab.ask(
        "const { decode } = HTMLImageElement.prototype;
        HTMLImageElement.prototype.decode = async function slowly() {
            await new Promise((done) => { setTimeout(done, 300); });
            return decode.call(this);
        };
        0",
    )
    .await;
    assert_eq!(choose(&tab, button, "Copy as PNG").await, "copied");
    let head = "got.arrayBuffer().then((bytes) => [...new Uint8Array(bytes).slice(0, 20)])";
    assert_eq!(
        tab.ask(head).await,
        json!([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 3, 0x20])
    );
    // The picture shows something: it has more than two colours.
    let colours = "createImageBitmap(got).then((image) => {
        const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
        canvas.drawImage(image, 0, 0);
        return new Set(new Uint32Array(canvas.getImageData(0, 0, image.width, image.height).data.buffer)).size;
    })";
    assert!(tab.ask(colours).await.as_u64().unwrap() > 10);
    // The menu is used by keys as well.
    tab.page.locator(button).focus().await.unwrap();
    tab.press("Enter").await;
    tab.press("ArrowDown").await;
    assert_eq!(tab.text("document.activeElement.textContent").await, "Copy as SVG");
    tab.press("Escape").await;
    assert_eq!(
        tab.text("document.activeElement.ariaLabel").await,
        "Copy hashing-blake3: time per call on 1MB, chromium"
    );
    tab.close().await;
}

/// The address of a job, and its row as a picture on light paper, whatever the page is on.
pub async fn a_row_is_copied_as_a_picture(browser: &Browser, file: &Path) {
    let options = BrowserContextOptions::builder().color_scheme("dark".to_owned()).build();
    let tab = Tab::open(browser, file, "?calls=50#hashing-blake3-chromium", options).await;
    tab.until(READY).await;
    tab.ask(CAUGHT).await;
    let said = "document.querySelector('.copied').textContent !== ''";
    tab.click(".job[open] >> text=Copy link").await;
    tab.until(said).await;
    assert!(tab.text("got").await.ends_with("?calls=50#hashing-blake3-chromium"));
    tab.click(".job[open] >> text=Copy as image").await;
    tab.until("window.got instanceof Blob && document.querySelector('.copied').textContent === 'copied'").await;
    let seen = "createImageBitmap(got).then((image) => {
        const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
        canvas.drawImage(image, 0, 0);
        const { data } = canvas.getImageData(0, 0, image.width, image.height);
        const colour = (x, y) => [...data.slice(4 * (y * image.width + x), 4 * (y * image.width + x) + 3)];
        return [image.width, image.height, colour(1190, 10), colour(4, 300), new Set(new Uint32Array(data.buffer)).size > 20];
    })";
    // Paper, the colour of WebAssembly at the left edge, and text.
    assert_eq!(tab.ask(seen).await, json!([1200, 630, [255, 255, 255], [0x6a, 0x3f, 0xc0], true]));
    tab.close().await;
}

pub async fn without_a_clipboard_it_is_saved(browser: &Browser, file: &Path) {
    let tab = open(browser, file, "").await;
    tab.ask("Object.defineProperty(navigator, 'clipboard', { value: undefined })").await;
    assert_eq!(choose(&tab, "#failures-all-table .copy", "Copy as CSV").await, "copied", "by selecting it");
    tab.ask("document.execCommand = () => false").await;
    let waiting = tab.page.expect_download(None).await.unwrap();
    assert_eq!(choose(&tab, "#failures-all-table .copy", "Copy as CSV").await, "saved failures-all-table.csv");
    let saved = waiting.wait().await.unwrap();
    assert_eq!(saved.suggested_filename(), "failures-all-table.csv");
    let waiting = tab.page.expect_download(None).await.unwrap();
    choose(&tab, ".chart:has(#hashing-blake3-chromium-total) .copy", "Copy as PNG").await;
    let saved = waiting.wait().await.unwrap();
    let bytes = fs::read(saved.path().await.unwrap().unwrap()).unwrap();
    assert!(bytes.starts_with(b"\x89PNG\r\n"), "{:?}", &bytes[..8]);
    let waiting = tab.page.expect_download(None).await.unwrap();
    tab.click("#hashing-blake3-chromium >> text=Copy as image").await;
    assert_eq!(waiting.wait().await.unwrap().suggested_filename(), "hashing-blake3-chromium.png");
    tab.close().await;
}

pub async fn data_is_saved_without_a_script(browser: &Browser, file: &Path, folder: &Path) {
    let options = BrowserContextOptions::builder().javascript_enabled(false).build();
    let tab = Tab::open(browser, file, "", options).await;
    tab.click("#data > summary").await;
    for (name, schema) in [("report.json.gz", "crossover/report/2"), ("run.jsonl.gz", "crossover/run/2")] {
        let waiting = tab.page.expect_download(None).await.unwrap();
        tab.click(&format!("a[download='{name}']")).await;
        let saved = waiting.wait().await.unwrap();
        assert_eq!(saved.suggested_filename(), name);
        let target = folder.join(name);
        saved.save_as(&target).await.unwrap();
        let mut text = String::new();
        GzDecoder::new(fs::File::open(target).unwrap()).read_to_string(&mut text).unwrap();
        let first: Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
        assert_eq!(first["schema"], schema);
        assert_eq!(first["kernels"][3]["name"], KERNEL);
    }
    tab.close().await;
}
