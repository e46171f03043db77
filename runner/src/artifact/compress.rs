//! The compressed forms in which a file would be served.

use std::fs;
use std::io::{Read, Write};
use std::path::PathBuf;

use anyhow::Context;
use brotli::CompressorReader;
use flate2::{Compression, write::GzEncoder};

use super::inputs::sha256;

/// brotli's highest quality, as static files are compressed once and served often.
const BROTLI_QUALITY: u32 = 11;

/// brotli's quality for what is huge and nearly incompressible, such as a large model's weights: the highest one would
/// search for minutes, and find 4 % more.
const BROTLI_QUALITY_OF_HUGE: u32 = 9;

/// From so many bytes on a file is huge.
const HUGE_BYTES: usize = 4 << 20;

/// brotli's default window, 4 MiB.
const BROTLI_LOG_WINDOW: u32 = 22;

/// How much brotli reads at once, in bytes.
const CHUNK_BYTES: usize = 1 << 16;

/// From so many bytes on, compressing anew takes seconds, and what was compressed is kept.
const LARGE_BYTES: usize = 1 << 18;

/// Compresses, and keeps the compressed forms of large files by what is in them: many contenders ship the same weights
/// and the same engine.
pub struct Compressor {
    /// Where they are kept.
    pub folder: PathBuf,
}

/// The compressed forms of some bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compressed {
    /// `gzip -9`.
    pub gzip: Vec<u8>,
    /// `brotli -q 11`; `-q 9` of what is huge and nearly incompressible.
    pub brotli: Vec<u8>,
}

impl Compressor {
    /// Both compressed forms of `bytes`.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn compress(&self, bytes: &[u8]) -> anyhow::Result<Compressed> {
        let gzip = self.kept(bytes, "gz", gzip)?;
        let is_hard = bytes.len() >= HUGE_BYTES && gzip.len() > bytes.len() / 5 * 4;
        let quality = if is_hard { BROTLI_QUALITY_OF_HUGE } else { BROTLI_QUALITY };
        let brotli = self.kept(bytes, "br", |bytes| brotli(bytes, quality))?;
        Ok(Compressed { gzip, brotli })
    }

    fn kept(
        &self,
        bytes: &[u8],
        form: &str,
        compress: impl FnOnce(&[u8]) -> anyhow::Result<Vec<u8>>,
    ) -> anyhow::Result<Vec<u8>> {
        if bytes.len() < LARGE_BYTES {
            return compress(bytes);
        }
        let file = self.folder.join(format!("{}.{form}", sha256(bytes)));
        if let Ok(kept) = fs::read(&file) {
            return Ok(kept);
        }
        let compressed = compress(bytes)?;
        fs::create_dir_all(&self.folder).with_context(|| format!("making {}", self.folder.display()))?;
        // A rename is all or nothing: a killed process leaves no half file under the final name.
        let partial = file.with_extension(format!("{form}.{}", std::process::id()));
        fs::write(&partial, &compressed)
            .and_then(|()| fs::rename(&partial, &file))
            .with_context(|| format!("writing {}", file.display()))?;
        Ok(compressed)
    }
}

/// `bytes` as `gzip -9` has them; the same bytes always give the same result.
///
/// # Errors
/// None that can be met in memory.
fn gzip(bytes: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).context("compressing with gzip")
}

/// `bytes` as `brotli -q` has them at this quality.
///
/// # Errors
/// None that can be met in memory.
fn brotli(bytes: &[u8], quality: u32) -> anyhow::Result<Vec<u8>> {
    let mut compressed = Vec::new();
    CompressorReader::new(bytes, CHUNK_BYTES, quality, BROTLI_LOG_WINDOW)
        .read_to_end(&mut compressed)
        .context("compressing with brotli")?;
    Ok(compressed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_of_a_large_file_are_kept_by_its_content() {
        let folder = tempfile::tempdir().unwrap();
        let compressor = Compressor { folder: folder.path().join("compressed") };
        compressor.compress(&[7; 100]).unwrap();
        assert!(!compressor.folder.exists(), "a small file is compressed anew");
        let first = compressor.compress(&[7; LARGE_BYTES]).unwrap();
        assert_eq!(first.gzip, gzip(&[7; LARGE_BYTES]).unwrap());
        assert_eq!(compressor.compress(&[7; LARGE_BYTES]).unwrap(), first);
        assert_eq!(fs::read_dir(&compressor.folder).unwrap().count(), 2);
        assert_ne!(compressor.compress(&[8; LARGE_BYTES]).unwrap(), first);
    }

    #[test]
    fn compressed_forms_give_the_file_back() {
        let text = "a line that is repeated\n".repeat(1000).into_bytes();
        for bytes in [text, Vec::new(), vec![0xff; 3]] {
            let mut back = Vec::new();
            flate2::read::GzDecoder::new(&gzip(&bytes).unwrap()[..]).read_to_end(&mut back).unwrap();
            assert_eq!(back, bytes);
            let mut back = Vec::new();
            brotli::Decompressor::new(&brotli(&bytes, BROTLI_QUALITY).unwrap()[..], 4096)
                .read_to_end(&mut back)
                .unwrap();
            assert_eq!(back, bytes);
        }
        let text = "a line that is repeated\n".repeat(1000).into_bytes();
        assert!(brotli(&text, BROTLI_QUALITY).unwrap().len() < gzip(&text).unwrap().len());
        assert_eq!(gzip(&text).unwrap(), gzip(&text).unwrap());
    }
}
