//! Loads and calls every side of a hotspot before anything is measured: what fails is one message, without a report.

use anyhow::bail;
use crossover_reports::run::{Emulation, Failure, Stage};

use super::test_bed::TestBed;
use super::verify::WRONG_ANSWER;
use crate::answer::Answer;
use crate::cli::PortArgs;
use crate::complaint;
use crate::environment::Environment;
use crate::exit::Exit;
use crate::interrupt;
use crate::plan::{Effort, Group, Plan, Preset};
use crate::port::Hotspot;
use crate::prepare::{KnownAnswers, Loadable, Prepared, PreparedGroup, prepare};
use crate::progress::{Verbosity, say};
use crate::suite::Kernel;

/// The result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tried {
    /// All sides work, and agree as far as was asked.
    Alike,
    /// They do not agree, which was said.
    Different(Exit),
}

/// Loads and calls all sides with every input. Without Wasm, the answers are kept for the stand-ins.
///
/// # Errors
/// When a side cannot be built, loaded or called; the message names it.
pub fn try_out(
    hotspot: &Hotspot,
    kernel: &mut Kernel,
    args: &PortArgs,
    environment: &Environment,
) -> anyhow::Result<Tried> {
    let verbosity = args.measure.verbosity();
    let (suite, plan) = args.planned(kernel.clone(), Effort::of(Preset::Quick))?;
    let ready = prepare(&suite, &plan, environment, &|line| say(verbosity, line));
    refuse(hotspot, &ready.groups)?;
    say(verbosity, "loading every side and comparing the answers");
    let (browser, emulation) = (&args.measure.browser, Emulation::default());
    let tried = TestBed::with(ready, &plan, environment, browser, emulation, async |bed, mut prepared| {
        let trying = async {
            bed.verify(&mut prepared, browser.call_timeout, |_, _| {}).await?;
            match args.wasm {
                Some(_) => Ok(Vec::new()),
                None => bed.answers(&prepared, browser.call_timeout).await,
            }
        };
        let answers = interrupt::unless_interrupted(trying).await?;
        KnownAnswers::of(&environment.root.own(), bed.runtimes()).keep(&prepared)?;
        Ok((prepared, answers))
    });
    let (prepared, answers) = tried?;
    let wrong: Vec<String> = prepared.values().flat_map(|group| wrong_answers(hotspot, group)).collect();
    if !wrong.is_empty() {
        for line in wrong {
            // Also where progress is not wanted: it is the result.
            say(Verbosity::Normal, &complaint::error_line(&line));
        }
        return Ok(Tried::Different(Exit::SomeFailed));
    }
    refuse(hotspot, &prepared)?;
    for (group, answer) in answers {
        keep_answer(kernel, &plan, group, answer);
    }
    Ok(Tried::Alike)
}

fn keep_answer(kernel: &mut Kernel, plan: &Plan, group: Group, answer: Answer) {
    let name = &plan.kernels[group.kernel].inputs[group.input].name;
    if let Some(input) = kernel.inputs.iter_mut().find(|input| input.name == *name) {
        input.known_answer = Some(answer);
    }
}

/// Fails where no input has all its sides: then a side is at fault, and not one of the inputs.
fn refuse(hotspot: &Hotspot, prepared: &Prepared) -> anyhow::Result<()> {
    let is_whole = |group: &PreparedGroup| group.live().len() == group.contenders.len();
    if prepared.values().any(is_whole) {
        return Ok(());
    }
    for group in prepared.values() {
        for contender in &group.contenders {
            let (Err(failure), Some(side)) = (&contender.urls, hotspot.side(&contender.name)) else { continue };
            let (flag, module, reason) = (side.flag, side.module.name(), reason(failure));
            match reason.strip_prefix("it ") {
                Some(does) if failure.stage == Stage::Build => bail!("{flag} {module} {does}"),
                _ if failure.stage == Stage::Build => bail!("{flag} {module}#{} cannot be loaded: {reason}", side.path),
                _ => bail!("{flag} {module}#{} cannot be called: {reason}", side.path),
            }
        }
    }
    Ok(())
}

/// Without what the message says already.
fn reason(failure: &Failure) -> &str {
    let reason = failure.reason.as_str();
    reason.split_once(": bundling ").and_then(|(_, rest)| rest.split_once(": ")).map_or(reason, |(_, reason)| reason)
}

fn wrong_answers(hotspot: &Hotspot, group: &PreparedGroup) -> Vec<String> {
    let wrong = |failure: &Failure| {
        let rest = failure.reason.strip_prefix(WRONG_ANSWER)?;
        Some(rest.split_once(": ").map_or(rest, |(_, difference)| difference).to_owned())
    };
    let of = |contender: &Loadable| {
        let side = hotspot.side(&contender.name)?;
        let difference = wrong(contender.urls.as_ref().err()?)?;
        let (js, input) = (&hotspot.js, &group.input);
        Some(format!(
            "{} {}#{} gives another answer than --js {}#{} to {input}: {difference}",
            side.flag,
            side.module.name(),
            side.path,
            js.module.name(),
            js.path
        ))
    };
    group.contenders.iter().filter_map(of).collect()
}
