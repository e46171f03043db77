//! Holding the pages of this process' browser to one core while they are compared.
//!
//! Cores are not alike: one shares its silicon with something busy, one is of a slower kind, one is the core that the
//! hypervisor lends to another guest. Left alone, each page tends to stay where it is, and then cores are compared and not
//! contenders. Only the threads that run the pages' JavaScript and Wasm are held. Those that they started before (to
//! compile, to collect garbage, workers) stay free, as in any other page.

/// The pages that are held; none where they can't be, as on other systems than Linux.
#[derive(Debug, Default)]
pub struct HeldPages {
    ids: Vec<i32>,
}

impl HeldPages {
    /// Holds all pages to the core that the busiest of them was last on: the system had reasons to put it there.
    #[must_use]
    pub fn hold() -> Self {
        #[cfg(target_os = "linux")]
        return Self { ids: linux::hold_pages() };
        #[cfg(not(target_os = "linux"))]
        Self::default()
    }

    /// How long their first threads have waited for the core so far while something else had it, all together,
    /// nanoseconds; `None` where the system does not report it.
    #[must_use]
    pub fn waited_ns(&self) -> Option<u64> {
        if self.ids.is_empty() {
            return None;
        }
        // The second figure is the time on the run queue (Documentation/scheduler/sched-stats.rst of the kernel).
        let waited = |id: &i32| -> Option<u64> {
            let text = std::fs::read_to_string(format!("/proc/{id}/schedstat")).ok()?;
            text.split_whitespace().nth(1)?.parse().ok()
        };
        self.ids.iter().map(waited).sum()
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use rustix::thread::{CpuSet, Pid, sched_setaffinity};

    use super::super::processes::pages_below;

    pub fn hold_pages() -> Vec<i32> {
        let pages = pages_below(std::process::id().cast_signed());
        let Some(busiest) = pages.iter().max_by_key(|page| page.busy).filter(|page| page.core < CpuSet::MAX_CPU) else {
            return Vec::new();
        };
        let mut core = CpuSet::new();
        core.set(busiest.core);
        for page in &pages {
            // One that has ended meanwhile needs no core.
            let _ = sched_setaffinity(Pid::from_raw(page.id), &core);
        }
        pages.iter().map(|page| page.id).collect()
    }
}
