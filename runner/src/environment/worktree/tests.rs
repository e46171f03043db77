//! A worktree of a repository made for the purpose.
#![allow(clippy::unwrap_used)]

use super::*;

/// A repository with a suite in a folder of it, at two commits.
struct Repository(tempfile::TempDir);

impl Repository {
    fn new() -> Self {
        let repository = Self(tempfile::tempdir().unwrap());
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository.write("bench/kernel.js", "one");
        repository.write("package.json", "{}");
        repository.commit();
        repository
    }

    fn top(&self) -> PathBuf {
        self.0.path().join("repository")
    }

    fn git(&self, arguments: &[&str]) -> String {
        fs::create_dir_all(self.top()).unwrap();
        let who = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
        git(&self.top(), &[&who, arguments].concat(), CHECKOUT).unwrap()
    }

    fn write(&self, file: &str, text: &str) {
        let file = self.top().join(file);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    fn commit(&self) -> String {
        self.git(&["add", "--all", "--force", "bench", "package.json"]);
        self.git(&["commit", "--quiet", "--message=a"]);
        self.git(&["rev-parse", "HEAD"])
    }

    fn at(&self, reference: &str) -> anyhow::Result<Worktree> {
        let suite = self.top().join("bench").canonicalize().unwrap();
        Worktree::at(reference, &suite, &self.0.path().join("kept"), &|_| ())
    }
}

#[test]
fn the_base_is_what_the_branch_left() {
    let repository = Repository::new();
    let fork = repository.git(&["rev-parse", "HEAD"]);
    repository.git(&["checkout", "--quiet", "-b", "feature"]);
    repository.write("bench/kernel.js", "two");
    repository.commit();
    repository.git(&["checkout", "--quiet", "main"]);
    repository.write("bench/kernel.js", "others");
    repository.commit();
    repository.git(&["checkout", "--quiet", "feature"]);

    let worktree = repository.at("main").unwrap();
    assert_eq!(worktree.commit, fork);
    assert_eq!(fs::read_to_string(worktree.suite.join("kernel.js")).unwrap(), "one");
    assert_eq!(fs::read_to_string(repository.top().join("bench/kernel.js")).unwrap(), "two", "here nothing changes");
}

#[test]
fn a_worktree_is_kept_while_nobody_touches_it() {
    let repository = Repository::new();
    let worktree = repository.at("HEAD").unwrap();
    fs::write(worktree.suite.join("ours"), "").unwrap();
    assert_eq!(repository.at("HEAD").unwrap(), worktree);
    assert!(worktree.suite.join("ours").exists(), "it was not checked out anew");
    fs::write(worktree.suite.join("kernel.js"), "touched").unwrap();
    repository.at("HEAD").unwrap();
    assert_eq!(fs::read_to_string(worktree.suite.join("kernel.js")).unwrap(), "one");
    // A fresh clone in the same place, as on a machine of a CI service, knows nothing of an earlier one's worktrees.
    fs::remove_dir_all(repository.top().join(".git/worktrees")).unwrap();
    repository.at("HEAD").unwrap();
    assert_eq!(fs::read_to_string(worktree.suite.join("kernel.js")).unwrap(), "one");
}

#[test]
fn only_the_latest_stay_checked_out() {
    let repository = Repository::new();
    let mut used = Vec::new();
    for at in 0..KEPT + 3 {
        repository.write("bench/kernel.js", &at.to_string());
        repository.commit();
        used.push(repository.at("HEAD").unwrap().suite);
        // The first is used again and again, and stays.
        repository.at(&format!("HEAD~{at}")).unwrap();
    }
    let there: Vec<bool> = used.iter().map(|suite| suite.exists()).collect();
    assert_eq!(there.iter().filter(|there| **there).count(), KEPT);
    assert!(there[0] && !there[1] && there[KEPT + 2], "{there:?}");
    let listed = repository.git(&["worktree", "list"]);
    assert_eq!(listed.lines().count(), KEPT + 1, "{listed}");
}

#[test]
fn hooks_of_the_repository_are_not_run() {
    use std::os::unix::fs::PermissionsExt as _;
    let repository = Repository::new();
    repository.write(".git/hooks/post-checkout", "#!/bin/sh\ntouch ran\n");
    let hook = repository.top().join(".git/hooks/post-checkout");
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
    let worktree = repository.at("HEAD").unwrap();
    assert!(!worktree.suite.parent().unwrap().join("ran").exists());
}

#[test]
fn packages_are_linked_where_the_same_are_pinned() {
    let repository = Repository::new();
    repository.write("node_modules/a/index.js", "");
    let worktree = repository.at("HEAD").unwrap();
    let modules = worktree.suite.parent().unwrap().join("node_modules");
    assert_eq!(fs::read_link(&modules).unwrap(), repository.top().canonicalize().unwrap().join("node_modules"));

    repository.write("package.json", "{ \"dependencies\": {} }");
    assert_eq!(repository.at("HEAD").unwrap(), worktree);
    assert!(!modules.exists(), "what is pinned here is not what was pinned there");
}

#[test]
fn what_is_no_commit_is_told_with_its_mend() {
    let repository = Repository::new();
    for reference in ["nowhere", "--output=x", ""] {
        let error = repository.at(reference).unwrap_err().to_string();
        assert!(error.contains("there is no commit"), "{error}");
    }
    repository.git(&["checkout", "--quiet", "--orphan", "other"]);
    // Else it would be the same commit, of the same second.
    repository.write("bench/kernel.js", "of another history");
    repository.commit();
    let error = repository.at("main").unwrap_err().to_string();
    assert!(error.contains("no common ancestor") && error.contains("--unshallow"), "{error}");
    let outside = tempfile::tempdir().unwrap();
    let error = Worktree::at("HEAD", outside.path(), outside.path(), &|_| ()).unwrap_err().to_string();
    assert!(error.contains("is in no git repository"), "{error}");
}
