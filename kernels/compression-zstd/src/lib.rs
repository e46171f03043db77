//! One zstd file, decompressed in memory: what a page does with an export or a data set that it has fetched.

#[cfg(any(feature = "ruzstd", test))]
mod compact;
#[cfg(any(not(any(feature = "ruzstd", feature = "c")), test))]
mod fast;
#[cfg(any(not(feature = "ruzstd"), test))]
mod frames;
mod output;
#[cfg(any(feature = "c", test))]
mod reference;

#[cfg(feature = "ruzstd")]
use compact as decoder;
#[cfg(not(any(feature = "ruzstd", feature = "c")))]
use fast as decoder;
#[cfg(all(feature = "c", not(feature = "ruzstd")))]
use reference as decoder;

kernel_contract::contender!(decompress, [u8] => Vec<u8>);

/// The most content in bytes that a file may have here.
pub const MAX_OUTPUT_BYTES: usize = 512 << 20;

/// The content of a zstd file: of all its frames in a row, whether or not they tell their size. Skippable
/// frames are skipped, and checksums verified where frames have one.
///
/// # Errors
/// Says what is wrong with an empty, truncated or corrupt file, a file that needs a dictionary or a window of
/// more than 128 MiB (which the decoder in C reads), or one with more than [`MAX_OUTPUT_BYTES`] of content.
pub fn decompress(input: &[u8]) -> Result<Vec<u8>, String> {
    if input.is_empty() {
        return Err("the input is empty: a zstd file has at least one frame".into());
    }
    decoder::decompress(input, MAX_OUTPUT_BYTES)
}

#[cfg(test)]
mod tests;
