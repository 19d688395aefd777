//! A batch: very many lessons that come into the journal as one change, by many short transactions,
//! so that other processes read and write meanwhile.
//!
//! The lessons come first, a chunk of them a transaction; at the end one short transaction records
//! the facts, and only then are the lessons to be seen. Until then no series names them. The
//! setting `batch` has the number of the first row of `lesson` that may be of the batch: what a
//! killed batch left behind is found from there on, and the next batch clears it.
//!
//! While the caller reads and folds, another thread writes.

mod chunk;
mod leftover;
mod writer;

use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use crate::journal::entry::fact::Subject;
use crate::journal::lesson::LessonText;
use crate::journal::lesson::state::{SeriesState, changes_lessons};
use crate::journal::{Event, LessonId, Now, Slug, Source};
use crate::store::facts::source::source_json;
use crate::store::file::journal::Journal;
use crate::store::file::lock::FileLock;
use crate::store::file::{check, head, pages};
use crate::store::write::transaction::Transaction;
use crate::store::{Privacy, Progress, Reason, Result, Store, StoreError, Unusable};
use chunk::Chunk;

/// One transaction has at most this many lessons, and about this many bytes of text.
const MOST_LESSONS: usize = 15_000;
const MOST_BYTES: usize = 16 << 20;

/// One fact names at most this many lessons.
const MOST_IN_FACT: usize = 10_000;

/// Lessons that are coming into the journal. Dropped without [`Batch::finish`], it leaves nothing.
#[derive(Debug)]
pub struct Batch<'a> {
    store: &'a mut Store,
    now: Now,
    /// A transaction has at most this many lessons.
    most: usize,
    /// The lessons of the next transaction.
    chunk: Chunk,
    writer: Option<Writer>,
    /// The last source and its JSON: most lessons have the one of the lesson before.
    source: (Source, String),
    _lock: FileLock,
}

/// A lesson of a batch.
#[derive(Debug, Clone, Copy)]
pub struct BatchLesson<'a> {
    pub series: &'a Slug,
    /// Its place in the series, counted from 1.
    pub number: u32,
    /// The number of lessons that the series will have.
    pub series_length: u32,
    pub text: &'a LessonText,
    pub source: &'a Source,
}

/// A series as a batch leaves it: a new one, or one with other lessons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchSeries {
    pub slug: Slug,
    pub title: String,
    pub source: Source,
    /// What stands before the lessons.
    pub introduction: Option<String>,
    /// All its lessons, each once, in order: those of the batch, and those that the journal had.
    pub lessons: Vec<LessonId>,
}

/// The thread that writes. It has the connection until it ends.
#[derive(Debug)]
struct Writer {
    chunks: SyncSender<Chunk>,
    thread: JoinHandle<(Journal, Result<()>)>,
}

impl Store {
    /// Begins a batch. What a killed one left is cleared first; `progress` is told of that. Errors
    /// with [`ImportRuns`](crate::store::StoreError::ImportRuns) if another process has a batch.
    pub fn begin_batch(
        &mut self,
        now: Now,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Batch<'_>> {
        if self.privacy == Privacy::OfAnother {
            return Err(head::unusable(&self.path, Unusable::OfAnother));
        }
        let lock = self.take_import_lock()?;
        self.read(check::check)?;
        self.back_up_before(now, Reason::BeforeImport);
        pages::keep_in_memory(&self.connection)?;
        self.clear_batch(progress)?;
        let source = (Source::default(), source_json(&Source::default()).to_string());
        let (chunk, most) = (Chunk::default(), MOST_LESSONS);
        Ok(Batch { store: self, now, most, chunk, writer: None, source, _lock: lock })
    }

    /// [`Store::begin_batch`] with at most `most` lessons in one transaction.
    #[cfg(test)]
    pub(crate) fn begin_small_batch(&mut self, now: Now, most: usize) -> Result<Batch<'_>> {
        let mut batch = self.begin_batch(now, &mut |_| {})?;
        batch.most = most;
        Ok(batch)
    }

    fn take_import_lock(&self) -> Result<FileLock> {
        let cannot = |error| head::unusable(&self.path, Unusable::NotCreated(error));
        FileLock::take(&self.path, "-import").map_err(cannot)?.ok_or(StoreError::ImportRuns)
    }

    fn clear_batch(&mut self, progress: &mut dyn FnMut(Progress)) -> Result<()> {
        leftover::clear(&mut self.connection, progress).map_err(|error| error.at(&self.path))
    }
}

