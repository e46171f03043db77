//! Measuring with a fake browser: every way in which contenders and browsers fail, in no time.

mod memory;
mod strata;
mod version;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use crossover_reports::run::{self, Check, InputKind, Row, RowOutcome, Stage, State};

use super::block::measure;
use super::context::MeasureContext;
use super::sessions::sessions;
use crate::plan::{Group, Plan, PlannedKernel, Preset};
use crate::prepare::{Prepared, PreparedGroup};
use crate::runtime::fake::{Behaviour, FakeLauncher, Fate, VERSION};
use crate::runtime::{Launcher, OneVersion, RuntimeId};
use crate::server::{Server, Store};
use crate::suite::{Input, InputSource, Judge, Kernel};

const BLOCKS: u32 = 6;
const GROUP: Group = Group { stratum: 0, kernel: 0, input: 0 };

fn prepared(contenders: &[(&str, Behaviour)]) -> Prepared {
    let names: Vec<_> = contenders.iter().map(|(name, _)| *name).collect();
    let mut group = PreparedGroup::example(&names);
    for contender in &mut group.contenders {
        // The fake answers with the path of the module.
        contender.answer_sha256 = Some(contender.name.clone());
    }
    Prepared::from([(GROUP, group)])
}

/// One kernel with one input; what is loaded of it comes from `prepared`.
fn planned() -> PlannedKernel {
    let input = Input {
        name: "input".to_owned(),
        label: None,
        kind: InputKind::Bytes,
        source: InputSource::File(PathBuf::new()),
        headline: true,
        payload: None,
        known_answer: None,
    };
    let kernel = Kernel {
        name: "kernel".to_owned(),
        file: PathBuf::new(),
        title: None,
        summary: String::new(),
        caveats: Vec::new(),
        domain: String::new(),
        purpose: run::Purpose::Choice,
        baseline: "js".to_owned(),
        check: Check::Exact,
        judge: Judge::default(),
        inputs: vec![input.clone()],
        assets: BTreeMap::new(),
        contenders: Vec::new(),
        scenarios: Vec::new(),
        revisions_of: None,
        from: None,
    };
    PlannedKernel { kernel, inputs: vec![input], contenders: Vec::new() }
}

/// What is done of a plan.
#[derive(Clone, Copy)]
enum Work {
    Blocks,
    Sessions,
}

/// A plan to be run with a fake browser.
struct Scene<'a> {
    contenders: &'a [(&'a str, Behaviour)],
    /// How the same contenders behave in another runtime, if the plan has one.
    elsewhere: Option<&'a [(&'a str, Behaviour)]>,
    fates: &'a [Fate],
    preset: Preset,
    budget: Option<Duration>,
    /// The first times of the sentinel, nanoseconds.
    sentinel_ns: Vec<f64>,
    earlier: Vec<Row>,
}

impl Scene<'_> {
    /// Runs its blocks; the rows, and how many browsers it took.
    fn run(&self, prepared: Prepared) -> (Vec<Row>, u32) {
        self.work(Work::Blocks, prepared)
    }

    fn work(&self, work: Work, prepared: Prepared) -> (Vec<Row>, u32) {
        let (outcome, rows, launched) = self.outcome(work, prepared);
        outcome.unwrap();
        (rows, launched)
    }

    /// The same, which may end early.
    fn outcome(&self, work: Work, mut prepared: Prepared) -> (anyhow::Result<()>, Vec<Row>, u32) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let server = Server::start(Store::default()).await.unwrap();
            let launcher = FakeLauncher::new(self.contenders, self.fates);
            launcher.sentinel_ns.borrow_mut().extend(self.sentinel_ns.iter().rev());
            let one_version = |launcher: FakeLauncher| -> Box<dyn Launcher> {
                Box::new(OneVersion::new(Box::new(launcher), RuntimeId::Fake, VERSION))
            };
            let mut launchers = vec![one_version(launcher.clone())];
            let mut plan = Plan { kernels: vec![planned()], budget: self.budget, ..Plan::example(self.preset) };
            if let Some(contenders) = self.elsewhere {
                plan = plan.in_runtimes(&[RuntimeId::Chromium, RuntimeId::Fake], &[]).unwrap();
                launchers.push(one_version(FakeLauncher::new(contenders, &[])));
                let beside = PreparedGroup { stratum: "fake".to_owned(), ..prepared[&GROUP].clone() };
                prepared.insert(Group { stratum: 1, ..GROUP }, beside);
            }
            let context = MeasureContext {
                launchers: &launchers,
                server: &server,
                plan: &plan,
                most_blocks: plan.schedule.most_blocks(),
                kernels: &[described(self.contenders)],
                call_timeout: Duration::from_secs(1),
                native: None,
            };
            let mut rows = Vec::new();
            let mut record = |more: &[Row]| {
                rows.extend_from_slice(more);
                Ok(())
            };
            let outcome = match work {
                Work::Blocks => measure(&context, &mut prepared, &self.earlier, &mut record, |_| {}).await.map(drop),
                Work::Sessions => sessions(&context, &prepared, &self.earlier, &mut record, |_| {}).await,
            };
            let launched = *launcher.launched.borrow();
            (outcome, rows, launched)
        })
    }
}

