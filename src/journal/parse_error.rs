//! The one error for all values that are parsed from a text.

use std::fmt;

/// A text that is not a value of the expected kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
    pub expected: ValueKind,
    /// The whole text as it was typed.
    pub text: String,
}

/// The kinds of values that a person writes as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueKind {
    /// A day, or a name for one: `2026-11-22`, `yesterday`, `-7d`.
    Day,
    /// The time at which a day starts: `04:00`.
    DayStart,
    /// A time of a day: `20:30`.
    TimeOfDay,
    /// A year or a month: `2026`, `november`.
    Period,
    /// A day, a week, a month or a year: `2026-11-22`, `2026-W47`, `november`.
    Time,
    /// Weekdays of rest: `saturday sunday`.
    Weekdays,
    /// How far a review goes back: `1w 6m years`.
    Distances,
    /// The short name of a series: `the-defiant-ones`.
    SeriesName,
    /// The name of a setting: `day_start`.
    Setting,
    /// A tag, with or without `#`.
    Tag,
    /// How many there are at most: 1 or more.
    Limit,
}

impl ParseError {
    pub fn new(expected: ValueKind, text: &str) -> Self {
        Self { expected, text: text.to_owned() }
    }
}

/// For logs and tests. `messages` has the sentence for a person.
impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl std::error::Error for ParseError {}
