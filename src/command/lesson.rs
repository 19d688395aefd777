//! `dwell lesson`

use clap::Subcommand;
use clap_complete::ArgValueCandidates;

use crate::command::error::{Error, Result};
use crate::command::{Context, completions};
use crate::journal::Slug;
use crate::journal::lesson::Interval;
use crate::journal::lesson::{LessonName, ShelvedLesson};
use crate::messages::lessons;
use crate::store::Store;
use crate::view::{LessonTable, View};

/// The lessons: list them, show one, choose which come again
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// The lessons on the shelf, in shelf order
    List {
        /// Only those of this series
        #[arg(long, add = ArgValueCandidates::new(completions::series))]
        series: Option<Slug>,
    },
    /// One lesson, whole
    Show {
        /// A place (the-defiant-ones/3), an id or its beginning, a title, or today
        #[arg(default_value = "today")]
        lesson: LessonName,
    },
    /// Love a lesson: it comes back after half the time
    Love {
        /// A place (the-defiant-ones/3), an id or its beginning, a title, or today
        #[arg(default_value = "today")]
        lesson: LessonName,
        /// No longer love it
        #[arg(long, alias = "no-more")]
        off: bool,
    },
    /// Bring a lesson back, retired or not
    Again {
        /// A place (the-defiant-ones/3), an id or its beginning, a title, or today
        lesson: LessonName,
        /// How long from now
        #[arg(default_value = "week")]
        span: Interval,
    },
    /// Never show a lesson again
    Retire {
        /// A place (the-defiant-ones/3), an id or its beginning, a title, or today
        lesson: LessonName,
    },
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let now = context.now()?;
    let mut store = context.open_store()?;
    store.install_shipped(now)?;
    match &args.verb {
        None => list(None, &store, context),
        Some(Verb::List { series }) => list(series.as_ref(), &store, context),
        Some(Verb::Show { lesson }) => {
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

fn list(series: Option<&Slug>, store: &Store, context: &mut Context) -> Result<()> {
    if let Some(slug) = series {
        super::series::find(slug, store)?;
    }
    context.page_long_output();
    let mut table = LessonTable::default();
    let is_aligned = context.aligns_columns();
    let shown = store.each_lesson(series, |lesson| -> Result<()> {
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
    match (found.len(), name) {
        (1, _) => Ok(found.remove(0)),
        (0, LessonName::Today) => Err(Error::nothing(lessons::none_today())),
        (0, name) => Err(Error::nothing(lessons::none_named(name))),
        (_, name) => Err(Error::usage(lessons::several_named(name))),
    }
}

fn say(before: &ShelvedLesson, what: &str, store: &Store, context: &mut Context) -> Result<()> {
    let lesson = &before.lesson;
    context.terminal.say(&lessons::done(what, lesson))?;
    let name = LessonName::IdPrefix(lesson.id.to_string());
    let after = find(&name, store, context)?;
    context.show_to_script(View::Lesson(&after))
}
