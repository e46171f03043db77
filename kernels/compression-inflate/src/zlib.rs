//! The default decoder: `zlib-rs`, which inflates straight into the answer.

use crate::expected;
use zlib_rs::{Inflate, InflateFlush, Status};

/// The largest window, and 16 for gzip in place of zlib's own header.
const WINDOW_BITS: u8 = 16 + 15;

/// The least room to make where a file states too short a length, bytes.
const STEP_BYTES: usize = 1 << 16;

/// [`crate::decompress`] with at most `max_bytes` of content. Members that follow one another are one file, and zeros after the
/// last one are padding, as gzip has it.
pub fn decompress(file: &[u8], max_bytes: usize) -> Result<Vec<u8>, String> {
    let mut content = Vec::new();
    reserve(&mut content, expected::length(file, max_bytes))?;
    let mut rest = file;
    loop {
        rest = member(rest, &mut content, max_bytes)?;
        if rest.iter().all(|byte| *byte == 0) {
            return Ok(content);
        }
    }
}

/// Appends the content of the member that `file` begins with, and returns what follows it.
fn member<'a>(file: &'a [u8], content: &mut Vec<u8>, max_bytes: usize) -> Result<&'a [u8], String> {
    let mut inflate = Inflate::new(true, WINDOW_BITS);
    let mut rest = file;
    loop {
        let (read, written) = (inflate.total_in(), inflate.total_out());
        // All room at once, and `Finish`: then no window is kept beside the answer.
        let status = inflate
            .decompress_uninit(rest, content.spare_capacity_mut(), InflateFlush::Finish)
            .map_err(|error| corrupt(inflate.error_message().unwrap_or(error.as_str())))?;
        let (read, written) = (inflate.total_in() - read, inflate.total_out() - written);
        rest = &rest[read as usize..];
        // SAFETY: so many bytes of the spare capacity were written just now.
        unsafe { content.set_len(content.len() + written as usize) };
        match status {
            Status::StreamEnd => return Ok(rest),
            // Room is left, so it was input that there was too little of.
            _ if content.len() < content.capacity() => return Err("the gzip file ends early".to_owned()),
            _ if content.len() >= max_bytes => return Err(expected::too_much(max_bytes)),
            _ => reserve(content, content.len().max(STEP_BYTES).min(max_bytes - content.len()))?,
        }
    }
}

fn reserve(content: &mut Vec<u8>, more: usize) -> Result<(), String> {
    content.try_reserve_exact(more).map_err(|_| format!("no memory for {more} bytes of content"))
}

fn corrupt(reason: &str) -> String {
    format!("corrupt gzip file: {reason}")
}
