//! Machines, remote runtimes and shards in words.

use super::units;
use crate::run::{Machine, Shards, Through};

/// `AMD EPYC 7B13, 2 logical cores, 8.3 GB of memory`.
#[must_use]
pub fn machine(machine: &Machine) -> String {
    let cores =
        if machine.cores == 1 { "1 logical core".to_owned() } else { format!("{} logical cores", machine.cores) };
    let memory = machine.memory_bytes.map(|bytes| format!(", {} of memory", units::bytes(bytes))).unwrap_or_default();
    format!("{}, {cores}{memory}", machine.cpu)
}

/// `AMD EPYC 7B13 (2 cores, Debian GNU/Linux 12)`.
#[must_use]
pub fn in_brief(machine: &Machine) -> String {
    format!("{} ({} cores, {})", machine.cpu, machine.cores, machine.os)
}

/// The same without brackets, for a line of many parts: `AMD EPYC 7B13, 2 cores, Debian GNU/Linux 12`.
#[must_use]
pub fn in_a_row(machine: &Machine) -> String {
    format!("{}, {} cores, {}", machine.cpu, machine.cores, machine.os)
}

/// How a runtime was reached, and what that means for its figures.
#[must_use]
pub fn through(Through { address, tunnel }: &Through) -> String {
    let fetched = match tunnel {
        true => "Its files came through a tunnel, which adds to the phase fetch and so to every start.",
        false => "Its files came directly from the address of this machine, without a tunnel.",
    };
    format!(
        "Started by {address}. {fetched} Its pages were not held to one core, and the load of its machine is not known."
    )
}

/// Which part of a plan this is.
#[must_use]
pub fn of_a_part(shards: &Shards) -> String {
    let others: Vec<String> = shards.missing().iter().map(u32::to_string).collect();
    let missing = match others.as_slice() {
        [] => return format!("This is {}", shards.words()),
        [one] => format!("shard {one}"),
        [first @ .., last] => format!("shards {} and {last}", first.join(", ")),
    };
    format!("This is {} of a plan, without what {missing} would measure", shards.words())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::PlannedKernel;

    #[test]
    fn a_part_names_what_is_missing() {
        let plan = ["a", "b"].map(|name| PlannedKernel {
            name: name.to_owned(),
            inputs: vec![String::new(); 2],
            contenders: Vec::new(),
        });
        let part = |numbers: &[u32], of| of_a_part(&Shards { numbers: numbers.to_vec(), of, plan: plan.to_vec() });
        assert_eq!(part(&[2], 3), "This is shard 2 of 3 of a plan, without what shards 1 and 3 would measure");
        assert_eq!(part(&[1, 3], 3), "This is shards 1 and 3 of 3 of a plan, without what shard 2 would measure");
        // Four pairs of kernel and input: the fifth shard has none.
        assert_eq!(part(&[1, 2, 3, 4], 5), "This is shards 1, 2, 3 and 4 of 5");
    }
}
