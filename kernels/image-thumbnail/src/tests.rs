//! Whole thumbnails: sizes, formats, and inputs that are no pictures.

use super::*;
use crossover_inputs::{Rng, photo};

fn png(width: u32, height: u32, colour: png::ColorType, samples: &[u8]) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(colour);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.write_header().unwrap().write_image_data(samples).unwrap();
    file
}

/// The thumbnail of `input`, decoded again.
fn round_trip(input: &[u8]) -> Image {
    decode(&thumbnail(input).unwrap()).unwrap()
}

#[test]
fn a_wide_picture_becomes_512_wide_and_a_narrow_one_keeps_its_size() {
    for (width, height, expected) in [
        (800, 600, (512, 384)),
        (513, 1, (512, 1)),
        (3000, 2, (512, 1)),
        (600, 901, (512, 769)),
        (512, 99, (512, 99)),
        (17, 33, (17, 33)),
        (1, 1, (1, 1)),
    ] {
        let image = round_trip(&photo(1, width, height, 90).unwrap());
        assert_eq!((image.width, image.height), expected, "{width} x {height}");
    }
}

#[test]
fn a_thumbnail_is_a_4_4_4_baseline_jpeg_as_the_baseline_writes_it() {
    let jpeg = thumbnail(&photo(1, 700, 400, 90).unwrap()).unwrap();
    // SOF0, three components, each sampled 1 × 1.
    let frame = jpeg.windows(2).position(|marker| marker == [0xFF, 0xC0]).unwrap();
    assert_eq!(jpeg[frame + 9], 3);
    assert_eq!([jpeg[frame + 11], jpeg[frame + 14], jpeg[frame + 17]], [0x11; 3]);
}

#[test]
fn every_kind_of_png_shows_the_same_picture() {
    let grey: Vec<u8> = (0..600 * 20).map(|i| (i / 60 % 256) as u8).collect();
    let spread = |pixel: &dyn Fn(u8) -> Vec<u8>| grey.iter().flat_map(|&level| pixel(level)).collect::<Vec<_>>();
    let expected = round_trip(&png(600, 20, png::ColorType::Grayscale, &grey)).rgba;
    for (colour, samples) in [
        (png::ColorType::Rgb, spread(&|level| vec![level; 3])),
        (png::ColorType::Rgba, spread(&|level| vec![level, level, level, 255])),
        (png::ColorType::GrayscaleAlpha, spread(&|level| vec![level, 255])),
    ] {
        assert!(round_trip(&png(600, 20, colour, &samples)).rgba == expected, "{colour:?}");
    }
}

#[test]
fn a_small_jpeg_looks_the_same_when_its_channels_come_one_after_another() {
    let raw = crossover_inputs::raw_photo(5, 100, 70).unwrap();
    for factor in [SamplingFactor::F_2_2, SamplingFactor::F_1_2, SamplingFactor::F_2_1] {
        let [together, one_by_one] = [false, true].map(|one_by_one| {
            let mut file = Vec::new();
            let mut encoder = Encoder::new(&mut file, 90);
            encoder.set_sampling_factor(factor);
            encoder.set_optimized_huffman_tables(one_by_one);
            encoder.encode(&raw[8..], 100, 70, ColorType::Rgba).unwrap();
            round_trip(&file).rgba
        });
        let squares = together.iter().zip(&one_by_one).map(|(a, b)| u64::from(a.abs_diff(*b)).pow(2));
        // Chroma is enlarged by two filters; 4:2:0 taken for 4:4:4 would be off by a hundred times as much.
        let off = squares.sum::<u64>() / together.len() as u64;
        assert!(off < 80, "{factor:?}: {off}");
    }
}

