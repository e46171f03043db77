//! Runs one program to its end: output captured, with a time limit, in its own process group.
//!
//! Browsers are not run here: the driver's library starts them, or `runtime/supervised.rs` does.

use std::collections::BTreeSet;
use std::io::Read;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How long the output of a program that has ended is waited for; a child it left behind may hold the pipe open.
const PIPE_LIMIT: Duration = Duration::from_secs(2);

/// The most output that is kept of a program, bytes.
const MOST_OUTPUT: usize = 256 << 20;

/// The programs that run now, by process group, so that an interrupt can end them.
static RUNNING: Mutex<BTreeSet<u32>> = Mutex::new(BTreeSet::new());

/// What a program that ended well wrote.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProgramOutput {
    /// Its standard output, with invalid UTF-8 replaced.
    pub stdout: String,
    /// Its standard error, with invalid UTF-8 replaced.
    pub stderr: String,
}

/// Why a program did not end well.
#[derive(Debug, thiserror::Error)]
pub enum ProcessError {
    /// It could not be started.
    #[error("{program} could not be started: {reason}")]
    NotStarted {
        /// The program.
        program: String,
        /// Why.
        reason: std::io::Error,
    },
    /// It ended without success.
    #[error("{program} failed ({status})")]
    Failed {
        /// The program.
        program: String,
        /// How it ended.
        status: ExitStatus,
        /// What it wrote.
        output: ProgramOutput,
    },
    /// It ran longer than its limit, and was ended with its process group.
    #[error("{program} was stopped after {} s without an end", limit.as_secs())]
    TimedOut {
        /// The program.
        program: String,
        /// The limit.
        limit: Duration,
        /// What it had written by then.
        output: ProgramOutput,
    },
    /// It wrote more than is kept, and was ended with its process group.
    #[error("{program} was stopped because it printed more than {} MiB", MOST_OUTPUT >> 20)]
    Flooded {
        /// The program.
        program: String,
    },
}

impl ProcessError {
    /// The last `count` lines that the program wrote that are not empty: standard error, or else standard output.
    #[must_use]
    pub fn last_lines(&self, count: usize) -> Vec<String> {
        let lines = self.lines();
        owned(&lines[lines.len().saturating_sub(count)..])
    }

    /// At most `count` lines from the first that names an error, without their middle where they are more: some programs
    /// end with their reason, others with their usage. Where none names one, the last `count`.
    #[must_use]
    pub fn telling_lines(&self, count: usize) -> Vec<String> {
        let lines = self.lines();
        let Some(first) = lines.iter().position(|line| names_an_error(line)) else { return self.last_lines(count) };
        let lines = &lines[first..];
        if lines.len() <= count {
            return owned(lines);
        }
        let end = count / 2;
        let begin = &lines[..count.saturating_sub(end + 1)];
        [owned(begin), owned(&["…"]), owned(&lines[lines.len() - end..])].concat()
    }

    fn lines(&self) -> Vec<&str> {
        let output = match self {
            Self::NotStarted { .. } | Self::Flooded { .. } => return Vec::new(),
            Self::Failed { output, .. } | Self::TimedOut { output, .. } => output,
        };
        let text = if output.stderr.trim().is_empty() { &output.stdout } else { &output.stderr };
        text.lines().filter(|line| !line.trim().is_empty()).collect()
    }
}

fn owned(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

/// As compilers, npm and apt begin such lines.
fn names_an_error(line: &str) -> bool {
    let line = line.trim_start().to_lowercase();
    ["error", "npm err", "e: "].iter().any(|begin| line.starts_with(begin))
}

/// Runs `command` to its end, without a standard input.
///
/// # Errors
/// When it cannot be started, fails, prints too much, or is not done within `limit`; then it and its process group are ended.
pub fn run(command: &mut Command, limit: Duration) -> Result<ProgramOutput, ProcessError> {
    run_on(Stdio::null(), command, limit)
}

/// The same with a standard input.
///
/// # Errors
/// As [`run`].
pub fn run_on(stdin: Stdio, command: &mut Command, limit: Duration) -> Result<ProgramOutput, ProcessError> {
    let program = command.get_program().to_string_lossy().into_owned();
    command.stdin(stdin).stdout(Stdio::piped()).stderr(Stdio::piped());
    in_own_group(command);
    let mut child = command.spawn().map_err(|reason| ProcessError::NotStarted { program: program.clone(), reason })?;
    let running = Running::new(child.id());
    let stdout = collect(child.stdout.take());
    let stderr = collect(child.stderr.take());

    let ended = wait(&mut child, limit, || stdout.is_flooded() || stderr.is_flooded());
    if ended.is_none() {
        end_group(child.id());
        // The group may be gone already or the platform have none; the child itself must be, before it is waited for.
        let _ = child.kill();
        let _ = child.wait();
    }
    drop(running);
    stdout.wait();
    stderr.wait();
    if stdout.is_flooded() || stderr.is_flooded() {
        return Err(ProcessError::Flooded { program });
    }
    let output = ProgramOutput { stdout: stdout.text(), stderr: stderr.text() };
    match ended {
        None => Err(ProcessError::TimedOut { program, limit, output }),
        Some(status) if status.success() => Ok(output),
        Some(status) => Err(ProcessError::Failed { program, status, output }),
    }
}

/// Ends every program that [`run`] has running now, with its process group. For the interrupt handler:
/// a process group of its own means that a Ctrl-C of the terminal does not reach those programs.
pub fn end_all() {
    for &group in locked(&RUNNING).iter() {
        end_group(group);
    }
}

/// A program that [`end_all`] ends, with its process group, for as long as this lives.
pub struct Running(u32);

impl Running {
    /// For the process group of this number.
    #[must_use]
    pub fn new(id: u32) -> Self {
        locked(&RUNNING).insert(id);
        Self(id)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        locked(&RUNNING).remove(&self.0);
    }
}

/// The bytes of a pipe so far, and a message when it ends.
struct Collected {
    bytes: Arc<Mutex<Vec<u8>>>,
    ended: Receiver<()>,
}

impl Collected {
    fn is_flooded(&self) -> bool {
        locked(&self.bytes).len() > MOST_OUTPUT
    }

    /// A pipe that does not end in time is no failure: what was read until then is used.
    fn wait(&self) {
        let _ = self.ended.recv_timeout(PIPE_LIMIT);
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&locked(&self.bytes)).into_owned()
    }
}

