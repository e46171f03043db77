//! One step that changes the machine. It is announced, then run with a time limit; its output is kept for a failure.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crossover_reports::shell::quoted;

use crate::process;

/// Prints progress, one line at a time, from any thread.
pub type Say<'a> = &'a (dyn Fn(&str) + Sync);

/// For steps that download and unpack a lot.
pub const LONG: Duration = Duration::from_secs(600);

/// How many of a tool's lines are shown when it fails.
const MOST_LINES: usize = 12;

/// A command with its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetupStep {
    program: PathBuf,
    arguments: Vec<String>,
    variables: Vec<(&'static str, String)>,
    folder: Option<PathBuf>,
    why: &'static str,
    limit: Duration,
}

/// A step that was tried and did not help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetupAttempt {
    /// The command as a person would type it.
    pub command: String,
    /// How it failed.
    pub reason: String,
    /// What it wrote about that.
    pub output: Vec<String>,
}

impl SetupStep {
    /// `program arguments`, run because of `why` and for at most `limit`.
    #[must_use]
    pub fn new(program: impl Into<PathBuf>, arguments: &[&str], why: &'static str, limit: Duration) -> Self {
        let arguments = arguments.iter().map(|&argument| argument.to_owned()).collect();
        Self { program: program.into(), arguments, variables: Vec::new(), folder: None, why, limit }
    }

    /// The same step, run in `folder`.
    #[must_use]
    pub fn in_folder(self, folder: &Path) -> Self {
        Self { folder: Some(folder.to_owned()), ..self }
    }

    /// The same step with an environment variable.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.variables.push((name, value.to_owned()));
        self
    }

    /// The command as a person would type it.
    #[must_use]
    pub fn command(&self) -> String {
        let program = self.program.file_stem().unwrap_or(self.program.as_os_str()).to_string_lossy().into_owned();
        let words = std::iter::once(&program).chain(&self.arguments).map(|word| quoted(word));
        let line = words.collect::<Vec<_>>().join(" ");
        match &self.folder {
            Some(folder) => format!("cd {} && {line}", quoted(&folder.to_string_lossy())),
            None => line,
        }
    }

    /// Announces the command and its reason, then runs it.
    ///
    /// # Errors
    /// The attempt, when the program does not start, fails or takes longer than it may.
    pub fn run(&self, say: Say) -> Result<(), SetupAttempt> {
        say(&format!("set-up: {} ({})", self.command(), self.why));
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).envs(self.variables.iter().map(|(name, value)| (name, value)));
        if let Some(folder) = &self.folder {
            command.current_dir(folder);
        }
        match process::run(&mut command, self.limit) {
            Ok(_) => Ok(()),
            Err(error) => Err(SetupAttempt {
                command: self.command(),
                reason: error.to_string(),
                output: error.telling_lines(MOST_LINES),
            }),
        }
    }
}

impl std::fmt::Display for SetupAttempt {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "tried `{}`: {}", self.command, self.reason)?;
        self.output.iter().try_for_each(|line| write!(out, "\n    | {line}"))
    }
}

/// All attempts, one after the other, each on separate lines.
#[must_use]
pub fn list_attempts(attempts: &[SetupAttempt]) -> String {
    attempts.iter().fold(String::new(), |mut text, attempt| {
        // Writing to a string cannot fail.
        let _ = write!(text, "\n  {attempt}");
        text
    })
}

#[cfg(all(test, unix))]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[test]
    fn a_step_is_announced_before_it_runs() {
        let folder = tempfile::tempdir().unwrap();
        let mark = folder.path().join("mark");
        let step = SetupStep::new("sh", &["-c", "touch mark"], "a mark", LONG).in_folder(folder.path());
        let lines = Mutex::new(Vec::new());
        step.run(&|line| {
            assert!(!mark.exists(), "said first");
            lines.lock().unwrap().push(line.to_owned());
        })
        .unwrap();
        assert!(mark.exists());
        let expected = format!("set-up: cd {} && sh -c 'touch mark' (a mark)", folder.path().display());
        assert_eq!(*lines.lock().unwrap(), [expected]);
    }

    #[test]
    fn a_failure_shows_the_command_and_its_lines() {
        let script = "for i in $(seq 30); do echo line $i; done; exit 3";
        let attempt = SetupStep::new("sh", &["-c", script], "nothing", LONG).run(&|_| ()).unwrap_err();
        assert_eq!(attempt.output.len(), MOST_LINES);
        let text = list_attempts(&[attempt]);
        assert!(text.starts_with("\n  tried `sh -c 'for i in"), "{text}");
        assert!(text.contains("exit status: 3") && text.ends_with("\n    | line 30"), "{text}");
    }

    #[test]
    fn a_step_that_hangs_is_an_attempt_too() {
        let step = SetupStep::new("sleep", &["600"], "nothing", Duration::from_millis(100));
        assert!(step.run(&|_| ()).unwrap_err().reason.contains("was stopped"));
    }
}
