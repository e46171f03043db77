//! With serde, into a type that has the wanted fields only: all others are checked for their form and skipped.

use serde::Deserialize;

use crate::Columns;

#[derive(Deserialize)]
struct Order {
    ts: f64,
    price: f64,
    qty: f64,
    geo: [f64; 2],
}

/// The wanted numbers of all records.
pub fn columns(input: &[u8]) -> Result<Columns, String> {
    let mut columns = Columns::default();
    for order in serde_json::Deserializer::from_slice(input).into_iter() {
        let Order { ts, price, qty, geo: [latitude, longitude] } =
            order.map_err(|error: serde_json::Error| error.to_string())?;
        columns.push([ts, price, qty, latitude, longitude]);
    }
    Ok(columns)
}
