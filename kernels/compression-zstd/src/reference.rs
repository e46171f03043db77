//! The reference decoder in C, by `zstd-safe`. It takes no window beside the answer, and therefore reads windows of any size.

use crate::frames::{self, Failure, FrameDecoder};
use zstd_safe::{DCtx, find_frame_compressed_size, get_error_name, get_frame_content_size};

/// A block has at most 128 KiB of content, and four bytes are the fewest that can stand for it.
const MAX_RATIO: u64 = (128 << 10) / 4;

/// What the library calls content that does not fit.
const TOO_SMALL: &str = "Destination buffer is too small";

/// [`crate::decompress`] with at most `max_bytes` of content.
pub fn decompress(input: &[u8], max_bytes: usize) -> Result<Vec<u8>, String> {
    let mut decoder = DCtx::try_create().ok_or("no memory for a decoder")?;
    frames::decompress(&mut decoder, input, max_bytes)
}

impl FrameDecoder for DCtx<'_> {
    fn length(&self, file: &[u8]) -> Result<usize, String> {
        find_frame_compressed_size(file).map_err(|code| format!("not a whole zstd frame: {}", get_error_name(code)))
    }

    fn content(&self, frame: &[u8]) -> Result<Option<u64>, String> {
        get_frame_content_size(frame).map_err(|error| format!("not a zstd frame: {error}"))
    }

    fn bound(&self, frame: &[u8]) -> Result<u64, String> {
        Ok(MAX_RATIO * frame.len() as u64)
    }

    fn decode(&mut self, frame: &[u8], room: &mut [u8]) -> Result<usize, Failure> {
        self.decompress(room, frame).map_err(|code| match get_error_name(code) {
            TOO_SMALL => Failure::TooSmall,
            reason => Failure::Corrupt(reason.to_owned()),
        })
    }
}
