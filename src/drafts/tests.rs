use std::path::Path;

use super::*;
use crate::journal::entry::reflection::LARGEST;
use crate::journal::lesson::Interval;
use crate::journal::testing::{at, day};

const BEFORE: &str = "2026-11-22T10:00:00Z";
const NOW: &str = "2026-11-25T10:00:00Z";

fn add(on: &str) -> Label {
    Label::new(Some(day(on)), Purpose::Add)
}

/// The drafts in a folder of the home, of the journal at this path.
fn drafts(home: &Path, journal: &Path, id: Option<u128>) -> Drafts {
    let place = JournalPlace::new(journal, id.map(Uuid::from_u128));
    Drafts::new(home.join("drafts"), Some(place))
}

fn newest(drafts: &Drafts) -> Option<(Draft, String)> {
    let lesson = || drafts.newest_lesson(at(NOW)).expect("readable").newest;
    drafts.newest(at(NOW)).expect("readable").newest.or_else(lesson)
}

fn newest_text(drafts: &Drafts) -> Option<String> {
    newest(drafts).map(|found| found.1)
}

#[test]
fn the_newest_draft_of_this_journal_is_found_and_no_other() {
    let home = tempfile::tempdir().expect("a folder");
    let (a, b) = (home.path().join("a.db"), home.path().join("b.db"));
    fs::write(&a, "a journal").expect("written");
    fs::write(&b, "a journal").expect("written");
    let (own, others) = (drafts(home.path(), &a, None), drafts(home.path(), &b, None));
    assert!(newest(&own).is_none());
    // The newer draft may be for an older day.
    for (on, text, when) in [
        ("2026-11-22", "older", "2026-11-22T10:00:00Z"),
        ("2026-11-01", "newer", "2026-11-23T10:00:00Z"),
    ] {
        own.keep(&add(on), at(when), text.as_bytes()).expect("kept");
    }
    others.keep(&add("2026-11-24"), at("2026-11-24T10:00:00Z"), b"theirs").expect("kept");
    let (draft, text) = newest(&own).expect("a draft");
    assert_eq!((&draft.label, text.as_str()), (&add("2026-11-01"), "newer"));
    draft.discard().expect("removed");
    drop(draft);
    assert_eq!(newest_text(&own).as_deref(), Some("older"));
    newest(&own).expect("a draft").0.discard().expect("removed");
    assert!(newest(&own).is_none());
    assert_eq!(newest_text(&others).as_deref(), Some("theirs"));
}

#[test]
fn a_next_step_without_other_words_is_a_draft_too() {
    let home = tempfile::tempdir().expect("a folder");
    let own = drafts(home.path(), &home.path().join("j.db"), None);
    let (step, when) = (Some("call Ben".to_owned()), Some("at noon".to_owned()));
    let mut draft = own.begin(&add("2026-11-22"), at(BEFORE)).expect("begun");
    draft.set_extras(&Extras { step, when: when.clone(), again: None }).expect("written");
    drop(draft);
    let found = newest(&own).expect("a draft");
    assert_eq!((found.0.label.purpose, found.1.as_str()), (Purpose::Add, ""));
    let (draft, text) = Draft::of_step_if_alone(found);
    assert_eq!((draft.label.purpose, text.as_str()), (Purpose::Step, "call Ben"));
    assert_eq!(draft.label.extras, Extras { when, ..Extras::default() });
    draft.discard().expect("removed");
    drop(draft);
    assert!(newest(&own).is_none());
}

#[test]
fn what_is_saved_together_with_a_text_is_kept_with_it() {
    let home = tempfile::tempdir().expect("a folder");
    let own = drafts(home.path(), &home.path().join("j.db"), None);
    for purpose in Purpose::ALL {
        for day in [None, Some(day("2026-11-22"))] {
            let extras = Extras {
                step: Some("call \"Anna\"\u{7}".to_owned()),
                when: Some("when I get home".to_owned()),
                again: Some(Interval::Month),
            };
            let label = Label { day, purpose, extras };
            own.keep(&label, at(BEFORE), b"words").expect("kept");
            let (mut draft, text) = newest(&own).expect("a draft");
            assert_eq!((&draft.label, text.as_str()), (&label, "words"));
            draft.set_extras(&Extras::default()).expect("written");
            drop(draft);
            let (draft, _) = newest(&own).expect("a draft");
            assert_eq!(draft.label, Label::new(day, purpose));
            draft.discard().expect("removed");
            assert_eq!(fs::read_dir(home.path().join("drafts")).expect("read").count(), 0);
        }
    }
}

