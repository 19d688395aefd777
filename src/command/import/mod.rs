//! `dwell import`

mod article;
mod dwell;
mod highlights;
mod journals;
mod notes;
pub mod report;
pub mod source;

use std::path::PathBuf;

use clap::ValueEnum;
use clap_complete::ArgValueCompleter;

use crate::command::error::{Error, Result};
use crate::command::import::journals::{Program, Way};
use crate::command::{Context, completions};
use crate::format::highlights::HighlightFormat;
use crate::format::limits::Limits;
use crate::messages::import;

/// Take in what was kept elsewhere
///
/// What was written comes to its day; a highlight becomes a lesson, a book or an article a series.
/// The same file again adds nothing. docs/formats.md says what is lost.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: dwell import kindle --dry-run 'My Clippings.txt'")]
pub struct Args {
    /// article, kindle, readwise, kobo, fortune, anki, csv; jrnl, dayone, tui-journal, dwell
    #[arg(hide_possible_values = true)]
    format: Format,
    /// The files; - is standard input
    #[arg(required = true, add = ArgValueCompleter::new(completions::paths))]
    files: Vec<PathBuf>,
    /// Say what would be taken in, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Take in a file over 64 MiB, or a text over 1 MiB
    #[arg(long)]
    large: bool,
    #[command(flatten)]
    source: SourceArgs,
    /// Change an article in your editor first
    #[arg(long, short)]
    edit: bool,
    /// The timeformat of jrnl's text, if it was changed
    #[arg(long, value_name = "FORMAT")]
    date_format: Option<String>,
    #[command(flatten)]
    highlights: highlights::HighlightArgs,
}

/// Where the lessons of a file were learnt, if it does not say so itself.
#[derive(Debug, Default, clap::Args)]
pub struct SourceArgs {
    /// The title of the series, if not that of the file
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
    /// What taught the lessons: a film, a book, a person
    #[arg(long, value_name = "TITLE")]
    source: Option<String>,
    /// The kind of the source: article, film, talk ...
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
    Kindle,
    Readwise,
    Kobo,
    Fortune,
    Anki,
    Csv,
    Jrnl,
    #[value(name = "dayone")]
    DayOne,
    TuiJournal,
    Markdown,
    Dwell,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    args.require_fitting()?;
    let limits = if args.large { Limits::LARGE } else { Limits::USUAL };
    let way = Way { dry_run: args.dry_run, limits };
    let files = &args.files;
    if let Some(format) = args.format.of_highlights() {
        let options = args.highlights.options(format, way, &args.source)?;
        return highlights::run(files, &options, context);
    }
    let program = match args.format {
        Format::Article => {
            let options = article::Options { way, edit: args.edit, source: &args.source };
            return article::run(files, &options, context);
        }
        Format::Jrnl => Program::Jrnl { date_format: args.date_format.as_deref() },
        Format::DayOne => Program::DayOne,
        Format::TuiJournal => Program::TuiJournal,
        Format::Markdown => Program::Markdown,
        _ => return dwell::run(files, args.dry_run, context),
    };
    journals::run(program, files, way, context)
}

impl Args {
    /// Errors if an option is given that the format does not have.
    fn require_fitting(&self) -> Result<()> {
        let is_article = self.format == Format::Article;
        let is_highlights = self.format.of_highlights().is_some();
        let only = |option, what| Err(Error::usage(import::option_of(option, what)));
        if self.date_format.is_some() && self.format != Format::Jrnl {
            return Err(Error::usage(import::only_jrnl_has_a_date_format()));
        }
        if let (Some(option), false) = (self.highlights.given(), is_highlights) {
            return only(option, import::HIGHLIGHTS);
        }
        let of_article = if self.edit { Some("--edit") } else { self.source.of_article() };
        if let (Some(option), false) = (of_article, is_article) {
            return only(option, import::ARTICLES);
        }
        match self.source.of_book() {
            Some(option) if !is_article && !is_highlights => only(option, import::BOTH),
            _ => Ok(()),
        }
    }
}

impl SourceArgs {
    /// An option that is given and that only articles have.
    fn of_article(&self) -> Option<&'static str> {
        let given = [
            ("--source", self.source.is_some()),
            ("--kind", self.kind.is_some()),
            ("--year", self.year.is_some()),
            ("--url", self.url.is_some()),
        ];
        first_given(&given)
    }

    /// An option that is given and that highlights have too.
    fn of_book(&self) -> Option<&'static str> {
        first_given(&[("--title", self.title.is_some()), ("--by", self.by.is_some())])
    }
}

impl Format {
    fn of_highlights(self) -> Option<HighlightFormat> {
        Some(match self {
            Self::Kindle => HighlightFormat::Kindle,
            Self::Readwise => HighlightFormat::Readwise,
            Self::Kobo => HighlightFormat::Kobo,
            Self::Fortune => HighlightFormat::Fortune,
            Self::Anki => HighlightFormat::Anki,
            Self::Csv => HighlightFormat::Table,
            _ => return None,
        })
    }
}

fn first_given(options: &[(&'static str, bool)]) -> Option<&'static str> {
    options.iter().find(|(_, is_given)| *is_given).map(|(option, _)| *option)
}
