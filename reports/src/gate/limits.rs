//! The allowed increase by cost and kernel, and exceptions.

use std::collections::BTreeMap;

use super::{Cost, Finding, GateRow};

/// The allowed increases.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Limits {
    /// For every kernel, percent; by default [`Cost::usual_limit_percent`].
    pub percent: BTreeMap<Cost, f64>,
    /// For one kernel, percent.
    pub of_kernel: BTreeMap<String, BTreeMap<Cost, f64>>,
    /// Exceptions: known regressions that are accepted for now.
    pub exceptions: Vec<Exception>,
}

/// A known regression that is accepted for now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    /// Kernel.
    pub kernel: String,
    /// Contender; absent for any contender.
    pub contender: Option<String>,
    /// Cost; absent for any cost.
    pub cost: Option<Cost>,
    /// The last day on which it applies, `YYYY-MM-DD`.
    pub until: String,
    /// Why it is accepted.
    pub reason: String,
}

impl Limits {
    /// The limit of a cost of a kernel, percent.
    #[must_use]
    pub fn percent(&self, kernel: &str, cost: Cost) -> f64 {
        let own = self.of_kernel.get(kernel).and_then(|own| own.get(&cost));
        own.or(self.percent.get(&cost)).copied().unwrap_or_else(|| cost.usual_limit_percent())
    }

    /// Applies exceptions to known regressions, and returns warnings about expired exceptions. `today` is `YYYY-MM-DD`.
    pub(super) fn except(&self, rows: &mut [GateRow], today: &str) -> Vec<String> {
        let mut warnings = Vec::new();
        // Days in this form sort as texts.
        let (holding, over): (Vec<_>, Vec<_>) =
            self.exceptions.iter().partition(|exception| today <= exception.until.as_str());
        for row in rows.iter_mut().filter(|row| row.finding == Finding::Regressed) {
            if let Some(exception) = holding.iter().find(|exception| exception.is_about(row)) {
                row.finding = Finding::Excepted;
                row.reason = Some(format!("until {}: {}", exception.until, exception.reason));
            } else if let Some(exception) = over.iter().find(|exception| exception.is_about(row)) {
                let Exception { kernel, until, reason, .. } = exception;
                warnings.push(format!(
                    "The exception of {kernel} ({reason}) ended on {until}: remove it from crossover.toml, or give it a \
                     later date."
                ));
            }
        }
        warnings.dedup();
        warnings
    }
}

impl Exception {
    /// Whether it accepts a regression.
    #[must_use]
    pub fn is_about(&self, row: &GateRow) -> bool {
        self.kernel == row.kernel
            && self.contender.as_ref().is_none_or(|contender| *contender == row.contender)
            && self.cost.is_none_or(|cost| cost == row.cost)
    }
}
