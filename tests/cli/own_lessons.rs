//! Lessons of one's own, and series files: adding, editing, sharing, exporting.

use serde_json::{Value, json};

use crate::pty::Pty;
use crate::sandbox::{Run, Sandbox};

/// A question sends this when it is ready.
const LISTENING: &str = "\x1b[?2004h";
const CTRL_C: &str = "\x03";

/// The lessons of the series of one's own, each with its source.
fn own(sandbox: &Sandbox) -> Vec<Value> {
    sandbox.json_lines(&["lesson", "list", "--series", "my-own-lessons"])
}

fn series_file(sandbox: &Sandbox, text: &str) -> String {
    let path = sandbox.home().join("walks.toml");
    std::fs::write(&path, text).expect("written");
    path.display().to_string()
}

const WALKS: &str = r#"
slug = "walks"
title = "Two walks"
introduction = "Why we walk."
[source]
title = "Walks"
kind = "own"
[[lesson]]
title = "Go out"
story = "It rained."
[[lesson]]
title = "Come home"
story = "It was late."
takeaway = "Leave a light on."
source = { title = "Grandmother", kind = "life" }
"#;

/// The program with a journal that another program has locked.
fn locked(sandbox: &Sandbox, args: &[&str]) -> Run {
    let lock = rusqlite::Connection::open(sandbox.journal()).expect("opened");
    lock.execute_batch("BEGIN EXCLUSIVE").expect("locked");
    sandbox.run(args)
}

#[test]
fn a_lesson_is_added_by_options_and_its_series_says_when_it_comes() {
    let sandbox = Sandbox::new();
    let ran = sandbox.run(&[
        "lesson",
        "add",
        "--title",
        "Call back",
        "--story",
        "She called.",
        "--takeaway",
        "Call today.",
        "--learnt",
        "My aunt",
        "--kind",
        "life",
        "--tag",
        "#Family",
    ]);
    assert_eq!(
        ran.err,
        "added: my-own-lessons/1 Call back\n\
         my-own-lessons: begins when The Defiant Ones ends, in 5 lessons (0 of 1 served)\n"
    );
    let lessons = own(&sandbox);
    assert_eq!(lessons.len(), 1);
    let lesson = &lessons[0];
    assert_eq!(lesson["question"], "What does this say to you today?");
    assert_eq!(lesson["takeaway"], "Call today.");
    assert_eq!(lesson["tags"], json!(["family"]));
    assert_eq!(lesson["source"]["title"], "My aunt");
    let series = sandbox.json(&["series", "show", "my-own-lessons"]);
    assert_eq!(series["source"]["kind"], "own");
    // Undo names the command, and takes the series with its only lesson.
    let undone = sandbox.run(&["undo"]);
    assert_eq!(
        undone.err.lines().next(),
        Some("undo: dwell lesson add, which added my-own-lessons/1")
    );
    assert_eq!(sandbox.run(&["series", "show", "my-own-lessons"]).code, 1);
    sandbox.ok(&["redo"]);
    assert_eq!(own(&sandbox), lessons);
}

#[test]
fn a_lesson_comes_from_standard_input_as_a_story_as_fields_or_as_tables() {
    let sandbox = Sandbox::with_small_shelf("2026-11-22T07:00:00+01:00");
    let add = |args: &[&str], input: &str| {
        let ran = sandbox.run_with(&[&["lesson", "add"], args].concat(), input.as_bytes());
        assert_eq!(ran.code, 0, "{}", ran.err);
    };
    add(&["--title", "A story"], "title = it is only text\n\n[[lesson]]\n");
    add(
        &[],
        "title = \"Fields\"\nstory = '''\nC:\\new'''\n[source]\ntitle = \"Film\"\nkind = \"film\"\n",
    );
    add(
        &[],
        "[[lesson]]\ntitle = \"One\"\nstory = \"1\"\n[[lesson]]\ntitle = \"Two\"\nstory = \"2\"\n",
    );
    let lessons = own(&sandbox);
    let stories: Vec<(&str, &str)> = lessons
        .iter()
        .map(|one| (one["title"].as_str().expect("text"), one["story"].as_str().expect("text")))
        .collect();
    assert_eq!(
        stories,
        [
            ("A story", "title = it is only text\n\n[[lesson]]"),
            ("Fields", "C:\\new"),
            ("One", "1"),
            ("Two", "2")
        ]
    );
    assert_eq!(lessons[1]["source"]["kind"], "film");
    let again = sandbox.run_with(&["lesson", "add", "--title", "One", "--story", "1"], b"");
    assert_eq!((again.code, own(&sandbox).len()), (0, 4), "{}", again.err);
}

