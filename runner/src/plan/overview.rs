//! A plan as a table: its kernels, and about how long each takes.

use crossover_reports::report::wording::printable;

use super::least_time::counted;
use super::listing::left_out;
use super::{Plan, PlannedKernel};
use crate::suite::{Extra, Kernel};
use crate::wrap::wrapped;

/// The narrowest column of contenders; lines get longer rather than narrower ones.
const NARROWEST: usize = 16;
/// Spaces between columns.
const GAP: &str = "  ";

/// What a kernel's row says.
struct OverviewRow {
    kernel: String,
    inputs: String,
    contenders: Vec<String>,
    needs: String,
    time: String,
}

impl Plan {
    /// The kernels in a table of at most so many columns, where names allow it. Of the kernels that were `asked` for, those that
    /// do not run are named below.
    #[must_use]
    pub fn overview(&self, asked: &[&Kernel], columns: usize) -> String {
        if let Some(shards) = self.shards.as_ref().filter(|_| self.kernels.is_empty()) {
            return format!("{} has nothing to measure\n", shards.words());
        }
        let rows: Vec<OverviewRow> = self.kernels.iter().map(|planned| self.row(planned)).collect();
        let contenders: usize = self.kernels.iter().map(|planned| planned.contenders.len()).sum();
        let (time, preset) = (self.estimate().words(), self.preset.name());
        let all = format!(
            "{}, {}: about {time} at preset {preset}, once they are built.",
            counted(self.kernels.len(), "kernel"),
            counted(contenders, "contender")
        );
        let shard = self.shards.as_ref().map(|shards| format!("This is {} of the plan.", shards.words()));
        let has_needs = rows.iter().any(|row| !row.needs.is_empty());
        let needs = has_needs.then(|| "`crossover doctor` shows which of these needs are met here.".to_owned());
        let plan = "`crossover list --plan` shows the inputs, and the order of all blocks.".to_owned();
        let below = [Some(all), shard, needs, left_out(self, asked), Some(plan)];
        let below = below.into_iter().flatten().map(|sentence| wrapped("", &sentence, columns));
        table(&rows, columns) + "\n" + &below.collect::<String>()
    }

    fn row(&self, planned: &PlannedKernel) -> OverviewRow {
        let mut needs: Vec<Extra> = planned.contenders.iter().flat_map(|contender| contender.needs.clone()).collect();
        needs.sort_unstable();
        needs.dedup();
        OverviewRow {
            kernel: printable(&planned.kernel.name),
            inputs: planned.inputs.len().to_string(),
            contenders: planned.contenders.iter().map(|contender| printable(&contender.name)).collect(),
            needs: needs.into_iter().map(Extra::name).collect::<Vec<_>>().join(", "),
            time: self.estimate_of(planned).words(),
        }
    }
}

/// The rows below their headings. Contenders take the space that the others leave, in as many lines as they need.
fn table(rows: &[OverviewRow], columns: usize) -> String {
    let widest = |heading: &str, of: &dyn Fn(&OverviewRow) -> usize| {
        rows.iter().map(of).chain([heading.len()]).max().unwrap_or_default()
    };
    let kernel = widest("KERNEL", &|row| width(&row.kernel));
    let inputs = widest("INPUTS", &|row| width(&row.inputs));
    let needs = if rows.iter().all(|row| row.needs.is_empty()) { 0 } else { widest("NEEDS", &|row| width(&row.needs)) };
    let time = widest("ABOUT", &|row| width(&row.time));
    let others = kernel + inputs + time + if needs > 0 { needs + GAP.len() } else { 0 } + 3 * GAP.len();
    let contenders = columns.saturating_sub(others).max(NARROWEST);
    let mut text = String::new();
    let mut line = |cells: [&str; 5]| {
        let [first, second, third, fourth, last] = cells;
        let mut line =
            format!("{}{GAP}{second:>inputs$}{GAP}{}{GAP}", padded(first, kernel), padded(third, contenders));
        if needs > 0 {
            line += &format!("{}{GAP}", padded(fourth, needs));
        }
        line += &format!("{}{last}", " ".repeat(time - width(last)));
        text += &format!("{}\n", line.trim_end());
    };
    line(["KERNEL", "INPUTS", "CONTENDERS", "NEEDS", "ABOUT"]);
    for row in rows {
        let mut lines = lines_of(&row.contenders, contenders).into_iter();
        line([&row.kernel, &row.inputs, &lines.next().unwrap_or_default(), &row.needs, &row.time]);
        lines.for_each(|rest| line(["", "", &rest, "", ""]));
    }
    text
}

/// The names with commas between them, in lines of at most this width.
fn lines_of(names: &[String], most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for (at, name) in names.iter().enumerate() {
        let name = if at + 1 < names.len() { format!("{name},") } else { name.clone() };
        match lines.last_mut() {
            Some(line) if width(line) + 1 + width(&name) <= most => *line += &format!(" {name}"),
            _ => lines.push(name),
        }
    }
    lines
}

fn padded(text: &str, to: usize) -> String {
    format!("{text}{}", " ".repeat(to.saturating_sub(width(text))))
}

fn width(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(kernel: &str, contenders: &[&str], needs: &str) -> OverviewRow {
        OverviewRow {
            kernel: kernel.to_owned(),
            inputs: "3".to_owned(),
            contenders: contenders.iter().map(|&name| name.to_owned()).collect(),
            needs: needs.to_owned(),
            time: "2–7 min".to_owned(),
        }
    }

    #[test]
    fn contenders_take_as_many_lines_as_they_need() {
        let rows = [
            row("zstd", &["js", "wasm", "wasm-simd", "wasm-ruzstd", "wasm-c"], "clang"),
            row("boundary-bytes", &["js", "wasm"], ""),
        ];
        let expected = "\
KERNEL          INPUTS  CONTENDERS        NEEDS    ABOUT
zstd                 3  js, wasm,         clang  2–7 min
                        wasm-simd,
                        wasm-ruzstd,
                        wasm-c
boundary-bytes       3  js, wasm                 2–7 min
";
        assert_eq!(table(&rows, 56), expected);
        assert!(table(&rows, 80).lines().all(|line| width(line) <= 80));
    }

    #[test]
    fn there_is_no_column_of_needs_where_nothing_is_needed() {
        assert_eq!(
            table(&[row("sum", &["js", "wasm"], "")], 50),
            "KERNEL  INPUTS  CONTENDERS                   ABOUT\nsum          3  js, wasm                   2–7 min\n"
        );
    }
}
