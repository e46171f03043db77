//! The processes that run pages of a browser on this machine, as Linux lists them.

use std::collections::HashMap;
use std::fs;

/// A process, as `/proc/ID/stat` describes it (proc_pid_stat(5)).
pub struct RendererProcess {
    /// Its number.
    pub id: i32,
    parent: i32,
    /// Time spent in user mode, ticks.
    pub busy: u64,
    /// The core that its first thread was last on.
    pub core: usize,
}

/// The processes that run the pages of browsers which the process `ancestor` has started, directly or not.
#[must_use]
pub fn pages_below(ancestor: i32) -> Vec<RendererProcess> {
    let ids = fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = ids.filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok());
    let processes: Vec<_> = ids.filter_map(process).collect();
    let parents: HashMap<_, _> = processes.iter().map(|process| (process.id, process.parent)).collect();
    // A process has some few ancestors; a list that was read while it changed might go in circles.
    let is_below =
        |id| std::iter::successors(Some(id), |id| parents.get(id).copied()).take(32).any(|id| id == ancestor);
    processes.into_iter().filter(|process| is_below(process.id) && is_page(process.id)).collect()
}

fn process(id: i32) -> Option<RendererProcess> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // The name, in parentheses, may hold anything; what follows begins with the third field.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let field = |number: usize| fields.get(number - 3);
    Some(RendererProcess {
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
