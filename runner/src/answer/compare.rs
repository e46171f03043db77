//! Two values of any kind, side by side: what differs first, and what is taken as equal although a program could tell.

use std::collections::HashSet;

use super::apart::{Apart, same_bits};
use super::numbers::{Numbers, are_held_alike};
use super::place::{Of, Place};
use super::shown::{shown, text_difference};
use super::token::{Token, Tokens};

/// Where order makes the only difference, this is a way to do without it.
const ANY_ORDER: &str = "; the order counts here, and --normalize FILE#export may sort them";

/// Compares two values. Without a tolerance `-0` is not `0`; `NaN` is `NaN` in any case. The order of a `Map`'s or
/// a `Set`'s items counts, as it does for whoever reads them one after the other; that of an object's keys does not.
/// What is equal although a program could tell the two apart is returned as a note.
///
/// # Errors
/// What differs first, for a person; of numbers also how far they are apart.
pub fn compare(expected: Tokens<'_>, got: Tokens<'_>, tolerance: Option<f64>) -> Result<Option<String>, String> {
    let (place, numbers, notes) = (Place::default(), Apart::default(), Notes::default());
    let mut comparison = Comparison { expected, got, place, numbers, notes, shorter: Vec::new(), tolerance };
    match comparison.all() {
        Ok(()) => comparison.numbers.told().map_or(Ok(comparison.notes.told()), Err),
        // A tolerance would not help.
        Err(difference) => Err(comparison.numbers.first.unwrap_or(difference)),
    }
}

struct Comparison<'a> {
    expected: Tokens<'a>,
    got: Tokens<'a>,
    place: Place<'a>,
    numbers: Apart,
    notes: Notes,
    /// Of each container that the place is in: what to say after its last item, if one has fewer than the other.
    shorter: Vec<Option<String>>,
    tolerance: Option<f64>,
}

impl<'a> Comparison<'a> {
    fn all(&mut self) -> Result<(), String> {
        loop {
            let (expected, got) = (self.expected.next()?, self.got.next()?);
            self.pair(expected, got)?;
            while !self.place.step() {
                if !self.place.leave() {
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
            (Token::Numbers(a), Token::List(b)) => self.array_and_list(Side::Expected, a, b),
            (Token::List(a), Token::Numbers(b)) => self.array_and_list(Side::Got, b, a),
            (Token::List(a), Token::List(b)) => self.enter(Of::List, a, b, "items"),
            (Token::Map(a), Token::Map(b)) => self.enter(Of::Map, a, b, "keys and values"),
            (Token::Set(a), Token::Set(b)) => self.enter(Of::Set, a, b, "items"),
            (Token::Object { class: a, keys, order: c }, Token::Object { class: b, keys: got, order: d }) if a == b => {
                if let Some(difference) = keys_differ(&keys, &got) {
                    return Err(self.here(&difference));
                }
                if c != d {
                    self.notes.add(Kinds::KeyOrders, &self.place);
                }
                let count = keys.len();
                self.enter(Of::Object(keys), count, count, "values");
            }
            (a, b) if a == b => {}
            (a, b) => match equal_all_the_same(&a, &b) {
                Some(kinds) => self.notes.add(kinds, &self.place),
                None => return Err(self.here(&format!("expected {}, got {}", shown(&a), shown(&b)))),
            },
        }
        Ok(())
    }

    fn number(&mut self, a: f64, b: f64) {
        if self.numbers.see(a, b, self.tolerance) || self.numbers.first.is_some() {
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
            self.enter(Of::List, count, of_got, "items");
        }
    }

    /// An array of numbers, and one of whatever, of this length.
    fn array_and_list(&mut self, side: Side, numbers: Numbers<'a>, list: usize) {
        let count = numbers.count();
        let (tokens, [expected, got]) = match side {
            Side::Expected => (&mut self.expected, [count, list]),
            Side::Got => (&mut self.got, [list, count]),
        };
        tokens.unfold(numbers);
        self.note_types(numbers.name(), "Array");
        self.enter(Of::List, expected, got, "items");
    }

    fn note_types(&mut self, a: &'static str, b: &'static str) {
        if !are_held_alike(a, b) {
            self.notes.add(Kinds::Arrays(a, b), &self.place);
        }
    }

    fn enter(&mut self, of: Of<'a>, expected: usize, got: usize, what: &str) {
        self.place.enter(of, expected.min(got));
        self.shorter.push((expected != got).then(|| format!("expected {expected} {what}, got {got}")));
    }

    fn here(&self, difference: &str) -> String {
        let order = if self.place.depends_on_order() { ANY_ORDER } else { "" };
        format!("{}: {difference}{order}", self.place)
    }
}

#[derive(Clone, Copy)]
enum Side {
    Expected,
    Got,
}

/// What is held in two ways, and taken as equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kinds {
    Arrays(&'static str, &'static str),
    BoolAndNumber,
    BigIntAndNumber,
    KeyOrders,
}

/// Wasm has no booleans, and of integers of 64 bits only `BigInt`s come to JavaScript.
fn equal_all_the_same(a: &Token<'_>, b: &Token<'_>) -> Option<Kinds> {
    match (a, b) {
        (Token::Bool(bool), Token::Number(number)) | (Token::Number(number), Token::Bool(bool)) => {
            (number.to_bits() == f64::from(*bool).to_bits()).then_some(Kinds::BoolAndNumber)
        }
        (Token::BigInt(digits), Token::Number(number)) | (Token::Number(number), Token::BigInt(digits)) => {
            // Whole numbers are written as BigInts are.
            (*number == 0.0 && digits == "0" || number.to_string() == *digits).then_some(Kinds::BigIntAndNumber)
        }
        _ => None,
    }
}

/// What was taken as equal, each kind of it once, with the first place.
#[derive(Debug, Default)]
struct Notes(Vec<(Kinds, String)>);

impl Notes {
    fn add(&mut self, kinds: Kinds, place: &Place<'_>) {
        if self.0.iter().all(|(known, _)| *known != kinds) {
            self.0.push((kinds, place.to_string()));
        }
    }

    fn told(self) -> Option<String> {
        let words = |(kinds, place): (Kinds, String)| match kinds {
            Kinds::Arrays(a, b) => format!("{place} is of type {a} in one, {b} in the other, with the same items"),
            Kinds::BoolAndNumber => format!("{place} is a boolean in one, 0 or 1 in the other, as Wasm's i32 has it"),
            Kinds::BigIntAndNumber => format!("{place} is a BigInt in one, the same number in the other"),
            Kinds::KeyOrders => format!("{place} has its keys in one order in one, in another in the other"),
        };
        let all: Vec<_> = self.0.into_iter().map(words).collect();
        (!all.is_empty()).then(|| format!("taken as equal: {}", all.join("; ")))
    }
}

fn texts_differ(a: &[u8], b: &[u8]) -> String {
    let (expected, got) = (String::from_utf8_lossy(a), String::from_utf8_lossy(b));
    if expected == got {
        return "the texts differ in halves of pairs of UTF-16 that stand alone".to_owned();
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
