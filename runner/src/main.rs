//! crossover: whether a JavaScript hotspot is worth porting to WebAssembly.
#[allow(dead_code, unused_imports)]
mod artifact;
#[allow(dead_code, unused_imports)]
mod environment;
#[allow(dead_code)]
mod process;

fn main() {}
