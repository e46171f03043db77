//! Generated inputs and assets, as a manifest describes them.

use crossover_inputs::{EncoderShape, MAX_PHOTO_PIXELS, Script};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// The largest input that is generated, bytes.
const LIMIT: usize = 1 << 30;

/// A generator and its parameters; exactly one generator, and `zstd` or `gzip` (a level) if its bytes are to be compressed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Generate {
    random: Option<Random>,
    records: Option<Records>,
    text: Option<Text>,
    numbers: Option<Numbers>,
    photo: Option<Photo>,
    encoder: Option<Encoder>,
    zstd: Option<i32>,
    gzip: Option<u8>,
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

/// Weights of a transformer encoder, in the form that the kernel `inference-classifier` reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Encoder {
    seed: u64,
    vocabulary: u32,
    width: u32,
    layers: u32,
    heads: u32,
    hidden: u32,
    labels: u32,
}

impl Encoder {
    fn shape(&self) -> EncoderShape {
        let Self { vocabulary, width, layers, heads, hidden, labels, .. } = *self;
        EncoderShape { vocabulary, width, layers, heads, hidden, labels }
    }

    /// Whether every size is one that a model can have; the product of none then overflows.
    fn is_sound(&self) -> bool {
        let Self { vocabulary, width, layers, heads, hidden, labels, .. } = *self;
        [vocabulary, width, layers, heads, hidden, labels].into_iter().all(|size| (1..=1 << 16).contains(&size))
            && 2 * self.shape().parameters() <= LIMIT as u64
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
        let others = usize::from(self.photo.is_some()) + usize::from(self.encoder.is_some());
        if lengths.iter().flatten().count() + others != 1 {
            return Err("give exactly one of `random`, `records`, `text`, `numbers`, `photo` and `encoder`".to_owned());
        }
        if self.encoder.as_ref().is_some_and(|encoder| !encoder.is_sound()) {
            return Err(format!(
                "each size of an encoder is from 1 to 65536, and its weights are at most {LIMIT} bytes"
            ));
        }
        if lengths.into_iter().flatten().any(|bytes| bytes > LIMIT) {
            return Err(format!("`bytes` is over the limit of {LIMIT}"));
        }
        if self.zstd.is_some() && self.gzip.is_some() {
            return Err("give one of `zstd` and `gzip`, or none".to_owned());
        }
        if self.gzip.is_some_and(|level| level > 9) {
            return Err("`gzip` is a level from 0 to 9".to_owned());
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
            Self { encoder: Some(encoder), .. } => crossover_inputs::encoder(encoder.seed, encoder.shape()),
            _ => anyhow::bail!("no generator is given"),
        };
        match (self.zstd, self.gzip) {
            (Some(level), _) => Ok(crossover_inputs::zstd(&bytes, level)?),
            (None, Some(level)) => Ok(crossover_inputs::gzip(&bytes, level)?),
            (None, None) => Ok(bytes),
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
        let encoder = |layers: u32| {
            let sizes = "vocabulary = 64, width = 32, heads = 2, hidden = 64, labels = 4";
            parse(&format!("encoder = {{ seed = 1, layers = {layers}, {sizes} }}"))
        };
        assert_eq!(encoder(2).validate(), Ok(()));
        assert!(
            encoder(0).validate().is_err() && encoder(65536).validate().is_err() && encoder(65537).validate().is_err()
        );
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
    fn bytes_are_compressed_at_most_once_and_at_levels_that_there_are() {
        let made = |packed: &str| parse(&format!("random = {{ seed = 1, bytes = 3 }}\n{packed}"));
        assert_eq!(made("gzip = 6").bytes().unwrap()[..2], [0x1f, 0x8b]);
        assert_eq!(made("zstd = 3").bytes().unwrap()[..2], [0x28, 0xb5]);
        assert!(made("gzip = 9").validate().is_ok());
        assert!(made("gzip = 10").validate().unwrap_err().contains("0 to 9"));
        assert!(made("gzip = 6\nzstd = 3").validate().is_err());
        assert_ne!(made("gzip = 6").key(), made("gzip = 7").key());
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
