//! Bytes as compressed files: one zstd frame, one gzip member.

use std::io;

/// The levels of gzip, from no compression to the smallest file.
const GZIP_LEVELS: std::ops::RangeInclusive<u8> = 0..=9;

/// Magic number, deflate, no flags, no time, no hint of the level, an unknown system (RFC 1952).
const GZIP_HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

/// One zstd frame of `bytes` from the reference encoder. It has its content size in the header, like a file that
/// was compressed from a file, and no checksum.
///
/// # Errors
/// What the encoder reports, for instance a lack of memory.
pub fn zstd(bytes: &[u8], level: i32) -> io::Result<Vec<u8>> {
    // One call with the whole input: the encoder knows the size and writes it.
    ::zstd::bulk::compress(bytes, level)
}

/// One gzip member of `bytes` with neither name nor time in its header, as a server sends it.
///
/// # Errors
/// When there is no such level.
pub fn gzip(bytes: &[u8], level: u8) -> io::Result<Vec<u8>> {
    if !GZIP_LEVELS.contains(&level) {
        return Err(io::Error::other(format!("gzip has levels from 0 to 9, not {level}")));
    }
    let mut file = GZIP_HEADER.to_vec();
    file.extend(miniz_oxide::deflate::compress_to_vec(bytes, level));
    file.extend(crc32fast::hash(bytes).to_le_bytes());
    // The format keeps the length modulo 2³².
    file.extend((bytes.len() as u32).to_le_bytes());
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{records, rng::fnv1a};

    #[test]
    fn compression_is_as_good_as_on_real_logs() {
        let bytes = records(42, 2_000_000);
        let ratio = |file: Vec<u8>| bytes.len() as f64 / file.len() as f64;
        let (zstd, gzip) = (ratio(zstd(&bytes, 3).unwrap()), ratio(gzip(&bytes, 6).unwrap()));
        assert!((3.5..4.0).contains(&zstd), "{zstd}");
        assert!((3.5..4.0).contains(&gzip), "{gzip}");
    }

    #[test]
    fn a_frame_has_its_content_size_and_no_checksum() {
        for length in [0, 10, 1000, 100_000] {
            let frame = zstd(&records(1, length), 3).unwrap();
            assert_eq!(frame[..4], 0xFD2F_B528_u32.to_le_bytes());
            let descriptor = frame[4];
            let (size_flag, single_segment, checksum) = (descriptor >> 6, descriptor & 0x20, descriptor & 0x04);
            assert!(size_flag != 0 || single_segment != 0, "{length}");
            assert_eq!(checksum, 0, "{length}");
        }
    }

    #[test]
    fn a_gzip_file_comes_back_at_every_level() {
        for length in [0, 10, 1000, 100_000] {
            let content = records(1, length);
            for level in GZIP_LEVELS {
                let file = gzip(&content, level).unwrap();
                let (body, end) = file[GZIP_HEADER.len()..].split_last_chunk::<8>().unwrap();
                assert_eq!(miniz_oxide::inflate::decompress_to_vec(body).unwrap(), content, "level {level}");
                assert_eq!(end[4..], (content.len() as u32).to_le_bytes());
            }
        }
        assert!(gzip(b"", 10).is_err());
    }

    #[test]
    fn an_official_checksum() {
        // The check value of CRC-32/ISO-HDLC.
        let file = gzip(b"123456789", 6).unwrap();
        assert_eq!(file[file.len() - 8..][..4], 0xCBF4_3926_u32.to_le_bytes());
    }

    #[test]
    fn the_gzip_bytes_are_those_of_the_pinned_encoder() {
        let file = gzip(&records(42, 20_000), 6).unwrap();
        assert_eq!((file.len(), fnv1a(&file)), (5780, 9_013_852_918_302_849_825));
    }
}
