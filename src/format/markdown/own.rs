//! Reading what dwell wrote as Markdown, a file of one day or of many.
//!
//! The words of each section come back to the byte. What somebody wrote between the sections comes
//! below the words of its day. The lessons are passed over: they are dwell's own text.

use crate::format::markdown::escape::{Form, unescape};
use crate::format::markdown::section::{self, END, Mark};
use crate::format::markdown::{VERSION, day, seal, step};
use crate::format::{Fault, FormatError};
use crate::journal::entry::reflection::{self, Afterthought};
use crate::journal::{Day, Moment, Step};

/// What a file has of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnDay {
    /// The line on which it begins.
    pub line: u64,
    pub day: Day,
    pub served_at: Option<Moment>,
    /// The words, and when they were first saved.
    pub words: Option<(String, Moment)>,
    pub step: Option<Step>,
    pub afterthoughts: Vec<Afterthought>,
    /// What somebody wrote between the sections; empty if there is nothing.
    beside: String,
}

impl OwnDay {
    fn new(line: u64, day: Day, served_at: Option<Moment>) -> Self {
        let (words, step, afterthoughts) = (None, None, Vec::new());
        Self { line, day, served_at, words, step, afterthoughts, beside: String::new() }
    }

    /// The words, with what somebody wrote between the sections below them. Empty if there is
    /// neither.
    pub fn text(&self) -> String {
        let words = self.words.as_ref().map(|(words, _)| words.as_str());
        match (words, self.beside.as_str()) {
            (words, "") => words.unwrap_or_default().to_owned(),
            (Some(words), beside) => reflection::below(words, beside),
            (None, beside) => beside.to_owned(),
        }
    }

    /// Whether the day has anything that a person wrote.
    pub fn is_written(&self) -> bool {
        self.step.is_some() || !self.afterthoughts.is_empty() || !self.text().is_empty()
    }

    /// The instant of the words, or the nearest that the file has.
    pub fn at(&self) -> Option<Moment> {
        let of_words = self.words.as_ref().map(|(_, at)| *at);
        let of_afterthought = self.afterthoughts.first().map(|first| first.written_at);
        of_words.or(self.served_at).or(of_afterthought)
    }
}

/// Whether dwell wrote the file, whatever was changed since. Errors if a newer dwell did, in a
/// version of the format that is not read.
pub fn is_own(text: &str) -> Result<bool, FormatError> {
    let mut lines = text.lines().map(str::trim_end);
    if lines.next() != Some("---") {
        return Ok(false);
    }
    let head = lines.zip(2..).take_while(|(line, _)| *line != "---");
    for (line, number) in head {
        let version = line.strip_prefix("dwell:").and_then(|version| version.trim().parse().ok());
        match version {
            Some(version) if version > VERSION => {
                return Err(FormatError::at_line(number, Fault::Newer { version }));
            }
            Some(_) => return Ok(text.lines().any(|line| section::inside(line).is_some())),
            None => {}
        }
    }
    Ok(false)
}

/// Reads the days of a file that [`is_own`]. Errors if it ends before its seal, or has a section
/// that does not end.
pub fn read(text: &str) -> Result<Vec<OwnDay>, FormatError> {
    let text = text.replace("\r\n", "\n");
    let mut days = Vec::new();
    let mut beside = String::new();
    let mut lines = Lines { rest: after_front_matter(&text), number: 0 };
    lines.number = 1 + line_breaks(&text[..text.len() - lines.rest.len()]);
    let mut is_sealed = false;
    while let Some((number, line)) = lines.next() {
        let Some(inside) = section::inside(line) else {
            beside.push_str(line);
            beside.push('\n');
            continue;
        };
        if seal::is_seal(line) {
            is_sealed = true;
        } else if let Some((mark, form)) = section::parse(inside) {
            let content = lines.until_end(number)?;
            add_beside(&mut days, &mut beside);
            add(&mut days, number, (mark, form), content)?;
        } else {
            return Err(FormatError::at_line(number, Fault::Mark));
        }
    }
    if !is_sealed {
        return Err(FormatError::at_line(lines.number, Fault::Torn));
    }
    add_beside(&mut days, &mut beside);
    Ok(days)
}

/// Adds what stands between two sections to the last day. Above the first day, it waits for that.
fn add_beside(days: &mut [OwnDay], beside: &mut String) {
    let Some(last) = days.last_mut() else { return };
    if let Some(text) = reflection::kept(beside).map(str::trim_end) {
        last.beside = match last.beside.as_str() {
            "" => text.to_owned(),
            before => reflection::below(before, text),
        };
    }
    beside.clear();
}

/// Adds a section to its day.
fn add(
    days: &mut Vec<OwnDay>,
    line: u64,
    (mark, form): (Mark, Form),
    content: &str,
) -> Result<(), FormatError> {
    if let Mark::Day(day, served_at) = mark {
        days.push(OwnDay::new(line, day, served_at));
        return Ok(());
    }
    let day = days.last_mut().ok_or(FormatError::at_line(line, Fault::Mark))?;
    match mark {
        Mark::Day(..) => {}
        Mark::Words(at) => day.words = Some((unescape(content, form), at)),
        Mark::Step => day.step = Some(step::parse(content, form)),
        Mark::Afterthought(written_at) => {
            let heading = day::heading(written_at);
            let text = content.strip_prefix(&heading).unwrap_or(content);
            day.afterthoughts.push(Afterthought { text: unescape(text, form), written_at });
        }
    }
    Ok(())
}

/// The lines that are not read yet.
struct Lines<'a> {
    rest: &'a str,
    /// The number of the next line.
    number: u64,
}

impl<'a> Lines<'a> {
    /// The content of the section that began on this line, up to its end.
    fn until_end(&mut self, began: u64) -> Result<&'a str, FormatError> {
        let all = self.rest;
        let mut length = 0;
        for (_, line) in self.by_ref() {
            if line.trim_end() == END {
                return Ok(section::content(&all[..length]));
            }
            length += line.len() + 1;
        }
        Err(FormatError::at_line(began, Fault::Torn))
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = (u64, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let (line, rest) = self.rest.split_once('\n').unwrap_or((self.rest, ""));
        self.rest = rest;
        self.number += 1;
        Some((self.number - 1, line))
    }
}

fn after_front_matter(text: &str) -> &str {
    let after = text.strip_prefix("---\n").and_then(|text| text.split_once("\n---\n"));
    after.map_or(text, |(_, rest)| rest)
}

fn line_breaks(text: &str) -> u64 {
    text.matches('\n').count() as u64
}
