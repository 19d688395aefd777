//! `dwell import`

mod dwell;
pub mod report;
pub mod source;

use std::path::PathBuf;

use clap::ValueEnum;
use clap_complete::ArgValueCompleter;

use crate::command::error::Result;
use crate::command::{Context, completions};

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
    match args.format {
        Format::Dwell => dwell::run(&args.files, args.dry_run, context),
    }
}
