//! Progress of a run: which blocks are complete, and which contenders are out. Pure.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Cell, Failure, Row, RowOutcome, Run, Stage};

/// Progress of the contenders of one kernel, input and stratum.
///
/// A block is complete when every contender has a row in it, whatever the row says, except for contenders that were out
/// before. A contender is out when its last row is a failure and others continued without it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// The blocks before this one are complete; it is the next to be measured.
    pub blocks: u32,
    out: BTreeMap<String, Failure>,
}

impl Progress {
    /// Computes it from those `rows` that belong to the kernel, input and stratum of `place`. If a contender has two
    /// rows in one block, the later one counts.
    #[must_use]
    pub fn of<'a>(place: &Cell, contenders: impl IntoIterator<Item = &'a str>, rows: &[Row]) -> Self {
        let contenders: BTreeSet<&str> = contenders.into_iter().collect();
        let (mut by_contender, mut tried) = (HashMap::<_, BTreeMap<_, _>>::new(), BTreeSet::new());
        let is_of = |row: &&Row| row.cell.is_beside(place) && contenders.contains(&*row.cell.contender);
        for row in rows.iter().filter(is_of).filter(|row| row.is_of_a_block()) {
            by_contender.entry(&*row.cell.contender).or_default().insert(row.block, row);
            // A failure before measuring does not show whether its block was begun.
            if !row.is_never_measured() {
                tried.insert(row.block);
            }
        }
        // The row that puts a contender out, if it has one: a failure before measuring does so anywhere, any other
        // failure only as the last row.
        let failed = |contender: &str| {
            let rows = by_contender.get(contender)?;
            let row = rows.values().find(|row| row.is_never_measured()).or(rows.values().last())?;
            if let RowOutcome::Failure(failure) = &row.outcome { Some((row.block, failure)) } else { None }
        };
        let has_row =
            |contender: &str, block| by_contender.get(contender).is_some_and(|rows| rows.contains_key(&block));
        let is_complete = |block: u32| {
            let is_explained =
                |contender: &&str| has_row(contender, block) || failed(contender).is_some_and(|(at, _)| at < block);
            tried.contains(&block) && contenders.iter().all(is_explained)
        };
        // Ends at the first number without a row.
        let blocks = (0..u32::MAX).find(|block| !is_complete(*block)).unwrap_or(u32::MAX);
        let out = contenders.iter().filter_map(|contender| {
            let (at, failure) = failed(contender)?;
            // A contender that failed in the last complete block may be tried again: it is not out until a block is
            // complete without it.
            let went_on_without = u64::from(at) + 1 < u64::from(blocks);
            (failure.stage.is_before_measuring() || went_on_without).then(|| ((*contender).to_owned(), failure.clone()))
        });
        Self { blocks, out: out.collect() }
    }

    /// Why a contender is out for good; `None` if it is not.
    #[must_use]
    pub fn out(&self, contender: &str) -> Option<&Failure> {
        self.out.get(contender)
    }
}

impl Run {
    /// Drops the rows of incomplete blocks, which a process leaves when it is killed during a block, and of later
    /// blocks. A failure before measuring stays, because its contender is out regardless of the block. Sessions stay,
    /// too, because they belong to no block.
    pub fn keep_complete(&mut self) {
        let header = &self.header;
        let mut complete = HashMap::new();
        for kernel in &header.kernels {
            for (input, stratum) in kernel.inputs.iter().flat_map(|input| header.strata.iter().map(move |b| (input, b)))
            {
                let own = kernel.contenders.iter().filter(|contender| stratum.takes(contender.kind));
                let contenders = own.map(|contender| &*contender.name);
                let [kernel_name, input, stratum] = [&kernel.name, &input.name, &stratum.id].map(Clone::clone);
                let place = Cell { kernel: kernel_name, input, contender: String::new(), stratum };
                let progress = Progress::of(&place, contenders, &self.rows);
                complete.insert(place, progress.blocks);
            }
        }
        self.rows.retain(|row| {
            let place = Cell { contender: String::new(), ..row.cell.clone() };
            row.is_never_measured()
                || row.is_of_sessions()
                || complete.get(&place).is_some_and(|blocks| row.block < *blocks)
        });
    }
}

impl Cell {
    /// Whether two cells belong to one kernel, input and stratum, and are thus measured together.
    #[must_use]
    pub fn is_beside(&self, other: &Self) -> bool {
        self.kernel == other.kernel && self.input == other.input && self.stratum == other.stratum
    }
}

impl Row {
    /// Whether this is the outcome of a block: not one that was too disturbed to use and was measured again, and not
    /// sessions.
    pub(super) fn is_of_a_block(&self) -> bool {
        match self.outcome {
            RowOutcome::Samples(_) | RowOutcome::Failure(_) => true,
            RowOutcome::Disturbed(_) | RowOutcome::Sessions(_) => false,
        }
    }

    /// Whether this row is about sessions.
    #[must_use]
    pub fn is_of_sessions(&self) -> bool {
        matches!(self.outcome, RowOutcome::Sessions(_))
    }

    /// Whether this is a failure after which the contender is never measured.
    #[must_use]
    pub fn is_never_measured(&self) -> bool {
        matches!(&self.outcome, RowOutcome::Failure(failure) if failure.stage.is_before_measuring())
    }
}

impl Stage {
    /// Whether a contender that fails in this stage is not measured at all.
    fn is_before_measuring(self) -> bool {
        match self {
            Self::Available | Self::Build | Self::Load | Self::Verify => true,
            Self::Measure | Self::Runtime => false,
        }
    }
}

#[cfg(test)]
mod tests;