/// The kernel as the results file has it.
fn described(contenders: &[(&str, Behaviour)]) -> run::Kernel {
    let contender = |(name, _): &(&str, Behaviour)| run::Contender::new(name, run::Kind::Js, run::Track::Ecosystem);
    run::Kernel {
        name: "kernel".to_owned(),
        title: None,
        summary: String::new(),
        caveats: Vec::new(),
        domain: String::new(),
        purpose: run::Purpose::Choice,
        baseline: "js".to_owned(),
        check: Check::Exact,
        own_checks: Default::default(),
        inputs: vec![run::Input {
            name: "input".to_owned(),
            label: None,
            kind: InputKind::Bytes,
            bytes: 1,
            sha256: String::new(),
            headline: true,
            payload: None,
            answer_bytes: None,
        }],
        contenders: contenders.iter().map(contender).collect(),
        scenarios: Vec::new(),
        revisions_of: None,
        from: None,
    }
}

fn scene<'a>(contenders: &'a [(&'a str, Behaviour)], preset: Preset) -> Scene<'a> {
    let (elsewhere, budget) = (None, None);
    Scene { contenders, elsewhere, fates: &[], preset, budget, sentinel_ns: Vec::new(), earlier: Vec::new() }
}

/// Runs the quick preset.
fn run(contenders: &[(&str, Behaviour)], fates: &[Fate]) -> (Vec<Row>, u32) {
    Scene { fates, ..scene(contenders, Preset::Quick) }.run(prepared(contenders))
}

fn sampled(rows: &[Row], contender: &str) -> usize {
    let of = |row: &&Row| row.cell.contender == contender && matches!(row.outcome, RowOutcome::Samples(_));
    rows.iter().filter(of).count()
}

fn failures<'a>(rows: &'a [Row], contender: &str) -> Vec<(Stage, &'a str)> {
    let of = |row: &'a Row| match &row.outcome {
        RowOutcome::Failure(failure) if row.cell.contender == contender => {
            Some((failure.stage, failure.reason.as_str()))
        }
        _ => None,
    };
    rows.iter().filter_map(of).collect()
}

#[test]
fn every_block_has_its_own_browser_and_every_round_every_contender_once() {
    let (rows, launched) = run(&[("js", Behaviour::Takes(1e6)), ("wasm", Behaviour::Takes(1e5))], &[]);
    assert_eq!(launched, BLOCKS);
    assert_eq!((sampled(&rows, "js"), sampled(&rows, "wasm")), (6, 6));
    for row in &rows {
        let RowOutcome::Samples(samples) = &row.outcome else { panic!("{row:?}") };
        let rounds: Vec<_> = samples.call.iter().map(|sample| sample.round).collect();
        assert_eq!(rounds, (0..20).collect::<Vec<_>>());
        assert!(samples.call.iter().all(|sample| sample.ns >= 5e6));
        assert_eq!(samples.cold_start.len(), 1);
        assert!(row.conditions.is_some());
        assert_eq!(samples.sentinel.iter().map(|sample| (sample.round, sample.ns)).collect::<Vec<_>>(), sentinel());
    }
}

fn sentinel() -> Vec<(u32, f64)> {
    (0..20).map(|round| (round, 1e6)).collect()
}

