//! Set-up and doctor as a whole, on a faked machine.

use std::sync::Mutex;

use super::fake::{FakeHost, HOST};
use super::pinned::{Pinned, tool_files};
use super::*;

const LOCK: &str = r#"{ "packages": { "node_modules/a": { "version": "1.0.0", "integrity": "sha512-a" } } }"#;

fn root(fake: &FakeHost) -> Root {
    let folder = fake.root();
    Root {
        tools: Tools::Pinned(Pinned::of_checkout(folder.join("js"))),
        node: Pinned::of_checkout(folder.join("node")),
        checkout: Some(folder.to_owned()),
        rust: folder.to_owned(),
        target: folder.join("target"),
    }
}

fn chromium(path: Option<&str>) -> BrowserPaths {
    BTreeMap::from([(RuntimeId::Chromium, path.map(PathBuf::from))])
}

fn everything() -> Requirements {
    Requirements { suite: None, wasm: Requirement::Yes, browsers: chromium(None) }
}

/// A machine on which each step brings what it is for.
fn mendable() -> FakeHost {
    let fake = FakeHost::new();
    let at = |path: &str| fake.root().join(path).display().to_string();
    fake.file("js/package-lock.json", LOCK);
    let cached = fake.answering("cached-chrome", "Chrome for Testing 156.0.1.2");
    let chrome = at("home/.cache/ms-playwright/chromium-1/chrome-linux");
    let bring_chrome = format!("mkdir -p {chrome} && cp {} {chrome}/chrome", cached.display());
    fake.program("bin/node", &format!("case $1 in --version) echo v20.1.0;; *) {bring_chrome};; esac"));
    let a = at("js/node_modules/a");
    let record = at("js/node_modules/.package-lock.json");
    let bring_packages =
        format!("mkdir -p {a} && touch {a}/package.json && cp {} {record}", at("js/package-lock.json"));
    fake.program("bin/npm", &format!("case $1 in --version) echo 11.1.0;; ci) {bring_packages};; esac"));
    let library = at("active/lib/rustlib/wasm32-unknown-unknown/lib");
    fake.program("bin/rustup", &format!("mkdir -p {library} && touch {library}/libstd-0.rlib"));
    fake.rustc("bin/rustc", "active", "1.95.0");
    fake.program("bin/cargo", "");
    fake.program(&format!("active/lib/rustlib/{HOST}/bin/rust-lld"), "");
    fake
}

#[test]
fn set_up_brings_what_is_missing_once() {
    let fake = mendable();
    let root = root(&fake);
    let missing: Vec<_> = doctor(&root, &fake.host, &everything()).findings.iter().map(Diagnosis::is_missing).collect();
    assert_eq!(missing, [false, false, true, true, true]);

    let lines = Mutex::new(Vec::new());
    let say = |line: &str| lines.lock().unwrap().push(line.to_owned());
    let environment = set_up(&root, &fake.host, &everything(), Installation::Allowed, &say).unwrap();
    assert_eq!(environment.wasm.unwrap().library, Library::Prebuilt);
    assert_eq!(environment.browsers[&RuntimeId::Chromium].version.number, (156, 0));
    let commands = lines.into_inner().unwrap();
    assert_eq!(commands.len(), 3, "{commands:?}");
    assert!(commands[0].contains("npm ci --ignore-scripts --no-audit --no-fund (the JavaScript tools"), "{commands:?}");
    assert!(commands[1].contains("rustup target add wasm32-unknown-unknown ("), "{commands:?}");
    assert!(commands[2].contains("cli.js install chromium ("), "{commands:?}");

    set_up(&root, &fake.host, &everything(), Installation::Forbidden, &|_| unreachable!("all is there")).unwrap();
    assert!(!doctor(&root, &fake.host, &everything()).findings.iter().any(Diagnosis::is_missing));
}

#[test]
fn without_set_up_a_missing_thing_is_told_and_nothing_runs() {
    let fake = mendable();
    let error =
        set_up(&root(&fake), &fake.host, &everything(), Installation::Forbidden, &|_| unreachable!()).unwrap_err();
    assert_eq!(error.what, "JavaScript tools");
    assert!(error.attempts.is_empty());
    assert!(error.fix.ends_with("npm ci --ignore-scripts --no-audit --no-fund"), "{}", error.fix);
}

#[test]
fn what_is_not_wanted_is_not_looked_for() {
    let fake = mendable();
    let requirements = Requirements { suite: None, wasm: Requirement::No, browsers: BrowserPaths::new() };
    let environment = set_up(&root(&fake), &fake.host, &requirements, Installation::Allowed, &|_| ()).unwrap();
    assert!(environment.wasm.is_none() && environment.browsers.is_empty());
}

#[test]
fn a_named_browser_is_never_replaced() {
    let fake = mendable();
    let requirements = Requirements { browsers: chromium(Some("/no/such/browser")), ..everything() };
    let error = set_up(&root(&fake), &fake.host, &requirements, Installation::Allowed, &|_| ()).unwrap_err();
    assert_eq!(error.what, "Chromium");
    assert!(error.to_string().contains("/no/such/browser"), "{error}");
    assert!(error.attempts.is_empty());
}

