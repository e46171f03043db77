//! Both decoders on whole and damaged files.

use crate::{MAX_OUTPUT_BYTES, zlib, zune};
use crossover_inputs::{Rng, every_shape, gzip, random, records};

type Decoder = fn(&[u8], usize) -> Result<Vec<u8>, String>;
const DECODERS: [(&str, Decoder); 2] = [("zlib", zlib::decompress), ("zune", zune::decompress)];

/// `printf hello | gzip -n`: by another encoder than ours, with a fixed block.
const HELLO: [u8; 25] = [
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xcb, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00, 0x86, 0xa6,
    0x10, 0x36, 0x05, 0x00, 0x00, 0x00,
];

#[test]
fn a_file_of_another_encoder_comes_back() {
    comes_back(&HELLO, b"hello");
}

#[test]
fn every_level_and_shape_comes_back() {
    for content in &every_shape() {
        for level in [0, 1, 6, 9] {
            comes_back(&gzip(content, level).unwrap(), content);
        }
    }
}

#[test]
fn what_a_header_may_hold_is_skipped() {
    let file = gzip(b"content", 6).unwrap();
    let extra = [&[3, 0][..], b"abc"].concat();
    for (flags, fields) in [
        (4, extra.clone()),
        (8, b"name\0".to_vec()),
        (16, b"comment\0".to_vec()),
        (12, [extra, b"name\0".to_vec()].concat()),
    ] {
        let mut header = file[..10].to_vec();
        header[3] = flags;
        comes_back(&[&header, &*fields, &file[10..]].concat(), b"content");
    }
}

#[test]
fn members_in_a_row_are_one_file_to_zlib_rs() {
    let (a, b) = (records(8, 200_000), records(9, 100_000));
    let file = [gzip(&a, 6).unwrap(), gzip(&b, 1).unwrap(), HELLO.to_vec()].concat();
    assert_eq!(zlib::decompress(&file, MAX_OUTPUT_BYTES).unwrap(), [&*a, &b, b"hello"].concat());
    assert!(zlib::decompress(&[&HELLO[..], b"and more"].concat(), MAX_OUTPUT_BYTES).is_err());
}

#[test]
fn zeros_after_the_last_member_are_padding() {
    for content in [records(8, 200_000), random(9, 3000), b"hello".to_vec(), vec![]] {
        for zeros in [1, 3, 4, 8, 512, 10_240] {
            comes_back(&[gzip(&content, 6).unwrap(), vec![0; zeros]].concat(), &content);
        }
    }
    let members = [&HELLO[..], &HELLO, &[0; 512]].concat();
    assert_eq!(zlib::decompress(&members, MAX_OUTPUT_BYTES).unwrap(), b"hellohello");
    assert!(zlib::decompress(&[&HELLO[..], &[0; 3], &HELLO].concat(), MAX_OUTPUT_BYTES).is_err());
}

#[test]
fn a_file_that_ends_early_is_an_error() {
    let file = gzip(&records(10, 300_000), 6).unwrap();
    for end in (0..file.len().min(60)).chain((60..file.len()).step_by(997)).chain(file.len() - 9..file.len()) {
        fails(&file[..end], &format!("the first {end} of {} bytes", file.len()));
    }
}

#[test]
fn what_is_no_gzip_is_an_error() {
    fails(b"plain text that is long enough for a header and an end", "text");
    fails(&random(11, 5000), "noise");
}

#[test]
fn damage_never_gives_other_content_and_no_panic() {
    let mut rng = Rng::new(13);
    for content in [records(12, 30_000), random(14, 2000), b"hello".to_vec()] {
        let file = gzip(&content, 6).unwrap();
        for _ in 0..2000 {
            let mut damaged = file.clone();
            let at = 10 + rng.below(file.len() as u64 - 10) as usize;
            damaged[at] ^= 1 << rng.below(8);
            for (name, decoder) in DECODERS {
                // Some bits pad bytes, and mean nothing.
                let answer = decoder(&damaged, MAX_OUTPUT_BYTES);
                assert!(answer.is_err() || answer == Ok(content.clone()), "{name}: byte {at} of {}", file.len());
            }
        }
    }
}

#[test]
fn noise_behind_a_header_is_an_error_and_no_panic() {
    let mut rng = Rng::new(15);
    for seed in 0..3000 {
        let mut file = HELLO[..10].to_vec();
        file.extend(random(seed, 20 + rng.below(2000) as usize));
        fails(&file, &format!("noise {seed}"));
    }
}

#[test]
fn a_bomb_stops_at_the_bound() {
    const MAX_BYTES: usize = 1 << 20;
    let bomb = gzip(&vec![0; 8 << 20], 9).unwrap();
    for (name, decoder) in DECODERS {
        let error = decoder(&bomb, MAX_BYTES).unwrap_err();
        assert!(error.contains(" 1 MiB"), "{name}: {error}");
    }
}

#[test]
fn an_end_that_tells_a_wrong_length_is_an_error_and_takes_no_memory() {
    for stated in [0, 4, 6, u32::MAX] {
        let mut file = HELLO;
        file[21..].copy_from_slice(&stated.to_le_bytes());
        fails(&file, &format!("a length of {stated}"));
    }
    assert!(crate::expected::length(&[0xff; 25], MAX_OUTPUT_BYTES) <= 25 * 1032);
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