#[test]
fn contenders_start_in_every_state_and_only_wasm_from_a_buffer() {
    let contenders = [("js", Behaviour::Takes(1e6)), ("wasm", Behaviour::Takes(1e5))];
    let mut prepared = prepared(&contenders);
    for group in prepared.values_mut() {
        let Ok(urls) = &mut group.contenders[1].urls else { panic!() };
        urls.wasm = Some("module.wasm".to_owned());
    }
    let (rows, _) = scene(&contenders, Preset::Standard).run(prepared);
    for row in &rows {
        let RowOutcome::Samples(samples) = &row.outcome else { panic!("{row:?}") };
        let buffered = usize::from(row.cell.contender == "wasm");
        assert_eq!(State::ALL.map(|state| samples.starts(state).len()), [3, buffered, 1, 1], "{row:?}");
        assert_eq!(samples.first_paint.iter().map(|paint| paint.ns - paint.empty_ns).collect::<Vec<_>>(), [2e6]);
        for state in State::ALL {
            assert!(samples.starts(state).iter().all(|start| start.cached == Some(state.is_from_cache())), "{state:?}");
        }
    }
}

#[test]
fn slow_contenders_get_fewer_rounds_but_three() {
    let (rows, _) = run(&[("js", Behaviour::Takes(5e9)), ("wasm", Behaviour::Takes(5e8))], &[]);
    let RowOutcome::Samples(samples) = &rows[0].outcome else { panic!() };
    assert_eq!(samples.call.len(), 3);
}

#[test]
fn a_contender_that_is_compiled_better_after_its_warm_up_loses_one_sample() {
    let (rows, _) = run(&[("js", Behaviour::Takes(1e6)), ("wasm", Behaviour::SpeedsUp(2e5, 1e4))], &[]);
    for row in rows.iter().filter(|row| row.cell.contender == "wasm") {
        let RowOutcome::Samples(samples) = &row.outcome else { panic!() };
        let calls: Vec<u32> = samples.call.iter().map(|sample| sample.calls).collect();
        let last = samples.call.last().map(|sample| sample.round + 1);
        assert_eq!(last, Some(calls.len() as u32 + 1), "one round has no sample");
        assert!(calls.iter().all(|calls| *calls >= 250), "{calls:?}");
    }
}

#[test]
fn a_contender_that_throws_fails_alone() {
    for behaviour in [Behaviour::Throws, Behaviour::ThrowsLater] {
        let (rows, launched) = run(&[("js", Behaviour::Takes(1e6)), ("wasm", behaviour)], &[]);
        assert_eq!((sampled(&rows, "js"), launched), (6, BLOCKS));
        assert_eq!(failures(&rows, "wasm"), [(Stage::Measure, "Error: no"); 6]);
    }
}

#[test]
fn a_contender_that_hangs_is_given_up_and_the_others_go_on() {
    let (rows, launched) = run(&[("js", Behaviour::Takes(1e6)), ("wasm", Behaviour::Hangs)], &[]);
    assert_eq!((sampled(&rows, "js"), launched), (6, BLOCKS + 2));
    let [(Stage::Measure, reason)] = failures(&rows, "wasm")[..] else { panic!("{rows:?}") };
    assert!(reason.starts_with("no answer within"), "{reason}");
}

#[test]
fn a_contender_that_kills_two_browsers_is_given_up_and_the_others_go_on() {
    let (rows, launched) = run(&[("js", Behaviour::Takes(1e6)), ("wasm", Behaviour::Kills)], &[]);
    assert_eq!((sampled(&rows, "js"), launched), (6, BLOCKS + 2));
    assert_eq!(failures(&rows, "wasm").len(), 1);
    assert_eq!(failures(&rows, "wasm")[0].0, Stage::Runtime);
}

#[test]
fn a_browser_that_dies_or_falls_silent_once_is_replaced_and_nothing_is_lost() {
    for fate in [0, 3, 10].into_iter().flat_map(|trial| [Fate::DiesAt(trial), Fate::FallsSilentAt(trial)]) {
        let (rows, launched) = run(&[("js", Behaviour::Takes(1e6)), ("wasm", Behaviour::Takes(1e5))], &[fate]);
        assert_eq!((sampled(&rows, "js"), sampled(&rows, "wasm"), launched), (6, 6, BLOCKS + 1), "{fate:?}");
    }
}

#[test]
fn a_browser_that_cannot_be_launched_twice_costs_one_block() {
    let fates = [Fate::Lives, Fate::NotLaunched, Fate::NotLaunched];
    let (rows, _) = run(&[("js", Behaviour::Takes(1e6)), ("wasm", Behaviour::Takes(1e5))], &fates);
    assert_eq!((sampled(&rows, "js"), sampled(&rows, "wasm")), (5, 5));
    assert_eq!(failures(&rows, "js"), [(Stage::Runtime, "the browser did not start")]);
}

