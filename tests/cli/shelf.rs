//! Series and lessons on the shelf, why a lesson was chosen, settings, completions and the manual.

use std::path::Path;

use crate::sandbox::Sandbox;
use dwell::journal::lesson::LessonText;
use dwell::journal::{Day, Moment, Now, Series, Source};
use dwell::library::SHIPPED;
use dwell::store::Store;
use serde_json::json;

#[test]
fn a_series_is_added_put_next_paused_and_resumed() {
    let mut sandbox = Sandbox::new();
    let file = sandbox.series_file("walks", 3);
    let added = sandbox.json(&["series", "add", &file]);
    assert_eq!(
        added,
        json!({"slug": "walks", "title": "Series walks", "lessons": 3, "served": 0,
               "paused": false, "introduction": null, "updated": [], "kept": [], "removed": [],
               "added": ["walks lesson 1", "walks lesson 2", "walks lesson 3"],
               "source": {"title": "Source walks", "kind": "own", "by": null, "year": null,
                          "url": null}})
    );
    let slugs = |sandbox: &Sandbox| -> Vec<String> {
        let lines = sandbox.json_lines(&["series", "list"]);
        lines.iter().map(|line| line["slug"].as_str().expect("a slug").to_owned()).collect()
    };
    let mut shelf = slugs(&sandbox);
    assert_eq!(shelf.len(), 74);
    assert_eq!((&*shelf[0], &*shelf[1]), ("the-defiant-ones", "walks"));
    sandbox.ok(&["series", "next", "walks"]);
    shelf.swap(0, 1);
    assert_eq!(slugs(&sandbox), shelf, "it moves to the front, and no other moves");
    let title = |sandbox: &Sandbox| sandbox.json(&["today"])["lesson"]["title"].clone();
    assert_eq!(title(&sandbox), "walks lesson 1");
    sandbox.ok(&["series", "pause", "walks"]);
    assert_eq!(title(&sandbox), "walks lesson 1", "a served day stands");
    sandbox.set_now("2026-11-23T07:00:00+01:00");
    assert_eq!(title(&sandbox), "Don't put all your eggs in one basket");
    sandbox.ok(&["series", "resume", "walks"]);
    sandbox.set_now("2026-11-24T07:00:00+01:00");
    assert_eq!(sandbox.json(&["today"])["lesson"]["number"], 2, "the series under way goes on");
    let ran = sandbox.run(&["series", "add", &file]);
    assert!(ran.err.contains("already on the shelf"), "{}", ran.err);
    let shown = sandbox.ok(&["series", "show", "walks"]);
    assert!(shown.contains("walks/1  walks lesson 1  2026-11-22"), "{shown}");
}

#[test]
fn an_added_series_comes_after_the_one_in_progress_and_says_when() {
    let mut sandbox = Sandbox::new();
    sandbox.ok(&["today"]);
    let added = |sandbox: &Sandbox, slug: &str| {
        sandbox.run(&["series", "add", &sandbox.series_file(slug, 1)]).err
    };
    let wanted = "walks: added; begins when The Defiant Ones ends, in 4 lessons (0 of 1 served)\n";
    assert_eq!(added(&sandbox, "walks"), wanted);
    assert_eq!(added(&sandbox, "runs"), wanted.replace("walks", "runs"));
    let next = sandbox.run(&["series", "next", "walks"]).err;
    assert_eq!(next, wanted.replace("added", "comes next"));
    let list = sandbox.ok(&["series"]);
    let first: Vec<&str> = list.lines().take(3).collect();
    assert!(first[0].starts_with("the-defiant-ones  ") && first[0].contains("in progress: "));
    assert!(first[1].starts_with("walks  ") && first[2].starts_with("runs  "), "{list}");
    let mut titles = Vec::new();
    for day in 23..=28 {
        sandbox.set_now(&format!("2026-11-{day}T07:00:00+01:00"));
        titles.push(sandbox.json(&["today"])["lesson"]["series"].clone());
    }
    let five = ["the-defiant-ones"; 4];
    assert_eq!(titles, [&five[..], &["walks", "runs"]].concat());
}

