//! With serde, into a tree of values, as one has it where the type is not known: every name and text gets memory of its own.

use serde_json::Value;

use crate::Columns;

/// The wanted numbers of all records.
pub fn columns(input: &[u8]) -> Result<Columns, String> {
    let mut columns = Columns::default();
    for (at, record) in serde_json::Deserializer::from_slice(input).into_iter::<Value>().enumerate() {
        let record = record.map_err(|error| error.to_string())?;
        let number = |pointer: &str| {
            let value = record.pointer(pointer).and_then(Value::as_f64);
            value.ok_or_else(|| format!("record {}: {pointer} is no number", at + 1))
        };
        columns.push([number("/ts")?, number("/price")?, number("/qty")?, number("/geo/0")?, number("/geo/1")?]);
    }
    Ok(columns)
}
