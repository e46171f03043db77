//! The scripts that build and publish a release, with programs that only report what they were called with.
#![cfg(unix)]

use std::fs;
use std::process::Command;

use crate::common::machine::Machine;
use crate::common::root;

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What the scripts read.
const FILES: [&str; 12] = [
    ".ci/release",
    ".github/actions/compare",
    "CHANGELOG.md",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "NOTICE",
    "README.md",
    "npm",
    "runner/Cargo.toml",
    "runner/Dockerfile",
    "runner/tools/package.json",
];

/// A checkout, in which the changelog has this version.
fn checkout() -> Machine {
    let machine = Machine::new();
    machine.check_out("checkout", &FILES);
    let changes = machine.read("checkout/CHANGELOG.md");
    let heading = format!("## {VERSION} (2027-01-01)");
    assert!(changes.contains("## Unreleased\n"));
    machine.write("checkout/CHANGELOG.md", &changes.replacen("## Unreleased", &heading, 1));
    machine
}

impl Machine {
    /// A script of a release, in the checkout: exit code, standard output and standard error.
    fn release(&self, name: &str, arguments: &[&str], variables: &[(&str, &str)]) -> (i32, String, String) {
        self.call(&self.path(&format!("checkout/.ci/release/{name}")), arguments, variables, "checkout")
    }

    /// The same, which succeeds; what it printed.
    fn releases(&self, name: &str, arguments: &[&str], variables: &[(&str, &str)]) -> String {
        let (code, stdout, stderr) = self.release(name, arguments, variables);
        assert_eq!(code, 0, "{name}: {stdout}{stderr}");
        stdout
    }
}

/// Where the files of the release are, up to their names.
fn addresses() -> String {
    format!("{}/releases/download/v{VERSION}/", env!("CARGO_PKG_REPOSITORY"))
}

/// Archives of programs that do nothing, in the folder `archives` of the checkout.
fn archived(machine: &Machine, targets: &[&str]) {
    for target in targets {
        let name = if target.contains("windows") { "crossover.exe" } else { "crossover" };
        machine.write(&format!("checkout/programs/{target}/{name}"), &format!("#!/bin/sh\necho {target}\n"));
    }
    machine.releases("archive", &[VERSION, "programs", "archives"], &[]);
}

const TARGETS: [&str; 5] = [
    "aarch64-apple-darwin",
    "aarch64-unknown-linux-gnu",
    "x86_64-apple-darwin",
    "x86_64-pc-windows-msvc",
    "x86_64-unknown-linux-gnu",
];

#[test]
fn only_the_tag_of_this_version_is_released_and_built_for_every_target() {
    let machine = checkout();
    let outputs = machine.releases("check.mjs", &[&format!("v{VERSION}")], &[]);
    let (version, matrix) = outputs.split_once('\n').unwrap();
    assert_eq!(version, format!("version={VERSION}"));
    let matrix: serde_json::Value = serde_json::from_str(matrix.trim().strip_prefix("matrix=").unwrap()).unwrap();
    let jobs = matrix["include"].as_array().unwrap();
    assert_eq!(jobs.len(), 7);
    for job in jobs {
        let (target, runner) = (job["target"].as_str().unwrap(), job["runner"].as_str().unwrap());
        let has_container = !job["container"].as_str().unwrap().is_empty();
        assert_eq!(has_container, target.ends_with("linux-gnu"), "an old glibc: {job}");
        let is_arm = target.starts_with("aarch64");
        assert_eq!(is_arm, runner.ends_with("-arm") || runner == "macos-15", "each is built on its own kind: {job}");
    }

    let (code, _, said) = machine.release("check.mjs", &["v9.9.9"], &[]);
    assert!(code == 1 && said.contains("v9.9.9: is not the tag of the version") && said.contains("\nhelp: "), "{said}");
    machine.write("checkout/CHANGELOG.md", "# Changelog\n\n## Unreleased\n");
    let (code, _, said) = machine.release("check.mjs", &[&format!("v{VERSION}")], &[]);
    assert!(code == 1 && said.contains(&format!("CHANGELOG.md: has no section {VERSION}")), "{said}");
}

