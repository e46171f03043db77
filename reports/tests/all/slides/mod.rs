//! Slides: their texts, their legibility from the back row, and that no name or figure breaks them.

mod across;
mod choice;
mod files;
mod legible;
mod missing;
mod small;
mod titles;

use std::path::Path;
use std::sync::{Arc, LazyLock};

use crossover_reports::chart::slide::{Deck, Extent, Palette, Selection, Slide, SlideKind, deck};
use crossover_reports::history::Trend;
use crossover_reports::report::Report;
use crossover_reports::run::Run;
use resvg::usvg::fontdb::Database;
use resvg::usvg::{Group, Node, Options, Rect, Tree};

use crate::{boundary, history, synthetic};

fn selected(run: &Run, trend: Option<&Trend>, selection: &Selection) -> Deck {
    deck(&Report::from_run(run), trend, selection).unwrap()
}

fn all(run: &Run) -> Vec<Slide> {
    selected(run, None, &Selection::default()).slides
}

/// The slides that tell most.
fn telling(run: &Run) -> Deck {
    selected(run, None, &Selection { extent: Extent::Telling, ..Selection::default() })
}

fn names(slides: &[Slide]) -> Vec<&str> {
    slides.iter().map(|slide| &*slide.name).collect()
}

/// The slide of this name.
fn named<'a>(slides: &'a [Slide], name: &str) -> &'a Slide {
    slides.iter().find(|slide| slide.name == name).unwrap_or_else(|| panic!("no {name} in {:?}", names(slides)))
}

/// What is written on a slide.
fn written(slide: &Slide) -> Vec<String> {
    texts(slide).into_iter().map(|(_, _, text)| text.trim().to_owned()).collect()
}

/// The same run with so many copies of its kernels in all.
fn copied(mut run: Run, copies: usize) -> Run {
    let (kernels, blocks) = (run.header.kernels.clone(), run.rows.clone());
    for copy in 1..copies {
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
    run
}

/// The same run with only its first kernel and that kernel's headline input.
fn one_job(mut run: Run) -> Run {
    run.header.kernels.truncate(1);
    let kernel = &mut run.header.kernels[0];
    kernel.inputs.retain(|input| input.headline);
    let (name, input) = (kernel.name.clone(), kernel.inputs[0].name.clone());
    run.rows.retain(|row| row.cell.kernel == name && row.cell.input == input);
    run
}

/// Slides of every kind.
fn every_kind() -> Vec<Slide> {
    let mut slides =
        selected(&synthetic::with_sessions(6), Some(&history::invented_trend()), &Selection::default()).slides;
    slides.extend(all(&boundary::run("string-ascii", 4, boundary::usual)));
    slides.extend(all(&synthetic::large(2, 3, 3)));
    for kind in SlideKind::ALL {
        assert!(slides.iter().any(|slide| slide.kind == kind), "no {kind}");
    }
    slides
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
