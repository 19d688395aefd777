//! The examination finds what is damaged and what lies beside a journal, calls nothing else damage,
//! and writes nothing.

use std::fs;
use std::time::Instant;

use super::*;
use crate::platform;
use crate::store::doctor::repair::{self, Step};
use crate::store::doctor::{Examination, Finding, Patient, Salvaged, Severity, examine};

/// A journal that has something in every table, and is closed.
pub(super) struct Closed {
    pub(super) folder: TempDir,
    pub(super) path: PathBuf,
    pub(super) now: Now,
}

impl Closed {
    pub(super) fn new() -> Self {
        let mut journal = Journal::new();
        let day = journal.now.day;
        let step = testing::step("call Anna");
        let writing = Writing { day, text: "first words #work", step: Some(&step), again: None };
        journal.store.write(journal.now, Order::Series, writing).expect("written");
        journal.store.add_afterthought(journal.now, day, "it was late").expect("added");
        let long = "a long text that needs pages of its own ".repeat(300);
        journal.write(day.minus_days(1).expect("in range"), &long);
        journal.write(day, "undone words");
        journal.undo().expect("undone");
        let lesson = journal.store.entry(day).expect("read").expect("there").lesson;
        let lesson = lesson.expect("a lesson");
        journal.store.love(journal.now, lesson.id, true).expect("loved");
        journal.store.add_series(journal.now, &series("own", 2)).expect("added");
        Self::of(journal)
    }

    fn of(journal: Journal) -> Self {
        let path = journal.path();
        let Journal { folder, store, now } = journal;
        drop(store);
        let real = fs::canonicalize(folder.path()).expect("there");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(&real, fs::Permissions::from_mode(0o700)).expect("set");
        }
        Self { path: real.join(path.file_name().expect("a name")), folder, now }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.path.with_file_name(name)
    }

    pub(super) fn examine(&self) -> Examination {
        self.as_patient(|patient| examine(patient, &mut |_| {}))
    }

    fn as_patient<T>(&self, run: impl FnOnce(&Patient<'_>) -> T) -> T {
        let folders = [self.at("backups"), self.at("traces")];
        let (path, today) = (self.path.clone(), Some(self.now.day));
        let patient = Patient {
            journal: &self.path,
            backups: &Backups::new(folders, path, true, today, &BackupFailure::default()),
            scratch: &self.at("scratch"),
            folders: &[self.folder.path().to_owned()],
            others: &[self.at("config")],
            shipped: SHIPPED,
            now: self.now,
            key: None,
        };
        run(&patient)
    }

    /// Repairs what is found, and returns what a salvage saved.
    fn repair(&self) -> Option<(Salvaged, ReplacedJournal)> {
        let steps = repair::plan(&self.examine().findings);
        assert!(!steps.is_empty(), "{:?}", self.examine().findings);
        self.as_patient(|patient| {
            let copy = repair::keep_copy(patient).expect("copied");
            let mut salvaged = None;
            for step in &steps {
                match step {
                    Step::Salvage => {
                        let made = repair::salvage_journal(patient, &mut |_| {});
                        salvaged = Some(made.expect("salvaged"));
                    }
                    Step::Rebuild => repair::rebuild(patient, &mut |_| {}).expect("rebuilt"),
                    Step::MoveAway(file) => _ = repair::move_away(file, &copy).expect("moved"),
                    Step::TakeAway(_) => _ = repair::take_away_servings(patient).expect("taken"),
                    Step::Remove(path) => repair::remove(path, &self.path).expect("removed"),
                    Step::Close(path) => repair::close(path).expect("closed"),
                }
            }
            salvaged
        })
    }

    fn open(&self) -> Store {
        Store::open(&self.path, SHIPPED).expect("opened")
    }

    fn kinds(&self) -> Vec<&'static str> {
        self.examine().findings.iter().map(Finding::kind).collect()
    }

    /// What is worse than a note.
    fn worse(&self) -> Vec<&'static str> {
        let findings = self.examine().findings;
        let worse = findings.iter().filter(|one| one.severity() > Severity::Note);
        worse.map(Finding::kind).collect()
    }

    fn change(&self, sql: &str) {
        let connection = Connection::open(&self.path).expect("opened");
        connection.execute_batch("PRAGMA writable_schema = ON").expect("set");
        connection.execute_batch(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
    }
}

