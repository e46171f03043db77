//! The header of a results file.

use crossover_reports::run::{
    CalibrationQuote, Emulation, Family, Header, Kernel, Kind, Machine, Runtime, SCHEMA, Stratum,
};
use sysinfo::{CpuRefreshKind, MemoryRefreshKind, RefreshKind, System};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::artifact;
use crate::environment::Environment;
use crate::plan::Plan;

/// Parts of the header that are known only once the runtimes run.
#[derive(Debug)]
pub struct MeasuredUnder {
    /// The runtimes, in the plan's order.
    pub strata: Vec<Stratum>,
    /// Git revision of the suite.
    pub git_revision: Option<String>,
    /// The revision that it is compared with, where two are.
    pub base_revision: Option<String>,
    /// What a calibration of this machine and runtime found.
    pub calibration: Option<CalibrationQuote>,
}

/// Describes a run that is about to begin.
///
/// # Errors
/// When a tool does not report its version.
pub fn header(
    plan: &Plan,
    environment: &Environment,
    kernels: Vec<Kernel>,
    measured: MeasuredUnder,
) -> anyhow::Result<Header> {
    let now = OffsetDateTime::now_utc();
    let toolchain = artifact::toolchain(environment)?;
    let mut strata = measured.strata;
    if kernels.iter().flat_map(|kernel| &kernel.contenders).any(|contender| contender.kind == Kind::Native) {
        strata.push(native(toolchain.rustc.as_deref()));
    }
    Ok(Header {
        schema: SCHEMA.to_owned(),
        id: format!("{}-{:04x}", now.unix_timestamp(), now.nanosecond() & 0xffff),
        tool_version: env!("CARGO_PKG_VERSION").to_owned(),
        git_revision: measured.git_revision,
        base_revision: measured.base_revision,
        started_at: rfc3339(now),
        seed: plan.seed,
        schedule: plan.schedule.clone(),
        machine: machine(),
        toolchain,
        strata,
        kernels,
        share: plan.share.clone(),
        shards: plan.shards.clone(),
        calibration: measured.calibration,
    })
}

/// The machine itself, by the compiler of the code that it runs.
fn native(rustc: Option<&str>) -> Stratum {
    let id = Kind::Native.name().to_owned();
    let version = rustc.unwrap_or("unknown").to_owned();
    Stratum {
        id: id.clone(),
        runtime: Runtime { id, family: Family::Native, version, flags: Vec::new() },
        cross_origin_isolated: false,
        timer_quantum_ns: None,
        emulation: Emulation::default(),
        machine: None,
        through: None,
        only: None,
    }
}

/// The time of day, RFC 3339 in UTC, in whole seconds.
#[must_use]
pub fn now() -> String {
    rfc3339(OffsetDateTime::now_utc())
}

fn rfc3339(time: OffsetDateTime) -> String {
    time.replace_nanosecond(0).unwrap_or(time).format(&Rfc3339).unwrap_or_default()
}

/// This machine.
#[must_use]
pub fn machine() -> Machine {
    let refresh =
        RefreshKind::nothing().with_cpu(CpuRefreshKind::nothing()).with_memory(MemoryRefreshKind::everything());
    let system = System::new_with_specifics(refresh);
    Machine {
        os: System::long_os_version().unwrap_or_else(|| std::env::consts::OS.to_owned()),
        arch: std::env::consts::ARCH.to_owned(),
        cpu: system.cpus().first().map_or_else(|| "unknown".to_owned(), |cpu| cpu.brand().trim().to_owned()),
        cores: system.cpus().len() as u32,
        memory_bytes: Some(system.total_memory()),
    }
}
