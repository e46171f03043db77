//! One gzip file, decompressed in memory: what a page does with an export or a data set that it has fetched.

mod expected;
#[cfg(any(not(feature = "zune"), test))]
mod zlib;
#[cfg(any(feature = "zune", test))]
mod zune;

#[cfg(not(feature = "zune"))]
use zlib as decoder;
#[cfg(feature = "zune")]
use zune as decoder;

kernel_contract::contender!(decompress, [u8] => Vec<u8>);

/// The most content in bytes that a file may have here.
pub const MAX_OUTPUT_BYTES: usize = 512 << 20;

/// The content of a gzip file (RFC 1952), its checksum and length verified.
///
/// # Errors
/// Says what is wrong with a truncated or corrupt file, or one with more than [`MAX_OUTPUT_BYTES`] of content.
pub fn decompress(input: &[u8]) -> Result<Vec<u8>, String> {
    decoder::decompress(input, MAX_OUTPUT_BYTES)
}

#[cfg(test)]
mod tests;
