//! Room for the answer, bounded: a few bytes of a zstd file can ask for gigabytes.

/// The content that has been decompressed so far.
pub struct Output {
    /// The content.
    pub bytes: Vec<u8>,
    max_bytes: usize,
}

impl Output {
    /// No content yet, and never more than `max_bytes`.
    pub fn new(max_bytes: usize) -> Self {
        Self { bytes: Vec::new(), max_bytes }
    }

    /// How many bytes there may still be.
    pub fn room(&self) -> usize {
        self.max_bytes.saturating_sub(self.bytes.len())
    }

    /// Reserves memory for `more` bytes.
    ///
    /// # Errors
    /// If that is more than the bound, or than there is memory for.
    pub fn reserve(&mut self, more: u64) -> Result<(), String> {
        if more > self.room() as u64 {
            return Err(self.too_much());
        }
        // The cast holds: `more` is at most `max_bytes`. For the first frame this reserves exactly as much.
        self.bytes.try_reserve(more as usize).map_err(|_| format!("no memory for {more} bytes of content"))
    }

    /// What to tell when there is no room.
    pub fn too_much(&self) -> String {
        format!("the file has more than {} MiB of content", self.max_bytes >> 20)
    }
}
