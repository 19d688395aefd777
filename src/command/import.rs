//! `dwell import`

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use clap_complete::ArgValueCompleter;

use crate::command::error::{Error, Result};
use crate::command::{Context, completions};
use crate::format::jsonl::Reader;
use crate::format::{Fault, FormatError};
use crate::messages::exchange;
use crate::platform;
use crate::store::StoreError;
use crate::view::View;

/// Take in what was kept elsewhere
///
/// dwell takes in a file of dwell export jsonl. What the journal has already is passed over, so a
/// file can be taken in twice, and what was forgotten here stays forgotten.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: dwell import dwell journal.jsonl")]
pub struct Args {
    /// The format
    format: Format,
    /// The files; - is standard input
    #[arg(required = true, add = ArgValueCompleter::new(completions::paths))]
    files: Vec<PathBuf>,
    /// Say what would be taken in, and change nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Dwell,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let Format::Dwell = args.format;
    let mut bad = 0;
    for path in &args.files {
        bad += import(path, args.dry_run, context)?;
    }
    match bad {
        0 => Ok(()),
        _ => Err(Error::usage(exchange::not_all_imported(bad))),
    }
}

/// Imports one file and reports the result. Names each line that could not be read, and returns how
/// many there were.
fn import(path: &Path, dry_run: bool, context: &mut Context) -> Result<usize> {
    let now = context.now()?;
    let read = |why: FormatError| Error::usage(exchange::bad_line(path, &why));
    // Opened before the journal: a wrong file must not leave a new journal behind.
    let reader = Reader::new(open(path)?).map_err(read)?;
    let mut bad = Vec::new();
    let items = reader.filter_map(|item| match item {
        Ok(item) => Some(Ok(item)),
        Err(error) => {
            // The rest of the file cannot be read, and a part of a file is not imported.
            let is_end = matches!(error.why, Fault::Io(_) | Fault::TooLong);
            bad.push(error);
            is_end.then_some(Err(StoreError::NotWhole))
        }
    });
    let mut store = context.open_store()?;
    let report = if dry_run { store.would_merge(items) } else { store.merge(now, items) };
    for error in &bad {
        let message = exchange::bad_line(path, error);
        context.terminal.complain(&message.text, message.hint.as_deref())?;
    }
    let report = report?;
    context.terminal.say(&exchange::merged(path, report, dry_run))?;
    context.show_to_script(View::Merge(report))?;
    Ok(bad.len())
}

fn open(path: &Path) -> Result<Box<dyn BufRead>> {
    if path.as_os_str() == "-" {
        return Ok(Box::new(BufReader::new(std::io::stdin())));
    }
    let failed = |error: &std::io::Error| Error::usage(exchange::not_read(path, error));
    let file = platform::open_file_or_pipe(path).map_err(|error| failed(&error))?;
    Ok(Box::new(BufReader::new(file)))
}
