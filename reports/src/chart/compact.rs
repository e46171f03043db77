//! The drawing library's SVG in fewer bytes, for pages with hundreds of charts: one path for shapes of one look, one group
//! for texts of one look. What it does not know it leaves as it is.

use std::fmt::Write as _;

/// The shapes of a chart, drawn as before; texts lie above all shapes.
pub fn compact(shapes: &str) -> String {
    let mut drawing = Drawing::default();
    let mut rest = shapes.trim_start();
    while !rest.is_empty() {
        let end = if rest.starts_with("<text") { "</text>" } else { ">" };
        let (element, after) = rest.split_once(end).unwrap_or((rest, ""));
        drawing.add(element, end);
        rest = after.trim_start();
    }
    drawing.finish()
}

#[derive(Default)]
struct Drawing {
    layers: Vec<Layer>,
    /// Texts by their look.
    texts: Vec<(String, String)>,
}

/// Shapes of one look, or one element that stays as it is.
struct Layer {
    look: Option<String>,
    text: String,
    /// Where the path's pen is.
    pen: (i32, i32),
    /// What it covers; nothing of an element that is not known, which is taken to cover everything.
    covers: Vec<Area>,
}

/// Left, top, right, bottom.
#[derive(Clone, Copy)]
struct Area([i32; 4]);

impl Area {
    /// Of points and what a line of some width covers beside them.
    fn around(points: &[(i32, i32)], width: i32) -> Self {
        let none = [i32::MAX, i32::MAX, i32::MIN, i32::MIN];
        Self(points.iter().fold(none, |[left, top, right, bottom], (x, y)| {
            [left.min(x - width), top.min(y - width), right.max(x + width), bottom.max(y + width)]
        }))
    }

    fn meets(self, other: Self) -> bool {
        let ([left, top, right, bottom], [l, t, r, b]) = (self.0, other.0);
        left <= r && l <= right && top <= b && t <= bottom
    }
}

impl Drawing {
    fn add(&mut self, element: &str, end: &str) {
        let known = match element.split(' ').next() {
            Some("<rect") => self.rect(element),
            Some("<polyline") => self.line(element),
            Some("<polygon") => self.polygon(element),
            Some("<text") => self.text(element),
            _ => None,
        };
        if known.is_none() {
            let short = element.replace(" opacity=\"1\"", "").replace(" stroke=\"none\"", "");
            self.layers.push(Layer { look: None, text: short + end, pen: (0, 0), covers: Vec::new() });
        }
    }

    fn rect(&mut self, element: &str) -> Option<()> {
        let [x, y, width, height] = ["x", "y", "width", "height"].map(|name| number(element, name));
        let (x, y, width, height) = (x?, y?, width?, height?);
        let layer = self.layer(filled(element)?, Area::around(&[(x, y), (x + width, y + height)], 0));
        layer.move_to((x, y));
        let _ = write!(layer.text, "h{width}v{height}h{}z", -width);
        Some(())
    }

    fn polygon(&mut self, element: &str) -> Option<()> {
        let points = points(element)?;
        let layer = self.layer(filled(element)?, Area::around(&points, 0));
        layer.through(&points);
        layer.text.push('z');
        layer.pen = *points.first()?;
        Some(())
    }

    fn line(&mut self, element: &str) -> Option<()> {
        let (points, stroke) = (points(element)?, attribute(element, "stroke")?);
        let width = number(element, "stroke-width")?;
        // The page fills nothing that has a stroke.
        let mut look = format!("stroke=\"{stroke}\"");
        if width != 1 {
            let _ = write!(look, " stroke-width=\"{width}\"");
        }
        self.layer(look, Area::around(&points, width)).through(&straightened(&points));
        Some(())
    }

    fn text(&mut self, element: &str) -> Option<()> {
        if element.contains(" transform=") {
            return None;
        }
        let (attributes, text) = element.split_once('>')?;
        let [x, y, size] = ["x", "y", "font-size"].map(|name| number(attributes, name));
        let (x, y, size) = (x?, y?, size?);
        let mut look = format!("fill=\"{}\" font-size=\"{size}\"", attribute(attributes, "fill")?);
        for (name, usual) in [("text-anchor", "start"), ("font-weight", "normal")] {
            if let Some(value) = attribute(attributes, name).filter(|value| *value != usual) {
                let _ = write!(look, " {name}=\"{value}\"");
            }
        }
        // Half the height of an x, by which the library lowers a text's middle to the line.
        let base = y + (f64::from(size) * 0.27).round() as i32;
        let one = match text.trim() {
            "" => return Some(()),
            text => format!("<text x={x} y={base}>{text}</text>"),
        };
        match self.texts.iter_mut().find(|(other, _)| *other == look) {
            Some((_, texts)) => texts.push_str(&one),
            None => self.texts.push((look, one)),
        }
        Some(())
    }

