//! Generated inputs and assets, as a manifest describes them.

mod arguments;

use std::path::PathBuf;

use crossover_inputs::{MAX_PHOTO_PIXELS, Script};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::judge::Function;

/// The largest input that is generated, bytes.
pub const LIMIT: usize = 1 << 30;

/// Exactly one generator with its parameters, and the level of `zstd` or `gzip` if its bytes are to be compressed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "toml::Table")]
pub struct Generate {
    keys: Box<Keys>,
    module: Option<GeneratorModule>,
}

/// A function of the user's that generates bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GeneratorModule {
    /// The function that returns the bytes.
    pub function: Function,
    /// Its arguments, as JSON.
    pub arguments: String,
}

/// The keys that crossover knows. Next to `module`, all other keys are arguments.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Keys {
    random: Option<RandomBytes>,
    records: Option<Records>,
    text: Option<RandomText>,
    numbers: Option<RandomNumbers>,
    photo: Option<Photo>,
    module: Option<String>,
    zstd: Option<i32>,
    gzip: Option<u8>,
}

impl TryFrom<toml::Table> for Generate {
    type Error = String;

    fn try_from(mut table: toml::Table) -> Result<Self, String> {
        let arguments = if table.contains_key("module") { arguments::take(&mut table) } else { toml::Table::new() };
        let keys: Box<Keys> = table.try_into().map_err(|error: toml::de::Error| error.message().to_owned())?;
        let module = |text: &String| {
            Ok::<_, String>(GeneratorModule {
                function: Function::parse(text).map_err(|message| format!("`module`: {message}"))?,
                arguments: arguments::json(&arguments)?,
            })
        };
        let module = keys.module.as_ref().map(module).transpose()?;
        Ok(Self { keys, module })
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct RandomBytes {
    seed: u64,
    bytes: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Records {
    seed: u64,
    bytes: usize,
    #[serde(default)]
    form: RecordForm,
}

/// The format of a list of records.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum RecordForm {
    /// Newline-delimited JSON.
    #[default]
    Lines,
    /// One JSON array.
    Array,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct RandomText {
    seed: u64,
    bytes: usize,
    #[serde(with = "ScriptName")]
    script: Script,
}

/// A script as manifests name it.
#[derive(Deserialize)]
#[serde(remote = "Script")]
enum ScriptName {
    #[serde(rename = "ascii")]
    Ascii,
    #[serde(rename = "latin-1")]
    Latin1,
    #[serde(rename = "cjk")]
    Cjk,
    #[serde(rename = "emoji")]
    Emoji,
}

/// A JSON array of numbers.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct RandomNumbers {
    seed: u64,
    bytes: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Photo {
    seed: u64,
    width: u32,
    height: u32,
    /// Quality of the JPEG, from 1 to 100.
    quality: Option<u8>,
    #[serde(default)]
    format: PhotoFormat,
}

/// The format of a photo.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum PhotoFormat {
    /// A JPEG file.
    #[default]
    Jpeg,
    /// Width and height as little-endian `u32`, and the pixels.
    Rgba,
}

impl Photo {
    fn validate(&self) -> Result<(), String> {
        if !(1..=MAX_PHOTO_PIXELS).contains(&(u64::from(self.width) * u64::from(self.height))) {
            return Err(format!("a photo has from 1 to {MAX_PHOTO_PIXELS} pixels"));
        }
        match (self.format, self.quality) {
            (PhotoFormat::Jpeg, Some(1..=100)) | (PhotoFormat::Rgba, None) => Ok(()),
            (PhotoFormat::Jpeg, _) => Err("`quality` of a photo is from 1 to 100".to_owned()),
            (PhotoFormat::Rgba, Some(_)) => {
                Err("`quality` is for JPEG; help: leave it out where `format` is `rgba`".to_owned())
            }
        }
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        match self.format {
            PhotoFormat::Jpeg => {
                crossover_inputs::photo(self.seed, self.width, self.height, self.quality.unwrap_or_default())
            }
            PhotoFormat::Rgba => crossover_inputs::raw_photo(self.seed, self.width, self.height),
        }
    }
}

impl Generate {
    /// Checks the parameters.
    ///
    /// # Errors
    /// Why they cannot be used, for the manifest's author.
    pub fn validate(&self) -> Result<(), String> {
        let Keys { random, records, text, numbers, photo, module, zstd, gzip } = &*self.keys;
        let lengths = [
            random.as_ref().map(|random| random.bytes),
            records.as_ref().map(|records| records.bytes),
            text.as_ref().map(|text| text.bytes),
            numbers.as_ref().map(|numbers| numbers.bytes),
        ];
        let others = usize::from(photo.is_some()) + usize::from(module.is_some());
        if lengths.iter().flatten().count() + others != 1 {
            return Err("give exactly one of `random`, `records`, `text`, `numbers`, `photo` and `module`".to_owned());
        }
        if lengths.into_iter().flatten().any(|bytes| bytes > LIMIT) {
            return Err(format!("`bytes` is over the limit of {LIMIT}"));
        }
        if zstd.is_some() && gzip.is_some() {
            return Err("give one of `zstd` and `gzip`, or none".to_owned());
        }
        if gzip.is_some_and(|level| level > 9) {
            return Err("`gzip` is a level from 0 to 9".to_owned());
        }
        photo.as_ref().map_or(Ok(()), Photo::validate)
    }

    /// The user's generator, if it is one.
    #[must_use]
    pub fn module(&self) -> Option<&GeneratorModule> {
        self.module.as_ref()
    }

    /// The same generator, with the file of the user's module replaced by the path that `find` returns for it.
    ///
    /// # Errors
    /// Those of `find`.
    pub fn located<E>(mut self, find: impl FnOnce(&str) -> Result<PathBuf, E>) -> Result<Self, E> {
        if let Some(GeneratorModule { function, .. }) = &mut self.module {
            function.file = find(&function.file.to_string_lossy())?;
        }
        Ok(self)
    }

    /// Makes the bytes. `made` is what the user's generator returned, if it is one.
    ///
    /// # Errors
    /// When the compressor refuses the level.
    pub fn bytes(&self, made: Option<Vec<u8>>) -> anyhow::Result<Vec<u8>> {
        let content = match made {
            Some(made) => made,
            None => self.keys.content()?,
        };
        match (self.keys.zstd, self.keys.gzip) {
            (Some(level), _) => Ok(crossover_inputs::zstd(&content, level)?),
            (None, Some(level)) => Ok(crossover_inputs::gzip(&content, level)?),
            (None, None) => Ok(content),
        }
    }

    /// A key of everything that the bytes depend on: the parameters, the source of the built-in generators, and `code`, the
    /// source of the user's.
    #[must_use]
    pub fn key(&self, code: &[u8]) -> String {
        let mut hash = Sha256::new();
        // The module's path is left out: the same code makes the same bytes in another place.
        hash.update(format!(
            "{:?} {:?}",
            self.keys,
            self.module.as_ref().map(|GeneratorModule { arguments, .. }| arguments)
        ));
        hash.update(code);
        for source in crossover_inputs::SOURCES {
            hash.update(source);
        }
        crate::hex(&hash.finalize())
    }
}

impl Keys {
    fn content(&self) -> anyhow::Result<Vec<u8>> {
        Ok(match self {
            Self { random: Some(random), .. } => crossover_inputs::random(random.seed, random.bytes),
            Self { records: Some(Records { seed, bytes, form }), .. } => match form {
                RecordForm::Lines => crossover_inputs::records(*seed, *bytes),
                RecordForm::Array => crossover_inputs::record_array(*seed, *bytes),
            },
            Self { text: Some(text), .. } => crossover_inputs::text(text.seed, text.bytes, text.script).into_bytes(),
            Self { numbers: Some(numbers), .. } => crossover_inputs::numbers(numbers.seed, numbers.bytes).into_bytes(),
            Self { photo: Some(photo), .. } => photo.bytes().map_err(anyhow::Error::msg)?,
            _ => anyhow::bail!("no generator is given"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Generate {
        toml::from_str(text).unwrap()
    }

    #[test]
    fn exactly_one_generator_within_its_bounds() {
        assert_eq!(parse("random = { seed = 1, bytes = 3 }").validate(), Ok(()));
        assert!(parse("zstd = 3").validate().is_err());
        assert!(parse("random = { seed = 1, bytes = 3 }\nrecords = { seed = 1, bytes = 3 }").validate().is_err());
        assert!(parse("random = { seed = 1, bytes = 99999999999 }").validate().is_err());
        assert!(parse("text = { seed = 1, bytes = 99999999999, script = 'cjk' }").validate().is_err());
        assert!(parse("photo = { seed = 1, width = 0, height = 3, quality = 90 }").validate().is_err());
        assert!(parse("photo = { seed = 1, width = 3, height = 3, quality = 0 }").validate().is_err());
        assert!(parse("photo = { seed = 1, width = 3, height = 3 }").validate().is_err());
        assert!(parse("photo = { seed = 1, width = 3, height = 3, format = 'rgba', quality = 9 }").validate().is_err());
    }

    #[test]
    fn a_raw_photo_says_how_large_it_is() {
        let photo = parse("photo = { seed = 1, width = 3, height = 2, format = 'rgba' }");
        assert_eq!(photo.validate(), Ok(()));
        let bytes = photo.bytes(None).unwrap();
        assert_eq!((bytes.len(), &bytes[..8]), (8 + 3 * 2 * 4, &[3, 0, 0, 0, 2, 0, 0, 0][..]));
    }

    #[test]
    fn bytes_are_compressed_at_most_once_and_at_a_known_level() {
        let made = |packed: &str| parse(&format!("random = {{ seed = 1, bytes = 3 }}\n{packed}"));
        assert_eq!(made("gzip = 6").bytes(None).unwrap()[..2], [0x1f, 0x8b]);
        assert_eq!(made("zstd = 3").bytes(None).unwrap()[..2], [0x28, 0xb5]);
        assert!(made("gzip = 9").validate().is_ok());
        assert!(made("gzip = 10").validate().unwrap_err().contains("0 to 9"));
        assert!(made("gzip = 6\nzstd = 3").validate().is_err());
        assert_ne!(made("gzip = 6").key(b""), made("gzip = 7").key(b""));
    }

    #[test]
    fn text_numbers_and_records_have_the_format_that_is_asked_for() {
        let made = |text: &str| String::from_utf8(parse(text).bytes(None).unwrap()).unwrap();
        assert_eq!(made("text = { seed = 1, bytes = 9, script = 'cjk' }").chars().count(), 3);
        assert_eq!(made("text = { seed = 1, bytes = 8, script = 'emoji' }").chars().count(), 2);
        assert!(made("text = { seed = 1, bytes = 80, script = 'latin-1' }").chars().any(|c| c.len_utf8() == 2));
        assert!(made("text = { seed = 1, bytes = 8, script = 'ascii' }").is_ascii());
        assert!(made("numbers = { seed = 1, bytes = 80 }").starts_with('['));
        assert!(made("records = { seed = 1, bytes = 80 }").starts_with('{'));
        assert!(made("records = { seed = 1, bytes = 80, form = 'array' }").starts_with("[{"));
        assert!(toml::from_str::<Generate>("text = { seed = 1, bytes = 8, script = 'runes' }").is_err());
    }

    #[test]
    fn the_key_depends_on_the_parameters() {
        let (a, b) = (parse("random = { seed = 1, bytes = 3 }"), parse("random = { seed = 2, bytes = 3 }"));
        assert_eq!(a.key(b""), a.key(b""));
        assert_ne!(a.key(b""), b.key(b""));
    }

    #[test]
    fn a_module_gets_every_unknown_key_as_an_argument() {
        let made = parse("module = 'make.js#run'\nrows = 3\nseed = 7\ngzip = 6\n[of]\nkeys = ['a', 1.5, true]");
        assert_eq!(made.validate(), Ok(()));
        let GeneratorModule { function, arguments } = made.module().unwrap();
        assert_eq!((function.file.to_str(), function.export.as_str()), (Some("make.js"), "run"));
        let arguments: serde_json::Value = serde_json::from_str(arguments).unwrap();
        assert_eq!(arguments, serde_json::json!({ "rows": 3, "seed": 7, "of": { "keys": ["a", 1.5, true] } }));
        assert_eq!(made.bytes(Some(vec![1])).unwrap()[..2], [0x1f, 0x8b]);
        assert_eq!(parse("module = 'make.js'").module().unwrap().function.export.as_str(), "default");
    }

    #[test]
    fn arguments_that_json_cannot_hold_are_refused() {
        let refused = |text: &str| toml::from_str::<Generate>(text).unwrap_err().message().to_owned();
        let message = refused("module = 'make.js'\nseed = 9007199254740993");
        assert_eq!(
            message,
            "argument `seed`: JavaScript rounds 9007199254740993; help: write it as text, as in \"9007199254740993\""
        );
        assert_eq!(
            refused("module = 'm.js'\n[a]\nb = [nan]"),
            "argument `a.b`: JSON has no NaN; help: leave it out or write it as text"
        );
        assert_eq!(
            refused("module = 'm.js'\nday = 2026-01-01"),
            "argument `day`: JSON has no dates; help: write it as text, as in \"2026-01-01\""
        );
        assert_eq!(refused("module = '#run'"), "`module`: write FILE#EXPORT, as in src/md.js#render");
        assert!(refused("seed = 1").starts_with("unknown field `seed`, expected one of `random`"));
    }

    #[test]
    fn the_key_of_a_modules_bytes_depends_on_its_code_and_arguments_and_not_on_its_path() {
        let key = |text: &str, file: &str, code: &str| {
            let located = parse(text).located(|_| Ok::<_, ()>(PathBuf::from(file))).unwrap();
            assert_eq!(located.module().unwrap().function.file, PathBuf::from(file));
            located.key(code.as_bytes())
        };
        let first = key("module = 'm.js'\nseed = 1", "/a/m.js", "code");
        assert_eq!(first, key("module = 'm.js'\nseed = 1", "/b/m.js", "code"));
        assert_ne!(first, key("module = 'm.js'\nseed = 2", "/a/m.js", "code"));
        assert_ne!(first, key("module = 'm.js'\nseed = 1", "/a/m.js", "other code"));
    }
}
