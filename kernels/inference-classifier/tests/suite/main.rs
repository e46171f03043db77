//! The committed weights, through the code that ships: accuracy, parity with the training script, bad files.

mod accuracy;
mod common;
mod malformed;
mod parity;
