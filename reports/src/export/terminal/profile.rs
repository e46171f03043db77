//! A profile as tables of the terminal: where the time goes, and in which functions.

use super::{Colour, Lines, Table, left, right};
use crate::profile::{Profile, StateProfile};
use crate::report::{profiles, wording};

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
    let mut categories = Table::new([left("time in"), right("share"), right("each")]);
    for (_, [name, share, each, meaning]) in profiles::category_rows(profile.kind, state) {
        categories.row([name, share, each], None);
        categories.text("      ", &meaning);
    }
    out.table(&categories);
    out.line("");
    let mut functions = Table::new([left("function"), left("for"), right("itself"), right("with callees")]);
    for (_, [name, category, own, total, _]) in profiles::function_rows(state) {
        functions.row([name, category, own, total], None);
    }
    out.table(&functions);
}
