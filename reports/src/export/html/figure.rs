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

/// A table with its caption in a box that scrolls by itself, and by keyboard. Its id is what a file of it is called.
pub fn table(slug: &str, name: &str, caption: &str, table: Markup) -> Markup {
    html! { div.scroll tabindex="0" { table id={ (slug) "-" (name) "-table" } { caption { span { (caption) } } (table) } } }
}
