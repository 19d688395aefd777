//! `dwell lesson`

mod add;
mod edit;
mod fields;
mod save;
mod typed;

use clap::Subcommand;
use clap_complete::ArgValueCandidates;

use crate::command::error::{Error, Result};
use crate::command::words::Words;
use crate::command::{Context, completions, series};
use crate::journal::lesson::name::{SeriesMatch, SeriesName};
use crate::journal::lesson::{Interval, LessonName, ShelvedLesson};
use crate::messages::lessons;
use crate::store::Store;
use crate::terminal::Terminal;
use crate::text;
use crate::view::{LessonTable, View};

/// The lessons: list them, show one, add your own, choose which come again
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: dwell lesson love today")]
pub struct Args {
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// The lessons on the shelf, in shelf order
    #[command(after_help = "Example: dwell lesson list --series 'The Defiant Ones'")]
    List {
        /// Only those of this series
        #[arg(long, add = ArgValueCandidates::new(completions::series))]
        series: Option<SeriesName>,
    },
    /// One lesson, whole
    #[command(after_help = "Example: dwell lesson show the-defiant-ones/3")]
    Show {
        /// A place (the-defiant-ones/3), an id or its beginning, a title, or today
        #[arg(default_value = "today", add = ArgValueCandidates::new(completions::lessons))]
        lesson: LessonName,
        /// As plain text for a friend: the story and where it was learnt, and nothing of yours
        #[arg(long)]
        share: bool,
    },
    /// Add a lesson of your own
    ///
    /// At a terminal it asks. Elsewhere give --title and --story. Standard input is the story, or
    /// without --title a lesson as it stands in a series file.
    #[command(after_help = "Example: dwell lesson add --title 'Call back' --story 'She called.'")]
    Add(Box<add::Args>),
    /// Change the words of a lesson; days on which it was served keep theirs
    ///
    /// At a terminal all of it opens in your editor. Elsewhere name what changes.
    #[command(after_help = "Example: dwell lesson edit my-own-lessons/1 --title 'Call back today'")]
    Edit(Box<edit::Args>),
    /// Love a lesson: it comes back after half the time
    #[command(after_help = "Example: dwell lesson love today")]
    Love {
        /// A place (the-defiant-ones/3), an id or its beginning, a title, or today
        #[arg(default_value = "today", add = ArgValueCandidates::new(completions::lessons))]
        lesson: LessonName,
        /// No longer love it
        #[arg(long, alias = "no-more")]
        off: bool,
    },
    /// Bring a lesson back, retired or not
    #[command(after_help = "Example: dwell lesson again today month")]
    Again {
        /// A place (the-defiant-ones/3), an id or its beginning, a title, or today
        #[arg(add = ArgValueCandidates::new(completions::lessons))]
        lesson: LessonName,
        /// How long from now
        #[arg(default_value = "week")]
        span: Interval,
    },
    /// Never show a lesson again
    #[command(after_help = "Example: dwell lesson retire the-defiant-ones/2")]
    Retire {
        /// A place (the-defiant-ones/3), an id or its beginning, a title, or today
        #[arg(add = ArgValueCandidates::new(completions::lessons))]
        lesson: LessonName,
    },
}

