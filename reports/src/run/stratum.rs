//! Strata: browsers that nothing is pooled across, because their machines or versions differ or nobody knows. Pure.

use std::collections::BTreeSet;

use super::{Browser, Group, Machine};

/// The longest name of a processor in a label, characters.
const LONGEST_NAME: usize = 40;

/// A browser on a machine, with what was measured there.
#[derive(Debug, Clone)]
pub struct Stratum {
    /// The browser as the first run recorded it, under the name that it has on one machine alone.
    pub browser: Browser,
    /// Where it ran.
    pub machine: Machine,
    /// Kernels and inputs, each measured once.
    pub groups: BTreeSet<Group>,
}

impl Stratum {
    /// The browser of one run.
    #[must_use]
    pub fn new(browser: &Browser, machine: &Machine, groups: BTreeSet<Group>) -> Self {
        let name = plain(&browser.name).to_owned();
        Self { browser: Browser { name, ..browser.clone() }, machine: machine.clone(), groups }
    }

    /// Takes the groups of another in, where that pools nothing: the machines look alike, the browsers are the same, and
    /// no group has been measured by both.
    #[must_use]
    pub fn takes_in(&mut self, other: &Self) -> bool {
        let is_place =
            |browser: &Browser| Browser { timer_quantum_ns: None, machine: None, only: None, ..browser.clone() };
        let is_like = self.machine.is_like(&other.machine) && is_place(&self.browser) == is_place(&other.browser);
        let takes = is_like && self.groups.is_disjoint(&other.groups);
        if takes {
            self.groups.extend(other.groups.iter().cloned());
        }
        takes
    }

    /// `chromium (AMD EPYC 7B13, 2 cores)`.
    fn label(&self) -> String {
        let Machine { cpu, cores, .. } = &self.machine;
        format!("{} ({}, {cores} {})", self.browser.name, short(cpu), if *cores == 1 { "core" } else { "cores" })
    }

    /// The same with the browser's version.
    fn long_label(&self) -> String {
        let version: String = printable(&self.browser.version).chars().take(LONGEST_NAME).collect();
        self.label().replacen(" (", &format!(" {version} ("), 1)
    }
}

/// A label for each stratum that no other has: the browser's name where all ran on machines that look alike and each has
/// a name of its own; else the machine behind it, then the version, then a number, as far as it takes.
#[must_use]
pub fn labels(strata: &[Stratum]) -> Vec<String> {
    let names: Vec<String> = strata.iter().map(|stratum| stratum.browser.name.clone()).collect();
    let is_one_machine = strata.windows(2).all(|pair| pair[0].machine.is_like(&pair[1].machine));
    if is_one_machine && names.iter().collect::<BTreeSet<_>>().len() == names.len() {
        return names;
    }
    let short: Vec<String> = strata.iter().map(Stratum::label).collect();
    let is_shared = |label: &String, labels: &[String]| labels.iter().filter(|other| *other == label).count() > 1;
    let longer = strata.iter().zip(&short);
    let labels: Vec<String> = longer
        .map(|(stratum, label)| {
            let is_other_version = |other: &Stratum| other.browser.version != stratum.browser.version;
            let namesakes = strata.iter().zip(&short).filter(|(_, other)| *other == label);
            let differ = namesakes.map(|(other, _)| other).any(is_other_version);
            if differ { stratum.long_label() } else { label.clone() }
        })
        .collect();
    let numbered = labels.iter().enumerate().map(|(at, label)| {
        let before = labels[..at].iter().filter(|other| *other == label).count();
        if is_shared(label, &labels) { format!("{label} #{}", before + 1) } else { label.clone() }
    });
    numbered.collect()
}

/// The browser's own name, in a label or without.
fn plain(name: &str) -> &str {
    name.split_once(" (").map_or(name, |(name, _)| name)
}

/// What tells processors apart, of what their makers call them.
fn short(cpu: &str) -> String {
    let cpu = printable(cpu).replace("(R)", "").replace("(TM)", "").replace("(tm)", "");
    let before_clock = cpu.split(" @ ").next().unwrap_or_default();
    let is_telling = |word: &&str| !matches!(*word, "CPU" | "Processor") && !word.ends_with("-Core");
    let words: Vec<&str> = before_clock.split_whitespace().filter(is_telling).collect();
    let name: String = words.join(" ").chars().take(LONGEST_NAME).collect();
    if name.is_empty() { "unknown processor".to_owned() } else { name }
}

fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_processors_name_is_short_and_bounded() {
        for (cpu, name) in [
            ("AMD EPYC 7763 64-Core Processor", "AMD EPYC 7763"),
            ("Intel(R) Xeon(R) Platinum 8370C CPU @ 2.80GHz", "Intel Xeon Platinum 8370C"),
            ("Apple M2", "Apple M2"),
            ("\u{1b}[2J", "[2J"),
            ("", "unknown processor"),
        ] {
            assert_eq!(short(cpu), name);
        }
        assert_eq!(short(&"x".repeat(300)).chars().count(), LONGEST_NAME);
    }

    #[test]
    fn a_label_is_taken_off_again() {
        assert_eq!(plain("chromium (AMD EPYC 7763, 2 cores) #2"), "chromium");
        assert_eq!(plain("chromium"), "chromium");
    }
}
