//! The vocabulary of dwell: lessons, days, servings, reflections, steps, and the rules they obey.
//!
//! Everything here is a plain value or a pure function. Nothing reads a file, a clock, a terminal
//! or a database, so nothing here can fail for a reason outside its arguments. The rooms below
//! bring values in and take decisions out.

pub mod calendar;
pub mod change;
pub mod day;
pub mod day_name;
pub mod entry;
pub mod fact;
pub mod lesson;
pub mod period;
pub mod plan;
pub mod query;
pub mod reflection;
pub mod rest;
pub mod review;
pub mod search;
pub mod shelf;
pub mod slug;
pub mod step;
pub mod summary;
pub mod tally;

pub use calendar::Calendar;
pub use day::{Day, DayStart, Moment, Now};
pub use day_name::DayName;
pub use entry::Entry;
pub use fact::{Event, Fact, FactId};
pub use lesson::{Lesson, LessonId, Series, Source};
pub use period::{Period, PeriodName};
pub use reflection::Reflection;
pub use rest::Rests;
pub use slug::Slug;
pub use step::{Step, StepState};
pub use tally::{Tally, WrittenDay};
