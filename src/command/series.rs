//! `dwell series`

use std::path::PathBuf;

use clap::Subcommand;
use clap_complete::{ArgValueCandidates, ArgValueCompleter};

use crate::command::error::{Error, Result};
use crate::command::{Context, completions, series_export};
use crate::journal::lesson::name::{SeriesMatch, SeriesName};
use crate::journal::lesson::plan::shelf::Start;
use crate::journal::lesson::{Interval, ShelvedSeries};
use crate::journal::{Day, Slug};
use crate::library;
use crate::messages::lessons;
use crate::store::{AddReport, AddResult, Repeat, Store};
use crate::text;
use crate::view::View;

/// The series: list them, add one, pause one, put one next
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: dwell series add walks.toml")]
pub struct Args {
    #[command(subcommand)]
    verb: Option<Verb>,
}

/// What a series file looks like.
const FORM: &str = r#"The file is TOML; all but slug, titles, source and story may be left out:
  slug = "walks"
  title = "Two walks"
  source = { title = "My walks", kind = "own", by = "me", year = 2026 }
  [[lesson]]
  title = "Go out before you have a reason"
  story = "..."
  takeaway = "..."
  question = "...?"
  tags = ["outside"]
  source = { title = "Grandmother", kind = "life" }"#;

#[derive(Debug, Subcommand)]
enum Verb {
    /// The series on the shelf, in shelf order
    #[command(after_help = "Example: dwell series list")]
    List,
    /// One series and its lessons
    #[command(after_help = "Example: dwell series show the-defiant-ones")]
    Show {
        /// Its short name, its title, or its source
        #[arg(add = ArgValueCandidates::new(completions::series))]
        series: SeriesName,
    },
    /// Add the series of a file to the shelf
    ///
    /// A series that is there already becomes that of the file. Lessons that were not served get
    /// its words; those that were keep their own. What is not in it any more leaves the shelf.
    #[command(after_long_help = FORM)]
    #[command(after_help = "Example: dwell series add walks.toml")]
    Add {
        /// The file; - is standard input
        #[arg(add = ArgValueCompleter::new(completions::paths))]
        file: PathBuf,
    },
    /// Write a series as a file that series add reads
    #[command(after_help = "Example: dwell series export my-own-lessons --output lessons.toml")]
    Export {
        /// Its short name, its title, or its source
        #[arg(add = ArgValueCandidates::new(completions::series))]
        series: SeriesName,
        /// Write to this file, which must not be there yet, instead of standard output
        #[arg(long, short, value_name = "PATH", add = ArgValueCompleter::new(completions::paths))]
        output: Option<PathBuf>,
    },
    /// Put a series before all others that have not begun
    #[command(after_help = "Example: dwell series next the-pillow-book")]
    Next {
        /// Its short name, its title, or its source
        #[arg(add = ArgValueCandidates::new(completions::series))]
        series: SeriesName,
    },
    /// Bring all lessons of a series back
    #[command(after_help = "Example: dwell series again the-defiant-ones year")]
    Again {
        /// Its short name, its title, or its source
        #[arg(add = ArgValueCandidates::new(completions::series))]
        series: SeriesName,
        /// How long from now
        #[arg(default_value = "season")]
        span: Interval,
    },
    /// Pause a series: its lessons do not come
    #[command(after_help = "Example: dwell series pause the-pillow-book")]
    Pause {
        /// Its short name, its title, or its source
        #[arg(add = ArgValueCandidates::new(completions::series))]
        series: SeriesName,
    },
    /// Take a series up again
    #[command(after_help = "Example: dwell series resume the-pillow-book")]
    Resume {
        /// Its short name, its title, or its source
        #[arg(add = ArgValueCandidates::new(completions::series))]
        series: SeriesName,
    },
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let now = context.now()?;
    // Read before the journal is opened: a wrong file must not leave a new journal behind.
    let series = match &args.verb {
        Some(Verb::Add { file }) => Some(library::read(file)?),
        _ => None,
    };
    let mut store = context.open_store()?;
    store.install_shipped(now)?;
    if let Some(series) = series {
        let added = store.add_series(now, &series)?;
        return say_added(&series.slug, &added, &store, context);
    }
    let (found, said) = match &args.verb {
        None | Some(Verb::List | Verb::Add { .. }) => return list(&store, context),
        Some(Verb::Export { series, output }) => {
            return series_export::run(&find(series, &store)?, output.as_deref(), &store, context);
        }
        Some(Verb::Show { series }) => return show(&find(series, &store)?, &store, context),
        Some(Verb::Next { series }) => {
            let found = find(series, &store)?;
            store.put_series_next(now, &found.slug)?;
            return say_when(&found.slug, lessons::PUT_NEXT, &store, context);
        }
        Some(Verb::Again { series, span }) => {
            let found = find(series, &store)?;
            let due = ask_back(&found.slug, *span, &mut store, context)?;
            return say(&found.slug, &lessons::series_comes_again(due), &store, context);
        }
        Some(Verb::Pause { series }) => {
            let found = find(series, &store)?;
            let is_changed = store.pause_series(now, &found.slug)?;
            (found, lessons::paused(is_changed))
        }
        Some(Verb::Resume { series }) => {
            let found = find(series, &store)?;
            let is_changed = store.resume_series(now, &found.slug)?;
            (found, lessons::resumed(is_changed))
        }
    };
    say(&found.slug, said, &store, context)
}

