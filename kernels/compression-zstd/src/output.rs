//! Room for the answer, bounded: a few bytes of a zstd file can ask for gigabytes.

/// The most content in bytes that a file may have here.
pub const MAX_OUTPUT_BYTES: usize = 512 << 20;

/// Reserves room for `more` bytes at the end of `output`.
///
/// # Errors
/// If that is more than the bound, or than there is memory for.
pub fn reserve(output: &mut Vec<u8>, more: u64) -> Result<(), String> {
    if more > room(output) as u64 {
        return Err(too_much());
    }
    // The cast holds: `more` is at most MAX_OUTPUT_BYTES.
    output.try_reserve_exact(more as usize).map_err(|_| format!("no memory for {more} bytes of content"))
}

/// How many bytes `output` may still grow by.
pub fn room(output: &[u8]) -> usize {
    MAX_OUTPUT_BYTES.saturating_sub(output.len())
}

/// What to tell when there is no room.
pub fn too_much() -> String {
    format!("the file has more than {} MiB of content", MAX_OUTPUT_BYTES >> 20)
}
