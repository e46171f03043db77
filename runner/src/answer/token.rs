//! Any JavaScript value as a sequence of tokens (`runner/page/writer.js`): a container says how many items it has, and the
//! items follow. So values are read without recursion, at any depth.

use std::borrow::Cow;

use super::numbers::{Item, Numbers};

/// A value without items, or the head of a container.
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
    /// A string as WTF-8: UTF-8 that may have lone surrogates.
    Text(&'a [u8]),
    /// An array of numbers of any type. Its items are not tokens.
    Numbers(Numbers<'a>),
    /// An array with this many values.
    List(usize),
    /// An object with its own properties, whose values follow in the order of `keys`.
    Object {
        /// The class, if it is one of `runner/page/classes.js`. Empty otherwise.
        class: &'a str,
        /// The keys, sorted.
        keys: Vec<&'a [u8]>,
        /// The order that the object has its keys in, as opaque bytes. Empty if it is that of `keys`.
        order: &'a [u8],
    },
    /// A `Map`. This many keys and values follow, in turn.
    Map(usize),
    /// A `Set` with this many values.
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

/// Reads tokens one after another.
#[derive(Debug)]
pub struct Tokens<'a> {
    rest: &'a [u8],
    /// A token that comes before `rest`.
    first: Option<Token<'a>>,
    /// An array of numbers that is read item by item, and how many items have been read.
    unfolded: Option<(Numbers<'a>, usize)>,
}

impl<'a> Tokens<'a> {
    /// The tokens that a page has written.
    #[must_use]
    pub fn of(written: &'a [u8]) -> Self {
        Self { rest: written, first: None, unfolded: None }
    }

    /// The tokens of a value that has only one.
    #[must_use]
    pub fn of_one(token: Token<'a>) -> Self {
        Self { rest: &[], first: Some(token), unfolded: None }
    }

    /// The next token.
    ///
    /// # Errors
    /// When there is none, or the bytes are no token.
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

    /// Makes the items of `numbers` the next tokens. `numbers` is the token that was just read.
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
    fn damaged_bytes_are_refused_without_reserving_memory() {
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