#[test]
fn a_draft_whose_note_is_lost_is_found_by_its_name() {
    let home = tempfile::tempdir().expect("a folder");
    let own = drafts(home.path(), &home.path().join("j.db"), None);
    let draft = own.keep(&add("2026-11-22"), at(BEFORE), b"words").expect("kept");
    for note in ["", "not JSON", "[1]", "{\"again\": 7, \"id\": \"x\"}"] {
        fs::write(&draft.note, note).expect("written");
        // The draft is still held by this test.
        assert!(newest(&own).is_none());
        assert_eq!(own.of_day(day("2026-11-22")), [draft.path()]);
    }
    drop(fs::remove_file(&draft.note));
    drop(draft);
    assert_eq!(newest_text(&own).as_deref(), Some("words"));
}

#[cfg(unix)]
#[test]
fn a_draft_is_found_however_its_journal_is_named() {
    let home = tempfile::tempdir().expect("a folder");
    let home = home.path();
    platform::create_private_folder(&home.join("real")).expect("a folder");
    std::os::unix::fs::symlink("real", home.join("link")).expect("a link");
    std::os::unix::fs::symlink("real/j.db", home.join("link.db")).expect("a link");
    let names = ["real/j.db", "link/j.db", "link.db", "real/../link/j.db", "./real/./j.db"];
    for exists in [false, true] {
        if exists {
            fs::write(home.join("real/j.db"), "a journal").expect("written");
        }
        for kept in names {
            let own = drafts(home, &home.join(kept), None);
            own.keep(&add("2026-11-22"), at(BEFORE), b"words").expect("kept");
            for name in names {
                let (draft, _) = newest(&drafts(home, &home.join(name), None)).expect(name);
                assert_eq!(draft.journal_gone, None, "{name}");
            }
            newest(&own).expect("a draft").0.discard().expect("removed");
        }
    }
    // A circle of links has an end.
    std::os::unix::fs::symlink("b", home.join("a")).expect("a link");
    std::os::unix::fs::symlink("a", home.join("b")).expect("a link");
    assert!(newest(&drafts(home, &home.join("a"), None)).is_none());
}

#[test]
fn a_draft_follows_the_id_of_its_journal_to_another_path() {
    let home = tempfile::tempdir().expect("a folder");
    let (before, after) = (home.path().join("a.db"), home.path().join("b.db"));
    for (kept, now) in [(Some(1), Some(1)), (None, Some(1)), (Some(1), None), (None, None)] {
        for path in [&before, &after] {
            fs::write(path, "a journal").expect("written");
        }
        drafts(home.path(), &before, kept)
            .keep(&add("2026-11-22"), at(BEFORE), b"words")
            .expect("kept");
        let there = drafts(home.path(), &before, now);
        assert_eq!(newest_text(&there).as_deref(), Some("words"), "{kept:?} {now:?}");
        let moved = drafts(home.path(), &after, now);
        let is_same = kept.is_some() && now.is_some();
        assert_eq!(newest(&moved).is_some(), is_same, "{kept:?} {now:?}");
        // The old journal is gone.
        fs::remove_file(&before).expect("removed");
        let (draft, _) = newest(&moved).expect("a draft");
        assert_eq!(draft.journal_gone.is_none(), is_same, "{kept:?} {now:?}");
        draft.discard().expect("removed");
    }
}

#[test]
fn a_draft_of_another_journal_at_the_same_path_is_told_from_an_own_one() {
    let home = tempfile::tempdir().expect("a folder");
    let path = home.path().join("j.db");
    fs::write(&path, "a journal").expect("written");
    drafts(home.path(), &path, Some(1))
        .keep(&add("2026-11-22"), at(NOW), b"of the old journal")
        .expect("kept");
    let own = drafts(home.path(), &path, Some(2));
    let (draft, _) = newest(&own).expect("a draft");
    assert!(draft.journal_gone.is_some());
    drop(draft);
    own.keep(&add("2026-11-22"), at(BEFORE), b"of this one").expect("kept");
    assert_eq!(newest_text(&own).as_deref(), Some("of this one"), "own drafts come first");
}

#[test]
fn a_draft_that_was_kept_without_a_journal_is_offered_in_every_journal() {
    let home = tempfile::tempdir().expect("a folder");
    let nowhere = Drafts::new(home.path().join("drafts"), None);
    nowhere.keep(&Label::new(None, Purpose::Add), at(BEFORE), b"words").expect("kept");
    let (draft, text) =
        newest(&drafts(home.path(), Path::new("/any.db"), Some(1))).expect("a draft");
    assert_eq!((draft.label.day, draft.journal_gone, text.as_str()), (None, None, "words"));
}

