//! Backups: when they are made, that they are whole, and going back to one.

use std::fs;
use std::path::Path;

use super::*;
use crate::store::file::open::WAIT;

/// A journal with a place for backups.
struct BackedUp {
    folder: TempDir,
    failure: BackupFailure,
}

impl BackedUp {
    fn new() -> Self {
        let folder = TempDir::new_in("/dev/shm").or_else(|_| TempDir::new()).expect("a folder");
        Self { folder, failure: BackupFailure::default() }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("journal.db")
    }

    fn backups(&self) -> Backups {
        let folders = ["backups", "journals"].map(|name| self.folder.path().join(name));
        Backups::new(folders, self.path(), true, Some(start().day), &self.failure)
    }

    fn open(&self) -> Store {
        self.try_open().expect("opened")
    }

    fn try_open(&self) -> Result<Store> {
        let backups = Some(&self.backups());
        Store::open_with_progress(&self.path(), SHIPPED, backups, WAIT, &mut |_| {})
    }

    fn names(&self) -> Vec<String> {
        let files = self.backups().list();
        files.iter().map(|file| name_of(&file.path)).collect()
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().expect("a name").to_string_lossy().into_owned()
}

fn start() -> Now {
    now("2026-11-22T07:00:00+01:00")
}

fn on(days: i64) -> Now {
    let at = start().at + chrono::TimeDelta::days(days);
    Now { at, day: Day::new(at.date_naive()).expect("in range") }
}

fn write(store: &mut Store, now: Now, text: &str) {
    let writing = Writing { day: now.day, text, step: None, again: None };
    store.write(now, Order::Series, writing).expect("written");
}

fn text(store: &Store, day: Day) -> Option<String> {
    store.entry(day).expect("read")?.reflection.map(|reflection| reflection.text)
}

#[test]
fn the_first_change_of_a_day_is_made_after_a_backup_of_what_was_before() {
    let journal = BackedUp::new();
    let mut store = journal.open();
    store.serve(on(0), Order::Series).expect("served");
    write(&mut store, on(0), "first");
    assert_eq!(journal.names(), [""; 0], "nothing of the person's own was there");
    store.serve(on(1), Order::Series).expect("served");
    assert_eq!(journal.names(), [""; 0], "a lesson that is served can be served again");
    write(&mut store, on(1), "second");
    assert_eq!(journal.names(), ["journal-2026-11-23.db"]);
    write(&mut store, on(1), "third");
    assert_eq!(journal.names().len(), 1);
    let backup = journal.backups().list().remove(0).path;
    let held = Store::open(&backup, SHIPPED).expect("a journal");
    assert_eq!(text(&held, on(0).day).as_deref(), Some("first"));
    assert_eq!(text(&held, on(1).day), None);
    assert!(journal.failure.take().is_none());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
        assert_eq!(mode(&backup), 0o600);
        assert_eq!(mode(journal.backups().folder()), 0o700);
    }
    let files = fs::read_dir(journal.backups().folder()).expect("listed");
    assert_eq!(files.count(), 1, "no lock and nothing unfinished is left");
}

#[test]
fn a_change_that_is_larger_than_the_memory_of_pages_is_not_in_the_backup() {
    let journal = BackedUp::new();
    let mut store = journal.open();
    // SQLite puts such a change into the file before it is committed.
    let long = "word ".repeat(600_000);
    write(&mut store, on(0), &long);
    write(&mut store, on(1), &long);
    assert!(journal.failure.take().is_none());
    let backup = journal.backups().list().remove(0).path;
    let held = Store::open(&backup, SHIPPED).expect("a journal");
    assert_eq!(text(&held, on(0).day).map(|text| text.len()), Some(long.len()));
    assert_eq!(text(&held, on(1).day), None);
}

