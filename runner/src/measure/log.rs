//! Rows as they come.

use std::collections::BTreeMap;

use crossover_reports::run::Row;

use crate::plan::Group;

/// Rows by group: kept for the looks, and handed on at once.
pub struct Log<R> {
    record: R,
    rows: BTreeMap<Group, Vec<Row>>,
}

impl<R: FnMut(&[Row]) -> anyhow::Result<()>> Log<R> {
    /// Begins with rows that are recorded already.
    pub fn new(record: R, rows: BTreeMap<Group, Vec<Row>>) -> Self {
        Self { record, rows }
    }

    /// Takes the rows that belong together, in one go.
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
