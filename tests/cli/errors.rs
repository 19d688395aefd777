//! Each kind of failure: its message, its next step, its exit code, and that nothing was touched.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::sandbox::Sandbox;

#[test]
fn wrong_usage_names_the_thing_and_the_next_step() {
    let sandbox = Sandbox::new();
    sandbox.ok(&["today"]);
    for (args, message, hint) in [
        (&["frob"][..], "there is no command 'frob'", "dwell --help"),
        (&["hello"], "there is no command 'hello'", "dwell --help"),
        (&["wirte"], "there is no command 'wirte'", "hint: dwell write\n"),
        (&["version"], "there is no command 'version'", "hint: dwell --version\n"),
        (&["I feel good"], "there is no command 'I feel good'", "dwell write 'I feel good'\n"),
        (&["I", "feel", "good"], "there is no command 'I'", "hint: dwell write 'I feel good'\n"),
        (&["- I don't"], "there is no command", "hint: dwell write -- \"- I don't\"\n"),
        (&["series", "shw", "x"], "there is no command 'shw'", "hint: dwell series show\n"),
        (&["write", "--bogus", "x"], "there is no option '--bogus'", "dwell write -- '--bogus'"),
        (&["write", "--netx", "x"], "there is no option '--netx'", "--next"),
        (&["log", "--sinc", "x"], "there is no option '--sinc'", "hint: dwell log --since\n"),
        (&["log", "-x"], "there is no option '-x'", "hint: dwell log --help\n"),
        (&["today", "x"], "'x' is one argument too many", "hint: dwell today --help\n"),
        (&["afterthought"], "dwell afterthought needs DAY", "hint: dwell afterthought --help\n"),
        (&["search", "--lessons", "--reflections", "x"], "do not go together", "search --help"),
        (&["show", "soon"], "'soon' is not a day", "yesterday"),
        (&["show", "2025-02-29"], "'2025-02-29' is not a day", "yesterday"),
        (&["show", "-400y"], "before the year 1900", ""),
        (&["log", "--since", "then"], "'then' is not a day", "yesterday"),
        (&["log", "--tag", "a b"], "'a b' is not a tag", "letters"),
        (&["log", "--limit", "0"], "'0' is not a limit", "1 or more"),
        (&["log", "--limit"], "--limit needs a value", "hint: dwell log --help\n"),
        (
            &["write", "--again", "soon", "x"],
            "--again takes week, month, season, year or never, not 'soon'",
            "hint: dwell write --help; your words are kept as a draft",
        ),
        (&["write", ""], "there are no words to save", "dwell write TEXT"),
        (&["write", " \n "], "there are no words to save", "dwell write TEXT"),
        (&["write"], "there are no words to save", "dwell write TEXT"),
        (&["step", "add", " "], "the step has no words", "dwell step add TEXT"),
        (&["step", "add"], "the step has no words", "dwell step add TEXT"),
        (&["config", "colour"], "'colour' is not a setting", "week_start"),
        (&["config", "order", "random"], "order takes series or mixed", "dwell config --help"),
        (&["completions", "tcsh"], "not 'tcsh'", "hint: dwell completions --help\n"),
        (&["series", "add", "/nowhere.toml"], "/nowhere.toml cannot be read", "dwell series add"),
    ] {
        let ran = sandbox.run(args);
        assert_eq!(ran.code, 2, "{args:?}: {}", ran.err);
        assert_eq!(ran.out, "", "{args:?}");
        let (first, rest) = ran.err.split_once('\n').expect("a line");
        assert!(first.starts_with("dwell: ") && first.contains(message), "{args:?}: {}", ran.err);
        assert!(!first.ends_with('.'), "{args:?}: {}", ran.err);
        assert!(rest.starts_with("hint: ") || rest.is_empty(), "{args:?}: {}", ran.err);
        assert!(rest.contains(hint), "{args:?}: {}", ran.err);
    }
}

