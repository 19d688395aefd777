//! A locked journal: what is changed is in the sealed file, nothing of it is plain anywhere, and
//! processes that write at once lose nothing.

use std::fs;
use std::thread;

use super::*;
use crate::seal::{self, Key, RecoveryKey, SealError};

const WAIT: Duration = Duration::from_mins(1);

/// A locked journal, and its key.
struct Locked {
    journal: Journal,
    key: Key,
}

impl Locked {
    fn new() -> Self {
        let mut journal = Journal::new();
        let key = Key::generate(&RecoveryKey::generate());
        let plain = journal.store.connection.connection.serialize("main").expect("read").to_vec();
        let paths = SealedPaths::of(&journal.path());
        seal::replace(&paths.sealed, &seal::seal(&plain, &key.recipients)).expect("sealed");
        fs::remove_file(journal.path()).expect("removed");
        journal.store = open(&journal.path(), &key).expect("opened");
        Self { journal, key }
    }

    fn open(&self) -> Result<Store> {
        open(&self.journal.path(), &self.key)
    }

    fn sealed(&self) -> PathBuf {
        SealedPaths::of(&self.journal.path()).sealed
    }

    fn plain(&self) -> seal::Zeroizing<Vec<u8>> {
        seal::open(&fs::read(self.sealed()).expect("read"), &self.key.secret).expect("opened")
    }
}

fn open(path: &Path, key: &Key) -> Result<Store> {
    Store::open_sealed(path, key, SHIPPED, None, WAIT, &mut |_| {})
}

fn has(bytes: &[u8], words: &str) -> bool {
    bytes.windows(words.len()).any(|part| part == words.as_bytes())
}

#[test]
fn what_is_written_is_in_the_sealed_file_and_nowhere_else() {
    let mut locked = Locked::new();
    let today = locked.journal.now.day;
    locked.journal.write(today, "words for nobody");
    assert!(has(&locked.plain(), "words for nobody"));
    let entry = locked.open().expect("opened").entry(today).expect("read").expect("an entry");
    assert_eq!(entry.reflection.expect("written").text, "words for nobody");
    for file in fs::read_dir(locked.journal.folder.path()).expect("listed") {
        let file = file.expect("a file");
        let name = file.file_name();
        assert!(["journal.db.age", "journal.db.age-lock"].contains(&&*name.to_string_lossy()));
        assert!(!has(&fs::read(file.path()).expect("read"), "words for nobody"));
    }
    assert_eq!(locked.journal.store.compare().expect("read"), []);
}

#[test]
fn another_process_sees_the_change_and_its_own_change_keeps_it() {
    let mut locked = Locked::new();
    let today = locked.journal.now.day;
    let mut other = locked.open().expect("opened");
    locked.journal.write(today, "one");
    assert!(other.entry(today).expect("read").is_none_or(|entry| entry.reflection.is_none()));
    other.refresh().expect("read again");
    assert!(other.entry(today).expect("read").is_some_and(|entry| entry.reflection.is_some()));
    locked.journal.write(today, "two");
    let writing = Writing { day: today, text: "three", step: None, again: None };
    other.write(locked.journal.now, Order::Series, writing).expect("written");
    let text = locked.open().expect("opened").entry(today).expect("read").expect("an entry");
    assert_eq!(text.reflection.expect("written").text, "one\n\ntwo\n\nthree");
}

#[test]
fn twenty_writers_at_once_lose_nothing() {
    let locked = Locked::new();
    let (path, key, now) = (locked.journal.path(), &locked.key, locked.journal.now);
    let write = |number: usize| {
        let mut store = open(&path, key).expect("opened");
        for time in 0..3 {
            let text = format!("words {number}.{time}.");
            let writing = Writing { day: now.day, text: &text, step: None, again: None };
            store.write(now, Order::Series, writing).expect("written");
        }
    };
    thread::scope(|scope| {
        (0..20).for_each(|number| {
            scope.spawn(move || write(number));
        });
    });
    let store = locked.open().expect("opened");
    let text = store.entry(now.day).expect("read").expect("an entry").reflection.expect("written");
    for words in (0..20).flat_map(|number| (0..3).map(move |time| (number, time))) {
        assert!(text.text.contains(&format!("words {}.{}.", words.0, words.1)), "{words:?}");
    }
    assert_eq!(store.compare().expect("read"), []);
}

