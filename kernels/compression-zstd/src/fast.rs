//! The default decoder: `structured-zstd`, which decodes a frame of known size straight into the answer.

use crate::output::Output;
use std::io::Read;
use structured_zstd::decoding::{
    ContentChecksum, FrameContentSize, FrameDecoder, StreamingDecoder, errors::ReadFrameHeaderError,
    find_frame_compressed_size, read_frame_content_size,
};

/// [`crate::decompress`] with at most `max_bytes` of content.
pub fn decompress(input: &[u8], max_bytes: usize) -> Result<Vec<u8>, String> {
    let mut decoder = FrameDecoder::new();
    decoder.set_content_checksum(ContentChecksum::Verify);
    let mut output = Output::new(max_bytes);
    let mut rest = input;
    while !rest.is_empty() {
        let length = find_frame_compressed_size(rest).map_err(|error| format!("not a whole zstd frame: {error:?}"))?;
        let (frame, next) = rest.split_at(length);
        match read_frame_content_size(frame) {
            Ok(FrameContentSize::Known(size)) => sized(&mut decoder, frame, size, &mut output)?,
            Ok(FrameContentSize::Unknown) => streamed(&mut decoder, frame, &mut output)?,
            Err(ReadFrameHeaderError::SkipFrame { .. }) => {}
            Err(error) => return Err(format!("not a zstd frame: {error}")),
        }
        rest = next;
    }
    Ok(output.bytes)
}

fn sized(decoder: &mut FrameDecoder, frame: &[u8], size: u64, output: &mut Output) -> Result<(), String> {
    output.reserve(size)?;
    let start = output.bytes.len();
    // The cast holds: `reserve` has found that there is room.
    output.bytes.resize(start + size as usize, 0);
    let written = decoder.decode_all(frame, &mut output.bytes[start..]).map_err(corrupt)?;
    output.bytes.truncate(start + written);
    Ok(())
}

/// Blocks tell no size either, so room for the largest ones could be thousands of times the content:
/// the answer grows as the content comes.
fn streamed(decoder: &mut FrameDecoder, frame: &[u8], output: &mut Output) -> Result<(), String> {
    let room = output.room();
    let content = StreamingDecoder::new_with_decoder(frame, decoder);
    let written = content.take(room as u64 + 1).read_to_end(&mut output.bytes).map_err(corrupt)?;
    if written > room { Err(output.too_much()) } else { Ok(()) }
}

fn corrupt(error: impl std::fmt::Display) -> String {
    format!("corrupt zstd frame: {error}")
}
