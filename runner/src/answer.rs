//! Comparing a contender's answer with the expected one.

mod gunzipped;
mod html_text;
mod pixels;
mod value;

use crossover_reports::run::Check;
use serde::{Deserialize, Serialize};

use value::{Value, text_difference};

/// What kind of value an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerKind {
    /// Bytes.
    Bytes,
    /// Numbers, as little-endian `f64`.
    Numbers,
    /// Text, as UTF-8.
    String,
    /// Any other value, as [`Value`] reads it.
    Value,
}

/// A contender's answer to one input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What it is.
    pub kind: AnswerKind,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Answer {
    /// Whether `self` is right when `expected` is; the error says what differs first, for a person.
    ///
    /// # Errors
    /// The first difference.
    pub fn check(&self, expected: &Self, check: Check) -> Result<(), String> {
        match check {
            Check::Exact if self.kind == expected.kind && self.bytes == expected.bytes => Ok(()),
            Check::Exact => exact(expected, self),
            Check::Tolerance(tolerance) => difference(expected, self, Some(tolerance)),
            Check::PsnrDb(_) | Check::Squares { .. } | Check::Gunzipped { .. } if self.kind != expected.kind => {
                Err(format!("expected {}, got {}", describe(expected), describe(self)))
            }
            Check::PsnrDb(least) => pixels::alike(&expected.bytes, &self.bytes, least),
            Check::Squares { side, psnr_db } => pixels::alike_in_squares(&expected.bytes, &self.bytes, side, psnr_db),
            Check::Gunzipped { longer_percent } => gunzipped::same(&expected.bytes, &self.bytes, longer_percent),
            Check::HtmlText => html_text::same(text(expected)?, text(self)?),
        }
    }
}

fn describe(answer: &Answer) -> String {
    let kind = match answer.kind {
        AnswerKind::Bytes => "bytes",
        AnswerKind::Numbers => "an array of floats",
        AnswerKind::String => "a string",
        AnswerKind::Value => "another value",
    };
    format!("{kind} ({} B)", answer.bytes.len())
}

fn exact(expected: &Answer, got: &Answer) -> Result<(), String> {
    match (expected.kind, got.kind) {
        (AnswerKind::Bytes, AnswerKind::Bytes) => bytes(&expected.bytes, &got.bytes),
        (AnswerKind::String, AnswerKind::String) => Err(text_difference(text(expected)?, text(got)?)),
        _ => difference(expected, got, None),
    }
}

fn bytes(expected: &[u8], got: &[u8]) -> Result<(), String> {
    match expected.iter().zip(got).position(|(a, b)| a != b) {
        Some(at) => Err(format!(
            "first difference at byte {at}: expected 0x{:02x}, got 0x{:02x} (lengths {} and {})",
            expected[at],
            got[at],
            expected.len(),
            got.len()
        )),
        None => {
            Err(format!("expected {} bytes, got {}; they agree as far as the shorter goes", expected.len(), got.len()))
        }
    }
}

fn difference(expected: &Answer, got: &Answer, tolerance: Option<f64>) -> Result<(), String> {
    value(expected)?.difference(&value(got)?, tolerance).map_or(Ok(()), Err)
}

fn value(answer: &Answer) -> Result<Value, String> {
    Ok(match answer.kind {
        AnswerKind::Bytes => Value::of_bytes(&answer.bytes),
        AnswerKind::Numbers => {
            let (chunks, _) = answer.bytes.as_chunks::<8>();
            Value::of_numbers(&chunks.iter().map(|bytes| f64::from_le_bytes(*bytes)).collect::<Vec<_>>())
        }
        AnswerKind::String => Value::Text(text(answer)?.to_owned()),
        AnswerKind::Value => Value::read(&answer.bytes)?,
    })
}

fn text(answer: &Answer) -> Result<&str, String> {
    let AnswerKind::String = answer.kind else {
        return Err(format!("a comparison of HTML needs a string as answer, not {}", describe(answer)));
    };
    std::str::from_utf8(&answer.bytes).map_err(|error| format!("the answer is no UTF-8 text: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(bytes: &[u8]) -> Answer {
        Answer { kind: AnswerKind::Bytes, bytes: bytes.to_vec() }
    }

    fn floats(numbers: &[f64]) -> Answer {
        Answer { kind: AnswerKind::Numbers, bytes: numbers.iter().flat_map(|n| n.to_le_bytes()).collect() }
    }

    #[test]
    fn exact_names_the_first_difference_and_the_lengths() {
        assert_eq!(bytes(b"abc").check(&bytes(b"abc"), Check::Exact), Ok(()));
        let off_by_one = bytes(b"abd").check(&bytes(b"abc"), Check::Exact).unwrap_err();
        assert_eq!(off_by_one, "first difference at byte 2: expected 0x63, got 0x64 (lengths 3 and 3)");
        let short = bytes(b"ab").check(&bytes(b"abc"), Check::Exact).unwrap_err();
        assert_eq!(short, "expected 3 bytes, got 2; they agree as far as the shorter goes");
    }

    #[test]
    fn a_tolerance_takes_close_numbers_and_no_nan() {
        let check = Check::Tolerance(1e-3);
        assert_eq!(floats(&[1.0, 2.0]).check(&floats(&[1.0005, 2.0]), check), Ok(()));
        assert!(
            floats(&[1.0, 2.1])
                .check(&floats(&[1.0, 2.0]), check)
                .unwrap_err()
                .starts_with("the answer[1]: expected 2, got 2.1")
        );
        assert!(floats(&[f64::NAN]).check(&floats(&[1.0]), check).is_err());
        assert!(floats(&[1.0]).check(&floats(&[f64::NAN]), check).is_err());
        assert!(floats(&[1.0]).check(&floats(&[1.0, 1.0]), check).is_err());
    }

    #[test]
    fn html_is_compared_by_its_text_and_only_as_a_string() {
        let html = |text: &str| Answer { kind: AnswerKind::String, bytes: text.as_bytes().to_vec() };
        assert_eq!(html("<b>a</b>&lt;").check(&html("<i>a&#60;</i>"), Check::HtmlText), Ok(()));
        assert!(html("<b>a</b>").check(&html("<b>b</b>"), Check::HtmlText).is_err());
        let message = bytes(b"<b>").check(&bytes(b"<b>"), Check::HtmlText).unwrap_err();
        assert_eq!(message, "a comparison of HTML needs a string as answer, not bytes (3 B)");
    }

    #[test]
    fn arrays_of_any_type_are_compared_by_their_numbers() {
        assert_eq!(floats(&[1.0, 2.0]).check(&bytes(&[1, 2]), Check::Exact), Ok(()));
        let message = floats(&[1.0]).check(&bytes(b"12"), Check::Exact).unwrap_err();
        assert_eq!(message, "the answer[0]: expected 49, got 1");
    }

    #[test]
    fn texts_are_told_with_the_place_where_they_differ() {
        let text = |text: &str| Answer { kind: AnswerKind::String, bytes: text.as_bytes().to_vec() };
        let message = text("one\ntwo").check(&text("one\nten"), Check::Exact).unwrap_err();
        assert_eq!(message, "the texts differ from character 5 on (line 2): expected \"en\", got \"wo\"");
        let message =
            text("3").check(&Answer { kind: AnswerKind::Value, bytes: b"3".to_vec() }, Check::Exact).unwrap_err();
        assert_eq!(message, "the answer: expected 3, got \"3\"");
    }
}
