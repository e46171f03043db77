//! Comparing a contender's answer with the expected one.

mod compare;
mod number_differences;
mod numbers;
mod path;
mod pixels;
mod shown;
mod token;

use crossover_reports::run::Check;
use serde::{Deserialize, Serialize};

use compare::compare;
use numbers::Numbers;
use shown::text_difference;
use token::{Token, Tokens};

/// What kind of value an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerKind {
    /// Bytes.
    Bytes,
    /// Text, as UTF-8.
    String,
    /// Any other value, as [`Tokens`].
    Value,
}

/// A contender's answer to one input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What kind of value it is.
    pub kind: AnswerKind,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Answer {
    /// Checks `self` against `expected`. Returns a note for people if something counts as equal although a program could
    /// distinguish the two.
    ///
    /// # Errors
    /// The first difference, for people.
    pub fn check(&self, expected: &Self, check: &Check) -> Result<Option<String>, String> {
        match check {
            Check::Exact | Check::Normalised if self.kind == expected.kind && self.bytes == expected.bytes => Ok(None),
            // Answers that a function of the user's compares never get here.
            Check::Exact | Check::Normalised | Check::Same | Check::Module(_) => exact(expected, self),
            Check::Tolerance(tolerance) => compare(tokens(expected)?, tokens(self)?, Some(*tolerance)),
            Check::PsnrDb(_) if self.kind != expected.kind => {
                Err(format!("expected {}, got {}", describe(expected), describe(self)))
            }
            Check::PsnrDb(least) => pixels::alike(&expected.bytes, &self.bytes, *least).map(|()| None),
        }
    }
}

fn describe(answer: &Answer) -> String {
    let kind = match answer.kind {
        AnswerKind::Bytes => "bytes",
        AnswerKind::String => "a string",
        AnswerKind::Value => "another value",
    };
    format!("{kind} ({} B)", answer.bytes.len())
}

fn exact(expected: &Answer, got: &Answer) -> Result<Option<String>, String> {
    match (expected.kind, got.kind) {
        (AnswerKind::Bytes, AnswerKind::Bytes) => bytes(&expected.bytes, &got.bytes).map(|()| None),
        (AnswerKind::String, AnswerKind::String) => Err(text_difference(text(expected)?, text(got)?)),
        _ => compare(tokens(expected)?, tokens(got)?, None),
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
        None => Err(format!(
            "expected {} bytes, got {}; the shorter is the beginning of the longer",
            expected.len(),
            got.len()
        )),
    }
}

fn tokens(answer: &Answer) -> Result<Tokens<'_>, String> {
    Ok(match answer.kind {
        AnswerKind::Bytes => {
            let numbers = Numbers::of("Uint8Array", &answer.bytes);
            Tokens::of_one(Token::Numbers(numbers.ok_or("the page handed over no bytes")?))
        }
        AnswerKind::String => Tokens::of_one(Token::Text(text(answer)?.as_bytes())),
        AnswerKind::Value => Tokens::of(&answer.bytes),
    })
}

fn text(answer: &Answer) -> Result<&str, String> {
    std::str::from_utf8(&answer.bytes).map_err(|error| format!("the answer is not UTF-8 text: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(bytes: &[u8]) -> Answer {
        Answer { kind: AnswerKind::Bytes, bytes: bytes.to_vec() }
    }

    fn text(text: &str) -> Answer {
        Answer { kind: AnswerKind::String, bytes: text.as_bytes().to_vec() }
    }

    fn value(tokens: &[u8]) -> Answer {
        Answer { kind: AnswerKind::Value, bytes: tokens.to_vec() }
    }

    #[test]
    fn exact_names_the_first_difference_and_the_lengths() {
        assert_eq!(bytes(b"abc").check(&bytes(b"abc"), &Check::Exact), Ok(None));
        let off_by_one = bytes(b"abd").check(&bytes(b"abc"), &Check::Exact).unwrap_err();
        assert_eq!(off_by_one, "first difference at byte 2: expected 0x63, got 0x64 (lengths 3 and 3)");
        let short = bytes(b"ab").check(&bytes(b"abc"), &Check::Exact).unwrap_err();
        assert_eq!(short, "expected 3 bytes, got 2; the shorter is the beginning of the longer");
    }

    #[test]
    fn bytes_and_texts_are_compared_with_other_values() {
        let list = value(b"#\x05Array\x08\0\0\0\0\0\0\0\0\0\xf0\x3f");
        let note = bytes(&[1]).check(&list, &Check::Exact).unwrap().unwrap();
        assert_eq!(
            note,
            "taken as equal: the answer is of type Array in one, Uint8Array in the other, with the same items"
        );
        let message = list.check(&bytes(b"1"), &Check::Tolerance(1.0)).unwrap_err();
        assert!(
            message.starts_with("the answer[0]: expected 49, got 1, more than 1 apart; 1 number differs"),
            "{message}"
        );
        assert_eq!(list.check(&text("1"), &Check::Exact).unwrap_err(), "the answer: expected \"1\", got an array of 1");
        let message = list.check(&bytes(b"1"), &Check::PsnrDb(20.0)).unwrap_err();
        assert_eq!(message, "expected bytes (1 B), got another value (19 B)");
    }

    #[test]
    fn a_difference_of_texts_is_reported_with_its_place() {
        let message = text("one\ntwo").check(&text("one\nten"), &Check::Exact).unwrap_err();
        assert_eq!(message, "the texts differ from character 5 on (line 2): expected \"en\", got \"wo\"");
    }
}