    /// What a shape of this look is added to: the last layer like it, unless something since then would come to lie above
    /// the shape.
    fn layer(&mut self, look: String, area: Area) -> &mut Layer {
        let above = |layer: &Layer| layer.look.is_none() || layer.covers.iter().any(|other| other.meets(area));
        let last = self.layers.iter().rposition(|layer| layer.look.as_ref() == Some(&look));
        let at = match last {
            Some(at) if !self.layers[at + 1..].iter().any(above) => at,
            _ => {
                self.layers.push(Layer { look: Some(look), text: String::new(), pen: (0, 0), covers: Vec::new() });
                self.layers.len() - 1
            }
        };
        self.layers[at].covers.push(area);
        &mut self.layers[at]
    }

    fn finish(self) -> String {
        let layers = self.layers.into_iter().map(|layer| match layer.look {
            Some(look) => format!("<path {look} d=\"{}\"/>", layer.text),
            None => layer.text,
        });
        let texts = self.texts.into_iter().map(|(look, texts)| format!("<g {look}>{texts}</g>"));
        layers.chain(texts).collect()
    }
}

impl Layer {
    fn move_to(&mut self, to: (i32, i32)) {
        let _ = match self.text.is_empty() {
            true => write!(self.text, "M{}", pair(to)),
            false => write!(self.text, "m{}", pair((to.0 - self.pen.0, to.1 - self.pen.1))),
        };
        self.pen = to;
    }

    /// From point to point; a line that begins where the last one ended goes on with it.
    fn through(&mut self, points: &[(i32, i32)]) {
        let Some((first, rest)) = points.split_first() else { return };
        if self.text.is_empty() || self.text.ends_with('z') || self.pen != *first {
            self.move_to(*first);
        }
        for point in rest {
            let _ = match (point.0 - self.pen.0, point.1 - self.pen.1) {
                (dx, 0) => write!(self.text, "h{dx}"),
                (0, dy) => write!(self.text, "v{dy}"),
                way => write!(self.text, "l{}", pair(way)),
            };
            self.pen = *point;
        }
    }
}

/// The points without those that lie on the line between others, as nearly as eyes can tell (Douglas and Peucker).
fn straightened(points: &[(i32, i32)]) -> Vec<(i32, i32)> {
    const TELLING: f64 = 0.75;
    let ([first, between @ .., last], true) = (points, points.len() > 2) else { return points.to_vec() };
    let off = between.iter().map(|point| distance(*point, *first, *last));
    let farthest = off.enumerate().max_by(|a, b| a.1.total_cmp(&b.1));
    match farthest {
        Some((at, off)) if off > TELLING => {
            let mut kept = straightened(&points[..=at + 1]);
            kept.pop();
            kept.extend(straightened(&points[at + 1..]));
            kept
        }
        _ => vec![*first, *last],
    }
}

/// How far a point is from the straight way between two others.
fn distance(point: (i32, i32), from: (i32, i32), to: (i32, i32)) -> f64 {
    let apart = |a: (i32, i32), b: (i32, i32)| (f64::from(a.0 - b.0), f64::from(a.1 - b.1));
    let ((x, y), (dx, dy)) = (apart(point, from), apart(to, from));
    let length = dx.hypot(dy);
    let along = if length > 0.0 { ((x * dx + y * dy) / length.powi(2)).clamp(0.0, 1.0) } else { 0.0 };
    (x - along * dx).hypot(y - along * dy)
}

/// Two numbers; a minus keeps them apart as well as a space.
fn pair((x, y): (i32, i32)) -> String {
    if y < 0 { format!("{x}{y}") } else { format!("{x} {y}") }
}

fn filled(element: &str) -> Option<String> {
    let is_filled = attribute(element, "stroke").is_none_or(|stroke| stroke == "none");
    is_filled.then(|| Some(format!("fill=\"{}\"", attribute(element, "fill")?))).flatten()
}

