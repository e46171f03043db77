//! Where the tools that build and drive are, and where what is made goes.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};

use super::host::Host;
use super::root::{Root, is_checkout};
use super::tools::Tools;
use crate::exit::Unable;

/// The folders to work with: those that `CROSSOVER_HOME` names, else the checkout that this program lies in, else the tools that
/// `CROSSOVER_TOOLS` names, else the user's cache.
///
/// # Errors
/// [`Unable`] when a variable names what is none, or there is no folder for a cache.
pub fn tools_root() -> anyhow::Result<Root> {
    let program = std::env::current_exe().ok();
    found(&Host::here(), program.as_deref()).map_err(|error| Unable(error).into())
}

fn found(host: &Host, program: Option<&Path>) -> anyhow::Result<Root> {
    if let Some(home) = host.var("CROSSOVER_HOME") {
        let folder = absolute(home)?;
        return if is_checkout(&folder) { Ok(Root::of_repository(&folder)) } else { installation(host, &folder) };
    }
    if let Some(checkout) = program.and_then(around) {
        return Ok(Root::of_repository(&checkout));
    }
    let tools = host.var("CROSSOVER_TOOLS").map(|folder| absolute(folder).map(Tools::Given)).transpose()?;
    Ok(Root::of_user(&cache(host)?, tools))
}

/// An installation: a folder whose `node_modules` has the tools.
fn installation(host: &Host, folder: &Path) -> anyhow::Result<Root> {
    let tools = Tools::Given(folder.join("node_modules"));
    tools.installed().map_err(|why| {
        anyhow!(
            "CROSSOVER_HOME: {}: is no checkout of crossover, and no installation of its tools: {why}; help: name one, or unset \
             CROSSOVER_HOME: then the tools are kept in your cache",
            folder.display()
        )
    })?;
    Ok(Root::of_user(&cache(host)?, Some(tools)))
}

fn absolute(folder: &str) -> anyhow::Result<PathBuf> {
    std::path::absolute(folder).with_context(|| format!("{folder}: is no path"))
}

fn cache(host: &Host) -> anyhow::Result<PathBuf> {
    host.cache().context(
        "there is no folder for the tools and for what crossover makes; help: set XDG_CACHE_HOME to one that you can write to",
    )
}

/// The checkout that a program lies in. One that was installed elsewhere, or copied, belongs to none.
fn around(program: &Path) -> Option<PathBuf> {
    // Windows names real paths in a form that few programs take.
    let real = if cfg!(windows) { program.to_owned() } else { program.canonicalize().ok()? };
    real.ancestors().skip(1).find(|folder| is_checkout(folder)).map(Path::to_owned)
}

#[cfg(all(test, unix))]
mod tests {
    use super::super::fake::FakeHost;
    use super::super::pinned::tool_files;
    use super::*;

    fn checkout(fake: &FakeHost, folder: &str) -> PathBuf {
        fake.file(&format!("{folder}/runner/tools/package.json"), "{}");
        fake.file(&format!("{folder}/crossover.toml"), "");
        fake.root().join(folder).canonicalize().expect("it was made just now")
    }

    #[test]
    fn the_named_folder_comes_first_then_the_checkout_around_then_named_tools_then_the_cache() {
        let mut fake = FakeHost::new();
        let own = fake.root().join("home/.cache/crossover");
        let program = fake.file("elsewhere/bin/crossover", "");
        let in_cache = found(&fake.host, Some(&program)).unwrap();
        assert_eq!(in_cache.own(), own);
        assert_eq!(in_cache.tools.package("x"), tool_files().folder(&own).join("node_modules/x"));
        assert_eq!((&in_cache.checkout, found(&fake.host, None).unwrap()), (&None, in_cache.clone()));

        let beside = fake.root().join("npm/node_modules");
        fake.set("CROSSOVER_TOOLS", beside.to_str().unwrap());
        let given = found(&fake.host, Some(&program)).unwrap();
        assert_eq!((given.own(), given.tools), (own, Tools::Given(beside)));

        let around = checkout(&fake, "work/crossover");
        let program = fake.file("work/crossover/target/debug/crossover", "");
        assert_eq!(found(&fake.host, Some(&program)).unwrap(), Root::of_repository(&around));
        std::os::unix::fs::symlink(&program, fake.root().join("bin/crossover")).unwrap();
        let linked = found(&fake.host, Some(&fake.root().join("bin/crossover"))).unwrap();
        assert_eq!(linked.checkout, Some(around));

        let other = checkout(&fake, "other");
        fake.set("CROSSOVER_HOME", other.to_str().unwrap());
        assert_eq!(found(&fake.host, Some(&program)).unwrap(), Root::of_repository(&other));
    }

    #[test]
    fn a_named_folder_that_is_neither_checkout_nor_installation_is_refused() {
        let mut fake = FakeHost::new();
        let home = fake.root().join("home").display().to_string();
        fake.set("CROSSOVER_HOME", &home);
        let error = found(&fake.host, None).unwrap_err().to_string();
        assert!(error.starts_with(&format!("CROSSOVER_HOME: {home}: is no checkout")), "{error}");
        assert!(error.contains("; help: name one, or unset CROSSOVER_HOME"), "{error}");
    }

    #[test]
    fn without_a_cache_that_is_what_is_said() {
        let mut fake = FakeHost::new();
        fake.host.vars.clear();
        let error = found(&fake.host, None).unwrap_err().to_string();
        assert!(error.contains("; help: set XDG_CACHE_HOME"), "{error}");
        fake.set("XDG_CACHE_HOME", "/some/cache");
        assert_eq!(found(&fake.host, None).unwrap().own(), Path::new("/some/cache/crossover"));
    }
}
