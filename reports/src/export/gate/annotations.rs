//! Annotations of GitHub Actions: lines that its runner shows beside the pull request.

use crate::gate::{Finding, Gate, fix, gate_text};
use crate::report::wording::printable;

/// Most annotations of each kind; GitHub drops any more in a step.
const MOST: usize = 10;

/// One line per regression, failure and warning, in GitHub's workflow commands.
#[must_use]
pub fn text(gate: &Gate) -> String {
    let regressed = gate.found(Finding::Regressed);
    let errors = regressed.map(|row| {
        let title = format!("crossover: {} is worse", gate_text::place(gate, row));
        let mut lines = vec![format!("{}.", gate_text::sentence(gate, row))];
        lines.extend(fix::advice(gate, row));
        command("error", &title, &lines)
    });
    let failed = gate.failures.iter().filter(|failure| failure.stage.is_failure()).map(|failure| {
        let title = format!("crossover: {} {} was not measured", failure.kernel, failure.contender);
        command("warning", &title, std::slice::from_ref(&failure.reason))
    });
    let warned = gate.warnings.iter().map(|warning| command("warning", "crossover", std::slice::from_ref(warning)));
    errors.take(MOST).chain(failed.chain(warned).take(MOST)).collect()
}

/// A workflow command with the lines of its message. Its texts are escaped as in `@actions/core`, so that they can end
/// neither the command nor their line.
fn command(kind: &str, title: &str, message: &[String]) -> String {
    let escaped = |text: &str| printable(text).replace('%', "%25");
    let title = escaped(title).replace(':', "%3A").replace(',', "%2C");
    let message: Vec<_> = message.iter().map(|line| escaped(line)).collect();
    format!("::{kind} title={title}::{}\n", message.join("%0A"))
}
