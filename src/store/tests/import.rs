//! Importing records: a batch is imported once and undone at once.

use super::*;
use crate::journal::Step;
use crate::journal::entry::fact::Origin;
use crate::journal::entry::record::Record;

fn record(day: &str, key: &str, text: &str) -> Record {
    let at = testing::at(&format!("{day}T21:30:00-05:00"));
    Record {
        day: day.parse().expect("a day"),
        at,
        text: text.to_owned(),
        tags: vec!["old".to_owned()],
        step: Some(Step::open("call Anna")),
        afterthoughts: Vec::new(),
        origin: Origin { format: "test".to_owned(), key: key.to_owned() },
    }
}

#[test]
fn a_batch_keeps_its_instants_comes_once_and_is_one_undo() {
    let mut journal = Journal::new();
    let day: Day = "2019-03-03".parse().expect("a day");
    journal.write(day, "words of mine");
    let records = || {
        [
            record("2019-03-03", "1", "first"),
            record("2019-03-03", "2", "second"),
            record("2019-03-04", "3", "third"),
        ]
    };
    let report = journal.store.import(journal.now, records().into_iter()).expect("imported");
    assert_eq!((report.added, report.known, report.days.len()), (3, 0, 2));
    let text = "words of mine\n\nfirst\n\n#old\n\nsecond\n\n#old";
    assert_eq!(journal.text(day).as_deref(), Some(text));
    let entry = journal.store.entry("2019-03-04".parse().expect("a day")).expect("read");
    let entry = entry.expect("there");
    let reflection = entry.reflection.expect("words");
    assert_eq!(reflection.written_at.to_rfc3339(), "2019-03-04T21:30:00-05:00");
    assert!(!reflection.late, "it was written on its day");
    assert_eq!(entry.step.map(|step| step.text), Some("call Anna".to_owned()));
    let again = journal.store.import(journal.now, records().into_iter()).expect("imported");
    assert_eq!((again.added, again.known), (0, 3));
    assert_tables_agree_with_facts(&journal.store);
    // Three texts, and the step that two of one day have in common counts once.
    assert_eq!(journal.undo().expect("one change").len(), 5);
    assert_eq!(journal.text(day).as_deref(), Some("words of mine"));
    assert_tables_agree_with_facts(&journal.store);
    // What was undone may be imported anew, perhaps in another way.
    let anew = journal.store.import(journal.now, records().into_iter()).expect("imported");
    assert_eq!((anew.added, anew.known), (3, 0));
    assert_eq!(journal.text(day).as_deref(), Some(text));
}
