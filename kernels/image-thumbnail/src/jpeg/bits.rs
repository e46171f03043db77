//! The bits of a JPEG's scan, the zeros that are stuffed after 255 left out.

/// Where reading has come to.
#[derive(Clone, Copy)]
pub struct Bits<'a> {
    data: &'a [u8],
    /// The first byte that is not in the buffer.
    at: usize,
    /// The next bits, the first one highest.
    buffer: u64,
    /// How many of these there are.
    count: u32,
    /// Bits that were made up because the data ended.
    made_up: u32,
}

impl<'a> Bits<'a> {
    /// The bits of `data`, up to the first marker.
    pub fn new(data: &'a [u8]) -> Self {
        Self { data, at: 0, buffer: 0, count: 0, made_up: 0 }
    }

    /// Makes sure of 32 bits, which is what the longest code and its value have at most.
    #[inline(always)]
    pub fn refill(&mut self) {
        if self.count >= 32 {
            return;
        }
        match self.data.get(self.at..).and_then(<[u8]>::first_chunk::<4>) {
            // No byte of them is 255: adding 1 to each carries out of none.
            Some(&bytes) if has_no_255(u32::from_be_bytes(bytes)) => {
                self.buffer |= u64::from(u32::from_be_bytes(bytes)) << (32 - self.count);
                self.count += 32;
                self.at += 4;
            }
            _ => self.refill_by_bytes(),
        }
    }

    #[inline(never)]
    fn refill_by_bytes(&mut self) {
        while self.count < 32 {
            let byte = match self.data.get(self.at..).unwrap_or_default() {
                [0xFF, 0, ..] => {
                    self.at += 2;
                    0xFF
                }
                [0xFF, ..] | [] => {
                    self.made_up += 8;
                    0
                }
                [byte, ..] => {
                    self.at += 1;
                    *byte
                }
            };
            self.buffer |= u64::from(byte) << (56 - self.count);
            self.count += 8;
        }
    }

    /// The next `count` bits, from 1 to 32, which stay.
    #[inline(always)]
    pub fn peek(&self, count: u32) -> u32 {
        (self.buffer >> (64 - count)) as u32
    }

    /// Leaves out `count` bits, of which there are as many.
    #[inline(always)]
    pub fn skip(&mut self, count: u32) {
        self.buffer <<= count;
        self.count -= count;
    }

    /// Takes a value of `size` bits, up to 15.
    #[inline(always)]
    pub fn value(&mut self, size: u32) -> i16 {
        if size == 0 {
            return 0;
        }
        let value = extend(self.peek(size), size);
        self.skip(size);
        value
    }

    /// Whether more was read than there is.
    pub fn ran_out(&self) -> bool {
        self.made_up > self.count
    }

    /// Goes on after the restart marker that comes next; `None` if none does.
    pub fn restart(&mut self) -> Option<()> {
        let rest = self.data.get(self.at..)?;
        let fill = rest.iter().take_while(|&&byte| byte == 0xFF).count();
        let marker = rest.get(fill)?;
        if fill == 0 || !(0xD0..=0xD7).contains(marker) || self.ran_out() {
            return None;
        }
        *self = Self { data: self.data, at: self.at + fill + 1, buffer: 0, count: 0, made_up: 0 };
        Some(())
    }
}

/// The number that `size` bits stand for: those that begin with 0 are below zero (F.2.2.1 of the standard).
#[inline(always)]
pub fn extend(bits: u32, size: u32) -> i16 {
    let offset = if bits >> (size - 1) == 0 { (1 << size) - 1 } else { 0 };
    (bits as i32 - offset) as i16
}

/// Whether no byte of `word` is 255.
#[inline(always)]
fn has_no_255(word: u32) -> bool {
    // A byte of the complement is 0 where one is 255 (Mycroft's test).
    let complement = !word;
    complement.wrapping_sub(0x0101_0101) & word & 0x8080_8080 == 0
}
