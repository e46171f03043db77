//! Files that a user named: checked before they are opened, so that no pipe or device blocks the process.

use std::fs::{self, File, Metadata};
use std::io::{Error, ErrorKind, Read as _, Result};
use std::path::Path;

/// Shells pass pipes here; those have a writer, and an end.
const HANDED_OVER: [&str; 3] = ["/dev/stdin", "/dev/fd/", "/proc/self/fd/"];

/// Opens a file for reading.
///
/// # Errors
/// When it is not there or cannot be opened, or is a folder, a device or a named pipe; the message says which.
pub fn open(path: &Path) -> Result<File> {
    look(path)?;
    File::open(path)
}

/// The bytes of a file of at most `most`.
///
/// # Errors
/// As [`open`], and when it has more.
pub fn read(path: &Path, most: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(Error::new(ErrorKind::FileTooLarge, format!("it is larger than {}", size(most))));
    }
    Ok(bytes)
}

/// The text of a file that has no more than `most` bytes.
///
/// # Errors
/// As [`read`], and when it is not UTF-8.
pub fn read_text(path: &Path, most: u64) -> Result<String> {
    String::from_utf8(read(path, most)?).map_err(|_| Error::new(ErrorKind::InvalidData, "it is not UTF-8 text"))
}

/// Refuses a path that is not a regular file.
///
/// # Errors
/// When it does not exist, or is a folder, a device or a named pipe.
pub fn look(path: &Path) -> Result<()> {
    let what = fs::metadata(path)?;
    if what.is_file() || is_handed_over(path) && !what.is_dir() && !is_device(&what) {
        return Ok(());
    }
    Err(Error::new(ErrorKind::InvalidInput, format!("it is {}, not a file", name(&what))))
}

fn is_handed_over(path: &Path) -> bool {
    path.to_str().is_some_and(|path| HANDED_OVER.iter().any(|place| path.starts_with(place)))
}

fn name(what: &Metadata) -> &'static str {
    if what.is_dir() {
        "a folder"
    } else if is_device(what) {
        "a device"
    } else if is_pipe(what) {
        "a named pipe"
    } else {
        "a socket"
    }
}

#[cfg(unix)]
fn is_device(what: &Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt as _;
    what.file_type().is_char_device() || what.file_type().is_block_device()
}

#[cfg(unix)]
fn is_pipe(what: &Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt as _;
    what.file_type().is_fifo()
}

#[cfg(not(unix))]
fn is_device(what: &Metadata) -> bool {
    !what.is_dir()
}

#[cfg(not(unix))]
fn is_pipe(_what: &Metadata) -> bool {
    false
}

fn size(bytes: u64) -> String {
    match bytes {
        0..0x10_0000 => format!("{} kB", bytes >> 10),
        0x10_0000..0x4000_0000 => format!("{} MB", bytes >> 20),
        _ => format!("{} GB", bytes >> 30),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn what_never_ends_is_named() {
        for (path, is) in [("/dev/zero", "it is a device, not a file"), ("/", "it is a folder, not a file")] {
            assert_eq!(open(Path::new(path)).unwrap_err().to_string(), is);
        }
        assert_eq!(open(Path::new("/none")).unwrap_err().kind(), ErrorKind::NotFound);
    }

    #[test]
    fn no_more_is_read_than_is_allowed() {
        let file = std::env::temp_dir().join(format!("crossover-regular-{}", std::process::id()));
        fs::write(&file, [b'x'; 2048]).unwrap();
        assert_eq!(read(&file, 2048).unwrap().len(), 2048);
        assert_eq!(read(&file, 1024).unwrap_err().to_string(), "it is larger than 1 kB");
        fs::write(&file, [0xff]).unwrap();
        assert_eq!(read_text(&file, 10).unwrap_err().to_string(), "it is not UTF-8 text");
        fs::remove_file(&file).unwrap();
    }
}
