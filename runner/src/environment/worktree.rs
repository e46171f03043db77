//! A suite's repository as it was at an earlier commit: a git worktree outside of it, kept from one run to the next.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::{Context as _, ensure};
use sha2::{Digest as _, Sha256};

use super::git::{AT_ONCE, git};
use super::host::Host;
use super::step::{LONG, Say, SetupStep};
use crate::path_guard::inside;

/// A repository may be large.
const CHECKOUT: Duration = Duration::from_secs(600);

/// What pins packages; where one of these is the same, so are they.
const LOCKS: [&str; 4] = ["package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml"];

/// How many commits of a project stay checked out: the last ones that were compared with.
const KEPT: usize = 8;

/// A repository at an earlier commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worktree {
    /// The commit.
    pub commit: String,
    /// The folder that corresponds to the suite's folder.
    pub suite: PathBuf,
}

impl Worktree {
    /// Checks out where the branch of `suite` left `reference`: their merge base, so that what others have changed on
    /// `reference` since is not taken for this branch's doing. `keep` is a folder for worktrees. Packages that are installed
    /// here are used there, where the same are pinned; others are installed.
    ///
    /// # Errors
    /// When the suite is in no repository, there is no such commit, or it cannot be checked out.
    pub fn at(reference: &str, suite: &Path, keep: &Path, say: Say<'_>) -> anyhow::Result<Self> {
        let top = git(suite, &["rev-parse", "--show-toplevel"], AT_ONCE).with_context(|| {
            format!("{}: is in no git repository, so there is no base to compare with", suite.display())
        })?;
        let top = PathBuf::from(top).canonicalize().context("the repository's folder")?;
        let commit = merge_base(&top, reference)?;
        let project = crate::hex(&Sha256::digest(top.as_os_str().as_encoded_bytes()))[..16].to_owned();
        let folder = keep.join(project).join(&commit);
        if !is_whole(&folder, &commit) {
            say(&format!("checking out {} to {}", &commit[..10], folder.display()));
            check_out(&top, &folder, &commit)?;
        }
        bring_packages(&top, &folder, say)?;
        keep_the_latest(&top, &folder)?;
        let below = suite.strip_prefix(&top).context("the suite's folder lies outside of its repository")?;
        Ok(Self { commit, suite: folder.join(below) })
    }
}

/// Where worktrees are kept: below the user's cache folder.
///
/// # Errors
/// When the user has none.
pub fn kept() -> anyhow::Result<PathBuf> {
    let cache = Host::here().cache();
    Ok(cache.context("there is no folder to check the base out to: set XDG_CACHE_HOME")?.join("crossover/revisions"))
}

fn merge_base(top: &Path, reference: &str) -> anyhow::Result<String> {
    let commit = format!("{reference}^{{commit}}");
    let found = git(top, &["rev-parse", "--verify", "--end-of-options", &commit], AT_ONCE);
    // Git takes an empty name for HEAD. A user who passes one, from an unset variable of a script, means something else.
    let commit = found.ok().filter(|_| !reference.is_empty()).ok_or_else(|| {
        anyhow::anyhow!(
            "--base-ref: there is no commit `{}` here; help: fetch it first, as by `git fetch origin {0}`, or name another one",
            reference.escape_debug()
        )
    })?;
    let base = git(top, &["merge-base", &commit, "HEAD"], AT_ONCE).map_err(|_| {
        anyhow::anyhow!(
            "--base-ref: `{}` and HEAD have no common ancestor here; help: a shallow clone has too little of the history: run \
             `git fetch --unshallow`, or check out with fetch-depth: 0",
            reference.escape_debug()
        )
    })?;
    ensure!(base.len() >= 40 && base.bytes().all(|byte| byte.is_ascii_hexdigit()), "git names no commit: {base}");
    Ok(base)
}

/// Whether an earlier run has checked the commit out here, and the checkout is unchanged since.
fn is_whole(folder: &Path, commit: &str) -> bool {
    let is_at = |commit: &str| git(folder, &["rev-parse", "HEAD"], AT_ONCE).is_ok_and(|head| head == commit);
    let is_own = || {
        let top = git(folder, &["rev-parse", "--show-toplevel"], AT_ONCE);
        top.is_ok_and(|top| Path::new(&top).canonicalize().ok() == folder.canonicalize().ok())
    };
    let is_clean =
        || git(folder, &["status", "--porcelain", "--untracked-files=no"], AT_ONCE).is_ok_and(|c| c.is_empty());
    folder.is_dir() && is_at(commit) && is_own() && is_clean()
}

