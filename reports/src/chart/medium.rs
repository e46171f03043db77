//! Page and slide: what charts of both are written and drawn with.

use super::canvas::{self, Pen};
use super::slide::font;
use super::slide::frame::{NAME, REMARK};

/// Where a chart is shown.
#[derive(Clone, Copy)]
pub struct Medium {
    /// What names are written with.
    pub name: Pen,
    /// What scales and remarks are written with.
    pub remark: Pen,
    /// How thick lines of a grid are, pixels.
    pub rule: u32,
    /// Between a scale's end and its label, pixels.
    pub gap: i32,
    /// From an axis down to the middle of its labels, pixels.
    pub below: i32,
    /// A text with an ellipsis in place of its middle, where it is wider than so many pixels.
    pub fitted: fn(&str, Pen, i32) -> String,
}

/// The report's page, whose font is the reader's.
pub const PAGE: Medium =
    Medium { name: Pen::NAME, remark: Pen::REMARK, rule: 1, gap: 6, below: 14, fitted: canvas::fitted };

/// A slide, which brings its font.
pub const SLIDE: Medium = Medium { name: NAME, remark: REMARK, rule: 2, gap: 16, below: 28, fitted: font::fitted };
