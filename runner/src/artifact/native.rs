//! A crate's criterion bench: built natively, and run as a separate process for one input.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use crossover_reports::run::Sample;
use serde::Deserialize;

use super::{Missing, cargo_messages, toolchain_of, wasm};
use crate::environment::Environment;
use crate::process::{self, ProcessError};

/// The bench that a crate has to have, in `benches/`.
const BENCH: &str = "native";
const BUILD_LIMIT: Duration = Duration::from_secs(1800);
/// One process; a bench prepares its inputs before it measures.
const RUN_LIMIT: Duration = Duration::from_secs(300);
const LAST_LINES: usize = 20;

/// Arguments for criterion: one short measurement, because every block repeats it.
const MEASURING: [&str; 7] = ["--noplot", "--warm-up-time", "0.3", "--measurement-time", "0.7", "--sample-size", "10"];

/// A bench that can be run.
#[derive(Debug)]
pub struct NativeBench {
    program: PathBuf,
    dir: PathBuf,
    /// How it was built and is run, for a person.
    pub build: Vec<String>,
}

/// Whether the crate in `dir` has a native bench.
#[must_use]
pub fn has_native_bench(dir: &Path) -> bool {
    dir.join("benches").join(BENCH).with_extension("rs").is_file()
}

impl NativeBench {
    /// Builds the bench of the crate in `dir`, with the profile `bench` of its workspace.
    ///
    /// # Errors
    /// The compiler's last lines.
    pub fn build(dir: &Path, environment: &Environment) -> anyhow::Result<Self> {
        let compiler = &toolchain_of(environment)?.compiler;
        let manifest = dir.join("Cargo.toml");
        let mut command = Command::new(&compiler.cargo);
        command
            .args(["bench", "--bench", BENCH, "--no-run"])
            .args(["--message-format=json-render-diagnostics", "--color=never", "--manifest-path"])
            .arg(&manifest)
            .current_dir(dir)
            .env("RUSTC", &compiler.rustc)
            .env("CARGO_TARGET_DIR", wasm::build_folder(environment).join(BENCH));
        let failed = |error: ProcessError| {
            anyhow::anyhow!(
                "building the bench of {}: {error}\n{}",
                dir.display(),
                error.last_lines(LAST_LINES).join("\n")
            )
        };
        let output = process::run(&mut command, BUILD_LIMIT).map_err(failed)?;
        let program = cargo_messages::read(&output.stdout, &manifest).program;
        let program = program.with_context(|| format!("{}: cargo built no bench", manifest.display()))?;
        let build = vec![
            format!("cargo bench --bench {BENCH}, {}", compiler.verbose.lines().next().unwrap_or_default()),
            format!("criterion {}", MEASURING.join(" ")),
        ];
        Ok(Self { program, dir: dir.to_owned(), build })
    }

    /// Measures one input of a kernel in a fresh process: the bench's benchmark `KERNEL/INPUT`.
    ///
    /// # Errors
    /// [`Missing`] where it has no such benchmark; else that it fails.
    pub fn samples(&self, kernel: &str, input: &str) -> anyhow::Result<Vec<Sample>> {
        let home = tempfile::tempdir().context("making a folder for criterion")?;
        let name = format!("{kernel}/{input}");
        let mut command = Command::new(&self.program);
        command.args(["--bench", "--exact", &name]).args(MEASURING).current_dir(&self.dir);
        process::run(command.env("CRITERION_HOME", home.path()), RUN_LIMIT)
            .map_err(|error| anyhow::anyhow!("native {name}: {error}\n{}", error.last_lines(LAST_LINES).join("\n")))?;
        let Some(file) = sample_file(home.path(), 4)? else {
            bail!(Missing(format!("benches/{BENCH}.rs has no benchmark called {name}")));
        };
        let text = fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
        read(&text).with_context(|| format!("what criterion measured of {name}"))
    }
}

/// Criterion's file of raw samples; it makes folder names of its own of a benchmark's.
fn sample_file(folder: &Path, depth: u32) -> anyhow::Result<Option<PathBuf>> {
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() && depth > 0 {
            if let Some(found) = sample_file(&path, depth - 1)? {
                return Ok(Some(found));
            }
        } else if path.ends_with("new/sample.json") {
            return Ok(Some(path));
        }
    }
    Ok(None)
}

/// The samples of criterion's `sample.json`: how often the job was done, and the nanoseconds that this took.
fn read(text: &str) -> anyhow::Result<Vec<Sample>> {
    #[derive(Deserialize)]
    struct Raw {
        iters: Vec<f64>,
        times: Vec<f64>,
    }
    let Raw { iters, times } = serde_json::from_str(text)?;
    ensure!(
        !iters.is_empty() && iters.len() == times.len(),
        "criterion wrote {} counts and {} times",
        iters.len(),
        times.len()
    );
    let is_count = |count: f64| (1.0..=f64::from(u32::MAX)).contains(&count);
    ensure!(iters.iter().copied().all(is_count), "criterion wrote a count that is none");
    let samples = (0..).zip(iters.into_iter().zip(times));
    Ok(samples.map(|(round, (count, ns))| Sample { round, calls: count as u32, ns }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn criterions_samples_are_read() {
        let samples = read(r#"{"sampling_mode":"Linear","iters":[2.0,4.0],"times":[10.0,18.0]}"#).unwrap();
        let expected = [(0, 2, 10.0), (1, 4, 18.0)].map(|(round, calls, ns)| Sample { round, calls, ns });
        assert_eq!(samples, expected);
        for broken in
            [r#"{"iters":[],"times":[]}"#, r#"{"iters":[1.0],"times":[]}"#, r#"{"iters":[0.0],"times":[1.0]}"#, "{}"]
        {
            assert!(read(broken).is_err(), "{broken}");
        }
    }
}
