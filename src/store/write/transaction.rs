//! A transaction: the facts that one command adds, and then the tables that are derived from them.

use std::collections::BTreeSet;
use std::path::Path;

use rusqlite::{Connection, named_params};
use uuid::Uuid;

use crate::clock;
use crate::journal::entry::fact::{DeviceId, Origin, Subject};
use crate::journal::lesson::ShippedSeries;
use crate::journal::{Day, Entry, Event, Fact, FactId, Moment, Now};
use crate::store::facts::row::{self, StoredFact};
use crate::store::file::commit::Change;
use crate::store::file::journal::Journal;
use crate::store::file::{check, commit, form, head, unfinished};
use crate::store::read::{entries, servings, undo};
use crate::store::tables::device_memory::{self, Memory};
use crate::store::tables::{self, project, search_index};
use crate::store::{Damage, Privacy, Result, Store, StoreError, Unusable};

/// A change that is not committed yet.
pub(crate) struct Transaction<'a> {
    pub(crate) connection: Change<'a>,
    pub(crate) now: Now,
    pub(crate) shipped: ShippedSeries,
    device: DeviceId,
    /// The clock of the newest fact.
    clock: u64,
    /// The first fact of the change, which names the change.
    change: Option<FactId>,
    /// A fact whose presence in the file shows that the change was committed.
    witness: Option<FactId>,
    touched: BTreeSet<Subject>,
    /// The days whose entries may have changed.
    days: BTreeSet<Day>,
    /// The days whose rows were compared with their facts before the first change of this one.
    compared: BTreeSet<Day>,
    /// A row was not what its facts add up to, so the search index may have other words for it.
    is_index_in_doubt: bool,
}

/// How a transaction ended.
enum End<T> {
    Committed(T),
    /// The commit reported an error, and may be durable or not: only reading the file again shows
    /// it.
    Unsure {
        witness: Option<FactId>,
        value: T,
        cause: StoreError,
    },
}

