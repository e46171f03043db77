//! Rows as they are parsed, and the columns that they become.

/// How many numbers of a record are wanted.
pub const WIDTH: usize = 5;

/// The wanted numbers of records: `ts`, `price`, `qty`, `geo[0]` and `geo[1]` of each.
#[derive(Debug, Default, PartialEq)]
pub struct Columns {
    rows: Vec<[f64; WIDTH]>,
}

impl Columns {
    /// Adds the numbers of the next record.
    pub fn push(&mut self, row: [f64; WIDTH]) {
        self.rows.push(row);
    }

    /// One column after the other.
    #[must_use]
    pub fn into_numbers(self) -> Vec<f64> {
        (0..WIDTH).flat_map(|column| self.rows.iter().map(move |row| row[column])).collect()
    }
}
