//! A search in the words of SQLite: the expression for the index, and the query around it.

use rusqlite::{CachedStatement, Rows, named_params};

use crate::journal::Slug;
use crate::journal::search::query::Query;
use crate::journal::search::{Form, Search, Term, lookup_form};
use crate::store::Result;

/// What is asked of the index.
#[derive(Debug)]
pub(crate) struct FtsQuery<'a> {
    pub(crate) search: &'a Search,
    query: &'a Query,
    /// The words that are marked where they were found; `None` if signs alone are looked for.
    pub(crate) marking: Option<String>,
    /// The expression that finds and ranks, if there are words to find.
    matching: Option<String>,
    /// The expression for what is not wanted, where there are no words to find.
    without: Option<String>,
    /// Signs that must be there, and that must not, each a list in JSON.
    signs: Option<String>,
    without_signs: Option<String>,
}

/// What is looked through, each in an order of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HitSource {
    /// The latest written first.
    Entries,
    /// The latest put on the shelf first.
    Lessons,
    /// The same, of those with a day.
    ServedLessons,
    /// Those without one, the earliest put on the shelf first.
    UnservedLessons,
}

/// A query for places.
#[derive(Debug)]
pub(crate) struct Select<'a> {
    asked: &'a FtsQuery<'a>,
    wanted: HitSource,
    pub(crate) sql: String,
}

impl<'a> FtsQuery<'a> {
    pub(crate) fn of(search: &'a Search, query: &'a Query) -> Self {
        let words = |is_excluded| {
            let of_index =
                move |term: &&Term| term.form != Form::Signs && term.is_excluded == is_excluded;
            search.terms.iter().filter(of_index)
        };
        let signs = |is_excluded| {
            let of_text =
                move |term: &&Term| term.form == Form::Signs && term.is_excluded == is_excluded;
            let found = search.terms.iter().filter(of_text);
            let list: Vec<_> = found.map(|term| lookup_form(&term.text)).collect();
            (!list.is_empty()).then(|| serde_json::json!(list).to_string())
        };
        let marking = joined(words(false).map(phrase), " AND ");
        let unwanted = joined(words(true).map(phrase), " OR ");
        let wanted = joined(words(false).map(|term| together(search, term)), " AND ");
        let (matching, without) = match (wanted, unwanted) {
            (Some(wanted), Some(unwanted)) => (Some(format!("({wanted}) NOT ({unwanted})")), None),
            (wanted, unwanted) => (wanted, unwanted),
        };
        let (signs, without_signs) = (signs(false), signs(true));
        Self { search, query, marking, matching, without, signs, without_signs }
    }

    /// Whether one hit can be better than another.
    pub(crate) fn is_ranked(&self) -> bool {
        self.matching.is_some()
    }

    pub(crate) fn select(&self, wanted: HitSource) -> Select<'_> {
        Select { asked: self, wanted, sql: self.sql(wanted, "0.0") }
    }

    /// The same with what each place scores; less is better. A title counts for more.
    pub(crate) fn select_scored(&self, wanted: HitSource) -> Select<'_> {
        let score = if self.is_ranked() { "bm25(search, 4.0, 1.0)" } else { "0.0" };
        Select { asked: self, wanted, sql: self.sql(wanted, score) }
    }

    /// Every parameter is named in each form of the query, so that all can be given to any.
    fn sql(&self, wanted: HitSource, score: &str) -> String {
        let matching = match self.matching {
            Some(_) => "search MATCH :matching",
            None => ":matching IS NULL",
        };
        let without = match self.without {
            Some(_) => "search.rowid NOT IN (SELECT rowid FROM search WHERE search MATCH :without)",
            None => ":without IS NULL",
        };
        let (tables, conditions, order) = match wanted {
            HitSource::Entries => (ENTRIES, ENTRY_FITS.to_owned(), "DESC"),
            HitSource::Lessons => (LESSONS, LESSON_FITS.to_owned(), "ASC"),
            HitSource::ServedLessons => {
                (LESSONS, format!("{LESSON_FITS} AND entry.id IS NOT NULL"), "ASC")
            }
            HitSource::UnservedLessons => {
                (LESSONS, format!("{LESSON_FITS} AND entry.id IS NULL"), "DESC")
            }
        };
        format!(
            "SELECT search.rowid AS id, {score} AS score, entry.day AS day FROM search {tables}
             WHERE {matching} AND search.rowid > :low AND search.rowid < :high AND {without}
               AND {HAS_SIGNS} AND {conditions}
             ORDER BY search.rowid {order} LIMIT :limit"
        )
    }
}

