//! The code of `dwell hook` in real shells, each in a terminal with a start file of its own: a person
//! sees today's lesson once, and nothing else ever.

use std::fs;
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use dwell::platform::create_private_folder;

use crate::pty::Pty;
use crate::sandbox::{Run, Sandbox, has_program};

const TITLE: &str = "Don't put all your eggs in one basket";

/// A shell with its start file, the line that goes into it, and how it is started.
struct Shell {
    name: &'static str,
    start_file: &'static str,
    line: &'static str,
    args: &'static [&'static str],
    /// What makes the prompt say `ready`.
    prompt: &'static str,
}

const SHELLS: [Shell; 3] = [
    Shell {
        name: "bash",
        start_file: ".bashrc",
        line: "eval \"$(dwell hook bash 2> /dev/null)\"",
        args: &["-i"],
        prompt: "PS1='ready $? '",
    },
    Shell {
        name: "zsh",
        start_file: ".zshrc",
        line: "eval \"$(dwell hook zsh 2> /dev/null)\"",
        args: &["-i"],
        prompt: "PS1='ready %? '",
    },
    Shell {
        name: "fish",
        start_file: ".config/fish/config.fish",
        line: "command -q dwell; and dwell hook fish | source",
        args: &["-i"],
        prompt: "function fish_prompt; echo -n \"ready $status \"; end; set -g fish_greeting",
    },
];

/// The shells that are installed. The others are named as left out.
fn shells() -> impl Iterator<Item = &'static Shell> {
    SHELLS.iter().filter(|shell| has_program(shell.name))
}

/// A home in which `dwell` is on the `PATH`, and each of its runs is noted in a file.
fn home() -> Sandbox {
    let mut home = Sandbox::new();
    let bin = home.home().join("bin");
    fs::create_dir(&bin).expect("made");
    symlink(env!("CARGO_BIN_EXE_dwell"), bin.join("the-real-dwell")).expect("linked");
    let runs = home.home().join("runs");
    let script = format!(
        "#!/bin/sh\necho \"$*\" >> '{}'\nexec '{}/the-real-dwell' \"$@\"\n",
        runs.display(),
        bin.display()
    );
    fs::write(bin.join("dwell"), script).expect("written");
    fs::set_permissions(bin.join("dwell"), fs::Permissions::from_mode(0o755)).expect("set");
    home.set("PATH", &format!("{}:/usr/local/bin:/usr/bin:/bin", bin.display()));
    home
}

/// The runs of dwell so far.
fn runs(home: &Sandbox) -> Vec<String> {
    let runs = fs::read_to_string(home.home().join("runs")).unwrap_or_default();
    runs.lines().map(str::to_owned).collect()
}

fn forget_runs(home: &Sandbox) {
    let _ = fs::remove_file(home.home().join("runs"));
}

impl Shell {
    /// Writes the start file, with these lines before and after the one of dwell.
    fn write_start_file(&self, home: &Sandbox, before: &str, after: &str) {
        let path = home.home().join(self.start_file);
        create_private_folder(path.parent().expect("a folder")).expect("made");
        let Self { line, prompt, .. } = self;
        fs::write(path, format!("{prompt}\n{before}\n{line}\n{after}\n")).expect("written");
    }

    /// Starts the shell in a terminal, leaves it at its first prompt, and returns all that it wrote.
    #[track_caller]
    fn first_screen(&self, home: &Sandbox) -> String {
        let mut pty = Pty::start_program(home, self.name, self.args);
        pty.wait_for_screen("ready ");
        pty.send("exit\r");
        pty.end();
        pty.screen()
    }

    /// Runs the shell with these bytes on its standard input, which is a pipe, as are its outputs.
    fn piped(&self, home: &Sandbox, args: &[&str], input: &[u8]) -> Run {
        let mut command = Command::new(self.name);
        command.args(args).env_clear().envs(home.environment()).current_dir(home.home());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("started");
        let _ = child.stdin.take().expect("piped").write_all(input);
        child.wait_with_output().expect("ended").into()
    }
}

