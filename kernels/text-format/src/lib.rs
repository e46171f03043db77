//! Numbers in, a CSV table out: what a page makes when someone clicks on "export".

mod date;
mod fixed;
#[cfg(any(feature = "fmt", test))]
mod formatted;
#[cfg(any(not(feature = "fmt"), test))]
mod written;

#[cfg(feature = "fmt")]
use formatted as table;
#[cfg(not(feature = "fmt"))]
use written as table;

kernel_contract::contender!(format, [f64] => String);

/// The table's first line.
const HEADER: &str = "id,time,price,share\n";

/// A table with a row for each number: its place from 1 on, a time that grows with it, the number with two decimals, and
/// a seventh of it with as many digits as tell it from all other doubles. All are written as JavaScript writes them.
///
/// # Errors
/// When a number is neither 0 nor from 0.001 up to a million million, or less than minus that: JavaScript and the libraries here
/// agree on how to write those, and on others they do not.
pub fn format(values: &[f64]) -> Result<String, String> {
    for (at, value) in values.iter().enumerate() {
        if *value != 0.0 && !(0.001..1e12).contains(&value.abs()) {
            return Err(format!("number {at} is {value}, and neither 0 nor from 0.001 up to 1e12"));
        }
    }
    Ok(table::rows(values))
}

/// What `share` is of.
fn share(value: f64) -> f64 {
    value / 7.0
}

#[cfg(test)]
mod tests;
