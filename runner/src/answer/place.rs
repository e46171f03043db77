//! Where in an answer a comparison is.

use std::fmt;

/// Steps of a long path that are shown at either end of it.
const SHOWN: usize = 4;

/// What has items, and the place in it.
#[derive(Debug)]
struct Container<'a> {
    of: Of<'a>,
    /// How many items were begun.
    begun: usize,
    /// How many there are to be compared.
    count: usize,
}

/// What steps are taken by.
#[derive(Debug)]
pub enum Of<'a> {
    /// An array.
    List,
    /// An object with these keys.
    Object(Vec<&'a [u8]>),
    /// A `Map`, with keys and values in turn.
    Map,
    /// A `Set`.
    Set,
}

/// A place: the containers that it is in, from the outermost on.
#[derive(Debug, Default)]
pub struct Place<'a>(Vec<Container<'a>>);

impl<'a> Place<'a> {
    /// Goes into a container of which `count` items are compared; its first item is begun by [`Place::step`].
    pub fn enter(&mut self, of: Of<'a>, count: usize) {
        self.0.push(Container { of, begun: 0, count });
    }

    /// Begins the next item; false where the innermost container has no more.
    pub fn step(&mut self) -> bool {
        let Some(innermost) = self.0.last_mut().filter(|container| container.begun < container.count) else {
            return false;
        };
        innermost.begun += 1;
        true
    }

    /// Goes out of the innermost container, after its last item; false where there is none.
    pub fn leave(&mut self) -> bool {
        self.0.pop().is_some()
    }

    /// Whether it is an item of a `Set`, or a key of a `Map`, or in one: then another order alone makes a difference here.
    #[must_use]
    pub fn depends_on_order(&self) -> bool {
        self.0.iter().any(|container| match container.of {
            Of::Set => true,
            Of::Map => container.begun % 2 == 1,
            Of::List | Of::Object(_) => false,
        })
    }
}

impl fmt::Display for Place<'_> {
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
        match &self.of {
            Of::List => write!(f, "[{at}]"),
            Of::Object(keys) => write!(f, ".{}", String::from_utf8_lossy(keys.get(at).copied().unwrap_or_default())),
            Of::Map => write!(f, "(entry {}, {})", at / 2, if at.is_multiple_of(2) { "key" } else { "value" }),
            Of::Set => write!(f, "(item {at})"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_a_path() {
        let mut place = Place::default();
        assert_eq!(place.to_string(), "the answer");
        place.enter(Of::Object(vec![b"a", b"b"]), 2);
        assert!(place.step() && place.step());
        place.enter(Of::Map, 2);
        assert!(place.step() && place.depends_on_order());
        assert_eq!(place.to_string(), "the answer.b(entry 0, key)");
        assert!(place.step() && !place.depends_on_order() && !place.step());
        assert!(place.leave() && !place.step() && place.leave() && !place.leave());
    }

    #[test]
    fn a_long_path_is_shown_by_its_ends() {
        let mut place = Place::default();
        for _ in 0..100_000 {
            place.enter(Of::List, 1);
            place.step();
        }
        assert_eq!(place.to_string(), "the answer[0][0][0][0] … 99992 levels … [0][0][0][0]");
    }
}
