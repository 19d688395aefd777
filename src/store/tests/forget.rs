//! A forgotten word is nowhere in the file, whatever was done with it before.

use super::histories::{Action, Seen, act, action};
use super::*;
use crate::store::backups;

/// A word of which no part is in anything else that these tests write.
const SECRET: &str = "qxylographv";
/// The middle of it: the index may leave out the beginning that a word shares with the one before.
const PART: &[u8] = b"ylograph";

fn holds_secret(journal: &Journal) -> bool {
    let bytes = std::fs::read(journal.path()).expect("read");
    bytes.windows(PART.len()).any(|window| window.eq_ignore_ascii_case(PART))
}

fn found(journal: &Journal) -> u32 {
    let sql = format!("SELECT count(*) FROM search WHERE search MATCH '\"{SECRET}\"'");
    journal.store.connection.query_row(&sql, [], |row| row.get(0)).expect("searched")
}

fn forget(journal: &mut Journal, day: Day) {
    let facts = journal.store.written_facts(day).expect("read");
    journal.store.forget(journal.now, day, &facts).expect("forgotten");
}

fn remembers(journal: &Journal, day: Day) -> bool {
    backups::remembers(&journal.path(), day, None).expect("read") == Some(backups::Memory::Words)
}

#[test]
fn a_forgotten_day_is_gone_from_the_file_and_stays_gone() {
    let mut journal = Journal::new();
    let day = journal.now.day;
    let text = format!("the {SECRET} of today");
    let writing = Writing { day, text: &text, step: Some(&testing::step(SECRET)), again: None };
    let served = journal.store.write(journal.now, Order::Series, writing).expect("written").entry;
    journal.store.add_afterthought(journal.now, day, SECRET).expect("added");
    let (_, parents) = journal.store.revisable(day).expect("read").expect("words");
    journal.store.revise(journal.now, day, parents, "harmless").expect("revised");
    assert!(holds_secret(&journal));
    forget(&mut journal, day);
    assert!(!holds_secret(&journal));
    assert_eq!(found(&journal), 0);
    let entry = journal.store.entry(day).expect("read").expect("the serving stays");
    assert_eq!(entry.lesson.map(|lesson| lesson.id), served.lesson.map(|lesson| lesson.id));
    assert_eq!((entry.reflection, entry.step), (None, None));
    assert!(journal.store.revisions(day).expect("read").is_empty());
    assert!(!remembers(&journal, day));
    assert!(journal.undo().is_none(), "nothing brings it back");
    assert!(journal.store.written_facts(day).expect("read").is_empty());
    assert!(journal.store.has_forgotten(day).expect("read"));
    journal.write(day, "written again");
    assert_eq!(journal.text(day).as_deref(), Some("written again"));
    assert_tables_agree_with_facts(&journal.store);
}

#[test]
fn what_was_undone_or_deleted_before_is_forgotten_too() {
    let mut journal = Journal::new();
    let day = journal.now.day;
    journal.write(day, SECRET);
    journal.undo();
    journal.write(day, &format!("{SECRET} again"));
    let shown = journal.store.entry(day).expect("read").expect("there");
    journal.store.delete(journal.now, &shown).expect("deleted");
    assert!(holds_secret(&journal));
    forget(&mut journal, day);
    assert!(!holds_secret(&journal));
    journal.undo();
    assert_eq!(journal.text(day), None);
    assert_tables_agree_with_facts(&journal.store);
}

#[test]
fn a_revised_or_deleted_word_is_no_longer_in_the_index() {
    let mut journal = Journal::new();
    let day = journal.now.day;
    journal.write(day, SECRET);
    assert_eq!(found(&journal), 1);
    let (_, parents) = journal.store.revisable(day).expect("read").expect("words");
    journal.store.revise(journal.now, day, parents, "other").expect("revised");
    assert_eq!(found(&journal), 0);
    journal.undo();
    assert_eq!(found(&journal), 1);
    let shown = journal.store.entry(day).expect("read").expect("there");
    journal.store.delete(journal.now, &shown).expect("deleted");
    assert_eq!(found(&journal), 0);
}

