//! Keyed BLAKE3 of one buffer: what a client computes to find out whether the server has these bytes already.

kernel_contract::contender!(digest, [u8] => Vec<u8>);

/// The key, which is the one that the official test vectors use.
pub const KEY: &[u8; 32] = b"whats the Elvish word for friend";

/// The 32-byte keyed BLAKE3 digest of `input`.
///
/// # Errors
/// Never: every input has a digest. The type is the one that all kernels share.
pub fn digest(input: &[u8]) -> Result<Vec<u8>, String> {
    Ok(blake3::keyed_hash(KEY, input).as_bytes().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Input lengths in bytes and keyed hashes, from BLAKE3's official `test_vectors.json`.
    const OFFICIAL: [(usize, &str); 9] = [
        (0, "92b2b75604ed3c761f9d6f62392c8a9227ad0ea3f09573e783f1498a4ed60d26"),
        (1, "6d7878dfff2f485635d39013278ae14f1454b8c0a3a2d34bc1ab38228a80c95b"),
        (1023, "c951ecdf03288d0fcc96ee3413563d8a6d3589547f2c2fb36d9786470f1b9d6e"),
        (1024, "75c46f6f3d9eb4f55ecaaee480db732e6c2105546f1e675003687c31719c7ba4"),
        (1025, "357dc55de0c7e382c900fd6e320acc04146be01db6a8ce7210b7189bd664ea69"),
        (2049, "9f29700902f7c86e514ddc4df1e3049f258b2472b6dd5267f61bf13983b78dd5"),
        (3073, "68dede9bef00ba89e43f31a6825f4cf433389fedae75c04ee9f0cf16a427c95a"),
        (5121, "6ccf1c34753e7a044db80798ecd0782a8f76f33563accaddbfbb2e0ea4b2d024"),
        (7169, "ed9b1a922c046fdb3d423ae34e143b05ca1bf28b710432857bf738bcedbfa511"),
    ];

    #[test]
    fn the_official_test_vectors_hold() {
        for (length, expected) in OFFICIAL {
            let input: Vec<u8> = (0..length).map(|i| (i % 251) as u8).collect();
            assert_eq!(hex(&digest(&input).unwrap()), expected, "{length} bytes");
        }
    }

    #[test]
    fn an_unaligned_input_has_the_digest_of_an_aligned_one() {
        let bytes = crossover_inputs::random(7, 100_003);
        let mut shifted = vec![0];
        shifted.extend_from_slice(&bytes);
        assert_eq!(digest(&bytes), digest(&shifted[1..]));
    }

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