#[test]
fn a_sound_journal_has_only_notes_and_is_not_touched() {
    let journal = Closed::new();
    let before = fs::read(&journal.path).expect("read");
    let examination = journal.examine();
    let kinds: Vec<_> = examination.findings.iter().map(Finding::kind).collect();
    assert_eq!(kinds, ["examined", "no_backup", "not_encrypted", "versions"]);
    let counts = examination.counts.expect("looked into");
    assert_eq!((counts.entries, counts.lessons), (2, 7));
    assert!(examination.id.is_some() && examination.is_complete());
    assert_eq!(fs::read(&journal.path).expect("read"), before);
    let left = fs::read_dir(journal.folder.path()).expect("listed").count();
    assert_eq!(left, 1, "nothing is made beside it");
}

#[test]
fn a_changed_letter_in_any_column_of_a_derived_table_is_found() {
    let tables = [
        ("entry", "derived_table"),
        ("lesson_state", "derived_table"),
        ("series", "derived_table"),
        ("undone", "derived_table"),
    ];
    let journal = Closed::new();
    let whole = fs::read(&journal.path).expect("read");
    for (table, kind) in tables {
        let columns = {
            let connection = Connection::open(&journal.path).expect("opened");
            let sql = format!("SELECT name, type FROM pragma_table_info('{table}')");
            let mut statement = connection.prepare(&sql).expect("columns");
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
            let columns: rusqlite::Result<Vec<(String, String)>> = rows.expect("read").collect();
            columns.expect("read")
        };
        for (column, of) in columns {
            fs::write(&journal.path, &whole).expect("written");
            let set = match of.as_str() {
                "INTEGER" => format!("coalesce({column}, 1) + 1000"),
                "BLOB" => "randomblob(16)".to_owned(),
                _ => format!("coalesce({column}, '2026-01-01') || 'x'"),
            };
            journal.change(&format!(
                "PRAGMA ignore_check_constraints = ON;
                 UPDATE {table} SET {column} = {set}
                 WHERE {column} = (SELECT max({column}) FROM {table})
                       OR ({column} IS NULL AND (SELECT max({column}) FROM {table}) IS NULL)"
            ));
            let kinds = journal.worse();
            assert!(kinds.contains(&kind), "{table}.{column}: {kinds:?}");
        }
    }
}

#[test]
fn a_search_index_without_a_word_is_found() {
    let journal = Closed::new();
    for sql in [
        "DELETE FROM search_docsize WHERE id > 0",
        "UPDATE search_docsize SET sz = x'0101' WHERE id > 0",
        "INSERT INTO search (rowid, title, body) VALUES (1, '', 'more')",
        "INSERT INTO search (search) VALUES ('delete-all')",
    ] {
        let whole = fs::read(&journal.path).expect("read");
        journal.change(sql);
        let kinds = journal.worse();
        assert!(kinds.contains(&"derived_table"), "{sql}: {kinds:?}");
        fs::write(&journal.path, whole).expect("written");
    }
}

#[test]
fn what_dwell_never_makes_and_what_is_missing_is_told_by_name() {
    for (sql, kind, severity) in [
        (
            "CREATE TRIGGER t AFTER INSERT ON fact BEGIN SELECT 1; END",
            "foreign_object",
            Severity::Warning,
        ),
        ("CREATE VIEW v AS SELECT 1", "foreign_object", Severity::Warning),
        ("CREATE TABLE mine (a)", "foreign_object", Severity::Note),
        ("CREATE INDEX mine ON fact (at)", "foreign_object", Severity::Note),
        ("DROP INDEX fact_clock", "altered_table", Severity::Damage),
        ("DROP INDEX entry_open_step", "altered_table", Severity::Damage),
        ("ALTER TABLE entry ADD COLUMN more TEXT", "altered_table", Severity::Damage),
        ("DROP TABLE edition", "altered_table", Severity::Damage),
    ] {
        let journal = Closed::new();
        journal.change(sql);
        let findings = journal.examine().findings;
        let found = findings.iter().find(|one| one.kind() == kind);
        assert_eq!(found.map(Finding::severity), Some(severity), "{sql}: {findings:?}");
    }
}