#[test]
fn rust_is_installed_in_the_version_of_the_manifest() {
    let machine = checkout();
    machine.reporting("rustup", "");
    machine.reporting("sudo", "");
    let workspace: toml::Table = machine.read("checkout/Cargo.toml").parse().unwrap();
    let rust = workspace["workspace"]["package"]["rust-version"].as_str().unwrap();
    machine.releases("rust", &["x86_64-unknown-linux-musl"], &[]);
    let expected = format!(
        "rustup toolchain install {rust} --profile minimal --target x86_64-unknown-linux-musl\nrustup default {rust}\n\
         sudo apt-get update\nsudo apt-get install --yes --no-install-recommends musl-tools\n"
    );
    assert_eq!(machine.read("called"), expected);
}

#[test]
fn where_there_is_no_rustup_it_is_installed_first() {
    let machine = checkout();
    // What is downloaded is a script that installs it.
    let rustup = "$HOME/.cargo/bin/rustup";
    let installer = format!("mkdir -p $HOME/.cargo/bin; echo > {rustup}; chmod +x {rustup}; echo installed: \"$@\"");
    machine.program("curl", &format!("echo '{installer}'"));
    for name in ["bash", "chmod", "dirname", "mkdir", "sed", "sh"] {
        let found = Command::new("sh").args(["-c", &format!("command -v {name}")]).output().unwrap();
        let found = String::from_utf8(found.stdout).unwrap();
        std::os::unix::fs::symlink(found.trim(), machine.path("bin").join(name)).unwrap();
    }
    let script = machine.path("checkout/.ci/release/rust");
    let (home, paths) = (machine.path("home"), machine.path("paths"));
    let mut command = Command::new(machine.path("bin/bash"));
    command.arg(script).arg("aarch64-apple-darwin").env_clear();
    let output =
        command.env("PATH", machine.path("bin")).env("HOME", &home).env("GITHUB_PATH", &paths).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.starts_with("installed: -y --no-modify-path"), "{said}");
    assert_eq!(machine.read("paths"), format!("{}/.cargo/bin\n", home.display()), "later steps find it");
}

#[test]
fn a_program_is_built_without_symbols_and_put_into_the_named_folder() {
    let machine = checkout();
    machine.reporting("cargo", "echo \"$CARGO_PROFILE_RELEASE_STRIP $RUSTFLAGS\" >> called\nfor target; do :; done\nmkdir -p target/$target/release; echo program > target/$target/release/$NAME");
    let variables = |name| [("NAME", name), ("CARGO_TARGET_DIR", ""), ("RUSTFLAGS", "")];
    machine.releases("build", &["x86_64-unknown-linux-gnu", "out"], &variables("crossover"));
    machine.releases("build", &["x86_64-pc-windows-msvc", "out"], &variables("crossover.exe"));
    for name in ["crossover", "crossover.exe"] {
        assert_eq!(machine.read(&format!("checkout/out/{name}")), "program\n");
    }
    assert_eq!(machine.read("checkout/called"), "symbols \nsymbols -C target-feature=+crt-static\n");
    let called = machine.read("called");
    assert!(
        called.starts_with("cargo build --release --locked --package crossover --target x86_64-unknown-linux-gnu\n"),
        "{called}"
    );
}

#[test]
#[cfg(target_os = "linux")]
fn a_program_that_needs_a_newer_glibc_is_refused() {
    let machine = checkout();
    let program = env!("CARGO_BIN_EXE_crossover");
    assert!(machine.releases("glibc", &[program, "9.99"], &[]).starts_with("glibc: 2."));
    let (code, _, said) = machine.release("glibc", &[program, "2.1"], &[]);
    assert!(code == 1 && said.contains(": needs glibc 2.") && said.contains("\nhelp: "), "{said}");
    machine.write("script", "#!/bin/sh\n");
    assert_eq!(machine.releases("glibc", &[machine.path("script").to_str().unwrap(), "2.1"], &[]), "glibc: none\n");
}

