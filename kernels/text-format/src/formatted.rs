//! With the standard library's formatting, as one writes it down first.

use std::fmt::Write as _;

use crate::date::Moment;
use crate::fixed::hundredths;
use crate::{HEADER, share};

/// The table.
pub fn rows(values: &[f64]) -> String {
    let mut text = String::from(HEADER);
    for (at, value) in values.iter().enumerate() {
        let Moment { year, month, day, ms } = Moment::of_row(at);
        let (hour, minute, second, ms) = (ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60, ms % 1000);
        let sign = if *value < 0.0 { "-" } else { "" };
        let cents = hundredths(*value);
        writeln!(
            text,
            "{},{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{ms:03}Z,{sign}{}.{:02},{}",
            at + 1,
            cents / 100,
            cents % 100,
            // There is no minus before JavaScript's zero.
            share(*value) + 0.0,
        )
        .expect("a String takes everything that is written to it");
    }
    text
}
