//! A transaction: the facts that one command adds, and then what they add up to.

use std::collections::BTreeSet;
use std::path::Path;

use rusqlite::{Connection, OptionalExtension, named_params};
use uuid::Uuid;

use crate::clock;
use crate::journal::entry::fact::{DeviceId, Origin, Subject};
use crate::journal::lesson::Shipped;
use crate::journal::{Day, Entry, Event, Fact, FactId, Moment, Now};
use crate::store::facts::row::{self, StoredFact};
use crate::store::file::{check, commit, form, head, open};
use crate::store::read::{entries, servings};
use crate::store::tables::device_memory::{self, Memory};
use crate::store::tables::{self, project};
use crate::store::{Damage, Result, Store, StoreError};

/// A change in the making.
pub(crate) struct Transaction<'a> {
    pub(crate) connection: rusqlite::Transaction<'a>,
    pub(crate) now: Now,
    pub(crate) shipped: Shipped,
    device: DeviceId,
    /// The clock of the newest fact.
    clock: u64,
    /// The first fact recorded here, which all facts of the change name.
    change: Option<FactId>,
    /// A fact by which the file shows whether the change was made.
    witness: Option<FactId>,
    touched: BTreeSet<Subject>,
}

/// How a transaction ended.
enum Ended<T> {
    Committed(T),
    /// The commit reported an error and may have been made all the same: only the file knows.
    Unsure {
        witness: Option<FactId>,
        value: T,
        cause: StoreError,
    },
}

impl Store {
    /// Makes a change: all the facts that `body` records, or none of them.
    pub(crate) fn change<T>(
        &mut self,
        now: Now,
        body: impl FnOnce(&mut Transaction<'_>) -> Result<T>,
    ) -> Result<T> {
        self.read(check::check)?;
        match run(&mut self.connection, &self.path, self.shipped, now, body) {
            Ok(Ended::Committed(value)) => Ok(value),
            Ok(Ended::Unsure { witness: Some(fact), value, .. })
                if self.has_after_reopening(fact) =>
            {
                Ok(value)
            }
            Ok(Ended::Unsure { cause, .. }) => Err(cause.at(&self.path)),
            Err(error) => Err(error.at(&self.path)),
        }
    }

    /// Whether the file holds this fact, seen through a new connection.
    fn has_after_reopening(&mut self, fact: FactId) -> bool {
        let Ok(nowhere) = Connection::open_in_memory() else { return false };
        // The old connection is closed before the file is opened anew.
        drop(std::mem::replace(&mut self.connection, nowhere));
        let Ok(Some(connection)) = open::connect(&self.path) else { return false };
        self.connection = connection;
        row::exists(&self.connection, fact).unwrap_or(false)
    }
}

fn run<T>(
    connection: &mut Connection,
    path: &Path,
    shipped: Shipped,
    now: Now,
    body: impl FnOnce(&mut Transaction<'_>) -> Result<T>,
) -> Result<Ended<T>> {
    let connection = commit::begin(connection)?;
    // A newer dwell may have given the file another form while a person was being asked.
    let version = form::version_of(&connection)?;
    if version != tables::CURRENT {
        return Err(head::newer(path, version));
    }
    let clock: Option<u64> =
        connection.query_row("SELECT max(clock) FROM fact", [], |row| row.get(0))?;
    let mut transaction = Transaction {
        device: device(&connection, now.at)?,
        connection,
        now,
        shipped,
        clock: clock.unwrap_or_default(),
        change: None,
        witness: None,
        touched: BTreeSet::new(),
    };
    let value = body(&mut transaction)?;
    transaction.project_so_far()?;
    let Transaction { connection, witness, .. } = transaction;
    Ok(match commit::commit(connection) {
        Ok(()) => Ended::Committed(value),
        Err(cause) => Ended::Unsure { witness, value, cause },
    })
}

/// The name of this journal file, which is made at its first change.
fn device(connection: &Connection, at: Moment) -> Result<DeviceId> {
    if let Some(device) = known_device(connection)? {
        return Ok(device);
    }
    let device = clock::time_id(at);
    connection.execute(
        "INSERT INTO setting (name, value) VALUES ('device', :device)",
        named_params! { ":device": device.as_bytes() },
    )?;
    Ok(DeviceId(device))
}

/// The name of this journal file; `None` before its first change.
fn known_device(connection: &Connection) -> Result<Option<DeviceId>> {
    let device: Option<Vec<u8>> = connection
        .query_row("SELECT value FROM setting WHERE name = 'device'", [], |row| row.get(0))
        .optional()?;
    let Some(device) = device else { return Ok(None) };
    let device = Uuid::from_slice(&device).map_err(|_| StoreError::column("device"))?;
    Ok(Some(DeviceId(device)))
}

impl Transaction<'_> {
    /// Records that something happened now.
    pub(crate) fn record(&mut self, parents: Vec<FactId>, event: Event) -> Result<FactId> {
        self.record_at(self.now.at, None, parents, event)
    }

    /// Records that something happened at an instant, and where an import took it from.
    pub(crate) fn record_at(
        &mut self,
        at: Moment,
        origin: Option<Origin>,
        parents: Vec<FactId>,
        event: Event,
    ) -> Result<FactId> {
        let id = FactId(clock::time_id(self.now.at));
        self.clock += 1;
        let change = *self.change.get_or_insert(id);
        let (clock, device) = (self.clock, self.device);
        self.add(&StoredFact::of(Fact { id, clock, change, device, parents, at, origin, event }))?;
        Ok(id)
    }

    /// Adds a fact that was recorded elsewhere, as it stands.
    pub(crate) fn add(&mut self, stored: &StoredFact) -> Result<()> {
        self.witness.get_or_insert(stored.fact.id);
        self.clock = self.clock.max(stored.fact.clock);
        self.touch(stored.fact.event.subject());
        row::add(&self.connection, stored)
    }

    /// Has the rows of a subject made anew before the change ends.
    pub(crate) fn touch(&mut self, subject: Subject) {
        self.touched.insert(subject);
    }

    /// Has this file remember what its screens did with a day's entry today.
    pub(crate) fn remember(&mut self, memory: Memory, day: Day, on: Day) -> Result<()> {
        device_memory::remember(&self.connection, memory, day, on)
    }

    /// Makes the tables say what was recorded so far, for a decision later in the same change.
    pub(crate) fn project_so_far(&mut self) -> Result<()> {
        project::project(&self.connection, &std::mem::take(&mut self.touched))
    }

    /// The facts on a subject so far that were not undone, those of this change included.
    pub(crate) fn in_force(&self, subject: &Subject) -> Result<Vec<Fact>> {
        row::in_force(&self.connection, subject)
    }

    /// The entry of a day as this change leaves it; whoever made the change need not read it again.
    pub(crate) fn entry(&mut self, day: Day) -> Result<Entry> {
        self.project_so_far()?;
        entries::entry(&self.connection, day)?.ok_or(StoreError::Damaged(Damage::NoEntry(day)))
    }

    /// Which day is today.
    pub(crate) fn today(&self) -> Result<Day> {
        servings::today(&self.connection, self.now.day)
    }

    /// Errors if a day that is to be written about has not come yet.
    pub(crate) fn require_come(&self, day: Day) -> Result<()> {
        match self.today()? {
            today if day > today => Err(StoreError::NotYet { day, today }),
            _ => Ok(()),
        }
    }

    /// The file in which this change is made.
    pub(crate) fn device(&self) -> DeviceId {
        self.device
    }
}
