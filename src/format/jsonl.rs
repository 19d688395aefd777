//! dwell's own format of JSON Lines: all lessons and facts of a journal, without loss.
//! `docs/journal-format.md` describes it.
//!
//! The first line names the format. The body of a fact is a JSON string that holds JSON, because
//! its hash is computed from the exact bytes of the body.

use std::borrow::Cow;
use std::io::{BufRead, Read};

use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::format::{Fault, FormatError};
use crate::journal::entry::fact::DeviceId;
use crate::journal::lesson::LessonText;
use crate::journal::{Fact, FactId, LessonId};
use crate::store::{JournalItem, StoredFact, StoredLesson, decode_event, moment};
use crate::text::escape_in_json;

/// The version of this format that is written. Later versions are not read.
const VERSION: u64 = 1;

/// The longest line that is read, in bytes. Every fact that dwell makes is less than half as long.
pub const LONGEST_LINE: u64 = 256 << 20;

/// The first line.
pub fn header() -> String {
    line(&json!({ "dwell": "journal", "version": VERSION }))
}

/// A lesson as one line.
pub fn lesson(lesson: &StoredLesson) -> String {
    let StoredLesson { id, series, number, series_length, text, source } = lesson;
    line(&json!({ "lesson": {
        "id": id.to_string(),
        "series": series.as_str(),
        "number": number,
        "series_length": series_length,
        "title": text.title,
        "story": text.story,
        "takeaway": text.takeaway,
        "question": text.question,
        "tags": text.tags,
        "source": source,
    } }))
}

/// A fact as one line, with its fields in the order of their names.
pub fn fact(stored: &StoredFact) -> String {
    #[derive(Serialize)]
    struct Line<'a> {
        fact: Fields<'a>,
    }
    #[derive(Serialize)]
    struct Fields<'a> {
        at: i64,
        body: &'a str,
        change: String,
        clock: u64,
        device: String,
        hash: String,
        id: String,
        kind: &'a str,
        offset: i32,
        origin: Option<String>,
        parents: Vec<String>,
        subject: &'a str,
        version: u32,
    }
    let Fact { id, clock, change, device, parents, at, origin, .. } = &stored.fact;
    line(&Line {
        fact: Fields {
            at: at.timestamp_millis(),
            body: &stored.body,
            change: change.to_string(),
            clock: *clock,
            device: device.0.to_string(),
            hash: digits(&stored.hash),
            id: id.to_string(),
            kind: &stored.kind,
            offset: at.offset().local_minus_utc(),
            origin: origin.as_ref().map(ToString::to_string),
            parents: parents.iter().map(FactId::to_string).collect(),
            subject: &stored.subject,
            version: stored.version,
        },
    })
}

fn line(value: &impl Serialize) -> String {
    let mut line = serde_json::to_string(value).expect("maps here have text for keys");
    if let Cow::Owned(escaped) = escape_in_json(&line) {
        line = escaped;
    }
    line.push('\n');
    line
}

/// Reads a journal, item by item, in the order of its lines.
#[derive(Debug)]
pub struct Reader<R> {
    from: R,
    /// The number of the last line that was read, counted from 1.
    line: u64,
    /// Nothing more can be read.
    is_over: bool,
}

impl<R: BufRead> Reader<R> {
    /// Reads the first line. Errors if it does not name this format in a known version.
    pub fn new(from: R) -> Result<Self, FormatError> {
        let mut reader = Self { from, line: 0, is_over: false };
        let first = reader.next_value().unwrap_or(Err(Fault::NotThisFormat));
        let why = match first {
            Ok(first) => match first.get("version").and_then(Value::as_u64) {
                Some(version) if first["dwell"] == "journal" => {
                    if version <= VERSION {
                        return Ok(reader);
                    }
                    Fault::Newer { version }
                }
                _ => Fault::NotThisFormat,
            },
            Err(Fault::NotJson | Fault::NotUtf8 | Fault::Torn) => Fault::NotThisFormat,
            Err(why) => why,
        };
        Err(FormatError::at_line(1, why))
    }

    /// The next line that is not empty, as JSON; `None` at the end.
    fn next_value(&mut self) -> Option<Result<Value, Fault>> {
        loop {
            let mut bytes = Vec::new();
            self.line += 1;
            let read = self.from.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut bytes);
            match read {
                Ok(0) => return None,
                Ok(_) if bytes.last() != Some(&b'\n') && bytes.len() as u64 == LONGEST_LINE => {
                    self.is_over = true;
                    return Some(Err(Fault::TooLong));
                }
                Ok(_) => {}
                Err(error) => {
                    self.is_over = true;
                    return Some(Err(error.into()));
                }
            }
            // A copy that was cut off ends within a line.
            let is_cut = bytes.last() != Some(&b'\n');
            let Ok(text) = String::from_utf8(bytes) else {
                return Some(Err(if is_cut { Fault::Torn } else { Fault::NotUtf8 }));
            };
            if !text.trim().is_empty() {
                let value = serde_json::from_str(&text);
                return Some(value.map_err(|_| if is_cut { Fault::Torn } else { Fault::NotJson }));
            }
        }
    }
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<JournalItem, FormatError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        let item = self.next_value()?.and_then(|value| stored(&value));
        Some(item.map_err(|why| FormatError::at_line(self.line, why)))
    }
}

