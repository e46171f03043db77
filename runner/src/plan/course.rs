//! Which groups the next block measures: those that a look has not found enough of, as far as time allows. Pure.
//!
//! A group goes on from look to look: what is begun is measured up to the next look, so that every comparison is made
//! at a look that its confidence was planned for.

use std::collections::BTreeMap;
use std::time::Duration;

use crossover_reports::run::Schedule;

use super::Group;

/// How far every group is.
#[derive(Debug)]
pub struct Course<'a> {
    schedule: &'a Schedule,
    budget: Option<Duration>,
    lanes: BTreeMap<Group, Lane>,
}

#[derive(Debug, Clone, Copy)]
struct Lane {
    /// Blocks measured.
    blocks: u32,
    /// The look that it is on its way to; `None` when it is done.
    towards: Option<u32>,
    /// How far its widest interval reaches from its middle, relative.
    half_width: f64,
    /// Time that the blocks of this session took.
    took: Duration,
    /// Blocks of this session.
    timed: u32,
}

impl Lane {
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

impl<'a> Course<'a> {
    /// At the start. The groups come with the blocks that an earlier session has measured of them.
    #[must_use]
    pub fn new(
        schedule: &'a Schedule,
        budget: Option<Duration>,
        groups: impl IntoIterator<Item = (Group, u32)>,
    ) -> Self {
        let lane = |blocks| Lane {
            blocks,
            // A group that is at a look already is looked at before anything is measured.
            towards: schedule.looks.iter().copied().find(|look| *look >= blocks),
            half_width: f64::INFINITY,
            took: Duration::ZERO,
            timed: 0,
        };
        let lanes = groups.into_iter().map(|(group, blocks)| (group, lane(blocks))).collect();
        Self { schedule, budget, lanes }
    }

    /// Groups whose blocks are all measured up to a look that was not taken yet.
    #[must_use]
    pub fn looks_due(&self) -> Vec<Group> {
        self.lanes.iter().filter(|(_, lane)| lane.is_at_look()).map(|(group, _)| *group).collect()
    }

    /// The groups that the next block measures; none when all is done.
    #[must_use]
    pub fn due(&self) -> Vec<Group> {
        self.lanes.iter().filter(|(_, lane)| lane.towards.is_some()).map(|(group, _)| *group).collect()
    }

    /// The look told enough of this group, or nothing can be measured of it any more.
    pub fn finish(&mut self, group: Group) {
        self.lane(group).towards = None;
    }

    /// The look did not tell enough: there it ends if this was the last look, else it wants to go on to the next.
    pub fn go_on(&mut self, group: Group, half_width: f64) {
        let blocks = self.lanes[&group].blocks;
        let towards = self.schedule.next_look(blocks);
        let lane = self.lane(group);
        lane.towards = towards;
        lane.half_width = half_width;
    }

    /// A block of this group was measured in this time.
    pub fn measured(&mut self, group: Group, took: Duration) {
        let lane = self.lane(group);
        lane.blocks += 1;
        lane.took += took;
        lane.timed += 1;
    }

    /// Ends the groups that can't reach their next look in the time that is left, the narrowest intervals first. Called
    /// between blocks. Before its first look a group is never ended so: some blocks tell more than none.
    pub fn keep_to_budget(&mut self, elapsed: Duration) {
        let Some(budget) = self.budget else { return };
        let mut left = budget.saturating_sub(elapsed);
        let first = self.schedule.looks.first().copied().unwrap_or_default();
        let mut open: Vec<_> = self.lanes.iter_mut().filter(|(_, lane)| lane.towards.is_some()).collect();
        open.sort_by(|(_, a), (_, b)| {
            let is_begun = |lane: &Lane| lane.blocks < first;
            is_begun(b).cmp(&is_begun(a)).then(b.half_width.total_cmp(&a.half_width))
        });
        for (_, lane) in open {
            let needs = lane.towards.map_or(Duration::ZERO, |look| lane.up_to(look));
            match left.checked_sub(needs) {
                Some(rest) => left = rest,
                None if lane.blocks < first => left = Duration::ZERO,
                None => lane.towards = None,
            }
        }
    }

    /// Whether there is time for one more block of this group.
    #[must_use]
    pub fn has_time(&self, group: Group, elapsed: Duration) -> bool {
        self.budget.is_none_or(|budget| elapsed + self.lanes[&group].per_block() < budget)
    }

    /// The budget that so many blocks of every group take, judging by the blocks of this session.
    #[must_use]
    pub fn least_budget(&self, blocks: u32) -> Duration {
        let (took, timed) =
            self.lanes.values().fold((Duration::ZERO, 0), |(took, timed), lane| (took + lane.took, timed + lane.timed));
        let needed: u32 = self.lanes.values().map(|lane| blocks.saturating_sub(lane.blocks - lane.timed)).sum();
        took / timed.max(1) * needed
    }

