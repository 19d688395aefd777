//! Lessons on the shelf.

use rusqlite::{Connection, Row, named_params};

use crate::journal::lesson::{LessonName, ShelvedLesson};
use crate::journal::{Day, LessonId, Slug};
use crate::store::facts::row::uuid;
use crate::store::tables::rows;
use crate::store::{Result, Store, StoreError};

impl Store {
    /// Hands each lesson on the shelf to `show`, in shelf order, and stops where that fails; of
    /// one series, if it is named. Returns how many there were.
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
            "WHERE lesson_state.series = :series AND lesson_state.number > :after
             ORDER BY lesson_state.number LIMIT 256",
            named_params! { ":series": series.as_str(), ":after": after },
        )
    }

    /// The lessons that a name fits: none, one, or several if the name is too short.
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
                "WHERE lesson_state.series = :series AND lesson_state.number = :number",
                named_params! { ":series": series.as_str(), ":number": number },
            ),
            LessonName::IdPrefix(prefix) => {
                let digits = prefix.replace('-', "");
                let found = self.lessons_where(
                    "WHERE lower(hex(lesson.id)) LIKE :prefix || '%' LIMIT 3",
                    named_params! { ":prefix": digits },
                )?;
                // A title may look like the beginning of an id.
                if found.is_empty() { self.lessons_titled(prefix) } else { Ok(found) }
            }
            LessonName::Title(title) => self.lessons_titled(title),
        }
    }

    fn lessons_titled(&self, title: &str) -> Result<Vec<ShelvedLesson>> {
        self.lessons_where(
            "WHERE lesson_state.lesson IS NOT NULL AND lesson.title = :title COLLATE NOCASE LIMIT 3",
            named_params! { ":title": title },
        )
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

/// The lessons on the shelf that a condition on their series selects, in order.
pub(crate) fn ids(
    connection: &Connection,
    condition: &str,
    series: &Slug,
) -> Result<Vec<LessonId>> {
    let sql = format!("SELECT lesson FROM lesson_state {condition} ORDER BY number");
    let mut statement = connection.prepare_cached(&sql)?;
    let series = named_params! { ":series": series.as_str() };
    statement.query_and_then(series, |row| Ok(LessonId(uuid(row, "lesson")?)))?.collect()
}

fn shelved(connection: &Connection, row: &Row<'_>) -> Result<ShelvedLesson> {
    let lesson = rows::lesson(row)?;
    let mut statement =
        connection.prepare_cached("SELECT day FROM entry WHERE lesson = :lesson ORDER BY day")?;
    let served = named_params! { ":lesson": lesson.id.0.as_bytes() };
    let served =
        statement.query_and_then(served, |row| rows::parsed(row, "day"))?.collect::<Result<_>>()?;
    Ok(ShelvedLesson { lesson, served, retired: row.get("retired")? })
}
