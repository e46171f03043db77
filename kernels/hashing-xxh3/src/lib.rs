//! XXH3-64 of one buffer: a checksum and a key for a hash table, as fast as memory can be read; no protection from anyone.

use xxhash_rust::xxh3::xxh3_64;

kernel_contract::contender!(digest, [u8] => Vec<u8>);

/// The 8-byte XXH3-64 of `input` with the default secret and the seed 0, the most significant byte first: the
/// canonical form of the specification.
///
/// # Errors
/// Never: every input has a digest. The type is the one that all kernels share.
pub fn digest(input: &[u8]) -> Result<Vec<u8>, String> {
    Ok(xxh3_64(input).to_be_bytes().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRIME32_1: u64 = 0x9e37_79b1;
    const PRIME64_1: u64 = 0x9e37_79b1_85eb_ca8d;

    /// Lengths in bytes and hashes for the seed 0, from the sanity check that comes with xxHash
    /// (`tests/sanity_test_vectors.h` of its version 0.8.2): one or more of each branch of the algorithm.
    const OFFICIAL: [(usize, u64); 11] = [
        (0, 0x2d06_8005_38d3_94c2),
        (1, 0xc44b_dff4_074e_ecdb),
        (6, 0x27b5_6a84_cd2d_7325),
        (12, 0xa713_daf0_dfbb_77e7),
        (24, 0xa3fe_70bf_9d35_10eb),
        (48, 0x397d_a259_ecba_1f11),
        (80, 0xbcde_fbbb_2c47_c90a),
        (195, 0xcd94_217e_e362_ec3a),
        (403, 0xcdeb_804d_65c6_dea4),
        (512, 0x617e_4959_9013_cb6b),
        (2048, 0xdd59_e2c3_a5f0_38e0),
    ];

    /// The hash of the hashes of all lengths from 0 to 1024, one after the other. `index.test.js` has the same.
    const ALL_UP_TO_1024: u64 = 0xf683_a957_1dcc_94f7;

    #[test]
    fn the_official_vectors_hold() {
        let bytes = sanity_buffer(2048);
        for (length, expected) in OFFICIAL {
            assert_eq!(digest(&bytes[..length]).unwrap(), expected.to_be_bytes(), "{length} bytes");
        }
    }

    #[test]
    fn every_length_up_to_1024_has_the_digest_that_the_javascript_is_held_to() {
        let bytes = sanity_buffer(1024);
        let all: Vec<u8> = (0..=bytes.len()).flat_map(|length| digest(&bytes[..length]).unwrap()).collect();
        assert_eq!(digest(&all).unwrap(), ALL_UP_TO_1024.to_be_bytes());
    }

    #[test]
    fn an_unaligned_input_has_the_digest_of_an_aligned_one() {
        let bytes = crossover_inputs::random(7, 100_003);
        let mut shifted = vec![0];
        shifted.extend_from_slice(&bytes);
        assert_eq!(digest(&bytes), digest(&shifted[1..]));
    }

    /// The bytes that the official vectors are hashes of.
    fn sanity_buffer(length: usize) -> Vec<u8> {
        let steps = std::iter::successors(Some(PRIME32_1), |state| Some(state.wrapping_mul(PRIME64_1)));
        steps.map(|state| (state >> 56) as u8).take(length).collect()
    }
}
