//! One self-contained page that makes no request, with a policy that forbids any. It can be read in full without its
//! script.

mod across;
mod answers;
mod around;
mod boundary;
mod build_matrix;
mod ceiling;
mod certainty;
mod data;
mod environment;
mod failures;
mod figure;
mod flame;
pub mod gate;
mod headroom;
mod interval;
mod kernel;
mod memory;
mod method;
mod options;
mod overview;
mod packed;
mod profile;
mod rules_of_thumb;
mod sizes;
mod slim;
mod strata;
mod tables;
mod tips;
mod tone;
pub mod trend;
mod verdicts;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};

use super::Page;
use crate::chart::{matrix_slugs, slugs};
use crate::report::wording;
use kernel::{ChartsShown, Section};
use tips::Tips;

/// The page's only style sheet; the charts take their colours from its custom properties.
const STYLE: &str = include_str!("html/style.css");

/// The page's only script, a module in parts: the first part has the shared functions.
const SCRIPT: &str = concat!(
    include_str!("html/script/element.js"),
    include_str!("html/script/tips.js"),
    include_str!("html/script/texts.js"),
    include_str!("html/script/pictures.js"),
    include_str!("html/script/copy.js"),
    include_str!("html/script/overview.js"),
    include_str!("html/script/decide.js"),
    include_str!("html/script/words.js"),
    include_str!("html/script/headroom.js"),
    include_str!("html/script/rows.js"),
    include_str!("html/script/across.js"),
    include_str!("html/script/order.js"),
    include_str!("html/script/card.js"),
    include_str!("html/script/jobs.js"),
    include_str!("html/script/ready.js"),
);

/// Most bytes of the visible part of a page, so that it can be sent. Style, script and the packed tips come on top.
const MOST_BYTES: usize = 2_560_000;

/// The report as a page, with the trend of its kernels and its samples if they are given.
///
/// # Errors
/// When a chart cannot be drawn or something cannot be packed.
pub fn text(page: &Page<'_>) -> anyhow::Result<String> {
    let Page { report, trend, is_final, .. } = *page;
    let headlines = report.headlines();
    let slugs = slugs(&headlines);
    let sections = kernel::sections(report, &headlines, &slugs)?;
    let matrix_slugs = matrix_slugs(report);
    let mut tips = Tips::default();
    let mut matrices = Vec::new();
    for (matrix, slug) in report.build_matrices.iter().zip(&matrix_slugs) {
        matrices.push(build_matrix::section(report, matrix, slug, &mut tips)?);
    }
    let trend = trend.map(|trend| trend::section(trend, &mut tips)).transpose()?;
    let boundary = boundary::section(report, &mut tips)?;
    let after = html! {
        @for matrix in &matrices { (matrix) }
        (overview::section(report, &headlines, &slugs))
        (strata::section(report))
        @if let Some(trend) = trend { (trend) }
        (boundary)
        (profile::others(report, &headlines))
        (rules_of_thumb::section(report))
        (failures::section(report))
        (environment::section(report))
        (method::section())
        (data::section(page)?)
    };
    let mut main = |shown: &ChartsShown| {
        let mut inside = |at: usize, links| sections[at].markup(shown, links, &mut tips);
        html! {
            @if !is_final {
                p.warning role="status" {
                    strong { "Not final." } " crossover is still measuring. Load the page again for what it knows by then."
                }
            }
            (answers::section(report, &headlines, &slugs, &mut inside)) (after)
        }
    };
    let main = with_charts(&mut main, &sections);
    let run = &report.run;
    let when = html! {
        time datetime=(run.started_at) { (wording::date(&run.started_at)) }
        nav aria-label="Parts of this page" {
            @if !headlines.is_empty() { a href="#overview" { "All options" } }
            a href="#data" { "Raw data" } a href="#method" { "How this was measured" }
        }
    };
    let title = format!("{} · crossover", answers::title(report, &headlines));
    self::page(&title, &when, &main, &tips, Some(&super::about(report)))
}

/// A page's `main`, with as many charts of its kernels as fit.
fn with_charts(main: &mut dyn FnMut(&ChartsShown) -> Markup, sections: &[Section<'_>]) -> Markup {
    let bare = slim::slim(&main(&ChartsShown::default()).0).len();
    main(&ChartsShown::within(MOST_BYTES.saturating_sub(bare), sections))
}

/// The frame of every page around its `main`; `when` is beside the name, `about` at the end.
fn page(title: &str, when: &Markup, main: &Markup, tips: &Tips, about: Option<&str>) -> anyhow::Result<String> {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            (head(title))
            body {
                a.skip href="#answers" { "Skip to the answers" }
                header.top { (brand()) div.when { (when) } }
                main { (PreEscaped(slim::slim(&main.0))) }
                @if let Some(about) = about { footer { p { (about) } } }
                template #tips { (packed::gzip(tips.as_bytes())?) }
            }
        }
    };
    // The style sheet and the script have line breaks, so the page is not made one line.
    Ok(page.into_string().replace(|c| c != '\n' && !wording::is_printable(c), " "))
}

fn head(title: &str) -> Markup {
    let script = script();
    let [style_hash, script_hash] = [STYLE, &script].map(|text| packed::base64(&Sha256::digest(text)));
    // The script turns charts into pictures, so the policy allows `data:` images.
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{style_hash}'; script-src 'sha256-{script_hash}'; img-src data:; base-uri 'none'; \
         form-action 'none'"
    );
    html! {
        head {
            meta charset="utf-8";
            meta http-equiv="Content-Security-Policy" content=(policy);
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            meta name="referrer" content="no-referrer";
            title { (title) }
            style { (PreEscaped(STYLE)) }
            script type="module" { (PreEscaped(script)) }
        }
    }
}

/// The script without its comments.
fn script() -> String {
    let lines = SCRIPT.lines().map(str::trim_start).filter(|line| !line.is_empty() && !line.starts_with(['/', '*']));
    lines.map(|line| format!("{line}\n")).collect()
}

fn brand() -> Markup {
    html! {
        p.brand {
            // The icon: two lines that cross.
            svg viewBox="0 0 24 24" aria-hidden="true" {
                path.js d="M2 5 C 10 5, 14 19, 22 19" {}
                path.wasm d="M2 19 C 10 19, 14 5, 22 5" {}
            }
            "crossover"
        }
    }
}