#[test]
fn a_fact_of_a_newer_release_is_a_note_and_no_damage() {
    let mut journal = Journal::new();
    let fact = testing_fact(&journal, "dreamt", 7);
    let items = [Ok(JournalItem::Fact(Box::new(fact)))];
    journal.store.merge(journal.now, items.into_iter()).expect("merged");
    let findings = Closed::of(journal).examine().findings;
    let unknown = findings.iter().find_map(|one| match one {
        Finding::UnknownFacts { kind, version, facts } => Some((kind.as_str(), *version, *facts)),
        _ => None,
    });
    assert_eq!(unknown, Some(("dreamt", 7, 1)));
    assert!(findings.iter().all(|one| one.severity() == Severity::Note), "{findings:?}");
}

/// A sound fact of a kind that this release does not know.
fn testing_fact(journal: &Journal, kind: &str, version: u32) -> StoredFact {
    let id = crate::journal::FactId(crate::clock::time_id(journal.now.at));
    let subject = "2026-11-22".to_owned();
    let event = Event::Unknown { kind: kind.to_owned(), subject: subject.as_str().into() };
    let mut stored = StoredFact {
        fact: crate::journal::Fact {
            id,
            clock: 900,
            change: id,
            device: crate::journal::entry::fact::DeviceId(id.0),
            parents: Vec::new(),
            at: journal.now.at,
            origin: None,
            event,
        },
        kind: kind.to_owned(),
        version,
        subject,
        body: "{\"a\":1}".to_owned(),
        hash: Vec::new(),
    };
    stored.seal();
    stored
}

#[test]
fn a_clock_that_jumped_and_a_serving_that_is_still_to_come_are_told() {
    let mut journal = Journal::new();
    journal.write(journal.now.day, "before");
    journal.later(400);
    journal.write(journal.now.day, "in the future");
    journal.later(-399);
    journal.write(journal.now.day, "back again");
    let ahead = journal.now.day.plus_days(399).expect("in range");
    let findings = Closed::of(journal).examine().findings;
    let served = findings.iter().find_map(|one| match one {
        Finding::ServedAhead { day } => Some(*day),
        _ => None,
    });
    assert_eq!(served, Some(ahead), "{findings:?}");
    assert!(findings.iter().any(|one| matches!(one, Finding::ClockWentBack { times: 1, .. })));
}

#[test]
fn an_older_form_is_examined_in_a_copy() {
    for sql in [
        include_str!("../../../tests/fixtures/form-1.sql"),
        include_str!("../../../tests/fixtures/form-2.sql"),
        include_str!("../../../tests/fixtures/form-3.sql"),
    ] {
        let folder = TempDir::new().expect("a folder");
        let path = fs::canonicalize(folder.path()).expect("there").join("journal.db");
        Connection::open(&path).expect("created").execute_batch(sql).expect("made");
        let journal = Closed { folder, path, now: now("2026-11-26T07:00:00+01:00") };
        let before = fs::read(&journal.path).expect("read");
        let examination = journal.examine();
        let kinds: Vec<_> = examination.findings.iter().map(Finding::kind).collect();
        assert!(kinds.contains(&"old_form"), "{kinds:?}");
        assert!(examination.worst() < Severity::Damage, "{:?}", examination.findings);
        assert!(examination.counts.expect("looked into").facts > 0);
        assert_eq!(fs::read(&journal.path).expect("read"), before);
        assert_eq!(fs::read_dir(journal.at("scratch")).expect("made").count(), 0);
    }
}

#[cfg(unix)]
#[test]
fn an_interrupted_change_is_examined_in_a_copy_without_it() {
    let journal = Closed::new();
    let whole = fs::read(&journal.path).expect("read");
    // A change that spills into the file, and whose process is gone.
    let rollback = platform::beside(&journal.path, "-journal");
    let (half, left) = {
        let connection = Connection::open(&journal.path).expect("opened");
        connection
            .execute_batch("PRAGMA cache_size = 1; BEGIN; UPDATE fact SET kind = kind || 'x'")
            .expect("changed");
        connection.execute_batch("UPDATE lesson SET title = title || 'x'").expect("changed");
        connection.cache_flush().expect("flushed");
        (fs::read(&journal.path).expect("read"), fs::read(&rollback).expect("read"))
    };
    assert_ne!(half, whole);
    fs::write(&journal.path, &half).expect("written");
    fs::write(&rollback, &left).expect("written");
    let examination = journal.examine();
    let kinds: Vec<_> = examination.findings.iter().map(Finding::kind).collect();
    assert!(kinds.contains(&"interrupted_change"), "{:?}", examination.findings);
    assert!(examination.worst() == Severity::Warning, "{:?}", examination.findings);
    assert_eq!(examination.counts.expect("looked into").entries, 2);
    assert_eq!(fs::read(&journal.path).expect("read"), half);
    assert_eq!(fs::read(&rollback).expect("read"), left);
    // A rollback file of another state: the journal is examined without it.
    fs::write(&journal.path, &whole).expect("written");
    let mut other = left.clone();
    other[24..28].copy_from_slice(&512_u32.to_be_bytes());
    fs::write(&rollback, &other).expect("written");
    let examination = journal.examine();
    let kinds: Vec<_> = examination.findings.iter().map(Finding::kind).collect();
    assert!(kinds.contains(&"not_usable") && examination.counts.is_some(), "{kinds:?}");
    assert_eq!(fs::read(&rollback).expect("read"), other);
}

