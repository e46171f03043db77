//! Cuts a profile to a span of time, and joins several profiles.

use std::collections::HashMap;

use crate::sampling::cpuprofile::{CallFrame, CpuProfile, ProfileNode};

/// A sample with its place in time, in microseconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TimedSample {
    /// When it was taken.
    pub at_us: f64,
    /// Until the next one was.
    pub lasts_us: f64,
    /// The node's number.
    pub node: u64,
}

/// The samples of a profile in order of time; browsers write some out of order. The last one lasts until the end.
#[must_use]
pub fn samples(profile: &CpuProfile) -> Vec<TimedSample> {
    let mut now = profile.start_time;
    let timed = profile.samples.iter().zip(&profile.time_deltas).map(|(node, delta)| {
        now += delta;
        TimedSample { at_us: now, lasts_us: 0.0, node: *node }
    });
    let mut samples: Vec<TimedSample> = timed.filter(|sample| sample.at_us.is_finite()).collect();
    samples.sort_by(|a, b| a.at_us.total_cmp(&b.at_us));
    for at in 0..samples.len() {
        let end = samples.get(at + 1).map_or(profile.end_time.max(samples[at].at_us), |next| next.at_us);
        samples[at].lasts_us = end - samples[at].at_us;
    }
    samples
}

/// The profile between two times.
#[must_use]
pub fn between(profile: &CpuProfile, from_us: f64, until_us: f64) -> CpuProfile {
    let within = samples(profile).into_iter().filter_map(|sample| {
        let begin = sample.at_us.max(from_us);
        let end = (sample.at_us + sample.lasts_us).min(until_us);
        (end > begin).then_some(TimedSample { at_us: begin, lasts_us: end - begin, node: sample.node })
    });
    let within: Vec<TimedSample> = within.collect();
    let mut hits: HashMap<u64, u64> = HashMap::new();
    for sample in &within {
        *hits.entry(sample.node).or_default() += 1;
    }
    let nodes = profile.nodes.iter().cloned().map(|node| {
        let hit_count = hits.get(&node.id).copied().unwrap_or(0);
        ProfileNode { hit_count, ..node }
    });
    let end_time = within.last().map_or(from_us, |last| last.at_us + last.lasts_us);
    let mut before = from_us;
    let time_deltas = within.iter().map(|sample| sample.at_us - std::mem::replace(&mut before, sample.at_us));
    CpuProfile {
        time_deltas: time_deltas.collect(),
        nodes: nodes.collect(),
        start_time: from_us,
        end_time,
        samples: within.iter().map(|sample| sample.node).collect(),
    }
}

/// Joins profiles one after the other, without gaps, in one call tree.
#[must_use]
pub fn joined(profiles: &[CpuProfile]) -> CpuProfile {
    let mut whole = JoinedProfile::default();
    let begin = profiles.first().map_or(0.0, |first| first.start_time);
    let mut before = begin;
    let mut joined = CpuProfile { start_time: begin, end_time: begin, ..CpuProfile::default() };
    for profile in profiles {
        let shift = joined.end_time - profile.start_time;
        let numbers = whole.add(profile);
        for sample in samples(profile).iter().filter(|sample| numbers.contains_key(&sample.node)) {
            joined.samples.push(numbers[&sample.node]);
            let now = sample.at_us + shift;
            joined.time_deltas.push(now - std::mem::replace(&mut before, now));
        }
        joined.end_time = (profile.end_time + shift).max(joined.end_time);
    }
    joined.nodes = whole.nodes;
    joined
}

/// Joined call trees.
#[derive(Default)]
struct JoinedProfile {
    nodes: Vec<ProfileNode>,
    places: HashMap<(Option<usize>, CallFrame), usize>,
}

impl JoinedProfile {
    /// Adds the nodes of a profile. Returns their new numbers, by their old ones.
    fn add(&mut self, profile: &CpuProfile) -> HashMap<u64, u64> {
        let by_id: HashMap<u64, &ProfileNode> = profile.nodes.iter().map(|node| (node.id, node)).collect();
        let callers = callers(profile);
        let roots = profile.nodes.iter().filter(|node| !callers.contains_key(&node.id));
        let mut open: Vec<(&ProfileNode, Option<usize>)> = roots.map(|node| (node, None)).collect();
        let mut places: HashMap<u64, usize> = HashMap::new();
        while let Some((node, parent)) = open.pop() {
            let place = self.place(parent, node);
            // A node that two name as theirs is that of the first.
            if places.insert(node.id, place).is_none() {
                open.extend(node.children.iter().filter_map(|id| Some((*by_id.get(id)?, Some(place)))));
            }
        }
        places.into_iter().map(|(id, place)| (id, self.nodes[place].id)).collect()
    }

