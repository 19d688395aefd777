//! Where an export of one file goes: to standard output, or to a new private file.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use crate::command::error::{Error, Result};
use crate::messages::export;
use crate::platform;
use crate::terminal::Terminal;

/// The destination of an export.
#[derive(Debug)]
pub enum Output<'a> {
    Standard(&'a mut Terminal),
    File(BufWriter<File>),
}

impl<'a> Output<'a> {
    /// Has `body` write to this file, or to standard output if there is no path. The file must not
    /// be there yet; it is removed again if `body` errors. Errors with the error of `body`, and if
    /// the output cannot be written.
    pub fn write<T>(
        path: Option<&Path>,
        terminal: &'a mut Terminal,
        body: impl FnOnce(&mut Output) -> Result<T>,
    ) -> Result<T> {
        let Some(path) = path else { return body(&mut Output::Standard(terminal)) };
        let file = platform::create_private_file(path);
        let file = file.map_err(|error| Error::journal(export::not_written(path, &error)))?;
        let mut output = Output::File(BufWriter::new(file));
        let written = body(&mut output).and_then(|value| {
            output.make_durable().map_err(|error| failed(Some(path), error))?;
            Ok(value)
        });
        if written.is_err() {
            let _ = std::fs::remove_file(path);
        }
        written
    }

    fn make_durable(&mut self) -> io::Result<()> {
        self.flush()?;
        match self {
            Output::Standard(_) => Ok(()),
            Output::File(file) => file.get_ref().sync_all(),
        }
    }
}

/// What the person is told if an output cannot be written: this file, or standard output.
pub fn failed(path: Option<&Path>, error: io::Error) -> Error {
    match path {
        None => error.into(),
        Some(path) => Error::journal(export::not_written(path, &error)),
    }
}

impl Write for Output<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Output::Standard(terminal) => terminal.data(bytes).map(|()| bytes.len()),
            Output::File(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            // What was written is sent when the run ends.
            Output::Standard(_) => Ok(()),
            Output::File(file) => file.flush(),
        }
    }
}
