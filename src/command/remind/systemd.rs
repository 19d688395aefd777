//! A timer of systemd's user manager, and the service that it starts.
//!
//! The timer fires when the machine wakes after the time; the command itself sees that a new day has
//! begun meanwhile.

use std::fs;
use std::path::PathBuf;

use crate::command::Context;
use crate::command::error::Result;
use crate::command::remind::job::Job;
use crate::command::remind::own_file::{self, MARK, own_text};
use crate::command::remind::program::{require, run};
use crate::messages::remind as words;
use crate::messages::remind::Change;

const TIMER: &str = "dwell-remind.timer";
const SERVICE: &str = "dwell-remind.service";
const PROGRAM: &str = "systemctl";

/// Whether the manager of this person runs and can be reached.
pub(super) fn is_there() -> bool {
    let asked = run(PROGRAM, &["--user", "show", "--property=Version"], b"");
    asked.is_ok_and(|ran| ran.is_some_and(|ran| ran.succeeded))
}

pub(super) fn find(context: &Context) -> Option<(String, String)> {
    let timer = folder(context).join(TIMER);
    own_text(&timer)?;
    let service = own_text(&folder(context).join(SERVICE)).unwrap_or_default();
    Some((service, timer.display().to_string()))
}

pub(super) fn set(job: &Job, context: &Context) -> Result<Vec<Change>> {
    let was_there = find(context).is_some();
    let mut changes = vec![own_file::write(&folder(context).join(SERVICE), &service(job))?];
    let started = own_file::write(&folder(context).join(TIMER), &timer(job)).and_then(|change| {
        changes.push(change);
        require(PROGRAM, &["--user", "daemon-reload"], b"")?;
        require(PROGRAM, &["--user", "enable", TIMER], b"")?;
        // A timer that runs already takes its new time.
        require(PROGRAM, &["--user", "restart", TIMER], b"")
    });
    if let Err(error) = started {
        if !was_there {
            let _ = remove(context);
        }
        return Err(error);
    }
    let link = link(context);
    if !was_there && fs::symlink_metadata(&link).is_ok() {
        changes.push(Change::Wrote(link.display().to_string()));
    }
    Ok(changes)
}

pub(super) fn remove(context: &Context) -> Result<Vec<Change>> {
    let link = link(context);
    let was_linked = fs::symlink_metadata(&link).is_ok();
    // Without a session there is nothing to stop.
    let _ = run(PROGRAM, &["--user", "disable", "--now", TIMER], b"");
    if fs::symlink_metadata(&link).is_ok_and(|link| link.is_symlink()) {
        let _ = fs::remove_file(&link);
    }
    let mut changes = Vec::new();
    for file in [TIMER, SERVICE] {
        changes.extend(own_file::remove(&folder(context).join(file))?);
    }
    if was_linked && fs::symlink_metadata(&link).is_err() {
        changes.push(Change::Removed(link.display().to_string()));
    }
    let _ = run(PROGRAM, &["--user", "daemon-reload"], b"");
    Ok(changes)
}

/// Where a person's own units are.
fn folder(context: &Context) -> PathBuf {
    context.config.folder.join("systemd").join("user")
}

/// The link by which the timer starts with the session. systemctl makes and removes it.
fn link(context: &Context) -> PathBuf {
    folder(context).join("timers.target.wants").join(TIMER)
}

fn timer(job: &Job) -> String {
    let (what, time) = (words::DESCRIPTION, job.time);
    format!(
        "# {MARK}\n[Unit]\nDescription={what}\n\n[Timer]\nOnCalendar=*-*-* {time}:00\n\n\
         [Install]\nWantedBy=timers.target\n"
    )
}

fn service(job: &Job) -> String {
    let variables = job.variables.iter();
    let variables = variables
        .map(|(name, value)| format!("Environment={}\n", quoted(&format!("{name}={value}"))))
        .collect::<Vec<_>>()
        .concat();
    // In an argument a dollar begins a variable; in the path of the program it does not.
    let arguments = job.arguments.iter().map(|word| quoted(&word.replace('$', "$$")));
    let command: Vec<String> = std::iter::once(quoted(&job.program)).chain(arguments).collect();
    format!(
        "# {MARK}\n[Unit]\nDescription={}\n\n[Service]\nType=oneshot\n{variables}ExecStart={}\n",
        words::DESCRIPTION,
        command.join(" "),
    )
}

/// A text as one word of a unit: in quotes if it needs them, with what systemd would replace.
fn quoted(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"").replace('%', "%%");
    let is_plain = |c: char| c.is_alphanumeric() || "/._-:=%$".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) { text } else { format!("\"{text}\"") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_systemd_would_replace_is_escaped() {
        assert_eq!(quoted("/usr/bin/dwell"), "/usr/bin/dwell");
        assert_eq!(quoted("/a b/100%/\"c\"\\d's"), r#""/a b/100%%/\"c\"\\d's""#);
        assert_eq!(quoted(""), "\"\"");
        let job = Job {
            time: "8:05".parse().expect("a time"),
            program: "/a b/$x/dwell".to_owned(),
            arguments: vec!["/$HOME/j.db".to_owned()],
            variables: vec![("TZ".to_owned(), "Europe/Berlin".to_owned())],
        };
        let service = service(&job);
        assert!(service.contains("\nExecStart=\"/a b/$x/dwell\" /$$HOME/j.db\n"), "{service}");
        assert!(service.contains("\nEnvironment=TZ=Europe/Berlin\n"), "{service}");
        assert!(timer(&job).contains("\nOnCalendar=*-*-* 08:05:00\n"));
    }
}