#[test]
fn an_archive_has_one_folder_with_the_program_and_its_hash_is_listed() {
    let machine = checkout();
    archived(&machine, &TARGETS);
    let name = format!("crossover-x86_64-unknown-linux-gnu-v{VERSION}");
    let listing =
        Command::new("tar").arg("-tvzf").arg(machine.path(&format!("checkout/archives/{name}.tar.gz"))).output();
    let listing = String::from_utf8(listing.unwrap().stdout).unwrap();
    let line = |file: &str| listing.lines().find(|line| line.ends_with(&format!(" {name}/{file}"))).unwrap_or_default();
    assert!(line("crossover").starts_with("-rwxr-xr-x 0/0"), "{listing}");
    for file in ["README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE", "NOTICE"] {
        assert!(line(file).starts_with("-rw-r--r--"), "{file}: {listing}");
    }
    let zip = machine.path(&format!("checkout/archives/crossover-x86_64-pc-windows-msvc-v{VERSION}.zip"));
    let listing = Command::new("unzip").arg("-l").arg(zip).output().unwrap();
    assert!(String::from_utf8_lossy(&listing.stdout).contains(&format!("-v{VERSION}/crossover.exe")));
    let sums = machine.read("checkout/archives/SHA256SUMS");
    assert_eq!(sums.lines().count(), TARGETS.len(), "{sums}");
    let mut check = Command::new("sha256sum");
    check.args(["--check", "--quiet", "SHA256SUMS"]).current_dir(machine.path("checkout/archives"));
    assert!(check.status().unwrap().success());

    // cargo-binstall finds them by the names that the manifest says.
    let manifest: toml::Table = machine.read("checkout/runner/Cargo.toml").parse().unwrap();
    let binstall = &manifest["package"]["metadata"]["binstall"];
    let filled = |text: &str| {
        let filled = text.replace("{ name }", "crossover").replace("{ version }", VERSION);
        filled.replace("{ target }", "x86_64-unknown-linux-gnu")
    };
    let url = filled(binstall["pkg-url"].as_str().unwrap()).replace("{ archive-suffix }", ".tar.gz");
    assert!(url.ends_with(&format!("/v{VERSION}/{name}.tar.gz")), "{url}");
    assert!(filled(binstall["bin-dir"].as_str().unwrap()).starts_with(&format!("{name}/")));
}

#[test]
fn the_launcher_is_published_after_what_it_needs_and_nothing_is_published_twice() {
    let machine = checkout();
    // A package of another version, which is no release.
    let pack = |name: &str, version: &str| {
        let scope = "owner-crossover";
        machine.write(
            "package/package.json",
            &format!("{{ \"name\": \"@owner/crossover{name}\", \"version\": \"{version}\" }}"),
        );
        fs::create_dir_all(machine.path("checkout/packages")).unwrap();
        let file = machine.path(&format!("checkout/packages/{scope}{name}-{version}.tgz"));
        let status = Command::new("tar").arg("-czf").arg(file).arg("package").current_dir(machine.path(".")).status();
        assert!(status.unwrap().success());
    };
    for name in ["", "-linux-x64-gnu", "-win32-x64"] {
        pack(name, "1.0.0");
    }
    machine.reporting("npm", "case \"$*\" in *win32*version) echo 1.0.0;; view*) exit 1;; esac");
    let said = machine.releases("publish-npm", &["packages"], &[]);
    assert_eq!(said, "@owner/crossover-win32-x64@1.0.0 is published already\n");
    let called = machine.read("called");
    let published: Vec<&str> = called.lines().filter(|line| line.starts_with("npm publish")).collect();
    let publish = |file: &str| format!("npm publish --access public --tag latest ./owner-crossover{file}-1.0.0.tgz");
    assert_eq!(published, [publish("-linux-x64-gnu"), publish("")]);

    fs::remove_dir_all(machine.path("checkout/packages")).unwrap();
    for name in ["", "-linux-x64-gnu"] {
        pack(name, "1.0.0-rc.1");
    }
    machine.releases("publish-npm", &["packages"], &[]);
    assert!(machine.read("called").ends_with("--tag next ./owner-crossover-1.0.0-rc.1.tgz\n"));
}

#[test]
fn the_crates_are_published_those_that_others_need_first() {
    let machine = checkout();
    machine.reporting("cargo", "case \"$*\" in *crossover-reports@*) exit 0;; info*) exit 101;; esac");
    let said = machine.releases("publish-crates", &[VERSION], &[]);
    assert_eq!(said, format!("crossover-reports {VERSION} is published already\n"));
    let called = machine.read("called");
    let published: Vec<&str> = called.lines().filter(|line| line.starts_with("cargo publish")).collect();
    let publish = |name: &str| format!("cargo publish --locked --package {name}");
    assert_eq!(published, [publish("crossover-inputs"), publish("crossover")]);
}

