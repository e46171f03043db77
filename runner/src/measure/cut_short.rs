//! What a budget turned out to be too short for. Pure.

use std::time::Duration;

use crate::plan::{FEWEST_BLOCKS, Group, whole_seconds};
use crate::prepare::Prepared;

/// Groups that have too few blocks for a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CutShort {
    /// Each, with the blocks that it has.
    groups: Vec<(Group, u32)>,
    /// What all groups would have needed, estimated from the measured blocks.
    needed: Duration,
}

impl CutShort {
    /// `None` where every group has enough.
    pub(super) fn of(groups: Vec<(Group, u32)>, needed: Duration) -> Option<Self> {
        (!groups.is_empty()).then_some(Self { groups, needed })
    }

    /// Names the groups, and a budget that would be enough.
    #[must_use]
    pub fn words(&self, prepared: &Prepared) -> String {
        let name = |(group, blocks): &(Group, u32)| {
            let group = &prepared[group];
            let has = match blocks {
                0 => "not measured".to_owned(),
                1 => "1 block".to_owned(),
                blocks => format!("{blocks} blocks"),
            };
            format!("{} {} ({has})", group.kernel, group.input)
        };
        format!(
            "the budget was over before these had {FEWEST_BLOCKS} blocks, and nothing follows from fewer: {}; help: give about --budget {}s",
            self.groups.iter().map(name).collect::<Vec<_>>().join(", "),
            whole_seconds(self.needed).max(1)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prepare::PreparedGroup;

    #[test]
    fn what_is_left_out_is_named_with_what_would_do() {
        let groups = [0, 1].map(|input| Group { stratum: 0, kernel: 0, input });
        let prepared: Prepared = groups.map(|group| (group, PreparedGroup::example(&["js", "wasm"]))).into();
        let cut_short = CutShort::of(vec![(groups[0], 1), (groups[1], 0)], Duration::from_millis(7200)).unwrap();
        assert_eq!(
            cut_short.words(&prepared),
            "the budget was over before these had 2 blocks, and nothing follows from fewer: kernel input (1 block), kernel \
             input (not measured); help: give about --budget 8s"
        );
        assert_eq!(CutShort::of(Vec::new(), Duration::ZERO), None);
    }
}
