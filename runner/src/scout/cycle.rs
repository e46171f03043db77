//! Functions that call each other in a circle, as the methods of a recursive-descent parser do.

use super::recording::Recording;
use super::tree::Took;
use crate::sampling::FrameOrigin;

/// A function is part of a recursion if at least this share of its work is done in calls from within itself. In a parser
/// the share is small for a construct that is seldom nested.
const LEAST_WITHIN: f64 = 0.1;

/// The function with the most work among those through which a function calls itself, if it has more than the function: a port
/// of one of them has to port the other, too. None where little of the work is such a recursion.
#[must_use]
pub fn larger_part(recording: &Recording, took: &[Took], function: usize) -> Option<usize> {
    let nodes = &recording.nodes;
    // From the callers down: whether a node is below the function, and below it once more by way of another.
    let mut places: Vec<Relation> = Vec::with_capacity(nodes.len());
    let mut within_us = 0.0;
    for (at, node) in nodes.iter().enumerate() {
        let mut place = node.parent.map_or(Relation::default(), |parent| places[parent]);
        if node.function == function {
            place.is_twice |= place.is_by_another;
            place.is_below = true;
        } else {
            place.is_by_another |= place.is_below && recording.kind(at) == FrameOrigin::Js;
        }
        if place.is_twice && recording.kind(at) == FrameOrigin::Js {
            within_us += node.self_us;
        }
        places.push(place);
    }
    if within_us < LEAST_WITHIN * took[function].script_us {
        return None;
    }
    // And up again: what has the function above it and below it is on the way.
    let mut calls_it = vec![false; nodes.len()];
    let mut largest: Option<usize> = None;
    for (at, node) in nodes.iter().enumerate().rev() {
        calls_it[at] |= node.function == function;
        if let Some(parent) = node.parent {
            calls_it[parent] |= calls_it[at];
        }
        let is_on_the_way = calls_it[at] && places[at].is_below && recording.kind(at) == FrameOrigin::Js;
        let work = |function: usize| took[function].script_us;
        if is_on_the_way && work(node.function) > largest.map_or(work(function), work) {
            largest = Some(node.function);
        }
    }
    largest
}

/// Where a node is, seen from the function.
#[derive(Debug, Clone, Copy, Default)]
struct Relation {
    is_below: bool,
    is_by_another: bool,
    is_twice: bool,
}
