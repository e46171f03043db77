//! What a run says of two revisions.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Contender, Kernel, Run};

/// A contender that was measured in two revisions: as it is, and, under its name with [`AT_BASE`] behind it, as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RevisionsOf {
    /// Its kernel.
    pub kernel: String,
    /// Its name.
    pub contender: String,
}

/// What stands behind the name of a contender as it was at the base revision.
pub const AT_BASE: &str = "@base";

impl Contender {
    /// Whether both ship the same, byte by byte.
    #[must_use]
    pub fn ships_the_same(&self, other: &Self) -> bool {
        self.files_sha256.is_some() && self.files_sha256 == other.files_sha256
    }
}

impl Kernel {
    /// Whether this is one contender in two revisions of which nothing is to be measured: both ship the same, or only one
    /// of them has it, and it could be built.
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
    /// The same without the kernels of which nothing was to be measured, and nothing is told.
    #[must_use]
    pub fn without_what_is_the_same(&self) -> Self {
        let mut run = self.clone();
        let is_told = |kernel: &Kernel| self.blocks.iter().any(|row| row.cell.kernel == kernel.name);
        run.header.kernels.retain(|kernel| !kernel.is_without_a_difference() || is_told(kernel));
        run
    }
}
