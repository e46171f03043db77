//! The decoder against the one that knows it all.

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use kernel_raster::{View, height_at, resize};

use super::Jpeg;
use crate::decode;

fn encoded(width: u16, height: u16, form: impl Fn(&mut Encoder<&mut Vec<u8>>)) -> Vec<u8> {
    let raw = crossover_inputs::raw_photo(5, width.into(), height.into()).unwrap();
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, 90);
    form(&mut encoder);
    encoder.encode(&raw[8..], width, height, ColorType::Rgba).unwrap();
    file
}

/// Mean squared difference of the colours.
fn difference(a: &[u8], b: &[u8]) -> f64 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(a, b)| f64::from(a.abs_diff(*b)).powi(2)).sum::<f64>() / a.len() as f64
}

#[test]
fn the_reduced_picture_is_the_decoded_one_reduced() {
    for (width, height) in [(640, 96), (1033, 77), (1601, 35)] {
        for factor in [SamplingFactor::F_1_1, SamplingFactor::F_2_1, SamplingFactor::F_2_2, SamplingFactor::F_1_2] {
            for interval in [0, 7] {
                let file = encoded(width, height, |encoder| {
                    encoder.set_sampling_factor(factor);
                    if interval != 0 {
                        encoder.set_restart_interval(interval);
                    }
                });
                let whole = decode(&file).unwrap();
                let picture = View::new(whole.width, whole.height, &whole.rgba).unwrap();
                let (to_width, to_height) = (512, height_at(whole.width, whole.height, 512));
                let expected = resize(picture, to_width, to_height);
                let got = Jpeg::open(&file).unwrap().reduced(to_width, to_height).unwrap();
                let off = difference(&got.rgba, &expected);
                // 35 dB PSNR, where chroma is enlarged by another filter; without that it is rounding alone.
                let most = if matches!(factor, SamplingFactor::F_1_1) { 1.0 } else { 20.0 };
                assert!(off < most, "{width} x {height}, {factor:?}: {off}");
            }
        }
    }
}

#[test]
fn channels_that_come_one_after_another_make_the_same_picture() {
    for (width, height) in [(640, 96), (1033, 77), (41, 30), (512, 9)] {
        for factor in [SamplingFactor::F_1_1, SamplingFactor::F_2_1, SamplingFactor::F_2_2, SamplingFactor::F_1_2] {
            let [together, one_by_one] = [false, true].map(|one_by_one| {
                // With codes of their own, the encoder writes a scan for each channel.
                encoded(width, height, |encoder| {
                    encoder.set_sampling_factor(factor);
                    encoder.set_optimized_huffman_tables(one_by_one);
                })
            });
            let jpeg = Jpeg::open(&one_by_one).unwrap();
            assert!(jpeg.has_many_scans());
            let (to_width, to_height) = (300, height_at(width.into(), height.into(), 300));
            let expected = Jpeg::open(&together).unwrap().reduced(to_width, to_height).unwrap();
            assert!(jpeg.reduced(to_width, to_height).unwrap().rgba == expected.rgba, "{width} x {height}, {factor:?}");
        }
    }
}

#[test]
fn a_channel_that_comes_twice_or_never_is_left_to_the_other_decoder() {
    let file = encoded(600, 40, |encoder| encoder.set_optimized_huffman_tables(true));
    let scans: Vec<usize> =
        file.windows(2).enumerate().filter(|(_, at)| *at == [0xFF, 0xDA]).map(|(at, _)| at).collect();
    assert_eq!(scans.len(), 3);
    let twice = [&file[..scans[1]], &file[scans[0]..]].concat();
    assert!(Jpeg::open(&twice).is_none());
    assert!(Jpeg::open(&file[..scans[2]]).is_none());
}

#[test]
fn grey_stays_grey() {
    let mut file = Vec::new();
    let levels: Vec<u8> = (0..900 * 60_u32).map(|i| (i % 900 / 4) as u8).collect();
    Encoder::new(&mut file, 95).encode(&levels, 900, 60, ColorType::Luma).unwrap();
    let image = Jpeg::open(&file).unwrap().reduced(512, 34).unwrap();
    for pixel in image.rgba.chunks_exact(4) {
        assert!(pixel[0] == pixel[1] && pixel[1] == pixel[2] && pixel[3] == 255);
    }
    assert!(image.rgba[4 * 256].abs_diff(112) < 3);
}

#[test]
fn what_is_rare_is_left_to_the_other_decoder() {
    let progressive = encoded(600, 40, |encoder| encoder.set_progressive(true));
    assert!(Jpeg::open(&progressive).is_none_or(|jpeg| jpeg.reduced(512, 34).is_none()));
    let mut file = Vec::new();
    Encoder::new(&mut file, 90).encode(&[9; 600 * 8 * 4], 600, 8, ColorType::Cmyk).unwrap();
    assert!(Jpeg::open(&file).is_none());
    assert!(Jpeg::open(b"").is_none());
}

#[test]
fn damaged_data_is_noticed_or_decoded_but_never_a_panic() {
    let mut rng = crossover_inputs::Rng::new(8);
    let file = encoded(700, 40, |encoder| encoder.set_restart_interval(5));
    assert!(Jpeg::open(&file[..file.len() / 2]).unwrap().reduced(512, 29).is_none());
    let one_by_one = encoded(700, 40, |encoder| encoder.set_optimized_huffman_tables(true));
    for file in std::iter::repeat_n([file, one_by_one], 300).flatten() {
        let mut damaged = file.clone();
        for _ in 0..=rng.below(4) {
            let reach = if rng.below(2) == 0 { 640 } else { file.len() as u64 };
            damaged[rng.below(reach) as usize] = rng.below(256) as u8;
        }
        let small = Jpeg::open(&damaged).filter(|jpeg| jpeg.width() * jpeg.height() < 1 << 22);
        let _ = small.map(|jpeg| jpeg.reduced(512, 29));
    }
}
