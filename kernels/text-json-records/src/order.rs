//! A record: an order, whose texts stay where they are in the input wherever they can.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// One order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Order<'a> {
    /// Name of the order.
    #[serde(borrow)]
    pub id: Cow<'a, str>,
    /// Its number.
    pub seq: u64,
    /// When it was made, milliseconds since 1970.
    pub ts: u64,
    /// The customer.
    pub user: User<'a>,
    /// What one piece costs.
    pub price: f64,
    /// How many pieces.
    pub qty: u32,
    /// A few words.
    pub tags: Vec<Cow<'a, str>>,
    /// Latitude and longitude, degrees.
    pub geo: [f64; 2],
    /// A sentence.
    pub note: Cow<'a, str>,
}

/// The customer of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct User<'a> {
    /// First and last name.
    #[serde(borrow)]
    pub name: Cow<'a, str>,
    /// Country code.
    pub country: Cow<'a, str>,
    /// Whether the name was checked.
    pub verified: bool,
}

/// The orders of all records; a byte order mark before them is left out.
///
/// # Errors
/// Says what is wrong with a record, and in which line.
pub fn orders(input: &[u8]) -> Result<Vec<Order<'_>>, String> {
    let input = input.strip_prefix(b"\xef\xbb\xbf").unwrap_or(input);
    serde_json::Deserializer::from_slice(input).into_iter().collect::<Result<_, _>>().map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_the_generated_records_is_lost() {
        let text = crossover_inputs::records(7, 20_000);
        let orders = orders(&text).unwrap();
        assert!(orders.len() > 40);
        let json: Result<Vec<serde_json::Value>, _> = serde_json::Deserializer::from_slice(&text).into_iter().collect();
        assert_eq!(serde_json::to_value(&orders).unwrap(), serde_json::Value::Array(json.unwrap()));
    }

    #[test]
    fn a_text_with_an_escape_is_decoded_and_one_without_is_borrowed() {
        let text = String::from_utf8(crossover_inputs::records(7, 1)).unwrap();
        let escaped = text.replace(r#""note":""#, r#""note":"\"\u00e9 "#);
        let orders = orders(escaped.as_bytes()).unwrap();
        assert!(orders[0].note.starts_with("\"é "));
        assert!(matches!(orders[0].id, Cow::Borrowed(_)));
    }

    #[test]
    fn a_byte_order_mark_and_lines_without_a_record_are_left_out() {
        let text = crossover_inputs::records(7, 1);
        let marked = [b"\xef\xbb\xbf", &text[..], b"\r\n \n", &text].concat();
        assert_eq!(orders(&marked).unwrap(), [orders(&text).unwrap(), orders(&text).unwrap()].concat());
        assert!(orders(&[&text[..], &marked].concat()).is_err());
    }

    #[test]
    fn what_is_no_record_is_an_error_with_its_line() {
        let text = crossover_inputs::records(7, 1);
        for bad in ["{", "[]", r#"{"id":1}"#, "\u{1}"] {
            let input = [&text, bad.as_bytes()].concat();
            assert!(orders(&input).unwrap_err().contains("line 2"), "{bad}");
        }
        for end in 1..text.len() - 1 {
            assert!(orders(&text[..end]).is_err(), "{end} bytes");
        }
        assert!(orders(b"\xff").is_err());
    }
}
