//! Where the time of a kernel's contenders goes, for those that were profiled.

use maud::{Markup, html};

use super::{figure, flame};
use crate::profile::{Profile, StateProfile};
use crate::report::{Headline, Report, profiles};

/// A part for each profiled contender of a kernel; empty if there is none.
pub fn section(report: &Report, headline: &Headline<'_>, slug: &str) -> Markup {
    let found: Vec<&Profile> = report.profiles.iter().filter(|profile| is_of(profile, headline)).collect();
    parts(&found, slug)
}

/// The same for kernels without a section, because they only cross.
pub fn others(report: &Report, headlines: &[Headline<'_>]) -> Markup {
    let has_section = |profile: &Profile| headlines.iter().any(|headline| is_of(profile, headline));
    let found: Vec<&Profile> = report.profiles.iter().filter(|profile| !has_section(profile)).collect();
    html! {
        @if !found.is_empty() {
            details.kernel {
                summary { h2 #others-title { "Profiles of kernels that only cross" } }
                (parts(&found, "others"))
            }
        }
    }
}

fn is_of(profile: &Profile, headline: &Headline<'_>) -> bool {
    profile.kernel == headline.kernel.name && profile.runtime.id == headline.stratum.runtime.id
}

fn parts(found: &[&Profile], slug: &str) -> Markup {
    html! {
        @if !found.is_empty() { h3 id={ (slug) "-profile" } { "Profile" } }
        @for (at, profile) in found.iter().enumerate() {
            p.note { b { (profile.kernel) } ": " (profiles::whose(profile)) "." }
            @for state in &profile.states { (self::state(profile, state, &format!("{slug}-profile-{at}-{}", state.state.name()))) }
        }
        @if !found.is_empty() { p.note { (profiles::NOTE) } }
    }
}

fn state(profile: &Profile, state: &StateProfile, slug: &str) -> Markup {
    let title = format!("{} of {}", profiles::state(state.state), profile.contender);
    if state.samples == 0 {
        return html! { p.note { (title) ": it was over too soon for a single sample." } };
    }
    html! {
        figure.chart.flame tabindex="0" aria-label={ "Flame graph: " (title) } {
            (flame::svg(state, &format!("{}: {title}, {}", profile.kernel, profile.runtime.id), slug))
            figcaption { (title) ": " (profiles::about(state)) ". Wider is longer; the functions that a function calls are below it." }
        }
        (figure::table(slug, "categories", &format!("{title}: where its time goes"), categories(profile, state)))
        (figure::table(slug, "functions", &format!("{title}: the functions with the longest self time"), functions(state)))
    }
}

fn categories(profile: &Profile, state: &StateProfile) -> Markup {
    let [name, share, each, meaning] = profiles::CATEGORY_HEADINGS;
    html! {
        thead { tr {
            th.head scope="col" { (name) } th.n scope="col" { (share) } th.n scope="col" { (each) } th scope="col" { (meaning) }
        } }
        tbody { @for (category, [name, share, each, meaning]) in profiles::category_rows(profile.kind, state) {
            tr {
                th scope="row" { (flame::key(category)) " " (name) }
                td.n { (share) } td.n { (each) } td { (meaning) }
            }
        } }
    }
}

fn functions(state: &StateProfile) -> Markup {
    let [name, category, figures @ ..] = profiles::FUNCTION_HEADINGS;
    html! {
        thead { tr {
            th.head scope="col" { (name) } th scope="col" { (category) }
            @for figure in figures { th.n scope="col" { (figure) } }
        } }
        tbody { @for (_, [name, category, figures @ ..]) in profiles::function_rows(state) {
            tr {
                th.reason scope="row" { code { (name) } } td { (category) }
                @for figure in figures { td.n { (figure) } }
            }
        } }
    }
}