#[test]
fn a_change_that_cannot_be_sealed_is_not_kept_in_memory() {
    let mut locked = Locked::new();
    let (today, now) = (locked.journal.now.day, locked.journal.now);
    locked.journal.write(today, "one");
    let folder = locked.journal.folder.path().to_owned();
    let away = folder.with_extension("away");
    let failed = locked.journal.store.change(now, |transaction| {
        let wrote = Event::Wrote { day: today, text: "lost".to_owned(), on: today };
        transaction.record(Vec::new(), wrote)?;
        fs::rename(&folder, &away).expect("moved");
        Ok(())
    });
    fs::rename(&away, &folder).expect("moved back");
    assert!(matches!(failed, Err(StoreError::NotWritten { .. })), "{failed:?}");
    locked.journal.store.refresh().expect("read again");
    assert_eq!(locked.journal.text(today).as_deref(), Some("one"));
    locked.journal.write(today, "two");
    assert_eq!(locked.journal.text(today).as_deref(), Some("one\n\ntwo"));
    let opened = locked.open().expect("opened").entry(today).expect("read").expect("an entry");
    assert_eq!(opened.reflection.expect("written").text, "one\n\ntwo");
}

#[test]
fn forgotten_words_are_in_no_unused_page() {
    let mut locked = Locked::new();
    let today = locked.journal.now.day;
    locked.journal.write(today, "unforgettable");
    let shown = locked.journal.store.written_facts(today).expect("read");
    let now = locked.journal.now;
    locked.journal.store.forget(now, today, &shown).expect("forgotten");
    assert!(!has(&locked.plain(), "unforgettable"));
}

#[test]
fn each_wrong_file_and_key_is_told_apart() {
    let locked = Locked::new();
    let (path, sealed) = (locked.journal.path(), locked.sealed());
    let other = Key::generate(&RecoveryKey::generate());
    let why = |opened: Result<Store>| match opened.expect_err("refused") {
        StoreError::Sealed(SealError { why, .. }) => format!("{why:?}"),
        StoreError::Unusable { why, .. } => format!("{why:?}"),
        error => panic!("{error}"),
    };
    assert_eq!(why(open(&path, &other)), "OtherKey");
    assert!(why(Store::open(&path, SHIPPED)).starts_with("Locked"));
    assert!(why(Store::open_existing(&path, SHIPPED).map(|_| panic!())).starts_with("Locked"));
    assert!(!path.exists(), "no plain journal is begun beside a sealed one");
    let whole = fs::read(&sealed).expect("read");
    for (bytes, wanted) in [
        (whole[..whole.len() / 2].to_vec(), "Damaged"),
        (b"SQLite format 3\0".to_vec(), "NotSealed"),
        (Vec::new(), "Empty"),
        (seal::seal(b"words", &locked.key.recipients), "NotAJournal"),
        (seal::seal(b"", &locked.key.recipients), "Empty"),
        (seal::seal(&locked.plain()[..5000], &locked.key.recipients), "CutShort"),
    ] {
        fs::write(&sealed, bytes).expect("written");
        assert_eq!(why(locked.open()), wanted);
    }
    fs::write(&sealed, &whole).expect("written");
    fs::write(&path, &*locked.plain()).expect("written");
    assert!(why(locked.open()).starts_with("BesideSealed"));
    assert!(why(Store::open(&path, SHIPPED)).starts_with("BesideSealed"));
    fs::remove_file(&sealed).expect("removed");
    assert!(Store::open(&path, SHIPPED).is_ok());
}

#[test]
fn a_write_to_a_journal_that_was_unlocked_meanwhile_is_an_error() {
    let mut locked = Locked::new();
    fs::rename(locked.sealed(), locked.journal.folder.path().join("away")).expect("moved");
    let now = locked.journal.now;
    let writing = Writing { day: now.day, text: "words", step: None, again: None };
    let error = locked.journal.store.write(now, Order::Series, writing).expect_err("refused");
    assert!(matches!(error, StoreError::Unusable { why: Unusable::Gone, .. }), "{error}");
}