fn check_out(top: &Path, folder: &Path, commit: &str) -> anyhow::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("{}: cannot be removed", folder.display()))?;
    }
    if let Some(parent) = folder.parent() {
        fs::create_dir_all(parent).with_context(|| format!("{}: cannot be made", parent.display()))?;
    }
    git(top, &["worktree", "prune"], AT_ONCE)?;
    let path = folder.to_str().context("the path of the cache folder is no text")?;
    // A hook of the repository has no business in a measurement.
    let arguments =
        ["-c", "core.hooksPath=/dev/null", "worktree", "add", "--detach", "--force", "--quiet", path, commit];
    git(top, &arguments, CHECKOUT).with_context(|| format!("checking out {commit}"))?;
    Ok(())
}

/// Marks a worktree as used now, and removes those of its project that were used longest ago.
fn keep_the_latest(top: &Path, folder: &Path) -> anyhow::Result<()> {
    let unreadable = || format!("{}: cannot be read", folder.display());
    fs::File::open(folder).and_then(|file| file.set_modified(SystemTime::now())).with_context(unreadable)?;
    let mut all = Vec::new();
    for entry in fs::read_dir(folder.parent().unwrap_or(folder)).with_context(unreadable)? {
        let entry = entry.with_context(unreadable)?;
        all.push((entry.metadata().and_then(|data| data.modified()).with_context(unreadable)?, entry.path()));
    }
    all.sort_unstable_by(|a, b| b.cmp(a));
    for (_, old) in all.into_iter().skip(KEPT) {
        fs::remove_dir_all(&old).with_context(|| format!("{}: cannot be removed", old.display()))?;
    }
    git(top, &["worktree", "prune"], AT_ONCE)?;
    Ok(())
}

/// Gives the worktree its npm packages, wherever it has a `package.json` beside which packages are installed here.
fn bring_packages(top: &Path, folder: &Path, say: Say<'_>) -> anyhow::Result<()> {
    let listed = git(folder, &["ls-files", "-z", "--", "package.json", "**/package.json"], AT_ONCE)?;
    for file in listed.split('\0').filter(|file| !file.is_empty()) {
        let below = Path::new(file).parent().unwrap_or(Path::new(""));
        let there = inside(folder, &folder.join(below))?;
        let (here, modules) = (top.join(below), there.join("node_modules"));
        let is_same = pins_the_same(&here, &there);
        if modules.is_symlink() && !is_same {
            // An earlier run could use what was installed here then.
            fs::remove_file(&modules).with_context(|| format!("{}: cannot be removed", modules.display()))?;
        }
        if modules.exists() || !here.join("node_modules").is_dir() {
            continue;
        }
        if is_same {
            link(&here.join("node_modules"), &modules)?;
        } else if there.join("package-lock.json").is_file() {
            let why = "the packages of the base, which pins others";
            // What it pins is fetched; what it would run is not.
            let step = SetupStep::new("npm", &["ci", "--ignore-scripts", "--no-audit", "--no-fund"], why, LONG);
            step.in_folder(&there).run(say).map_err(|attempt| anyhow::anyhow!("{attempt}"))?;
        }
    }
    Ok(())
}

fn pins_the_same(here: &Path, there: &Path) -> bool {
    let is_same =
        |name: &str| matches!((fs::read(here.join(name)), fs::read(there.join(name))), (Ok(a), Ok(b)) if a == b);
    match LOCKS.into_iter().find(|lock| there.join(lock).is_file()) {
        Some(lock) => is_same(lock),
        None => is_same("package.json"),
    }
}

#[cfg(unix)]
fn link(here: &Path, there: &Path) -> anyhow::Result<()> {
    std::os::unix::fs::symlink(here, there).with_context(|| format!("{}: cannot be made", there.display()))
}

#[cfg(windows)]
fn link(here: &Path, there: &Path) -> anyhow::Result<()> {
    std::os::windows::fs::symlink_dir(here, there).with_context(|| format!("{}: cannot be made", there.display()))
}

#[cfg(all(test, unix))]
mod tests;
