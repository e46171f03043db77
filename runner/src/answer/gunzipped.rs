//! Comparing gzip files by their content.

use std::io::Read as _;

use flate2::read::MultiGzDecoder;

/// The most content in bytes that the expected file may have; the other is not inflated further than that one.
const LIMIT: usize = 1 << 30;

/// Whether two answers are gzip files with equal content, and the given one is at most `longer_percent` longer.
pub fn same(expected: &[u8], got: &[u8], longer_percent: f64) -> Result<(), String> {
    let content = inflate(expected, LIMIT, "expected")?;
    let inflated = inflate(got, content.len(), "given")?;
    if content != inflated {
        return super::bytes(&content, &inflated).map_err(|difference| format!("inflated, {difference}"));
    }
    let percent = 100.0 * (got.len() as f64 / expected.len() as f64 - 1.0);
    // Written so that a NaN is too long.
    if percent <= longer_percent {
        Ok(())
    } else {
        let (least, bytes) = (expected.len(), got.len());
        Err(format!(
            "the file has {bytes} B, {percent:.1} % more than the expected {least} B: at most {longer_percent} % are allowed"
        ))
    }
}

/// The content, and a byte of it too many at the most where there is more than `limit`.
fn inflate(file: &[u8], limit: usize, which: &str) -> Result<Vec<u8>, String> {
    let mut content = Vec::new();
    let mut decoder = MultiGzDecoder::new(file).take(limit as u64 + 1);
    decoder
        .read_to_end(&mut content)
        .map_err(|error| format!("the {which} answer is no gzip file that can be read: {error}"))?;
    Ok(content)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossover_inputs::{gzip, records};

    #[test]
    fn files_of_other_levels_are_the_same_within_the_bound() {
        let content = records(1, 50_000);
        let (fast, best) = (gzip(&content, 1).unwrap(), gzip(&content, 9).unwrap());
        assert_eq!(same(&fast, &best, 0.0), Ok(()));
        assert_eq!(same(&best, &best, 0.0), Ok(()));
        assert_eq!(same(&best, &fast, 100.0), Ok(()));
        assert!(same(&best, &fast, 1.0).unwrap_err().contains("at most 1 % are allowed"));
        assert!(same(&best, &best, f64::NAN).is_err());
    }

    #[test]
    fn other_content_is_told_with_its_place() {
        let [a, b] = [b"same", b"some"].map(|content| gzip(content, 6).unwrap());
        let message = same(&a, &b, 5.0).unwrap_err();
        assert!(message.starts_with("inflated, first difference at byte 1: expected 0x61, got 0x6f"), "{message}");
    }

    #[test]
    fn what_cannot_be_read_to_its_end_is_a_difference() {
        let file = gzip(&records(2, 5000), 6).unwrap();
        for broken in [&file[..file.len() - 1], &file[..20], b"text", b""] {
            assert!(same(&file, broken, 5.0).unwrap_err().contains("given answer is no gzip file"));
        }
        let mut damaged = file.clone();
        *damaged.last_mut().unwrap() ^= 1;
        assert!(same(&file, &damaged, 5.0).is_err());
        assert!(same(&damaged, &file, 5.0).unwrap_err().contains("expected answer"));
    }

    #[test]
    fn a_bomb_is_inflated_no_further_than_the_expected_content() {
        let [one, bomb] = [1, 32 << 20].map(|length| gzip(&vec![0; length], 9).unwrap());
        assert_eq!(inflate(&bomb, 1, "given").unwrap().len(), 2);
        let message = same(&one, &bomb, 1e9).unwrap_err();
        assert_eq!(message, "inflated, expected 1 bytes, got 2; they agree as far as the shorter goes");
    }
}
