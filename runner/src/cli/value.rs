//! Values of the command line. Each is parsed once; a bad one is refused with a message that says what to give.

use std::fmt::Display;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use crossover_reports::report::memory::FEWEST_SESSIONS;
use crossover_reports::run::{self, InputKind, Network};

use super::share::Share;
use crate::port::Module;
use crate::scaffold;
use crate::suite::{Function, Normaliser};

pub fn calls(text: &str) -> Result<u64, String> {
    whole(text, 1..=run::MOST_CALLS, 200)
}

pub fn seed(text: &str) -> Result<u64, String> {
    whole(text, 0..=u64::MAX, 1)
}

pub fn top(text: &str) -> Result<u16, String> {
    whole(text, 1..=100, 10)
}

pub fn comparisons(text: &str) -> Result<u32, String> {
    whole(text, 1..=10_000, 100)
}

/// A whole number; `such_as` is one that a user may mean.
fn whole<T: FromStr + PartialOrd + Display>(text: &str, range: RangeInclusive<T>, such_as: T) -> Result<T, String> {
    match text.parse() {
        Ok(number) if range.contains(&number) => Ok(number),
        Ok(_) => Err(format!("expected a whole number from {} to {}", range.start(), range.end())),
        Err(_) => Err(format!("expected a whole number, such as {such_as}")),
    }
}

pub fn kernel_name(text: &str) -> Result<String, String> {
    scaffold::check_name(text).map(|()| text.to_owned())
}

/// A module and a function of it, if one is named.
pub fn module(text: &str) -> Result<Module, String> {
    Module::parse(text)
}

/// A file and the export of it that is meant; without one, the default export.
pub fn function(text: &str) -> Result<Function, String> {
    Function::parse(text)
}

pub fn normaliser(text: &str) -> Result<Normaliser, String> {
    match text {
        "html" => Ok(Normaliser::Html),
        "html-text" => Ok(Normaliser::HtmlText),
        _ => function(text).map(Normaliser::User).map_err(|message| format!("{message}; or html, or html-text")),
    }
}

pub fn input_kind(text: &str) -> Result<InputKind, String> {
    match text {
        "bytes" => Ok(InputKind::Bytes),
        "string" => Ok(InputKind::String),
        "json" => Ok(InputKind::Json),
        "args" => Ok(InputKind::Args),
        _ => Err("write bytes, string, json or args".to_owned()),
    }
}

pub fn tolerance(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(tolerance) if tolerance.is_finite() && tolerance >= 0.0 => Ok(tolerance),
        _ => Err("give how far numbers may be apart, as in 1e-6".to_owned()),
    }
}

pub fn own_input(text: &str) -> Result<(String, PathBuf), String> {
    match text.split_once('=') {
        Some((kernel, file)) if !kernel.is_empty() && !file.is_empty() => Ok((kernel.to_owned(), file.into())),
        _ => Err("write KERNEL=FILE, as in image-thumbnail=holiday.jpg".to_owned()),
    }
}

/// Bandwidth and round trip of the named ones are those of Lighthouse and of Chromium's developer tools, before the
/// factors by which the latter adjust them.
pub fn network(text: &str) -> Result<Network, String> {
    let (megabits_per_s, latency_ms) = match text {
        "slow-4g" => (1.6, 150.0),
        "fast-4g" => (9.0, 60.0),
        _ => match bandwidth(text) {
            Ok(megabits) => (megabits, 0.0),
            Err(message) => return Err(message.replacen("give", "give slow-4g, fast-4g or", 1)),
        },
    };
    Ok(Network { name: text.to_owned(), megabits_per_s, latency_ms })
}

pub fn bandwidth(text: &str) -> Result<f64, String> {
    match text.trim_end_matches("mbit").parse::<f64>() {
        Ok(megabits) if run::BANDWIDTHS.contains(&megabits) => Ok(megabits),
        _ => Err("give a number of Mbit/s from 0.1 to 10000".to_owned()),
    }
}

/// A margin of advice in percent, as a share of 1.
pub fn margin(text: &str) -> Result<f64, String> {
    match text.trim_end_matches('%').trim_end().parse::<f64>().map(|percent| percent / 100.0) {
        Ok(margin) if run::MARGINS.contains(&margin) => Ok(margin),
        _ => Err("give a number of percent from 0 to 50".to_owned()),
    }
}

/// The share of visitors with one runtime.
pub fn share(text: &str) -> Result<Share, String> {
    text.parse()
}

pub fn slowdown(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(times) if (1.0..=20.0).contains(&times) => Ok(times),
        _ => Err("give how many times slower, from 1 to 20".to_owned()),
    }
}

pub fn seconds(text: &str) -> Result<Duration, String> {
    match text.parse::<f64>() {
        Ok(seconds) if (0.001..=86_400.0).contains(&seconds) => Ok(Duration::from_secs_f64(seconds)),
        _ => Err("give a number of seconds from 0.001 to 86400".to_owned()),
    }
}

/// Longer recordings add nothing and are too large for their viewers.
pub fn recording(text: &str) -> Result<Duration, String> {
    match text.parse::<f64>() {
        Ok(seconds) if (0.1..=60.0).contains(&seconds) => Ok(Duration::from_secs_f64(seconds)),
        _ => Err("give a number of seconds from 0.1 to 60".to_owned()),
    }
}

pub fn percent(text: &str) -> Result<f64, String> {
    match text.trim_end_matches('%').parse::<f64>() {
        Ok(percent) if (0.01..=100.0).contains(&percent) => Ok(percent / 100.0),
        _ => Err("give a number of percent from 0.01 to 100".to_owned()),
    }
}

pub fn time(text: &str) -> Result<Duration, String> {
    let (number, unit) = text.split_at(text.trim_end_matches(char::is_alphabetic).len());
    let seconds = match unit {
        "s" => Some(1.0),
        "m" | "min" => Some(60.0),
        "h" => Some(3600.0),
        _ => None,
    };
    match (number.parse::<f64>(), seconds) {
        (Ok(number), Some(unit)) if (1.0..=86_400.0).contains(&(number * unit)) => {
            Ok(Duration::from_secs_f64(number * unit))
        }
        _ => Err("give a number with s, m or h, from 1s to 24h".to_owned()),
    }
}

/// The most sessions.
const MOST_SESSIONS: u32 = 1000;

pub fn sessions(text: &str) -> Result<u32, String> {
    match text.parse::<u32>() {
        Ok(count) if count == 0 || (FEWEST_SESSIONS..=MOST_SESSIONS).contains(&count) => Ok(count),
        _ => Err(format!(
            "give 0, or {FEWEST_SESSIONS} to {MOST_SESSIONS}: fewer say nothing, because the engine and its allocators need some to settle"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_whole_number_is_refused_with_one_that_is() {
        assert_eq!(calls("200"), Ok(200));
        for wrong in ["abc", "", "-1", "1.5", "1e3", "99999999999999999999999"] {
            assert_eq!(calls(wrong).unwrap_err(), "expected a whole number, such as 200", "{wrong}");
        }
        assert_eq!(top("0").unwrap_err(), "expected a whole number from 1 to 100");
        assert_eq!(comparisons("20000").unwrap_err(), "expected a whole number from 1 to 10000");
        assert_eq!(seed("0"), Ok(0));
    }
}
