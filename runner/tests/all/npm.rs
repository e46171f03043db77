//! The npm packages: what the script makes, what the launcher does, and a project that installs the packed ones.
#![cfg(unix)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::common::{make_executable, root, signal, wait_until};

/// The Node.js that set-up found, which takes a while to ask for.
fn node() -> &'static Path {
    static FOUND: OnceLock<PathBuf> = OnceLock::new();
    FOUND.get_or_init(crate::common::node)
}

/// What a file of the repository says.
fn read(path: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(root().join(path)).unwrap()).unwrap()
}

/// The target that this machine builds for.
fn own_target(targets: &Value) -> &str {
    let os = if cfg!(target_os = "macos") { "darwin" } else { std::env::consts::OS };
    let cpu = if cfg!(target_arch = "aarch64") { "arm64" } else { "x64" };
    let is_own = |target: &Value| target["os"] == os && target["cpu"] == cpu && target["libc"] != "musl";
    targets.as_object().unwrap().iter().find(|(_, target)| is_own(target)).unwrap().0
}

/// A folder with a program for every target: `own` for this machine, and one that does nothing for each other.
fn programs(own: &str) -> TempDir {
    let (folder, names) = (tempfile::tempdir().unwrap(), read("npm/packages.json"));
    for (target, of) in names["targets"].as_object().unwrap() {
        let name = if of["os"] == "win32" { "crossover.exe" } else { "crossover" };
        let file = folder.path().join(target).join(name);
        fs::create_dir(file.parent().unwrap()).unwrap();
        if target == own_target(&names["targets"]) {
            fs::copy(own, &file).unwrap();
        } else {
            fs::write(&file, "#!/bin/sh\n").unwrap();
        }
    }
    folder
}

/// The packages, not packed, each in a folder.
fn made() -> TempDir {
    let (from, folder) = (programs("/bin/sh"), tempfile::tempdir().unwrap());
    let mut make = Command::new(node());
    let output = make.arg(root().join("npm/make.mjs")).args([from.path(), folder.path()]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    folder
}

fn manifest(folder: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(folder.join("package.json")).unwrap()).unwrap()
}

