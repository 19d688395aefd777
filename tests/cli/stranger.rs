//! A reader by somebody who has never seen this program: it knows `docs/journal-format.md`, SQLite and
//! JSON, and gets every word of a journal.

use std::collections::{BTreeMap, HashSet};

use rusqlite::Connection;
use serde_json::Value;

type Id = Vec<u8>;
struct Fact {
    id: Id,
    kind: String,
    parents: Vec<Id>,
    text: String,
}

/// For each day the reflection, the steps and the afterthoughts.
fn read(journal: &Connection) -> BTreeMap<String, [String; 3]> {
    let parents = |blob: Vec<u8>| blob.chunks(16).map(<[u8]>::to_vec).collect::<Vec<Id>>();
    let mut undone: HashSet<Id> = HashSet::new();
    let mut days: BTreeMap<String, Vec<Fact>> = BTreeMap::new();
    let mut query = journal
        .prepare("SELECT id, kind, subject, parents, body FROM fact ORDER BY clock, id")
        .expect("the table");
    let mut rows = query.query([]).expect("facts");
    while let Some(row) = rows.next().expect("a fact") {
        let kind: String = row.get("kind").expect("a kind");
        let parents = parents(row.get("parents").expect("parents"));
        if kind == "took_back" {
            undone.extend(parents);
            continue;
        }
        let body: Value =
            serde_json::from_str(&row.get::<_, String>("body").expect("a body")).expect("JSON");
        let text = body["text"].as_str().unwrap_or_default().to_owned();
        let fact = Fact { id: row.get("id").expect("an id"), kind, parents, text };
        days.entry(row.get("subject").expect("a subject")).or_default().push(fact);
    }
    let heads = |facts: &[Fact], kind: &str, between: &str| {
        let chain: Vec<&Fact> =
            facts.iter().filter(|fact| fact.kind == kind || fact.kind == "deleted").collect();
        let is_head = |one: &&&Fact| !chain.iter().any(|fact| fact.parents.contains(&one.id));
        let heads = chain.iter().filter(is_head).filter(|fact| fact.kind == kind);
        heads.map(|fact| fact.text.as_str()).collect::<Vec<_>>().join(between)
    };
    let of_day = |(day, mut facts): (String, Vec<Fact>)| {
        facts.retain(|fact| !undone.contains(&fact.id));
        let words = [("wrote", "\n\n"), ("stepped", "; "), ("added_afterthought", "\n")];
        (day, words.map(|(kind, between)| heads(&facts, kind, between)))
    };
    let is_day = |(day, _): &(String, Vec<Fact>)| {
        day.len() == 10 && day.starts_with(|c: char| c.is_ascii_digit())
    };
    days.into_iter().filter(is_day).map(of_day).collect()
}

#[test]
fn a_stranger_reads_every_word_of_a_journal() {
    let journal = Connection::open_in_memory().expect("opened");
    journal.execute_batch(include_str!("../fixtures/form-3.sql")).expect("made");
    let days = read(&journal);
    let words = |day: &str| days[day].each_ref().map(String::as_str);
    assert_eq!(
        words("2026-11-01"),
        ["Ñandú und Größe: 世界は広い。 #work", "call Anna", "an afterthought"]
    );
    assert_eq!(words("2026-11-02"), ["edited words", "", ""]);
    assert_eq!(words("2026-11-03"), ["", "", ""], "deleted");
    assert_eq!(words("2026-11-04"), ["", "", ""], "undone, then forgotten");
    assert_eq!(words("2026-11-20"), ["twenty", "", ""]);
}
