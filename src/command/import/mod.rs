//! `dwell import`

mod dwell;
mod journals;
pub mod report;
pub mod source;

use std::path::PathBuf;

use clap::ValueEnum;
use clap_complete::ArgValueCompleter;

use crate::command::error::{Error, Result};
use crate::command::import::journals::{Program, Way};
use crate::command::{Context, completions};
use crate::format::limits::Limits;
use crate::messages::import;

/// Take in what was kept elsewhere
///
/// dwell takes in a file of dwell export jsonl. What the journal has already is passed over, so a
/// file can be taken in twice, and what was forgotten here stays forgotten.
///
/// jrnl, dayone and tui-journal take in the journals of other programs: jrnl's text, or the JSON of
/// jrnl --format json; an export of Day One, as its zip archive or the JSON in it; and the JSON
/// that tui-journal exports. Each entry comes to the day on which it was written, below the words
/// that the day has. dwell undo takes all of it back.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  dwell import jrnl ~/.local/share/jrnl/journal.txt
  dwell import dayone --dry-run Export.zip
  dwell import dwell journal.jsonl")]
pub struct Args {
    /// The format
    format: Format,
    /// The files; - is standard input
    #[arg(required = true, add = ArgValueCompleter::new(completions::paths))]
    files: Vec<PathBuf>,
    /// Say what would be taken in, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Take in a file of any size: more than 64 MiB, a million entries or 1 MiB an entry
    #[arg(long)]
    large: bool,
    /// The form of the dates in a text of jrnl, if jrnl has one of its own: its timeformat
    #[arg(long, value_name = "FORMAT")]
    date_format: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Dwell,
    Jrnl,
    #[value(name = "dayone")]
    DayOne,
    TuiJournal,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    if args.date_format.is_some() && args.format != Format::Jrnl {
        return Err(Error::usage(import::only_jrnl_has_a_date_format()));
    }
    let limits = if args.large { Limits::LARGE } else { Limits::USUAL };
    let way = Way { dry_run: args.dry_run, limits };
    let date_format = args.date_format.as_deref();
    let program = match args.format {
        Format::Dwell => return dwell::run(&args.files, args.dry_run, context),
        Format::Jrnl => Program::Jrnl { date_format },
        Format::DayOne => Program::DayOne,
        Format::TuiJournal => Program::TuiJournal,
    };
    journals::run(program, &args.files, way, context)
}
