//! Slides can be read from the back row, whatever is on them.

use crossover_reports::chart::slide::{HEIGHT, Palette, SMALLEST, Slide, WIDTH};
use crossover_reports::run::{Kind, RowOutcome, Run};

use super::{all, copied, every_kind, named, one_job, texts, written};
use crate::{hostile, synthetic};

/// Names as long as they are strange.
fn strange() -> [String; 4] {
    [
        "<img src=x onerror=alert(1)>".repeat(11),
        "שלום עולם مرحبا \u{202e}evil".repeat(9),
        "名前🦀👩‍👩‍👧‍👦é́".repeat(25),
        "x".repeat(300),
    ]
}

/// A run in which everything that has a name has one of these.
fn strange_run(strange: &str) -> Run {
    let mut run = synthetic::four_kernels(3);
    let renamed = |name: &str| format!("{strange}{name}");
    for kernel in &mut run.header.kernels {
        kernel.name = renamed(&kernel.name);
        kernel.baseline = renamed(&kernel.baseline);
        kernel.inputs.iter_mut().for_each(|input| input.name = renamed(&input.name));
        kernel.contenders.iter_mut().for_each(|contender| contender.name = renamed(&contender.name));
    }
    for stratum in &mut run.header.strata {
        stratum.id = renamed(&stratum.id);
        stratum.runtime.id = renamed(&stratum.runtime.id);
        stratum.runtime.version = renamed(&stratum.runtime.version);
    }
    run.header.machine.cpu = renamed("cpu");
    for row in &mut run.rows {
        let cell = &mut row.cell;
        for name in [&mut cell.kernel, &mut cell.input, &mut cell.contender, &mut cell.stratum] {
            *name = renamed(name);
        }
    }
    run
}

pub fn assert_legible(slides: &[Slide]) {
    for slide in slides {
        let texts = texts(slide);
        for (place, size, text) in &texts {
            assert!(*size >= SMALLEST as f32, "{}: `{text}` is {size} px", slide.name);
            let is_within = place.left() >= 0.0
                && place.top() >= 0.0
                && place.right() <= WIDTH as f32
                && place.bottom() <= HEIGHT as f32;
            assert!(is_within, "{}: `{text}` is at {place:?}", slide.name);
        }
        for (i, (a, _, one)) in texts.iter().enumerate() {
            for (b, _, other) in &texts[i + 1..] {
                // Boxes have the height of lines; letters leave some of it free.
                let overlap = (
                    a.right().min(b.right()) - a.left().max(b.left()),
                    a.bottom().min(b.bottom()) - a.top().max(b.top()),
                );
                assert!(overlap.0 <= 1.0 || overlap.1 <= 8.0, "{}: `{one}` is on `{other}` by {overlap:?}", slide.name);
            }
        }
    }
}

#[test]
fn the_back_row_can_read_every_kind() {
    let slides = every_kind();
    assert_legible(&slides);
    for slide in slides {
        assert!(
            texts(&slide).iter().all(|(_, _, text)| !text.contains('…')),
            "{} has no room for its words",
            slide.name
        );
    }
}

#[test]
fn names_of_any_length_and_script_have_their_room() {
    for strange in strange() {
        let slides = all(&strange_run(&strange));
        assert_eq!(slides.len(), all(&synthetic::four_kernels(3)).len());
        assert_legible(&slides);
    }
}

#[test]
fn every_job_is_on_a_slide_whatever_its_result() {
    let run = copied(synthetic::four_kernels(3), 6);
    let slides = all(&run);
    for pages in [["summary", "summary-2"], ["speed-up-chromium", "speed-up-chromium-2"]] {
        let pages = pages.map(|name| named(&slides, name));
        let on_page = |at: usize| -> Vec<bool> {
            let written = written(pages[at]);
            run.header.kernels.iter().map(|kernel| written.contains(&kernel.name)).collect()
        };
        let half = [[true; 12], [false; 12]];
        assert_eq!(on_page(0), half.concat(), "{}: the first half of the run", pages[0].name);
        assert_eq!(on_page(1), [half[1], half[0]].concat(), "{}", pages[1].name);
        let subjects = pages.map(|page| written(page).into_iter().find(|text| text.contains(" of 24: ")).unwrap());
        assert!(
            subjects[0].starts_with("1 to 12 of 24: ") && subjects[1].starts_with("13 to 24 of 24: "),
            "{subjects:?}"
        );
        pages.into_iter().for_each(|page| assert_legible(std::slice::from_ref(page)));
    }
}

