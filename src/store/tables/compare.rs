//! The comparison of the derived tables with the facts.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, named_params};

use crate::store::tables::{SCHEMA, rebuild};
use crate::store::{Derived, Difference, Result, StoreError};

/// What is compared, and the query for its rows. `{in}` stands for the schema. The first column is
/// the subject of a row. Ids of entries are left out: they depend on the order in which rows were
/// added.
const COMPARED: [(Derived, &str); 5] = [
    (Derived::Undone, "SELECT hex(fact) FROM {in}.undone"),
    (Derived::Series, "SELECT * FROM {in}.series"),
    (
        Derived::LessonState,
        "SELECT hex(lesson), row, series, number, first_served, last_served, loved, retired, due,
                tags, source
         FROM {in}.lesson_state WHERE series IN (SELECT slug FROM {in}.series)",
    ),
    (Derived::LessonState, "SELECT hex(lesson), series, shelved FROM {in}.edition"),
    (
        Derived::Entry,
        "SELECT day, hex(lesson), served_at, served_offset, text, words, written_at,
                written_offset, revised_at, revised_offset, revisions, late, step, step_when,
                step_state, step_closed_on, step_outcome, asked_on, looked_on, afterthoughts,
                quiet
         FROM {in}.entry",
    ),
];

/// Builds the derived tables a second time, in memory, and returns what differs. Writes nothing to
/// the journal. Takes as long as a rebuild.
pub(crate) fn compare(connection: &Connection) -> Result<Vec<Difference>> {
    // A query that names no schema finds temporary tables first.
    let schema = SCHEMA
        .replace("CREATE TABLE ", "CREATE TEMP TABLE ")
        .replace("CREATE INDEX ", "CREATE INDEX temp.")
        .replace("CREATE VIRTUAL TABLE ", "CREATE VIRTUAL TABLE temp.");
    let differences = connection.execute_batch(&schema).map_err(Into::into).and_then(|()| {
        rebuild::fill(connection, &mut |_| {})?;
        let mut differences = differences(connection)?;
        differences.extend(of_index(connection)?);
        Ok(differences)
    });
    connection.execute_batch("DROP TABLE IF EXISTS temp.word")?;
    for table in ["search", "entry", "edition", "lesson_state", "series", "undone"] {
        connection.execute_batch(&format!("DROP TABLE IF EXISTS temp.{table}"))?;
    }
    differences
}

fn differences(connection: &Connection) -> Result<Vec<Difference>> {
    let mut differences = Vec::new();
    for (table, rows) in COMPARED {
        let [journal, facts] = ["main", "temp"].map(|schema| rows.replace("{in}", schema));
        for (in_journal, sql) in [
            (true, format!("{journal} EXCEPT {facts}")),
            (false, format!("{facts} EXCEPT {journal}")),
        ] {
            let mut statement = connection.prepare(&sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let about = match row.get_ref(0)? {
                    ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
                    _ => String::new(),
                };
                differences.push(Difference { table, about, in_journal });
            }
        }
    }
    Ok(differences)
}

/// What is different in the search index. It has no texts that could be compared: each row is
/// compared by a sum over its words and their places.
fn of_index(connection: &Connection) -> Result<Vec<Difference>> {
    let [journal, facts] = [words(connection, "main")?, words(connection, "temp")?];
    let mut differences = Vec::new();
    for (in_journal, these, others) in [(true, &journal, &facts), (false, &facts, &journal)] {
        let wrong = these.iter().filter(|(about, words)| others.get(*about) != Some(*words));
        differences.extend(wrong.map(|((table, about), _)| Difference {
            table: *table,
            about: about.clone(),
            in_journal,
        }));
    }
    Ok(differences)
}

/// For each row of the index, named by its day or its lesson, a sum over its words.
fn words(connection: &Connection, schema: &str) -> Result<BTreeMap<(Derived, String), u64>> {
    connection.execute_batch(&format!(
        "DROP TABLE IF EXISTS temp.word;
         CREATE VIRTUAL TABLE temp.word USING fts5vocab({schema}, search, 'instance')"
    ))?;
    let mut sums: HashMap<i64, u64> = HashMap::new();
    let mut statement = connection.prepare("SELECT term, doc, col, offset FROM temp.word")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let mut hasher = DefaultHasher::new();
        row.get_ref(0)?.as_bytes().map_err(|_| StoreError::column("term"))?.hash(&mut hasher);
        row.get_ref(2)?.as_bytes().map_err(|_| StoreError::column("col"))?.hash(&mut hasher);
        row.get::<_, i64>(3)?.hash(&mut hasher);
        let sum = sums.entry(row.get(1)?).or_default();
        *sum = sum.wrapping_add(hasher.finish());
    }
    let mut names = connection.prepare(&format!(
        "SELECT coalesce((SELECT day FROM {schema}.entry WHERE id = :id),
                         (SELECT hex(id) FROM main.lesson WHERE rowid = -:id), :id)"
    ))?;
    let named = sums.into_iter().map(|(id, sum)| {
        let table = if id > 0 { Derived::SearchOfEntries } else { Derived::SearchOfLessons };
        let name: Value = names.query_row(named_params! { ":id": id }, |row| row.get(0))?;
        let name = match name {
            Value::Text(name) => name,
            // A row of the index without an entry or a lesson.
            _ => id.to_string(),
        };
        Ok(((table, name), sum))
    });
    named.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A column that is not compared is a column that may be wrong.
    #[test]
    fn every_column_of_an_entry_and_of_a_lesson_is_compared() {
        let journal = Connection::open_in_memory().expect("opened");
        journal.execute_batch(SCHEMA).expect("made");
        for (table, of) in [("entry", Derived::Entry), ("lesson_state", Derived::LessonState)] {
            let compared = COMPARED.iter().find(|(derived, _)| *derived == of);
            let (_, query) = compared.expect("a query for it");
            let selected = query.split_once("FROM").expect("a query").0.replace("SELECT", "");
            let selected: Vec<String> = selected
                .split(',')
                .map(|column| column.trim().replace("hex(", "").replace(')', ""))
                .collect();
            let columns =
                format!("SELECT name FROM pragma_table_info('{table}') WHERE name <> 'id'");
            let mut columns = journal.prepare(&columns).expect("columns");
            let columns = columns.query_map([], |row| row.get::<_, String>(0)).expect("columns");
            let columns: Vec<String> = columns.map(|name| name.expect("a name")).collect();
            assert_eq!(selected, columns, "{table}");
        }
    }
}
