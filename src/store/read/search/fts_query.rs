//! A search in the words of SQLite: the expression for the index, and the query around it.

use rusqlite::{CachedStatement, Rows, ToSql};

use crate::journal::search::query::Query;
use crate::journal::search::{Form, Search, Term, lookup_form};
use crate::store::Result;
use crate::store::read::filter::Filter;

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
    filter: Filter,
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
        self.select_with(wanted, "0.0")
    }

    /// The same with what each place scores; less is better. A title counts for more.
    pub(crate) fn select_scored(&self, wanted: HitSource) -> Select<'_> {
        let score = if self.is_ranked() { "bm25(search, 4.0, 1.0)" } else { "0.0" };
        self.select_with(wanted, score)
    }

    fn select_with(&self, wanted: HitSource, score: &str) -> Select<'_> {
        let (sql, mut filter, order) = match wanted {
            HitSource::Entries => {
                (include_str!("search_entries.sql"), Filter::of_entries(self.query), "DESC")
            }
            HitSource::Lessons | HitSource::ServedLessons => {
                (include_str!("search_lessons.sql"), Filter::of_lessons(self.query), "ASC")
            }
            HitSource::UnservedLessons => {
                (include_str!("search_lessons.sql"), Filter::of_lessons(self.query), "DESC")
            }
        };
        match wanted {
            HitSource::ServedLessons => filter.require("entry.id IS NOT NULL"),
            HitSource::UnservedLessons => filter.require("entry.id IS NULL"),
            HitSource::Entries | HitSource::Lessons => {}
        }
        // The index knows no empty expression: where there is none, the parameter is null and the
        // condition holds.
        let matching =
            if self.is_ranked() { "search MATCH :matching" } else { ":matching IS NULL" };
        let without = match self.without {
            Some(_) => "search.rowid NOT IN (SELECT rowid FROM search WHERE search MATCH :without)",
            None => ":without IS NULL",
        };
        let sql = (sql.replace("{score}", score).replace("{match}", matching))
            .replace("{without}", without)
            .replace("{filter}", &filter.sql())
            .replace("{order}", order);
        Select { asked: self, wanted, sql, filter }
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
        let asked = self.asked;
        let limit = limit.map_or(-1, i64::from);
        let of_search: [(&str, &dyn ToSql); 7] = [
            (":matching", &asked.matching),
            (":without", &asked.without),
            (":signs", &asked.signs),
            (":without_signs", &asked.without_signs),
            (":low", &low),
            (":high", &high),
            (":limit", &limit),
        ];
        let all: Vec<_> = of_search.into_iter().chain(self.filter.parameters()).collect();
        Ok(statement.query(all.as_slice())?)
    }
}

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
