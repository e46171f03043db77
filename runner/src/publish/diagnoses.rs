//! What `doctor` prints: a row for each thing, found or missing, and what to do next.

use crossover_reports::report::wording::printable;

use crate::environment::{Diagnosis, Presence};
use crate::runtime::RuntimeId;
use crate::suite::{Extra, Suite};
use crate::wrap::wrapped;

/// The column of a row's details.
const INDENT: usize = 30;

/// Something that only some contenders, or only some commands, need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Optional {
    /// Whether it is there.
    pub diagnosis: Diagnosis,
    /// What needs it.
    pub needed_by: NeededBy,
}

/// What needs something optional.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NeededBy {
    /// Contenders of the suite, as `kernel/contender`.
    Contenders(Vec<String>),
    /// Commands with this `--runtime`.
    Runtime(RuntimeId),
}

impl Optional {
    /// A browser that was not asked for.
    #[must_use]
    pub fn of_runtime(runtime: RuntimeId, diagnosis: Diagnosis) -> Self {
        Self { diagnosis, needed_by: NeededBy::Runtime(runtime) }
    }

    /// What contenders of the suite in the current folder need, if there is one.
    #[must_use]
    pub fn of_contenders(diagnosis: Diagnosis, suite: Option<&Suite>) -> Self {
        let extra = Extra::ALL.into_iter().find(|extra| extra.name() == diagnosis.what);
        let kernels = suite.iter().flat_map(|suite| &suite.kernels);
        let all = kernels.flat_map(|kernel| kernel.contenders.iter().map(move |contender| (kernel, contender)));
        let needing = all.filter(|(_, contender)| extra.is_some_and(|extra| contender.needs.contains(&extra)));
        let needed_by = needing.map(|(kernel, contender)| printable(&format!("{}/{}", kernel.name, contender.name)));
        Self { needed_by: NeededBy::Contenders(needed_by.collect()), diagnosis }
    }

    /// The contenders that it keeps from being measured.
    fn lacking(&self) -> &[String] {
        match &self.needed_by {
            NeededBy::Contenders(contenders) if self.diagnosis.is_missing() => contenders,
            _ => &[],
        }
    }
}

/// A row for everything, in lines of at most so many columns, as far as paths allow.
#[must_use]
pub fn diagnoses(findings: &[Diagnosis], optional: &[Optional], columns: usize) -> String {
    let required = findings.iter().map(|finding| row("missing", finding, &[], columns));
    let optional = optional.iter().map(|Optional { diagnosis, needed_by }| {
        let by = match needed_by {
            NeededBy::Contenders(contenders) if contenders.is_empty() => "only some contenders".to_owned(),
            NeededBy::Contenders(contenders) => contenders.join(", "),
            NeededBy::Runtime(runtime) => format!("--runtime {}", runtime.name()),
        };
        row("–", diagnosis, &[format!("needed by {by}")], columns)
    });
    required.chain(optional).collect()
}

fn row(missing: &str, Diagnosis { what, state, fix }: &Diagnosis, more: &[String], columns: usize) -> String {
    let (mark, details) = match state {
        Presence::Found { at, version } => ("ok", vec![version.clone(), at.clone()]),
        Presence::Missing { why } => {
            let details = [why].into_iter().chain(more).cloned().chain([format!("help: {fix}")]);
            (missing, details.collect())
        }
    };
    let details: String = details.iter().map(|detail| wrapped(&" ".repeat(INDENT), detail, columns)).collect();
    format!("{:<INDENT$}{}", format!("{mark:<8} {what}"), &details[INDENT..])
}

/// What to do next, where nothing is missing that all need.
#[must_use]
pub fn next(optional: &[Optional]) -> String {
    let next = "Next: crossover port --js src/md.js#render --input docs/*.md\n";
    match optional.iter().map(|one| one.lacking().len()).sum::<usize>() {
        0 => format!("\nReady. {next}"),
        1 => format!("\nReady, but 1 contender cannot be measured: see the rows with –.\n{next}"),
        lacking => format!("\nReady, but {lacking} contenders cannot be measured: see the rows with –.\n{next}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn missing(needed_by: &[&str]) -> Optional {
        let fix = "apt-get install clang-19 llvm-19, or your distribution's clang and llvm".to_owned();
        let diagnosis = Diagnosis::new("clang", Err("there is none on PATH".to_owned()), fix);
        let contenders = needed_by.iter().map(|&name| name.to_owned()).collect();
        Optional { diagnosis, needed_by: NeededBy::Contenders(contenders) }
    }

    #[test]
    fn a_row_says_what_is_there_or_who_needs_it_and_how_to_get_it() {
        let found = Ok(("/usr/bin/node".to_owned(), "v20.1.0".to_owned()));
        let findings = [
            Diagnosis::new("Node.js", found, String::new()),
            Diagnosis::new("npm", Err("there is none".to_owned()), "install it".to_owned()),
        ];
        let expected = "\
ok       Node.js              v20.1.0
                              /usr/bin/node
missing  npm                  there is none
                              help: install it
–        clang                there is none on PATH
                              needed by zstd/wasm-c
                              help: apt-get install clang-19 llvm-19, or your
                              distribution's clang and llvm
";
        assert_eq!(diagnoses(&findings, &[missing(&["zstd/wasm-c"])], 80), expected);
        assert!(diagnoses(&[], &[missing(&[])], 80).contains("needed by only some contenders\n"));
        let browser = Diagnosis::new("Firefox", Err("there is none".to_owned()), "install it".to_owned());
        let browser = Optional::of_runtime(RuntimeId::Firefox, browser);
        assert!(next(std::slice::from_ref(&browser)).contains("Ready. "));
        assert!(diagnoses(&[], &[browser], 80).contains("needed by --runtime firefox\n"));
    }

    #[test]
    fn it_is_ready_for_all_contenders_or_says_for_how_many_not() {
        assert_eq!(next(&[missing(&[])]), "\nReady. Next: crossover port --js src/md.js#render --input docs/*.md\n");
        assert!(next(&[missing(&["a/b"])]).starts_with("\nReady, but 1 contender cannot"));
        assert!(next(&[missing(&["a/b", "c/d"]), missing(&["e/f"])]).starts_with("\nReady, but 3 contenders cannot"));
    }
}
