//! Seeded inputs for kernels: the same seed gives the same bytes on every machine.
//!
//! Pure functions of their arguments: no clock, no I/O, no floating-point function whose last bit differs
//! between platforms. Both the runner and the kernels' benches use them.

mod compressed;
mod photo;
mod records;
mod rng;
mod shapes;
mod text;

pub use compressed::{gzip, zstd};
pub use photo::{MAX_PHOTO_PIXELS, photo, raw_photo};
pub use records::{record_array, records};
pub use rng::Rng;
pub use shapes::every_shape;
pub use text::{Script, numbers, text};

/// The source of every generator. Kept bytes are out of date when it has changed.
pub const SOURCES: [&str; 6] = [
    include_str!("lib.rs"),
    include_str!("compressed.rs"),
    include_str!("photo.rs"),
    include_str!("records.rs"),
    include_str!("rng.rs"),
    include_str!("text.rs"),
];

/// `length` pseudo-random bytes.
#[must_use]
pub fn random(seed: u64, length: usize) -> Vec<u8> {
    let mut rng = Rng::new(seed);
    let mut bytes = Vec::with_capacity(length + 7);
    while bytes.len() < length {
        bytes.extend_from_slice(&rng.next_u64().to_le_bytes());
    }
    bytes.truncate(length);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_bytes_and_another_seed_gives_others() {
        assert_eq!(random(7, 1001), random(7, 1001));
        assert_ne!(random(7, 64), random(8, 64));
        assert_eq!(random(7, 1001)[..64], random(7, 64));
    }
}
