//! Generated inputs, as a manifest describes them.

use crossover_inputs::MAX_PHOTO_PIXELS;
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
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Photo {
    seed: u64,
    width: u32,
    height: u32,
    quality: u8,
}

impl Generate {
    /// Why these parameters cannot be used, if they cannot.
    ///
    /// # Errors
    /// The reason, for the manifest's author.
    pub fn validate(&self) -> Result<(), String> {
        let generators = [self.random.is_some(), self.records.is_some(), self.photo.is_some()];
        if generators.into_iter().filter(|given| *given).count() != 1 {
            return Err("give exactly one of `random`, `records` and `photo`".to_owned());
        }
        let bytes =
            self.random.as_ref().map(|random| random.bytes).or(self.records.as_ref().map(|records| records.bytes));
        if bytes.is_some_and(|bytes| bytes > LIMIT) {
            return Err(format!("`bytes` is over the limit of {LIMIT}"));
        }
        match &self.photo {
            Some(Photo { width, height, .. })
                if !(1..=MAX_PHOTO_PIXELS).contains(&(u64::from(*width) * u64::from(*height))) =>
            {
                Err(format!("a photo has from 1 to {MAX_PHOTO_PIXELS} pixels"))
            }
            Some(Photo { quality, .. }) if !(1..=100).contains(quality) => {
                Err("`quality` of a photo is from 1 to 100".to_owned())
            }
            _ => Ok(()),
        }
    }

    /// Makes the bytes.
    ///
    /// # Errors
    /// When the compressor refuses the level.
    pub fn bytes(&self) -> anyhow::Result<Vec<u8>> {
        let bytes = match self {
            Self { random: Some(random), .. } => crossover_inputs::random(random.seed, random.bytes),
            Self { records: Some(records), .. } => crossover_inputs::records(records.seed, records.bytes),
            Self { photo: Some(photo), .. } => {
                crossover_inputs::photo(photo.seed, photo.width, photo.height, photo.quality)
                    .map_err(anyhow::Error::msg)?
            }
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
        assert!(parse("photo = { seed = 1, width = 0, height = 3, quality = 90 }").validate().is_err());
        assert!(parse("photo = { seed = 1, width = 3, height = 3, quality = 0 }").validate().is_err());
    }

    #[test]
    fn the_key_follows_the_parameters() {
        let (a, b) = (parse("random = { seed = 1, bytes = 3 }"), parse("random = { seed = 2, bytes = 3 }"));
        assert_eq!(a.key(), a.key());
        assert_ne!(a.key(), b.key());
    }
}
