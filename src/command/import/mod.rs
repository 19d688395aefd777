//! `dwell import`

mod article;
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
    #[command(flatten)]
    source: SourceArgs,
    /// Change an article in your editor before it is stored
    #[arg(long, short)]
    edit: bool,
    /// The form of the dates in a text of jrnl, if jrnl has one of its own: its timeformat
    #[arg(long, value_name = "FORMAT")]
    date_format: Option<String>,
}

/// Where the lessons of a file were learnt, if it does not say so itself.
#[derive(Debug, Default, clap::Args)]
pub struct SourceArgs {
    /// The title of the series; else that of the article or the book, or the name of the file
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
    /// What the lessons were learnt from: a film, a book, a person
    #[arg(long, value_name = "TITLE")]
    source: Option<String>,
    /// The kind of the source: article, film, book, talk ...
    #[arg(long, value_name = "WORD")]
    kind: Option<String>,
    /// Who made the source
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// The year of the source
    #[arg(long, allow_negative_numbers = true)]
    year: Option<i32>,
    /// Where the source can be read or seen
    #[arg(long)]
    url: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// An article of numbered lessons, as plain text or Markdown
    Article,
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
        Format::Article => return article::run(&args.files, &args.of_article(limits), context),
        Format::Dwell => return dwell::run(&args.files, args.dry_run, context),
        Format::Jrnl => Program::Jrnl { date_format },
        Format::DayOne => Program::DayOne,
        Format::TuiJournal => Program::TuiJournal,
    };
    journals::run(program, &args.files, way, context)
}

impl Args {
    fn of_article(&self, limits: Limits) -> article::Options<'_> {
        let Self { dry_run, edit, ref source, .. } = *self;
        article::Options { dry_run, edit, limits, source }
    }
}