fn is_served(home: &Sandbox) -> bool {
    home.json(&["status"])["served"] == true
}

#[test]
fn the_first_shell_of_a_day_shows_the_lesson_and_the_others_are_silent() {
    for shell in shells() {
        let mut home = home();
        shell.write_start_file(&home, "", "");
        let first = shell.first_screen(&home);
        assert!(first.contains(TITLE), "{}: {first}", shell.name);
        assert!(first.contains("ready 0 "), "{}: {first}", shell.name);
        forget_runs(&home);
        let second = shell.first_screen(&home);
        assert!(second.starts_with("ready 0 "), "{}: {second}", shell.name);
        let wanted = [format!("hook {}", shell.name)];
        assert_eq!(runs(&home), wanted, "no other process is started");
        home.set_now("2026-11-23T08:00:00+01:00");
        assert!(shell.first_screen(&home).contains("Monday 23 November"), "{}", shell.name);
    }
}

#[test]
fn a_line_that_stands_twice_in_the_start_file_does_the_same_as_once() {
    for shell in shells() {
        let home = home();
        shell.write_start_file(&home, shell.line, shell.line);
        let first = shell.first_screen(&home);
        assert_eq!(first.matches(TITLE).count(), 1, "{}: {first}", shell.name);
        let greetings = runs(&home).iter().filter(|run| *run == "hook --greet").count();
        assert_eq!(greetings, 1, "{}", shell.name);
    }
}

#[test]
fn a_shell_over_a_pipe_says_nothing_and_serves_nothing() {
    for shell in shells() {
        let home = home();
        shell.write_start_file(&home, "", "");
        for args in [shell.args, &["-i", "-c", "echo done"], &["-c", "echo done"]] {
            let ran = shell.piped(&home, args, b"exit\n");
            assert!(!ran.out.contains(TITLE), "{} {args:?}: {}", shell.name, ran.out);
            assert!(!ran.err.contains("dwell"), "{} {args:?}: {}", shell.name, ran.err);
        }
        assert!(!is_served(&home), "{}", shell.name);
    }
}

#[test]
fn a_shell_that_runs_one_command_at_a_terminal_says_nothing() {
    for shell in shells() {
        let home = home();
        shell.write_start_file(&home, "", "");
        for args in [&["-i", "-c", "echo done"][..], &["-c", "echo done"]] {
            let mut pty = Pty::start_program(&home, shell.name, args);
            assert_eq!(pty.end(), 0);
            assert_eq!(pty.screen(), "done", "{} {args:?}", shell.name);
        }
        assert!(!is_served(&home), "{}", shell.name);
    }
}

#[test]
fn a_script_that_reads_the_start_file_says_nothing() {
    let mut home = home();
    SHELLS[0].write_start_file(&home, "", "");
    let start_file = home.home().join(".bashrc").display().to_string();
    home.set("BASH_ENV", &start_file);
    let script = home.home().join("script");
    fs::write(&script, "echo done\n").expect("written");
    let script = script.display().to_string();
    let mut pty = Pty::start_program(&home, "bash", &[&script]);
    assert_eq!(pty.end(), 0);
    assert_eq!(pty.screen(), "done");
    assert!(!is_served(&home));
}

#[test]
fn a_dumb_terminal_is_left_alone() {
    for shell in shells() {
        let mut home = home();
        home.set("TERM", "dumb");
        shell.write_start_file(&home, "", "");
        let screen = shell.first_screen(&home);
        assert!(!screen.contains(TITLE), "{}: {screen}", shell.name);
        home.set("TERM", "xterm-256color");
        assert!(!is_served(&home), "{}", shell.name);
    }
}

#[test]
fn a_shell_starts_as_before_where_there_is_no_dwell_any_more() {
    for shell in shells() {
        let home = home();
        // The line, and the code in a file.
        let saved = home.home().join("saved");
        fs::write(&saved, home.ok(&["hook", shell.name])).expect("written");
        shell.write_start_file(&home, "", &format!("source {}", saved.display()));
        fs::remove_file(home.home().join("bin/dwell")).expect("removed");
        let screen = shell.first_screen(&home);
        assert!(screen.starts_with("ready 0 "), "{}: {screen}", shell.name);
    }
}

