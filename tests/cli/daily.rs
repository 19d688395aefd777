//! The daily loop without a terminal: today, write, show, log, step, edit, delete, undo.

use crate::sandbox::Sandbox;
use serde_json::json;

#[test]
fn an_empty_home_gets_the_first_lesson_and_private_files() {
    let sandbox = Sandbox::new();
    let out = sandbox.ok(&[]);
    assert!(out.contains("Don't put all your eggs in one basket"), "{out}");
    assert_eq!(sandbox.ok(&["today"]), out);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &std::path::Path| {
            std::fs::metadata(path).expect("there").permissions().mode() & 0o777
        };
        let journal = sandbox.journal();
        assert_eq!(mode(&journal), 0o600);
        assert_eq!(mode(journal.parent().expect("a folder")), 0o700);
        let names = std::fs::read_dir(journal.parent().expect("a folder")).expect("listed");
        assert_eq!(names.count(), 1, "nothing else is left in the folder");
    }
}

#[test]
fn an_entry_in_json_has_every_key_and_no_other() {
    let sandbox = Sandbox::new();
    sandbox.ok(&["write", "I said no. #work #Übung", "--next", "call Anna"]);
    let entry = sandbox.json(&["today"]);
    let keys = |value: &serde_json::Value| -> Vec<String> {
        value.as_object().expect("an object").keys().cloned().collect()
    };
    assert_eq!(keys(&entry), ["afterthoughts", "day", "lesson", "reflection", "served_at", "step"]);
    let lesson = [
        "id", "loved", "number", "of", "question", "series", "source", "story", "tags", "takeaway",
        "title",
    ];
    assert_eq!(keys(&entry["lesson"]), lesson);
    assert_eq!(
        entry["lesson"]["source"],
        json!({"title": "The Defiant Ones", "kind": "documentary", "by": "Allen Hughes",
               "year": 2017, "url": null})
    );
    assert_eq!(entry["day"], "2026-11-22");
    assert_eq!(entry["served_at"], "2026-11-22T07:00:00+01:00");
    assert_eq!(
        entry["reflection"],
        json!({"text": "I said no. #work #Übung", "words": 5, "tags": ["work", "übung"],
               "written_at": "2026-11-22T07:00:00+01:00",
               "revised_at": "2026-11-22T07:00:00+01:00", "revisions": 1, "late": false})
    );
    assert_eq!(
        entry["step"],
        json!({"text": "call Anna", "when": null, "state": "open", "closed_on": null,
               "outcome": null})
    );
    assert_eq!(entry["afterthoughts"], json!([]));
    assert_eq!(sandbox.json(&["show", "today"]), entry);
    assert_eq!(sandbox.json_lines(&["log"]), [entry]);
}

#[test]
fn text_is_text_whatever_it_looks_like() {
    let mut sandbox = Sandbox::new();
    let texts = [
        "May: be kinder.",
        "[2020-01-01] not a new entry\n[tomorrow] nor this",
        "In a year: will this matter?",
        "  two spaces before, two after  ",
        "tab\there, quote \" and ' and \\, per % cent, null-ish \\0",
        "ends with a dash -",
        "CRLF\r\nline",
        "世界 👩‍👩‍👧 e\u{301} שלום",
        "control \u{1b}[31m\u{7}",
        "-7d",
        "#",
    ];
    for (text, day) in texts.iter().zip(1..) {
        sandbox.set_now(&format!("2026-10-{day:02}T07:00:00+02:00"));
        let ran = if day % 2 == 0 {
            sandbox.run(&["write", "--", text])
        } else {
            sandbox.run_with(&["write", "-"], format!("{text}\n").as_bytes())
        };
        assert_eq!(ran.code, 0, "{text:?}: {}", ran.err);
        let entry = sandbox.json(&["show"]);
        assert_eq!(entry["reflection"]["text"], *text);
        assert_eq!(entry["day"], format!("2026-10-{day:02}"));
        let shown = sandbox.ok(&["show"]);
        assert!(!shown.contains('\u{1b}') && !shown.contains('\r'), "{shown:?}");
    }
    assert_eq!(sandbox.json_lines(&["log"]).len(), texts.len());
}

#[test]
fn a_word_of_any_length_is_kept_to_the_byte() {
    let sandbox = Sandbox::new();
    let text = "Wörter über Wörter, 世界.\n".repeat(40_000);
    let ran = sandbox.run_with(&["write"], text.as_bytes());
    assert_eq!(ran.code, 0, "{}", ran.err);
    let entry = sandbox.json(&["today"]);
    assert_eq!(entry["reflection"]["text"].as_str(), Some(text.trim_end()));
}

