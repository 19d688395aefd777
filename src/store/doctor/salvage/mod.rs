//! Makes a new journal of what can be read of a damaged one: every fact whose hash fits, and every
//! lesson whose id fits. The damaged file is only read.

mod pages;
mod rows;

use std::collections::BTreeSet;
use std::path::Path;

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OpenFlags, named_params};
use serde_json::Value as Json;

use crate::journal::entry::fact::Subject;
use crate::journal::lesson::ShippedSeries;
use crate::journal::{Day, Event, LessonId};
use crate::platform;
use crate::store::doctor::opening;
use crate::store::facts::raw::RawFact;
use crate::store::facts::source::source_json;
use crate::store::facts::{lesson, row};
use crate::store::file::head::unusable;
use crate::store::file::journal::Journal;
use crate::store::file::{commit, open};
use crate::store::tables::{compare, rebuild};
use crate::store::{Damage, Progress, Result, StoreError, StoredLesson, Unusable, upgrade};
use pages::Pages;
use rows::{Rows, Setting};

/// What was saved of a damaged journal, and what was lost.
#[derive(Debug, Default)]
pub struct Salvaged {
    pub facts: usize,
    pub lessons: usize,
    /// Facts and lessons with one flipped bit, which was turned back.
    pub mended: usize,
    /// Facts that are lost, each with its kind and its day, if it is about one.
    pub lost_facts: Vec<(String, Option<Day>)>,
    /// Lessons that are lost, by their series and their place there.
    pub lost_lessons: Vec<String>,
    /// Words that the new journal does not have: of a lost fact, or of an entry whose fact is lost.
    pub words: Vec<(Day, String)>,
}

/// Makes a journal at `target`, which must be free, of what can be read of `damaged`. Errors if
/// nothing of it is a journal, or if the new one cannot be written or is not what was put into it.
pub(crate) fn salvage(
    damaged: &Path,
    target: &Path,
    scratch: &Path,
    shipped: ShippedSeries,
    progress: &mut dyn FnMut(Progress),
) -> Result<Salvaged> {
    let rows = read(damaged, scratch)?;
    if rows.facts.is_empty() {
        return Err(unusable(damaged, Unusable::NotAJournal));
    }
    let mut salvaged = Salvaged { mended: rows.mended, ..Salvaged::default() };
    let shipped = shipped_lessons(&rows, shipped);
    write(&rows, &shipped, target, progress, &mut salvaged).map_err(|error| error.at(target))?;
    salvaged.lost_lessons.clone_from(&rows.damaged_lessons);
    salvaged.lost_lessons.retain(|name| !shipped.iter().any(|lesson| name_of(lesson) == *name));
    for damaged in &rows.damaged_facts {
        let kind = String::from_utf8_lossy(&damaged.kind).into_owned();
        salvaged.lost_facts.push((kind, day_of(damaged)));
    }
    Ok(salvaged)
}

/// The rows of a damaged journal, after SQLite took an interrupted change back, if it can.
fn read(damaged: &Path, scratch: &Path) -> Result<Rows> {
    let not_read = |error| unusable(damaged, Unusable::NotRead(error));
    let (folder, copy) =
        opening::copy(damaged, &["-journal", "-wal"], scratch).map_err(not_read)?;
    if let Ok(Some((connection, _))) = open::connect(&copy, opening::WAIT) {
        let count = "SELECT count(*) FROM sqlite_schema";
        let _ = connection.query_row(count, [], |row| row.get::<_, u32>(0));
    }
    let mut pages = Pages::open(&copy).map_err(not_read)?;
    let rows = Rows::of(&mut pages);
    drop(folder);
    Ok(rows)
}

fn name_of(lesson: &StoredLesson) -> String {
    format!("{}/{}", lesson.series, lesson.number)
}

fn day_of(damaged: &RawFact) -> Option<Day> {
    match Subject::from(std::str::from_utf8(&damaged.subject).ok()?) {
        Subject::Day(day) => Some(day),
        _ => None,
    }
}

/// Lessons that came with dwell, that a fact names and that were lost: dwell still has them.
fn shipped_lessons(rows: &Rows, shipped: ShippedSeries) -> Vec<StoredLesson> {
    let mut missing: BTreeSet<LessonId> = BTreeSet::new();
    for fact in rows.facts.values() {
        match &fact.fact.event {
            Event::SeriesAdded { lessons, .. } | Event::LessonsAdded { lessons, .. } => {
                missing.extend(lessons);
            }
            Event::Served { lesson, .. } => _ = missing.insert(*lesson),
            _ => {}
        }
    }
    for (_, id) in rows.lessons.keys() {
        missing.remove(id);
    }
    let mut found = Vec::new();
    if missing.is_empty() {
        return found;
    }
    for series in (shipped.series)() {
        let length = u32::try_from(series.lessons.len()).unwrap_or(u32::MAX);
        for (text, number) in series.lessons.iter().zip(1..) {
            let id = LessonId::of(&series.slug, text);
            if missing.contains(&id) {
                found.push(StoredLesson {
                    id,
                    series: series.slug.clone(),
                    number,
                    series_length: length,
                    text: text.clone(),
                    source: source_json(series.source_of(id)),
                });
            }
        }
    }
    found
}