    fn place(&mut self, parent: Option<usize>, node: &ProfileNode) -> usize {
        // Scripts are numbered anew in every page.
        let call_frame = CallFrame { script_id: "0".to_owned(), ..node.call_frame.clone() };
        let nodes = &mut self.nodes;
        let place = *self.places.entry((parent, call_frame.clone())).or_insert_with(|| {
            let id = nodes.len() as u64 + 1;
            nodes.push(ProfileNode { id, call_frame, ..ProfileNode::default() });
            if let Some(parent) = parent {
                nodes[parent].children.push(id);
            }
            nodes.len() - 1
        });
        nodes[place].hit_count += node.hit_count;
        for tick in &node.position_ticks {
            match nodes[place].position_ticks.iter_mut().find(|known| known.line == tick.line) {
                Some(known) => known.ticks += tick.ticks,
                None => nodes[place].position_ticks.push(*tick),
            }
        }
        place
    }
}

/// Callers: the number of each node's caller, by the node's number.
#[must_use]
pub fn callers(profile: &CpuProfile) -> HashMap<u64, u64> {
    let callees = |node: &ProfileNode| node.children.iter().map(|child| (*child, node.id)).collect::<Vec<_>>();
    profile.nodes.iter().flat_map(callees).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(id: u64, name: &str, children: &[u64]) -> ProfileNode {
        let call_frame =
            CallFrame { function_name: name.to_owned(), script_id: id.to_string(), ..CallFrame::default() };
        ProfileNode { id, call_frame, hit_count: 1, children: children.to_vec(), ..ProfileNode::default() }
    }

    /// `run` for 10 µs, `hash` for 30, `run` for 60.
    fn profile() -> CpuProfile {
        CpuProfile {
            nodes: vec![node(1, "(root)", &[2]), node(2, "run", &[3]), node(3, "hash", &[])],
            start_time: 1000.0,
            end_time: 1110.0,
            samples: vec![2, 3, 2],
            time_deltas: vec![10.0, 10.0, 30.0],
        }
    }

    #[test]
    fn a_sample_lasts_until_the_next_and_the_last_until_the_end() {
        let lasts: Vec<_> = samples(&profile()).iter().map(|sample| (sample.node, sample.lasts_us)).collect();
        assert_eq!(lasts, [(2, 10.0), (3, 30.0), (2, 60.0)]);
        let out_of_order = CpuProfile { samples: vec![3, 2, 2], time_deltas: vec![20.0, -10.0, 40.0], ..profile() };
        assert_eq!(samples(&out_of_order), samples(&profile()));
    }

    #[test]
    fn what_is_outside_is_cut_off() {
        let part = between(&profile(), 1015.0, 1060.0);
        assert_eq!((part.start_time, part.end_time), (1015.0, 1060.0));
        let lasts: Vec<_> = samples(&part).iter().map(|sample| (sample.at_us, sample.lasts_us)).collect();
        assert_eq!(lasts, [(1015.0, 5.0), (1020.0, 30.0), (1050.0, 10.0)]);
        assert_eq!(part.time_deltas, [0.0, 5.0, 30.0]);
        assert_eq!(part.nodes.iter().map(|node| node.hit_count).collect::<Vec<_>>(), [0, 2, 1]);
        assert_eq!(between(&profile(), 2000.0, 3000.0).samples.len(), 0);
    }

    #[test]
    fn profiles_are_put_one_after_the_other_in_one_tree() {
        let first = between(&profile(), 1010.0, 1110.0);
        let second = CpuProfile {
            nodes: vec![node(7, "(root)", &[8]), node(8, "run", &[9]), node(9, "other", &[])],
            start_time: 50_000.0,
            end_time: 50_020.0,
            samples: vec![9],
            time_deltas: vec![0.0],
        };
        let whole = joined(&[first, second]);
        let names: Vec<_> = whole.nodes.iter().map(|node| node.call_frame.function_name.as_str()).collect();
        assert_eq!(names, ["(root)", "run", "hash", "other"], "a caller that both have is one");
        assert_eq!((whole.start_time, whole.end_time), (1010.0, 1130.0));
        let lasts: Vec<_> = samples(&whole).iter().map(|sample| sample.lasts_us).collect();
        assert_eq!(lasts, [10.0, 30.0, 60.0, 20.0]);
        assert_eq!(joined(&[]).samples.len(), 0);
    }
}
