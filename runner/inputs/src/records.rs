//! Lines of JSON as a service's log or an export would hold them.
//!
//! Whole numbers only, down to the Zipf and price distributions: `exp` and `ln` differ between platforms.

use crate::Rng;
use std::fmt::Write as _;

const SYLLABLES: [&str; 26] = [
    "al", "be", "co", "de", "el", "fa", "ge", "hi", "in", "ju", "ka", "lo", "ma", "ne", "or", "pa", "qu", "ri", "so",
    "te", "un", "vi", "wa", "xe", "yo", "za",
];
const ENDINGS: [&str; 15] =
    ["bar", "dent", "fer", "gro", "lin", "mont", "nel", "par", "rus", "sen", "tor", "vex", "wick", "yard", "zon"];
const COUNTRIES: [&str; 7] = ["de", "fr", "us", "jp", "br", "in", "pl"];
/// Tags come from the most frequent words only.
const TAG_WORDS: u64 = 60;
const FIRST_TIMESTAMP_MS: u64 = 1_700_000_000_000;

/// Newline-delimited JSON records (orders of made-up people), at least `bytes` long and ending with the line
/// that gets there. A shorter answer for the same seed is a prefix of a longer one.
#[must_use]
pub fn records(seed: u64, bytes: usize) -> Vec<u8> {
    let vocabulary = Vocabulary::new();
    let mut rng = Rng::new(seed);
    let mut text = String::with_capacity(bytes.saturating_add(1024));
    let mut sequence = 0;
    while text.len() < bytes {
        record(&mut text, &mut rng, &vocabulary, sequence);
        sequence += 1;
    }
    text.into_bytes()
}

/// The same records as one JSON array, at least `bytes` long.
#[must_use]
pub fn record_array(seed: u64, bytes: usize) -> Vec<u8> {
    let lines = records(seed, bytes);
    // No text in a record holds a line break.
    let elements =
        lines.strip_suffix(b"\n").unwrap_or(&lines).iter().map(|&byte| if byte == b'\n' { b',' } else { byte });
    std::iter::once(b'[').chain(elements).chain(std::iter::once(b']')).collect()
}

fn record(text: &mut String, rng: &mut Rng, vocabulary: &Vocabulary, sequence: u64) {
    let id = rng.next_u64();
    let time_ms = FIRST_TIMESTAMP_MS + sequence * 137 + rng.below(100);
    push(text, format_args!("{{\"id\":\"{:08x}-{:04x}\",\"seq\":{sequence},\"ts\":{time_ms}", id >> 32, id & 0xffff));
    push(
        text,
        format_args!(",\"user\":{{\"name\":\"{} {}\"", title(vocabulary.word(rng)), title(vocabulary.word(rng))),
    );
    let country = COUNTRIES[rng.below(COUNTRIES.len() as u64) as usize];
    push(text, format_args!(",\"country\":\"{country}\",\"verified\":{}}}", rng.below(10) < 7));
    let cents = price_cents(rng);
    push(text, format_args!(",\"price\":{}.{:02},\"qty\":{}", cents / 100, cents % 100, 1 + rng.below(19)));
    text.push_str(",\"tags\":[");
    tags(text, rng, vocabulary);
    text.push_str("],\"geo\":[");
    degrees(text, rng, 90);
    text.push(',');
    degrees(text, rng, 180);
    text.push_str("],\"note\":\"");
    for i in 0..4 + rng.below(26) {
        text.push_str(if i == 0 { "" } else { " " });
        text.push_str(vocabulary.word(rng));
    }
    text.push_str("\"}\n");
}

fn push(text: &mut String, piece: std::fmt::Arguments<'_>) {
    text.write_fmt(piece).expect("a String takes everything that is written to it");
}

fn title(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    first.to_uppercase() + rest
}

/// A price whose logarithm is about normal, around 20.00 and with a long tail: the product of 16 factors
/// between 2/3 and 3/2, each as likely to be `f` as `1/f`.
fn price_cents(rng: &mut Rng) -> u64 {
    let mut price = 2_000_000_000_u64;
    for _ in 0..16 {
        let step = rng.below(101);
        price = price * (200 + step) / (300 - step);
    }
    1 + price / 1_000_000
}

fn tags(text: &mut String, rng: &mut Rng, vocabulary: &Vocabulary) {
    let mut used = 0_u64;
    let wanted = 1 + rng.below(5) as u32;
    while used.count_ones() < wanted {
        let tag = rng.below(TAG_WORDS);
        if used & (1 << tag) == 0 {
            text.push_str(if used == 0 { "" } else { "," });
            used |= 1 << tag;
            push(text, format_args!("\"{}\"", vocabulary.words[tag as usize]));
        }
    }
}

/// A coordinate between `-limit` and `limit` degrees with five decimals.
fn degrees(text: &mut String, rng: &mut Rng, limit: u64) {
    const UNITS_PER_DEGREE: u64 = 100_000;
    let sign = if rng.below(2) == 0 { "" } else { "-" };
    let units = rng.below(limit * UNITS_PER_DEGREE);
    push(text, format_args!("{sign}{}.{:05}", units / UNITS_PER_DEGREE, units % UNITS_PER_DEGREE));
}

/// Made-up words, of which the n-th is n times as rare as the first (Zipf's law).
struct Vocabulary {
    words: Vec<String>,
    /// For each word, the sum of the weights up to and with it.
    cumulative: Vec<u64>,
}

impl Vocabulary {
    fn new() -> Self {
        let words: Vec<String> =
            SYLLABLES.iter().flat_map(|start| ENDINGS.iter().map(move |end| format!("{start}{end}"))).collect();
        let cumulative = (1..=words.len() as u64)
            .scan(0, |sum, rank| {
                *sum += 1_000_000_000 / rank;
                Some(*sum)
            })
            .collect();
        Self { words, cumulative }
    }

    fn word(&self, rng: &mut Rng) -> &str {
        let total = self.cumulative.last().copied().unwrap_or_default();
        let drawn = rng.below(total);
        &self.words[self.cumulative.partition_point(|sum| *sum <= drawn)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::fnv1a;

    #[test]
    fn the_bytes_are_the_same_on_every_platform() {
        assert_eq!(fnv1a(&records(42, 20_000)), 8_787_824_394_554_648_754);
    }

    #[test]
    fn records_are_lines_and_a_shorter_answer_is_a_prefix_of_a_longer_one() {
        let long = records(42, 300_000);
        let short = records(42, 1000);
        assert!(long.starts_with(&short));
        assert!((1000..2000).contains(&short.len()) && (300_000..301_000).contains(&long.len()));
        assert!(long.ends_with(b"\"}\n"));
        assert_ne!(short, records(43, 1000));
        assert_eq!(records(42, 0), b"");
    }

    #[test]
    fn an_array_holds_the_records_of_the_lines() {
        assert_eq!(record_array(42, 0), b"[]");
        let array = String::from_utf8(record_array(42, 3000)).unwrap();
        let lines = String::from_utf8(records(42, 3000)).unwrap();
        assert_eq!(array.len(), lines.len() + 1);
        assert_eq!(array, format!("[{}]", lines.trim_end().replace('\n', ",")));
    }
}
