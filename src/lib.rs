//! dwell: one lesson a day, and a place to dwell on it.
//!
//! The rooms, each of which imports only from rooms listed before it: [`platform`], [`text`],
//! [`journal`], [`clock`], [`library`], [`seal`], [`drafts`], [`store`], [`compose`], [`terminal`],
//! [`config`], [`mod@format`], [`messages`], [`view`], [`page`], [`command`], [`cli`].
//! `ARCHITECTURE.md` says what each is for.

pub mod platform;
pub mod text;

pub mod journal;

pub mod clock;
pub mod library;
pub mod seal;

pub mod drafts;
pub mod store;

pub mod compose;
pub mod terminal;

pub mod config;
pub mod format;
pub mod messages;

pub mod view;

pub mod page;

pub mod cli;
pub mod command;

#[cfg(test)]
mod architecture;

use std::ffi::OsString;
use std::process::ExitCode;

use cli::Cli;
use command::error::{Error, Result};
use config::Environment;
use messages::terminal::PHRASES;
use terminal::Terminal;

/// Runs dwell with these arguments, of which the first is the program's name, and returns the exit
/// code. It can be called more than once in a process.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    platform::survive_file_size_limit();
    let args: Vec<OsString> = args.into_iter().collect();
    if command::hook::answer(&args) || complete(&args) {
        return ExitCode::SUCCESS;
    }
    let environment = Environment::of_process();
    let mut terminal = Terminal::open(&environment.terminal_options(), PHRASES);
    let done = match Cli::read(&args) {
        Ok(cli) => cli.run(&mut terminal, &environment),
        Err(error) if !error.use_stderr() => {
            // Help or the version. If nobody reads it any more, that is not a failure.
            let _ = error.print();
            Ok(())
        }
        Err(error) => Err(cli::refuse(&args, &error, &mut terminal, &environment)),
    };
    end(&mut terminal, done)
}

/// Answers the shell's completion script; false if it is not the one that started dwell.
fn complete(args: &[OsString]) -> bool {
    clap_complete::CompleteEnv::with_factory(Cli::to_complete)
        .var(command::completions::VARIABLE)
        .try_complete(args, None)
        .unwrap_or(false)
}

/// Writes out the last output, says what went wrong, and returns the exit code.
fn end(terminal: &mut Terminal, done: Result<()>) -> ExitCode {
    // Also after a failure, the terminal belongs to the pager until the person has left it.
    let flushed = terminal.flush().map_err(Error::from);
    let done = done.and(flushed);
    let Err(error) = done else { return ExitCode::SUCCESS };
    if error.is_closed_pipe() {
        return ExitCode::SUCCESS;
    }
    if error.is_untold {
        return ExitCode::from(error.kind.exit_code());
    }
    // If standard error cannot be written either, the exit code alone tells of the failure.
    let _ = terminal.complain(&error.message.text, error.message.hint.as_deref());
    if let Some(signal) = terminal.ended_by() {
        platform::end_by(signal);
    }
    ExitCode::from(error.kind.exit_code())
}
