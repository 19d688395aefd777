//! `dwell remind`, beside programs that stand for those of a system: they note how they were called,
//! and keep what they were given.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Command;

use dwell::platform::create_private_folder;

use crate::sandbox::{Run, Sandbox, has_program};

/// A crontab that is a file.
const CRONTAB: &str = "case $1 in
-l) if [ -e table ]; then /bin/cat table; else echo 'no crontab for you' >&2; exit 1; fi ;;
-r) /bin/rm table ;;
-) /bin/cat > table ;;
*) exit 2 ;;
esac";

/// A manager of a person's units, which makes and removes the link of a timer.
const SYSTEMCTL: &str = "echo \"$*\" >> systemctl.log
units=${XDG_CONFIG_HOME-$HOME/.config}/systemd/user
case $2 in
enable) /bin/mkdir -p \"$units/timers.target.wants\"
    /bin/ln -sf \"$units/$3\" \"$units/timers.target.wants/$3\" ;;
disable) /bin/rm -f \"$units/timers.target.wants/$4\" ;;
esac";

const NOTIFY_SEND: &str = "for word; do echo \"$word\" >> notified; done";

/// A home whose `PATH` has only these programs.
fn home(programs: &[(&str, &str)]) -> Sandbox {
    let mut home = Sandbox::new();
    let bin = home.home().join("bin");
    fs::create_dir(&bin).expect("made");
    for (name, script) in programs {
        let path = bin.join(name);
        // Programs are run in any folder; what they keep is in the home.
        fs::write(&path, format!("#!/bin/sh\ncd \"$HOME\"\n{script}\n")).expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("set");
    }
    home.set("PATH", &bin.display().to_string());
    home
}

fn read(home: &Sandbox, name: &str) -> String {
    fs::read_to_string(home.home().join(name)).unwrap_or_default()
}

fn unit(home: &Sandbox, name: &str) -> PathBuf {
    home.home().join(".config/systemd/user").join(name)
}

/// Runs what stands in the crontab as cron does: with a shell, and with hardly any variables.
fn run_as_cron(home: &Sandbox, now: &str) -> Run {
    let table = read(home, "table");
    let line = table.lines().find(|line| line.contains("--notify")).expect("a line");
    let command = line.splitn(6, ' ').last().expect("a command").replace("\\%", "%");
    let mut cron = Command::new("/bin/sh");
    cron.args(["-c", &command]).env_clear().current_dir("/");
    cron.env("HOME", home.home()).env("PATH", home.home().join("bin")).env("DWELL_NOW", now);
    cron.output().expect("started").into()
}

const EVENING: &str = "2026-11-22T20:30:10+01:00";

