//! The mark of an outcome. Its shape shows the outcome without colour.

use super::canvas::Canvas;
use super::ink::Ink;
use crate::report::Outcome;

/// How large marks are, pixels.
pub struct MarkSize {
    /// From a triangle's middle to its back, its upper corner and its tip.
    triangle: [i32; 3],
    /// From a square's middle to its left upper and its right lower corner.
    square: [i32; 2],
    ring: i32,
}

pub const ON_PAGE: MarkSize = MarkSize { triangle: [5, 7, 7], square: [5, 6], ring: 6 };
pub const ON_SLIDE: MarkSize = MarkSize { triangle: [12, 17, 16], square: [12, 12], ring: 13 };
/// On a slide of many rows.
pub const SMALL: MarkSize = MarkSize { triangle: [8, 11, 11], square: [8, 8], ring: 9 };

/// Points right when faster, left when slower; a square when the same, a ring when unsure.
pub fn draw(canvas: &Canvas<'_>, (x, y): (i32, i32), outcome: Outcome, size: &MarkSize) {
    let ink = Ink::Outcome(outcome);
    let ([back, up, tip], [before, after]) = (size.triangle, size.square);
    // Both run the same way round: where shapes of one ink overlap, opposite ways would leave a hole.
    let triangle = |way: i32| [(x - way * back, y - way * up), (x + way * tip, y), (x - way * back, y + way * up)];
    match outcome {
        Outcome::Faster => canvas.polygon(&triangle(1), ink),
        Outcome::Slower => canvas.polygon(&triangle(-1), ink),
        Outcome::Same => canvas.rect((x - before, y - before), (x + after, y + after), ink),
        Outcome::Unsure => canvas.ring((x, y), size.ring, ink),
    }
}
