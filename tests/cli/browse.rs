//! `dwell browse` in a real terminal: it opens, moves, searches, changes and gives the screen back.

use crate::pty::Pty;
use crate::sandbox::Sandbox;

/// A home with words on three days.
fn lived_in() -> Sandbox {
    let mut home = Sandbox::with_small_shelf("2026-11-20T09:00:00+01:00");
    home.set("DWELL_SCREEN", "page");
    home.ok(&["write", "Bread, and the oldest words."]);
    home.set_now("2026-11-21T09:00:00+01:00");
    home.ok(&["write", "A walk, and the words between."]);
    home.set_now("2026-11-22T09:00:00+01:00");
    home.ok(&["write", "Rain, and the newest words."]);
    home
}

fn open(home: &Sandbox) -> Pty {
    let mut pty = Pty::start_sized(home, &["browse"], 80, 24);
    pty.wait_for_screen("> Sun 22 Nov");
    pty
}

#[test]
fn a_person_moves_searches_and_leaves_and_the_screen_is_as_before() {
    let home = lived_in();
    let mut pty = open(&home);
    pty.wait_for_screen("3 days");
    pty.send("jj");
    pty.wait_for_screen("> Fri 20 Nov");
    pty.wait_for_screen("Friday 20 November 2026");
    pty.send("\x1b[A");
    pty.wait_for_screen("> Sat 21 Nov");
    pty.send("/oldest");
    pty.wait_for_screen("1 place");
    pty.wait_for_screen("Reflection: ");
    pty.send("\rcq");
    pty.wait_for_screen("Search: oldest");
    pty.send("q");
    assert_eq!(pty.end(), 0);
    assert_eq!(pty.screen(), "", "the screen is given back");
    let stream = pty.stream();
    assert!(stream.contains("\x1b[?1049h") && stream.contains("\x1b[?1049l"), "{stream}");
    assert!(!pty.cursor_hidden());
}

#[test]
fn love_undo_and_redo_are_done_and_said_on_the_last_line() {
    let home = lived_in();
    let mut pty = open(&home);
    pty.send("l");
    pty.wait_for_screen("loved: ");
    pty.send("u");
    pty.wait_for_screen("undone: dwell lesson love");
    pty.send("U");
    pty.wait_for_screen("done again: dwell lesson love");
    pty.send("q");
    assert_eq!(pty.end(), 0);
    assert_eq!(home.json(&["show"])["lesson"]["loved"], true);
}

/// What was recorded is as old as the clock of the system says, so the change of a moment ago is
/// one of another day here.
#[test]
fn a_change_of_another_day_is_undone_only_after_a_yes() {
    let home = lived_in();
    home.ok(&["lesson", "love", "today"]);
    let mut later = home;
    later.set_now("2026-11-23T09:00:00+01:00");
    let mut pty = open(&later);
    pty.send("u");
    pty.wait_for_screen("(y yes  any other key no)");
    pty.send("n");
    pty.wait_for_screen("nothing was undone");
    assert_eq!(later.json(&["show", "2026-11-22"])["lesson"]["loved"], true);
    pty.send("u");
    pty.wait_for_screen("(y yes  any other key no)");
    pty.send("y");
    pty.wait_for_screen("undone: ");
    pty.send("q");
    assert_eq!(pty.end(), 0);
    assert_eq!(later.json(&["show", "2026-11-22"])["lesson"]["loved"], false);
}

#[cfg(unix)]
#[test]
fn an_edit_and_an_afterthought_come_back_to_the_same_day() {
    let home = lived_in();
    let mut pty = open(&home);
    pty.send("j");
    pty.wait_for_screen("> Sat 21 Nov");
    // What is typed at once with the key is words already.
    pty.send("e And more.");
    pty.wait_for_screen("between. And more.");
    pty.send("\x04");
    pty.wait_for_screen("> Sat 21 Nov");
    pty.send("a");
    pty.wait_for_screen("Ctrl-D save");
    pty.send("It rained later.");
    pty.wait_for_screen("It rained later.");
    pty.send("\x04");
    pty.wait_for_screen("> Sat 21 Nov");
    pty.send("\tG");
    pty.wait_for_screen("It rained later.");
    pty.send("q");
    assert_eq!(pty.end(), 0);
    let entry = home.json(&["show", "2026-11-21"]);
    assert_eq!(entry["reflection"]["text"], "A walk, and the words between. And more.");
    assert_eq!(entry["afterthoughts"][0]["text"], "It rained later.");
}

