//! The programs of the system that are asked to set something up.

use std::io::{ErrorKind, Write};
use std::process::{Command, Stdio};

use crate::command::error::{Error, Result};
use crate::messages::remind as words;

/// What a program wrote, and whether it succeeded.
#[derive(Debug)]
pub(super) struct Ran {
    pub(super) out: Vec<u8>,
    pub(super) err: String,
    pub(super) succeeded: bool,
}

/// Runs a program with this text as its input; `None` if there is no such program.
pub(super) fn run(name: &str, arguments: &[&str], input: &[u8]) -> Result<Option<Ran>> {
    let failed = |error: &std::io::Error| Error::usage(words::not_run(name, &error.to_string()));
    let mut command = Command::new(name);
    // Its words are read, so they must be in English.
    command.args(arguments).env("LC_ALL", "C");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(&error)),
    };
    let written = child.stdin.take().map(|mut pipe| pipe.write_all(input));
    let output = child.wait_with_output().map_err(|error| failed(&error))?;
    // A program that reads no input may close it; but it must not take in half of one.
    let was_read = input.is_empty() || written.is_none_or(|written| written.is_ok());
    Ok(Some(Ran {
        out: output.stdout,
        err: String::from_utf8_lossy(&output.stderr).trim().to_owned(),
        succeeded: output.status.success() && was_read,
    }))
}

/// The same for a program that must succeed. Errors with what it says.
pub(super) fn require(name: &str, arguments: &[&str], input: &[u8]) -> Result<()> {
    match run(name, arguments, input)? {
        Some(ran) if ran.succeeded => Ok(()),
        Some(ran) => {
            let typed = [&[name], arguments].concat().join(" ");
            Err(Error::usage(words::not_run(&typed, ran.err.lines().next().unwrap_or_default())))
        }
        None => Err(Error::usage(words::not_run(name, words::NOT_THERE))),
    }
}
