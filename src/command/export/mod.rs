//! `dwell export`

mod days;
mod entries;
pub mod folder;
mod journal;
pub mod output;
mod text;

use std::path::PathBuf;

use clap::ValueEnum;
use clap_complete::ArgValueCompleter;

use crate::command::error::{Error, Result};
use crate::command::filters::Filters;
use crate::command::{Context, completions};
use crate::format::csv_out::Cells;
use crate::messages::export;

/// Write the journal out in another format
///
/// jsonl is the journal itself, for dwell import dwell. The other formats have the entries, oldest
/// first; markdown --output FOLDER writes a file a day.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: dwell export markdown --output notes")]
pub struct Args {
    /// jsonl, markdown, csv, jrnl, jrnl-text, dayone or text
    #[arg(hide_possible_values = true)]
    format: Format,
    /// Write to this new file, not to standard output
    #[arg(
        long,
        short,
        value_name = "PATH",
        add = ArgValueCompleter::new(completions::paths)
    )]
    output: Option<PathBuf>,
    /// In csv, a ' before cells that a spreadsheet would run
    #[arg(long)]
    spreadsheet_safe: bool,
    #[command(flatten)]
    filters: Filters,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Jsonl,
    Markdown,
    Csv,
    Jrnl,
    JrnlText,
    #[value(name = "dayone")]
    DayOne,
    Text,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    if args.spreadsheet_safe && args.format != Format::Csv {
        return Err(Error::usage(export::only_csv_is_spreadsheet_safe()));
    }
    let folder = args.output.as_deref().filter(|path| days::is_folder(path));
    match (args.format, folder) {
        (Format::Markdown, Some(folder)) => days::run(args, folder, context),
        (Format::Jsonl, _) if args.filters.is_used() => {
            Err(Error::usage(export::journal_is_whole()))
        }
        (Format::Jsonl, _) => journal::run(args, context),
        _ => entries::run(args, context),
    }
}

impl Args {
    fn cells(&self) -> Cells {
        if self.spreadsheet_safe { Cells::SpreadsheetSafe } else { Cells::Exact }
    }
}
