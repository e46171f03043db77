//! The JavaScript tools in one file, for a machine without a network: a gzipped tar archive.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, bail, ensure};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};
use tar::{Archive, Builder, EntryType, Header};

use super::fill::{Fill, Staging};
use super::host::Host;
use super::npm;
use super::pinned::{Pinned, tool_files};
use super::root::Root;
use super::step::Say;
use super::tools::{Tools, WHY};
use crate::lock::Lock;

/// The most that is unpacked, bytes.
const MOST_BYTES: u64 = 1 << 30;

/// The most files that are unpacked.
const MOST_FILES: usize = 20_000;

/// The first file of a bundle, which says what it is.
const LABEL: &str = "bundle.json";

const SCHEMA: &str = "crossover/bundle/1";

/// What a bundle is for.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Label {
    schema: String,
    /// The program that made it.
    crossover: String,
    /// What pins the tools in it.
    tools: String,
    /// The kind of machine: some of the tools are compiled.
    machine: String,
}

impl Label {
    fn of_this_program() -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            crossover: env!("CARGO_PKG_VERSION").to_owned(),
            tools: tool_files().version(),
            machine: format!("{}-{}", std::env::consts::OS, std::env::consts::ARCH),
        }
    }
}

/// Installs the tools into a folder that is removed again, and packs them into `file`.
///
/// # Errors
/// When they cannot be installed, or the file cannot be written.
pub fn make_bundle(host: &Host, file: &Path, say: Say<'_>) -> anyhow::Result<()> {
    let npm = npm::find(host).map_err(|why| anyhow::anyhow!("{why}; help: {}", super::node::FIX))?;
    let scratch = tempfile::tempdir().context("making a folder for the tools")?;
    let folder = scratch.path().join("tools");
    let fill = Fill::new(&npm, tool_files(), folder.clone(), WHY);
    fill.run(say).map_err(|attempt| anyhow::anyhow!("{attempt}"))?;
    let context = || format!("{}: cannot be written", file.display());
    pack(&folder, File::create(file).with_context(context)?).with_context(context)
}

/// Packs the files of a folder. What is there only for shells is left out, as are times and owners.
fn pack(folder: &Path, out: File) -> anyhow::Result<()> {
    let mut archive = Builder::new(GzEncoder::new(out, Compression::default()));
    let label = serde_json::to_vec(&Label::of_this_program()).context("describing the bundle")?;
    add(&mut archive, Path::new(LABEL), 0o644, &label)?;
    let mut paths = vec![folder.to_owned()];
    while let Some(path) = paths.pop() {
        let data = fs::symlink_metadata(&path).with_context(|| format!("reading {}", path.display()))?;
        let context = || format!("reading {}", path.display());
        if data.is_dir() && path.file_name().is_none_or(|name| name != ".bin") {
            let mut below = fs::read_dir(&path)
                .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, _>>())
                .with_context(context)?;
            below.sort_unstable_by(|a, b| b.cmp(a));
            paths.extend(below);
        } else if data.is_file() {
            let bytes = fs::read(&path).with_context(context)?;
            let name = path.strip_prefix(folder).with_context(context)?;
            add(&mut archive, name, if super::host::is_program(&path) { 0o755 } else { 0o644 }, &bytes)?;
        }
    }
    archive.into_inner()?.finish()?.flush()?;
    Ok(())
}

fn add(archive: &mut Builder<impl Write>, name: &Path, mode: u32, bytes: &[u8]) -> anyhow::Result<()> {
    let mut header = Header::new_gnu();
    header.set_entry_type(EntryType::Regular);
    header.set_mode(mode);
    header.set_size(u64::try_from(bytes.len())?);
    header.set_mtime(0);
    archive.append_data(&mut header, name, bytes)?;
    Ok(())
}

