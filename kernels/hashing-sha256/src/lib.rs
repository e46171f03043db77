//! SHA-256 of one buffer.

use sha2::{Digest as _, Sha256};

kernel_contract::contender!(digest, [u8] => Vec<u8>);

/// The 32-byte SHA-256 digest of `input` (FIPS 180-4).
///
/// # Errors
/// Never: every input has a digest. The type is the one that all kernels share.
pub fn digest(input: &[u8]) -> Result<Vec<u8>, String> {
    Ok(Sha256::digest(input).to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Inputs and digests of NIST's examples for FIPS 180-4.
    const OFFICIAL: [(&str, &str); 3] = [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
        ),
    ];

    #[test]
    fn the_official_examples_hold() {
        for (input, expected) in OFFICIAL {
            assert_eq!(hex(&digest(input.as_bytes()).unwrap()), expected, "{input}");
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
