//! Known differences on a machine that gets in the way, in a real browser: the outcome is right or `unsure`, never the
//! opposite.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "all/common/mod.rs"]
mod common;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use common::{Suite, crossover, rows_that_count, wait_for_rows};
use serde_json::Value;

const INDEX: &str = include_str!("../calibration/calibration-js/index.js");

/// The same code with a clock that shows whole milliseconds, as browsers that hide it from pages have.
const COARSE: &str = "const fine = performance.now.bind(performance);
performance.now = () => Math.floor(fine());
export * from './index.js';
";

/// The same code in a page that differs from the others when seen from outside: by the memory of its process.
const HEAVY: &str = "globalThis.held = new Uint8Array(400 << 20).fill(1);
export * from './index.js';
";

/// A kernel whose `plus-5` and `plus-10`, of one module, take 5 and 10 % longer than its baseline, of the other.
fn known_differences(baseline: &str, module: &str) -> Suite {
    let suite = Suite::new();
    let folder = suite.path().join("kernels/known");
    std::fs::create_dir(&folder).unwrap();
    suite.write("kernels/known/index.js", INDEX);
    suite.write("kernels/known/coarse.js", COARSE);
    suite.write("kernels/known/heavy.js", HEAVY);
    suite.write("kernels/known/iterations.json", "500000");
    let contender = |(name, module, export)| {
        format!("[contender.{name}]\nkind = \"js\"\nmodule = \"{module}\"\nexport = \"{export}\"\n")
    };
    let contenders = [("a", baseline, "run"), ("plus-5", module, "plus_5"), ("plus-10", module, "plus_10")];
    let contenders: String = contenders.map(contender).concat();
    suite.write(
        "kernels/known/kernel.toml",
        &format!(
            "summary = \"known\"\ndomain = \"test\"\nbaseline = \"a\"\ncheck = \"exact\"\n\n\
             [[input]]\nname = \"iterations\"\nas = \"json\"\nfile = \"iterations.json\"\nheadline = true\n\n{contenders}"
        ),
    );
    suite
}

/// One control at a time: each is to meet its own disturbance.
static ALONE: Mutex<()> = Mutex::new(());

fn alone() -> MutexGuard<'static, ()> {
    // A control that failed leaves nothing behind that the next one could trip over.
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Measures, and makes sure that nothing that takes longer is called faster; the ratios of `plus-5` and `plus-10`.
fn measure(suite: &Suite) -> Vec<f64> {
    let output = crossover(&["run", "known", "--preset", "quick", "--out", "out", "--json", "-q"], suite.path());
    assert_eq!(output.code, 0, "{}", output.stderr);
    let report: Value = serde_json::from_str(&output.stdout).unwrap();
    let comparisons = report["comparisons"].as_array().unwrap().iter().filter(|one| one["metric"] == "call_ns");
    let comparisons: Vec<_> = comparisons.collect();
    assert_eq!(comparisons.len(), 2);
    let is_right = |one: &&Value| one["outcome"] == "slower" || one["outcome"] == "unsure";
    assert!(comparisons.iter().all(is_right), "{report:#}");
    comparisons.iter().map(|one| one["ratio"].as_f64().unwrap()).collect()
}

/// Keeps so many cores busy until it is dropped.
struct Load {
    is_over: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

impl Load {
    fn on(cores: usize) -> Self {
        let is_over = Arc::new(AtomicBool::new(false));
        let spin = |_| {
            let is_over = is_over.clone();
            thread::spawn(move || {
                while !is_over.load(Ordering::Relaxed) {
                    std::hint::spin_loop();
                }
            })
        };
        let threads = (0..cores).map(spin).collect();
        Self { is_over, threads }
    }
}

impl Drop for Load {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
        for thread in self.threads.drain(..) {
            // A thread that only waits cannot have panicked.
            let _ = thread.join();
        }
    }
}

#[test]
fn a_busy_core() {
    let _alone = alone();
    let suite = known_differences("index.js", "index.js");
    let _load = Load::on(1);
    let priorities = Priorities::watch();
    measure(&suite);
    // A page that waits longer for a core than another would seem the slower one.
    let unequal = priorities.unequal();
    assert!(unequal.is_empty(), "pages of one browser had different priorities: {unequal:?}");
}

/// Watches the priorities of this process' browsers' pages, where there is `/proc` to tell.
struct Priorities {
    is_over: Arc<AtomicBool>,
    thread: JoinHandle<Vec<Vec<i32>>>,
}

impl Priorities {
    fn watch() -> Self {
        let is_over = Arc::new(AtomicBool::new(false));
        let thread = {
            let is_over = is_over.clone();
            thread::spawn(move || {
                let mut seen = Vec::new();
                while !is_over.load(Ordering::Relaxed) {
                    seen.push(niceness_of_pages());
                    thread::sleep(Duration::from_millis(200));
                }
                seen
            })
        };
        Self { is_over, thread }
    }

