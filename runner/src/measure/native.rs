//! Native code as an upper bound: the kernels' own benches, each measured once beside every block of its kernel.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use anyhow::ensure;
use crossover_reports::run::{self, Cell, Failure, Kind, Row, RowOutcome, Samples, Stage, Track};
use futures_util::future::LocalBoxFuture;

use super::context::NativeCode;
use crate::artifact::{self, NativeBench, has_native_bench};
use crate::environment::{Environment, Say};
use crate::interrupt;
use crate::plan::Plan;
use crate::prepare::PreparedGroup;
use crate::suite::{ContenderSource, Kernel};

/// What can be measured natively, by kernel. A kernel without a bench is not among them.
#[derive(Default)]
pub struct Natives {
    benches: BTreeMap<String, Result<Arc<NativeBench>, Failure>>,
    /// The kernels and inputs whose failure is reported already.
    reported: RefCell<BTreeSet<(String, String)>>,
}

impl Natives {
    /// Builds the benches of the planned kernels, and adds native code to the contenders of those that have one.
    ///
    /// # Errors
    /// A manifest's contender has its name.
    pub fn prepare(
        plan: &Plan,
        kernels: &mut [run::Kernel],
        environment: &Environment,
        say: Say<'_>,
    ) -> anyhow::Result<Self> {
        let (mut natives, name) = (Self::default(), Kind::Native.name());
        for (planned, described) in plan.kernels.iter().zip(kernels) {
            let kernel = &planned.kernel;
            let Some(dir) = crate_of(kernel).filter(|dir| has_native_bench(dir)) else { continue };
            ensure!(
                kernel.contenders.iter().all(|contender| contender.name != name),
                "{}: contender.{name}: --native measures one of that name itself; help: give it another",
                kernel.file.display()
            );
            say(&format!("build: {name} of {} (cargo bench)", kernel.name));
            let bench = NativeBench::build(dir, environment);
            described.contenders.push(contender(bench.as_ref().ok()));
            let bench = bench.map(Arc::new).map_err(|error| artifact::failure(&error, Stage::Build));
            natives.benches.insert(kernel.name.clone(), bench);
        }
        Ok(natives)
    }

    /// Whether there is any.
    pub fn is_any(&self) -> bool {
        !self.benches.is_empty()
    }

    /// What native code does with a group's input now; `None` where there is no bench, or where it is reported already that
    /// it cannot be measured.
    async fn measure(&self, group: &PreparedGroup) -> Option<RowOutcome> {
        let bench = match self.benches.get(&group.kernel)? {
            Ok(bench) => bench.clone(),
            Err(failure) => return self.once(group, failure.clone()),
        };
        let (kernel, input) = (group.kernel.clone(), group.input.clone());
        // On its own thread, so that signals are handled meanwhile. It ends with the process.
        let samples = move || {
            // A signal that came just before has ended all programs, and this one would be waited for.
            anyhow::ensure!(!interrupt::is_heard(), "it was interrupted");
            bench.samples(&kernel, &input)
        };
        let measured = tokio::task::spawn_blocking(samples).await;
        match measured.map_err(anyhow::Error::from).flatten() {
            Ok(call) => Some(RowOutcome::Samples(Box::new(Samples { call, ..Samples::default() }))),
            Err(error) => self.once(group, artifact::failure(&error, Stage::Measure)),
        }
    }

    /// A failure, unless it is reported already.
    fn once(&self, group: &PreparedGroup, failure: Failure) -> Option<RowOutcome> {
        let is_new = self.reported.borrow_mut().insert((group.kernel.clone(), group.input.clone()));
        (is_new || failure.stage == Stage::Measure).then_some(RowOutcome::Failure(failure))
    }
}

impl NativeCode for Natives {
    fn beside<'a>(&'a self, group: &'a PreparedGroup) -> LocalBoxFuture<'a, Option<Row>> {
        Box::pin(async {
            let outcome = self.measure(group).await?;
            let name = Kind::Native.name();
            let [kernel, input] = [&group.kernel, &group.input].map(String::clone);
            let cell = Cell { kernel, input, contender: name.to_owned(), stratum: name.to_owned() };
            Some(Row { cell, block: 0, conditions: None, outcome })
        })
    }
}

/// The folder of the first crate that a contender of the kernel is built from.
fn crate_of(kernel: &Kernel) -> Option<&Path> {
    kernel.contenders.iter().find_map(|contender| match &contender.source {
        ContenderSource::Crate(build) => Some(build.folder.as_path()),
        _ => None,
    })
}

fn contender(bench: Option<&NativeBench>) -> run::Contender {
    let build = bench.map(|bench| bench.build.clone()).unwrap_or_default();
    run::Contender { build, ..run::Contender::new(Kind::Native.name(), Kind::Native, Track::Controlled) }
}
