//! What is in the table: a stock list drawn from a seed, the same as the JavaScript contender's.

const ADJECTIVES: [&str; 16] = [
    "large", "small", "heavy", "light", "round", "square", "plain", "fancy", "cheap", "costly", "odd", "quiet", "loud",
    "old", "new", "handsome",
];
const NOUNS: [&str; 16] = [
    "table", "chair", "desk", "lamp", "clock", "mirror", "cupboard", "shelf", "carpet", "pillow", "kettle", "teapot",
    "basket", "ladder", "bucket", "broom",
];

/// One row of the table.
pub struct Row {
    /// From 1.
    pub id: u32,
    /// Two words.
    pub label: String,
    /// A number of up to eight digits.
    pub stock: u32,
}

/// `count` rows. A seed of 0 draws the same row each time.
pub fn make_rows(count: u32, seed: u32) -> Vec<Row> {
    let mut state = seed;
    let row = |id| {
        // xorshift32
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        let [adjective, noun] = [state, state >> 4].map(|bits| (bits & 15) as usize);
        Row { id, label: [ADJECTIVES[adjective], " ", NOUNS[noun]].concat(), stock: state >> 8 }
    };
    (1..=count).map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_draws_the_rows_that_the_javascript_draws() {
        let rows: Vec<_> = make_rows(3, 7).into_iter().map(|row| (row.id, row.label, row.stock)).collect();
        let first = [(1, "fancy bucket", 7392), (2, "fancy table", 1_837_458), (3, "light clock", 15_164_865)];
        assert_eq!(rows, first.map(|(id, label, stock)| (id, label.to_owned(), stock)));
    }

    #[test]
    fn rows_differ() {
        let rows = make_rows(1000, 7);
        assert_eq!(rows.len(), 1000);
        let labels: std::collections::BTreeSet<_> = rows.iter().map(|row| &row.label).collect();
        assert!(labels.len() > 200, "{} labels", labels.len());
    }
}
