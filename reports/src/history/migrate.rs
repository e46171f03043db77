//! The schema of a history, as a list of steps. A file stores how many of them were applied.
//!
//! A released step never changes: later changes go into a further one.

use rusqlite::{Connection, Transaction, TransactionBehavior};

/// Application id in the header of every history: `CrOv`.
pub const APPLICATION_ID: i64 = 0x4372_4f76;

/// Every step; the first starts from an empty file.
pub const STEPS: &[&str] = &["
CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    started_at TEXT NOT NULL,
    revision TEXT
) STRICT;
CREATE TABLE software (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    UNIQUE (name, version)
) STRICT;
CREATE TABLE run_software (
    run INTEGER NOT NULL REFERENCES run,
    software INTEGER NOT NULL REFERENCES software,
    PRIMARY KEY (run, software)
) STRICT, WITHOUT ROWID;
-- An empty text is none: where there are NULLs, UNIQUE does not hold.
CREATE TABLE series (
    id INTEGER PRIMARY KEY,
    kernel TEXT NOT NULL,
    browser TEXT NOT NULL,
    machine TEXT NOT NULL,
    metric TEXT NOT NULL,
    input TEXT NOT NULL,
    input_sha256 TEXT NOT NULL,
    contender TEXT NOT NULL,
    baseline TEXT NOT NULL,
    UNIQUE (kernel, browser, machine, metric, input, input_sha256, contender, baseline)
) STRICT;
-- By run, so that a run is added on one or two pages, and not on one of every series.
CREATE TABLE point (
    run INTEGER NOT NULL REFERENCES run,
    series INTEGER NOT NULL REFERENCES series,
    figure REAL NOT NULL,
    ratio REAL,
    low REAL,
    high REAL,
    PRIMARY KEY (run, series)
) STRICT, WITHOUT ROWID;
", "
-- A browser is one runtime of several, and what it was made to pretend has a column of its own. Points are moved before the
-- series that they belong to are dropped.
CREATE TABLE new_series (
    id INTEGER PRIMARY KEY,
    kernel TEXT NOT NULL,
    runtime TEXT NOT NULL,
    emulation TEXT NOT NULL,
    machine TEXT NOT NULL,
    metric TEXT NOT NULL,
    input TEXT NOT NULL,
    input_sha256 TEXT NOT NULL,
    contender TEXT NOT NULL,
    baseline TEXT NOT NULL,
    UNIQUE (kernel, runtime, emulation, machine, metric, input, input_sha256, contender, baseline)
) STRICT;
INSERT INTO new_series
SELECT id, kernel,
    iif(at > 0, substr(browser, 1, at - 1), browser),
    iif(at > 0, substr(browser, at + 12, length(browser) - at - 12), ''),
    machine, metric, input, input_sha256, contender, baseline
FROM (SELECT *, instr(browser, ' (emulated: ') AS at FROM series);
CREATE TABLE new_point (
    run INTEGER NOT NULL REFERENCES run,
    series INTEGER NOT NULL REFERENCES new_series,
    figure REAL NOT NULL,
    ratio REAL,
    low REAL,
    high REAL,
    PRIMARY KEY (run, series)
) STRICT, WITHOUT ROWID;
INSERT INTO new_point SELECT * FROM point;
DROP TABLE point;
DROP TABLE series;
ALTER TABLE new_series RENAME TO series;
ALTER TABLE new_point RENAME TO point;
"];

/// The application id of a file, and its number of steps.
pub fn stamp(connection: &Connection) -> rusqlite::Result<(i64, i64)> {
    let pragma = |name| connection.pragma_query_value(None, name, |row| row.get(0));
    Ok((pragma("application_id")?, pragma("user_version")?))
}

/// Whether a file was never written to.
pub fn is_blank(connection: &Connection) -> rusqlite::Result<bool> {
    let objects: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", (), |row| row.get(0))?;
    Ok(objects == 0 && stamp(connection)? == (0, 0))
}

/// Applies the missing steps, all or none of them. If several processes open the file at once, one applies them.
pub fn migrate(connection: &mut Connection, steps: &[&str]) -> rusqlite::Result<()> {
    let transaction = Transaction::new(connection, TransactionBehavior::Immediate)?;
    let (_, gone) = stamp(&transaction)?;
    let missing = usize::try_from(gone).ok().and_then(|gone| steps.get(gone..)).unwrap_or_default();
    if missing.is_empty() {
        return Ok(());
    }
    for step in missing {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", steps.len() as i64)?;
    transaction.commit()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first() -> Connection {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection, &STEPS[..1]).unwrap();
        connection.execute("INSERT INTO run (name, started_at) VALUES ('a', '2026-03-01T09:30:00Z')", ()).unwrap();
        connection
    }

    #[test]
    fn a_file_of_the_first_schema_goes_every_step_and_keeps_its_runs() {
        let mut connection = first();
        let steps = [STEPS, &["ALTER TABLE run ADD COLUMN note TEXT", "UPDATE run SET note = 'kept'"]].concat();
        for _ in 0..2 {
            migrate(&mut connection, &steps).unwrap();
            assert_eq!(stamp(&connection).unwrap(), (APPLICATION_ID, STEPS.len() as i64 + 2));
        }
        let note: String = connection.query_row("SELECT note FROM run WHERE name = 'a'", (), |row| row.get(0)).unwrap();
        assert_eq!(note, "kept");
    }

    #[test]
    fn a_browser_that_pretended_is_a_runtime_and_what_it_pretended() {
        let mut connection = first();
        for (id, browser) in
            [(1, "chromium"), (2, "chromium (emulated: network slow-4g (1.6 Mbit/s, 150 ms))"), (3, "")]
        {
            let values = (id, browser);
            connection
                .execute("INSERT INTO series VALUES (?1, 'k', ?2, 'm', 'call_ns', '', '', 'c', '')", values)
                .unwrap();
            connection.execute("INSERT INTO point VALUES (1, ?1, 2.5, NULL, NULL, NULL)", (id,)).unwrap();
        }
        migrate(&mut connection, STEPS).unwrap();
        let mut statement = connection
            .prepare("SELECT runtime, emulation, figure FROM series JOIN point ON series = id ORDER BY id")
            .unwrap();
        let rows: Vec<(String, String, f64)> = statement
            .query_map((), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        let expected = [("chromium", ""), ("chromium", "network slow-4g (1.6 Mbit/s, 150 ms)"), ("", "")];
        assert_eq!(rows, expected.map(|(runtime, emulation)| (runtime.to_owned(), emulation.to_owned(), 2.5)));
        connection.execute("INSERT INTO point VALUES (1, 9, 2.5, NULL, NULL, NULL)", ()).unwrap_err();
    }

    #[test]
    fn a_step_that_fails_leaves_the_file_as_it_was() {
        let mut connection = first();
        let steps =
            [STEPS, &["ALTER TABLE run ADD COLUMN note TEXT; ALTER TABLE nothing ADD COLUMN note TEXT"]].concat();
        migrate(&mut connection, &steps).unwrap_err();
        assert_eq!(stamp(&connection).unwrap(), (APPLICATION_ID, 1));
        connection.query_row("SELECT note FROM run", (), |_| Ok(())).unwrap_err();
    }
}
