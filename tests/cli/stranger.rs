//! A reader as somebody would write it who has never seen this program. It knows SQLite, JSON and
//! `docs/journal-format.md`, and gets every word of a journal.

use std::collections::{BTreeMap, HashSet};

use rusqlite::Connection;
use serde_json::Value;

use crate::sandbox::Sandbox;

type Id = Vec<u8>;
struct Fact {
    id: Id,
    kind: String,
    parents: Vec<Id>,
    body: Value,
}

/// The reflection, the steps, the afterthoughts and the state of the steps of each day.
fn read(journal: &Connection) -> BTreeMap<String, [String; 4]> {
    let parents = |blob: Vec<u8>| blob.chunks(16).map(<[u8]>::to_vec).collect::<Vec<Id>>();
    let mut undone: HashSet<Id> = HashSet::new();
    let mut days: BTreeMap<String, Vec<Fact>> = BTreeMap::new();
    let query = "SELECT * FROM fact WHERE version = 1 ORDER BY clock, id";
    let mut query = journal.prepare(query).expect("the table");
    let mut rows = query.query([]).expect("facts");
    while let Some(row) = rows.next().expect("a fact") {
        let kind: String = row.get("kind").expect("a kind");
        let parents = parents(row.get("parents").expect("parents"));
        if kind == "took_back" {
            undone.extend(parents);
            continue;
        }
        if kind == "put_back" {
            undone.retain(|id| !parents.contains(id));
            continue;
        }
        let body: String = row.get("body").expect("a body");
        let body = serde_json::from_str(&body).expect("JSON");
        let fact = Fact { id: row.get("id").expect("an id"), kind, parents, body };
        days.entry(row.get("subject").expect("a subject")).or_default().push(fact);
    }
    let of_day = |(day, mut facts): (String, Vec<Fact>)| {
        facts.retain(|fact| !undone.contains(&fact.id));
        let words = [("wrote", "\n\n"), ("stepped", "; "), ("added_afterthought", "\n")];
        let [text, step, afterthoughts] = words.map(|(kind, between)| {
            let words = heads(&facts, kind).into_iter().map(|fact| fact.body["text"].as_str());
            words.map(Option::unwrap_or_default).collect::<Vec<_>>().join(between)
        });
        (day, [text, step, afterthoughts, state(&facts)])
    };
    let is_day = |(day, _): &(String, Vec<Fact>)| {
        day.len() == 10 && day.starts_with(|c: char| c.is_ascii_digit())
    };
    days.into_iter().filter(is_day).map(of_day).collect()
}

fn heads<'a>(facts: &'a [Fact], kind: &str) -> Vec<&'a Fact> {
    let chain: Vec<&Fact> =
        facts.iter().filter(|fact| fact.kind == kind || fact.kind == "deleted").collect();
    let is_head = |one: &Fact| !chain.iter().any(|fact| fact.parents.contains(&one.id));
    chain.iter().copied().filter(|fact| fact.kind == kind && is_head(fact)).collect()
}

fn state(facts: &[Fact]) -> String {
    let answer_to = |steps: &[&Fact]| {
        let is_to = |fact: &Fact| steps.iter().any(|step| fact.parents.contains(&step.id));
        let last = facts.iter().rev().find(|fact| fact.kind == "answered" && is_to(fact));
        last.and_then(|fact| fact.body["state"].as_str()).unwrap_or("open")
    };
    let steps = heads(facts, "stepped");
    let is_open = steps.iter().any(|step| answer_to(&[step]) == "open");
    if is_open { "open" } else { answer_to(&steps) }.to_owned()
}

#[test]
fn a_stranger_reads_every_word_of_a_journal() {
    let journal = Connection::open_in_memory().expect("opened");
    journal.execute_batch(include_str!("../fixtures/form-3.sql")).expect("made");
    let days = read(&journal);
    let words = |day: &str| [0, 1, 2].map(|at| days[day][at].as_str());
    assert_eq!(
        words("2026-11-01"),
        ["Ñandú und Größe: 世界は広い。 #work", "call Anna", "an afterthought"]
    );
    assert_eq!(words("2026-11-02"), ["edited words", "", ""]);
    assert_eq!(words("2026-11-03"), ["", "", ""], "deleted");
    assert_eq!(words("2026-11-04"), ["", "", ""], "undone, then forgotten");
    assert_eq!(words("2026-11-20"), ["twenty", "", ""]);
}

#[test]
fn a_stranger_reads_what_two_devices_wrote_apart() {
    let (here, elsewhere) = (Sandbox::new(), Sandbox::new());
    here.ok(&["write", "Written here.", "--next", "call Anna"]);
    elsewhere.ok(&["write", "Written elsewhere.", "--next", "write to Bo"]);
    elsewhere.ok(&["step", "done"]);
    let facts = elsewhere.ok(&["export", "jsonl"]);
    here.run_with(&["import", "dwell", "-"], facts.as_bytes());
    let check = |state: &str| {
        let shown = here.json(&["show", "2026-11-22"]);
        let days = read(&Connection::open(here.journal()).expect("opened"));
        let [text, step, _, read_state] = &days["2026-11-22"];
        assert_eq!(shown["reflection"]["text"], *text);
        assert_eq!(shown["step"]["text"], *step);
        assert_eq!((&shown["step"]["state"], read_state.as_str()), (&state.into(), state));
    };
    check("open");
    here.ok(&["step", "partly"]);
    check("partly");
}