#[test]
fn a_draft_that_is_being_written_is_not_found() {
    let home = tempfile::tempdir().expect("a folder");
    let own = drafts(home.path(), Path::new("/a/journal.db"), None);
    let mut held = own.begin(&add("2026-11-22"), at(BEFORE)).expect("begun");
    held.write(b"half a sen").expect("written");
    assert!(newest(&own).is_none());
    drop(held);
    assert_eq!(newest_text(&own).as_deref(), Some("half a sen"));
}

#[test]
fn the_same_words_once_more_leave_one_draft_less() {
    let home = tempfile::tempdir().expect("a folder");
    let own = drafts(home.path(), Path::new("/a/journal.db"), None);
    let with_step = Label {
        extras: Extras { step: Some("call Anna".to_owned()), ..Extras::default() },
        ..add("2026-11-22")
    };
    own.keep(&with_step, at(BEFORE), b"words").expect("kept");
    own.keep(&add("2026-11-21"), at(BEFORE), b"words").expect("kept");
    own.keep(&add("2026-11-22"), at(BEFORE), b"other words").expect("kept");
    own.keep(&Label::new(None, Purpose::Add), at(BEFORE), b"words").expect("kept");
    own.discard_same(&add("2026-11-22"), "words", at(NOW));
    assert_eq!(own.of_day(day("2026-11-22")).len(), 2, "the step would be lost");
    own.discard_same(&with_step, "words", at(NOW));
    assert_eq!(own.of_day(day("2026-11-22")).len(), 1);
    assert_eq!(own.of_day(day("2026-11-21")).len(), 1);
    let all = fs::read_dir(home.path().join("drafts")).expect("read");
    assert_eq!(all.count(), 4, "two drafts, with a note each");
}

#[test]
fn a_shorter_text_leaves_nothing_of_the_longer_one() {
    let home = tempfile::tempdir().expect("a folder");
    let own = drafts(home.path(), Path::new("/j"), None);
    let mut draft = own.begin(&add("2026-11-22"), at(BEFORE)).expect("begun");
    draft.write("länger".as_bytes()).expect("written");
    draft.write(b"kurz").expect("written");
    assert_eq!(draft.read_again().expect("read"), "kurz");
    assert!(newest(&own).is_none(), "it is still held");
}

#[test]
fn a_file_that_an_editor_replaced_is_read_by_its_path() {
    let home = tempfile::tempdir().expect("a folder");
    let own = drafts(home.path(), Path::new("/j"), None);
    let mut draft = own.begin(&add("2026-11-22"), at(BEFORE)).expect("begun");
    let other = home.path().join("new");
    fs::write(&other, "ersetzt").expect("written");
    fs::rename(&other, draft.path()).expect("renamed");
    assert_eq!(draft.read_again().expect("read"), "ersetzt");
}

#[test]
fn a_draft_that_an_editor_removed_is_created_again_with_its_words() {
    let home = tempfile::tempdir().expect("a folder");
    let own = drafts(home.path(), Path::new("/j"), None);
    let mut draft = own.begin(&add("2026-11-22"), at(BEFORE)).expect("begun");
    draft.write(b"words").expect("written");
    fs::remove_file(draft.path()).expect("removed");
    assert_eq!(draft.read_again().expect("read"), "words");
    assert_eq!(fs::read(draft.path()).expect("read"), b"words");
}

#[test]
fn an_error_has_its_kind_its_file_and_its_cause() {
    use std::error::Error as _;
    let home = tempfile::tempdir().expect("a folder");
    let taken = home.path().join("taken");
    fs::write(&taken, "a file, not a folder").expect("written");
    let error = Drafts::new(taken.clone(), None).begin(&add("2026-11-22"), at(BEFORE));
    let error = error.expect_err("a file is no folder");
    assert!(matches!(&error, DraftError::Io { path, .. } if *path == taken), "{error}");
    assert!(error.source().is_some());
    let own = drafts(home.path(), Path::new("/j"), None);
    let mut draft = own.begin(&add("2026-11-22"), at(BEFORE)).expect("begun");
    fs::write(draft.path(), b"caf\xe9").expect("written");
    assert!(matches!(draft.read_again(), Err(DraftError::NotUtf8 { .. })));
    draft.write(&vec![b'a'; 1 + usize::try_from(LARGEST).expect("fits")]).expect("written");
    assert!(matches!(draft.read_again(), Err(DraftError::TooLarge { .. })));
    let mut draft = draft.made_read_only();
    assert!(matches!(draft.write(b"words"), Err(DraftError::Io { .. })));
}