fn collect(pipe: Option<impl Read + Send + 'static>) -> Collected {
    let bytes = Arc::new(Mutex::new(Vec::new()));
    let (done, ended) = channel();
    if let Some(mut pipe) = pipe {
        let bytes = Arc::clone(&bytes);
        thread::spawn(move || {
            let mut chunk = [0; 8192];
            while let Ok(count @ 1..) = pipe.read(&mut chunk) {
                let mut bytes = locked(&bytes);
                bytes.extend_from_slice(&chunk[..count]);
                if bytes.len() > MOST_OUTPUT {
                    break;
                }
            }
            // The receiver is gone when the reader has given up waiting.
            let _ = done.send(());
        });
    }
    Collected { bytes, ended }
}

/// `None` when the child is still running after `limit`, or has no more to say that is heard.
fn wait(child: &mut Child, limit: Duration, is_flooded: impl Fn() -> bool) -> Option<ExitStatus> {
    let start = Instant::now();
    let mut pause = Duration::from_millis(1);
    loop {
        // A child that cannot be asked is treated as one that does not end.
        match child.try_wait() {
            Ok(Some(status)) => return Some(status),
            Ok(None) if start.elapsed() < limit && !is_flooded() => thread::sleep(pause),
            Ok(None) | Err(_) => return None,
        }
        pause = (pause * 2).min(Duration::from_millis(20));
    }
}

/// A thread that panicked while it held one of these locks leaves nothing half-done in it.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Has the command run in a process group of its own, where there are such.
#[cfg(unix)]
pub fn in_own_group(command: &mut Command) {
    use std::os::unix::process::CommandExt;
    command.process_group(0);
}

/// Ends a process group, where there are such.
#[cfg(unix)]
pub fn end_group(id: u32) {
    use rustix::process::{Pid, Signal, kill_process_group};
    // A group that is gone is what was wanted.
    if let Some(pid) = i32::try_from(id).ok().and_then(Pid::from_raw) {
        let _ = kill_process_group(pid, Signal::KILL);
    }
}

/// Has the command run in a process group of its own, where there are such.
#[cfg(not(unix))]
pub fn in_own_group(_command: &mut Command) {}

/// Ends a process group, where there are such.
#[cfg(not(unix))]
pub fn end_group(_id: u32) {}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str, limit: Duration) -> Result<ProgramOutput, ProcessError> {
        run(Command::new("sh").args(["-c", script]), limit)
    }

    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn output_is_captured_apart() {
        let output = shell("echo out; echo err >&2", LONG).unwrap();
        assert_eq!(output, ProgramOutput { stdout: "out\n".into(), stderr: "err\n".into() });
    }

    #[test]
    fn failure_carries_the_last_lines() {
        let error = shell("for i in 1 2 3; do echo line $i >&2; echo; done; exit 7", LONG).unwrap_err();
        assert!(matches!(&error, ProcessError::Failed { status, .. } if status.code() == Some(7)), "{error}");
        assert_eq!(error.last_lines(2), ["line 2", "line 3"]);
    }

    #[test]
    fn lines_tell_why_wherever_the_reason_stands() {
        let of = |script: &str| shell(script, LONG).unwrap_err().telling_lines(4);
        assert_eq!(of("seq 9; false"), ["6", "7", "8", "9"]);
        assert_eq!(of("echo warning; echo error: no; echo because; false"), ["error: no", "because"]);
        let usage = "echo npm WARN old; echo npm ERR! code EUSAGE; seq 9; false";
        assert_eq!(of(usage), ["npm ERR! code EUSAGE", "…", "8", "9"]);
    }

    #[test]
    fn more_output_than_a_pipe_holds_does_not_block() {
        let output = shell("head -c 300000 /dev/zero | tr '\\0' x", LONG).unwrap();
        assert_eq!(output.stdout.len(), 300_000);
    }

    #[test]
    fn a_program_that_prints_for_ever_is_stopped() {
        let error = shell("yes", LONG).unwrap_err();
        assert!(matches!(error, ProcessError::Flooded { .. }), "{error}");
        assert_eq!(error.to_string(), "sh was stopped because it printed more than 256 MiB");
        assert!(shell("head -c 300000000 /dev/zero", LONG).is_err());
    }

    #[test]
    fn a_program_that_does_not_end_is_stopped_with_its_children() {
        let error = shell("echo begun; sleep 600 & wait", Duration::from_millis(300)).unwrap_err();
        assert!(matches!(error, ProcessError::TimedOut { .. }), "{error}");
        assert_eq!(error.last_lines(5), ["begun"]);
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let error = run(&mut Command::new("no-such-program"), LONG).unwrap_err();
        assert!(error.to_string().starts_with("no-such-program could not be started"), "{error}");
    }
}
