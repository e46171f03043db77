//! How a user wants answers compared: normalised first, by a function of their own, or both.

use std::fmt;
use std::path::PathBuf;

use crate::call_path::CallPath;

/// What users add to the comparison of answers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Judge {
    /// Applied to answers before they are compared.
    pub normalise: Option<Normaliser>,
    /// The function that compares two answers.
    pub same: Option<Function>,
}

/// Converts answers to a normal form, so that equivalent answers become equal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Normaliser {
    /// Keeps the elements, attributes and text of HTML.
    Html,
    /// Keeps only the text of HTML.
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
    /// Parses `FILE#EXPORT`, or `FILE` for the default export.
    ///
    /// # Errors
    /// When the text is neither. The message shows an example.
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
