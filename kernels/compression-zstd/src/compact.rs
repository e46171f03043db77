//! The other decoder: `ruzstd`, smaller and with far less `unsafe`, which decodes through a window of its own.

use crate::output::Output;
use ruzstd::decoding::{
    BlockDecodingStrategy, FrameDecoder,
    errors::{FrameDecoderError, ReadFrameHeaderError},
};

/// How much is decoded before it is collected.
const STEP_BYTES: usize = 1 << 20;

/// [`crate::decompress`] with at most `max_bytes` of content.
pub fn decompress(input: &[u8], max_bytes: usize) -> Result<Vec<u8>, String> {
    let mut decoder = FrameDecoder::new();
    let mut output = Output::new(max_bytes);
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
    Ok(output.bytes)
}

fn frame(decoder: &mut FrameDecoder, rest: &mut &[u8], output: &mut Output) -> Result<(), String> {
    let start = output.bytes.len();
    // 0 stands for a frame that does not tell, too.
    let size = decoder.content_size();
    output.reserve(size)?;
    while !decoder.is_finished() {
        decoder.decode_blocks(&mut *rest, BlockDecodingStrategy::UptoBytes(STEP_BYTES)).map_err(corrupt)?;
        output.reserve(decoder.can_collect() as u64)?;
        decoder.collect_to_writer(&mut output.bytes).map_err(corrupt)?;
    }
    if size != 0 && (output.bytes.len() - start) as u64 != size {
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
