//! Bytes into Wasm and back: copied both ways, or not copied (`uncopied`), or a call that nothing crosses with (`nothing`).

#[cfg(feature = "nothing")]
mod nothing;
#[cfg(feature = "uncopied")]
mod uncopied;

#[cfg(not(any(feature = "nothing", feature = "uncopied")))]
kernel_contract::contender!(echo, [u8] => Vec<u8>; start = kernel_contract::draw_place);

/// What came in.
///
/// # Errors
/// Never: the type is the one that all kernels share.
pub fn echo(input: &[u8]) -> Result<Vec<u8>, String> {
    Ok(input.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_in_goes_out() {
        assert_eq!(echo(&[0, 1, 255]), Ok(vec![0, 1, 255]));
    }
}
