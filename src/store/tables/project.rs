//! Projects facts to tables: makes the rows of a subject again from all its facts.
//!
//! Every change and every rebuild makes rows with this code only, so the tables always agree with
//! the facts. A damaged fact is left out: it stops neither the rest of its day nor the other days.

use std::collections::{BTreeSet, HashMap};

use rusqlite::{Connection, named_params};
use uuid::Uuid;

use crate::journal::entry::DayState;
use crate::journal::entry::fact::Subject;
use crate::journal::lesson::state::LessonState;
use crate::journal::{Day, Event, FactId, LessonId, Moment, Step, entry};
use crate::store::facts::row;
use crate::store::tables::project_series::project_series;
use crate::store::tables::search_index::Texts;
use crate::store::tables::{device_memory, edition, rows, search_index};
use crate::store::{Progress, Result, StoreError};

/// Updates the rows of these subjects. Returns the days whose entries may have changed.
pub(crate) fn project(
    connection: &Connection,
    touched: &BTreeSet<Subject>,
) -> Result<BTreeSet<Day>> {
    project_in_order(connection, touched.iter(), &mut |_| {})
}

/// The same in this order. Reports its progress.
pub(crate) fn project_in_order<'a>(
    connection: &Connection,
    touched: impl Iterator<Item = &'a Subject> + Clone,
    progress: &mut dyn FnMut(Progress),
) -> Result<BTreeSet<Day>> {
    let mut lessons = BTreeSet::new();
    let mut days = BTreeSet::new();
    // Undo and redo come first: they say which facts count for their own subjects.
    let mut undone = Vec::new();
    for subject in touched.clone() {
        if let Subject::Change(change) = subject {
            undone.extend(project_undo(connection, *change)?);
        }
    }
    let mut seen = BTreeSet::new();
    let mut subjects: Vec<&Subject> = touched.filter(|one| seen.insert(*one)).collect();
    subjects.extend(undone.iter().filter(|one| !seen.contains(one)));
    let total = subjects.len();
    for (done, subject) in subjects.into_iter().enumerate() {
        progress(Progress { done, total });
        match subject {
            Subject::Day(day) => {
                days.insert(*day);
                lessons.extend(project_day(connection, *day)?);
            }
            Subject::Series(slug) => lessons.extend(project_series(connection, slug)?),
            Subject::Lesson(lesson) => _ = lessons.insert(*lesson),
            Subject::Change(_) | Subject::Rest | Subject::Other(_) => {}
        }
    }
    // Lessons come last: a lesson's row depends on its series and on the days it was served.
    lessons.into_iter().try_for_each(|lesson| project_lesson(connection, lesson))?;
    Ok(days)
}

/// Marks the facts of a change that are undone, and no others. Returns the subjects of those that
/// were ever undone.
fn project_undo(connection: &Connection, change: FactId) -> Result<Vec<Subject>> {
    let mut is_undone: HashMap<FactId, bool> = HashMap::new();
    for fact in row::sound_in_force(connection, &Subject::Change(change))? {
        let undoes = match fact.event {
            Event::Undid { .. } => true,
            Event::Redid { .. } => false,
            _ => continue,
        };
        // The last one that names a fact counts.
        is_undone.extend(fact.parents.into_iter().map(|parent| (parent, undoes)));
    }
    let mut subjects = Vec::new();
    for (fact, is_undone) in is_undone {
        // The fact is gone if its day was forgotten later.
        let Some(subject) = row::subject(connection, change, fact)? else { continue };
        let sql = if is_undone {
            "INSERT OR IGNORE INTO undone (fact) VALUES (:fact)"
        } else {
            "DELETE FROM undone WHERE fact = :fact"
        };
        connection.prepare_cached(sql)?.execute(named_params! { ":fact": fact.0.as_bytes() })?;
        subjects.push(subject);
    }
    Ok(subjects)
}

