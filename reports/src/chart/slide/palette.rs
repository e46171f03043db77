//! The colours of slides: light, dark, or from a user's file.

use anyhow::{Context as _, bail, ensure};
use toml::{Table, Value};

use crate::chart::ink::Ink;
use crate::metric::Phase;
use crate::report::Outcome;
use crate::run::Kind;

/// The keys of a theme, and the ink of each.
const KEYS: [(&str, Ink); 20] = [
    ("background", Ink::Paper),
    ("text", Ink::Text),
    ("muted", Ink::Muted),
    ("rule", Ink::Rule),
    ("js", Ink::Kind(Kind::Js)),
    ("wasm", Ink::Kind(Kind::Wasm)),
    ("platform", Ink::Kind(Kind::Platform)),
    ("native", Ink::Kind(Kind::Native)),
    ("stand-in", Ink::Kind(Kind::StandIn)),
    ("other", Ink::Rest),
    ("faster", Ink::Outcome(Outcome::Faster)),
    ("slower", Ink::Outcome(Outcome::Slower)),
    ("same", Ink::Outcome(Outcome::Same)),
    ("unsure", Ink::Outcome(Outcome::Unsure)),
    ("fetch", Ink::Phase(Phase::Fetch)),
    ("compile", Ink::Phase(Phase::Compile)),
    ("instantiate", Ink::Phase(Phase::Instantiate)),
    ("evaluate", Ink::Phase(Phase::Evaluate)),
    ("setup", Ink::Phase(Phase::Setup)),
    ("first-call", Ink::Phase(Phase::FirstCall)),
];

/// The colours of the dark theme, in the order of [`KEYS`].
const DARK: [&str; 20] = [
    "#12161d", "#f2f5f8", "#b4bdc8", "#3a4552", "#f0b941", "#b79cff", "#4fd1a5", "#a5afbb", "#b79cff", "#9aa5b1",
    "#4fd1a5", "#ff9d5c", "#8fb0ff", "#a8b3bf", "#9fb0c3", "#c79bf2", "#f08ac0", "#e0b455", "#9ccb7c", "#7fb5f5",
];

/// The key that names the built-in theme for colours that a file does not give.
const BASE: &str = "base";

/// Least contrast with the background (WCAG 2.2), for text and for shapes.
const TEXT_CONTRAST: f64 = 4.5;
const SHAPE_CONTRAST: f64 = 3.0;

/// The colours of slides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Palette {
    name: String,
    /// In the order of [`KEYS`].
    colours: Vec<String>,
}

impl Palette {
    /// Dark on white.
    #[must_use]
    pub fn light() -> Self {
        let colours = KEYS.map(|(_, ink)| ink.colours().1.to_owned()).to_vec();
        Self { name: "light".to_owned(), colours }
    }

    /// Light on near-black.
    #[must_use]
    pub fn dark() -> Self {
        Self { name: "dark".to_owned(), colours: DARK.map(str::to_owned).to_vec() }
    }

    /// The name, as file names use it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Reads a user's theme; its name becomes a part of file names.
    ///
    /// # Errors
    /// When it is not TOML, has an unknown key or an invalid colour, or when a colour has too little contrast
    /// with the background.
    pub fn from_toml(name: &str, text: &str) -> anyhow::Result<Self> {
        let table: Table = text.parse().context("this is not TOML")?;
        let mut palette = match table.get(BASE).map(|base| (base, base.as_str())) {
            None | Some((_, Some("light"))) => Self::light(),
            Some((_, Some("dark"))) => Self::dark(),
            Some((other, _)) => bail!("`{BASE}` is {other}; help: write \"light\" or \"dark\""),
        };
        name.clone_into(&mut palette.name);
        for (key, value) in table.iter().filter(|(key, _)| *key != BASE) {
            let Some(place) = KEYS.iter().position(|(known, _)| known == key) else {
                let known = KEYS.map(|(known, _)| known).join(", ");
                bail!("`{}` is not a key of a theme; help: the keys are {BASE}, {known}", key.escape_debug());
            };
            palette.colours[place] = colour(key, value)?;
        }
        palette.check()?;
        Ok(palette)
    }

    /// Checks that every colour has enough contrast.
    fn check(&self) -> anyhow::Result<()> {
        let background = &self.colours[0];
        for ((key, ink), colour) in KEYS.iter().zip(&self.colours) {
            let least = match ink {
                Ink::Paper | Ink::Rule => continue,
                Ink::Text | Ink::Muted => TEXT_CONTRAST,
                _ => SHAPE_CONTRAST,
            };
            let found = contrast(colour, background);
            ensure!(
                found >= least,
                "`{key}` ({colour}) has a contrast of {found:.1} : 1 with the background ({background}), and cannot be \
                 read from the back row; it needs {least} : 1 or more"
            );
        }
        Ok(())
    }

    /// The colour of an ink.
    pub(super) fn colour(&self, ink: Ink) -> String {
        let own = KEYS.iter().zip(&self.colours).find(|((_, known), _)| *known == ink);
        own.map_or_else(|| ink.colours().1.to_owned(), |(_, colour)| colour.clone())
    }
}

/// A colour as `#rrggbb`.
fn colour(key: &str, value: &Value) -> anyhow::Result<String> {
    let digits = value.as_str().and_then(|text| text.strip_prefix('#')).unwrap_or_default();
    ensure!(
        digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()),
        "`{key}` is {value}; help: write a colour as \"#1a2b3c\""
    );
    Ok(format!("#{}", digits.to_ascii_lowercase()))
}

/// The contrast of two colours by WCAG 2.2.
fn contrast(a: &str, b: &str) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(colour: &str) -> f64 {
    let channel = |at: usize| {
        let share =
            colour.get(at..at + 2).and_then(|hex| u8::from_str_radix(hex, 16).ok()).map_or(0.0, f64::from) / 255.0;
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_can_be_seen_in_the_themes_that_come_with_it() {
        for palette in [Palette::light(), Palette::dark()] {
            palette.check().unwrap();
        }
        assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
    }

    #[test]
    fn a_theme_changes_what_it_names_and_nothing_else() {
        let palette = Palette::from_toml("mine", "base = \"dark\"\nwasm = \"#FFCC00\"\n").unwrap();
        let changed = palette.colours.iter().zip(Palette::dark().colours).filter(|(own, dark)| *own != dark);
        assert_eq!(changed.map(|(own, _)| own.as_str()).collect::<Vec<_>>(), ["#ffcc00"]);
        assert_eq!(palette.name(), "mine");
    }

    #[test]
    fn an_invalid_theme_is_refused_with_its_key() {
        for (text, message) in [
            ("wasm = ", "this is not TOML"),
            (
                "backgroud = \"#000000\"",
                "`backgroud` is not a key of a theme; help: the keys are base, background, text",
            ),
            ("wasm = \"purple\"", "`wasm` is \"purple\"; help: write a colour as \"#1a2b3c\""),
            ("wasm = \"#12345é\"", "`wasm` is"),
            ("wasm = 7", "`wasm` is 7"),
            ("base = \"blue\"", "`base` is \"blue\"; help: write \"light\" or \"dark\""),
            ("text = \"#888888\"", "`text` (#888888) has a contrast of 3.5 : 1 with the background (#ffffff)"),
            ("background = \"#000000\"", "has a contrast of"),
            ("js = \"#ffee00\"", "`js` (#ffee00)"),
        ] {
            let error = format!("{:#}", Palette::from_toml("mine", text).unwrap_err());
            assert!(error.contains(message), "{text}: {error}");
        }
    }
}