#[test]
fn strict_options_of_a_shell_do_not_stop_it_and_stay_as_they_are() {
    for (shell, options) in SHELLS[..2].iter().zip(["$-", "$-"]) {
        if !has_program(shell.name) {
            continue;
        }
        let home = home();
        let before = format!("set -eu\nbefore={options}");
        let after = format!("after={options}\nset +eu\necho \"[$before] [$after]\"");
        shell.write_start_file(&home, &before, &after);
        for is_first in [true, false] {
            let screen = shell.first_screen(&home);
            assert_eq!(screen.contains(TITLE), is_first, "{}: {screen}", shell.name);
            let line = screen.lines().find(|line| line.starts_with('[')).expect("shown");
            let (before, after) = line.split_once("] [").expect("both");
            assert_eq!(before.trim_start_matches('['), after.trim_end_matches(']'));
            assert!(before.contains('e') && before.contains('u'), "{line}");
        }
    }
}

#[test]
fn the_code_keeps_the_exit_status_and_leaves_no_other_name_behind() {
    for (shell, names) in SHELLS.iter().zip([
        "{ compgen -v; compgen -A function; }",
        "print -l ${(k)parameters} ${(k)functions}",
        "begin; set --names; functions --all --names; end",
    ]) {
        if !has_program(shell.name) {
            continue;
        }
        let home = home();
        let saved = home.home().join("saved").display().to_string();
        fs::write(&saved, home.ok(&["hook", shell.name])).expect("written");
        let list = |name: &str| format!("{names} > {}", home.home().join(name).display());
        let path = home.home().join(shell.start_file);
        create_private_folder(path.parent().expect("a folder")).expect("made");
        let status = if shell.name == "fish" { "$status" } else { "$?" };
        let before = list("before");
        let text = format!(
            "{}\n{before}\nsh -c 'exit 3'\nsource {saved}\necho \"left {status}\"\n",
            shell.prompt
        );
        fs::write(path, text).expect("written");
        let mut pty = Pty::start_program(&home, shell.name, shell.args);
        pty.wait_for_screen("ready ");
        pty.send(&format!("{}; exit\r", list("after")));
        pty.end();
        assert!(pty.screen().contains("left 3"), "{}: {}", shell.name, pty.screen());
        let read = |name: &str| fs::read_to_string(home.home().join(name)).expect("read");
        let before = read("before");
        let known: Vec<&str> = before.lines().collect();
        let after = read("after");
        let new = after.lines().filter(|name| !known.contains(name));
        // Variables of the shell itself, which change at its prompt.
        let own = new.filter(|name| name.contains("dwell") || name.contains("clap"));
        for name in own {
            let is_prefixed = name.starts_with("__dwell_") || name.starts_with("_clap_");
            assert!(is_prefixed, "{}: {name}", shell.name);
        }
        let unprefixed = ["dwell_status", "shell", "ret", "line"];
        assert!(!after.lines().any(|name| unprefixed.contains(&name)), "{}", shell.name);
    }
}

#[test]
fn tab_completes_commands_of_dwell() {
    for shell in shells() {
        let home = home();
        let compinit =
            if shell.name == "zsh" { "autoload -Uz compinit; compinit -u -D" } else { "" };
        shell.write_start_file(&home, compinit, "");
        let mut pty = Pty::start_program(&home, shell.name, shell.args);
        pty.wait_for_screen("ready ");
        pty.send("dwell afterth\t");
        pty.wait_for_screen("dwell afterthought");
        // Ctrl-U takes the line away.
        pty.send("\u{15}exit\r");
        pty.end();
    }
}

