//! The compressed forms in which a file would be served.

use std::fs;
use std::io::{Read, Write};
use std::path::PathBuf;

use anyhow::Context;
use brotli::CompressorReader;
use crossover_reports::run::Size;
use flate2::{Compression, write::GzEncoder};

use super::inputs::sha256;
use crate::environment::Environment;

/// brotli's highest quality, as static files are compressed once and served often.
const BROTLI_QUALITY: u32 = 11;

/// brotli's quality for huge files. The highest one takes five seconds per megabyte, and what it finds is 4 % smaller
/// where there is hardly anything to find, as in a model's weights, and 12 % to 16 % where there is much, as in Wasm.
const BROTLI_QUALITY_OF_HUGE: u32 = 9;

/// Size from which a file is huge, bytes.
const HUGE_BYTES: usize = 2 << 20;

/// brotli's default window, 4 MiB.
const BROTLI_LOG_WINDOW: u32 = 22;

/// Size from which the highest quality takes seconds, bytes.
const SLOW_BYTES: usize = 1 << 20;

/// How much brotli reads at once, in bytes.
const CHUNK_BYTES: usize = 1 << 16;

/// Size from which reading the kept form is faster than compressing again, bytes.
const KEPT_FROM_BYTES: usize = 1 << 12;

/// Compresses files, and keeps the compressed forms by content: many contenders ship the same weights and the same
/// engine.
pub struct Compressor {
    /// Where they are kept.
    folder: PathBuf,
}

/// The compressed forms of some bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compressed {
    /// `gzip -9`.
    pub gzip: Vec<u8>,
    /// `brotli -q 11`, and `-q 9` of huge files.
    pub brotli: Vec<u8>,
}

impl Compressed {
    /// The sizes of the file and of its compressed forms.
    #[must_use]
    pub fn size(&self, bytes: &[u8]) -> Size {
        let [raw, gzip, brotli] = [bytes, &self.gzip, &self.brotli].map(|bytes| bytes.len() as u64);
        Size { raw, gzip, brotli }
    }
}

impl Compressor {
    /// A compressor that keeps its results with the environment's other artifacts.
    #[must_use]
    pub fn of(environment: &Environment) -> Self {
        Self { folder: environment.root.own().join("compressed") }
    }

    /// Whether compressing these bytes takes seconds, because it was not done before.
    #[must_use]
    pub fn is_slow(&self, bytes: &[u8]) -> bool {
        bytes.len() >= SLOW_BYTES && !self.file(bytes, &brotli_form(brotli_quality(bytes))).exists()
    }

    /// Both compressed forms of `bytes`.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn compress(&self, bytes: &[u8]) -> anyhow::Result<Compressed> {
        let gzip = self.kept(bytes, "gz", gzip)?;
        let quality = brotli_quality(bytes);
        let brotli = self.kept(bytes, &brotli_form(quality), |bytes| brotli(bytes, quality))?;
        Ok(Compressed { gzip, brotli })
    }

    fn kept(
        &self,
        bytes: &[u8],
        form: &str,
        compress: impl FnOnce(&[u8]) -> anyhow::Result<Vec<u8>>,
    ) -> anyhow::Result<Vec<u8>> {
        if bytes.len() < KEPT_FROM_BYTES {
            return compress(bytes);
        }
        let file = self.file(bytes, form);
        if let Ok(kept) = fs::read(&file) {
            return Ok(kept);
        }
        let compressed = compress(bytes)?;
        fs::create_dir_all(&self.folder).with_context(|| format!("making {}", self.folder.display()))?;
        // A rename is all or nothing: a killed process leaves no half file under the final name.
        let mut partial = tempfile::NamedTempFile::new_in(&self.folder).context("making a file")?;
        partial.write_all(&compressed).with_context(|| format!("writing {}", file.display()))?;
        partial.persist(&file).with_context(|| format!("writing {}", file.display()))?;
        Ok(compressed)
    }

    fn file(&self, bytes: &[u8], form: &str) -> PathBuf {
        self.folder.join(format!("{}.{form}", sha256(bytes)))
    }
}

fn brotli_quality(bytes: &[u8]) -> u32 {
    if bytes.len() >= HUGE_BYTES { BROTLI_QUALITY_OF_HUGE } else { BROTLI_QUALITY }
}

/// What is kept of one quality is not taken for that of another.
fn brotli_form(quality: u32) -> String {
    format!("br{quality}")
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
        let large = [7; SLOW_BYTES];
        assert!(compressor.is_slow(&large));
        let first = compressor.compress(&large).unwrap();
        assert_eq!(first.gzip, gzip(&large).unwrap());
        assert_eq!(first.size(&large).raw, SLOW_BYTES as u64);
        assert_eq!(compressor.compress(&large).unwrap(), first);
        assert_eq!(fs::read_dir(&compressor.folder).unwrap().count(), 2);
        assert!(!compressor.is_slow(&large) && compressor.is_slow(&[8; SLOW_BYTES]));
        assert_ne!(compressor.compress(&[8; KEPT_FROM_BYTES]).unwrap(), first);
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
