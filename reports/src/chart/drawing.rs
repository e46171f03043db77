//! A drawn chart as data: shapes by look, texts by pen, tips by place. Shapes of one look become one path, so that a
//! page can have hundreds of charts.

use std::fmt::Write as _;

use super::ink::Ink;
use super::label_layout::Area;

/// How a shape is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShapeLook {
    /// Filled.
    Fill(Ink),
    /// Lines of so many pixels.
    Line(Ink, u32),
}

/// Where a text is anchored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// It begins here.
    Start,
    /// Its middle is here.
    Middle,
    /// It ends here.
    End,
}

/// How a text is written: size, ink and weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pen {
    pub ink: Ink,
    pub size: i32,
    pub bold: bool,
}

/// A text, with its middle at this height.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    pub at: (i32, i32),
    pub text: String,
}

/// An area that shows a figure in full when it is pointed at. Where two overlap, the later one is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tip {
    /// Its left upper corner, pixels.
    pub at: (i32, i32),
    /// Its width and height, pixels.
    pub size: (i32, i32),
    pub text: String,
}

/// Everything that was drawn.
#[derive(Debug, Clone, Default)]
pub struct Drawing {
    layers: Vec<Layer>,
    texts: Vec<((Pen, Align), Vec<Text>)>,
    pub tips: Vec<Tip>,
}

/// Shapes of one look.
#[derive(Debug, Clone)]
struct Layer {
    look: ShapeLook,
    /// A path's `d`.
    path: String,
    /// Where the path's pen is.
    pen: (i32, i32),
    covers: Vec<Area>,
}

impl ShapeLook {
    /// How far a shape extends beyond its points.
    fn reach(self) -> i32 {
        match self {
            Self::Fill(_) => 0,
            Self::Line(_, width) => i32::try_from(width).unwrap_or(i32::MAX / 4),
        }
    }
}

impl Drawing {
    /// A rectangle from its left upper corner.
    pub fn rect(&mut self, (x, y): (i32, i32), (width, height): (i32, i32), look: ShapeLook) {
        let layer = self.layer(look, Area::spanning(&[(x, y), (x + width, y + height)], look.reach()));
        layer.move_to((x, y));
        let _ = write!(layer.path, "h{width}v{height}h{}z", -width);
    }

    /// A closed shape.
    pub fn polygon(&mut self, points: &[(i32, i32)], look: ShapeLook) {
        let Some(first) = points.first() else { return };
        let layer = self.layer(look, Area::spanning(points, look.reach()));
        layer.through(points);
        layer.path.push('z');
        layer.pen = *first;
    }

    /// A line from point to point.
    pub fn line(&mut self, points: &[(i32, i32)], look: ShapeLook) {
        if !points.is_empty() {
            self.layer(look, Area::spanning(points, look.reach())).through(&straightened(points));
        }
    }

    /// A circle around a point: two arcs.
    pub fn circle(&mut self, (x, y): (i32, i32), radius: i32, look: ShapeLook) {
        let layer = self.layer(look, Area::spanning(&[(x, y)], radius + look.reach()));
        layer.move_to((x - radius, y));
        let _ = write!(layer.path, "a{radius} {radius} 0 1 0 {0} 0a{radius} {radius} 0 1 0-{0} 0z", 2 * radius);
    }

    /// A line of text. Texts are drawn above all shapes.
    pub fn text(&mut self, text: Text, pen: Pen, align: Align) {
        match self.texts.iter_mut().find(|(look, _)| *look == (pen, align)) {
            Some((_, texts)) => texts.push(text),
            None => self.texts.push(((pen, align), vec![text])),
        }
    }

    /// The paths, the lowest first.
    pub fn paths(&self) -> impl Iterator<Item = (ShapeLook, &str)> {
        self.layers.iter().map(|layer| (layer.look, layer.path.as_str()))
    }

    /// The texts, grouped by pen.
    pub fn texts(&self) -> impl Iterator<Item = (Pen, Align, &[Text])> {
        self.texts.iter().map(|((pen, align), texts)| (*pen, *align, texts.as_slice()))
    }

    /// The layer that a shape of this look is added to: the last layer of the same look, unless something drawn since
    /// then would end up below the shape.
    fn layer(&mut self, look: ShapeLook, area: Area) -> &mut Layer {
        let above = |layer: &Layer| layer.covers.iter().any(|other| other.touches(&area));
        let at = match self.layers.iter().rposition(|layer| layer.look == look) {
            Some(at) if !self.layers[at + 1..].iter().any(above) => at,
            _ => {
                self.layers.push(Layer { look, path: String::new(), pen: (0, 0), covers: Vec::new() });
                self.layers.len() - 1
            }
        };
        self.layers[at].covers.push(area);
        &mut self.layers[at]
    }
}

