//! NDJSON records in, five columns of numbers out: what a page needs of a log or an export to draw a chart.

mod columns;
#[cfg(any(feature = "scan", test))]
mod scan;
#[cfg(any(not(any(feature = "scan", feature = "values")), test))]
mod typed;
#[cfg(any(feature = "values", test))]
mod values;

pub use columns::Columns;

#[cfg(feature = "scan")]
use scan as parser;
#[cfg(not(any(feature = "scan", feature = "values")))]
use typed as parser;
#[cfg(feature = "values")]
use values as parser;

kernel_contract::contender!(columns, [u8] => Vec<f64>);

/// The columns `ts`, `price`, `qty`, `geo[0]` and `geo[1]` of all records, one column after the other.
///
/// # Errors
/// Says what is wrong with a record, and in which line, where the parser can tell.
pub fn columns(input: &[u8]) -> Result<Vec<f64>, String> {
    parser::columns(text(input)).map(Columns::into_numbers)
}

/// What follows the byte order mark that some editors and exports put first.
fn text(input: &[u8]) -> &[u8] {
    input.strip_prefix(b"\xef\xbb\xbf").unwrap_or(input)
}

#[cfg(test)]
mod tests;
