//! Slides: their texts, their legibility from the back row, and that no name or figure breaks them.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use crossover_reports::chart::slide::{
    Deck, HEIGHT, Only, Order, Palette, SMALLEST, Selection, Slide, SlideKind, UnknownName, WIDTH, WIDTHS, deck,
};
use crossover_reports::history::Trend;
use crossover_reports::report::Report;
use crossover_reports::run::{Failure, Kind, RowOutcome, Run, Stage};
use resvg::tiny_skia::Pixmap;
use resvg::usvg::fontdb::Database;
use resvg::usvg::{Group, Node, Options, Rect, Tree};

use crate::{boundary, golden, history, hostile, synthetic};

fn selected(run: &Run, trend: Option<&Trend>, selection: &Selection) -> Deck {
    deck(&Report::from_run(run), trend, selection).unwrap()
}

fn all(run: &Run) -> Vec<Slide> {
    selected(run, None, &Selection::default()).slides
}

/// Slides of every kind.
fn every_kind() -> Vec<Slide> {
    let mut slides =
        selected(&synthetic::with_sessions(6), Some(&history::invented_trend()), &Selection::default()).slides;
    slides.extend(all(&boundary::run("string-ascii", 4, boundary::usual)));
    for kind in SlideKind::ALL {
        assert!(slides.iter().any(|slide| slide.kind == kind), "no {kind}");
    }
    slides
}

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

/// The texts of a slide as the font draws them: where, and how large.
fn texts(slide: &Slide) -> Vec<(Rect, f32, String)> {
    static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
        let mut fonts = Database::new();
        for name in ["Inter-Regular.otf", "Inter-Bold.otf"] {
            let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/chart/slide/fonts").join(name);
            fonts.load_font_data(std::fs::read(file).unwrap());
        }
        Arc::new(fonts)
    });
    fn collect(group: &Group, found: &mut Vec<(Rect, f32, String)>) {
        for node in group.children() {
            match node {
                Node::Group(group) => collect(group, found),
                Node::Text(text) => {
                    let chunks = text.chunks();
                    let size = chunks.iter().flat_map(|chunk| chunk.spans()).map(|span| span.font_size().get());
                    let written = chunks.iter().map(|chunk| chunk.text()).collect();
                    found.push((text.abs_bounding_box(), size.fold(f32::INFINITY, f32::min), written));
                }
                _ => {}
            }
        }
    }
    let options = Options { fontdb: Arc::clone(&FONTS), ..Options::default() };
    let tree = Tree::from_str(&slide.svg(&Palette::light()), &options).unwrap();
    let mut found = Vec::new();
    collect(tree.root(), &mut found);
    assert!(found.len() > 4, "{}: {found:?}", slide.name);
    found
}

