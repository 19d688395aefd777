//! A search as an FTS5 expression for the index, and the SQL query around it.

use rusqlite::{CachedStatement, Rows, ToSql};

use crate::journal::search::query::Query;
use crate::journal::search::{Form, Search, Term, lookup_form};
use crate::store::Result;
use crate::store::read::filter::Filter;

/// A search as the index takes it.
#[derive(Debug)]
pub(crate) struct FtsQuery<'a> {
    pub(crate) search: &'a Search,
    query: &'a Query,
    /// The expression whose matches are marked; `None` if the search has signs only.
    pub(crate) marking: Option<String>,
    /// The expression that finds and ranks; `None` if there are no words to find.
    matching: Option<String>,
    /// The expression for excluded words, if there are no words to find.
    without: Option<String>,
    /// The signs that must be in the text: a JSON list.
    signs: Option<String>,
    /// The signs that must not be in the text: a JSON list.
    without_signs: Option<String>,
}

/// A part of the index, which is searched in its own order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HitSource {
    /// The newest row first.
    Entries,
    /// The last added first.
    Lessons,
    /// The lessons that were served, in the same order.
    ServedLessons,
    /// The lessons that were never served, the first added first.
    UnservedLessons,
}

/// An SQL query for the places of hits.
#[derive(Debug)]
pub(crate) struct Select<'a> {
    fts: &'a FtsQuery<'a>,
    source: HitSource,
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
        let wanted = joined(words(false).map(|term| phrase_or_together(search, term)), " AND ");
        let (matching, without) = match (wanted, unwanted) {
            (Some(wanted), Some(unwanted)) => (Some(format!("({wanted}) NOT ({unwanted})")), None),
            (wanted, unwanted) => (wanted, unwanted),
        };
        let (signs, without_signs) = (signs(false), signs(true));
        Self { search, query, marking, matching, without, signs, without_signs }
    }

    /// Whether hits have scores.
    pub(crate) fn is_ranked(&self) -> bool {
        self.matching.is_some()
    }

    pub(crate) fn select(&self, source: HitSource) -> Select<'_> {
        self.select_with(source, "0.0")
    }

    /// The same with the score of each place; less is better. A match in a title weighs four times.
    pub(crate) fn select_scored(&self, source: HitSource) -> Select<'_> {
        let score = if self.is_ranked() { "bm25(search, 4.0, 1.0)" } else { "0.0" };
        self.select_with(source, score)
    }

    fn select_with(&self, source: HitSource, score: &str) -> Select<'_> {
        let (sql, mut filter, order) = match source {
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
        match source {
            HitSource::ServedLessons => filter.require("entry.id IS NOT NULL"),
            HitSource::UnservedLessons => filter.require("entry.id IS NULL"),
            HitSource::Entries | HitSource::Lessons => {}
        }
        // The index refuses an empty expression. Without one, the parameter is null and the
        // condition is true.
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
        Select { fts: self, source, sql, filter }
    }
}

impl Select<'_> {
    /// Runs the query for at most `limit` places after the one with the id `after`.
    pub(crate) fn query<'s>(
        &self,
        statement: &'s mut CachedStatement<'_>,
        after: Option<i64>,
        limit: Option<u32>,
    ) -> Result<Rows<'s>> {
        let (low, high) = match self.source {
            HitSource::Entries => (0, after.unwrap_or(i64::MAX)),
            HitSource::Lessons | HitSource::ServedLessons => (after.unwrap_or(i64::MIN), 0),
            HitSource::UnservedLessons => (i64::MIN, after.unwrap_or(0)),
        };
        let fts = self.fts;
        let limit = limit.map_or(-1, i64::from);
        let of_search: [(&str, &dyn ToSql); 7] = [
            (":matching", &fts.matching),
            (":without", &fts.without),
            (":signs", &fts.signs),
            (":without_signs", &fts.without_signs),
            (":low", &low),
            (":high", &high),
            (":limit", &limit),
        ];
        let all: Vec<_> = of_search.into_iter().chain(self.filter.parameters()).collect();
        Ok(statement.query(all.as_slice())?)
    }
}

/// The term as a phrase of FTS5, in quotes, so that no part of it is read as an operator.
fn phrase(term: &Term) -> String {
    let star = if term.form == Form::Beginning { " *" } else { "" };
    format!("{}{star}", quoted(&term.text))
}

/// The term as a phrase. The first bare word gets `OR "all bare words"`: this cannot match more
/// rows, but gives a better bm25 score where the words stand together.
fn phrase_or_together(search: &Search, term: &Term) -> String {
    let is_first = |together: &&String| {
        term.form == Form::Words && together.split(' ').next() == Some(term.text.as_str())
    };
    match search.together.as_ref().filter(is_first) {
        Some(together) => format!("({} OR {})", phrase(term), quoted(together)),
        None => phrase(term),
    }
}

/// The text in quotes. A NUL would end the expression, so it becomes a space.
fn quoted(text: &str) -> String {
    format!("\"{}\"", lookup_form(text).replace('"', "\"\"").replace('\0', " "))
}

fn joined(parts: impl Iterator<Item = String>, by: &str) -> Option<String> {
    let parts: Vec<String> = parts.collect();
    (!parts.is_empty()).then(|| parts.join(by))
}
