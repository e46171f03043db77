//! What charts and tables are put into: a caption, a box that fits the page, and a place for the script's buttons.

use maud::{Markup, PreEscaped, html};

use super::tips::Tips;
use crate::chart::Picture;

/// A chart within a page, and what its areas say when they are pointed at.
pub struct Chart {
    markup: Markup,
    tips: Tips,
}

impl Chart {
    /// With what it shows; no caption where its own heading says all. No other element of the page has its id.
    pub fn of(picture: &Picture, id: &str, caption: Option<&str>) -> Self {
        // The picture escapes all text; the policy of the page would stop what it missed.
        let markup = html! {
            figure.chart {
                (PreEscaped(picture.within_page(id)))
                @if let Some(caption) = caption { figcaption { (caption) } }
            }
        };
        Self { markup, tips: Tips::of(id, picture.tips()) }
    }

    /// The markup; its tips join those of the page.
    pub fn shown(&self, tips: &mut Tips) -> &Markup {
        tips.join(&self.tips);
        &self.markup
    }

    /// Bytes of the markup.
    pub fn length(&self) -> usize {
        self.markup.0.len()
    }
}

/// A table with its caption in a box that scrolls by itself, and by keyboard. Its id is what a file of it is called.
pub fn table(slug: &str, name: &str, caption: &str, table: Markup) -> Markup {
    html! { div.scroll tabindex="0" { table id={ (slug) "-" (name) "-table" } { caption { span { (caption) } } (table) } } }
}