/// Updates the entry of a day. Returns the lessons whose servings may have changed.
fn project_day(connection: &Connection, day: Day) -> Result<Vec<LessonId>> {
    let row_before = row_of(connection, day)?;
    let is_new = row_before.is_none();
    let (before, texts_before) = row_before.unwrap_or_default();
    let facts = row::sound_in_force(connection, &Subject::Day(day))?;
    let Some(state) = entry::from_facts(&facts) else {
        search_index::put_entry(connection, day, &texts_before, &Vec::new())?;
        connection
            .prepare_cached("DELETE FROM entry WHERE day = :day")?
            .execute(named_params! { ":day": day.to_string() })?;
        return Ok(before.into_iter().collect());
    };
    let texts = texts_of(&state);
    let serving = state.serving;
    let (served, written, step) = (serving.map(|s| s.at), state.reflection, state.step);
    let millis = |at: Moment| row::millis_and_offset(at).0;
    let offset = |at: Moment| row::millis_and_offset(at).1;
    connection.prepare_cached(include_str!("put_entry.sql"))?.execute(named_params! {
        ":day": day.to_string(),
        ":lesson": serving.as_ref().map(|serving| serving.lesson.0.as_bytes()),
        ":served_at": served.map(millis),
        ":served_offset": served.map(offset),
        ":text": written.as_ref().map(|written| &written.text),
        ":written_at": written.as_ref().map(|written| millis(written.written_at)),
        ":written_offset": written.as_ref().map(|written| offset(written.written_at)),
        ":revised_at": written.as_ref().map(|written| millis(written.revised_at)),
        ":revised_offset": written.as_ref().map(|written| offset(written.revised_at)),
        ":revisions": written.as_ref().map(|written| written.revisions),
        ":words": written.as_ref().map(|written| written.words),
        ":late": written.as_ref().map(|written| written.late),
        ":step": step.as_ref().map(|step| &step.text),
        ":step_when": step.as_ref().and_then(|step| step.when.as_ref()),
        ":step_outcome": step.as_ref().and_then(|step| step.outcome.as_ref()),
        ":step_state": step.as_ref().map(|step| step.state.as_str()),
        ":step_closed_on":
            step.as_ref().and_then(|step| step.closed_on).map(|day| day.to_string()),
        ":afterthoughts": rows::afterthoughts_json(&state.afterthoughts),
        ":quiet": state.quiet,
    })?;
    // A row that an undo had removed is new again, and its day may then be remembered.
    if is_new {
        device_memory::recall(connection, day)?;
    }
    search_index::put_entry(connection, day, &texts_before, &texts)?;
    let after = serving.map(|serving| serving.lesson);
    Ok(before.into_iter().chain(after).collect())
}

fn texts_of(state: &DayState) -> Texts {
    search_index::texts(
        state.reflection.as_ref().map(|written| written.text.as_str()),
        state.step.iter().flat_map(Step::texts),
        &state.afterthoughts,
    )
}

/// Whether the row of a day has the words that its facts add up to. If not, the row was damaged,
/// and what the search index has for it is not known.
pub(crate) fn is_row_intact(connection: &Connection, day: Day) -> Result<bool> {
    let state = entry::from_facts(&row::in_force(connection, &Subject::Day(day))?);
    let texts = row_of(connection, day)?.map(|(_, texts)| texts).unwrap_or_default();
    Ok(texts == state.as_ref().map(texts_of).unwrap_or_default())
}

/// The lesson and the texts of a day in its row; `None` if it has no row.
fn row_of(connection: &Connection, day: Day) -> Result<Option<(Option<LessonId>, Texts)>> {
    let sql = format!("{} WHERE day = :day", search_index::SELECT_TEXTS);
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(named_params! { ":day": day.to_string() })?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let lesson: Option<Vec<u8>> = row.get("lesson")?;
    let lesson = lesson.and_then(|id| Uuid::from_slice(&id).ok()).map(LessonId);
    Ok(Some((lesson, search_index::texts_in(row)?)))
}

/// Updates the row of a lesson, or of the one on the shelf that took its place; does nothing if
/// neither is on the shelf.
fn project_lesson(connection: &Connection, lesson: LessonId) -> Result<()> {
    let lesson = edition::on_shelf(connection, lesson)?;
    let editions = edition::all(connection, lesson)?;
    let mut facts = Vec::new();
    let (mut first, mut last): (Option<String>, Option<String>) = (None, None);
    for edition in editions {
        facts.extend(row::sound_in_force(connection, &Subject::Lesson(edition))?);
        let (its_first, its_last): (Option<String>, Option<String>) = connection
            .prepare_cached(
                "SELECT (SELECT min(day) FROM entry WHERE lesson = :lesson),
                        (SELECT max(day) FROM entry WHERE lesson = :lesson)",
            )?
            .query_row(named_params! { ":lesson": edition.0.as_bytes() }, |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        first = first.into_iter().chain(its_first).min();
        last = last.max(its_last);
    }
    facts.sort_by_key(|fact| (fact.clock, fact.id));
    let state = LessonState::from_facts(&facts);
    let last_served = match &last {
        Some(day) => Some(day.parse::<Day>().map_err(|_| StoreError::column("entry.day"))?),
        None => None,
    };
    connection
        .prepare_cached(
            "UPDATE lesson_state SET first_served = :first, last_served = :last, loved = :loved,
                              retired = :retired, due = :due
             WHERE row = (SELECT rowid FROM lesson WHERE id = :lesson)",
        )?
        .execute(named_params! {
            ":lesson": lesson.0.as_bytes(),
            ":first": first,
            ":last": last,
            ":loved": state.loved,
            ":retired": state.retired,
            ":due": state.still_due(last_served).map(|day| day.to_string()),
        })?;
    Ok(())
}