impl Store {
    /// Makes a change: commits all facts that `body` records, or none of them. Errors with the
    /// error of `body`, and if a page of the file is damaged or the file is another person's.
    ///
    /// Before the first such change of a day a backup is made. If that fails, it is noted, and
    /// stops nothing.
    pub(crate) fn change<T>(
        &mut self,
        now: Now,
        body: impl FnOnce(&mut Transaction<'_>) -> Result<T>,
    ) -> Result<T> {
        self.change_after_backup(true, now, body)
    }

    /// The same for a change before which no backup is made: the caller made one, what it adds dwell could
    /// make again, or the backup would keep what it erases.
    pub(crate) fn change_at_once<T>(
        &mut self,
        now: Now,
        body: impl FnOnce(&mut Transaction<'_>) -> Result<T>,
    ) -> Result<T> {
        self.change_after_backup(false, now, body)
    }

    fn change_after_backup<T>(
        &mut self,
        is_backed_up: bool,
        now: Now,
        body: impl FnOnce(&mut Transaction<'_>) -> Result<T>,
    ) -> Result<T> {
        if self.privacy == Privacy::OfAnother {
            return Err(head::unusable(&self.path, Unusable::OfAnother));
        }
        if is_backed_up {
            self.back_up_and_check(now)?;
        } else {
            self.read(check::check)?;
        }
        unfinished::remove_leftovers(&self.path);
        let (end, days) = run(&mut self.connection, &self.path, self.shipped, now, body)
            .map_err(|error| error.at(&self.path))?;
        let value = match end {
            End::Committed(value) => value,
            End::Unsure { witness: Some(fact), value, .. } if self.has_after_reopening(fact) => {
                value
            }
            End::Unsure { cause, .. } => return Err(cause.at(&self.path)),
        };
        self.changed.add(days);
        Ok(value)
    }

    /// The id of this journal, which moves with its file; `None` before its first change.
    pub fn id(&self) -> Result<Option<Uuid>> {
        Ok(self.read(undo::known_device)?.map(|device| device.0))
    }

    /// Whether the file holds this fact, read through a new connection.
    fn has_after_reopening(&mut self, fact: FactId) -> bool {
        self.connection.open_again(&self.path).is_ok()
            && row::exists(&self.connection, fact).unwrap_or(false)
    }
}

fn run<T>(
    journal: &mut Journal,
    path: &Path,
    shipped: ShippedSeries,
    now: Now,
    body: impl FnOnce(&mut Transaction<'_>) -> Result<T>,
) -> Result<(End<T>, BTreeSet<Day>)> {
    let connection = commit::begin(journal)?;
    // A newer dwell may have upgraded the file while the person was asked something.
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
        days: BTreeSet::new(),
        compared: BTreeSet::new(),
        is_index_in_doubt: false,
    };
    let value = body(&mut transaction)?;
    transaction.project_so_far()?;
    let Transaction { connection, witness, days, .. } = transaction;
    let end = match commit::commit(connection) {
        Ok(()) => End::Committed(value),
        Err(cause) => End::Unsure { witness, value, cause },
    };
    Ok((end, days))
}

/// The id of this journal file. It is made at the file's first change.
fn device(connection: &Connection, at: Moment) -> Result<DeviceId> {
    if let Some(device) = undo::known_device(connection)? {
        return Ok(device);
    }
    let device = clock::time_id(at);
    connection.execute(
        "INSERT INTO setting (name, value) VALUES ('device', :device)",
        named_params! { ":device": device.as_bytes() },
    )?;
    Ok(DeviceId(device))
}

impl Transaction<'_> {
    /// Records that something happened now.
    pub(crate) fn record(&mut self, parents: Vec<FactId>, event: Event) -> Result<FactId> {
        self.record_at(self.now.at, None, parents, event)
    }

    /// Records that something happened at an instant; `origin` says where it was imported from.
    pub(crate) fn record_at(
        &mut self,
        at: Moment,
        origin: Option<Origin>,
        parents: Vec<FactId>,
        event: Event,
    ) -> Result<FactId> {
        if let Subject::Day(day) = event.subject()
            && self.compared.insert(day)
        {
            self.is_index_in_doubt |= !project::is_row_intact(&self.connection, day)?;
        }
        let id = FactId(clock::time_id(self.now.at));
        // An imported fact may have the greatest clock there is. Then the ids, which sort by time,
        // order what comes after it.
        self.clock = (self.clock + 1).min(row::GREATEST_CLOCK);
        let change = *self.change.get_or_insert(id);
        let (clock, device) = (self.clock, self.device);
        self.add(&StoredFact::of(Fact { id, clock, change, device, parents, at, origin, event }))?;
        Ok(id)
    }

    /// Leaves out the comparison of a day's row with its facts, in a change after which the search
    /// index is made again in any case.
    pub(crate) fn leave_row_uncompared(&mut self, day: Day) {
        self.compared.insert(day);
    }

    /// Adds a fact that another journal recorded, unchanged.
    pub(crate) fn add(&mut self, stored: &StoredFact) -> Result<()> {
        self.witness.get_or_insert(stored.fact.id);
        self.clock = self.clock.max(stored.fact.clock);
        self.touch(stored.fact.event.subject());
        row::add(&self.connection, stored)
    }

    /// Updates the rows of a subject before the change ends.
    pub(crate) fn touch(&mut self, subject: Subject) {
        self.touched.insert(subject);
    }

    /// Remembers in this file what a screen did with the entry of `day` on the day `on`.
    pub(crate) fn remember(&mut self, memory: Memory, day: Day, on: Day) -> Result<()> {
        device_memory::remember(&self.connection, memory, day, on)
    }

    /// Updates the tables with the facts recorded so far, for a decision later in the same change.
    pub(crate) fn project_so_far(&mut self) -> Result<()> {
        let touched = std::mem::take(&mut self.touched);
        self.days.extend(project::project(&self.connection, &touched)?);
        if std::mem::take(&mut self.is_index_in_doubt) {
            search_index::rebuild(&self.connection)?;
        }
        Ok(())
    }

    /// The facts on a subject that were not undone, including those of this change.
    pub(crate) fn in_force(&self, subject: &Subject) -> Result<Vec<Fact>> {
        row::in_force(&self.connection, subject)
    }

    /// The entry of a day as this change leaves it. Errors with [`Damage::NoEntry`] if there is
    /// none.
    pub(crate) fn entry(&mut self, day: Day) -> Result<Entry> {
        self.project_so_far()?;
        entries::entry(&self.connection, day)?.ok_or(StoreError::damaged(Damage::NoEntry(day)))
    }

    /// Which day is today.
    pub(crate) fn today(&self) -> Result<Day> {
        Ok(servings::today(&self.connection, self.now)?.day)
    }

    /// Errors with [`StoreError::NotYet`] if a day is after today.
    pub(crate) fn require_not_after_today(&self, day: Day) -> Result<()> {
        match self.today()? {
            today if day > today => Err(StoreError::NotYet { day, today }),
            _ => Ok(()),
        }
    }
}
