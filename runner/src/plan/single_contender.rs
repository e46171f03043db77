//! The plan of one contender on one input, with the baseline that its answer is checked against. Pure.

use crossover_reports::run::Kind;

use super::{Effort, Plan, PlannedKernel, Preset};
use crate::suite::{Contender, Suite, unknown};

impl Plan {
    /// Plans one contender of a kernel on one of its inputs: the named one, else the headline input.
    ///
    /// # Errors
    /// When there is no such kernel, contender or input. The message lists the existing ones.
    pub fn of_contender(suite: &Suite, kernel: &str, contender: &str, input: Option<&str>) -> anyhow::Result<Self> {
        let names = suite.kernels.iter().map(|kernel| kernel.name.as_str());
        let found = suite.kernels.iter().find(|candidate| candidate.name == kernel);
        let kernel = found.ok_or_else(|| anyhow::anyhow!(unknown("kernel", kernel, names)))?;
        let names = || kernel.contenders.iter().map(|contender| contender.name.as_str());
        if !names().any(|name| name == contender) {
            anyhow::ensure!(
                contender != Kind::Native.name(),
                "native code runs in no browser, so there is nothing to profile here; help: profile its bench with `perf record`. \
                 Contenders of `{}` are: {}",
                kernel.name,
                names().collect::<Vec<_>>().join(", ")
            );
            anyhow::bail!(all("contender", contender, &kernel.name, names()));
        }
        let wanted = |one: &&crate::suite::Input| input.map_or(one.headline, |name| one.name == name);
        let inputs: Vec<_> = kernel.inputs.iter().filter(wanted).take(1).cloned().collect();
        if let (Some(name), true) = (input, inputs.is_empty()) {
            let names = kernel.inputs.iter().map(|input| input.name.as_str());
            anyhow::bail!("--input: {}", all("input", name, &kernel.name, names));
        }
        let takes_part = |one: &&Contender| one.name == contender || one.name == kernel.baseline;
        let contenders = kernel.contenders.iter().filter(takes_part).cloned().collect();
        let kernels = vec![PlannedKernel { kernel: kernel.clone(), inputs, contenders }];
        Ok(Self::of_kernels(kernels, Effort::of(Preset::Quick)))
    }
}

/// "there is no contender `x` of `kernel`; there are: …", with all of them.
fn all<'a>(what: &str, name: &str, kernel: &str, known: impl Iterator<Item = &'a str>) -> String {
    format!("there is no {what} `{name}` of `{kernel}`; help: choose from {}", known.collect::<Vec<_>>().join(", "))
}
