//! Any JavaScript value as a row of tokens (`runner/page/writer.js`): a container says how many items it has, and they follow.
//! However deep a value is nested, nobody who reads it has to go deeper than one token.

use std::borrow::Cow;

use super::numbers::{Item, Numbers};

/// One value, or the head of one that has items.
#[derive(Debug, Clone, PartialEq)]
pub enum Token<'a> {
    /// `null`.
    Null,
    /// `undefined`.
    Undefined,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A `BigInt`, in decimal digits.
    BigInt(Cow<'a, str>),
    /// A string, as UTF-8 in which half a pair of UTF-16 may stand alone (WTF-8).
    Text(&'a [u8]),
    /// An array of numbers, whichever: its items are no tokens.
    Numbers(Numbers<'a>),
    /// An array of so many values.
    List(usize),
    /// An object by its own properties, whose values follow in the order of `keys`; `class` is empty unless it is one
    /// that is told by what it is (`runner/page/classes.js`).
    Object {
        /// The class.
        class: &'a str,
        /// The keys, sorted.
        keys: Vec<&'a [u8]>,
        /// The order that the object has them in, which is not looked into: nothing where it is that of `keys`.
        order: &'a [u8],
    },
    /// A `Map`, of which so many keys and values follow in turn.
    Map(usize),
    /// A `Set` of so many values.
    Set(usize),
}

impl From<Item> for Token<'_> {
    fn from(item: Item) -> Self {
        match item {
            Item::Number(number) => Self::Number(number),
            Item::BigInt(digits) => Self::BigInt(digits.into()),
        }
    }
}

/// Reads tokens one after the other.
#[derive(Debug)]
pub struct Tokens<'a> {
    rest: &'a [u8],
    /// What comes before the rest.
    first: Option<Token<'a>>,
    /// An array of numbers that is read as a list, and how many of its items have been read.
    unfolded: Option<(Numbers<'a>, usize)>,
}

impl<'a> Tokens<'a> {
    /// Of what a page has written.
    #[must_use]
    pub fn of(written: &'a [u8]) -> Self {
        Self { rest: written, first: None, unfolded: None }
    }

    /// Of a value that is one token.
    #[must_use]
    pub fn of_one(token: Token<'a>) -> Self {
        Self { rest: &[], first: Some(token), unfolded: None }
    }

    /// The next token.
    ///
    /// # Errors
    /// When there is none.
    pub fn next(&mut self) -> Result<Token<'a>, String> {
        if let Some(token) = self.first.take() {
            return Ok(token);
        }
        if let Some((numbers, at)) = &mut self.unfolded {
            if let Some(item) = numbers.get(*at) {
                *at += 1;
                return Ok(item.into());
            }
            self.unfolded = None;
        }
        self.read().ok_or_else(|| "the page handed over an answer that is cut off or damaged".to_owned())
    }

    /// Has the items of `numbers`, the last token, come next, each as a token.
    pub fn unfold(&mut self, numbers: Numbers<'a>) {
        self.unfolded = Some((numbers, 0));
    }

    fn read(&mut self) -> Option<Token<'a>> {
        Some(match self.take(1)?[0] {
            b'0' => Token::Null,
            b'u' => Token::Undefined,
            b't' => Token::Bool(true),
            b'f' => Token::Bool(false),
            b'n' => Token::Number(f64::from_le_bytes(self.take(8)?.try_into().ok()?)),
            b'i' => Token::BigInt(std::str::from_utf8(self.block()?).ok()?.into()),
            b's' => Token::Text(self.block()?),
            b'#' => Token::Numbers(Numbers::of(self.name()?, self.block()?)?),
            b'[' => Token::List(self.count()?),
            b'{' => {
                let (class, count) = (self.name()?, self.count()?);
                let keys = (0..count).map(|_| self.block()).collect::<Option<_>>()?;
                Token::Object { class, keys, order: self.block()? }
            }
            b'M' => Token::Map(self.count()?),
            b'S' => Token::Set(self.count()?),
            _ => return None,
        })
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    fn count(&mut self) -> Option<usize> {
        usize::try_from(u32::from_le_bytes(self.take(4)?.try_into().ok()?)).ok()
    }

    fn block(&mut self) -> Option<&'a [u8]> {
        let length = self.count()?;
        self.take(length)
    }

    fn name(&mut self) -> Option<&'a str> {
        let length = self.take(1)?[0];
        std::str::from_utf8(self.take(length.into())?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_page_writes_is_refused_and_reserves_nothing() {
        for written in [
            &b""[..],
            b"?",
            b"n1234567",
            b"s\xff\xff\xff\xffabc",
            b"i\x01\0\0\0\xff",
            b"{\0\xff\xff\xff\xff",
            b"#\x05Array\x03\0\0\0abc",
            b"#\x04Blob\0\0\0\0",
        ] {
            assert!(Tokens::of(written).next().is_err(), "{written:?}");
        }
    }

    #[test]
    fn an_array_of_numbers_is_read_as_one_token_or_as_its_items() {
        let mut tokens = Tokens::of(b"#\x0aUint8Array\x02\0\0\0\x07\x09t");
        let Token::Numbers(numbers) = tokens.next().unwrap() else { panic!("no array") };
        tokens.unfold(numbers);
        let read: Vec<_> = (0..3).map(|_| tokens.next().unwrap()).collect();
        assert_eq!(read, [Token::Number(7.0), Token::Number(9.0), Token::Bool(true)]);
    }
}
