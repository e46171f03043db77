//! The user's own ways of judging answers.

use std::fmt;
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

/// A function that a file exports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Function {
    /// The module.
    pub file: PathBuf,
    /// The path of the function.
    pub export: CallPath,
}

impl Function {
    /// Reads `FILE#EXPORT`; without an export, it is the default one.
    ///
    /// # Errors
    /// When it is none; the message shows what one looks like.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = || "write FILE#EXPORT, as in src/md.js#render".to_owned();
        let (file, export) = match text.rsplit_once('#') {
            Some((file, export)) => (file, CallPath::parse(export).map_err(|_| wrong())?),
            None => (text, CallPath::default_export()),
        };
        if file.is_empty() || export.name().is_some_and(|name| name != export.as_str()) {
            return Err(wrong());
        }
        Ok(Self { file: file.into(), export })
    }
}

impl fmt::Display for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.file.display(), self.export)
    }
}
