//! Strata: each is a runtime on a machine, with a label for people. Nothing is pooled across two. Pure.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Emulation, Group, Header, Input, Kind, Machine};

/// The longest part of a label that comes from a file, characters.
const LONGEST_PART: usize = 40;

/// A runtime on a machine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Stratum {
    /// Its name in rows, unique in a file: the id of its runtime, and `chromium-2` for the second one of that.
    pub id: String,
    /// The runtime.
    pub runtime: Runtime,
    /// Whether pages were cross-origin isolated (fine-grained clock).
    pub cross_origin_isolated: bool,
    /// Step of the page's clock, nanoseconds.
    pub timer_quantum_ns: Option<f64>,
    /// Emulation.
    #[serde(default, skip_serializing_if = "Emulation::is_none")]
    pub emulation: Emulation,
    /// Its machine, if it differs from the header's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machine: Option<Machine>,
    /// How the runtime was reached, if another program had started it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub through: Option<Through>,
    /// Kernels and inputs planned for it; absent for all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<Vec<Group>>,
}

/// A program that runs contenders, such as a browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Runtime {
    /// Its id: `chromium`.
    pub id: String,
    /// Its kind.
    #[serde(default, skip_serializing_if = "Family::is_browser")]
    pub family: Family,
    /// Its own version.
    pub version: String,
    /// Flags given to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<String>,
}

/// Kind of a runtime.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// A browser: contenders are compared in its pages.
    #[default]
    Browser,
    /// The machine itself: it runs native code only, which is a ceiling for contenders elsewhere and does not compete.
    Native,
}

impl Family {
    fn is_browser(&self) -> bool {
        *self == Self::Browser
    }
}

/// How a runtime was reached that another program had started, mostly on another machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Through {
    /// Scheme, host and port of the server that started it; no credentials.
    pub address: String,
    /// Whether its pages' files came through a tunnel, whose time is in every fetch.
    pub tunnel: bool,
}

impl Stratum {
    /// Whether contenders of this kind are measured in it: only native code is in its own stratum, and nothing else is.
    #[must_use]
    pub fn takes(&self, kind: Kind) -> bool {
        (self.runtime.family == Family::Native) == (kind == Kind::Native)
    }

    /// Whether contenders are compared in it.
    #[must_use]
    pub fn is_contest(&self) -> bool {
        self.takes(Kind::Js)
    }

    /// Whether this kernel and input were planned for it.
    #[must_use]
    pub fn has(&self, kernel: &str, input: &str) -> bool {
        let is_it = |group: &Group| group.kernel == kernel && group.input == input;
        self.only.as_ref().is_none_or(|groups| groups.iter().any(is_it))
    }

    /// The input of a kernel that summaries quote, of those planned for this stratum: the first one that the manifest
    /// marks, else the first.
    #[must_use]
    pub fn headline<'a>(&self, kernel: &str, inputs: &'a [Input]) -> Option<&'a Input> {
        let planned = || inputs.iter().filter(|input| self.has(kernel, &input.name));
        planned().find(|input| input.headline).or_else(|| planned().next())
    }
}

impl Header {
    /// The stratum with this id.
    #[must_use]
    pub fn stratum(&self, id: &str) -> Option<&Stratum> {
        self.strata.iter().find(|stratum| stratum.id == id)
    }

    /// The strata that contenders are compared in: all except those of native code.
    pub fn contests(&self) -> impl Iterator<Item = &Stratum> {
        self.strata.iter().filter(|stratum| stratum.is_contest())
    }

    /// The machine of a stratum of this file.
    #[must_use]
    pub fn machine_of<'a>(&'a self, stratum: &'a Stratum) -> &'a Machine {
        stratum.machine.as_ref().unwrap_or(&self.machine)
    }

    /// Labels of the strata for people, by id; every label is unique. The label is the runtime's id if all ran on
    /// machines that look alike, each in another runtime. Otherwise the machine follows it, then the version if equal
    /// labels differ in it, or a number if they do not. No code parses a label.
    #[must_use]
    pub fn labels(&self) -> BTreeMap<String, String> {
        let ids = self.strata.iter().map(|stratum| stratum.id.clone());
        ids.zip(self.in_words(|id| id)).collect()
    }

    /// What sentences call the strata, by id: as their labels, with runtimes as people write them.
    #[must_use]
    pub fn names(&self) -> BTreeMap<String, String> {
        let ids = self.strata.iter().map(|stratum| stratum.id.clone());
        ids.zip(self.in_words(proper)).collect()
    }