#[test]
fn a_locked_journal_is_told_as_that_after_a_few_seconds() {
    let journal = Closed::new();
    let other = Connection::open(&journal.path).expect("opened");
    other.execute_batch("BEGIN EXCLUSIVE").expect("locked");
    let started = Instant::now();
    let examination = journal.examine();
    assert!(started.elapsed().as_secs() < 20);
    assert!(!examination.is_complete());
    let is_locked = |one: &Finding| matches!(one, Finding::NotExamined(error) if error.is_locked());
    assert!(examination.findings.iter().any(is_locked), "{:?}", examination.findings);
    assert!(examination.worst() < Severity::Damage, "a lock is no damage");
}

#[test]
fn what_is_no_journal_is_told_and_never_waited_for() {
    let journal = Closed::new();
    let whole = fs::read(&journal.path).expect("read");
    for (what, bytes) in [
        ("empty", Vec::new()),
        ("cut", whole[..whole.len() - 1000].to_vec()),
        ("cut to a page", whole[..4096].to_vec()),
        ("the head alone", whole[..100].to_vec()),
        ("text", b"dear diary".repeat(1000)),
        ("zeros", vec![0; whole.len()]),
        ("a zeroed page", [&whole[..4096], &[0; 4096], &whole[8192..]].concat()),
    ] {
        fs::write(&journal.path, &bytes).expect("written");
        let examination = journal.examine();
        assert_eq!(examination.worst(), Severity::Damage, "{what}");
        assert_eq!(fs::read(&journal.path).expect("read"), bytes, "{what}");
    }
    fs::remove_file(&journal.path).expect("removed");
    assert_eq!(journal.kinds(), ["no_journal"]);
    let backups = journal.at("backups");
    platform::create_private_folder(&backups).expect("made");
    fs::write(backups.join("journal-2026-11-26.db"), &whole).expect("written");
    let kinds = journal.kinds();
    assert!(kinds.contains(&"not_usable"), "{kinds:?}");
}

#[cfg(unix)]
#[test]
fn a_pipe_in_the_place_of_a_file_is_not_waited_for() {
    let make = |path: &Path| {
        use rustix::fs::{CWD, FileType, Mode, mknodat};
        mknodat(CWD, path, FileType::Fifo, Mode::RWXU, 0).expect("made");
    };
    let journal = Closed::new();
    make(&platform::beside(&journal.path, "-journal"));
    make(&platform::beside(&journal.path, "-import"));
    make(&journal.at("journal (conflicted copy 2026-11-22 101112).db"));
    platform::create_private_folder(&journal.at("backups")).expect("made");
    make(&journal.at("backups/journal-2026-11-26.db"));
    let examination = journal.examine();
    assert!(examination.counts.is_some(), "{:?}", examination.findings);
    fs::remove_file(&journal.path).expect("removed");
    make(&journal.path);
    assert!(!journal.examine().is_complete() || journal.examine().worst() == Severity::Damage);
}

