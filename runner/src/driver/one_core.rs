//! Holding the pages of this process' browser to one core while they are compared.
//!
//! Cores are not alike: one shares its silicon with something busy, one is of a slower kind, one is the core that the
//! hypervisor lends to somebody else. Left alone, each page tends to stay where it is, and then cores are compared and not
//! contenders. Only the threads that run the pages' JavaScript and Wasm are held. Those that they started before (to
//! compile, to collect garbage, workers) stay free, as in any other page.

/// Holds all pages to the core that the busiest of them was last on: the system had reasons to put it there. Where that
/// can't be done, as on other systems than Linux, they stay free.
pub fn hold_pages() {
    #[cfg(target_os = "linux")]
    linux::hold_pages();
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

    pub fn hold_pages() {
        let pages = pages_below(std::process::id().cast_signed());
        let Some(busiest) = pages.iter().max_by_key(|page| page.busy).filter(|page| page.core < CpuSet::MAX_CPU) else {
            return;
        };
        let mut core = CpuSet::new();
        core.set(busiest.core);
        for page in &pages {
            // One that has ended meanwhile needs no core.
            let _ = sched_setaffinity(Pid::from_raw(page.id), &core);
        }
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
