//! `dwell import kindle` and the other formats of highlights: each book becomes a series, and each
//! highlight a lesson.
//!
//! A file is read into a spool first (`read.rs`), then it is planned what becomes of each highlight
//! (`plan.rs`), and only then is anything stored (`put.rs`), as one change.

mod kobo;
mod pick;
mod plan;
mod put;
mod read;
mod result;
mod spool;

use std::path::Path;

use crate::command::Context;
use crate::command::error::{Error, Result};
use crate::command::import::journals::Way;
use crate::command::import::report;
use crate::format::highlights::HighlightFormat;
use crate::format::highlights::columns::Mapping;
use crate::format::{Counts, FormatError, RecordKind};
use crate::journal::Source;
use crate::messages::highlights;
use crate::store::Store;
use plan::Picked;
use read::Contents;

#[derive(Debug, clap::Args)]
pub struct HighlightArgs {
    /// Choose which highlights to take, at a terminal
    #[arg(long)]
    pick: bool,
    #[command(flatten)]
    book: BookArgs,
}

/// The book of highlights that name none.
#[derive(Debug, clap::Args)]
struct BookArgs {
    /// The title of the series, if the file does not name its book
    #[arg(long)]
    title: Option<String>,
    /// The same as --title
    #[arg(long, value_name = "TITLE")]
    source: Option<String>,
    /// Its kind, if the file does not name its book: book, film ...
    #[arg(long, value_name = "WORD")]
    kind: Option<String>,
    /// Who made it, if the file does not name its book
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Its year, if the file does not name its book
    #[arg(long, allow_negative_numbers = true)]
    year: Option<i32>,
    /// Where it can be read, if the file does not name its book
    #[arg(long)]
    url: Option<String>,
}

impl BookArgs {
    /// The options that the person gave.
    fn given(&self) -> Vec<&'static str> {
        let Self { title, source, kind, by, year, url } = self;
        let given = [
            ("--title", title.is_some()),
            ("--source", source.is_some()),
            ("--kind", kind.is_some()),
            ("--by", by.is_some()),
            ("--year", year.is_some()),
            ("--url", url.is_some()),
        ];
        given.into_iter().filter(|(_, is_given)| *is_given).map(|(name, _)| name).collect()
    }
}

#[derive(Debug, clap::Args)]
pub struct TableArgs {
    /// What the columns hold, such as text=Quote,book=3
    #[arg(long)]
    columns: Vec<String>,
    /// The table has no row of names
    #[arg(long)]
    no_header: bool,
}

/// What the person asks of an import of highlights.
#[derive(Debug)]
pub struct Options<'a> {
    format: HighlightFormat,
    way: Way,
    args: &'a HighlightArgs,
    mapping: Mapping,
    no_header: bool,
}

impl HighlightArgs {
    pub fn options(&self, format: HighlightFormat, way: Way) -> Options<'_> {
        Options { format, way, args: self, mapping: Mapping::default(), no_header: false }
    }
}

impl TableArgs {
    /// Errors if a column is named for something that a highlight does not have.
    pub fn options<'a>(&self, args: &'a HighlightArgs, way: Way) -> Result<Options<'a>> {
        let names: Vec<&str> = Mapping::names().collect();
        let mapping = self.columns.iter().try_fold(Mapping::default(), |mapping, text| {
            let bad = |part: String| Error::usage(highlights::bad_columns(&part, &names));
            Ok::<_, Error>(mapping.and(Mapping::parse(text).map_err(bad)?))
        })?;
        if let Some(name) = mapping.twice() {
            return Err(Error::usage(highlights::column_twice(name)));
        }
        let no_header = self.no_header;
        Ok(Options { mapping, no_header, ..args.options(HighlightFormat::Table, way) })
    }
}

impl Options<'_> {
    /// A book of this kind that the file at this path does not name: its title is the name of the
    /// file, if the person said no other.
    fn book(&self, path: &Path, kind: &str) -> Source {
        let name = path.file_stem().map(|name| name.to_string_lossy().into_owned());
        let name = name.filter(|name| {
            name != "-" && self.format != HighlightFormat::Kindle && !name.trim().is_empty()
        });
        let BookArgs { title, source, kind: given_kind, by, year, url } = &self.args.book;
        let given = title.clone().or(source.clone()).filter(|title| !title.trim().is_empty());
        Source {
            title: given.or(name).unwrap_or_else(|| highlights::NO_TITLE.to_owned()),
            kind: given_kind.clone().unwrap_or_else(|| kind.to_owned()),
            by: by.clone(),
            year: *year,
            url: url.clone(),
        }
    }
}

/// Imports files, each as one change.
pub fn run(files: &[impl AsRef<Path>], options: &Options<'_>, context: &mut Context) -> Result<()> {
    if options.args.pick && !context.can_converse() {
        return Err(Error::usage(highlights::pick_needs_terminal()));
    }
    // All are read before anything of one is stored.
    let contents: Vec<Contents> = files
        .iter()
        .map(|path| read::read(path.as_ref(), options, context))
        .collect::<Result<_>>()?;
    let mut files = files.iter().zip(contents);
    files.try_for_each(|(path, contents)| one(path.as_ref(), contents, options, context))
}

fn one(
    path: &Path,
    contents: Contents,
    options: &Options<'_>,
    context: &mut Context,
) -> Result<()> {
    let Contents { mut spool, skipped, names_book } = contents;
    let unused = options.args.book.given();
    if names_book && !unused.is_empty() {
        let message = highlights::names_its_books(path, &unused);
        context.terminal.complain(&message.text, message.hint.as_deref())?;
    }
    let mut store =
        if options.way.dry_run { context.store_if_any()? } else { Some(open(context)?) };
    let mut plans = plan::books(&spool, store.as_ref())?;
    let mut counts = Counts { unusable: skipped.len() as u64, ..Counts::default() };
    let mut samples = result::Samples::default();
    let picked = if options.args.pick {
        let rows = pick::rows(&mut plans, &mut spool, store.as_ref())?;
        Some(pick::pick(&rows, context)?)
    } else {
        None
    };
    let picked = Picked(picked.as_deref());
    let mut first = 0;
    for plan in &mut plans {
        // What becomes of a book that is new is found out while it is stored.
        if options.way.dry_run || options.args.pick || plan.is_on_shelf {
            let take = |new: plan::NewLesson<'_>| samples.take(&new);
            let from = (first, picked);
            first = plan::plan(plan, &mut spool, store.as_ref(), from, &mut counts, take)?;
        }
    }
    let Some(store) = store.as_mut().filter(|_| !options.way.dry_run) else {
        say_counts(path, &skipped, counts, true, context)?;
        return samples.show(&plans, context);
    };
    let brought = put::put(plans, spool, store, picked, &mut counts, context)?;
    say_counts(path, &skipped, counts, false, context)?;
    result::say(&brought, store, context)
}

fn say_counts(
    path: &Path,
    skipped: &[FormatError],
    counts: Counts,
    dry_run: bool,
    context: &mut Context,
) -> Result<()> {
    skipped.iter().try_for_each(|error| report::skipped(path, error, context))?;
    report::counts(path, (RecordKind::Lesson, counts), dry_run, context)
}

/// The journal, with the shipped series on its shelf.
fn open(context: &mut Context) -> Result<Store> {
    let mut store = context.open_store()?;
    store.install_shipped(context.now()?)?;
    Ok(store)
}
