//! `crossover`: whether a JavaScript hotspot is worth porting to WebAssembly.

mod all_cores;
mod answer;
mod artifact;
mod call_path;
mod cli;
mod cmd;
mod complaint;
mod embedded;
mod encoding;
mod environment;
mod exit;
mod interrupt;
mod lock;
mod measure;
mod path_guard;
mod plan;
mod port;
mod prepare;
mod process;
mod profile;
mod progress;
mod protocol;
mod publish;
mod runtime;
mod sampling;
mod scaffold;
mod scout;
mod server;
mod stdout;
mod suite;
mod wrap;

use std::process::ExitCode;

use cli::{Cli, Command};
use progress::Verbosity;

fn main() -> ExitCode {
    interrupt::watch();
    let arguments = match Cli::of_process() {
        Ok(arguments) => arguments,
        Err(code) => return code,
    };
    let outcome = match arguments.command {
        Command::Run(args) => cmd::run(&args),
        Command::BuildMatrix(args) => cmd::build_matrix(&args),
        Command::Compare(args) => cmd::compare(&args),
        Command::Verify(args) => cmd::verify(&args),
        Command::List(args) => cmd::list(&args),
        Command::Merge(args) => cmd::merge(&args),
        Command::Report(args) => cmd::report(&args),
        Command::Charts(args) => cmd::charts(&args),
        Command::History(args) => cmd::history(&args),
        Command::Scout(args) => cmd::scout(&args),
        Command::Profile(args) => cmd::profile(&args),
        Command::Port(args) => cmd::port(&args),
        Command::New(args) => cmd::new(&args),
        Command::Init(args) => cmd::init(&args),
        Command::Calibrate(args) => cmd::calibrate(&args),
        Command::Doctor(args) => cmd::doctor(&args),
        Command::Setup(args) => cmd::setup(&args),
    };
    match outcome {
        Ok(exit) => exit.into(),
        Err(error) => {
            progress::say(Verbosity::Normal, &complaint::error(&error));
            exit::code(&error)
        }
    }
}

/// Bytes as lower-case hexadecimal digits.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
