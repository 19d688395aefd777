//! Reading what was found: the entries and lessons, and the line that shows where the words stand.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, named_params};

use crate::journal::Entry;
use crate::journal::search::{CLOSE, Found, Hit, OPEN, Span, excerpt, in_one_line, spans};
use crate::store::Result;
use crate::store::read::search::fts_query::FtsQuery;
use crate::store::tables::rows;

/// The lines that show where the words stand, by the places' ids. What has changed since it was
/// found and no longer fits has none.
pub(crate) fn snippets(
    connection: &Connection,
    fts: &FtsQuery,
    ids: impl Iterator<Item = i64>,
) -> Result<HashMap<i64, Vec<Span>>> {
    let mut snippets = HashMap::new();
    let Some(marking) = &fts.marking else {
        for id in ids {
            snippets.extend(around_signs(connection, fts, id)?.map(|line| (id, line)));
        }
        return Ok(snippets);
    };
    // Asked once for all, since a word that may go on is put together from all its endings each
    // time. Entries and lessons lie far apart, with other hits between them.
    let (entries, lessons): (Vec<i64>, Vec<i64>) = ids.partition(|id| *id > 0);
    for ids in [entries, lessons] {
        let (Some(low), Some(high)) = (ids.iter().min(), ids.iter().max()) else { continue };
        // The plus keeps the list from being gone through as so many questions of its own.
        let mut statement = connection.prepare_cached(
            "SELECT rowid AS id, snippet(search, -1, :open, :close, '...', 24) AS snippet
             FROM search
             WHERE search MATCH :marking AND rowid >= :low AND rowid <= :high
               AND +rowid IN (SELECT value FROM json_each(:ids))",
        )?;
        let mut found = statement.query(named_params! {
            ":open": OPEN.to_string(),
            ":close": CLOSE.to_string(),
            ":marking": marking,
            ":low": low,
            ":high": high,
            ":ids": serde_json::json!(ids).to_string(),
        })?;
        while let Some(row) = found.next()? {
            let piece: String = row.get("snippet")?;
            snippets.insert(row.get("id")?, spans(&in_one_line(&piece)));
        }
    }
    Ok(snippets)
}

fn around_signs(connection: &Connection, fts: &FtsQuery, id: i64) -> Result<Option<Vec<Span>>> {
    let piece = connection
        .prepare_cached("SELECT title, body FROM search WHERE rowid = :id")?
        .query_row(named_params! { ":id": id }, |row| {
            let (title, body): (String, String) = (row.get("title")?, row.get("body")?);
            let [of_title, of_body] = [title, body].map(|text| excerpt(fts.search, &text));
            let is_title = of_title.contains(OPEN) && !of_body.contains(OPEN);
            Ok(if is_title { of_title } else { of_body })
        })
        .optional()?;
    Ok(piece.map(|piece| spans(&in_one_line(&piece))))
}

/// Reads what was found at the places with these ids, as far as they have a snippet.
pub(crate) fn read(
    connection: &Connection,
    ids: impl Iterator<Item = i64>,
    snippets: &mut HashMap<i64, Vec<Span>>,
) -> Result<Vec<Hit>> {
    let mut hits = Vec::new();
    for id in ids {
        let Some(snippet) = snippets.remove(&id) else { continue };
        let found = if id > 0 {
            entry(connection, "entry.id = :id", id)?.map(Found::Entry)
        } else {
            lesson(connection, id)?
        };
        hits.extend(found.map(|found| Hit { found, snippet }));
    }
    Ok(hits)
}

fn lesson(connection: &Connection, id: i64) -> Result<Option<Found>> {
    let latest = entry(
        connection,
        "entry.lesson = (SELECT lesson FROM search WHERE rowid = :id)
         ORDER BY entry.day DESC LIMIT 1",
        id,
    )?;
    if let Some(entry) = latest {
        return Ok(Some(Found::Served(entry)));
    }
    let mut statement = connection.prepare_cached(&format!(
        "{} WHERE lesson.id = (SELECT lesson FROM search WHERE rowid = :id)",
        rows::SELECT_LESSON
    ))?;
    let mut found = statement.query(named_params! { ":id": id })?;
    Ok(found.next()?.map(rows::lesson).transpose()?.map(Found::Waiting))
}

fn entry(connection: &Connection, condition: &str, id: i64) -> Result<Option<Entry>> {
    let sql = format!("{} WHERE {condition}", rows::SELECT_ENTRY);
    let mut statement = connection.prepare_cached(&sql)?;
    let mut found = statement.query(named_params! { ":id": id })?;
    found.next()?.map(rows::entry).transpose()
}
