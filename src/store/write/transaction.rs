//! A change: the facts that one command adds, in one transaction, and then what they add up to.

use std::collections::BTreeSet;
use std::path::Path;

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, named_params};
use uuid::Uuid;

use crate::journal::entry::fact::Subject;
use crate::journal::lesson::Shipped;
use crate::journal::{Day, Entry, Event, Fact, FactId, Now};
use crate::store::facts::row;
use crate::store::file::{open, schema};
use crate::store::read::entries;
use crate::store::tables::project;
use crate::store::write::servings;
use crate::store::{Damage, Result, Store, StoreError};

/// A change in the making.
pub(crate) struct Transaction<'a> {
    pub(crate) transaction: rusqlite::Transaction<'a>,
    pub(crate) now: Now,
    pub(crate) shipped: Shipped,
    device: Vec<u8>,
    number: u64,
    first: Option<FactId>,
    touched: BTreeSet<Subject>,
}

impl Store {
    /// Makes a change: all the facts that `body` records, or none of them.
    pub(crate) fn change<T>(
        &mut self,
        now: Now,
        body: impl FnOnce(&mut Transaction<'_>) -> Result<T>,
    ) -> Result<T> {
        self.read(open::check)?;
        let mut committing = None;
        let made =
            make(&mut self.connection, (&self.path, self.shipped, now), body, &mut committing);
        match (made, committing) {
            (Ok(value), _) => Ok(value),
            (Err(error), None) => Err(error.at(&self.path)),
            // A commit that reports an error may have been made all the same: only the file knows.
            (Err(error), Some((fact, value))) => {
                if self.has_after_reopening(fact) {
                    Ok(value)
                } else {
                    Err(error.at(&self.path))
                }
            }
        }
    }

    /// Whether the file holds this fact, seen through a new connection.
    fn has_after_reopening(&mut self, fact: FactId) -> bool {
        let Ok(nowhere) = Connection::open_in_memory() else { return false };
        // The old connection is closed before the file is opened anew.
        drop(std::mem::replace(&mut self.connection, nowhere));
        let Ok(Some(connection)) = open::connect(&self.path) else { return false };
        self.connection = connection;
        self.connection
            .query_row(
                "SELECT 1 FROM fact WHERE id = :id",
                named_params! { ":id": fact.0.as_bytes() },
                |_| Ok(()),
            )
            .is_ok()
    }
}

fn make<T>(
    connection: &mut Connection,
    (path, shipped, now): (&Path, Shipped, Now),
    body: impl FnOnce(&mut Transaction<'_>) -> Result<T>,
    committing: &mut Option<(FactId, T)>,
) -> Result<T> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // A newer dwell may have given the file another form while a person was being asked.
    let version: u32 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if version != schema::VERSION {
        return Err(open::newer(path, version));
    }
    let device: Option<Vec<u8>> = transaction
        .query_row("SELECT value FROM setting WHERE name = 'device'", [], |row| row.get(0))
        .optional()?;
    let number: Option<u64> =
        transaction.query_row("SELECT max(number) FROM fact", [], |row| row.get(0))?;
    let mut change = Transaction {
        transaction,
        now,
        shipped,
        device: device.ok_or_else(|| StoreError::column("device"))?,
        number: number.unwrap_or_default(),
        first: None,
        touched: BTreeSet::new(),
    };
    let value = body(&mut change)?;
    let Transaction { transaction, first, touched, .. } = change;
    let Some(first) = first else {
        transaction.commit()?;
        return Ok(value);
    };
    project::project(&transaction, &touched)?;
    match transaction.commit() {
        Ok(()) => Ok(value),
        Err(error) => {
            *committing = Some((first, value));
            Err(error.into())
        }
    }
}

impl Transaction<'_> {
    /// Records that something happened now.
    pub(crate) fn record(&mut self, parents: Vec<FactId>, event: Event) -> Result<FactId> {
        let id = self.new_id();
        self.number += 1;
        let change = *self.first.get_or_insert(id);
        self.touched.insert(event.subject());
        let fact = Fact { id, number: self.number, change, parents, at: self.now.at, event };
        row::add(&self.transaction, &fact, &self.device)?;
        Ok(id)
    }

    /// Makes the tables say what was recorded so far, for a decision later in the same change.
    pub(crate) fn project_so_far(&mut self) -> Result<()> {
        project::project(&self.transaction, &std::mem::take(&mut self.touched))
    }

    /// The facts on a subject so far, those of this change included.
    pub(crate) fn in_force(&self, subject: &Subject) -> Result<Vec<Fact>> {
        row::in_force(&self.transaction, subject)
    }

    /// The entry of a day as this change leaves it; whoever made the change need not read it again.
    pub(crate) fn entry(&mut self, day: Day) -> Result<Entry> {
        self.project_so_far()?;
        entries::entry(&self.transaction, day)?.ok_or(StoreError::Damaged(Damage::NoEntry(day)))
    }

    /// Which day is today.
    pub(crate) fn today(&self) -> Result<Day> {
        servings::today(&self.transaction, self.now.day)
    }

    /// Errors if a day that is to be written about has not come yet.
    pub(crate) fn require_come(&self, day: Day) -> Result<()> {
        match self.today()? {
            today if day > today => Err(StoreError::NotYet { day, today }),
            _ => Ok(()),
        }
    }

    fn new_id(&self) -> FactId {
        let millis = u64::try_from(self.now.at.timestamp_millis()).unwrap_or_default();
        let nanos = self.now.at.timestamp_subsec_millis() * 1_000_000;
        let time = uuid::Timestamp::from_unix(uuid::NoContext, millis / 1000, nanos);
        FactId(Uuid::new_v7(time))
    }
}
