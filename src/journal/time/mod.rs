//! Days, the names that a person gives them, and periods of days.

pub mod day;
pub mod day_name;
pub mod period;
