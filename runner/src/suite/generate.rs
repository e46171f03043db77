//! Generated inputs, as a manifest describes them.

use crossover_inputs::{MAX_PHOTO_PIXELS, Script};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// The largest input that is generated, bytes.
const LIMIT: usize = 1 << 30;

/// A generator and its parameters; exactly one generator, and `zstd` if its bytes are to be compressed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Generate {
    random: Option<Random>,
    records: Option<Records>,
    text: Option<Text>,
    numbers: Option<Numbers>,
    photo: Option<Photo>,
    zstd: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Random {
    seed: u64,
    bytes: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Records {
    seed: u64,
    bytes: usize,
    #[serde(default)]
    form: Form,
}

/// How records follow one another.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Form {
    /// Newline-delimited JSON.
    #[default]
    Lines,
    /// One JSON array.
    Array,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    seed: u64,
    bytes: usize,
    #[serde(with = "ScriptName")]
    script: Script,
}

/// A script as manifests name it.
#[derive(Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Numbers {
    seed: u64,
    bytes: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Photo {
    seed: u64,
    width: u32,
    height: u32,
    /// Of a JPEG.
    quality: Option<u8>,
    #[serde(default)]
    format: Format,
}

/// What a photo comes as.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Format {
    /// A file.
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
            (Format::Jpeg, Some(1..=100)) | (Format::Rgba, None) => Ok(()),
            (Format::Jpeg, _) => Err("`quality` of a photo is from 1 to 100".to_owned()),
            (Format::Rgba, Some(_)) => Err("`quality` is for JPEG; leave it out where `format` is `rgba`".to_owned()),
        }
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        match self.format {
            Format::Jpeg => {
                crossover_inputs::photo(self.seed, self.width, self.height, self.quality.unwrap_or_default())
            }
            Format::Rgba => crossover_inputs::raw_photo(self.seed, self.width, self.height),
        }
    }
}

impl Generate {
    /// Why these parameters cannot be used, if they cannot.
    ///
    /// # Errors
    /// The reason, for the manifest's author.
    pub fn validate(&self) -> Result<(), String> {
        let lengths = [
            self.random.as_ref().map(|random| random.bytes),
            self.records.as_ref().map(|records| records.bytes),
            self.text.as_ref().map(|text| text.bytes),
            self.numbers.as_ref().map(|numbers| numbers.bytes),
        ];
        if lengths.iter().flatten().count() + usize::from(self.photo.is_some()) != 1 {
            return Err("give exactly one of `random`, `records`, `text`, `numbers` and `photo`".to_owned());
        }
        if lengths.into_iter().flatten().any(|bytes| bytes > LIMIT) {
            return Err(format!("`bytes` is over the limit of {LIMIT}"));
        }
        self.photo.as_ref().map_or(Ok(()), Photo::validate)
    }

    /// Makes the bytes.
    ///
    /// # Errors
    /// When the compressor refuses the level.
    pub fn bytes(&self) -> anyhow::Result<Vec<u8>> {
        let bytes = match self {
            Self { random: Some(random), .. } => crossover_inputs::random(random.seed, random.bytes),
            Self { records: Some(Records { seed, bytes, form }), .. } => match form {
                Form::Lines => crossover_inputs::records(*seed, *bytes),
                Form::Array => crossover_inputs::record_array(*seed, *bytes),
            },
            Self { text: Some(text), .. } => crossover_inputs::text(text.seed, text.bytes, text.script).into_bytes(),
            Self { numbers: Some(numbers), .. } => crossover_inputs::numbers(numbers.seed, numbers.bytes).into_bytes(),
            Self { photo: Some(photo), .. } => photo.bytes().map_err(anyhow::Error::msg)?,
            _ => anyhow::bail!("no generator is given"),
        };
        match self.zstd {
            Some(level) => Ok(crossover_inputs::zstd(&bytes, level)?),
            None => Ok(bytes),
        }
    }

    /// Names the bytes by all that decides them: the parameters and the generators' own source.
    #[must_use]
    pub fn key(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(format!("{self:?}"));
        for source in crossover_inputs::SOURCES {
            hash.update(source);
        }
        crate::hex(&hash.finalize())
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
        let bytes = photo.bytes().unwrap();
        assert_eq!((bytes.len(), &bytes[..8]), (8 + 3 * 2 * 4, &[3, 0, 0, 0, 2, 0, 0, 0][..]));
    }

    #[test]
    fn text_numbers_and_records_come_in_the_form_that_is_asked_for() {
        let made = |text: &str| String::from_utf8(parse(text).bytes().unwrap()).unwrap();
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
    fn the_key_follows_the_parameters() {
        let (a, b) = (parse("random = { seed = 1, bytes = 3 }"), parse("random = { seed = 2, bytes = 3 }"));
        assert_eq!(a.key(), a.key());
        assert_ne!(a.key(), b.key());
    }
}
