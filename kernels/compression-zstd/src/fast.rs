//! The default decoder: `structured-zstd`, which decodes a frame straight into the answer.

use crate::output::Output;
use structured_zstd::decoding::{
    ContentChecksum, FrameContentSize, FrameDecoder, FrameSizeError,
    errors::{FrameDecoderError, ReadFrameHeaderError},
    find_frame_compressed_size, frame_decompressed_bound, read_frame_content_size,
};

/// Most text is compressed to more than an eighth of its size.
const LIKELY_RATIO: u64 = 8;

/// [`crate::decompress`] with at most `max_bytes` of content.
pub fn decompress(input: &[u8], max_bytes: usize) -> Result<Vec<u8>, String> {
    let mut decoder = FrameDecoder::new();
    decoder.set_content_checksum(ContentChecksum::Verify);
    let mut output = Output::new(max_bytes);
    let mut rest = input;
    while !rest.is_empty() {
        let length = find_frame_compressed_size(rest).map_err(not_whole)?;
        let (frame, next) = rest.split_at(length);
        match read_frame_content_size(frame) {
            Ok(FrameContentSize::Known(size)) => known(&mut decoder, frame, size, &mut output)?,
            Ok(FrameContentSize::Unknown) => unknown(&mut decoder, frame, &mut output)?,
            Err(ReadFrameHeaderError::SkipFrame { .. }) => {}
            Err(error) => return Err(format!("not a zstd frame: {error}")),
        }
        rest = next;
    }
    Ok(output.bytes)
}

fn known(decoder: &mut FrameDecoder, frame: &[u8], size: u64, output: &mut Output) -> Result<(), String> {
    output.reserve(size)?;
    decode(decoder, frame, size, output).map_err(corrupt)
}

/// The number of blocks gives a bound for the content, but a stream that was flushed often has small blocks,
/// and then the bound is thousands of times the content. So this tries a likely size first.
fn unknown(decoder: &mut FrameDecoder, frame: &[u8], output: &mut Output) -> Result<(), String> {
    let most = frame_decompressed_bound(frame).map_err(not_whole)?.min(output.room() as u64);
    let mut size = (LIKELY_RATIO * frame.len() as u64).min(most);
    loop {
        output.reserve(size)?;
        match decode(decoder, frame, size, output) {
            Err(FrameDecoderError::TargetTooSmall) if size < most => size = (LIKELY_RATIO * size).min(most),
            Err(FrameDecoderError::TargetTooSmall) => return Err(output.too_much()),
            result => return result.map_err(corrupt),
        }
    }
}

/// Appends the content of a frame, if it is at most `size` bytes, for which there must be room.
fn decode(decoder: &mut FrameDecoder, frame: &[u8], size: u64, output: &mut Output) -> Result<(), FrameDecoderError> {
    let start = output.bytes.len();
    // The cast holds: there is room for so much.
    output.bytes.resize(start + size as usize, 0);
    let written = decoder.decode_all(frame, &mut output.bytes[start..]);
    output.bytes.truncate(start + written.as_ref().map_or(0, |written| *written));
    written.map(|_| ())
}

fn not_whole(error: FrameSizeError) -> String {
    match error {
        FrameSizeError::Header(error) => format!("not a zstd frame: {error}"),
        error => format!("not a whole zstd frame: {error:?}"),
    }
}

fn corrupt(error: impl std::fmt::Display) -> String {
    format!("corrupt zstd frame: {error}")
}
