//! Bundles that are made and taken, and archives that are none.
#![allow(clippy::unwrap_used)]

use super::super::fake::FakeHost;
use super::*;

/// A bundle that a machine with a network has made.
fn bundle(fake: &FakeHost) -> PathBuf {
    fake.with_npm();
    let file = fake.root().join("tools.tar.gz");
    make_bundle(&fake.host, &file, &|_| ()).unwrap();
    file
}

fn root(fake: &FakeHost) -> Root {
    Root::of_user(&fake.root().join("cache"), None)
}

/// An archive with these entries after its label: the type, the path as it is, and the contents.
fn archive(fake: &FakeHost, label: &Label, entries: &[(EntryType, &str, &str)]) -> PathBuf {
    let file = fake.root().join("archive.tar.gz");
    let mut archive = Builder::new(GzEncoder::new(File::create(&file).unwrap(), Compression::fast()));
    add(&mut archive, Path::new(LABEL), 0o644, &serde_json::to_vec(label).unwrap()).unwrap();
    for (kind, path, text) in entries {
        let mut header = Header::new_gnu();
        header.as_mut_bytes()[..path.len()].copy_from_slice(path.as_bytes());
        header.set_entry_type(*kind);
        header.set_mode(0o644);
        header.set_size(text.len() as u64);
        header.set_link_name("/etc/passwd").unwrap();
        header.set_cksum();
        archive.append(&header, text.as_bytes()).unwrap();
    }
    archive.into_inner().unwrap().finish().unwrap();
    file
}

/// Why a file is not taken; the cache is as it was then.
fn refused(fake: &FakeHost, file: &Path) -> String {
    let root = root(fake);
    let error = take_bundle(&root, file, &|_| ()).unwrap_err().to_string();
    assert!(error.starts_with(&format!("{}: cannot be taken: ", file.display())), "{error}");
    assert!(error.contains("; help: make one by `crossover setup --offline-bundle FILE`"), "{error}");
    assert!(fs::read_dir(root.own().join("tools")).unwrap().next().is_none(), "something is left of {error}");
    error
}

#[test]
fn a_bundle_fills_the_cache_without_a_network() {
    let fake = FakeHost::new();
    let file = bundle(&fake);
    let root = root(&fake);
    let folder = take_bundle(&root, &file, &|_| ()).unwrap();
    assert_eq!(folder, tool_files().folder(&root.own()));
    let Tools::Pinned(pinned) = &root.tools else { unreachable!("it is the user's") };
    assert!(pinned.installed().unwrap() >= 5);
    let program = pinned.package("esbuild").join("program");
    assert!(super::super::host::is_program(&program), "what can be run stays so");
    assert!(!super::super::host::is_program(&pinned.package("esbuild").join("package.json")));
    assert!(!pinned.package(".bin").exists());

    fs::write(&program, "changed").unwrap();
    take_bundle(&root, &file, &|_| ()).unwrap();
    assert_ne!(fs::read_to_string(&program).unwrap(), "changed", "it is filled anew");
    let before = fs::read(&file).unwrap();
    make_bundle(&fake.host, &file, &|_| ()).unwrap();
    assert_eq!(fs::read(&file).unwrap(), before, "equal tools make an equal bundle");
}

#[test]
fn the_tools_of_a_checkout_or_an_installation_come_from_no_bundle() {
    let fake = FakeHost::new();
    let given = Root::of_user(&fake.root().join("cache"), Some(Tools::Given(fake.root().join("node_modules"))));
    for root in [Root::of_repository(fake.root()), given] {
        let error = take_bundle(&root, Path::new("tools.tar.gz"), &|_| ()).unwrap_err().to_string();
        assert!(error.starts_with("--from-bundle: a bundle fills the user's cache"), "{error}");
    }
}

#[test]
fn what_is_no_bundle_of_this_program_is_refused() {
    let fake = FakeHost::new();
    let gone = fake.root().join("gone.tar.gz");
    assert!(refused(&fake, &gone).contains("cannot be read"));
    assert!(refused(&fake, &fake.file("text", "no archive")).contains("no archive"));
    let own = Label::of_this_program;
    let of = |label: Label| refused(&fake, &archive(&fake, &label, &[]));
    assert!(of(Label { schema: "crossover/bundle/9".to_owned(), ..own() }).contains("its schema is"));
    assert!(of(Label { machine: "plan9-vax".to_owned(), ..own() }).contains("it is for \"plan9-vax\""));
    let older = Label { tools: "0".to_owned(), crossover: "0.0.1".to_owned(), ..own() };
    assert!(of(older).contains("crossover \"0.0.1\" made it, whose tools are others"));
    assert!(of(own()).contains("other files than its label says"));

    let whole = fs::read(bundle(&fake)).unwrap();
    let half = fake.root().join("half.tar.gz");
    fs::write(&half, &whole[..whole.len() / 2]).unwrap();
    refused(&fake, &half);
}

#[test]
fn nothing_leads_out_of_the_folder() {
    let fake = FakeHost::new();
    let label = Label::of_this_program();
    for path in ["../out", "/out", "a/../../out", "c:/out", "a\\..\\out"] {
        let error = refused(&fake, &archive(&fake, &label, &[(EntryType::Regular, path, "x")]));
        assert!(error.contains("leads out of its folder"), "{path}: {error}");
    }
    for kind in [EntryType::Symlink, EntryType::Link, EntryType::Char, EntryType::Fifo, EntryType::Directory] {
        let error = refused(&fake, &archive(&fake, &label, &[(kind, "a", "")]));
        assert!(error.contains("a is no file"), "{error}");
    }
    let twice = [(EntryType::Regular, "a", "one"), (EntryType::Regular, "a", "two")];
    assert!(refused(&fake, &archive(&fake, &label, &twice)).contains("cannot be written"));
    assert!(!fake.root().join("out").exists() && !fake.root().join("cache/crossover/out").exists());
}
