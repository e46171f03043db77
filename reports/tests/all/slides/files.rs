//! Slides as files.

use crossover_reports::chart::slide::{Palette, SlideKind, WIDTHS};
use resvg::tiny_skia::Pixmap;

use super::{all, every_kind};
use crate::synthetic;

#[test]
fn pictures_have_their_size_and_show_the_slide() {
    let slides = all(&synthetic::four_kernels(3));
    let slide = slides.iter().find(|slide| slide.kind == SlideKind::SpeedUp).unwrap();
    for (palette, background) in [(Palette::light(), [0xff, 0xff, 0xff]), (Palette::dark(), [0x12, 0x16, 0x1d])] {
        for width in WIDTHS {
            let picture = Pixmap::decode_png(&slide.png(&palette, width).unwrap()).unwrap();
            assert_eq!((picture.width(), picture.height()), (width, width / 16 * 9));
            let is_background = |pixel: &&resvg::tiny_skia::PremultipliedColorU8| {
                [pixel.red(), pixel.green(), pixel.blue()] == background && pixel.alpha() == 255
            };
            let drawn = picture.pixels().iter().filter(|pixel| !is_background(pixel)).count();
            let share = drawn as f64 / picture.pixels().len() as f64;
            assert!((0.02..0.6).contains(&share), "{share} of the picture is drawn on");
        }
    }
}

#[test]
fn letters_of_a_picture_are_those_of_the_font() {
    // Without its font a slide would have its bars, and no letters.
    let slides = all(&synthetic::four_kernels(3));
    let slide = &slides[0];
    let picture = Pixmap::decode_png(&slide.png(&Palette::light(), 1920).unwrap()).unwrap();
    let title = (60..150).flat_map(|y| (80..1800).map(move |x| (x, y)));
    let dark = title.filter(|(x, y)| picture.pixel(*x, *y).unwrap().red() < 0x40).count();
    assert!(dark > 5000, "{dark} dark pixels in the title");
}

#[test]
fn a_slide_stands_alone() {
    for slide in every_kind() {
        let svg = slide.svg(&Palette::light());
        assert!(svg.contains("@font-face") && svg.contains("width=\"1920\" height=\"1080\""));
        let addresses: Vec<&str> = svg.match_indices("url(").map(|(at, _)| &svg[at..at + 9]).collect();
        assert!(addresses.iter().all(|address| *address == "url(data:"), "{addresses:?}");
        assert_eq!(svg.matches("http").count(), 1, "only the namespace is an address");
    }
}
