//! A browser or driver that we start ourselves: with all that it starts, and its folder, it is gone when it is dropped, and when this
//! process ends, however that happens.

use std::fs;
use std::io::{BufRead as _, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tokio::sync::mpsc;

use crate::process::{self, Running};

/// Runs a command; then, when its standard input ends, ends that command, removes a folder, and ends the rest of its own process
/// group. That pipe is open for as long as this process lives. It keeps none of the command's pipes, so that they end with the command.
#[cfg(unix)]
const SUPERVISOR: &str = r#"folder=$1; shift; "$@" </dev/null & exec >&- 2>&-; cat >/dev/null; kill -KILL $!; rm -rf "$folder"; kill -KILL 0"#;

/// How long what was ended may take to be gone.
const TO_END: Duration = Duration::from_secs(2);

/// The lines that are kept of what it prints, for the message about its end.
const KEPT: usize = 20;

/// The longest line that is kept, bytes.
const LONGEST: usize = 2000;

/// A running program.
pub struct Supervised {
    child: Child,
    _alive: Option<ChildStdin>,
    _running: Running,
    printed: Printed,
    listening: Option<JoinHandle<()>>,
    lines: mpsc::UnboundedReceiver<String>,
    folder: TempDir,
}

/// The last lines that a program printed.
type Printed = Arc<Mutex<Vec<String>>>;

impl Supervised {
    /// Starts `command`, which keeps its files in `folder`.
    ///
    /// # Errors
    /// When it can't be started.
    pub fn start(command: &Command, folder: TempDir) -> std::io::Result<Self> {
        let mut command = supervised(command, folder.path());
        process::in_own_group(&mut command);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
        let running = Running::new(child.id());
        let (said, lines) = mpsc::unbounded_channel();
        let printed = Printed::default();
        let listening = child.stderr.take().map(|stderr| {
            let printed = Arc::clone(&printed);
            thread::spawn(move || listen(stderr, &printed, &said))
        });
        Ok(Self { _alive: child.stdin.take(), child, _running: running, printed, listening, lines, folder })
    }

    /// Waits for the line of its standard error that `wanted` finds something in; `None` once it has closed it. What it prints
    /// after that line is not waited for any more.
    pub async fn line<T>(&mut self, wanted: impl Fn(&str) -> Option<T>) -> Option<T> {
        while let Some(line) = self.lines.recv().await {
            if let Some(found) = wanted(&line) {
                self.lines.close();
                return Some(found);
            }
        }
        // The thread has dropped its end, and may still be about to finish.
        if let Some(listening) = self.listening.take() {
            let _ = listening.join();
        }
        None
    }

    /// Whether it has closed its standard error, as it does when it ends.
    pub fn has_ended(&self) -> bool {
        self.listening.as_ref().is_none_or(JoinHandle::is_finished)
    }

    /// The last lines of its standard error.
    pub fn last_lines(&self) -> String {
        self.printed.lock().unwrap_or_else(PoisonError::into_inner).join(" / ")
    }
}

impl Drop for Supervised {
    fn drop(&mut self) {
        process::end_group(self.child.id());
        // Where there are no process groups.
        let _ = self.child.kill();
        let _ = self.child.wait();
        // Its children may still write to the folder while they end.
        let begun = Instant::now();
        while begun.elapsed() < TO_END && !(self.has_ended() && fs::remove_dir_all(self.folder.path()).is_ok()) {
            thread::sleep(Duration::from_millis(5));
        }
    }
}

/// Reads all that is printed, so that the program never waits for a reader.
fn listen(stderr: impl Read, printed: &Mutex<Vec<String>>, said: &mpsc::UnboundedSender<String>) {
    let mut reader = BufReader::new(stderr);
    let mut bytes = Vec::new();
    while let Ok(1..) = reader.by_ref().take(LONGEST as u64).read_until(b'\n', &mut bytes) {
        let line = String::from_utf8_lossy(&bytes).trim().to_owned();
        bytes.clear();
        if line.is_empty() {
            continue;
        }
        let mut kept = printed.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() == KEPT {
            kept.remove(0);
        }
        kept.push(line.clone());
        drop(kept);
        // The line that is waited for may have come.
        let _ = said.send(line);
    }
}

#[cfg(unix)]
fn supervised(command: &Command, folder: &Path) -> Command {
    let mut shell = Command::new("sh");
    shell.args(["-c", SUPERVISOR, "sh"]).arg(folder).arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => shell.env(name, value),
            None => shell.env_remove(name),
        };
    }
    shell
}

#[cfg(not(unix))]
fn supervised(command: &Command, _folder: &Path) -> Command {
    let mut own = Command::new(command.get_program());
    own.args(command.get_args());
    own.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    own
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    fn start(script: &str) -> Supervised {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        let folder = tempfile::tempdir().expect("a folder");
        Supervised::start(&command, folder).expect("a shell")
    }

    /// The number that a program prints as its own.
    async fn number(program: &mut Supervised) -> String {
        program.line(|line| line.strip_prefix("number ").map(str::to_owned)).await.expect("a number")
    }

    fn is_gone(number: &str) -> bool {
        let status = Path::new("/proc").join(number).join("stat");
        // One that waits for its parent to notice has ended.
        std::fs::read_to_string(status).map_or(true, |stat| stat.contains(") Z "))
    }

    fn ends(number: &str) -> bool {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(20) {
            if is_gone(number) {
                return true;
            }
            thread::sleep(Duration::from_millis(10));
        }
        false
    }

    #[tokio::test]
    async fn it_ends_with_its_children_when_it_is_dropped() {
        let mut program = start("sleep 600 & echo number $! >&2; wait");
        let child = number(&mut program).await;
        assert!(!is_gone(&child));
        let folder = program.folder.path().to_owned();
        drop(program);
        assert!(is_gone(&child) && !folder.exists());
    }

    #[tokio::test]
    async fn it_ends_with_its_children_when_its_pipe_is_closed() {
        let mut program = start("sleep 600 & echo number $! >&2; wait");
        let child = number(&mut program).await;
        let folder = program.folder.path().to_owned();
        program._alive = None;
        assert!(ends(&child) && !folder.exists());
    }

    #[tokio::test]
    async fn what_it_says_before_it_ends_is_kept() {
        let mut program = start("for i in $(seq 30); do echo line $i >&2; done");
        assert_eq!(program.line(|_| None::<()>).await, None);
        let lines = program.last_lines();
        assert!(lines.starts_with("line 11 / ") && lines.ends_with("line 30"), "{lines}");
        assert!(program.has_ended());
    }
}
