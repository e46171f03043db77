//! The default decoder: `structured-zstd`, which decodes a frame straight into the answer.

use crate::frames::{self, Failure};
use structured_zstd::decoding::{
    ContentChecksum, FrameContentSize, FrameDecoder, FrameSizeError,
    errors::{FrameDecoderError, ReadFrameHeaderError},
    find_frame_compressed_size, frame_decompressed_bound, read_frame_content_size,
};

/// [`crate::decompress`] with at most `max_bytes` of content.
pub fn decompress(input: &[u8], max_bytes: usize) -> Result<Vec<u8>, String> {
    let mut decoder = FrameDecoder::new();
    decoder.set_content_checksum(ContentChecksum::Verify);
    frames::decompress(&mut decoder, input, max_bytes)
}

impl frames::FrameDecoder for FrameDecoder {
    fn length(&self, file: &[u8]) -> Result<usize, String> {
        find_frame_compressed_size(file).map_err(not_whole)
    }

    fn content(&self, frame: &[u8]) -> Result<Option<u64>, String> {
        match read_frame_content_size(frame) {
            Ok(FrameContentSize::Known(size)) => Ok(Some(size)),
            Ok(FrameContentSize::Unknown) => Ok(None),
            Err(ReadFrameHeaderError::SkipFrame { .. }) => Ok(Some(0)),
            Err(error) => Err(format!("not a zstd frame: {error}")),
        }
    }

    fn bound(&self, frame: &[u8]) -> Result<u64, String> {
        frame_decompressed_bound(frame).map_err(not_whole)
    }

    fn decode(&mut self, frame: &[u8], room: &mut [u8]) -> Result<usize, Failure> {
        self.decode_all(frame, room).map_err(|error| match error {
            FrameDecoderError::TargetTooSmall => Failure::TooSmall,
            error => Failure::Corrupt(error.to_string()),
        })
    }
}

fn not_whole(error: FrameSizeError) -> String {
    match error {
        FrameSizeError::Header(error) => format!("not a zstd frame: {error}"),
        error => format!("not a whole zstd frame: {error:?}"),
    }
}
