//! How much content a file seems to have, so that memory is taken once.

/// No deflate stream is longer than this, inflated, for each of its bytes.
const MAX_RATIO: usize = 1032;

/// The length in bytes that the file's trailer states, as far as it can be true, and at most `max_bytes`. It is that of the last
/// member modulo 2³², and is not verified yet: the content may be shorter or longer.
pub fn length(file: &[u8], max_bytes: usize) -> usize {
    let stated = file.last_chunk().map_or(0, |bytes| u32::from_le_bytes(*bytes) as usize);
    stated.min(file.len().saturating_mul(MAX_RATIO)).min(max_bytes)
}

/// What to tell where there is no room.
pub fn too_much(max_bytes: usize) -> String {
    format!("the file has more than {} MiB of content", max_bytes >> 20)
}