#[test]
fn no_inner_node_of_a_large_index_keeps_a_forgotten_word() {
    let mut journal = Journal::new();
    // Words that differ only at their end, so that an inner node between two holds almost a whole
    // word.
    let word = |day: u32, number: u32| format!("zq{day:02}xylo{number:03}");
    let mut days = Vec::new();
    for day in 0..60 {
        let words: Vec<String> = (0..120).map(|number| word(day, number)).collect();
        journal.write(journal.now.day, &words.join(" "));
        days.push(journal.now.day);
        journal.later(1);
    }
    for (number, day) in days.iter().enumerate().step_by(6) {
        forget(&mut journal, *day);
        let bytes = std::fs::read(journal.path()).expect("read");
        let part = format!("zq{number:02}xylo");
        let left = bytes.windows(part.len()).any(|window| window == part.as_bytes());
        assert!(!left, "{part} is left");
    }
    assert_tables_agree_with_facts(&journal.store);
}

#[test]
fn forgetting_holds_only_for_what_was_shown() {
    let mut journal = Journal::new();
    let day = journal.now.day;
    journal.write(day, SECRET);
    let shown = journal.store.written_facts(day).expect("read");
    journal.write(day, "written meanwhile");
    let error = journal.store.forget(journal.now, day, &shown).expect_err("refused");
    assert!(matches!(error, StoreError::ChangedMeanwhile { .. }), "{error}");
    assert!(journal.text(day).expect("words").contains("written meanwhile"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn after_any_history_no_byte_of_a_forgotten_day_is_left(
        actions in prop::collection::vec(action(), 1..40),
        times in 1usize..6,
        words in "[a-z ]{0,3000}",
    ) {
        let mut journal = Journal::new();
        journal.store.install_shipped(journal.now).expect("installed");
        let day = journal.now.day;
        let mut seen = Seen::of(&journal.store);
        let every = actions.len() / times + 1;
        for (number, action) in actions.iter().enumerate() {
            if number % every == 0 {
                journal.write(day, &format!("{words} {SECRET} {number}"));
                journal.store.add_afterthought(journal.now, day, SECRET).expect("added");
                seen = Seen::of(&journal.store);
            }
            match action {
                Action::Undo => _ = journal.undo(),
                Action::Redo => _ = journal.redo(),
                action => _ = act(&mut journal, &mut seen, action),
            }
            seen = Seen::of(&journal.store);
        }
        forget(&mut journal, day);
        prop_assert!(!holds_secret(&journal));
        assert_tables_agree_with_facts(&journal.store);
        while journal.undo().is_some() {}
        prop_assert!(!holds_secret(&journal));
        while journal.redo().is_some() {}
        prop_assert!(!holds_secret(&journal));
        assert_tables_agree_with_facts(&journal.store);
    }
}

#[test]
fn a_backups_folder_is_searched_file_by_file_and_a_bad_file_stops_nothing() {
    let mut journal = Journal::new();
    let day = journal.now.day;
    let folder = tempfile::tempdir().expect("a folder");
    let copy = |journal: &Journal, name: &str| {
        std::fs::copy(journal.path(), folder.path().join(name)).expect("copied");
    };
    copy(&journal, "before.db");
    journal.write(day, "words");
    copy(&journal, "b.db");
    copy(&journal, "a.db");
    std::fs::write(folder.path().join("notes.txt"), "no journal").expect("written");
    std::fs::create_dir(folder.path().join("older")).expect("a folder");
    copy(&journal, "other-2026-11-22.db");
    let backups = |folder: &std::path::Path| {
        let folders = [folder.to_owned(), folder.join("traces")];
        Backups::new(folders, journal.path(), true, None, &BackupFailure::default())
    };
    let found = backups(folder.path()).search(day, None);
    assert_eq!(found.holding, ["a.db", "b.db"].map(|name| folder.path().join(name)));
    assert!(matches!(
        &found.failed[..],
        [StoreError::Unusable { path, .. }] if path.ends_with("notes.txt")
    ));
    let nowhere = backups(&folder.path().join("nowhere")).search(day, None);
    assert!(nowhere.holding.is_empty() && nowhere.failed.is_empty());
}
