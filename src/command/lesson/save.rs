//! Saving what a form says: new lessons, or other words of one. What was done is told when the words
//! are safe.

use crate::command::error::{Error, Result};
use crate::command::lesson::find;
use crate::command::{Context, series, unsaved};
use crate::drafts::Draft;
use crate::journal::lesson::name::SeriesName;
use crate::journal::lesson::{LessonName, LessonText, QUESTION};
use crate::journal::{LessonId, Series, Slug};
use crate::library::{LessonForm, SeriesError};
use crate::messages::{lessons, own_lessons, saving};
use crate::store::{EditResult, Store};
use crate::text::is_blank;
use crate::view::View;

/// Saves what a form says, and then removes its draft. Errors if the journal does not take it; the
/// draft then stays.
pub(super) fn save(
    form: &LessonForm,
    draft: Option<Draft>,
    store: &mut Store,
    context: &mut Context,
) -> Result<()> {
    let is_drafted = draft.is_some();
    let saved = match form.edits {
        Some(lesson) => edit(lesson, form, store, context),
        None => add(form, store, context),
    };
    match saved {
        Ok(said) => {
            context.words = None;
            if let Some(draft) = draft {
                draft.discard()?;
            }
            say(said, form, store, context)
        }
        Err(error) if is_drafted => Err(unsaved::lesson_kept_as_draft(error)),
        Err(error) => Err(error),
    }
}

/// What was done, to be told when the words are safe.
enum Said {
    /// These lessons were added to the series.
    Added {
        slug: Slug,
        lessons: Vec<LessonId>,
    },
    /// All lessons are there already.
    NothingNew(Slug),
    Edited(LessonId),
    Unchanged,
}

fn add(form: &LessonForm, store: &mut Store, context: &mut Context) -> Result<Said> {
    let mut series = match &form.series {
        Some(slug) if *slug != Slug::of_own_lessons() => {
            let found = series::find(&SeriesName(slug.to_string()), store)?;
            Series::new(found.slug, found.title, found.source, Vec::new())
        }
        _ => Series::own(),
    };
    for (text, source) in &form.lessons {
        let text = with_question(text.clone());
        let id = LessonId::of(&series.slug, &text);
        if let Some(source) = source.clone().filter(|source| *source != series.source) {
            series.learnt_elsewhere.insert(id, source);
        }
        series.lessons.push(text);
    }
    let now = context.now_to_save()?;
    let lessons = store.add_lessons(now, &series)?;
    let slug = series.slug;
    Ok(if lessons.is_empty() { Said::NothingNew(slug) } else { Said::Added { slug, lessons } })
}

/// The same lesson; without a question it asks the one of all lessons that came without one.
fn with_question(text: LessonText) -> LessonText {
    let question = if is_blank(&text.question) { QUESTION.to_owned() } else { text.question };
    LessonText { question, ..text }
}

fn say(said: Said, form: &LessonForm, store: &Store, context: &mut Context) -> Result<()> {
    let (slug, ids, what) = match said {
        Said::Added { slug, lessons } => (Some(slug), lessons, own_lessons::ADDED),
        Said::Edited(lesson) => (None, vec![lesson], own_lessons::EDITED),
        Said::NothingNew(slug) => {
            context.terminal.say(&own_lessons::nothing_new(&slug))?;
            return Ok(());
        }
        Said::Unchanged => return Ok(context.terminal.say(saving::NOTHING_CHANGED)?),
    };
    let found = ids.iter().map(|id| find(&LessonName::IdPrefix(id.to_string()), store, context));
    let found = found.collect::<Result<Vec<_>>>();
    for found in found.or_else(|error| say_less(what, form, context, error))? {
        context.terminal.say(&lessons::done(what, &found.lesson))?;
        context.show_to_script(View::Lesson(&found))?;
    }
    match slug {
        Some(slug) => series::say_when_it_comes(&slug, store, context),
        None => Ok(()),
    }
}

/// Says what was saved when the journal cannot be read afterwards. Always errors, with that failure.
fn say_less<T>(what: &str, form: &LessonForm, context: &mut Context, error: Error) -> Result<T> {
    for (text, _) in &form.lessons {
        context.terminal.say(&lessons::done_unread(what, &text.title))?;
    }
    Err(error)
}

/// Saves what a form says of a lesson.
fn edit(
    lesson: LessonId,
    form: &LessonForm,
    store: &mut Store,
    context: &mut Context,
) -> Result<Said> {
    let present = store.present_edition(lesson)?;
    let (text, source) = &form.lessons[0];
    let Some(present) = present else {
        return Err(Error::nothing(own_lessons::not_on_shelf(&text.title)));
    };
    let of_series = store.series(&present.lesson.series)?.map(|series| series.source);
    let source = source.clone().or(of_series).unwrap_or(present.lesson.source);
    let now = context.now_to_save()?;
    let text = with_question(text.clone());
    match store.edit_lesson(now, lesson, &text, &source)? {
        EditResult::Edited(lesson) => Ok(Said::Edited(lesson)),
        EditResult::Unchanged => Ok(Said::Unchanged),
        EditResult::SameAs(_) => Err(Error::usage(own_lessons::same_words(&text.title))),
        EditResult::NotOnShelf => Err(Error::nothing(own_lessons::not_on_shelf(&text.title))),
    }
}

/// The failure of a text that is no form, or is one with a fault.
pub(super) fn refused(text: &str, error: SeriesError) -> Error {
    if LessonForm::is_begun_in(text) {
        Error::from(error).hint(own_lessons::FORM_HELP)
    } else {
        Error::usage(own_lessons::no_form())
    }
}