impl Layer {
    fn move_to(&mut self, to: (i32, i32)) {
        let _ = match self.path.is_empty() {
            true => write!(self.path, "M{}", pair(to)),
            false => write!(self.path, "m{}", pair((to.0 - self.pen.0, to.1 - self.pen.1))),
        };
        self.pen = to;
    }

    /// From point to point; a line that begins where the last one ended continues it.
    fn through(&mut self, points: &[(i32, i32)]) {
        let Some((first, rest)) = points.split_first() else { return };
        if self.path.is_empty() || self.path.ends_with('z') || self.pen != *first {
            self.move_to(*first);
        }
        for point in rest {
            let _ = match (point.0 - self.pen.0, point.1 - self.pen.1) {
                (dx, 0) => write!(self.path, "h{dx}"),
                (0, dy) => write!(self.path, "v{dy}"),
                way => write!(self.path, "l{}", pair(way)),
            };
            self.pen = *point;
        }
    }
}

/// The points without those that lie on the line between others, to visible precision (Douglas and Peucker).
fn straightened(points: &[(i32, i32)]) -> Vec<(i32, i32)> {
    const VISIBLE: f64 = 0.75;
    let ([first, between @ .., last], true) = (points, points.len() > 2) else { return points.to_vec() };
    let off = between.iter().map(|point| distance(*point, *first, *last));
    let farthest = off.enumerate().max_by(|a, b| a.1.total_cmp(&b.1));
    match farthest {
        Some((at, off)) if off > VISIBLE => {
            let mut kept = straightened(&points[..=at + 1]);
            kept.pop();
            kept.extend(straightened(&points[at + 1..]));
            kept
        }
        _ => vec![*first, *last],
    }
}

/// Distance of a point from the straight line between two others.
fn distance(point: (i32, i32), from: (i32, i32), to: (i32, i32)) -> f64 {
    let apart = |a: (i32, i32), b: (i32, i32)| (f64::from(a.0 - b.0), f64::from(a.1 - b.1));
    let ((x, y), (dx, dy)) = (apart(point, from), apart(to, from));
    let length = dx.hypot(dy);
    let along = if length > 0.0 { ((x * dx + y * dy) / length.powi(2)).clamp(0.0, 1.0) } else { 0.0 };
    (x - along * dx).hypot(y - along * dy)
}

/// Two numbers; a minus separates them as well as a space.
fn pair((x, y): (i32, i32)) -> String {
    if y < 0 { format!("{x}{y}") } else { format!("{x} {y}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: ShapeLook = ShapeLook::Fill(Ink::Text);
    const B: ShapeLook = ShapeLook::Fill(Ink::Muted);
    const LINE: ShapeLook = ShapeLook::Line(Ink::Text, 1);

    fn paths(drawing: &Drawing) -> Vec<(ShapeLook, &str)> {
        drawing.paths().collect()
    }

    #[test]
    fn lines_of_one_look_are_one_path() {
        let mut drawing = Drawing::default();
        for points in [[(5, 6), (5, 16)], [(5, 16), (9, 11)], [(20, 3), (12, 3)]] {
            drawing.line(&points, LINE);
        }
        assert_eq!(paths(&drawing), [(LINE, "M5 6v10l4-5m11-8h-8")]);
    }

    #[test]
    fn points_that_cannot_be_seen_are_left_out() {
        let path = |points: &[(i32, i32)]| {
            let mut drawing = Drawing::default();
            drawing.line(points, LINE);
            paths(&drawing)[0].1.to_owned()
        };
        assert_eq!(path(&[(0, 0), (10, 1), (20, 1), (30, 2), (40, 2)]), "M0 0l40 2");
        assert_eq!(path(&[(0, 0), (10, 0), (20, 9), (30, 0)]), "M0 0h10l10 9l10-9");
        assert_eq!(path(&[(5, 5), (5, 5), (5, 5)]), "M5 5h0");
    }

    #[test]
    fn shapes_that_meet_keep_their_order() {
        let drawn = |shapes: [(i32, ShapeLook); 3]| {
            let mut drawing = Drawing::default();
            shapes.into_iter().for_each(|(x, look)| drawing.rect((x, 2), (3, 4), look));
            drawing
        };
        let apart = drawn([(1, A), (11, B), (21, A)]);
        assert_eq!(paths(&apart), [(A, "M1 2h3v4h-3zm20 0h3v4h-3z"), (B, "M11 2h3v4h-3z")]);
        assert_eq!(paths(&drawn([(1, A), (11, B), (12, A)])).len(), 3);
    }

    #[test]
    fn circles_are_shapes_as_others() {
        let mut drawing = Drawing::default();
        drawing.circle((10, 20), 3, A);
        drawing.polygon(&[(0, 0), (4, 0), (4, 4)], A);
        let circle = "M7 20a3 3 0 1 0 6 0a3 3 0 1 0-6 0z";
        assert_eq!(paths(&drawing), [(A, format!("{circle}m-7-20h4v4z").as_str())]);
    }
}