#[test]
fn a_draft_that_cannot_be_read_is_named_and_hides_no_other() {
    let home = tempfile::tempdir().expect("a folder");
    let own = drafts(home.path(), Path::new("/j"), None);
    own.keep(&add("2026-11-22"), at(BEFORE), b"words").expect("kept");
    let path = own.keep(&add("2026-11-22"), at(NOW), b"caf\xe9").expect("kept").path().to_owned();
    let found = own.newest(at(NOW)).expect("readable");
    assert_eq!(found.newest.map(|found| found.1).as_deref(), Some("words"));
    assert_eq!(found.unreadable.iter().map(DraftError::path).collect::<Vec<_>>(), [&path]);
    assert_eq!(fs::read(path).expect("read"), b"caf\xe9");
}

#[cfg(unix)]
#[test]
fn what_is_no_file_of_dwell_is_not_read_as_a_draft() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().expect("a folder");
    let own = drafts(home.path(), Path::new("/j"), None);
    let draft = own.keep(&add("2026-11-22"), at(BEFORE), b"words").expect("kept");
    let path = draft.path().to_owned();
    drop(draft);
    let secret = home.path().join("secret");
    fs::rename(&path, &secret).expect("renamed");
    std::os::unix::fs::symlink(&secret, &path).expect("a link");
    assert!(newest(&own).is_none(), "a link may lead anywhere");
    fs::remove_file(&path).expect("removed");
    platform::create_private_folder(&path).expect("a folder");
    assert!(newest(&own).is_none());
    fs::remove_dir(&path).expect("removed");
    let (directory, fifo) = (rustix::fs::CWD, rustix::fs::FileType::Fifo);
    rustix::fs::mknodat(directory, &path, fifo, rustix::fs::Mode::RWXU, 0).expect("a pipe");
    assert!(newest(&own).is_none(), "a read of a pipe may wait without end");
    fs::remove_file(&path).expect("removed");
    // A folder that others can write to becomes private.
    let folder = home.path().join("drafts");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o777)).expect("set");
    own.keep(&add("2026-11-22"), at(BEFORE), b"words").expect("kept");
    assert_eq!(fs::metadata(&folder).expect("a folder").permissions().mode() & 0o777, 0o700);
}

#[test]
fn what_a_killed_process_left_is_removed_after_a_week() {
    let home = tempfile::tempdir().expect("a folder");
    let own = drafts(home.path(), Path::new("/j"), None);
    let empty = own.begin(&add("2026-11-22"), at(BEFORE)).expect("begun");
    let (text, note) = (empty.path.clone(), empty.note.clone());
    drop(empty);
    let lone = own.begin(&add("2026-11-22"), at(BEFORE)).expect("begun");
    fs::remove_file(lone.path()).expect("removed");
    let mut unfinished = lone.note.clone().into_os_string();
    unfinished.push(format!(".{}", Uuid::new_v4()));
    fs::write(&unfinished, "{").expect("written");
    let all = [text, note, lone.note.clone(), unfinished.into()];
    assert!(newest(&own).is_none());
    assert!(all.iter().all(|path| path.exists()), "an open editor may still save");
    own.newest(at("2026-12-01T10:00:00Z")).expect("readable");
    assert!(all.iter().all(|path| !path.exists()), "{all:?}");
}

#[test]
fn what_is_left_over_is_told_and_not_touched() {
    let home = tempfile::tempdir().expect("a folder");
    let (a, b) = (home.path().join("a.db"), home.path().join("b.db"));
    fs::write(&a, "a journal").expect("written");
    let own = drafts(home.path(), &a, None);
    assert_eq!(own.left(), []);
    own.keep(&add("2026-11-22"), at(BEFORE), b"words").expect("kept");
    own.keep(&add("2026-11-21"), at(BEFORE), b"").expect("kept");
    drafts(home.path(), &b, None).keep(&add("2026-11-20"), at(BEFORE), b"words").expect("kept");
    let held = own.begin(&add("2026-11-19"), at(BEFORE)).expect("begun");
    let files = || fs::read_dir(home.path().join("drafts")).expect("listed").count();
    let before = files();
    let left = own.left();
    let real = fs::canonicalize(home.path()).expect("there").join("b.db");
    assert_eq!(
        left,
        [
            LeftDraft { day: Some(day("2026-11-22")), gone: None, is_sealed: false },
            LeftDraft { day: Some(day("2026-11-20")), gone: Some(real), is_sealed: false },
        ]
    );
    assert_eq!(files(), before);
    drop(held);
}
