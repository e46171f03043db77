//! Profiles in a report: which are shown, how, and the effect of hostile ones.

use std::fs;

use crossover_reports::export::{Colour, Format, export, profile};
use crossover_reports::profile::{Call, Category, Frame, Profile, StateProfile, Tree, beside, read};
use crossover_reports::report::{Report, profiles};
use crossover_reports::run::Runtime;

use crate::page::markup_of;
use crate::synthetic::{self, profile_of};

/// A report with profiles of its first kernel's last contender.
fn html(names: &[&str]) -> String {
    let run = synthetic::four_kernels(3);
    let kernel = &run.header.kernels[0];
    let profile = profile_of(&kernel.name, &kernel.contenders.last().unwrap().name, names);
    let (kept, reasons) = profiles::of_run(&run, vec![profile]);
    assert_eq!((kept.len(), reasons.len()), (1, 0));
    export(&Report::from_run(&run).with_profiles(kept), Format::Html).unwrap()
}

#[test]
fn a_profile_is_shown_with_its_flame_graphs_and_tables() {
    let page = html(&["run", "blake3::hash"]);
    assert_eq!(page.matches("<figure class=\"chart flame\"").count(), 2);
    for words in [
        "Steady state of",
        "Cold start of",
        "blake3::hash (kernel): 60.0 %, 6.00 ms per call",
        "10.0 s of 1000 calls, 50000 samples, asked for every 200 µs; 10.0 ms per call",
        "kernel 60.0 %, copying 30.0 %, native code 10.0 %.",
        "not distinguished from native code",
    ] {
        assert!(page.contains(words), "no `{words}`");
    }
    // A picture has a name, and a unique id, by which it is copied.
    let flame = page.split("<figure class=\"chart flame\"").nth(1).unwrap().split("</svg>").next().unwrap();
    assert!(flame.contains("role=img aria-label=\"hashing-blake3: Steady state of platform, chromium\""), "{flame}");
    assert_eq!(page.matches("<svg id=hashing-blake3-chromium-profile-0-steady ").count(), 1);
    assert!(!flame.contains("style=") && !flame.contains("<script") && !flame.contains(" on"), "{flame}");
}

#[test]
fn a_report_without_profiles_says_nothing_of_them() {
    let page = export(&Report::from_run(&synthetic::four_kernels(3)), Format::Html).unwrap();
    assert!(!page.contains("Flame graph") && !page.contains("-profile\""));
}

#[test]
fn names_are_text_wherever_they_are_shown() {
    let names =
        ["<img src=x onerror=alert(1)>", "</script><script>alert(1)</script>", "\u{1b}[2J\u{202e}x", "</title></svg>"];
    let page = markup_of(&html(&names));
    for markup in ["<img", "<script", "\u{1b}", "\u{202e}", "</title></svg>)"] {
        assert!(!page.contains(markup), "{markup}");
    }
    assert!(page.contains("&lt;img src=x onerror=alert(1)&gt;"));
    let mut profile = profile_of("k\u{1b}[2J", "c", &names);
    profile.input = "\u{1b}]0;title\u{7}".to_owned();
    let text = profile::terminal(&profile, Colour::Never);
    assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
}

#[test]
fn the_largest_flame_graph_has_its_bound() {
    let mut tree = Tree::default();
    for at in 0..190 {
        let long =
            |depth: usize| Call { name: format!("{at}-{depth}-{}", "é<&\"".repeat(60)), category: Category::Kernel };
        tree.add(&(0..40).map(long).collect::<Vec<_>>(), 1e9);
    }
    let run = synthetic::four_kernels(3);
    let kernel = &run.header.kernels[0];
    let mut profile = profile_of(&kernel.name, &kernel.contenders.last().unwrap().name, &[]);
    for state in &mut profile.states {
        state.frames = tree.frames(600);
        state.total_ns = tree.total_ns();
    }
    let with = |profiles| export(&Report::from_run(&run).with_profiles(profiles), Format::Html).unwrap();
    let (plain, page) = (with(Vec::new()), with(vec![profile]));
    assert!(page.len() - plain.len() < 2 * 60_000 + 20_000, "{} more", page.len() - plain.len());
    assert!(page.contains("(smaller)"));
}

