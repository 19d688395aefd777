//! Whether lessons have the place, the tags and the source that they were added with.
//!
//! No hash covers these. But the fact of a series that was added once, and not changed since, has its
//! lessons in order, and the program has the tags and the sources of the lessons that came with it.

use std::collections::HashMap;

use rusqlite::Connection;
use serde_json::Value;

use crate::journal::lesson::ShippedSeries;
use crate::journal::{Event, LessonId, Slug};
use crate::store::Result;
use crate::store::facts::lesson::StoredLesson;
use crate::store::facts::row;
use crate::store::facts::source::source_json;
use crate::store::read::series::is_installed;

/// What is known of lessons beside their rows.
#[derive(Debug, Default)]
pub(crate) struct Places {
    /// The lessons of each series that one fact alone speaks of.
    lessons: HashMap<Slug, Vec<LessonId>>,
    /// The tags and the sources of those that came with this program.
    labels: HashMap<LessonId, (Vec<String>, Value)>,
}

impl Places {
    /// Reads what is known. Facts that are damaged are left out, with their series.
    pub(crate) fn new(connection: &Connection, shipped: ShippedSeries) -> Result<Self> {
        let mut places = Self::default();
        // Also those that a later fact took the place of: rows may be from before it.
        let mut statement = connection.prepare(
            "SELECT * FROM fact
             WHERE subject IN (SELECT subject FROM fact
                               WHERE kind IN ('series_added', 'lessons_added', 'lesson_edited')
                               GROUP BY subject HAVING count(*) = 1)
               AND kind = 'series_added'",
        )?;
        let is_installed = is_installed(connection, shipped)?;
        let mut came_with = HashMap::new();
        if is_installed {
            came_with.extend((shipped.series)().into_iter().map(|one| (one.slug.clone(), one)));
        }
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let Ok(stored) = row::stored(row) else { continue };
            let Event::SeriesAdded { slug, lessons, shipped, .. } = stored.fact.event else {
                continue;
            };
            if let Some(series) = came_with.get(&slug).filter(|_| shipped)
                && series.lesson_ids() == lessons
            {
                places.labels.extend(series.lessons.iter().zip(&lessons).map(|(text, id)| {
                    (*id, (text.tags.clone(), source_json(series.source_of(*id))))
                }));
            }
            places.lessons.insert(slug, lessons);
        }
        Ok(places)
    }

    /// The name of a lesson, if its row has another place, other tags or another source than what is
    /// known of it.
    pub(crate) fn contradicted(&self, lesson: &StoredLesson) -> Option<String> {
        let StoredLesson { id, series, number, series_length, text, source } = lesson;
        let lessons = self.lessons.get(series)?;
        let is_at = |at: usize| lessons.get(at) == Some(id);
        let present = usize::try_from(*number).ok().and_then(|number| number.checked_sub(1));
        let known = match present.filter(|at| is_at(*at)) {
            Some(at) => at,
            None => (0..lessons.len()).find(|at| is_at(*at))?,
        };
        let is_in_place =
            present == Some(known) && usize::try_from(*series_length) == Ok(lessons.len());
        let has_labels =
            self.labels.get(id).is_none_or(|(tags, from)| *tags == text.tags && from == source);
        (!(is_in_place && has_labels)).then(|| format!("{series}/{}", known + 1))
    }
}
