//! The rows of a run, recorded as they come.

use std::collections::BTreeMap;

use crossover_reports::run::Row;

use crate::plan::Group;

/// Rows by group: recorded at once, and kept for the looks.
pub struct Log<R> {
    record: R,
    rows: BTreeMap<Group, Vec<Row>>,
}

impl<R: FnMut(&[Row]) -> anyhow::Result<()>> Log<R> {
    /// Begins with rows that are recorded already.
    pub fn new(record: R, rows: BTreeMap<Group, Vec<Row>>) -> Self {
        Self { record, rows }
    }

    /// Records rows that belong together, at once.
    pub fn append(&mut self, group: Group, rows: Vec<Row>) -> anyhow::Result<()> {
        (self.record)(&rows)?;
        self.rows.entry(group).or_default().extend(rows);
        Ok(())
    }

    /// All rows of a group.
    pub fn rows(&self, group: Group) -> &[Row] {
        self.rows.get(&group).map_or(&[], Vec::as_slice)
    }
}