#[test]
fn there_is_a_package_for_every_target_and_a_launcher_that_depends_on_all() {
    use std::os::unix::fs::PermissionsExt as _;

    let (folder, names, tools) = (made(), read("npm/packages.json"), read("runner/tools/package.json"));
    let launcher = manifest(&folder.path().join("crossover"));
    let mut optional = BTreeSet::new();
    for target in names["targets"].as_object().unwrap().values() {
        let libc = target["libc"].as_str().map(|libc| libc.replace("glibc", "gnu"));
        let parts = ["crossover", target["os"].as_str().unwrap(), target["cpu"].as_str().unwrap()];
        let name = parts.into_iter().chain(libc.as_deref()).collect::<Vec<_>>().join("-");
        let package = folder.path().join(&name);
        let manifest = manifest(&package);
        assert_eq!(manifest["name"], format!("{}/{name}", names["scope"].as_str().unwrap()));
        assert_eq!((&manifest["os"], &manifest["cpu"]), (&json!([target["os"]]), &json!([target["cpu"]])));
        assert_eq!(manifest.get("libc"), target.get("libc").map(|libc| json!([libc])).as_ref());
        let files: Vec<PathBuf> = fs::read_dir(&package).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert_eq!(files.len(), 2, "the manifest and one file: {files:?}");
        let program = package.join(manifest["files"][0].as_str().unwrap());
        assert_eq!(fs::metadata(&program).unwrap().permissions().mode() & 0o777, 0o755, "{}", program.display());
        assert!(manifest.get("scripts").is_none() && manifest.get("dependencies").is_none(), "{manifest}");
        assert_eq!(launcher["optionalDependencies"][manifest["name"].as_str().unwrap()], env!("CARGO_PKG_VERSION"));
        optional.insert(manifest["name"].clone().to_string());
    }
    assert_eq!(launcher["optionalDependencies"].as_object().unwrap().len(), optional.len());
    assert_eq!(launcher["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(
        (&launcher["engines"]["node"], &launcher["bin"]["crossover"]),
        (&json!(">=20"), &json!("bin/crossover"))
    );
    assert!(launcher.get("scripts").is_none());

    let mut needed = tools["dependencies"].as_object().unwrap().clone();
    for name in tools["crossover"]["forBuilds"].as_array().unwrap() {
        needed.remove(name.as_str().unwrap()).unwrap();
    }
    assert_eq!(
        launcher["dependencies"],
        Value::Object(needed),
        "the tools as they are pinned, without what only builds need"
    );
    let script = fs::read_to_string(root().join("npm/launcher/crossover")).unwrap();
    assert!(script.lines().count() < 80, "the launcher has grown");
}

/// The launcher with such a program, and a script that comes before it.
struct Launcher {
    folder: TempDir,
    variables: Vec<(&'static str, String)>,
    before: Option<PathBuf>,
}

impl Launcher {
    fn new() -> Self {
        Self { folder: made(), variables: Vec::new(), before: None }
    }

    /// With a program that is this shell script.
    fn with(script: &str) -> Self {
        let mut launcher = Self::new();
        let file = launcher.folder.path().join("program");
        fs::write(&file, format!("#!/bin/sh\n{script}\n")).unwrap();
        make_executable(&file);
        launcher.variables.push(("CROSSOVER_BINARY", file.display().to_string()));
        launcher
    }

    /// As if this script had described the machine.
    fn on(script: &str) -> Self {
        let mut launcher = Self::new();
        let file = launcher.folder.path().join("machine.cjs");
        fs::write(&file, script).unwrap();
        launcher.before = Some(file);
        launcher
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(node());
        if let Some(before) = &self.before {
            command.arg("--require").arg(before);
        }
        command.arg(self.folder.path().join("crossover/bin/crossover")).args(arguments);
        for name in ["CROSSOVER_HOME", "CROSSOVER_TOOLS", "CROSSOVER_BINARY"] {
            command.env_remove(name);
        }
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// What it says where there is no program.
    fn complaint(&self) -> String {
        let output = self.run(&["--version"]);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(3), 0), "{output:?}");
        String::from_utf8(output.stderr).unwrap()
    }
}

#[test]
fn the_launcher_passes_arguments_on_and_names_the_tools_beside_it() {
    let mut launcher = Launcher::with("printf '%s|' \"$@\"; echo \"$CROSSOVER_TOOLS\"; cat; exit 7");
    let output = launcher.command(&["port", "a b", "*"]).stdin(Stdio::null()).output().unwrap();
    let tools = launcher.folder.path().join("crossover/node_modules").display().to_string();
    assert_eq!(String::from_utf8_lossy(&output.stdout), format!("port|a b|*|{tools}\n"));
    assert_eq!(output.status.code(), Some(7));

    launcher.variables.push(("CROSSOVER_HOME", "/checkout".to_owned()));
    assert_eq!(launcher.run(&[]).stdout, b"|\n", "a checkout has its own");
    launcher.variables.push(("CROSSOVER_TOOLS", "/tools".to_owned()));
    assert_eq!(launcher.run(&[]).stdout, b"|/tools\n", "what the user names stays");
}

#[test]
fn the_launcher_passes_signals_on_and_ends_as_its_program_ends() {
    use std::os::unix::process::ExitStatusExt as _;

    assert_eq!(Launcher::with("kill -KILL $$").run(&[]).status.signal(), Some(9));
    assert_eq!(Launcher::with("kill -TERM $$").run(&[]).status.signal(), Some(15));
    for (name, code) in [("INT", 5), ("TERM", 6), ("HUP", 7)] {
        let ready = tempfile::tempdir().unwrap();
        let ready = ready.path().join("ready");
        let program = format!("trap 'exit {code}' {name}; mkdir -p {0}; while :; do sleep 0.05; done", ready.display());
        let launcher = Launcher::with(&program);
        let mut child = launcher.command(&[]).stdin(Stdio::null()).spawn().unwrap();
        wait_until("the program runs", Duration::from_secs(20), || ready.is_dir());
        signal(&format!("-{name}"), child.id());
        assert_eq!(child.wait().unwrap().code(), Some(code), "{name}");
    }
}

#[test]
fn without_the_package_for_a_machine_the_launcher_says_what_to_do() {
    let version = env!("CARGO_PKG_VERSION");
    let names = read("npm/packages.json");
    let name = format!("{}/crossover", names["scope"].as_str().unwrap());
    let machine = |platform: &str, arch: &str, glibc: &str| {
        Launcher::on(&format!(
            "Object.defineProperty(process, 'platform', {{ value: '{platform}' }});\n\
             Object.defineProperty(process, 'arch', {{ value: '{arch}' }});\n\
             process.report.getReport = () => ({{ header: {{ glibcVersionRuntime: {glibc} }} }});\n"
        ))
    };
    for (platform, arch, glibc, suffix) in [
        ("linux", "x64", "'2.36'", "linux-x64-gnu"),
        ("linux", "arm64", "'2.36'", "linux-arm64-gnu"),
        ("linux", "x64", "undefined", "linux-x64-musl"),
        ("darwin", "arm64", "undefined", "darwin-arm64"),
        ("win32", "x64", "undefined", "win32-x64"),
    ] {
        let said = machine(platform, arch, glibc).complaint();
        assert!(
            said.starts_with(&format!("error: the package for this machine is not installed: {name}-{suffix}\n")),
            "{said}"
        );
        let help = format!("\nhelp: npm install --save-optional --include=optional {name}-{suffix}@{version}\n");
        assert!(said.contains(&help) && said.contains("issues/4828"), "{said}");
    }
    for (platform, arch, shown) in [("linux", "arm64", "linux arm64 with musl"), ("freebsd", "x64", "freebsd x64")] {
        let said = machine(platform, arch, "undefined").complaint();
        let expected = format!(
            "error: no package has a program for this machine ({shown})\n\
             help: build it with `cargo install crossover`, and name it in CROSSOVER_BINARY\n"
        );
        assert_eq!(said, expected);
    }

    let mut launcher = Launcher::new();
    launcher.variables.push(("CROSSOVER_BINARY", "/no/such/program".to_owned()));
    let said = launcher.complaint();
    assert!(
        said.starts_with("error: /no/such/program: cannot be started: ENOENT\nhelp: install crossover again"),
        "{said}"
    );
}

/// Packs the packages, with the program of these tests for this machine, and has them installed and used.
fn smoke(arguments: &[&str]) -> String {
    let work = tempfile::tempdir().unwrap();
    let (program, packed) = (work.path().join("crossover"), work.path().join("packed"));
    // Without its symbols it is packed in half the time.
    let strip = Command::new("strip").arg("-o").arg(&program).arg(env!("CARGO_BIN_EXE_crossover")).status();
    assert!(strip.unwrap().success());
    let from = programs(program.to_str().unwrap());
    let run = |command: &mut Command| {
        let output = command.output().unwrap();
        assert!(output.status.success(), "{command:?}\n{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    run(Command::new(root().join(".ci/release/packages")).args([from.path(), &packed]));
    let mut smoke = Command::new(node());
    run(smoke.arg(root().join("npm/smoke.mjs")).arg(&packed).args(arguments))
}

#[test]
fn a_project_installs_the_packed_packages_and_uses_them() {
    let shown = smoke(&["npm"]);
    assert!(shown.contains("installed: "), "{shown}");
}

#[test]
#[ignore = "takes minutes"]
fn a_project_ports_with_what_each_package_manager_installs() {
    for manager in ["npm@10", "npm@11", "npm@12", "pnpm@10", "bun@1"] {
        let shown = smoke(&[manager, "--port"]);
        assert!(shown.contains("port: "), "{manager}: {shown}");
    }
}
