//! Slides as pictures, rendered with the embedded font only: the same on every machine.

use anyhow::Context as _;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use super::font::database;
use super::frame::{HEIGHT, WIDTH};

/// The widths of pictures: 1080p and 4K.
pub const WIDTHS: [u32; 2] = [1920, 3840];

/// Renders a slide.
pub fn render(svg: &str, width: u32) -> anyhow::Result<Vec<u8>> {
    let options = Options { fontdb: database(), ..Options::default() };
    let tree = Tree::from_str(svg, &options).context("a slide cannot be read back")?;
    let scale = f64::from(width) / f64::from(WIDTH);
    let height = (f64::from(HEIGHT) * scale).round() as u32;
    let mut pixels = Pixmap::new(width, height).with_context(|| format!("a picture cannot be {width} pixels wide"))?;
    resvg::render(&tree, Transform::from_scale(scale as f32, scale as f32), &mut pixels.as_mut());
    pixels.encode_png().context("a picture cannot be encoded")
}
