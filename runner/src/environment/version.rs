//! The version that a program reports.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::process;

/// A program that does not report its version in this time is not used.
const ANSWER_LIMIT: Duration = Duration::from_secs(20);

/// A version as reported, with its first two numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// As reported, e.g. `v20.20.2` or `Chromium 156.0.8078.79`.
    pub text: String,
    /// First and second number, e.g. (20, 20).
    pub number: (u32, u32),
}

impl Version {
    /// Finds the first dotted number in `text`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let line = text.lines().map(str::trim).find(|line| !line.is_empty())?;
        let number = line.split_whitespace().find_map(dotted)?;
        Some(Self { text: line.to_owned(), number })
    }
}

/// Asks `program --version`.
///
/// # Errors
/// A sentence: it does not start, fails, does not answer in 20 s, or the answer has no version in it.
pub fn ask(program: &Path) -> Result<Version, String> {
    let output = process::run(Command::new(program).arg("--version"), ANSWER_LIMIT).map_err(|error| {
        let lines = error.last_lines(3).join(" / ");
        if lines.is_empty() { error.to_string() } else { format!("{error}: {lines}") }
    })?;
    Version::parse(&output.stdout).ok_or_else(|| {
        let said = output.stdout.lines().next().unwrap_or_default();
        format!("{} --version answers {said:?}, which is no version", program.display())
    })
}

/// The version of a program that does not tell it, but explains itself with `--help`.
///
/// # Errors
/// As [`ask`].
pub fn untold(program: &Path) -> Result<Version, String> {
    process::run(Command::new(program).arg("--help"), ANSWER_LIMIT).map_err(|error| error.to_string())?;
    Ok(Version { text: "its browser says its version when it starts".to_owned(), number: (0, 0) })
}

/// The first two numbers of a word like `v20.20.2`.
fn dotted(word: &str) -> Option<(u32, u32)> {
    let mut parts = word.strip_prefix('v').unwrap_or(word).split('.');
    let major = parts.next()?.parse().ok()?;
    let digits: String = parts.next()?.chars().take_while(char::is_ascii_digit).collect();
    Some((major, digits.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_as_programs_tell_them() {
        let cases = [
            ("v20.20.2\n", (20, 20)),
            ("11.19.1\n", (11, 19)),
            ("rustc 1.96.0-nightly (ac68faa20 2026-05-25) (built from a source tarball)", (1, 96)),
            ("\nChromium 156.0.8078.79 built on Debian GNU/Linux 12 (bookworm)\n", (156, 0)),
            ("Google Chrome for Testing 131.0.6778.33 ", (131, 0)),
        ];
        for (text, number) in cases {
            let version = Version::parse(text).unwrap();
            assert_eq!(version.number, number, "{text}");
            assert_eq!(version.text, text.trim());
        }
        assert_eq!(Version::parse("no number here"), None);
        assert_eq!(Version::parse(""), None);
    }
}
