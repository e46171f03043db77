//! What a format of another program cannot hold, counted and described.

/// Cells that a format leaves out, by the reason.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// The cell has no figure that the format could show.
    pub unmeasured: usize,
    /// The format needs an interval, and there is none.
    pub without_interval: usize,
    /// The format needs the size of what ships, and it is not known.
    pub without_size: usize,
    /// The format is about pages, and native code runs in none.
    pub native: usize,
}

impl LeftOut {
    /// As a sentence without its full stop; empty if nothing was left out.
    #[must_use]
    pub fn sentence(&self) -> Option<String> {
        let reasons = [
            (self.unmeasured, "not measured (--format markdown has the reasons)"),
            (self.without_interval, "known without an interval, which takes two blocks"),
            (self.without_size, "of unknown size"),
            (self.native, "of native code, which runs in no browser"),
        ];
        let reasons: Vec<_> = reasons.into_iter().filter(|(cells, _)| *cells > 0).collect();
        let words: Vec<String> = match &reasons[..] {
            [(_, reason)] => vec![(*reason).to_owned()],
            several => several.iter().map(|(cells, reason)| format!("{cells} {reason}")).collect(),
        };
        let cells: usize = reasons.iter().map(|(cells, _)| cells).sum();
        let plural = if cells == 1 { "" } else { "s" };
        (cells > 0).then(|| format!("{cells} cell{plural} left out: {}", words.join("; ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_counted_by_its_reason() {
        assert_eq!(LeftOut::default().sentence(), None);
        let one = LeftOut { native: 1, ..LeftOut::default() };
        assert_eq!(one.sentence().unwrap(), "1 cell left out: of native code, which runs in no browser");
        let more = LeftOut { unmeasured: 2, without_interval: 3, ..LeftOut::default() };
        assert!(
            more.sentence()
                .unwrap()
                .starts_with("5 cells left out: 2 not measured (--format markdown has the reasons); 3 known")
        );
    }
}
