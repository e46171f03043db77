//! How far a run has come: which blocks are whole, and which contenders are out of it. Pure.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Cell, Failure, Outcome, Row, Run, Stage};

/// How far the contenders of one kernel, input and stratum have come.
///
/// A block is complete when every contender has a row in it, whatever the row says, but for contenders that were out
/// before. The rows tell so when a contender's last one is a failure and others went on without it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// The blocks from 0 to this one, which is not among them, are complete: the next to be measured.
    pub blocks: u32,
    out: BTreeMap<String, Failure>,
}

impl Progress {
    /// Reads it off `rows`, of which those count that are of the kernel, input and stratum of `place`. Where a
    /// contender has two rows in one block, the later counts.
    #[must_use]
    pub fn of<'a>(place: &Cell, contenders: impl IntoIterator<Item = &'a str>, rows: &[Row]) -> Self {
        let contenders: BTreeSet<&str> = contenders.into_iter().collect();
        let (mut by_contender, mut tried) = (HashMap::<_, BTreeMap<_, _>>::new(), BTreeSet::new());
        let is_of = |row: &&Row| row.cell.is_beside(place) && contenders.contains(&*row.cell.contender);
        for row in rows.iter().filter(is_of).filter(|row| row.is_of_a_block()) {
            by_contender.entry(&*row.cell.contender).or_default().insert(row.block, row);
            // What fails before measuring says nothing of whether its block was begun.
            if !row.is_never_measured() {
                tried.insert(row.block);
            }
        }
        // The row that puts a contender out, if it has one: what failed before measuring does so wherever it stands, any
        // other failure only as the last row.
        let failed = |contender: &str| {
            let rows = by_contender.get(contender)?;
            let row = rows.values().find(|row| row.is_never_measured()).or(rows.values().last())?;
            if let Outcome::Failure(failure) = &row.outcome { Some((row.block, failure)) } else { None }
        };
        let has_row =
            |contender: &str, block| by_contender.get(contender).is_some_and(|rows| rows.contains_key(&block));
        let is_complete = |block: u32| {
            let is_explained =
                |contender: &&str| has_row(contender, block) || failed(contender).is_some_and(|(at, _)| at < block);
            tried.contains(&block) && contenders.iter().all(is_explained)
        };
        // Ends at the first number that no row has.
        let blocks = (0..u32::MAX).find(|block| !is_complete(*block)).unwrap_or(u32::MAX);
        let out = contenders.iter().filter_map(|contender| {
            let (at, failure) = failed(contender)?;
            // A contender that failed in the last complete block may have thrown and be tried again: it is not out
            // until a block goes by without it.
            let went_on_without = u64::from(at) + 1 < u64::from(blocks);
            (failure.stage.is_before_measuring() || went_on_without).then(|| ((*contender).to_owned(), failure.clone()))
        });
        Self { blocks, out: out.collect() }
    }

    /// Why a contender is out for good; `None` when it is not.
    #[must_use]
    pub fn out(&self, contender: &str) -> Option<&Failure> {
        self.out.get(contender)
    }
}

impl Run {
    /// Drops the rows of blocks that are not complete, as a process that is killed in mid-block leaves them, and of
    /// blocks after those. A failure from before measuring stays: its contender is out, whatever its block came to. So do
    /// sessions, which are of no block.
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
    /// Whether two cells are of one kernel, input and stratum, and thus measured together.
    #[must_use]
    pub fn is_beside(&self, other: &Self) -> bool {
        self.kernel == other.kernel && self.input == other.input && self.stratum == other.stratum
    }
}

impl Row {
    /// Whether this is what came of a block: not one that was measured again, because the machine was disturbed beyond
    /// use, and not of sessions.
    pub(super) fn is_of_a_block(&self) -> bool {
        match self.outcome {
            Outcome::Samples(_) | Outcome::Failure(_) => true,
            Outcome::Disturbed(_) | Outcome::Sessions(_) => false,
        }
    }

    /// Whether this tells of sessions.
    #[must_use]
    pub fn is_of_sessions(&self) -> bool {
        matches!(self.outcome, Outcome::Sessions(_))
    }

    /// Whether this is a failure after which the contender is never measured.
    #[must_use]
    pub fn is_never_measured(&self) -> bool {
        matches!(&self.outcome, Outcome::Failure(failure) if failure.stage.is_before_measuring())
    }
}

impl Stage {
    /// Whether what fails here is not measured at all.
    fn is_before_measuring(self) -> bool {
        match self {
            Self::Available | Self::Build | Self::Load | Self::Verify => true,
            Self::Measure | Self::Runtime => false,
        }
    }
}

#[cfg(test)]
mod tests;
