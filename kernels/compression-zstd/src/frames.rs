//! The frames of a file, one after the other, for decoders that take a whole frame and room for all of its content.

use crate::output::Output;

/// Most text is compressed to more than an eighth of its size.
const LIKELY_RATIO: u64 = 8;

/// Why a frame was not decoded.
pub enum Failure {
    /// Its content does not fit.
    TooSmall,
    /// It is corrupt, for a reason.
    Corrupt(String),
}

/// A decoder of whole frames.
pub trait FrameDecoder {
    /// The length in bytes of the frame that `file` begins with.
    fn length(&self, file: &[u8]) -> Result<usize, String>;
    /// How many bytes of content its header states; a skippable frame has none, and decodes to nothing.
    fn content(&self, frame: &[u8]) -> Result<Option<u64>, String>;
    /// A bound of the content where the header does not tell.
    fn bound(&self, frame: &[u8]) -> Result<u64, String>;
    /// Decodes it into `room`, and returns how many bytes that took.
    fn decode(&mut self, frame: &[u8], room: &mut [u8]) -> Result<usize, Failure>;
}

/// [`crate::decompress`] by `decoder` with at most `max_bytes` of content.
pub fn decompress(decoder: &mut impl FrameDecoder, input: &[u8], max_bytes: usize) -> Result<Vec<u8>, String> {
    let mut output = Output::new(max_bytes);
    let mut rest = input;
    while !rest.is_empty() {
        let (frame, next) = rest.split_at(decoder.length(rest)?);
        match decoder.content(frame)? {
            Some(size) => known(decoder, frame, size, &mut output)?,
            None => unknown(decoder, frame, &mut output)?,
        }
        rest = next;
    }
    Ok(output.bytes)
}

fn known(decoder: &mut impl FrameDecoder, frame: &[u8], size: u64, output: &mut Output) -> Result<(), String> {
    output.reserve(size)?;
    append(decoder, frame, size, output).map_err(|failure| match failure {
        Failure::TooSmall => corrupt("its content is longer than its header says"),
        Failure::Corrupt(reason) => corrupt(&reason),
    })
}

/// The number of blocks gives a bound for the content, but a stream that was flushed often has small blocks,
/// and then the bound is thousands of times the content. So this tries a likely size first.
fn unknown(decoder: &mut impl FrameDecoder, frame: &[u8], output: &mut Output) -> Result<(), String> {
    let most = decoder.bound(frame)?.min(output.room() as u64);
    let mut size = (LIKELY_RATIO * frame.len() as u64).min(most);
    loop {
        output.reserve(size)?;
        match append(decoder, frame, size, output) {
            Err(Failure::TooSmall) if size < most => size = (LIKELY_RATIO * size).min(most),
            Err(Failure::TooSmall) => return Err(output.too_much()),
            Err(Failure::Corrupt(reason)) => return Err(corrupt(&reason)),
            Ok(()) => return Ok(()),
        }
    }
}

/// Appends the content of a frame, if it is at most `size` bytes, for which there must be room.
fn append(decoder: &mut impl FrameDecoder, frame: &[u8], size: u64, output: &mut Output) -> Result<(), Failure> {
    let start = output.bytes.len();
    // The cast holds: there is room for so much.
    output.bytes.resize(start + size as usize, 0);
    let written = decoder.decode(frame, &mut output.bytes[start..]);
    output.bytes.truncate(start + written.as_ref().map_or(0, |written| *written));
    written.map(|_| ())
}

fn corrupt(reason: &str) -> String {
    format!("corrupt zstd frame: {reason}")
}
