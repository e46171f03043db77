//! The colours of charts. Charts draw with inks, and the medium of a drawing gives each ink its colour. No other file
//! knows a colour of a chart.

use plotters::style::RGBColor;

use crate::metric::Phase;
use crate::report::Outcome;
use crate::run::Kind;

/// What something is drawn for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// The background.
    Paper,
    /// Names and figures.
    Text,
    /// Scales and remarks.
    Muted,
    /// Grid lines.
    Rule,
    /// Text on a phase's colour.
    OnPhase,
    /// A comparison's outcome.
    Outcome(Outcome),
    /// A phase of cold start.
    Phase(Phase),
    /// The rest that the phases leave.
    Rest,
    /// A contender of a kind.
    Kind(Kind),
    /// Memory of sessions that are not released.
    Kept,
    /// Memory of sessions that are released.
    Released,
}

impl Ink {
    pub const ALL: [Self; 23] = [
        Self::Paper,
        Self::Text,
        Self::Muted,
        Self::Rule,
        Self::OnPhase,
        Self::Outcome(Outcome::Faster),
        Self::Outcome(Outcome::Slower),
        Self::Outcome(Outcome::Same),
        Self::Outcome(Outcome::Unsure),
        Self::Phase(Phase::Fetch),
        Self::Phase(Phase::Compile),
        Self::Phase(Phase::Instantiate),
        Self::Phase(Phase::Evaluate),
        Self::Phase(Phase::Setup),
        Self::Phase(Phase::FirstCall),
        Self::Rest,
        Self::Kept,
        Self::Released,
        Self::Kind(Kind::Js),
        Self::Kind(Kind::Wasm),
        Self::Kind(Kind::Platform),
        Self::Kind(Kind::Native),
        Self::Kind(Kind::StandIn),
    ];

    /// The drawing library carries the ink's index among all inks in place of a colour.
    pub fn marker(self) -> RGBColor {
        let place = Self::ALL.iter().position(|ink| *ink == self);
        // A test makes sure that every ink is in the list, which is shorter than 255.
        RGBColor(0, 0, place.and_then(|place| u8::try_from(place).ok()).unwrap_or(u8::MAX))
    }

    /// The ink that a marker stands for; for any other colour, the ink of text.
    pub fn of_marker((_, _, place): (u8, u8, u8)) -> Self {
        Self::ALL.get(usize::from(place)).copied().unwrap_or(Self::Text)
    }

    /// The page's custom property for the colour, and the colour on light paper.
    pub fn colours(self) -> (&'static str, &'static str) {
        match self {
            Self::Paper => ("--paper", "#ffffff"),
            Self::Text => ("--text", "#17202a"),
            Self::Muted => ("--muted", "#55616e"),
            Self::Rule => ("--rule", "#d5dae0"),
            Self::OnPhase => ("--on-phase", "#ffffff"),
            Self::Outcome(Outcome::Faster) => ("--faster", "#0b7a5c"),
            Self::Outcome(Outcome::Slower) => ("--slower", "#b3450b"),
            Self::Outcome(Outcome::Same) => ("--same", "#3a5bbf"),
            Self::Outcome(Outcome::Unsure) => ("--unsure", "#67727e"),
            Self::Phase(Phase::Fetch) => ("--fetch", "#4a5a6a"),
            Self::Phase(Phase::Compile) => ("--compile", "#7a3fb0"),
            Self::Phase(Phase::Instantiate) => ("--instantiate", "#b0307a"),
            Self::Phase(Phase::Evaluate) => ("--evaluate", "#8a6100"),
            Self::Phase(Phase::Setup) => ("--setup", "#3b6e22"),
            Self::Phase(Phase::FirstCall) => ("--first-call", "#1f5fae"),
            Self::Rest => ("--rest", "#76808b"),
            Self::Kept => ("--kept", "#b3450b"),
            Self::Released => ("--released", "#1f5fae"),
            Self::Kind(Kind::Js) => ("--js", "#8a5a00"),
            Self::Kind(Kind::Wasm | Kind::StandIn) => ("--wasm", "#6a3fc0"),
            Self::Kind(Kind::Platform) => ("--platform", "#0b7a5c"),
            Self::Kind(Kind::Native) => ("--native", "#55616e"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ink_has_a_marker_of_its_own() {
        for phase in Phase::ALL {
            assert!(Ink::ALL.contains(&Ink::Phase(phase)));
        }
        for (i, ink) in Ink::ALL.into_iter().enumerate() {
            let RGBColor(r, g, b) = ink.marker();
            assert_eq!((usize::from(b), Ink::of_marker((r, g, b))), (i, ink));
        }
    }
}
