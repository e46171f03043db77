//! The user's own ways of judging answers.

use std::path::PathBuf;

use crate::call_path::CallPath;

/// Functions of the user's that judge answers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Judge {
    /// What is done with answers before they are compared.
    pub normalise: Option<Normaliser>,
    /// What compares two of them.
    pub same: Option<Function>,
}

/// What brings two answers that mean the same into the same form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Normaliser {
    /// HTML by its elements, attributes and text.
    Html,
    /// HTML by its text alone.
    HtmlText,
    /// A function of the user's.
    User(Function),
}

/// A function in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Function {
    /// The module.
    pub file: PathBuf,
    /// The path of the function.
    pub export: CallPath,
}
