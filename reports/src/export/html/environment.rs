//! Where the figures come from: machine, runtimes with their flags, tools, schedule, inputs.

use maud::{Markup, html};

use super::figure;
use crate::report::{Report, machine_text, units, wording};
use crate::run::{Goal, Schedule};

/// Machine, runtimes, tools, schedule, inputs.
pub fn section(report: &Report) -> Markup {
    let run = &report.run;
    let is_apart = run.strata.iter().any(|stratum| stratum.machine.is_some());
    let tools = [
        ("rustc", &run.toolchain.rustc),
        ("wasm-bindgen", &run.toolchain.wasm_bindgen),
        ("binaryen", &run.toolchain.binaryen),
        ("esbuild", &run.toolchain.esbuild),
    ];
    html! {
        details.kernel #environment {
            summary { h2 #environment-title { "Environment" } }
            dl.facts {
                @if let Some(shards) = &run.shards { (fact("Part", html! { (machine_text::of_a_part(shards)) "." })) }
                @if !is_apart {
                    (fact("Machine", html! { (machine_text::machine(&run.machine)) }))
                    (fact("System", html! { (run.machine.os) ", " (run.machine.arch) }))
                }
                @for stratum in &run.strata {
                    (fact("Browser", html! {
                        (report.label(&stratum.id)) " " (stratum.runtime.version) ", "
                        @if stratum.cross_origin_isolated { "cross-origin isolated" } @else { "not cross-origin isolated: its clock is coarse" }
                        @if let Some(quantum) = stratum.timer_quantum_ns { ", clock in steps of " (units::time(quantum)) }
                        @if !stratum.emulation.is_none() { "; " b { "emulated" } ": " (stratum.emulation) }
                        @if is_apart { @let machine = stratum.machine.as_ref().unwrap_or(&run.machine); br; "on " (machine_text::machine(machine)) "; " (machine.os) ", " (machine.arch) }
                        @if let Some(through) = &stratum.through { br; (machine_text::through(through)) }
                        @if !stratum.runtime.flags.is_empty() {
                            details.fold { summary { "Flags" } code { (stratum.runtime.flags.join(" ")) } }
                        }
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
                    (fact("Calibration", html! { (wording::calibration(calibration)) "." }))
                }
            }
            p.note { "Build flags of each option are listed in its job, under download size." }
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
            thead { tr { th scope="col" { "Job" } th.head scope="col" { "Input" } th.n scope="col" { "Length" } th scope="col" { "SHA-256" } } }
            tbody { @for kernel in &report.kernels { @for input in &kernel.inputs {
                tr { td { (kernel.shown()) } th scope="row" { (input.shown()) } td.n { (units::bytes(input.bytes)) } td { code { (input.sha256) } } }
            } } }
        },
    )
}

/// After how many blocks measuring may stop, and when it does.
fn stopping(schedule: &Schedule) -> String {
    let looks: Vec<String> = schedule.looks.iter().map(u32::to_string).collect();
    let goal = match schedule.goal {
        Goal::Outcome => "settled or known",
        Goal::Precision => "known",
    };
    let precision = schedule.precision * 100.0;
    format!("looked at after {} blocks, and done when every comparison is {goal} to ±{precision} %", looks.join(", "))
}

/// Starts of each contender in a block.
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