#[test]
fn a_series_and_a_lesson_are_named_as_they_are_shown() {
    let sandbox = Sandbox::new();
    sandbox.ok(&["write", "words"]);
    for name in ["the-defiant-ones", "The Defiant Ones", "FIVE lessons from the Défiant ones"] {
        assert!(sandbox.ok(&["series", "show", name]).contains("the-defiant-ones/5"), "{name}");
        assert!(sandbox.ok(&["log", "--series", name]).contains("words"), "{name}");
        assert!(sandbox.ok(&["search", "--series", name, "words"]).contains("words"), "{name}");
        assert_eq!(sandbox.json_lines(&["lesson", "list", "--series", name]).len(), 5, "{name}");
        let lesson = sandbox.json(&["lesson", "show", &format!("{name}/3")]);
        assert_eq!(lesson["number"], 3, "{name}");
    }
    let lesson = sandbox.json(&["lesson", "show", "don\u{2019}t PUT all your eggs in one basket"]);
    assert_eq!(lesson["number"], 1);
    for (args, message, hint) in [
        (&["series", "pause", "the-defiant-one"][..], "'the-defiant-one'", "the-defiant-ones;"),
        (&["log", "--series", "No Such"], "no series is named 'No Such'", "dwell series list"),
        (
            &["lesson", "show", "chase what you lve"],
            "'chase what you lve'",
            "'Chase what you love'",
        ),
        (&["lesson", "show", "nope"], "no lesson is named 'nope'", "dwell lesson list"),
    ] {
        let ran = sandbox.run(args);
        assert_eq!(ran.code, 1, "{args:?}: {}", ran.err);
        assert!(ran.err.contains(message) && ran.err.contains(hint), "{args:?}: {}", ran.err);
    }
    for slug in ["one", "two"] {
        let file = sandbox.series_file(slug, 1);
        let text = std::fs::read_to_string(&file).expect("read");
        std::fs::write(&file, text.replace(&format!("Source {slug}"), "Same")).expect("written");
        sandbox.ok(&["series", "add", &file]);
    }
    let ran = sandbox.run(&["series", "show", "same"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("use the short name: two, one"), "{}", ran.err);
}

#[test]
fn when_nothing_is_left_it_says_what_to_do() {
    let sandbox = Sandbox::with_small_shelf("2026-11-22T07:00:00+01:00");
    sandbox.ok(&["series", "pause", "the-defiant-ones"]);
    let ran = sandbox.run(&["today"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("no lesson is left"), "{}", ran.err);
    assert!(ran.err.contains("dwell series resume the-defiant-ones"), "{}", ran.err);
    // A reflection is saved all the same.
    sandbox.ok(&["write", "without a lesson"]);
    assert_eq!(sandbox.json(&["show"])["lesson"], json!(null));
    // It is shown, because it is today's entry.
    assert_eq!(sandbox.json(&["today"])["reflection"]["text"], "without a lesson");
}

#[test]
fn a_series_file_from_a_stranger_reaches_no_terminal() {
    let sandbox = Sandbox::new();
    let path = sandbox.home().join("bad.toml");
    let text = "slug = \"bad\"\ntitle = \"t\\u001b]0;x\\u0007\"\n[source]\ntitle = \"\\u001b[2J\"\nkind = \"own\"\n\
                [[lesson]]\ntitle = \"\\u202eevil\\u001b[31m\"\nstory = \"s\\u0007\"\ntakeaway = \"\\u009b1m\"\nquestion = \"q\\r?\"\n";
    std::fs::write(&path, text).expect("written");
    sandbox.ok(&["series", "add", path.to_str().expect("UTF-8")]);
    sandbox.ok(&["series", "next", "bad"]);
    for args in [
        &["today"][..],
        &["today", "--json"],
        &["why"],
        &["log"],
        &["series", "list"],
        &["series", "show", "bad"],
        &["series", "list", "--json"],
        &["lesson", "list", "--json"],
        &["lesson", "show"],
        &["--color", "never", "today"],
    ] {
        let out = sandbox.ok(args);
        let bad = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!out.contains(bad), "{args:?}: {out:?}");
    }
    assert_eq!(sandbox.json(&["today"])["lesson"]["title"], "\u{202e}evil\u{1b}[31m");
}

#[test]
fn a_series_file_with_a_fault_is_refused_whole() {
    let sandbox = Sandbox::new();
    let path = sandbox.home().join("bad.toml");
    let good = std::fs::read_to_string(sandbox.series_file("walks", 2)).expect("read");
    let before = sandbox.json_lines(&["series"]);
    for (text, wanted) in [
        ("not toml at all [", "bad.toml"),
        ("", "missing field"),
        (&good.replace("A story.", ""), "line 8: lesson 1: story is empty"),
        (&good.replace("lesson 2", "lesson 1"), "lesson 2: its words are those of lesson 1"),
    ] {
        std::fs::write(&path, text).expect("written");
        let ran = sandbox.run(&["series", "add", path.to_str().expect("UTF-8")]);
        assert_eq!(ran.code, 2, "{}", ran.err);
        assert!(ran.err.contains(wanted), "{wanted}: {}", ran.err);
    }
    assert_eq!(sandbox.json_lines(&["series"]), before);
}

#[test]
fn every_shipped_series_is_on_the_shelf_and_its_file_changes_nothing() {
    let sandbox = Sandbox::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons");
    let shelf = sandbox.json_lines(&["series"]);
    assert_eq!(shelf.len(), 73);
    for (number, shelved) in shelf.iter().enumerate() {
        let slug = shelved["slug"].as_str().expect("a slug");
        let file = folder.join(format!("{slug}.toml"));
        let series = dwell::library::read(&file).unwrap_or_else(|error| panic!("{error:?}"));
        assert_eq!(series.slug.as_str(), slug);
        assert_eq!(shelved["title"], series.title);
        assert_eq!(shelved["lessons"], series.lessons.len());
        // Runs the program only for a few of them, to save time.
        if number % 12 == 0 {
            let ran = sandbox.run(&["series", "add", file.to_str().expect("UTF-8")]);
            assert_eq!(ran.code, 0, "{slug}: {}", ran.err);
            assert!(ran.err.contains("already on the shelf, unchanged"), "{slug}: {}", ran.err);
        }
    }
    assert_eq!(sandbox.json_lines(&["series"]), shelf);
}

#[test]
fn lessons_are_listed_shown_loved_asked_back_and_retired() {
    let sandbox = Sandbox::new();
    let lessons = sandbox.json_lines(&["lesson", "list"]);
    assert_eq!(lessons.len(), 365);
    assert_eq!(lessons[0]["served"], json!([]));
    let of_one = sandbox.json_lines(&["lesson", "list", "--series", "the-defiant-ones"]);
    assert_eq!(of_one, lessons[..5]);
    sandbox.ok(&["today"]);
    let shown = sandbox.json(&["lesson", "show"]);
    assert_eq!(shown["served"], json!(["2026-11-22"]));
    assert_eq!(shown["id"], lessons[0]["id"]);
    let id = lessons[2]["id"].as_str().expect("an id");
    assert_eq!(sandbox.json(&["lesson", "show", id])["number"], 3);
    assert_eq!(sandbox.json(&["lesson", "love", id])["loved"], true);
    assert_eq!(sandbox.json(&["lesson", "love", id, "--off"])["loved"], false);
    sandbox.ok(&["lesson", "retire", "the-defiant-ones/2"]);
    sandbox.ok(&["lesson", "again", "the-defiant-ones/1", "month"]);
    assert!(
        sandbox
            .ok(&["lesson", "list"])
            .contains("the-defiant-ones/2  Your background doesn't set your level  (retired)")
    );
}

#[test]
fn mixed_order_takes_turns() {
    let mut sandbox = Sandbox::with_small_shelf("2026-12-01T07:00:00+01:00");
    sandbox.ok(&["series", "add", &sandbox.series_file("walks", 3)]);
    sandbox.ok(&["config", "order", "mixed"]);
    let series: Vec<String> = (1..=6)
        .map(|day| {
            sandbox.set_now(&format!("2026-12-{day:02}T07:00:00+01:00"));
            sandbox.json(&["today"])["lesson"]["series"].as_str().expect("a slug").to_owned()
        })
        .collect();
    let (one, two) = ("the-defiant-ones", "walks");
    assert_eq!(series, [one, two, one, two, one, two]);
    let why = sandbox.json(&["why"]);
    assert_eq!(why["reason"], "mixed");
    assert!(sandbox.ok(&["why"]).ends_with(
        "and it came because your series take turns and that one had waited longest.\n"
    ));
}

#[test]
fn settings_are_shown_set_and_overridden() {
    let mut sandbox = Sandbox::new();
    let text = sandbox.ok(&["config"]);
    assert!(text.contains("day_start = \"04:00\"\n"), "{text}");
    let saved = sandbox.json(&["config", "day_start", "06:30"]);
    assert_eq!(saved, json!({"key": "day_start", "value": "06:30", "origin": "file"}));
    assert_eq!(sandbox.ok(&["config", "day_start"]), "06:30\n");
    sandbox.set_now("2026-11-23T06:29:00+01:00");
    assert_eq!(sandbox.json(&["today"])["day"], "2026-11-22");
    sandbox.set("DWELL_DAY_START", "00:00");
    assert_eq!(sandbox.json(&["today"])["day"], "2026-11-23");
    let ran = sandbox.run(&["config", "day_start", "05:00"]);
    assert!(
        ran.err.contains("DWELL_DAY_START is set and is used instead of the file"),
        "{}",
        ran.err
    );
    let setting = sandbox.json(&["config", "day_start"]);
    assert_eq!(setting, json!({"key": "day_start", "value": "00:00", "origin": "variable"}));
    assert_eq!(sandbox.json_lines(&["config"]).len(), 14);
}

#[test]
fn a_setting_is_taken_out_of_the_file_again() {
    let sandbox = Sandbox::new();
    sandbox.ok(&["config", "order", "mixed"]);
    let ran = sandbox.run(&["config", "--unset", "order"]);
    assert!(ran.code == 0 && ran.err.starts_with("removed from "), "{}", ran.err);
    assert_eq!(sandbox.ok(&["config", "order"]), "series\n");
    let ran = sandbox.run(&["config", "--unset", "order"]);
    assert!(ran.code == 0 && ran.err.starts_with("not in "), "{}", ran.err);
    assert_eq!(sandbox.run(&["config", "--unset", "ordre"]).code, 2);
}

#[test]
fn the_settings_name_the_editor_that_is_used_and_where_it_is_set() {
    let mut sandbox = Sandbox::new();
    let line = |sandbox: &Sandbox| {
        let text = sandbox.ok(&["config"]);
        text.lines().find(|line| line.starts_with("editor")).expect("a line").to_owned()
    };
    assert_eq!(line(&sandbox), "editor = \"\"  (the first of sensible-editor, nano, vim or vi)");
    sandbox.set("EDITOR", "vim -n");
    assert_eq!(line(&sandbox), "editor = \"vim -n\"  (in EDITOR)");
    sandbox.set("VISUAL", "code --wait");
    assert_eq!(line(&sandbox), "editor = \"code --wait\"  (in VISUAL)");
    sandbox.ok(&["config", "editor", "nano"]);
    assert_eq!(line(&sandbox), "editor = \"nano\"  (in config.toml)");
}

#[test]
fn the_journal_is_where_the_flag_the_variable_or_the_file_says() {
    let mut sandbox = Sandbox::new();
    let at = |name: &str| sandbox.home().join(name).display().to_string();
    let (flag, variable, file) = (at("a/flag.db"), at("b/variable.db"), at("c/file.db"));
    for path in ["j.db", "~/j.db"] {
        let ran = sandbox.run(&["config", "journal", path]);
        assert!(ran.code == 2 && ran.err.contains("an absolute path"), "{}", ran.err);
    }
    sandbox.ok(&["config", "journal", &file]);
    sandbox.ok(&["today"]);
    assert!(std::path::Path::new(&file).exists());
    sandbox.set("DWELL_JOURNAL", &variable);
    sandbox.ok(&["today"]);
    assert!(std::path::Path::new(&variable).exists());
    sandbox.ok(&["today", "--journal", &flag]);
    assert!(std::path::Path::new(&flag).exists());
    assert!(!sandbox.journal().exists());
}

#[test]
fn color_is_for_terminals_or_when_asked_for() {
    let mut sandbox = Sandbox::new();
    assert!(!sandbox.ok(&["today"]).contains('\u{1b}'));
    assert!(sandbox.ok(&["--color", "always", "today"]).contains('\u{1b}'));
    sandbox.set("DWELL_COLOR", "always");
    assert!(sandbox.ok(&["today"]).contains('\u{1b}'));
    assert!(!sandbox.ok(&["today", "--json"]).contains('\u{1b}'));
}

#[test]
fn columns_set_the_width_where_there_is_no_terminal() {
    let mut sandbox = Sandbox::new();
    for (columns, widest) in [("40", 40), ("200", 72), ("5", 20)] {
        sandbox.set("COLUMNS", columns);
        let out = sandbox.ok(&["today"]);
        assert!(out.lines().all(|line| line.chars().count() <= widest), "{columns}: {out}");
        assert!(out.lines().any(|line| line.chars().count() > widest / 2), "{columns}: {out}");
    }
}

#[test]
fn completions_come_from_the_journal_and_never_create_one() {
    let mut sandbox = Sandbox::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(sandbox.ok(&["completions", shell]).contains("COMPLETE"), "{shell}");
    }
    let complete = |sandbox: &mut Sandbox, words: &[&str]| {
        sandbox.set("COMPLETE", "bash");
        sandbox.set("_CLAP_COMPLETE_INDEX", &(words.len() - 1).to_string());
        sandbox.set("_CLAP_COMPLETE_COMP_TYPE", "9");
        let ran = sandbox.run(&[&["--"], words].concat());
        sandbox.set("COMPLETE", "");
        assert_eq!(ran.code, 0, "{}", ran.err);
        ran.out
    };
    assert!(complete(&mut sandbox, &["dwell", "to"]).contains("today"));
    assert_eq!(complete(&mut sandbox, &["dwell", "series", "pause", "the"]).trim(), "");
    assert!(!sandbox.journal().exists());
    sandbox.ok(&["today"]);
    let slugs = complete(&mut sandbox, &["dwell", "series", "pause", "the"]);
    assert!(slugs.contains("the-defiant-ones"), "{slugs}");
    let days = complete(&mut sandbox, &["dwell", "show", "2026"]);
    assert!(days.contains("2026-11-22"), "{days}");
}

