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
                let message = format!("`{limit}` is not a limit; give percent of the earlier cost, from 0 to 1000");
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
    use crossover_reports::metric::Metric;

    use super::*;

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
}