impl Select<'_> {
    /// Runs the query, for at most `limit` places after the one with this id.
    pub(crate) fn query<'s>(
        &self,
        statement: &'s mut CachedStatement<'_>,
        after: Option<i64>,
        limit: Option<u32>,
    ) -> Result<Rows<'s>> {
        let (low, high) = match self.wanted {
            HitSource::Entries => (0, after.unwrap_or(i64::MAX)),
            HitSource::Lessons | HitSource::ServedLessons => (after.unwrap_or(i64::MIN), 0),
            HitSource::UnservedLessons => (i64::MIN, after.unwrap_or(0)),
        };
        let FtsQuery { query, .. } = self.asked;
        Ok(statement.query(named_params! {
            ":matching": self.asked.matching,
            ":without": self.asked.without,
            ":signs": self.asked.signs,
            ":without_signs": self.asked.without_signs,
            ":low": low,
            ":high": high,
            ":limit": limit.map_or(-1, i64::from),
            ":since": query.since.map(|day| day.to_string()),
            ":until": query.until.map(|day| day.to_string()),
            ":series": query.series.as_ref().map(Slug::as_str),
            ":tag": query.tag,
            ":loved": query.loved,
            ":open_steps": query.open_steps,
        })?)
    }
}

/// The order of the tables is the order in which they are read: the index first.
const ENTRIES: &str = "CROSS JOIN entry ON entry.id = search.rowid";

/// A tag may also stand in the words, so the entry itself is asked for it later.
const ENTRY_FITS: &str = "
    (:since IS NULL OR entry.day >= :since) AND (:until IS NULL OR entry.day <= :until)
    AND (NOT :open_steps OR entry.step_state = 'open') AND (:tag IS NULL OR TRUE)
    AND (:series IS NULL OR EXISTS (
        SELECT 1 FROM lesson WHERE lesson.id = entry.lesson AND lesson.series = :series))
    AND (NOT :loved OR EXISTS (
        SELECT 1 FROM lesson_state WHERE lesson_state.lesson = entry.lesson AND lesson_state.loved))";

/// A lesson with the entry of the day on which it was last served.
const LESSONS: &str = "
    LEFT JOIN entry ON entry.id = (
        SELECT served.id FROM entry AS served WHERE served.lesson = search.lesson
        ORDER BY served.day DESC LIMIT 1)
    LEFT JOIN lesson_state ON lesson_state.lesson = search.lesson";

/// A lesson that has left the shelf is shown if the person has met it.
const LESSON_FITS: &str = "
    (entry.id IS NOT NULL OR lesson_state.lesson IS NOT NULL)
    AND (:since IS NULL OR entry.day >= :since) AND (:until IS NULL OR entry.day <= :until)
    AND (NOT :open_steps OR entry.step_state = 'open') AND (NOT :loved OR lesson_state.loved)
    AND (:series IS NULL OR :series = (
        SELECT lesson.series FROM lesson WHERE lesson.id = search.lesson))
    AND (:tag IS NULL OR :tag IN (
        SELECT tag.value FROM lesson, json_each(lesson.tags) AS tag
        WHERE lesson.id = search.lesson))";

const HAS_SIGNS: &str = "
    (:signs IS NULL OR NOT EXISTS (
        SELECT 1 FROM json_each(:signs) AS sign
        WHERE instr(search.title || char(10) || search.body, sign.value) = 0))
    AND (:without_signs IS NULL OR NOT EXISTS (
        SELECT 1 FROM json_each(:without_signs) AS sign
        WHERE instr(search.title || char(10) || search.body, sign.value) > 0))";

/// The term as the index reads it. In quotes all of it is text, whatever it looks like.
fn phrase(term: &Term) -> String {
    let star = if term.form == Form::Beginning { " *" } else { "" };
    format!("{}{star}", quoted(&term.text))
}

/// The term, or, at the first of several bare words, all of them together, which can only be where
/// the first one is and so changes nothing but the rank.
fn together(search: &Search, term: &Term) -> String {
    let is_first = |together: &&String| {
        term.form == Form::Words && together.split(' ').next() == Some(term.text.as_str())
    };
    match search.together.as_ref().filter(is_first) {
        Some(together) => format!("({} OR {})", phrase(term), quoted(together)),
        None => phrase(term),
    }
}

/// The expression would end at a NUL.
fn quoted(text: &str) -> String {
    format!("\"{}\"", lookup_form(text).replace('"', "\"\"").replace('\0', " "))
}

fn joined(parts: impl Iterator<Item = String>, by: &str) -> Option<String> {
    let parts: Vec<String> = parts.collect();
    (!parts.is_empty()).then(|| parts.join(by))
}
