//! One contender, checked and then recorded with the names of its functions.

use anyhow::Context as _;
use crossover_reports::profile::{Profile, SCHEMA};
use crossover_reports::run::{Failure, Runtime, Stage};

use super::{Attribution, cold, joined, readable, steady};
use crate::cli::ProfileArgs;
use crate::exit::Unable;
use crate::measure::{Cold, ProfileRecording, Steady, TestBed, failure};
use crate::prepare::{Prepared, PreparedGroup, Symbolized, now};
use crate::progress::{Verbosity, say};
use crate::runtime::DriverError;
use crate::sampling::cpuprofile::CpuProfile;
use crate::suite::Contender;

/// The recordings of a contender.
pub struct RecordedContender {
    /// Warm calls.
    steady: Steady,
    /// Starts.
    starts: Vec<Cold>,
    /// The runtime.
    runtime: Runtime,
}

/// Checks the contender's answer, then records its warm calls and its starts. A contender that cannot be recorded is the
/// inner error.
///
/// # Errors
/// When the runtime cannot be launched.
pub async fn record(
    bed: &TestBed,
    mut prepared: Prepared,
    named: &mut Symbolized,
    args: &ProfileArgs,
    verbosity: Verbosity,
) -> anyhow::Result<Result<RecordedContender, Failure>> {
    let call_timeout = args.browser.call_timeout;
    say(verbosity, "checking its answer");
    bed.verify(&mut prepared, call_timeout, |_, _| {}).await?;
    let group = prepared.values_mut().next().context("the plan has no input")?;
    let find = |group: &PreparedGroup| group.contenders.iter().position(|contender| contender.name == args.contender);
    let at = find(group).context("the plan has no such contender")?;
    match &group.contenders[at].urls {
        Ok(urls) => named.urls.way = urls.way.clone(),
        Err(failure) => return Ok(Err(failure.clone())),
    }
    group.contenders[at].urls = Ok(named.urls.clone());
    let browser = bed.launchers[0].launch().await.map_err(|error| Unable(error.into()))?;
    let recording = ProfileRecording { browser: &*browser, server: &bed.server, length: args.seconds, call_timeout };
    let recorded = async {
        say(verbosity, &format!("recording calls for {} s, once they are warm", args.seconds.as_secs_f64()));
        let mut steady = recording.steady(group, at).await?;
        say(verbosity, "recording starts");
        let mut starts = recording.cold(group, at).await?;
        readable(&mut steady.recorded.profile, &named.functions);
        starts.iter_mut().for_each(|start| readable(&mut start.recorded.profile, &named.functions));
        Ok(RecordedContender { steady, starts, runtime: bed.strata[0].runtime.clone() })
    }
    .await;
    browser.close().await;
    Ok(recorded.map_err(|error: DriverError| failure(&error, Stage::Measure)))
}

impl RecordedContender {
    /// The profile of a contender on an input, and what counts of each recording: warm calls, then starts.
    #[must_use]
    pub fn profile(
        self,
        kernel: &str,
        input: &str,
        contender: &Contender,
        named: Symbolized,
    ) -> (Profile, [CpuProfile; 2]) {
        let attribution = Attribution::new(contender.kind, &named.module);
        let (steady, steady_part) = steady(&self.steady, &attribution);
        let (cold, cold_parts) = cold(&self.starts, &attribution);
        let profile = Profile {
            schema: SCHEMA.to_owned(),
            tool_version: env!("CARGO_PKG_VERSION").to_owned(),
            started_at: now(),
            kernel: kernel.to_owned(),
            input: input.to_owned(),
            contender: contender.name.clone(),
            kind: contender.kind,
            runtime: Runtime { flags: Vec::new(), ..self.runtime },
            files_sha256: named.files_sha256,
            same_code: named.same_code,
            states: vec![steady, cold],
        };
        (profile, [steady_part, joined(&cold_parts)])
    }
}