#[test]
fn an_rgb_jpeg_keeps_its_colours() {
    // Red, green and blue, stored as they are: for the encoder they are the channels of YCbCr.
    let stored: Vec<u8> =
        [[250, 20, 30], [20, 240, 60], [90, 80, 200]].iter().flat_map(|rgb| rgb.repeat(32 * 700)).collect();
    for (progressive, by_name) in [(false, false), (true, false), (false, true)] {
        let mut file = Vec::new();
        let mut encoder = Encoder::new(&mut file, 95);
        encoder.set_progressive(progressive);
        if !by_name {
            encoder.add_app_segment(14, b"Adobe\0\x64\0\0\0\0\0".to_vec()).unwrap();
        }
        encoder.encode(&stored, 700, 96, ColorType::Ycbcr).unwrap();
        // JFIF is YCbCr.
        file.drain(2..20);
        if by_name {
            for marker in [[0xFF, 0xC0], [0xFF, 0xDA]] {
                let at = file.windows(2).position(|pair| pair == marker).unwrap();
                let (first, step) = if marker[1] == 0xC0 { (10, 3) } else { (5, 2) };
                b"RGB".iter().enumerate().for_each(|(i, name)| file[at + first + step * i] = *name);
            }
        }
        let image = round_trip(&file);
        for (row, colour) in [(11, [250, 20, 30]), (35, [20, 240, 60]), (58, [90, 80, 200])] {
            let pixel = &image.rgba[(row * 512 + 99) * 4..][..3];
            let is_close = pixel.iter().zip(colour).all(|(got, expected)| got.abs_diff(expected) < 4);
            assert!(is_close, "progressive {progressive}, by name {by_name}: {pixel:?} for {colour:?}");
        }
    }
}

#[test]
fn transparency_is_laid_on_white() {
    let clear = round_trip(&png(8, 8, png::ColorType::Rgba, &[10, 20, 30, 0].repeat(64)));
    assert_eq!(clear.rgba, [255; 256]);
    let half = decode(&png(1, 1, png::ColorType::Rgba, &[0, 100, 255, 128])).unwrap();
    assert_eq!(half.rgba, [127, 177, 255, 255]);
}

#[test]
fn what_is_no_picture_is_refused_with_a_reason() {
    let jpeg = photo(1, 64, 64, 90).unwrap();
    let mut huge = png(1, 1, png::ColorType::Grayscale, &[0]);
    huge[16..24].copy_from_slice(&[0, 0, 0x4E, 0x20, 0, 0, 0x4E, 0x20]);
    let tall = png(1, 70_000, png::ColorType::Grayscale, &[0; 70_000]);
    for (input, reason) in [
        (&b""[..], "neither a JPEG nor a PNG"),
        (b"GIF89a", "neither a JPEG nor a PNG"),
        (&jpeg[..3], "the JPEG could not be decoded"),
        (&jpeg[..200], "the JPEG could not be decoded"),
        (&huge[..40], "the PNG could not be decoded"),
        (&tall, "too tall"),
    ] {
        let message = thumbnail(input).unwrap_err();
        assert!(message.contains(reason), "{message}");
    }
}

#[test]
fn more_than_100_million_pixels_are_refused_before_they_are_allocated() {
    let mut jpeg = photo(1, 64, 64, 90).unwrap();
    let frame = jpeg.windows(2).position(|marker| marker == [0xFF, 0xC0]).unwrap();
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0xFF; 4]);
    let message = thumbnail(&jpeg).unwrap_err();
    assert_eq!(message, "the picture is 65535 x 65535, more than 100 million pixels");
}

#[test]
fn damaged_files_never_panic() {
    let mut rng = Rng::new(11);
    let jpeg = photo(1, 72, 40, 85).unwrap();
    let png = png(72, 40, png::ColorType::Rgb, &crossover_inputs::random(3, 72 * 40 * 3));
    for file in [jpeg, png] {
        for _ in 0..50 {
            let mut damaged = file.clone();
            for _ in 0..=rng.below(4) {
                // The first bytes hold the headers, where damage does most.
                let reach = if rng.below(2) == 0 { 640 } else { file.len() as u64 };
                damaged[rng.below(reach.min(file.len() as u64)) as usize] = rng.below(256) as u8;
            }
            damaged.truncate(file.len() - rng.below(file.len() as u64 / 4) as usize);
            // Either answer is right; only a panic is wrong. A damaged size may ask for a large picture.
            let _ = thumbnail(&damaged);
        }
    }
}
