//! The font of slides: how wide a text is in it, and the font itself for the SVG and for the picture. A file of `fonts/`
//! is what a slide looks like on every machine, so no font of the system is ever used.

use std::sync::{Arc, LazyLock};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use resvg::usvg::fontdb::Database;
use ttf_parser::{Face, GlyphId};

use crate::chart::canvas::{Pen, shortened};
use crate::report::words::printable;

/// Regular and bold, as the picture is made with them.
const FILES: [&[u8]; 2] = [include_bytes!("fonts/Inter-Regular.otf"), include_bytes!("fonts/Inter-Bold.otf")];

/// The same, packed for the SVG.
const PACKED: [(u32, &[u8]); 2] =
    [(400, include_bytes!("fonts/Inter-Regular.woff2")), (700, include_bytes!("fonts/Inter-Bold.woff2"))];

/// What the SVG asks for; the others are for programs that pass over fonts within a file, and are not wider.
pub const FAMILY: &str = "font-family=\"Inter, Helvetica, Arial, sans-serif\"";

/// How far below its middle the baseline of a line of capitals is, parts of its size: half the height of the font's capitals.
pub const BASELINE: f64 = 0.36;

/// How wide a character is that the font lacks, in parts of the text's size: as wide as those of Chinese.
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

/// How wide a text is, pixels. The font has no kerning, so that this is so in every program.
pub fn width_of(text: &str, pen: Pen) -> i32 {
    text.chars().map(|c| advance(c, pen)).sum::<f64>().ceil() as i32
}

/// The text as it is written, with an ellipsis in place of its middle where it is wider than the room.
pub fn fitted(text: &str, pen: Pen, room: i32) -> String {
    let text = printable(text);
    match width_of(&text, pen) <= room {
        true => text,
        false => shortened(&text, f64::from(room), advance('…', pen), |c| advance(c, pen)),
    }
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