    /// A label for each stratum, in their order, with its runtime in other words.
    fn in_words(&self, word: fn(&str) -> &str) -> Vec<String> {
        let runtimes: Vec<&str> = self.strata.iter().map(|stratum| word(&stratum.runtime.id)).collect();
        let machines: Vec<&Machine> = self.strata.iter().map(|stratum| self.machine_of(stratum)).collect();
        let is_one_machine = machines.windows(2).all(|pair| pair[0].is_like(pair[1]));
        if is_one_machine && runtimes.iter().collect::<BTreeSet<_>>().len() == runtimes.len() {
            return runtimes.into_iter().map(printable).collect();
        }
        let places: Vec<(&str, String)> = runtimes.into_iter().zip(machines.into_iter().map(machine_label)).collect();
        let label = |(stratum, (runtime, machine)): (&Stratum, &(&str, String))| {
            let namesakes = self.strata.iter().zip(&places).filter(|(_, (r, m))| r == runtime && m == machine);
            let versions: BTreeSet<&str> = namesakes.map(|(namesake, _)| &*namesake.runtime.version).collect();
            let version =
                if versions.len() > 1 { format!(" {}", printable(&stratum.runtime.version)) } else { String::new() };
            format!("{}{version} ({machine})", printable(runtime))
        };
        numbered(self.strata.iter().zip(&places).map(label).collect())
    }
}

/// Id of the native stratum on the machine of another stratum.
#[must_use]
pub fn native_beside<'a>(strata: &[Stratum], native: &'a [Stratum], id: &str) -> Option<&'a str> {
    let machine = &strata.iter().find(|stratum| stratum.id == id)?.machine;
    native.iter().find(|one| !one.is_contest() && one.machine == *machine).map(|one| one.id.as_str())
}

/// Ids for strata of these runtimes: each the runtime's own, with a number appended from the second one on.
#[must_use]
pub fn ids<'a>(runtimes: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut taken: Vec<String> = Vec::new();
    for runtime in runtimes {
        let numbered = (2_u32..).map(|number| format!("{runtime}-{number}"));
        let free = std::iter::once(runtime.to_owned()).chain(numbered).find(|id| !taken.contains(id));
        taken.extend(free);
    }
    taken
}

/// The same labels, with a number appended to duplicates.
fn numbered(labels: Vec<String>) -> Vec<String> {
    let label = |(at, label): (usize, &String)| {
        let before = labels[..at].iter().filter(|other| *other == label).count();
        let is_shared = before > 0 || labels[at + 1..].contains(label);
        if is_shared { format!("{label} #{}", before + 1) } else { label.clone() }
    };
    labels.iter().enumerate().map(label).collect()
}

/// What people call a runtime; an id that is not known is its own name.
#[must_use]
pub fn proper(runtime: &str) -> &str {
    match runtime {
        "chromium" => "Chromium",
        "firefox" => "Firefox",
        "webkit" => "WebKit",
        other => other,
    }
}

/// `AMD EPYC 7B13, 2 cores`.
fn machine_label(machine: &Machine) -> String {
    let Machine { cpu, cores, .. } = machine;
    format!("{}, {cores} {}", short(cpu), if *cores == 1 { "core" } else { "cores" })
}

/// The part of a processor's name that distinguishes it from others.
fn short(cpu: &str) -> String {
    let cpu = cpu.replace("(R)", "").replace("(TM)", "").replace("(tm)", "");
    let before_clock = cpu.split(" @ ").next().unwrap_or_default();
    let is_telling = |word: &&str| !matches!(*word, "CPU" | "Processor") && !word.ends_with("-Core");
    let words: Vec<&str> = before_clock
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .filter(is_telling)
        .collect();
    let name = printable(&words.join(" "));
    if name.is_empty() { "unknown processor".to_owned() } else { name }
}

/// Text of a file, cut to the length of a label.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST_PART).collect()
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
        assert_eq!(short(&"x".repeat(300)).chars().count(), LONGEST_PART);
    }

    #[test]
    fn every_stratum_has_an_id_of_its_own() {
        assert_eq!(
            ids(["chromium", "firefox", "chromium", "chromium"]),
            ["chromium", "firefox", "chromium-2", "chromium-3"]
        );
        assert_eq!(ids(["chromium-2", "chromium", "chromium"]), ["chromium-2", "chromium", "chromium-3"]);
    }
}
