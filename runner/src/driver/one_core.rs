//! Holding the pages of this process' browser to one core while they are compared.
//!
//! Cores are not alike: one shares its silicon with something busy, one is of a slower kind, one is the core that the
//! hypervisor lends to somebody else. Left alone, each page tends to stay where it is, and then cores are compared and not
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
    /// nanoseconds; `None` where the system does not tell.
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
    use std::collections::HashMap;
    use std::fs;

    use rustix::thread::{CpuSet, Pid, sched_setaffinity};

    /// A process, as `/proc/ID/stat` tells of it (proc_pid_stat(5)).
    struct Process {
        id: i32,
        parent: i32,
        /// Time spent in user mode, ticks.
        busy: u64,
        /// The core that its first thread was last on.
        core: usize,
    }

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

    fn pages_below(ancestor: i32) -> Vec<Process> {
        let ids = fs::read_dir("/proc").into_iter().flatten().flatten();
        let ids = ids.filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok());
        let processes: Vec<_> = ids.filter_map(process).collect();
        let parents: HashMap<_, _> = processes.iter().map(|process| (process.id, process.parent)).collect();
        // A process has some few ancestors; a list that was read while it changed might go in circles.
        let is_below =
            |id| std::iter::successors(Some(id), |id| parents.get(id).copied()).take(32).any(|id| id == ancestor);
        processes.into_iter().filter(|process| is_below(process.id) && is_page(process.id)).collect()
    }

    fn process(id: i32) -> Option<Process> {
        let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
        // The name, in parentheses, may hold anything; what follows begins with the third field.
        let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        let field = |number: usize| fields.get(number - 3);
        Some(Process {
            id,
            parent: field(4)?.parse().ok()?,
            busy: field(14)?.parse().ok()?,
            core: field(39)?.parse().ok()?,
        })
    }

    fn is_page(id: i32) -> bool {
        let line = fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default();
        line.split(|byte| *byte == 0 || *byte == b' ').any(|argument| argument == b"--type=renderer")
    }
}
