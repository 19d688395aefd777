//! Lessons: the person's own, edited ones, loved ones, and when a lesson comes again.

use std::collections::HashSet;

use crate::journal::entry::fact::Subject;
use crate::journal::lesson::edition::SeriesLesson;
use crate::journal::lesson::state::SeriesState;
use crate::journal::lesson::{Labels, LessonText};
use crate::journal::{Day, Event, LessonId, Now, Series, Slug, Source};
use crate::store::read::lessons;
use crate::store::tables::{edition, search_index};
use crate::store::write::reflections::Repeat;
use crate::store::write::transaction::Transaction;
use crate::store::{Result, Store};

/// The result of editing a lesson.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditResult {
    /// It is this lesson now.
    Edited(LessonId),
    /// It has these words and labels already.
    Unchanged,
    /// Another lesson of the series, on the shelf, has these words.
    SameAs(LessonId),
    /// It is not on the shelf.
    NotOnShelf,
}

impl Store {
    /// Adds the lessons of this series behind those that the series has on the shelf; adds the
    /// series if it is not there. Returns the ids of the lessons that the series did not have.
    pub fn add_lessons(&mut self, now: Now, series: &Series) -> Result<Vec<LessonId>> {
        self.change(now, |transaction| {
            transaction.install_shipped()?;
            transaction.add_lessons(series)
        })
    }

    /// Gives a lesson on the shelf, or the one that took its place, other words and labels. Entries
    /// go on showing the words that were served.
    pub fn edit_lesson(
        &mut self,
        now: Now,
        lesson: LessonId,
        text: &LessonText,
        source: &Source,
    ) -> Result<EditResult> {
        self.change(now, |transaction| transaction.edit_lesson(lesson, text, source))
    }

    /// Marks a lesson as loved, or as no longer loved.
    pub fn love(&mut self, now: Now, lesson: LessonId, loved: bool) -> Result<()> {
        self.change(now, |transaction| {
            transaction.record(Vec::new(), Event::Loved { lesson, loved })?;
            Ok(())
        })
    }

    /// Asks for all lessons of a series that are not retired to come again from the day `due`.
    /// Returns their number.
    pub fn ask_series_back(&mut self, now: Now, series: &Slug, due: Day) -> Result<usize> {
        self.change(now, |transaction| {
            let not_retired = "WHERE series = :series AND retired = 0";
            let lessons = lessons::ids(&transaction.connection, not_retired, series)?;
            for lesson in &lessons {
                transaction.record(Vec::new(), Event::AskedBack { lesson: *lesson, due })?;
            }
            Ok(lessons.len())
        })
    }

    /// Asks for a lesson to come again, or retires it.
    pub fn ask_back(&mut self, now: Now, lesson: LessonId, repeat: Repeat) -> Result<()> {
        self.change(now, |transaction| {
            transaction.record(Vec::new(), repeat.event(lesson))?;
            Ok(())
        })
    }
}

impl Transaction<'_> {
    /// Adds the lessons of this series behind those on the shelf, as [`Store::add_lessons`].
    pub(crate) fn add_lessons(&mut self, series: &Series) -> Result<Vec<LessonId>> {
        let slug = &series.slug;
        let facts = self.in_force(&Subject::Series(slug.clone()))?;
        let state = SeriesState::from_facts(&facts);
        let there = state.as_ref().map(|state| state.lessons.clone()).unwrap_or_default();
        let mut seen: HashSet<LessonId> = there.iter().copied().collect();
        let of = u32::try_from(there.len() + series.lessons.len()).unwrap_or(u32::MAX);
        let number = u32::try_from(there.len()).unwrap_or(u32::MAX);
        let last = search_index::last_lesson(&self.connection)?;
        let mut added = Vec::new();
        let ids = series.lesson_ids();
        for (&id, text) in ids.iter().zip(&series.lessons) {
            if seen.insert(id) {
                let place = number + u32::try_from(added.len() + 1).unwrap_or(u32::MAX);
                self.add_text(slug, (id, text), series.source_of(id), (place, of))?;
                added.push(id);
            }
        }
        if added.is_empty() {
            return Ok(added);
        }
        search_index::add_lessons(&self.connection, last)?;
        if state.is_none() {
            let empty = Series { lessons: Vec::new(), ..series.clone() };
            self.record_series(&empty, Vec::new(), false, &facts)?;
        }
        let lessons = added.clone();
        self.record(Vec::new(), Event::LessonsAdded { slug: slug.clone(), lessons })?;
        self.put_labels(series, &ids, &added)?;
        Ok(added)
    }

    fn edit_lesson(
        &mut self,
        lesson: LessonId,
        text: &LessonText,
        source: &Source,
    ) -> Result<EditResult> {
        let before = edition::on_shelf(&self.connection, lesson)?;
        let Some((slug, shelf)) = self.shelf_of(before)? else { return Ok(EditResult::NotOnShelf) };
        let wanted = Labels { tags: text.tags.clone(), source: source.clone() };
        let id = LessonId::of(&slug, text);
        if id != before && shelf.iter().any(|other| other.id == id) {
            return Ok(EditResult::SameAs(id));
        }
        let last = search_index::last_lesson(&self.connection)?;
        let place = shelf.iter().position(|other| other.id == before).unwrap_or_default() + 1;
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        self.add_text(&slug, (id, text), source, (number(place), number(shelf.len())))?;
        search_index::add_lessons(&self.connection, last)?;
        let labels = lessons::labels(&self.connection, id)?;
        if id == before && labels.as_ref().is_some_and(|labels| labels.present == wanted) {
            return Ok(EditResult::Unchanged);
        }
        let in_row = labels.is_some_and(|labels| labels.of_row == wanted);
        self.record_edition(&slug, id, before, (!in_row).then_some(wanted))?;
        Ok(EditResult::Edited(id))
    }

    /// The series that has a lesson, with all its lessons; `None` if the lesson is not on the shelf.
    fn shelf_of(&self, lesson: LessonId) -> Result<Option<(Slug, Vec<SeriesLesson>)>> {
        let Some(slug) = lessons::series_of(&self.connection, lesson)? else { return Ok(None) };
        let shelf = lessons::of_series(&self.connection, &slug)?;
        let is_there = shelf.iter().any(|other| other.id == lesson);
        Ok(is_there.then_some((slug, shelf)))
    }
}
