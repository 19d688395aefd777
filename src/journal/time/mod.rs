//! Days, the names that a person gives them, and periods of days.

pub mod day;
pub mod day_name;
pub(crate) mod distance;
pub mod period;
pub mod time_name;
pub mod time_of_day;
