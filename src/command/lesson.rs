//! `dwell lesson`

use clap::Subcommand;
use clap_complete::ArgValueCandidates;

use crate::command::arguments::Interval;
use crate::command::error::{Error, Result};
use crate::command::{Context, completions};
use crate::journal::Slug;
use crate::journal::lesson::{LessonName, ShelvedLesson};
use crate::store::Store;
use crate::view::View;

/// The lessons: list them, show one, say which is to come again
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
    /// Love a lesson: it rests half as long before it comes round again
    Love {
        /// A place (the-defiant-ones/3), an id or its beginning, a title, or today
        #[arg(default_value = "today")]
        lesson: LessonName,
        /// Love it no longer
        #[arg(long)]
        no_more: bool,
    },
    /// Ask for a lesson to come again, retired or not
    Again {
        /// A place (the-defiant-ones/3), an id or its beginning, a title, or today
        lesson: LessonName,
        /// From when on
        #[arg(default_value = "week")]
        span: Interval,
    },
    /// Have a lesson never come again
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
        Some(Verb::Love { lesson, no_more }) => {
            let found = find(lesson, &store, context)?;
            store.love(now, found.lesson.id, !no_more)?;
            let said = if *no_more { "loved no longer" } else { "loved" };
            say(&found, said, &store, context)
        }
        Some(Verb::Again { lesson, span }) => {
            let found = find(lesson, &store, context)?;
            store.ask_back(now, found.lesson.id, span.from(store.today(now)?)?)?;
            let said = match span {
                Interval::Never => "retired",
                _ => "asked back",
            };
            say(&found, said, &store, context)
        }
        Some(Verb::Retire { lesson }) => {
            let found = find(lesson, &store, context)?;
            store.ask_back(now, found.lesson.id, crate::store::Repeat::Never)?;
            say(&found, "retired", &store, context)
        }
    }
}

fn list(series: Option<&Slug>, store: &Store, context: &mut Context) -> Result<()> {
    if let Some(slug) = series {
        super::series::find(slug, store)?;
    }
    context.page_long_output();
    let shown = store.each_lesson(series, |lesson| context.show(View::LessonLine(lesson)))?;
    if shown > 0 {
        Ok(())
    } else {
        Err(Error::nothing("there are no lessons").hint("dwell series add FILE"))
    }
}

/// The one lesson that a name means.
fn find(name: &LessonName, store: &Store, context: &mut Context) -> Result<ShelvedLesson> {
    let today = store.today(context.now()?)?;
    let mut found = store.lessons_named(name, today)?;
    match (found.len(), name) {
        (1, _) => Ok(found.remove(0)),
        (0, LessonName::Today) => {
            Err(Error::nothing("no lesson was served today yet").hint("dwell today"))
        }
        (0, _) => Err(Error::nothing("no lesson is named so").hint("dwell lesson list")),
        _ => Err(Error::usage("more than one lesson is named so")
            .hint("more of the id, or its place as in the-defiant-ones/3")),
    }
}

fn say(before: &ShelvedLesson, what: &str, store: &Store, context: &mut Context) -> Result<()> {
    let lesson = &before.lesson;
    let place = format!("{}/{}", lesson.series, lesson.number);
    context.terminal.say(&format!("{what}: {place} {}", lesson.text.title))?;
    let name = LessonName::IdPrefix(lesson.id.to_string());
    let after = find(&name, store, context)?;
    context.show_to_script(View::Lesson(&after))
}
