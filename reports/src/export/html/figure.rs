//! Frames of charts and tables: a caption, a box that fits the page, and a place for the script's buttons.

use maud::{Markup, PreEscaped, html};

use super::tips::Tips;
use crate::chart::Picture;

/// A chart within a page, with its tips.
pub struct PageChart {
    markup: Markup,
    tips: Tips,
}

impl PageChart {
    /// With a caption, or without one if the chart's own heading is enough. The id has to be unique in the page.
    pub fn of(picture: &Picture, id: &str, caption: Option<&str>) -> Self {
        // The picture escapes all text; the policy of the page is the second line of defence.
        let markup = html! {
            figure.chart {
                (PreEscaped(picture.within_page(id)))
                @if let Some(caption) = caption { figcaption { (caption) } }
            }
        };
        Self { markup, tips: Tips::of(id, picture.tips()) }
    }

    /// The markup; its tips are added to those of the page.
    pub fn shown(&self, tips: &mut Tips) -> &Markup {
        tips.join(&self.tips);
        &self.markup
    }

    /// Bytes of the markup.
    pub fn length(&self) -> usize {
        self.markup.0.len()
    }
}

/// A table with its caption in a box that scrolls by itself, and by keyboard. A saved file is named after its id.
pub fn table(slug: &str, name: &str, caption: &str, table: Markup) -> Markup {
    html! { div.scroll tabindex="0" { table id={ (slug) "-" (name) "-table" } { caption { span { (caption) } } (table) } } }
}