#[test]
fn the_manual_and_the_help_come_from_the_binary() {
    let sandbox = Sandbox::new();
    assert!(sandbox.ok(&["man"]).contains(".TH dwell 1"));
    assert!(sandbox.ok(&["man"]).contains(".SH EXIT STATUS"));
    assert!(sandbox.ok(&["man", "write"]).contains("dwell-write"));
    assert!(sandbox.ok(&["man", "step", "add"]).contains("dwell-step-add"));
    let help = sandbox.ok(&["--help"]);
    for verb in help_verbs() {
        let page = sandbox.ok(&[verb, "--help"]);
        assert!(page.contains("Usage: dwell"), "{page}");
    }
    assert!(sandbox.ok(&["--version"]).starts_with("dwell 0."));
    assert!(help.lines().count() <= 24);
}

fn help_verbs() -> [&'static str; 15] {
    [
        "today",
        "why",
        "series",
        "lesson",
        "write",
        "step",
        "afterthought",
        "edit",
        "delete",
        "undo",
        "show",
        "log",
        "config",
        "completions",
        "man",
    ]
}

/// A series as a journal of an earlier release may hold it: its names have line breaks, and signs
/// that nobody can see.
fn stored_series_of_a_stranger(sandbox: &Sandbox) {
    let forged =
        "Nice\nsaved 2026-11-22: 3 words\r\nhint: run evil\u{2028}dwell: lost\u{85}undid: it";
    let hidden = "\u{e0068}\u{e0069}\u{3164}\u{feff}\u{200b}\u{ad}\u{180e}\u{2060}\u{61c}\u{115f}";
    let name = format!("{forged}{hidden}");
    let lesson = LessonText {
        title: name.clone(),
        story: "s".to_owned(),
        takeaway: "t".to_owned(),
        question: format!("q{hidden}"),
        tags: Vec::new(),
    };
    let source = Source { title: name.clone(), kind: name.clone(), ..Source::default() };
    let source = Source { by: Some(name.clone()), url: Some(name.clone()), ..source };
    let series = Series::new("evil".parse().expect("a slug"), name, source, vec![lesson]);
    let at = Moment::parse_from_rfc3339("2026-11-22T07:00:00+01:00").expect("a time");
    let now = Now { at, day: Day::new(at.date_naive()).expect("in range") };
    let mut store = Store::open(&sandbox.journal(), SHIPPED).expect("a journal");
    store.add_series(now, &series).expect("added");
    store.put_series_next(now, &series.slug).expect("put next");
}