#[test]
fn words_that_begin_with_a_dash_are_words() {
    let mut sandbox = Sandbox::new();
    for (day, words) in ["- [ ] call Anna", "--- a title", "->  next", "---", "-x marks the spot"]
        .into_iter()
        .zip(1..)
        .map(|(words, day)| (format!("2026-11-{day:02}"), words))
    {
        sandbox.ok(&["write", "--day", &day, words, "--next", "- call Ben"]);
        assert_eq!(sandbox.json(&["show", &day])["reflection"]["text"], words);
        assert_eq!(sandbox.json(&["show", &day])["step"]["text"], "- call Ben");
        sandbox.ok(&["afterthought", &day, words]);
        assert_eq!(sandbox.json(&["show", &day])["afterthoughts"][0]["text"], words);
        sandbox.ok(&["step", "add", "--day", &day, words]);
        assert_eq!(sandbox.json(&["show", &day])["step"]["text"], words);
    }
    sandbox.set_now("2026-11-23T07:00:00+01:00");
    sandbox.ok(&["write", "a", "- b", "c"]);
    assert_eq!(sandbox.json(&["show"])["reflection"]["text"], "a - b c");
}

#[test]
fn a_bad_tag_is_wrong_usage_also_without_a_journal() {
    let ran = Sandbox::new().run(&["log", "--tag", "a b"]);
    assert_eq!(ran.code, 2);
    assert_eq!(ran.err, "dwell: 'a b' is not a tag\nhint: a tag is letters, digits, -, _ and /\n");
}

#[test]
fn what_is_not_there_is_exit_code_one() {
    let sandbox = Sandbox::new();
    for args in [
        &["show"][..],
        &["show", "2026-11-03"],
        &["show", "2027-01-01"],
        &["log"],
        &["step"],
        &["step", "done"],
        &["undo"],
        &["edit"],
        &["delete", "today", "--yes"],
        &["write", "--resume"],
    ] {
        let ran = sandbox.run(args);
        assert_eq!(ran.code, 1, "{args:?}: {}", ran.err);
        assert!(ran.err.starts_with("dwell: ") && ran.err.contains("\nhint: "), "{}", ran.err);
        assert!(!sandbox.journal().exists(), "{args:?} made a journal");
    }
    sandbox.ok(&["today"]);
    for args in [
        &["show", "2026-11-03"][..],
        &["show", "--revisions"],
        &["log", "--tag", "nowhere"],
        &["log", "--until", "2026-11-21"],
        &["log", "--series", "none"],
        &["step"],
        &["step", "done", "today"],
        &["step", "add", "yesterday", "call"],
        &["undo"],
        &["edit", "yesterday"],
        &["afterthought", "today", "on nothing"],
        &["delete", "today", "--yes"],
        &["lesson", "show", "the-defiant-ones/6"],
        &["series", "pause", "none"],
        &["series", "show", "No"],
        &["why", "yesterday"],
        &["man", "frob"],
    ] {
        let ran = sandbox.run(args);
        assert_eq!(ran.code, 1, "{args:?}: {}{}", ran.out, ran.err);
        assert!(ran.err.contains("\nhint: "), "{args:?}: {}", ran.err);
    }
    let ran = sandbox.run(&["show", "2026-11-03"]);
    assert_eq!(ran.err, "dwell: no entry on 2026-11-03\nhint: dwell log --since 2026-10-27\n");
}

#[test]
fn a_file_that_is_no_journal_is_refused_and_never_written_to() {
    let sandbox = Sandbox::new();
    let path = sandbox.home().join("other.db");
    for bytes in [&b""[..], b"Dear diary,\n", &[0xff; 4096]] {
        fs::write(&path, bytes).expect("written");
        for args in [&["today"][..], &["write", "words"], &["log"], &["undo"]] {
            let path = path.to_str().expect("UTF-8");
            let ran = sandbox.run(&[&["--journal", path], args].concat());
            assert_eq!(ran.code, 3, "{args:?}: {}", ran.err);
            assert!(ran.err.contains(path) && ran.err.contains("hint: "), "{}", ran.err);
        }
        assert_eq!(fs::read(&path).expect("read"), bytes);
    }
    // The refused words are where the hint says.
    assert_eq!(sandbox.draft_texts(), ["words"; 3]);
}

