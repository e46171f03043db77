//! Tests of differences and notes, with values in the format that the page writes.

use super::*;

/// A value to be written in the page's format.
#[derive(Clone)]
enum V {
    Undefined,
    Bool(bool),
    Number(f64),
    BigInt(&'static str),
    Text(&'static [u8]),
    Numbers(&'static str, Vec<u8>),
    List(Vec<V>),
    Object(&'static str, Vec<(&'static str, V)>),
    Map(Vec<V>),
    Set(Vec<V>),
}

use V::{BigInt, Bool, List, Map, Number, Numbers as Array, Object, Set, Text, Undefined};

fn block(out: &mut Vec<u8>, bytes: &[u8]) {
    out.extend((bytes.len() as u32).to_le_bytes());
    out.extend(bytes);
}

fn name(out: &mut Vec<u8>, name: &str) {
    out.push(name.len() as u8);
    out.extend(name.as_bytes());
}

fn list(out: &mut Vec<u8>, tag: u8, items: &[V]) {
    out.push(tag);
    out.extend((items.len() as u32).to_le_bytes());
    items.iter().for_each(|item| write(out, item));
}

fn write(out: &mut Vec<u8>, value: &V) {
    match value {
        Undefined => out.push(b'u'),
        Bool(bool) => out.push(if *bool { b't' } else { b'f' }),
        Number(number) => {
            out.push(b'n');
            out.extend(number.to_le_bytes());
        }
        BigInt(digits) => {
            out.push(b'i');
            block(out, digits.as_bytes());
        }
        Text(text) => {
            out.push(b's');
            block(out, text);
        }
        Array(of, bytes) => {
            out.push(b'#');
            name(out, of);
            block(out, bytes);
        }
        List(items) => list(out, b'[', items),
        Map(items) => list(out, b'M', items),
        Set(items) => list(out, b'S', items),
        Object(class, properties) => {
            out.push(b'{');
            name(out, class);
            out.extend((properties.len() as u32).to_le_bytes());
            let mut sorted = properties.clone();
            sorted.sort_by_key(|(key, _)| *key);
            sorted.iter().for_each(|(key, _)| block(out, key.as_bytes()));
            let place = |(key, _): &(_, _)| sorted.iter().position(|(other, _)| other == key).unwrap() as u32;
            let order: Vec<u32> = properties.iter().map(place).collect();
            let order = if order.is_sorted() { vec![] } else { order.into_iter().flat_map(u32::to_le_bytes).collect() };
            block(out, &order);
            sorted.iter().for_each(|(_, value)| write(out, value));
        }
    }
}

fn check(expected: &V, got: &V, tolerance: Option<f64>) -> Result<Option<String>, String> {
    let [expected, got] = [expected, got].map(|value| {
        let mut out = Vec::new();
        write(&mut out, value);
        out
    });
    compare(Tokens::of(&expected), Tokens::of(&got), tolerance)
}

fn floats(numbers: &[f64]) -> V {
    Array("Array", numbers.iter().flat_map(|number| number.to_le_bytes()).collect())
}

fn object(properties: &[(&'static str, V)]) -> V {
    Object("", properties.to_vec())
}

#[test]
fn the_first_difference_is_reported_with_its_place() {
    let (one, two) = (Number(1.0), Number(2.0));
    for (expected, got, message) in [
        (floats(&[1.0, 2.0]), floats(&[1.0, 2.0, 4.0]), "the answer: expected 2 items, got 3"),
        (List(vec![Undefined, one.clone()]), List(vec![Undefined]), "the answer: expected 2 items, got 1"),
        (List(vec![one.clone(), Undefined]), floats(&[1.0, 2.0]), "the answer[1]: expected undefined, got 2"),
        (Number(f64::NAN), Number(0.0), "the answer: expected NaN, got 0"),
        (Bool(true), Number(0.0), "the answer: expected true, got 0"),
        (BigInt("3"), Number(3.5), "the answer: expected the BigInt 3n, got 3.5"),
        (
            object(&[("a", List(vec![Text(b"x")]))]),
            object(&[("a", List(vec![Text(b"y")]))]),
            "the answer.a[0]: the texts differ from character 0 on (line 1): expected \"x\", got \"y\"",
        ),
        (
            Text(b"\xed\xa0\x80"),
            Text(b"\xed\xa0\x81"),
            "the answer: the texts differ in lone surrogates (unpaired halves of UTF-16 pairs)",
        ),
        (
            object(&[("a", Undefined), ("b", two.clone())]),
            object(&[("b", two.clone()), ("a", Bool(true))]),
            "the answer.a: expected undefined, got true",
        ),
        (object(&[("a", one.clone())]), object(&[]), "the answer: the key \"a\" is missing"),
        (object(&[]), object(&[("a", one.clone())]), "the answer: the key \"a\" should not be there"),
        (object(&[]), Map(vec![]), "the answer: expected an object with the keys \"\", got a Map"),
        (
            Set(vec![Text(b"a")]),
            Set(vec![Text(b"b")]),
            "the answer(item 0): the texts differ from character 0 on (line 1): expected \"a\", got \"b\"; the order counts \
             here, and --normalize FILE#export may sort them",
        ),
        (
            Map(vec![Text(b"k"), Undefined]),
            Map(vec![Text(b"k"), Bool(true)]),
            "the answer(entry 0, value): expected undefined, got true",
        ),
        (
            Object("URL", vec![("href", Text(b"http://one.test/"))]),
            Object("URL", vec![("href", Text(b"http://two.test/"))]),
            "the answer.href: the texts differ from character 7 on (line 1): expected \"one.test/\", got \"two.test/\"",
        ),
        (
            Object("Error", vec![]),
            object(&[("name", one.clone())]),
            "the answer: expected an Error, got an object with the keys \"name\"",
        ),
        (
            Number(3_212_345_678.0),
            Number(-1_082_621_618.0),
            "the answer: expected 3212345678, got -1082621618 (the same 32 bits, read as a signed number: Wasm's i32 is one; \
             `>>> 0` makes it unsigned); 1 number differs, and the largest relative difference is 1.3e0",
        ),
    ] {
        assert_eq!(check(&expected, &got, None), Err(message.to_owned()));
    }
}

#[test]
fn equal_values_get_no_note() {
    for (expected, got) in [
        (Number(f64::NAN), Number(f64::NAN)),
        (Array("Uint8Array", vec![1, 2]), Array("Uint8ClampedArray", vec![1, 2])),
        (object(&[("a", Set(vec![Bool(true)]))]), object(&[("a", Set(vec![Bool(true)]))])),
        (List(vec![]), floats(&[])),
        (BigInt("95"), BigInt("95")),
    ] {
        assert_eq!(check(&expected, &got, None), Ok(None));
    }
}

#[test]
fn another_representation_is_equal_and_noted_once() {
    let typed = |numbers: &[f32]| Array("Float32Array", numbers.iter().flat_map(|n| n.to_le_bytes()).collect());
    let note = check(&floats(&[1.0, 0.5]), &typed(&[1.0, 0.5]), None).unwrap().unwrap();
    assert_eq!(
        note,
        "taken as equal: the answer is of type Array in one, Float32Array in the other, with the same items"
    );
    let expected = List(vec![Bool(true), Bool(false), Number(95.0), Number(0.0)]);
    let got = List(vec![Number(1.0), Number(0.0), BigInt("95"), BigInt("0")]);
    let note = check(&expected, &got, None).unwrap().unwrap();
    assert_eq!(
        note,
        "taken as equal: the answer[0] is a boolean in one, 0 or 1 in the other, as Wasm's i32 has it; the answer[2] is a \
         BigInt in one, the same number in the other"
    );
    assert_eq!(check(&got, &expected, None), Ok(Some(note)));
    let [x, y] = [("x", Number(1.0)), ("y", Number(2.0))];
    let two = |points: [[_; 2]; 2]| List(points.map(|point: [_; 2]| object(&point)).to_vec());
    let one_order = two([[x.clone(), y.clone()], [x.clone(), y.clone()]]);
    let other_order = two([[x.clone(), y.clone()], [y, x]]);
    let note = check(&one_order, &other_order, None).unwrap().unwrap();
    assert_eq!(note, "taken as equal: the answer[1] has its keys in another order in one than in the other");
    assert_eq!(check(&other_order, &other_order, None), Ok(None));
    let bigs = Array("BigInt64Array", [95i64, -7].iter().flat_map(|n| n.to_le_bytes()).collect());
    assert!(check(&bigs, &floats(&[95.0, -7.0]), None).unwrap().unwrap().contains("BigInt64Array"));
    assert!(check(&bigs, &List(vec![BigInt("95"), BigInt("-7")]), None).unwrap().is_some());
    assert!(check(&bigs, &floats(&[95.0, 7.0]), None).is_err());
    assert!(check(&Bool(false), &Number(-0.0), None).is_err());
}

#[test]
fn a_difference_of_numbers_says_how_far_apart_all_of_them_are() {
    let expected = object(&[("x", floats(&[1.0, 2.0])), ("y", Number(4.0))]);
    let got = object(&[("x", floats(&[1.0, 2.000_001])), ("y", Number(4.000_01))]);
    let message = check(&expected, &got, None).unwrap_err();
    assert_eq!(
        message,
        "the answer.x[1]: expected 2, got 2.000001; 2 numbers differ, and the largest relative difference is 2.5e-6; help: \
         if that is close enough, --tolerance 1e-5 accepts them all"
    );
    assert_eq!(check(&expected, &got, Some(1e-5)), Ok(None));
    let message = check(&expected, &got, Some(2e-6)).unwrap_err();
    assert!(
        message.starts_with("the answer.y: expected 4, got 4.00001, more than 0.000002 apart; 1 number"),
        "{message}"
    );
    // No tolerance helps if one is not a number.
    let other = object(&[("x", floats(&[1.0, 2.000_001])), ("y", Undefined)]);
    assert_eq!(check(&expected, &other, None).unwrap_err(), "the answer.x[1]: expected 2, got 2.000001");
}

#[test]
fn values_are_compared_at_any_depth() {
    let nested = |leaf: &[u8]| [b"[\x01\0\0\0".repeat(100_000).as_slice(), leaf].concat();
    let (expected, got) = (nested(b"t"), nested(b"u"));
    assert_eq!(compare(Tokens::of(&expected), Tokens::of(&expected), None), Ok(None));
    let message = compare(Tokens::of(&expected), Tokens::of(&got), None).unwrap_err();
    assert_eq!(message, "the answer[0][0][0][0] … 99992 levels … [0][0][0][0]: expected true, got undefined");
    assert!(compare(Tokens::of(&expected), Tokens::of(&got[..1000]), None).unwrap_err().contains("cut off"));
}
