//! Reading a history.

use std::collections::HashMap;

use rusqlite::{Connection, Row, Transaction, TransactionBehavior};

use super::series::machine_class;
use super::{History, HistoryError, Key, Point, Recorded, Series, Stamp, followed_metric};
use crate::metric::Metric;
use crate::run::Header;

/// A selection of series; empty lists and `None` select all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Kernels, by name.
    pub kernels: Vec<String>,
    /// Metrics.
    pub metrics: Vec<Metric>,
    /// Runtimes, by id; sizes belong to none and are kept.
    pub runtimes: Vec<String>,
    /// Emulations, `None` for a runtime without one; sizes are kept.
    pub emulations: Vec<Option<String>>,
    /// Classes of machines.
    pub machines: Vec<String>,
}

impl Filter {
    /// The series that a run continues, and the other series of the same kernels.
    #[must_use]
    pub fn of_run(header: &Header) -> Self {
        let machines = header.strata.iter().map(|stratum| header.machine_of(stratum));
        Self {
            kernels: header.kernels.iter().map(|kernel| kernel.name.clone()).collect(),
            metrics: Vec::new(),
            runtimes: header.strata.iter().map(|stratum| stratum.runtime.id.clone()).collect(),
            emulations: header.strata.iter().map(|stratum| stratum.emulation.words()).collect(),
            machines: machines.chain([&header.machine]).map(machine_class).collect(),
        }
    }

    fn has(&self, key: &Key) -> bool {
        (self.kernels.is_empty() || self.kernels.contains(&key.kernel))
            && (self.metrics.is_empty() || self.metrics.contains(&key.metric))
            && (self.runtimes.is_empty() || key.runtime.as_ref().is_none_or(|runtime| self.runtimes.contains(runtime)))
            && (self.emulations.is_empty() || key.runtime.is_none() || self.emulations.contains(&key.emulation))
            && (self.machines.is_empty() || self.machines.contains(&key.machine))
    }
}

impl History {
    /// Every run, and the selected series, in one consistent state.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn read(&mut self, filter: &Filter) -> Result<Recorded, HistoryError> {
        read(&mut self.connection, filter).map_err(|error| HistoryError::of(&self.path, &error))
    }

    /// The kernels in a history, by name.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn kernels(&self) -> Result<Vec<String>, HistoryError> {
        kernels(&self.connection).map_err(|error| HistoryError::of(&self.path, &error))
    }
}

fn kernels(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    connection.prepare("SELECT DISTINCT kernel FROM series ORDER BY kernel")?.query_map((), |row| row.get(0))?.collect()
}

fn read(connection: &mut Connection, filter: &Filter) -> rusqlite::Result<Recorded> {
    // One transaction, so that nothing is written between the first query and the last.
    let transaction = Transaction::new(connection, TransactionBehavior::Deferred)?;
    let (ids, mut runs) = runs(&transaction)?;
    let places: HashMap<i64, usize> = ids.into_iter().zip(0..).collect();
    software(&transaction, &places, &mut runs)?;
    let (ids, mut series): (Vec<i64>, Vec<Series>) = keys(&transaction)?
        .into_iter()
        .filter(|(_, key)| filter.has(key))
        .map(|(id, key)| (id, Series { key, points: Vec::new() }))
        .unzip();
    let series_places: HashMap<i64, usize> = ids.into_iter().zip(0..).collect();
    points(&transaction, &places, &series_places, &mut series)?;
    series.sort_unstable_by(|a, b| a.key.cmp(&b.key));
    Ok(Recorded { runs, series })
}

/// Runs by time, with their ids in the file.
fn runs(transaction: &Transaction<'_>) -> rusqlite::Result<(Vec<i64>, Vec<Stamp>)> {
    let stamp = |row: &Row<'_>| {
        let software = Default::default();
        Ok((row.get::<_, i64>(0)?, Stamp { id: row.get(1)?, started_at: row.get(2)?, revision: row.get(3)?, software }))
    };
    let mut statement =
        transaction.prepare("SELECT id, name, started_at, revision FROM run ORDER BY started_at, name")?;
    statement.query_map((), stamp)?.collect()
}

fn software(transaction: &Transaction<'_>, places: &HashMap<i64, usize>, runs: &mut [Stamp]) -> rusqlite::Result<()> {
    let mut statement =
        transaction.prepare("SELECT run, name, version FROM run_software JOIN software ON software.id = software")?;
    let mut rows = statement.query(())?;
    while let Some(row) = rows.next()? {
        if let Some(run) = places.get(&row.get(0)?).and_then(|place| runs.get_mut(*place)) {
            run.software.insert(row.get(1)?, row.get(2)?);
        }
    }
    Ok(())
}

fn keys(transaction: &Transaction<'_>) -> rusqlite::Result<Vec<(i64, Key)>> {
    let mut statement = transaction.prepare(
        "SELECT id, kernel, runtime, emulation, machine, metric, input, input_sha256, contender, baseline FROM series",
    )?;
    let mut rows = statement.query(())?;
    let mut keys = Vec::new();
    while let Some(row) = rows.next()? {
        let text =
            |column: usize| Ok::<_, rusqlite::Error>(Some(row.get::<_, String>(column)?).filter(|t| !t.is_empty()));
        let Ok(metric) = followed_metric(&row.get::<_, String>(5)?) else { continue };
        let key = Key {
            kernel: row.get(1)?,
            runtime: text(2)?,
            emulation: text(3)?,
            machine: row.get(4)?,
            metric,
            input: text(6)?,
            input_sha256: text(7)?,
            contender: row.get(8)?,
            baseline: text(9)?,
        };
        keys.push((row.get(0)?, key));
    }
    Ok(keys)
}

/// The points of the series by time. Invalid costs, as in a damaged file, are left out.
fn points(
    transaction: &Transaction<'_>,
    run_places: &HashMap<i64, usize>,
    series_places: &HashMap<i64, usize>,
    series: &mut [Series],
) -> rusqlite::Result<()> {
    let mut statement = transaction.prepare("SELECT run, series, figure, ratio, low, high FROM point")?;
    let mut rows = statement.query(())?;
    let is_cost = |value: &f64| value.is_finite() && *value > 0.0;
    while let Some(row) = rows.next()? {
        let series = series_places.get(&row.get(1)?).and_then(|place| series.get_mut(*place));
        let (Some(series), Some(&run)) = (series, run_places.get(&row.get(0)?)) else { continue };
        let figure: f64 = row.get(2)?;
        let [ratio, low, high] = [3, 4, 5].map(|column| row.get::<_, Option<f64>>(column));
        let [ratio, low, high] = [ratio?, low?, high?].map(|value| value.filter(is_cost));
        if is_cost(&figure) {
            series.points.push(Point { run, figure, ratio, ci: low.zip(high).map(|(low, high)| [low, high]) });
        }
    }
    // Runs may have been added in another order than they were measured.
    series.iter_mut().for_each(|series| series.points.sort_by_key(|point| point.run));
    Ok(())
}