fn assert_legible(slides: &[Slide]) {
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
fn many_kernels_and_contenders_leave_the_others_out_and_say_so() {
    let mut run = synthetic::four_kernels(3);
    let (kernels, blocks) = (run.header.kernels.clone(), run.rows.clone());
    for copy in 1..6 {
        let name = |name: &str| format!("{name}-{copy}");
        run.header.kernels.extend(kernels.iter().cloned().map(|mut kernel| {
            kernel.name = name(&kernel.name);
            kernel
        }));
        run.rows.extend(blocks.iter().cloned().map(|mut block| {
            block.cell.kernel = name(&block.cell.kernel);
            block
        }));
    }
    let slides = all(&run);
    let find = |name: &str| slides.iter().find(|slide| slide.name == name).unwrap();
    for name in ["summary", "speed-up-chromium"] {
        let texts = texts(find(name));
        assert!(texts.iter().any(|(_, _, text)| text.starts_with("+ ") && text.ends_with(" more")), "{texts:?}");
        assert_legible(std::slice::from_ref(find(name)));
    }
}

#[test]
fn titles_say_the_finding_with_its_interval() {
    let slides = every_kind();
    let title = |name: &str| slides.iter().find(|slide| slide.name == name).map(|slide| slide.title.as_str()).unwrap();
    let has = |name: &str, parts: &[&str]| {
        let title = title(name);
        assert!(parts.iter().all(|part| title.contains(part)), "{title}");
    };
    has(
        "speed-up-hashing-blake3-chromium",
        &["hashing-blake3: wasm-simd is ×", " faster than js (ecosystem), 95 % interval ×"],
    );
    has("speed-up-text-highlight-chromium", &["text-highlight: js (ecosystem) is ×1.", " faster than wasm"]);
    has("speed-up-chromium", &["Time per call: from ×3.", "image-thumbnail", " slower (text-highlight, wasm)"]);
    has("crossover-hashing-blake3-chromium", &["is faster than", "at every size"]);
    has("cold-start-hashing-blake3-chromium", &["first answer after", " ms, ×", "95 % interval ×"]);
    has("size-hashing-blake3", &["wasm-simd ships 13.0 kB (brotli), ×1.60 larger than js"]);
    has("summary", &["Port 2 of 4 jobs to WebAssembly"]);
    let of = |kind| slides.iter().filter(move |slide| slide.kind == kind).map(|slide| slide.title.as_str());
    assert!(of(SlideKind::Trend).any(|title| title.contains("% slower since 2026-03-")), "a step is named");
    assert!(of(SlideKind::Trend).any(|title| title.contains("kept its level")));
    assert!(of(SlideKind::Boundary).any(|title| title.starts_with("1 MB of string-ascii: ") && title.contains('(')));
}

#[test]
fn a_crossing_is_marked_and_described() {
    let mut run = synthetic::four_kernels(4);
    for row in &mut run.rows {
        let is_slowed = row.cell.contender == "wasm-simd" && row.cell.input == "64KB";
        if let (true, RowOutcome::Samples(samples)) = (is_slowed, &mut row.outcome) {
            samples.call.iter_mut().for_each(|sample| sample.ns *= 4.0);
        }
    }
    let slides = all(&run);
    let slide = slides.iter().find(|slide| slide.name == "crossover-hashing-blake3-chromium").unwrap();
    assert!(slide.title.starts_with("hashing-blake3: wasm-simd is faster than platform from "), "{}", slide.title);
    assert!(slide.title.contains("(65.5 kB – 1.05 MB)"), "{}", slide.title);
    assert!(texts(slide).iter().any(|(_, _, text)| text.contains("crossing at ")));
    assert_legible(std::slice::from_ref(slide));
}

#[test]
fn what_is_unsure_is_said_to_be() {
    let run = hostile::run(&["js", "wasm", "1MB", "other"], |i, block| {
        hostile::samples(1e6 * (1.0 + f64::from(block % 2) * if i == 0 { 0.5 } else { -0.5 }))
    });
    let slides = all(&run);
    let title = &slides.iter().find(|slide| slide.kind == SlideKind::SpeedUp).unwrap().title;
    assert!(title.contains("it is unsure whether"), "{title}");
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
fn what_was_not_measured_has_no_slide_and_a_reason() {
    let nothing = Run { header: synthetic::header(0), rows: Vec::new(), truncated: false };
    let Deck { slides, left_out } = selected(&nothing, None, &Selection::default());
    assert!(slides.is_empty() && left_out.iter().any(|why| why.starts_with("summary: ")), "{left_out:?}");

    let failure = Failure { stage: Stage::Runtime, reason: "no browser was found".to_owned() };
    let failed = hostile::run(&["js", "wasm", "64KB", "other"], |_, _| RowOutcome::Failure(failure.clone()));
    let Deck { slides, left_out } = selected(&failed, None, &Selection::default());
    assert!(slides.is_empty(), "{slides:?}");
    for why in ["summary: ", "speed-up: js in chromium: ", "no browser was found", "trend: a trend needs a history"] {
        assert!(left_out.iter().any(|left_out| left_out.contains(why)), "no `{why}` in {left_out:?}");
    }
}

#[test]
fn one_block_has_no_interval_and_says_so() {
    let slides = all(&synthetic::four_kernels(1));
    let slide = slides.iter().find(|slide| slide.name == "speed-up-hashing-blake3-chromium").unwrap();
    assert!(slide.title.contains("unsure") && slide.title.contains("no interval"), "{}", slide.title);
    assert_legible(&slides);
}

#[test]
fn pictures_have_their_size_and_show_the_slide() {
    let slides = all(&synthetic::four_kernels(3));
    let slide = slides.iter().find(|slide| slide.kind == SlideKind::SpeedUp).unwrap();
    for (palette, background) in [(Palette::light(), [0xff, 0xff, 0xff]), (Palette::dark(), [0x12, 0x16, 0x1d])] {
        for width in WIDTHS {
            let picture = Pixmap::decode_png(&slide.png(&palette, width).unwrap()).unwrap();
            assert_eq!((picture.width(), picture.height()), (width, width / 16 * 9));
            let is_background = |pixel: &&resvg::tiny_skia::PremultipliedColorU8| {
                [pixel.red(), pixel.green(), pixel.blue()] == background && pixel.alpha() == 255
            };
            let drawn = picture.pixels().iter().filter(|pixel| !is_background(pixel)).count();
            let share = drawn as f64 / picture.pixels().len() as f64;
            assert!((0.02..0.6).contains(&share), "{share} of the picture is drawn on");
        }
    }
}

#[test]
fn letters_of_a_picture_are_those_of_the_font() {
    // Without its font a slide would have its bars, and no letters.
    let slides = all(&synthetic::four_kernels(3));
    let slide = &slides[0];
    let picture = Pixmap::decode_png(&slide.png(&Palette::light(), 1920).unwrap()).unwrap();
    let title = (60..150).flat_map(|y| (80..1800).map(move |x| (x, y)));
    let dark = title.filter(|(x, y)| picture.pixel(*x, *y).unwrap().red() < 0x40).count();
    assert!(dark > 5000, "{dark} dark pixels in the title");
}

#[test]
fn a_slide_stands_alone() {
    for slide in every_kind() {
        let svg = slide.svg(&Palette::light());
        assert!(svg.contains("@font-face") && svg.contains("width=\"1920\" height=\"1080\""));
        let addresses: Vec<&str> = svg.match_indices("url(").map(|(at, _)| &svg[at..at + 9]).collect();
        assert!(addresses.iter().all(|address| *address == "url(data:"), "{addresses:?}");
        assert_eq!(svg.matches("http").count(), 1, "only the namespace is an address");
    }
}

#[test]
fn only_what_is_named_is_drawn() {
    let report = Report::from_run(&synthetic::four_kernels(3));
    let only = |names: &[&str]| {
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        let selection = Selection { only: Only::named(&names, &report)?, ..Selection::default() };
        let names = deck(&report, None, &selection)?.slides.into_iter().map(|slide| slide.name);
        anyhow::Ok(names.collect::<Vec<_>>())
    };
    assert_eq!(
        only(&["size", "cold-start", "text-highlight"]).unwrap(),
        ["cold-start-text-highlight-chromium", "size-text-highlight"]
    );
    assert_eq!(only(&["hashing", "size"]).unwrap(), ["size-hashing-blake3"]);
    assert!(only(&["chromium", "summary"]).unwrap() == ["summary"]);
    let error = only(&["sizes"]).unwrap_err();
    assert_eq!(error.to_string(), "there is no kind of slide, kernel, domain or runtime `sizes`");
    let known = &error.downcast::<UnknownName>().unwrap().known;
    for name in ["summary", "speed-up", "hashing-blake3", "hashing", "text-highlight", "chromium"] {
        assert_eq!(known.iter().filter(|known| *known == name).count(), 1, "{name} in {known:?}");
    }
}

#[test]
fn a_title_is_for_one_slide() {
    let report = Report::from_run(&synthetic::four_kernels(3));
    let titled = |names: &[&str]| {
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        let only = Only::named(&names, &report).unwrap();
        deck(&report, None, &Selection { only, title: Some("Mine <3".to_owned()), ..Selection::default() })
    };
    let slides = titled(&["summary"]).unwrap().slides;
    assert_eq!(slides[0].title, "Mine <3");
    assert!(slides[0].svg(&Palette::light()).contains(">Mine &lt;3</text>"));
    let error = titled(&["size"]).unwrap_err().to_string();
    assert!(error.contains("a title is for one slide, and there are 4: size-hashing-blake3, "), "{error}");
}

#[test]
fn rows_stand_in_the_order_that_is_asked_for() {
    let run = synthetic::four_kernels(3);
    let order = |order| {
        let selection = Selection { order, ..Selection::default() };
        let slides = selected(&run, None, &selection).slides;
        let slide = slides.into_iter().find(|slide| slide.name == "speed-up-hashing-blake3-chromium").unwrap();
        let names = run.header.kernels[0].contenders.iter().map(|contender| contender.name.as_str());
        let names: Vec<&str> = names.collect();
        let found = texts(&slide).into_iter().map(|(_, _, text)| text.trim().to_owned());
        let mut found: Vec<String> = found.filter(|text| names.contains(&text.as_str())).collect();
        found.truncate(4);
        found
    };
    assert_eq!(order(Order::Ratio), ["wasm-simd", "platform", "wasm", "js-tuned"]);
    assert_eq!(order(Order::Run), ["js-tuned", "wasm", "wasm-simd", "platform"]);
    assert_eq!(order(Order::Name), ["js-tuned", "platform", "wasm", "wasm-simd"]);
}

#[test]
fn what_has_no_slides_says_so() {
    let only = |run: &Run, name: &str| {
        let report = Report::from_run(run);
        let only = Only::named(&[name.to_owned()], &report).unwrap();
        let Deck { slides, left_out } = deck(&report, None, &Selection { only, ..Selection::default() }).unwrap();
        assert!(slides.is_empty(), "{slides:?}");
        left_out.join("; ")
    };
    let boundary = boundary::run("string-ascii", 4, boundary::usual);
    assert_eq!(only(&boundary, "speed-up"), "speed-up: no kernel that is selected has any");
    let builds = synthetic::build_matrix(3);
    assert!(only(&builds, "summary").contains("a build matrix has no slides"));
}

#[test]
fn stand_ins_and_native_code_have_slides_too() {
    let mut run = synthetic::four_kernels(3);
    run.header.kernels[0].contenders[2].kind = Kind::Native;
    run.header.kernels[1].contenders[1].kind = Kind::StandIn;
    assert_legible(&all(&run));
}

#[test]
fn goldens() {
    let slides = every_kind();
    for name in ["summary", "speed-up-hashing-blake3-chromium", "crossover-hashing-blake3-chromium"] {
        let slide = slides.iter().find(|slide| slide.name == name).unwrap();
        let svg = slide.svg(&Palette::light());
        let (before, rest) = svg.split_once("<style>").unwrap();
        let (_, after) = rest.split_once("</style>\n").unwrap();
        golden::check(&format!("tests/golden/slide-{name}.svg"), &format!("{before}{after}"));
    }
}
