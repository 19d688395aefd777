//! What is in the rows of a damaged journal: facts and lessons that are what was written, those in
//! which one bit was flipped, and what is left of the others.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use serde_json::Value as Json;
use uuid::Uuid;

use crate::journal::lesson::LessonText;
use crate::journal::{Day, FactId, LessonId};
use crate::store::doctor::salvage::pages::{Pages, Value};
use crate::store::facts::lesson::StoredLesson;
use crate::store::facts::raw::RawFact;
use crate::store::facts::row::StoredFact;

/// The columns of the table `entry` in the present version of the derived tables.
const ENTRY_COLUMNS: usize = 22;

/// What the pages of a journal hold.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// By their numbers, the order in which they came into the journal.
    pub(super) facts: BTreeMap<(i64, FactId), StoredFact>,
    pub(super) lessons: BTreeMap<(i64, LessonId), StoredLesson>,
    /// Names with what SQLite stored for them: text or bytes.
    pub(super) settings: BTreeMap<String, Setting>,
    /// How many facts and lessons had one flipped bit, which was turned back.
    pub(super) mended: usize,
    pub(super) damaged_facts: Vec<RawFact>,
    pub(super) damaged_lessons: Vec<String>,
    /// What the entries of days said.
    pub(super) entries: Vec<(Day, String)>,
}

#[derive(Debug, Clone)]
pub(super) enum Setting {
    Text(String),
    Blob(Vec<u8>),
    Integer(i64),
}

impl Rows {
    /// Reads all rows of a file.
    pub(super) fn of(pages: &mut Pages) -> Self {
        let mut rows = Self::default();
        pages.each_row(|number, values| rows.add(number, values));
        // A damaged row may stand in an old page too, where it is whole.
        let ids: BTreeSet<Vec<u8>> =
            rows.facts.keys().map(|(_, id)| id.0.as_bytes().to_vec()).collect();
        rows.damaged_facts.retain(|damaged| !ids.contains(&damaged.id));
        rows
    }

    fn add(&mut self, number: i64, values: Vec<Value>) {
        match values.len() {
            13 => self.add_fact(number, values),
            10 => self.add_lesson(number, &values),
            ENTRY_COLUMNS => self.add_entry(&values),
            2 => self.add_setting(values),
            _ => {}
        }
    }

    fn add_fact(&mut self, number: i64, values: Vec<Value>) {
        let Some(raw) = raw_fact(values) else { return };
        let whole = raw.stored();
        let mended = if whole.is_none() { raw.mended() } else { None };
        self.mended += usize::from(mended.is_some());
        match whole.or(mended) {
            Some(fact) => _ = self.facts.insert((number, fact.fact.id), fact),
            None => self.damaged_facts.push(raw),
        }
    }

    fn add_lesson(&mut self, number: i64, values: &[Value]) {
        let Some(words) = Words::of(values) else { return };
        let whole = words.id_of(&words.texts) == Some(words.id);
        let texts = if whole { Some(words.texts.clone()) } else { words.mended() };
        match texts.and_then(|texts| words.stored(&texts)) {
            Some(lesson) => {
                self.mended += usize::from(!whole);
                self.lessons.insert((number, lesson.id), lesson);
            }
            None => self.damaged_lessons.push(words.name()),
        }
    }

    fn add_entry(&mut self, values: &[Value]) {
        if let (Some(day), Some(text)) = (text(&values[1]), text(&values[5]))
            && let Ok(day) = Day::from_str(day)
        {
            self.entries.push((day, text.to_owned()));
        }
    }

    fn add_setting(&mut self, values: Vec<Value>) {
        let [name, value]: [Value; 2] = values.try_into().expect("two values");
        let Some(name) = text(&name).filter(|name| !name.is_empty()) else { return };
        let value = match value {
            Value::Text(text) => String::from_utf8(text).ok().map(Setting::Text),
            Value::Blob(bytes) => Some(Setting::Blob(bytes)),
            Value::Integer(number) => Some(Setting::Integer(number)),
            Value::Null | Value::Real => None,
        };
        self.settings.extend(value.map(|value| (name.to_owned(), value)));
    }
}

