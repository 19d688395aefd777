//! Reading lessons on the shelf.

use std::collections::{BTreeMap, HashMap};

use rusqlite::{Connection, Row, named_params};

use crate::journal::entry::fact::Subject;
use crate::journal::lesson::edition::SeriesLesson;
use crate::journal::lesson::name::comparable;
use crate::journal::lesson::state::with_own_words;
use crate::journal::lesson::{Labels, LessonName, ShelvedLesson};
use crate::journal::{Day, Lesson, LessonId, Slug};
use crate::store::facts::lesson::IS_WHOLE;
use crate::store::facts::row::{sound_in_force, uuid};
use crate::store::read::BATCH;
use crate::store::tables::edition::{self, IS_EDITION};
use crate::store::tables::rows;
use crate::store::{Result, Store, StoreError};

impl Store {
    /// Calls `show` with each lesson on the shelf, or of one series, in shelf order. Returns the
    /// number of lessons. Stops at the first error of `show` and returns it.
    pub fn each_lesson<E: From<StoreError>>(
        &self,
        series: Option<&Slug>,
        mut show: impl FnMut(&ShelvedLesson) -> std::result::Result<(), E>,
    ) -> std::result::Result<usize, E> {
        let slugs = match series {
            Some(slug) => vec![slug.clone()],
            None => self.all_series()?.into_iter().map(|series| series.slug).collect(),
        };
        let mut shown = 0;
        for slug in &slugs {
            let mut last = 0;
            loop {
                let batch = self.lesson_batch(slug, last)?;
                let Some(end) = batch.last() else { break };
                last = end.lesson.number;
                for lesson in &batch {
                    show(lesson)?;
                    shown += 1;
                }
            }
        }
        Ok(shown)
    }

    fn lesson_batch(&self, series: &Slug, after: u32) -> Result<Vec<ShelvedLesson>> {
        self.lessons_where(
            "WHERE series.slug = :series AND lesson_state.series = :series
             AND lesson_state.number > :after AND lesson_state.row = lesson.rowid
             ORDER BY lesson_state.number LIMIT :batch",
            named_params! { ":series": series.as_str(), ":after": after, ":batch": BATCH },
        )
    }

    /// The lessons that match a name: none, one, or several if the name is too short. At most
    /// three.
    pub fn lessons_named(&self, name: &LessonName, today: Day) -> Result<Vec<ShelvedLesson>> {
        match name {
            LessonName::Today => {
                let lesson = self.entry(today)?.and_then(|entry| entry.lesson);
                match lesson {
                    Some(lesson) => self.lessons_where(
                        "WHERE lesson.id = :id",
                        named_params! { ":id": lesson.id.0.as_bytes() },
                    ),
                    None => Ok(Vec::new()),
                }
            }
            LessonName::Place { series, number } => self.lessons_where(
                "WHERE series.slug = :series AND lesson_state.series = :series
                     AND lesson_state.number = :number AND lesson_state.row = lesson.rowid",
                named_params! { ":series": series.as_str(), ":number": number },
            ),
            LessonName::IdPrefix(prefix) => {
                let digits = prefix.replace('-', "");
                let found = self.lessons_where(
                    &format!(
                        "WHERE lower(hex(lesson.id)) LIKE :prefix || '%' AND {IS_WHOLE} LIMIT 3"
                    ),
                    named_params! { ":prefix": digits },
                )?;
                // A title may look like the first digits of an id.
                if found.is_empty() { self.lessons_titled(prefix) } else { Ok(found) }
            }
            LessonName::Title(title) => self.lessons_titled(title),
        }
    }

    /// The lessons of this title, at most three. Case and accents make no difference.
    fn lessons_titled(&self, title: &str) -> Result<Vec<ShelvedLesson>> {
        let wanted = comparable(title);
        let titles = self.titles()?;
        let ids = titles.into_iter().filter(|(_, title)| comparable(title) == wanted);
        let mut found = Vec::new();
        for (id, _) in ids.take(3) {
            let id = named_params! { ":id": id.0.as_bytes() };
            found.extend(self.lessons_where("WHERE lesson.id = :id", id)?);
        }
        Ok(found)
    }

    /// The titles of all lessons on the shelf.
    pub fn lesson_titles(&self) -> Result<Vec<String>> {
        Ok(self.titles()?.into_iter().map(|(_, title)| title).collect())
    }

    fn titles(&self) -> Result<Vec<(LessonId, String)>> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT lesson.id, lesson.title FROM lesson_state
                 JOIN series ON series.slug = lesson_state.series
                 JOIN lesson ON lesson.rowid = lesson_state.row
                 ORDER BY lesson_state.series, lesson_state.number",
            )?;
            let titled = |row: &Row<'_>| Ok((LessonId(uuid(row, "id")?), row.get("title")?));
            statement.query_and_then([], titled)?.collect()
        })
    }

    /// The lessons of a series on the shelf, in order; none if it is not there.
    pub fn series_lessons(&self, series: &Slug) -> Result<Vec<SeriesLesson>> {
        self.read(|connection| of_series(connection, series))
    }

    /// The lesson on the shelf that a lesson is now: itself, or the one that took its place. `None`
    /// if neither is on the shelf.
    pub fn present_edition(&self, lesson: LessonId) -> Result<Option<ShelvedLesson>> {
        let present = self.read(|connection| edition::on_shelf(connection, lesson))?;
        let id = named_params! { ":id": present.0.as_bytes() };
        let found = self.lessons_where(
            "WHERE lesson.id = :id AND lesson_state.row = lesson.rowid AND series.slug IS NOT NULL",
            id,
        )?;
        Ok(found.into_iter().next())
    }

    fn lessons_where(
        &self,
        condition: &str,
        parameters: &[(&str, &dyn rusqlite::ToSql)],
    ) -> Result<Vec<ShelvedLesson>> {
        self.read(|connection| {
            let sql = format!("{} {condition}", rows::SELECT_LESSON);
            let mut statement = connection.prepare_cached(&sql)?;
            statement.query_and_then(parameters, |row| shelved(connection, row))?.collect()
        })
    }
}