#[test]
fn copies_beside_the_journal_and_leftovers_are_told_by_name() {
    let journal = Closed::new();
    let id = "01a2020d-0000-4000-8000-000000000001";
    let copies = [
        "journal (Anna's conflicted copy 2026-11-22).db",
        "journal (conflicted copy 2026-11-22 101112).db",
        "journal 2.db",
        "journal.sync-conflict-20261122-101112-ABCDEFG.db",
    ];
    for name in copies.iter().chain(&["old.db"]) {
        fs::copy(&journal.path, journal.at(name)).expect("copied");
    }
    for name in [format!("journal.db.{id}"), "journal.db-import".to_owned()] {
        let file = platform::create_private_file(&journal.at(&name)).expect("made");
        file.set_modified(std::time::UNIX_EPOCH).expect("set");
    }
    let held = platform::create_unfinished_file(
        &journal.at(&format!("journal.db.{id}").replace('1', "2")),
    );
    held.as_ref().expect("made").set_modified(std::time::UNIX_EPOCH).expect("set");
    platform::create_private_folder(&journal.at("config")).expect("made");
    for name in [
        format!("config.toml.{id}"),
        ".dwell-01a2020d-0000-4000-8000-000000000002".to_owned(),
        "config.toml".to_owned(),
    ] {
        let file = platform::create_private_file(&journal.at("config").join(name)).expect("made");
        file.set_modified(std::time::UNIX_EPOCH).expect("set");
    }
    let scratch = journal.at("scratch/.dwell-passing-1-0");
    platform::create_private_folder(&scratch).expect("made");
    let findings = journal.examine().findings;
    let (mut conflicted, mut others, mut left) = (Vec::new(), Vec::new(), Vec::new());
    for finding in &findings {
        let name = |path: &Path| path.file_name().expect("a name").to_string_lossy().into_owned();
        match finding {
            Finding::ConflictedCopy { path, is_journal: true } => conflicted.push(name(path)),
            Finding::OtherJournal { path } => others.push(name(path)),
            Finding::Leftover { path } => left.push(name(path)),
            _ => {}
        }
    }
    assert_eq!(conflicted, copies);
    assert_eq!(others, ["old.db"]);
    assert_eq!(
        left,
        [
            "journal.db-import",
            &format!("journal.db.{id}"),
            ".dwell-01a2020d-0000-4000-8000-000000000002",
            &format!("config.toml.{id}"),
            ".dwell-passing-1-0",
        ]
    );
    assert!(!findings.iter().any(|one| one.severity() == Severity::Damage));
}

#[cfg(unix)]
#[test]
fn what_others_can_read_and_other_names_of_the_file_are_told() {
    use std::os::unix::fs::PermissionsExt;
    let journal = Closed::new();
    let mode = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("set");
    };
    mode(&journal.path, 0o644);
    assert_eq!(journal.worse(), [""; 0], "in a folder that nobody else can enter");
    mode(journal.folder.path(), 0o755);
    let open = |journal: &Closed| -> Vec<PathBuf> {
        let paths = journal.examine().findings.into_iter().filter_map(|one| match one {
            Finding::OpenToOthers { path } => Some(path),
            _ => None,
        });
        let mut paths: Vec<PathBuf> = paths.collect();
        paths.dedup();
        paths
    };
    assert_eq!(open(&journal).len(), 2, "{:?}", open(&journal));
    mode(journal.folder.path(), 0o700);
    fs::hard_link(&journal.path, journal.at("mine.db")).expect("linked");
    assert_eq!(journal.worse(), [""; 0]);
    assert!(journal.kinds().contains(&"second_name"));
    let left = journal.at("journal.db.01a2020d-0000-4000-8000-000000000001");
    fs::hard_link(&journal.path, left).expect("linked");
    assert_eq!(journal.worse(), ["second_name"]);
    let link = journal.at("link.db");
    std::os::unix::fs::symlink(&journal.path, &link).expect("linked");
    let linked = Closed { path: link, folder: journal.folder, now: journal.now };
    assert!(linked.kinds().contains(&"link"));
}