#[test]
fn a_browser_that_is_asked_for_is_brought_and_no_other() {
    let mut fake = mendable();
    fake.become_root();
    fake.file("lists/deb_Packages", "");
    fake.program("bin/apt-cache", "echo Package: $4");
    let firefox = fake.answering("fetched", "Mozilla Firefox 140.10.2esr");
    let bring = format!("cp {} {}", firefox.display(), fake.root().join("bin/firefox-esr").display());
    fake.program("bin/apt-get", &bring);
    let asked = BTreeMap::from([(RuntimeId::Firefox, None)]);
    let requirements = Requirements { suite: None, wasm: Requirement::No, browsers: asked.clone() };
    let lines = Mutex::new(Vec::new());
    let say = |line: &str| lines.lock().unwrap().push(line.to_owned());
    let environment = set_up(&root(&fake), &fake.host, &requirements, Installation::Allowed, &say).unwrap();
    assert_eq!(environment.browsers.keys().collect::<Vec<_>>(), [&RuntimeId::Firefox]);
    let lines = lines.into_inner().unwrap();
    assert_eq!(lines.last().unwrap(), "set-up: apt-get install -y firefox-esr (a Firefox to measure in)");

    let (found, missing) = installed::on(&root(&fake), &fake.host);
    assert_eq!(found, [RuntimeId::Firefox]);
    let missing: Vec<_> = missing.iter().map(|(runtime, why)| (runtime.name(), why.as_str())).collect();
    assert_eq!(missing[1], ("webkit", "there is none on PATH"));

    let examination = doctor(&root(&fake), &fake.host, &requirements);
    assert!(examination.driving.is_some(), "{:?}", examination.findings);
    let (other, diagnosis) = &examination.other_browsers[0];
    assert!(*other == RuntimeId::Chromium && diagnosis.is_missing());
}

#[test]
fn the_kernels_of_a_checkout_need_packages_and_no_other_suite_does() {
    let fake = mendable();
    let root = root(&fake);
    let packages = |suite: Option<&Path>| root.packages_of(suite).map(|packages| packages.folder);
    assert_eq!(packages(Some(fake.root())), Some(fake.root().join("js-baselines")));
    assert_eq!(packages(Some(&fake.root().join("home"))), None);
    assert_eq!(packages(None), None);
    let alone = Root::of_user(&fake.root().join("cache"), None);
    assert_eq!(alone.packages_of(Some(fake.root())), None);

    let requirements = |suite: Option<&Path>| Requirements {
        suite: suite.map(Path::to_owned),
        wasm: Requirement::No,
        browsers: BrowserPaths::new(),
    };
    let set_up = |suite| set_up(&root, &fake.host, &requirements(suite), Installation::Allowed, &|_| ());
    set_up(None).unwrap();
    assert_eq!(set_up(Some(fake.root())).unwrap_err().what, "JavaScript packages");
}

#[test]
fn the_cache_is_filled_once_however_many_begin_at_once() {
    let fake = FakeHost::new();
    fake.with_npm();
    let root = Root::of_user(&fake.root().join("cache"), None);
    let requirements = Requirements { suite: None, wasm: Requirement::No, browsers: BrowserPaths::new() };
    let error = set_up(&root, &fake.host, &requirements, Installation::Forbidden, &|_| unreachable!()).unwrap_err();
    assert_eq!((error.what.as_str(), error.fix.as_str()), ("JavaScript tools", "crossover setup"));

    let folder = tool_files().folder(&root.own());
    // What a process left that was killed in between.
    fake.file(&format!("cache/crossover/tools/{}.new/node_modules/half", tool_files().version()), "");
    let lines = std::sync::Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let say = |line: &str| lines.lock().unwrap().push(line.to_owned());
                set_up(&root, &fake.host, &requirements, Installation::Allowed, &say).unwrap();
            });
        }
    });
    let filled: Vec<_> = lines.into_inner().unwrap().into_iter().filter(|line| line.contains("npm ci")).collect();
    assert_eq!(filled.len(), 1, "{filled:?}");
    assert!(folder.join("node_modules/esbuild/package.json").is_file());
    assert!(!folder.join("node_modules/half").exists() && !folder.with_extension("new").exists());

    std::fs::remove_dir_all(folder.join("node_modules/esbuild")).unwrap();
    set_up(&root, &fake.host, &requirements, Installation::Allowed, &|_| ()).unwrap();
    assert!(folder.join("node_modules/esbuild/package.json").is_file(), "what is damaged is made again");
}

#[test]
fn an_installation_stays_as_it_is() {
    let fake = FakeHost::new();
    fake.with_npm();
    let modules = fake.root().join("npm/node_modules");
    std::fs::create_dir_all(&modules).unwrap();
    let root = Root::of_user(&fake.root().join("cache"), Some(Tools::Given(modules.clone())));
    let requirements = Requirements { suite: None, wasm: Requirement::No, browsers: BrowserPaths::new() };
    let error = set_up(&root, &fake.host, &requirements, Installation::Allowed, &|_| unreachable!()).unwrap_err();
    assert!(error.why.contains("has no package"), "{error}");
    assert!(error.attempts.is_empty() && std::fs::read_dir(&modules).unwrap().next().is_none());
    assert!(!root.own().join("tools").exists());
}

#[test]
fn what_only_compiled_contenders_need_is_optional_for_all_others() {
    let fake = FakeHost::new();
    fake.with_npm();
    let root = Root::of_user(&fake.root().join("cache"), None);
    let requirements = |wasm| Requirements { suite: None, wasm, browsers: BrowserPaths::new() };
    let missing = |wasm| {
        let Examination { findings, optional, .. } = doctor(&root, &fake.host, &requirements(wasm));
        let names = |all: Vec<Diagnosis>| -> Vec<&str> {
            all.into_iter().filter(Diagnosis::is_missing).map(|finding| finding.what).collect()
        };
        (names(findings), names(optional))
    };
    assert_eq!(missing(Requirement::Yes), (vec!["JavaScript tools", "Wasm target"], vec!["clang"]));
    set_up(&root, &fake.host, &requirements(Requirement::No), Installation::Allowed, &|_| ()).unwrap();
    std::fs::remove_file(fake.root().join("bin/npm")).unwrap();
    assert_eq!(missing(Requirement::No), (vec![], vec!["clang", "npm", "Wasm target"]));
}
