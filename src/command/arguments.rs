//! Arguments that several verbs share.

use clap::ValueEnum;
use clap::builder::PossibleValue;

use crate::command::error::{Error, Result};
use crate::journal::Day;
use crate::journal::lesson::Interval;
use crate::messages;
use crate::store::Repeat;

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

impl ValueEnum for Interval {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.as_str()))
    }
}

impl Interval {
    /// When a lesson comes again, counted from this day. Errors if that lies after the calendar's
    /// end.
    pub(super) fn repeat_from(self, today: Day) -> Result<Repeat> {
        let repeat = Repeat::after(self, today);
        repeat.ok_or_else(|| Error::usage(messages::lessons::after_the_calendar()))
    }
}
