//! Reads from the journal what the browser asks for.

use crate::command::Context;
use crate::command::calendar::calendar_of;
use crate::command::error::{Error, Result};
use crate::journal::lesson::{LessonName, ShelvedLesson};
use crate::journal::search::query::Query;
use crate::journal::search::{Hit, Search, Within};
use crate::journal::{Day, LessonId, Period, Slug};
use crate::messages::{browser as said, lessons};
use crate::page::browser::{Browser, Content, ReadRequest, Target};
use crate::store::{Store, WindowAt};

/// At most this many places of a search are read.
const MOST_HITS: usize = 200;
/// At most this many lessons of a series are read.
const MOST_LESSONS: usize = 1000;

/// Reads what is asked for and gives it to the browser. Errors if it cannot be read.
pub(super) fn read(
    request: &ReadRequest,
    context: &mut Context,
    store: &Store,
    browser: &mut Browser,
) -> Result<()> {
    match request {
        ReadRequest::Days(at, side) => {
            let (window, count) = (store.day_window(*at, *side)?, store.entry_count()?);
            browser.show_days(*at, &window, count);
        }
        ReadRequest::Text(target) => browser.show_text(target.clone(), content(target, store)?),
        ReadRequest::Hits(words) => {
            let (hits, is_all) = hits(words, store)?;
            browser.show_hits(&hits, is_all);
        }
        ReadRequest::OtherYears(day) => {
            browser.show_other_years(&store.day_lines(&other_years(*day, store)?)?);
        }
        ReadRequest::Shelf => browser.show_shelf(&store.all_series()?),
        ReadRequest::Lessons(slug) => {
            let (lessons, is_all) = lessons_of(slug, store)?;
            browser.show_lessons(&lessons, is_all);
            if !is_all {
                browser.say(said::first_lessons(lessons.len()));
            }
        }
        ReadRequest::Calendar(day) => {
            let calendar = calendar_of(Period::year_of(*day), store, context)?;
            let first = store.first_entry_day()?.unwrap_or(*day);
            let line = store.day_lines(&[*day])?.pop();
            browser.show_calendar(calendar, first, line);
        }
    }
    Ok(())
}

fn content(target: &Target, store: &Store) -> Result<Content> {
    Ok(match target {
        Target::Day(day) => {
            let checked = store.checked_entry(*day)?;
            let faults = checked.damaged.into_iter().map(Error::from);
            let faults = faults.map(|fault| said::failure(&fault.message)).collect();
            Content::Entry { entry: checked.entry.map(Box::new), faults }
        }
        Target::Lesson(id) => {
            let found = lesson(*id, store)?.ok_or_else(|| Error::nothing(lessons::none()))?;
            Content::Lesson(Box::new(found))
        }
        Target::Series(slug) => {
            let found = store.series(slug)?.ok_or_else(|| Error::nothing(lessons::none()))?;
            Content::Series(Box::new(found))
        }
    })
}

/// The lesson with this id, if it is on the shelf.
pub(super) fn lesson(id: LessonId, store: &Store) -> Result<Option<ShelvedLesson>> {
    let name = LessonName::IdPrefix(id.to_string());
    // The day matters for the lesson of today alone.
    let any_day = store.first_entry_day()?;
    let Some(any_day) = any_day else { return Ok(None) };
    Ok(store.lessons_named(&name, any_day)?.pop())
}

/// The first places where these words are, and whether these are all.
fn hits(words: &str, store: &Store) -> Result<(Vec<Hit>, bool)> {
    // The last word may not be typed to its end.
    let is_in_word = words.chars().next_back().is_some_and(char::is_alphanumeric);
    let words = if is_in_word { format!("{words}*") } else { words.to_owned() };
    let Some(search) = Search::parse(&words) else { return Ok((Vec::new(), true)) };
    let query = Query { limit: Some(MOST_HITS + 1), ..Query::default() };
    let mut hits = Vec::new();
    store.each_hit(&search, &query, Within::All, |hit| -> Result<()> {
        hits.push(hit.clone());
        Ok(())
    })?;
    let is_all = hits.len() <= MOST_HITS;
    hits.truncate(MOST_HITS);
    Ok((hits, is_all))
}

/// The same day of all other years of the journal, newest first.
fn other_years(day: Day, store: &Store) -> Result<Vec<Day>> {
    let first = store.first_entry_day()?.unwrap_or(day);
    let newest = store.day_window(WindowAt::Newest, 1)?.days.first().map_or(day, |line| line.day);
    let later = (1..).map_while(|years| day.plus_months(12 * years));
    let mut days: Vec<Day> = later.take_while(|later| *later <= newest).collect();
    days.reverse();
    let earlier = (1..).map_while(|years| day.minus_months(12 * years));
    days.extend(earlier.take_while(|earlier| *earlier >= first));
    Ok(days)
}

/// The first lessons of a series, and whether these are all.
fn lessons_of(slug: &Slug, store: &Store) -> Result<(Vec<ShelvedLesson>, bool)> {
    let mut found = Vec::new();
    let mut is_all = true;
    // The failure ends the reading; it is no failure of the journal.
    let read = store.each_lesson(Some(slug), |lesson| {
        if found.len() == MOST_LESSONS {
            is_all = false;
            return Err(Error::nothing(lessons::none()));
        }
        found.push(lesson.clone());
        Ok(())
    });
    match read {
        Err(error) if is_all => Err(error),
        _ => Ok((found, is_all)),
    }
}
