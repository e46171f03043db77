//! The kernel `objects-trees`: a large binary tree that lives while many smaller ones come and go, each node an allocation
//! of its own in linear memory.
//!
//! Input and answer are numbers, so there is no boundary to take apart.

use wasm_bindgen::prelude::{JsError, wasm_bindgen};

const SHALLOWEST: u32 = 4;
const STEP: usize = 4;

/// The deepest large tree that is built: it has 2²⁵ nodes.
const DEEPEST: u32 = 24;

struct Node {
    children: Option<[Box<Node>; 2]>,
}

fn build(depth: u32) -> Node {
    let children = depth.checked_sub(1).map(|below| [Box::new(build(below)), Box::new(build(below))]);
    Node { children }
}

fn count(node: &Node) -> u32 {
    node.children.as_ref().map_or(1, |[left, right]| 1 + count(left) + count(right))
}

/// How many nodes all trees had together, modulo 2³²; the large one is `depth` deep.
///
/// # Errors
/// `depth` is over 24.
pub fn trees(depth: u32) -> Result<u32, String> {
    if depth > DEEPEST {
        return Err(format!("a tree of depth {depth} is too deep: give {DEEPEST} at most"));
    }
    let large = build(depth);
    let mut nodes = 0u32;
    for small in (SHALLOWEST..=depth).step_by(STEP) {
        for _ in 0..1u32 << (depth - small + SHALLOWEST) {
            nodes = nodes.wrapping_add(count(&build(small)));
        }
    }
    Ok(nodes.wrapping_add(count(&large)))
}

#[wasm_bindgen(start)]
fn start() {
    kernel_contract::tell_panics();
}

/// What JavaScript calls.
#[wasm_bindgen]
pub fn run(depth: u32) -> Result<u32, JsError> {
    trees(depth).map_err(|reason| JsError::new(&reason))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_node_of_every_tree_is_counted() {
        // A tree of depth d has 2^(d+1) − 1 nodes. Depth 4: sixteen small trees and the large one, all of 31 nodes.
        assert_eq!(trees(4), Ok(17 * 31));
        // Depth 8: 256 trees of depth 4, 16 of depth 8, and the large one.
        assert_eq!(trees(8), Ok(256 * 31 + 17 * 511));
        assert_eq!(trees(0), Ok(1), "a large tree alone");
    }

    #[test]
    fn what_would_not_fit_into_memory_is_refused() {
        assert!(trees(25).unwrap_err().contains("give 24 at most"));
        assert!(trees(u32::MAX).is_err());
    }
}