fn stored(value: &Value) -> Result<JournalItem, Fault> {
    if let Some(fields) = value.get("fact") {
        return stored_fact(fields).map(|fact| JournalItem::Fact(Box::new(fact)));
    }
    match value.get("lesson") {
        Some(fields) => stored_lesson(fields).map(JournalItem::Lesson),
        None => Err(Fault::Field("fact")),
    }
}

fn stored_lesson(fields: &Value) -> Result<StoredLesson, Fault> {
    let tags = fields["tags"].as_array().into_iter().flatten();
    let lesson = StoredLesson {
        id: LessonId(uuid(&fields["id"], "id")?),
        series: text(fields, "series")?.parse().map_err(|_| Fault::Field("series"))?,
        number: number(fields, "number")?,
        series_length: number(fields, "series_length")?,
        text: LessonText {
            title: text(fields, "title")?,
            story: text(fields, "story")?,
            takeaway: text(fields, "takeaway")?,
            question: text(fields, "question")?,
            tags: tags.filter_map(|tag| Some(tag.as_str()?.to_owned())).collect(),
        },
        source: fields["source"].clone(),
    };
    let has_source = lesson.source["title"].is_string() && lesson.source["kind"].is_string();
    if !has_source || lesson.number == 0 || lesson.number > lesson.series_length {
        return Err(Fault::Field(if has_source { "number" } else { "source" }));
    }
    if lesson.is_whole() { Ok(lesson) } else { Err(Fault::DamagedLesson) }
}

fn stored_fact(fields: &Value) -> Result<StoredFact, Fault> {
    let (kind, subject, body) =
        (text(fields, "kind")?, text(fields, "subject")?, text(fields, "body")?);
    let version = number(fields, "version")?;
    let parents = fields["parents"].as_array().ok_or(Fault::Field("parents"))?;
    let at = fields["at"].as_i64().ok_or(Fault::Field("at"))?;
    let offset = fields["offset"].as_i64().and_then(|offset| i32::try_from(offset).ok());
    let origin = match &fields["origin"] {
        Value::Null => None,
        origin => {
            Some(origin.as_str().and_then(|text| text.parse().ok()).ok_or(Fault::Field("origin"))?)
        }
    };
    let id = FactId(uuid(&fields["id"], "id")?);
    let event = decode_event(&kind, version, &subject, &body);
    let clock = fields["clock"].as_u64().filter(|clock| i64::try_from(*clock).is_ok_and(|c| c > 0));
    let stored = StoredFact {
        fact: Fact {
            id,
            clock: clock.ok_or(Fault::Field("clock"))?,
            change: FactId(uuid(&fields["change"], "change")?),
            device: DeviceId(uuid(&fields["device"], "device")?),
            parents: parents
                .iter()
                .map(|id| uuid(id, "parents").map(FactId))
                .collect::<Result<_, _>>()?,
            at: offset.and_then(|offset| moment(at, offset)).ok_or(Fault::Field("at"))?,
            origin,
            event: event.ok_or(Fault::Field("body"))?,
        },
        kind,
        version,
        subject,
        body,
        hash: hash(fields["hash"].as_str().unwrap_or_default()).ok_or(Fault::Field("hash"))?,
    };
    if version == 0 {
        return Err(Fault::Field("version"));
    }
    if stored.is_whole() { Ok(stored) } else { Err(Fault::DamagedFact(id)) }
}

fn text(fields: &Value, name: &'static str) -> Result<String, Fault> {
    fields[name].as_str().map(ToOwned::to_owned).ok_or(Fault::Field(name))
}

fn number(fields: &Value, name: &'static str) -> Result<u32, Fault> {
    let number = fields[name].as_u64().and_then(|number| u32::try_from(number).ok());
    number.ok_or(Fault::Field(name))
}

fn uuid(value: &Value, name: &'static str) -> Result<Uuid, Fault> {
    value.as_str().and_then(|text| Uuid::parse_str(text).ok()).ok_or(Fault::Field(name))
}

/// Bytes as hexadecimal digits.
fn digits(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// A hash of 32 bytes from hexadecimal digits; `None` for any other text.
fn hash(digits: &str) -> Option<Vec<u8>> {
    let is_hash = digits.len() == 64 && digits.is_ascii();
    let byte = |at| u8::from_str_radix(&digits[at..at + 2], 16).ok();
    is_hash.then(|| (0..64).step_by(2).map(byte).collect())?
}