#[test]
fn a_browser_that_refuses_an_emulation_costs_one_block_and_says_which() {
    let contenders = [("js", Behaviour::Takes(1e6)), ("wasm", Behaviour::Takes(1e5))];
    let (rows, launched) = run(&contenders, &[Fate::RefusesToSlowDown]);
    assert_eq!((sampled(&rows, "js"), sampled(&rows, "wasm"), launched), (5, 5, BLOCKS));
    for contender in ["js", "wasm"] {
        assert_eq!(failures(&rows, contender), [(Stage::Measure, "the browser refused Network.enable: no")]);
    }
}

#[test]
fn an_answer_that_changes_is_not_timed() {
    let contenders = [("js", Behaviour::Takes(1e6)), ("wasm", Behaviour::Takes(1e5))];
    let mut prepared = prepared(&contenders);
    for group in prepared.values_mut() {
        group.contenders[1].answer_sha256 = Some("another".to_owned());
    }
    let (rows, _) = scene(&contenders, Preset::Quick).run(prepared);
    assert_eq!((sampled(&rows, "js"), sampled(&rows, "wasm")), (6, 0));
    assert!(failures(&rows, "wasm")[0].1.contains("not the one it gave"));
}

#[test]
fn a_disturbed_block_is_kept_and_measured_once_more() {
    let contenders = [("js", Behaviour::Takes(1e6)), ("wasm", Behaviour::Takes(1e5))];
    // Beside every second sample of the first block.
    let sentinel_ns = [[1e6, 9e6]; 20].concat();
    let (rows, launched) = Scene { sentinel_ns, ..scene(&contenders, Preset::Quick) }.run(prepared(&contenders));
    let disturbed = rows.iter().filter(|row| matches!(row.outcome, RowOutcome::Disturbed(_)));
    assert_eq!(disturbed.map(|row| row.block).collect::<Vec<_>>(), [0, 0]);
    assert_eq!((sampled(&rows, "js"), sampled(&rows, "wasm"), launched), (6, 6, BLOCKS));
}

#[test]
fn a_sentinel_that_the_clock_cannot_show_disturbs_nothing() {
    let contenders = [("js", Behaviour::Takes(1e6)), ("wasm", Behaviour::Takes(1e5))];
    let sentinel_ns = [[0.0, 1e6]; 20].concat();
    let (rows, _) = Scene { sentinel_ns, ..scene(&contenders, Preset::Quick) }.run(prepared(&contenders));
    assert_eq!((sampled(&rows, "js"), sampled(&rows, "wasm"), rows.len()), (6, 6, 12));
    let all = rows.iter().filter_map(|row| match &row.outcome {
        RowOutcome::Samples(samples) => Some(&samples.sentinel),
        _ => None,
    });
    assert!(all.flatten().all(|sample| sample.ns > 0.0));
}

#[test]
fn measuring_ends_at_the_look_that_settles_every_comparison() {
    let clear = [("js", Behaviour::Takes(1e6)), ("wasm", Behaviour::Takes(1e5))];
    let (rows, _) = scene(&clear, Preset::Standard).run(prepared(&clear));
    assert_eq!(sampled(&rows, "js"), 6);
    let wavering = [("js", Behaviour::Takes(1e6)), ("wasm", Behaviour::Wavers(8e5, 1.3e6))];
    let (rows, launched) = scene(&wavering, Preset::Standard).run(prepared(&wavering));
    assert_eq!((sampled(&rows, "js"), launched), (20, 20));
}

#[test]
fn blocks_of_an_earlier_session_are_not_measured_again() {
    let contenders = [("js", Behaviour::Takes(1e6)), ("wasm", Behaviour::Takes(1e5))];
    let (all, _) = scene(&contenders, Preset::Quick).run(prepared(&contenders));
    let (earlier, later) = all.split_at(8);
    let (rows, launched) =
        Scene { earlier: earlier.to_vec(), ..scene(&contenders, Preset::Quick) }.run(prepared(&contenders));
    assert_eq!((rows.len(), launched), (later.len(), 2));
    assert_eq!(rows.iter().map(|row| row.block).collect::<Vec<_>>(), [4, 4, 5, 5]);
    let (rows, launched) = Scene { earlier: all, ..scene(&contenders, Preset::Quick) }.run(prepared(&contenders));
    assert_eq!((rows.len(), launched), (0, 0));
}
