//! The most that a port could save, where no Wasm is written yet: the sentences for each input, and how to go on.

use super::Lines;
use crate::report::{Headline, Headroom, headroom, wording};

/// The sentences; empty unless Wasm is not written yet.
pub(super) fn lines(out: &mut Lines, headline: &Headline<'_>) {
    let headrooms = &headline.headrooms;
    let title = wording::printable(headline.kernel.shown());
    let place = |one: &Headroom| wording::printable(&headroom::place(headline.kernel, one));
    match &headrooms[..] {
        [] => return,
        [one] => {
            out.bold(&format!("{title}   {}, {}", place(one), wording::printable(headline.label)));
            out.line("");
            one.sentences.iter().for_each(|sentence| out.wrapped("  ", sentence));
            out.line("");
            one.advice.iter().for_each(|sentence| out.wrapped("  ", sentence));
        }
        several => {
            out.bold(&format!("{title}   {}", wording::printable(headline.label)));
            out.line("");
            out.wrapped("  ", &headline.sentence());
            for one in several {
                out.line("");
                out.wrapped("  ", &wording::capitalised(&place(one)));
                one.sentences.iter().chain(&one.advice).for_each(|sentence| out.wrapped("    ", sentence));
            }
        }
    }
    out.line("");
    if headline.is_measured() {
        out.wrapped("  ", headroom::LIMIT);
    }
    if headrooms.iter().any(|headroom| headroom.is_worth_a_try()) {
        // A command is not broken into lines.
        out.line(&format!("  Next: {}", headroom::next(headline.kernel)));
    }
    out.line("");
}
