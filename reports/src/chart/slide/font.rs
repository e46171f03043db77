//! The font of slides: the width of a text in it, and the font itself for the SVG and for the picture. A file in
//! `fonts/` makes slides look the same on every machine; no font of the system is ever used.

use std::sync::{Arc, LazyLock};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use resvg::usvg::fontdb::Database;
use ttf_parser::{Face, GlyphId};

use crate::chart::canvas::{Pen, shortened};
use crate::report::wording::printable;

/// Smallest text that can be read from the back row.
pub const SMALLEST: i32 = 24;

/// Regular and bold, for rendering pictures.
const FILES: [&[u8]; 2] = [include_bytes!("fonts/Inter-Regular.otf"), include_bytes!("fonts/Inter-Bold.otf")];

/// The same fonts, packed for the SVG.
const PACKED: [(u32, &[u8]); 2] =
    [(400, include_bytes!("fonts/Inter-Regular.woff2")), (700, include_bytes!("fonts/Inter-Bold.woff2"))];

/// The font family of the SVG. The others are for programs that ignore embedded fonts; they are not wider.
pub const FAMILY: &str = "font-family=\"Inter, Helvetica, Arial, sans-serif\"";

/// Distance from the middle of a line of capitals down to its baseline, parts of its size: half the cap height.
pub const BASELINE: f64 = 0.36;

/// Width of a character that the font lacks, parts of the text's size: that of Chinese characters.
const LACKING: f64 = 1.0;

static FACES: LazyLock<[Option<Face<'static>>; 2]> = LazyLock::new(|| FILES.map(|file| Face::parse(file, 0).ok()));

static STYLE: LazyLock<String> = LazyLock::new(|| {
    let face = |(weight, file): (u32, &[u8])| {
        let file = STANDARD.encode(file);
        format!(
            "@font-face{{font-family:Inter;font-weight:{weight};src:url(data:font/woff2;base64,{file}) format(\"woff2\")}}\n"
        )
    };
    format!("<style>\n{}</style>\n", PACKED.map(face).concat())
});

static DATABASE: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    FILES.into_iter().for_each(|file| fonts.load_font_data(file.to_vec()));
    Arc::new(fonts)
});

/// The element that gives an SVG the font.
pub fn style() -> &'static str {
    &STYLE
}

/// The font, for making pictures.
pub fn database() -> Arc<Database> {
    Arc::clone(&DATABASE)
}

/// Width of a text, pixels. The font has no kerning, so every program gives the same width.
pub fn width_of(text: &str, pen: Pen) -> i32 {
    text.chars().map(|c| advance(c, pen)).sum::<f64>().ceil() as i32
}

/// The text, with an ellipsis in place of its middle if it is wider than the room.
pub fn fitted(text: &str, pen: Pen, room: i32) -> String {
    let text = printable(text);
    match width_of(&text, pen) <= room {
        true => text,
        false => shortened(&text, f64::from(room), advance('…', pen), |c| advance(c, pen)),
    }
}

/// The text and its pen: a smaller one if it is wider than the room, and an ellipsis if it still is.
pub fn shrunk(text: &str, pen: Pen, room: i32) -> (String, Pen) {
    let smaller = Pen { size: (pen.size * 4 / 5).max(SMALLEST), ..pen };
    let pen = if width_of(text, pen) <= room { pen } else { smaller };
    (fitted(text, pen, room), pen)
}

fn advance(c: char, pen: Pen) -> f64 {
    let known = || {
        let face = FACES[usize::from(pen.bold)].as_ref()?;
        let glyph = face.glyph_index(c).filter(|glyph| *glyph != GlyphId(0))?;
        Some(f64::from(face.glyph_hor_advance(glyph)?) / f64::from(face.units_per_em()))
    };
    known().unwrap_or(LACKING) * f64::from(pen.size)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::ink::Ink;

    #[test]
    fn the_font_has_what_figures_and_sentences_are_written_with() {
        for face in FACES.iter() {
            let face = face.as_ref().unwrap();
            for c in "AZaz09×±–—…·µ°≈≤≥▶◀■○→←↑↓−÷“”’äßéłş₂²%‰\u{a0}".chars()
            {
                assert!(face.glyph_index(c).is_some(), "{c}");
            }
        }
    }

    #[test]
    fn texts_are_as_wide_as_they_are_drawn_and_are_fitted() {
        let pen = |bold| Pen { ink: Ink::Text, size: 100, bold };
        assert!(width_of("iii", pen(false)) < width_of("mmm", pen(false)));
        assert!(width_of("mmm", pen(false)) < width_of("mmm", pen(true)));
        assert_eq!(width_of("名前", pen(false)), 200);
        let fitted = fitted(&"hashing-".repeat(40), pen(true), 700);
        assert!(width_of(&fitted, pen(true)) <= 700 && fitted.contains('…'), "{fitted}");
    }
}