fn attribute<'a>(element: &'a str, name: &str) -> Option<&'a str> {
    let (_, value) = element.split_once(&format!(" {name}=\""))?;
    Some(value.split_once('"')?.0)
}

fn number(element: &str, name: &str) -> Option<i32> {
    attribute(element, name)?.parse().ok()
}

fn points(element: &str) -> Option<Vec<(i32, i32)>> {
    let point = |point: &str| {
        let (x, y) = point.split_once(',')?;
        Some((x.parse().ok()?, y.parse().ok()?))
    };
    attribute(element, "points")?.split_whitespace().map(point).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rect(x: i32, ink: &str) -> String {
        format!("<rect x=\"{x}\" y=\"2\" width=\"3\" height=\"4\" opacity=\"1\" fill=\"{ink}\" stroke=\"none\"/>\n")
    }

    fn line(points: &str) -> String {
        format!("<polyline fill=\"none\" opacity=\"1\" stroke=\"#A\" stroke-width=\"1\" points=\"{points} \"/>\n")
    }

    #[test]
    fn lines_of_one_look_are_one_path() {
        let lines = [line("5,6 5,16"), line("5,16 9,11"), line("20,3 12,3")].concat();
        assert_eq!(compact(&lines), "<path stroke=\"#A\" d=\"M5 6v10l4-5m11-8h-8\"/>");
    }

    #[test]
    fn points_that_nobody_would_miss_are_left_out() {
        let path = |points| compact(&line(points)).split("d=\"").nth(1).unwrap().to_owned();
        assert_eq!(path("0,0 10,1 20,1 30,2 40,2"), "M0 0l40 2\"/>");
        assert_eq!(path("0,0 10,0 20,9 30,0"), "M0 0h10l10 9l10-9\"/>");
        assert_eq!(path("5,5 5,5 5,5"), "M5 5h0\"/>");
    }

    #[test]
    fn shapes_that_meet_keep_their_order() {
        let apart = [rect(1, "#A"), rect(11, "#B"), rect(21, "#A")].concat();
        assert_eq!(
            compact(&apart),
            "<path fill=\"#A\" d=\"M1 2h3v4h-3zm20 0h3v4h-3z\"/><path fill=\"#B\" d=\"M11 2h3v4h-3z\"/>"
        );
        let above = [rect(1, "#A"), rect(11, "#B"), rect(12, "#A")].concat();
        assert_eq!(compact(&above).matches("<path").count(), 3);
    }

    #[test]
    fn texts_lie_above_shapes() {
        let text = "<text x=\"7\" y=\"10\" dy=\"0.5ex\" text-anchor=\"end\" font-family=\"sans-serif\" \
                    font-size=\"14\" opacity=\"1\" fill=\"#T\" font-weight=\"bold\">\nx > 1\n</text>\n";
        let one = "<text x=7 y=14>x > 1</text>";
        assert_eq!(
            compact(&[text, &rect(1, "#A"), text].concat()),
            format!(
                "<path fill=\"#A\" d=\"M1 2h3v4h-3z\"/>\
                 <g fill=\"#T\" font-size=\"14\" text-anchor=\"end\" font-weight=\"bold\">{one}{one}</g>"
            )
        );
    }

    #[test]
    fn what_is_not_known_stays_in_its_place() {
        let circle = "<circle cx=\"1\" cy=\"2\" r=\"3\" opacity=\"1\" fill=\"#A\" stroke=\"none\" stroke-width=\"1\"/>";
        let short = "<circle cx=\"1\" cy=\"2\" r=\"3\" fill=\"#A\" stroke-width=\"1\"/>";
        assert_eq!(compact(circle), short);
        let between = compact(&[&rect(1, "#A"), circle, &rect(1, "#A")].concat());
        assert_eq!(between.split(short).map(|part| part.matches("<path").count()).collect::<Vec<_>>(), [1, 1]);
        let outline = "<rect x=\"1\" y=\"2\" width=\"3\" height=\"4\" opacity=\"0.5\" fill=\"none\" stroke=\"#A\"/>";
        assert_eq!(compact(outline), outline);
        let turned = "<text x=\"1\" y=\"2\" transform=\"rotate(90)\">a</text>";
        assert_eq!(compact(turned), turned);
    }
}