#[test]
fn words_that_the_journal_refuses_are_kept_and_saved_later() {
    let sandbox = Sandbox::new();
    sandbox.ok(&["today"]);
    let journal = sandbox.journal();
    let whole = fs::read(&journal).expect("read");
    fs::write(&journal, b"not now").expect("written");
    let ran = sandbox.run_with(&["write"], "Grüße, 世界\n".as_bytes());
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("dwell write --resume"), "{}", ran.err);
    fs::write(&journal, whole).expect("written");
    sandbox.ok(&["write", "--resume"]);
    assert_eq!(sandbox.json(&["show"])["reflection"]["text"], "Grüße, 世界");
    assert!(sandbox.draft_texts().is_empty());
}

#[test]
fn a_journal_held_by_another_program_is_waited_for_and_then_told() {
    let sandbox = Sandbox::new();
    sandbox.ok(&["today"]);
    let holder = rusqlite::Connection::open(sandbox.journal()).expect("opened");
    holder.execute_batch("BEGIN EXCLUSIVE").expect("held");
    let ran = sandbox.run(&["write", "words"]);
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert!(ran.err.contains("is locked by another program"), "{}", ran.err);
    drop(holder);
    sandbox.ok(&["write", "--resume"]);
    assert_eq!(sandbox.json(&["show"])["reflection"]["text"], "words");
}

#[test]
fn saved_words_leave_no_draft_even_if_the_message_cannot_be_written() {
    let sandbox = Sandbox::new();
    let Ok(full) = fs::OpenOptions::new().write(true).open("/dev/full") else { return };
    let heard = full.try_clone().expect("another");
    let output = sandbox.command(&["write", "heard"]).stderr(heard).output().expect("ran");
    assert_eq!(output.status.code(), Some(0));
    let output = sandbox.command(&["write", "unheard", "--json"]).stdout(full).output();
    assert_eq!(output.expect("ran").status.code(), Some(3));
    assert_eq!(sandbox.json(&["show"])["reflection"]["text"], "heard\n\nunheard");
    assert!(sandbox.draft_texts().is_empty());
}

