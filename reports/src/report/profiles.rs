//! Profiles in words: which belong to a run, and the rows and sentences that every format shows.

use super::{units, wording};
use crate::profile::{Category, Profile, Profiled, StateProfile};
use crate::run::{Kind, Run};

/// The headings of [`category_rows`].
pub const CATEGORY_HEADINGS: [&str; 4] = ["Time in", "Share", "Per call or start", "What that is"];
/// The headings of [`function_rows`].
pub const FUNCTION_HEADINGS: [&str; 5] =
    ["Function", "For", "Itself", "With what it calls", "Per call or start, itself"];

/// How to read the tables.
pub const NOTE: &str = "A sampling profiler samples the page's own thread only: workers and compiler threads are not included. \
                        It slows that thread down a little, so times are usually above those of the run. Copies that the \
                        engine makes within a function count as that function's: a copy in Wasm's own memory, or a typed \
                        array's set() in a function that does other work, too.";

/// The profiles of a run's kernels, contenders and runtimes, in the run's order; and why others of those are not shown.
#[must_use]
pub fn of_run(run: &Run, profiles: Vec<Profile>) -> (Vec<Profile>, Vec<String>) {
    let header = &run.header;
    let place = |profile: &Profile| {
        let kernel = header.kernels.iter().position(|kernel| kernel.name == profile.kernel)?;
        let contenders = &header.kernels[kernel].contenders;
        let contender = contenders.iter().position(|contender| contender.name == profile.contender)?;
        let is_its_runtime = header.strata.iter().any(|stratum| stratum.runtime.id == profile.runtime.id);
        is_its_runtime.then_some((kernel, contender))
    };
    let (mut kept, mut reasons) = (Vec::new(), Vec::new());
    for profile in profiles {
        let Some((kernel, contender)) = place(&profile) else { continue };
        let measured = &header.kernels[kernel].contenders[contender].files_sha256;
        if measured.as_ref().is_some_and(|files| *files != profile.files_sha256) {
            reasons.push(format!(
                "the profile of {} {} was recorded with other files than the run measured, and is not shown: `crossover profile {} {}` \
                 records it again",
                profile.kernel, profile.contender, profile.kernel, profile.contender
            ));
        } else {
            kept.push(((kernel, contender), profile));
        }
    }
    kept.sort_by_key(|(place, _)| *place);
    (kept.into_iter().map(|(_, profile)| profile).collect(), reasons)
}

/// The name of a category.
#[must_use]
pub fn category(category: Category) -> &'static str {
    match category {
        Category::Kernel => "kernel",
        Category::Glue => "glue",
        Category::Copying => "copying",
        Category::Gc => "garbage collection",
        Category::Runtime => "browser functions",
        Category::Fetch => "fetch",
        Category::Evaluate => "evaluate",
        Category::Compile => "compile",
        Category::Instantiate => "instantiate",
        Category::Harness => "harness",
        Category::Native => "native code",
        Category::Idle => "waiting",
    }
}

/// What a category contains, for a kind of contender.
fn meaning(category: Category, kind: Kind) -> &'static str {
    match (category, kind) {
        (Category::Kernel, Kind::Wasm | Kind::StandIn) => "the Wasm's own functions",
        (Category::Kernel, _) => "its JavaScript, with the language's functions",
        (Category::Glue, _) => "JavaScript around it, wrappers, allocation",
        (Category::Copying, _) => "functions that only copy or recode what crosses",
        (Category::Gc, _) => "of the page's own thread",
        (Category::Runtime, _) => "the browser's own, and shims that call them",
        (Category::Fetch, _) => "until the last byte of a file is there",
        (Category::Evaluate, _) => "its module compiled, before any of it ran",
        (Category::Compile, _) => "Wasm compiled: native code and other threads",
        (Category::Instantiate, _) => "Wasm instantiated, by native code",
        (Category::Harness, _) => "the harness itself",
        (Category::Native, _) => "outside any function; not distinguished further",
        (Category::Idle, _) => "waiting for answers or other threads",
    }
}

