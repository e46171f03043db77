//! crossover: whether a JavaScript hotspot is worth porting to WebAssembly.
fn main() {}