/// The greeting alone, in a terminal. Returns what it showed.
#[track_caller]
fn greet(home: &Sandbox) -> String {
    let mut pty = Pty::start(home, &["hook", "--greet"]);
    assert_eq!(pty.end(), 0, "{}", pty.screen());
    pty.stream()
}

#[test]
fn sixteen_shells_at_once_show_the_lesson_once() {
    let mut home = Sandbox::new();
    home.ok(&["write", "words"]);
    home.set_now("2026-11-23T08:00:00+01:00");
    let mut shells: Vec<Pty> = (0..16).map(|_| Pty::start(&home, &["hook", "--greet"])).collect();
    let mut shown = 0;
    for shell in &mut shells {
        assert_eq!(shell.end(), 0);
        let stream = shell.stream();
        assert!(stream.is_empty() || stream.contains("Monday 23 November"), "{stream}");
        shown += usize::from(!stream.is_empty());
    }
    // On a machine with much else to do, each of them may give up; the next one does not.
    shown += usize::from(!greet(&home).is_empty());
    assert_eq!(shown, 1);
    assert_eq!(home.json_lines(&["log"]).len(), 2);
}

#[test]
fn a_locked_journal_is_not_waited_for_and_the_next_shell_greets() {
    let mut home = Sandbox::new();
    home.ok(&["write", "words"]);
    home.set_now("2026-11-23T08:00:00+01:00");
    let other = rusqlite::Connection::open(home.journal()).expect("opened");
    for lock in ["BEGIN EXCLUSIVE", "BEGIN IMMEDIATE", "BEGIN; SELECT count(*) FROM fact"] {
        other.execute_batch(lock).expect("locked");
        let began = Instant::now();
        assert_eq!(greet(&home), "", "{lock}");
        // Every other command waits five seconds.
        assert!(began.elapsed() < Duration::from_secs(4), "{lock}: {:?}", began.elapsed());
        other.execute_batch("ROLLBACK").expect("unlocked");
    }
    assert!(greet(&home).contains("Monday 23 November"));
    assert_eq!(greet(&home), "");
}

#[test]
fn whatever_is_wrong_a_shell_is_told_nothing() {
    let broken = |what: &str, change: &dyn Fn(&mut Sandbox)| {
        let mut home = Sandbox::new();
        home.ok(&["write", "words"]);
        home.set_now("2026-11-23T08:00:00+01:00");
        change(&mut home);
        assert_eq!(greet(&home), "", "{what}");
    };
    let pragma = |home: &Sandbox, pragma: &str| {
        let journal = rusqlite::Connection::open(home.journal()).expect("opened");
        journal.execute_batch(&format!("PRAGMA {pragma}")).expect("changed");
    };
    broken("an empty journal", &|home| fs::write(home.journal(), "").expect("written"));
    broken("no journal", &|home| fs::write(home.journal(), "x".repeat(5000)).expect("written"));
    broken("a newer journal", &|home| pragma(home, "user_version = 9001"));
    broken("a damaged journal", &|home| {
        let mut bytes = fs::read(home.journal()).expect("read");
        bytes[4096..].fill(0xa5);
        fs::write(home.journal(), bytes).expect("written");
    });
    broken("no folder for a journal", &|home| home.set("DWELL_JOURNAL", "/proc/none/journal.db"));
    broken("a mistake in the settings", &|home| home.set("DWELL_ORDER", "random"));
    broken("a mistake in the file", &|home| {
        let folder = home.home().join(".config/dwell");
        create_private_folder(&folder).expect("made");
        fs::write(folder.join("config.toml"), "order = ").expect("written");
    });
    broken("no clock", &|home| home.set("TZ", "Nowhere/Here"));
    broken("no home", &|home| home.set("HOME", "here"));
}

#[test]
fn a_full_disk_is_no_matter_for_a_shell() {
    let mut home = Sandbox::new();
    home.ok(&["write", "words"]);
    home.set_now("2026-11-23T08:00:00+01:00");
    let mut pty = Pty::start_shell(&home, "ulimit -f 0; dwell hook --greet; echo \"code $?\"");
    assert_eq!(pty.end(), 0);
    assert_eq!(pty.screen(), "code 0");
    assert!(greet(&home).contains("Monday 23 November"), "it was not served unseen");
}

