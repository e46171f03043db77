//! Decides which groups the next block measures: those without a settled result, as far as time allows. Pure.
//!
//! A group goes on from look to look. Once begun, it is measured up to its next look, so that every comparison is made
//! at a look that its confidence was planned for.

use std::collections::BTreeMap;
use std::time::Duration;

use crossover_reports::run::Schedule;

use super::Group;

/// Decides which groups are measured next, from how far each one is.
#[derive(Debug)]
pub struct Scheduler<'a> {
    schedule: &'a Schedule,
    budget: Option<Duration>,
    groups: BTreeMap<Group, GroupProgress>,
}

#[derive(Debug, Clone, Copy)]
struct GroupProgress {
    /// Blocks measured.
    blocks: u32,
    /// The next look, in blocks; `None` when the group is done.
    towards: Option<u32>,
    /// Relative half-width of its widest interval.
    half_width: f64,
    /// Time that the blocks of this process took.
    took: Duration,
    /// Blocks of this process.
    timed: u32,
}

impl GroupProgress {
    fn per_block(&self) -> Duration {
        self.took / self.timed.max(1)
    }

    fn up_to(&self, look: u32) -> Duration {
        self.per_block() * look.saturating_sub(self.blocks)
    }

    fn is_at_look(&self) -> bool {
        self.towards.is_some_and(|look| self.blocks >= look)
    }
}

impl<'a> Scheduler<'a> {
    /// At the start. Groups come with the number of blocks that an earlier, interrupted run has measured.
    #[must_use]
    pub fn new(
        schedule: &'a Schedule,
        budget: Option<Duration>,
        groups: impl IntoIterator<Item = (Group, u32)>,
    ) -> Self {
        let progress = |blocks| GroupProgress {
            blocks,
            // A group that is at a look already is looked at before anything is measured.
            towards: schedule.looks.iter().copied().find(|look| *look >= blocks),
            half_width: f64::INFINITY,
            took: Duration::ZERO,
            timed: 0,
        };
        let groups = groups.into_iter().map(|(group, blocks)| (group, progress(blocks))).collect();
        Self { schedule, budget, groups }
    }

    /// Groups that have the blocks for a look that was not taken yet.
    #[must_use]
    pub fn looks_due(&self) -> Vec<Group> {
        self.groups.iter().filter(|(_, progress)| progress.is_at_look()).map(|(group, _)| *group).collect()
    }

    /// The groups that the next block measures; none when all is done.
    #[must_use]
    pub fn due(&self) -> Vec<Group> {
        self.groups.iter().filter(|(_, progress)| progress.towards.is_some()).map(|(group, _)| *group).collect()
    }

    /// Ends a group: a look has found enough, or nothing of it can be measured any more.
    pub fn finish(&mut self, group: Group) {
        self.progress(group).towards = None;
    }

    /// A look has not found enough. The group ends if this was its last look, else it goes on to the next.
    pub fn go_on(&mut self, group: Group, half_width: f64) {
        let blocks = self.groups[&group].blocks;
        let towards = self.schedule.next_look(blocks);
        let progress = self.progress(group);
        progress.towards = towards;
        progress.half_width = half_width;
    }

    /// A block of this group was measured in this time.
    pub fn measured(&mut self, group: Group, took: Duration) {
        let progress = self.progress(group);
        progress.blocks += 1;
        progress.took += took;
        progress.timed += 1;
    }

    /// Ends the groups that can't reach their next look in the time that is left, the narrowest intervals first. Called
    /// between blocks. A group is never ended so before its first look: a few blocks are better than none.
    pub fn keep_to_budget(&mut self, elapsed: Duration) {
        let Some(budget) = self.budget else { return };
        let mut left = budget.saturating_sub(elapsed);
        let first = self.schedule.looks.first().copied().unwrap_or_default();
        let mut open: Vec<_> = self.groups.iter_mut().filter(|(_, progress)| progress.towards.is_some()).collect();
        open.sort_by(|(_, a), (_, b)| {
            let is_begun = |progress: &GroupProgress| progress.blocks < first;
            is_begun(b).cmp(&is_begun(a)).then(b.half_width.total_cmp(&a.half_width))
        });
        for (_, progress) in open {
            let needs = progress.towards.map_or(Duration::ZERO, |look| progress.up_to(look));
            match left.checked_sub(needs) {
                Some(rest) => left = rest,
                None if progress.blocks < first => left = Duration::ZERO,
                None => progress.towards = None,
            }
        }
    }

