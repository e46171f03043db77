//! The frame of every slide: a title with the finding, what is shown, and where it was measured. The plot is in
//! between.

use super::font::{SMALLEST, fitted, width_of};
use crate::chart::canvas::{Align, Canvas, Pen};
use crate::chart::ink::Ink;
use crate::chart::label_layout::Area;

/// 16:9.
pub const WIDTH: i32 = 1920;
/// 16:9.
pub const HEIGHT: i32 = 1080;
/// Space left free at both sides.
pub const MARGIN: i32 = 80;

/// Pen of names and figures.
pub const NAME: Pen = Pen { ink: Ink::Text, size: 38, bold: true };
/// Pen of scales and remarks.
pub const REMARK: Pen = Pen { ink: Ink::Muted, size: 26, bold: false };
/// Pen of texts with little room.
pub const SMALL: Pen = Pen { ink: Ink::Muted, size: SMALLEST, bold: false };
/// Pen of the words that say what the slide shows, and how many lines they may take.
const SUBJECT: Pen = Pen { ink: Ink::Muted, size: 32, bold: false };
const SUBJECT_LINES: usize = 2;

/// Sizes of the title with the most lines of each: the first in which it fits.
const TITLES: [(i32, usize); 3] = [(60, 2), (52, 2), (44, 3)];
/// Middle of the title's first line.
const TITLE_Y: i32 = 104;
/// Middle of the line below the plot, and of the two lines that a long one is broken into.
const SOURCE_Y: i32 = HEIGHT - 48;
const SOURCE_LINES: [i32; 2] = [HEIGHT - 56, HEIGHT - 24];
/// Where plots end.
const BOTTOM: i32 = HEIGHT - 100;

/// The words around a plot.
pub struct SlideFrame<'a> {
    /// The finding.
    pub title: &'a str,
    /// What is shown, and how it is read.
    pub subject: &'a str,
    /// Where and when it was measured.
    pub source: &'a str,
}

impl SlideFrame<'_> {
    /// Draws the words and returns the area left for the plot.
    pub fn draw(&self, canvas: &Canvas<'_>) -> Area {
        let room = WIDTH - 2 * MARGIN;
        let (pen, titles) = title(self.title, room);
        let mut y = TITLE_Y;
        for line in &titles {
            canvas.text(line, (MARGIN, y), Align::Start, pen);
            y += pen.size * 5 / 4;
        }
        y += 2;
        for line in shortened(lines(self.subject, SUBJECT, room), SUBJECT_LINES, SUBJECT, room) {
            canvas.text(&line, (MARGIN, y), Align::Start, SUBJECT);
            y += SUBJECT.size * 5 / 4;
        }
        canvas.line((MARGIN, SOURCE_Y - 30), (WIDTH - MARGIN, SOURCE_Y - 30), Ink::Rule, 2);
        self.write_source(canvas, room);
        Area { left: MARGIN, top: y + 14, right: WIDTH - MARGIN, bottom: BOTTOM }
    }

    /// On one line, or on two if it is long.
    fn write_source(&self, canvas: &Canvas<'_>, room: i32) {
        if width_of(self.source, REMARK) <= room {
            return canvas.text(self.source, (MARGIN, SOURCE_Y), Align::Start, REMARK);
        }
        let broken = shortened(lines(self.source, SMALL, room), SOURCE_LINES.len(), SMALL, room);
        for (line, y) in broken.iter().zip(SOURCE_LINES) {
            canvas.text(line, (MARGIN, y), Align::Start, SMALL);
        }
    }
}

/// The lines of a title and their pen.
fn title(text: &str, room: i32) -> (Pen, Vec<String>) {
    let broken = TITLES.map(|(size, most)| {
        let pen = Pen { ink: Ink::Text, size, bold: true };
        (pen, most, lines(text, pen, room))
    });
    let fits = |(_, most, lines): &&(Pen, usize, Vec<String>)| lines.len() <= *most;
    if let Some((pen, _, lines)) = broken.iter().find(fits) {
        return (*pen, balanced(text, *pen, room, lines.len()));
    }
    let [.., (pen, most, lines)] = broken;
    (pen, shortened(lines, most, pen, room))
}

/// At most so many lines: the last one stands for all others, shortened.
fn shortened(mut lines: Vec<String>, most: usize, pen: Pen, room: i32) -> Vec<String> {
    if lines.len() > most {
        let rest = lines.split_off(most - 1).join(" ");
        lines.push(fitted(&rest, pen, room));
    }
    lines
}

/// As few lines, as even as possible.
fn balanced(text: &str, pen: Pen, room: i32, count: usize) -> Vec<String> {
    let rooms = (room / 2..room).step_by(20);
    rooms
        .map(|room| lines(text, pen, room))
        .find(|lines| lines.len() <= count)
        .unwrap_or_else(|| lines(text, pen, room))
}

/// Breaks a text between words. A word that is too long for a line is shortened.
fn lines(text: &str, pen: Pen, room: i32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words(text).iter().map(|word| fitted(word, pen, room)) {
        match lines.last_mut() {
            Some(line) if width_of(&format!("{line} {word}"), pen) <= room => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    lines
}

/// Units that stay on the line of their number.
const UNITS: [&str; 9] = ["%", "ns", "µs", "ms", "s", "B", "kB", "MB", "GB"];

/// The words of a text; a number and its unit count as one.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let is_unit = UNITS.contains(&word.trim_end_matches([',', ';', ')', '.']));
        match words.last_mut().filter(|last| is_unit && last.ends_with(|c: char| c.is_ascii_digit())) {
            Some(number) => number.extend([" ", word]),
            None => words.push(word.to_owned()),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_keeps_its_unit() {
        assert_eq!(words("after 4.06 ms, 95 % of (12 kB) it"), ["after", "4.06 ms,", "95 %", "of", "(12 kB)", "it"]);
    }

    #[test]
    fn titles_have_three_lines_at_most_and_stay_within_the_slide() {
        let room = WIDTH - 2 * MARGIN;
        for text in ["short", &"word ".repeat(100), &"x".repeat(300), &"長い名前 ".repeat(60), ""] {
            let (pen, lines) = title(text, room);
            let (_, most) = TITLES.into_iter().find(|(size, _)| *size == pen.size).unwrap();
            assert!(lines.len() <= most, "{lines:?}");
            assert!(lines.iter().all(|line| width_of(line, pen) <= room), "{lines:?}");
        }
        assert_eq!(title("short", room).0.size, TITLES[0].0);
    }
}
