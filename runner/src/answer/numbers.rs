//! Arrays of numbers, as bytes in memory.

/// An array whose items are numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbers<'a> {
    of: &'static ArrayType,
    bytes: &'a [u8],
}

/// One item of an array.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// A number.
    Number(f64),
    /// A `BigInt`, in decimal digits.
    BigInt(String),
}

/// A type of arrays, by its JavaScript name. `Array` here has only numbers as items.
#[derive(Debug)]
struct ArrayType {
    name: &'static str,
    /// Bytes of an item.
    width: usize,
    read: fn(&[u8]) -> Item,
}

impl PartialEq for ArrayType {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for ArrayType {}

macro_rules! number {
    ($name:literal, $of:ty) => {
        ArrayType {
            name: $name,
            width: size_of::<$of>(),
            read: |bytes| Item::Number(f64::from(<$of>::from_le_bytes(bytes.try_into().unwrap_or_default()))),
        }
    };
}

macro_rules! big {
    ($name:literal, $of:ty) => {
        ArrayType {
            name: $name,
            width: size_of::<$of>(),
            read: |bytes| {
                let number = <$of>::from_le_bytes(bytes.try_into().unwrap_or_default());
                Item::BigInt(number.to_string())
            },
        }
    };
}

static TYPES: [ArrayType; 15] = [
    number!("Array", f64),
    number!("Uint8Array", u8),
    number!("Uint8ClampedArray", u8),
    number!("ArrayBuffer", u8),
    number!("DataView", u8),
    number!("Int8Array", i8),
    number!("Uint16Array", u16),
    number!("Int16Array", i16),
    number!("Uint32Array", u32),
    number!("Int32Array", i32),
    ArrayType { name: "Float16Array", width: 2, read: |bytes| Item::Number(half(bytes)) },
    number!("Float32Array", f32),
    number!("Float64Array", f64),
    big!("BigUint64Array", u64),
    big!("BigInt64Array", i64),
];

/// The types whose items are unsigned bytes.
const BYTES: [&str; 4] = ["Uint8Array", "Uint8ClampedArray", "ArrayBuffer", "DataView"];

impl<'a> Numbers<'a> {
    /// An array of the type `name`. `None` if there is no such type, or the bytes are no whole number of items.
    #[must_use]
    pub fn of(name: &str, bytes: &'a [u8]) -> Option<Self> {
        let of = TYPES.iter().find(|of| of.name == name)?;
        bytes.len().is_multiple_of(of.width).then_some(Self { of, bytes })
    }

    /// The JavaScript name of its type.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.of.name
    }

    /// How many items it has.
    #[must_use]
    pub fn count(&self) -> usize {
        self.bytes.len() / self.of.width
    }

    /// The item at this index.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<Item> {
        let from = at * self.of.width;
        self.bytes.get(from..from + self.of.width).map(self.of.read)
    }
}

/// Whether two types are so similar that the difference needs no note: the same, or both of bytes.
#[must_use]
pub fn are_similar(a: &str, b: &str) -> bool {
    a == b || BYTES.contains(&a) && BYTES.contains(&b)
}

/// A float of 16 bits: a sign, 5 bits of exponent, 10 of fraction.
fn half(bytes: &[u8]) -> f64 {
    let bits = u16::from_le_bytes(bytes.try_into().unwrap_or_default());
    let (exponent, fraction) = (i32::from(bits >> 10 & 0x1f), f64::from(bits & 0x3ff) / 1024.0);
    let size = match exponent {
        0x1f if fraction > 0.0 => f64::NAN,
        0x1f => f64::INFINITY,
        0 => fraction * 2f64.powi(-14),
        _ => (1.0 + fraction) * 2f64.powi(exponent - 15),
    };
    if bits >> 15 == 1 { -size } else { size }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(name: &str, bytes: &[u8]) -> Vec<Item> {
        let numbers = Numbers::of(name, bytes).unwrap();
        (0..numbers.count()).map(|at| numbers.get(at).unwrap()).collect()
    }

    #[test]
    fn items_are_read_by_the_arrays_type() {
        assert_eq!(items("Int16Array", &[0xff, 0xff, 44, 1]), [Item::Number(-1.0), Item::Number(300.0)]);
        assert_eq!(items("BigInt64Array", &(-5i64).to_le_bytes()), [Item::BigInt("-5".to_owned())]);
        assert_eq!(items("Float32Array", &0.5f32.to_le_bytes()), [Item::Number(0.5)]);
        let halves =
            [(0x3c00, 1.0), (0xc000, -2.0), (0x7bff, 65504.0), (1, 2f64.powi(-24)), (0xfc00, f64::NEG_INFINITY)];
        for (bits, number) in halves {
            assert_eq!(items("Float16Array", &u16::to_le_bytes(bits)), [Item::Number(number)]);
        }
        assert_eq!(Numbers::of("Uint32Array", &[0; 6]), None);
        assert_eq!(Numbers::of("Blob", &[]), None);
    }

    #[test]
    fn types_of_bytes_are_similar() {
        assert!(are_similar("Uint8Array", "ArrayBuffer") && are_similar("Array", "Array"));
        assert!(!are_similar("Uint8Array", "Int8Array") && !are_similar("Array", "Float64Array"));
    }
}