#[test]
fn a_name_of_a_stranger_forges_no_line_and_hides_nothing() {
    let mut sandbox = Sandbox::new();
    stored_series_of_a_stranger(&sandbox);
    sandbox.ok(&["write", "My words.", "--next", "call\nsaved 2026-11-22: 9 words"]);
    for columns in ["", "20", "60", "80"] {
        sandbox.set("COLUMNS", columns);
        for args in [
            &["today"][..],
            &["why"],
            &["log"],
            &["search", "nice"],
            &["review", "week"],
            &["review", "month"],
            &["calendar", "november"],
            &["series", "list"],
            &["series", "show", "evil"],
            &["series", "pause", "evil"],
            &["series", "resume", "evil"],
            &["lesson", "list"],
            &["lesson", "show"],
            &["lesson", "love"],
            &["lesson", "again", "evil/1", "month"],
            &["step"],
            &["step", "add", "another"],
            &["undo"],
        ] {
            let ran = sandbox.run(args);
            let both = format!("{}{}", ran.out, ran.err);
            let hidden = |c: char| {
                matches!(
                    c,
                    '\u{e0000}'..='\u{e0fff}' | '\u{3164}' | '\u{feff}' | '\u{200b}' | '\u{ad}'
                ) || matches!(c, '\u{180e}' | '\u{2060}' | '\u{61c}' | '\u{115f}' | '\u{2028}')
            };
            assert!(!both.contains(hidden), "{args:?}: {both:?}");
            // Wrapped text on standard output may begin a line anywhere.
            let lines = ran.err.lines().chain(if columns.is_empty() {
                ran.out.lines()
            } else {
                "".lines()
            });
            for line in lines.filter(|line| !line.starts_with("saved 2026-11-22: 2 words")) {
                let forged = ["saved 2026-11-22: ", "hint: run", "dwell: lost", "undid: it"];
                assert!(!forged.iter().any(|forged| line.starts_with(forged)), "{args:?}: {both}");
            }
        }
    }
    let title = sandbox.json(&["lesson", "show", "evil/1"])["title"].clone();
    assert!(
        title.as_str().expect("text").contains("Nice\nsaved 2026-11-22"),
        "it is kept: {title}"
    );
}

