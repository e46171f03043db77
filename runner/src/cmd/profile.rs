//! `crossover profile`: where a contender's time goes, warm and as it starts.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};
use crossover_reports::export::{self, Page, html};
use crossover_reports::profile::{Profile, SCHEMA};
use crossover_reports::report::Report;
use crossover_reports::run::{Emulation, Failure, Run, Runtime, Stage};

use super::report::with_profiles;
use super::{colour, print, results};
use crate::cli::ProfileArgs;
use crate::exit::{Exit, Unable};
use crate::interrupt;
use crate::measure::{self, Cold, Recording, Steady, TestBed, environment};
use crate::plan::Plan;
use crate::prepare::{Named, Prepared, PreparedGroup, now, prepare};
use crate::profile::{self, Attribution, Output, joined, readable};
use crate::progress::{Voice, say};
use crate::runtime::{Capability, DriverError};
use crate::suite::{Contender, Suite};

/// Records a contender, writes what was recorded, and prints where the time goes.
///
/// # Errors
/// When the suite or the usage is not as it should be, or the environment is not able.
pub fn profile(args: &ProfileArgs) -> anyhow::Result<Exit> {
    let voice = Voice::of(args.quiet);
    let suite = Suite::open(args.suite.as_deref())?;
    let plan = Plan::of_contender(&suite, &args.kernel, &args.contender, args.input.as_deref())?;
    let needs = [(Capability::CpuProfile, "crossover profile")];
    let plan = plan.in_runtimes(&args.browser.runtime.runtimes(&suite)?, &needs)?;
    ensure!(plan.strata.len() == 1, "--runtime: a profile is of one runtime; profile one after the other");
    let planned = &plan.kernels[0];
    let is_it = |contender: &&Contender| contender.name == args.contender;
    let contender = planned.contenders.iter().find(is_it).context("the plan has no such contender")?;
    let out = args.out.clone().unwrap_or_else(|| suite.root.join("target/crossover"));
    let input = planned.inputs.first().map_or("", |input| input.name.as_str());
    let output = Output::create(&out, [&args.kernel, &args.contender, input, &plan.strata[0].id])?;
    let environment = environment(&plan, &args.browser, voice)?;
    let speak = |line: &str| say(voice, line);
    let mut ready = prepare(&suite, &plan, &environment, &speak);
    let mut named = match ready.add_named(&suite, planned, contender, &environment, &speak) {
        Ok(named) => named,
        Err(failure) => return Ok(failed(args, &failure)),
    };
    let emulation = Emulation::default();
    let recorded = TestBed::with(ready, &plan, &environment, &args.browser, emulation, async |bed, mut prepared| {
        let measured = prepared.values().flat_map(|group| &group.contenders).find(|other| other.name == args.contender);
        if let Some(Ok(urls)) = measured.map(|measured| &measured.urls) {
            named.urls.way = urls.way.clone();
        }
        let recording = record(bed, &mut prepared, &named, args, voice);
        let recorded = interrupt::unless_interrupted(recording).await?;
        Ok(recorded.map(|recorded| (recorded, bed.strata[0].runtime.clone())))
    })?;
    let ((steady, starts), runtime) = match recorded {
        Ok(recorded) => recorded,
        Err(failure) => return Ok(failed(args, &failure)),
    };
    let attribution = Attribution::new(contender.kind, &named.module);
    let (steady, steady_part) = profile::steady(&steady, &attribution);
    let (cold, cold_parts) = profile::cold(&starts, &attribution);
    let profile = Profile {
        schema: SCHEMA.to_owned(),
        tool_version: env!("CARGO_PKG_VERSION").to_owned(),
        started_at: now(),
        kernel: args.kernel.clone(),
        input: input.to_owned(),
        contender: args.contender.clone(),
        kind: contender.kind,
        runtime: Runtime { flags: Vec::new(), ..runtime },
        files_sha256: named.files_sha256,
        same_code: named.same_code,
        states: vec![steady, cold],
    };
    let mut files = Vec::new();
    for (state, recorded) in profile.states.iter().zip([steady_part, joined(&cold_parts)]) {
        files.extend(output.write_state(&profile, state, &recorded)?);
    }
    files.push(output.write_summary(&profile)?);
    print(&if args.json { export::profile::json(&profile)? } else { export::profile::terminal(&profile, colour()) })?;
    files.extend(report(&out)?);
    for file in files {
        say(voice, &format!("written: {}", file.display()));
    }
    Ok(Exit::Done)
}

/// Calls and starts, as they were recorded.
type Recorded = (Steady, Vec<Cold>);

/// Checks the contender's answer, then records it with its names.
async fn record(
    bed: &TestBed,
    prepared: &mut Prepared,
    named: &Named,
    args: &ProfileArgs,
    voice: Voice,
) -> anyhow::Result<Result<Recorded, Failure>> {
    let call_timeout = args.browser.call_timeout;
    say(voice, "checking its answer");
    bed.verify(prepared, call_timeout, |_, _| {}).await?;
    let group = prepared.values_mut().next().context("the plan has no input")?;
    let find = |group: &PreparedGroup| group.contenders.iter().position(|contender| contender.name == args.contender);
    let at = find(group).context("the plan has no such contender")?;
    if let Err(failure) = &group.contenders[at].urls {
        return Ok(Err(failure.clone()));
    }
    group.contenders[at].urls = Ok(named.urls.clone());
    let browser = bed.launchers[0].launch().await.map_err(|error| Unable(error.into()))?;
    let recording = Recording { browser: &*browser, server: &bed.server, length: args.seconds, call_timeout };
    let recorded = async {
        say(voice, &format!("recording calls for {} s, once they are warm", args.seconds.as_secs_f64()));
        let mut steady = recording.steady(group, at).await?;
        say(voice, "recording starts");
        let mut starts = recording.cold(group, at).await?;
        readable(&mut steady.recorded.profile, &named.functions);
        starts.iter_mut().for_each(|start| readable(&mut start.recorded.profile, &named.functions));
        Ok((steady, starts))
    }
    .await;
    browser.close().await;
    Ok(recorded.map_err(|error: DriverError| measure::failure(&error, Stage::Measure)))
}

/// A contender that cannot be profiled, with its reason.
fn failed(args: &ProfileArgs, failure: &Failure) -> Exit {
    let (kernel, contender, stage) = (&args.kernel, &args.contender, failure.stage.name());
    let why = format!("crossover: {kernel} {contender} cannot be profiled: {stage}: {}", failure.reason);
    say(Voice::Stderr, &why);
    Exit::SomeFailed
}

/// Writes the report anew where there is a run, so that it shows the profile; the file.
fn report(out: &Path) -> anyhow::Result<Option<PathBuf>> {
    let results = results(out);
    if !results.is_file() {
        return Ok(None);
    }
    let run = Run::read(&results)?;
    let report = with_profiles(Report::from_run(&run), &run, &[results]);
    let page = html(&Page { run: Some(&run), ..Page::of(&report) })?;
    let file = out.join("report.html");
    std::fs::write(&file, page).with_context(|| format!("{}: cannot be written", file.display()))?;
    Ok(Some(file))
}
