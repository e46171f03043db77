//! The line at the top of an opened job: to the jobs before and after it, and back to all.

use maud::{Markup, html};

/// The link to another job: the id that it leads to, and the job's name.
pub type Neighbour<'a> = Option<(&'a str, &'a str)>;

/// The links, as the rows are written; the script changes those to the neighbours with the order of the rows.
pub fn links(before: Neighbour<'_>, after: Neighbour<'_>) -> Markup {
    html! {
        p.around {
            span.neighbours {
                @if let Some((slug, name)) = before { a href={ "#" (slug) } { "‹ " (name) } }
                @if let Some((slug, name)) = after { a href={ "#" (slug) } { (name) " ›" } }
            }
            a href="#answers" { "↑ All jobs" }
        }
    }
}