    /// Every time at which they were not the same for all.
    fn unequal(self) -> Vec<Vec<i32>> {
        self.is_over.store(true, Ordering::Relaxed);
        let seen = self.thread.join().unwrap();
        if cfg!(target_os = "linux") {
            assert!(seen.iter().any(|pages| pages.len() >= 3), "no three pages were ever seen at once");
        }
        // A process that has just begun has not got its priority yet.
        let is_unequal = |pages: &Vec<i32>| pages.iter().any(|nice| *nice != pages[0]);
        let lasting = |pair: &[Vec<i32>]| is_unequal(&pair[0]) && pair[0] == pair[1];
        seen.windows(2).filter(|pair| lasting(pair)).map(|pair| pair[0].clone()).collect()
    }
}

/// The niceness of every process below this one that shows pages.
#[cfg(target_os = "linux")]
fn niceness_of_pages() -> Vec<i32> {
    let niceness = |id: u32| -> Option<i32> {
        let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
        // The name, in parentheses, may hold anything; field 19 of proc_pid_stat(5) is the 17th after it.
        stat.rsplit_once(')')?.1.split_whitespace().nth(16)?.parse().ok()
    };
    let pages = common::processes_below(std::process::id());
    pages.into_iter().filter(|(_, line)| line.contains("--type=renderer")).filter_map(|(id, _)| niceness(id)).collect()
}

#[cfg(not(target_os = "linux"))]
fn niceness_of_pages() -> Vec<i32> {
    Vec::new()
}

#[test]
fn a_machine_that_gets_slow_half_way() {
    let _alone = alone();
    let suite = known_differences("index.js", "index.js");
    let run: PathBuf = suite.path().join("out/run.jsonl");
    let cores = thread::available_parallelism().map_or(2, usize::from);
    let is_over = Arc::new(AtomicBool::new(false));
    let slow_down = {
        let is_over = is_over.clone();
        thread::spawn(move || {
            // The header, and three of six blocks of three contenders.
            wait_for_rows(&run, 10, Duration::from_secs(600));
            let _load = Load::on(2 * cores);
            while !is_over.load(Ordering::Relaxed) {
                thread::sleep(Duration::from_millis(50));
            }
        })
    };
    measure(&suite);
    is_over.store(true, Ordering::Relaxed);
    slow_down.join().unwrap();
}

#[test]
fn a_clock_of_whole_milliseconds() {
    let _alone = alone();
    let suite = known_differences("coarse.js", "coarse.js");
    measure(&suite);
    let rows = rows_that_count(Path::new(&suite.path().join("out/run.jsonl")));
    let quantum = |row: &Value| row["samples"]["timer_quantum_ns"].as_f64().unwrap();
    assert!(rows[1..].iter().all(|row| quantum(row) == 1e6), "the clock was to be coarse");
    // Every sample was made long enough for that clock.
    let samples = rows[1..].iter().flat_map(|row| row["samples"]["call"].as_array().unwrap());
    assert!(samples.into_iter().all(|sample| sample["ns"].as_f64().unwrap() >= 100e6));
}

/// A neighbour that wakes up whenever one of the contenders does.
#[cfg(target_os = "linux")]
#[test]
fn load_beside_one_contender_only() {
    let _alone = alone();
    let suite = known_differences("heavy.js", "index.js");
    let is_over = Arc::new(AtomicBool::new(false));
    let load = {
        let is_over = is_over.clone();
        thread::spawn(move || beside_heavy_pages(&is_over))
    };
    let ratios = measure(&suite);
    is_over.store(true, Ordering::Relaxed);
    load.join().unwrap();
    // What takes longer was measured as the quicker one: the load did what it was for, and was seen through.
    assert!(ratios.iter().all(|ratio| *ratio < 1.0), "the load never met its contender: {ratios:?}");
}

/// Keeps the core of the heavy page busy whenever its first thread, which runs its JavaScript, is running or wants to.
#[cfg(target_os = "linux")]
fn beside_heavy_pages(is_over: &AtomicBool) {
    let (mut page, mut found) = (None, Instant::now());
    while !is_over.load(Ordering::Relaxed) {
        if page.is_none() || found.elapsed() > Duration::from_millis(100) {
            (page, found) = (heavy_page(), Instant::now());
        }
        match page.and_then(core_in_use) {
            Some(core) => {
                let mut only = rustix::thread::CpuSet::new();
                only.set(core);
                rustix::thread::sched_setaffinity(None, &only).unwrap();
                let began = Instant::now();
                while began.elapsed() < Duration::from_millis(1) {
                    std::hint::spin_loop();
                }
            }
            None => thread::sleep(Duration::from_micros(200)),
        }
    }
}

/// The page below this process that holds more memory than any ordinary one.
#[cfg(target_os = "linux")]
fn heavy_page() -> Option<u32> {
    let holds_bytes = |id: u32| -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
        let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        Some(resident.split_whitespace().next()?.parse::<u64>().ok()? << 10)
    };
    let pages = common::processes_below(std::process::id()).into_iter();
    let mut pages = pages.filter(|(_, line)| line.contains("--type=renderer")).map(|(id, _)| id);
    pages.find(|id| holds_bytes(*id).is_some_and(|bytes| bytes > 400 << 20))
}

/// The core that the first thread of a process runs on or waits for; `None` while it does neither.
#[cfg(target_os = "linux")]
fn core_in_use(process: u32) -> Option<usize> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name, in parentheses, may hold anything; what follows begins with field 3 of proc_pid_stat(5), the state.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    (fields[0] == "R").then(|| fields.get(39 - 3)?.parse().ok()).flatten()
}
