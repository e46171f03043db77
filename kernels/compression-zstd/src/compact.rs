//! The other decoder: `ruzstd`, smaller and with far less `unsafe`, which decodes through a window of its own.

use crate::output::{reserve, room, too_much};
use ruzstd::decoding::{
    BlockDecodingStrategy, FrameDecoder,
    errors::{FrameDecoderError, ReadFrameHeaderError},
};

/// How much is decoded before it is collected.
const STEP_BYTES: usize = 1 << 20;

/// See [`crate::decompress`].
pub fn decompress(input: &[u8]) -> Result<Vec<u8>, String> {
    let mut decoder = FrameDecoder::new();
    let mut output = Vec::new();
    let mut rest = input;
    while !rest.is_empty() {
        match decoder.init(&mut rest) {
            Ok(()) => frame(&mut decoder, &mut rest, &mut output)?,
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                rest = rest.get(length as usize..).ok_or("not a whole zstd frame: it ends in a skippable one")?;
            }
            Err(error) => return Err(format!("not a zstd frame: {error}")),
        }
    }
    Ok(output)
}

fn frame(decoder: &mut FrameDecoder, rest: &mut &[u8], output: &mut Vec<u8>) -> Result<(), String> {
    let start = output.len();
    // 0 stands for a frame that does not tell, too.
    let size = decoder.content_size();
    reserve(output, size)?;
    while !decoder.is_finished() {
        decoder.decode_blocks(&mut *rest, BlockDecodingStrategy::UptoBytes(STEP_BYTES)).map_err(corrupt)?;
        if decoder.can_collect() > room(output) {
            return Err(too_much());
        }
        decoder.collect_to_writer(&mut *output).map_err(corrupt)?;
    }
    if size != 0 && (output.len() - start) as u64 != size {
        return Err(corrupt("its content is not as long as its header says"));
    }
    match decoder.get_checksum_from_data() {
        Some(checksum) if decoder.get_calculated_checksum() != Some(checksum) => Err(corrupt("its checksum is wrong")),
        _ => Ok(()),
    }
}

fn corrupt(error: impl std::fmt::Display) -> String {
    format!("corrupt zstd frame: {error}")
}