#[test]
fn words_from_several_arguments_pipes_and_dashes_are_told_apart() {
    let sandbox = Sandbox::new();
    sandbox.ok(&["write", "one", "two", "-3", "degrees", "--next", "-x"]);
    assert_eq!(sandbox.json(&["show"])["reflection"]["text"], "one two -3 degrees");
    assert_eq!(sandbox.json(&["show"])["step"]["text"], "-x");
    let ran = sandbox.run_with(&["write", "-"], b"piped");
    assert_eq!(ran.code, 0);
    assert_eq!(sandbox.json(&["show"])["reflection"]["text"], "one two -3 degrees\n\npiped");
    // A dash between other words is a word.
    sandbox.ok(&["write", "a", "-", "b"]);
    let text = sandbox.json(&["show"])["reflection"]["text"].clone();
    assert_eq!(text, "one two -3 degrees\n\npiped\n\na - b");
}

#[test]
fn days_move_on_and_a_missed_day_costs_no_lesson() {
    let mut sandbox = Sandbox::new();
    let number = |sandbox: &Sandbox| sandbox.json(&["today"])["lesson"]["number"].clone();
    assert_eq!(number(&sandbox), 1);
    // Before four in the morning it is still the day before.
    sandbox.set_now("2026-11-23T03:59:59+01:00");
    assert_eq!(number(&sandbox), 1);
    sandbox.set_now("2026-11-23T04:00:00+01:00");
    assert_eq!(number(&sandbox), 2);
    sandbox.set_now("2026-12-24T10:00:00+01:00");
    assert_eq!(number(&sandbox), 3);
    // After a flight to the west, an earlier date comes again: one with an entry, one without.
    sandbox.set_now("2026-12-23T22:00:00-10:00");
    assert_eq!(number(&sandbox), 3);
    assert_eq!(sandbox.json(&["today"])["day"], "2026-12-24");
    sandbox.ok(&["write", "on the plane"]);
    assert_eq!(sandbox.json(&["show", "2026-12-24"])["reflection"]["text"], "on the plane");
}

#[test]
fn if_new_prints_only_the_first_time() {
    let mut sandbox = Sandbox::new();
    assert_ne!(sandbox.ok(&["today", "--if-new"]), "");
    assert_eq!(sandbox.ok(&["today", "--if-new"]), "");
    sandbox.set_now("2026-11-23T07:00:00+01:00");
    sandbox.ok(&["write", "first thing"]);
    assert_eq!(sandbox.ok(&["today", "--if-new"]), "");
}