/// The lessons on the shelf that match `condition`, an SQL text that begins with WHERE and may use `:series`; in the
/// order of their numbers.
pub(crate) fn ids(
    connection: &Connection,
    condition: &str,
    series: &Slug,
) -> Result<Vec<LessonId>> {
    let sql = format!(
        "SELECT lesson FROM lesson_state
         {condition} AND EXISTS (SELECT 1 FROM series WHERE slug = :series) ORDER BY number"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let series = named_params! { ":series": series.as_str() };
    statement.query_and_then(series, |row| Ok(LessonId(uuid(row, "lesson")?)))?.collect()
}

/// The lessons of a series on the shelf, in order.
pub(crate) fn of_series(connection: &Connection, series: &Slug) -> Result<Vec<SeriesLesson>> {
    let sql = format!(
        "{} WHERE series.slug = :series AND lesson_state.series = :series
               AND lesson_state.row = lesson.rowid
         ORDER BY lesson_state.number",
        rows::SELECT_LESSON
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let of_row = |row: &Row<'_>| {
        let served = row.get("served")?;
        let Lesson { id, text, source, .. } = rows::lesson(row)?;
        let (has_own_words, earlier) = (false, BTreeMap::new());
        Ok(SeriesLesson { id, text, source, served, has_own_words, earlier })
    };
    let slug = named_params! { ":series": series.as_str() };
    let lessons = statement.query_and_then(slug, of_row)?.collect::<Result<Vec<_>>>()?;
    with_earlier_editions(connection, series, lessons)
}

/// The lessons of a series with their earlier editions, and with whose words they have.
fn with_earlier_editions(
    connection: &Connection,
    series: &Slug,
    mut lessons: Vec<SeriesLesson>,
) -> Result<Vec<SeriesLesson>> {
    let sql = format!("{} WHERE edition.series = :series", rows::SELECT_LESSON);
    let mut statement = connection.prepare_cached(&sql)?;
    let slug = named_params! { ":series": series.as_str() };
    let earlier = statement.query_and_then(slug, rows::lesson)?.collect::<Result<Vec<_>>>()?;
    if earlier.is_empty() {
        return Ok(lessons);
    }
    let own = with_own_words(&sound_in_force(connection, &Subject::Series(series.clone()))?);
    let places: HashMap<LessonId, usize> =
        lessons.iter().enumerate().map(|(place, lesson)| (lesson.id, place)).collect();
    for lesson in earlier {
        if let Some(place) = places.get(&edition::on_shelf(connection, lesson.id)?) {
            lessons[*place].earlier.insert(lesson.id, lesson.text);
        }
    }
    for lesson in &mut lessons {
        lesson.has_own_words = own.contains(&lesson.id);
    }
    Ok(lessons)
}

/// The series of a lesson on the shelf; `None` if it is not there.
pub(crate) fn series_of(connection: &Connection, lesson: LessonId) -> Result<Option<Slug>> {
    let mut statement = connection.prepare_cached(
        "SELECT series.slug AS series FROM lesson_state
             JOIN series ON series.slug = lesson_state.series
         WHERE row = (SELECT rowid FROM lesson WHERE id = :lesson)",
    )?;
    let mut found = statement.query(named_params! { ":lesson": lesson.0.as_bytes() })?;
    found.next()?.map(|row| rows::parsed(row, "series")).transpose()
}

/// The labels of a lesson: those of its row, or those that it has instead.
pub(crate) struct LessonLabels {
    pub(crate) of_row: Labels,
    pub(crate) present: Labels,
}

/// The labels of a lesson; `None` if the journal does not have it.
pub(crate) fn labels(connection: &Connection, lesson: LessonId) -> Result<Option<LessonLabels>> {
    let mut statement = connection.prepare_cached(
        "SELECT lesson.tags, lesson.source, coalesce(lesson_state.tags, lesson.tags) AS now_tags,
                coalesce(lesson_state.source, lesson.source) AS now_source
         FROM lesson LEFT JOIN lesson_state ON lesson_state.row = lesson.rowid
         WHERE lesson.id = :id",
    )?;
    let mut found = statement.query(named_params! { ":id": lesson.0.as_bytes() })?;
    let Some(row) = found.next()? else { return Ok(None) };
    let labels = |tags, source| -> Result<Labels> {
        Ok(Labels { tags: rows::tags(row, tags)?, source: rows::source(row, source)? })
    };
    let (of_row, present) = (labels("tags", "source")?, labels("now_tags", "now_source")?);
    Ok(Some(LessonLabels { of_row, present }))
}

fn shelved(connection: &Connection, row: &Row<'_>) -> Result<ShelvedLesson> {
    let lesson = rows::lesson(row)?;
    let retired = row.get("retired")?;
    let served = if row.get("waits")? { Vec::new() } else { served(connection, lesson.id)? };
    Ok(ShelvedLesson { lesson, served, retired })
}

/// The days on which a lesson or an edition of it was served, in order.
fn served(connection: &Connection, lesson: LessonId) -> Result<Vec<Day>> {
    let mut statement = connection
        .prepare_cached(&format!("SELECT day FROM entry WHERE {IS_EDITION} ORDER BY day"))?;
    let shelved = edition::on_shelf(connection, lesson)?;
    let served = named_params! { ":lesson": shelved.0.as_bytes() };
    statement.query_and_then(served, |row| rows::parsed_at(row, 0, "day"))?.collect()
}
