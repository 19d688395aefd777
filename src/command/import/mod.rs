//! `dwell import`

mod article;
mod dwell;
mod highlights;
mod journals;
mod notes;
pub mod report;
pub mod source;

use std::path::PathBuf;

use clap::Subcommand;
use clap_complete::ArgValueCompleter;

use crate::command::error::Result;
use crate::command::import::journals::{Program, Way};
use crate::command::{Context, completions};
use crate::format::highlights::HighlightFormat;
use crate::format::limits::Limits;

/// Take in highlights as lessons, entries of other journals, or an article
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: dwell import kindle --dry-run 'My Clippings.txt'")]
pub struct Args {
    #[command(subcommand)]
    format: Format,
    /// Say what would be taken in, and change nothing
    #[arg(long, global = true)]
    dry_run: bool,
    /// Take in a file over 64 MiB or 1,000,000 records, or a text over 1 MiB
    #[arg(long, global = true)]
    large: bool,
}

/// The files of an import.
#[derive(Debug, clap::Args)]
struct Files {
    /// The files; - is standard input
    #[arg(required = true, value_name = "FILE", add = ArgValueCompleter::new(completions::paths))]
    files: Vec<PathBuf>,
}

/// Where the lessons of an article were learnt. It comes before what the file says.
#[derive(Debug, clap::Args)]
pub struct SourceArgs {
    /// The title of the series, if not that of the article
    #[arg(long)]
    title: Option<String>,
    /// What taught the lessons, if not the file itself
    #[arg(long, value_name = "TITLE")]
    source: Option<String>,
    /// The kind of the source: article, book, film ...
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

#[derive(Debug, Subcommand)]
enum Format {
    /// An article of numbered lessons, as plain text or Markdown
    #[command(after_help = "Example: dwell import article --kind film --year 2017 article.txt")]
    Article {
        #[command(flatten)]
        files: Files,
        #[command(flatten)]
        args: article::ArticleArgs,
    },
    /// My Clippings.txt of a Kindle
    #[command(after_help = "Example: dwell import kindle --pick 'My Clippings.txt'")]
    Kindle {
        #[command(flatten)]
        files: Files,
        #[command(flatten)]
        args: highlights::HighlightArgs,
    },
    /// The CSV file that Readwise exports
    #[command(after_help = "Example: dwell import readwise readwise-data.csv")]
    Readwise {
        #[command(flatten)]
        files: Files,
        #[command(flatten)]
        args: highlights::HighlightArgs,
    },
    /// The database of a Kobo, .kobo/KoboReader.sqlite
    #[command(after_help = "Example: dwell import kobo /media/KOBOeReader/.kobo/KoboReader.sqlite")]
    Kobo {
        #[command(flatten)]
        files: Files,
        #[command(flatten)]
        args: highlights::HighlightArgs,
    },
    /// A fortune file: texts with a line of % between them
    #[command(after_help = "Example: dwell import fortune /usr/share/games/fortunes/literature")]
    Fortune {
        #[command(flatten)]
        files: Files,
        #[command(flatten)]
        args: highlights::HighlightArgs,
    },
    /// The text file that Anki exports
    #[command(after_help = "Example: dwell import anki 'Selected Notes.txt'")]
    Anki {
        #[command(flatten)]
        files: Files,
        #[command(flatten)]
        args: highlights::HighlightArgs,
    },
    /// A table with a highlight a row: CSV, TSV or JSON Lines
    #[command(after_help = "Example: dwell import csv --columns text=Quote,book=3 quotes.tsv")]
    Csv {
        #[command(flatten)]
        files: Files,
        #[command(flatten)]
        args: highlights::HighlightArgs,
        #[command(flatten)]
        table: highlights::TableArgs,
    },
    /// A journal of jrnl: its text, or the JSON of jrnl --format json
    #[command(after_help = "Example: dwell import jrnl ~/.local/share/jrnl/journal.txt")]
    Jrnl {
        #[command(flatten)]
        files: Files,
        /// The timeformat of jrnl's text, if it was changed
        #[arg(long, value_name = "FORMAT")]
        date_format: Option<String>,
    },
    /// An export of Day One: its zip archive, or the JSON in it
    #[command(name = "dayone", after_help = "Example: dwell import dayone Export.zip")]
    DayOne {
        #[command(flatten)]
        files: Files,
    },
    /// The JSON that tui-journal exports
    #[command(after_help = "Example: dwell import tui-journal entries.json")]
    TuiJournal {
        #[command(flatten)]
        files: Files,
    },
    /// A folder of daily notes, as Obsidian has them, or one file; also dwell's own
    #[command(after_help = "Example: dwell import markdown ~/vault/daily")]
    Markdown {
        #[command(flatten)]
        files: Files,
    },
    /// A whole journal: its file, or what dwell export jsonl writes
    #[command(after_help = "Example: dwell import dwell journal.jsonl")]
    Dwell {
        #[command(flatten)]
        files: Files,
    },
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let limits = if args.large { Limits::LARGE } else { Limits::USUAL };
    let way = Way { dry_run: args.dry_run, limits };
    let take_in =
        |format, files: &Files, args: &highlights::HighlightArgs, context: &mut Context| {
            highlights::run(&files.files, &args.options(format, way), context)
        };
    match &args.format {
        Format::Article { files, args } => article::run(&files.files, args, way, context),
        Format::Kindle { files, args } => take_in(HighlightFormat::Kindle, files, args, context),
        Format::Readwise { files, args } => {
            take_in(HighlightFormat::Readwise, files, args, context)
        }
        Format::Kobo { files, args } => take_in(HighlightFormat::Kobo, files, args, context),
        Format::Fortune { files, args } => take_in(HighlightFormat::Fortune, files, args, context),
        Format::Anki { files, args } => take_in(HighlightFormat::Anki, files, args, context),
        Format::Csv { files, args, table } => {
            let options = table.options(args, way)?;
            highlights::run(&files.files, &options, context)
        }
        Format::Jrnl { files, date_format } => {
            let program = Program::Jrnl { date_format: date_format.as_deref() };
            journals::run(program, &files.files, way, context)
        }
        Format::DayOne { files } => journals::run(Program::DayOne, &files.files, way, context),
        Format::TuiJournal { files } => {
            journals::run(Program::TuiJournal, &files.files, way, context)
        }
        Format::Markdown { files } => journals::run(Program::Markdown, &files.files, way, context),
        Format::Dwell { files } => dwell::run(&files.files, way, context),
    }
}
