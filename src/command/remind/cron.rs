//! A line of the person's crontab. All other lines stay as they are, to the byte.

use crate::command::error::{Error, Result};
use crate::command::remind::job::{Job, NOTIFY};
use crate::command::remind::program::{require, run};
use crate::messages::remind as words;
use crate::messages::remind::Change;

const PROGRAM: &str = "crontab";

/// How the line ends: a comment for the shell, by which dwell knows its own.
const MARK: &str = " # dwell remind";

pub(super) fn is_there() -> bool {
    read().is_ok_and(|table| table.is_some())
}

pub(super) fn find() -> Option<(String, String)> {
    let table = read().ok()??;
    let line = lines(&table).into_iter().find(|line| is_own(line))?;
    Some((String::from_utf8_lossy(line).into_owned(), PROGRAM.to_owned()))
}

pub(super) fn set(job: &Job) -> Result<Vec<Change>> {
    let before = read()?.unwrap_or_default();
    let mut table = without_own(&before);
    if !table.is_empty() && !table.ends_with(b"\n") {
        table.push(b'\n');
    }
    let line = line(job);
    table.extend_from_slice(line.as_bytes());
    table.push(b'\n');
    write(&table)?;
    Ok(vec![Change::WroteLine(line)])
}

pub(super) fn remove() -> Result<Vec<Change>> {
    let before = read()?.unwrap_or_default();
    let after = without_own(&before);
    // Where there was no table, there is none again.
    if after.is_empty() {
        require(PROGRAM, &["-r"], b"")?;
    } else {
        write(&after)?;
    }
    let own = lines(&before).into_iter().filter(|line| is_own(line));
    let text = |line: &[u8]| String::from_utf8_lossy(line).trim_end().to_owned();
    Ok(own.map(|line| Change::RemovedLine(text(line))).collect())
}

/// The table of the person, empty if there is none; `None` if there is no cron. Errors if the
/// program does not show the table: it must not be written then.
fn read() -> Result<Option<Vec<u8>>> {
    let Some(ran) = run(PROGRAM, &["-l"], b"")? else { return Ok(None) };
    let is_empty = ["no crontab", "No such file"].iter().any(|words| ran.err.contains(words));
    match ran.succeeded {
        true => Ok(Some(ran.out)),
        false if is_empty => Ok(Some(Vec::new())),
        false => Err(Error::usage(words::not_run("crontab -l", &ran.err))),
    }
}

fn write(table: &[u8]) -> Result<()> {
    require(PROGRAM, &["-"], table)
}

/// The lines with their ends.
fn lines(table: &[u8]) -> Vec<&[u8]> {
    table.split_inclusive(|byte| *byte == b'\n').collect()
}

fn without_own(table: &[u8]) -> Vec<u8> {
    lines(table).into_iter().filter(|line| !is_own(line)).collect::<Vec<_>>().concat()
}

/// Whether dwell wrote this line, and nobody has turned it into a comment.
fn is_own(line: &[u8]) -> bool {
    let text = String::from_utf8_lossy(line);
    let text = text.trim_end_matches(['\n', '\r']);
    text.starts_with(|c: char| c.is_ascii_digit()) && text.ends_with(MARK) && text.contains(NOTIFY)
}

fn line(job: &Job) -> String {
    // cron ends a command at a percent sign that has no backslash.
    let command = job.as_typed().replace('%', "\\%");
    format!("{} {} * * * {command}{MARK}", job.time.minute(), job.time.hour())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(time: &str) -> Job {
        Job {
            time: time.parse().expect("a time"),
            program: "/a b/100%/dwell".to_owned(),
            arguments: vec!["remind".to_owned(), NOTIFY.to_owned(), time.to_owned()],
            variables: Vec::new(),
        }
    }

    #[test]
    fn a_line_is_one_that_cron_reads() {
        let line = line(&job("08:05"));
        assert_eq!(line, "5 8 * * * '/a b/100\\%/dwell' remind --notify 08:05 # dwell remind");
        assert!(is_own(line.as_bytes()));
        assert!(!is_own(format!("#{line}").as_bytes()));
    }

    #[test]
    fn the_lines_of_others_are_kept_to_the_byte() {
        let own = line(&job("20:30"));
        let others = b"MAILTO=\"\"\n\n# \xff not UTF-8 \r\n0 1 * * * true # dwell remind";
        let table = [&b"@daily x\n"[..], own.as_bytes(), b"\n", others].concat();
        assert_eq!(without_own(&table), [&b"@daily x\n"[..], others].concat());
    }
}
