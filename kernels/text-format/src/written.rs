//! Digits straight into the text: itoa for whole numbers, zmij for the shortest form of a double.

use crate::date::Moment;
use crate::fixed::hundredths;
use crate::{HEADER, share};

/// The most bytes of a row, so that the text need not grow: 20 and 24 for numbers, 24 for the time, 16 for the price, and
/// what separates them.
const ROW_BYTES: usize = 88;

/// The table.
pub fn rows(values: &[f64]) -> String {
    let mut table = Table { text: Vec::with_capacity(HEADER.len() + ROW_BYTES * values.len()) };
    table.text.extend_from_slice(HEADER.as_bytes());
    for (at, value) in values.iter().enumerate() {
        table.whole(at as u64 + 1);
        table.text.push(b',');
        table.moment(Moment::of_row(at));
        table.text.push(b',');
        table.price(*value);
        table.text.push(b',');
        table.shortest(share(*value));
        table.text.push(b'\n');
    }
    String::from_utf8(table.text).expect("only ASCII was written")
}

struct Table {
    text: Vec<u8>,
}

impl Table {
    fn whole(&mut self, number: u64) {
        self.text.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
    }

    fn two(&mut self, number: u32) {
        self.text.extend_from_slice(&[b'0' + (number / 10) as u8, b'0' + (number % 10) as u8]);
    }

    fn moment(&mut self, Moment { year, month, day, ms }: Moment) {
        self.whole(u64::from(year));
        for (separator, number) in
            [(b'-', month), (b'-', day), (b'T', ms / 3_600_000), (b':', ms / 60_000 % 60), (b':', ms / 1000 % 60)]
        {
            self.text.push(separator);
            self.two(number);
        }
        self.text.push(b'.');
        self.text.push(b'0' + (ms % 1000 / 100) as u8);
        self.two(ms % 100);
        self.text.push(b'Z');
    }

    fn price(&mut self, value: f64) {
        if value < 0.0 {
            self.text.push(b'-');
        }
        let cents = hundredths(value);
        self.whole(cents / 100);
        self.text.push(b'.');
        self.two((cents % 100) as u32);
    }

    /// The library's notation is JavaScript's from 1e-5 to 1e16, but for the fraction that it gives to whole numbers.
    fn shortest(&mut self, value: f64) {
        // There is no minus before JavaScript's zero.
        let mut buffer = zmij::Buffer::new();
        let text = buffer.format_finite(value + 0.0);
        self.text.extend_from_slice(text.strip_suffix(".0").unwrap_or(text).as_bytes());
    }
}
