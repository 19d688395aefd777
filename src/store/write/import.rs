//! Taking in what was kept elsewhere: another journal's facts, or another program's records. A batch
//! is one transaction: it is seen when it is whole, and not before.

use std::collections::{BTreeSet, HashSet};

use rusqlite::{Connection, named_params};

use crate::journal::entry::fact::Subject;
use crate::journal::entry::record::Record;
use crate::journal::{Day, Event, FactId, Now, entry};
use crate::store::facts::encoding::FORGOT;
use crate::store::facts::lesson::{self, StoredLesson};
use crate::store::facts::row::{self, StoredFact, ids};
use crate::store::tables::search_index;
use crate::store::write::transaction::Transaction;
use crate::store::{Result, Store};

/// One thing of another journal.
#[derive(Debug, Clone, PartialEq)]
pub enum Stored {
    Lesson(StoredLesson),
    Fact(Box<StoredFact>),
}

/// What came of taking in another journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MergeReport {
    /// The facts that are new here, and the lessons.
    pub facts: usize,
    pub lessons: usize,
    /// The facts that were here.
    pub known: usize,
    /// The facts that were erased here for good, and stay so.
    pub forgotten: usize,
}

/// What came of taking in records.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImportReport {
    /// The days that got words, in order.
    pub days: BTreeSet<Day>,
    /// The records that are new here.
    pub added: usize,
    /// The records that were taken in before.
    pub known: usize,
}

impl Store {
    /// Adds the facts and the lessons of another journal to those that are here. Nothing that is
    /// here is changed, what is known is passed over, and what was forgotten here stays forgotten.
    /// The facts keep their device and their change, so an undo here does not take them back.
    ///
    /// `items` come in the order in which they are to be added; an error among them ends the batch,
    /// and nothing of it is taken in.
    pub fn merge(
        &mut self,
        now: Now,
        items: impl Iterator<Item = Result<Stored>>,
    ) -> Result<MergeReport> {
        self.change(now, |transaction| {
            let forgotten = forgotten(&transaction.connection)?;
            let mut report = MergeReport::default();
            for item in items {
                match item? {
                    Stored::Lesson(lesson) => {
                        report.lessons += usize::from(transaction.take_lesson(&lesson)?);
                    }
                    Stored::Fact(fact) => transaction.take_fact(&fact, &forgotten, &mut report)?,
                }
            }
            Ok(report)
        })
    }

    /// What [`Store::merge`] would do with these. Nothing is changed.
    pub fn would_merge(&self, items: impl Iterator<Item = Result<Stored>>) -> Result<MergeReport> {
        self.read(|connection| count(connection, items))
    }

    /// Adds records to the days that they are about, below what is written there. The whole batch is
    /// one change, which one undo takes back. A record that was taken in before is passed over, also
    /// if it was changed or deleted here since.
    pub fn import(
        &mut self,
        now: Now,
        records: impl Iterator<Item = Record>,
    ) -> Result<ImportReport> {
        self.change(now, |transaction| {
            let mut known = origins(&transaction.connection)?;
            let mut report = ImportReport::default();
            for record in records {
                if known.insert(record.origin.to_string()) {
                    transaction.take_record(&record)?;
                    report.days.insert(record.day);
                    report.added += 1;
                } else {
                    report.known += 1;
                }
            }
            Ok(report)
        })
    }
}

impl Transaction<'_> {
    /// Adds a lesson unless it is here. False if it is.
    fn take_lesson(&mut self, lesson: &StoredLesson) -> Result<bool> {
        if !lesson::add(&self.connection, lesson)? {
            return Ok(false);
        }
        search_index::add_lessons(&self.connection, [(lesson.id, &lesson.text)])?;
        // A series that is here may have waited for it.
        self.touch(Subject::Series(lesson.series.clone()));
        Ok(true)
    }

    fn take_fact(
        &mut self,
        fact: &StoredFact,
        forgotten: &HashSet<FactId>,
        report: &mut MergeReport,
    ) -> Result<()> {
        // Another device may have forgotten what is still here: an import erases nothing.
        if row::exists(&self.connection, fact.fact.id)? {
            report.known += 1;
        } else if forgotten.contains(&fact.fact.id) {
            report.forgotten += 1;
        } else {
            self.add(fact)?;
            report.facts += 1;
        }
        Ok(())
    }

    fn take_record(&mut self, record: &Record) -> Result<()> {
        let (day, at) = (record.day, record.at);
        let facts = self.in_force(&Subject::Day(day))?;
        let state = entry::from_facts(&facts);
        let text = record.text_with_tags();
        let before = state.as_ref().and_then(|state| state.reflection.as_ref());
        let text = match before {
            Some(before) => entry::reflection::below(&before.text, &text),
            None => text,
        };
        let origin = Some(record.origin.clone());
        let wrote = Event::Wrote { day, text, on: day };
        self.record_at(at, origin.clone(), entry::text_heads(&facts), wrote)?;
        if let Some(step) = &record.step {
            let stepped = Event::Stepped { day, text: step.clone() };
            self.record_at(at, origin, entry::step_heads(&facts), stepped)?;
        }
        Ok(())
    }
}

/// What a merge of these would do.
fn count(
    connection: &Connection,
    items: impl Iterator<Item = Result<Stored>>,
) -> Result<MergeReport> {
    let forgotten = forgotten(connection)?;
    let mut report = MergeReport::default();
    for item in items {
        match item? {
            Stored::Lesson(lesson) => {
                report.lessons += usize::from(!lesson::exists(connection, lesson.id)?);
            }
            Stored::Fact(fact) if row::exists(connection, fact.fact.id)? => report.known += 1,
            Stored::Fact(fact) if forgotten.contains(&fact.fact.id) => report.forgotten += 1,
            Stored::Fact(_) => report.facts += 1,
        }
    }
    Ok(report)
}

/// The facts that were erased here for good.
fn forgotten(connection: &Connection) -> Result<HashSet<FactId>> {
    let mut statement = connection.prepare("SELECT parents FROM fact WHERE kind = :forgot")?;
    let mut found = statement.query(named_params! { ":forgot": FORGOT })?;
    let mut forgotten = HashSet::new();
    while let Some(row) = found.next()? {
        let parents: Vec<u8> = row.get("parents")?;
        forgotten.extend(ids(&parents));
    }
    Ok(forgotten)
}

/// Where all that was imported came from.
fn origins(connection: &Connection) -> Result<HashSet<String>> {
    let mut statement =
        connection.prepare("SELECT DISTINCT origin FROM fact WHERE origin IS NOT NULL")?;
    let origins = statement.query_map([], |row| row.get(0))?;
    Ok(origins.collect::<rusqlite::Result<_>>()?)
}