#[test]
fn a_lesson_is_not_served_where_nobody_sees_it() {
    let home = Sandbox::new();
    assert_eq!(home.ok(&["hook", "--greet"]), "");
    assert!(!is_served(&home));
    assert!(!home.journal().exists());
}

#[test]
fn a_journal_that_is_begun_where_one_was_expected_is_told() {
    let mut home = Sandbox::new();
    let journal = home.home().join("away/journal.db");
    home.set("DWELL_JOURNAL", &journal.display().to_string());
    let mut pty = Pty::start(&home, &["hook", "--greet"]);
    assert_eq!(pty.end(), 0);
    let shown = pty.screen();
    assert!(shown.contains(TITLE), "{shown}");
    let words = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("so a new one was begun"), "{shown}");
    assert_eq!(greet(&home), "");
}

#[test]
fn a_journal_of_older_tables_is_greeted_from_and_a_large_one_waits() {
    let mut home = Sandbox::new();
    home.ok(&["write", "words"]);
    home.set_now("2026-11-23T08:00:00+01:00");
    let change = |sql: &str| {
        let journal = rusqlite::Connection::open(home.journal()).expect("opened");
        journal.execute_batch(sql).expect("changed");
    };
    change(
        "PRAGMA user_version = 3001; CREATE TABLE big (x); INSERT INTO big VALUES (zeroblob(9000000))",
    );
    assert_eq!(greet(&home), "");
    change("DROP TABLE big; VACUUM");
    assert!(greet(&home).contains("Monday 23 November"));
}

#[test]
fn the_code_in_a_file_runs_one_process_in_each_shell() {
    for shell in shells() {
        let home = home();
        home.ok(&["today"]);
        // Piped, so that the line of this very process stands before it.
        let saved = home.home().join("saved");
        fs::write(&saved, home.ok(&["hook", shell.name])).expect("written");
        shell.write_start_file(&home, "", "");
        let start_file = home.home().join(shell.start_file);
        let text = fs::read_to_string(&start_file).expect("read");
        let line = format!("source {}", saved.display());
        fs::write(&start_file, text.replace(shell.line, &line)).expect("written");
        assert!(shell.first_screen(&home).starts_with("ready 0 "), "{}", shell.name);
        assert_eq!(runs(&home), ["hook --greet"], "{}", shell.name);
    }
}

#[test]
fn the_code_is_the_same_at_any_time_and_for_any_journal() {
    for shell in ["bash", "fish", "nushell", "powershell", "zsh"] {
        let home = Sandbox::new();
        let code = home.ok(&["hook", shell]);
        assert_eq!(code.matches("hook --greet").count(), 1);
        // Also by the parser, which takes the arguments in any order.
        assert_eq!(home.ok(&["--quiet", "hook", shell]), code);
        home.ok(&["today"]);
        let line = home.ok(&["hook", shell]);
        let line = line.strip_suffix(&code).expect("the same code");
        let parent = std::process::id().to_string();
        assert_eq!(line.is_empty(), shell == "nushell", "{line}");
        assert!(line.is_empty() || line.contains("__dwell_done_in"), "{line}");
        let mut numbers = line.split(|c: char| !c.is_ascii_digit());
        assert!(line.is_empty() || numbers.any(|number| number == parent), "{line}");
        assert!(line.lines().count() <= 1, "{line}");
        // In a file there is no shell to tell anything.
        let file = fs::File::create_new(home.home().join("code")).expect("made");
        let ran = home.command(&["hook", shell]).stdout(file).status().expect("started");
        assert!(ran.success());
        assert_eq!(fs::read_to_string(home.home().join("code")).expect("read"), code);
    }
    let home = Sandbox::new();
    let ran = home.run(&["hook", "tcsh"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("bash"), "{}", ran.err);
    assert_eq!(home.run(&["hook"]).code, 2);
}
