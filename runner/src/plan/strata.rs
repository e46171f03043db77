//! The runtimes of a plan: a dimension of it, as kernels and inputs are. Pure.

use anyhow::ensure;
use crossover_reports::run::stratum_ids;

use super::Plan;
use crate::runtime::{Capability, RuntimeId};

/// A runtime that the whole plan is measured in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedStratum {
    /// Its id in the results file.
    pub id: String,
    /// The runtime.
    pub runtime: RuntimeId,
}

impl PlannedStratum {
    /// One stratum for each of these runtimes; without any, one for the default runtime.
    #[must_use]
    pub fn of(runtimes: &[RuntimeId]) -> Vec<Self> {
        let runtimes = if runtimes.is_empty() { &[RuntimeId::default()] } else { runtimes };
        let ids = stratum_ids(runtimes.iter().map(|runtime| runtime.name()));
        ids.into_iter().zip(runtimes).map(|(id, runtime)| Self { id, runtime: *runtime }).collect()
    }
}

impl Plan {
    /// The runtimes of its strata.
    #[must_use]
    pub fn runtimes(&self) -> Vec<RuntimeId> {
        self.strata.iter().map(|stratum| stratum.runtime).collect()
    }

    /// The ids of its strata.
    #[must_use]
    pub fn stratum_ids(&self) -> Vec<&str> {
        self.strata.iter().map(|stratum| stratum.id.as_str()).collect()
    }

    /// The same plan in other runtimes.
    ///
    /// # Errors
    /// When one of them lacks a needed capability; `needs` has each with the argument that asks for it.
    pub fn in_runtimes(self, runtimes: &[RuntimeId], needs: &[(Capability, &str)]) -> anyhow::Result<Self> {
        let strata = PlannedStratum::of(runtimes);
        for (capability, argument) in needs {
            let lacking: Vec<&str> =
                strata.iter().filter(|one| !one.runtime.can(*capability)).map(|one| one.runtime.name()).collect();
            ensure!(
                lacking.is_empty(),
                "{argument}: {} cannot do that; help: leave out {argument}, or name other runtimes with --runtime",
                lacking.join(" and ")
            );
        }
        Ok(Self { strata, ..self })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Preset;

    fn plan() -> Plan {
        Plan::example(Preset::Quick)
    }

    #[test]
    fn a_runtime_that_is_named_twice_is_two_strata() {
        let plan = plan().in_runtimes(&[RuntimeId::Chromium, RuntimeId::Fake, RuntimeId::Chromium], &[]).unwrap();
        let ids: Vec<_> = plan.strata.iter().map(|stratum| stratum.id.as_str()).collect();
        assert_eq!(ids, ["chromium", "fake", "chromium-2"]);
        assert_eq!(PlannedStratum::of(&[])[0].id, "chromium");
    }

    #[test]
    fn what_a_runtime_lacks_is_refused_before_anything_starts() {
        let needs = [(Capability::SlowPages, "--cpu-throttle"), (Capability::SlowNetwork, "--network")];
        let error = plan().in_runtimes(&[RuntimeId::Chromium, RuntimeId::Fake], &needs).unwrap_err();
        assert_eq!(
            error.to_string(),
            "--network: fake cannot do that; help: leave out --network, or name other runtimes with --runtime"
        );
        plan().in_runtimes(&[RuntimeId::Chromium], &needs).unwrap();
    }
}
