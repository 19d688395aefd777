//! Entries for jrnl: as the JSON that `jrnl --format json` has, and as the text that
//! `jrnl --import` reads. jrnl itself reads only the text.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::json;

use crate::format::EntryWriter;
use crate::format::entry_text::{entry_text, moment};
use crate::journal::Entry;
use crate::text::escape_in_json;

/// What stands between two entries in a list.
const BETWEEN: &str = ",\n";

/// Writes entries as JSON.
#[derive(Debug)]
pub struct JsonWriter<W> {
    out: W,
    /// What comes before the next entry.
    before: &'static str,
    /// How many entries have each tag.
    tags: BTreeMap<String, u64>,
}

impl<W: Write> JsonWriter<W> {
    pub fn new(out: W) -> Self {
        Self { out, before: "{\"entries\":[", tags: BTreeMap::new() }
    }
}

impl<W: Write> EntryWriter for JsonWriter<W> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        let Some(text) = entry_text(entry) else { return Ok(()) };
        let (title, body) = text.split_once('\n').unwrap_or((&text, ""));
        let tags = tags(&text);
        for tag in &tags {
            *self.tags.entry(tag.clone()).or_default() += 1;
        }
        let value = json!({
            "title": title,
            "body": body,
            "date": entry.day.to_string(),
            "time": moment(entry).format("%H:%M").to_string(),
            "tags": tags,
            "starred": false,
        });
        let before = std::mem::replace(&mut self.before, BETWEEN);
        write!(self.out, "{before}{}", escape_in_json(&value.to_string()))
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        if self.before != BETWEEN {
            self.out.write_all(self.before.as_bytes())?;
        }
        let tags = json!(self.tags).to_string();
        writeln!(self.out, "],\"tags\":{}}}", escape_in_json(&tags))?;
        self.out.flush()
    }
}

/// The tags that jrnl finds in a text: words that begin with `@` or `#`, in lower case.
fn tags(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for word in text.split_whitespace().filter(|word| word.starts_with(['@', '#'])) {
        let in_tag = |c: char| c.is_alphanumeric() || "-+*#/_".contains(c);
        let end = word[1..].find(|c| !in_tag(c)).map_or(word.len(), |end| end + 1);
        let tag = word[..end].to_lowercase();
        if end > 1 && !found.contains(&tag) {
            found.push(tag);
        }
    }
    found
}

/// Writes entries as text. jrnl has no escapes: a line of the words that it would take for the
/// beginning of an entry gets a backslash, as in Markdown. A space would not do, because jrnl takes
/// the white space before the words below a title away.
#[derive(Debug)]
pub struct TextWriter<W> {
    out: W,
    is_first: bool,
}

impl<W: Write> TextWriter<W> {
    pub fn new(out: W) -> Self {
        Self { out, is_first: true }
    }
}

impl<W: Write> EntryWriter for TextWriter<W> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        let Some(text) = entry_text(entry) else { return Ok(()) };
        let before = if std::mem::take(&mut self.is_first) { "" } else { "\n" };
        let (day, at) = (entry.day, moment(entry));
        writeln!(self.out, "{before}[{day} {}] {}", at.format("%H:%M"), with_backslashes(&text))
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.out.flush()
    }
}

/// The text with a backslash before each line, except the first, that begins like an entry of jrnl.
/// jrnl takes a carriage return for a line break too, and no date has fewer than seven letters.
fn with_backslashes(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for (at, letter) in text.char_indices() {
        let begins_line = text[..at].ends_with(['\n', '\r']);
        if letter == '[' && begins_line && begins_entry(&text[at + 1..]) {
            safe.push('\\');
        }
        safe.push(letter);
    }
    safe
}

/// Whether a text is what stands in brackets before an entry, up to the closing one and a space.
/// Without a closing one jrnl looks for it in the next entry.
fn begins_entry(text: &str) -> bool {
    let Some((date, rest)) = text.split_once(']') else { return true };
    rest.starts_with(char::is_whitespace) && date.chars().count() > 6
}