#[cfg(unix)]
#[test]
fn an_edit_that_is_left_changes_nothing_and_the_browser_is_there_again() {
    let home = lived_in();
    let mut pty = open(&home);
    pty.send("e");
    pty.wait_for_screen("Ctrl-D save");
    pty.send("\x1b");
    pty.wait_for_screen("> Sun 22 Nov");
    pty.send("q");
    assert_eq!(pty.end(), 0);
    let entry = home.json(&["show"]);
    assert_eq!(entry["reflection"]["text"], "Rain, and the newest words.");
}

#[test]
fn a_failure_is_told_on_the_last_line_and_the_browser_goes_on() {
    let mut home = lived_in();
    home.set_now("2026-11-23T09:00:00+01:00");
    home.ok(&["today"]);
    let mut pty = Pty::start_sized(&home, &["browse"], 80, 24);
    pty.wait_for_screen("> Mon 23 Nov");
    pty.send("a");
    pty.wait_for_screen("nothing is written on 2026-11-23");
    pty.send("j");
    pty.wait_for_screen("> Sun 22 Nov");
    pty.send("\x04");
    assert_eq!(pty.end(), 0);
}

#[test]
fn what_another_process_writes_is_shown_after_the_next_key() {
    let home = lived_in();
    let mut pty = open(&home);
    home.ok(&["write", "--day", "2026-11-19", "Written beside it."]);
    pty.send("j");
    pty.wait_for_screen("4 days");
    pty.send("q");
    assert_eq!(pty.end(), 0);
}

#[cfg(unix)]
#[test]
fn a_signal_ends_it_with_the_screen_given_back() {
    let home = lived_in();
    let mut pty = open(&home);
    pty.signal("TERM");
    assert_ne!(pty.end(), 0);
    assert!(pty.stream().contains("\x1b[?1049l"));
}

#[test]
fn it_follows_the_size_of_the_window() {
    let home = lived_in();
    let mut pty = open(&home);
    pty.resize(19, 4);
    pty.wait_for_screen("window too small");
    pty.resize(40, 16);
    pty.wait_for_screen("> Sun 22 Nov");
    pty.send("\r");
    pty.wait_for_screen("Sunday 22 November 2026");
    pty.send("q");
    assert_eq!(pty.end(), 0);
}

#[test]
fn a_damaged_entry_shows_what_can_be_read_and_what_is_wrong() {
    let home = lived_in();
    let journal = rusqlite::Connection::open(home.journal()).expect("opened");
    let changed = journal.execute(
        "UPDATE entry SET text = 'Other words' WHERE day = '2026-11-22'",
        rusqlite::params![],
    );
    assert_eq!(changed.expect("changed"), 1);
    drop(journal);
    let mut pty = open(&home);
    pty.wait_for_screen("differs from");
    // The words come before the lesson.
    pty.wait_for_screen("Rain, and the newest words.");
    pty.send("q");
    assert_eq!(pty.end(), 0);
}

#[test]
fn without_a_screen_it_names_what_does_without() {
    let mut home = lived_in();
    for args in [&["browse"][..], &["browse", "--json"], &["browse", "--no-input"]] {
        let ran = home.run(args);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}");
        assert!(ran.err.contains("dwell log") && ran.err.contains("dwell search"), "{}", ran.err);
    }
    for args in [&["browse", "--no-page"][..], &["browse", "--json"], &["browse", "--no-input"]] {
        let mut pty = Pty::start(&home, args);
        pty.wait_for_screen("dwell log");
        assert_eq!(pty.end(), 2, "{args:?}");
    }
    home.set("TERM", "dumb");
    let mut pty = Pty::start(&home, &["browse"]);
    pty.wait_for_screen("dwell log");
    assert_eq!(pty.end(), 2);
}

#[test]
fn without_a_journal_or_an_entry_it_says_how_to_begin() {
    let mut home = Sandbox::new();
    home.set("DWELL_SCREEN", "page");
    let mut pty = Pty::start(&home, &["browse"]);
    pty.wait_for_screen("there is no journal at");
    assert_eq!(pty.end(), 1);
    home.ok(&["series"]);
    let mut pty = Pty::start(&home, &["browse"]);
    pty.wait_for_screen("There is no entry yet.");
    pty.send("jGle/x");
    pty.wait_for_screen("Search: x");
    pty.send("\x1b");
    // Escape alone is known by the silence after it.
    pty.wait_for_screen("There is no entry yet.");
    pty.send("q");
    assert_eq!(pty.end(), 0);
}
