//! Series: adding them to the shelf, pausing them, and their order.

use rusqlite::{Connection, OptionalExtension, named_params};

use crate::journal::entry::fact::Subject;
use crate::journal::lesson::state::SeriesState;
use crate::journal::{Event, Fact, Now, Series, Slug};
use crate::store::facts::lesson::tags_json;
use crate::store::facts::source::source_json;
use crate::store::read::series;
use crate::store::tables::search_index;
use crate::store::write::transaction::Transaction;
use crate::store::{Result, Store};

/// The result of adding a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddResult {
    /// It was not on the shelf.
    New,
    /// It was on the shelf with other lessons, another title, source or tags.
    Replaced,
    /// It was on the shelf without any difference.
    Same,
}

impl Store {
    /// Adds a series to the shelf, or replaces its lessons.
    pub fn add_series(&mut self, now: Now, series: &Series) -> Result<AddResult> {
        self.change(now, |transaction| {
            transaction.install_shipped()?;
            let facts = transaction.in_force(&Subject::Series(series.slug.clone()))?;
            let before = SeriesState::from_facts(&facts);
            let same = before.as_ref().is_some_and(|before| {
                before.title == series.title
                    && before.source == series.source
                    && before.lessons == series.lesson_ids()
            });
            if same && has_tags(&transaction.connection, series)? {
                return Ok(AddResult::Same);
            }
            transaction.add_series(series, false)?;
            Ok(if before.is_some() { AddResult::Replaced } else { AddResult::New })
        })
    }

    /// Pauses a series. Returns false if it is not on the shelf, or was paused already.
    pub fn pause_series(&mut self, now: Now, slug: &Slug) -> Result<bool> {
        let event = Event::Paused { slug: slug.clone() };
        self.change_series(now, slug, event, |state| !state.paused)
    }

    /// Resumes a paused series. Returns false if it is not on the shelf, or was not paused.
    pub fn resume_series(&mut self, now: Now, slug: &Slug) -> Result<bool> {
        let event = Event::Resumed { slug: slug.clone() };
        self.change_series(now, slug, event, |state| state.paused)
    }

    /// Puts a series in front of all others. Returns false if it is not on the shelf.
    pub fn put_series_next(&mut self, now: Now, slug: &Slug) -> Result<bool> {
        let event = Event::PutNext { slug: slug.clone() };
        self.change_series(now, slug, event, |_| true)
    }

    fn change_series(
        &mut self,
        now: Now,
        slug: &Slug,
        event: Event,
        changes: impl FnOnce(&SeriesState) -> bool,
    ) -> Result<bool> {
        self.change(now, |transaction| {
            let facts = transaction.in_force(&Subject::Series(slug.clone()))?;
            let changes = SeriesState::from_facts(&facts).is_some_and(|state| changes(&state));
            if changes {
                transaction.record(Vec::new(), event)?;
            }
            Ok(changes)
        })
    }

    /// Adds the shipped series that were never on the shelf of this journal.
    pub fn install_shipped(&mut self, now: Now) -> Result<()> {
        if self.read(|connection| series::is_installed(connection, self.shipped))? {
            return Ok(());
        }
        self.change(now, |transaction| {
            transaction.install_shipped()?;
            Ok(())
        })
    }
}

impl Transaction<'_> {
    /// Adds the shipped series that were never on the shelf of this journal. Those that came with
    /// an earlier release and of which the person has met no lesson get their new lessons.
    pub(crate) fn install_shipped(&mut self) -> Result<()> {
        if series::is_installed(&self.connection, self.shipped)? {
            return Ok(());
        }
        for series in (self.shipped.series)() {
            let facts = self.in_force(&Subject::Series(series.slug.clone()))?;
            let replaces = has_older_edition(&facts, &series)
                && !series::is_in_use(&self.connection, &series.slug)?;
            if facts.is_empty() || replaces {
                self.add_series(&series, true)?;
            }
        }
        self.mark_installed()
    }

    /// Remembers that the shipped series of this release are installed.
    pub(crate) fn mark_installed(&mut self) -> Result<()> {
        self.connection.execute(
            "INSERT INTO setting (name, value) VALUES ('library', :value)
             ON CONFLICT (name) DO UPDATE SET value = :value",
            named_params! { ":value": (self.shipped.edition)().as_slice() },
        )?;
        Ok(())
    }

    pub(crate) fn add_series(&mut self, series: &Series, shipped: bool) -> Result<()> {
        let source = source_json(&series.source).to_string();
        let ids = series.lesson_ids();
        let last = search_index::last_lesson(&self.connection)?;
        {
            let mut put = self.connection.prepare_cached(include_str!("put_lesson.sql"))?;
            for ((id, lesson), number) in ids.iter().zip(&series.lessons).zip(1..) {
                put.execute(named_params! {
                    ":id": id.0.as_bytes(),
                    ":series": series.slug.as_str(),
                    ":number": number,
                    ":series_length": series.lessons.len(),
                    ":title": lesson.title,
                    ":story": lesson.story,
                    ":takeaway": lesson.takeaway,
                    ":question": lesson.question,
                    ":tags": tags_json(&lesson.tags),
                    ":source": source,
                })?;
            }
        }
        search_index::add_lessons(&self.connection, last)?;
        let event = Event::SeriesAdded {
            slug: series.slug.clone(),
            title: series.title.clone(),
            source: series.source.clone(),
            lessons: ids,
            shipped,
        };
        self.record(Vec::new(), event)?;
        Ok(())
    }
}

/// Whether the lessons of a series have the same tags in the journal. Tags are not part of a
/// lesson's id.
fn has_tags(connection: &Connection, series: &Series) -> Result<bool> {
    let mut statement = connection.prepare_cached("SELECT tags FROM lesson WHERE id = :id")?;
    for (id, lesson) in series.lesson_ids().iter().zip(&series.lessons) {
        let wanted = tags_json(&lesson.tags);
        let tags: Option<String> = statement
            .query_row(named_params! { ":id": id.0.as_bytes() }, |row| row.get(0))
            .optional()?;
        if tags != Some(wanted) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether the series came with an earlier release, and with other lessons. A series that the
/// person added under the same name is theirs.
fn has_older_edition(facts: &[Fact], series: &Series) -> bool {
    let latest = facts.iter().rev().find_map(|fact| match &fact.event {
        Event::SeriesAdded { lessons, shipped, .. } => Some((lessons, *shipped)),
        _ => None,
    });
    latest.is_some_and(|(lessons, shipped)| shipped && *lessons != series.lesson_ids())
}
