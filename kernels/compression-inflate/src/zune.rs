//! The other decoder: `zune-inflate`, which reads one member at once and allocates the answer by itself.

use crate::expected;
use zune_inflate::errors::DecodeErrorStatus;
use zune_inflate::{DeflateDecoder, DeflateOptions};

/// As much as it wants to be free behind the content, bytes: with less it would take memory anew at the end.
const SLACK_BYTES: usize = 1 << 10;

/// [`crate::decompress`] with at most `max_bytes` of content. What follows the first member is not looked at.
pub fn decompress(file: &[u8], max_bytes: usize) -> Result<Vec<u8>, String> {
    let options = DeflateOptions::default()
        .set_limit(max_bytes)
        .set_size_hint(expected::length(file, max_bytes) + SLACK_BYTES)
        .set_confirm_checksum(true);
    DeflateDecoder::new_with_options(file, options).decode_gzip().map_err(|failed| match failed.error {
        DecodeErrorStatus::OutputLimitExceeded(..) => expected::too_much(max_bytes),
        DecodeErrorStatus::InsufficientData => "the gzip file ends early".to_owned(),
        other => format!("corrupt gzip file: {}", format!("{other:?}").trim_end()),
    })
}
