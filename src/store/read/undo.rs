//! Reading what undo and redo would change. Both know what this journal file did, and nothing that
//! another one recorded.
//!
//! The last facts are read by the index of clocks, which SQLite must be told: it would rather sort
//! all facts, which are the words of years.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, named_params};
use uuid::Uuid;

use crate::journal::entry::fact::{DeviceId, Subject};
use crate::journal::time::day::is_too_far_before;
use crate::journal::{Day, Event, Fact, FactId, Now};
use crate::store::facts::row;
use crate::store::read::servings;
use crate::store::{Result, Store, StoreError};

/// Facts that undo undoes, or redo redoes, at once: those of one command, or those of a day whose
/// lesson a wrong clock served.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The facts, in order; never empty.
    pub facts: Vec<Fact>,
}

impl Change {
    fn of(facts: Vec<Fact>) -> Option<Self> {
        (!facts.is_empty()).then_some(Self { facts })
    }

    /// The day whose lesson is among the facts; `None` if no lesson is.
    pub fn day_of_lesson(&self) -> Option<Day> {
        self.facts.iter().find_map(|fact| match fact.event {
            Event::Served { day, .. } => Some(day),
            _ => None,
        })
    }

    /// The ids of the facts, by the change in which they were recorded.
    pub(crate) fn by_recorded_change(&self) -> BTreeMap<FactId, Vec<FactId>> {
        let mut changes: BTreeMap<FactId, Vec<FactId>> = BTreeMap::new();
        for fact in &self.facts {
            changes.entry(fact.change).or_default().push(fact.id);
        }
        changes
    }
}

impl Store {
    /// The newest day whose lesson a wrong clock served so far ahead that travel cannot explain it,
    /// with all that was written on it. Any device may have done it: it stands in the way of all.
    pub fn day_too_far_ahead(&self, now: Now) -> Result<Option<Change>> {
        self.read(|connection| match servings::today(connection, now)?.too_far_ahead {
            Some(day) => Ok(Change::of(facts_of_day(connection, day)?)),
            None => Ok(None),
        })
    }

    /// The last change of this file that can be undone and is not; `None` if there is none. A
    /// lesson that a wrong clock served is one, with all that was written on its day.
    pub fn last_change(&self, now: Now) -> Result<Option<Change>> {
        self.read(|connection| {
            let Some(device) = known_device(connection)? else { return Ok(None) };
            let mut statement = connection.prepare_cached(
                "SELECT * FROM fact INDEXED BY fact_clock
                 WHERE device = :device AND id NOT IN (SELECT fact FROM undone)
                 ORDER BY clock DESC, id DESC",
            )?;
            let mut rows = statement.query(named_params! { ":device": device.0.as_bytes() })?;
            while let Some(row) = rows.next()? {
                // A change with a damaged fact is passed over: otherwise nothing before it could
                // ever be undone.
                let Some(fact) = unless_damaged(row::fact(row))? else { continue };
                if fact.event.can_be_undone() {
                    let facts = of_change(connection, fact.change, Some(false));
                    let Some(mut facts) = unless_damaged(facts)? else { continue };
                    facts.retain(|fact| fact.event.can_be_undone());
                    return Ok(Change::of(facts));
                }
                if let Event::Served { day, .. } = fact.event
                    && (day > now.day || was_clock_behind(connection, &fact, now)?)
                {
                    return Ok(Change::of(facts_of_day(connection, day)?));
                }
            }
            Ok(None)
        })
    }

    /// What the last undo of this file undid, if it can be redone: nothing was changed here since,
    /// and it was not redone. Redone undos are passed over, so several can be redone one after the
    /// other.
    pub fn last_undone(&self) -> Result<Option<Change>> {
        self.read(|connection| {
            let Some(device) = known_device(connection)? else { return Ok(None) };
            let mut statement = connection.prepare_cached(
                "SELECT fact.*, undone.fact IS NOT NULL AS undone FROM fact INDEXED BY fact_clock
                 LEFT JOIN undone ON undone.fact = fact.id
                 WHERE device = :device ORDER BY clock DESC, id DESC",
            )?;
            let mut rows = statement.query(named_params! { ":device": device.0.as_bytes() })?;
            while let Some(row) = rows.next()? {
                let fact = row::fact(row)?;
                if matches!(fact.event, Event::Undid { .. }) {
                    let facts = undone_by(connection, fact.change)?;
                    if !facts.is_empty() {
                        return Ok(Change::of(facts));
                    }
                }
                let is_new = fact.event.can_be_undone() && !row.get::<_, bool>("undone")?;
                if is_new || matches!(fact.event, Event::Forgot { .. }) {
                    return Ok(None);
                }
            }
            Ok(None)
        })
    }
}

