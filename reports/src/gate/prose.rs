//! Sentences of crossover's own with names in them. Formats escape the names and keep the rest.

/// A sentence in pieces.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prose(Vec<Piece>);

/// A piece of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words of crossover's own.
    Own(String),
    /// A name from a manifest or a file.
    Name(String),
    /// A name or a key, set as code.
    Code(String),
}

impl Prose {
    /// A sentence that begins so.
    #[must_use]
    pub fn of(words: &str) -> Self {
        Self::default().own(words)
    }

    /// The same, followed by words of crossover's own.
    #[must_use]
    pub fn own(self, words: &str) -> Self {
        self.then(Piece::Own(words.to_owned()))
    }

    /// The same, followed by a name.
    #[must_use]
    pub fn name(self, name: &str) -> Self {
        self.then(Piece::Name(name.to_owned()))
    }

    /// The same, followed by a name or a key as code.
    #[must_use]
    pub fn code(self, code: &str) -> Self {
        self.then(Piece::Code(code.to_owned()))
    }

    /// Its pieces.
    pub fn pieces(&self) -> impl Iterator<Item = &Piece> {
        self.0.iter()
    }

    fn then(mut self, piece: Piece) -> Self {
        self.0.push(piece);
        self
    }
}

/// As plain text: code is between backticks.
impl std::fmt::Display for Prose {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|piece| match piece {
            Piece::Own(text) | Piece::Name(text) => f.write_str(text),
            Piece::Code(code) => write!(f, "`{code}`"),
        })
    }
}
