//! What inputs are called that are files of the user's: by file name, and where that is not enough, with folders. Pure.

use std::path::{Component, Path};

use crossover_reports::report::words::printable;

/// No name is longer, characters.
const LONGEST: usize = 60;

/// A name for each file. Files of the same name have those of their folders before it, as far up as tells them apart.
#[must_use]
pub fn named_apart(files: &[&Path]) -> Vec<String> {
    let parts: Vec<Vec<String>> = files.iter().map(|file| parts(file)).collect();
    let name = |at: usize, length: usize| {
        let parts = &parts[at];
        parts[parts.len().saturating_sub(length)..].join("/")
    };
    let is_alone =
        |at: usize, length: usize| (0..files.len()).all(|other| other == at || name(other, length) != name(at, length));
    let named = (0..files.len()).map(|at| {
        let length = (1..=parts[at].len()).find(|length| is_alone(at, *length));
        // The same file twice stays that: whoever plans it says so.
        shortened(&name(at, length.unwrap_or(1)))
    });
    named.collect()
}

fn parts(file: &Path) -> Vec<String> {
    let name = |part: Component<'_>| match part {
        Component::Normal(name) => Some(printable(&name.to_string_lossy())),
        _ => None,
    };
    file.components().filter_map(name).collect()
}

/// Without its middle, where it is too long: names of one series differ at their ends.
fn shortened(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    if chars.len() <= LONGEST {
        return name.to_owned();
    }
    let end = LONGEST / 2;
    let (begin, end) = (&chars[..LONGEST - end - 1], &chars[chars.len() - end..]);
    begin.iter().chain(&['…']).chain(end).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(files: &[&str]) -> Vec<String> {
        named_apart(&files.iter().map(Path::new).collect::<Vec<_>>())
    }

    #[test]
    fn folders_tell_apart_what_has_the_same_name() {
        assert_eq!(names(&["a/x.txt", "b/y.txt"]), ["x.txt", "y.txt"]);
        assert_eq!(names(&["/p/a/input.txt", "/p/b/input.txt", "/p/c.txt"]), ["a/input.txt", "b/input.txt", "c.txt"]);
        assert_eq!(names(&["a/v/in", "b/v/in", "b/w/in"]), ["a/v/in", "b/v/in", "w/in"]);
        assert_eq!(names(&["in", "a/in"]), ["in", "a/in"]);
    }

    #[test]
    fn the_same_file_twice_has_one_name() {
        assert_eq!(names(&["a/in", "a/in"]), ["in", "in"]);
    }

    #[test]
    fn long_names_keep_both_ends_and_odd_ones_can_be_shown() {
        let long = format!("{}-of-2.txt", "x".repeat(80));
        let [name] = &names(&[&long])[..] else { panic!("one name") };
        assert!(name.chars().count() == LONGEST && name.starts_with("xxx") && name.ends_with("-of-2.txt"), "{name}");
        assert_eq!(names(&["a\nb\u{1b}"]), ["a b "]);
    }
}
