//! Series: adding them to the shelf, bringing them to a newer edition, pausing them, their order.

use std::collections::HashSet;

use rusqlite::named_params;

use crate::journal::entry::fact::Subject;
use crate::journal::lesson::edition::{Edition, EditionReport, EditionRule, edition};
use crate::journal::lesson::state::{SeriesState, changes_lessons};
use crate::journal::lesson::{Labels, LessonText};
use crate::journal::{Event, Fact, FactId, LessonId, Now, Series, Slug, Source};
use crate::store::facts::lesson::{StoredLesson, add};
use crate::store::facts::source::source_json;
use crate::store::read::{lessons, series};
use crate::store::tables::search_index;
use crate::store::write::transaction::Transaction;
use crate::store::{Result, Store};

/// The result of adding a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddReport {
    pub result: AddResult,
    /// What was done to its lessons.
    pub lessons: EditionReport,
}

/// Whether a series was on the shelf before it was added.
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
    /// Adds a series to the shelf, or brings it to this edition, by [`EditionRule::Whole`].
    pub fn add_series(&mut self, now: Now, series: &Series) -> Result<AddReport> {
        self.add_edition(now, series, EditionRule::Whole)
    }

    /// Adds a series to the shelf, or brings it to this edition.
    pub fn add_edition(
        &mut self,
        now: Now,
        series: &Series,
        rule: EditionRule,
    ) -> Result<AddReport> {
        self.change(now, |transaction| {
            transaction.install_shipped()?;
            transaction.add_edition(series, rule)
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
        self.change_at_once(now, |transaction| {
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
        let last = search_index::last_lesson(&self.connection)?;
        let mut added = Vec::new();
        for series in (self.shipped.series)() {
            let facts = self.in_force(&Subject::Series(series.slug.clone()))?;
            let ids = series.lesson_ids();
            let replaces = has_older_edition(&facts, &ids)
                && !series::is_in_use(&self.connection, &series.slug)?;
            if facts.is_empty() || replaces {
                let is_all_new = self.add_texts(&series, &ids)?;
                added.push((series, ids, facts, is_all_new));
            }
        }
        search_index::add_lessons(&self.connection, last)?;
        for (series, ids, facts, is_all_new) in added {
            // A lesson that was just added has the labels of its series.
            if !is_all_new {
                // The labels first: a series whose lessons the person changed last is theirs.
                self.put_labels(&series, &ids, &ids)?;
            }
            self.record_series(&series, ids, true, &facts)?;
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

    /// Adds a series of the person to the shelf, or brings it to this edition.
    pub(crate) fn add_edition(&mut self, series: &Series, rule: EditionRule) -> Result<AddReport> {
        let subject = Subject::Series(series.slug.clone());
        let facts = self.in_force(&subject)?;
        let before = SeriesState::from_facts(&facts);
        self.project_so_far()?;
        let shelf = lessons::of_series(&self.connection, &series.slug)?;
        let Edition { lessons, edited, report } = edition(&shelf, series, rule);
        let last = search_index::last_lesson(&self.connection)?;
        let ids = series.lesson_ids();
        self.add_texts(series, &ids)?;
        search_index::add_lessons(&self.connection, last)?;
        let is_same = before.as_ref().is_some_and(|before| {
            before.title == series.title
                && before.source == series.source
                && before.introduction == series.introduction
                && before.lessons == lessons
        });
        if !is_same {
            self.record_series(series, lessons.clone(), false, &facts)?;
        }
        for (lesson, before) in &edited {
            self.record_edition(&series.slug, *lesson, *before, None)?;
        }
        let labels_changed = self.put_labels(series, &ids, &lessons)?;
        let result = match before {
            None => AddResult::New,
            Some(_) if is_same && !labels_changed => AddResult::Same,
            Some(_) => AddResult::Replaced,
        };
        Ok(AddReport { result, lessons: report })
    }

    /// Records that a series has these lessons now. `facts` are those in force on it.
    pub(crate) fn record_series(
        &mut self,
        series: &Series,
        lessons: Vec<LessonId>,
        shipped: bool,
        facts: &[Fact],
    ) -> Result<FactId> {
        // The additions and edits that this one knows and takes the place of.
        let replaced = facts.iter().filter(|fact| changes_lessons(&fact.event));
        let event = Event::SeriesAdded {
            slug: series.slug.clone(),
            title: series.title.clone(),
            source: series.source.clone(),
            introduction: series.introduction.clone(),
            lessons,
            shipped,
        };
        self.record(replaced.map(|fact| fact.id).collect(), event)
    }

    /// Records that a lesson took the place of another one, or has other labels.
    pub(crate) fn record_edition(
        &mut self,
        slug: &Slug,
        lesson: LessonId,
        before: LessonId,
        labels: Option<Labels>,
    ) -> Result<()> {
        self.record(
            Vec::new(),
            Event::LessonEdited { slug: slug.clone(), lesson, before, labels },
        )?;
        Ok(())
    }

    /// Adds the texts of the lessons of a series that the journal does not have. `ids` are
    /// [`Series::lesson_ids`]. Returns whether it had none.
    fn add_texts(&mut self, series: &Series, ids: &[LessonId]) -> Result<bool> {
        let of = u32::try_from(series.lessons.len()).unwrap_or(u32::MAX);
        let mut had_none = true;
        for ((id, text), number) in ids.iter().zip(&series.lessons).zip(1..) {
            let source = series.source_of(*id);
            had_none &= self.add_text(&series.slug, (*id, text), source, (number, of))?;
        }
        Ok(had_none)
    }

    /// Adds the text of a lesson, unless the journal has it. The place is its number and the number
    /// of lessons. Returns whether it was added.
    pub(crate) fn add_text(
        &mut self,
        series: &Slug,
        (id, text): (LessonId, &LessonText),
        source: &Source,
        (number, series_length): (u32, u32),
    ) -> Result<bool> {
        let lesson = StoredLesson {
            id,
            series: series.clone(),
            number,
            series_length,
            text: text.clone(),
            source: source_json(source),
        };
        add(&self.connection, &lesson)
    }

    /// Gives lessons on the shelf the labels that they have in this series, where they have others.
    /// Returns whether any had. Those that it does not have, or has with other words, stay. `ids`
    /// are [`Series::lesson_ids`].
    pub(crate) fn put_labels(
        &mut self,
        series: &Series,
        ids: &[LessonId],
        on_shelf: &[LessonId],
    ) -> Result<bool> {
        self.project_so_far()?;
        let on_shelf: HashSet<LessonId> = on_shelf.iter().copied().collect();
        let mut has_changed = false;
        for (&id, text) in ids.iter().zip(&series.lessons) {
            let wanted = Labels { tags: text.tags.clone(), source: series.source_of(id).clone() };
            let Some(labels) = lessons::labels(&self.connection, id)? else { continue };
            if on_shelf.contains(&id) && labels.present != wanted {
                let in_row = labels.of_row == wanted;
                self.record_edition(&series.slug, id, id, (!in_row).then_some(wanted))?;
                has_changed = true;
            }
        }
        Ok(has_changed)
    }
}

/// Whether the series came with an earlier release, and with other lessons. A series that the
/// person added under the same name is theirs, and so is one to whose lessons they did something.
fn has_older_edition(facts: &[Fact], ids: &[LessonId]) -> bool {
    let latest = facts.iter().rev().find(|fact| changes_lessons(&fact.event));
    latest.is_some_and(|fact| match &fact.event {
        Event::SeriesAdded { lessons, shipped, .. } => *shipped && *lessons != ids,
        _ => false,
    })
}
