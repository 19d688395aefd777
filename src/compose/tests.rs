//! Whatever fails, the text is in the journal, in a draft, or in the returned error.

use std::fs;

use super::*;
use crate::drafts::JournalPlace;
use crate::journal::lesson::{Interval, ShippedSeries};
use crate::journal::testing::{self, day};

const EARLIER: &str = "2026-11-20";

/// A journal and its drafts in a temporary folder. Tests write about days before today, so that no
/// lesson is served.
struct Home {
    folder: tempfile::TempDir,
    store: Store,
    drafts: Drafts,
    now: Now,
}

impl Home {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("journal.db");
        let store = Store::open(&path, ShippedSeries::NONE).expect("a journal");
        let place = JournalPlace::new(&path, None);
        let drafts = Drafts::new(folder.path().join("drafts"), Some(place));
        let at = testing::at("2026-11-22T07:00:00+01:00");
        Self { folder, store, drafts, now: Now { at, day: day("2026-11-22") } }
    }

    /// A text for an earlier day, which is saved as a new draft if the journal does not take it.
    fn compose(&self, intent: Intent) -> Compose {
        Compose {
            day: day(EARLIER),
            intent,
            order: Order::Series,
            keep_in: KeepIn::NewDraft(self.drafts.clone()),
        }
    }

    fn save(&mut self, compose: Compose, text: &str) -> Result<SaveReport, Box<UnsavedText>> {
        compose.save(&mut self.store, self.now, text)
    }

    fn add(&mut self, text: &str) {
        self.save(self.compose(add()), text).expect("saved");
    }

    /// A draft that holds this text.
    fn draft(&self, purpose: Purpose, text: &str) -> Draft {
        let label = Label::new(Some(day(EARLIER)), purpose);
        let mut draft = self.drafts.begin(&label, self.now.at).expect("a new draft");
        draft.write(text.as_bytes()).expect("written");
        draft
    }

    /// Damages the journal, so that it refuses every change.
    fn damage(&self) {
        fs::write(self.folder.path().join("journal.db"), b"not now").expect("written");
    }

    /// Makes it impossible to write drafts.
    fn without_drafts(mut self) -> Self {
        let taken = self.folder.path().join("taken");
        fs::write(&taken, "a file, where a folder is wanted").expect("written");
        self.drafts = Drafts::new(taken, None);
        self
    }

    fn text(&self) -> Option<String> {
        let entry = self.store.entry(day(EARLIER)).expect("read")?;
        entry.reflection.map(|written| written.text)
    }

    /// The newest draft: its day, its purpose and its text.
    fn newest_draft(&self) -> Option<(Day, Purpose, String)> {
        let (draft, text) = self.drafts.newest(self.now.at).expect("read").newest?;
        Some((draft.label.day.expect("a day"), draft.label.purpose, text))
    }
}

fn add() -> Intent {
    Intent::Add(Extras::default())
}

#[test]
fn a_text_that_is_saved_leaves_no_draft() {
    let mut home = Home::new();
    let draft = home.draft(Purpose::Add, "typed\n");
    let path = draft.path().to_owned();
    let report = home.save(home.compose(add()).typed_in(draft), "typed").expect("saved");
    assert!(!report.below && !report.is_unchanged && report.replaced_text.is_none());
    assert!(!path.exists());
    let extras = Extras { step: Some("call Anna".to_owned()), ..Extras::default() };
    let report = home.save(home.compose(Intent::Add(extras)), "more").expect("saved");
    assert!(report.below);
    assert_eq!(home.text().as_deref(), Some("typed\n\nmore"));
    assert_eq!(report.entry.step.map(|step| step.text).as_deref(), Some("call Anna"));
    assert!(home.newest_draft().is_none());
}

#[test]
fn a_text_that_the_journal_refuses_is_in_a_new_draft_for_its_day() {
    let mut home = Home::new();
    home.damage();
    let unsaved = home.save(home.compose(add()), "words\nof two lines").expect_err("damaged");
    assert!(matches!(unsaved.why, SaveError::Store(_)), "{unsaved:?}");
    let Place::Draft(path) = unsaved.place else { panic!("{:?}", unsaved.place) };
    assert_eq!(fs::read_to_string(path).expect("read"), "words\nof two lines");
    let kept = (day(EARLIER), Purpose::Add, "words\nof two lines".to_owned());
    assert_eq!(home.newest_draft(), Some(kept));
}

#[test]
fn a_text_that_the_journal_refuses_is_in_the_draft_that_it_was_typed_in() {
    let mut home = Home::new();
    home.damage();
    let draft = home.draft(Purpose::Add, "all but the last");
    let typed_in = draft.path().to_owned();
    let compose = home.compose(add()).typed_in(draft);
    let unsaved = home.save(compose, "all but the last line").expect_err("damaged");
    let Place::Draft(path) = unsaved.place else { panic!("{:?}", unsaved.place) };
    assert_eq!(path, typed_in);
    assert_eq!(fs::read_to_string(path).expect("read"), "all but the last line");
    let files = fs::read_dir(home.folder.path().join("drafts")).expect("read").count();
    assert_eq!(files, 2, "one draft, and the note beside it");
}

