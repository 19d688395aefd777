//! The files that an import reads.

use std::io::{BufRead, BufReader};
use std::path::Path;

use crate::command::error::{Error, Result};
use crate::messages::import;
use crate::platform;

/// Opens a file; `-` is standard input. Errors if it is not there or is not a file or a pipe.
pub fn open(path: &Path) -> Result<Box<dyn BufRead>> {
    if path.as_os_str() == "-" {
        return Ok(Box::new(BufReader::new(std::io::stdin())));
    }
    let failed = |error: &std::io::Error| Error::usage(import::not_read(path, error));
    let file = platform::open_file_or_pipe(path).map_err(|error| failed(&error))?;
    Ok(Box::new(BufReader::new(file)))
}