    /// Whether there is time for one more block of this group.
    #[must_use]
    pub fn has_time(&self, group: Group, elapsed: Duration) -> bool {
        self.budget.is_none_or(|budget| elapsed + self.groups[&group].per_block() < budget)
    }

    /// The budget that this many blocks of every group take, estimated from the blocks of this process.
    #[must_use]
    pub fn least_budget(&self, blocks: u32) -> Duration {
        let (took, timed) = self
            .groups
            .values()
            .fold((Duration::ZERO, 0), |(took, timed), progress| (took + progress.took, timed + progress.timed));
        let needed: u32 =
            self.groups.values().map(|progress| blocks.saturating_sub(progress.blocks - progress.timed)).sum();
        took / timed.max(1) * needed
    }

    /// The longest time that the rest can take, estimated from the blocks of this process: every group up to `last` blocks,
    /// or the budget. `None` while nothing is known of a group that is still to be measured.
    #[must_use]
    pub fn longest_left(&self, last: u32, elapsed: Duration) -> Option<Duration> {
        let open = self.groups.values().filter(|progress| progress.towards.is_some());
        let of = |progress: &GroupProgress| (progress.timed > 0).then(|| progress.up_to(last));
        let all: Option<Duration> = open.map(of).sum();
        let within = self.budget.map(|budget| budget.saturating_sub(elapsed));
        match (all, within) {
            (Some(all), Some(within)) => Some(all.min(within)),
            (all, within) => all.or(within),
        }
    }

    /// Blocks measured of a group; the next one has this number.
    #[must_use]
    pub fn blocks(&self, group: Group) -> u32 {
        self.groups[&group].blocks
    }

