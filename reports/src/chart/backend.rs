//! The drawing library's backend: it takes shapes and texts, finds the ink of each, and adds them to a drawing.

use std::convert::Infallible;

use plotters_backend::text_anchor::HPos;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontStyle,
};

use super::drawing::{Align, Drawing, Pen, ShapeLook, Text};
use super::ink::Ink;

/// Adds everything that is drawn to a drawing of so many pixels. It cannot fail.
pub struct Backend<'a> {
    pub drawing: &'a mut Drawing,
    pub size: (i32, i32),
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for Backend<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        (self.size.0.unsigned_abs(), self.size.1.unsigned_abs())
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, colour: BackendColor) -> Drawn {
        self.draw_rect((x, y), (x + 1, y + 1), &colour, true)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        (left, top): BackendCoord,
        (right, bottom): BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        self.drawing.rect((left, top), (right - left, bottom - top), look(style, fill));
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        self.drawing.line(&path.into_iter().collect::<Vec<_>>(), look(style, false));
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, centre: BackendCoord, radius: u32, style: &S, fill: bool) -> Drawn {
        self.drawing.circle(centre, i32::try_from(radius).unwrap_or(i32::MAX / 4), look(style, fill));
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, points: I, style: &S) -> Drawn {
        self.drawing.polygon(&points.into_iter().collect::<Vec<_>>(), look(style, true));
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Drawn {
        let align = match style.anchor().h_pos {
            HPos::Left => Align::Start,
            HPos::Center => Align::Middle,
            HPos::Right => Align::End,
        };
        let bold = matches!(style.style(), FontStyle::Bold);
        let pen = Pen { ink: Ink::of_marker(style.color().rgb), size: style.size().round() as i32, bold };
        self.drawing.text(Text { at, text: text.to_owned() }, pen, align);
        Ok(())
    }
}

fn look(style: &impl BackendStyle, fill: bool) -> ShapeLook {
    let ink = Ink::of_marker(style.color().rgb);
    if fill { ShapeLook::Fill(ink) } else { ShapeLook::Line(ink, style.stroke_width()) }
}
