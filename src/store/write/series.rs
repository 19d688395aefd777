//! Series: putting them on the shelf, and their order.

use rusqlite::{Connection, OptionalExtension, named_params};

use crate::journal::entry::fact::Subject;
use crate::journal::lesson::state::SeriesState;
use crate::journal::{Event, Now, Series, Slug};
use crate::store::facts::lesson::{self, tags_json};
use crate::store::facts::source::source_json;
use crate::store::read::series;
use crate::store::tables::search_index;
use crate::store::write::transaction::Transaction;
use crate::store::{Result, Store};

/// What came of adding a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It was not there.
    New,
    /// It was there with other lessons or another title.
    Replaced,
    /// It was there just so.
    Same,
}

impl Store {
    /// Puts a series on the shelf, or its lessons in the place of those it had.
    pub fn add_series(&mut self, now: Now, series: &Series) -> Result<Added> {
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
                return Ok(Added::Same);
            }
            transaction.add_series(series, false)?;
            Ok(if before.is_some() { Added::Replaced } else { Added::New })
        })
    }

    /// Sets a series aside. False if it was already.
    pub fn pause_series(&mut self, now: Now, slug: &Slug) -> Result<bool> {
        let event = Event::Paused { slug: slug.clone() };
        self.change_series(now, slug, event, |state| !state.paused)
    }

    /// Takes a series up again. False if it was not set aside.
    pub fn resume_series(&mut self, now: Now, slug: &Slug) -> Result<bool> {
        let event = Event::Resumed { slug: slug.clone() };
        self.change_series(now, slug, event, |state| state.paused)
    }

    /// Puts a series in front of the others.
    pub fn put_series_next(&mut self, now: Now, slug: &Slug) -> Result<bool> {
        let event = Event::PutNext { slug: slug.clone() };
        self.change_series(now, slug, event, |_| true)
    }

    fn change_series(
        &mut self,
        now: Now,
        slug: &Slug,
        event: Event,
        wanted: impl FnOnce(&SeriesState) -> bool,
    ) -> Result<bool> {
        self.change(now, |transaction| {
            let facts = transaction.in_force(&Subject::Series(slug.clone()))?;
            let wanted = SeriesState::from_facts(&facts).is_some_and(|state| wanted(&state));
            if wanted {
                transaction.record(Vec::new(), event)?;
            }
            Ok(wanted)
        })
    }

    /// Puts the shipped series that this journal has not met on the shelf.
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
    /// Puts the shipped series that this journal has not met on the shelf.
    pub(crate) fn install_shipped(&mut self) -> Result<()> {
        if series::is_installed(&self.connection, self.shipped)? {
            return Ok(());
        }
        for series in (self.shipped.series)() {
            if self.in_force(&Subject::Series(series.slug.clone()))?.is_empty() {
                self.add_series(&series, true)?;
            }
        }
        self.mark_installed()
    }

    /// Remembers that the shipped series of this release were looked through.
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
        let mut new = Vec::new();
        {
            let mut put = self.connection.prepare_cached(include_str!("put_lesson.sql"))?;
            for ((id, lesson), number) in ids.iter().zip(&series.lessons).zip(1..) {
                if !lesson::exists(&self.connection, *id)? {
                    new.push((*id, lesson));
                }
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
        search_index::add_lessons(&self.connection, new)?;
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

/// Whether the lessons of a series have the tags that they have in the journal. Tags are labels:
/// other ones make no other lesson.
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
