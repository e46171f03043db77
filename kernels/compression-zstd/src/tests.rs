//! All decoders on the reference encoder's frames, whole and damaged.

use crate::{MAX_OUTPUT_BYTES, compact, decompress, fast, reference};
use crossover_inputs::{Rng, every_shape, random, records, zstd};
use std::io::Write as _;

/// Four bytes of magic number, four of length, and content that is no zstd frame.
const SKIPPABLE: [u8; 11] = [0x53, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3];

type Decoder = fn(&[u8], usize) -> Result<Vec<u8>, String>;
const DECODERS: [(&str, Decoder); 3] =
    [("fast", fast::decompress), ("compact", compact::decompress), ("reference", reference::decompress)];

#[test]
fn every_level_and_shape_comes_back() {
    for content in &every_shape() {
        for level in [1, 3, 19] {
            comes_back(&zstd(content, level).unwrap(), content);
        }
    }
}

#[test]
fn frames_without_content_size_and_with_checksum_come_back() {
    for content in [vec![], records(6, 500), records(7, 2_500_000), vec![b'a'; 300_000]] {
        comes_back(&streamed(&content), &content);
    }
}

#[test]
fn a_stream_of_many_small_blocks_comes_back() {
    let content = records(14, 40_000);
    let mut encoder = ::zstd::stream::Encoder::new(Vec::new(), 3).unwrap();
    for piece in content.chunks(100) {
        encoder.write_all(piece).unwrap();
        encoder.flush().unwrap();
    }
    let file = encoder.finish().unwrap();
    comes_back(&file, &content);
    assert!(fast::decompress(&file, MAX_OUTPUT_BYTES).unwrap().capacity() < 20 * content.len());
}

#[test]
fn frames_in_a_row_and_skippable_frames_come_back() {
    let (a, b) = (records(8, 200_000), records(9, 100_000));
    let file = [&SKIPPABLE, &*zstd(&a, 3).unwrap(), &*streamed(&b), &SKIPPABLE, &*zstd(&[], 3).unwrap()].concat();
    comes_back(&file, &[a, b].concat());
    comes_back(&SKIPPABLE, &[]);
}

#[test]
fn a_file_that_ends_early_is_an_error() {
    let content = records(10, 300_000);
    for file in [zstd(&content, 3).unwrap(), streamed(&content), SKIPPABLE.to_vec()] {
        let ends = (1..file.len().min(40)).chain((40..file.len()).step_by(4999)).chain([file.len() - 1]);
        for end in ends {
            fails(&file[..end], &format!("the first {end} of {} bytes", file.len()));
        }
    }
    assert!(decompress(&[]).unwrap_err().contains("empty"));
}

#[test]
fn what_is_no_zstd_is_an_error() {
    fails(b"plain text", "text");
    fails(&random(11, 5000), "noise");
    fails(&[zstd(b"whole", 3).unwrap(), b"and more".to_vec()].concat(), "text after a frame");
}

#[test]
fn damage_is_an_error_where_there_is_a_checksum_and_no_panic_anywhere() {
    let content = records(12, 30_000);
    let mut rng = Rng::new(13);
    for file in [zstd(&content, 3).unwrap(), streamed(&content)] {
        let checked = file[4] & 0x04 != 0;
        for _ in 0..300 {
            let mut damaged = file.clone();
            // Behind the frame's header, in which some bits may change without harm.
            let at = 10 + rng.below(file.len() as u64 - 10) as usize;
            damaged[at] ^= 1 << rng.below(8);
            for (name, decoder) in DECODERS {
                let answer = decoder(&damaged, MAX_OUTPUT_BYTES);
                assert!(!checked || answer.is_err(), "{name}: byte {at} of {}", file.len());
            }
        }
    }
}

#[test]
fn too_much_content_is_an_error_before_there_is_memory_for_it() {
    let limit = MAX_OUTPUT_BYTES as u64;
    for size in [limit + 1, u64::from(u32::MAX), u64::MAX] {
        // Magic number, descriptor (eight bytes of content size), window descriptor, size, an empty last block.
        let mut file = vec![0x28, 0xB5, 0x2F, 0xFD, 0xC0, 0x58];
        file.extend_from_slice(&size.to_le_bytes());
        file.extend_from_slice(&[1, 0, 0]);
        for (name, decoder) in DECODERS {
            // The library in C takes the largest number for "unknown".
            if (name, size) == ("reference", u64::MAX) {
                continue;
            }
            let error = decoder(&file, MAX_OUTPUT_BYTES).unwrap_err();
            assert!(error.contains("512 MiB"), "{name}, {size}: {error}");
        }
    }
}

#[test]
fn a_bomb_without_content_size_stops_at_the_bound() {
    const MAX_BYTES: usize = 1 << 20;
    // Run-length blocks of 128 KiB each, none of them the last, for a little more than the bound.
    let block = [&((128_u32 << 10 << 3) | 2).to_le_bytes()[..3], b"a"].concat();
    let blocks = (MAX_BYTES >> 17) + 2;
    let mut file = vec![0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x58];
    file.extend(block.repeat(blocks));
    file.extend_from_slice(&[1, 0, 0]);
    for (name, decoder) in DECODERS {
        let error = decoder(&file, MAX_BYTES).unwrap_err();
        assert!(error.contains(" 1 MiB"), "{name}: {error}");
    }
}

fn comes_back(file: &[u8], content: &[u8]) {
    for (name, decoder) in DECODERS {
        let answer = decoder(file, MAX_OUTPUT_BYTES).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(answer == content, "{name}: {} bytes became {}", content.len(), answer.len());
    }
}

fn fails(file: &[u8], what: &str) {
    for (name, decoder) in DECODERS {
        assert!(decoder(file, MAX_OUTPUT_BYTES).is_err(), "{name} took {what}");
    }
}

/// A frame as `zstd < file` writes it: the encoder does not know the size beforehand.
fn streamed(content: &[u8]) -> Vec<u8> {
    let mut encoder = ::zstd::stream::Encoder::new(Vec::new(), 3).unwrap();
    encoder.include_checksum(true).unwrap();
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}
