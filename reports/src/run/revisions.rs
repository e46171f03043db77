//! Runs that compare two revisions.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Contender, Kernel, Run};

/// A contender whose two revisions are the contenders of a kernel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RevisionsOf {
    /// Its kernel.
    pub kernel: String,
    /// Its name.
    pub contender: String,
}

/// One of two revisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Revision {
    /// The earlier one.
    Base,
    /// The later one.
    Head,
}

impl Kernel {
    /// The contender in the earlier or the later revision, if the run compares revisions and that one has it.
    #[must_use]
    pub fn at(&self, revision: Revision) -> Option<&Contender> {
        self.contenders.iter().find(|contender| contender.revision == Some(revision))
    }
}

impl Contender {
    /// Whether both ship the same, byte for byte.
    #[must_use]
    pub fn ships_the_same(&self, other: &Self) -> bool {
        self.files_sha256.is_some() && self.files_sha256 == other.files_sha256
    }
}

impl Kernel {
    /// Whether this is a contender in two revisions that needs no measuring: both ship the same, or only one of them
    /// has it, and it could be built.
    #[must_use]
    pub fn is_without_a_difference(&self) -> bool {
        self.revisions_of.is_some()
            && match &self.contenders[..] {
                [base, head] => base.ships_the_same(head),
                [alone] => alone.files_sha256.is_some(),
                _ => false,
            }
    }
}

impl Run {
    /// The same without the kernels that needed no measuring, which have nothing to report.
    #[must_use]
    pub fn without_what_is_the_same(&self) -> Self {
        let mut run = self.clone();
        let is_told = |kernel: &Kernel| self.rows.iter().any(|row| row.cell.kernel == kernel.name);
        run.header.kernels.retain(|kernel| !kernel.is_without_a_difference() || is_told(kernel));
        run
    }
}