fn raw_fact(values: Vec<Value>) -> Option<RawFact> {
    let mut values = values.into_iter();
    let mut next = || values.next();
    let blob = |value| match value {
        Some(Value::Blob(bytes)) => Some(bytes),
        _ => None,
    };
    let words = |value| match value {
        Some(Value::Text(bytes)) => Some(bytes),
        _ => None,
    };
    let number = |value| match value {
        Some(Value::Integer(number)) => Some(number),
        _ => None,
    };
    Some(RawFact {
        id: blob(next())?,
        clock: number(next())?,
        change: blob(next())?,
        device: blob(next())?,
        at: number(next())?,
        offset: number(next())?,
        kind: words(next())?,
        version: number(next())?,
        subject: words(next())?,
        parents: blob(next())?,
        origin: words(next()),
        body: words(next())?,
        hash: blob(next())?,
    })
}

fn text(value: &Value) -> Option<&str> {
    match value {
        Value::Text(bytes) => std::str::from_utf8(bytes).ok(),
        _ => None,
    }
}

/// The row of a lesson, of any content.
struct Words<'a> {
    id: LessonId,
    number: u32,
    length: u32,
    /// Its series, title, story, takeaway and question, from which the id is computed.
    texts: [Vec<u8>; 5],
    tags: Option<&'a str>,
    source: Option<&'a str>,
}

impl<'a> Words<'a> {
    /// `None` if these are not the columns of a lesson.
    fn of(values: &'a [Value]) -> Option<Self> {
        let bytes = |at: usize| match &values[at] {
            Value::Text(bytes) => Some(bytes.clone()),
            _ => None,
        };
        let number = |at: usize| match values[at] {
            Value::Integer(number) => u32::try_from(number).ok(),
            _ => None,
        };
        let Value::Blob(id) = &values[0] else { return None };
        Some(Self {
            id: LessonId(Uuid::from_slice(id).ok()?),
            number: number(2)?,
            length: number(3)?,
            texts: [bytes(1)?, bytes(4)?, bytes(5)?, bytes(6)?, bytes(7)?],
            tags: text(&values[8]),
            source: text(&values[9]),
        })
    }

    fn name(&self) -> String {
        format!("{}/{}", String::from_utf8_lossy(&self.texts[0]), self.number)
    }

    fn id_of(&self, texts: &[Vec<u8>; 5]) -> Option<LessonId> {
        let (slug, text) = self.text(texts)?;
        Some(LessonId::of(&slug, &text))
    }

    fn text(&self, texts: &[Vec<u8>; 5]) -> Option<(crate::journal::Slug, LessonText)> {
        let part = |at: usize| String::from_utf8(texts[at].clone()).ok();
        let tags = self.tags.and_then(|tags| serde_json::from_str(tags).ok()).unwrap_or_default();
        let text = LessonText {
            title: part(1)?,
            story: part(2)?,
            takeaway: part(3)?,
            question: part(4)?,
            tags,
        };
        Some((part(0)?.parse().ok()?, text))
    }

    /// The texts with the one bit turned back that was flipped, if that is all that is wrong.
    fn mended(&self) -> Option<[Vec<u8>; 5]> {
        let found = self.id_of(&self.texts);
        let is_id_flipped =
            found.is_some_and(|found| (found.0.as_u128() ^ self.id.0.as_u128()).is_power_of_two());
        if is_id_flipped {
            return Some(self.texts.clone());
        }
        let mut texts = self.texts.clone();
        for part in 0..texts.len() {
            for at in 0..texts[part].len().min(8 << 10) {
                for bit in 0..8 {
                    texts[part][at] ^= 1 << bit;
                    if self.id_of(&texts) == Some(self.id) {
                        return Some(texts);
                    }
                    texts[part][at] ^= 1 << bit;
                }
            }
        }
        None
    }

    fn stored(&self, texts: &[Vec<u8>; 5]) -> Option<StoredLesson> {
        let (series, text) = self.text(texts)?;
        let source: Option<Json> = self.source.and_then(|source| serde_json::from_str(source).ok());
        let source = source
            .filter(Json::is_object)
            .unwrap_or_else(|| serde_json::json!({ "title": series.as_str(), "kind": "own" }));
        let number = self.number.max(1);
        Some(StoredLesson {
            id: LessonId::of(&series, &text),
            series,
            number,
            series_length: self.length.max(number),
            text,
            source,
        })
    }
}