#[test]
fn the_release_has_the_archives_and_the_section_of_the_changelog() {
    let machine = checkout();
    machine.write("checkout/CHANGELOG.md", "# Changelog\n\n## 1.1.0 (2027-02-02)\n\n- New.\n\n## 1.0.0\n\n- Old.\n");
    machine.write("checkout/archives/a.tar.gz", "");
    machine.reporting("gh", "cat > notes");
    machine.releases("github", &["1.1.0", "archives"], &[]);
    let archive = machine.path("checkout/archives/a.tar.gz");
    let expected = format!(
        "gh release create v1.1.0 --verify-tag --title v1.1.0 --notes-file - {}\n",
        archive.canonicalize().unwrap().display()
    );
    assert_eq!(machine.read("called"), expected);
    assert_eq!(machine.read("checkout/notes"), "\n- New.\n\n");
    machine.releases("github", &["1.1.0-rc.1", "archives"], &[]);
    assert!(machine.read("called").lines().last().unwrap().contains(" --prerelease "));
}

#[test]
fn images_are_made_of_the_archive_for_each_machine_and_then_joined() {
    let machine = checkout();
    let arch = std::env::consts::ARCH;
    archived(&machine, &[&format!("{arch}-unknown-linux-gnu")]);
    machine
        .reporting("docker", "case $1 in login) cat > token;; build) for last; do :; done; ls $last > context;; esac");
    let variables = [("GITHUB_ACTOR", "owner"), ("REGISTRY_TOKEN", "secret")];
    machine.releases("image", &[VERSION, "archives", "ghcr.io/Owner/crossover"], &variables);
    let called = machine.read("called");
    assert!(
        called.starts_with("docker login ghcr.io --username owner --password-stdin\ndocker build --file "),
        "{called}"
    );
    let image = format!("ghcr.io/owner/crossover:{VERSION}");
    for (target, tag) in [("crossover", ""), ("crossover-rust", "-rust")] {
        assert!(called.contains(&format!(" --target {target} --tag {image}{tag}-{arch} ")), "{called}");
        assert!(called.contains(&format!("docker push {image}{tag}-{arch}\n")), "{called}");
    }
    assert_eq!(machine.read("checkout/token"), "secret\n");
    // What the Dockerfile copies is there, and its targets are.
    assert!(machine.read("checkout/context").lines().any(|name| name == "crossover"));
    let dockerfile = machine.read("checkout/runner/Dockerfile");
    assert!(dockerfile.contains(" AS crossover\n") && dockerfile.contains(" AS crossover-rust\n"));
    assert!(dockerfile.contains("\nCOPY crossover "));

    machine.releases("image-list", &[VERSION, "ghcr.io/Owner/crossover"], &variables);
    let called = machine.read("called");
    let joined = format!(
        "docker buildx imagetools create --tag {image}-rust --tag ghcr.io/owner/crossover:latest-rust {image}-rust-x86_64 {image}-rust-aarch64"
    );
    assert_eq!(called.lines().last().unwrap(), joined);
}

