//! Reading entries: one day, a selection, the earlier ones on the same lesson.

use rusqlite::{Connection, named_params};

use crate::journal::search::query::Query;
use crate::journal::{Day, Entry, LessonId};
use crate::store::read::filter::Filter;
use crate::store::tables::rows;
use crate::store::{Result, Store, StoreError};

/// So many entries are read at a time, so that no lock is held while they are shown.
const BATCH: usize = 256;

impl Store {
    /// The entry of a day; `None` if there is none.
    pub fn entry(&self, day: Day) -> Result<Option<Entry>> {
        self.read(|connection| entry(connection, day))
    }

    /// Hands each entry of a selection to `show`, in order, and stops where that fails. Returns
    /// how many there were.
    pub fn each_entry<E: From<StoreError>>(
        &self,
        query: &Query,
        mut show: impl FnMut(&Entry) -> std::result::Result<(), E>,
    ) -> std::result::Result<usize, E> {
        let limit = query.limit.unwrap_or(usize::MAX);
        let mut shown = 0;
        let mut last = None;
        while shown < limit {
            let batch = self.batch(query, last)?;
            let is_last = batch.len() < BATCH;
            last = batch.last().map(|entry| entry.day);
            for entry in batch.iter().filter(|entry| query.accepts_tags(entry)).take(limit - shown)
            {
                show(entry)?;
                shown += 1;
            }
            if is_last {
                break;
            }
        }
        Ok(shown)
    }

    /// The next entries of a selection after the last one read.
    fn batch(&self, query: &Query, after: Option<Day>) -> Result<Vec<Entry>> {
        let mut filter = Filter::of_entries(query);
        let order = if query.oldest_first { "ASC" } else { "DESC" };
        if let Some(day) = after {
            let condition =
                if query.oldest_first { "entry.day > :after" } else { "entry.day < :after" };
            filter.add(condition, ":after", day.to_string());
        }
        let (select, conditions) = (rows::SELECT_ENTRY, filter.sql());
        let sql = format!("{select} WHERE {conditions} ORDER BY entry.day {order} LIMIT {BATCH}");
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&sql)?;
            let parameters: Vec<_> = filter.parameters().collect();
            statement.query_and_then(parameters.as_slice(), rows::entry)?.collect()
        })
    }

    /// The entries with words on a lesson from before a day, newest first.
    pub fn earlier(&self, lesson: LessonId, before: Day) -> Result<Vec<Entry>> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "{} WHERE entry.lesson = :lesson AND entry.day < :before
                      AND (entry.text IS NOT NULL OR entry.step IS NOT NULL)
                 ORDER BY entry.day DESC",
                rows::SELECT_ENTRY
            ))?;
            let mut found = statement.query(named_params! {
                ":lesson": lesson.0.as_bytes(),
                ":before": before.to_string(),
            })?;
            let mut entries = Vec::new();
            while let Some(row) = found.next()? {
                entries.push(rows::entry(row)?);
            }
            Ok(entries)
        })
    }

    /// How many days have a reflection.
    pub fn days_written(&self) -> Result<u32> {
        self.read(|connection| {
            Ok(connection.query_row(
                "SELECT count(*) FROM entry WHERE text IS NOT NULL",
                [],
                |row| row.get(0),
            )?)
        })
    }
}

pub(crate) fn entry(connection: &Connection, day: Day) -> Result<Option<Entry>> {
    let mut statement =
        connection.prepare_cached(&format!("{} WHERE entry.day = :day", rows::SELECT_ENTRY))?;
    let mut found = statement.query(named_params! { ":day": day.to_string() })?;
    found.next()?.map(rows::entry).transpose()
}
