//! Where the figures come from, how they were made, and what they cannot say.

use maud::{Markup, html};

use super::figure;
use crate::report::{Report, place, units, words};
use crate::run::{Goal, Schedule};

/// Machine, browsers, tools, schedule, inputs.
pub fn section(report: &Report) -> Markup {
    let run = &report.run;
    let is_apart = run.browsers.iter().any(|browser| browser.machine.is_some());
    let tools = [
        ("rustc", &run.toolchain.rustc),
        ("wasm-bindgen", &run.toolchain.wasm_bindgen),
        ("binaryen", &run.toolchain.binaryen),
        ("esbuild", &run.toolchain.esbuild),
    ];
    html! {
        section.kernel #environment aria-labelledby="environment-title" {
            h2 #environment-title { "Environment" }
            dl.facts {
                @if let Some(shards) = &run.shards { (fact("Part", html! { (place::of_a_part(shards)) "." })) }
                @if !is_apart {
                    (fact("Machine", html! { (place::machine(&run.machine)) }))
                    (fact("System", html! { (run.machine.os) ", " (run.machine.arch) }))
                }
                @for browser in &run.browsers {
                    (fact("Browser", html! {
                        (browser.name) " " (browser.version) ", "
                        @if browser.cross_origin_isolated { "cross-origin isolated" } @else { "not cross-origin isolated: its clock is coarse" }
                        @if let Some(quantum) = browser.timer_quantum_ns { ", clock in steps of " (units::time(quantum)) }
                        @if !browser.emulation.is_none() { "; " b { "emulated" } ": " (browser.emulation) }
                        @if is_apart { @let machine = browser.machine.as_ref().unwrap_or(&run.machine); br; "on " (place::machine(machine)) "; " (machine.os) ", " (machine.arch) }
                        @if let Some(through) = &browser.through { br; (place::through(through)) }
                        @if !browser.flags.is_empty() { br; code { (browser.flags.join(" ")) } }
                    }))
                }
                @for (name, version) in tools {
                    @if let Some(version) = version { (fact(name, html! { (version) })) }
                }
                (fact("crossover", html! { (run.tool_version) }))
                (fact("Revision", html! { code { (run.git_revision.as_deref().unwrap_or("not known")) } }))
                (fact("Run", html! { code { (run.id) } ", started " (run.started_at) }))
                @if let Some(noise) = &run.noise { (fact("Noise", html! { (noise.sentence()) })) }
                (fact("Seed", html! { code { (run.seed) } }))
                (fact("Schedule", html! {
                    "preset " (run.schedule.preset) ": at most " (run.schedule.most_blocks()) " blocks, at most "
                    (run.schedule.rounds) " rounds and " (starts(&run.schedule)) " in each; "
                    @if run.schedule.sessions > 0 { (run.schedule.sessions) " sessions of every contender before that; " }
                    (stopping(&run.schedule))
                }))
                @if let Some(calibration) = &run.calibration {
                    (fact("Calibration", html! { (words::calibration(calibration)) "." }))
                }
            }
            @if !report.kernels.is_empty() { (inputs(report)) }
        }
    }
}

fn fact(name: &str, value: Markup) -> Markup {
    html! { div { dt { (name) } dd { (value) } } }
}

fn inputs(report: &Report) -> Markup {
    figure::table(
        "environment",
        "inputs",
        "Inputs",
        html! {
            thead { tr { th scope="col" { "Kernel" } th scope="col" { "Input" } th.n scope="col" { "Length" } th scope="col" { "SHA-256" } } }
            tbody { @for kernel in &report.kernels { @for input in &kernel.inputs {
                tr { td { (kernel.name) } th scope="row" { (input.name) } td.n { (units::bytes(input.bytes)) } td { code { (input.sha256) } } }
            } } }
        },
    )
}

/// The method in brief, with its limits.
pub fn method() -> Markup {
    html! {
        section.kernel #method aria-labelledby="method-title" {
            h2 #method-title { "How this was measured" }
            div.prose {
                ul {
                    li { b { "Blocks." } " Each block is a fresh browser process; in it every contender has a page of its own. Blocks are what repeats, so intervals are over blocks, never over calls." }
                    li { b { "Rounds." } " In every round each contender is timed once, in random order, so that whatever slows the machine slows all of them. A block's estimate is the median over rounds of the logarithm of candidate ÷ baseline." }
                    li { b { "Intervals." } " The point is the Hodges–Lehmann estimate over blocks, the interval Student's at 95\u{a0}%, split over all looks, and never narrower than what the steps of the clock hide." }
                    li { b { "Outcomes." } " Faster or slower only when the whole interval is on one side of ×1 and the point is off by more than 1\u{a0}%; same when the whole interval is within ±1\u{a0}%; otherwise unsure." }
                    li { b { "Bimodal." } " Where blocks fall into two clusters, as they do when the engine compiles a contender well in some pages only, both centres are given and no factor between them. With one on either side of ×1 the outcome is unsure." }
                    li { b { "Tracks." } " “Ecosystem” is the library people install, “controlled” the same algorithm written as fast as it can be. A factor is against one of them and they are never mixed." }
                    li { b { "Memory." } " JavaScript heap, array buffers and linear memory of a page, after a forced collection and outside of all timing. A leak is a slope over sessions, once the first fifth of them has let engine and allocators settle, of more than 1 KiB each with its whole interval." }
                    li { b { "Answers." } " Every contender's answer was checked before it was timed. A wrong answer is a failure and has no time." }
                }
                h3 { "What this cannot say" }
                ul {
                    li { "How another machine, engine or browser version does: ratios travel better than times, and neither travels far." }
                    li { "What a page feels like: contenders ran alone, in a page that did nothing else." }
                    li { "What the network costs: everything was served from the same machine. The added download is computed from sizes and leaves out latency." }
                    li { "How much memory a browser takes for a page: compiled Wasm, the document and the browser's own parts are outside of what is counted." }
                    li { "One in twenty 95\u{a0}% intervals misses the truth. In a table of many comparisons, expect some to." }
                    li { "The best of several candidates is picked from the same figures that rate it, which flatters it a little." }
                }
            }
        }
    }
}

/// After how many blocks measuring may stop, and what for.
fn stopping(schedule: &Schedule) -> String {
    let looks: Vec<String> = schedule.looks.iter().map(u32::to_string).collect();
    let goal = match schedule.goal {
        Goal::Outcome => "settled or known",
        Goal::Precision => "known",
    };
    let precision = schedule.precision * 100.0;
    format!("looked at after {} blocks, and done when every comparison is {goal} to ±{precision} %", looks.join(", "))
}

/// How often contenders are started in a block.
fn starts(schedule: &Schedule) -> String {
    let cold = match schedule.cold_starts {
        1 => "1 cold start".to_owned(),
        number => format!("{number} cold starts"),
    };
    match schedule.other_starts {
        0 => cold,
        number => format!("{cold} ({number} each in the other states)"),
    }
}
