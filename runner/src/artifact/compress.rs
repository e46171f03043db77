//! The compressed forms in which a file would be served.

use std::io::{Read, Write};

use anyhow::Context;
use brotli::CompressorReader;
use flate2::{Compression, write::GzEncoder};

/// brotli's highest quality, as static files are compressed once and served often.
const BROTLI_QUALITY: u32 = 11;

/// brotli's default window, 4 MiB.
const BROTLI_LOG_WINDOW: u32 = 22;

/// How much brotli reads at once, in bytes.
const CHUNK_BYTES: usize = 1 << 16;

/// `bytes` as `gzip -9` has them; the same bytes always give the same result.
///
/// # Errors
/// None that can be met in memory.
pub fn gzip(bytes: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).context("compressing with gzip")
}

/// `bytes` as `brotli -q 11` has them.
///
/// # Errors
/// None that can be met in memory.
pub fn brotli(bytes: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut compressed = Vec::new();
    CompressorReader::new(bytes, CHUNK_BYTES, BROTLI_QUALITY, BROTLI_LOG_WINDOW)
        .read_to_end(&mut compressed)
        .context("compressing with brotli")?;
    Ok(compressed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compressed_forms_give_the_file_back() {
        let text = "a line that is repeated\n".repeat(1000).into_bytes();
        for bytes in [text, Vec::new(), vec![0xff; 3]] {
            let mut back = Vec::new();
            flate2::read::GzDecoder::new(&gzip(&bytes).unwrap()[..]).read_to_end(&mut back).unwrap();
            assert_eq!(back, bytes);
            let mut back = Vec::new();
            brotli::Decompressor::new(&brotli(&bytes).unwrap()[..], 4096).read_to_end(&mut back).unwrap();
            assert_eq!(back, bytes);
        }
        let text = "a line that is repeated\n".repeat(1000).into_bytes();
        assert!(brotli(&text).unwrap().len() < gzip(&text).unwrap().len());
        assert_eq!(gzip(&text).unwrap(), gzip(&text).unwrap());
    }
}
