//! `[compare]` of a suite: how much worse than an earlier revision is accepted.

use std::collections::BTreeMap;
use std::path::Path;

use crossover_reports::gate::{Cost, Exception, Limits};

use super::manifest::{CompareToml, ExceptionToml, ManifestError};

/// A limit above tenfold is taken for a mistake.
const PERCENT: std::ops::RangeInclusive<f64> = 0.0..=1000.0;

/// Validates the limits of the suite at `file`.
///
/// # Errors
/// When a limit is out of range, or an exception has no day or no reason.
pub fn read(file: &Path, toml: CompareToml) -> Result<Limits, ManifestError> {
    let check =
        |field: &str, limits: &BTreeMap<Cost, f64>| match limits.iter().find(|(_, limit)| !PERCENT.contains(limit)) {
            None => Ok(()),
            Some((cost, limit)) => {
                let message =
                    format!("`{limit}` is not a limit; help: give percent of the earlier cost, from 0 to 1000");
                Err(ManifestError::of(file, &format!("{field}.{}", cost.name()), message))
            }
        };
    check("compare.limit", &toml.limit)?;
    for (kernel, limits) in &toml.kernel {
        check(&format!("compare.kernel.{kernel}"), limits)?;
    }
    let exceptions = toml.exception.into_iter().map(|exception| read_exception(file, exception));
    Ok(Limits { percent: toml.limit, of_kernel: toml.kernel, exceptions: exceptions.collect::<Result<_, _>>()? })
}

fn read_exception(file: &Path, toml: ExceptionToml) -> Result<Exception, ManifestError> {
    let ExceptionToml { kernel, contender, cost, until, reason } = toml;
    let wrong = |key: &str, message: &str| {
        ManifestError::of(file, &format!("compare.exception.{key}"), format!("exception of `{kernel}`: {message}"))
    };
    let (Some(day), None, None) = (until.date, until.time, until.offset) else {
        return Err(wrong("until", "give the last day on which it holds, as in until = 2026-12-31"));
    };
    if reason.trim().is_empty() {
        return Err(wrong("reason", "say why it is accepted"));
    }
    Ok(Exception { kernel, contender, cost, until: day.to_string(), reason })
}

#[cfg(test)]
mod tests {
    use crossover_reports::gate::{GateRow, fix};
    use crossover_reports::metric::Metric;

    use super::*;
    use crate::suite::manifest::SuiteToml;

    fn parsed(text: &str) -> Result<Limits, String> {
        let toml: CompareToml = toml::from_str(text).map_err(|error| error.to_string())?;
        read(Path::new("crossover.toml"), toml).map_err(|error| error.to_string())
    }

    #[test]
    fn limits_and_exceptions_are_read() {
        let limits = parsed(
            "[limit]\nsize = 1\n[kernel.k]\ncall = 10\n[[exception]]\nkernel = \"k\"\ncost = \"cold-start\"\n\
             until = 2026-12-31\nreason = \"fonts\"\n",
        )
        .unwrap();
        let percent = |metric| limits.percent("k", Cost::of(metric).unwrap());
        assert_eq!((percent(Metric::CALL), percent(Metric::SIZE)), (10.0, 1.0));
        assert_eq!(
            (limits.exceptions[0].until.as_str(), limits.exceptions[0].cost),
            ("2026-12-31", Cost::of(Metric::COLD_START))
        );
    }

    #[test]
    fn bad_limits_and_exceptions_are_refused_with_the_fix() {
        for (text, expected) in [
            ("[limit]\ncall = -1\n", "field `compare.limit.call`: `-1` is not a limit"),
            ("[kernel.k]\ncall = nan\n", "field `compare.kernel.k.call`: `NaN` is not a limit"),
            ("[limit]\nspeed = 1\n", "unknown variant `speed`"),
            (
                "[[exception]]\nkernel = \"k\"\nuntil = 2026-12-31T00:00:00Z\nreason = \"x\"\n",
                "the last day on which it holds",
            ),
            ("[[exception]]\nkernel = \"k\"\nuntil = 2026-12-31\nreason = \" \"\n", "say why it is accepted"),
        ] {
            let error = parsed(text).unwrap_err();
            assert!(error.contains(expected), "no `{expected}` in: {error}");
        }
    }

    fn regression(kernel: &str, contender: &str, cost: &str) -> GateRow {
        let row = serde_json::json!({
            "kernel": kernel, "contender": contender, "cost": cost, "blocks": 20, "outcome": "slower", "limit_percent": 5.0,
            "suspected": true, "finding": "regressed",
        });
        serde_json::from_value(row).unwrap()
    }

    #[test]
    fn the_exception_that_a_report_suggests_accepts_that_regression_and_no_other() {
        for (kernel, contender) in [("hashing-blake3", "slower"), (r#"it's "\" [a]"#, "a b # c")] {
            let row = regression(kernel, contender, "call");
            let suggested = fix::exception(&row, "2026-11-30T10:17:40Z");
            let text = format!("kernels = [\"kernels/*\"]\n\n[compare.limit]\nsize = 1\n\n{suggested}");
            let toml: SuiteToml = toml::from_str(&text).unwrap();
            let [exception] = &read(Path::new("crossover.toml"), toml.compare).unwrap().exceptions[..] else {
                panic!("one exception in: {text}")
            };
            assert!(exception.is_about(&row), "{exception:?}");
            assert_eq!(exception.until, "2027-02-01");
            for (kernel, contender, cost) in
                [("other", contender, "call"), (kernel, "other", "call"), (kernel, contender, "size")]
            {
                assert!(!exception.is_about(&regression(kernel, contender, cost)), "{exception:?}");
            }
        }
    }
}
