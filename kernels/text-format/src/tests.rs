//! Both ways to write a table, against each other and what JavaScript writes.

use super::*;

/// Numbers, and the rows that Node.js 20 makes of them with `toISOString`, `toFixed` and template strings.
const VALUES: [f64; 9] = [0.0, -0.0, 10.125, 1.005, 7.0, -0.001, 0.07, 999_999_999_999.99, 99.9999];
const ROWS: &str = "id,time,price,share
1,2023-11-14T22:13:20.000Z,0.00,0
2,2023-11-14T22:14:21.007Z,0.00,0
3,2023-11-14T22:15:22.014Z,10.13,1.4464285714285714
4,2023-11-14T22:16:23.021Z,1.00,0.14357142857142854
5,2023-11-14T22:17:24.028Z,7.00,1
6,2023-11-14T22:18:25.035Z,-0.00,-0.00014285714285714287
7,2023-11-14T22:19:26.042Z,0.07,0.01
8,2023-11-14T22:20:27.049Z,999999999999.99,142857142857.14142
9,2023-11-14T22:21:28.056Z,100.00,14.2857
";

#[test]
fn rows_are_written_as_javascript_writes_them() {
    assert_eq!(written::rows(&VALUES), ROWS);
    assert_eq!(formatted::rows(&VALUES), ROWS);
}

#[test]
fn both_ways_agree_over_the_range() {
    let numbers = crossover_inputs::random(7, 160_000);
    let values: Vec<f64> = numbers
        .as_chunks::<8>()
        .0
        .iter()
        .enumerate()
        .map(|(at, bytes)| (u64::from_le_bytes(*bytes) >> 11) as f64 / 10_f64.powi(4 + (at % 14) as i32))
        .filter(|value| (0.001..1e12).contains(value))
        .collect();
    assert!(values.len() > 10_000);
    assert_eq!(written::rows(&values), formatted::rows(&values));
}

#[test]
fn numbers_that_are_written_in_other_ways_are_errors() {
    for value in [f64::NAN, f64::INFINITY, -f64::INFINITY, 1e12, -1e300, 0.0009, 5e-324] {
        assert!(format(&[1.0, value]).unwrap_err().starts_with("number 1 is "), "{value}");
    }
    assert_eq!(format(&[]).as_deref(), Ok(HEADER));
    assert!(format(&VALUES).is_ok());
}
