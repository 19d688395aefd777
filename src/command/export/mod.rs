//! `dwell export`

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use clap_complete::ArgValueCompleter;

use crate::command::error::{Error, Result};
use crate::command::{Context, completions};
use crate::format::jsonl;
use crate::messages::export;
use crate::platform;
use crate::store::Store;

/// Write the journal out in another format
///
/// jsonl is the journal itself: every lesson and every fact, an object a line, nothing left out.
/// dwell import dwell FILE makes the same journal of it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: dwell export jsonl --output journal.jsonl")]
pub struct Args {
    /// The format
    format: Format,
    /// Write to this file, which must not be there yet, instead of standard output
    #[arg(
        long,
        short,
        value_name = "PATH",
        add = ArgValueCompleter::new(completions::paths)
    )]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Jsonl,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let store = context.existing_store()?;
    match (args.format, &args.output) {
        (Format::Jsonl, None) => {
            each_line(&store, |line| Ok(context.terminal.data(line)?))?;
        }
        (Format::Jsonl, Some(path)) => {
            let lines = to_file(&store, path)?;
            context.terminal.say(&export::exported(lines, path))?;
        }
    }
    Ok(())
}

/// Calls `take` with each line of the export: the header, the lessons, the facts. Returns the
/// number of lines.
fn each_line(store: &Store, mut take: impl FnMut(&str) -> Result<()>) -> Result<usize> {
    let mut lines = 1;
    take(&jsonl::header())?;
    store.each_stored_lesson(|lesson| {
        lines += 1;
        take(&jsonl::lesson(lesson))
    })?;
    store.each_fact(|fact| {
        lines += 1;
        take(&jsonl::fact(fact))
    })?;
    Ok(lines)
}

/// Writes a new private file; removes it again if that fails. Returns the number of lines.
fn to_file(store: &Store, path: &Path) -> Result<usize> {
    let failed = |error: &std::io::Error| Error::journal(export::not_written(path, error));
    let file = platform::create_private_file(path).map_err(|error| failed(&error))?;
    let mut out = std::io::BufWriter::new(file);
    let written =
        each_line(store, |line| out.write_all(line.as_bytes()).map_err(|error| failed(&error)))
            .and_then(|lines| {
                let file = out.into_inner().map_err(|error| failed(error.error()))?;
                file.sync_all().map_err(|error| failed(&error))?;
                Ok(lines)
            });
    if written.is_err() {
        let _ = std::fs::remove_file(path);
    }
    written
}