impl Args {
    /// The words that come with the command.
    pub(crate) fn words(&self, terminal: &Terminal) -> Option<Words> {
        match &self.verb {
            Some(Verb::Add(args)) => args.words(terminal),
            Some(Verb::Edit(args)) => args.words(terminal),
            _ => None,
        }
    }
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    match &args.verb {
        Some(Verb::Add(args)) => return add::run(args, context),
        Some(Verb::Edit(args)) => return edit::run(args, context),
        _ => {}
    }
    let now = context.now()?;
    let mut store = context.open_store()?;
    store.install_shipped(now)?;
    match &args.verb {
        None | Some(Verb::Add(_) | Verb::Edit(_)) => list(None, &store, context),
        Some(Verb::List { series }) => list(series.as_ref(), &store, context),
        Some(Verb::Show { lesson, share: true }) => {
            let found = find(lesson, &store, context)?;
            context.show(View::SharedLesson(&found))
        }
        Some(Verb::Show { lesson, .. }) => {
            let found = find(lesson, &store, context)?;
            context.page_long_output();
            context.show(View::Lesson(&found))
        }
        Some(Verb::Love { lesson, off }) => {
            let found = find(lesson, &store, context)?;
            store.love(now, found.lesson.id, !off)?;
            say(&found, lessons::loved(!off), &store, context)
        }
        Some(Verb::Again { lesson, span }) => {
            let found = find(lesson, &store, context)?;
            store.ask_back(now, found.lesson.id, span.repeat_from(context.today(&store)?)?)?;
            let said = match span {
                Interval::Never => lessons::RETIRED,
                _ => lessons::ASKED_BACK,
            };
            say(&found, said, &store, context)
        }
        Some(Verb::Retire { lesson }) => {
            let found = find(lesson, &store, context)?;
            store.ask_back(now, found.lesson.id, crate::store::Repeat::Never)?;
            say(&found, lessons::RETIRED, &store, context)
        }
    }
}

fn list(series: Option<&SeriesName>, store: &Store, context: &mut Context) -> Result<()> {
    let series = series.map(|name| series::find(name, store)).transpose()?;
    let slug = series.as_ref().map(|series| &series.slug);
    context.page_long_output();
    let mut table = LessonTable::default();
    let is_aligned = context.aligns_columns();
    let shown = store.each_lesson(slug, |lesson| -> Result<()> {
        // What a script reads is not held until the last lesson is known.
        if !is_aligned {
            return context.show(View::LessonLine(lesson));
        }
        table.add(lesson);
        Ok(())
    })?;
    if shown == 0 {
        return Err(Error::nothing(lessons::none()));
    }
    if is_aligned { context.show(View::LessonTable(&table)) } else { Ok(()) }
}

/// The lesson that a name means. Errors if there is none, or more than one.
fn find(name: &LessonName, store: &Store, context: &mut Context) -> Result<ShelvedLesson> {
    let today = context.today(store)?;
    let mut found = store.lessons_named(name, today)?;
    if let (true, Some(place)) = (found.is_empty(), place_in_titled_series(name, store)?) {
        found = store.lessons_named(&place, today)?;
    }
    match (found.len(), name) {
        (1, _) => Ok(found.remove(0)),
        (0, LessonName::Today) => Err(Error::nothing(lessons::none_today())),
        (0, name) => {
            let titles = store.lesson_titles()?;
            let nearest = text::nearest(&name.to_string(), titles.iter().map(String::as_str));
            Err(Error::nothing(lessons::none_named(name, nearest)))
        }
        (_, name) => Err(Error::usage(lessons::several_named(name, &found))),
    }
}

/// The place that a name such as `The Defiant Ones/3` means. Errors if several series have that
/// title.
fn place_in_titled_series(name: &LessonName, store: &Store) -> Result<Option<LessonName>> {
    let LessonName::Title(text) = name else { return Ok(None) };
    let Some((series, number)) = text.rsplit_once('/') else { return Ok(None) };
    let (Ok(number), shelf) = (number.trim().parse(), store.all_series()?) else { return Ok(None) };
    let SeriesMatch::One(found) = SeriesName(series.trim().to_owned()).find(&shelf) else {
        return Ok(None);
    };
    Ok(Some(LessonName::Place { series: found.slug.clone(), number }))
}

fn say(before: &ShelvedLesson, what: &str, store: &Store, context: &mut Context) -> Result<()> {
    let lesson = &before.lesson;
    context.terminal.say(&lessons::done(what, lesson))?;
    let name = LessonName::IdPrefix(lesson.id.to_string());
    let after = find(&name, store, context)?;
    context.show_to_script(View::Lesson(&after))
}
