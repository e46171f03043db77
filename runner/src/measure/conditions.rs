//! How disturbed the machine is while a block is measured, from the system's counters and the sentinel.

use crossover_reports::run::Conditions;
use sysinfo::{CpuRefreshKind, RefreshKind, System};

/// A block is unusable when the sentinel took this many times its shortest time, or more, beside half of the samples:
/// the contenders can't have met the same machine then.
const UNUSABLE_FROM: f64 = 2.0;
/// Fewer times are too few to decide.
const FEWEST: usize = 6;

/// Whether the contenders' times can't be compared, by what the sentinel took beside them.
#[must_use]
pub fn is_unusable(sentinel_ns: &[f64]) -> bool {
    let mut times = sentinel_ns.to_vec();
    times.sort_unstable_by(f64::total_cmp);
    times.len() >= FEWEST && times[times.len() / 2] > UNUSABLE_FROM * times[0]
}

/// The system's counters at one moment.
pub struct Machine {
    ticks: Option<Ticks>,
}

/// Time of all cores since the system started, in ticks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Ticks {
    all: u64,
    stolen: u64,
}

impl Machine {
    /// Reads the counters.
    #[must_use]
    pub fn now() -> Self {
        Self { ticks: ticks() }
    }

    /// What happened since.
    #[must_use]
    pub fn conditions_since(self) -> Conditions {
        let steal = self.ticks.zip(ticks()).and_then(|(before, after)| stolen_share(before, after));
        let mhz = mean_mhz();
        // Windows has no load average, and is given zeros.
        let load = Some(System::load_average().one).filter(|_| !cfg!(windows));
        Conditions { load, steal, mhz, runtime_version: None }
    }
}

fn stolen_share(before: Ticks, after: Ticks) -> Option<f64> {
    let all = after.all.checked_sub(before.all).filter(|ticks| *ticks > 0)?;
    Some(after.stolen.checked_sub(before.stolen)? as f64 / all as f64)
}

fn mean_mhz() -> Option<f64> {
    let system =
        System::new_with_specifics(RefreshKind::nothing().with_cpu(CpuRefreshKind::nothing().with_frequency()));
    let clocks: Vec<f64> = system.cpus().iter().map(|cpu| cpu.frequency() as f64).filter(|mhz| *mhz > 0.0).collect();
    (!clocks.is_empty()).then(|| clocks.iter().sum::<f64>() / clocks.len() as f64)
}

/// Linux reports the time that a hypervisor took; other systems don't.
fn ticks() -> Option<Ticks> {
    parse(&std::fs::read_to_string("/proc/stat").ok()?)
}

/// The first line of `/proc/stat` (proc_stat(5)): user, nice, system, idle, iowait, irq, softirq, steal; guest time,
/// which follows, is counted in user time already.
fn parse(stat: &str) -> Option<Ticks> {
    let fields = stat.lines().next()?.strip_prefix("cpu ")?;
    let ticks: Vec<u64> = fields.split_whitespace().take(8).map(|field| field.parse().ok()).collect::<Option<_>>()?;
    Some(Ticks { all: ticks.iter().sum(), stolen: *ticks.get(7)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stolen_time_is_a_share_of_all_cores() {
        let before = parse("cpu  100 0 50 800 10 0 0 40 7 0\ncpu0 1 2 3\n").unwrap();
        assert_eq!(before, Ticks { all: 1000, stolen: 40 });
        let after = parse("cpu  150 0 50 820 10 0 0 70 9 0\n").unwrap();
        assert_eq!(stolen_share(before, after), Some(0.3));
        assert_eq!(stolen_share(before, before), None);
        assert_eq!(parse("intr 5"), None);
        assert_eq!(parse("cpu  1 2 3"), None);
    }

    #[test]
    fn half_of_the_samples_disturbed_is_unusable_and_a_few_are_not() {
        assert!(!is_unusable(&[1.0, 1.0, 1.1, 9.0, 1.0, 9.0]));
        assert!(is_unusable(&[1.0, 3.0, 1.1, 9.0, 1.0, 9.0]));
        assert!(!is_unusable(&[1.9, 1.0, 1.5, 1.9, 1.8, 1.9]), "drift is what pairing is for");
        assert!(!is_unusable(&[1.0, 9.0, 9.0]), "too few");
        assert!(!is_unusable(&[]));
    }
}
