//! How a change is shown before it is undone or redone: each thing in the words of the command that
//! did it.

use std::collections::HashSet;

use crate::command::Context;
use crate::command::error::Result;
use crate::journal::lesson::LessonName;
use crate::journal::{Event, LessonId, Slug};
use crate::messages::{steps, undo};
use crate::store::{Change, Store};
use crate::view;

/// What undo does with the words of an event, or redo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    Undo,
    Redo,
}

/// Names all that a change did, and shows the words that go with it. Errors if that cannot be
/// written: nothing is removed unseen.
pub(super) fn show(
    context: &mut Context,
    store: &Store,
    change: &Change,
    verb: Verb,
) -> Result<()> {
    if let Some(what) = as_a_whole(change) {
        return Ok(context.terminal.say_before(&line_of(verb, &what, false))?);
    }
    let mut last_line = String::new();
    for event in named_events(change) {
        let what = name(context, store, change, event)?;
        let words = words_that_go(context, store, event, verb)?;
        let line = line_of(verb, &what, words.is_some());
        if line != last_line {
            context.terminal.say_before(&line)?;
        }
        last_line = line;
        if let Some(words) = words {
            context.terminal.show_aside(&words)?;
        }
    }
    Ok(())
}

fn line_of(verb: Verb, what: &str, words_follow: bool) -> String {
    match verb {
        Verb::Undo => undo::undoing(what, words_follow),
        Verb::Redo => undo::redoing(what, words_follow),
    }
}

/// The name of an import, which may have a great many parts; `None` for another change.
fn as_a_whole(change: &Change) -> Option<String> {
    if change.day_of_lesson().is_some() {
        return None;
    }
    let origins: HashSet<_> = change
        .facts
        .iter()
        .filter_map(|fact| fact.origin.as_ref())
        .map(ToString::to_string)
        .collect();
    if !origins.is_empty() {
        return Some(undo::imported_entries(origins.len()));
    }
    let series: Option<HashSet<&Slug>> =
        change.facts.iter().map(|fact| series_with_lessons(&fact.event)).collect();
    series.filter(|series| series.len() > 1).map(|series| undo::imported_lessons(series.len()))
}

/// The series whose lessons an event brings or edits.
fn series_with_lessons(event: &Event) -> Option<&Slug> {
    match event {
        Event::SeriesAdded { slug, .. }
        | Event::LessonsAdded { slug, .. }
        | Event::LessonEdited { slug, .. } => Some(slug),
        _ => None,
    }
}

/// The names of all that a change did, each once.
pub(super) fn names(context: &mut Context, store: &Store, change: &Change) -> Result<Vec<String>> {
    if let Some(what) = as_a_whole(change) {
        return Ok(vec![what]);
    }
    let names = named_events(change).into_iter().map(|event| name(context, store, change, event));
    let mut names = names.collect::<Result<Vec<_>>>()?;
    names.dedup();
    Ok(names)
}

/// The events of a change that are named. One command adds lessons, and with them their series if
/// it is new; another brings a series to a newer edition, and with it edits its lessons.
fn named_events(change: &Change) -> Vec<&Event> {
    let events = || change.facts.iter().map(|fact| &fact.event);
    let adds_lessons = events().any(|event| matches!(event, Event::LessonsAdded { .. }));
    let adds_series = events().any(|event| matches!(event, Event::SeriesAdded { .. }));
    let is_named = |event: &&Event| match event {
        Event::SeriesAdded { .. } => !adds_lessons,
        Event::LessonEdited { .. } => !adds_lessons && !adds_series,
        _ => true,
    };
    events().filter(is_named).collect()
}

/// What an event of a change did, in the words of the command that did it.
fn name(context: &mut Context, store: &Store, change: &Change, event: &Event) -> Result<String> {
    let asks_series_back = asked_back(change).count() > 1;
    let lesson = match lesson_of(event) {
        // The lessons of a series that were asked back together have one line.
        Some(lesson) if asks_series_back => series_name(context, store, lesson)?,
        Some(lesson) => lesson_name(context, store, lesson)?,
        None => String::new(),
    };
    Ok(undo::what(event, &lesson, asks_series_back))
}

/// The words that are no longer shown after an undo or a redo of this event.
fn words_that_go(
    context: &Context,
    store: &Store,
    event: &Event,
    verb: Verb,
) -> Result<Option<String>> {
    match (verb, event) {
        (Verb::Undo, Event::Stepped { text, when, .. }) => {
            Ok(Some(steps::with_when(text, when.as_deref())))
        }
        (Verb::Undo, event) => Ok(event.text().map(str::to_owned)),
        (Verb::Redo, Event::Deleted { day }) => {
            let entry = store.entry(*day)?;
            Ok(entry.map(|entry| view::log_entry(&entry, context.terminal.page()).plain()))
        }
        (Verb::Redo, _) => Ok(None),
    }
}

fn asked_back(change: &Change) -> impl Iterator<Item = &Event> {
    let events = change.facts.iter().map(|fact| &fact.event);
    events.filter(|event| matches!(event, Event::AskedBack { .. }))
}

fn lesson_of(event: &Event) -> Option<LessonId> {
    match event {
        Event::Loved { lesson, .. }
        | Event::AskedBack { lesson, .. }
        | Event::Retired { lesson }
        | Event::LessonEdited { lesson, .. } => Some(*lesson),
        Event::LessonsAdded { lessons, .. } => lessons.last().copied(),
        _ => None,
    }
}

/// The name by which a command takes a lesson, such as `the-defiant-ones/1`.
fn lesson_name(context: &mut Context, store: &Store, lesson: LessonId) -> Result<String> {
    let found = find(context, store, lesson)?;
    Ok(found.map_or_else(|| lesson.to_string(), |(series, number)| format!("{series}/{number}")))
}

fn series_name(context: &mut Context, store: &Store, lesson: LessonId) -> Result<String> {
    Ok(find(context, store, lesson)?.map_or_else(|| lesson.to_string(), |(series, _)| series))
}

fn find(context: &mut Context, store: &Store, lesson: LessonId) -> Result<Option<(String, u32)>> {
    let today = store.today(context.now()?)?;
    let found = store.lessons_named(&LessonName::IdPrefix(lesson.to_string()), today)?;
    Ok(found.first().map(|found| (found.lesson.series.to_string(), found.lesson.number)))
}
