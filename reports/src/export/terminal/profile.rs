//! A profile as tables of the terminal: where the time goes, and in which functions.

use super::{Colour, Lines, TerminalColumn, left, right};
use crate::profile::{Profile, StateProfile};
use crate::report::{profiles, wording};

/// Where the time goes.
const CATEGORIES: [TerminalColumn; 4] = [left("time in", 22), right("share", 9), right("each", 9), left("", 50)];
/// In which functions.
const FUNCTIONS: [TerminalColumn; 4] =
    [left("function", 50), left("for", 18), right("itself", 9), right("with callees", 13)];

/// A profile in words.
#[must_use]
pub fn text(profile: &Profile, colour: Colour) -> String {
    let mut out = Lines::new(colour);
    let title = format!("{} · {} · {}", profile.kernel, profile.contender, profile.runtime.id);
    out.bold(&wording::printable(&title));
    out.wrapped("", &format!("{}.", wording::printable(&profiles::whose(profile))));
    for state in &profile.states {
        out.line("");
        self::state(&mut out, profile, state);
    }
    out.line("");
    out.wrapped("", profiles::NOTE);
    out.into_text()
}

fn state(out: &mut Lines, profile: &Profile, state: &StateProfile) {
    out.bold(&format!("{}: {}", profiles::state(state.state), profiles::about(state)));
    if state.samples == 0 {
        return out.line("  It was over too soon for a single sample.");
    }
    out.headings(&CATEGORIES);
    for (_, [name, share, each, meaning]) in profiles::category_rows(profile.kind, state) {
        out.row(&CATEGORIES, &[name, share, each, format!("  {meaning}")], None);
    }
    out.line("");
    out.headings(&FUNCTIONS);
    for (_, [name, category, own, total, _]) in profiles::function_rows(state) {
        out.row(&FUNCTIONS, &[name, category, own, total], None);
    }
}
