//! Which slides are made, and the order of their rows.

use crossover_reports::chart::slide::{Extent, Only, Order, Palette, Selection, SlideKind, UnknownName, deck};
use crossover_reports::report::Report;

use super::{all, copied, named, names, selected, telling, written};
use crate::{history, synthetic};

#[test]
fn two_slides_tell_most_of_several_jobs_whatever_their_results() {
    let run = synthetic::four_kernels(3);
    let deck = telling(&run);
    assert_eq!(names(&deck.slides), ["summary", "speed-up-chromium"]);
    assert_eq!(deck.more, all(&run).len() - 2);
    assert!(deck.left_out.is_empty(), "{:?}", deck.left_out);
    assert_eq!(names(&telling(&copied(run, 6)).slides), ["summary", "speed-up-chromium"]);
}

#[test]
fn the_slides_of_a_history_are_all_there() {
    let trend = history::invented_trend();
    let telling = Selection { extent: Extent::Telling, ..Selection::default() };
    let run = synthetic::four_kernels(3);
    let is_trend = |kind: SlideKind| kind == SlideKind::Trend;
    let all = selected(&run, Some(&trend), &Selection::default()).slides;
    let trends = all.iter().filter(|slide| is_trend(slide.kind)).count();
    let told = selected(&run, Some(&trend), &telling);
    assert!(trends > 1 && told.slides.len() == 2 + trends && told.more == all.len() - told.slides.len());
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
    let order = |order, slide: &str| {
        let selection = Selection { order, ..Selection::default() };
        let slides = selected(&run, None, &selection).slides;
        let mut found = written(named(&slides, slide));
        let contenders = &run.header.kernels[0].contenders;
        found.retain(|text| contenders.iter().any(|contender| contender.name == *text));
        found
    };
    let speed_up = "speed-up-hashing-blake3-chromium";
    assert_eq!(order(Order::Ratio, speed_up), ["wasm-simd", "wasm", "js-tuned", "js"]);
    assert_eq!(order(Order::Run, speed_up), ["js", "js-tuned", "wasm", "wasm-simd"]);
    let size = "size-hashing-blake3";
    assert_eq!(order(Order::Ratio, size), ["platform", "js-tuned", "js", "wasm", "wasm-simd"]);
    assert_eq!(order(Order::Run, size), ["js", "js-tuned", "wasm", "wasm-simd", "platform"]);
    assert_eq!(order(Order::Name, size), ["js", "js-tuned", "platform", "wasm", "wasm-simd"]);
}
