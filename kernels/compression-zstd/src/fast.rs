//! The default decoder: `structured-zstd`, which decodes a frame of known size straight into the answer.

use crate::output::{reserve, room, too_much};
use std::io::Read;
use structured_zstd::decoding::{
    ContentChecksum, FrameContentSize, FrameDecoder, StreamingDecoder, errors::ReadFrameHeaderError,
    find_frame_compressed_size, read_frame_content_size,
};

/// See [`crate::decompress`].
pub fn decompress(input: &[u8]) -> Result<Vec<u8>, String> {
    let mut decoder = FrameDecoder::new();
    decoder.set_content_checksum(ContentChecksum::Verify);
    let mut output = Vec::new();
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
    Ok(output)
}

fn sized(decoder: &mut FrameDecoder, frame: &[u8], size: u64, output: &mut Vec<u8>) -> Result<(), String> {
    reserve(output, size)?;
    let start = output.len();
    // `reserve` has checked that this fits.
    output.resize(start + size as usize, 0);
    let written = decoder.decode_all(frame, &mut output[start..]).map_err(corrupt)?;
    output.truncate(start + written);
    Ok(())
}

/// Blocks tell no size either, so room for the largest ones could be thousands of times the content:
/// the answer grows as the content comes.
fn streamed(decoder: &mut FrameDecoder, frame: &[u8], output: &mut Vec<u8>) -> Result<(), String> {
    let room = room(output);
    let content = StreamingDecoder::new_with_decoder(frame, decoder);
    let written = content.take(room as u64 + 1).read_to_end(output).map_err(corrupt)?;
    if written > room { Err(too_much()) } else { Ok(()) }
}

fn corrupt(error: impl std::fmt::Display) -> String {
    format!("corrupt zstd frame: {error}")
}
