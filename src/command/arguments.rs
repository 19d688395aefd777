//! Arguments that several verbs share.

use clap::ValueEnum;

use crate::command::error::{Error, Result};
use crate::journal::Day;
use crate::messages;
use crate::store::Repeat;

/// When a lesson is to come again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Interval {
    Week,
    Month,
    Season,
    Year,
    Never,
}

/// A period that is looked back on as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Scope {
    Week,
    Month,
    Year,
}

impl Scope {
    /// The word for it, as it is typed.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }
}

impl Interval {
    /// When a lesson comes again, counted from this day. Errors if that lies after the calendar's
    /// end.
    pub(super) fn repeat_from(self, today: Day) -> Result<Repeat> {
        let due = match self {
            Self::Week => today.plus_days(7),
            Self::Month => today.plus_months(1),
            Self::Season => today.plus_months(3),
            Self::Year => today.plus_months(12),
            Self::Never => return Ok(Repeat::Never),
        };
        due.map(Repeat::On).ok_or_else(|| Error::usage(messages::lessons::after_the_calendar()))
    }
}