#[test]
fn the_newest_backup_is_opened_and_a_damaged_one_is_named() {
    let journal = Closed::new();
    let backups = journal.at("backups");
    platform::create_private_folder(&backups).expect("made");
    let at = |name: &str| backups.join(name);
    let put = |name: &str, bytes: &[u8], hour: u64| {
        let mut file = platform::create_private_file(&at(name)).expect("made");
        std::io::Write::write_all(&mut file, bytes).expect("written");
        let made = std::time::UNIX_EPOCH + std::time::Duration::from_hours(490_000 + hour);
        file.set_modified(made).expect("set");
    };
    let whole = fs::read(&journal.path).expect("read");
    put("journal-2026-11-20.db", &whole, 0);
    let sound = |journal: &Closed| {
        journal.examine().findings.into_iter().find_map(|one| match one {
            Finding::Backup { path, facts, .. } => Some((path, facts)),
            _ => None,
        })
    };
    assert_eq!(sound(&journal).map(|(path, _)| path), Some(at("journal-2026-11-20.db")));
    let mut flipped = whole.clone();
    let text = b"\"text\":\"first words";
    let place = whole.windows(text.len()).position(|part| part == text).expect("in a fact");
    flipped[place + 10] ^= 1;
    put("journal-2026-11-21.db", &flipped, 1);
    put("journal-2026-11-22.db", &whole[..5000], 2);
    put("journal-2026-11-23.db.age", b"age-encryption.org/v1", 3);
    let mut kinds = journal.kinds();
    kinds.retain(|kind| kind.contains("backup"));
    assert_eq!(kinds, ["sealed_backups", "bad_backup", "bad_backup", "backup"]);
    // Words of a later day that no backup has.
    let mut later = Store::open(&journal.path, SHIPPED).expect("opened");
    let now = now("2027-01-22T07:00:00+01:00");
    let writing = Writing { day: now.day, text: "more", step: None, again: None };
    later.write(now, Order::Series, writing).expect("written");
    drop(later);
    let journal = Closed { now, ..journal };
    assert!(journal.kinds().contains(&"old_backup"));
}

fn facts(store: &Store) -> Vec<StoredFact> {
    let mut facts = Vec::new();
    let each = store.each_fact(|fact| {
        facts.push(fact.clone());
        Ok::<(), StoreError>(())
    });
    each.expect("read");
    facts
}

#[test]
fn derived_tables_that_differ_are_made_again_and_no_fact_is_touched() {
    let journal = Closed::new();
    let before = facts(&journal.open());
    for sql in [
        "UPDATE entry SET text = 'forged'",
        "DELETE FROM lesson_state",
        "DROP TABLE edition",
        "DROP INDEX entry_open_step",
        "INSERT INTO search (search) VALUES ('delete-all')",
    ] {
        journal.change(sql);
        assert!(journal.repair().is_none(), "{sql}");
        assert_eq!(journal.examine().worst(), Severity::Note, "{sql}");
        assert!(facts(&journal.open()) == before, "{sql}");
    }
    let backups = fs::read_dir(journal.at("backups")).expect("made").count();
    assert!(backups > 0);
}

#[test]
fn a_flipped_bit_in_a_fact_or_a_lesson_is_turned_back_and_the_old_file_is_kept() {
    let journal = Closed::new();
    let before = facts(&journal.open());
    let whole = fs::read(&journal.path).expect("read");
    for text in [&b"\"text\":\"first words"[..], b"it was late", b"about eggs"] {
        let places = whole.windows(text.len()).enumerate().filter(|(_, part)| *part == text);
        // The fact or the lesson, and not what is derived from it.
        for (place, _) in places {
            let mut flipped = whole.clone();
            flipped[place + text.len() - 2] ^= 4;
            fs::write(&journal.path, &flipped).expect("written");
            let Some((salvaged, replaced)) = journal.repair() else { continue };
            assert_eq!((salvaged.mended, salvaged.lost_facts.len()), (1, 0));
            assert!(salvaged.words.is_empty() && salvaged.lost_lessons.is_empty());
            match replaced {
                ReplacedJournal::Kept(kept) => {
                    assert!(fs::read(&kept).expect("kept") == flipped);
                    fs::remove_file(kept).expect("removed");
                }
                // No fact was damaged, so SQLite could copy it.
                ReplacedJournal::BackedUp(copy) => assert!(copy.path.exists()),
                ReplacedJournal::None => panic!("nothing is kept"),
            }
            assert!(facts(&journal.open()) == before);
            assert_tables_agree_with_facts(&journal.open());
            assert_eq!(journal.worse(), [""; 0]);
        }
    }
}

#[test]
fn what_is_lost_is_named_and_its_words_are_returned() {
    let journal = Closed::new();
    let day = journal.now.day;
    journal.change(
        "UPDATE fact SET body = replace(body, 'first words', 'other text') WHERE kind = 'wrote'",
    );
    journal
        .change("UPDATE lesson SET story = 'something else' WHERE series = 'own' AND number = 2");
    let (salvaged, _) = journal.repair().expect("a salvage");
    assert!(salvaged.lost_facts.contains(&("wrote".to_owned(), Some(day))), "{salvaged:?}");
    assert_eq!(salvaged.lost_lessons, ["own/2"]);
    assert_eq!(salvaged.words, [(day, "first words #work".to_owned())]);
    assert_eq!(journal.worse(), [""; 0]);
}

