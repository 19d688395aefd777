//! A locked journal, used as a person uses it: locking, the passphrase, the recovery key, and the
//! way back.

use std::fs;
use std::path::{Path, PathBuf};

#[cfg(unix)]
use crate::pty::Pty;
use crate::sandbox::Sandbox;

pub const COMMAND: &str = "DWELL_PASSPHRASE_COMMAND";

/// A home with a word in a journal that is locked with the passphrase `four words`, and its
/// recovery key.
pub fn locked() -> (Sandbox, String) {
    let mut sandbox = Sandbox::new();
    sandbox.ok(&["write", "a word before the lock"]);
    sandbox.set(COMMAND, "echo four words");
    let key = sandbox.ok(&["lock", "--yes"]);
    (sandbox, key.trim().to_owned())
}

pub fn sealed(sandbox: &Sandbox) -> PathBuf {
    sandbox.journal().with_extension("db.age")
}

pub fn key_file(sandbox: &Sandbox) -> PathBuf {
    sandbox.journal().with_extension("db.key.age")
}

pub fn recipients(sandbox: &Sandbox) -> PathBuf {
    sandbox.journal().with_extension("db.recipients")
}

pub fn text(sandbox: &Sandbox) -> String {
    let text = sandbox.json(&["show"])["reflection"]["text"].clone();
    text.as_str().expect("a text").to_owned()
}