#[test]
fn the_action_takes_what_a_release_has_listed_and_nothing_else() {
    let machine = checkout();
    archived(&machine, &TARGETS);
    machine.releases("list", &[VERSION, "archives/SHA256SUMS"], &[]);
    let list = machine.read("checkout/.github/actions/compare/hashes");
    assert_eq!(list.lines().count(), TARGETS.len(), "{list}");
    let address = addresses();
    assert!(list.lines().all(|line| line[64..].starts_with(&format!("  {address}crossover-"))), "{list}");
    machine.releases("list", &[VERSION, "archives/SHA256SUMS"], &[]);
    assert_eq!(machine.read("checkout/.github/actions/compare/hashes"), list, "no release is listed twice");

    // The last two arguments are the file to write and the address.
    let archives = machine.path("checkout/archives");
    machine.program("curl", &format!("while [ $# -gt 2 ]; do shift; done\ncp {}/${{2##*/}} $1", archives.display()));
    let download = |system: [&str; 2], version: &str| {
        let _ = fs::remove_dir_all(machine.path("to"));
        let to = machine.path("to").display().to_string();
        let arguments = [".github/actions/compare/hashes", version, &to];
        let variables = [("RUNNER_OS", system[0]), ("RUNNER_ARCH", system[1])];
        machine.call(&machine.path("checkout/.github/actions/compare/download.sh"), &arguments, &variables, "checkout")
    };
    for (system, target) in
        [(["Linux", "X64"], 4), (["Linux", "ARM64"], 1), (["macOS", "ARM64"], 0), (["macOS", "X64"], 2)]
    {
        for version in ["", VERSION] {
            let (code, said, wrong) = download(system, version);
            assert_eq!(code, 0, "{said}{wrong}");
            assert!(machine.read("to/crossover").contains(TARGETS[target]), "{system:?}");
        }
    }
    assert_eq!(download(["Windows", "X64"], "").0, 0);
    assert!(machine.path("to/crossover.exe").is_file());

    let (code, said, _) = download(["Windows", "ARM64"], "");
    assert!(code == 3 && said.contains("knows no release for aarch64-pc-windows-msvc; help: "), "{said}");
    let (code, said, _) = download(["Linux", "X64"], "7.7.7");
    assert!(code == 3 && said.contains("knows no release 7.7.7 for x86_64-unknown-linux-gnu"), "{said}");
    let (code, said, _) = download(["Linux", "X86"], "");
    assert!(code == 3 && said.contains("No release has a program for Linux on X86"), "{said}");

    let file = archives.join(format!("crossover-x86_64-unknown-linux-gnu-v{VERSION}.tar.gz"));
    fs::write(&file, "another file").unwrap();
    let (code, said, _) = download(["Linux", "X64"], "");
    assert!(code == 3 && said.contains("is not the file that was released"), "{said}");
    assert_eq!(fs::read_dir(machine.path("to")).unwrap().count(), 0, "nothing of it is left");
}

#[test]
fn a_pull_request_proposes_the_formula_and_the_list_of_the_action() {
    let machine = checkout();
    archived(&machine, &TARGETS);
    fs::rename(machine.path("checkout/archives"), machine.path("archives")).unwrap();
    fs::remove_dir_all(machine.path("checkout/programs")).unwrap();
    machine.git(".", &["init", "--quiet", "--bare", "origin"]);
    machine.git("checkout", &["init", "--quiet", "--initial-branch=main"]);
    machine.git("checkout", &["add", "."]);
    machine.git("checkout", &["commit", "--quiet", "--message=all"]);
    let origin = machine.path("origin").display().to_string();
    machine.git("checkout", &["remote", "add", "origin", &origin]);
    machine.reporting("gh", "");
    let sums = machine.path("archives/SHA256SUMS").display().to_string();
    machine.releases("propose", &[VERSION, &sums], &[]);
    let branch = format!("after-v{VERSION}");
    assert!(machine.read("called").starts_with(&format!("gh pr create --head {branch} --title ")));
    let changed =
        Command::new("git").args(["show", "--name-only", "--format=%an", &branch]).current_dir(&origin).output();
    let changed = String::from_utf8(changed.unwrap().stdout).unwrap();
    assert_eq!(changed, "github-actions[bot]\n\n.github/actions/compare/hashes\nFormula/crossover.rb\n");

    let (formula, sums) = (machine.read("checkout/Formula/crossover.rb"), machine.read("archives/SHA256SUMS"));
    for line in sums.lines().filter(|line| line.ends_with(".tar.gz")) {
        let (hash, file) = line.split_once("  ").unwrap();
        assert!(formula.contains(&format!("url \"{}{file}\"\n      sha256 \"{hash}\"\n", addresses())), "{formula}");
    }
    let words: Vec<&str> = formula.split_whitespace().collect();
    let count = |word: &str| words.iter().filter(|one| **one == word).count();
    assert_eq!(count("end"), count("do") + count("def") + count("class"), "{formula}");
}

#[test]
fn the_sandbox_is_let_start_on_machines_of_the_service_only() {
    let machine = Machine::new();
    machine.reporting("sudo", "exit 1");
    let script = root().join(".github/actions/compare/sandbox.sh");
    for (system, kind, called) in [
        ("Linux", "self-hosted", ""),
        ("macOS", "github-hosted", ""),
        ("Linux", "github-hosted", "sudo sysctl -qw kernel.apparmor_restrict_unprivileged_userns=0\n"),
    ] {
        let variables = [("RUNNER_OS", system), ("RUNNER_ENVIRONMENT", kind)];
        assert_eq!(machine.call(&script, &[], &variables, ".").0, 0);
        assert_eq!(machine.read("called"), called, "{system} {kind}");
    }
}