/// Fills the user's cache with the tools of a bundle. Returns where they are then.
///
/// # Errors
/// When this program does not take its tools from there, the file is no bundle of this program for this kind of machine, or
/// a folder cannot be written.
pub fn take_bundle(root: &Root, file: &Path, say: Say<'_>) -> anyhow::Result<PathBuf> {
    let pinned = Pinned::of_cache(tool_files(), &root.own());
    let folder = pinned.folder.clone();
    ensure!(
        root.tools == Tools::Pinned(pinned),
        "--from-bundle: a bundle fills the user's cache, and the tools of this crossover are elsewhere; help: use a program that \
         lies outside of a checkout, without CROSSOVER_HOME and CROSSOVER_TOOLS"
    );
    let _alone = Lock::take(&root.own().join(super::LOCK), || say(super::WAITING))?;
    let staging = Staging::of(folder.clone());
    staging.begin()?;
    let taken = unpack(file, &staging.new).and_then(|()| {
        let is_pinned = tool_files()
            .files
            .iter()
            .all(|(name, text)| fs::read(staging.new.join(name)).is_ok_and(|bytes| bytes == text.as_bytes()));
        ensure!(is_pinned, "it has other files than its label says");
        npm::installed(&staging.new).map_err(anyhow::Error::msg)
    });
    if let Err(error) = taken {
        // It is of no use, and a reason why it stays is of less use than the one why it was made in vain.
        let _ = fs::remove_dir_all(&staging.new);
        let help =
            "help: make one by `crossover setup --offline-bundle FILE` with this version on a machine of this kind";
        bail!("{}: cannot be taken: {error:#}; {help}", file.display());
    }
    staging.finish()?;
    Ok(folder)
}

/// Unpacks a bundle into an empty folder. No path leads out of it, and there are no links.
fn unpack(file: &Path, folder: &Path) -> anyhow::Result<()> {
    let data = File::open(file).context("it cannot be read")?;
    let mut archive = Archive::new(GzDecoder::new(data).take(MOST_BYTES));
    let mut entries = archive.entries().context("it is no archive")?;
    let label = entries.next().context("it is empty")?.context("it is no archive")?;
    look(label)?;
    let mut count = 0;
    for entry in entries {
        let mut entry = entry.context("it is damaged, or too large")?;
        count += 1;
        ensure!(count <= MOST_FILES, "it has more than {MOST_FILES} files");
        let path = entry.path().context("it has a path that is none here")?.into_owned();
        ensure!(entry.header().entry_type() == EntryType::Regular, "{} is no file", path.display());
        let to = folder.join(inside(&path)?);
        let context = || format!("{}: cannot be written", to.display());
        fs::create_dir_all(to.parent().unwrap_or(folder)).with_context(context)?;
        let mut out = File::create_new(&to).with_context(context)?;
        std::io::copy(&mut entry, &mut out).with_context(context)?;
        if entry.header().mode().is_ok_and(|mode| mode & 0o111 != 0) {
            make_program(&out).with_context(context)?;
        }
    }
    Ok(())
}

/// Reads what the bundle says of itself.
fn look(entry: tar::Entry<'_, impl Read>) -> anyhow::Result<()> {
    ensure!(entry.path().is_ok_and(|path| *path == *LABEL), "it is an archive of something else");
    let mut text = String::new();
    entry.take(4096).read_to_string(&mut text).context("its label cannot be read")?;
    let label: Label = serde_json::from_str(&text).context("its label cannot be read")?;
    let own = Label::of_this_program();
    ensure!(label.schema == SCHEMA, "its schema is {:?}, and this crossover reads {SCHEMA:?}", label.schema);
    ensure!(label.machine == own.machine, "it is for {:?}, and this is {:?}", label.machine, own.machine);
    ensure!(label.tools == own.tools, "crossover {:?} made it, whose tools are others", label.crossover);
    Ok(())
}

/// A path below the folder of the tools. Names that mean something else on another system are refused everywhere.
fn inside(path: &Path) -> anyhow::Result<&Path> {
    let is_name = |component: Component<'_>| match component {
        Component::Normal(name) => !name.to_string_lossy().contains([':', '\\']),
        _ => false,
    };
    ensure!(path.components().all(is_name), "{path:?} leads out of its folder");
    Ok(path)
}

#[cfg(unix)]
fn make_program(file: &File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.set_permissions(fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn make_program(_: &File) -> std::io::Result<()> {
    Ok(())
}

#[cfg(all(test, unix))]
mod tests;
