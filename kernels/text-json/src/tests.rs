//! All parsers, on the records that are measured and on what no record may be.

use super::*;

/// A parser of this crate.
type Parser = fn(&[u8]) -> Result<Columns, String>;

const PARSERS: [(&str, Parser); 3] = [("typed", typed::columns), ("values", values::columns), ("scan", scan::columns)];

#[test]
fn a_record_in_any_order_and_with_blanks_has_its_numbers() {
    let input = br#" { "note" : "\"qty\": 7 \\", "geo":[ -1.5 , 2e3 ], "x":{"ts":[1,{"price":2}]},"qty":3,
        "price":0.1, "ts":1700000000001} "#;
    for (name, parse) in PARSERS {
        let numbers = parse(input).map(Columns::into_numbers);
        assert_eq!(numbers, Ok(vec![1_700_000_000_001.0, 0.1, 3.0, -1.5, 2000.0]), "{name}");
    }
}

#[test]
fn columns_follow_one_another() {
    let input = br#"{"ts":1,"price":2,"qty":3,"geo":[4,5]}
{"ts":10,"price":20,"qty":30,"geo":[40,50]}
"#;
    for (name, parse) in PARSERS {
        let numbers = parse(input).map(Columns::into_numbers);
        assert_eq!(numbers, Ok(vec![1.0, 10.0, 2.0, 20.0, 3.0, 30.0, 4.0, 40.0, 5.0, 50.0]), "{name}");
        assert_eq!(parse(b"\n"), Ok(Columns::default()), "{name}");
    }
}

#[test]
fn a_byte_order_mark_and_lines_without_a_record_are_left_out() {
    let good = r#"{"ts":1,"price":2,"qty":3,"geo":[4,5]}"#;
    let marked = format!("\u{feff}{good}\r\n\r\n \n{good}\n");
    for (name, parse) in PARSERS {
        let expected = parse(format!("{good}\n{good}").as_bytes());
        assert!(expected.is_ok());
        assert_eq!(parse(text(marked.as_bytes())), expected, "{name}");
        assert!(parse(text(format!("{good}\n{marked}").as_bytes())).is_err(), "{name}");
    }
    let [once, marked] = [good, &marked].map(|input| columns(input.as_bytes()).map(|numbers| numbers.len()));
    assert_eq!((once, marked), (Ok(5), Ok(10)));
}

#[test]
fn the_generated_records_have_the_same_numbers_by_every_parser() {
    let input = crossover_inputs::records(7, 200_000);
    let expected = typed::columns(&input);
    assert!(expected.is_ok());
    for (name, parse) in PARSERS {
        assert_eq!(parse(&input), expected, "{name}");
    }
}

#[test]
fn numbers_are_the_nearest_doubles() {
    let texts = [
        "0",
        "-0",
        "0.1",
        "-12.34",
        "5e-324",
        "1e308",
        "123456789012345",
        "1234567890123456",
        "12345678901234567890",
        "0.30000000000000004",
        "0.000000000000001",
        "9007199254740993",
        "1E2",
        "2.5e+3",
        "179.99999",
    ];
    for text in texts {
        let input = format!(r#"{{"ts":1,"price":{text},"qty":3,"geo":[4,5]}}"#);
        let expected: f64 = text.parse().unwrap();
        for (name, parse) in PARSERS {
            let numbers = parse(input.as_bytes()).map(Columns::into_numbers).unwrap();
            assert_eq!(numbers[1].to_bits(), expected.to_bits(), "{name}: {text}");
        }
    }
}

#[test]
fn what_is_no_record_is_an_error_with_its_line() {
    let good = r#"{"ts":1,"price":2,"qty":3,"geo":[4,5]}"#;
    let bad = [
        "{",
        "[",
        "7",
        "{}",
        r#"{"ts"}"#,
        r#"{"ts":}"#,
        r#"{"ts":1"#,
        r#"{"ts":1,"price":2,"qty":3}"#,
        r#"{"ts":"1","price":2,"qty":3,"geo":[4,5]}"#,
        r#"{"ts":1,"price":-,"qty":3,"geo":[4,5]}"#,
        r#"{"ts":1,"price":2.,"qty":3,"geo":[4,5]}"#,
        r#"{"ts":1,"price":.5,"qty":3,"geo":[4,5]}"#,
        r#"{"ts":1,"price":1e,"qty":3,"geo":[4,5]}"#,
        r#"{"ts":1,"price":2,"qty":3,"geo":[4]}"#,
        r#"{"ts":1,"price":2,"qty":3,"geo":[4,5],"x":"#,
        r#"{"ts":1,"price":2,"qty":3,"geo":[4,5],"x":"a\"#,
        r#"{"ts":1,"price":2,"qty":3,"geo":[4,5],"x":}"#,
        r#"{"ts":1 "price":2,"qty":3,"geo":[4,5]}"#,
    ];
    for text in bad {
        let input = format!("{good}\n{text}");
        for (name, parse) in PARSERS {
            let reason = parse(input.as_bytes()).expect_err(&format!("{name}: {text}"));
            assert!(reason.contains("line 2") || reason.contains("record 2"), "{name}: {text}: {reason}");
        }
    }
}

#[test]
fn a_record_cut_off_anywhere_is_an_error() {
    let good = br#"{"ts":1,"price":2.5,"qty":3,"geo":[4,5],"note":"a\"b","user":{"tags":["x"]}}"#;
    for end in 1..good.len() {
        for (name, parse) in PARSERS {
            assert!(parse(&good[..end]).is_err(), "{name}: {end} bytes");
        }
    }
}
