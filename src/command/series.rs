//! `dwell series`

use std::path::PathBuf;

use clap::Subcommand;
use clap_complete::ArgValueCandidates;

use crate::command::error::{Error, Result};
use crate::command::{Context, completions};
use crate::journal::lesson::Interval;
use crate::journal::lesson::ShelvedSeries;
use crate::journal::{Day, Slug};
use crate::library;
use crate::messages::lessons;
use crate::store::{Repeat, Store};
use crate::view::View;

/// The series: list them, add one, pause one, put one next
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    verb: Option<Verb>,
}

/// What a series file looks like.
const FORM: &str = r#"The file is TOML; by, year, url and tags may be left out:
  slug = "walks"
  title = "Two walks"
  [source]
  title = "My walks"
  kind = "own"
  by = "me"
  year = 2026
  url = "https://example.org"
  [[lesson]]
  title = "Go out before you have a reason"
  story = "..."
  takeaway = "..."
  question = "...?"
  tags = ["outside"]"#;

#[derive(Debug, Subcommand)]
enum Verb {
    /// The series on the shelf, in shelf order
    List,
    /// One series and its lessons
    Show {
        /// Its short name
        #[arg(add = ArgValueCandidates::new(completions::series))]
        slug: Slug,
    },
    /// Add the series of a file to the shelf
    ///
    /// A series that is there already gets the lessons of the file; those with the same words keep
    /// the days they were served on.
    #[command(after_long_help = FORM)]
    Add {
        /// The file; - is standard input
        file: PathBuf,
    },
    /// Put a series before all others that have not begun
    Next {
        /// Its short name
        #[arg(add = ArgValueCandidates::new(completions::series))]
        slug: Slug,
    },
    /// Bring all lessons of a series back
    Again {
        /// Its short name
        #[arg(add = ArgValueCandidates::new(completions::series))]
        slug: Slug,
        /// How long from now
        #[arg(default_value = "season")]
        span: Interval,
    },
    /// Pause a series: its lessons do not come
    Pause {
        /// Its short name
        #[arg(add = ArgValueCandidates::new(completions::series))]
        slug: Slug,
    },
    /// Take a series up again
    Resume {
        /// Its short name
        #[arg(add = ArgValueCandidates::new(completions::series))]
        slug: Slug,
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
        return say(&series.slug, lessons::added(added), &store, context);
    }
    let (slug, said) = match &args.verb {
        None | Some(Verb::List | Verb::Add { .. }) => return list(&store, context),
        Some(Verb::Show { slug }) => return show(&find(slug, &store)?, &store, context),
        Some(Verb::Next { slug }) => {
            find(slug, &store)?;
            store.put_series_next(now, slug)?;
            (slug, lessons::PUT_NEXT)
        }
        Some(Verb::Again { slug, span }) => {
            find(slug, &store)?;
            let due = ask_back(slug, *span, &mut store, context)?;
            return say(slug, &lessons::series_comes_again(due), &store, context);
        }
        Some(Verb::Pause { slug }) => {
            find(slug, &store)?;
            let is_changed = store.pause_series(now, slug)?;
            (slug, lessons::paused(is_changed))
        }
        Some(Verb::Resume { slug }) => {
            find(slug, &store)?;
            let is_changed = store.resume_series(now, slug)?;
            (slug, lessons::resumed(is_changed))
        }
    };
    say(slug, said, &store, context)
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

/// The series of this name. Errors if there is none.
pub(super) fn find(slug: &Slug, store: &Store) -> Result<ShelvedSeries> {
    store.series(slug)?.ok_or_else(|| Error::nothing(lessons::no_series(slug)))
}

fn list(store: &Store, context: &mut Context) -> Result<()> {
    let in_progress = store.series_in_progress(store.today(context.now()?)?)?;
    let series = store.all_series()?;
    context.page_long_output();
    context.show(View::SeriesTable { series: &series, in_progress: in_progress.as_ref() })
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

fn say(slug: &Slug, what: &str, store: &Store, context: &mut Context) -> Result<()> {
    let series = find(slug, store)?;
    context.terminal.say(&lessons::series_done(&series, what))?;
    context.show_to_script(View::SeriesLine(&series))
}