#[test]
fn a_timer_of_systemd_is_set_up_and_changed_and_taken_away() {
    let programs = [("systemctl", SYSTEMCTL), ("crontab", CRONTAB), ("notify-send", NOTIFY_SEND)];
    let home = home(&programs);
    let ran = home.run(&["remind"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(ran.err.contains("hint: dwell remind 20:30"), "{}", ran.err);
    let ran = home.run(&["remind", "20:30"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let files = ["dwell-remind.service", "dwell-remind.timer"];
    for file in files {
        assert!(ran.err.contains(&format!("wrote {}", unit(&home, file).display())), "{}", ran.err);
    }
    assert!(ran.err.contains("timers.target.wants/dwell-remind.timer"), "{}", ran.err);
    let timer = fs::read_to_string(unit(&home, files[1])).expect("written");
    assert!(timer.contains("\nOnCalendar=*-*-* 20:30:00\n"), "{timer}");
    let log = read(&home, "systemctl.log");
    assert!(log.contains("--user daemon-reload\n--user enable dwell-remind.timer\n"), "{log}");
    assert!(home.ok(&["remind"]).contains("each day at 20:30, by systemd: "));
    home.ok(&["remind", "8:05"]);
    let timer = fs::read_to_string(unit(&home, files[1])).expect("written");
    assert!(timer.contains("\nOnCalendar=*-*-* 08:05:00\n"), "{timer}");
    assert!(read(&home, "systemctl.log").ends_with("--user restart dwell-remind.timer\n"));
    let shown = home.json(&["remind"]);
    assert_eq!(shown["time"], "08:05");
    assert_eq!(shown["place"], unit(&home, files[1]).display().to_string());
    let ran = home.run(&["remind", "--off"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for file in
        ["dwell-remind.service", "dwell-remind.timer", "timers.target.wants/dwell-remind.timer"]
    {
        let path = unit(&home, file);
        assert!(ran.err.contains(&format!("removed {}", path.display())), "{}", ran.err);
        assert!(fs::symlink_metadata(&path).is_err(), "{file} is left");
    }
    assert_eq!(home.run(&["remind", "--off"]).code, 1);
    assert_eq!(read(&home, "table"), "", "cron was not used");
}

#[test]
fn what_systemd_cannot_start_is_not_left_behind() {
    let failing = "case $2 in enable) echo 'Failed to enable' >&2; exit 1;; esac";
    let home = home(&[("systemctl", failing)]);
    let ran = home.run(&["remind", "20:30"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("Failed to enable"), "{}", ran.err);
    assert!(!unit(&home, "dwell-remind.timer").exists());
    assert!(!unit(&home, "dwell-remind.service").exists());
}

#[test]
fn a_unit_that_somebody_else_made_is_left_alone() {
    let home = home(&[("systemctl", SYSTEMCTL)]);
    let timer = unit(&home, "dwell-remind.timer");
    create_private_folder(timer.parent().expect("a folder")).expect("made");
    fs::write(&timer, "[Timer]\n").expect("written");
    let ran = home.run(&["remind", "20:30"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("was not made by dwell"), "{}", ran.err);
    assert_eq!(fs::read_to_string(&timer).expect("read"), "[Timer]\n");
    assert!(!unit(&home, "dwell-remind.service").exists());
    assert_eq!(home.run(&["remind", "--off"]).code, 1);
}

#[test]
fn a_line_of_cron_is_one_among_others_which_stay_to_the_byte() {
    let failing = "echo 'Failed to connect to bus' >&2; exit 1";
    let home = home(&[("systemctl", failing), ("crontab", CRONTAB), ("notify-send", NOTIFY_SEND)]);
    let others = b"# caf\xe9\r\nMAILTO=\"\"\n\n0 1 * * *\ttrue\n".to_vec();
    fs::write(home.home().join("table"), &others).expect("written");
    home.ok(&["remind", "20:30"]);
    home.ok(&["remind", "21:45"]);
    let table = fs::read(home.home().join("table")).expect("read");
    let line = table.strip_prefix(others.as_slice()).expect("kept");
    let line = String::from_utf8(line.to_vec()).expect("UTF-8");
    assert!(line.starts_with("45 21 * * * /"), "{line}");
    assert_eq!(line.lines().count(), 1, "{line}");
    assert_eq!(home.json(&["remind"])["time"], "21:45");
    let ran = home.run(&["remind", "--off"]);
    assert!(ran.err.contains("removed from the crontab: 45 21"), "{}", ran.err);
    assert_eq!(fs::read(home.home().join("table")).expect("read"), others);
}

#[test]
fn a_crontab_that_was_not_there_is_gone_again_and_one_that_cannot_be_read_is_not_written() {
    let home = home(&[("crontab", CRONTAB)]);
    home.ok(&["remind", "20:30"]);
    home.ok(&["remind", "--off"]);
    assert!(!home.home().join("table").exists());
    let refusing =
        "case $1 in -l) echo 'you are not allowed' >&2; exit 1;; *) echo x > table;; esac";
    fs::write(home.home().join("bin/crontab"), format!("#!/bin/sh\ncd \"$HOME\"\n{refusing}\n"))
        .expect("written");
    assert_eq!(home.run(&["remind", "20:30"]).code, 2);
    assert!(!home.home().join("table").exists());
}

#[test]
fn where_nothing_runs_a_program_each_day_the_person_is_told_the_command() {
    let home = home(&[]);
    let ran = home.run(&["remind", "20:30"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("no reminder can be set up"), "{}", ran.err);
    assert!(ran.err.contains("--quiet remind --notify 20:30"), "{}", ran.err);
    let ran = home.run(&["remind", "8pm"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("a time of day is 20:30"), "{}", ran.err);
}

#[test]
fn an_agent_of_launchd_comes_first_where_there_is_one() {
    let launchctl = "echo \"$*\" >> launchctl.log";
    let home = home(&[("launchctl", launchctl), ("crontab", CRONTAB), ("osascript", NOTIFY_SEND)]);
    let plist = home.home().join("Library/LaunchAgents/dwell.remind.plist");
    let ran = home.run(&["remind", "20:30"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains(&format!("wrote {}", plist.display())), "{}", ran.err);
    let agent = fs::read_to_string(&plist).expect("written");
    assert!(agent.contains("<key>Hour</key><integer>20</integer>"), "{agent}");
    assert!(agent.contains("<key>Minute</key><integer>30</integer>"), "{agent}");
    assert!(read(&home, "launchctl.log").contains("bootstrap gui/"));
    assert_eq!(home.json(&["remind"])["by"], "launchd");
    home.ok(&["remind", "--off"]);
    assert!(!plist.exists());
    assert!(
        read(&home, "launchctl.log").lines().last().expect("a line").starts_with("bootout gui/")
    );
}

#[test]
fn another_scheduler_takes_the_place_of_the_one_before() {
    let home = home(&[("crontab", CRONTAB)]);
    home.ok(&["remind", "20:30"]);
    fs::write(home.home().join("bin/systemctl"), format!("#!/bin/sh\ncd \"$HOME\"\n{SYSTEMCTL}\n"))
        .expect("written");
    fs::set_permissions(home.home().join("bin/systemctl"), fs::Permissions::from_mode(0o755))
        .expect("set");
    home.ok(&["remind", "21:00"]);
    assert_eq!(home.json_lines(&["remind"]).len(), 1);
    assert_eq!(home.json(&["remind"])["by"], "systemd");
    assert_eq!(read(&home, "table"), "");
}

#[test]
fn what_runs_at_the_time_notifies_if_the_day_has_no_words() {
    let home = home(&[("crontab", CRONTAB), ("notify-send", NOTIFY_SEND)]);
    home.ok(&["write", "--next", "a secret step", "a secret"]);
    home.ok(&["remind", "20:30"]);
    let notified = |now: &str| {
        let _ = fs::remove_file(home.home().join("notified"));
        let ran = run_as_cron(&home, now);
        assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "", ""), "{now}");
        read(&home, "notified")
    };
    assert_eq!(notified(EVENING), "", "the day has words");
    let told = notified("2026-11-23T20:30:10+01:00");
    assert!(told.ends_with("dwell\nToday has no words yet.\n"), "{told}");
    assert_eq!(notified("2026-11-23T08:00:00+01:00"), "", "a timer of the day before");
    assert_ne!(notified("2026-11-24T01:00:00+01:00"), "", "the day goes on");
    home.ok(&["rest", "2026-11-23"]);
    assert_eq!(notified("2026-11-23T20:30:10+01:00"), "", "a day of rest");
}

#[test]
fn a_locked_journal_in_which_something_was_saved_today_needs_no_notification() {
    let programs = [("crontab", CRONTAB), ("notify-send", NOTIFY_SEND), ("phrase", "echo phrase")];
    let mut home = home(&programs);
    home.ok(&["write", "a secret"]);
    home.ok(&["remind", "20:30"]);
    home.set("DWELL_PASSPHRASE_COMMAND", "phrase");
    home.ok(&["lock", "--yes"]);
    let sealed = fs::File::options().write(true).open(home.journal().with_extension("db.age"));
    let sealed = sealed.expect("opened");
    let notifies = |saved: &str| {
        let saved = chrono::DateTime::parse_from_rfc3339(saved).expect("a time");
        sealed.set_modified(saved.into()).expect("changed");
        let _ = fs::remove_file(home.home().join("notified"));
        assert_eq!(run_as_cron(&home, EVENING).code, 0);
        !read(&home, "notified").is_empty()
    };
    assert!(notifies("2026-11-22T03:59:00+01:00"), "the day before goes on until four");
    assert!(!notifies("2026-11-22T04:00:00+01:00"));
}

#[test]
fn the_command_has_all_that_it_needs_whatever_is_in_a_path() {
    let mut home = home(&[("crontab", CRONTAB), ("notify-send", NOTIFY_SEND)]);
    let odd = "100% it's \"odd\" $HOME";
    let data = home.home().join("data").join(odd);
    home.set("XDG_DATA_HOME", &data.display().to_string());
    home.ok(&["write", "words"]);
    home.ok(&["remind", "20:30"]);
    assert_eq!(run_as_cron(&home, EVENING).err, "");
    assert_eq!(read(&home, "notified"), "", "it has found the journal");
    let journal = home.home().join(odd).join("journal.db");
    home.set("DWELL_JOURNAL", &journal.display().to_string());
    home.ok(&["remind", "20:30"]);
    assert_eq!(run_as_cron(&home, EVENING).err, "");
    assert_ne!(read(&home, "notified"), "", "this one has no words");
    home.set("DWELL_JOURNAL", "/a\nb/journal.db");
    let ran = home.run(&["remind", "20:30"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("cannot be named in a timer or a crontab"), "{}", ran.err);
}

#[test]
fn a_machine_without_a_program_that_notifies_is_told_at_once() {
    let home = home(&[("crontab", CRONTAB)]);
    let ran = home.run(&["remind", "20:30"]);
    assert_eq!(ran.code, 0);
    assert!(ran.err.contains("notify-send is not installed"), "{}", ran.err);
    let ran = run_as_cron(&home, EVENING);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("hint: install libnotify"), "{}", ran.err);
}

#[test]
fn systemd_itself_takes_the_units_with_any_path() {
    if !has_program("systemd-analyze") {
        return;
    }
    let mut home = home(&[("systemctl", SYSTEMCTL), ("notify-send", NOTIFY_SEND)]);
    let odd = home.home().join("100% it's \"odd\" $HOME \\n").display().to_string();
    home.set("XDG_DATA_HOME", &odd);
    home.set("DWELL_JOURNAL", &format!("{odd}/journal.db"));
    home.ok(&["remind", "20:30"]);
    let units = ["dwell-remind.service", "dwell-remind.timer"].map(|name| unit(&home, name));
    let ran = Command::new("systemd-analyze").args(["verify", "--man=no"]).args(&units).output();
    let ran = ran.expect("started");
    let told = String::from_utf8_lossy(&ran.stderr);
    let about_ours: Vec<&str> = told.lines().filter(|line| line.contains("dwell")).collect();
    assert!(about_ours.is_empty(), "{told}");
}
