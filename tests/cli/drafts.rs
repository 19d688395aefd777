//! Words are never nowhere: whatever fails, they are in the journal, in a draft, or shown.

use std::fs;
use std::path::Path;

#[cfg(unix)]
use crate::pty::Pty;
use crate::sandbox::{Run, Sandbox};

/// A day that cannot be read is to be named with `--day`.
const KEPT: &str = "your words are kept as a draft: dwell write --resume";
const MIB: usize = 1 << 20;

/// A home with a journal in which today has a lesson, and no words.
fn home() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.ok(&["today"]);
    sandbox
}

/// Runs `body` while the journal refuses everything.
fn without_journal<T>(sandbox: &Sandbox, body: impl FnOnce() -> T) -> T {
    let whole = fs::read(sandbox.journal()).expect("read");
    fs::write(sandbox.journal(), b"not now").expect("written");
    let done = body();
    fs::write(sandbox.journal(), whole).expect("written");
    done
}

#[track_caller]
fn assert_kept(ran: &Run, sandbox: &Sandbox, text: &str) {
    assert!(ran.code == 2 || ran.code == 3, "{ran:?}");
    assert!(ran.err.starts_with("dwell: ") && ran.err.contains(KEPT), "{}", ran.err);
    assert_eq!(sandbox.draft_texts(), [text], "{}", ran.err);
}

