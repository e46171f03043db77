//! The committed weights and generated ones, through the code that ships: accuracy, parity, bad files.

mod accuracy;
mod common;
mod generated;
mod malformed;
mod parity;
mod weights;