#[test]
fn words_of_a_lesson_may_begin_with_a_hyphen() {
    let sandbox = Sandbox::new();
    sandbox.ok(&["lesson", "add", "--title", "- T", "--story", "- one", "--takeaway", "-- so"]);
    sandbox.ok(&["lesson", "edit", "my-own-lessons/1", "--story", "-> y z", "--by", "- me"]);
    let lesson = &own(&sandbox)[0];
    assert_eq!((&lesson["title"], &lesson["story"]), (&json!("- T"), &json!("-> y z")));
    assert_eq!(lesson["takeaway"], "-- so");
    let ran = sandbox.run(&["lesson", "add", "--title", "--story", "words"]);
    assert_eq!((ran.code, own(&sandbox).len()), (2, 1), "{}", ran.err);
}

#[test]
fn words_that_are_no_form_are_told_what_is_wanted() {
    let sandbox = Sandbox::new();
    sandbox.ok(&["lesson", "add", "--title", "T", "--story", "s"]);
    for args in [&["lesson", "add"][..], &["lesson", "edit", "my-own-lessons/1"]] {
        let ran = sandbox.run_with(args, b"She called.\n");
        assert_eq!(ran.code, 2);
        assert!(ran.err.contains("[[lesson]] in TOML"), "{}", ran.err);
        assert!(ran.err.contains("--title TITLE"), "{}", ran.err);
        assert!(!ran.err.contains("key with no value"), "{}", ran.err);
        let ran = sandbox.run_with(args, b"title = \"T\nstory = 's'\n");
        assert!(ran.err.contains("line 1: "), "a form with a fault: {}", ran.err);
    }
}

#[test]
fn an_editor_that_empties_a_form_gets_the_one_hint_that_leads_to_it() {
    let mut sandbox = Sandbox::new();
    sandbox.ok(&["lesson", "add", "--title", "T", "--story", "s"]);
    sandbox.set("EDITOR", "truncate -s 0");
    for args in [
        &["lesson", "edit", "my-own-lessons/1", "--editor"][..],
        &["lesson", "add", "--editor", "--title", "A", "--story", "b"],
    ] {
        let ran = sandbox.run(args);
        assert_eq!(ran.code, 2);
        assert_eq!(ran.err.matches("--resume").count(), 1, "{}", ran.err);
        assert!(ran.err.contains("dwell lesson add --resume"), "{}", ran.err);
        sandbox.ok(&["lesson", "add", "--resume"]);
        assert!(sandbox.draft_files().is_empty());
    }
    assert_eq!(own(&sandbox)[1]["title"], "A");
}

#[test]
fn a_lesson_goes_into_the_series_that_is_named() {
    let sandbox = Sandbox::new();
    sandbox.ok(&["series", "add", &series_file(&sandbox, WALKS)]);
    let add = ["lesson", "add", "--title", "Rest", "--story", "A bench.", "--series"];
    sandbox.ok(&[&add[..], &["Two walks"]].concat());
    sandbox.ok(&[&add[..], &["my-own-lessons"]].concat());
    let lesson = sandbox.json(&["lesson", "show", "walks/3"]);
    assert_eq!((&lesson["title"], &lesson["source"]["title"]), (&json!("Rest"), &json!("Walks")));
    let ran = sandbox.run(&[&add[..], &["wals"]].concat());
    assert_eq!(ran.code, 1);
    assert!(
        ran.err.contains("the nearest is walks") && ran.err.contains("lesson add --resume"),
        "{}",
        ran.err
    );
}

