//! Undo: takes back the last change that was not taken back yet, whatever it was.

use rusqlite::named_params;

use crate::journal::{Day, Event, Fact, FactId, Now};
use crate::store::facts::row;
use crate::store::{Result, Store};

/// A change that was taken back: what had happened in it, in order.
#[derive(Debug)]
pub struct Undone {
    pub events: Vec<Event>,
}

impl Store {
    /// The day that was forgotten, if that was the last thing done.
    pub fn last_forgotten(&self) -> Result<Option<Day>> {
        self.read(|connection| {
            let mut statement = connection
                .prepare_cached("SELECT * FROM fact ORDER BY number DESC, id DESC LIMIT 1")?;
            let mut rows = statement.query([])?;
            let last = rows.next()?.map(row::fact).transpose()?;
            Ok(last.and_then(|fact| match fact.event {
                Event::Forgot { day } => Some(day),
                _ => None,
            }))
        })
    }

    /// Takes back the last change. `None` if there is none.
    pub fn undo(&mut self, now: Now) -> Result<Option<Undone>> {
        self.change(now, |change| {
            let Some(last) = last_to_take_back(&change.transaction)? else { return Ok(None) };
            // What a change records follows its first fact, so its facts are at or after it.
            let first = number_of(&change.transaction, last.change)?.unwrap_or(last.number);
            let facts = row::of_change(&change.transaction, last.change, first)?;
            let facts: Vec<Fact> =
                facts.into_iter().filter(|fact| fact.event.can_be_taken_back()).collect();
            let parents: Vec<FactId> = facts.iter().map(|fact| fact.id).collect();
            change.record(parents, Event::Undid { change: last.change })?;
            Ok(Some(Undone { events: facts.into_iter().map(|fact| fact.event).collect() }))
        })
    }
}

fn last_to_take_back(connection: &rusqlite::Connection) -> Result<Option<Fact>> {
    let mut statement = connection.prepare_cached(
        "SELECT * FROM fact WHERE id NOT IN (SELECT fact FROM taken_back)
         ORDER BY number DESC, id DESC",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let fact = row::fact(row)?;
        if fact.event.can_be_taken_back() {
            return Ok(Some(fact));
        }
    }
    Ok(None)
}

fn number_of(connection: &rusqlite::Connection, id: FactId) -> Result<Option<u64>> {
    let mut statement = connection.prepare_cached("SELECT number FROM fact WHERE id = :id")?;
    let mut rows = statement.query(named_params! { ":id": id.0.as_bytes() })?;
    Ok(rows.next()?.map(|row| row.get("number")).transpose()?)
}
