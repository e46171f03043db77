//! What is measured: one table with a row for each metric. All code that reads, compares, shows, judges or stores
//! figures iterates over it, so that a new metric is a row of [`Metric::ALL`] and nothing else.

mod named;
mod phase;
mod table;
mod unit;

pub(crate) use named::one_of;
pub use phase::Phase;
pub(crate) use table::{call_ns, start_ns};
pub use unit::Unit;

use crate::measurement::Block;
use crate::run::Contender;

/// A metric: a row of the table. Two are equal when their ids are, and they are ordered as in the table.
#[derive(Clone, Copy)]
pub struct Metric(&'static MetricRow);

/// Everything that is known about a metric.
pub struct MetricRow {
    /// Its name in JSON, in the history and on the command line.
    pub id: &'static str,
    /// A sentence about it: the description in JSON Schemas.
    pub about: &'static str,
    /// Its name as people read it.
    pub words: &'static str,
    /// A shorter name for narrow tables, if there is one.
    pub short: Option<&'static str>,
    /// The unit of its figures.
    pub unit: Unit,
    /// Which way is better. Only costs are compared, gated or followed, so that everywhere more is worse.
    pub better: Better,
    /// How it is read.
    pub(crate) read: Read,
    /// When candidates are compared by it.
    pub compared: Compared,
    /// Its limit in the gate; `None` if the gate ignores it.
    pub limit: Option<Limit>,
    /// Whether the history follows it.
    pub followed: bool,
    /// Its name in formats of other programs: Bencher's slug, if Bencher has one. `None` leaves it out of them.
    pub measure: Option<&'static str>,
    /// Its columns in the CSV of cells, each with its heading.
    pub csv: &'static [(&'static str, Number)],
    /// Its columns in tables for people, each with its heading.
    pub columns: &'static [(&'static str, Shown)],
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    /// It is a cost.
    Smaller,
    /// It is a rate.
    Bigger,
}

/// How a metric is read.
#[derive(Clone, Copy)]
pub(crate) enum Read {
    /// From the rounds of a block, which are paired with those of other contenders.
    Calls,
    /// One positive figure of every block, which scatters: compared by the log ratios of blocks.
    Block(fn(&Block) -> Option<f64>),
    /// One figure of every block, which hardly ever differs between blocks: compared by its range.
    Peak(fn(&Block) -> Option<f64>),
    /// A count of a contender, the same for every input and runtime.
    Contender(fn(&Contender) -> Option<u64>),
    /// From other figures of the report.
    Derived,
}

/// When candidates are compared by a metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compared {
    /// Always.
    Always,
    /// If the plan has starts from the cache.
    WithOtherStarts,
    /// It is shown and not compared.
    Never,
}

/// By how much a revision may be worse than its base.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limit {
    /// The key in `[compare.limit]` of `crossover.toml`, and the name in the gate's files.
    pub key: &'static str,
    /// The default, percent.
    pub usual_percent: f64,
}

/// A number of a cell's figure, for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Number {
    /// The median over blocks, or the figure itself if it is exact.
    Middle,
    /// The lower end of its interval.
    Low,
    /// The upper end.
    High,
    /// The 95th percentile over all samples, of calls.
    P95,
    /// Bytes of input per second, of calls.
    Throughput,
}

/// What a column shows people of a cell's figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// A number with its unit.
    Number(Number),
    /// The interval.
    Interval,
    /// The comparison of the cell with its baseline.
    AgainstBaseline,
    /// The share of a call that is spent crossing.
    ShareOfCall,
}

impl Metric {
    /// Its id.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.id
    }

    /// Its name for people in narrow tables.
    #[must_use]
    pub fn short_words(self) -> &'static str {
        self.short.unwrap_or(self.words)
    }

    /// Whether it is a property of a contender, the same on every input, in every runtime and at every time.
    #[must_use]
    pub fn is_exact(self) -> bool {
        matches!(self.read, Read::Contender(_))
    }

    /// Whether it scatters, so that comparing it needs an interval.
    #[must_use]
    pub fn scatters(self) -> bool {
        matches!(self.read, Read::Calls | Read::Block(_))
    }

    /// Whether it is followed over time, and compared between runs, as a ratio to the baseline: the machine affects
    /// both figures of such a ratio alike.
    #[must_use]
    pub fn is_followed_as_ratio(self) -> bool {
        self.scatters() && self.compared == Compared::Always
    }

    /// Its figure in a block; `None` if it has no figures in blocks.
    pub(crate) fn in_block(self) -> Option<fn(&Block) -> Option<f64>> {
        match self.read {
            Read::Calls => Some(call_ns),
            Read::Block(of) | Read::Peak(of) => Some(of),
            Read::Contender(_) | Read::Derived => None,
        }
    }

    /// The count of a contender; `None` if it has none, or the metric is not a count of a contender.
    pub(crate) fn of_contender(self, contender: &Contender) -> Option<u64> {
        match self.read {
            Read::Contender(of) => of(contender),
            Read::Calls | Read::Block(_) | Read::Peak(_) | Read::Derived => None,
        }
    }
}

#[cfg(test)]
mod tests;
