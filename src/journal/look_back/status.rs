//! What a prompt shows of today: whether it is done, and a few numbers beside it.

use crate::journal::time::day::Day;

/// How far a person is with a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayStatus {
    pub day: Day,
    /// It has a lesson.
    pub is_served: bool,
    /// It has a reflection, and so it is done.
    pub is_reflected: bool,
}

/// How far a person is with today, and what stands around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    pub today: DayStatus,
    /// The newest open step that is asked after.
    pub open_step: Option<String>,
    /// The streak that today is part of or could continue.
    pub run: u64,
    /// The number of days with an entry.
    pub entries: u64,
}

impl DayStatus {
    /// The status of a day on which nothing happened yet.
    pub fn of_empty(day: Day) -> Self {
        Self { day, is_served: false, is_reflected: false }
    }
}

impl Status {
    /// The status of a day where there is no journal.
    pub fn without_journal(day: Day) -> Self {
        Self { today: DayStatus::of_empty(day), open_step: None, run: 0, entries: 0 }
    }
}