#[test]
fn a_page_of_zeros_is_damage_to_a_backup_and_no_failed_read() {
    let journal = BackedUp::new();
    write(&mut journal.open(), on(0), "first");
    let connection = rusqlite::Connection::open(journal.path()).expect("opened");
    let root = "SELECT rootpage FROM sqlite_schema WHERE name = 'lesson'";
    let root: usize = connection.query_row(root, [], |row| row.get(0)).expect("read");
    drop(connection);
    let mut bytes = fs::read(journal.path()).expect("read");
    bytes[(root - 1) * 4096..root * 4096].fill(0);
    fs::write(journal.path(), bytes).expect("written");
    let made = journal.open().back_up(&journal.backups(), on(1).day, Reason::Asked);
    assert!(matches!(made, Err(StoreError::Damaged { .. })), "{made:?}");
    assert_eq!(journal.names(), [""; 0]);
}

#[test]
fn an_import_and_a_repair_have_backups_of_their_own() {
    let journal = BackedUp::new();
    let mut store = journal.open();
    write(&mut store, on(0), "first");
    write(&mut store, on(1), "second");
    store.import(on(1), std::iter::empty()).expect("imported");
    store.import(on(1), std::iter::empty()).expect("imported");
    store.back_up(&journal.backups(), on(1).day, Reason::Asked).expect("made");
    assert_eq!(
        journal.names(),
        [
            "journal-2026-11-23.db",
            "journal-2026-11-23-before-import.db",
            "journal-2026-11-23-before-import-2.db",
            "journal-2026-11-23-asked.db",
        ]
    );
}

#[test]
fn words_that_are_to_be_erased_are_not_backed_up_first() {
    let journal = BackedUp::new();
    let mut store = journal.open();
    write(&mut store, on(0), "first");
    let facts = store.written_facts(on(0).day).expect("read");
    store.forget(on(1), on(0).day, &facts).expect("forgotten");
    assert_eq!(journal.names(), [""; 0]);
}

