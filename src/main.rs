use std::process::ExitCode;

fn main() -> ExitCode {
    dwell::run(std::env::args_os())
}
