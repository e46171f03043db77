//! By hand, straight from the bytes: `scan.js` in Rust, function by function, and with vectors through texts where there are any.
//! It reads the wanted numbers, and of all else only as much as it takes to find where that ends.

use crate::Columns;
use crate::columns::WIDTH;

/// Where reading stopped, and why.
type Found<T> = Result<T, (usize, &'static str)>;

/// The wanted numbers of all records.
pub fn columns(input: &[u8]) -> Result<Columns, String> {
    let mut columns = Columns::default();
    let mut at = after_blanks(input, 0);
    while at < input.len() {
        let (row, end) = record(input, at).map_err(|(at, reason)| {
            let line = 1 + input[..at.min(input.len())].iter().filter(|byte| **byte == b'\n').count();
            format!("line {line}: {reason}")
        })?;
        columns.push(row);
        at = after_blanks(input, end);
    }
    Ok(columns)
}

/// The numbers of the record that begins at `at`, and where it ends.
fn record(bytes: &[u8], at: usize) -> Found<([f64; WIDTH], usize)> {
    let mut row = [0.0; WIDTH];
    let mut missing = 0b11111;
    let mut at = after_blanks(bytes, expect(bytes, at, b'{', "a record has to begin with {")?);
    loop {
        let start = expect(bytes, at, b'"', "a name has to begin with a quotation mark")?;
        let end = after_string(bytes, start)?;
        at = after_blanks(bytes, expect(bytes, after_blanks(bytes, end), b':', "a name has to be followed by :")?);
        match &bytes[start..end - 1] {
            b"ts" => {
                (row[0], at) = number(bytes, at)?;
                missing &= !1;
            }
            b"price" => {
                (row[1], at) = number(bytes, at)?;
                missing &= !2;
            }
            b"qty" => {
                (row[2], at) = number(bytes, at)?;
                missing &= !4;
            }
            b"geo" => {
                at = after_blanks(bytes, expect(bytes, at, b'[', "geo has to be an array")?);
                (row[3], at) = number(bytes, at)?;
                at = expect(bytes, after_blanks(bytes, at), b',', "geo has to have two numbers")?;
                (row[4], at) = number(bytes, after_blanks(bytes, at))?;
                at = expect(bytes, after_blanks(bytes, at), b']', "geo has to have two numbers")?;
                missing &= !24;
            }
            _ => at = after_value(bytes, at)?,
        }
        at = after_blanks(bytes, at);
        if bytes.get(at) != Some(&b',') {
            break;
        }
        at = after_blanks(bytes, at + 1);
    }
    let end = expect(bytes, at, b'}', "a record has to end with }")?;
    if missing == 0 { Ok((row, end)) } else { Err((at, "ts, price, qty or geo is missing")) }
}

fn expect(bytes: &[u8], at: usize, byte: u8, reason: &'static str) -> Found<usize> {
    if bytes.get(at) == Some(&byte) { Ok(at + 1) } else { Err((at, reason)) }
}

fn after_blanks(bytes: &[u8], mut at: usize) -> usize {
    while let Some(b' ' | b'\t' | b'\r' | b'\n') = bytes.get(at) {
        at += 1;
    }
    at
}

/// Where the string ends whose first character is at `at`: after its closing quotation mark.
fn after_string(bytes: &[u8], mut at: usize) -> Found<usize> {
    loop {
        at = special(bytes, at);
        match bytes.get(at) {
            Some(b'"') => return Ok(at + 1),
            Some(_) => at += 2,
            None => return Err((at, "a text without an end")),
        }
    }
}

/// The first quotation mark or backslash from `at` on, or the end: 16 bytes at a time.
#[cfg(target_feature = "simd128")]
fn special(bytes: &[u8], mut at: usize) -> usize {
    use core::arch::wasm32::{i8x16_bitmask, i8x16_eq, i8x16_splat, v128_load, v128_or};

    while let Some(next) = bytes.get(at..at + 16) {
        // SAFETY: `next` is 16 bytes, and a load may be unaligned.
        let next = unsafe { v128_load(next.as_ptr().cast()) };
        let found = v128_or(i8x16_eq(next, i8x16_splat(b'"' as i8)), i8x16_eq(next, i8x16_splat(b'\\' as i8)));
        match i8x16_bitmask(found) {
            0 => at += 16,
            places => return at + places.trailing_zeros() as usize,
        }
    }
    one_by_one(bytes, at)
}

#[cfg(not(target_feature = "simd128"))]
use one_by_one as special;

/// The first quotation mark or backslash from `at` on, or the end.
fn one_by_one(bytes: &[u8], mut at: usize) -> usize {
    while let Some(byte) = bytes.get(at)
        && !matches!(byte, b'"' | b'\\')
    {
        at += 1;
    }
    at
}

/// Where the value at `at` ends, whatever it is.
fn after_value(bytes: &[u8], mut at: usize) -> Found<usize> {
    let start = at;
    let mut depth = 0_usize;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => {
                at = after_string(bytes, at + 1)?;
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' | b',' if depth == 0 => {
                return if at > start { Ok(at) } else { Err((at, "a value is missing")) };
            }
            b'}' | b']' => depth -= 1,
            _ => {}
        }
        at += 1;
    }
    Err((at, "a record without an end"))
}

/// The powers of ten that a double has exactly.
const POWERS: [f64; 16] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/// The number at `at`, and where it ends. Up to 15 digits make a whole number that a double has exactly, and so does its power of
/// ten; their quotient is the nearest double then. All others are left to the standard library.
fn number(bytes: &[u8], start: usize) -> Found<(f64, usize)> {
    let digits_at = start + usize::from(bytes.get(start) == Some(&b'-'));
    let (whole, point) = digits(bytes, digits_at, 0.0);
    let (mantissa, end) = match bytes.get(point) {
        Some(b'.') => digits(bytes, point + 1, whole),
        _ => (whole, point),
    };
    let decimals = end.saturating_sub(point + 1);
    if point == digits_at || (end != point && decimals == 0) {
        return Err((end, "a number was wanted here"));
    }
    if end - digits_at >= POWERS.len() || matches!(bytes.get(end), Some(b'e' | b'E')) {
        return long_number(bytes, start);
    }
    let value = mantissa / POWERS[decimals];
    Ok((if digits_at == start { value } else { -value }, end))
}

/// Appends the digits from `at` on to a number, and returns where they end.
fn digits(bytes: &[u8], mut at: usize, mut value: f64) -> (f64, usize) {
    while let Some(digit @ b'0'..=b'9') = bytes.get(at) {
        value = value * 10.0 + f64::from(digit - b'0');
        at += 1;
    }
    (value, at)
}

fn long_number(bytes: &[u8], start: usize) -> Found<(f64, usize)> {
    let length =
        bytes[start..].iter().take_while(|byte| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E'));
    let end = start + length.count();
    let value = std::str::from_utf8(&bytes[start..end]).ok().and_then(|text| text.parse().ok());
    value.map(|value| (value, end)).ok_or((start, "a number was wanted here"))
}