/// Asks for all lessons of a series again after an interval. Returns the first day on which they
/// come. Errors if the interval is `never`, or if all its lessons are retired.
pub(super) fn ask_back(
    slug: &Slug,
    span: Interval,
    store: &mut Store,
    context: &mut Context,
) -> Result<Day> {
    let now = context.now()?;
    match span.repeat_from(context.today(store)?)? {
        Repeat::On(due) if store.ask_series_back(now, slug, due)? > 0 => Ok(due),
        Repeat::On(_) => Err(Error::nothing(lessons::all_retired(slug))),
        Repeat::Never => Err(Error::usage(lessons::never_is_not_a_time(slug))),
    }
}

/// The series of this name. Errors if there is none, or more than one.
pub(super) fn find(name: &SeriesName, store: &Store) -> Result<ShelvedSeries> {
    let shelf = store.all_series()?;
    match name.find(&shelf) {
        SeriesMatch::One(series) => Ok(series.clone()),
        SeriesMatch::Several => {
            let titled: Vec<&ShelvedSeries> = name.titled(&shelf).collect();
            Err(Error::usage(lessons::several_series(name, &titled)))
        }
        SeriesMatch::None => Err(Error::nothing(lessons::no_series(name, nearest(name, &shelf)))),
    }
}

/// The short name of the series that was most likely meant.
fn nearest<'a>(name: &SeriesName, shelf: &'a [ShelvedSeries]) -> Option<&'a Slug> {
    let names = |series: &'a ShelvedSeries| {
        [series.slug.as_str(), &series.title, &series.source.title].map(|name| (name, &series.slug))
    };
    let found = text::nearest(&name.0, shelf.iter().flat_map(names).map(|(name, _)| name))?;
    shelf.iter().flat_map(names).find(|(name, _)| *name == found).map(|(_, slug)| slug)
}

fn list(store: &Store, context: &mut Context) -> Result<()> {
    let series = store.all_series()?;
    context.page_long_output();
    context.show(View::SeriesTable(&series))
}

fn show(series: &ShelvedSeries, store: &Store, context: &mut Context) -> Result<()> {
    let mut lessons = Vec::new();
    store.each_lesson(Some(&series.slug), |lesson| -> Result<()> {
        lessons.push(lesson.clone());
        Ok(())
    })?;
    context.page_long_output();
    context.show(View::Series { series, lessons: &lessons })
}

/// Says what adding a series did to its lessons, and when they come.
fn say_added(slug: &Slug, added: &AddReport, store: &Store, context: &mut Context) -> Result<()> {
    let series = tell_added(slug, added, store, context)?;
    context.show_to_script(View::SeriesAdded { series: &series, report: &added.lessons })
}

/// Tells a person what became of a series that was added, and when its lessons come. Returns the
/// series.
pub(super) fn tell_added(
    slug: &Slug,
    added: &AddReport,
    store: &Store,
    context: &mut Context,
) -> Result<ShelvedSeries> {
    // Also if nothing changed: the words of the file were not taken.
    if added.result == AddResult::Replaced || !added.lessons.own.is_empty() {
        for line in lessons::edition(&added.lessons) {
            context.terminal.say(&line)?;
        }
    }
    let what = lessons::added(added.result);
    let when = when(slug, store, context);
    let when = when.or_else(|error| say_less(slug, what, context, error))?;
    let series = by_slug(slug, store).or_else(|error| say_less(slug, what, context, error))?;
    context.terminal.say(&lessons::series_done(&series, &lessons::and_when(what, &when)))?;
    Ok(series)
}

fn say(slug: &Slug, what: &str, store: &Store, context: &mut Context) -> Result<()> {
    let series = by_slug(slug, store).or_else(|error| say_less(slug, what, context, error))?;
    context.terminal.say(&lessons::series_done(&series, what))?;
    context.show_to_script(View::SeriesLine(&series))
}

/// The same, and when the lessons of the series come.
fn say_when(slug: &Slug, what: &str, store: &Store, context: &mut Context) -> Result<()> {
    let when = when(slug, store, context);
    let when = when.or_else(|error| say_less(slug, what, context, error))?;
    say(slug, &lessons::and_when(what, &when), store, context)
}

/// Says when the lessons of a series come.
pub(super) fn say_when_it_comes(slug: &Slug, store: &Store, context: &mut Context) -> Result<()> {
    let when = when(slug, store, context)?;
    let series = by_slug(slug, store)?;
    Ok(context.terminal.say(&lessons::series_done(&series, &when))?)
}

/// Says what was done, if the journal cannot be read after it. Errors with that failure.
fn say_less<T>(slug: &Slug, what: &str, context: &mut Context, error: Error) -> Result<T> {
    context.terminal.say(&lessons::series_done_unread(slug, what))?;
    Err(error)
}

/// When the lessons of a series come.
pub(super) fn when(slug: &Slug, store: &Store, context: &mut Context) -> Result<String> {
    let today = store.today(context.now()?)?;
    let start = store.series_start(slug, today, context.config.order)?;
    let ahead = match &start {
        Start::After { series, .. } => store.series(series)?,
        _ => None,
    };
    let ahead = ahead.map(|series| series.source.title);
    Ok(lessons::series_start(&start, ahead.as_deref().unwrap_or_default()))
}

fn by_slug(slug: &Slug, store: &Store) -> Result<ShelvedSeries> {
    find(&SeriesName(slug.to_string()), store)
}
