//! Compares two values of any kind: the first difference, and what counts as equal although a program could distinguish it.

use std::collections::HashSet;

use super::number_differences::{NumberDifferences, same_bits};
use super::numbers::{Numbers, are_similar};
use super::path::{AnswerPath, ContainerKind};
use super::shown::{shown, text_difference};
use super::token::{Token, Tokens};

/// Added to a difference that may only be one of order.
const ANY_ORDER: &str = "; the order counts here, and --normalize FILE#export may sort them";

/// Compares two values. Without a tolerance, `-0` differs from `0`; `NaN` always equals `NaN`. The order of the items of a
/// `Map` or a `Set` counts, because a program that iterates sees it; the order of an object's keys does not. Returns a note
/// if something counts as equal although a program could distinguish the two.
///
/// # Errors
/// The first difference, for people. If only numbers differ, also how far apart they are.
pub fn compare(expected: Tokens<'_>, got: Tokens<'_>, tolerance: Option<f64>) -> Result<Option<String>, String> {
    let (path, numbers, notes) = (AnswerPath::default(), NumberDifferences::default(), Notes::default());
    let mut comparison = ValueComparison { expected, got, path, numbers, notes, shorter: Vec::new(), tolerance };
    match comparison.all() {
        Ok(()) => comparison.numbers.summary().map_or(Ok(comparison.notes.text()), Err),
        // A tolerance would not help.
        Err(difference) => Err(comparison.numbers.first.unwrap_or(difference)),
    }
}

struct ValueComparison<'a> {
    expected: Tokens<'a>,
    got: Tokens<'a>,
    path: AnswerPath<'a>,
    numbers: NumberDifferences,
    notes: Notes,
    /// For each container around the current item: the difference to report after its last item, if the lengths differ.
    shorter: Vec<Option<String>>,
    tolerance: Option<f64>,
}

impl<'a> ValueComparison<'a> {
    fn all(&mut self) -> Result<(), String> {
        loop {
            let (expected, got) = (self.expected.next()?, self.got.next()?);
            self.pair(expected, got)?;
            while !self.path.step() {
                if !self.path.leave() {
                    return Ok(());
                }
                if let Some(shorter) = self.shorter.pop().flatten() {
                    return Err(self.here(&shorter));
                }
            }
        }
    }

    fn pair(&mut self, expected: Token<'a>, got: Token<'a>) -> Result<(), String> {
        match (expected, got) {
            (Token::Number(a), Token::Number(b)) => self.number(a, b),
            (Token::Text(a), Token::Text(b)) if a != b => return Err(self.here(&texts_differ(a, b))),
            (Token::Numbers(a), Token::Numbers(b)) => self.arrays(a, b),
            (Token::Numbers(a), Token::List(b)) => self.array_and_list(AnswerSide::Expected, a, b),
            (Token::List(a), Token::Numbers(b)) => self.array_and_list(AnswerSide::Got, b, a),
            (Token::List(a), Token::List(b)) => self.enter(ContainerKind::List, a, b, "items"),
            (Token::Map(a), Token::Map(b)) => self.enter(ContainerKind::Map, a, b, "keys and values"),
            (Token::Set(a), Token::Set(b)) => self.enter(ContainerKind::Set, a, b, "items"),
            (Token::Object { class: a, keys, order: c }, Token::Object { class: b, keys: got, order: d }) if a == b => {
                if let Some(difference) = keys_differ(&keys, &got) {
                    return Err(self.here(&difference));
                }
                if c != d {
                    self.notes.add(Equivalence::KeyOrders, &self.path);
                }
                let count = keys.len();
                self.enter(ContainerKind::Object(keys), count, count, "values");
            }
            (a, b) if a == b => {}
            (a, b) => match equivalence(&a, &b) {
                Some(equivalence) => self.notes.add(equivalence, &self.path),
                None => return Err(self.here(&format!("expected {}, got {}", shown(&a), shown(&b)))),
            },
        }
        Ok(())
    }

    fn number(&mut self, a: f64, b: f64) {
        if self.numbers.compare(a, b, self.tolerance) || self.numbers.first.is_some() {
            return;
        }
        let apart = self.tolerance.map_or_else(String::new, |tolerance| format!(", more than {tolerance} apart"));
        let [expected, got] = [a, b].map(|number| shown(&Token::Number(number)));
        self.numbers.first = Some(self.here(&format!("expected {expected}, got {got}{apart}{}", same_bits(a, b))));
    }

