//! Runs of one plan side by side, whichever part each has measured and on whichever machine. Pure.

use std::collections::{BTreeSet, HashMap};

use super::join::refuse_twice;
use super::stratum::{Stratum, labels};
use super::{Browser, Header, Input, JoinError, Kernel, Run, Shards, Toolchain};

impl Run {
    /// Puts runs of one plan side by side: shards, whole runs of several machines, or both. No two blocks of one cell are
    /// ever pooled here: where two runs have measured the same, and where their machines or browsers are not alike, each
    /// is a stratum, and has the browser's label to itself. Shards that measured different things on machines that look
    /// alike are one stratum; with all of them there, it is what a whole run would have been.
    ///
    /// [`Header::shards`] says what is missing, and is absent where nothing is.
    ///
    /// # Errors
    /// [`JoinError`] when there is no run, one is given twice, or one is of another plan.
    pub fn merge(mut runs: Vec<Self>) -> Result<Self, JoinError> {
        refuse_twice(&runs)?;
        for (other, run) in runs.iter().enumerate().skip(1) {
            if let Some(difference) = runs[0].header.part_difference(&run.header) {
                return Err(JoinError::OtherPlan { other, difference });
            }
        }
        let mut header = header(&runs)?;
        let (strata, places) = strata(&runs);
        let labels = labels(&strata);
        let all: usize = header.kernels.iter().map(|kernel| kernel.inputs.len()).sum();
        let browsers = strata.into_iter().zip(&labels).map(|(stratum, label)| Browser {
            name: label.clone(),
            machine: Some(stratum.machine).filter(|machine| *machine != header.machine),
            only: (stratum.groups.len() < all).then(|| stratum.groups.into_iter().collect()),
            ..stratum.browser
        });
        header.browsers = browsers.collect();
        if header.browsers.len() > 1 {
            // It was made in one of them.
            header.calibration = None;
        }
        let mut next = 0;
        let mut merged = Self { header, blocks: Vec::new(), truncated: false };
        for (run, places) in runs.iter_mut().zip(places) {
            run.number_from(&mut next);
            run.relabel(&places, &labels);
            merged.blocks.append(&mut run.blocks);
            merged.truncated |= run.truncated;
        }
        Ok(merged)
    }

    /// Gives every row the label of its stratum. A row that the run's own header does not know must not get among those of
    /// another run, where it may be known.
    fn relabel(&mut self, places: &HashMap<String, usize>, labels: &[String]) {
        let planned: HashMap<&str, BTreeSet<_>> =
            self.header.browsers.iter().map(|one| (one.name.as_str(), self.header.groups(one).collect())).collect();
        for row in &mut self.blocks {
            let cell = &mut row.cell;
            let group = super::Group { kernel: cell.kernel.clone(), input: cell.input.clone() };
            let is_planned = planned.get(cell.browser.as_str()).is_some_and(|groups| groups.contains(&group));
            cell.browser = match places.get(&cell.browser).filter(|_| is_planned) {
                Some(stratum) => labels[*stratum].clone(),
                None => format!("{} of run {}", cell.browser, self.header.id),
            };
        }
    }
}

/// All strata, and for each run which of them each of its browsers belongs to.
fn strata(runs: &[Run]) -> (Vec<Stratum>, Vec<HashMap<String, usize>>) {
    let mut strata: Vec<Stratum> = Vec::new();
    let mut place = |header: &Header, browser: &Browser| {
        let own = Stratum::new(browser, header.machine_of(browser), header.groups(browser).collect());
        let at = strata.iter_mut().position(|stratum| stratum.takes_in(&own));
        at.unwrap_or_else(|| {
            strata.push(own);
            strata.len() - 1
        })
    };
    let mut of_run = |run: &Run| {
        let browsers = run.header.browsers.iter();
        browsers.map(|browser| (browser.name.clone(), place(&run.header, browser))).collect()
    };
    let places = runs.iter().map(&mut of_run).collect();
    (strata, places)
}

/// The first run's header with what the others have beside it.
fn header(runs: &[Run]) -> Result<Header, JoinError> {
    let headers = || runs.iter().map(|run| &run.header);
    let first = headers().next().ok_or(JoinError::Nothing)?;
    let ids: Vec<_> = headers().map(|header| header.id.as_str()).collect();
    let is_one_revision = headers().all(|header| header.git_revision == first.git_revision);
    let tool =
        |version: fn(&Toolchain) -> &Option<String>| headers().find_map(|header| version(&header.toolchain).clone());
    Ok(Header {
        id: ids.join("+"),
        started_at: headers().map(|header| header.started_at.clone()).min().unwrap_or_default(),
        git_revision: first.git_revision.clone().filter(|_| is_one_revision),
        toolchain: Toolchain {
            rustc: tool(|tools| &tools.rustc),
            wasm_bindgen: tool(|tools| &tools.wasm_bindgen),
            binaryen: tool(|tools| &tools.binaryen),
            esbuild: tool(|tools| &tools.esbuild),
        },
        kernels: kernels(runs),
        shards: shards(runs),
        ..first.clone()
    })
}

/// Every kernel and input that any run has, in the order of the plan.
fn kernels(runs: &[Run]) -> Vec<Kernel> {
    let plan = runs.first().map(|run| run.header.whole_plan()).unwrap_or_default();
    let of = |planned: super::PlannedKernel| {
        let records = || runs.iter().flat_map(|run| &run.header.kernels).filter(|kernel| kernel.name == planned.name);
        let input = |name: &String| -> Option<Input> {
            records().flat_map(|kernel| &kernel.inputs).find(|input| input.name == *name).cloned()
        };
        Some(Kernel { inputs: planned.inputs.iter().filter_map(input).collect(), ..records().next()?.clone() })
    };
    plan.into_iter().filter_map(of).collect()
}

/// Which shards are there; `None` where nothing is missing.
fn shards(runs: &[Run]) -> Option<Shards> {
    let all: Vec<&Shards> = runs.iter().map(|run| run.header.shards.as_ref()).collect::<Option<_>>()?;
    let numbers: BTreeSet<u32> = all.iter().flat_map(|shards| shards.numbers.iter().copied()).collect();
    let together = Shards { numbers: numbers.into_iter().collect(), ..(*all.first()?).clone() };
    (!together.missing().is_empty()).then_some(together)
}
