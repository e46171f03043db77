//! Runs of one plan side by side, whichever part each has measured and on whichever machine. Pure.

use std::collections::{BTreeSet, HashMap};

use super::join::refuse_twice;
use super::{Group, Header, Input, JoinError, Kernel, Machine, Run, Shards, Stratum, Toolchain, stratum_ids};

impl Run {
    /// Puts runs of one plan side by side: shards, whole runs of several machines, or both. Blocks of one cell from two
    /// runs are never pooled here: runs that measured the same cells, or whose machines or runtimes differ, get strata
    /// of their own. Shards that measured different things on machines that look alike make one stratum; with all
    /// shards there, it equals a whole run.
    ///
    /// [`Header::shards`] has the missing shards, and is absent if there are none.
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
        let (gathered, places) = gathered(&runs);
        let all: usize = header.kernels.iter().map(|kernel| kernel.inputs.len()).sum();
        let ids = stratum_ids(gathered.iter().map(|one| &*one.stratum.runtime.id));
        let strata = gathered.into_iter().zip(&ids).map(|(one, id)| Stratum {
            id: id.clone(),
            machine: Some(one.machine).filter(|machine| *machine != header.machine),
            only: (one.groups.len() < all).then(|| one.groups.into_iter().collect()),
            ..one.stratum
        });
        header.strata = strata.collect();
        if header.contests().count() > 1 {
            // A shard that belongs to one of them.
            header.calibration = None;
        }
        let mut next = 0;
        let mut merged = Self { header, rows: Vec::new(), truncated: false };
        for (run, places) in runs.iter_mut().zip(places) {
            run.number_from(&mut next);
            run.move_to(&places, &ids);
            merged.rows.append(&mut run.rows);
            merged.truncated |= run.truncated;
        }
        Ok(merged)
    }

    /// Gives every row the id of its new stratum. A row that its own run's header does not know must not be mixed with
    /// those of another run, whose header may know it.
    fn move_to(&mut self, places: &HashMap<String, usize>, ids: &[String]) {
        let planned: HashMap<&str, BTreeSet<_>> =
            self.header.strata.iter().map(|one| (one.id.as_str(), self.header.groups(one).collect())).collect();
        for row in &mut self.rows {
            let cell = &mut row.cell;
            let group = Group { kernel: cell.kernel.clone(), input: cell.input.clone() };
            let is_planned = planned.get(cell.stratum.as_str()).is_some_and(|groups| groups.contains(&group));
            cell.stratum = match places.get(&cell.stratum).filter(|_| is_planned) {
                Some(place) => ids[*place].clone(),
                None => format!("{} of run {}", cell.stratum, self.header.id),
            };
        }
    }
}

/// One stratum in the making, from those of several runs.
struct Gathered {
    /// As the first of the runs recorded it.
    stratum: Stratum,
    machine: Machine,
    /// Kernels and inputs, each measured once.
    groups: BTreeSet<Group>,
}

impl Gathered {
    /// Adds the groups of another stratum, if that pools nothing: the machines look alike, the runtimes are the same,
    /// and no group has been measured by both.
    fn takes_in(&mut self, other: &Self) -> bool {
        let alone = |stratum: &Stratum| Stratum {
            id: String::new(),
            timer_quantum_ns: None,
            machine: None,
            only: None,
            ..stratum.clone()
        };
        let is_like = self.machine.is_like(&other.machine) && alone(&self.stratum) == alone(&other.stratum);
        let takes = is_like && self.groups.is_disjoint(&other.groups);
        if takes {
            self.groups.extend(other.groups.iter().cloned());
        }
        takes
    }
}

/// All strata, and for each run the new id of each of its own strata.
fn gathered(runs: &[Run]) -> (Vec<Gathered>, Vec<HashMap<String, usize>>) {
    let mut all: Vec<Gathered> = Vec::new();
    let mut place = |header: &Header, stratum: &Stratum| {
        let groups = header.groups(stratum).collect();
        let own = Gathered { stratum: stratum.clone(), machine: header.machine_of(stratum).clone(), groups };
        let at = all.iter_mut().position(|one| one.takes_in(&own));
        at.unwrap_or_else(|| {
            all.push(own);
            all.len() - 1
        })
    };
    let mut of_run =
        |run: &Run| run.header.strata.iter().map(|stratum| (stratum.id.clone(), place(&run.header, stratum))).collect();
    let places = runs.iter().map(&mut of_run).collect();
    (all, places)
}

/// The first run's header, with the additions of the others.
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

/// Every kernel and input of any run, in the order of the plan.
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

/// The shards that are there; `None` if none is missing.
fn shards(runs: &[Run]) -> Option<Shards> {
    let all: Vec<&Shards> = runs.iter().map(|run| run.header.shards.as_ref()).collect::<Option<_>>()?;
    let numbers: BTreeSet<u32> = all.iter().flat_map(|shards| shards.numbers.iter().copied()).collect();
    let together = Shards { numbers: numbers.into_iter().collect(), ..(*all.first()?).clone() };
    (!together.missing().is_empty()).then_some(together)
}