#[test]
fn words_that_are_refused_or_meet_a_lock_are_kept_and_taken_up_again() {
    let mut sandbox = Sandbox::new();
    sandbox.ok(&["today"]);
    for args in [
        &["lesson", "add", "--title", "No story"][..],
        &["lesson", "add", "--title", "T", "--story", "S", "--tag", "a=b"],
        &["lesson", "add", "--story", "No title"],
    ] {
        let ran = sandbox.run(args);
        assert_eq!(ran.code, 2, "{args:?}");
        assert!(ran.err.contains("dwell lesson add --resume"), "{}", ran.err);
    }
    let drafts = sandbox.draft_texts().concat();
    assert!(drafts.contains("No story") && drafts.contains("No title"), "{drafts}");
    sandbox.set_now("2026-11-22T08:00:00+01:00");
    let ran = locked(&sandbox, &["lesson", "add", "--title", "Kept", "--story", "Locked out."]);
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert!(ran.err.contains("dwell lesson add --resume"), "{}", ran.err);
    let ran = sandbox.run(&["lesson", "add", "--resume"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(own(&sandbox)[0]["story"], "Locked out.");
    // A form is no reflection: it is not offered as one.
    assert_eq!(sandbox.run(&["write", "--resume"]).code, 1);
    let ran = sandbox.run_with(&["lesson", "add"], b"title = \"a\"\nstory = \"\"\n");
    assert_eq!(ran.code, 2);
    assert!(ran.err.starts_with("dwell: line 2: story is empty\n"), "{}", ran.err);
}

#[test]
fn a_terminal_asks_for_each_part_of_a_lesson() {
    let sandbox = Sandbox::new();
    let mut pty = Pty::start(&sandbox, &["lesson", "add"]);
    pty.wait_for("The lesson in one line:");
    pty.send("Call back\r");
    pty.wait_for("Ctrl-C stops");
    pty.wait_for(LISTENING);
    pty.send("She called.\r\rI did not.\r\r\r");
    pty.wait_for("What does it say to everybody?");
    pty.send("\r");
    pty.wait_for("Which question does it ask?");
    pty.send("Whom will you call?\r");
    pty.wait_for("Where did you learn it?");
    pty.send("My aunt\r");
    pty.wait_for("added: my-own-lessons/1 Call back");
    assert_eq!(pty.end(), 0);
    let lesson = &own(&sandbox)[0];
    assert_eq!(lesson["story"], "She called.\n\nI did not.");
    assert_eq!(
        (&lesson["takeaway"], &lesson["question"]),
        (&json!(""), &json!("Whom will you call?"))
    );
    assert_eq!(lesson["source"]["title"], "My aunt");
    assert!(sandbox.draft_files().is_empty());
}

#[test]
fn what_was_typed_before_ctrl_c_is_in_a_draft_also_the_open_line() {
    let sandbox = Sandbox::new();
    let mut pty = Pty::start(&sandbox, &["lesson", "add"]);
    pty.wait_for("The lesson in one line:");
    pty.send("Call back\r");
    pty.wait_for("Ctrl-C stops");
    pty.wait_for(LISTENING);
    pty.send("She called.\rAnd half a line");
    pty.wait_for("half a line");
    pty.send(CTRL_C);
    pty.wait_for("dwell lesson add --resume");
    assert_eq!(pty.end(), 130);
    let drafts = sandbox.draft_texts().concat();
    for words in ["Call back", "She called.", "And half a line"] {
        assert!(drafts.contains(words), "{drafts}");
    }
    let ran = sandbox.run(&["lesson", "add", "--resume"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(own(&sandbox)[0]["story"], "She called.\nAnd half a line");
    assert!(sandbox.draft_files().is_empty());
}

#[test]
fn nothing_typed_leaves_no_lesson_and_no_draft() {
    let sandbox = Sandbox::new();
    let mut pty = Pty::start(&sandbox, &["lesson", "add"]);
    pty.wait_for("The lesson in one line:");
    pty.send("\r");
    pty.wait_for("Nothing was written");
    assert_eq!(pty.end(), 0);
    assert!(sandbox.draft_files().is_empty());
    assert_eq!(sandbox.run(&["series", "show", "my-own-lessons"]).code, 1);
}

#[test]
fn an_editor_fills_in_a_form_and_a_wrong_form_is_kept() {
    let mut sandbox = Sandbox::new();
    sandbox.set("EDITOR", "sed -i 's/^tags = .*/tags = [\"home\"]/'");
    sandbox.ok(&["lesson", "add", "--editor", "--title", "Kept", "--story", "It's so."]);
    assert_eq!(own(&sandbox)[0]["tags"], json!(["home"]));
    sandbox.set("EDITOR", "sed -i 's/^title = \"Kept\"/title = \"Changed/'");
    let ran = sandbox.run(&["lesson", "edit", "my-own-lessons/1", "--editor"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("lesson add --resume"), "{}", ran.err);
    sandbox.set("EDITOR", "sed -i 's/^title = \"Changed/title = \"Changed\"/'");
    sandbox.ok(&["lesson", "add", "--resume", "--editor"]);
    let lessons = own(&sandbox);
    assert_eq!((lessons.len(), &lessons[0]["title"]), (1, &json!("Changed")));
    assert!(sandbox.draft_files().is_empty());
    sandbox.set("EDITOR", "false");
    let ran = sandbox.run(&["lesson", "add", "--editor"]);
    assert_eq!(ran.code, 2);
    assert!(sandbox.draft_files().is_empty(), "nobody wrote anything: {}", ran.err);
}

#[test]
fn an_edit_changes_no_day_and_the_lesson_stays_served() {
    let mut sandbox = Sandbox::with_small_shelf("2026-11-22T07:00:00+01:00");
    let today = sandbox.json(&["today"]);
    sandbox.ok(&["lesson", "edit", "today", "--story", "Told anew.", "--tag", "new"]);
    assert_eq!(sandbox.json(&["show"]), today);
    let lesson = sandbox.json(&["lesson", "show", "the-defiant-ones/1"]);
    assert_eq!(
        (&lesson["story"], &lesson["served"]),
        (&json!("Told anew."), &json!(["2026-11-22"]))
    );
    sandbox.set_now("2026-11-23T07:00:00+01:00");
    let next = sandbox.json(&["today"]);
    assert_ne!(next["lesson"]["number"], 1);
    let undone = sandbox.run(&["undo", "--yes"]);
    assert!(
        undone.err.starts_with("undo: dwell lesson edit the-defiant-ones/1\n"),
        "{}",
        undone.err
    );
    let lesson = sandbox.json(&["lesson", "show", "the-defiant-ones/1"]);
    assert_eq!(lesson["story"], today["lesson"]["story"]);
    let ran = sandbox.run(&["lesson", "edit", "the-defiant-ones/1"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("say what is to change"), "{}", ran.err);
}

#[test]
fn a_shared_lesson_is_plain_text_with_nothing_of_the_person() {
    let sandbox = Sandbox::new();
    sandbox.ok(&["series", "add", &series_file(&sandbox, WALKS)]);
    assert_eq!(
        sandbox.ok(&["lesson", "show", "walks/2", "--share"]),
        "Come home\n\nIt was late.\n\nLeave a light on.\n\nLearnt from Grandmother (life)\n"
    );
    assert_eq!(
        sandbox.ok(&["lesson", "show", "walks/1", "--share"]),
        "Go out\n\nIt rained.\n\nLearnt from Walks\n"
    );
    sandbox.ok(&["lesson", "add", "--title", "Mine", "--story", "s"]);
    assert_eq!(sandbox.ok(&["lesson", "show", "Mine", "--share"]), "Mine\n\ns\n");
}

#[test]
fn a_series_goes_out_and_in_again() {
    let sandbox = Sandbox::new();
    sandbox.ok(&["series", "add", &series_file(&sandbox, WALKS)]);
    let file = sandbox.ok(&["series", "export", "walks"]);
    let path = sandbox.home().join("out.toml").display().to_string();
    sandbox.ok(&["series", "export", "Two walks", "--output", &path]);
    assert_eq!(std::fs::read_to_string(&path).expect("read"), file);
    let ran = sandbox.run(&["series", "export", "walks", "--output", &path]);
    assert_eq!(ran.code, 3, "a file that is there stays: {}", ran.err);
    let ran = sandbox.run(&["series", "add", &path]);
    assert!(ran.err.contains("already on the shelf, unchanged"), "{}", ran.err);
    let other = Sandbox::new();
    other.ok(&["series", "add", &path]);
    assert_eq!(other.ok(&["series", "export", "walks"]), file);
    assert_eq!(
        other.json_lines(&["lesson", "list", "--series", "walks"]),
        sandbox.json_lines(&["lesson", "list", "--series", "walks"])
    );
}

#[test]
fn a_newer_edition_says_what_it_does_to_which_lesson() {
    let sandbox = Sandbox::new();
    let path = series_file(&sandbox, WALKS);
    sandbox.ok(&["series", "add", &path]);
    sandbox.ok(&["series", "next", "walks"]);
    let today = sandbox.json(&["today"]);
    let newer = WALKS.replace("It rained.", "It poured.").replace("It was late.", "It was dark.");
    let newer = format!("{newer}[[lesson]]\ntitle = \"Rest\"\nstory = \"A bench.\"\n");
    series_file(&sandbox, &newer);
    let ran = sandbox.run(&["series", "add", &path]);
    assert_eq!(
        ran.err,
        "updated, because not served yet: Come home\n\
         with the words that were served: Go out\n\
         added: Rest\n\
         walks: brought to the edition of the file; it is in progress (1 of 3 served)\n"
    );
    assert_eq!(sandbox.json(&["show"])["lesson"]["story"], today["lesson"]["story"]);
    let older = WALKS.split_once("[[lesson]]\ntitle = \"Come home\"").expect("two lessons").0;
    series_file(&sandbox, older);
    let report = sandbox.json(&["series", "add", &path]);
    assert_eq!(report["removed"], json!(["Come home", "Rest"]));
    assert_eq!(report["kept"], json!([]), "the file has the words that were served again");
    let undone = sandbox.run(&["undo"]);
    assert_eq!(undone.err.lines().next(), Some("undo: what added the series walks (1 lesson)"));
    assert_eq!(sandbox.json(&["series", "show", "walks"])["lessons"], 3);
}

#[test]
fn words_that_the_person_edited_stay_when_the_file_comes_again() {
    let sandbox = Sandbox::new();
    let path = series_file(&sandbox, WALKS);
    for edit in [["--story", "my own words"], ["--title", "My walk"]] {
        sandbox.ok(&["series", "add", &path]);
        sandbox.ok(&[&["lesson", "edit", "walks/2"][..], &edit].concat());
        let edited = sandbox.json_lines(&["lesson", "list", "--series", "walks"]);
        let again = sandbox.run(&["series", "add", &path]);
        assert!(again.err.starts_with("walks: already on the shelf, unchanged"), "{}", again.err);
        assert_eq!(sandbox.json_lines(&["lesson", "list", "--series", "walks"]), edited);
    }
    series_file(&sandbox, &WALKS.replace("It was late.", "It was dark."));
    let before = sandbox.json_lines(&["lesson", "list", "--series", "walks"]);
    let newer = sandbox.run(&["series", "add", &path]);
    assert!(newer.err.contains("with your own words, which stay: My walk\n"), "{}", newer.err);
    assert_eq!(sandbox.json_lines(&["lesson", "list", "--series", "walks"]), before);
    assert_eq!(sandbox.json(&["series", "add", &path])["kept"], json!(["My walk"]));
}

#[test]
fn an_error_in_a_series_file_names_file_line_and_field() {
    let sandbox = Sandbox::new();
    for (from, to, wanted) in [
        ("story = \"It was late.\"", "story = \"\"", "line 13: lesson 2: story is empty"),
        ("story = \"It was late.\"", "stori = \"x\"", "line 13: unknown field `stori`"),
        ("slug = \"walks\"", "slug = \"Walks\"", "line 2: slug: 'Walks' is not a series name"),
        ("\"Grandmother\"", "\" \"", "line 15: lesson 2: source.title is empty"),
    ] {
        let path = series_file(&sandbox, &WALKS.replace(from, to));
        let ran = sandbox.run(&["series", "add", &path]);
        assert_eq!(ran.code, 2, "{wanted}");
        let wanted = format!("dwell: {path}, {wanted}");
        assert!(ran.err.starts_with(&wanted), "{wanted}: {}", ran.err);
    }
    assert!(!sandbox.journal().exists(), "a wrong file leaves no journal behind");
}
