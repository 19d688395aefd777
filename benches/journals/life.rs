//! A life of many days: on each the lesson that was served, what was written of it, and now and
//! then a step. The facts come in dwell's own format of JSON Lines, a year at a time, as they would
//! from another device; their ids come from the days.

use std::io::Cursor;

use chrono::{NaiveDate, TimeDelta};
use dwell::format::jsonl::{self, Reader};
use dwell::journal::{Day, LessonId, Moment, Now};
use dwell::store::Store;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::prose::{PHRASE, Prose, RARE};
use super::{LAST_DAY, hex};

/// Greater than the clock of any fact by which a new journal takes in its lessons.
const FIRST_CLOCK: u64 = 10_000;

/// Seven in the morning of a day.
pub fn now(date: NaiveDate) -> Now {
    let at = Moment::parse_from_rfc3339(&format!("{date}T07:00:00+00:00")).expect("a time");
    Now { at, day: Day::new(date).expect("in range") }
}

/// The day that is this many days before the last one.
pub fn date(days_before: u32) -> NaiveDate {
    let last: NaiveDate = LAST_DAY.parse().expect("a date");
    last - TimeDelta::days(i64::from(days_before))
}

/// Fills a new journal with this many days. The last day is the same whatever the number.
pub fn live(store: &mut Store, days: u32) {
    let lessons = install(store, days);
    let mut facts = Facts { clock: FIRST_CLOCK, lines: jsonl::header() };
    for days_before in (0..days).rev() {
        facts.add_day(days_before, &lessons);
        if days_before % 365 == 0 {
            let lines = std::mem::replace(&mut facts.lines, jsonl::header());
            let items = Reader::new(Cursor::new(lines)).expect("the format");
            let items = items.map(|item| Ok(item.expect("a fact")));
            store.merge(now(date(days_before)), items).expect("merged");
        }
    }
}

/// Puts the lessons that ship on the shelf, and returns them in its order.
fn install(store: &mut Store, days: u32) -> Vec<LessonId> {
    store.install_shipped(now(date(days - 1))).expect("installed");
    let series = store.all_series().expect("read");
    let lessons = series.iter().map(|series| store.series_lessons(&series.slug).expect("read"));
    lessons.flatten().map(|lesson| lesson.id).collect()
}

/// What was written this many days before the last one.
pub fn reflection(days_before: u32) -> String {
    let mut prose = Prose(u64::from(days_before));
    let mut text = prose.reflection();
    if days_before % 7_000 == 77 {
        text = format!("{text}\n\nA dream of {RARE} before sunrise.");
    }
    if days_before % 1_000 == 500 {
        text = format!("{text}\n\nA walk down to {PHRASE} and back. #walking");
    }
    text
}

/// Lines of JSON, each a fact.
struct Facts {
    clock: u64,
    lines: String,
}

impl Facts {
    fn add_day(&mut self, days_before: u32, lessons: &[LessonId]) {
        let day = date(days_before).to_string();
        // The lessons go round, so that the last day has the first one.
        let count = u32::try_from(lessons.len()).expect("some hundred");
        let lesson = lessons[((count - days_before % count) % count) as usize].to_string();
        let reason = "in_progress";
        self.add(
            days_before,
            "served",
            &json!({ "day": day, "lesson": lesson, "reason": reason }),
            &[],
        );
        let text = reflection(days_before);
        self.add(days_before, "wrote", &json!({ "day": day, "text": text, "on": day }), &[]);
        if days_before % 20 == 19 {
            let text = Prose(u64::from(days_before)).words(5);
            let step = self.add(days_before, "stepped", &json!({ "day": day, "text": text }), &[]);
            let next = date(days_before - 1).to_string();
            let body = json!({ "day": day, "state": "done", "on": next });
            self.add(days_before, "answered", &body, &[step]);
        }
    }

    /// Adds a fact on a day, and returns its id.
    fn add(&mut self, days_before: u32, kind: &str, body: &Value, parents: &[Uuid]) -> Uuid {
        self.clock += 1;
        let at = now(date(days_before)).at.timestamp_millis();
        let id = uuid(at, self.clock);
        let (device, body) = (uuid(0, 1), body.to_string());
        let subject = date(days_before).to_string();
        // As docs/journal-format.md says it.
        let mut hash = Sha256::new();
        for id in [id, id, device] {
            hash.update(id);
        }
        hash.update(self.clock.to_be_bytes());
        hash.update(at.to_be_bytes());
        hash.update(0_i32.to_be_bytes());
        hash.update(1_u32.to_be_bytes());
        let of_parents: Vec<u8> = parents.iter().flat_map(Uuid::as_bytes).copied().collect();
        for part in [&of_parents, &[][..], kind.as_bytes(), subject.as_bytes(), body.as_bytes()] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        let hash = hex(&hash.finalize());
        let parents: Vec<String> = parents.iter().map(Uuid::to_string).collect();
        let fact = json!({ "fact": {
            "id": id.to_string(), "change": id.to_string(), "device": device.to_string(),
            "clock": self.clock, "at": at, "offset": 0, "kind": kind, "version": 1,
            "subject": subject, "parents": parents, "origin": null, "body": body, "hash": hash,
        } });
        self.lines.push_str(&format!("{fact}\n"));
        id
    }
}

/// A UUID of version 7 of this millisecond, with a number in place of chance.
fn uuid(millis: i64, number: u64) -> Uuid {
    let mut rest = [0; 10];
    rest[2..].copy_from_slice(&number.to_be_bytes());
    let millis = u64::try_from(millis).expect("after 1970");
    uuid::Builder::from_unix_timestamp_millis(millis, &rest).into_uuid()
}
