//! Contents that a compressor meets in every way, for the tests of the kernels that compress and decompress.

use crate::{random, records};

/// Nothing, one byte, text of two sizes, what cannot be made shorter, one byte over and over, and all of it in a row.
#[must_use]
pub fn every_shape() -> [Vec<u8>; 7] {
    [
        vec![],
        b"x".to_vec(),
        records(1, 1000),
        records(2, 300_000),
        random(3, 150_000),
        vec![b'a'; 500_000],
        [records(4, 50_000), random(5, 140_000), vec![0; 50_000], records(4, 50_000)].concat(),
    ]
}