/// Rows of the categories that took any time, then of those that are not distinguished.
#[must_use]
pub fn category_rows(kind: Kind, state: &StateProfile) -> Vec<(Category, [String; 4])> {
    let of = |entry: &crate::profile::CategoryTime| {
        let name = category(entry.category).to_owned();
        let Some(ns) = entry.ns else {
            let missing = || units::MISSING.to_owned();
            return Some((
                entry.category,
                [name, missing(), missing(), "not distinguished from native code".to_owned()],
            ));
        };
        let is_worth_a_row =
            ns > 0.0 || matches!(entry.category, Category::Kernel | Category::Glue | Category::Copying);
        is_worth_a_row.then(|| {
            let share = units::percent(state.share(ns));
            (entry.category, [name, share, each(state, ns), meaning(entry.category, kind).to_owned()])
        })
    };
    state.categories.iter().filter_map(of).collect()
}

/// Rows of the functions with the longest self time.
#[must_use]
pub fn function_rows(state: &StateProfile) -> Vec<(Category, [String; 5])> {
    let row = |function: &crate::profile::FunctionTime| {
        let cells = [
            wording::printable(&function.name),
            category(function.category).to_owned(),
            units::percent(state.share(function.self_ns)),
            units::percent(state.share(function.total_ns)),
            each(state, function.self_ns),
        ];
        (function.category, cells)
    };
    state.functions.iter().map(row).collect()
}

fn each(state: &StateProfile, ns: f64) -> String {
    state.per_call(ns).map_or_else(|| units::MISSING.to_owned(), units::time)
}

/// The unit of a state: `call` or `start`.
#[must_use]
pub fn one(state: Profiled) -> &'static str {
    match state {
        Profiled::Steady => "call",
        Profiled::Cold => "start",
    }
}

/// What a state is called.
#[must_use]
pub fn state(state: Profiled) -> &'static str {
    match state {
        Profiled::Steady => "Steady state",
        Profiled::Cold => "Cold start",
    }
}

/// The samples, in a sentence: `2.51 s of 812 calls, 12400 samples, asked for every 200 µs; 3.09 ms per call`.
#[must_use]
pub fn about(profile: &StateProfile) -> String {
    let one = one(profile.state);
    let plural = if profile.calls == 1 { "" } else { "s" };
    format!(
        "{} of {} {one}{plural}, {} samples, asked for every {}; {} per {one}",
        units::time(profile.total_ns),
        units::count(profile.calls as f64),
        units::count(profile.samples as f64),
        units::round_time(profile.interval_ns),
        each(profile, profile.total_ns),
    )
}

/// What was profiled, in a sentence.
#[must_use]
pub fn whose(profile: &Profile) -> String {
    let built = match profile.same_code {
        Some(true) => "Its Wasm is the one that ships, with names added, and its JavaScript is not minified",
        Some(false) => {
            "Its Wasm has names, which made the compiler generate other code than what ships, and its JavaScript is not minified"
        }
        None => "Its JavaScript is not minified",
    };
    format!(
        "{} on {}, in {} {}. {built}",
        profile.contender, profile.input, profile.runtime.id, profile.runtime.version
    )
}

/// The largest shares in a sentence: `kernel 91.0 %, copying 6.20 %, glue 2.10 %`.
#[must_use]
pub fn shares(state: &StateProfile) -> String {
    let mut shares: Vec<_> = state.categories.iter().filter_map(|one| Some((one.category, one.ns?))).collect();
    shares.retain(|(_, ns)| state.share(*ns) >= 0.01);
    shares.sort_by(|a, b| b.1.total_cmp(&a.1));
    let words = |(one, ns): (Category, f64)| format!("{} {}", category(one), units::percent(state.share(ns)));
    shares.into_iter().map(words).collect::<Vec<_>>().join(", ")
}
