//! The path to an item of an answer, such as `the answer.a[3]`.

use std::fmt;

/// How many steps at each end of a long path are shown.
const SHOWN: usize = 4;

/// A container, and the current item in it.
#[derive(Debug)]
struct Container<'a> {
    kind: ContainerKind<'a>,
    /// How many items the comparison has begun.
    begun: usize,
    /// How many items are compared.
    count: usize,
}

/// What kind of container it is.
#[derive(Debug)]
pub enum ContainerKind<'a> {
    /// An array.
    List,
    /// An object that has these keys.
    Object(Vec<&'a [u8]>),
    /// A `Map`: keys and values in turn.
    Map,
    /// A `Set`.
    Set,
}

/// The containers around the current item, from the outermost in.
#[derive(Debug, Default)]
pub struct AnswerPath<'a>(Vec<Container<'a>>);

impl<'a> AnswerPath<'a> {
    /// Enters a container of which `count` items are compared. [`AnswerPath::step`] begins its first item.
    pub fn enter(&mut self, kind: ContainerKind<'a>, count: usize) {
        self.0.push(Container { kind, begun: 0, count });
    }

    /// Begins the next item. False if the innermost container has no more.
    pub fn step(&mut self) -> bool {
        let Some(innermost) = self.0.last_mut().filter(|container| container.begun < container.count) else {
            return false;
        };
        innermost.begun += 1;
        true
    }

    /// Leaves the innermost container after its last item. False if there is no container.
    pub fn leave(&mut self) -> bool {
        self.0.pop().is_some()
    }

    /// Whether the path leads through an item of a `Set` or a key of a `Map`: then a difference may only be one of order.
    #[must_use]
    pub fn depends_on_order(&self) -> bool {
        self.0.iter().any(|container| match container.kind {
            ContainerKind::Set => true,
            ContainerKind::Map => container.begun % 2 == 1,
            ContainerKind::List | ContainerKind::Object(_) => false,
        })
    }
}

impl fmt::Display for AnswerPath<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the answer")?;
        let left = self.0.len().saturating_sub(2 * SHOWN);
        for (depth, container) in self.0.iter().enumerate().filter(|(_, container)| container.begun > 0) {
            match depth.checked_sub(SHOWN) {
                Some(0) if left > 1 => write!(f, " … {left} levels … ")?,
                Some(hidden) if left > 1 && hidden < left => {}
                _ => container.fmt(f)?,
            }
        }
        Ok(())
    }
}

impl fmt::Display for Container<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.begun - 1;
        match &self.kind {
            ContainerKind::List => write!(f, "[{at}]"),
            ContainerKind::Object(keys) => {
                write!(f, ".{}", String::from_utf8_lossy(keys.get(at).copied().unwrap_or_default()))
            }
            ContainerKind::Map => {
                write!(f, "(entry {}, {})", at / 2, if at.is_multiple_of(2) { "key" } else { "value" })
            }
            ContainerKind::Set => write!(f, "(item {at})"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_shows_every_step() {
        let mut path = AnswerPath::default();
        assert_eq!(path.to_string(), "the answer");
        path.enter(ContainerKind::Object(vec![b"a", b"b"]), 2);
        assert!(path.step() && path.step());
        path.enter(ContainerKind::Map, 2);
        assert!(path.step() && path.depends_on_order());
        assert_eq!(path.to_string(), "the answer.b(entry 0, key)");
        assert!(path.step() && !path.depends_on_order() && !path.step());
        assert!(path.leave() && !path.step() && path.leave() && !path.leave());
    }

    #[test]
    fn a_long_path_is_shown_by_its_ends() {
        let mut path = AnswerPath::default();
        for _ in 0..100_000 {
            path.enter(ContainerKind::List, 1);
            path.step();
        }
        assert_eq!(path.to_string(), "the answer[0][0][0][0] … 99992 levels … [0][0][0][0]");
    }
}