#[test]
fn late_words_say_so_and_go_to_their_day() {
    let mut sandbox = Sandbox::new();
    sandbox.ok(&["today"]);
    sandbox.set_now("2026-11-24T07:00:00+01:00");
    sandbox.ok(&["today"]);
    sandbox.ok(&["write", "--day", "sunday", "better late"]);
    let entry = sandbox.json(&["show", "2026-11-22"]);
    assert_eq!(entry["reflection"]["late"], true);
    assert_eq!(entry["lesson"]["number"], 1);
    sandbox.ok(&["write", "--day", "yesterday", "no lesson that day"]);
    let entry = sandbox.json(&["show", "-1d"]);
    assert_eq!((&entry["lesson"], &entry["served_at"]), (&json!(null), &json!(null)));
    let ran = sandbox.run(&["write", "--day", "2026-11-25", "too early"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("2026-11-25 has not come yet"), "{}", ran.err);
    assert_eq!(sandbox.draft_texts(), ["too early"]);
    // The draft is for a day that is not in the future.
    sandbox.ok(&["write", "--resume"]);
    assert_eq!(sandbox.json(&["show", "2026-11-24"])["reflection"]["text"], "too early");
}

#[test]
fn steps_are_added_asked_about_and_answered() {
    let mut sandbox = Sandbox::new();
    sandbox.ok(&["write", "words", "--next", "call Anna"]);
    sandbox.set_now("2026-11-23T07:00:00+01:00");
    sandbox.ok(&["step", "add", "monday call Bob"]);
    let open = sandbox.json_lines(&["step"]);
    assert_eq!(open.len(), 2);
    assert_eq!(
        open[0],
        json!({"day": "2026-11-23", "text": "monday call Bob", "when": null, "state": "open",
               "closed_on": null, "outcome": null})
    );
    // Without a day it is the step from before today.
    sandbox.ok(&["step", "done"]);
    let step = sandbox.json(&["show", "yesterday"])["step"].clone();
    assert_eq!(
        step,
        json!({"text": "call Anna", "when": null, "state": "done",
                              "closed_on": "2026-11-23", "outcome": null})
    );
    sandbox.ok(&["step", "add", "yesterday", "call", "Carl"]);
    assert_eq!(sandbox.json(&["show", "yesterday"])["step"]["text"], "call Carl");
    sandbox.ok(&["step", "partly", "yesterday"]);
    sandbox.ok(&["step", "drop", "today"]);
    assert_eq!(sandbox.json(&["show", "yesterday"])["step"]["state"], "partly");
    assert_eq!(sandbox.json(&["show"])["step"]["state"], "dropped");
    assert_eq!(sandbox.run(&["step"]).code, 1);
}

#[test]
fn options_after_the_words_of_a_step_are_options() {
    let sandbox = Sandbox::new();
    sandbox.ok(&["today"]);
    let step = sandbox.json(&["step", "add", "call", "Anna", "--day", "today", "-q"]);
    assert_eq!((&step["text"], &step["day"]), (&json!("call Anna"), &json!("2026-11-22")));
    assert_eq!(sandbox.run(&["step", "add", "call", "--bogus"]).code, 2);
    // The replaced step is shown, also with --quiet.
    let ran = sandbox.run(&["-q", "step", "add", "call Bob"]);
    assert_eq!(ran.err, "the next step took the place of: call Anna\n");
}

#[test]
fn edits_deletions_and_undo_lose_no_revision() {
    let sandbox = Sandbox::new();
    sandbox.ok(&["write", "first"]);
    assert_eq!(sandbox.run_with(&["edit"], b"second\n").code, 0);
    sandbox.ok(&["delete", "today", "--yes"]);
    assert_eq!(sandbox.json(&["show"])["reflection"], json!(null));
    sandbox.ok(&["write", "third"]);
    assert_eq!(sandbox.json(&["show"])["reflection"]["revisions"], 1);
    let states: Vec<_> = sandbox
        .json_lines(&["show", "--revisions"])
        .iter()
        .map(|line| (line["text"].clone(), line["state"].clone()))
        .collect();
    assert_eq!(
        states,
        [
            (json!("first"), json!("revised")),
            (json!("second"), json!("deleted")),
            (json!("third"), json!("current")),
        ]
    );
    let changes =
        |number: usize| sandbox.json_lines(&["show", "--revisions"])[number]["changes"].clone();
    assert_eq!(changes(0), json!([]));
    assert_eq!(changes(1), json!([{"removed": "first", "added": "second"}]));
    // After a deletion there was no text before, so nothing changed.
    assert_eq!(changes(2), json!([]));
    let text = |sandbox: &Sandbox| sandbox.json(&["show"])["reflection"]["text"].clone();
    for wanted in [json!(null), json!("second"), json!("first"), json!(null)] {
        let ran = sandbox.run(&["undo"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert_eq!(text(&sandbox), wanted, "{}", ran.err);
    }
    assert_eq!(sandbox.run(&["undo"]).code, 1);
    // An undo shows the words that it removes.
    sandbox.ok(&["write", "gone in a moment"]);
    let ran = sandbox.run(&["--quiet", "undo"]);
    assert!(ran.err.contains("gone in a moment"), "{}", ran.err);
}

#[test]
fn an_edit_to_nothing_is_refused() {
    let sandbox = Sandbox::new();
    sandbox.ok(&["write", "first"]);
    let ran = sandbox.run_with(&["edit"], b"\n\n");
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("dwell delete 2026-11-22"), "{}", ran.err);
    assert_eq!(sandbox.json(&["show"])["reflection"]["revisions"], 1);
}

#[test]
fn the_log_takes_its_filters_and_its_order() {
    let mut sandbox = Sandbox::with_small_shelf("2026-11-01T07:00:00+01:00");
    let file = sandbox.series_file("walks", 2);
    sandbox.ok(&["series", "add", &file]);
    for day in 1..=7 {
        sandbox.set_now(&format!("2026-11-{day:02}T07:00:00+01:00"));
        sandbox.ok(&["write", &format!("day {day} #odd{}", day % 2)]);
    }
    let days = |args: &[&str]| -> Vec<String> {
        let lines = sandbox.json_lines(&[&["log"], args].concat());
        lines.iter().map(|line| line["day"].as_str().expect("a day")[8..].to_owned()).collect()
    };
    assert_eq!(days(&[]), ["07", "06", "05", "04", "03", "02", "01"]);
    assert_eq!(days(&["--oldest-first", "--limit", "2"]), ["01", "02"]);
    assert_eq!(days(&["--since", "11-05", "--until", "yesterday"]), ["06", "05"]);
    assert_eq!(days(&["--series", "walks"]), ["07", "06"]);
    assert_eq!(days(&["--tag", "#ODD0"]), ["06", "04", "02"]);
    assert_eq!(days(&["--lesson-tag", "Tag-Walks"]), ["07", "06"]);
    assert_eq!(days(&["--lesson-tag", "tag-walks", "--tag", "odd0"]), ["06"]);
    assert_eq!(sandbox.run(&["log", "--tag", "tag-walks"]).code, 1);
    assert_eq!(days(&["--since", "-2d"]), ["07", "06", "05"]);
    sandbox.ok(&["lesson", "love", "the-defiant-ones/2"]);
    sandbox.ok(&["step", "add", "11-03", "call"]);
    sandbox.ok(&["step", "add", "11-04", "call"]);
    sandbox.ok(&["step", "done", "11-04"]);
    assert_eq!(days(&["--loved"]), ["02"]);
    assert_eq!(days(&["--open-steps"]), ["03"]);
    let text = sandbox.ok(&["log", "--limit", "1"]);
    assert_eq!(text, "2026-11-07 Sat  walks lesson 2\nA question?\nday 7 #odd1\n");
}

#[test]
fn a_lesson_that_is_served_again_shows_the_earlier_words_with_the_option() {
    let mut sandbox = Sandbox::new();
    sandbox.ok(&["write", "the first time", "--next", "try it", "--again", "week"]);
    sandbox.set_now("2026-11-29T07:00:00+01:00");
    let entry = sandbox.json(&["today", "--earlier"]);
    assert_eq!(entry["lesson"]["number"], 1);
    assert_eq!(entry["earlier"][0]["reflection"]["text"], "the first time");
    let text = sandbox.ok(&["today", "--earlier"]);
    assert!(text.contains("What you wrote on Sunday 22 November 2026\nthe first time\n"), "{text}");
    assert!(!sandbox.ok(&["today"]).contains("the first time"));
    let why = sandbox.ok(&["why"]);
    assert!(why.contains("you asked for it again from 2026-11-29 on"), "{why}");
}

#[test]
fn afterthoughts_are_dated_shown_deleted_and_undone() {
    let mut sandbox = Sandbox::new();
    sandbox.ok(&["write", "as I saw it then"]);
    sandbox.set_now("2027-11-22T08:00:00+01:00");
    sandbox.ok(&["afterthought", "2026-11-22", "a", "year", "later"]);
    let ran = sandbox.run_with(&["afterthought", "-1y", "-"], "und noch etwas, 世界\n".as_bytes());
    assert_eq!(ran.code, 0, "{}", ran.err);
    let both = json!([
        {"text": "a year later", "written_at": "2027-11-22T08:00:00+01:00"},
        {"text": "und noch etwas, 世界", "written_at": "2027-11-22T08:00:00+01:00"},
    ]);
    let shown = |sandbox: &Sandbox| sandbox.json(&["show", "2026-11-22"]);
    assert_eq!(shown(&sandbox)["afterthoughts"], both);
    assert_eq!(shown(&sandbox)["reflection"]["revisions"], 1);
    let text = sandbox.ok(&["show", "2026-11-22"]);
    assert!(text.ends_with("Afterthought (2027-11-22 08:00)\nund noch etwas, 世界\n"), "{text}");
    sandbox.ok(&["delete", "2026-11-22", "--yes"]);
    assert_eq!(shown(&sandbox)["afterthoughts"], json!([]));
    sandbox.ok(&["undo"]);
    assert_eq!(shown(&sandbox)["afterthoughts"], both);
    sandbox.ok(&["undo"]);
    assert_eq!(shown(&sandbox)["afterthoughts"].as_array().map(Vec::len), Some(1));
}

#[test]
fn quiet_says_nothing_and_still_does_it() {
    let sandbox = Sandbox::new();
    let ran = sandbox.run(&["-q", "write", "words"]);
    assert_eq!((ran.out.as_str(), ran.err.as_str(), ran.code), ("", "", 0));
    assert_eq!(
        sandbox.run(&["write", "more"]).err,
        "saved 2026-11-22: 2 words, the new ones below the others\n"
    );
}

#[test]
fn what_a_change_shows_in_json_is_what_show_says() {
    let sandbox = Sandbox::new();
    let written = sandbox.json(&["write", "words", "--next", "call"]);
    assert_eq!(written, sandbox.json(&["show"]));
    let step = sandbox.json(&["step", "done", "today"]);
    assert_eq!(step["state"], "done");
    let undone = sandbox.json(&["undo"]);
    assert_eq!(undone, json!({"took_back": "answered", "of": "2026-11-22"}));
}

#[test]
fn a_text_without_anything_to_read_is_not_saved() {
    let home = Sandbox::new();
    for text in ["", " \n", "\u{feff}", "\u{200b} \u{200b}\n", "\u{2060}"] {
        let ran = home.run_with(&["write"], text.as_bytes());
        assert_eq!(ran.code, 2, "{text:?}");
        assert!(ran.err.contains("no words to save"), "{}", ran.err);
    }
    assert_eq!(home.run(&["log"]).code, 1, "nothing was saved");
    home.ok(&["write", "a\u{200b}b"]);
    assert_eq!(home.run(&["step", "add", "\u{200b}"]).code, 2);
    assert_eq!(home.run(&["afterthought", "today", "\u{feff}"]).code, 2);
}
