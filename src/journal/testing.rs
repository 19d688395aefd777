//! Values for tests, written as a person would write them.

use uuid::Uuid;

use super::entry::fact::DeviceId;
use super::{Day, Entry, Event, Fact, FactId, Moment, NewStep, Slug};

/// A day, as `2026-11-22`.
pub(crate) fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

/// The short name of a series.
pub(crate) fn slug(text: &str) -> Slug {
    text.parse().expect("a slug")
}

/// An instant with its offset, as `2026-11-22T07:00:00+01:00`.
pub(crate) fn at(text: &str) -> Moment {
    Moment::parse_from_rfc3339(text).expect("a moment")
}

/// An entry with nothing but its day.
pub(crate) fn entry(text: &str) -> Entry {
    Entry {
        day: day(text),
        lesson: None,
        served_at: None,
        reflection: None,
        step: None,
        asked_on: None,
        quiet: false,
        afterthoughts: Vec::new(),
    }
}

/// A step without a moment.
pub(crate) fn step(text: &str) -> NewStep {
    NewStep { text: text.to_owned(), when: None }
}

/// A fact whose id, clock and minute are all `number`.
pub(crate) fn fact(number: u64, parents: &[u64], event: Event) -> Fact {
    let id = |number: u64| FactId(Uuid::from_u128(u128::from(number)));
    let minutes = i64::try_from(number).expect("a small number");
    Fact {
        id: id(number),
        clock: number,
        change: id(number),
        device: DeviceId(Uuid::nil()),
        parents: parents.iter().copied().map(id).collect(),
        at: at("2026-11-22T07:00:00+01:00") + chrono::TimeDelta::minutes(minutes),
        origin: None,
        event,
    }
}
