//! What to ship to a mix of visitors: one and the same option in every browser.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::answer::verb;
use crate::report::decisions::saving;
use crate::report::{KernelInfo, Saving, wording};
use crate::run::Scenario;
use crate::verdict::{Decided, Decision, DecisionBasis, Effort, Grounds as _, Mix, Part, decide};

/// The decision for all visitors.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Visitors {
    /// Those with each browser, in the order of the run.
    pub parts: Vec<VisitorsOf>,
    /// What to do, by the rules of a single stratum; it is not known if the job was not measured in one of them.
    pub decision: Decision,
    /// The contender to ship to all, or the one in doubt; absent if none was measured in every stratum.
    pub option: Option<String>,
    /// Another contender of the same effort that may be as good.
    pub runner_up: Option<String>,
    /// The best contender that could be shipped to all instead.
    pub alternative: Option<String>,
    /// What the option saves over the alternative in the scenario, for the average visitor; negative if it costs more.
    pub saving_ns: Option<Saving>,
    /// Where it saves least.
    pub worst: Option<Worst>,
    /// The answer in one line, without a full stop.
    pub answer: String,
}

/// Visitors with one browser.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct VisitorsOf {
    /// Id of their stratum.
    pub stratum: String,
    /// Their share of all visitors, 0 to 1.
    pub share: f64,
    /// What the option saves over the alternative for them.
    pub saving_ns: Option<Saving>,
}

/// Where an option saves least.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Worst {
    /// Id of the stratum.
    pub stratum: String,
    /// The contender that it is compared with: what is there already, or what it might give way to.
    pub rival: String,
    /// What it saves there; negative if it costs more.
    pub saving_ns: Saving,
}

impl Visitors {
    /// The decision for visitors with these shares; `None` if no share is that of a stratum in `names`.
    pub(super) fn of(
        kernel: &KernelInfo,
        bases: &[&DecisionBasis],
        scenario: &Scenario,
        names: &BTreeMap<String, String>,
        share: &BTreeMap<String, f64>,
    ) -> Option<Self> {
        let is_stated = |id: &&String| share.get(*id).is_some_and(|share| share.is_finite() && *share > 0.0);
        let name = |id: &str| names.get(id).cloned().unwrap_or_else(|| id.to_owned());
        let missing: Vec<String> = names
            .keys()
            .filter(is_stated)
            .filter(|id| bases.iter().all(|basis| basis.stratum != **id || basis.options.is_empty()))
            .map(|id| name(id))
            .collect();
        let shared = bases.iter().filter_map(|basis| Some((*basis, *share.get(&basis.stratum)?)));
        let mix = Mix::of(shared)?;
        let Decided { decision, option, runner_up, alternative } = decide(&mix, scenario);
        let decision = if missing.is_empty() { decision } else { Decision::CannotTell };
        let both = option.zip(alternative).filter(|_| missing.is_empty());
        let parts: Vec<VisitorsOf> = mix
            .parts
            .iter()
            .map(|part| VisitorsOf {
                stratum: part.basis.stratum.clone(),
                share: part.share,
                saving_ns: both.and_then(|(option, other)| part.difference(other, option, scenario)).map(saving),
            })
            .collect();
        // What visitors have today is what they lose against, whatever else could be shipped.
        let efforts = mix.efforts();
        let kept = (0..efforts.len()).find(|&at| efforts[at] == Effort::Keep);
        let against = both.map(|(option, other)| (option, kept.filter(|&kept| kept != option).unwrap_or(other)));
        let lost = |(option, other): (usize, usize)| {
            let of = |part: &Part<'_>| {
                let saving_ns = part.difference(other, option, scenario).map(saving)?;
                let (stratum, rival) = (part.basis.stratum.clone(), mix.contender(other).to_owned());
                Some(Worst { stratum, rival, saving_ns })
            };
            let all = mix.parts.iter().filter_map(of);
            all.min_by(|a, b| a.saving_ns.median.total_cmp(&b.saving_ns.median))
        };
        let worst = against.and_then(lost);
        let contender = |option: usize| mix.contender(option).to_owned();
        let found = Self {
            decision,
            option: option.map(contender),
            runner_up: runner_up.map(contender),
            alternative: alternative.map(contender),
            saving_ns: both.and_then(|(option, other)| mix.difference(other, option, scenario)).map(saving),
            worst,
            parts,
            answer: String::new(),
        };
        Some(Self { answer: found.line(kernel, scenario, &name, &missing), ..found })
    }

    /// `70 % Chromium, 30 % Firefox: port; on average 366 ms less (286–434 ms) with wasm than with js in 200 calls; worst:
    /// Firefox, 12.0 ms more (10.0–14.0 ms)`.
    fn line(
        &self,
        kernel: &KernelInfo,
        scenario: &Scenario,
        name: &dyn Fn(&str) -> String,
        missing: &[String],
    ) -> String {
        let who: Vec<String> =
            self.parts.iter().map(|part| format!("{} {}", part.percent(), name(&part.stratum))).collect();
        let who = format!("{}: {}", who.join(", "), verb(self.decision));
        if !missing.is_empty() {
            return format!("{who}, because the job was not measured in {}", missing.join(" and "));
        }
        let option = |contender: &Option<String>| Some(kernel.option(contender.as_deref()?));
        let (Some(option), Some(saved)) = (option(&self.option), self.saving_ns) else {
            return format!("{who}, because too little was measured in all of them");
        };
        let other = self.alternative.as_deref().map_or_else(String::new, |other| kernel.option(other));
        let worst = self.worst.as_ref().map_or_else(String::new, |Worst { stratum, rival, saving_ns }| {
            let than = match self.alternative.as_ref() == Some(rival) {
                true => String::new(),
                false => format!(" than with {}", kernel.option(rival)),
            };
            format!("; worst: {}, {}{than}", name(stratum), wording::saving(*saving_ns))
        });
        let close = self
            .runner_up
            .as_deref()
            .map_or_else(String::new, |close| format!("; {option} and {} are too close to call", kernel.option(close)));
        let calls = wording::calls(scenario.calls as f64);
        format!("{who}; on average {} with {option} than with {other} in {calls}{worst}{close}", wording::saving(saved))
    }
}
