//! Keeps artifacts from one run to the next: a folder per recipe and toolchain, valid while its inputs are unchanged.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use crossover_reports::run::SizeStep;
use serde::{Deserialize, Serialize};

use super::inputs::{BuildInput, sha256};
use super::{Artifact, Role, ShippedFile};
use crate::lock::Lock;

/// The folder of one artifact, locked against other processes.
///
/// A killed process leaves nothing that could be taken for an artifact: it is written beside its folder and then moved
/// there as a whole. The lock ends with the process.
pub struct CacheEntry {
    folder: PathBuf,
    _lock: Lock,
}

/// What lies beside the files: how the artifact was made, and from what.
#[derive(Debug, Serialize, Deserialize)]
struct Record {
    inputs: Vec<BuildInput>,
    files: Vec<FileRecord>,
    build: Vec<String>,
    size_steps: Vec<SizeStep>,
}

#[derive(Debug, Serialize, Deserialize)]
struct FileRecord {
    name: String,
    role: Role,
    sha256: String,
}

impl CacheEntry {
    /// Locks the folder of the artifact with this key, in `artifacts`. Waits while another process has it.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn open(artifacts: &Path, key: &str) -> anyhow::Result<Self> {
        let lock = Lock::take(&artifacts.join(format!("{key}.lock")), || ())?;
        Ok(Self { folder: artifacts.join(key), _lock: lock })
    }

    /// The artifact, when there is a whole one and nothing that it was made from has changed.
    #[must_use]
    pub fn load(&self) -> Option<Artifact> {
        // What cannot be read is built again, so the reason does not matter.
        let record: Record = serde_json::from_slice(&fs::read(self.folder.join(RECORD)).ok()?).ok()?;
        if !record.inputs.iter().all(BuildInput::holds) {
            return None;
        }
        let files = record.files.into_iter().map(|file| self.file(file)).collect::<Option<Vec<_>>>()?;
        Some(Artifact::new(files, record.build, record.size_steps, super::Origin::Cache))
    }

    /// Stores `artifact`, made from `inputs`.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn store(&self, artifact: &Artifact, inputs: Vec<BuildInput>) -> anyhow::Result<()> {
        let new = self.folder.with_extension("new");
        clear(&new)?;
        fs::create_dir(&new).with_context(|| format!("making {}", new.display()))?;
        for file in &artifact.files {
            write(&new.join(&file.name), &file.bytes)?;
        }
        let describe = |file: &ShippedFile| FileRecord {
            name: file.name.clone(),
            role: file.role.clone(),
            sha256: sha256(&file.bytes),
        };
        let files = artifact.files.iter().map(describe).collect();
        let (build, size_steps) = (artifact.build.clone(), artifact.size_steps.clone());
        let record = Record { inputs, files, build, size_steps };
        write(&new.join(RECORD), &serde_json::to_vec_pretty(&record).context("describing the artifact")?)?;
        clear(&self.folder)?;
        fs::rename(&new, &self.folder).with_context(|| format!("moving {} into its place", new.display()))
    }

    fn file(&self, record: FileRecord) -> Option<ShippedFile> {
        let bytes = fs::read(self.folder.join(&record.name)).ok()?;
        (sha256(&bytes) == record.sha256).then(|| ShippedFile::new(record.name, record.role, bytes))
    }
}

/// A name that no file that ships has, as theirs never begin with a dot.
const RECORD: &str = ".artifact.json";

fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    fs::write(path, bytes).with_context(|| format!("writing {}", path.display()))
}

fn clear(folder: &Path) -> anyhow::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("removing {}", folder.display()))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use crossover_reports::run::{BuildStep, Size};

    use super::*;
    use crate::artifact::Origin;

    fn artifact(text: &str) -> Artifact {
        let file = ShippedFile::new("x.js".to_owned(), Role::Module, text.as_bytes().to_vec());
        let size_steps = vec![SizeStep { step: BuildStep::Rustc, size: Size { raw: 3, gzip: 2, brotli: 1 } }];
        Artifact::new(vec![file], vec!["by hand".to_owned()], size_steps, Origin::Built)
    }

    fn inputs(path: &Path) -> Vec<BuildInput> {
        vec![BuildInput::record(path, SystemTime::now() + Duration::from_secs(60))]
    }

    #[test]
    fn an_artifact_is_kept_until_an_input_changes() {
        let folder = tempfile::tempdir().unwrap();
        let source = folder.path().join("source");
        fs::write(&source, "one").unwrap();
        let entry = CacheEntry::open(folder.path(), "key").unwrap();
        assert!(entry.load().is_none());
        entry.store(&artifact("one"), inputs(&source)).unwrap();
        let loaded = entry.load().unwrap();
        assert!(loaded.from_cache);
        assert_eq!(loaded, Artifact { from_cache: true, ..artifact("one") });

        fs::write(&source, "two").unwrap();
        assert!(entry.load().is_none());
        entry.store(&artifact("two"), inputs(&source)).unwrap();
        assert_eq!(entry.load().unwrap().files[0].bytes, b"two");
    }

    #[test]
    fn half_an_artifact_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let entry = CacheEntry::open(folder.path(), "key").unwrap();
        for name in ["x.js", RECORD] {
            entry.store(&artifact("one"), Vec::new()).unwrap();
            assert!(entry.load().is_some());
            fs::remove_file(folder.path().join("key").join(name)).unwrap();
            assert!(entry.load().is_none(), "{name} is gone");
        }
        entry.store(&artifact("one"), Vec::new()).unwrap();
        fs::write(folder.path().join("key/x.js"), "other").unwrap();
        assert!(entry.load().is_none(), "it is not what was built");
    }

    #[test]
    fn what_a_killed_process_left_is_cleared() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("key.new")).unwrap();
        fs::write(folder.path().join("key.new/litter"), "").unwrap();
        let entry = CacheEntry::open(folder.path(), "key").unwrap();
        assert!(entry.load().is_none());
        entry.store(&artifact("one"), Vec::new()).unwrap();
        assert!(!folder.path().join("key/litter").exists());
    }

    #[test]
    fn one_place_has_one_user() {
        let folder = tempfile::tempdir().unwrap();
        let entry = CacheEntry::open(folder.path(), "key").unwrap();
        let path = folder.path().to_owned();
        let other = std::thread::spawn(move || CacheEntry::open(&path, "key").unwrap().load().is_some());
        std::thread::sleep(Duration::from_millis(50));
        entry.store(&artifact("one"), Vec::new()).unwrap();
        drop(entry);
        assert!(other.join().unwrap(), "it waited for the artifact");
    }
}
