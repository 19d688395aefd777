//! The comparison of the derived tables with the facts.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, named_params};

use crate::store::tables::{SCHEMA, rebuild};
use crate::store::{Derived, Difference, Progress, Result, StoreError};

/// A table that is compared: row by row, by its key.
struct Compared {
    derived: Derived,
    table: &'static str,
    /// The column that finds the same row in the other table.
    key: &'static str,
    /// The subject of a row.
    about: &'static str,
    /// The other columns. Ids of entries are left out: they depend on the order in which rows were
    /// added.
    columns: &'static [&'static str],
    /// Which rows mean anything. `{in}` stands for the schema.
    condition: &'static str,
}

const COMPARED: [Compared; 5] = [
    Compared {
        derived: Derived::Undone,
        table: "undone",
        key: "fact",
        about: "hex(fact)",
        columns: &[],
        condition: "true",
    },
    Compared {
        derived: Derived::Series,
        table: "series",
        key: "slug",
        about: "slug",
        columns: &["title", "source", "introduction", "lessons", "position", "paused"],
        condition: "true",
    },
    Compared {
        derived: Derived::LessonState,
        table: "lesson_state",
        key: "row",
        about: "hex(lesson)",
        columns: &[
            "lesson",
            "series",
            "number",
            "first_served",
            "last_served",
            "loved",
            "retired",
            "due",
            "tags",
            "source",
        ],
        // What is left of a series that is not on the shelf any more.
        condition: "series IN (SELECT slug FROM {in}.series)",
    },
    Compared {
        derived: Derived::LessonState,
        table: "edition",
        key: "lesson",
        about: "hex(lesson)",
        columns: &["series", "shelved"],
        condition: "true",
    },
    Compared {
        derived: Derived::Entry,
        table: "entry",
        key: "day",
        about: "day",
        columns: &[
            "lesson",
            "served_at",
            "served_offset",
            "text",
            "words",
            "written_at",
            "written_offset",
            "revised_at",
            "revised_offset",
            "revisions",
            "late",
            "step",
            "step_when",
            "step_state",
            "step_closed_on",
            "step_outcome",
            "asked_on",
            "looked_on",
            "afterthoughts",
            "quiet",
        ],
        condition: "true",
    },
];

impl Compared {
    /// The query for the rows of the one schema that the other does not have.
    fn query(&self, one: &str, other: &str) -> String {
        let Self { table, key, about, columns, .. } = self;
        let [in_one, in_other] = [one, other].map(|schema| self.condition.replace("{in}", schema));
        let mut same = String::new();
        for column in *columns {
            same.push_str(&format!(" AND there.{column} IS here.{column}"));
        }
        format!(
            "SELECT {about} FROM {one}.{table} AS here WHERE {in_one} AND NOT EXISTS
                 (SELECT 1 FROM {other}.{table} AS there
                  WHERE there.{key} = here.{key}{same} AND {in_other})"
        )
    }
}

/// Builds the derived tables a second time, in memory, and returns what differs. Writes nothing to
/// the journal. Takes as long as a rebuild.
pub(crate) fn compare(connection: &Connection) -> Result<Vec<Difference>> {
    compare_with_progress(connection, &mut |_| {})
}

/// The same, which reports its progress.
pub(crate) fn compare_with_progress(
    connection: &Connection,
    progress: &mut dyn FnMut(Progress),
) -> Result<Vec<Difference>> {
    // A query that names no schema finds temporary tables first.
    let schema = SCHEMA
        .replace("CREATE TABLE ", "CREATE TEMP TABLE ")
        .replace("CREATE INDEX ", "CREATE INDEX temp.")
        .replace("CREATE VIRTUAL TABLE ", "CREATE VIRTUAL TABLE temp.");
    let differences = connection.execute_batch(&schema).map_err(Into::into).and_then(|()| {
        rebuild::fill(connection, progress)?;
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
    for compared in &COMPARED {
        for (in_journal, one, other) in [(true, "main", "temp"), (false, "temp", "main")] {
            let mut statement = connection.prepare(&compared.query(one, other))?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let about = match row.get_ref(0)? {
                    ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
                    _ => String::new(),
                };
                differences.push(Difference { table: compared.derived, about, in_journal });
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
    // A search puts the best first by the lengths of the texts.
    let mut statement =
        connection.prepare(&format!("SELECT id, sz FROM {schema}.search_docsize"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let mut hasher = DefaultHasher::new();
        row.get_ref(1)?.as_bytes().map_err(|_| StoreError::column("sz"))?.hash(&mut hasher);
        let sum = sums.entry(row.get(0)?).or_default();
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
    fn every_column_of_every_table_is_compared() {
        let journal = Connection::open_in_memory().expect("opened");
        journal.execute_batch(SCHEMA).expect("made");
        let mut tables = journal
            .prepare(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search%'",
            )
            .expect("tables");
        let tables = tables.query_map([], |row| row.get::<_, String>(0)).expect("tables");
        for table in tables.map(|name| name.expect("a name")) {
            let compared = COMPARED.iter().find(|one| one.table == table).expect("compared");
            let columns =
                format!("SELECT name FROM pragma_table_info('{table}') WHERE name <> 'id'");
            let mut columns = journal.prepare(&columns).expect("columns");
            let columns = columns.query_map([], |row| row.get::<_, String>(0)).expect("columns");
            let mut columns: Vec<String> = columns.map(|name| name.expect("a name")).collect();
            let mut wanted = compared.columns.to_vec();
            wanted.push(compared.key);
            columns.sort();
            wanted.sort_unstable();
            assert_eq!(columns, wanted, "{table}");
        }
    }
}