    fn progress(&mut self, group: Group) -> &mut GroupProgress {
        // Callers only name groups that they got from the scheduler.
        self.groups.get_mut(&group).expect("a group of this plan")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Preset;
    use crate::progress::Countdown;

    const A: Group = Group { stratum: 0, kernel: 0, input: 0 };
    const B: Group = Group { stratum: 0, kernel: 1, input: 0 };
    const SECOND: Duration = Duration::from_secs(1);

    /// Measures every group that is due until all is done. `half_widths` by group and blocks; 1 % is enough.
    fn drive(scheduler: &mut Scheduler<'_>, half_width: impl Fn(Group, u32) -> f64) -> (Duration, Vec<(Group, u32)>) {
        let (mut elapsed, mut looks) = (Duration::ZERO, Vec::new());
        loop {
            scheduler.keep_to_budget(elapsed);
            let due = scheduler.due();
            if due.is_empty() {
                return (elapsed, looks);
            }
            for group in due {
                if !scheduler.has_time(group, elapsed) {
                    scheduler.finish(group);
                    continue;
                }
                scheduler.measured(group, SECOND);
                elapsed += SECOND;
            }
            for group in scheduler.looks_due() {
                let (blocks, half) = (scheduler.blocks(group), half_width(group, scheduler.blocks(group)));
                looks.push((group, blocks));
                if half <= 0.01 { scheduler.finish(group) } else { scheduler.go_on(group, half) }
            }
        }
    }

    #[test]
    fn a_group_ends_at_the_look_that_tells_enough_and_the_others_go_on() {
        let schedule = Preset::Standard.schedule(None);
        let mut scheduler = Scheduler::new(&schedule, None, [(A, 0), (B, 0)]);
        let (elapsed, looks) = drive(&mut scheduler, |group, _| if group == A { 0.005 } else { 0.5 });
        assert_eq!(looks, [(A, 6), (B, 6), (B, 10), (B, 15), (B, 20)]);
        assert_eq!(elapsed, SECOND * 26);
    }

    #[test]
    fn a_budget_is_kept_and_goes_to_the_widest_interval() {
        let schedule = Preset::Standard.schedule(None);
        let mut scheduler = Scheduler::new(&schedule, Some(SECOND * 18), [(A, 0), (B, 0)]);
        let (elapsed, looks) = drive(&mut scheduler, |group, _| if group == A { 0.02 } else { 0.5 });
        assert_eq!(looks, [(A, 6), (B, 6), (B, 10)]);
        assert!(elapsed <= SECOND * 18);
    }

    #[test]
    fn a_budget_too_short_for_the_first_look_is_shared_evenly() {
        let schedule = Preset::Quick.schedule(None);
        let mut scheduler = Scheduler::new(&schedule, Some(SECOND * 7), [(A, 0), (B, 0)]);
        let (elapsed, looks) = drive(&mut scheduler, |_, _| 0.5);
        assert_eq!((elapsed, looks), (SECOND * 6, vec![]));
        assert_eq!((scheduler.blocks(A), scheduler.blocks(B)), (3, 3));
    }

    #[test]
    fn the_budget_that_would_have_done_follows_from_the_blocks_there_are() {
        let schedule = Preset::Quick.schedule(None);
        let mut scheduler = Scheduler::new(&schedule, Some(SECOND * 2), [(A, 0), (B, 1)]);
        assert_eq!(scheduler.least_budget(2), Duration::ZERO);
        scheduler.measured(A, SECOND * 3);
        assert_eq!(scheduler.least_budget(2), SECOND * 9);
    }

    /// What is shown of the time left after every block of every group, when each group takes as long as `took` says.
    fn shown(budget: Option<Duration>, took: impl Fn(Group, u32) -> Duration) -> Vec<Option<Duration>> {
        let schedule = Preset::Quick.schedule(None);
        let mut scheduler = Scheduler::new(&schedule, budget, [(A, 0), (B, 0)]);
        let (mut countdown, mut elapsed, mut shown) = (Countdown::default(), Duration::ZERO, Vec::new());
        for block in 0..schedule.most_blocks() {
            for group in [A, B] {
                let took = took(group, block);
                elapsed += took;
                scheduler.measured(group, took);
                shown.push(countdown.shown(scheduler.longest_left(schedule.most_blocks(), elapsed)));
            }
        }
        shown
    }

    #[test]
    fn the_time_left_is_not_guessed_from_a_part_of_the_groups() {
        let fast_then_slow = |group, _| if group == A { SECOND } else { SECOND * 60 };
        let left = shown(None, fast_then_slow);
        assert_eq!(left[..2], [None, Some(SECOND * 305)], "nothing is known of B before its first block");
        assert!(left[1..].is_sorted_by(|before, after| before >= after), "{left:?}");
        assert_eq!(left.last(), Some(&Some(Duration::ZERO)));
        assert_eq!(shown(Some(SECOND * 100), fast_then_slow)[0], Some(SECOND * 99), "a budget bounds what is unknown");
    }

    #[test]
    fn the_time_left_does_not_climb_by_more_than_a_fifth() {
        let left = shown(None, |_, block| if block < 2 { SECOND } else { SECOND * 10 });
        assert!(left.iter().skip(2).any(Option::is_none), "slower blocks make it be estimated anew: {left:?}");
        let mut lowest = None;
        for left in left {
            if let (Some(lowest), Some(left)) = (lowest, left) {
                assert!(left <= lowest * 6 / 5);
            }
            lowest = left.map(|left| lowest.map_or(left, |lowest: Duration| lowest.min(left)));
        }
    }

    #[test]
    fn blocks_of_an_earlier_run_count() {
        let schedule = Preset::Standard.schedule(None);
        let mut scheduler = Scheduler::new(&schedule, None, [(A, 6), (B, 8)]);
        assert_eq!(scheduler.looks_due(), [A]);
        scheduler.go_on(A, 0.5);
        let (elapsed, looks) = drive(&mut scheduler, |_, _| 0.001);
        assert_eq!((elapsed, looks), (SECOND * 6, vec![(B, 10), (A, 10)]));
        assert!(Scheduler::new(&schedule, None, [(A, 21)]).due().is_empty());
    }
}
