//! What is kept of a run. Pure.

use std::collections::HashSet;

use super::series::machine_class;
use super::{Key, followed};
use crate::report::Report;

/// The longest name that a history accepts, bytes.
const LONGEST: usize = 1000;

/// What is kept of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The run's id.
    pub id: String,
    /// Start, RFC 3339 in UTC.
    pub started_at: String,
    /// Git revision of the measured tree.
    pub revision: Option<String>,
    /// Names and versions of crossover, the runtimes and the tools.
    pub software: Vec<(String, String)>,
    /// Figures, one per series.
    pub figures: Vec<SeriesFigure>,
}

/// One figure of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesFigure {
    /// The series that it belongs to.
    pub key: Key,
    /// The figure, in the metric's unit; finite and above 0.
    pub figure: f64,
    /// Contender ÷ baseline, with its interval, if there is one.
    pub ratio: Option<(f64, Option<[f64; 2]>)>,
}

/// Why a run cannot be kept.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum EntryError {
    /// Without a time it has no place in the order.
    #[error("it began at `{}`, which is not a time such as 2026-03-01T09:30:00Z", .0.escape_debug())]
    Time(String),
    /// It has no figure that is followed over time.
    #[error("it measured nothing that is followed over time")]
    Nothing,
    /// A name is far too long.
    #[error("it has a name of more than {LONGEST} bytes")]
    Name,
}

impl Entry {
    /// What is kept of a report's run.
    ///
    /// # Errors
    /// [`EntryError`] when the run has no time, no figure, or a name that is far too long.
    pub fn of(report: &Report) -> Result<Self, EntryError> {
        let run = &report.run;
        if !is_time(&run.started_at) {
            return Err(EntryError::Time(run.started_at.chars().take(40).collect()));
        }
        let tools = &run.toolchain;
        let named = |name: &str, version: &Option<String>| Some((name.to_owned(), version.clone()?));
        let mut software = vec![("crossover".to_owned(), run.tool_version.clone())];
        software.extend(run.strata.iter().map(|stratum| (stratum.runtime.id.clone(), stratum.runtime.version.clone())));
        software.extend(named("rustc", &tools.rustc));
        software.extend(named("wasm-bindgen", &tools.wasm_bindgen));
        software.extend(named("binaryen", &tools.binaryen));
        software.extend(named("esbuild", &tools.esbuild));
        let entry = Self {
            id: run.id.clone(),
            started_at: run.started_at.clone(),
            revision: run.git_revision.clone(),
            software,
            figures: figures(report),
        };
        match () {
            () if entry.figures.is_empty() => Err(EntryError::Nothing),
            () if entry.names().any(|name| name.len() > LONGEST) => Err(EntryError::Name),
            () => Ok(entry),
        }
    }

    fn names(&self) -> impl Iterator<Item = &String> {
        let software = self.software.iter().flat_map(|(name, version)| [name, version]);
        let keys = self.figures.iter().flat_map(|SeriesFigure { key, .. }| {
            let optional = [&key.runtime, &key.emulation, &key.input, &key.input_sha256, &key.baseline];
            [&key.kernel, &key.contender, &key.machine].into_iter().chain(optional.into_iter().flatten())
        });
        [&self.id].into_iter().chain(&self.revision).chain(software).chain(keys)
    }
}

/// `2026-03-01T09:30:00Z`, perhaps with a fraction of a second: such texts sort in the order of time.
fn is_time(text: &str) -> bool {
    const FORM: &[u8] = b"0000-00-00T00:00:00";
    let Some((time, rest)) = text.as_bytes().split_at_checked(FORM.len()) else { return false };
    let fits = |(byte, form): (&u8, &u8)| if *form == b'0' { byte.is_ascii_digit() } else { byte == form };
    let fraction = rest.strip_suffix(b"Z").map(|rest| rest.strip_prefix(b".").unwrap_or(rest));
    time.iter().zip(FORM).all(fits)
        && fraction.is_some_and(|rest| rest.len() < 10 && rest.iter().all(u8::is_ascii_digit))
}

fn figures(report: &Report) -> Vec<SeriesFigure> {
    let built = &report.run.machine;
    let (mut figures, mut seen) = (Vec::new(), HashSet::new());
    for cell in &report.cells {
        let Some(kernel) = report.kernels.iter().find(|kernel| kernel.name == cell.kernel) else { continue };
        let Some(stratum) = report.run.stratum(&cell.stratum) else { continue };
        let sha256 = kernel.inputs.iter().find(|input| input.name == cell.input).map(|input| input.sha256.clone());
        for (metric, figure) in followed().filter_map(|metric| Some((metric, cell.figure(metric)?.median))) {
            let is_ratio = metric.is_followed_as_ratio() && cell.contender != kernel.baseline;
            let comparison = is_ratio.then(|| report.comparison(cell, &kernel.baseline, metric)).flatten();
            let of_cell = !metric.is_exact();
            let key = Key {
                kernel: cell.kernel.clone(),
                runtime: of_cell.then(|| stratum.runtime.id.clone()),
                emulation: stratum.emulation.words().filter(|_| of_cell),
                // What ships depends on the machine that built it.
                machine: machine_class(if of_cell { stratum.machine.as_ref().unwrap_or(built) } else { built }),
                metric,
                input: of_cell.then(|| cell.input.clone()),
                input_sha256: sha256.clone().filter(|_| of_cell),
                contender: cell.contender.clone(),
                baseline: is_ratio.then(|| kernel.baseline.clone()),
            };
            // Every input and stratum has the same size, and the first of similar machines is kept.
            if figure.is_finite() && figure > 0.0 && seen.insert(key.clone()) {
                let ratio = comparison.and_then(|comparison| Some((comparison.ratio?, comparison.ci)));
                figures.push(SeriesFigure { key, figure, ratio });
            }
        }
    }
    figures
}

#[cfg(test)]
mod tests {
    use super::is_time;

    #[test]
    fn times_are_distinguished_from_other_text() {
        for time in ["2026-03-01T09:30:00Z", "2026-03-01T09:30:00.25Z"] {
            assert!(is_time(time), "{time}");
        }
        for other in ["", "2026-03-01", "2026-03-01T09:30:00", "2026-03-01T09:30:00+01:00", "2026-03-01T09:30:00.1aZ"] {
            assert!(!is_time(other), "{other}");
        }
    }
}
