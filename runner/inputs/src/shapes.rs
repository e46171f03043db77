//! Contents that take every path of a compressor, for the tests of the kernels that compress and decompress.

use crate::{random, records};

/// Nothing, one byte, texts of two sizes, incompressible bytes, one byte repeated, and a mix of these.
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
