//! The cargo workspace that a new kernel may become a member of.

use std::fs;
use std::path::Path;

use anyhow::Context as _;

/// Whether the cargo workspace at the suite's root takes in a new kernel as it is.
///
/// # Errors
/// When its `Cargo.toml` cannot be read.
pub fn takes_in(root: &Path, name: &str) -> anyhow::Result<bool> {
    let file = root.join("Cargo.toml");
    if !file.is_file() {
        return Ok(false);
    }
    let text = fs::read_to_string(&file).with_context(|| format!("{} cannot be read", file.display()))?;
    let manifest: toml::Table = text.parse().with_context(|| format!("{} cannot be read", file.display()))?;
    let members = manifest.get("workspace").and_then(|workspace| workspace.get("members")?.as_array());
    let own = format!("kernels/{name}");
    let is_taken = |member: &toml::Value| member.as_str().is_some_and(|member| member == "kernels/*" || member == own);
    Ok(members.is_some_and(|members| members.iter().any(is_taken)))
}