fn write(
    rows: &Rows,
    shipped: &[StoredLesson],
    target: &Path,
    progress: &mut dyn FnMut(Progress),
    salvaged: &mut Salvaged,
) -> Result<()> {
    let not_made = |error| unusable(target, Unusable::NotCreated(error));
    drop(platform::create_private_file(target).map_err(not_made)?);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(target, flags)?;
    connection.execute_batch("PRAGMA temp_store = MEMORY")?;
    let mut journal = Journal::plain(connection);
    upgrade::upgrade(&mut journal, None, progress)?;
    let transaction = commit::begin(&mut journal)?;
    for one in rows.lessons.values().chain(shipped) {
        salvaged.lessons += usize::from(lesson::add(&transaction, one)?);
    }
    for fact in rows.facts.values() {
        if !row::exists(&transaction, fact.fact.id)? {
            row::add(&transaction, fact)?;
            salvaged.facts += 1;
        }
    }
    for (name, value) in &rows.settings {
        let value = match value {
            Setting::Text(text) => Sql::Text(text.clone()),
            Setting::Blob(bytes) => Sql::Blob(bytes.clone()),
            Setting::Integer(number) => Sql::Integer(*number),
        };
        transaction.execute(
            "INSERT OR IGNORE INTO setting (name, value) VALUES (:name, :value)",
            named_params! { ":name": name, ":value": value },
        )?;
    }
    rebuild::rebuild(&transaction, progress)?;
    salvaged.words = lost_words(&transaction, rows)?;
    commit::commit(transaction)?;
    require_written(&journal, salvaged)?;
    journal.connection.close().map_err(|(_, error)| error)?;
    Ok(())
}

/// Errors if the new journal does not have what was put into it.
fn require_written(connection: &Connection, salvaged: &Salvaged) -> Result<()> {
    let count = |sql| connection.query_row(sql, [], |row| row.get::<_, usize>(0));
    let has_all = count("SELECT count(*) FROM fact")? == salvaged.facts
        && count("SELECT count(*) FROM lesson")? == salvaged.lessons;
    let is_sound =
        super::pages::check(connection)?.is_empty() && compare::compare(connection)?.is_empty();
    if has_all && is_sound {
        return Ok(());
    }
    Err(StoreError::damaged(Damage::Pages("counts-differ".to_owned())))
}

/// Words of damaged facts, and of entries, that no sound fact of their day has.
fn lost_words(connection: &Connection, rows: &Rows) -> Result<Vec<(Day, String)>> {
    let mut of_facts: Vec<(Day, String)> = Vec::new();
    for damaged in &rows.damaged_facts {
        let body: Option<Json> = serde_json::from_slice(&damaged.body).ok();
        let text = body.as_ref().and_then(|body| body.get("text")?.as_str());
        // The entry has the last of several revisions.
        let is_revision = damaged.kind == b"wrote"
            && rows.entries.iter().any(|(day, _)| Some(*day) == day_of(damaged));
        let text = text.filter(|_| !is_revision);
        of_facts.extend(day_of(damaged).zip(text.map(str::to_owned)));
    }
    let mut lost: Vec<(Day, String)> = Vec::new();
    for (day, text) in rows.entries.iter().chain(&of_facts) {
        let facts = row::sound_in_force(connection, &Subject::Day(*day))?;
        let kept = facts.iter().filter_map(|fact| fact.event.text());
        let entry: Option<String> = connection
            .prepare_cached("SELECT text FROM entry WHERE day = :day")?
            .query_row(named_params! { ":day": day.to_string() }, |row| row.get(0))
            .unwrap_or_default();
        // A sound text that differs in a few letters is another wording.
        let is_kept = kept.map(str::to_owned).chain(entry).any(|known| known == *text);
        let mut lost_before = lost.iter().filter(|(other, _)| other == day);
        if !is_kept && !lost_before.any(|(_, known)| is_same_but_for_damage(known, text)) {
            lost.push((*day, text.clone()));
        }
    }
    Ok(lost)
}

/// Whether two texts are the same, but for a few bytes that were damaged.
fn is_same_but_for_damage(one: &str, other: &str) -> bool {
    let differing = one.bytes().zip(other.bytes()).filter(|(one, other)| one != other).count();
    one.len() == other.len() && differing <= 8 && differing * 4 <= one.len()
}
