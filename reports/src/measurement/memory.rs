//! Memory from a file, checked: no part is larger than a page's could be, and no series is unreasonably long.

use crate::run::{BlockMemory, Memory, MemoryReadings, Sessions, Stopped};

/// Most memory that is accepted, bytes: a tebibyte.
const MOST_BYTES: u64 = 1 << 40;
/// Most readings of a series that are used; time and memory grow with the square of their number.
const MOST_READINGS: usize = 1001;

/// Memory of a block; `None` if a part of it cannot be a size of a page's memory.
pub fn of_block(memory: &BlockMemory) -> Option<BlockMemory> {
    [memory.empty, memory.end].iter().all(is_believed).then_some(*memory)
}

/// Memory over sessions. A series ends before the first invalid reading: later ones would be assigned to wrong
/// sessions.
pub fn of_sessions(sessions: &Sessions) -> Sessions {
    Sessions {
        kept: series(&sessions.kept),
        released: sessions.released.as_ref().map(series),
        at_once: series(&sessions.at_once),
    }
}

fn series(series: &MemoryReadings) -> MemoryReadings {
    let memory: Vec<Memory> = series.memory.iter().copied().take(MOST_READINGS).take_while(is_believed).collect();
    let stopped = match memory.len() < series.memory.len() {
        true => Some(Stopped::Failure("the rest of the series in the results file is not a page's memory".to_owned())),
        false => series.stopped.clone(),
    };
    MemoryReadings { memory, stopped }
}

fn is_believed(memory: &Memory) -> bool {
    let Memory { js_heap, buffers, linear } = *memory;
    [js_heap, buffers, linear].into_iter().flatten().all(|bytes| bytes <= MOST_BYTES)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heap(js_heap: u64) -> Memory {
        Memory { js_heap: Some(js_heap), ..Memory::default() }
    }

    #[test]
    fn a_block_is_believed_as_a_whole() {
        let good = BlockMemory { empty: heap(1), end: heap(2) };
        assert_eq!(of_block(&good), Some(good));
        assert_eq!(of_block(&BlockMemory { end: heap(u64::MAX), ..good }), None);
        let linear = Memory { linear: Some(MOST_BYTES + 1), ..heap(1) };
        assert_eq!(of_block(&BlockMemory { empty: linear, ..good }), None);
    }

    #[test]
    fn a_series_ends_before_what_is_no_size() {
        let kept = MemoryReadings { memory: vec![heap(1), heap(2), heap(u64::MAX), heap(3)], stopped: None };
        let checked = of_sessions(&Sessions { kept, ..Sessions::default() });
        assert_eq!(checked.kept.memory, [heap(1), heap(2)]);
        assert!(matches!(checked.kept.stopped, Some(Stopped::Failure(_))));
        assert_eq!(checked.at_once, MemoryReadings::default());
    }

    #[test]
    fn a_series_has_an_end() {
        let kept = MemoryReadings { memory: vec![heap(1); 100_000], stopped: Some(Stopped::Time) };
        assert_eq!(of_sessions(&Sessions { kept, ..Sessions::default() }).kept.memory.len(), MOST_READINGS);
    }
}