#[test]
fn torn_pages_cost_what_stood_on_them_and_nothing_else() {
    let journal = Closed::new();
    let before = facts(&journal.open());
    let whole = fs::read(&journal.path).expect("read");
    let mut sound = 0;
    for page in 0..whole.len() / 4096 {
        let mut torn = whole.clone();
        torn[page * 4096..(page + 1) * 4096].fill(0xa5);
        fs::write(&journal.path, &torn).expect("written");
        if journal.examine().worst() < Severity::Damage {
            continue;
        }
        let copies = || fs::read_dir(journal.at("backups")).map_or(0, Iterator::count);
        let had = copies();
        let (salvaged, replaced) = journal.repair().expect("a salvage");
        assert!(copies() > had, "page {page}");
        let ReplacedJournal::Kept(kept) = replaced else { panic!("{replaced:?}") };
        assert!(fs::read(&kept).expect("kept") == torn, "page {page}");
        fs::remove_file(kept).expect("removed");
        let after = facts(&journal.open());
        assert!(after.iter().all(|fact| before.contains(fact)), "page {page}");
        assert!(
            before.len() - after.len() < 40,
            "page {page}: {} lost",
            before.len() - after.len()
        );
        assert_eq!(after.len(), salvaged.facts);
        assert_tables_agree_with_facts(&journal.open());
        sound += usize::from(after.len() == before.len());
    }
    // Most pages hold no fact.
    assert!(sound > 5, "{sound}");
}

#[test]
fn a_serving_of_a_wrong_clock_is_taken_away_and_can_be_redone() {
    let mut journal = Journal::new();
    journal.write(journal.now.day, "before");
    journal.later(400);
    let wrong = journal.now.day;
    journal.serve();
    journal.later(-399);
    let closed = Closed::of(journal);
    closed.repair();
    assert!(!closed.kinds().contains(&"served_ahead"));
    let mut store = closed.open();
    assert!(store.entry(wrong).expect("read").is_none());
    let undone = store.last_undone().expect("read").expect("something to redo");
    store.redo(closed.now, &undone).expect("redone");
    assert!(store.entry(wrong).expect("read").is_some());
}

#[cfg(unix)]
#[test]
fn leftovers_go_and_what_others_could_read_is_closed() {
    use std::os::unix::fs::PermissionsExt;
    let journal = Closed::new();
    let id = "01a2020d-0000-4000-8000-000000000001";
    let left = journal.at(&format!("journal.db.{id}"));
    let file = platform::create_private_file(&left).expect("made");
    file.set_modified(std::time::UNIX_EPOCH).expect("set");
    let second = journal.at(&format!("journal.db.{id}").replace('1', "3"));
    fs::hard_link(&journal.path, &second).expect("linked");
    let open = fs::Permissions::from_mode(0o755);
    fs::set_permissions(journal.folder.path(), open).expect("set");
    journal.repair();
    assert!(!left.exists() && !second.exists() && journal.path.exists());
    let mode = fs::metadata(journal.folder.path()).expect("there").permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
    assert_eq!(journal.worse(), [""; 0]);
}

#[cfg(unix)]
#[test]
fn a_rollback_file_of_another_state_goes_to_the_copy() {
    let journal = Closed::new();
    let rollback = platform::beside(&journal.path, "-journal");
    let left = {
        let connection = Connection::open(&journal.path).expect("opened");
        connection.execute_batch("BEGIN; UPDATE fact SET kind = 'x'").expect("changed");
        connection.cache_flush().expect("flushed");
        fs::read(&rollback).expect("read")
    };
    let mut other = left;
    other[24..28].copy_from_slice(&512_u32.to_be_bytes());
    fs::write(&rollback, &other).expect("written");
    journal.repair();
    assert!(!rollback.exists());
    let copies = fs::read_dir(journal.at("backups")).expect("made");
    let mut copies = copies.map(|file| fs::read(file.expect("listed").path()).expect("read"));
    assert!(copies.any(|bytes| bytes == other));
    assert_eq!(journal.worse(), [""; 0]);
}