#[test]
fn an_edit_that_is_resumed_later_shows_the_words_that_it_replaces() {
    let mut sandbox = Sandbox::new();
    sandbox.ok(&["write", "old words"]);
    sandbox.set("EDITOR", "sh -c 'echo new words > \"$0\"; exit 1'");
    assert_eq!(sandbox.run(&["edit"]).code, 2);
    sandbox.set("EDITOR", "");
    sandbox.ok(&["write", "words meanwhile"]);
    let ran = sandbox.run(&["write", "--resume"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.err.contains("it took the place of:\nold words\n\nwords meanwhile\n"),
        "{}",
        ran.err
    );
    assert_eq!(sandbox.json(&["show"])["reflection"]["text"], "new words");
}

#[test]
fn an_edit_that_changed_nothing_replaces_nothing() {
    let mut sandbox = Sandbox::new();
    sandbox.ok(&["write", "old words"]);
    // dwell ends before its editor, so the draft stays.
    let editor = sandbox.home().join("editor");
    fs::write(&editor, "#!/bin/sh\nkill -9 $PPID\n").expect("written");
    fs::set_permissions(&editor, fs::Permissions::from_mode(0o755)).expect("made a program");
    sandbox.set("EDITOR", editor.to_str().expect("UTF-8"));
    assert_eq!(sandbox.run(&["edit"]).code, -1);
    sandbox.ok(&["write", "words meanwhile"]);
    sandbox.ok(&["write", "--resume"]);
    let text = sandbox.json(&["show"])["reflection"]["text"].clone();
    assert_eq!(text, "old words\n\nwords meanwhile");
    assert!(sandbox.draft_texts().is_empty());
}

#[test]
fn an_editor_that_changes_nothing_of_what_is_saved_leaves_no_draft() {
    let mut sandbox = Sandbox::new();
    sandbox.ok(&["write", "old words"]);
    for (editor, said) in [
        ("no-such-editor", "the editor 'no-such-editor' was not found"),
        ("\"$HOME/gone\" --wait", "the editor '\"$HOME/gone\" --wait' was not found"),
        ("un'closed", "cannot be read"),
        ("false", "ended with status 1"),
    ] {
        sandbox.set("EDITOR", editor);
        let ran = sandbox.run(&["edit"]);
        assert_eq!(ran.code, 2, "{}", ran.err);
        assert!(ran.err.contains(said), "{}", ran.err);
        assert!(ran.err.contains("hint: dwell config editor nano"), "{}", ran.err);
        assert_eq!(fs::read_dir(sandbox.drafts()).expect("listed").count(), 0, "{editor}");
    }
}

#[test]
fn the_copies_that_an_editor_leaves_beside_the_words_are_gone_after_all_of_them() {
    let mut sandbox = Sandbox::new();
    sandbox.ok(&["write", "first words"]);
    let leave = "d=$(dirname \"$1\"); b=$(basename \"$1\"); cp \"$1\" \"$1~\"; \
                 cp \"$1\" \"$d/.$b.swp\"; cp \"$1\" \"$d/.$b.un~\"; cp \"$1\" \"$d/#$b#\"";
    let files = |sandbox: &Sandbox| -> Vec<String> {
        let names = fs::read_dir(sandbox.drafts()).expect("listed");
        names.map(|file| file.expect("listed").file_name().into_string().expect("UTF-8")).collect()
    };
    // A draft has no name but its own.
    let is_copy = |name: &str| name.ends_with(".editor") || !name.starts_with("2026-11-22.");
    for end in ["echo secret > \"$1\"", "exit 1", "rm \"$1\"", "true"] {
        sandbox.set("EDITOR", &format!("f() {{ {leave}; {end}; }}; f"));
        sandbox.run(&["edit"]);
        let left: Vec<String> = files(&sandbox);
        // A window may still be open after an editor that ended at once.
        let may_be_open = end == "true";
        assert!(left.iter().all(|name| may_be_open || !is_copy(name)), "{end}: {left:?}");
    }
    // dwell ends before its editor, and the day is forgotten.
    sandbox.set("EDITOR", &format!("f() {{ {leave}; echo more >> \"$1\"; kill -9 $PPID; }}; f"));
    sandbox.run(&["edit"]);
    assert!(files(&sandbox).iter().any(|name| name.ends_with(".editor")));
    sandbox.set("EDITOR", "");
    sandbox.ok(&["forget", "today", "--yes"]);
    let left = files(&sandbox);
    assert!(!left.iter().any(|name| is_copy(name)), "{left:?}");
}

#[test]
fn an_editor_that_empties_or_removes_the_words_it_was_given_loses_none() {
    let mut sandbox = Sandbox::new();
    for script in [": > \"$0\"", "rm \"$0\"", "rm \"$0\"; exit 1"] {
        sandbox.set("EDITOR", &format!("sh -c '{script}'"));
        let ran = sandbox.run(&["write", "--editor", "words from here"]);
        assert_eq!(ran.code, 2, "{script}: {}", ran.err);
        assert_eq!(sandbox.draft_texts().len(), 1, "{script}");
        sandbox.ok(&["write", "--resume"]);
        let text = sandbox.json(&["show"])["reflection"]["text"].clone();
        assert_eq!(text, "words from here", "{script}");
        assert!(sandbox.draft_texts().is_empty(), "{script}");
        sandbox.ok(&["undo"]);
    }
}

#[test]
fn what_an_editor_appends_begins_a_line_of_its_own() {
    let mut sandbox = Sandbox::new();
    sandbox.ok(&["write", "first"]);
    sandbox.set("EDITOR", "sh -c 'echo second >> \"$0\"'");
    sandbox.ok(&["edit"]);
    assert_eq!(sandbox.json(&["show"])["reflection"]["text"], "first\nsecond");
}

#[test]
fn no_editor_is_started_where_none_is_set_and_nobody_is_there() {
    let sandbox = Sandbox::new();
    for args in [&["write", "--editor"][..], &["--no-input", "write", "--editor", "words"]] {
        let ran = sandbox.run(args);
        assert_eq!(ran.code, 2, "{args:?}: {}", ran.err);
        assert_eq!(ran.out, "");
    }
    assert_eq!(sandbox.draft_texts(), ["words"], "the words that were given, and no empty draft");
    sandbox.ok(&["write", "--resume"]);
    let mut sandbox = sandbox;
    sandbox.set("EDITOR", "true");
    let ran = sandbox.run(&["--no-input", "edit"]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(sandbox.draft_texts().is_empty(), "an edit that was refused leaves no draft");
}

#[test]
fn a_journal_that_was_cut_short_is_refused_and_left_as_it_is() {
    let sandbox = Sandbox::new();
    sandbox.ok(&["write", "words"]);
    let whole = fs::read(sandbox.journal()).expect("read");
    for cut in [1, 100, 4096, 10_000] {
        let cut = &whole[..whole.len() - cut];
        fs::write(sandbox.journal(), cut).expect("written");
        for args in [&["today"][..], &["write", "more"], &["undo"]] {
            assert_eq!(sandbox.run(args).code, 3, "{args:?}");
        }
        assert!(fs::read(sandbox.journal()).expect("read") == cut);
    }
}

#[test]
fn new_words_of_an_edit_that_fails_are_kept_and_replace_the_old_ones_later() {
    let sandbox = Sandbox::new();
    sandbox.ok(&["write", "old words"]);
    let journal = sandbox.journal();
    let whole = fs::read(&journal).expect("read");
    fs::write(&journal, b"not now").expect("written");
    let ran = sandbox.run_with(&["edit"], b"new words\n");
    assert_eq!(ran.code, 3, "{}", ran.err);
    fs::write(&journal, whole).expect("written");
    sandbox.ok(&["write", "--resume"]);
    assert_eq!(sandbox.json(&["show"])["reflection"]["text"], "new words");
    assert!(sandbox.draft_texts().is_empty());
}

#[test]
fn words_that_can_be_kept_nowhere_are_shown() {
    let mut sandbox = Sandbox::new();
    sandbox.ok(&["today"]);
    sandbox.set("EDITOR", "true");
    let drafts = sandbox.drafts();
    #[expect(clippy::disallowed_methods, reason = "a test home is nobody's")]
    fs::create_dir_all(drafts.parent().expect("a folder")).expect("a folder");
    fs::write(&drafts, "a file, where a folder is wanted").expect("written");
    let shown = "the only copy\n";
    let ran = sandbox.run(&["write", "--editor", "the only copy"]);
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert!(ran.err.starts_with(shown) && ran.err.contains("shown above"), "{}", ran.err);
    fs::write(sandbox.journal(), b"not now").expect("written");
    for args in [&["write", "the only copy"][..], &["afterthought", "today", "the only copy"]] {
        let ran = sandbox.run(args);
        assert_eq!(ran.code, 3, "{}", ran.err);
        assert!(ran.err.starts_with(shown) && ran.err.contains("shown above"), "{}", ran.err);
    }
}

#[test]
fn options_that_an_edit_does_not_take_are_refused_before_the_draft_is_resumed() {
    let mut sandbox = Sandbox::new();
    sandbox.ok(&["write", "old words"]);
    sandbox.set("EDITOR", "sh -c 'echo new words > \"$0\"; exit 1'");
    assert_eq!(sandbox.run(&["edit"]).code, 2);
    let ran = sandbox.run(&["write", "--resume", "--next", "call Anna"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("takes no --next"), "{}", ran.err);
    assert_eq!(sandbox.draft_texts(), ["new words\n"]);
}

#[test]
fn an_unknown_time_zone_is_an_error_and_never_silently_utc() {
    let mut sandbox = Sandbox::new();
    for zone in ["Nonsense/Zone", "../../../etc/passwd", " ", "Europe/Berlim"] {
        sandbox.set("TZ", zone);
        let ran = sandbox.run(&["today"]);
        assert_eq!(ran.code, 2, "{zone:?}: {}", ran.err);
        assert!(ran.err.contains("names no time zone"), "{}", ran.err);
    }
    assert!(!sandbox.journal().exists());
    sandbox.set("TZ", "EST5EDT,M3.2.0,M11.1.0");
    sandbox.ok(&["today"]);
    // Help needs no clock.
    sandbox.set("TZ", "Nonsense");
    sandbox.ok(&["--help"]);
}

#[test]
fn a_bad_clock_is_an_error() {
    let mut sandbox = Sandbox::new();
    for now in ["yesterday", "2026-11-22", "2026-11-22T07:00:00", "12000-01-01T00:00:00Z"] {
        sandbox.set_now(now);
        let ran = sandbox.run(&["today"]);
        assert_eq!(ran.code, 2, "{now}: {}", ran.err);
    }
}

#[test]
fn a_bad_setting_is_named_with_its_place() {
    let mut sandbox = Sandbox::new();
    sandbox.set("DWELL_DAY_START", "25:00");
    let ran = sandbox.run(&["today"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("day_start is '25:00' in DWELL_DAY_START"), "{}", ran.err);
    sandbox.set("DWELL_DAY_START", "");
    let folder = sandbox.home().join(".config/dwell");
    #[expect(clippy::disallowed_methods, reason = "a test home is nobody's")]
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("config.toml"), "order = \"random\"\n").expect("written");
    let ran = sandbox.run(&["today"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("order is 'random' in config.toml"), "{}", ran.err);
    // A shell asks for these at its start.
    sandbox.ok(&["completions", "bash"]);
    sandbox.ok(&["man"]);
}

#[test]
fn a_setting_of_a_newer_release_is_named_once_and_stops_nothing() {
    let sandbox = Sandbox::new();
    let folder = sandbox.home().join(".config/dwell");
    #[expect(clippy::disallowed_methods, reason = "a test home is nobody's")]
    fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("config.toml");
    fs::write(&file, "mood = \"5\"\n# mine\norder = \"mixed\"\n[weather]\nwide = true\n")
        .expect("written");
    let ran = sandbox.run(&["write", "words"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ran.err.matches("mood, weather").count(), 1, "{}", ran.err);
    assert_eq!(sandbox.ok(&["config", "order"]), "mixed\n");
    assert_eq!(sandbox.run(&["--quiet", "show"]).err, "");
    // The unknown keys stay in the file.
    sandbox.ok(&["config", "order", "series"]);
    let text = fs::read_to_string(&file).expect("read");
    assert_eq!(text, "mood = \"5\"\n# mine\norder = \"series\"\n[weather]\nwide = true\n");
}

#[test]
fn nothing_is_deleted_without_a_word_of_consent() {
    let sandbox = Sandbox::new();
    sandbox.ok(&["write", "keep me"]);
    let ran = sandbox.run(&["delete", "today"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("--yes"), "{}", ran.err);
    assert_eq!(sandbox.json(&["show"])["reflection"]["text"], "keep me");
}

#[test]
fn a_closed_pipe_is_not_a_failure_and_a_full_disk_is() {
    let sandbox = Sandbox::new();
    for day in 1..=30 {
        let day = format!("2026-10-{day:02}");
        sandbox.ok(&["write", "--day", &day, &"words ".repeat(1000)]);
    }
    let mut child = sandbox.command(&["log"]).spawn().expect("started");
    drop(child.stdout.take());
    assert_eq!(child.wait().expect("ended").code(), Some(0));
    if let Ok(full) = fs::OpenOptions::new().write(true).open("/dev/full") {
        let output = sandbox.command(&["today"]).stdout(full).output().expect("ran");
        assert_eq!(output.status.code(), Some(3));
        let err = String::from_utf8_lossy(&output.stderr);
        assert!(err.contains("the output could not be written"), "{err}");
    }
}

#[test]
fn text_that_is_not_utf8_is_refused_and_its_bytes_are_kept() {
    let sandbox = Sandbox::new();
    let ran = sandbox.run_with(&["write"], b"caf\xe9 au lait");
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("not UTF-8 text (byte 4)"), "{}", ran.err);
    let kept = sandbox.draft_files();
    assert_eq!(fs::read(&kept[0]).expect("read"), b"caf\xe9 au lait");
}

#[cfg(unix)]
#[test]
fn a_journal_that_cannot_be_written_is_still_read() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = Sandbox::new();
    sandbox.ok(&["write", "words"]);
    let folder = sandbox.journal().parent().expect("a folder").to_owned();
    let set = |mode_file, mode_folder| {
        let permissions = fs::Permissions::from_mode(mode_file);
        fs::set_permissions(sandbox.journal(), permissions).expect("set");
        fs::set_permissions(&folder, fs::Permissions::from_mode(mode_folder)).expect("set");
    };
    set(0o400, 0o500);
    // The superuser may write to every file, so the test has nothing to check.
    let bound = fs::OpenOptions::new().write(true).open(sandbox.journal()).is_err();
    if bound {
        assert_eq!(sandbox.json(&["today"])["reflection"]["text"], "words");
        let ran = sandbox.run(&["write", "more"]);
        assert_eq!(ran.code, 3, "{}", ran.err);
        assert!(ran.err.contains("read-only"), "{}", ran.err);
    }
    set(0o600, 0o700);
}