#[test]
fn a_text_that_can_be_kept_nowhere_is_given_back_to_be_shown() {
    let mut home = Home::new().without_drafts();
    home.damage();
    let unsaved = home.save(home.compose(add()), "the only copy").expect_err("damaged");
    assert!(
        matches!(&unsaved.place, Place::Nowhere { text, .. } if text == "the only copy"),
        "{unsaved:?}"
    );

    let mut home = Home::new();
    home.damage();
    let draft = home.draft(Purpose::Add, "what was typed first").made_read_only();
    let compose = home.compose(add()).typed_in(draft);
    let unsaved = home.save(compose, "the only whole copy").expect_err("damaged");
    assert!(
        matches!(&unsaved.place, Place::Nowhere { text, .. } if text == "the only whole copy"),
        "{unsaved:?}"
    );
    assert_eq!(home.newest_draft().map(|draft| draft.2).as_deref(), Some("what was typed first"));
}

#[test]
fn a_text_is_saved_though_its_draft_cannot_be_written() {
    let mut home = Home::new().without_drafts();
    home.add("words");
    assert_eq!(home.text().as_deref(), Some("words"));
}

#[test]
fn a_change_that_is_refused_takes_no_text_with_it() {
    let mut home = Home::new();
    // A day that was never served has no lesson to ask back.
    let extras = Extras {
        step: Some("call Anna".to_owned()),
        again: Some(Interval::Never),
        ..Extras::default()
    };
    let unsaved = home.save(home.compose(Intent::Add(extras)), "words").expect_err("refused");
    assert!(matches!(unsaved.place, Place::Draft(_)), "{unsaved:?}");
    assert_eq!(home.text(), None);
    let (draft, text) = home.drafts.newest(home.now.at).expect("read").newest.expect("a draft");
    assert_eq!(text, "words");
    assert_eq!(draft.label.extras.step.as_deref(), Some("call Anna"));
    assert_eq!(draft.label.extras.again, None, "what was refused would be refused for ever");
    let intent = Intent::of_draft(&draft.label);
    home.save(home.compose(intent).typed_in(draft), "words").expect("saved");
    assert_eq!(home.text().as_deref(), Some("words"));
}

#[test]
fn what_was_to_be_saved_with_a_text_is_kept_and_shown_with_it() {
    let extras = Extras {
        step: Some("call Anna".to_owned()),
        when: Some("at noon".to_owned()),
        again: Some(Interval::Month),
    };
    let mut home = Home::new();
    home.damage();
    home.save(home.compose(Intent::Add(extras.clone())), "words").expect_err("damaged");
    let (draft, _) = home.drafts.newest(home.now.at).expect("read").newest.expect("a draft");
    assert_eq!(draft.label.extras, extras);
    // A draft that is taken up may get more.
    let more = Extras { step: Some("call Ben".to_owned()), ..extras.clone() };
    let compose = home.compose(Intent::Add(more.clone())).typed_in(draft);
    home.save(compose, "words").expect_err("damaged");
    let (draft, _) = home.drafts.newest(home.now.at).expect("read").newest.expect("a draft");
    assert_eq!(draft.label.extras, more);

    let mut home = Home::new().without_drafts();
    home.damage();
    let unsaved = home.save(home.compose(Intent::Add(extras.clone())), "w").expect_err("damaged");
    assert!(
        matches!(&unsaved.place, Place::Nowhere { extras: shown, .. } if *shown == extras),
        "{unsaved:?}"
    );
}

#[test]
fn the_same_words_that_are_given_once_more_leave_no_draft() {
    let mut home = Home::new();
    let journal = home.folder.path().join("journal.db");
    let whole = fs::read(&journal).expect("read");
    home.damage();
    home.save(home.compose(add()), "words").expect_err("damaged");
    assert!(home.newest_draft().is_some());
    fs::write(&journal, whole).expect("written");
    home.add("words");
    assert!(home.newest_draft().is_none());
}

#[test]
fn a_step_is_saved_on_a_day_with_an_entry_and_kept_on_another() {
    let mut home = Home::new();
    let unsaved =
        home.save(home.compose(Intent::Step { when: None }), "call Anna").expect_err("no entry");
    assert!(matches!(unsaved.why, SaveError::NoEntry { .. }), "{unsaved:?}");
    let kept = (day(EARLIER), Purpose::Step, "call Anna".to_owned());
    assert_eq!(home.newest_draft(), Some(kept));
    home.add("words");
    home.save(home.compose(Intent::Step { when: None }), "call Ben").expect("saved");
    let report = home.save(home.compose(Intent::Step { when: None }), "call Anna").expect("saved");
    assert_eq!(report.replaced_step.as_deref(), Some("call Ben"));
    assert!(home.newest_draft().is_none(), "the same step was kept before");
}

