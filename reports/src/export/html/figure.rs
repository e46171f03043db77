//! What charts and tables are put into: a caption, a box that fits the page, and a place for the script's buttons.

use maud::{Markup, PreEscaped, html};

/// A chart with what it shows; no caption where its own heading says all.
pub fn chart(svg: String, caption: Option<&str>) -> Markup {
    // The canvas escapes all text; the policy of the page would stop what it missed.
    html! {
        figure.chart {
            (PreEscaped(svg))
            @if let Some(caption) = caption { figcaption { (caption) } }
        }
    }
}

/// A table with its caption in a box that scrolls by itself, and by keyboard.
pub fn table(slug: &str, name: &str, caption: &str, table: Markup) -> Markup {
    let id = format!("{slug}-{name}-caption");
    html! {
        div.table {
            div.scroll role="region" aria-labelledby=(id) tabindex="0" {
                table { caption id=(id) { span { (caption) } } (table) }
            }
        }
    }
}
