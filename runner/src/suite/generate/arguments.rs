//! The arguments of a user's generator: the keys of its table that crossover does not know, as JSON.

use serde_json::{Map, Number, Value};

/// Keys that are no arguments and stay in the table.
const OWN: [&str; 3] = ["module", "zstd", "gzip"];

/// The largest whole number that JavaScript holds exactly (`Number.MAX_SAFE_INTEGER`).
const LARGEST: i64 = (1 << 53) - 1;

/// Takes the arguments out of a table.
pub fn take(table: &mut toml::Table) -> toml::Table {
    let (own, arguments) = std::mem::take(table).into_iter().partition(|(key, _)| OWN.contains(&key.as_str()));
    *table = own;
    arguments
}

/// Arguments as JSON text.
///
/// # Errors
/// When JSON cannot hold an argument, or JavaScript would read another number. The message names the argument and the fix.
pub fn json(arguments: &toml::Table) -> Result<String, String> {
    object(arguments, "").map(|object| object.to_string())
}

fn object(table: &toml::Table, place: &str) -> Result<Value, String> {
    let below = |key: &str| if place.is_empty() { key.to_owned() } else { format!("{place}.{key}") };
    let items = table.iter().map(|(key, of)| Ok((key.clone(), value(of, &below(key))?)));
    items.collect::<Result<Map<_, _>, String>>().map(Value::Object)
}

fn value(of: &toml::Value, place: &str) -> Result<Value, String> {
    Ok(match of {
        toml::Value::String(text) => Value::String(text.clone()),
        toml::Value::Boolean(is) => Value::Bool(*is),
        toml::Value::Integer(number) if (-LARGEST..=LARGEST).contains(number) => Value::from(*number),
        toml::Value::Integer(number) => {
            return Err(format!(
                "argument `{place}`: JavaScript rounds {number}; help: write it as text, as in \"{number}\""
            ));
        }
        toml::Value::Float(number) => Number::from_f64(*number).map(Value::Number).ok_or_else(|| {
            format!("argument `{place}`: JSON has no {number}; help: leave it out or write it as text")
        })?,
        toml::Value::Datetime(date) => {
            return Err(format!("argument `{place}`: JSON has no dates; help: write it as text, as in \"{date}\""));
        }
        toml::Value::Array(items) => {
            Value::Array(items.iter().map(|item| value(item, place)).collect::<Result<_, _>>()?)
        }
        toml::Value::Table(table) => object(table, place)?,
    })
}
