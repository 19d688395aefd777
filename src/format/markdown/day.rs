//! A day as Markdown: its sections, and the file that holds them alone.

use std::path::PathBuf;

use serde_json::Value;

use crate::format::markdown::escape::{Form, escape};
use crate::format::markdown::section::{self, Mark};
use crate::format::markdown::{VERSION, lesson, seal, step};
use crate::journal::entry::reflection::Afterthought;
use crate::journal::entry::tags;
use crate::journal::{Day, Entry, Lesson, Moment};
use crate::text::escape_in_json;

/// The path of the file of a day below the folder of all days: in the folder of its year.
pub fn path(day: Day) -> PathBuf {
    day.date().format("%Y/%Y-%m-%d.md").to_string().into()
}

/// The file of a day.
pub fn file(entry: &Entry) -> String {
    let mut text = front_matter(entry);
    text.push('\n');
    text.push_str(&sections(entry));
    seal::seal(text)
}

/// Whether a file that dwell wrote is of this day alone.
pub fn is_of(text: &str, day: Day) -> bool {
    text.starts_with(&format!("---\ndate: {day}\n"))
}

/// The sections of a day.
pub fn sections(entry: &Entry) -> String {
    let mut out = String::new();
    let mut head = format!("# {}", entry.day);
    if let Some(lesson) = &entry.lesson {
        head.push_str(&format!("\n\n{}", lesson::lesson(lesson)));
    }
    section::put(&mut out, Mark::Day(entry.day, entry.served_at), &head, Form::default());
    if let Some(reflection) = &entry.reflection {
        let (words, form) = escape(&reflection.text);
        section::put(&mut out, Mark::Words(reflection.written_at), &words, form);
    }
    if let Some(step) = &entry.step {
        let (lines, form) = step::lines(step);
        section::put(&mut out, Mark::Step, &lines, form);
    }
    for Afterthought { text, written_at } in &entry.afterthoughts {
        let (words, form) = escape(text);
        let words = format!("{}{words}", heading(*written_at));
        section::put(&mut out, Mark::Afterthought(*written_at), &words, form);
    }
    out
}

/// What stands above the words of an afterthought.
pub fn heading(written_at: Moment) -> String {
    format!("*{}*\n\n", written_at.format("%Y-%m-%d %H:%M"))
}

/// The properties of a day, which Obsidian shows.
fn front_matter(entry: &Entry) -> String {
    let mut lines = vec![format!("date: {}", entry.day), format!("dwell: {VERSION}")];
    if let Some(lesson) = &entry.lesson {
        lines.push(format!("series: {}", lesson.series));
        lines.push(format!("lesson: {}", lesson.number));
        lines.push(format!("title: {}", quoted(&lesson.text.title)));
        lines.push(format!("source: {}", quoted(&source(lesson))));
    }
    let tags: Vec<String> = tags::of_entry(entry).iter().map(|tag| quoted(tag)).collect();
    if !tags.is_empty() {
        lines.push(format!("tags: [{}]", tags.join(", ")));
    }
    format!("---\n{}\n---\n", lines.join("\n"))
}

fn source(lesson: &Lesson) -> String {
    let year = lesson.source.year.map(|year| format!(" ({year})"));
    format!("{}{}", lesson.source.title, year.unwrap_or_default())
}

/// A text as YAML takes it in any case: YAML reads the strings of JSON.
fn quoted(text: &str) -> String {
    escape_in_json(&Value::from(text).to_string()).into_owned()
}
