//! The summary of a state, from its recordings.

use crossover_reports::profile::{Call, Category, CategoryTime, Profiled, StateProfile, Tree};

use super::attribution::{AttributedFrame, Attribution};
use super::clip::{between, samples};
use crate::measure::{COLD_INTERVAL, Cold, STEADY_INTERVAL, Steady};
use crate::protocol::{Phase, Timeline};
use crate::sampling::cpuprofile::CpuProfile;

/// Functions that are named.
const TOP: usize = 10;
/// Frames of the call tree that is kept.
const MOST_FRAMES: usize = 600;

/// The summary of calls, and the part of the profile that it is made from: from the contender's first function to its last.
#[must_use]
pub fn steady(recording: &Steady, attribution: &Attribution) -> (StateProfile, CpuProfile) {
    let part = contenders(&recording.recorded.profile, attribution);
    let mut tally = Tally::default();
    tally.add(&part, attribution, &[]);
    let mut known = vec![Category::Kernel, Category::Copying, Category::Gc, Category::Runtime, Category::Harness];
    known.extend([Category::Native, Category::Idle]);
    let state = tally.state(Profiled::Steady, recording.calls, &known, attribution, &[Category::Compile]);
    (state, part)
}

/// The summary of starts, and the parts of the profiles that it is made from: from asking for the contender to its answer.
#[must_use]
pub fn cold(recordings: &[Cold], attribution: &Attribution) -> (StateProfile, Vec<CpuProfile>) {
    let mut tally = Tally::default();
    let mut parts = Vec::new();
    let mut is_phased = true;
    for recording in recordings {
        let profile = &recording.recorded.profile;
        let (part, phases) =
            match recording.recorded.clock_us.and_then(|clock_us| spans(profile, clock_us, &recording.timeline)) {
                Some(PhaseSpans { from_us, until_us, phases }) => (between(profile, from_us, until_us), phases),
                None => (contenders(profile, attribution), Vec::new()),
            };
        is_phased &= !phases.is_empty();
        tally.add(&part, attribution, &phases);
        parts.push(part);
    }
    let mut known = vec![Category::Kernel, Category::Copying, Category::Gc, Category::Runtime, Category::Harness];
    known.extend([Category::Native, Category::Idle]);
    let phases = if attribution.has_glue() { &PHASES[..] } else { &PHASES[..2] };
    let untold = if is_phased { &[][..] } else { phases };
    if is_phased {
        known.extend(phases);
    }
    (tally.state(Profiled::Cold, recordings.len() as u64, &known, attribution, untold), parts)
}

/// Phases of a start in which the browser works without any function to be seen; the last two with Wasm only.
const PHASES: [Category; 4] = [Category::Fetch, Category::Evaluate, Category::Compile, Category::Instantiate];

/// When a start was, and its phases, in microseconds of the profile's clock.
struct PhaseSpans {
    from_us: f64,
    until_us: f64,
    phases: Vec<(f64, Option<Category>)>,
}

/// `None` where that cannot be: the browser's two clocks are not of one time then.
fn spans(profile: &CpuProfile, clock_us: f64, timeline: &Timeline) -> Option<PhaseSpans> {
    let at = |ms: f64| clock_us + ms * 1e3;
    let phases = timeline.phases.iter().map(|span| (at(span.until), category(span.phase))).collect();
    let (from_us, until_us) = (at(timeline.begin), at(timeline.phases.last()?.until));
    (profile.start_time <= from_us && from_us < until_us && until_us <= profile.end_time).then_some(PhaseSpans {
        from_us,
        until_us,
        phases,
    })
}

/// What the browser does in a phase where no function is seen.
fn category(phase: Phase) -> Option<Category> {
    match phase {
        Phase::Fetch => Some(Category::Fetch),
        Phase::Compile => Some(Category::Compile),
        Phase::Instantiate => Some(Category::Instantiate),
        Phase::Evaluate => Some(Category::Evaluate),
        Phase::SetUp | Phase::FirstCall => None,
    }
}

/// The part from the contender's first function to its last, or to that of the harness which takes its last answer.
fn contenders(profile: &CpuProfile, attribution: &Attribution) -> CpuProfile {
    let places = attribution.places(profile);
    let samples = samples(profile);
    let is_contenders = |node: u64| places.get(&node).is_some_and(|place| place.is_contenders);
    let takes_part = |node: u64| {
        is_contenders(node) || places.get(&node).is_some_and(|place| place.category == Some(Category::Harness))
    };
    let Some(begin) = samples.iter().position(|sample| is_contenders(sample.node)) else {
        return between(profile, profile.start_time, profile.start_time);
    };
    let first = samples[begin];
    let last = samples[begin..].iter().rfind(|sample| takes_part(sample.node)).unwrap_or(&first);
    between(profile, first.at_us, last.at_us + last.lasts_us)
}

#[derive(Default)]
struct Tally {
    tree: Tree,
    samples: u64,
}

impl Tally {
    /// Adds a profile. `phases` say what time is for that no function was seen in, each until when.
    fn add(&mut self, profile: &CpuProfile, attribution: &Attribution, phases: &[(f64, Option<Category>)]) {
        let places = attribution.places(profile);
        // Garbage is collected on behalf of the function that ran before.
        let mut before: Vec<Call> = Vec::new();
        for sample in samples(profile) {
            let Some(place) = places.get(&sample.node) else { continue };
            self.samples += 1;
            let ns = sample.lasts_us * 1e3;
            match place.category {
                None => {
                    let phase = phases.iter().find(|(until_us, _)| sample.at_us < *until_us);
                    let unseen = if place.is_idle { Category::Idle } else { Category::Native };
                    let category = phase.and_then(|(_, category)| *category).unwrap_or(unseen);
                    self.tree.add(&[Call { name: format!("({})", category.name()), category }], ns);
                }
                Some(Category::Gc) => self.tree.add(&[before.as_slice(), place.stack.as_slice()].concat(), ns),
                Some(_) => {
                    self.split(place, ns);
                    before.clone_from(&place.stack);
                }
            }
        }
    }

    /// What is spent on lines that only copy is a callee of its own.
    fn split(&mut self, place: &AttributedFrame, ns: f64) {
        let copied = ns * place.copying;
        self.tree.add(&place.stack, ns - copied);
        if copied > 0.0 {
            let slice = Call { name: "slice".to_owned(), category: Category::Copying };
            self.tree.add(&[place.stack.as_slice(), &[slice]].concat(), copied);
        }
    }

    fn state(
        &self,
        state: Profiled,
        calls: u64,
        known: &[Category],
        attribution: &Attribution,
        untold: &[Category],
    ) -> StateProfile {
        let glue = attribution.has_glue().then_some(Category::Glue);
        let known: Vec<Category> = known.iter().copied().chain(glue).collect();
        let mut categories = self.tree.categories(&known);
        categories.extend(untold.iter().map(|category| CategoryTime { category: *category, ns: None }));
        categories.sort_by_key(|one| one.category);
        let interval = match state {
            Profiled::Steady => STEADY_INTERVAL,
            Profiled::Cold => COLD_INTERVAL,
        };
        StateProfile {
            state,
            interval_ns: interval.as_nanos() as f64,
            samples: self.samples,
            calls,
            total_ns: self.tree.total_ns(),
            categories,
            functions: self.tree.functions(TOP),
            frames: self.tree.frames(MOST_FRAMES),
        }
    }
}
