//! Page and slide: the pens and widths that charts use on either.

use super::canvas::{self, Pen};
use super::slide::font;
use super::slide::frame::{NAME, REMARK};

/// Where a chart is shown.
#[derive(Clone, Copy)]
pub struct Medium {
    /// Pen of names.
    pub name: Pen,
    /// Pen of scales and remarks.
    pub remark: Pen,
    /// How thick lines of a grid are, pixels.
    pub rule: u32,
    /// Between a scale's end and its label, pixels.
    pub gap: i32,
    /// From an axis down to the middle of its labels, pixels.
    pub below: i32,
    /// A text with an ellipsis in place of its middle, if it is wider than so many pixels.
    pub fitted: fn(&str, Pen, i32) -> String,
}

/// The report's page, in the reader's font.
pub const PAGE: Medium =
    Medium { name: Pen::NAME, remark: Pen::REMARK, rule: 1, gap: 6, below: 14, fitted: canvas::fitted };

/// A slide, with its own font.
pub const SLIDE: Medium = Medium { name: NAME, remark: REMARK, rule: 2, gap: 16, below: 28, fitted: font::fitted };