#[test]
fn a_damaged_journal_gets_no_backup_and_keeps_the_good_ones() {
    let journal = BackedUp::new();
    let mut store = journal.open();
    write(&mut store, on(0), "first");
    write(&mut store, on(1), "second");
    let damage = "UPDATE fact SET body = replace(body, 'first', 'firsT')";
    store.connection.execute_batch(damage).expect("damaged");
    write(&mut store, on(2), "third");
    assert_eq!(journal.names(), ["journal-2026-11-23.db"]);
    let failure = journal.failure.take().expect("a failure");
    let StoreError::NoBackup(cause) = &failure else { panic!("{failure}") };
    assert!(matches!(**cause, StoreError::Damaged { what: Damage::Fact { .. }, .. }), "{failure}");
    assert_eq!(fs::read_dir(journal.backups().folder()).expect("listed").count(), 1);
    assert_eq!(text(&store, on(2).day).as_deref(), Some("third"), "the change is made");
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_stops_no_change() {
    let journal = BackedUp::new();
    let mut store = journal.open();
    write(&mut store, on(0), "first");
    fs::write(journal.folder.path().join("backups"), "a file").expect("written");
    write(&mut store, on(1), "second");
    assert_eq!(text(&store, on(1).day).as_deref(), Some("second"));
    assert!(matches!(journal.failure.take(), Some(StoreError::NoBackup(_))));
}

#[test]
fn backups_are_thinned_out_only_after_a_new_one_was_checked() {
    let journal = BackedUp::new();
    let mut store = journal.open();
    for day in 0..20 {
        write(&mut store, on(day), "words");
    }
    let older = ["2026-11-29", "2026-11-30", "2026-12-05"];
    let last = (6..=11).map(|day| format!("2026-12-{day:02}"));
    let days = older.into_iter().map(str::to_owned).chain(last);
    assert_eq!(journal.names(), days.map(|day| format!("journal-{day}.db")).collect::<Vec<_>>());
    for backup in journal.backups().list() {
        Store::open(&backup.path, SHIPPED).expect("whole");
    }
}

#[test]
fn a_journal_that_is_gone_is_not_begun_anew() {
    let journal = BackedUp::new();
    let mut store = journal.open();
    write(&mut store, on(0), "first");
    drop(store);
    fs::rename(journal.path(), journal.folder.path().join("moved.db")).expect("moved");
    let is_missing = |journal: &BackedUp, has_backup: bool| match journal.try_open() {
        Err(StoreError::Unusable { why: Unusable::Missing { backup }, .. }) => {
            assert_eq!(backup.is_some(), has_backup);
        }
        other => panic!("{other:?}"),
    };
    is_missing(&journal, false);
    assert!(!journal.path().exists());
    fs::rename(journal.folder.path().join("moved.db"), journal.path()).expect("back");
    let mut store = journal.open();
    write(&mut store, on(1), "second");
    drop(store);
    fs::remove_dir_all(journal.folder.path().join("journals")).expect("removed");
    fs::remove_file(journal.path()).expect("removed");
    is_missing(&journal, true);
}

#[test]
fn a_journal_that_another_process_began_a_moment_ago_is_not_gone() {
    let journal = BackedUp::new();
    drop(journal.open());
    // As one that found no journal before sees it now.
    journal.backups().require_new().expect("it is there");
}

#[test]
fn the_backup_of_one_journal_is_not_that_of_another() {
    let journal = BackedUp::new();
    let mut store = journal.open();
    write(&mut store, on(0), "first");
    write(&mut store, on(1), "second");
    let folders = ["backups", "journals"].map(|name| journal.folder.path().join(name));
    let other = journal.folder.path().join("other/journal.db");
    let others = Backups::new(folders, other.clone(), false, Some(start().day), &journal.failure);
    assert_eq!(others.list(), []);
    let mut store =
        Store::open_with_progress(&other, SHIPPED, Some(&others), WAIT, &mut |_| {}).expect("new");
    write(&mut store, on(0), "other");
    write(&mut store, on(1), "words");
    assert_eq!((journal.names().len(), others.list().len()), (1, 1));
}

/// What going back to the backup of the second day did.
fn restored(journal: &BackedUp) -> Result<ReplacedJournal> {
    let backup = journal.backups().list().remove(0).path;
    let staged = StagedBackup::new(&backup, &journal.path())?;
    staged.put_in_place(&journal.backups(), on(2).day, on(2).at)
}

fn with_three_days() -> BackedUp {
    let journal = BackedUp::new();
    let mut store = journal.open();
    for (day, words) in [(0, "first"), (1, "second"), (2, "third")] {
        write(&mut store, on(day), words);
    }
    journal
}

#[test]
fn a_restore_says_what_changes_and_backs_up_what_it_replaces() {
    let journal = with_three_days();
    let backup = journal.backups().list().remove(0).path;
    let staged = StagedBackup::new(&backup, &journal.path()).expect("whole");
    let difference = staged.difference().expect("compared");
    assert_eq!(difference.only_in_journal, BTreeSet::from([on(1).day, on(2).day]));
    assert_eq!(difference.only_in_backup, BTreeSet::new());
    drop(staged);
    let open_before = journal.open();
    let ReplacedJournal::BackedUp(before) = restored(&journal).expect("restored") else {
        panic!("not backed up")
    };
    assert_eq!(name_of(&before.path), "journal-2026-11-24-before-restore.db");
    let texts = |store: &Store| [0, 1, 2].map(|day| text(store, on(day).day));
    let first = Some("first".to_owned());
    assert_eq!(texts(&journal.open()), [first.clone(), None, None]);
    assert_eq!(texts(&open_before), [first.clone(), None, None], "others see it at once");
    assert_tables_agree_with_facts(&journal.open());
    let before = Store::open(&before.path, SHIPPED).expect("whole");
    assert_eq!(texts(&before), [first, Some("second".into()), Some("third".into())]);
    let mut others = fs::read_dir(journal.folder.path()).expect("listed").flatten();
    assert!(others.all(|file| !name_of(&file.path()).starts_with("journal.db.")));
}

#[test]
fn a_journal_that_cannot_be_used_is_kept_as_it_is() {
    let stale = |journal: &BackedUp| {
        fs::write(journal.path(), "not a journal").expect("written");
        fs::write(platform_beside(&journal.path()), "left of another").expect("written");
    };
    let damaged = |journal: &BackedUp| {
        let mut bytes = fs::read(journal.path()).expect("read");
        let middle = bytes.len() / 2;
        bytes[middle..middle + 4096].fill(0x5a);
        bytes[4096..8192].fill(0x5a);
        fs::write(journal.path(), bytes).expect("written");
    };
    for (name, spoil) in [("stale", &stale as &dyn Fn(&BackedUp)), ("damaged", &damaged)] {
        let journal = with_three_days();
        spoil(&journal);
        let spoilt = fs::read(journal.path()).expect("read");
        let replaced = restored(&journal).expect("restored");
        let ReplacedJournal::Kept(kept) = replaced else { panic!("{name}: {replaced:?}") };
        assert_eq!(fs::read(&kept).expect("kept"), spoilt, "{name}");
        assert_eq!(platform_beside(&kept).exists(), name == "stale");
        assert!(!platform_beside(&journal.path()).exists());
        assert_eq!(text(&journal.open(), on(0).day).as_deref(), Some("first"), "{name}");
    }
}

#[test]
fn a_rollback_file_of_a_journal_that_is_gone_never_meets_the_restored_one() {
    let journal = with_three_days();
    fs::remove_file(journal.path()).expect("removed");
    fs::write(platform_beside(&journal.path()), "left").expect("written");
    assert_eq!(restored(&journal).expect("restored"), ReplacedJournal::None);
    assert!(!platform_beside(&journal.path()).exists());
    assert_eq!(text(&journal.open(), on(0).day).as_deref(), Some("first"));
}

#[test]
fn a_damaged_backup_or_the_journal_itself_is_refused() {
    let journal = with_three_days();
    let backup = journal.backups().list().remove(0).path;
    let whole = fs::read(&backup).expect("read");
    let before = fs::read(journal.path()).expect("read");
    let at = whole.windows(5).position(|bytes| bytes == b"first").expect("the words");
    let mut flipped = whole.clone();
    flipped[at] ^= 1;
    fs::write(&backup, flipped).expect("written");
    assert!(restored(&journal).is_err());
    fs::write(&backup, &whole[..whole.len() - 4096]).expect("written");
    assert!(restored(&journal).is_err());
    let itself = StagedBackup::new(&journal.path(), &journal.path()).expect_err("refused");
    assert!(matches!(itself, StoreError::Unusable { why: Unusable::IsTheJournal, .. }));
    assert_eq!(fs::read(journal.path()).expect("read"), before);
}

fn platform_beside(path: &Path) -> PathBuf {
    crate::platform::beside(path, "-journal")
}

#[test]
fn a_journal_of_an_older_form_is_backed_up_before_it_is_converted() {
    let journal = BackedUp::new();
    let old = include_str!("../../../tests/fixtures/form-2.sql");
    Connection::open(journal.path()).expect("created").execute_batch(old).expect("made");
    let before = fs::read(journal.path()).expect("read");
    fs::write(journal.folder.path().join("backups"), "a file").expect("written");
    let refused = journal.try_open().expect_err("no backup");
    assert!(matches!(refused, StoreError::NoBackup(_)), "{refused}");
    assert_eq!(fs::read(journal.path()).expect("read"), before);
    fs::remove_file(journal.folder.path().join("backups")).expect("removed");
    journal.open();
    assert_eq!(journal.names(), ["journal-2026-11-22-before-upgrade.db"]);
    let backup = journal.backups().list().remove(0).path;
    let version: u32 = Connection::open(backup)
        .expect("opened")
        .query_row("PRAGMA user_version", [], |row| row.get(0))
        .expect("read");
    assert_eq!(version, 2);
}
