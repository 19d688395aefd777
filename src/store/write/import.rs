//! Importing the facts of another journal, or the records of another program. A batch is one
//! transaction: it is visible only when it is complete.

use std::collections::{BTreeSet, HashSet};

use rusqlite::{Connection, Row, named_params};

use crate::journal::entry::fact::Subject;
use crate::journal::entry::record::Record;
use crate::journal::entry::reflection::Afterthought;
use crate::journal::{Day, Event, FactId, Now, Step, entry};
use crate::store::facts::encoding::FORGOT;
use crate::store::facts::lesson::{self, StoredLesson};
use crate::store::facts::row::{self, StoredFact, ids};
use crate::store::file::pages;
use crate::store::read::origins;
use crate::store::tables::search_index;
use crate::store::write::transaction::Transaction;
use crate::store::{Reason, Result, Store};

/// A lesson or a fact of another journal.
#[derive(Debug, Clone, PartialEq)]
pub enum JournalItem {
    Lesson(StoredLesson),
    Fact(Box<StoredFact>),
}

/// The result of a merge with another journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MergeReport {
    /// The number of facts that were added.
    pub facts: usize,
    /// The number of lessons that were added.
    pub lessons: usize,
    /// The number of facts that this journal had before.
    pub known: usize,
    /// The number of facts that were forgotten here before, and were not added.
    pub forgotten: usize,
}

/// The result of an import of records.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImportReport {
    /// The days to which words were added, in order.
    pub days: BTreeSet<Day>,
    /// The number of records that were added.
    pub added: usize,
    /// The number of records that had been imported before.
    pub known: usize,
}

impl Store {
    /// Adds the facts and the lessons of another journal. No fact or lesson of this journal is
    /// changed, known ones are not added again, and forgotten facts stay forgotten. The facts keep
    /// their device and their change, so `undo` here does not undo them.
    ///
    /// The items are added in the order of `items`. Errors with the first error among them, and
    /// then adds nothing.
    pub fn merge(
        &mut self,
        now: Now,
        items: impl Iterator<Item = Result<JournalItem>>,
    ) -> Result<MergeReport> {
        self.back_up_before(now, Reason::BeforeImport);
        self.change_at_once(now, |transaction| {
            let forgotten = forgotten(&transaction.connection)?;
            let mut report = MergeReport::default();
            for item in items {
                match item? {
                    JournalItem::Lesson(lesson) => {
                        report.lessons += usize::from(transaction.merge_lesson(&lesson)?);
                    }
                    JournalItem::Fact(fact) => {
                        transaction.merge_fact(&fact, &forgotten, &mut report)?;
                    }
                }
            }
            Ok(report)
        })
    }

    /// The report that [`Store::merge`] would return for these items. Only reads. Errors with the
    /// first error among them.
    pub fn would_merge(
        &self,
        items: impl Iterator<Item = Result<JournalItem>>,
    ) -> Result<MergeReport> {
        self.read(|connection| count(connection, items))
    }

    /// Adds records to their days, below the words that are there. The batch is one change, which
    /// one `undo` undoes. A record that was imported before is not added again, even if its words
    /// were changed or deleted here later; it is if the import was undone.
    pub fn import(
        &mut self,
        now: Now,
        records: impl Iterator<Item = Record>,
    ) -> Result<ImportReport> {
        self.back_up_before(now, Reason::BeforeImport);
        pages::keep_in_memory(&self.connection)?;
        let imported = self.change_at_once(now, |transaction| {
            search_index::expect_many(&transaction.connection)?;
            let mut known = origins::of_facts(&transaction.connection)?;
            let mut report = ImportReport::default();
            for record in records {
                if known.insert(record.origin.to_string()) {
                    transaction.import_record(&record)?;
                    report.days.insert(record.day);
                    report.added += 1;
                } else {
                    report.known += 1;
                }
            }
            transaction.project_so_far()?;
            search_index::expect_few(&transaction.connection)?;
            Ok(report)
        });
        pages::as_usual(&self.connection)?;
        imported
    }
}

