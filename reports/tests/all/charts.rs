//! Every chart shows all of its figures, and nothing beyond its canvas.

use std::collections::BTreeMap;

use crossover_reports::chart;
use crossover_reports::chart::slide::{Palette, Selection, deck};
use crossover_reports::report::{CrossoverSize, Report};
use crossover_reports::run::{RowOutcome, Run};
use resvg::usvg::{Options, Tree};

use crate::{boundary, synthetic};

fn charts(report: &Report) -> BTreeMap<String, String> {
    chart::all(report).unwrap().into_iter().collect()
}

/// The values of an attribute in the elements of one name.
fn attributes(svg: &str, element: &str, attribute: &str) -> Vec<String> {
    let opening = format!("<{element} ");
    let tags = svg.match_indices(&opening).filter_map(|(at, _)| svg[at..].split('>').next());
    let needle = format!(" {attribute}=\"");
    tags.filter_map(|tag| Some(tag.split_once(&needle)?.1.split('"').next()?.to_owned())).collect()
}

#[test]
fn a_kernel_has_every_chart_that_its_samples_allow() {
    let charts = charts(&Report::from_run(&synthetic::with_sessions(6)));
    for name in
        ["ratio", "samples", "warm-up", "throughput", "total", "cold-start", "boundary", "size", "pareto", "memory"]
    {
        assert!(
            charts.contains_key(&format!("hashing-blake3-chromium-{name}.svg")),
            "no {name} in {:?}",
            charts.keys()
        );
    }
}

#[test]
fn nothing_leaves_the_canvas() {
    let runs = [synthetic::with_sessions(20), boundary::run("bytes", 6, boundary::usual)];
    for (name, svg) in runs.iter().flat_map(|run| charts(&Report::from_run(run))) {
        let tree = Tree::from_str(&svg, &Options::default()).unwrap();
        let (shapes, height) = (tree.root().abs_bounding_box(), tree.size().height());
        assert_eq!((shapes.x(), shapes.y(), shapes.width(), shapes.height()), (0.0, 0.0, 400.0, height), "{name}");
        for (of, end) in [("x", 400.0), ("y", height)] {
            for value in attributes(&svg, "text", of) {
                let value: f32 = value.parse().unwrap();
                assert!((0.0..=end).contains(&value), "{name}: a text has {of} {value}, and the canvas {end}");
            }
        }
    }
}

/// The shapes that have an attribute: where a path's pen is put down.
fn shapes(svg: &str, attribute: &str) -> usize {
    let paths = svg.lines().filter(|line| line.starts_with("<path ") && line.contains(attribute));
    paths.map(|path| path.split(" d=").nth(1).unwrap().matches(['M', 'm']).count()).sum()
}

#[test]
fn every_block_of_every_contender_is_a_line_of_its_own() {
    let charts = charts(&Report::from_run(&synthetic::four_kernels(17)));
    let svg = &charts["hashing-blake3-chromium-samples.svg"];
    // Five contenders: whole blocks, and their medians.
    assert_eq!(["#76808b", "#17202a"].map(|ink| shapes(svg, &format!("stroke=\"{ink}\""))), [5 * 17; 2]);
}

/// Two contenders, of which Wasm takes longer for the smaller input.
fn wasm_ahead_at_1mb_only() -> Run {
    let mut run = synthetic::four_kernels(8);
    run.header.kernels.truncate(1);
    run.header.kernels[0].contenders.retain(|contender| ["js", "wasm"].contains(&&*contender.name));
    run.rows.retain(|block| block.cell.kernel == "hashing-blake3" && ["js", "wasm"].contains(&&*block.cell.contender));
    for row in &mut run.rows {
        let RowOutcome::Samples(samples) = &mut row.outcome else { continue };
        let slower = if (&*row.cell.input, &*row.cell.contender) == ("64KB", "wasm") { 40.0 } else { 1.0 };
        samples.call.iter_mut().for_each(|sample| sample.ns *= slower);
    }
    run
}

#[test]
fn the_size_from_which_on_wasm_is_faster_is_marked() {
    let report = Report::from_run(&wasm_ahead_at_1mb_only());
    assert!(matches!(report.verdicts[0].crossover_bytes, CrossoverSize::From(_)), "{:?}", report.verdicts[0]);
    let svg = &charts(&report)["hashing-blake3-chromium-throughput.svg"];
    assert!(svg.contains("wasm: faster than js from "), "{svg}");
    assert_eq!(shapes(svg, "<path fill=\"#17202a\""), 1);
    // 64 kB and 1 MB of both.
    assert_eq!(["#8a5a00", "#6a3fc0"].map(|ink| shapes(svg, &format!("<path fill=\"{ink}\""))), [2; 2]);
}

#[test]
fn what_crossing_costs_is_drawn_by_size_for_each_payload() {
    let charts = charts(&Report::from_run(&boundary::run("bytes", 6, boundary::usual)));
    let crossing: Vec<_> = charts.iter().filter(|(name, _)| name.ends_with("-crossing.svg")).collect();
    let [(_, svg)] = crossing[..] else { panic!("one payload: {:?}", charts.keys()) };
    assert!(svg.contains("wasm in: ") && svg.contains("wasm out: "), "{svg}");
}

#[test]
fn the_front_is_of_those_that_none_beats_in_both() {
    let charts = charts(&Report::from_run(&synthetic::four_kernels(6)));
    let svg = &charts["hashing-blake3-chromium-pareto.svg"];
    assert!(svg.contains("Beaten by none in both: platform, wasm-simd."), "{svg}");
}

#[test]
fn every_state_has_a_bar() {
    let report = Report::from_run(&synthetic::four_kernels(6));
    let svg = &charts(&report)["hashing-blake3-chromium-cold-start.svg"];
    for state in ["cold", "cold, not streamed", "warm", "hot"] {
        assert!(svg.contains(&format!(">{state}</text>")), "no {state} in {svg}");
    }
}

#[test]
fn a_slide_of_a_call_has_the_rest_where_the_job_alone_was_not_measured() {
    let mut run = synthetic::four_kernels(3);
    for row in &mut run.rows {
        if let RowOutcome::Samples(samples) = &mut row.outcome {
            samples.resident.clear();
        }
    }
    let deck = deck(&Report::from_run(&run), None, &Selection::default()).unwrap();
    let slide = deck.slides.iter().find(|slide| slide.name == "boundary-hashing-blake3-chromium").unwrap();
    let svg = slide.svg(&Palette::light());
    // In and out are 13 % of a call: the bar is mostly the rest, and the description says so.
    let (_, described) = svg.split_once("<desc").unwrap();
    let (described, _) = described.split_once("</desc>").unwrap();
    assert!(described.contains(", rest ") && !described.contains(", job "), "{described}");
}
