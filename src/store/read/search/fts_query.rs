//! A search as an FTS5 expression for the index, and the SQL query around it.

use rusqlite::{CachedStatement, Rows, ToSql};

use crate::journal::search::query::Query;
use crate::journal::search::{Form, Search, Term, readings, spaced};
use crate::store::Result;
use crate::store::read::filter::Filter;

/// A search as the index takes it.
#[derive(Debug)]
pub(crate) struct FtsQuery<'a> {
    search: &'a Search,
    query: &'a Query,
    /// The expression that finds and ranks; `None` if there are no words to find.
    matching: Option<String>,
    /// The expression for excluded words, if there are no words to find.
    without: Option<String>,
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
        let unwanted = joined(words(true).map(phrase), " OR ");
        let wanted = joined(words(false).map(|term| phrase_or_together(search, term)), " AND ");
        let (matching, without) = match (wanted, unwanted) {
            (Some(wanted), Some(unwanted)) => (Some(format!("({wanted}) NOT ({unwanted})")), None),
            (wanted, unwanted) => (wanted, unwanted),
        };
        Self { search, query, matching, without }
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
        let (sql, mut filter) = match source {
            HitSource::Entries => {
                (include_str!("search_entries.sql"), Filter::of_entries(self.query))
            }
            _ => (include_str!("search_lessons.sql"), Filter::of_lessons(self.query)),
        };
        match source {
            HitSource::ServedLessons => filter.require("entry.id IS NOT NULL"),
            HitSource::UnservedLessons => filter.require("entry.id IS NULL"),
            HitSource::Entries | HitSource::Lessons => {}
        }
        let without = match self.without {
            Some(_) => "{id} NOT IN (SELECT rowid FROM search WHERE search MATCH :without)",
            None => ":without IS NULL",
        };
        let Access { from, matching, id, range, order } = self.access(source);
        let sql = (sql.replace("{from}", from).replace("{match}", matching))
            .replace("{score}", score)
            .replace("{without}", without)
            .replace("{id}", id)
            .replace("{range}", range)
            .replace("{filter}", &filter.sql())
            .replace("{order}", order);
        Select { fts: self, source, sql, filter }
    }

    /// The index refuses an empty expression. Without words to find, the rows themselves are read,
    /// in the same order, and the parameter is null.
    fn access(&self, source: HitSource) -> Access {
        let of_index = "search.rowid > :low AND search.rowid < :high";
        match (source, self.is_ranked()) {
            (HitSource::Entries, true) => Access {
                from: "search CROSS JOIN entry",
                matching: "search MATCH :matching AND entry.id = search.rowid",
                id: "search.rowid",
                range: of_index,
                order: "search.rowid DESC",
            },
            (HitSource::Entries, false) => Access {
                from: "entry",
                matching: ":matching IS NULL",
                id: "entry.id",
                range: "entry.id > :low AND entry.id < :high",
                order: "entry.id DESC",
            },
            (_, true) => Access {
                from: "search CROSS JOIN lesson",
                matching: "search MATCH :matching AND lesson.rowid = -search.rowid",
                id: "search.rowid",
                range: of_index,
                order: match source {
                    HitSource::UnservedLessons => "search.rowid DESC",
                    _ => "search.rowid ASC",
                },
            },
            (_, false) => Access {
                from: "lesson",
                matching: ":matching IS NULL",
                id: "(-lesson.rowid)",
                range: "lesson.rowid < -:low AND lesson.rowid > -:high",
                order: match source {
                    HitSource::UnservedLessons => "lesson.rowid ASC",
                    _ => "lesson.rowid DESC",
                },
            },
        }
    }
}

/// How the rows of a part of the index are read, as pieces of SQL.
struct Access {
    from: &'static str,
    matching: &'static str,
    /// The number of the row in the index.
    id: &'static str,
    range: &'static str,
    order: &'static str,
}

impl Select<'_> {
    pub(crate) fn search(&self) -> &Search {
        self.fts.search
    }

    /// Runs the query for at most `limit` places after the one with the id `after`.
    pub(crate) fn query<'s>(
        &self,
        statement: &'s mut CachedStatement<'_>,
        after: Option<i64>,
        limit: Option<u32>,
    ) -> Result<Rows<'s>> {
        let (low, high) = match self.source {
            HitSource::Entries => (0, after.unwrap_or(i64::MAX)),
            HitSource::Lessons | HitSource::ServedLessons => (after.unwrap_or(-i64::MAX), 0),
            HitSource::UnservedLessons => (-i64::MAX, after.unwrap_or(0)),
        };
        let fts = self.fts;
        let limit = limit.map_or(-1, i64::from);
        let of_search: [(&str, &dyn ToSql); 5] = [
            (":matching", &fts.matching),
            (":without", &fts.without),
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
    quoted(&term.text, if term.form == Form::Beginning { " *" } else { "" })
}

/// The term as a phrase. The first bare word gets `OR "all bare words"`: this cannot match more
/// rows, but gives a better bm25 score where the words stand together.
fn phrase_or_together(search: &Search, term: &Term) -> String {
    let is_first = |together: &&String| {
        term.form == Form::Words && together.split(' ').next() == Some(term.text.as_str())
    };
    match search.together.as_ref().filter(is_first) {
        Some(together) => format!("({} OR {})", phrase(term), quoted(together, "")),
        None => phrase(term),
    }
}

/// The words of a text in quotes, in each way to read it.
fn quoted(text: &str, star: &str) -> String {
    let ways = readings(text).iter().map(|reading| spaced(text, *reading));
    let ways: Vec<String> = ways.map(|words| format!("\"{words}\"{star}")).collect();
    if ways.len() > 1 { format!("({})", ways.join(" OR ")) } else { ways.concat() }
}

fn joined(parts: impl Iterator<Item = String>, by: &str) -> Option<String> {
    let parts: Vec<String> = parts.collect();
    (!parts.is_empty()).then(|| parts.join(by))
}