fn text_of(sandbox: &Sandbox, day: &str) -> String {
    let entry = sandbox.json(&["show", day]);
    entry["reflection"]["text"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn a_mistake_in_the_settings_or_the_clock_eats_no_words() {
    for (name, value) in [
        ("TZ", "Nonsense/Zone"),
        ("DWELL_ORDER", "x"),
        ("DWELL_NOW", "x"),
        ("DWELL_DAY_START", "25:00"),
        ("DWELL_JOURNAL", "~/j.db"),
    ] {
        for (args, input) in [(&["write"][..], &b"my words"[..]), (&["write", "my words"], b"")] {
            let mut sandbox = home();
            let before = sandbox.environment().into_iter().find(|(other, _)| other == name);
            sandbox.set(name, value);
            let ran = sandbox.run_with(args, input);
            assert_kept(&ran, &sandbox, "my words");
            let usual = before.map_or_else(String::new, |(_, value)| value);
            sandbox.set(name, if name == "TZ" { "UTC" } else { &usual });
            sandbox.ok(&["write", "--resume"]);
            assert_eq!(text_of(&sandbox, "today"), "my words", "{name}");
            assert_eq!(fs::read_dir(sandbox.drafts()).expect("read").count(), 0, "{name}");
        }
    }
}

#[test]
fn a_settings_file_that_cannot_be_read_eats_no_words() {
    for text in [&b"order ="[..], b"\xff\xfe"] {
        let sandbox = home();
        let folder = sandbox.home().join(".config/dwell");
        #[expect(clippy::disallowed_methods, reason = "a test home is nobody's")]
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join("config.toml"), text).expect("written");
        let ran = sandbox.run_with(&["write", "--next", "call Anna"], b"my words\n");
        assert_kept(&ran, &sandbox, "my words\n");
        // The file may have named another journal, so the draft is offered in each.
        fs::remove_file(folder.join("config.toml")).expect("removed");
        let other = sandbox.home().join("other.db");
        sandbox.ok(&["--journal", other.to_str().expect("UTF-8"), "write", "--resume"]);
        let entry = sandbox.json(&["--journal", other.to_str().expect("UTF-8"), "show"]);
        assert_eq!(entry["reflection"]["text"], "my words");
        assert_eq!(entry["step"]["text"], "call Anna");
    }
}

#[test]
fn a_mistake_on_the_command_line_eats_no_words() {
    for (args, input, day, text) in [
        (&["write", "--day", "tomorow"][..], &b"my words"[..], "today", "my words"),
        (&["write", "--day", "tomorow", "my", "words"], b"", "today", "my words"),
        (&["write", "--again", "fortnight"], b"my words", "today", "my words"),
        (&["write", "--day=-1d", "--bogus"], b"my words", "yesterday", "my words"),
        (&["write", "--bogus", "my", "words"], b"", "today", "my words"),
        (&["write", "--bogus", "--", "-x"], b"", "today", "-x"),
        (&["write", "--bogus", "- [ ] one", "-> two"], b"", "today", "- [ ] one -> two"),
        (&["--bogus", "write", "-"], b"my words", "today", "my words"),
        (&["--colour", "never", "write"], b"my words", "today", "my words"),
        (&["wirte"], b"my words", "today", "my words"),
    ] {
        let sandbox = home();
        let ran = sandbox.run_with(args, input);
        assert_kept(&ran, &sandbox, text);
        sandbox.ok(&["write", "--resume"]);
        assert_eq!(text_of(&sandbox, day), text, "{args:?}");
    }
    // A verb that takes no words does not wait for any.
    for args in [
        &["show", "--bogus"][..],
        &["search", "write", "--limit", "x"],
        &["step", "done", "--bogus"],
        &["--bogus"],
    ] {
        let sandbox = home();
        assert_eq!(sandbox.run_with(args, b"not mine").code, 2);
        assert!(sandbox.draft_files().is_empty(), "{args:?}");
    }
}

#[test]
fn a_draft_keeps_the_step_and_the_span_beside_the_words() {
    for args in [&["write", "the words"][..], &["write"]] {
        let sandbox = home();
        let more = ["--next", "call Anna", "--again", "month"];
        let ran =
            without_journal(&sandbox, || sandbox.run_with(&[args, &more].concat(), b"the words"));
        assert_kept(&ran, &sandbox, "the words");
        sandbox.ok(&["write", "--resume"]);
        let entry = sandbox.json(&["show"]);
        assert_eq!(entry["reflection"]["text"], "the words");
        assert_eq!(entry["step"]["text"], "call Anna");
        assert!(sandbox.draft_files().is_empty());
        // What is given with --resume counts more.
        without_journal(&sandbox, || sandbox.run(&["write", "more", "--next", "call Ben"]));
        sandbox.ok(&["write", "--resume", "--next", "call Cleo"]);
        assert_eq!(sandbox.json(&["show"])["step"]["text"], "call Cleo");
    }
}

#[test]
fn the_span_of_a_draft_is_counted_when_it_is_saved() {
    let mut sandbox = home();
    without_journal(&sandbox, || sandbox.run(&["write", "words", "--again", "week"]));
    sandbox.ok(&["write", "--resume"]);
    sandbox.set_now("2026-11-29T09:00:00+01:00");
    assert!(sandbox.ok(&["why"]).contains("you asked for it again from 2026-11-29 on"));
}

#[test]
fn a_step_and_an_afterthought_that_cannot_be_saved_come_back_as_what_they_are() {
    for (args, input) in [
        (&["step", "add", "--when", "at noon", "call Anna"][..], &b""[..]),
        (&["step", "add", "--when=at noon"], b"call Anna\n"),
    ] {
        let sandbox = home();
        sandbox.ok(&["write", "words"]);
        let ran = without_journal(&sandbox, || sandbox.run_with(args, input));
        assert!(ran.code == 3 && ran.err.contains(KEPT), "{}", ran.err);
        sandbox.ok(&["write", "--resume"]);
        let entry = sandbox.json(&["show"]);
        assert_eq!(entry["step"]["text"], "call Anna");
        assert_eq!(entry["step"]["when"], "at noon");
        assert_eq!(entry["reflection"]["text"], "words");
        assert!(sandbox.draft_files().is_empty());
    }
    for (args, input) in [
        (&["afterthought", "today", "still true"][..], &b""[..]),
        (&["afterthought", "today"], b"still true"),
        (&["afterthought", "today", "-"], b"still true"),
    ] {
        let sandbox = home();
        sandbox.ok(&["write", "words"]);
        let ran = without_journal(&sandbox, || sandbox.run_with(args, input));
        assert!(ran.code == 3 && ran.err.contains(KEPT), "{}", ran.err);
        let ran = sandbox.run(&["write", "--resume", "--next", "x"]);
        assert!(ran.code == 2 && ran.err.contains("of an afterthought"), "{}", ran.err);
        sandbox.ok(&["write", "--resume"]);
        let entry = sandbox.json(&["show"]);
        assert_eq!(entry["reflection"]["text"], "words");
        assert_eq!(entry["afterthoughts"][0]["text"], "still true");
        assert!(sandbox.draft_files().is_empty());
    }
}

#[test]
fn what_came_of_a_step_is_kept_for_that_step() {
    for (args, input) in [
        (&["step", "done", "she laughed"][..], &b""[..]),
        (&["step", "done", "-"], b"she laughed\n"),
        (&["step", "done", "yesterday", "she laughed"], b""),
        (&["step", "done", "--bogus", "yesterday", "she laughed"], b""),
    ] {
        let sandbox = home();
        sandbox.ok(&["write", "--day", "yesterday", "words", "--next", "call Anna"]);
        let ran = without_journal(&sandbox, || sandbox.run_with(args, input));
        assert!(ran.err.contains(KEPT), "{}", ran.err);
        assert_eq!(sandbox.draft_texts()[0].trim_end(), "she laughed");
        sandbox.ok(&["write", "--resume"]);
        let step = sandbox.json(&["show", "yesterday"])["step"].clone();
        assert_eq!((&step["state"], &step["outcome"]), (&"done".into(), &"she laughed".into()));
        assert!(sandbox.draft_files().is_empty());
    }
}

#[test]
fn an_edit_or_an_afterthought_without_a_known_day_asks_for_it() {
    for args in [&["edit", "tomorow"][..], &["afterthought", "tomorow"]] {
        let sandbox = home();
        sandbox.ok(&["write", "old words"]);
        let ran = sandbox.run_with(args, b"new words");
        assert_kept(&ran, &sandbox, "new words");
        let ran = sandbox.run(&["write", "--resume"]);
        assert!(ran.code == 2 && ran.err.contains("its day is not known"), "{}", ran.err);
        assert_eq!(sandbox.draft_texts(), ["new words"]);
        sandbox.ok(&["write", "--resume", "--day", "today"]);
        let entry = sandbox.json(&["show"]);
        let saved = if args[0] == "edit" {
            &entry["reflection"]["text"]
        } else {
            &entry["afterthoughts"][0]["text"]
        };
        assert_eq!(saved, "new words");
    }
}

#[test]
fn input_that_is_too_large_is_kept_as_a_file() {
    let sandbox = home();
    let input = b"0123456789abcdef".repeat(MIB + 1);
    let ran = sandbox.run_with(&["write"], &input);
    assert_eq!(ran.code, 2, "{}", ran.err);
    let files = sandbox.draft_files();
    assert!(fs::read(&files[0]).expect("read") == input, "all of it is there");
    let path = files[0].display().to_string();
    assert!(ran.err.contains("over 16 MiB") && ran.err.contains(&path), "{}", ran.err);
    assert!(ran.err.contains(&format!("all {} bytes", input.len())), "{}", ran.err);
    // It is named, and not said to be nothing.
    let ran = sandbox.run(&["write", "--resume"]);
    assert!(ran.code == 2 && ran.err.contains(&path), "{}", ran.err);
    assert!(ran.err.contains("over 16 MiB"), "{}", ran.err);
    let ran = sandbox.run_with(&["write", "--day", "yesterday"], b"other words");
    assert_eq!(ran.code, 0, "{}", ran.err);
}

#[test]
fn input_that_is_not_text_is_kept_or_shown() {
    let sandbox = home();
    let ran = sandbox.run_with(&["afterthought", "today"], b"caf\xe9 au lait");
    assert_eq!(ran.code, 2, "{}", ran.err);
    let path = sandbox.draft_files()[0].clone();
    assert!(ran.err.contains(&path.display().to_string()), "{}", ran.err);
    let ran = sandbox.run(&["write", "--resume"]);
    assert!(ran.code == 2 && ran.err.contains("not UTF-8"), "{}", ran.err);
    assert!(ran.err.contains(&path.display().to_string()), "{}", ran.err);
    // A draft that can be read is not hidden by it.
    without_journal(&sandbox, || sandbox.run(&["write", "my words"]));
    sandbox.ok(&["write", "--resume"]);
    assert_eq!(text_of(&sandbox, "today"), "my words");

    let sandbox = without_drafts(home());
    let ran = sandbox.run_with(&["write", "--next", "call Anna"], b"caf\xe9 \x1b[31mau lait");
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(ran.err.starts_with("caf\u{fffd} "), "{}", ran.err);
    assert!(ran.err.contains("au lait\nnext step: call Anna\n"), "{}", ran.err);
    assert!(ran.err.contains("shown above") && !ran.err.contains('\u{1b}'), "{}", ran.err);
}

/// Makes it impossible to write drafts.
fn without_drafts(sandbox: Sandbox) -> Sandbox {
    let folder = sandbox.drafts();
    let _ = fs::remove_dir_all(&folder);
    #[expect(clippy::disallowed_methods, reason = "a test home is nobody's")]
    fs::create_dir_all(folder.parent().expect("a folder")).expect("a folder");
    fs::write(&folder, "a file, where a folder is wanted").expect("written");
    sandbox
}

#[test]
fn words_that_can_be_kept_nowhere_are_shown_whatever_failed() {
    let mut sandbox = without_drafts(home());
    for (args, input) in [
        (&["write", "--bogus", "the only copy"][..], &b""[..]),
        (&["write", "--day", "tomorow"], b"the only copy"),
        (&["step", "add", "the only copy", "--day", "2030-01-01"], b""),
    ] {
        let ran = sandbox.run_with(args, input);
        assert!(ran.code == 2 && ran.err.starts_with("the only copy\n"), "{}", ran.err);
        assert!(ran.err.contains("shown above"), "{}", ran.err);
    }
    sandbox.set("DWELL_ORDER", "x");
    let ran = sandbox.run_with(&["write"], b"the only copy");
    assert!(ran.code == 2 && ran.err.starts_with("the only copy\n"), "{}", ran.err);
}

#[test]
fn a_draft_is_found_by_the_id_of_its_journal_wherever_that_is() {
    let sandbox = home();
    sandbox.ok(&["write", "saved"]);
    let (link, moved) = (sandbox.home().join("link.db"), sandbox.home().join("moved.db"));
    #[cfg(unix)]
    std::os::unix::fs::symlink(sandbox.journal(), &link).expect("a link");
    // The draft is begun while the journal is open, so it has the journal's id.
    let mut sandbox = sandbox;
    sandbox.set("EDITOR", "sh -c 'echo more words > \"$0\"; exit 1'");
    let ran = sandbox.run(&["--journal", link.to_str().expect("UTF-8"), "write", "--editor"]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    fs::rename(sandbox.journal(), &moved).expect("moved");
    sandbox.ok(&["restore", "--empty", "--yes"]);
    sandbox.ok(&["today"]);
    let ran = sandbox.run(&["--journal", moved.to_str().expect("UTF-8"), "write", "--resume"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(!ran.err.contains("is gone"), "{}", ran.err);
    let entry = sandbox.json(&["--journal", moved.to_str().expect("UTF-8"), "show"]);
    assert_eq!(entry["reflection"]["text"], "saved\n\nmore words");
}

#[test]
fn a_draft_whose_journal_is_gone_is_offered_and_told_as_that() {
    let sandbox = home();
    let other = sandbox.home().join("other.db");
    fs::write(&other, "not now").expect("written");
    let ran = sandbox.run(&["--journal", other.to_str().expect("UTF-8"), "write", "my words"]);
    assert!(ran.err.contains(KEPT), "{}", ran.err);
    // While its journal is there, a draft is not offered in another one.
    assert_eq!(sandbox.run(&["write", "--resume"]).code, 1);
    fs::remove_file(&other).expect("removed");
    let ran = sandbox.run(&["write", "--resume"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let told = format!("kept for the journal at {}, which is gone", other.display());
    assert!(ran.err.contains(&told), "{}", ran.err);
    assert_eq!(text_of(&sandbox, "today"), "my words");
}

#[test]
fn the_same_command_once_more_leaves_no_draft_behind() {
    let sandbox = home();
    let args = ["write", "my words", "--next", "call Anna"];
    without_journal(&sandbox, || sandbox.run(&args));
    assert_eq!(sandbox.draft_texts(), ["my words"]);
    sandbox.ok(&args);
    assert!(sandbox.draft_files().is_empty());
    assert_eq!(sandbox.run(&["write", "--resume"]).code, 1);
}

#[test]
fn a_span_that_is_refused_does_not_hold_the_words_back() {
    let sandbox = home();
    let ran = sandbox.run(&["write", "--day", "yesterday", "my words", "--again", "month"]);
    assert_kept(&ran, &sandbox, "my words");
    sandbox.ok(&["write", "--resume"]);
    assert_eq!(text_of(&sandbox, "yesterday"), "my words");
}

#[test]
fn a_step_or_a_span_alone_is_saved_on_a_day_that_has_its_words() {
    let mut sandbox = home();
    for args in [&["write", "--again", "week"][..], &["write", "--next", "call Anna"]] {
        let ran = sandbox.run(args);
        assert!(ran.code == 2 && ran.err.contains("no words to save"), "{}", ran.err);
    }
    sandbox.ok(&["write", "my words", "--next", "call Ben"]);
    let ran = sandbox.run(&["write", "--again", "week"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.starts_with("comes again from 2026-11-29 on: "), "{}", ran.err);
    let ran = sandbox.run(&["write", "--next", "call Anna"]);
    assert!(ran.code == 0 && ran.err.contains("took the place of: call Ben"), "{}", ran.err);
    let entry = sandbox.json(&["show"]);
    assert_eq!(entry["step"]["text"], "call Anna");
    assert_eq!(entry["reflection"]["text"], "my words");
    sandbox.set_now("2026-11-29T09:00:00+01:00");
    assert!(sandbox.ok(&["why"]).contains("you asked for it again"));
}

#[test]
fn an_edit_that_met_newer_words_says_that_both_are_kept() {
    let mut sandbox = home();
    sandbox.ok(&["write", "old words"]);
    let dwell = env!("CARGO_BIN_EXE_dwell");
    let script = format!("sh -c 'echo new words > \"$0\"; {dwell} write meanwhile </dev/null'");
    sandbox.set("EDITOR", &script);
    let ran = sandbox.run(&["edit"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let told = "2026-11-22 was changed meanwhile, perhaps in another window; both texts are kept: \
                dwell show 2026-11-22";
    assert!(ran.err.contains(told), "{}", ran.err);
    let text = text_of(&sandbox, "today");
    assert!(text.contains("new words") && text.contains("meanwhile"), "{text}");
}

#[test]
fn words_that_were_typed_while_the_journal_went_away_are_in_a_draft() {
    let replaced = "sh -c 'cp \"$0\" \"$0.x\"; mv \"$0.x\" \"$0\"'";
    for away in ["rm", "sh -c 'mv \"$0\" \"$0.moved\"'", replaced] {
        let mut sandbox = home();
        sandbox.ok(&["write", "old words"]);
        let journal = sandbox.journal().display().to_string();
        let script = format!("{away} {journal}; echo new words >");
        fs::write(sandbox.home().join("ed"), format!("{script} \"$1\"\n")).expect("written");
        sandbox.set("EDITOR", &format!("sh {}", sandbox.home().join("ed").display()));
        let ran = sandbox.run(&["edit"]);
        assert_eq!(ran.code, 3, "{away}: {}", ran.err);
        assert!(ran.err.contains(KEPT), "{away}: {}", ran.err);
        assert_eq!(sandbox.draft_texts(), ["new words"], "{away}");
    }
}

#[test]
fn empty_lines_before_the_words_are_left_out() {
    let sandbox = home();
    assert_eq!(sandbox.run_with(&["write"], b"\n \n\n  - one\n\n  - two\n\n").code, 0);
    assert_eq!(text_of(&sandbox, "today"), "  - one\n\n  - two");
}

#[cfg(unix)]
#[test]
fn drafts_and_their_notes_are_private() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = home();
    without_journal(&sandbox, || sandbox.run(&["write", "my words", "--next", "call Anna"]));
    let mode = |path: &std::path::Path| fs::metadata(path).expect("there").permissions().mode();
    assert_eq!(mode(&sandbox.drafts()) & 0o777, 0o700);
    let files: Vec<_> = fs::read_dir(sandbox.drafts()).expect("read").collect();
    assert_eq!(files.len(), 2);
    for file in files {
        assert_eq!(mode(&file.expect("listed").path()) & 0o777, 0o600);
    }
}

#[cfg(unix)]
#[test]
fn nobody_is_asked_for_words_that_the_day_cannot_take() {
    let sandbox = home();
    for (args, code, message) in [
        (&["afterthought", "yesterday"][..], 1, "nothing is written on 2026-11-21"),
        (&["edit", "yesterday"], 1, "nothing is written on 2026-11-21"),
        (&["step", "add", "--day", "yesterday"], 1, "no entry on 2026-11-21"),
        (
            &["write", "--day", "yesterday", "--again", "month"],
            2,
            "no lesson that could come again",
        ),
        (&["write", "--day", "2026-12-01"], 2, "2026-12-01"),
    ] {
        let mut pty = Pty::start(&sandbox, args);
        pty.wait_for(message);
        assert_eq!(pty.end(), code, "{args:?}");
        let screen = pty.screen();
        assert!(!screen.contains("Your ") && !screen.contains("When you are done"), "{screen}");
    }
    assert!(sandbox.draft_files().is_empty());
}

#[cfg(unix)]
#[test]
fn a_kill_in_the_middle_of_typing_keeps_the_step_and_the_span_too() {
    let sandbox = home();
    let mut pty = Pty::start(&sandbox, &["write", "--next", "call Anna", "--again", "month"]);
    pty.wait_for("Ctrl-C stops");
    pty.wait_for("\x1b[?2004h");
    pty.send("my words\rand more\r");
    pty.wait_for("and more");
    let kept = || sandbox.draft_texts().iter().any(|text| text.contains("and more"));
    let deadline = std::time::Instant::now() + crate::pty::TIMEOUT;
    while !kept() && std::time::Instant::now() < deadline {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    pty.signal("KILL");
    pty.end();
    sandbox.ok(&["write", "--resume"]);
    let entry = sandbox.json(&["show"]);
    assert_eq!(entry["reflection"]["text"], "my words\nand more");
    assert_eq!(entry["step"]["text"], "call Anna");
    assert!(sandbox.draft_files().is_empty());
}

#[cfg(unix)]
#[test]
fn a_half_typed_step_becomes_a_draft_of_a_step() {
    let sandbox = home();
    let mut pty = Pty::start(&sandbox, &["step", "add", "--day", "today"]);
    pty.wait_for("Your next step:");
    pty.send("call An");
    pty.wait_for("call An");
    pty.send("\x03");
    pty.wait_for(KEPT);
    assert_eq!(pty.end(), 130);
    sandbox.ok(&["write", "--resume"]);
    assert_eq!(sandbox.json(&["show"])["step"]["text"], "call An");
}

#[cfg(unix)]
#[test]
fn a_draft_that_fits_no_day_does_not_end_the_day() {
    let sandbox = home();
    let ran = sandbox.run(&["step", "done", "she laughed"]);
    assert!(ran.code == 1 && ran.err.contains(KEPT), "{}", ran.err);
    let mut pty = Pty::start(&sandbox, &[]);
    pty.wait_for("There is a draft of an answer to a step with 2 words");
    pty.wait_for("Which number?");
    pty.send("1\r");
    pty.wait_for("no step is open");
    pty.wait_for("Ctrl-C stops");
    pty.wait_for("\x1b[?2004h");
    pty.send("my words\x04");
    pty.wait_for("Your next step");
    pty.send("\x03");
    pty.end();
    assert_eq!(text_of(&sandbox, "today"), "my words");
    assert_eq!(sandbox.draft_texts(), ["she laughed"]);
}

#[cfg(unix)]
#[test]
fn what_an_editor_left_stays_if_it_cannot_be_taken_into_the_draft() {
    let mut home = Sandbox::new();
    home.ok(&["write", "words of before"]);
    // Like a disk that fails: the file can be opened, and not be read.
    home.set("EDITOR", "sh -c 'rm \"$0\"; mkdir \"$0\"; echo new words > \"$0/kept\"'");
    let run = home.run(&["edit"]);
    assert_eq!(run.code, 2, "{}", run.err);
    let place = run.err.split("hint: what was written is in ").nth(1).expect("a hint").trim();
    let kept = fs::read_to_string(Path::new(place).join("kept"));
    assert_eq!(kept.expect("kept"), "new words\n");
}