#[test]
fn many_options_leave_the_others_out_and_say_so() {
    let mut run = one_job(synthetic::four_kernels(3));
    let (contenders, rows) = (run.header.kernels[0].contenders.clone(), run.rows.clone());
    for copy in 1..6 {
        let name = |name: &str| format!("{name}-{copy}");
        run.header.kernels[0].contenders.extend(contenders.iter().cloned().map(|mut contender| {
            contender.name = name(&contender.name);
            contender
        }));
        run.rows.extend(rows.iter().cloned().map(|mut row| {
            row.cell.contender = name(&row.cell.contender);
            row
        }));
    }
    let slides = all(&run);
    for name in ["summary", "speed-up-hashing-blake3-chromium", "size-hashing-blake3"] {
        let slide = named(&slides, name);
        assert!(written(slide).iter().any(|text| text.starts_with("+ ") && text.ends_with(" more")), "{name}");
        assert_legible(std::slice::from_ref(slide));
    }
}

#[test]
fn browser_starts_in_two_clusters_have_no_bar() {
    let run = hostile::run(&["js", "wasm", "1MB", "other"], |i, _| hostile::samples(1e6 / (i + 1) as f64));
    let mut torn = Run { rows: Vec::new(), ..run.clone() };
    torn.header.schedule.looks = vec![8];
    for block in 0..8 {
        torn.rows.extend(run.rows.iter().filter(|row| row.block == 0).cloned().map(|mut row| {
            row.block = block;
            if let (RowOutcome::Samples(samples), "wasm", true) =
                (&mut row.outcome, &*row.cell.contender, block % 2 == 1)
            {
                samples.call.iter_mut().for_each(|sample| sample.ns /= 3.0);
            }
            row
        }));
    }
    let slides = all(&torn);
    let slide = named(&slides, "speed-up-js-chromium");
    assert!(written(slide).iter().any(|text| text.contains("bimodal")), "{:?}", written(slide));
    assert_legible(&slides);
}

#[test]
fn names_are_text() {
    let hostile = hostile::run(&hostile::NAMES, |i, _| hostile::samples(1e6 * (i + 1) as f64));
    for run in strange().iter().map(|strange| strange_run(strange)).chain([hostile]) {
        for slide in all(&run) {
            let svg = slide.svg(&Palette::dark());
            assert!(!svg.contains("<img") && !svg.contains("<script") && !svg.contains(['\u{1b}', '\u{202e}']));
            let mut name = slide.name.chars();
            assert!(name.all(|c| c.is_ascii_alphanumeric() || c == '-') && slide.name.len() <= 90, "{}", slide.name);
        }
    }
}

#[test]
fn extreme_figures_make_slides_without_nonsense() {
    for (first, second) in
        [(0.0, 1.0), (1e-12, 1.0), (1e15, 1e-3), (1e-3, 1e15), (1e15, 1e15), (1e-200, 1e200), (f64::NAN, 1.0)]
    {
        let run = hostile::run(&["js", "wasm", "1MB", "other"], |i, block| {
            hostile::samples(if (i + block as usize).is_multiple_of(2) { first } else { second })
        });
        let slides = all(&run);
        for slide in &slides {
            let svg = slide.svg(&Palette::light());
            assert!(!svg.contains("NaN") && !svg.contains(">inf"), "{first} {second}: {}", slide.name);
        }
        assert_legible(&slides);
    }
}

#[test]
fn stand_ins_and_native_code_have_slides_too() {
    let mut run = synthetic::four_kernels(3);
    run.header.kernels[0].contenders[2].kind = Kind::Native;
    run.header.kernels[1].contenders[1].kind = Kind::StandIn;
    assert_legible(&all(&run));
}
