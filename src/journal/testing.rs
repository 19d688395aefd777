//! Values for tests, written as a person would write them.

use uuid::Uuid;

use super::entry::fact::DeviceId;
use super::{Day, Event, Fact, FactId, Moment};

/// A day, as `2026-11-22`.
pub(crate) fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

/// An instant with its offset, as `2026-11-22T07:00:00+01:00`.
pub(crate) fn at(text: &str) -> Moment {
    Moment::parse_from_rfc3339(text).expect("a moment")
}

/// A fact whose id, clock and minute are one number, so that facts are told apart by it.
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
