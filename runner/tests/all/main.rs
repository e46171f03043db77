//! Tests of the command as its users start it, most of them in a real browser.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod action;
mod answers;
mod available;
mod boundary;
mod browser_update;
mod build_matrix;
mod calibrate;
mod charts;
mod cli;
mod common;
mod compare;
mod connect;
// A checkout on Windows may lack the symbolic link to the gallery.
#[cfg(unix)]
mod docs;
mod doctor;
mod emulation;
mod engines;
mod history;
mod hostile;
mod hostile_programs;
mod javascript;
mod memory;
mod merge;
mod modules;
mod native;
mod npm;
mod packages;
mod port;
mod profile;
mod release;
mod report_formats;
mod resume;
mod sandbox;
mod scaffold;
mod scout;
mod sentinel;
mod shapes;
mod signals;
mod standalone;
mod tidy;
mod verdicts;
mod verify;
mod wasm_failures;
