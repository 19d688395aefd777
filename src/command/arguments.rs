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

/// A time that is looked back on as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Scope {
    Week,
    Month,
    Year,
}

impl Interval {
    /// What this span means when it is said on this day.
    pub(super) fn from(self, today: Day) -> Result<Repeat> {
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