#[test]
fn a_series_file_with_a_name_of_two_lines_is_refused() {
    let sandbox = Sandbox::new();
    let path = sandbox.home().join("two\nhint: run evil");
    let good = std::fs::read_to_string(sandbox.series_file("walks", 2)).expect("read");
    for (from, to, wanted) in [
        ("walks lesson 2", r"Nice\nhint: run evil", "lesson 2: title has a line break in it"),
        ("Series walks", r"Nice\u2028saved", "title has a line break in it"),
        ("tag-walks", r"a\nsaved", "lesson 1: tags: 'a saved' is not a tag"),
        ("slug = \"walks\"", "slug = \"a\\nhint: run evil\"", "slug: 'a hint: run evil' is not"),
        ("[source]", "\"a\\nhint: run evil\" = 1\n[source]", "unknown field `a hint: run evil`"),
    ] {
        std::fs::write(&path, good.replacen(from, to, 1)).expect("written");
        let ran = sandbox.run(&["series", "add", path.to_str().expect("UTF-8")]);
        assert_eq!(ran.code, 2, "{}", ran.err);
        assert!(ran.err.contains(wanted), "{wanted}: {}", ran.err);
        assert!(!ran.err.contains("\nhint: run"), "{}", ran.err);
        assert!(ran.err.lines().count() <= 2, "{}", ran.err);
    }
}