/// The id of this journal file; `None` before its first change.
pub(crate) fn known_device(connection: &Connection) -> Result<Option<DeviceId>> {
    let device: Option<Vec<u8>> = connection
        .query_row("SELECT value FROM setting WHERE name = 'device'", [], |row| row.get(0))
        .optional()?;
    let Some(device) = device else { return Ok(None) };
    let device = Uuid::from_slice(&device).map_err(|_| StoreError::column("device"))?;
    Ok(Some(DeviceId(device)))
}

/// Whether the clock was behind when it served: before that, this file had recorded something at a
/// much later time, and now it is that time.
fn was_clock_behind(connection: &Connection, serving: &Fact, now: Now) -> Result<bool> {
    let before: Option<(i64, i32)> = connection
        .prepare_cached(
            "SELECT at, offset FROM fact
             WHERE clock < :clock AND device = :device AND origin IS NULL
             ORDER BY clock DESC LIMIT 1",
        )?
        .query_row(
            named_params! { ":clock": serving.clock, ":device": serving.device.0.as_bytes() },
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    let before = before.and_then(|(at, offset)| row::moment(at, offset));
    Ok(before.is_some_and(|before| before <= now.at && is_too_far_before(serving.at, before)))
}

/// The lesson of a day and all that was written on it, with what the same commands said about
/// lessons, so that a lesson which is taken away is not asked for again either.
fn facts_of_day(connection: &Connection, day: Day) -> Result<Vec<Fact>> {
    let on_day = row::in_force(connection, &Subject::Day(day))?;
    let goes =
        |fact: &Fact| fact.event.can_be_undone() || matches!(fact.event, Event::Served { .. });
    let mut facts: BTreeMap<(u64, FactId), Fact> = BTreeMap::new();
    for fact in on_day.into_iter().filter(goes) {
        let same_command = of_change(connection, fact.change, Some(false))?;
        let on_lessons = same_command.into_iter().filter(|other| {
            matches!(other.event.subject(), Subject::Lesson(_)) && other.event.can_be_undone()
        });
        facts.extend(on_lessons.chain([fact]).map(|fact| ((fact.clock, fact.id), fact)));
    }
    Ok(facts.into_values().collect())
}

/// The facts that a command undid and that are still undone.
fn undone_by(connection: &Connection, undo: FactId) -> Result<Vec<Fact>> {
    let mut facts = Vec::new();
    for fact in of_change(connection, undo, None)? {
        let Event::Undid { change } = fact.event else { continue };
        let undone = of_change(connection, change, Some(true))?;
        facts.extend(undone.into_iter().filter(|undone| fact.parents.contains(&undone.id)));
    }
    facts.sort_by_key(|fact| (fact.clock, fact.id));
    Ok(facts)
}

/// The facts of one change, in order: all, or those that are undone, or those that are not.
fn of_change(connection: &Connection, change: FactId, undone: Option<bool>) -> Result<Vec<Fact>> {
    // No fact of a change has a smaller clock than its first fact, so a search from there is
    // enough. The first fact may have been erased.
    let mut statement = connection.prepare_cached(
        "SELECT fact.*, undone.fact IS NOT NULL AS undone FROM fact
         LEFT JOIN undone ON undone.fact = fact.id
         WHERE clock >= coalesce((SELECT clock FROM fact WHERE id = :change), 0)
               AND change = :change
         ORDER BY clock, fact.id",
    )?;
    let mut rows = statement.query(named_params! { ":change": change.0.as_bytes() })?;
    let mut facts = Vec::new();
    while let Some(row) = rows.next()? {
        if undone.is_none_or(|undone| row.get("undone") == Ok(undone)) {
            facts.push(row::fact(row)?);
        }
    }
    Ok(facts)
}

/// The value; `None` if it is damaged.
fn unless_damaged<T>(read: Result<T>) -> Result<Option<T>> {
    match read {
        Err(StoreError::Damaged { .. }) => Ok(None),
        read => read.map(Some),
    }
}