impl Batch<'_> {
    /// Adds a lesson, unless the journal has it. Returns its id. Lessons of one series come best in
    /// their order.
    pub fn add_lesson(&mut self, lesson: BatchLesson<'_>) -> Result<LessonId> {
        if self.source.0 != *lesson.source {
            self.source = (lesson.source.clone(), source_json(lesson.source).to_string());
        }
        let place = (lesson.number, lesson.series_length);
        let id = self.chunk.add(lesson.series, place, lesson.text, &self.source.1);
        if self.chunk.len() >= self.most || self.chunk.size() >= MOST_BYTES {
            self.hand_over()?;
        }
        Ok(id)
    }

    /// Puts the series on the shelf, as one change that one `undo` undoes. From now on the lessons
    /// are to be seen.
    pub fn finish(mut self, series: Vec<BatchSeries>) -> Result<()> {
        self.take_back()?;
        let chunk = std::mem::take(&mut self.chunk);
        self.store.change_at_once(self.now, |transaction| {
            transaction.install_shipped()?;
            if !chunk.is_empty() {
                let known = writer::known_lessons(&transaction.connection)?;
                writer::add(&transaction.connection, &chunk, &known)?;
            }
            series.into_iter().try_for_each(|series| transaction.add_batch_series(series))?;
            transaction.project_so_far()?;
            leftover::forget(&transaction.connection)
        })
    }

    /// Waits until all lessons so far are written, as far as they are handed over.
    #[cfg(test)]
    pub(crate) fn wait(&mut self) -> Result<()> {
        self.take_back()
    }

    /// Hands the chunk to the thread that writes. Waits until it has written the one before.
    fn hand_over(&mut self) -> Result<()> {
        let writer = match &self.writer {
            Some(writer) => writer,
            None => self.writer.insert(start(self.store)?),
        };
        if writer.chunks.send(std::mem::take(&mut self.chunk)).is_err() {
            // The thread has ended, and says why.
            self.take_back()?;
        }
        Ok(())
    }

    /// Waits until all chunks are written, and takes the connection back.
    fn take_back(&mut self) -> Result<()> {
        let Some(Writer { chunks, thread }) = self.writer.take() else { return Ok(()) };
        drop(chunks);
        let (connection, written) = match thread.join() {
            Ok(ended) => ended,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        self.store.connection = connection;
        written.map_err(|error| error.at(&self.store.path))
    }
}

impl Drop for Batch<'_> {
    fn drop(&mut self) {
        // What cannot be cleared now stays out of sight, and the next batch clears it.
        let _ = self.take_back();
        let _ = self.store.clear_batch(&mut |_| {});
        let _ = pages::as_usual(&self.store.connection);
    }
}

/// Starts the thread that writes.
fn start(store: &mut Store) -> Result<Writer> {
    let nowhere = Journal::nowhere()?;
    let connection = std::mem::replace(&mut store.connection, nowhere);
    let path = store.path.clone();
    let (chunks, received) = sync_channel(0);
    let thread = thread::spawn(move || writer::run(connection, &path, &received));
    Ok(Writer { chunks, thread })
}

impl Transaction<'_> {
    /// Records what is new of a series.
    fn add_batch_series(&mut self, series: BatchSeries) -> Result<()> {
        let BatchSeries { slug, title, source, introduction, lessons } = series;
        let facts = self.in_force(&Subject::Series(slug.clone()))?;
        let before = SeriesState::from_facts(&facts).filter(|before| {
            before.title == title
                && before.source == source
                && before.introduction == introduction
                && lessons.starts_with(&before.lessons)
        });
        let known = before.as_ref().map(|before| before.lessons.len());
        let mut rest = lessons.into_iter().skip(known.unwrap_or_default()).peekable();
        if known.is_none() {
            let replaced = facts.iter().filter(|fact| changes_lessons(&fact.event));
            let replaced = replaced.map(|fact| fact.id).collect();
            let (slug, lessons) = (slug.clone(), rest.by_ref().take(MOST_IN_FACT).collect());
            let shipped = false;
            let event = Event::SeriesAdded { slug, title, source, introduction, lessons, shipped };
            self.record(replaced, event)?;
        }
        while rest.peek().is_some() {
            let (slug, lessons) = (slug.clone(), rest.by_ref().take(MOST_IN_FACT).collect());
            self.record(Vec::new(), Event::LessonsAdded { slug, lessons })?;
        }
        Ok(())
    }
}
