//! Reading hits: the entries and lessons, and a snippet that shows where the words stand.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, named_params};

use crate::journal::Entry;
use crate::journal::search::{CLOSE, Hit, HitPlace, OPEN, Span, excerpt, in_one_line, spans};
use crate::store::Result;
use crate::store::read::search::fts_query::FtsQuery;
use crate::store::tables::rows;

/// The snippets of the places with these ids, by id. A place whose text was changed after it was
/// found, and no longer matches, has none.
pub(crate) fn snippets(
    connection: &Connection,
    fts: &FtsQuery,
    ids: impl Iterator<Item = i64>,
) -> Result<HashMap<i64, Vec<Span>>> {
    let mut snippets = HashMap::new();
    let Some(marking) = &fts.marking else {
        for id in ids {
            snippets.extend(around_signs(connection, fts, id)?.map(|spans| (id, spans)));
        }
        return Ok(snippets);
    };
    // One query for many ids, because SQLite expands a prefix term to all matching tokens in every
    // query. One for entries and one for lessons: other hits lie between their two ranges of ids.
    let (entries, lessons): (Vec<i64>, Vec<i64>) = ids.partition(|id| *id > 0);
    for ids in [entries, lessons] {
        let (Some(low), Some(high)) = (ids.iter().min(), ids.iter().max()) else { continue };
        // Unary + stops SQLite from running the match once for each id in the list.
        let mut statement = connection.prepare_cached(
            "SELECT rowid AS id, snippet(search, -1, :open, :close, '...', 24) AS snippet
             FROM search
             WHERE search MATCH :marking AND rowid >= :low AND rowid <= :high
               AND +rowid IN (SELECT value FROM json_each(:ids))",
        )?;
        let mut rows = statement.query(named_params! {
            ":open": OPEN.to_string(),
            ":close": CLOSE.to_string(),
            ":marking": marking,
            ":low": low,
            ":high": high,
            ":ids": serde_json::json!(ids).to_string(),
        })?;
        while let Some(row) = rows.next()? {
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

/// Reads the hits at the places with these ids. A place without a snippet is left out.
pub(crate) fn read(
    connection: &Connection,
    ids: impl Iterator<Item = i64>,
    snippets: &mut HashMap<i64, Vec<Span>>,
) -> Result<Vec<Hit>> {
    let mut hits = Vec::new();
    for id in ids {
        let Some(snippet) = snippets.remove(&id) else { continue };
        let found = if id > 0 {
            entry(connection, "entry.id = :id", id)?.map(HitPlace::Entry)
        } else {
            lesson(connection, id)?
        };
        hits.extend(found.map(|found| Hit { found, snippet }));
    }
    Ok(hits)
}

fn lesson(connection: &Connection, id: i64) -> Result<Option<HitPlace>> {
    let latest = entry(
        connection,
        "entry.lesson = (SELECT lesson FROM search WHERE rowid = :id)
         ORDER BY entry.day DESC LIMIT 1",
        id,
    )?;
    if let Some(entry) = latest {
        return Ok(Some(HitPlace::Served(entry)));
    }
    let mut statement = connection.prepare_cached(&format!(
        "{} WHERE lesson.id = (SELECT lesson FROM search WHERE rowid = :id)",
        rows::SELECT_LESSON
    ))?;
    let mut rows = statement.query(named_params! { ":id": id })?;
    Ok(rows.next()?.map(rows::lesson).transpose()?.map(HitPlace::Waiting))
}

fn entry(connection: &Connection, condition: &str, id: i64) -> Result<Option<Entry>> {
    let sql = format!("{} WHERE {condition}", rows::SELECT_ENTRY);
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(named_params! { ":id": id })?;
    rows.next()?.map(rows::entry).transpose()
}
