//! An array of JavaScript numbers into Wasm, and a `Float64Array` back.

kernel_contract::contender!(echo, [f64] => Vec<f64>; start = kernel_contract::draw_place);

/// What came in.
///
/// # Errors
/// Never: the type is the one that all kernels share.
pub fn echo(input: &[f64]) -> Result<Vec<f64>, String> {
    Ok(input.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_in_goes_out() {
        assert_eq!(echo(&[0.1, -3.0]), Ok(vec![0.1, -3.0]));
    }
}
