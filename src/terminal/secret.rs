//! Secrets: a line that is typed unseen, and the first line that a command of the person prints.

use std::fmt;
use std::io::{self, IsTerminal, Read};
use std::process::Stdio;

use crate::terminal::shell_command::{self, NOT_FOUND, StartError, Started};
use crate::terminal::typed_text::TypedText;
use crate::terminal::{AskError, Terminal};

/// More than the first line of any passphrase command.
const LARGEST: u64 = 64 << 10;

/// Why a command gave no secret.
#[derive(Debug)]
pub enum SecretCommandError {
    /// A shell could not read it: a quote has no end, or it is empty.
    Unreadable,
    /// There is no such program.
    Missing,
    /// It ended with this exit code, or with none because it was killed.
    Failed {
        code: Option<i32>,
    },
    /// Its first line is empty, or not text.
    NoText,
    Io(io::Error),
}

impl Terminal {
    /// Whether somebody can type a secret. What is shown may go to a pipe or a file meanwhile.
    pub fn can_ask_secret(&self) -> bool {
        !self.has_piped_input() && !self.refuses_input() && io::stderr().is_terminal()
    }

    /// Asks for a line that is not shown while it is typed. Errors if the person leaves.
    pub fn ask_secret(&mut self, question: &str) -> Result<String, AskError> {
        let mut line = TypedText::secret();
        self.type_in(&format!("{question} "), &mut line, &mut |_, _| {})?;
        Ok(line.text)
    }
}

/// The first line that a command prints. It is run as an editor is, and may use the terminal.
pub fn secret_of_command(command: &str) -> Result<String, SecretCommandError> {
    let started = shell_command::start(command, |program| {
        program.stdout(Stdio::piped());
    });
    let Started { mut child, is_shell } = started.map_err(|error| match error {
        StartError::Unreadable => SecretCommandError::Unreadable,
        StartError::Missing => SecretCommandError::Missing,
        StartError::Io(error) => SecretCommandError::Io(error),
    })?;
    let mut printed = Vec::with_capacity(1024);
    let read = match child.stdout.take() {
        Some(output) => output.take(LARGEST).read_to_end(&mut printed),
        None => Ok(0),
    };
    let status = child.wait().map_err(SecretCommandError::Io)?;
    read.map_err(SecretCommandError::Io)?;
    match status.code() {
        Some(0) => {}
        Some(NOT_FOUND) if is_shell => return Err(SecretCommandError::Missing),
        code => return Err(SecretCommandError::Failed { code }),
    }
    let end = printed.iter().position(|byte| *byte == b'\n').unwrap_or(printed.len());
    printed.truncate(end);
    let text = String::from_utf8(printed).map_err(|_| SecretCommandError::NoText)?;
    let length = text.strip_suffix('\r').unwrap_or(&text).len();
    if length == 0 { Err(SecretCommandError::NoText) } else { Ok(cut(text, length)) }
}

fn cut(mut text: String, length: usize) -> String {
    text.truncate(length);
    text
}

/// For logs and tests. What a person is told is in `messages`.
impl fmt::Display for SecretCommandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl std::error::Error for SecretCommandError {}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_line_of_a_command_counts() {
        for (command, wanted) in [
            ("printf 'four words\\nmore'", Ok("four words")),
            ("printf ' a \\r\\n'", Ok(" a ")),
            ("printf x", Ok("x")),
            ("true", Err("NoText")),
            ("printf '\\nx'", Err("NoText")),
            ("printf '\\377\\n'", Err("NoText")),
            ("sh -c 'echo x; exit 3'", Err("Failed { code: Some(3) }")),
            ("no-such-program-at-all", Err("Missing")),
            ("no-such-program-at-all --now", Err("Missing")),
            ("echo 'x", Err("Unreadable")),
        ] {
            let found = secret_of_command(command).map_err(|error| format!("{error:?}"));
            assert_eq!(found.as_deref().map_err(String::as_str), wanted, "{command}");
        }
    }
}
