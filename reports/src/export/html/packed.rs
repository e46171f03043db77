//! Data for the script or for a reader's own programs, compressed, as text within a page.

use std::io::Write as _;

use anyhow::Context as _;
use base64::Engine as _;
use flate2::Compression;
use flate2::write::GzEncoder;

/// The bytes of a gzip file, in base64.
///
/// # Errors
/// None that occurs in memory.
pub fn gzip(bytes: &[u8]) -> anyhow::Result<String> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(bytes).context("packing a part of the page")?;
    Ok(base64(&packed.finish().context("packing a part of the page")?))
}

/// Bytes in base64, for `data:` addresses and for policies.
pub fn base64(bytes: &[u8]) -> String {
    base64::engine::general_purpose::STANDARD.encode(bytes)
}
