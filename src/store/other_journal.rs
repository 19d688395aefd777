//! Another journal file, such as a conflicted copy or a journal of another machine, whose facts and
//! lessons come into this one.
//!
//! It is opened only to read, on a connection of its own, and brought to the present form in a
//! private copy where that is needed. What is damaged of it is left out and named.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::path::Path;

use rusqlite::{Connection, Row, ffi, named_params};

use crate::platform;
use crate::seal::Key;
use crate::store::doctor::Finding;
use crate::store::doctor::opening::{self, Opened};
use crate::store::doctor::{facts, lessons, sealed};
use crate::store::facts::{lesson, row};
use crate::store::file::head;
use crate::store::read::BATCH;
use crate::store::{JournalItem, Progress, Refusal, Result, StoreError};

/// A journal file that is open to be read.
#[derive(Debug)]
pub struct OtherJournal {
    opened: Opened,
    /// What was left out so far.
    left_out: RefCell<Vec<Finding>>,
}

/// Whether a file is one of SQLite, by its first bytes and not by its name.
pub fn is_sqlite(path: &Path) -> bool {
    head::application(path).is_some()
}

impl OtherJournal {
    /// Opens a journal file. `scratch` is a folder of dwell in which a copy can be made. Errors if
    /// the file is not a journal or cannot be read.
    pub fn open(
        path: &Path,
        scratch: &Path,
        progress: &mut dyn FnMut(Progress),
    ) -> std::result::Result<Self, Finding> {
        let mut found = Vec::new();
        match opening::open(path, scratch, &mut found, progress) {
            Some(opened) => Ok(Self { opened, left_out: RefCell::default() }),
            None => Err(found.pop().unwrap_or(Finding::NoJournal)),
        }
    }

    /// Opens a sealed journal file in memory. Errors if the key does not open it, or if it is not a
    /// journal.
    pub fn open_sealed(path: &Path, key: &Key) -> Result<Self> {
        let opened = sealed::open_backup(path, key, &mut Vec::new())?;
        Ok(Self { opened, left_out: RefCell::default() })
    }

    /// Its lessons and its facts, in the order in which they came into it.
    pub fn items(&self) -> impl Iterator<Item = Result<JournalItem>> {
        let connection = &self.opened.connection;
        let lessons = Rows::new(connection, LESSONS, |row| {
            let lesson = lesson::stored(row);
            match lesson {
                Ok(lesson) if lesson.is_whole() => Ok(JournalItem::Lesson(lesson)),
                _ => Err(lessons::damaged(row, row.get("place").unwrap_or_default())),
            }
        });
        let facts = Rows::new(connection, FACTS, |row| match row::stored(row) {
            Ok(stored) => Ok(JournalItem::Fact(Box::new(stored))),
            Err(error) => Err(facts::damaged(row, row.get("place").unwrap_or_default(), &error)),
        });
        let unless_damaged = |item| match item {
            Ok(Ok(item)) => Some(Ok(item)),
            Ok(Err(damaged)) => {
                self.left_out.borrow_mut().push(damaged);
                None
            }
            Err(error) => Some(Err(error)),
        };
        lessons.chain(facts).filter_map(unless_damaged)
    }

    /// What [`OtherJournal::items`] left out because it is damaged.
    pub fn into_left_out(self) -> Vec<Finding> {
        self.left_out.into_inner()
    }
}

/// Whether two paths are of one file.
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    let identity = |path| std::fs::metadata(path).ok().as_ref().and_then(platform::identity);
    identity(one).is_some() && identity(one) == identity(other)
}

/// A table, and the condition on its rows.
type Table = (&'static str, &'static str);

const LESSONS: Table = ("lesson", lesson::IS_WHOLE);
const FACTS: Table = ("fact", "true");

/// The rows of a table, in batches. Where rows cannot be read, those behind them are read from the
/// end of the table.
struct Rows<'a> {
    connection: &'a Connection,
    table: Table,
    read: ReadRow,
    batch: VecDeque<(i64, std::result::Result<JournalItem, Finding>)>,
    /// What is left lies between these two rows.
    after: i64,
    before: i64,
    /// Rows were met that cannot be read.
    from_the_end: bool,
    is_over: bool,
}

type ReadRow = fn(&Row<'_>) -> std::result::Result<JournalItem, Finding>;

impl<'a> Rows<'a> {
    fn new(connection: &'a Connection, table: Table, read: ReadRow) -> Self {
        Self {
            connection,
            table,
            read,
            batch: VecDeque::new(),
            after: 0,
            before: i64::MAX,
            from_the_end: false,
            is_over: false,
        }
    }

    /// Reads the next rows. An empty batch is the end.
    fn fill(&mut self) -> rusqlite::Result<()> {
        let (table, condition) = self.table;
        let order = if self.from_the_end { "DESC" } else { "ASC" };
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT rowid AS place, * FROM {table} NOT INDEXED
             WHERE rowid > :after AND rowid < :before AND {condition}
             ORDER BY rowid {order} LIMIT :batch"
        ))?;
        let parameters =
            named_params! { ":after": self.after, ":before": self.before, ":batch": BATCH };
        let mut rows = statement.query(parameters)?;
        while let Some(row) = rows.next()? {
            let place: i64 = row.get("place")?;
            if place <= self.after || place >= self.before {
                // A page that is damaged may lead back.
                let corrupt = ffi::Error::new(ffi::SQLITE_CORRUPT);
                let error = rusqlite::Error::SqliteFailure(corrupt, None);
                return if self.batch.is_empty() { Err(error) } else { Ok(()) };
            }
            self.batch.push_back((place, (self.read)(row)));
            if self.from_the_end {
                self.before = place;
            } else {
                self.after = place;
            }
        }
        Ok(())
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<std::result::Result<JournalItem, Finding>>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.batch.is_empty() && !self.is_over {
            // A read that fails may succeed the next time.
            let mut filled = self.fill();
            if filled.is_err() && self.batch.is_empty() {
                filled = self.fill();
            }
            match filled {
                Ok(()) => self.is_over = self.batch.is_empty(),
                Err(error) => {
                    let error = StoreError::from(error);
                    let is_damage = matches!(
                        &error,
                        StoreError::Refused { why: Refusal::Unreadable | Refusal::PartMissing, .. }
                    );
                    if !is_damage {
                        self.is_over = true;
                        return Some(Err(error));
                    }
                    if self.from_the_end {
                        self.is_over = true;
                    } else {
                        self.from_the_end = true;
                        let (table, row) = (self.table.0, self.after);
                        self.batch.push_back((row, Err(Finding::Unreadable { table, row })));
                    }
                }
            }
        }
        self.batch.pop_front().map(|(_, item)| Ok(item))
    }
}