    fn arrays(&mut self, a: Numbers<'a>, b: Numbers<'a>) {
        self.note_types(a.name(), b.name());
        if a != b {
            let (count, of_got) = (a.count(), b.count());
            self.expected.unfold(a);
            self.got.unfold(b);
            self.enter(ContainerKind::List, count, of_got, "items");
        }
    }

    /// Compares an array of numbers with an array of any values that has `list` items. `side` is that of the numbers.
    fn array_and_list(&mut self, side: AnswerSide, numbers: Numbers<'a>, list: usize) {
        let count = numbers.count();
        let (tokens, [expected, got]) = match side {
            AnswerSide::Expected => (&mut self.expected, [count, list]),
            AnswerSide::Got => (&mut self.got, [list, count]),
        };
        tokens.unfold(numbers);
        self.note_types(numbers.name(), "Array");
        self.enter(ContainerKind::List, expected, got, "items");
    }

    fn note_types(&mut self, a: &'static str, b: &'static str) {
        if !are_similar(a, b) {
            self.notes.add(Equivalence::Arrays(a, b), &self.path);
        }
    }

    fn enter(&mut self, kind: ContainerKind<'a>, expected: usize, got: usize, what: &str) {
        self.path.enter(kind, expected.min(got));
        self.shorter.push((expected != got).then(|| format!("expected {expected} {what}, got {got}")));
    }

    fn here(&self, difference: &str) -> String {
        let order = if self.path.depends_on_order() { ANY_ORDER } else { "" };
        format!("{}: {difference}{order}", self.path)
    }
}

#[derive(Clone, Copy)]
enum AnswerSide {
    Expected,
    Got,
}

/// Two representations that count as equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Equivalence {
    Arrays(&'static str, &'static str),
    BoolAndNumber,
    BigIntAndNumber,
    KeyOrders,
}

/// Two values that differ only in representation: Wasm has no booleans, and its 64-bit integers are `BigInt`s in JavaScript.
fn equivalence(a: &Token<'_>, b: &Token<'_>) -> Option<Equivalence> {
    match (a, b) {
        (Token::Bool(bool), Token::Number(number)) | (Token::Number(number), Token::Bool(bool)) => {
            (number.to_bits() == f64::from(*bool).to_bits()).then_some(Equivalence::BoolAndNumber)
        }
        (Token::BigInt(digits), Token::Number(number)) | (Token::Number(number), Token::BigInt(digits)) => {
            // `to_string` writes whole numbers like BigInts.
            (*number == 0.0 && digits == "0" || number.to_string() == *digits).then_some(Equivalence::BigIntAndNumber)
        }
        _ => None,
    }
}

/// What counted as equal: each equivalence once, with the first place that has it.
#[derive(Debug, Default)]
struct Notes(Vec<(Equivalence, String)>);

impl Notes {
    fn add(&mut self, equivalence: Equivalence, path: &AnswerPath<'_>) {
        if self.0.iter().all(|(known, _)| *known != equivalence) {
            self.0.push((equivalence, path.to_string()));
        }
    }

    fn text(self) -> Option<String> {
        let words = |(equivalence, path): (Equivalence, String)| match equivalence {
            Equivalence::Arrays(a, b) => format!("{path} is of type {a} in one, {b} in the other, with the same items"),
            Equivalence::BoolAndNumber => {
                format!("{path} is a boolean in one, 0 or 1 in the other, as Wasm's i32 has it")
            }
            Equivalence::BigIntAndNumber => format!("{path} is a BigInt in one, the same number in the other"),
            Equivalence::KeyOrders => format!("{path} has its keys in another order in one than in the other"),
        };
        let all: Vec<_> = self.0.into_iter().map(words).collect();
        (!all.is_empty()).then(|| format!("taken as equal: {}", all.join("; ")))
    }
}

fn texts_differ(a: &[u8], b: &[u8]) -> String {
    let (expected, got) = (String::from_utf8_lossy(a), String::from_utf8_lossy(b));
    if expected == got {
        return "the texts differ in lone surrogates (unpaired halves of UTF-16 pairs)".to_owned();
    }
    text_difference(&expected, &got)
}

fn keys_differ(expected: &[&[u8]], got: &[&[u8]]) -> Option<String> {
    let lacking = |these: &[&[u8]], those: &[&[u8]]| {
        let those: HashSet<&[u8]> = those.iter().copied().collect();
        these.iter().find(|key| !those.contains(**key)).map(|key| String::from_utf8_lossy(key).into_owned())
    };
    let missing = || lacking(expected, got).map(|key| format!("the key {key:?} is missing"));
    let added = || lacking(got, expected).map(|key| format!("the key {key:?} should not be there"));
    if expected == got { None } else { missing().or_else(added) }
}

#[cfg(test)]
mod tests;