    /// The longest that the rest can take, judging by the blocks so far: every group to its last look, or the budget.
    #[must_use]
    pub fn longest_left(&self, elapsed: Duration) -> Duration {
        let open = self.lanes.values().filter(|lane| lane.towards.is_some());
        let all: Duration = open.map(|lane| lane.up_to(self.schedule.most_blocks())).sum();
        self.budget.map_or(all, |budget| all.min(budget.saturating_sub(elapsed)))
    }

    /// Blocks measured of a group; the next one has this number.
    #[must_use]
    pub fn blocks(&self, group: Group) -> u32 {
        self.lanes[&group].blocks
    }

    fn lane(&mut self, group: Group) -> &mut Lane {
        // Callers only name groups that they got from the course.
        self.lanes.get_mut(&group).expect("a group of this course")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Preset;

    const A: Group = Group { stratum: 0, kernel: 0, input: 0 };
    const B: Group = Group { stratum: 0, kernel: 1, input: 0 };
    const SECOND: Duration = Duration::from_secs(1);

    /// Measures every group that is due until all is done. `half_widths` by group and blocks; 1 % is enough.
    fn drive(course: &mut Course<'_>, half_width: impl Fn(Group, u32) -> f64) -> (Duration, Vec<(Group, u32)>) {
        let (mut elapsed, mut looks) = (Duration::ZERO, Vec::new());
        loop {
            course.keep_to_budget(elapsed);
            let due = course.due();
            if due.is_empty() {
                return (elapsed, looks);
            }
            for group in due {
                if !course.has_time(group, elapsed) {
                    course.finish(group);
                    continue;
                }
                course.measured(group, SECOND);
                elapsed += SECOND;
            }
            for group in course.looks_due() {
                let (blocks, half) = (course.blocks(group), half_width(group, course.blocks(group)));
                looks.push((group, blocks));
                if half <= 0.01 { course.finish(group) } else { course.go_on(group, half) }
            }
        }
    }

    #[test]
    fn a_group_ends_at_the_look_that_tells_enough_and_the_others_go_on() {
        let schedule = Preset::Standard.schedule(None);
        let mut course = Course::new(&schedule, None, [(A, 0), (B, 0)]);
        let (elapsed, looks) = drive(&mut course, |group, _| if group == A { 0.005 } else { 0.5 });
        assert_eq!(looks, [(A, 6), (B, 6), (B, 10), (B, 15), (B, 20)]);
        assert_eq!(elapsed, SECOND * 26);
    }

    #[test]
    fn a_budget_is_kept_and_goes_to_the_widest_interval() {
        let schedule = Preset::Standard.schedule(None);
        let mut course = Course::new(&schedule, Some(SECOND * 18), [(A, 0), (B, 0)]);
        let (elapsed, looks) = drive(&mut course, |group, _| if group == A { 0.02 } else { 0.5 });
        assert_eq!(looks, [(A, 6), (B, 6), (B, 10)]);
        assert!(elapsed <= SECOND * 18);
    }

    #[test]
    fn a_budget_too_short_for_the_first_look_is_shared_evenly() {
        let schedule = Preset::Quick.schedule(None);
        let mut course = Course::new(&schedule, Some(SECOND * 7), [(A, 0), (B, 0)]);
        let (elapsed, looks) = drive(&mut course, |_, _| 0.5);
        assert_eq!((elapsed, looks), (SECOND * 6, vec![]));
        assert_eq!((course.blocks(A), course.blocks(B)), (3, 3));
    }

    #[test]
    fn the_budget_that_would_have_done_follows_from_the_blocks_there_are() {
        let schedule = Preset::Quick.schedule(None);
        let mut course = Course::new(&schedule, Some(SECOND * 2), [(A, 0), (B, 1)]);
        assert_eq!(course.least_budget(2), Duration::ZERO);
        course.measured(A, SECOND * 3);
        assert_eq!(course.least_budget(2), SECOND * 9);
    }

    #[test]
    fn an_earlier_session_counts() {
        let schedule = Preset::Standard.schedule(None);
        let mut course = Course::new(&schedule, None, [(A, 6), (B, 8)]);
        assert_eq!(course.looks_due(), [A]);
        course.go_on(A, 0.5);
        let (elapsed, looks) = drive(&mut course, |_, _| 0.001);
        assert_eq!((elapsed, looks), (SECOND * 6, vec![(B, 10), (A, 10)]));
        assert!(Course::new(&schedule, None, [(A, 21)]).due().is_empty());
    }
}
