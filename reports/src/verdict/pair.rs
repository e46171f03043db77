//! A candidate beside a rival, whatever the scenario: worked out once, because every scenario asks for the same.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use super::Contestant;
use super::total::{TotalDifference, between, crossing_cost, estimate, waited_for};
use crate::comparison::{Ratio, Rule};
use crate::measurement::Measurement;
use crate::run::Scenario;
use crate::stats::BlockDifference;

/// A candidate beside a rival.
#[derive(Debug)]
pub struct Pair<'a> {
    rival: &'a Measurement,
    candidate: &'a Measurement,
    rule: Rule,
    /// What starts and calls cost more with the candidate, in every block that has both; and what a call of the
    /// candidate pays for crossing alone, where that was measured in the block.
    blocks: Vec<(BlockDifference, Option<f64>)>,
    calls: OnceCell<Ratio>,
}

impl<'a> Pair<'a> {
    fn of(rival: Contestant<'a>, candidate: Contestant<'a>, rule: Rule) -> Self {
        let small = candidate.small;
        let (rival, candidate) = (rival.measurement, candidate.measurement);
        let blocks = rival.blocks.iter().filter_map(|(number, block)| {
            let spared = small.and_then(|small| crossing_cost(small.blocks.get(number)?));
            Some((between(block, candidate.blocks.get(number)?)?, spared))
        });
        Self { rival, candidate, rule, blocks: blocks.collect(), calls: OnceCell::new() }
    }

    /// The calls of the candidate against those of the rival.
    pub fn calls(&self) -> &Ratio {
        self.calls.get_or_init(|| Ratio::of_calls(self.rival, self.candidate, self.rule))
    }

    /// How much more first answer and calls cost, by block. If the start is hidden, the first call is like the others.
    pub fn differences(&self, scenario: &Scenario) -> Vec<BlockDifference> {
        self.blocks.iter().map(|(difference, _)| waited_for(*difference, scenario)).collect()
    }

    /// The same if the calls after the first did not pay the fixed cost of crossing, in the blocks in which that was
    /// measured. They still pay for their bytes, which have to cross anyway.
    pub fn differences_batched(&self, scenario: &Scenario) -> Vec<BlockDifference> {
        let blocks = self.blocks.iter().filter_map(|(difference, spared)| {
            let waited = waited_for(*difference, scenario);
            Some(BlockDifference { call: waited.call - (*spared)?, ..waited })
        });
        blocks.collect()
    }

    /// How much later the candidate's first answer comes than the rival's; `None` with fewer than two blocks.
    pub fn start(&self) -> Option<TotalDifference> {
        let starts: Vec<f64> = self.blocks.iter().map(|(difference, _)| difference.start).collect();
        estimate(&starts, self.rule.confidence)
    }
}

/// The pairs of a job, each worked out when it is asked for first.
#[derive(Debug)]
pub struct Pairs<'a> {
    rule: Rule,
    known: RefCell<Vec<Rc<Pair<'a>>>>,
}

impl<'a> Pairs<'a> {
    /// Pairs that are compared by this rule.
    #[must_use]
    pub fn new(rule: Rule) -> Self {
        Self { rule, known: RefCell::default() }
    }

    /// The rule.
    #[must_use]
    pub fn rule(&self) -> Rule {
        self.rule
    }

    /// A candidate beside a rival.
    #[must_use]
    pub fn of(&self, rival: Contestant<'a>, candidate: Contestant<'a>) -> Rc<Pair<'a>> {
        let is_asked = |pair: &&Rc<Pair<'a>>| {
            std::ptr::eq(pair.rival, rival.measurement) && std::ptr::eq(pair.candidate, candidate.measurement)
        };
        if let Some(pair) = self.known.borrow().iter().find(is_asked) {
            return Rc::clone(pair);
        }
        let pair = Rc::new(Pair::of(rival, candidate, self.rule));
        self.known.borrow_mut().push(Rc::clone(&pair));
        pair
    }
}
