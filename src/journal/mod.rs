//! The vocabulary of dwell: lessons, days, servings, reflections, steps, and their rules.
//!
//! Everything here is a plain value or a pure function. Nothing reads a file, a clock, a terminal
//! or a database, so a function can fail only because of its arguments. Other rooms give it values
//! and act on its decisions.

pub mod entry;
pub mod lesson;
pub mod look_back;
mod parse_error;
pub mod search;
pub mod time;

#[cfg(test)]
pub(crate) mod testing;

pub use entry::Entry;
pub use entry::fact::{Event, Fact, FactId};
pub use entry::reflection::Reflection;
pub use entry::step::{NewStep, Step, StepAnswer, StepState};
pub use lesson::slug::Slug;
pub use lesson::{Lesson, LessonId, Series, Source};
pub use look_back::calendar::Calendar;
pub use look_back::rest::Rests;
pub use look_back::stats::{Stats, WrittenDay};
pub use parse_error::{ParseError, ValueKind};
pub use time::day::{Day, DayStart, Moment, Now, Today};
pub use time::day_name::DayName;
pub use time::period::{Period, PeriodName};
pub use time::time_name::TimeName;
pub use time::time_of_day::TimeOfDay;