#[test]
fn a_revision_takes_the_place_of_the_text_that_was_read() {
    let mut home = Home::new();
    let none = Base::read(&home.store, day(EARLIER)).expect_err("nothing is there");
    assert!(matches!(none, SaveError::NothingWritten { .. }));
    home.add("old words");
    let base = Base::read(&home.store, day(EARLIER)).expect("words");
    let compose = home.compose(Intent::Revise(Some(base)));
    assert_eq!(compose.text_before(), "old words");
    let report = home.save(compose, "new words").expect("saved");
    assert_eq!(report.replaced_text, None, "the person saw the words that they changed");
    assert_eq!(home.text().as_deref(), Some("new words"));

    let base = Base::read(&home.store, day(EARLIER)).expect("words");
    let report = home.save(home.compose(Intent::Revise(Some(base))), "new words").expect("saved");
    assert!(report.is_unchanged);
    assert_eq!(home.store.revisions(day(EARLIER)).expect("read").len(), 2);
}

#[test]
fn words_that_came_meanwhile_are_told_of() {
    let mut home = Home::new();
    home.add("old words");
    let base = Base::read(&home.store, day(EARLIER)).expect("words");
    home.add("words meanwhile");
    let report = home.save(home.compose(Intent::Revise(Some(base))), "new words").expect("saved");
    assert!(report.met_newer);
    let text = home.text().expect("words");
    assert!(text.contains("new words") && text.contains("words meanwhile"), "{text}");
    let base = Base::read(&home.store, day(EARLIER)).expect("words");
    let report = home.save(home.compose(Intent::Revise(Some(base))), "settled").expect("saved");
    assert!(!report.met_newer);
}

#[test]
fn a_revision_that_the_journal_refuses_is_a_draft_of_a_revision() {
    let mut home = Home::new();
    home.add("old words");
    let base = Base::read(&home.store, day(EARLIER)).expect("words");
    home.damage();
    home.save(home.compose(Intent::Revise(Some(base))), "new words").expect_err("damaged");
    let kept = (day(EARLIER), Purpose::Revise, "new words".to_owned());
    assert_eq!(home.newest_draft(), Some(kept));
}

#[test]
fn an_edit_that_is_taken_up_again_names_the_text_that_nobody_saw() {
    let mut home = Home::new();
    home.add("old words");
    let draft = home.draft(Purpose::Revise, "new words");
    home.add("words meanwhile");
    let compose = home.compose(Intent::Revise(None)).typed_in(draft);
    let report = home.save(compose, "new words").expect("saved");
    assert_eq!(report.replaced_text.as_deref(), Some("old words\n\nwords meanwhile"));
    assert_eq!(home.text().as_deref(), Some("new words"));
    assert!(home.newest_draft().is_none());
}

#[test]
fn an_edit_that_was_cut_short_before_anything_was_changed_replaces_nothing() {
    let mut home = Home::new();
    home.add("old words");
    let draft = home.draft(Purpose::Revise, "old words");
    home.add("words meanwhile");
    let compose = home.compose(Intent::Revise(None)).typed_in(draft);
    let report = home.save(compose, "old words").expect("known already");
    assert!(report.is_unchanged);
    assert_eq!(home.text().as_deref(), Some("old words\n\nwords meanwhile"));
    assert!(home.newest_draft().is_none());
}

#[test]
fn an_afterthought_needs_a_reflection_and_is_kept_where_there_is_none() {
    let mut home = Home::new();
    let unsaved = home.save(home.compose(Intent::Afterthought), "on nothing").expect_err("none");
    assert!(matches!(unsaved.why, SaveError::NothingWritten { .. }), "{unsaved:?}");
    let kept = (day(EARLIER), Purpose::Afterthought, "on nothing".to_owned());
    assert_eq!(home.newest_draft(), Some(kept));
    home.add("words");
    let draft = home.draft(Purpose::Afterthought, "still true");
    let compose = home.compose(Intent::Afterthought).typed_in(draft);
    let report = home.save(compose, "still true").expect("saved");
    assert_eq!(report.entry.afterthoughts.len(), 1);
    assert_eq!(home.newest_draft().map(|draft| draft.2).as_deref(), Some("on nothing"));
}

#[test]
fn a_text_for_which_no_journal_opens_is_kept_for_the_day_that_was_named() {
    let today = day("2026-11-22");
    for (name, wanted, without_clock) in [
        (None, "2026-11-22", None),
        (Some("yesterday"), "2026-11-21", None),
        (Some("2026-11-01"), "2026-11-01", Some("2026-11-01")),
        (Some("2026-12-01"), "2026-11-22", Some("2026-12-01")), // has not come
        (Some("-900y"), "2026-11-22", None),                    // before the first year
    ] {
        let name = name.map(|name| name.parse().expect("a name of a day"));
        assert_eq!(day_to_keep(name, Some(today)), Some(day(wanted)), "{name:?}");
        assert_eq!(day_to_keep(name, None), without_clock.map(day), "{name:?}");
    }
    let home = Home::new();
    let label = Label::new(Some(today), Purpose::Add);
    let place = keep(&home.drafts, &label, home.now.at, "words");
    assert!(matches!(place, Place::Draft(_)));
    assert_eq!(home.newest_draft(), Some((today, Purpose::Add, "words".to_owned())));
}