impl Transaction<'_> {
    /// Adds a lesson, unless this journal has it. Returns whether it was added.
    fn merge_lesson(&mut self, lesson: &StoredLesson) -> Result<bool> {
        let last = search_index::last_lesson(&self.connection)?;
        if !lesson::add(&self.connection, lesson)? {
            return Ok(false);
        }
        search_index::add_lessons(&self.connection, last)?;
        // The series may have been merged before the text of its lesson.
        self.touch(Subject::Series(lesson.series.clone()));
        Ok(true)
    }

    fn merge_fact(
        &mut self,
        fact: &StoredFact,
        forgotten: &HashSet<FactId>,
        report: &mut MergeReport,
    ) -> Result<()> {
        // A merge erases nothing, even if another device forgot what this journal still has.
        if row::exists(&self.connection, fact.fact.id)? {
            report.known += 1;
        } else if forgotten.contains(&fact.fact.id) {
            report.forgotten += 1;
        } else {
            self.add(fact)?;
            // That it was undone may have been merged before it.
            self.touch(Subject::Change(fact.fact.change));
            report.facts += 1;
        }
        Ok(())
    }

    fn import_record(&mut self, record: &Record) -> Result<()> {
        let (day, at) = (record.day, record.at);
        let facts = self.in_force(&Subject::Day(day))?;
        let of_day = entry::from_facts(&facts);
        let text = record.text_with_tags();
        let before = of_day.as_ref().and_then(|state| state.reflection.as_ref());
        let text = match before {
            Some(before) => entry::reflection::below(&before.text, &text),
            None => text,
        };
        let origin = || Some(record.origin.clone());
        if !record.text.is_empty() || !record.tags.is_empty() {
            let wrote = Event::Wrote { day, text, on: day };
            self.record_at(at, origin(), entry::text_heads(&facts), wrote)?;
        }
        if let Some(Step { text, when, state, closed_on, outcome }) = record.step.clone() {
            let before = of_day.as_ref().and_then(|state| state.step.as_ref());
            let is_there = before.is_some_and(|step| step.text == text && !step.state.is_closed());
            let stepped = if is_there {
                entry::step_heads(&facts)
            } else {
                // Without a parent, so that it stands beside a step that the day has.
                let stepped = Event::Stepped { day, text, when };
                vec![self.record_at(at, origin(), Vec::new(), stepped)?]
            };
            if state.is_closed() {
                let answered =
                    Event::Answered { day, state, on: closed_on.unwrap_or(day), outcome };
                self.record_at(at, origin(), stepped, answered)?;
            }
        }
        for Afterthought { text, written_at } in record.afterthoughts.clone() {
            let added = Event::AddedAfterthought { day, text };
            self.record_at(written_at, origin(), Vec::new(), added)?;
        }
        Ok(())
    }
}

/// The report of a merge of these items.
fn count(
    connection: &Connection,
    items: impl Iterator<Item = Result<JournalItem>>,
) -> Result<MergeReport> {
    let forgotten = forgotten(connection)?;
    let mut report = MergeReport::default();
    for item in items {
        match item? {
            JournalItem::Lesson(lesson) => {
                report.lessons += usize::from(!lesson::exists(connection, lesson.id)?);
            }
            JournalItem::Fact(fact) if row::exists(connection, fact.fact.id)? => report.known += 1,
            JournalItem::Fact(fact) if forgotten.contains(&fact.fact.id) => report.forgotten += 1,
            JournalItem::Fact(_) => report.facts += 1,
        }
    }
    Ok(report)
}

/// The ids of the facts that were forgotten here.
fn forgotten(connection: &Connection) -> Result<HashSet<FactId>> {
    let mut statement = connection.prepare("SELECT parents FROM fact WHERE kind = :forgot")?;
    let parents = |row: &Row<'_>| Ok(ids(&row.get::<_, Vec<u8>>("parents")?));
    let forgotten = statement.query_and_then(named_params! { ":forgot": FORGOT }, parents)?;
    Ok(forgotten.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect())
}
