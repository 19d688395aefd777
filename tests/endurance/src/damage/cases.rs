//! The damaged journals.

use std::fs;
use std::path::Path;

use rusqlite::Connection;

use super::pages::{self, PAGE};
use crate::Size;
use crate::dice::Dice;
use crate::home::Home;
use crate::verbs::{Homes, Start};

/// One damaged journal: what is written over its file and beside it.
#[derive(Debug, Clone)]
pub struct Case {
    pub kind: String,
    pub what: String,
    /// The files, each by what its name has after that of the journal.
    pub files: Vec<(&'static str, Vec<u8>)>,
    /// Whether a reader may change the journal: it brings one of an older version to the present one,
    /// and SQLite rolls back by what a flipped bit in a rollback file made of it.
    pub may_change: bool,
    /// Whether it is another file, or whole beside something else, and not the journal with damage.
    pub is_of_other: bool,
}

/// The whole journal, as a case.
pub fn whole(homes: &Homes, _: &[Case]) -> Case {
    let bytes = fs::read(homes.journal(Start::Journal)).expect("read");
    case("", "whole", vec![("", bytes)])
}

fn case(kind: &str, what: &str, files: Vec<(&'static str, Vec<u8>)>) -> Case {
    let (kind, what) = (kind.to_owned(), what.to_owned());
    Case { kind, what, files, may_change: false, is_of_other: false }
}

/// All cases of this size.
pub fn all(homes: &Homes, folder: &Path, size: Size) -> Vec<Case> {
    let journal = homes.journal(Start::Journal);
    let bytes = fs::read(&journal).expect("read");
    // In the short form a twentieth of each.
    let count = |long: usize| if size == Size::Long { long } else { (long / 20).max(3) };
    let mut dice = Dice(7);
    let mut cases = Vec::new();
    for _ in 0..count(400) {
        let length = dice.roll(bytes.len());
        cases.push(case("cut anywhere", &length.to_string(), vec![("", bytes[..length].to_vec())]));
    }
    for _ in 0..count(200) {
        let length = (1 + dice.roll(bytes.len() / PAGE - 1)) * PAGE;
        cases.push(case(
            "cut between pages",
            &length.to_string(),
            vec![("", bytes[..length].to_vec())],
        ));
    }
    for _ in 0..count(300) {
        let at = dice.roll(100);
        let case = flipped("a bit flipped in the head", &bytes, at, &mut dice);
        // The version of the derived tables: with another one, a reader makes these tables again.
        cases.push(Case { may_change: (62..64).contains(&at), ..case });
    }
    let tables = pages::by_table(&journal, &bytes);
    let each = 4000 / tables.len();
    for (table, pages) in &tables {
        for _ in 0..count(each) {
            let at = dice.pick(pages) + dice.roll(PAGE);
            let case = flipped(&format!("a bit flipped in {table}"), &bytes, at, &mut dice);
            // The mark of the lessons that came with the program: with another one, the journal is as
            // after an older release, and `lesson list` takes in the lessons of this one.
            cases.push(Case { may_change: table == "setting", ..case });
        }
    }
    for number in 0..count(300) {
        let at = dice.roll(bytes.len() - 512);
        let garbage = if number.is_multiple_of(2) { vec![0; 512] } else { dice.bytes(512) };
        let mut torn = bytes.clone();
        torn[at..at + 512].copy_from_slice(&garbage);
        cases.push(case("512 bytes of something else", &at.to_string(), vec![("", torn)]));
    }
    for _ in 0..count(300) {
        let [from, to] = [(); 2].map(|()| dice.roll(bytes.len() / PAGE) * PAGE);
        let mut mixed = bytes.clone();
        mixed[to..to + PAGE].copy_from_slice(&bytes[from..from + PAGE]);
        cases.push(case("a page over another", &format!("{from} over {to}"), vec![("", mixed)]));
    }
    cases.extend(others(homes, folder, &bytes, &mut dice, count(100)));
    cases.extend(beside(homes, folder, &bytes, &mut dice, count(200)));
    cases
}

fn flipped(kind: &str, bytes: &[u8], at: usize, dice: &mut Dice) -> Case {
    let mut flipped = bytes.to_vec();
    let bit = dice.roll(8);
    flipped[at] ^= 1 << bit;
    case(kind, &format!("byte {at}, bit {bit}"), vec![("", flipped)])
}

/// Files of other programs and of other versions.
fn others(homes: &Homes, folder: &Path, bytes: &[u8], dice: &mut Dice, count: usize) -> Vec<Case> {
    let mut cases = Vec::new();
    let mut foreign = |what: &str, bytes: Vec<u8>| {
        let case = case("a file of another program", what, vec![("", bytes)]);
        cases.push(Case { is_of_other: true, ..case });
    };
    foreign("a text", b"dear diary\n".to_vec());
    foreign("a text that begins as SQLite does", b"SQLite format 3\0 dear diary\n".to_vec());
    foreign("zeros", vec![0; 8192]);
    for sql in [
        "CREATE TABLE t (x)",
        "CREATE TABLE fact (x); PRAGMA user_version = 3",
        "PRAGMA application_id = 1; CREATE TABLE entry (day)",
    ] {
        let path = folder.join("other.db");
        let _ = fs::remove_file(&path);
        Connection::open(&path).expect("opened").execute_batch(sql).expect("made");
        foreign(sql, fs::read(&path).expect("read"));
    }
    for number in 0..count {
        let length = dice.roll(5000) + 1;
        foreign(&format!("garbage {number}"), dice.bytes(length));
    }
    // The number of the form stands in bytes 60 to 63.
    for version in 0..=u8::try_from(count.min(200)).expect("small") {
        let mut other = bytes.to_vec();
        other[60..64].copy_from_slice(&[0, 0, u8::from(version > 100) * 7, version]);
        let case = case("another version's number", &version.to_string(), vec![("", other)]);
        cases.push(Case { may_change: true, is_of_other: true, ..case });
    }
    for form in 1..=3 {
        let bytes = fs::read(homes.journal(Start::Form(form))).expect("read");
        let case = case("an older form, cut", &form.to_string(), Vec::new());
        for _ in 0..count.div_ceil(3) {
            let length = dice.roll(bytes.len() - 1) + 1;
            let files = vec![("", bytes[..length].to_vec())];
            cases.push(Case { files, is_of_other: true, ..case.clone() });
        }
    }
    cases
}

/// Files beside the journal that do not belong to it.
fn beside(homes: &Homes, folder: &Path, bytes: &[u8], dice: &mut Dice, count: usize) -> Vec<Case> {
    let home = homes.copy(Start::Journal, &folder.join("stale"));
    let hot = interrupted(&home);
    // The journal moved on, and an older copy was put back.
    for number in 0..3 {
        home.ok(&["write", &format!("later words {number}")]);
    }
    let later = fs::read(home.journal()).expect("read");
    let other = fs::read(homes.journal(Start::Form(3))).expect("read");
    let mut cases = Vec::new();
    let mut add = |what: &str, files: Vec<(&'static str, Vec<u8>)>| {
        let case = case("a file beside it of another state", what, files);
        cases.push(Case { is_of_other: true, may_change: what.starts_with("flipped"), ..case });
    };
    add("an older copy", vec![("", other), ("-journal", hot.clone())]);
    add("a later state", vec![("", later), ("-journal", hot.clone())]);
    for _ in 0..count {
        let cut = hot[..dice.roll(hot.len())].to_vec();
        add(&format!("cut at {}", cut.len()), vec![("", bytes.to_vec()), ("-journal", cut)]);
        let mut flipped = hot.clone();
        let at = dice.roll(hot.len());
        flipped[at] ^= 1 << dice.roll(8);
        add(&format!("flipped at {at}"), vec![("", bytes.to_vec()), ("-journal", flipped)]);
        let length = dice.roll(3000) + 1;
        add("garbage", vec![("", bytes.to_vec()), ("-journal", dice.bytes(length))]);
        let length = dice.roll(3000) + 1;
        add("a log of garbage", vec![("", bytes.to_vec()), ("-wal", dice.bytes(length))]);
    }
    cases
}

/// The rollback file of a change that is interrupted.
fn interrupted(home: &Home) -> Vec<u8> {
    let connection = Connection::open(home.journal()).expect("opened");
    connection.execute_batch("PRAGMA cache_size = 1; BEGIN IMMEDIATE").expect("begun");
    let rollback = super::beside(&home.journal(), "-journal");
    let mut number = 0;
    loop {
        number += 1;
        connection
            .execute("INSERT INTO setting VALUES (?1, ?2)", (format!("x{number}"), "x".repeat(900)))
            .expect("inserted");
        // The number of pages is written when the file is.
        match fs::read(&rollback) {
            Ok(hot) if hot.len() > 512 && hot[8..12] != [0; 4] => {
                connection.execute_batch("ROLLBACK").expect("rolled back");
                return hot;
            }
            _ => {}
        }
    }
}