#[test]
fn an_empty_profile_says_so() {
    let run = synthetic::four_kernels(3);
    let kernel = &run.header.kernels[0];
    let mut profile = profile_of(&kernel.name, &kernel.contenders.last().unwrap().name, &[]);
    for state in &mut profile.states {
        *state = StateProfile {
            samples: 0,
            calls: 0,
            total_ns: 0.0,
            frames: Vec::new(),
            functions: Vec::new(),
            ..state.clone()
        };
    }
    assert!(profile::terminal(&profile, Colour::Never).contains("It was over too soon for a single sample"));
    let page = export(&Report::from_run(&run).with_profiles(vec![profile]), Format::Html).unwrap();
    let page = markup_of(&page);
    assert!(page.contains("it was over too soon for a single sample") && !page.contains("NaN"));
}

#[test]
fn only_profiles_of_the_run_are_shown() {
    let mut run = synthetic::four_kernels(3);
    let kernel = run.header.kernels[0].name.clone();
    let contender = run.header.kernels[0].contenders[0].name.clone();
    let own = || profile_of(&kernel, &contender, &["run"]);
    let others = [
        profile_of("unknown", &contender, &[]),
        profile_of(&kernel, "unknown", &[]),
        Profile { runtime: Runtime { id: "firefox".to_owned(), ..own().runtime }, ..own() },
    ];
    assert_eq!(profiles::of_run(&run, others.to_vec()), (Vec::new(), Vec::new()));
    run.header.kernels[0].contenders[0].files_sha256 = Some(own().files_sha256);
    assert_eq!(profiles::of_run(&run, vec![own()]).0.len(), 1);
    run.header.kernels[0].contenders[0].files_sha256 = Some("cd".repeat(32));
    let (kept, reasons) = profiles::of_run(&run, vec![own()]);
    assert!(kept.is_empty() && reasons[0].contains("with other files than the run measured"), "{reasons:?}");
}

#[test]
fn a_summary_is_read_back_and_an_invalid_one_is_refused_with_a_fix() {
    let scratch = std::env::temp_dir().join(format!("crossover-{}-profile", std::process::id()));
    let folder = scratch.join("profiles");
    fs::create_dir_all(&folder).unwrap();
    let good = profile_of("k", "c", &["run", "hash"]);
    fs::write(folder.join("good.json"), profile::json(&good).unwrap()).unwrap();
    assert_eq!(read(&folder.join("good.json")).unwrap(), good);
    let broken = |change: &dyn Fn(&mut Profile)| {
        let mut profile = good.clone();
        change(&mut profile);
        fs::write(folder.join("bad.json"), serde_json::to_string(&profile).unwrap()).unwrap();
        format!("{:#}", read(&folder.join("bad.json")).unwrap_err())
    };
    let frame = |parent| Frame { name: String::new(), category: Category::Glue, parent, self_ns: 0.0 };
    for (message, expected) in [
        (broken(&|profile| profile.schema = "crossover/profile/3".to_owned()), "field `schema`"),
        (broken(&|profile| profile.states.push(good.states[0].clone())), "field `states`"),
        (broken(&|profile| profile.states[0].frames.push(frame(Some(9)))), "comes before its caller"),
        (broken(&|profile| profile.states[0].frames[0].self_ns = -1.0), "-1 ns is not a time"),
        (broken(&|profile| profile.states[0].total_ns = 1.0), "is longer than `total_ns`"),
        (broken(&|profile| profile.states[0].frames = vec![frame(None); 6000]), "6000 entries"),
        (
            broken(&|profile| profile.states[0].frames = (0..300_usize).map(|at| frame(at.checked_sub(1))).collect()),
            "more than 200 callers",
        ),
    ] {
        assert!(
            message.contains("bad.json") && message.contains(expected) && message.contains("crossover profile"),
            "{message}"
        );
    }
    let (profiles, errors) = beside(&scratch.join("run.jsonl"));
    assert_eq!((profiles, errors.len()), (vec![good], 1));
    assert_eq!(beside(&scratch.join("elsewhere/run.jsonl")).0.len(), 0);
    fs::remove_dir_all(&scratch).unwrap();
}
