//! Weights files that are none: each is an error that says so, and none a panic.

use inference_classifier::Classifier;

use crate::common::read;

fn refused(file: &[u8]) -> String {
    match Classifier::from_weights(file) {
        Ok(_) => panic!("a malformed file was taken"),
        Err(reason) => reason,
    }
}

#[test]
fn a_file_of_any_other_length_is_refused() {
    let mut file = read("weights.bin");
    for length in [0, 7, 43, 44, 60, 150, 1001, file.len() - 2, file.len() - 1] {
        assert!(refused(&file[..length]).starts_with("weights: "));
    }
    file.extend([0, 0]);
    assert!(refused(&file).contains("too many"));
}

#[test]
fn a_header_that_claims_anything_else_is_refused() {
    let good = read("weights.bin");
    for field in 0..9 {
        for value in [0, 3, 5, 24, 0x7fff_ffff, u32::MAX] {
            let mut file = good.clone();
            file[8 + 4 * field..][..4].copy_from_slice(&value.to_le_bytes());
            if file != good {
                assert!(refused(&file).starts_with("weights: "), "field {field} = {value}");
            }
        }
    }
    assert!(refused(&[b"GIF89a--", &good[8..]].concat()).contains("no weights file"));
}

#[test]
fn numbers_and_labels_are_checked() {
    let mut file = read("weights.bin");
    let last = file.len() - 1;
    file[last] = 0x7c;
    assert!(refused(&file).contains("finite"));
    let mut file = read("weights.bin");
    file[44] = 0xff;
    assert!(refused(&file).contains("UTF-8"));
}
