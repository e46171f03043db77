//! A Huffman table of a JPEG, made for looking up several bits at once.

use super::bits::{Bits, extend};

/// Bits that are looked up at once. Most codes with the bits of their value are no longer.
const LOOK_UP_BITS: u32 = 10;
/// The longest code, bits.
const LONGEST: usize = 16;

/// A table, by the next bits of the data.
#[derive(Clone)]
pub struct Huffman {
    /// For each run of bits what begins it: see [`Entry`].
    entries: Vec<Entry>,
    /// For each length of code the first code that is longer, in 16 bits; and what to add to a code for its symbol's place.
    limits: [(u32, i32); LONGEST + 1],
    symbols: Vec<u8>,
}

/// What a run of bits begins with.
#[derive(Clone, Copy, Default)]
struct Entry {
    /// The value, if that is in the run as well.
    value: i16,
    /// Zeros before it in the upper four bits, and how many bits it has in the lower.
    symbol: u8,
    /// Bits of the code, and of the value if that is here; 0 where the code is longer than the run.
    length: u8,
}

/// Zeros to skip and the value after them, as a code gives them.
pub struct Coded {
    /// The upper four bits of the symbol.
    pub run: usize,
    /// How many bits the value has; 0 where there is none.
    pub bits: u32,
    /// The value.
    pub value: i16,
}

impl Huffman {
    /// The table with so many codes of each length, and their symbols; `None` if there is no such code.
    pub fn new(counts: &[u8; LONGEST], symbols: &[u8]) -> Option<Self> {
        let mut entries = vec![Entry::default(); 1 << LOOK_UP_BITS];
        let mut limits = [(0, 0); LONGEST + 1];
        let (mut code, mut place) = (0_u32, 0_usize);
        for (length, &count) in (1_u32..).zip(counts) {
            limits[length as usize].1 = place as i32 - code as i32;
            for &symbol in symbols.get(place..place + usize::from(count))? {
                if length <= LOOK_UP_BITS {
                    let spare = LOOK_UP_BITS - length;
                    let first = (code << spare) as usize;
                    for (rest, entry) in (0..1_u32 << spare).zip(entries.get_mut(first..first + (1 << spare))?) {
                        *entry = Entry::new(symbol, length, rest, spare);
                    }
                }
                code += 1;
            }
            place += usize::from(count);
            if code > 1 << length {
                return None;
            }
            limits[length as usize].0 = code << (LONGEST as u32 - length);
            code <<= 1;
        }
        Some(Self { entries, limits, symbols: symbols.to_vec() })
    }

    /// Takes a code and the bits of its value; `None` if there is no such code.
    #[inline(always)]
    pub fn next(&self, bits: &mut Bits<'_>) -> Option<Coded> {
        bits.refill();
        let entry = self.entries[bits.peek(LOOK_UP_BITS) as usize & ((1 << LOOK_UP_BITS) - 1)];
        let size = u32::from(entry.symbol & 15);
        let run = usize::from(entry.symbol >> 4);
        if entry.value != 0 {
            bits.skip(entry.length.into());
            return Some(Coded { run, bits: size, value: entry.value });
        }
        if entry.length != 0 {
            bits.skip(entry.length.into());
            return Some(Coded { run, bits: size, value: bits.value(size) });
        }
        self.long(bits)
    }

    #[cold]
    fn long(&self, bits: &mut Bits<'_>) -> Option<Coded> {
        let code = bits.peek(LONGEST as u32);
        let length = (LOOK_UP_BITS as usize + 1..=LONGEST).find(|&length| code < self.limits[length].0)?;
        let place = (code >> (LONGEST - length)) as i32 + self.limits[length].1;
        let symbol = *self.symbols.get(usize::try_from(place).ok()?)?;
        bits.skip(length as u32);
        let size = u32::from(symbol & 15);
        Some(Coded { run: usize::from(symbol >> 4), bits: size, value: bits.value(size) })
    }
}

impl Entry {
    /// `rest` are the `spare` bits after a code of `length` bits.
    fn new(symbol: u8, length: u32, rest: u32, spare: u32) -> Self {
        let size = u32::from(symbol & 15);
        if size == 0 || size > spare {
            return Self { value: 0, symbol, length: length as u8 };
        }
        let value = extend(rest >> (spare - size), size);
        Self { value, symbol, length: (length + size) as u8 }
    }
}
