//! Shares of visitors by runtime: those of the command line, else those of the suite.

use std::collections::BTreeMap;
use std::str::FromStr;

use anyhow::{bail, ensure};

use super::ScenarioArgs;
use crate::suite::{FILE, PERCENT_OF_VISITORS, Suite, unknown};

/// How many percent of all visitors use a runtime.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    /// Id of its stratum.
    pub stratum: String,
    /// Percent.
    pub percent: f64,
}

impl FromStr for Share {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let bad =
            || "give the percent of visitors with each runtime from 0 to 100, as chromium=70,webkit=30".to_owned();
        let (stratum, percent) = text.split_once('=').ok_or_else(bad)?;
        let percent = percent.trim_end_matches('%').trim().parse().map_err(|_| bad())?;
        match stratum.trim() {
            "" => Err(bad()),
            _ if !PERCENT_OF_VISITORS.contains(&percent) => Err(bad()),
            stratum => Ok(Self { stratum: stratum.to_owned(), percent }),
        }
    }
}

impl ScenarioArgs {
    /// The shares that the command line states, by id of a measured stratum; empty if it states none.
    ///
    /// # Errors
    /// When a name is not that of a measured stratum or is there twice, or all shares are 0.
    pub fn share(&self, measured: &[&str]) -> anyhow::Result<BTreeMap<String, f64>> {
        let mut all = BTreeMap::new();
        for Share { stratum, percent } in &self.share {
            if !measured.contains(&stratum.as_str()) {
                bail!(
                    "--share: {}",
                    unknown("measured runtime", &stratum.escape_debug().to_string(), measured.iter().copied())
                );
            }
            ensure!(
                all.insert(stratum.clone(), *percent).is_none(),
                "--share: `{stratum}` is there twice; help: give each runtime one share"
            );
        }
        ensure!(
            all.is_empty() || all.values().any(|percent| *percent > 0.0),
            "--share: no runtime has visitors; help: give at least one of them more than 0 percent"
        );
        Ok(all)
    }

    /// The same, or else what the suite states of measured strata, with a warning about the others.
    ///
    /// # Errors
    /// As for [`Self::share`].
    pub fn share_in(
        &self,
        suite: &Suite,
        measured: &[&str],
    ) -> anyhow::Result<(BTreeMap<String, f64>, Option<String>)> {
        if !self.share.is_empty() {
            return Ok((self.share(measured)?, None));
        }
        let is_measured = |stratum: &str| measured.contains(&stratum);
        let (kept, others): (BTreeMap<_, _>, BTreeMap<_, _>) =
            suite.share.clone().into_iter().partition(|(stratum, _)| is_measured(stratum));
        let others: Vec<String> = others.keys().map(|name| format!("`{}`", name.escape_debug())).collect();
        let warning = (!others.is_empty()).then(|| {
            format!(
                "{FILE}: field `defaults.share`: not measured: {}; help: name it in --runtime to count its visitors",
                others.join(", ")
            )
        });
        Ok((kept, warning))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(shares: &[&str]) -> ScenarioArgs {
        let share = shares.iter().map(|share| share.parse().unwrap()).collect();
        ScenarioArgs { calls: None, hidden_startup: false, bandwidth: None, margin: None, share }
    }

    #[test]
    fn a_share_is_a_name_and_percent() {
        let share = |stratum: &str, percent| Ok(Share { stratum: stratum.to_owned(), percent });
        assert_eq!("chromium=70".parse(), share("chromium", 70.0));
        assert_eq!("webkit = 12.5 %".parse(), share("webkit", 12.5));
        for bad in ["", "chromium", "=70", "chromium=", "chromium=-1", "chromium=101", "chromium=NaN", "chromium=x"] {
            assert!(bad.parse::<Share>().unwrap_err().contains("chromium=70,webkit=30"), "{bad}");
        }
    }

    #[test]
    fn only_what_is_measured_has_visitors() {
        let refused = |shares: &[&str]| args(shares).share(&["chromium", "firefox"]).unwrap_err().to_string();
        assert!(refused(&["webkit=100"]).starts_with("--share: there is no measured runtime `webkit`; help: "));
        assert!(refused(&["firefix=100"]).ends_with("did you mean `firefox`?"));
        assert!(refused(&["firefox=50", "firefox=50"]).contains("is there twice"));
        assert!(refused(&["firefox=0"]).contains("no runtime has visitors"));
        assert_eq!(args(&["firefox=30"]).share(&["firefox"]).unwrap()["firefox"], 30.0);
        assert!(args(&[]).share(&["firefox"]).unwrap().is_empty());
    }
}
