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
    shapes: String,
    /// How the path in the making is drawn, its data, and where its pen is.
    look: String,
    path: String,
    pen: (i32, i32),
    texts: Vec<(String, String)>,
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
            self.end_path();
            let short = element.replace(" opacity=\"1\"", "").replace(" stroke=\"none\"", "");
            let _ = write!(self.shapes, "{short}{end}");
        }
    }

    fn rect(&mut self, element: &str) -> Option<()> {
        let [x, y, width, height] = ["x", "y", "width", "height"].map(|name| number(element, name));
        let (x, y, width, height) = (x?, y?, width?, height?);
        self.begin(filled(element)?);
        self.move_to((x, y));
        let _ = write!(self.path, "h{width}v{height}h{}z", -width);
        Some(())
    }

    fn polygon(&mut self, element: &str) -> Option<()> {
        let points = points(element)?;
        self.begin(filled(element)?);
        self.through(&points);
        self.path.push('z');
        self.pen = *points.first()?;
        Some(())
    }

    fn line(&mut self, element: &str) -> Option<()> {
        let (points, stroke) = (points(element)?, attribute(element, "stroke")?);
        let mut look = format!("fill=\"none\" stroke=\"{stroke}\"");
        match number(element, "stroke-width")? {
            1 => {}
            width => _ = write!(look, " stroke-width=\"{width}\""),
        }
        self.begin(look);
        self.through(&points);
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
        let one = format!("<text x=\"{x}\" y=\"{base}\">{}</text>", text.trim());
        match self.texts.iter_mut().find(|(other, _)| *other == look) {
            Some((_, texts)) => texts.push_str(&one),
            None => self.texts.push((look, one)),
        }
        Some(())
    }

    fn begin(&mut self, look: String) {
        if self.look != look {
            self.end_path();
            self.look = look;
        }
    }

    fn end_path(&mut self) {
        if !self.path.is_empty() {
            let _ = write!(self.shapes, "<path {} d=\"{}\"/>", self.look, self.path);
        }
        self.path.clear();
        self.look.clear();
    }

    fn move_to(&mut self, to: (i32, i32)) {
        let _ = match self.path.is_empty() {
            true => write!(self.path, "M{}", pair(to)),
            false => write!(self.path, "m{}", pair((to.0 - self.pen.0, to.1 - self.pen.1))),
        };
        self.pen = to;
    }

    /// From point to point; a line that begins where the last one ended goes on with it.
    fn through(&mut self, points: &[(i32, i32)]) {
        let Some((first, rest)) = points.split_first() else { return };
        if self.path.is_empty() || self.path.ends_with('z') || self.pen != *first {
            self.move_to(*first);
        }
        for point in rest {
            let (dx, dy) = (point.0 - self.pen.0, point.1 - self.pen.1);
            let _ = match (dx, dy) {
                (dx, 0) => write!(self.path, "h{dx}"),
                (0, dy) => write!(self.path, "v{dy}"),
                way => write!(self.path, "l{}", pair(way)),
            };
            self.pen = *point;
        }
    }

    fn finish(mut self) -> String {
        self.end_path();
        for (look, texts) in self.texts {
            let _ = write!(self.shapes, "<g {look}>{texts}</g>");
        }
        self.shapes
    }
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

    #[test]
    fn lines_of_one_look_are_one_path() {
        let line = |points: &str| {
            format!("<polyline fill=\"none\" opacity=\"1\" stroke=\"#A\" stroke-width=\"1\" points=\"{points} \"/>\n")
        };
        let lines = [line("5,6 5,16"), line("5,16 9,11"), line("20,3 12,3")].concat();
        assert_eq!(compact(&lines), "<path fill=\"none\" stroke=\"#A\" d=\"M5 6v10l4-5m11-8h-8\"/>");
    }

    #[test]
    fn shapes_keep_their_order_and_texts_lie_above() {
        let rect = |ink: &str| {
            format!("<rect x=\"1\" y=\"2\" width=\"3\" height=\"4\" opacity=\"1\" fill=\"{ink}\" stroke=\"none\"/>\n")
        };
        let text = "<text x=\"7\" y=\"10\" dy=\"0.5ex\" text-anchor=\"end\" font-family=\"sans-serif\" \
                    font-size=\"14\" opacity=\"1\" fill=\"#T\" font-weight=\"bold\">\nx > 1\n</text>\n";
        let all = [&rect("#A"), text, &rect("#A"), &rect("#B"), text].concat();
        let one = "<text x=\"7\" y=\"14\">x > 1</text>";
        assert_eq!(
            compact(&all),
            format!(
                "<path fill=\"#A\" d=\"M1 2h3v4h-3zm0 0h3v4h-3z\"/><path fill=\"#B\" d=\"M1 2h3v4h-3z\"/>\
                 <g fill=\"#T\" font-size=\"14\" text-anchor=\"end\" font-weight=\"bold\">{one}{one}</g>"
            )
        );
    }

    #[test]
    fn what_is_not_known_stays() {
        let circle = "<circle cx=\"1\" cy=\"2\" r=\"3\" opacity=\"1\" fill=\"#A\" stroke=\"none\" stroke-width=\"1\"/>";
        assert_eq!(compact(circle), "<circle cx=\"1\" cy=\"2\" r=\"3\" fill=\"#A\" stroke-width=\"1\"/>");
        let outline = "<rect x=\"1\" y=\"2\" width=\"3\" height=\"4\" opacity=\"0.5\" fill=\"none\" stroke=\"#A\"/>";
        assert_eq!(compact(outline), outline);
        let turned = "<text x=\"1\" y=\"2\" transform=\"rotate(90)\">a</text>";
        assert_eq!(compact(turned), turned);
    }
}
