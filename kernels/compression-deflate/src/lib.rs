//! One buffer, compressed to a gzip file: what a page does with an upload, or with a download that it makes.

use zlib_rs::{Deflate, DeflateFlush, Status, compress_bound};

kernel_contract::contender!(compress, [u8] => Vec<u8>);

/// The default level of gzip.
const LEVEL: i32 = 6;

/// The largest window, and 16 for gzip in place of zlib's own header.
const WINDOW_BITS: u8 = 16 + 15;

/// By how many bytes gzip's header and end are longer than zlib's, at most.
const LONGER_BYTES: usize = 16;

/// `input` as a gzip file (RFC 1952) of one member, with neither name nor time.
///
/// # Errors
/// When there is no memory for it.
pub fn compress(input: &[u8]) -> Result<Vec<u8>, String> {
    let most = compress_bound(input.len()) + LONGER_BYTES;
    let mut file = Vec::new();
    file.try_reserve_exact(most).map_err(|_| format!("no memory for {most} bytes"))?;
    let mut deflate = Deflate::new(LEVEL, true, WINDOW_BITS);
    match deflate.compress_uninit(input, file.spare_capacity_mut(), DeflateFlush::Finish) {
        Ok(Status::StreamEnd) => {}
        Ok(status) => return Err(format!("{most} bytes are too few for the file: {status:?}")),
        Err(error) => return Err(error.as_str().to_owned()),
    }
    // SAFETY: so many bytes of the spare capacity were written just now.
    unsafe { file.set_len(deflate.total_out() as usize) };
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossover_inputs::{every_shape, gzip, records};
    use std::io::Read as _;

    #[test]
    fn every_shape_comes_back() {
        for content in every_shape() {
            let file = compress(&content).unwrap();
            let mut back = Vec::new();
            flate2::read::GzDecoder::new(&*file).read_to_end(&mut back).unwrap();
            assert!(back == content, "{} bytes", content.len());
        }
    }

    #[test]
    fn the_header_tells_neither_name_nor_time() {
        let file = compress(b"content").unwrap();
        assert_eq!(file[..8], [0x1f, 0x8b, 8, 0, 0, 0, 0, 0]);
    }

    #[test]
    fn the_file_is_about_as_short_as_another_librarys() {
        let content = records(6, 1_000_000);
        let (ours, other) = (compress(&content).unwrap().len(), gzip(&content, 6).unwrap().len());
        assert!(ours < other + other / 20, "{ours} against {other} bytes");
    }

    #[test]
    fn the_same_input_gives_the_same_file() {
        let content = records(7, 100_000);
        assert_eq!(compress(&content), compress(&content));
    }
}