/// All files below the home, but not the programs of a test.
pub fn files(sandbox: &Sandbox) -> Vec<PathBuf> {
    let mut folders = vec![sandbox.home().to_owned()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for file in fs::read_dir(folder).expect("listed") {
            let path = file.expect("listed").path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found
}

#[track_caller]
pub fn assert_nowhere(sandbox: &Sandbox, word: &str) {
    for path in files(sandbox) {
        let bytes = fs::read(&path).expect("read");
        let has = bytes.windows(word.len()).any(|part| part == word.as_bytes());
        assert!(!has, "{} has {word:?}", path.display());
    }
}

#[test]
fn a_locked_journal_is_written_and_read_with_the_passphrase_alone() {
    let (mut sandbox, key) = locked();
    assert!(key.starts_with("AGE-SECRET-KEY-1"), "{key}");
    assert!(!sandbox.journal().exists());
    sandbox.ok(&["write", "a word after it"]);
    assert_eq!(text(&sandbox), "a word before the lock\n\na word after it");
    for word in ["a word before", "a word after", "four words"] {
        assert_nowhere(&sandbox, word);
    }
    sandbox.set(COMMAND, "echo four wrong words");
    let wrong = sandbox.run(&["show"]);
    assert_eq!((wrong.code, wrong.out.as_str()), (3, ""));
    assert!(wrong.err.starts_with("dwell: the passphrase does not open"), "{}", wrong.err);
    sandbox.set(COMMAND, "");
    let none = sandbox.run(&["show"]);
    assert_eq!(none.code, 3);
    assert!(none.err.starts_with("dwell: the journal is locked: "), "{}", none.err);
    sandbox.set(COMMAND, "exit 4");
    let failed = sandbox.run(&["show"]);
    assert!(failed.code == 3 && failed.err.contains("failed with code 4"), "{}", failed.err);

    sandbox.set(COMMAND, "echo four words");
    sandbox.ok(&["unlock"]);
    assert_eq!(text(&sandbox), "a word before the lock\n\na word after it");
    assert!(sandbox.journal().exists());
    let left = fs::read_dir(sandbox.journal().parent().expect("a folder")).expect("listed");
    assert_eq!(left.count(), 1, "nothing of the lock is left");
    assert_eq!(sandbox.run(&["unlock"]).code, 1);
    assert_eq!(sandbox.run(&["passphrase"]).code, 1);
}

#[cfg(unix)]
#[test]
fn every_file_of_a_locked_journal_is_private() {
    use std::os::unix::fs::PermissionsExt;
    let (sandbox, _) = locked();
    for path in files(&sandbox) {
        let mode = fs::metadata(&path).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", path.display());
    }
}

#[test]
fn nothing_is_locked_if_the_recovery_key_cannot_be_handed_over() {
    let mut sandbox = Sandbox::new();
    sandbox.ok(&["write", "words"]);
    sandbox.set(COMMAND, "echo four words");
    let ran = sandbox.run(&["lock"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("hint: --recovery-file PATH"), "{}", ran.err);
    let file = sandbox.home().join("key.txt");
    let path = file.display().to_string();
    fs::write(&file, "mine").expect("written");
    let ran = sandbox.run(&["lock", "--recovery-file", &path]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("is there already"), "{}", ran.err);
    assert_eq!(fs::read_to_string(&file).expect("read"), "mine");
    sandbox.set(COMMAND, "");
    let ran = sandbox.run(&["lock", "--yes"]);
    assert_eq!(ran.code, 2, "no passphrase");
    assert!(ran.err.ends_with("hint: dwell config passphrase_command COMMAND\n"), "{}", ran.err);
    assert!(sandbox.journal().exists() && !sealed(&sandbox).exists());
    assert!(!key_file(&sandbox).exists());
}

#[test]
fn locking_names_the_plain_copies_beside_the_journal() {
    let mut sandbox = Sandbox::new();
    sandbox.ok(&["write", "a word before the lock"]);
    let copy = sandbox.journal().with_file_name("journal copy.db");
    fs::copy(sandbox.journal(), &copy).expect("copied");
    sandbox.set(COMMAND, "echo four words");
    let ran = sandbox.run(&["lock", "--yes"]);
    assert!(ran.err.contains("journal copy.db is a plain journal too"), "{}", ran.err);
    assert_eq!(ran.err.matches("is a plain journal too").count(), 1, "{}", ran.err);
}

#[test]
fn the_passphrase_is_changed_without_touching_the_journal() {
    let (mut sandbox, _) = locked();
    let before = fs::read(sealed(&sandbox)).expect("read");
    sandbox.ok(&["passphrase", "--new-command", "echo five words"]);
    assert_eq!(fs::read(sealed(&sandbox)).expect("read"), before);
    assert_eq!(sandbox.run(&["show"]).code, 3);
    sandbox.set(COMMAND, "echo five words");
    assert_eq!(text(&sandbox), "a word before the lock");
}

#[test]
fn the_recovery_key_makes_a_new_passphrase_for_a_lost_one_and_for_a_lost_key_file() {
    let (mut sandbox, key) = locked();
    let file = sandbox.home().join("key.txt");
    fs::write(&file, format!("# my key\n{key}\n")).expect("written");
    let path = file.display().to_string();
    let (old_key, old_recipients) = (
        fs::read(key_file(&sandbox)).expect("read"),
        fs::read(recipients(&sandbox)).expect("read"),
    );
    for (lost, command) in [(false, "echo second"), (true, "echo third")] {
        if lost {
            fs::remove_file(key_file(&sandbox)).expect("removed");
            fs::remove_file(recipients(&sandbox)).expect("removed");
            let ran = sandbox.run(&["show"]);
            assert!(ran.code == 3 && ran.err.contains("--recovery-file"), "{}", ran.err);
        }
        sandbox.ok(&["passphrase", "--recovery-file", &path, "--new-command", command]);
        sandbox.set(COMMAND, command);
        assert_eq!(text(&sandbox), "a word before the lock");
    }
    // What the old passphrase opened opens nothing any more.
    fs::write(key_file(&sandbox), old_key).expect("written");
    fs::write(recipients(&sandbox), old_recipients).expect("written");
    sandbox.set(COMMAND, "echo four words");
    let ran = sandbox.run(&["show"]);
    assert!(ran.code == 3 && ran.err.contains("locked with another key"), "{}", ran.err);

    fs::write(&file, "AGE-SECRET-KEY-1QQQQ").expect("written");
    let ran = sandbox.run(&["passphrase", "--recovery-file", &path, "--new-command", "echo x"]);
    assert!(ran.code == 3 && ran.err.contains("has no recovery key"), "{}", ran.err);
}

#[test]
fn each_swapped_and_damaged_file_is_told_by_its_name() {
    let (sandbox, _) = locked();
    let (other, other_key) = locked();
    let whole = fs::read(sealed(&sandbox)).expect("read");
    let said = |what: &str| {
        let ran = sandbox.run(&["show"]);
        assert_eq!(ran.code, 3, "{what}");
        assert!(ran.err.contains(what) && ran.err.contains("hint: "), "{what}: {}", ran.err);
    };
    fs::copy(sealed(&other), sealed(&sandbox)).expect("copied");
    said("journal.db.age is whole, but locked with another key");
    fs::write(sealed(&sandbox), &whole[..whole.len() - 1000]).expect("written");
    said("journal.db.age is damaged");
    fs::write(sealed(&sandbox), "words").expect("written");
    said("journal.db.age is not a file that age has sealed");
    fs::write(sealed(&sandbox), "").expect("written");
    said("journal.db.age is empty");
    fs::write(sealed(&sandbox), &whole).expect("written");

    let key = fs::read(key_file(&sandbox)).expect("read");
    fs::copy(key_file(&other), key_file(&sandbox)).expect("copied");
    said("journal.db.key.age has another key than");
    fs::remove_file(key_file(&sandbox)).expect("removed");
    said("journal.db.key.age is not there");
    fs::write(key_file(&sandbox), &key).expect("written");

    let file = sandbox.home().join("key.txt");
    fs::write(&file, other_key).expect("written");
    let path = file.display().to_string();
    let ran = sandbox.run(&["passphrase", "--recovery-file", &path, "--new-command", "echo x"]);
    assert!(ran.code == 2 && ran.err.contains("the recovery key does not open"), "{}", ran.err);

    fs::write(sandbox.journal(), "words").expect("written");
    let ran = sandbox.run(&["show"]);
    assert!(ran.code == 3, "{}", ran.err);
    fs::remove_file(sandbox.journal()).expect("removed");
    assert_eq!(text(&sandbox), "a word before the lock");
}

#[test]
fn two_journals_side_by_side_are_named_and_an_interrupted_lock_is_ended() {
    let mut sandbox = Sandbox::new();
    sandbox.ok(&["write", "words"]);
    let plain = fs::read(sandbox.journal()).expect("read");
    sandbox.set(COMMAND, "echo four words");
    sandbox.ok(&["lock", "--yes"]);
    let put_back = || fs::write(sandbox.journal(), &plain).expect("written");

    put_back();
    for args in [&["show"][..], &["write", "more"], &["log"]] {
        let ran = sandbox.run(args);
        assert_eq!(ran.code, 3);
        let names_both = ran.err.contains("journal.db, ") && ran.err.contains("journal.db.age, ");
        assert!(names_both && ran.err.contains("run dwell lock again"), "{}", ran.err);
    }
    sandbox.ok(&["lock"]);
    assert!(!sandbox.journal().exists());
    assert_eq!(text(&sandbox), "words");

    put_back();
    sandbox.ok(&["unlock"]);
    assert!(!sealed(&sandbox).exists());
    assert_eq!(text(&sandbox), "words");

    // Words on both sides.
    sandbox.ok(&["lock", "--yes"]);
    sandbox.ok(&["write", "sealed words"]);
    put_back();
    let sealed_before = fs::read(sealed(&sandbox)).expect("read");
    let ran = sandbox.run(&["unlock"]);
    assert!(ran.code == 3 && ran.err.contains("do not have the same words"), "{}", ran.err);
    assert_eq!(fs::read(sealed(&sandbox)).expect("read"), sealed_before);
    assert_eq!(fs::read(sandbox.journal()).expect("read"), plain);
    sandbox.ok(&["lock"]);
    assert_eq!(text(&sandbox), "words\n\nsealed words", "the sealed one had all of the plain one");
}

#[test]
fn a_prompt_and_the_start_of_a_shell_ask_nothing_and_show_no_words() {
    let (mut sandbox, _) = locked();
    // A command that would be seen if it ran.
    sandbox.set(COMMAND, "touch asked; echo four words");
    assert_eq!(sandbox.ok(&["status"]), "\u{25cc}\n");
    let status = sandbox.json(&["status"]);
    assert_eq!(status["locked"], true);
    for key in ["served", "reflected", "open_step", "run", "entries"] {
        assert!(status[key].is_null(), "{key}");
    }
    assert_eq!(sandbox.ok(&["hook", "--greet"]), "");
    assert!(!sandbox.home().join("asked").exists());
    assert!(!sandbox.journal().exists());
    let plain = Sandbox::new();
    assert_eq!(plain.json(&["status"])["locked"], false);
}

#[cfg(unix)]
#[test]
fn at_a_terminal_the_key_is_typed_back_and_the_passphrase_is_asked_for_unseen() {
    let sandbox = Sandbox::new();
    sandbox.ok(&["write", "words"]);
    let mut pty = Pty::start(&sandbox, &["lock"]);
    pty.wait_for("New passphrase:");
    pty.send("four words\r");
    pty.wait_for("The same again:");
    pty.send("four  words\r");
    pty.wait_for("the two are not the same");
    pty.wait_for("New passphrase:");
    pty.send("four words\r");
    pty.wait_for("The same again:");
    pty.send("four words\r");
    pty.wait_for("Type the recovery key:");
    assert!(!sealed(&sandbox).exists() && !key_file(&sandbox).exists(), "nothing is sealed yet");
    let screen = pty.screen();
    let at = screen.find("AGE-SECRET-KEY-1").expect("shown");
    let key: String = screen[at..].chars().take_while(|c| !c.is_whitespace()).collect();
    pty.send("AGE\r");
    pty.wait_for("that is not the recovery key");
    pty.send(&format!("{}\r", key.to_lowercase()));
    pty.wait_for("the journal is locked");
    assert_eq!(pty.end(), 0);
    assert!(!pty.stream().contains("four"), "{}", pty.stream());

    let mut pty = Pty::start(&sandbox, &["write"]);
    pty.wait_for("Passphrase:");
    pty.send("wrong\r");
    pty.wait_for("if it is lost");
    pty.wait_for("Passphrase:");
    pty.send("four words\r");
    pty.wait_for("Enter on two empty lines");
    pty.send("typed words\r\r\r");
    assert_eq!(pty.end(), 0);
    let asked = pty.stream().matches("Passphrase:").count();
    assert_eq!(asked, 2, "once, and once again: {}", pty.stream());
    assert_nowhere(&sandbox, "typed words");

    let mut pty = Pty::start(&sandbox, &["show"]);
    pty.wait_for("Passphrase:");
    pty.send("\x03");
    assert_eq!(pty.end(), 130);
    let mut pty = Pty::start_shell(&sandbox, "dwell show | tail -n 3");
    pty.wait_for("Passphrase:");
    pty.send("four words\r");
    pty.wait_for("typed words");
    assert_eq!(pty.end(), 0);
}

#[test]
fn no_word_that_was_acknowledged_is_lost_while_the_journal_is_locked_and_unlocked() {
    let mut sandbox = Sandbox::new();
    sandbox.ok(&["write", "first"]);
    sandbox.set(COMMAND, "echo four words");
    let saved = std::thread::scope(|scope| {
        let sandbox = &sandbox;
        let write = |writer: usize| {
            let words = (0..6).map(|time| format!("word{writer}of{time}."));
            words.filter(|word| sandbox.run(&["write", word]).code == 0).collect::<Vec<_>>()
        };
        let writers: Vec<_> = (0..4).map(|writer| scope.spawn(move || write(writer))).collect();
        sandbox.ok(&["lock", "--yes"]);
        sandbox.ok(&["unlock"]);
        sandbox.ok(&["lock", "--yes"]);
        writers.into_iter().flat_map(|writer| writer.join().expect("ended")).collect::<Vec<_>>()
    });
    assert!(!saved.is_empty());
    let text = text(&sandbox);
    for word in &saved {
        assert!(text.contains(word.as_str()), "{word} is lost");
    }
    sandbox.ok(&["unlock"]);
    assert!(saved.iter().all(|word| self::text(&sandbox).contains(word.as_str())));
}

#[test]
fn ten_processes_that_write_to_a_locked_journal_at_once_lose_nothing() {
    let (sandbox, _) = locked();
    std::thread::scope(|scope| {
        let sandbox = &sandbox;
        for writer in 0..10 {
            scope.spawn(move || sandbox.ok(&["write", &format!("from writer {writer}.")]));
        }
    });
    let text = text(&sandbox);
    assert!((0..10).all(|writer| text.contains(&format!("from writer {writer}."))), "{text}");
}

/// The drafts and notes that are there.
fn drafts(sandbox: &Sandbox) -> Vec<String> {
    let files = fs::read_dir(sandbox.drafts()).into_iter().flatten();
    let names = files.map(|file| file.expect("listed").file_name().to_string_lossy().into_owned());
    names.collect()
}

pub fn is_sealed(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|ending| ending == "age")
}

#[test]
fn words_that_could_not_be_saved_are_in_a_sealed_draft_without_any_secret() {
    let (mut sandbox, _) = locked();
    sandbox.set(COMMAND, "");
    let ran = sandbox.run_with(&["write", "--next", "a step to take"], b"piped words");
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("your words are kept as a draft"), "{}", ran.err);
    let names = drafts(&sandbox);
    assert_eq!(names.len(), 2, "{names:?}");
    assert!(names.iter().all(|name| is_sealed(name)), "{names:?}");
    // Words on a command line that the parser refuses.
    let ran = sandbox.run(&["write", "refused words", "--next"]);
    assert!(ran.code == 2 && ran.err.contains("kept as a draft"), "{}", ran.err);
    for word in ["piped words", "a step to take", "refused words"] {
        assert_nowhere(&sandbox, word);
    }
    let ran = sandbox.run(&["write", "--resume"]);
    assert_eq!(ran.code, 3, "no key");
    sandbox.set(COMMAND, "echo four words");
    sandbox.ok(&["write", "--resume"]);
    sandbox.ok(&["write", "--resume"]);
    let entry = sandbox.json(&["show"]);
    assert_eq!(entry["step"]["text"], "a step to take");
    assert!(text(&sandbox).contains("piped words") && text(&sandbox).contains("refused words"));
    assert_eq!(drafts(&sandbox), [""; 0]);
    assert_nowhere(&sandbox, "piped words");

    // Without the public keys nothing can be sealed, and nothing is kept plain.
    sandbox.set(COMMAND, "");
    fs::remove_file(recipients(&sandbox)).expect("removed");
    let ran = sandbox.run_with(&["write"], b"words on the screen");
    assert!(ran.code == 3 && ran.err.contains("words on the screen"), "{}", ran.err);
    assert_nowhere(&sandbox, "words on the screen");
}

#[test]
fn drafts_are_locked_and_unlocked_with_their_journal() {
    let mut sandbox = Sandbox::new();
    sandbox.ok(&["write", "saved"]);
    sandbox.run(&["write", "plain draft", "--next", "plain step", "--nonsense"]);
    assert_eq!(drafts(&sandbox).len(), 2);
    sandbox.set(COMMAND, "echo four words");
    sandbox.ok(&["lock", "--yes"]);
    assert_nowhere(&sandbox, "plain draft");
    assert_nowhere(&sandbox, "plain step");
    assert!(drafts(&sandbox).iter().all(|name| is_sealed(name)));
    sandbox.ok(&["unlock"]);
    let mut names = drafts(&sandbox);
    names.sort();
    assert!(!names.iter().any(|name| is_sealed(name)), "{names:?}");
    assert_eq!(sandbox.draft_texts(), ["plain draft"]);
    sandbox.ok(&["write", "--resume"]);
    assert_eq!(text(&sandbox), "saved\n\nplain draft");
    assert_eq!(sandbox.json(&["show"])["step"]["text"], "plain step");
}

#[test]
fn a_draft_is_sealed_anew_with_a_new_key() {
    let (mut sandbox, key) = locked();
    sandbox.set(COMMAND, "");
    sandbox.run_with(&["write"], b"kept words");
    let file = sandbox.home().join("key.txt");
    fs::write(&file, key).expect("written");
    let path = file.display().to_string();
    sandbox.ok(&["passphrase", "--recovery-file", &path, "--new-command", "echo x"]);
    sandbox.set(COMMAND, "echo x");
    sandbox.ok(&["write", "--resume"]);
    assert!(text(&sandbox).contains("kept words"));
}

#[cfg(unix)]
#[test]
fn what_is_typed_is_in_a_sealed_draft_and_no_plain_byte_of_it_is_on_the_disk() {
    for screen in ["lines", "page"] {
        let (mut sandbox, _) = locked();
        sandbox.set("DWELL_SCREEN", screen);
        let mut pty = Pty::start(&sandbox, &["write"]);
        pty.wait_for_screen(if screen == "lines" { "Enter on two" } else { "Ctrl-D" });
        pty.send("typedwords one");
        pty.wait_for_screen("typedwords one");
        // Until it is kept, which is within a second.
        let sealed =
            |sandbox: &Sandbox| drafts(sandbox).iter().any(|name| name.ends_with(".md.age"));
        let began = std::time::Instant::now();
        let size = |sandbox: &Sandbox| -> u64 {
            let files = sandbox.draft_files().into_iter();
            files.map(|path| fs::metadata(path).map_or(0, |file| file.len())).sum()
        };
        while !sealed(&sandbox) || size(&sandbox) < 400 {
            assert!(began.elapsed() < crate::pty::TIMEOUT, "{:?}", drafts(&sandbox));
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        std::thread::sleep(std::time::Duration::from_millis(1500));
        assert_nowhere(&sandbox, "typedwords");
        pty.signal("KILL");
        pty.end();
        assert_nowhere(&sandbox, "typedwords");
        sandbox.ok(&["write", "--resume"]);
        assert!(text(&sandbox).contains("typedwords one"), "{screen}");
        assert_eq!(drafts(&sandbox), [""; 0]);
    }
}

/// Leaves with the `age` program itself, as the README says.
#[cfg(unix)]
#[test]
#[ignore = "needs the program age"]
fn the_real_age_opens_the_journal_by_the_passphrase_and_by_the_recovery_key() {
    let (sandbox, key) = locked();
    sandbox.ok(&["write", "a word for age"]);
    let folder = sandbox.journal().parent().expect("a folder").to_owned();
    fs::write(sandbox.home().join("recovery.txt"), format!("{key}\n")).expect("written");
    let mut pty = Pty::start_program(
        &sandbox,
        "sh",
        &["-c", &format!("cd '{}' && age -d -o ~/key.txt journal.db.key.age", folder.display())],
    );
    pty.wait_for("passphrase");
    pty.send("four words\r");
    assert_eq!(pty.end(), 0, "{}", pty.screen());
    for identity in ["key.txt", "recovery.txt"] {
        let mut age = std::process::Command::new("age");
        age.args(["-d", "-i", identity, "-o", "opened.db"]).arg(sealed(&sandbox));
        let ran = age.current_dir(sandbox.home()).output().expect("age");
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        let opened = sandbox.home().join("opened.db").display().to_string();
        let shown = sandbox.json(&["show", "--journal", &opened]);
        assert_eq!(shown["reflection"]["text"], "a word before the lock\n\na word for age");
        fs::remove_file(opened).expect("removed");
    }
    // What age itself has sealed for the journal is one too.
    let mut age = std::process::Command::new("age");
    let plain = sandbox.home().join("plain.db");
    let mut back = std::process::Command::new("age");
    back.args(["-d", "-i", "key.txt", "-o", "plain.db"]).arg(sealed(&sandbox));
    assert!(back.current_dir(sandbox.home()).status().expect("age").success());
    fs::remove_file(sealed(&sandbox)).expect("removed");
    age.arg("-R").arg(recipients(&sandbox)).arg("-o").arg(sealed(&sandbox)).arg(plain);
    assert!(age.status().expect("age").success());
    assert_eq!(text(&sandbox), "a word before the lock\n\na word for age");
}

#[cfg(unix)]
#[test]
fn an_editor_on_a_locked_journal_leaves_nothing() {
    use std::os::unix::fs::PermissionsExt;
    let (mut sandbox, _) = locked();
    let editor = sandbox.home().join("vim");
    let seen = sandbox.home().join("seen");
    let script = format!(
        "#!/bin/sh\nprintf '%s\\n' \"$@\" > '{}'\nfor file; do :; done\n\
         echo 'words from vim' > \"$file\"\n",
        seen.display()
    );
    fs::write(&editor, script).expect("written");
    fs::set_permissions(&editor, PermissionsExt::from_mode(0o755)).expect("allowed");
    let memory = sandbox.home().join("runtime");
    dwell::platform::create_private_folder(&memory).expect("made");
    sandbox.set("XDG_RUNTIME_DIR", &memory.display().to_string());
    sandbox.set("EDITOR", &format!("{} -f", editor.display()));
    sandbox.ok(&["edit"]);
    assert_eq!(text(&sandbox), "words from vim");
    let args = fs::read_to_string(&seen).expect("read");
    assert!(args.starts_with("-f\n-n\n-i\nNONE\n"), "{args}");
    assert!(args.contains(&memory.display().to_string()), "{args}");
    let left = fs::read_dir(memory.join("dwell")).expect("listed").count();
    assert_eq!(left, 0);
    fs::remove_file(&editor).expect("removed");
    assert_nowhere(&sandbox, "words from vim");
}

#[test]
fn a_backup_of_a_locked_journal_is_sealed_and_nothing_plain_is_put_beside_it() {
    let (mut sandbox, _) = locked();
    sandbox.set_now("2026-11-23T07:00:00+01:00");
    sandbox.ok(&["write", "a word of the next day"]);
    sandbox.ok(&["backup"]);
    let copy = sandbox.home().join("copy.db.age").display().to_string();
    sandbox.ok(&["backup", &copy]);
    let backups = sandbox.journal().with_file_name("backups");
    let names = fs::read_dir(&backups).expect("listed").map(|file| file.expect("listed").path());
    let names: Vec<PathBuf> = names.collect();
    assert_eq!(names.len(), 2, "{names:?}");
    assert!(names.iter().all(|path| is_sealed(&path.display().to_string())), "{names:?}");
    assert_nowhere(&sandbox, "a word before the lock");
    sandbox.ok(&["doctor"]);
    assert!(!sandbox.journal().exists());
    sandbox.ok(&["unlock"]);
    let plain = fs::read_dir(&backups).expect("listed").map(|file| file.expect("listed").path());
    let plain: Vec<PathBuf> = plain.collect();
    assert!(plain.len() == 2 && !plain.iter().any(|path| is_sealed(&path.display().to_string())));
    sandbox.ok(&["doctor"]);
}
