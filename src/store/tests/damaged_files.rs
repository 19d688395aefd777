//! Damaged files: whatever is wrong with the bytes, nothing panics, nothing is written by what only
//! reads, and the examination finds every flip of a bit that changes a fact, a lesson or an entry.

use std::fs;

use rusqlite::types::Value;

use super::doctor::Closed;
use super::*;
use crate::journal::entry::step::Fading;
use crate::store::doctor::Severity;

/// The rows that a damaged file must not silently have otherwise. Of a lesson only what its id is
/// computed from: nothing in the file says what its tags, its source and its place were.
const ROWS: [&str; 3] = [
    "SELECT * FROM fact NOT INDEXED ORDER BY id",
    "SELECT id, series, title, story, takeaway, question FROM lesson NOT INDEXED ORDER BY id",
    "SELECT * FROM entry NOT INDEXED ORDER BY day",
];

type Rows = Vec<rusqlite::Result<Vec<Vec<Value>>>>;

fn rows(path: &Path) -> Rows {
    let connection = Connection::open(path).expect("opened");
    let read = |sql| {
        let mut statement = connection.prepare(sql)?;
        let columns = statement.column_count();
        let row = |row: &rusqlite::Row<'_>| (0..columns).map(|at| row.get(at)).collect();
        statement.query_map([], row)?.collect()
    };
    ROWS.iter().map(|sql| read(sql)).collect()
}

/// Numbers that are the same at each run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("small") % sides
    }
}

/// Reads the journal by everything that only reads.
fn read_all(journal: &Closed) {
    let Ok(Some(store)) =
        Store::open_to_look(&journal.path, SHIPPED, std::time::Duration::from_secs(1))
    else {
        return;
    };
    let _ = store.status(journal.now, RestWeekdays::default(), Fading::default());
    let _ = store.each_entry(&Query::default(), |_| Ok::<(), StoreError>(()));
    let _ = store.each_lesson(None, |_| Ok::<(), StoreError>(()));
    let _ = store.each_fact(|_| Ok::<(), StoreError>(()));
    let _ = store.each_stored_lesson(|_| Ok::<(), StoreError>(()));
    let _ = store.checked_entry(journal.now.day);
    let _ = store.all_series();
    let _ = store.last_change(journal.now);
}

#[test]
fn every_flip_that_changes_a_fact_a_lesson_or_an_entry_is_found_and_nothing_is_written() {
    let journal = Closed::new();
    let whole = fs::read(&journal.path).expect("read");
    let wanted = rows(&journal.path);
    let mut dice = Dice(7);
    let (mut changed, mut silent) = (0, 0);
    for page in 0..whole.len() / 4096 {
        for _ in 0..6 {
            // Most pages are not full: a bit where something stands.
            let mut at = page * 4096 + dice.roll(4096);
            while whole[at] == 0 && at % 4096 != 4095 {
                at += 1;
            }
            let bit = dice.roll(8);
            let mut flipped = whole.clone();
            flipped[at] ^= 1 << bit;
            fs::write(&journal.path, &flipped).expect("written");
            let examination = journal.examine();
            read_all(&journal);
            assert!(fs::read(&journal.path).expect("read") == flipped, "written: {at}, bit {bit}");
            let is_found = examination.worst() == Severity::Damage;
            let found = rows(&journal.path);
            let is_same = found.iter().zip(&wanted).all(|(found, wanted)| match (found, wanted) {
                (Ok(found), Ok(wanted)) => found == wanted,
                _ => false,
            });
            changed += usize::from(!is_same);
            silent += usize::from(is_same && !is_found);
            let findings = &examination.findings;
            assert!(is_same || is_found, "byte {at} (page {page}), bit {bit}: {findings:?}");
        }
    }
    // The test itself: most flips mean something, and some hit what nothing depends on.
    assert!(changed > 50, "{changed}");
    assert!(silent > 0, "{silent}");
}

#[test]
fn what_is_cut_overwritten_or_foreign_is_damage_and_stays_as_it_is() {
    let journal = Closed::new();
    let whole = fs::read(&journal.path).expect("read");
    let mut dice = Dice(11);
    let mut files: Vec<Vec<u8>> = Vec::new();
    for _ in 0..24 {
        files.push(whole[..dice.roll(whole.len())].to_vec());
        let mut garbage = whole.clone();
        let (at, length) = (dice.roll(whole.len() - 600), 1 + dice.roll(600));
        garbage[at..at + length]
            .iter_mut()
            .for_each(|byte| *byte = dice.0.to_be_bytes()[2] ^ *byte ^ 0x5a);
        files.push(garbage);
    }
    let foreign = journal.path.with_file_name("foreign.db");
    Connection::open(&foreign).expect("made").execute_batch("CREATE TABLE fact (a)").expect("made");
    files.push(fs::read(&foreign).expect("read"));
    fs::remove_file(&foreign).expect("removed");
    for bytes in files {
        fs::write(&journal.path, &bytes).expect("written");
        let _ = journal.examine();
        read_all(&journal);
        assert!(fs::read(&journal.path).expect("read") == bytes);
    }
}
