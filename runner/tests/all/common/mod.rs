//! What the tests of the command share: a suite in a folder of its own, starting the command, invented results, a browser.
#![allow(dead_code, reason = "each test binary uses a part of it")]

pub mod browser;
#[cfg(unix)]
pub mod machine;
pub mod results;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// What a command did.
pub struct Output {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Output {
    /// Whether a run with a short budget measured without a failure. On a busy machine one block may take all of its time.
    pub fn is_measured(&self) -> bool {
        self.code == 0 || self.code == 4 && self.stderr.contains("the budget was over before")
    }
}

/// Runs the command in `folder` to its end.
pub fn crossover(arguments: &[&str], folder: &Path) -> Output {
    crossover_with(arguments, folder, &[])
}

/// The same with variables of the environment.
pub fn crossover_with(arguments: &[&str], folder: &Path, variables: &[(&str, &str)]) -> Output {
    let output = command(arguments, folder).envs(variables.iter().copied()).output().unwrap();
    Output {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Starts the command in `folder`.
pub fn start(arguments: &[&str], folder: &Path) -> Child {
    command(arguments, folder).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// The command, to be run in `folder`.
pub fn command(arguments: &[&str], folder: &Path) -> Command {
    set_up();
    let mut command = Command::new(env!("CARGO_BIN_EXE_crossover"));
    command.args(arguments).current_dir(folder).env("NO_COLOR", "1").stdin(Stdio::null());
    command
}

/// The tests bring what they need, as a user's first run in this repository does; once per test binary.
fn set_up() {
    static DONE: OnceLock<()> = OnceLock::new();
    DONE.get_or_init(|| {
        let output = Command::new(env!("CARGO_BIN_EXE_crossover")).arg("setup").current_dir(root()).output().unwrap();
        assert!(output.status.success(), "set-up failed:\n{}", String::from_utf8_lossy(&output.stderr));
    });
}

/// The repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

/// The Chromium that `doctor` finds.
pub fn chromium() -> PathBuf {
    found("Chromium")
}

/// The Node.js that `doctor` finds.
pub fn node() -> PathBuf {
    found("Node.js")
}

/// The npm that `doctor` finds.
pub fn npm() -> PathBuf {
    found("npm")
}

fn found(what: &str) -> PathBuf {
    let table = crossover(&["doctor"], &root()).stdout;
    let row = table.lines().skip_while(|line| !line.starts_with(&format!("ok       {what}"))).skip(1);
    // Below the version, which may take several lines.
    let below = row.take_while(|line| line.starts_with(' ')).last();
    below.unwrap_or_else(|| panic!("doctor found no {what}")).trim().into()
}

/// A copy of the test suite in a folder of its own, outside the repository, as a user's project is.
pub struct Suite(TempDir);

impl Suite {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(&root().join("runner/tests/fixtures/suite"), folder.path());
        Self(folder)
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path().join(file)).unwrap()
    }

    pub fn write(&self, file: &str, text: &str) {
        fs::write(self.path().join(file), text).unwrap();
    }

    /// Puts a crate on the kernels' contract into the folder of a kernel, and has crates built as this repository's are:
    /// with its profile and its locked versions.
    pub fn add_crate(&self, kernel: &str, lib: &str) {
        let folder = format!("kernels/{kernel}");
        fs::create_dir_all(self.path().join(&folder).join("src")).unwrap();
        let workspace = fs::read_to_string(root().join("Cargo.toml")).unwrap();
        let profile = workspace.split("[profile.wasm]").nth(1).unwrap().split("\n[").next().unwrap();
        let contract = root().join("kernels/contract");
        self.write(
            &format!("{folder}/Cargo.toml"),
            &format!(
                "[package]\nname = \"{kernel}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
                 [lib]\ncrate-type = [\"cdylib\", \"rlib\"]\n\n\
                 [dependencies]\nkernel-contract = {{ path = {contract:?} }}\n\n\
                 [workspace]\n\n[profile.wasm]{profile}"
            ),
        );
        self.write(&format!("{folder}/src/lib.rs"), lib);
        fs::copy(root().join("Cargo.lock"), self.path().join(folder).join("Cargo.lock")).unwrap();
        self.write("crossover.toml", "kernels = [\"kernels/*\"]\n\n[defaults]\ncargo-profile = \"wasm\"\n");
    }
}

/// Copies what is in a folder into another one.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// The lines of a results file.
pub fn rows(run: &Path) -> Vec<serde_json::Value> {
    let text = fs::read_to_string(run).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The header of a results file and what counts in it: without the blocks that a busy machine had measured again.
pub fn rows_that_count(run: &Path) -> Vec<serde_json::Value> {
    let mut rows = rows(run);
    rows.retain(|row| row.get("disturbed").is_none());
    rows
}

/// Waits until a results file has this many whole lines.
pub fn wait_for_rows(run: &Path, count: usize, patience: Duration) {
    let end = Instant::now() + patience;
    while fs::read_to_string(run).unwrap_or_default().matches('\n').count() < count {
        assert!(Instant::now() < end, "{} never got {count} lines", run.display());
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// What Ctrl-C sends.
#[cfg(unix)]
pub fn interrupt(process: u32) {
    signal("-INT", process);
}

/// Kills the Chromium that `process` has started, and nothing else: its first process has a debugging pipe and is no part of another.
#[cfg(target_os = "linux")]
pub fn kill_browser_of(process: u32) {
    kill_process_below(process, |line| line.contains("--remote-debugging-pipe") && !line.contains("--type="));
}

/// Kills the first process below `process` with such a command line, once there is one.
#[cfg(target_os = "linux")]
pub fn kill_process_below(process: u32, is_meant: impl Fn(&str) -> bool) {
    let found = || processes_below(process).into_iter().find(|(_, line)| is_meant(line)).map(|(id, _)| id);
    wait_until("a browser runs", Duration::from_secs(60), || found().is_some());
    if let Some(id) = found() {
        signal("-KILL", id);
    }
}

/// Waits until something is so.
pub fn wait_until(what: &str, patience: Duration, mut is_so: impl FnMut() -> bool) {
    let end = Instant::now() + patience;
    while !is_so() {
        assert!(Instant::now() < end, "never: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Whether a process runs. One without a parent is reaped by init in its own time, and runs no more.
#[cfg(target_os = "linux")]
pub fn is_alive(id: &u32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
    stat.rsplit(')').next().is_some_and(|rest| !rest.is_empty() && !rest.trim_start().starts_with('Z'))
}

/// Lets a file be run as a program.
#[cfg(unix)]
pub fn make_executable(file: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(file, fs::Permissions::from_mode(0o755)).unwrap();
}

/// Every process that `process` has started, and those that these have, with their command lines.
#[cfg(target_os = "linux")]
pub fn processes_below(process: u32) -> Vec<(u32, String)> {
    let below = |id: u32| -> Vec<u32> {
        let tasks = fs::read_dir(format!("/proc/{id}/task")).into_iter().flatten().flatten();
        let children = tasks.filter_map(|task| fs::read_to_string(task.path().join("children")).ok());
        children.flat_map(|ids| ids.split_whitespace().filter_map(|id| id.parse().ok()).collect::<Vec<_>>()).collect()
    };
    let (mut queue, mut found) = (below(process), Vec::new());
    while let Some(id) = queue.pop() {
        let line = fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default();
        found.push((id, String::from_utf8_lossy(&line).into_owned()));
        queue.extend(below(id));
    }
    found
}

/// Sends a signal to a process.
#[cfg(unix)]
pub fn signal(signal: &str, process: u32) {
    assert!(Command::new("kill").args([signal, &process.to_string()]).status().unwrap().success());
}
